"""What a body names by id or name becomes a reference to what the engine holds."""

from __future__ import annotations

from functools import cache

from rhev import facts, rules
from rhev.mapping.resources import BaseResource
from rhev.mapping.structure import Struct
from rhev.simulator.state import services
from rhev.simulator.state.refusals import Refusal, not_found
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
        ("Role", "permits"),
        ("Template", "vm"),
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


def find(store: Store, value: BaseResource) -> Record:
    """The record that a body means. Raises Refusal with 404 if there is none.

    An id goes before a name.
    """
    api_type = type(value).__api_name__
    id_, name = held(value, "id"), held(value, "name")
    if id_ is not None:
        record = store.find(api_type, id_)
        if record is None:
            raise not_found(f"{api_type}: id={id_}")
    else:
        record = store.named(api_type, name)
        if record is None:
            raise not_found(f"{api_type}: name={name}")
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
            raise Refusal(500)
        if isinstance(place.owner, list):
            place.owner[:] = [other for other in place.owner if other is not place.value]
        else:
            held_there = vars(place.owner)
            del held_there[next(name for name, at in held_there.items() if at is place.value)]


def resolve(store: Store, body: Struct) -> None:
    """Puts references in the place of all that the body names by id or name."""
    for name, value in body.__dict__.items():
        if (type(body).__api_name__, name) in CONTENTS:
            continue
        if isinstance(value, list):
            vars(body)[name] = [_resolved(store, entry) for entry in value]
        else:
            vars(body)[name] = _resolved(store, value)


def _resolved(store: Store, value: object) -> object:
    if isinstance(value, BaseResource) and is_reference(value):
        return reference(find(store, value))
    if isinstance(value, Struct):
        resolve(store, value)
    return value
