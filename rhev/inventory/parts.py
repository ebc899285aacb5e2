"""What an inventory is made of: the collections that are read, and what is read with each."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from rhev.mapping.catalogue import model

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rhev.mapping.resources import BaseResource
    from rhev.mapping.structure import Struct


@dataclass(frozen=True, slots=True)
class Below:
    """A collection of each member of another: its relationship, and the class of its members.

    ``follow`` are the relationships whose members stand within each member.
    """

    rel: str
    class_name: str
    follow: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A collection of the entry point, by its relationship name, and the class of its members.

    ``follow`` are the relationships whose members stand within each member. ``below`` are the
    collections of each member that are entries of their own, as there are few of their owners.
    ``whole`` is an attribute and a value of those members that a listing does not show all of, so
    that each is read by itself.
    """

    rel: str
    class_name: str
    follow: tuple[str, ...] = ()
    below: tuple[Below, ...] = ()
    whole: tuple[str, str] | None = None

    @property
    def cls(self) -> type[BaseResource]:
        """The class of the members."""
        found: type[BaseResource] = model(self.class_name)
        return found


# In the order of an inventory: what is referred to comes before what refers to it, as a rule.
PARTS = (
    Part("macpools", "MacPool"),
    Part(
        "datacenters", "DataCenter", follow=("storage_domains",), below=(Below("quotas", "Quota"),)
    ),
    Part(
        "clusters",
        "Cluster",
        follow=("networks",),
        below=(Below("affinitygroups", "AffinityGroup", ("vms", "hosts")),),
    ),
    Part("openstacknetworkproviders", "OpenStackNetworkProvider"),
    Part("networks", "Network"),
    Part("vnicprofiles", "VnicProfile"),
    Part("storageconnections", "StorageConnection"),
    Part("storagedomains", "StorageDomain"),
    Part("diskprofiles", "DiskProfile"),
    Part("cpuprofiles", "CpuProfile"),
    Part("tags", "Tag"),
    Part("affinitylabels", "AffinityLabel", follow=("vms", "hosts")),
    Part("hosts", "Host", follow=("nics", "network_attachments", "tags")),
    Part("disks", "Disk", whole=("storage_type", "lun")),
    Part(
        "templates",
        "Template",
        follow=("disk_attachments", "nics", "cdroms", "watchdogs", "graphics_consoles", "tags"),
    ),
    Part("instancetypes", "InstanceType"),
    Part("vmpools", "VmPool"),
    Part(
        "vms",
        "VM",
        follow=(
            "disk_attachments",
            "nics",
            "cdroms",
            "watchdogs",
            "graphics_consoles",
            "host_devices",
            "mediated_devices",
            "snapshots",
            "reported_devices",
            "tags",
        ),
    ),
    Part("roles", "Role"),
    Part("users", "User"),
    Part("groups", "Group"),
    Part("permissions", "Permission"),
)


def parts(names: Iterable[str] | None = None) -> tuple[Part, ...]:
    """The parts of these names, or all, in the order of an inventory.

    A name is that of the collection, with or without underscores: ``vms``, ``storage_domains``.
    Raises ValueError for one that there is none of.
    """
    if names is None:
        return PARTS
    known = {part.rel: part for part in PARTS}
    wanted = []
    for name in names:
        folded = name.strip().lower().replace("_", "").replace("-", "")
        if folded not in known:
            near = get_close_matches(folded, known, 1)
            meant = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(known)}"
            raise ValueError(f"{name!r} is no part of an inventory; {meant}")
        wanted.append(folded)
    return tuple(part for part in PARTS if part.rel in wanted)


def element(cls: type[Struct]) -> str:
    """The name of the type of a class, in an inventory: the element of its documents."""
    return cls.__xml_tag__ or cls.__api_name__.lower()
