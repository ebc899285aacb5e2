"""How virtual machines run: started, stopped, suspended, migrated, and what that allows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rhev.simulator.behaviour.devices import change_cdroms
from rhev.simulator.behaviour.guests import report_guest
from rhev.simulator.behaviour.virtual_machines import BUSY, check_settled, configuration
from rhev.simulator.documents.presented import RUNNING, guests
from rhev.simulator.generic.hooks import Call, acting
from rhev.simulator.generic.lifecycle import (
    Course,
    arriving,
    occupy,
    possible,
    run,
    set_out,
    state_of,
)
from rhev.simulator.generic.references import required
from rhev.simulator.state.refusals import FAILED, Refusal, conflict, not_found
from rhev.simulator.state.store import Record, reference
from rhev.simulator.state.values import held, put

if TYPE_CHECKING:
    from rhev.simulator.state.estate import Estate


@acting(("Vm", "start"))
def _start(call: Call, vm: Record) -> None:
    estate, once = call.estate, held(call.body, "vm")
    if state_of(vm) == "saving_state":
        raise conflict("Cannot run VM. VM is hibernating.")
    if state_of(vm) not in ("paused", *RUNNING):
        check_settled(estate, vm, "run")
    course = possible(vm, "start", "pause" if call.flag("pause") else "")
    if course is None:
        return
    if state_of(vm) == "down":
        _check_bootable(estate, vm, once)
    if state_of(vm) != "paused":
        put(vm.model, host=reference(host_for(estate, vm, once)))
    is_once = once is not None or call.flag("pause") or call.flag("volatile")
    put(vm.model, run_once=is_once, stop_reason=None)
    if held(once, "stateless") is not None:
        put(vm.model, stateless=held(once, "stateless"))
    estate.write_down(153, f"VM {vm.name} was started by {call.user}.", vm)
    if state_of(vm) in ("down", "suspended"):
        put(vm.model, start_time=estate.timeline.date)
    if state_of(vm) == "down" and held(vm.model, "stateless"):
        _start_stateless(estate, vm, course)
        return
    set_out(estate, vm, course)


def _start_stateless(estate: Estate, vm: Record, course: Course) -> None:
    """What it is now is kept first, to go back to."""

    def go() -> None:
        if state_of(vm) == "down" and held(vm.model, "host") is not None:
            set_out(estate, vm, course)

    occupy(estate, vm, "stateless", "Something else is done with it. Try again later.", then=go)


def _check_bootable(estate: Estate, vm: Record, once: Any) -> None:
    """Raises Refusal with 409 where there is nothing that a machine could boot from."""
    devices = held(once, "os.boot.devices") or held(vm.model, "os.boot.devices") or ["hd"]
    has_disk = bool(estate.store.members(vm, "diskattachments"))
    if {str(device) for device in devices} <= {"hd"} and not has_disk:
        raise conflict("Cannot run VM without at least one bootable disk.")


def host_for(estate: Estate, vm: Record, once: Any = None, *, but: Record | None = None) -> Record:
    """The host that a virtual machine is to run on: the one with the fewest of them.

    Raises Refusal with 409 if there is none that it may run on.
    """
    asked = held(once, "placement_policy.hosts") or held(vm.model, "placement_policy.hosts") or []
    wanted = {required(estate.store, host).id for host in asked}
    cluster = held(vm.model, "cluster.id")
    hosts = [
        host
        for host in estate.store.of_type("Host")
        if state_of(host) == "up"
        and host is not but
        and held(host.model, "cluster.id") == cluster
        and (not wanted or host.id in wanted)
    ]
    if not hosts:
        if but is not None:
            raise Refusal(400, FAILED, "[There are no hosts to use. Is another host up?]")
        raise conflict("Cannot run VM. No host that is up satisfies what it asks for.")
    return min(hosts, key=lambda host: len(guests(estate, host)))


@acting(("Vm", "migrate"))
def _migrate(call: Call, vm: Record) -> None:
    estate, asked = call.estate, held(call.body, "host")
    to = None
    if asked is not None:
        to = estate.store.find("Host", held(asked, "id"))
        to = to or estate.store.named("Host", held(asked, "name") or "")
        if to is None:
            raise not_found(held(asked, "name") or held(asked, "id"))
    source = estate.store.record(held(vm.model, "host"))
    if to is not None and state_of(to) != "up":
        raise conflict("Cannot migrate VM. The Host that it is to run on is not up.")
    if to is not None and to is source:
        raise Refusal(400, FAILED, "[There are no hosts to use. The one asked for is none.]")
    possible(vm, "migrate")
    if to is None:
        to = host_for(estate, vm, but=source)
    migrate(estate, vm, to)


def migrate(estate: Estate, vm: Record, to: Record) -> None:
    """Sets a running virtual machine on its way to another host."""
    run(estate, vm, "migrate", then=lambda: put(vm.model, host=reference(to)))
    estate.write_down(62, f"The migration of VM {vm.name} to {to.name} has started.", vm, to)


@acting(("Vm", "cancel_migration"))
def _cancel_migration(call: Call, vm: Record) -> None:
    if state_of(vm) != "migrating":
        raise conflict("Cannot cancel migration for non migrating VM.")
    run(call.estate, vm, "cancel_migration")


@arriving("Vm", "up")
def _up(estate: Estate, vm: Record) -> None:
    put(vm.model, fqdn=f"{vm.name.lower()}.example.com", status_detail=None)
    report_guest(estate, vm)


@arriving("Vm", "paused")
def _paused(estate: Estate, vm: Record) -> None:
    put(vm.model, status_detail="none")


@arriving("Vm", "down", "suspended")
def _off(estate: Estate, vm: Record) -> None:
    if held(vm.model, "host") is None:
        return
    run_once = held(vm.model, "run_once")
    put(vm.model, host=None, fqdn=None, start_time=None, run_once=None, status_detail=None)
    for session in list(estate.store.members(vm, "sessions").values()):
        estate.store.remove(session)
    if state_of(vm) == "down":
        change_cdroms(estate, vm)
        if vm.next_run is not None:
            put(vm.model, **vars(configuration(vm.next_run)))
            put(vm.model, next_run_configuration_exists=False)
            vm.next_run = None
        put(vm.model, stop_time=estate.timeline.date)
        if held(vm.model, "stateless"):
            # It becomes again what it was.
            occupy(estate, vm, "stateless", BUSY)
        if run_once:
            put(vm.model, stateless=False)
        estate.write_down(61, f"VM {vm.name} is down.", vm)


@acting(("Vm", "stop"), ("Vm", "shutdown"))
def _stop(call: Call, vm: Record) -> None:
    """What is down already is left as it is."""
    if state_of(vm) in ("down", "image_locked"):
        return
    put(vm.model, stop_reason=held(call.body, "reason") or "")
    if state_of(vm) == "powering_down":
        return
    action = call.method.name if state_of(vm) in ("up", "powering_up") else "stop"
    run(call.estate, vm, action)
    call.estate.write_down(33, f"VM {vm.name} was stopped by {call.user}.", vm)


@acting(("Vm", "freeze_filesystems"), ("Vm", "thaw_filesystems"))
def _filesystems(call: Call, vm: Record) -> None:
    if state_of(vm) != "up":
        verb = call.method.name.partition("_")[0]
        raise conflict(f"Cannot {verb} VM. VM is {state_of(vm).replace('_', ' ')}.")


@acting(("Vm", "logon"))
def _logon(call: Call, vm: Record) -> None:
    if state_of(vm) not in RUNNING:
        raise Refusal(400, FAILED, "[]")


@acting(("Vm", "maintenance"))
def _maintenance(call: Call, vm: Record) -> None:
    said = "Only the VM that the engine itself runs in can be put into maintenance."
    raise Refusal(400, FAILED, said, bare=True)


@acting(("Vm", "auto_pin_cpu_and_numa_nodes"))
def _pin(call: Call, vm: Record) -> None:
    raise Refusal(400, FAILED, "This way to pin CPUs is not supported.", bare=True)
