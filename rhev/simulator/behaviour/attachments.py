"""How disks are attached to virtual machines: new ones and those that exist."""

from __future__ import annotations

from typing import Any

from rhev.simulator.behaviour.disks import change_disk, complete_disk
from rhev.simulator.generic import references
from rhev.simulator.generic.hooks import Call, completing, removing, updating
from rhev.simulator.generic.lifecycle import run, state_of
from rhev.simulator.generic.methods import call_owner
from rhev.simulator.state.refusals import FAILED, INCOMPLETE, Refusal, conflict
from rhev.simulator.state.store import Record, reference
from rhev.simulator.state.values import fill, held, make, put

_ATTACHMENT = {
    "active": "true",
    "bootable": "false",
    "pass_discard": "false",
    "read_only": "false",
    "uses_scsi_reservation": "false",
}


@completing("DiskAttachment")
def _attachment(call: Call, model: Any) -> None:
    """A new disk is made of what is inline; one that exists is attached."""
    estate, vm = call.estate, call_owner(call)
    wanted = held(model, "disk")
    id_ = held(wanted, "id")
    disk = estate.store.find("Disk", id_)
    if id_ is not None and disk is None:
        raise Refusal(
            400, FAILED, "[Cannot attach Virtual Disk. The specified disk does not exist.]"
        )
    if disk is not None:
        _check_attachable(call, vm, disk)
    elif held(wanted, "lun_storage") is None and held(wanted, "provisioned_size") is None:
        raise Refusal(400, INCOMPLETE, "Disk [provisionedSize|size, format] required for add")
    _check_bootable(call, vm, model, "attach" if disk else "add")
    if disk is None:
        references.resolve(estate.store, wanted, "add")
        number = len(estate.store.members(vm, "diskattachments")) + 1
        if held(wanted, "alias") is None:
            put(wanted, alias=held(wanted, "name") or f"{vm.name}_Disk{number}")
        complete_disk(estate, wanted)
        disk = estate.take_in("Disk", "disks", wanted)
        if state_of(disk) == "locked":
            run(estate, disk, "add")
    fill(model, make("DiskAttachment", _ATTACHMENT))
    # An attachment has the id of its disk.
    put(model, id=disk.id, disk=reference(disk), vm=reference(vm))


def _check_bootable(
    call: Call, vm: Record, model: Any, verb: str, but: Record | None = None
) -> None:
    """Raises Refusal with 409 where a second disk is to be the one to boot from."""
    if not held(model, "bootable"):
        return
    store = call.estate.store
    for other in store.members(vm, "diskattachments").values():
        if other is not but and held(other.model, "bootable"):
            disk = store.find("Disk", other.id)
            said = f"Disk {disk.name if disk else other.id} in VM {vm.name}"
            raise conflict(f"Cannot {verb} Virtual Disk. {said} is already marked as boot.")


def _check_attachable(call: Call, vm: Record, disk: Record) -> None:
    store = call.estate.store
    if disk.id in store.members(vm, "diskattachments"):
        raise conflict("Cannot attach Virtual Disk. The disk is already attached to VM.")
    if state_of(disk) == "locked":
        raise conflict("Cannot attach Virtual Disk. It is locked.")
    if disk.busy:
        raise conflict(f"Cannot attach Virtual Disk. {disk.busy}")
    if held(disk.model, "shareable"):
        return
    for other in store.of_type("Vm"):
        if disk.id in store.members(other, "diskattachments"):
            raise conflict(f"Cannot attach Virtual Disk. It is attached to {other.name}.")


@removing("DiskAttachment")
def _detached(call: Call, attachment: Record) -> None:
    store = call.estate.store
    for snapshot in store.members(call_owner(call), "snapshots").values():
        is_kept = str(held(snapshot.model, "snapshot_type")) == "regular"
        if is_kept and attachment.id in store.members(snapshot, "disks"):
            raise conflict("Cannot detach Virtual Disk. The disk is in a snapshot of the VM.")
    disk = call.estate.store.find("Disk", attachment.id)
    if disk is not None and not call.flag("detach_only") and "detach_only" in call.query:
        call.estate.store.remove(disk)


@updating("DiskAttachment")
def _attachment_changed(call: Call, attachment: Record) -> None:
    store, vm = call.estate.store, call_owner(call)
    disk = store.find("Disk", attachment.id)
    _check_bootable(call, vm, call.body, "edit", but=attachment)
    if disk is not None:
        inline = held(call.body, "disk")
        change_disk(call.estate, disk, inline)
    put(call.body, disk=None)
