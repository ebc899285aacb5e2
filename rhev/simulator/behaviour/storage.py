"""Disks, storage domains and image transfers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rhev.simulator.documents.presented import RUNNING
from rhev.simulator.generic.copies import copy_disk
from rhev.simulator.generic.hooks import (
    Call,
    acting,
    added,
    assigning,
    completing,
    removing,
    unassigning,
    updating,
)
from rhev.simulator.generic.lifecycle import run, state_of
from rhev.simulator.generic.methods import call_owner
from rhev.simulator.generic.references import required
from rhev.simulator.state.refusals import conflict
from rhev.simulator.state.store import Record, reference
from rhev.simulator.state.values import fill, held, make, put

if TYPE_CHECKING:
    from rhev.simulator.state.estate import Estate

DISK = {
    "backup": "none",
    "content_type": "data",
    "format": "raw",
    "propagate_errors": "false",
    "shareable": "false",
    "status": "locked",
    "storage_type": "image",
    "wipe_after_delete": "false",
}
DOMAIN: dict[str, Any] = {
    "available": 500 << 30,
    "used": 20 << 30,
    "committed": 0,
    "backup": "false",
    "block_size": "512",
    "critical_space_action_blocker": "5",
    "description": "",
    "comment": "",
    "discard_after_delete": "false",
    "external_status": "ok",
    "master": "false",
    "storage_format": "v5",
    "supports_discard": "false",
    "supports_discard_zeroes_data": "false",
    "warning_low_space_indicator": "10",
    "wipe_after_delete": "false",
    "status": "unattached",
}


@updating("Disk")
def _renamed(call: Call, disk: Record) -> None:
    name = held(call.body, "alias") or held(call.body, "name")
    if name:
        put(call.body, alias=name, name=name)


def complete_disk(estate: Estate, model: Any) -> None:
    """What the engine adds to a new disk; a storage domain is chosen where none is given."""
    alias = held(model, "alias") or held(model, "name") or ""
    fill(model, make("Disk", DISK))
    put(model, alias=alias, name=alias, image_id=estate.new_id(), storage_domain=None)
    if held(model, "sparse") is None:
        put(model, sparse=str(held(model, "format")) == "cow")
    if held(model, "lun_storage") is not None:
        put(model, storage_type="lun", status="ok")
        return
    size = held(model, "provisioned_size") or 0
    occupied = held(model, "initial_size") or 0 if held(model, "sparse") else size
    put(model, actual_size=occupied, total_size=occupied)
    if not held(model, "storage_domains"):
        domains = [d for d in estate.store.of_type("StorageDomain") if _takes_disks(d)]
        if not domains:
            raise conflict("Cannot add Virtual Disk. No storage domain for data is active.")
        put(model, storage_domains=[reference(domains[0])])
    for domain in held(model, "storage_domains"):
        _check_active(estate, domain)


def _takes_disks(domain: Record) -> bool:
    return state_of(domain) == "active" and str(held(domain.model, "type")) == "data"


def _check_active(estate: Estate, domain: Any) -> None:
    record = estate.store.record(domain)
    if record is not None and state_of(record) != "active":
        raise conflict(f"Cannot add Virtual Disk. The storage domain {record.name} is not active.")


@completing("Disk")
def _disk(call: Call, model: Any) -> None:
    complete_disk(call.estate, model)


@added("Disk")
def _disk_added(call: Call, disk: Record) -> None:
    call.estate.write_down(82, f"Disk {disk.name} is being added by {call.user}.")


@removing("Disk")
def _disk_removed(call: Call, disk: Record) -> None:
    store = call.estate.store
    if state_of(disk) == "locked":
        raise conflict("Cannot remove Virtual Disk. It is locked.")
    for owner in [*store.of_type("Vm"), *store.of_type("Template")]:
        attachment = store.members(owner, "diskattachments").get(disk.id)
        if attachment is None:
            continue
        if owner.type == "Template":
            raise conflict(f"Cannot remove Virtual Disk. Template {owner.name} is made of it.")
        if state_of(owner) in RUNNING and held(attachment.model, "active"):
            raise conflict("Cannot remove Virtual Disk. VM is running.")
        store.remove(attachment)


@acting(("Disk", "copy"), ("Disk", "move"))
def _elsewhere(call: Call, disk: Record) -> None:
    if state_of(disk) == "locked":
        raise conflict(f"Cannot {call.method.name} Virtual Disk. It is locked.")
    domain = required(call.estate.store, call.body.storage_domain)
    _check_active(call.estate, call.body.storage_domain)
    moved = disk
    if call.method.name == "copy":
        alias = held(call.body, "disk.alias") or held(call.body, "disk.name") or disk.name
        moved = copy_disk(call.estate, disk, alias)
        call.result["disk"] = reference(moved)
    else:
        run(call.estate, disk, "lock")
    put(moved.model, storage_domains=[reference(domain)])


@acting(("Disk", "sparsify"), ("Disk", "reduce"), ("Disk", "convert"), ("Disk", "export"))
def _worked_on(call: Call, disk: Record) -> None:
    run(call.estate, disk, "lock")


@completing("StorageDomain")
def _domain(call: Call, model: Any) -> None:
    fill(model, make("StorageDomain", DOMAIN))
    put(model, host=None, status="unattached")


@removing("StorageDomain")
def _domain_removed(call: Call, domain: Record) -> None:
    store = call.estate.store
    for center in store.members(None, "datacenters").values():
        if domain.id in store.assigned(center, "storagedomains"):
            raise conflict("Cannot remove Storage. It is attached to a data center.")


@assigning(("DataCenter", "storagedomains"))
def _domain_attached(call: Call, domain: Record) -> None:
    store = call.estate.store
    for center in store.members(None, "datacenters").values():
        if domain.id in store.assigned(center, "storagedomains"):
            raise conflict(f"Cannot attach Storage. It is attached to {center.name} already.")
    put(domain.model, status="locked")
    run(call.estate, domain, "add")
    center = call_owner(call)
    if str(held(center.model, "status")) == "uninitialized":
        put(center.model, status="up")


@unassigning(("DataCenter", "storagedomains"))
def _domain_detached(call: Call, domain: Record) -> None:
    if state_of(domain) not in ("maintenance", "inactive"):
        raise conflict("Cannot detach Storage. It is not in maintenance.")
    put(domain.model, status="unattached")


@acting(("StorageDomain", "is_attached"))
def _is_attached(call: Call, domain: Record) -> None:
    required(call.estate.store, call.body.host)
    call.result["is_attached"] = state_of(domain) != "unattached"


@completing("ImageTransfer")
def _transfer(call: Call, model: Any) -> None:
    # The older way to name the disk is by its image.
    if held(model, "disk") is None and (image := held(model, "image")) is not None:
        disk = call.estate.store.find("Disk", image.id)
        put(model, disk=reference(disk) if disk else None)
    disk = call.estate.store.record(held(model, "disk"))
    if disk is not None and state_of(disk) == "locked":
        raise conflict("Cannot transfer Virtual Disk. It is locked.")
    host = next((h for h in call.estate.store.of_type("Host") if state_of(h) == "up"), None)
    defaults = {"direction": "upload", "inactivity_timeout": "60", "phase": "initializing"}
    fill(model, make("ImageTransfer", {**defaults, "transferred": 0, "active": "false"}))
    if host is not None:
        put(model, host=reference(host))


@added("ImageTransfer")
def _transfer_added(call: Call, transfer: Record) -> None:
    path = f"images/{transfer.id}"
    put(transfer.model, transfer_url=f"https://host.example.com:54322/{path}")
    put(transfer.model, proxy_url=f"https://engine.example.com:54323/{path}")
    run(call.estate, transfer, "add")
