"""What is beyond a cross reference of a query: the resources that have to do with one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rhev.mapping.resources import BaseResource
from rhev.simulator.state.granted import OBJECTS
from rhev.simulator.state.neighbours import neighbours
from rhev.simulator.state.places import members_of, refers
from rhev.simulator.state.values import held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from rhev.simulator.state.estate import Estate
    from rhev.simulator.state.store import Record, Store


def related(estate: Estate, value: Any, api_type: str) -> list[Any]:
    """The resources of a type that this one refers to, or that refer to it, as they are held."""
    if not isinstance(value, BaseResource) or (own := estate.store.record(value)) is None:
        return []
    if (find := _FOUND.get((own.type, api_type))) is not None:
        return [record.model for record in find(estate.store, own)]
    return [record.model for record in neighbours(estate.store, own, api_type)]


def _disks(store: Store, owner: Record) -> list[Record]:
    found = (store.find("Disk", id_) for id_ in members_of(store, owner, "diskattachments"))
    return [disk for disk in found if disk is not None]


def _domains_of_disks(store: Store, owner: Record) -> Iterable[Record]:
    """The storage domains that a disk is on, or the disks of a machine or template."""
    disks = [owner] if owner.type == "Disk" else _disks(store, owner)
    ids = {d.id: d for disk in disks for d in held(disk.model, "storage_domains") or ()}
    return filter(None, map(store.record, ids.values()))


def _center(store: Store, record: Record) -> Record | None:
    cluster = record if record.type == "Cluster" else store.record(held(record.model, "cluster"))
    return store.record(held(cluster.model, "data_center")) if cluster is not None else None


def _domains_of_center(store: Store, owner: Record) -> Iterable[Record]:
    center = owner if owner.type == "DataCenter" else _center(store, owner)
    return store.assigned(center, "storagedomains").values() if center is not None else ()


def _centers(store: Store, owner: Record) -> Iterable[Record]:
    """The data centers that a storage domain, or one that a disk is on, is attached to."""
    domains = {owner.id} if owner.type == "StorageDomain" else {
        domain.id for domain in _domains_of_disks(store, owner)
    }  # fmt: skip
    return [
        center
        for center in store.of_type("DataCenter")
        if domains.intersection(store.assigned(center, "storagedomains"))
    ]


def _in_centers(api_type: str) -> Callable[[Store, Record], Iterable[Record]]:
    def find(store: Store, domain: Record) -> Iterable[Record]:
        centers = list(_centers(store, domain))
        return [each for each in store.of_type(api_type) if _center(store, each) in centers]

    return find


def _users(store: Store, owner: Record) -> Iterable[Record]:
    """Those who have a permission for just this."""
    permissions = [p.model for p in store.of_type("Permission")]
    users = (
        store.record(held(model, "user"))
        for model in permissions
        if any(held(model, f"{name}.id") == owner.id for name in OBJECTS)
    )
    return filter(None, users)


def _hosts_with(store: Store, network: Record) -> Iterable[Record]:
    """The hosts that a network is attached to."""
    return [
        host
        for host in store.of_type("Host")
        for attachment in members_of(store, host, "networkattachments").values()
        if refers(attachment.model, "network", network)
    ]


_FOUND: Mapping[tuple[str, str], Callable[[Store, Record], Iterable[Record]]] = {
    ("Cluster", "StorageDomain"): _domains_of_center,
    ("DataCenter", "StorageDomain"): _domains_of_center,
    ("Disk", "DataCenter"): _centers,
    ("Disk", "StorageDomain"): _domains_of_disks,
    ("Host", "StorageDomain"): _domains_of_center,
    ("Host", "User"): _users,
    ("Network", "Host"): _hosts_with,
    ("StorageDomain", "Cluster"): _in_centers("Cluster"),
    ("StorageDomain", "Host"): _in_centers("Host"),
    ("Template", "StorageDomain"): _domains_of_disks,
    ("Template", "User"): _users,
    ("Vm", "StorageDomain"): _domains_of_disks,
    ("Vm", "User"): _users,
}
