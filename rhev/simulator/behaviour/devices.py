"""What virtual machines have: disks that are attached, network interfaces, snapshots, consoles."""

from __future__ import annotations

import secrets
from copy import deepcopy
from typing import Any

from rhev.simulator.behaviour.storage import complete_disk
from rhev.simulator.documents.presented import RUNNING, disks_of
from rhev.simulator.generic.hooks import Call, acting, added, completing, removing, updating
from rhev.simulator.generic.lifecycle import run, state_of
from rhev.simulator.generic.methods import call_owner
from rhev.simulator.generic.references import required
from rhev.simulator.state.refusals import conflict
from rhev.simulator.state.store import Record, reference
from rhev.simulator.state.values import fill, held, make, merge, put

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
    disk = estate.store.record(wanted)
    if disk is None:
        number = len(estate.store.members(vm, "diskattachments")) + 1
        if held(wanted, "alias") is None:
            put(wanted, alias=held(wanted, "name") or f"{vm.name}_Disk{number}")
        complete_disk(estate, wanted)
        disk = estate.take_in("Disk", "disks", wanted)
        run(estate, disk, "add")
    else:
        _check_attachable(call, vm, disk)
    fill(model, make("DiskAttachment", _ATTACHMENT))
    # An attachment has the id of its disk.
    put(model, id=disk.id, disk=reference(disk), vm=reference(vm))


def _check_attachable(call: Call, vm: Record, disk: Record) -> None:
    store = call.estate.store
    if disk.id in store.members(vm, "diskattachments"):
        raise conflict("Cannot attach Virtual Disk. It is attached to the VM already.")
    if state_of(disk) == "locked":
        raise conflict("Cannot attach Virtual Disk. It is locked.")
    if held(disk.model, "shareable"):
        return
    for other in store.of_type("Vm"):
        if disk.id in store.members(other, "diskattachments"):
            raise conflict(f"Cannot attach Virtual Disk. It is attached to {other.name}.")


@removing("DiskAttachment")
def _detached(call: Call, attachment: Record) -> None:
    vm = call_owner(call)
    if state_of(vm) in RUNNING and held(attachment.model, "active"):
        raise conflict("Cannot detach Virtual Disk. VM is running and the disk is active.")
    disk = call.estate.store.find("Disk", attachment.id)
    if disk is not None and not call.flag("detach_only") and "detach_only" in call.query:
        call.estate.store.remove(disk)


@updating("DiskAttachment")
def _attachment_changed(call: Call, attachment: Record) -> None:
    inline = held(call.body, "disk")
    disk = call.estate.store.find("Disk", attachment.id)
    if inline is not None and disk is not None:
        put(inline, id=None, href=None)
        merge(disk.model, inline)
    put(call.body, disk=None)


@completing("Nic")
def _nic(call: Call, model: Any) -> None:
    estate, owner = call.estate, call_owner(call)
    defaults = {"interface": "virtio", "linked": "true", "plugged": "true", "synced": "true"}
    fill(model, make("Nic", defaults))
    put(model, **{owner.type.lower(): reference(owner)})
    if owner.type == "Vm":
        address = held(model, "mac.address")
        taken = {held(nic.model, "mac.address") for nic in estate.store.of_type("Nic")}
        if address is not None and address in taken:
            raise conflict(f"Cannot add Interface. The MAC address {address} is already in use.")
        if address is None:
            put(model, mac={"address": estate.new_mac()})


@removing("Nic")
def _nic_removed(call: Call, nic: Record) -> None:
    vm = call_owner(call)
    if state_of(vm) in RUNNING and held(nic.model, "plugged"):
        raise conflict("Cannot remove Interface. VM is running and the interface is plugged.")


@acting(("Nic", "activate"), ("Nic", "deactivate"))
def _plug(call: Call, nic: Record) -> None:
    put(nic.model, plugged=call.method.name == "activate")


