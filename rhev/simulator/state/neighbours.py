"""Which resources have to do with one: it refers to them, or they to it, or one is of the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.simulator.state.places import ASSIGNED, referred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rhev.simulator.state.store import Record, Store


def neighbours(store: Store, record: Record, api_type: str) -> list[Record]:
    """The resources of a type that a resource has to do with, each once."""
    found = {id(each): each for each in _neighbours(store, record, api_type)}
    return list(found.values())


def _neighbours(store: Store, record: Record, api_type: str) -> Iterator[Record]:
    for attribute in record.model.__dict__:
        for id_ in referred(record.model, attribute):
            if (other := store.find(api_type, id_)) is not None:
                yield other
    yield from _by_reference(store, api_type).get(record.id, ())
    for members in store.below(record):
        yield from (member for member in members.values() if member.type == api_type)
    for owner_type, segment in ASSIGNED:
        if owner_type == record.type:
            assigned = store.assigned(record, segment).values()
            yield from (member for member in assigned if member.type == api_type)
        if owner_type == api_type and ASSIGNED[owner_type, segment].home == record.segment:
            for owner in store.of_type(api_type):
                if record.id in store.assigned(owner, segment):
                    yield owner


def _by_reference(store: Store, api_type: str) -> dict[str, list[Record]]:
    """The resources of a type by the ids of all that they refer to."""

    def work() -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = {}
        for record in store.of_type(api_type):
            values = record.model.__dict__
            for id_ in {id_ for name in values for id_ in referred(record.model, name)}:
                found.setdefault(id_, []).append(record)
        return found

    return store.worked_out("neighbours", (api_type, (api_type, None)), work)
