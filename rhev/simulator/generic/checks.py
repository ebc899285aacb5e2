"""What stands against a request before anything is done: inputs, rules of value, names, state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rhev import rules
from rhev.rules.kinds import Required
from rhev.simulator.state.places import VIEWS
from rhev.simulator.state.refusals import BROKEN, FAILED, INCOMPLETE, MALFORMED, Refusal, conflict
from rhev.simulator.state.values import held

if TYPE_CHECKING:
    from rhev.mapping.structure import Struct
    from rhev.simulator.generic.routing import Target
    from rhev.simulator.state.estate import Estate
    from rhev.simulator.state.store import Record

# Types of which several may have the same name.
REPEATED = frozenset(
    {
        "Application",
        "Disk",
        "DiskAttachment",
        "Event",
        "Job",
        "Permission",
        "Snapshot",
        "Step",
        "StorageConnection",
        "User",
    }
)

# Types whose names need only be different among those with the same value of an attribute.
SCOPES = {
    "CpuProfile": "cluster",
    "DiskProfile": "storage_domain",
    "Network": "data_center",
    "VnicProfile": "network",
}

# Types of which the methods themselves look for what a kind of storage needs.
INCOMPLETE_STORAGE = frozenset({"StorageConnection", "StorageDomain"})

# What the rules warn of, and an engine takes all the same.
TAKEN = frozenset(
    {
        ("Disk", "provisioned_size", "range"),
        ("DiskAttachment", "disk.provisioned_size", "range"),
    }
)

# How the engine's texts call a type, where it is not the type's own name.
NOUNS = {
    "Vm": "VM",
    "Disk": "Virtual Disk",
    "DataCenter": "Data Center",
    "StorageDomain": "Storage",
    "Nic": "Interface",
    "VmPool": "VM-Pool",
    "DiskAttachment": "Virtual Disk",
}


def noun(api_type: str) -> str:
    """What a fault calls a resource of a type."""
    return NOUNS.get(api_type, api_type)


def check_values(target: Target, body: Struct | list[Struct], operation: str) -> None:
    """Raises Refusal where a value is outside of what the engine takes.

    Nobody has set this one up otherwise: it refuses what the rules only warn of, too.
    """
    for entry in body if isinstance(body, list) else [body]:
        found = [
            problem
            for problem in rules.check_values(entry, operation, target.service.name)
            if (target.type, problem.path, problem.rule) not in TAKEN
        ]
        for problem in found:
            if problem.rule == Required.kind and target.type in INCOMPLETE_STORAGE:
                owner, _, name = problem.path.rpartition(".")
                holder = type(_at(entry, problem, but=1)).__api_name__ if owner else target.type
                raise Refusal(400, INCOMPLETE, f"{holder} [{name}] required for {operation}")
        for problem in found:
            if problem.rule == rules.UUID:
                raise Refusal(400, MALFORMED, f"Invalid UUID string: {_at(entry, problem)}")
        if found:
            api_type = type(entry).__api_name__
            detail = rules.summary(found, operation=operation, type_name=api_type)
            raise Refusal(found[0].status, FAILED, f"[{detail}]")


def _at(body: object, problem: rules.Problem, *, but: int = 0) -> Any:
    """The value that a problem is about, or what holds it: all steps are taken ``but`` the last."""
    for step in problem.loc[: len(problem.loc) - but]:
        body = body[step] if isinstance(step, int) else held(body, step)  # type: ignore[index]
    return body


def check_name(estate: Estate, target: Target, model: Any, *, but: Record | None = None) -> None:
    """Raises Refusal with 409 where the name is another resource's already."""
    name, api_type = held(model, "name"), target.type
    # A version of a template has the name of what it is a version of.
    if not name or api_type in REPEATED or held(model, "version.base_template") is not None:
        return
    scope = SCOPES.get(api_type)
    parent = but.parent if but else _home(target)
    for other in estate.store.of_type(api_type):
        if other is but or held(other.model, "name") != name or other.parent is not parent:
            continue
        if scope is None or held(other.model, f"{scope}.id") == held(model, f"{scope}.id"):
            verb = "add" if but is None else "edit"
            raise conflict(f"Cannot {verb} {noun(api_type)}. The name {name} is already in use.")


def _home(target: Target) -> Record | None:
    viewed = target.owner is not None and (target.owner.type, target.segment) in VIEWS
    return None if viewed else target.owner


def check_immutable(record: Record, body: Struct) -> None:
    """Raises Refusal with 409 where an update would change what no update can."""
    value = held(body, "id")
    if value is not None and value != held(record.model, "id"):
        raise Refusal(409, BROKEN, "Attempt to set immutable field: id")
    vars(body).pop("href", None)
