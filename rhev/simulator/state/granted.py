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
    "CpuProfile": ("cluster",),
    "Disk": ("storage_domains",),
    "DiskProfile": ("storage_domain",),
    "Host": ("cluster",),
    "Network": ("data_center",),
    "Quota": ("data_center",),
    "Template": ("cluster",),
    "Vm": ("cluster",),
    "VmPool": ("cluster",),
    "VnicProfile": ("network",),
}


def permissions_of(store: Store, owner: Record) -> dict[str, Record]:
    """The permissions that are listed for a resource, a user or a group."""
    if owner.type in ("User", "Group"):
        found = [p for p in store.of_type("Permission") if _holds(p, owner) and _is_there(store, p)]
    else:
        of = ("Permission", ("Permission", None))
        of_objects = store.worked_out("permissions", of, lambda: _by_object(store))
        wholes = dict.fromkeys(("", *(record.id for record in _whole(store, owner))))
        found = [permission for id_ in wholes for permission in of_objects.get(id_, ())]
    return {permission.id: permission for permission in found}


def roles_of(store: Store, holder: Record) -> dict[str, Record]:
    """The roles that a user or a group has for everything, or was given as such."""
    found = {}
    for permission in sorted(permissions_of(store, holder).values(), key=lambda p: p.id):
        role = store.record(held(permission.model, "role"))
        if role is not None and _object(permission) == "":
            found[role.id] = role
    return {**found, **store.assigned(holder, "roles")}


def granting(store: Store, holder: Record, role: Record) -> list[Record]:
    """The permissions by which a user or a group itself has a role for everything."""
    attribute = holder.type.lower()
    return [
        permission
        for permission in for_everything(store).values()
        if held(permission.model, f"{attribute}.id") == holder.id
        and held(permission.model, "role.id") == role.id
    ]


def for_everything(store: Store) -> dict[str, Record]:
    """The permissions that are for no resource in particular."""
    home = store.members(None, "permissions")
    return {id_: p for id_, p in home.items() if _object(p) == ""}


def _holds(permission: Record, holder: Record) -> bool:
    """Everybody has what the group of everybody has."""
    group = held(permission.model, "group.id")
    if holder.type == "Group" and group == holder.id:
        return True
    return bool(held(permission.model, "user.id") == holder.id or group == EVERYONE)


def _by_object(store: Store) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for permission in store.of_type("Permission"):
        found.setdefault(_object(permission), []).append(permission)
    return found


def _object(permission: Record) -> str:
    """The id of what a permission is for; empty where that is everything."""
    if permission.parent is not None:
        return permission.parent.id
    values = vars(permission.model)
    return next((str(values[name].id) for name in OBJECTS if name in values), "")


def _is_there(store: Store, permission: Record) -> bool:
    """Whether what a permission is for has not been removed since."""
    id_ = _object(permission)
    types = ("InstanceType", *map(_class_name, OBJECTS.intersection(vars(permission.model))))
    return not id_ or permission.parent is not None or any(store.find(t, id_) for t in types)


def _class_name(attribute: str) -> str:
    return "".join(word.capitalize() for word in attribute.split("_"))


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
