"""The resources that the engine holds, in memory, each in the collection where it lives."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from rhev.simulator.state import services
from rhev.simulator.state.journal import is_undoable, mark_changed, moment_of, note, restore
from rhev.simulator.state.values import blank, class_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rhev import facts
    from rhev.mapping.resources import BaseResource

T = TypeVar("T")

ROOT = "/ovirt-engine/api"
# The id of what every engine begins with: the blank template, the root of the tags.
NIL = "00000000-0000-0000-0000-000000000000"


@dataclass(eq=False, slots=True)
class Record:
    """One resource: its model, and where it lives.

    ``segment`` is the collection of ``parent`` (None is the entry point) that it is a member of,
    ``service`` what answers at its address, if anything does. ``course`` counts the changes of
    its state that were set going: what an earlier one had planned is void. ``busy`` says what is
    done with it, although its state may not, and ``until`` when (in seconds since the epoch)
    that, or the change of its state, is to end. ``next_run`` is what it will be from its next
    start on, where that is something else. ``content`` is what is on a disk, once somebody cared.
    """

    type: str
    id: str
    href: str
    model: Any
    parent: Record | None
    segment: str
    service: facts.Service | None
    course: int = 0
    busy: str = ""
    until: float = 0.0
    next_run: Any = None
    content: Any = None

    def __setattr__(self, name: str, value: object) -> None:
        """Sets what of a record may change, so that it can be taken back."""
        if is_undoable() and name in _CHANGING:
            note(partial(_set, self, name, getattr(self, name, _CHANGING[name])))
        _set(self, name, value)

    @property
    def name(self) -> str:
        """Its name, or its id if it has none."""
        return self.model.__dict__.get("name") or self.id


_set = object.__setattr__
# What of a record may change, and what that is at first.
_CHANGING: dict[str, Any] = {"course": 0, "busy": "", "until": 0.0, "next_run": None}

# By what they belong to, and the segment.
_Members = dict["Record | None", dict[str, dict[str, Record]]]


class Store:
    """Every record by the collection that it lives in, and by its type and id."""

    def __init__(self) -> None:
        self._members: _Members = {}
        self._types: dict[str, dict[str, Record]] = {}
        self._assigned: _Members = {}
        # By its name and what it was worked out of: the moment of that, and what came of it.
        self._worked_out: dict[tuple[str, tuple[object, ...]], tuple[object, Any]] = {}

    def add(self, api_type: str, parent: Record | None, segment: str, model: Any) -> Record:
        """Takes in a model that has an id, and gives it its address."""
        record = self.record_of(api_type, parent, segment, model)
        self._keep(record)
        if api_type != "Event":  # the log keeps what it was told
            note(lambda: self._forget(record))
        return record

    def record_of(self, api_type: str, parent: Record | None, segment: str, model: Any) -> Record:
        """A record of a model, to which it gives its address, that is not kept."""
        href = f"{parent.href if parent else ROOT}/{segment}/{model.id}"
        model.__dict__["href"] = href
        service = services.member(services.below(parent.service if parent else None, segment))
        return Record(api_type, model.id, href, model, parent, segment, service)

    def keep(self, segment: str, members: dict[str, Record]) -> None:
        """Has the members of a collection of the entry point kept in a dictionary of its own."""
        self._members.setdefault(None, {})[segment] = members

    def remove(self, record: Record) -> None:
        """Forgets a record, with all that lives below it and wherever it was assigned."""
        for members in list(self._members.get(record, {}).values()):
            for member in list(members.values()):
                self.remove(member)
        self._members.pop(record, None)
        if (own := self._assigned.pop(record, None)) is not None:
            note(partial(self._assigned.__setitem__, record, own))
        if record.parent is None:
            self._take_off(record)
        self._forget(record)
        record.course += 1
        note(lambda: self._take_back(record))

    def _take_off(self, record: Record) -> None:
        for assigned in self._assigned.values():
            for members in assigned.values():
                if members.get(record.id) is record:
                    note(partial(members.__setitem__, record.id, members.pop(record.id)))

    def _keep(self, record: Record) -> None:
        below = self._members.setdefault(record.parent, {})
        below.setdefault(record.segment, {})[record.id] = record
        # Some types have one id in several places: permits by the role, a disk in its snapshots.
        self._types.setdefault(record.type, {}).setdefault(record.id, record)
        mark_changed(record.type)

    def _forget(self, record: Record) -> None:
        self.members(record.parent, record.segment).pop(record.id, None)
        of_type = self._types[record.type]
        if of_type.get(record.id) is record:
            del of_type[record.id]
        mark_changed(record.type)

    def _take_back(self, record: Record) -> None:
        self._keep(record)

    def members(self, parent: Record | None, segment: str) -> dict[str, Record]:
        """The records that live in a collection, by their ids."""
        below = self._members.get(parent)
        return below.get(segment, {}) if below is not None else {}

    def below(self, parent: Record) -> Iterable[dict[str, Record]]:
        """The members of each collection that there is below a record."""
        return self._members.get(parent, {}).values()

    def assigned(self, owner: Record, segment: str) -> dict[str, Record]:
        """The records that live elsewhere and are assigned to ``owner``."""
        found = self._assigned.setdefault(owner, {}).setdefault(segment, {})
        restore(found)
        return found

    def worked_out(self, name: str, of: tuple[object, ...], work: Callable[[], T]) -> T:
        """What is worked out ``of`` these: anew after each change of them, and not before.

        They are what :func:`rhev.simulator.state.journal.moment_of` takes.
        """
        now = moment_of(*of)
        then, found = self._worked_out.get((name, of), (None, None))
        if then != now:
            found = work()
            self._worked_out[name, of] = now, found
        result: T = found
        return result

    def of_type(self, api_type: str) -> Iterator[Record]:
        """Every record of a type, wherever it lives."""
        return iter(list(self._types.get(api_type, {}).values()))

    def find(self, api_type: str, id_: str | None) -> Record | None:
        """The record of a type and id, wherever it lives."""
        return self._types.get(api_type, {}).get(id_ or "")

    def record(self, reference: BaseResource | None) -> Record | None:
        """The record that a reference in a model means."""
        if reference is None:
            return None
        return self.find(type(reference).__api_name__, reference.__dict__.get("id"))

    def named(self, api_type: str, name: str) -> Record | None:
        """The record of a type and name."""
        return next(
            (r for r in self.of_type(api_type) if r.model.__dict__.get("name") == name), None
        )


def reference(record: Record) -> Any:
    """What stands in a model for another resource: its id and address."""
    return blank(class_of(record.type), href=record.href, id=record.id)


def named_reference(record: Record) -> Any:
    """The same with its name, for attributes that the engine gives it in."""
    named = reference(record)
    vars(named)["name"] = record.name
    return named
