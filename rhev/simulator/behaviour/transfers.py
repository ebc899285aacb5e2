"""Image transfers and backups."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from rhev.simulator.behaviour.virtual_machines import check_settled
from rhev.simulator.documents.presented import RUNNING
from rhev.simulator.generic.hooks import Call, acting, added, completing
from rhev.simulator.generic.lifecycle import arriving, run, state_of
from rhev.simulator.generic.methods import call_owner
from rhev.simulator.generic.references import required
from rhev.simulator.imageio.requests import ROOT
from rhev.simulator.imageio.tickets import Ticket
from rhev.simulator.state.refusals import conflict
from rhev.simulator.state.store import Record, reference
from rhev.simulator.state.values import blank, class_of, fill, held, make, put

if TYPE_CHECKING:
    from rhev.simulator.state.estate import Estate


@completing("ImageTransfer")
def _transfer(call: Call, model: Any) -> None:
    store = call.estate.store
    # The older way to name the disk is by its image.
    if held(model, "disk") is None and (image := held(model, "image")) is not None:
        disk = store.find("Disk", image.id)
        put(model, disk=reference(disk) if disk else None)
    disk = store.record(held(model, "disk"))
    if disk is not None:
        if state_of(disk) == "locked":
            raise conflict("Cannot transfer Virtual Disk. It is locked.")
        users = [
            vm.name
            for vm in store.of_type("Vm")
            if state_of(vm) in RUNNING and disk.id in store.members(vm, "diskattachments")
        ]
        if users:
            said = f"Disk {disk.name} is plugged to running VMs: {', '.join(users)}."
            raise conflict(f"Cannot transfer Virtual Disk. {said}")
    host = next((h for h in store.of_type("Host") if state_of(h) == "up"), None)
    defaults = {"direction": "upload", "inactivity_timeout": "60", "phase": "initializing"}
    fill(model, make("ImageTransfer", {**defaults, "transferred": 0, "active": "false"}))
    if host is not None:
        put(model, host=reference(host))


@added("ImageTransfer")
def _transfer_added(call: Call, transfer: Record) -> None:
    estate, url = call.estate, f"{call.estate.origin}{ROOT}"
    disk = estate.store.record(held(transfer.model, "disk"))
    if disk is None:
        run(estate, transfer, "add")
        return
    put(disk.model, status="locked")
    is_upload = str(held(transfer.model, "direction")) == "upload"
    size = _size(transfer, disk, is_upload=is_upload)
    ticket = Ticket(estate.new_id(), transfer, disk, size, is_upload)

    def begin() -> None:
        estate.tickets[ticket.id] = ticket
        put(transfer.model, transfer_url=url + ticket.id, proxy_url=url + ticket.id)

    run(estate, transfer, "add", then=begin)


def _size(transfer: Record, disk: Record, *, is_upload: bool) -> int:
    """How many bytes a client sees: those of the machine's disk, or of the file that holds it."""
    size: int = held(disk.model, "provisioned_size") or 0
    wanted = held(transfer.model, "format") or held(disk.model, "format")
    if str(wanted) == "raw":
        return size
    if is_upload:
        return max(size, held(disk.model, "initial_size") or 0) + size // 1000 + _OVERHEAD
    return disk.content.end if disk.content is not None else 0


# What a file of the format QCOW2 may have beside the bytes that are in it.
_OVERHEAD = 1 << 20


@arriving("ImageTransfer", "transferring")
def _watch(estate: Estate, transfer: Record) -> None:
    ticket = _ticket(estate, transfer)
    if ticket is not None:
        ticket.touched = estate.timeline.now
        _look_again(estate, ticket)


def _look_again(estate: Estate, ticket: Ticket) -> None:
    """Gives up a transfer whose client has asked for nothing for too long.

    It is the client's time, so that it is not shorter where the engine is quicker.
    """
    model = ticket.transfer.model
    patience = held(model, "inactivity_timeout") or 0
    if state_of(ticket.transfer) != "transferring" or not patience:
        return
    if estate.timeline.now < ticket.touched + patience:
        estate.timeline.at(ticket.touched + patience, lambda: _look_again(estate, ticket))
        return
    policy = str(held(model, "timeout_policy") or "legacy")
    if policy == "legacy":
        policy = "pause" if ticket.may_write else "cancel"
    run(estate, ticket.transfer, policy, variant="system")


@acting(("ImageTransfer", "extend"))
def _extend(call: Call, transfer: Record) -> None:
    run(call.estate, transfer, "extend")
    if (ticket := _ticket(call.estate, transfer)) is not None:
        ticket.touched = call.estate.timeline.now


def _ticket(estate: Estate, transfer: Record) -> Ticket | None:
    return next((t for t in estate.tickets.values() if t.transfer is transfer), None)


@arriving("ImageTransfer", "finished_success", "finished_failure")
def _transferred(estate: Estate, transfer: Record) -> None:
    ticket = _ticket(estate, transfer)
    if ticket is not None:
        del estate.tickets[ticket.id]
    disk = estate.store.record(held(transfer.model, "disk"))
    if disk is None or state_of(disk) != "locked":
        return
    if ticket is not None and ticket.may_write:
        put(disk.model, actual_size=ticket.content.allocated)
    failed = state_of(transfer) == "finished_failure"
    is_upload = str(held(transfer.model, "direction")) == "upload"
    # Half an image is of no use.
    put(disk.model, status="illegal" if failed and is_upload else "ok")


@completing("Backup")
def _backup(call: Call, model: Any) -> None:
    vm, now = call_owner(call), call.estate.timeline.date
    check_settled(call.estate, vm, "back up")
    put(model, phase="starting", creation_date=now, modification_date=now)
    active = next(
        snapshot
        for snapshot in call.estate.store.members(vm, "snapshots").values()
        if str(held(snapshot.model, "snapshot_type")) == "active"
    )
    put(model, vm=reference(vm), snapshot=blank(class_of("Snapshot"), id=active.id))
    call.sources.extend(required(call.estate.store, disk) for disk in held(model, "disks") or [])
    put(model, disks=None)


@added("Backup")
def _backup_added(call: Call, backup: Record) -> None:
    vm = call_owner(call)
    vm.busy = "The VM is during a backup operation."
    for disk in call.sources:
        copy = deepcopy(disk.model)
        put(copy, backup_mode="full")
        call.estate.take_in("Disk", "disks", copy, parent=backup)
    run(call.estate, backup, "add")


@arriving("Backup", "ready")
def _ready(estate: Estate, backup: Record) -> None:
    put(backup.model, to_checkpoint_id=estate.new_id(), modification_date=estate.timeline.date)


@acting(("Backup", "finalize"))
def _finalized(call: Call, backup: Record) -> None:
    vm = call_owner(call)

    def free() -> None:
        vm.busy = ""

    run(call.estate, backup, "finalize", then=free)
