"""The disks of a storage domain that the engine writes the descriptions of machines to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.simulator.generic.grants import grant_made
from rhev.simulator.generic.hooks import Call, acting
from rhev.simulator.state.places import default_quota, members_of
from rhev.simulator.state.store import Record, reference
from rhev.simulator.state.values import Document, held, put

if TYPE_CHECKING:
    from rhev.simulator.state.estate import Estate

COUNT = 2
_SIZE = 336896
_STORE: Document = {
    "name": "OVF_STORE",
    "alias": "OVF_STORE",
    "description": "OVF_STORE",
    "actual_size": _SIZE,
    "backup": "none",
    "content_type": "ovf_store",
    "format": "raw",
    "propagate_errors": "false",
    "provisioned_size": _SIZE,
    "shareable": "true",
    "sparse": "true",
    "status": "ok",
    "storage_type": "image",
    "wipe_after_delete": "false",
}


@acting(("StorageDomain", "update_ovf_store"))
def _update(call: Call, domain: Record) -> None:
    write_stores(call.estate, domain)


def stores_of(estate: Estate, domain: Record) -> list[Record]:
    """The disks of a domain that are there for this."""
    disks = members_of(estate.store, domain, "disks").values()
    return [disk for disk in disks if str(held(disk.model, "content_type")) == "ovf_store"]


def write_stores(estate: Estate, domain: Record) -> None:
    """Makes the stores of a domain for data where it has none yet."""
    if str(held(domain.model, "type")) != "data" or stores_of(estate, domain):
        return
    store = estate.store
    centers = (
        center
        for center in store.of_type("DataCenter")
        if domain.id in store.assigned(center, "storagedomains")
    )
    center = next(centers, None)
    if center is None:
        return
    quota = default_quota(store, center)
    profile = next(iter(members_of(store, domain, "diskprofiles").values()), None)
    for _ in range(COUNT):
        disk = estate.add("Disk", "disks", {**_STORE, "image_id": estate.new_id()})
        put(disk.model, storage_domains=[reference(domain)])
        put(disk.model, quota=reference(quota) if quota else None)
        put(disk.model, disk_profile=reference(profile) if profile else None)
        grant_made(estate, disk)


def forget_stores(estate: Estate, domain: Record) -> None:
    """Forgets the stores of a domain that is no longer the engine's."""
    for disk in stores_of(estate, domain):
        estate.store.remove(disk)
