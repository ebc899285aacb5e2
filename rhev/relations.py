"""Which relationship leads from one type to another: names only, for addresses come from links.

The API's paths say that ``/vms/{id}/nics`` lists NICs: from a virtual machine to its NICs it is
the relationship ``nics``. From the entry point to the virtual machines it is ``vms``.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from rhev import facts

if TYPE_CHECKING:
    from collections.abc import Mapping

ENTRY_POINT = "Api"

# Collections whose members are what another collection attaches: what the original guide calls
# the disks of a virtual machine are, in API v4, the disks of its disk attachments. For a base and
# a wanted type: the type of the attachment and the attribute that holds what it attaches.
ATTACHED: Mapping[tuple[str, str], tuple[str, str]] = MappingProxyType(
    {
        ("Vm", "Disk"): ("DiskAttachment", "disk"),
        ("Template", "Disk"): ("DiskAttachment", "disk"),
    }
)


@cache
def relationships() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """For a base type and a member type the relationships between them, the usual one first."""
    found: dict[tuple[str, str], list[str]] = {}
    for path, name in sorted(facts.paths().items(), key=_usual_first):
        rel = path.rpartition("/")[2]
        member = facts.services()[name].type or _type_of_members(path)
        if not rel or rel.startswith("{") or member is None:
            continue
        owner = _owner(path)
        if owner is not None:
            rels = found.setdefault((owner, member), [])
            if rel not in rels:
                rels.append(rel)
    return MappingProxyType({pair: tuple(rels) for pair, rels in found.items()})


def _type_of_members(path: str) -> str | None:
    """The type of what a collection holds that can be neither listed nor added to."""
    member = facts.paths().get(f"{path}/{{id}}")
    return None if member is None else facts.services()[member].type


def _usual_first(item: tuple[str, str]) -> tuple[int, bool, str]:
    path, service = item
    type_ = facts.services()[service].type or ""
    usual = path.rpartition("/")[2] in (f"{type_.lower()}s", f"{type_.lower()[:-1]}ies")
    return path.count("/"), not usual, path


@cache
def by_name() -> Mapping[str, str]:
    """For each relationship of the entry point the type of its members."""
    return MappingProxyType(
        {
            rel: member
            for (base, member), rels in relationships().items()
            if base == ENTRY_POINT
            for rel in rels
        }
    )


def member_type(base: str, rel: str) -> str | None:
    """The type of the members of a relationship of a base type."""
    for (owner, member), rels in relationships().items():
        if owner == base and rel in rels:
            return member
    return None


@cache
def collection_services(
    api_type: str, base: str | None = None
) -> tuple[tuple[str, facts.Service], ...]:
    """The collections of a type, as paths and services: those that a base type has, or all.

    A type that the entry point has a collection of counts as having only that one.
    """
    places = facts.collections().get(api_type, ())
    wanted = base
    if wanted is None and any(_owner(path) == ENTRY_POINT for path, _ in places):
        wanted = ENTRY_POINT
    return tuple(place for place in places if wanted is None or _owner(place[0]) == wanted)


def _owner(path: str) -> str | None:
    """The type of what is one segment above a path: what a collection belongs to."""
    parent = path.rpartition("/")[0] or "/"
    return facts.services()[facts.paths()[parent]].type


@cache
def resource_services(api_type: str) -> tuple[tuple[str, facts.Service], ...]:
    """The places of single resources of a type, the shortest path of each service first."""
    found: dict[str, tuple[str, facts.Service]] = {}
    for path, name in sorted(facts.paths().items(), key=lambda item: (item[0].count("/"), item)):
        service = facts.services()[name]
        type_ = service.type
        if type_ is None and path.endswith("}"):
            type_ = _owner(path)
        if type_ == api_type and not service.is_collection:
            found.setdefault(name, (path, service))
    return tuple(found.values())


# Collections that take in what there is, where the facts of their method do not say so.
_ASSIGNING = frozenset(
    {
        "AffinityLabelHostsService",
        "AffinityLabelVmsService",
        "AssignedAffinityLabelsService",
        "AssignedPermissionsService",
        "ClusterNetworksService",
    }
)


@cache
def assigns(base: str, member: str) -> bool:
    """Whether a base takes in resources that there are already, and makes none.

    As a virtual machine does tags: what is deleted below it is taken off it.
    """
    services = [
        service
        for path, service in facts.collections().get(member, ())
        if base != ENTRY_POINT and _owner(path) == base
    ]
    return bool(services) and all(
        service.name in _ASSIGNING or _names_only(service.methods.get("add"))
        for service in services
    )


def _names_only(add: facts.Method | None) -> bool:
    """Whether an add needs nothing but the id of what it adds."""
    needed = add.mandatory if add is not None else ()
    return bool(needed) and all(
        any(way.count(".") == 1 and way.endswith(".id") for way in path.split("|"))
        for path in needed
    )


@cache
def action_parameters(api_type: str, segment: str) -> frozenset[str]:
    """The parameters of an action, of all services that have it; empty where none is known."""
    places = (*resource_services(api_type), *facts.collections().get(api_type, ()))
    methods = [service.actions[segment] for _, service in places if segment in service.actions]
    parameters = [p for m in methods for p in m.parameters]
    parameters += [p for m in methods for variant in m.variants for p in variant.parameters]
    return frozenset(p.name for p in parameters if p.direction != "out")
