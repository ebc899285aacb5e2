"""What a body names by id or name becomes a reference to what the engine holds."""

from __future__ import annotations

from functools import cache

from rhev import facts, rules
from rhev.mapping.resources import BaseResource
from rhev.mapping.structure import Struct
from rhev.simulator.generic.unresolved import MISSED, UNRESOLVED, Unresolved
from rhev.simulator.state import services
from rhev.simulator.state.refusals import FAILED, Refusal
from rhev.simulator.state.store import Record, Store, reference
from rhev.simulator.state.values import held

# Resources in a body that are not references although they may have an id or a name: what the
# new resource is to be made of.
CONTENTS = frozenset(
    {
        ("AffinityGroup", "host_labels"),
        ("AffinityGroup", "hosts"),
        ("AffinityGroup", "vm_labels"),
        ("AffinityGroup", "vms"),
        ("Backup", "disks"),
        ("DiskAttachment", "disk"),
        ("ExternalVmImport", "vm"),
        ("Role", "permits"),
        ("Template", "vm"),
        ("Vm", "disk_attachments"),
        ("Vm", "domain"),
        ("Vm", "snapshots"),
        ("VmPool", "vm"),
    }
)

# Types whose names say nothing: what has one may be new.
NAMELESS = frozenset({"Disk", "Event", "Job"})


@cache
def referable() -> frozenset[str]:
    """The types of the resources that the entry point has collections of."""
    entry_point = facts.services()[services.ENTRY_POINT]
    found = (services.below(entry_point, rel) for rel in services.relationships(entry_point))
    return frozenset(filter(None, map(services.type_of, found)))


def find(store: Store, value: BaseResource, otherwise: Unresolved = MISSED) -> Record | None:
    """The record that a body means; None where it is none and the engine goes on without a word.

    An id goes before a name. ``otherwise`` is what is refused how if there is none.
    """
    api_type = type(value).__api_name__
    id_, name = held(value, "id"), held(value, "name")
    record = store.find(api_type, id_) if id_ is not None else store.named(api_type, name)
    if record is None and (refused := otherwise.by_name if id_ is None else otherwise.by_id):
        known = f"name={name}" if id_ is None else f"id={id_}"
        detail = refused.detail.format(what=f"{api_type}: {known}")
        raise Refusal(refused.status, FAILED, detail)
    return record


def required(store: Store, value: BaseResource, otherwise: Unresolved = MISSED) -> Record:
    """The same where the engine cannot go on without."""
    record = find(store, value, otherwise)
    if record is None:
        raise Refusal(404)
    return record


def is_reference(value: object) -> bool:
    """Whether a value names a resource that could be looked up."""
    if not isinstance(value, BaseResource) or type(value).__api_name__ not in referable():
        return False
    is_named = type(value).__api_name__ not in NAMELESS and held(value, "name") is not None
    return is_named or held(value, "id") is not None


def without_names(body: Struct, operation: str) -> None:
    """Takes away what is named where an id is needed, as the engine does without a word.

    Raises Refusal with 500 where the engine has not thought of it.
    """
    for place, entry in list(rules.named(body, operation)):
        if entry.by_name == "refused":
            raise Refusal(500, FAILED)
        if isinstance(place.owner, list):
            place.owner[:] = [other for other in place.owner if other is not place.value]
        else:
            held_there = vars(place.owner)
            del held_there[next(name for name, at in held_there.items() if at is place.value)]


def resolve(store: Store, body: Struct, operation: str) -> None:
    """Puts references in the place of all that the body names by id or name."""
    for name, value in list(body.__dict__.items()):
        key = (type(body).__api_name__, name)
        if key in CONTENTS:
            continue
        otherwise = UNRESOLVED.get((*key, operation)) or UNRESOLVED.get((*key, ""), MISSED)
        if isinstance(value, list):
            entries = [_resolved(store, entry, otherwise, operation) for entry in value]
            vars(body)[name] = [entry for entry in entries if entry is not None]
        else:
            resolved = _resolved(store, value, otherwise, operation)
            if resolved is None and value is not None:
                del vars(body)[name]
            else:
                vars(body)[name] = resolved


def _resolved(store: Store, value: object, otherwise: Unresolved, operation: str) -> object:
    if isinstance(value, BaseResource) and is_reference(value):
        record = find(store, value, otherwise)
        return reference(record) if record else None
    if isinstance(value, BaseResource) and (known := store.record(value)) is not None:
        return reference(known)  # one that lives below another
    if isinstance(value, Struct):
        if otherwise.empty is not None and not value.__dict__.keys() - {"href"}:
            raise Refusal(otherwise.empty.status, FAILED, otherwise.empty.detail)
        resolve(store, value, operation)
    return value