@completing("Snapshot")
def _snapshot(call: Call, model: Any) -> None:
    vm = call_owner(call)
    if state_of(vm) == "image_locked":
        raise conflict("Cannot create Snapshot. The disks of the VM are locked.")
    if any(state_of(s) == "locked" for s in call.estate.store.members(vm, "snapshots").values()):
        raise conflict("Cannot create Snapshot. Another one is being made.")
    runs = state_of(vm) in RUNNING
    memory = held(model, "persist_memorystate")
    put(model, date=call.estate.timeline.date, snapshot_status="locked", snapshot_type="regular")
    put(model, persist_memorystate=runs and memory is not False, vm=deepcopy(vm.model))
    put(model.vm, href=None)


@added("Snapshot")
def _snapshot_added(call: Call, snapshot: Record) -> None:
    estate, vm = call.estate, call_owner(call)
    for disk in disks_of(estate, vm):
        estate.take_in("Disk", "disks", deepcopy(disk.model), parent=snapshot)
    for nic in list(estate.store.members(vm, "nics").values()):
        estate.take_in("Nic", "nics", deepcopy(nic.model), parent=snapshot)
    description = held(snapshot.model, "description")
    estate.write_down(45, f"Snapshot {description!r} of {vm.name} is being made.", vm)


@removing("Snapshot")
def _snapshot_removed(call: Call, snapshot: Record) -> None:
    if str(held(snapshot.model, "snapshot_type")) == "active":
        raise conflict("Cannot remove Snapshot. It is what the VM runs on.")
    if state_of(snapshot) != "ok":
        raise conflict(f"Cannot remove Snapshot. It is {state_of(snapshot).replace('_', ' ')}.")


@acting(("Snapshot", "restore"))
def _restore(call: Call, snapshot: Record) -> None:
    if state_of(call_owner(call)) != "down":
        raise conflict("Cannot restore Snapshot. VM is not down.")
    run(call.estate, snapshot, "restore")


@acting(("Vm", "preview_snapshot"))
def _preview(call: Call, vm: Record) -> None:
    snapshot = call.estate.store.members(vm, "snapshots").get(call.body.snapshot.id)
    if snapshot is None:
        required(call.estate.store, call.body.snapshot)
    if state_of(vm) != "down":
        raise conflict("Cannot preview Snapshot. VM is not down.")
    if snapshot is not None:
        run(call.estate, snapshot, "preview")


@acting(("Vm", "undo_snapshot"), ("Vm", "commit_snapshot"))
def _leave_preview(call: Call, vm: Record) -> None:
    snapshots = call.estate.store.members(vm, "snapshots").values()
    previewed = [s for s in snapshots if state_of(s) == "in_preview"]
    if not previewed:
        raise conflict("Cannot end the preview. No Snapshot of the VM is previewed.")
    run(call.estate, previewed[0], "leave")


@updating("Cdrom")
def _cdrom_changed(call: Call, cdrom: Record) -> None:
    if held(call.body, "file.id") == "":
        put(cdrom.model, file=None)
        put(call.body, file=None)


@acting(("Vm", "ticket"), ("GraphicsConsole", "ticket"))
def _ticket(call: Call, record: Record) -> None:
    vm = call_owner(call) if record.type == "GraphicsConsole" else record
    if state_of(vm) not in RUNNING:
        raise conflict("Cannot set a ticket. VM is not running.")
    given = held(call.body, "ticket")
    expiry = str(held(given, "expiry") or 7200)
    value = held(given, "value") or secrets.token_urlsafe(9)
    call.result["ticket"] = make("Ticket", {"value": value, "expiry": expiry})


@acting(("GraphicsConsole", "proxy_ticket"))
def _proxy_ticket(call: Call, console: Record) -> None:
    call.result["proxy_ticket"] = make("ProxyTicket", {"value": secrets.token_urlsafe(24)})


@acting(("GraphicsConsole", "remote_viewer_connection_file"))
def _viewer_file(call: Call, console: Record) -> None:
    if state_of(call_owner(call)) not in RUNNING:
        raise conflict("Cannot connect to the console. VM is not running.")
    protocol = held(console.model, "protocol")
    content = f"[virt-viewer]\ntype={protocol}\nhost=127.0.0.1\nport=5900\n"
    call.result["remote_viewer_connection_file"] = content


@completing("Backup")
def _backup(call: Call, model: Any) -> None:
    put(model, phase="starting", creation_date=call.estate.timeline.date)
    put(model, vm=reference(call_owner(call)), to_checkpoint_id=call.estate.new_id())
