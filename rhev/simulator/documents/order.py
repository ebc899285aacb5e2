"""The order in which the engine lists the members of a collection that nobody has it sort."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rhev.simulator.state.collation import collated
from rhev.simulator.state.values import held

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rhev.simulator.state.store import Record, Store

# Collections that are listed by name as a person would sort them, by the type of their owner, if
# any, and their segment. All others come in the order in which they were made.
_BY_NAME = frozenset(
    {
        *((None, "clusters"), (None, "datacenters"), (None, "groups"), (None, "hosts")),
        *((None, "instancetypes"), (None, "storagedomains"), (None, "templates")),
        *((None, "users"), (None, "vmpools"), (None, "vms"), (None, "affinitylabels")),
        *(("Cluster", "networks"), ("DataCenter", "clusters"), ("Host", "nics"), ("Vm", "nics")),
    }
)
# Segments that are listed by id, wherever that is.
_BY_ID = frozenset({"permissions", "affinitygroups"})
_BY_ID_IN = frozenset({("AffinityGroup", "vms"), ("Template", "diskattachments")})
# The root of the tags comes after all others, and before it those deeper in the tree.
_ROOT = "00000000-0000-0000-0000-000000000000"


def in_order(
    store: Store, owner: Record | None, segment: str, records: Iterable[Record]
) -> list[Record]:
    """The records in the engine's order."""
    place = (owner.type if owner else None, segment)
    if segment in _BY_ID or place in _BY_ID_IN:
        return sorted(records, key=lambda record: record.id)
    if segment == "snapshots":
        # The sort is stable: of those of one date what was made first comes first.
        return sorted(records, key=lambda r: held(r.model, "date"))
    if place in _BY_NAME:
        return sorted(records, key=_by_name)
    if place == (None, "networks"):
        return sorted(records, key=lambda r: (_center(store, r), _by_name(r)))
    if place == (None, "tags"):
        listed = list(records)
        parents = {r.id: held(r.model, "parent.id") for r in listed}
        return sorted(listed, key=lambda r: (r.id == _ROOT, _depth(parents, r.id)))
    return list(records)


def _by_name(record: Record) -> tuple[Any, ...]:
    return collated(held(record.model, "name") or ""), record.id


def _center(store: Store, network: Record) -> tuple[str, ...]:
    """Networks come by the names of their data centers first."""
    center = store.record(held(network.model, "data_center"))
    return collated(center.name) if center is not None else ()


def _depth(parents: Mapping[str, str | None], id_: str) -> int:
    steps = 0
    above = parents.get(id_)
    while above is not None and above != id_ and steps < len(parents):
        id_, above, steps = above, parents.get(above), steps + 1
    return steps
