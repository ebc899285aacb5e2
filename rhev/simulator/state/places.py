"""Where the members of a collection come from: one resource may be a member of several.

A collection holds its own members unless it is in one of the tables, by the type of the resource
that it belongs to and its path segment.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rhev.mapping.structure import Struct
from rhev.simulator.state.granted import for_everything, permissions_of, roles_of
from rhev.simulator.state.guests import reported_devices
from rhev.simulator.state.values import held

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rhev.simulator.state.store import Record, Store


@dataclass(frozen=True, slots=True)
class View:
    """Those members of a collection of the entry point whose ``attribute`` is the owner.

    What is added to it lives there, with the attribute set. Without an attribute it is all of them.
    """

    home: str
    attribute: str | None


@dataclass(frozen=True, slots=True)
class Assigned:
    """Members of a collection of the entry point that were assigned to the owner by reference.

    ``seen`` says whether they have another address there than their own: a storage domain that is
    attached to a data center is another resource than the domain itself.
    """

    home: str
    seen: bool = True


VIEWS: Mapping[tuple[str, str], View] = {
    ("DataCenter", "clusters"): View("clusters", "data_center"),
    ("DataCenter", "networks"): View("networks", "data_center"),
    ("Network", "vnicprofiles"): View("vnicprofiles", "network"),
    ("Cluster", "cpuprofiles"): View("cpuprofiles", "cluster"),
    ("Cluster", "networkfilters"): View("networkfilters", None),
    ("StorageDomain", "diskprofiles"): View("diskprofiles", "storage_domain"),
    ("StorageDomain", "disks"): View("disks", "storage_domains"),
    ("DataCenter", "permissions"): View("permissions", "data_center"),
    ("Cluster", "permissions"): View("permissions", "cluster"),
    ("Disk", "permissions"): View("permissions", "disk"),
    ("Group", "permissions"): View("permissions", "group"),
    ("Host", "permissions"): View("permissions", "host"),
    ("StorageDomain", "permissions"): View("permissions", "storage_domain"),
    ("Template", "permissions"): View("permissions", "template"),
    ("User", "permissions"): View("permissions", "user"),
    ("Vm", "permissions"): View("permissions", "vm"),
    ("VmPool", "permissions"): View("permissions", "vm_pool"),
}

ASSIGNED: Mapping[tuple[str, str], Assigned] = {
    ("Vm", "tags"): Assigned("tags"),
    ("Host", "tags"): Assigned("tags"),
    ("Template", "tags"): Assigned("tags"),
    ("User", "tags"): Assigned("tags"),
    ("Group", "tags"): Assigned("tags"),
    ("User", "roles"): Assigned("roles"),
    ("Group", "roles"): Assigned("roles"),
    ("DataCenter", "storagedomains"): Assigned("storagedomains"),
    ("StorageDomain", "storageconnections"): Assigned("storageconnections"),
    ("Cluster", "networks"): Assigned("networks"),
    ("IscsiBond", "networks"): Assigned("networks"),
    ("IscsiBond", "storageserverconnections"): Assigned("storageconnections"),
    ("HostNic", "virtualfunctionallowednetworks"): Assigned("networks"),
    ("AffinityLabel", "vms"): Assigned("vms", seen=False),
    ("AffinityLabel", "hosts"): Assigned("hosts", seen=False),
    ("AffinityGroup", "vms"): Assigned("vms", seen=False),
    ("AffinityGroup", "hosts"): Assigned("hosts", seen=False),
    ("AffinityGroup", "vmlabels"): Assigned("affinitylabels", seen=False),
    ("AffinityGroup", "hostlabels"): Assigned("affinitylabels", seen=False),
}

# Assigned from the other side: the labels of a machine are those that it is assigned to.
MIRRORED: Mapping[tuple[str, str], tuple[str, str]] = {
    ("Vm", "affinitylabels"): ("affinitylabels", "vms"),
    ("Host", "affinitylabels"): ("affinitylabels", "hosts"),
}


def _with_disks_on(type_: str) -> Callable[[Store, Record], dict[str, Record]]:
    def members(store: Store, domain: Record) -> dict[str, Record]:
        on_domain = {disk.id for disk in members_of(store, domain, "disks").values()}
        return {
            record.id: record
            for record in store.of_type(type_)
            if on_domain.intersection(store.members(record, "diskattachments"))
        }

    return members


def _attached(store: Store, owner: Record) -> dict[str, Record]:
    ids = store.members(owner, "diskattachments")
    return {disk.id: disk for disk in store.of_type("Disk") if disk.id in ids}


def _known_to_domain(home: str) -> Callable[[Store, Record], dict[str, Record]]:
    def members(store: Store, domain: Record) -> dict[str, Record]:
        entries = store.members(domain, home)
        known = store.members(None, home).values()
        ours = (record for record in known if refers(record.model, "domain", domain))
        return {held(r.model, "domain_entry_id"): r for r in (*ours, *entries.values())}

    return members


def _at_card(store: Store, card: Record) -> dict[str, Record]:
    found = store.members(card.parent, "networkattachments") if card.parent is not None else {}
    return {id_: each for id_, each in found.items() if refers(each.model, "host_nic", card)}


def _of_machine(segment: str) -> Callable[[Store, Record], dict[str, Record]]:
    def members(store: Store, snapshot: Record) -> dict[str, Record]:
        return store.members(snapshot.parent, segment) if snapshot.parent is not None else {}

    return members


COMPUTED: Mapping[tuple[str, str], Callable[[Store, Record], dict[str, Record]]] = {
    **{(key[0], "permissions"): permissions_of for key in VIEWS if key[1] == "permissions"},
    **{
        (api_type, "permissions"): permissions_of
        for api_type in ("CpuProfile", "DiskProfile", "MacPool", "Network", "Quota", "VnicProfile")
    },
    ("User", "roles"): roles_of,
    ("Group", "roles"): roles_of,
    ("Domain", "groups"): _known_to_domain("groups"),
    ("Domain", "users"): _known_to_domain("users"),
    ("StorageDomain", "vms"): _with_disks_on("Vm"),
    ("StorageDomain", "templates"): _with_disks_on("Template"),
    ("HostNic", "networkattachments"): _at_card,
    ("Nic", "reporteddevices"): reported_devices,
    ("Snapshot", "cdroms"): _of_machine("cdroms"),
    ("Vm", "reporteddevices"): reported_devices,
    ("Vm", "disks"): _attached,
    ("Template", "disks"): _attached,
}


# Of those, the collections whose members have another address there than their own.
SEEN = frozenset(
    {
        ("HostNic", "networkattachments"),
        ("StorageDomain", "templates"),
        ("StorageDomain", "vms"),
    }
)


def members_of(store: Store, owner: Record | None, segment: str) -> dict[str, Record]:
    """The members of a collection, by their ids."""
    if owner is None:
        return for_everything(store) if segment == "permissions" else store.members(None, segment)
    key = (owner.type, segment)
    if computed := COMPUTED.get(key):
        return computed(store, owner)
    if view := VIEWS.get(key):
        home = store.members(None, view.home)
        if view.attribute is None:
            return home
        return {i: r for i, r in home.items() if refers(r.model, view.attribute, owner)}
    if key in ASSIGNED:
        return store.assigned(owner, segment)
    if mirrored := MIRRORED.get(key):
        home = store.members(None, mirrored[0])
        return {i: r for i, r in home.items() if owner.id in store.assigned(r, mirrored[1])}
    return store.members(owner, segment)


def referring(store: Store, api_type: str, attribute: str, owner: Record) -> Sequence[Record]:
    """The records of a type of which an attribute, or an entry of it, refers to a record."""

    def by_id() -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = {}
        for record in store.of_type(api_type):
            for id_ in referred(record.model, attribute):
                found.setdefault(id_, []).append(record)
        return found

    of = (api_type, (api_type, attribute))
    return store.worked_out("referring", of, by_id).get(owner.id, ())


def referred(model: Struct, attribute: str) -> Sequence[str]:
    """The ids of what an attribute, or the entries of it, refer to."""
    value = model.__dict__.get(attribute)
    if isinstance(value, Struct):
        id_ = value.__dict__.get("id")
        return () if id_ is None else (id_,)
    if isinstance(value, list):
        return [id_ for entry in value if (id_ := held(entry, "id")) is not None]
    return ()


def refers(model: Struct, attribute: str, owner: Record) -> bool:
    """Whether an attribute, or an entry of it, is a reference to a record."""
    return owner.id in referred(model, attribute)


def default_quota(store: Store, center: Record | None) -> Record | None:
    """The quota of a data center that everything counts against for which none is given."""
    quotas = store.members(center, "quotas").values() if center is not None else ()
    return next((quota for quota in quotas if quota.name == "Default"), None)
