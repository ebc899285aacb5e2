"""Pools of virtual machines: made, resized, allocated from, and taken apart."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rhev.simulator.behaviour.running import host_for
from rhev.simulator.behaviour.virtual_machines import add_devices, complete_vm
from rhev.simulator.documents.presented import RUNNING, disks_of
from rhev.simulator.generic.hooks import Call, acting, added, removing, updating
from rhev.simulator.generic.lifecycle import occupy, run, state_of
from rhev.simulator.state.refusals import FAILED, Refusal, conflict
from rhev.simulator.state.store import Record, reference
from rhev.simulator.state.values import held, make, put

if TYPE_CHECKING:
    from rhev.simulator.state.estate import Estate


@added("VmPool")
def _pool_added(call: Call, pool: Record) -> None:
    size = held(pool.model, "size") or 0
    put(pool.model, size=size)
    _grow(call, pool, size)


def _grow(call: Call, pool: Record, size: int) -> None:
    """Adds machines until there are as many as the pool is to have; it is busy meanwhile."""
    taken = {vm.name for vm in call.estate.store.of_type("Vm")}
    missing, number = size - len(_pooled(call.estate, pool)), 0
    while missing > 0:
        number += 1
        name = f"{pool.name}-{number}"
        if name in taken:
            continue
        _add(call, pool, name)
        missing -= 1
    template = call.estate.store.record(held(pool.model, "template"))
    has_disks = template is not None and bool(disks_of(call.estate, template))
    if size:
        said = f"The pool is currently in use to create VM {pool.name}-{number or 1}."
        occupy(call.estate, pool, "pool" if has_disks else "pool_without_disks", said)


def _add(call: Call, pool: Record, name: str) -> None:
    model = make("Vm", {"name": name})
    put(model, cluster=pool.model.cluster, template=pool.model.template)
    own = replace(call, sources=[])
    complete_vm(own, model)
    put(model, vm_pool=reference(pool), use_latest_template_version=False)
    vm = call.estate.take_in("Vm", "vms", model)
    add_devices(own, vm, own.sources, "pool")


def _check_idle(pool: Record, verb: str) -> None:
    if pool.busy:
        raise conflict(f"Cannot {verb} VM-Pool. {pool.busy}")


@updating("VmPool")
def _pool_changed(call: Call, pool: Record) -> None:
    _check_idle(pool, "edit")
    size, present = held(call.body, "size"), held(pool.model, "size") or 0
    if size is None or size == present:
        return
    if size < present:
        raise Refusal(400, FAILED, "[Cannot edit VM-Pool. A pool gets smaller by detaching VMs.]")
    _grow(call, pool, size)


@removing("VmPool")
def _pool_removed(call: Call, pool: Record) -> None:
    estate = call.estate
    _check_idle(pool, "remove")
    members = _pooled(estate, pool)

    def gone() -> None:
        for vm in members:
            for disk in disks_of(estate, vm):
                estate.store.remove(disk)
            estate.store.remove(vm)
        if estate.store.find("VmPool", pool.id) is pool:
            estate.store.remove(pool)

    running = [vm for vm in members if state_of(vm) in RUNNING]
    for vm in running:
        if state_of(vm) != "powering_down":
            run(estate, vm, "stop")
    if running:
        # It is there until the last of its machines is down.
        call.kept.append(pool)
        occupy(estate, pool, "pool", "The pool is being removed.", then=gone)
    else:
        gone()
        call.kept.append(pool)


@acting(("VmPool", "allocate_vm"))
def _allocate(call: Call, pool: Record) -> None:
    estate = call.estate
    free = [vm for vm in _pooled(estate, pool) if state_of(vm) == "down" and not vm.busy]
    if not free:
        raise conflict("Cannot allocate VM. There are no available VMs in the VM-Pool.")
    put(free[0].model, host=reference(host_for(estate, free[0])), run_once=False)
    put(free[0].model, start_time=estate.timeline.date)
    run(estate, free[0], "start")
    call.result["vm"] = reference(free[0])


@acting(("Vm", "detach"))
def _detach(call: Call, vm: Record) -> None:
    pool = call.estate.store.record(held(vm.model, "vm_pool"))
    if held(vm.model, "vm_pool") is None:
        raise Refusal(403, FAILED, "[The VM belongs to no pool that it could be detached from.]")
    put(vm.model, vm_pool=None)
    if pool is None:
        return
    left: Any = len(_pooled(call.estate, pool))
    put(pool.model, size=left)
    if not left:
        call.estate.store.remove(pool)


def _pooled(estate: Estate, pool: Record) -> list[Record]:
    return [vm for vm in estate.store.of_type("Vm") if held(vm.model, "vm_pool.id") == pool.id]
