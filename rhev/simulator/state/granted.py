"""Which permissions hold for a resource, and which a user or group has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.simulator.state.values import held

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rhev.simulator.state.store import Record, Store

EVERYONE = "eee00000-0000-0000-0000-123456789eee"

# The attributes of a permission that say what it is for: without any it is for everything.
OBJECTS = frozenset(
    {
        *("cluster", "data_center", "disk", "host", "storage_domain", "template", "vm"),
        "vm_pool",
    }
)
# What a resource is a part of, so that permissions for that hold for it.
_PARTS: Mapping[str, tuple[str, ...]] = {
    "Cluster": ("data_center",),
    "Disk": ("storage_domains",),
    "Host": ("cluster",),
    "StorageDomain": (),
    "Template": ("cluster",),
    "Vm": ("cluster",),
    "DataCenter": (),
}


def permissions_of(store: Store, owner: Record) -> dict[str, Record]:
    """The permissions that are listed for a resource, a user or a group."""
    every = store.of_type("Permission")
    if owner.type in ("User", "Group"):
        found = (p for p in every if _holds(p, owner))
    else:
        wholes = {record.id for record in _whole(store, owner)}
        found = (p for p in every if _is_for(p, owner, wholes))
    return {permission.id: permission for permission in found}


def for_everything(store: Store) -> dict[str, Record]:
    """The permissions that are for no resource in particular."""
    home = store.members(None, "permissions")
    return {id_: p for id_, p in home.items() if not OBJECTS.intersection(vars(p.model))}


def _holds(permission: Record, holder: Record) -> bool:
    group = held(permission.model, "group.id")
    if holder.type == "Group":
        return bool(group == holder.id)
    return bool(held(permission.model, "user.id") == holder.id or group == EVERYONE)


def _is_for(permission: Record, owner: Record, wholes: set[str]) -> bool:
    if permission.parent is not None:
        return permission.parent is owner
    objects = [
        vars(permission.model)[name] for name in OBJECTS.intersection(vars(permission.model))
    ]
    if not objects:
        return owner.type in _PARTS or held(permission.model, "group") is not None
    return any(held(entry, "id") in wholes for entry in objects)


def _whole(store: Store, record: Record) -> Iterator[Record]:
    yield record
    for name in _PARTS.get(record.type, ()):
        value = held(record.model, name)
        for entry in value if isinstance(value, list) else [value]:
            if (whole := store.record(entry)) is not None:
                yield from _whole(store, whole)
    if record.type == "StorageDomain":
        for center in store.members(None, "datacenters").values():
            if record.id in store.assigned(center, "storagedomains"):
                yield center
