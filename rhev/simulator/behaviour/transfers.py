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
from rhev.simulator.state.refusals import conflict
from rhev.simulator.state.store import Record, reference
from rhev.simulator.state.values import fill, held, make, put

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
    path = f"images/{transfer.id}"
    put(transfer.model, transfer_url=f"https://host.example.com:54322/{path}")
    put(transfer.model, proxy_url=f"https://engine.example.com:54323/{path}")
    disk = call.estate.store.record(held(transfer.model, "disk"))
    if disk is not None:
        put(disk.model, status="locked")
    run(call.estate, transfer, "add")


@arriving("ImageTransfer", "finished_success", "finished_failure")
def _transferred(estate: Estate, transfer: Record) -> None:
    disk = estate.store.record(held(transfer.model, "disk"))
    if disk is not None and state_of(disk) == "locked":
        put(disk.model, status="ok")


@completing("Backup")
def _backup(call: Call, model: Any) -> None:
    vm, now = call_owner(call), call.estate.timeline.date
    check_settled(call.estate, vm, "back up")
    put(model, phase="starting", creation_date=now, modification_date=now)
    put(model, vm=reference(vm), to_checkpoint_id=call.estate.new_id())
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


@acting(("Backup", "finalize"))
def _finalized(call: Call, backup: Record) -> None:
    vm = call_owner(call)

    def free() -> None:
        vm.busy = ""

    run(call.estate, backup, "finalize", then=free)
