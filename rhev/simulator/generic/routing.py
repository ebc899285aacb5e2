"""From a path to what it means: the services of the facts, and the records of the store."""

from __future__ import annotations

from dataclasses import dataclass

from rhev import facts
from rhev.simulator.documents.presented import COMPUTED_MEMBERS
from rhev.simulator.generic.twins import as_template
from rhev.simulator.state import services
from rhev.simulator.state.places import members_of
from rhev.simulator.state.refusals import nowhere
from rhev.simulator.state.store import ROOT, Record, Store
from rhev.simulator.state.values import blank, class_of

# The course of a record that stands for what is not there.
GONE = -1


@dataclass(frozen=True, slots=True)
class Target:
    """What a path means: the entry point, a collection, a member of one, or an action.

    ``owner`` and ``segment`` are the collection; ``record`` is None for the collection itself,
    and for a ``member`` that is not held but worked out.
    ``type`` is the API's type that the collection or resource is of.
    """

    path: str
    service: facts.Service
    type: str
    owner: Record | None = None
    segment: str = ""
    record: Record | None = None
    action: facts.Method | None = None
    member: str = ""

    @property
    def is_collection(self) -> bool:
        return self.record is None and self.segment != "" and not self.member

    @property
    def is_missing(self) -> bool:
        """Whether it is, or is below, a resource that is not there."""
        record = self.record or self.owner
        return record is not None and record.course == GONE

    def allows(self) -> dict[str, facts.Method]:
        """The HTTP methods that are possible here, and what they do by the facts."""
        if self.action is not None:
            return {"POST": self.action}
        verbs = (
            {"GET": "list", "POST": "add"}
            if self.is_collection
            else {"GET": "get", "PUT": "update", "DELETE": "remove"}
        )
        methods = self.service.methods
        return {verb: methods[name] for verb, name in verbs.items() if name in methods}


# What is found by its id in a collection of the entry point that it is not listed in: any
# permission among those for everything.
ALSO = {(True, "permissions"): "Permission"}


def locate(store: Store, path: str) -> Target:
    """What a path means. Raises Refusal with a page where it never means anything.

    A resource that is not there has a record that stands for it: what comes of that depends on
    what is asked.
    """
    target = Target(ROOT, facts.services()[services.ENTRY_POINT], "Api")
    for segment in path.removeprefix(ROOT).strip("/").split("/"):
        if segment:
            target = _step(store, target, segment)
    methods = target.service.methods
    if target.action is None and not methods.keys() & facts.CRUD and target.path != ROOT:
        raise nowhere(path)
    return target


def _step(store: Store, target: Target, segment: str) -> Target:
    service = target.service
    path = f"{target.path}/{segment}"
    if target.action is not None:
        raise nowhere(path)
    if action := service.actions.get(segment):
        return Target(
            path, service, target.type, target.owner, target.segment, target.record, action
        )
    if target.is_collection:
        member = services.member(service)
        record = members_of(store, target.owner, target.segment).get(segment)
        if record is None and (also := ALSO.get((target.owner is None, target.segment))):
            record = store.find(also, segment)
        if member is None:
            raise nowhere(path)
        if target.segment in COMPUTED_MEMBERS:
            return Target(path, member, target.type, target.owner, target.segment, member=segment)
        if record is None and target.owner is None and target.segment == "templates":
            record = as_template(store, segment)
        if record is None:
            model = blank(class_of(target.type), id=segment, href=path)
            parent, rel = target.owner, target.segment
            record = Record(target.type, segment, path, model, parent, rel, member, GONE)
        return Target(path, member, record.type, target.owner, target.segment, record)
    if segment not in services.relationships(service) or (service.name, segment) in NEVER:
        raise nowhere(path)
    collection = services.below(service, segment)
    return Target(path, collection, services.type_of(collection), target.record, segment)


# Collections of the facts that engines do not have.
NEVER = frozenset({("VmService", "disks")})
