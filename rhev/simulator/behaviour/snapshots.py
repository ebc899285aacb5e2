"""Snapshots with what is in them: made, previewed, committed, undone, restored and removed."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from rhev.mapping.resources import BaseResource
from rhev.mapping.structure import Struct
from rhev.simulator.behaviour.virtual_machines import (
    BUSY,
    add_active,
    check_settled,
    check_unlocked_disks,
    configuration,
)
from rhev.simulator.documents.presented import RUNNING, disks_of, without_addresses
from rhev.simulator.generic.copies import copy_content
from rhev.simulator.generic.hooks import Call, acting, added, completing, removing
from rhev.simulator.generic.lifecycle import occupy, run, state_of
from rhev.simulator.generic.methods import call_owner
from rhev.simulator.state.refusals import FAILED, Refusal, conflict, not_found
from rhev.simulator.state.store import reference
from rhev.simulator.state.values import fill, held, put

if TYPE_CHECKING:
    from rhev.simulator.state.estate import Estate
    from rhev.simulator.state.store import Record


@completing("Snapshot")
def _snapshot(call: Call, model: Any) -> None:
    vm = call_owner(call)
    check_settled(call.estate, vm, "add a snapshot of")
    runs = state_of(vm) in RUNNING
    memory = held(model, "persist_memorystate")
    # A snapshot may be of some of the disks.
    wanted = held(model, "disk_attachments") or []
    call.sources.extend(
        disk
        for disk in disks_of(call.estate, vm)
        if not wanted or disk.id in {held(each, "disk.id") for each in wanted}
    )
    put(model, disk_attachments=None)
    put(model, date=call.estate.timeline.date, snapshot_status="locked", snapshot_type="regular")
    # What the machine ran on is what is kept: it has a new one from now on.
    active = _of_type(call.estate, vm, "active")
    if active is not None:
        put(model, id=active.id)
        call.estate.store.remove(active)
    put(model, persist_memorystate=runs and memory is not False)


@added("Snapshot")
def _snapshot_added(call: Call, snapshot: Record) -> None:
    estate, vm = call.estate, call_owner(call)
    put(add_active(estate, vm).model, date=held(vm.model, "creation_time"))
    keep(estate, vm, snapshot, list(call.sources))
    run(estate, snapshot, "add", then=lambda: _free(vm))
    vm.busy = f"Snapshot is currently being created for VM {vm.name}."
    description = held(snapshot.model, "description")
    estate.write_down(45, f"Snapshot {description!r} of {vm.name} is being made.", vm)


def _free(vm: Record) -> None:
    vm.busy = ""


def keep(estate: Estate, vm: Record, snapshot: Record, disks: list[Record]) -> None:
    """Puts into a snapshot what a virtual machine is now."""
    put(snapshot.model, vm=without_addresses(deepcopy(vm.model)))
    put(snapshot.model.vm, host=None, fqdn=None, run_once=None, start_time=None)
    put(snapshot.model.vm, display=deepcopy(held(vm.model, "display")))
    for disk in disks:
        copy_content(disk, estate.take_in("Disk", "disks", deepcopy(disk.model), parent=snapshot))
    for nic in list(estate.store.members(vm, "nics").values()):
        estate.take_in("Nic", "nics", deepcopy(nic.model), parent=snapshot)


def bring_back(estate: Estate, vm: Record, snapshot: Record) -> None:
    """Makes a virtual machine what it was when a snapshot was made."""
    store = estate.store
    former = configuration(deepcopy(snapshot.model.vm))
    present = vars(configuration(vm.model))
    put(vm.model, **dict.fromkeys(present.keys() - vars(former).keys()))
    for name, value in vars(former).items():
        whole = store.record(value) if isinstance(value, BaseResource) else None
        if isinstance(value, Struct) and whole is None and name in present:
            # What a snapshot does not tell of stays as it is.
            fill(value, present[name])
        # Of some resources not even the machine itself tells the address.
        told = whole is not None and held(present.get(name), "href") is not None
        put(vm.model, **{name: reference(whole) if whole is not None and told else value})
    for nic in list(store.members(vm, "nics").values()):
        store.remove(nic)
    for nic in list(store.members(snapshot, "nics").values()):
        estate.take_in("Nic", "nics", deepcopy(nic.model), parent=vm)
    for copy in store.members(snapshot, "disks").values():
        live = store.find("Disk", copy.id)
        if live is not None:
            put(live.model, provisioned_size=copy.model.provisioned_size)
            copy_content(copy, live)


def _of_type(estate: Estate, vm: Record, kind: str) -> Record | None:
    snapshots = estate.store.members(vm, "snapshots").values()
    return next((s for s in snapshots if str(held(s.model, "snapshot_type")) == kind), None)


def _previewed(estate: Estate, vm: Record) -> Record:
    snapshots = estate.store.members(vm, "snapshots").values()
    found = next((s for s in snapshots if state_of(s) == "in_preview"), None)
    if found is None:
        raise Refusal(
            400, FAILED, "[Cannot revert to Snapshot. No Snapshot of the VM is previewed.]"
        )
    return found


def _check_down(vm: Record) -> None:
    if vm.busy:
        raise conflict(f"Cannot preview Snapshot. {vm.busy}")
    if state_of(vm) != "down":
        raise conflict("Cannot preview Snapshot. VM is not down.")


def _leave_out_later(estate: Estate, vm: Record, snapshot: Record) -> None:
    """Forgets the snapshots that were made after one that becomes what the machine is."""
    for other in list(estate.store.members(vm, "snapshots").values()):
        is_regular = str(held(other.model, "snapshot_type")) == "regular"
        if is_regular and other is not snapshot and other.model.date > snapshot.model.date:
            estate.store.remove(other)


@acting(("Vm", "preview_snapshot"))
def _preview(call: Call, vm: Record) -> None:
    estate = call.estate
    id_ = call.body.snapshot.id
    snapshot = estate.store.members(vm, "snapshots").get(id_)
    if snapshot is None or str(held(snapshot.model, "snapshot_type")) == "active":
        raise not_found(f"Snapshot: id={id_}")
    _check_down(vm)
    check_unlocked_disks(estate, vm, "preview a snapshot of")
    if _of_type(estate, vm, "preview") is not None:
        raise conflict("Cannot preview Snapshot. Another one of the VM is previewed.")
    before = _of_type(estate, vm, "active")
    if before is not None:
        keep(estate, vm, before, disks_of(estate, vm))
        put(before.model, snapshot_type="preview", description="Active VM before the preview")
        put(before.model, date=estate.timeline.date, snapshot_status="locked")
    put(add_active(estate, vm).model, date=snapshot.model.date)
    bring_back(estate, vm, snapshot)
    # What has no disks is previewed at once.
    times = 1 if disks_of(estate, vm) else 0
    run(estate, snapshot, "preview", times=times)
    run(estate, vm, "preview", then=lambda: _say_ok(before), times=times)


def _say_ok(snapshot: Record | None) -> None:
    if snapshot is not None and state_of(snapshot) == "locked":
        put(snapshot.model, snapshot_status="ok")


@acting(("Vm", "undo_snapshot"))
def _undo(call: Call, vm: Record) -> None:
    estate = call.estate
    snapshot = _previewed(estate, vm)
    _check_down(vm)
    before, transient = _of_type(estate, vm, "preview"), _of_type(estate, vm, "active")
    if transient is not None:
        estate.store.remove(transient)
    if before is not None:
        bring_back(estate, vm, before)
        for segment in ("nics", "disks"):
            for kept in list(estate.store.members(before, segment).values()):
                estate.store.remove(kept)
        put(before.model, snapshot_type="active", description="Active VM", vm=None)
        put(before.model, snapshot_status="locked", date=estate.timeline.date)
    put(snapshot.model, snapshot_status="ok")
    work = "undo" if disks_of(estate, vm) else "undo_without_disks"
    occupy(estate, vm, work, BUSY, then=lambda: _say_ok(before))


@acting(("Vm", "commit_snapshot"))
def _commit(call: Call, vm: Record) -> None:
    estate = call.estate
    snapshot = _previewed(estate, vm)
    _check_down(vm)
    before = _of_type(estate, vm, "preview")
    if before is not None:
        estate.store.remove(before)
    _leave_out_later(estate, vm, snapshot)
    put(snapshot.model, snapshot_status="ok")
    run(estate, vm, "commit", times=max(1, len(disks_of(estate, vm))))


@acting(("Snapshot", "restore"))
def _restore(call: Call, snapshot: Record) -> None:
    estate, vm = call.estate, call_owner(call)
    _check_down(vm)
    check_unlocked_disks(estate, vm, "restore a snapshot of")
    if state_of(snapshot) != "ok":
        raise conflict(f"Cannot restore Snapshot. It is {state_of(snapshot).replace('_', ' ')}.")
    bring_back(estate, vm, snapshot)
    _leave_out_later(estate, vm, snapshot)
    run(estate, vm, "restore")
    snapshot.until = vm.until
    restored = reference(snapshot)
    put(restored, vm=reference(vm))
    call.result.update(snapshot=restored, async_=False)


@removing("Snapshot")
def _snapshot_removed(call: Call, snapshot: Record) -> None:
    estate, vm = call.estate, call_owner(call)
    if str(held(snapshot.model, "snapshot_type")) == "active":
        raise conflict("Cannot remove Snapshot. It is what the VM runs on.")
    if state_of(vm) in ("image_locked", "saving_state", "suspended"):
        raise conflict("Cannot remove Snapshot. VM is neither down, up nor paused.")
    if vm.busy:
        raise conflict(f"Cannot remove Snapshot. {vm.busy}")
    if state_of(snapshot) != "ok":
        raise conflict(f"Cannot remove Snapshot. It is {state_of(snapshot).replace('_', ' ')}.")
    call.kept.append(snapshot)

    def gone() -> None:
        _free(vm)
        estate.store.remove(snapshot)

    vm.busy = BUSY
    # What has no disks is only forgotten.
    has_disks = bool(estate.store.members(snapshot, "disks"))
    run(estate, snapshot, "remove", then=gone, times=1 if has_disks else 0)
