"""What virtual machines have: disks that are attached, network interfaces, snapshots, consoles."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from rhev.simulator.documents.presented import RUNNING, console_of
from rhev.simulator.generic.copies import parts_of
from rhev.simulator.generic.hooks import Call, acting, completing, removing, showing, updating
from rhev.simulator.generic.lifecycle import state_of
from rhev.simulator.generic.methods import call_owner
from rhev.simulator.state.refusals import conflict
from rhev.simulator.state.values import fill, held, make, put

if TYPE_CHECKING:
    from rhev.simulator.state.estate import Estate
    from rhev.simulator.state.store import Record


@completing("Nic")
def _nic(call: Call, model: Any) -> None:
    estate, owner = call.estate, call_owner(call)
    defaults = {"interface": "virtio", "linked": "true", "plugged": "true", "synced": "true"}
    fill(model, make("Nic", defaults))
    put(model, **parts_of(owner))
    if owner.type == "Vm":
        address = held(model, "mac.address")
        taken = (
            nic for nic in estate.store.of_type("Nic") if held(nic.model, "mac.address") == address
        )
        if address is not None and (nic := next(taken, None)) is not None:
            user = f" by {nic.parent.name}" if nic.parent else ""
            raise conflict(f"Cannot add Interface. MAC address {address} is already in use{user}.")
        if address is None:
            put(model, mac={"address": estate.new_mac()})


@removing("Nic")
def _nic_removed(call: Call, nic: Record) -> None:
    vm = call_owner(call)
    if state_of(vm) in RUNNING and held(nic.model, "plugged"):
        raise conflict("Cannot remove Interface. VM is running and the interface is plugged.")


@updating("Nic")
def _nic_changed(call: Call, nic: Record) -> None:
    """While a machine runs, what is plugged stays what it is."""
    vm = call_owner(call)
    kind, present = held(call.body, "interface"), held(nic.model, "interface")
    if kind not in (None, present) and state_of(vm) in RUNNING and held(nic.model, "plugged"):
        raise conflict("Cannot edit Interface. VM is running and the interface is plugged.")


@acting(("Nic", "activate"), ("Nic", "deactivate"))
def _plug(call: Call, nic: Record) -> None:
    put(nic.model, plugged=call.method.name == "activate")


@updating("Cdrom")
def _cdrom_changed(call: Call, cdrom: Record) -> None:
    """What is changed while a machine runs is what it has now, or what it will start with."""
    file = held(call.body, "file")
    if file is None:
        return
    wanted = file if held(file, "id") else None
    put(call.body, file=None)
    if call.target.owner is not None and state_of(call.target.owner) in RUNNING:
        if cdrom.next_run is None:
            cdrom.next_run = cdrom.model.__copy__()
        if not call.flag("current"):
            put(cdrom.next_run, file=wanted)
            return
    put(cdrom.model, file=wanted)


@showing("Cdrom")
def _cdrom_shown(call: Call, document: Any) -> None:
    if call.target.owner is None or call.flag("current"):
        return
    cdroms = call.estate.store.members(call.target.owner, "cdroms")
    if (cdrom := cdroms.get(document.id)) is not None and cdrom.next_run is not None:
        put(document, file=held(cdrom.next_run, "file"))


def change_cdroms(estate: Estate, vm: Record) -> None:
    """Has a machine that went down what it is to start with the next time."""
    for cdrom in estate.store.members(vm, "cdroms").values():
        if cdrom.next_run is not None:
            put(cdrom.model, file=held(cdrom.next_run, "file"))
            cdrom.next_run = None


@showing("GraphicsConsole")
def _console_shown(call: Call, document: Any) -> None:
    """Where a console is to be found, which is only said of a machine that runs."""
    if call.target.owner is not None and call.flag("current"):
        put(document, **console_of(call.estate, call.target.owner))


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
    where = console_of(call.estate, call_owner(call))
    address, port = where.get("address", ""), where.get("port", "")
    content = f"[virt-viewer]\ntype={protocol}\nhost={address}\nport={port}\n"
    call.result["remote_viewer_connection_file"] = content
