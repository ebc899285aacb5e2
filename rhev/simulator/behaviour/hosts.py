"""Hosts: installed, in maintenance, activated, fenced and removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rhev.simulator.behaviour.host_parts import report_parts
from rhev.simulator.behaviour.infrastructure import DEFAULTS, REPORTED
from rhev.simulator.behaviour.running import host_for, migrate
from rhev.simulator.documents.presented import guests, hide
from rhev.simulator.generic.hooks import Call, acting, added, completing, removing, updating
from rhev.simulator.generic.lifecycle import Course, arriving, possible, run, set_out, state_of
from rhev.simulator.generic.references import required
from rhev.simulator.state.refusals import Refusal, conflict
from rhev.simulator.state.store import Record, reference
from rhev.simulator.state.values import fill, held, make, merge, put

if TYPE_CHECKING:
    from rhev.simulator.state.estate import Estate

# States in which somebody may have rebooted a host by hand.
_UNREACHED = frozenset({"maintenance", "non_operational", "non_responsive", "down", "connecting"})


# What becomes of a host that does not answer.
_SILENCE = Course("add", frozenset(), (("connecting", 9),), "non_responsive")


@completing("Host")
def _host(call: Call, model: Any) -> None:
    if held(model, "cluster") is None:
        default = required(call.estate.store, make("Cluster", {"name": "Default"}))
        put(model, cluster=reference(default))
    address = held(model, "address")
    cluster = held(model, "cluster.id")
    if any(
        held(other.model, "address") == address and held(other.model, "cluster.id") == cluster
        for other in call.estate.store.of_type("Host")
    ):
        raise conflict("Cannot add Host. Host with the same address already exists.")
    hide(model)
    if held(model, "ssh") is not None:
        put(model.ssh, user=None)
    fill(model, make("Host", DEFAULTS["Host"]))
    certificate = {"organization": "example.com", "subject": f"O=example.com,CN={address}"}
    put(model, status="unassigned", certificate=certificate)


@added("Host")
def _host_added(call: Call, host: Record) -> None:
    call.estate.write_down(42, f"Host {host.name} was added by {call.user}.", host)


@arriving("Host", "up")
def _host_up(estate: Estate, host: Record) -> None:
    if not estate.answers(held(host.model, "address") or ""):
        set_out(estate, host, _SILENCE)
        return
    if held(host.model, "version") is not None:
        return
    cluster = estate.store.record(held(host.model, "cluster"))
    own = {"serial_number": f"serial-{host.id[:8]}", "uuid": host.id}
    hardware = {**REPORTED["hardware_information"], **own}
    initiator = f"iqn.1994-05.com.example:{host.id[:12]}"
    reported = {**REPORTED, "hardware_information": hardware, "iscsi": {"initiator": initiator}}
    merge(host.model, make("Host", reported))
    put(host.model.cpu, type=held(cluster.model, "cpu.type") if cluster else None)
    report_parts(estate, host)


@completing("Agent")
def _agent(call: Call, model: Any) -> None:
    _options_of(model)


@updating("Agent")
def _agent_changed(call: Call, agent: Record) -> None:
    _options_of(call.body)


def _options_of(agent: Any) -> None:
    """The port is told among the options, too."""
    port = held(agent, "port")
    if port is not None:
        put(agent, options=[make("Option", {"name": "port", "value": str(port)})])


@removing("Host")
def _host_removed(call: Call, host: Record) -> None:
    if state_of(host) not in ("maintenance", "down", "install_failed"):
        raise conflict("Cannot remove Host. Host is operational: it has to be in maintenance.")


@updating("Host")
def _host_changed(call: Call, host: Record) -> None:
    address = held(call.body, "address")
    if address not in (None, held(host.model, "address")) and state_of(host) != "maintenance":
        raise conflict("Cannot edit Host. Its address is changed in maintenance only.")


@acting(("Host", "deactivate"))
def _deactivate(call: Call, host: Record) -> None:
    possible(host, "deactivate")
    moves = [(vm, host_for(call.estate, vm, but=host)) for vm in guests(call.estate, host)]
    for vm, to in moves:
        migrate(call.estate, vm, to)
    run(call.estate, host, "deactivate")
    call.estate.write_down(600, f"Host {host.name} is to go into maintenance.", host)


@acting(("Host", "activate"))
def _activate(call: Call, host: Record) -> None:
    run(call.estate, host, "activate")
    call.estate.write_down(16, f"Host {host.name} was activated by {call.user}.", host)


@acting(("Host", "upgrade_check"))
def _upgrade_check(call: Call, host: Record) -> None:
    if state_of(host) not in ("up", "non_operational"):
        raise conflict("Cannot check for upgrade Host. It is neither up nor non-operational.")


@acting(("Host", "fence"))
def _fence(call: Call, host: Record) -> None:
    estate, kind = call.estate, call.body.fence_type.lower()
    has_agents = bool(estate.store.members(host, "fenceagents"))
    if kind == "status":
        if not has_agents:
            raise Refusal(200, "Invalid fence agents defined for the host.")
        call.result["power_management"] = make("PowerManagement", {"status": "on"})
        return
    if kind == "manual":
        if state_of(host) not in _UNREACHED:
            raise conflict("Cannot confirm that Host was rebooted. It is in reach.")
        return
    if not has_agents or not held(host.model, "power_management.enabled"):
        raise conflict("Cannot fence Host. Host fence is disabled.")
    course = possible(host, "fence", kind)
    if course is None or course.variant != kind:
        raise conflict(f"Cannot fence Host. {kind} is no way to fence it.")
    set_out(estate, host, course)


@acting(("Host", "iscsi_discover"), ("Host", "discover_iscsi"))
def _discover(call: Call, host: Record) -> None:
    target, address = "iqn.2024-01.com.example:target1", call.body.iscsi.address
    details = {"address": address, "port": "3260", "portal": f"{address}:3260,1"}
    call.result["iscsi_targets"] = [target]
    call.result["discovered_targets"] = [make("IscsiDetails", {**details, "target": target})]


@acting(("Host", "unregistered_storage_domains_discover"))
def _discover_domains(call: Call, host: Record) -> None:
    call.result["storage_domains"] = []
