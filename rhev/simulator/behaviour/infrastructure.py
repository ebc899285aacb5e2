"""Data centers, clusters, hosts, networks, and who may use them."""

from __future__ import annotations

from typing import Any

from rhev.simulator.behaviour.virtual_machines import host_for, migrate
from rhev.simulator.documents.presented import guests, hide
from rhev.simulator.generic.checks import noun
from rhev.simulator.generic.hooks import Call, acting, added, completing, removing
from rhev.simulator.generic.lifecycle import possible, run, set_out
from rhev.simulator.generic.references import required
from rhev.simulator.state.places import refers
from rhev.simulator.state.refusals import conflict
from rhev.simulator.state.store import Record, reference
from rhev.simulator.state.values import Document, fill, held, make, put

VERSION = {"major": "4", "minor": "7"}
NIL = "00000000-0000-0000-0000-000000000000"

DEFAULTS: dict[str, Document] = {
    "DataCenter": {
        "description": "",
        "comment": "",
        "local": "false",
        "quota_mode": "disabled",
        "status": "uninitialized",
        "storage_format": "v5",
        "supported_versions": {"version": [VERSION]},
        "version": VERSION,
    },
    "Cluster": {
        "ballooning_enabled": "true",
        "bios_type": "q35_sea_bios",
        "comment": "",
        "cpu": {"architecture": "x86_64", "type": "Intel Skylake Server Family"},
        "description": "",
        "error_handling": {"on_error": "migrate"},
        "firewall_type": "firewalld",
        "gluster_service": "false",
        "ha_reservation": "false",
        "ksm": {"enabled": "true", "merge_across_nodes": "true"},
        "memory_policy": {
            "over_commit": {"percent": "100"},
            "transparent_hugepages": {"enabled": "true"},
        },
        "migration": {
            "auto_converge": "inherit",
            "bandwidth": {"assignment_method": "auto"},
            "compressed": "inherit",
        },
        "required_rng_sources": {"required_rng_source": ["urandom"]},
        "switch_type": "legacy",
        "threads_as_cores": "false",
        "trusted_service": "false",
        "tunnel_migration": "false",
        "version": VERSION,
        "virt_service": "true",
    },
    "Host": {
        "auto_numa_status": "unknown",
        "comment": "",
        "cpu": {
            "name": "Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz",
            "speed": "2095",
            "topology": {"cores": "16", "sockets": "2", "threads": "2"},
            "type": "Intel Skylake Server Family",
        },
        "device_passthrough": {"enabled": "false"},
        "external_status": "ok",
        "kdump_status": "enabled",
        "ksm": {"enabled": "false"},
        "max_scheduling_memory": 120 << 30,
        "memory": 128 << 30,
        "numa_supported": "true",
        "os": {"type": "RHEL", "version": {"full_version": "9 - 1.el9", "major": "9"}},
        "port": "54321",
        "power_management": {
            "automatic_pm_enabled": "true",
            "enabled": "false",
            "kdump_detection": "true",
            "pm_proxies": {"pm_proxy": []},
        },
        "protocol": "stomp",
        "se_linux": {"mode": "enforcing"},
        "spm": {"priority": "5", "status": "none"},
        "status": "installing",
        "transparent_hugepages": {"enabled": "true"},
        "type": "rhel",
        "update_available": "false",
        "version": {
            "build": "3",
            "full_version": "vdsm-4.50.3-1.el9",
            "major": "4",
            "minor": "50",
            "revision": "0",
        },
    },
    "Network": {
        "comment": "",
        "description": "",
        "mtu": "0",
        "port_isolation": "false",
        "stp": "false",
        "usages": {"usage": ["vm"]},
    },
    "VnicProfile": {"pass_through": {"mode": "disabled"}, "port_mirroring": "false"},
}


@completing("DataCenter", "VnicProfile", "Network")
def _with_defaults(call: Call, model: Any) -> None:
    fill(model, make(call.target.type, DEFAULTS[call.target.type]))


@completing("Cluster")
def _cluster(call: Call, model: Any) -> None:
    _with_defaults(call, model)
    if (pool := next(call.estate.store.of_type("MacPool"), None)) is not None:
        fill(model, make("Cluster", {"mac_pool": {"id": pool.id, "href": pool.href}}))


@added("DataCenter")
def _data_center_added(call: Call, center: Record) -> None:
    add_network(call, center, "ovirtmgmt")


@added("Cluster")
def _cluster_added(call: Call, cluster: Record) -> None:
    store = call.estate.store
    center = held(cluster.model, "data_center.id")
    for network in store.members(None, "networks").values():
        if network.name == "ovirtmgmt" and held(network.model, "data_center.id") == center:
            store.assigned(cluster, "networks")[network.id] = network
    profile = call.estate.add("CpuProfile", "cpuprofiles", {"name": cluster.name})
    put(profile.model, cluster=reference(cluster))


def add_network(call: Call, center: Record, name: str) -> Record:
    """A network of a data center, with the vNIC profile of its name."""
    model = make("Network", {**DEFAULTS["Network"], "name": name})
    put(model, data_center=reference(center))
    network = call.estate.take_in("Network", "networks", model)
    _network_added(call, network)
    return network


@added("Network")
def _network_added(call: Call, network: Record) -> None:
    if held(network.model, "profile_required") is False:
        return
    profile = call.estate.add(
        "VnicProfile", "vnicprofiles", {**DEFAULTS["VnicProfile"], "name": network.name}
    )
    put(profile.model, network=reference(network))


@completing("Host")
def _host(call: Call, model: Any) -> None:
    if held(model, "cluster") is None:
        default = required(call.estate.store, make("Cluster", {"name": "Default"}))
        put(model, cluster=reference(default))
    hide(model)
    if held(model, "ssh") is not None:
        put(model.ssh, user=None)
    fill(model, make("Host", DEFAULTS["Host"]))
    put(model, status="installing")


@added("Host")
def _host_added(call: Call, host: Record) -> None:
    call.estate.write_down(42, f"Host {host.name} was added by {call.user}.", host)


@removing("Host")
def _host_removed(call: Call, host: Record) -> None:
    if str(held(host.model, "status")) not in ("maintenance", "down", "install_failed"):
        raise conflict("Cannot remove Host. It is not in maintenance.")


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


@acting(("Host", "fence"))
def _fence(call: Call, host: Record) -> None:
    kind = call.body.fence_type.lower()
    if kind == "status":
        call.result["power_management"] = make("PowerManagement", {"status": "on"})
        return
    course = possible(host, "fence", kind)
    if course is None or course.variant != kind:
        raise conflict(f"Cannot fence Host. {kind} is no way to fence it.")
    set_out(call.estate, host, course)


@acting(("Host", "iscsi_discover"), ("Host", "discover_iscsi"))
def _discover(call: Call, host: Record) -> None:
    target = "iqn.2024-01.com.example:target1"
    if call.method.name == "iscsi_discover":
        call.result["iscsi_targets"] = [target]
        return
    details = {"address": call.body.iscsi.address, "port": "3260", "target": target}
    call.result["discovered_targets"] = [make("IscsiDetails", details)]


@acting(("Host", "unregistered_storage_domains_discover"))
def _discover_domains(call: Call, host: Record) -> None:
    call.result["storage_domains"] = []


# What stands against the removal of a resource: a type and the attribute that refers to it.
_USES = {
    "Cluster": (("Host", "cluster"), ("Vm", "cluster"), ("Template", "cluster")),
    "DataCenter": (("Cluster", "data_center"),),
    "MacPool": (("Cluster", "mac_pool"),),
    "VnicProfile": (("Nic", "vnic_profile"),),
    "Role": (("Permission", "role"),),
}


@removing(*_USES)
def _unused(call: Call, record: Record) -> None:
    for api_type, attribute in _USES[record.type]:
        for user in call.estate.store.of_type(api_type):
            if refers(user.model, attribute, record):
                what, used = noun(record.type), f"{noun(api_type)} {user.name}"
                raise conflict(f"Cannot remove {what}. It is in use by {used}.")


@completing("Tag")
def _tag(call: Call, model: Any) -> None:
    root = call.estate.store.find("Tag", NIL)
    if root is not None and held(model, "parent") is None:
        put(model, parent=reference(root))


@removing("Tag")
def _tag_removed(call: Call, tag: Record) -> None:
    if tag.id == NIL:
        raise conflict("Cannot remove Tag. It is the root of all tags.")


@completing("User")
def _user(call: Call, model: Any) -> None:
    name = held(model, "user_name") or ""
    put(model, name=name.partition("@")[0], principal=name.partition("@")[0])


@completing("Event")
def _event(call: Call, model: Any) -> None:
    number = call.estate.events.next()
    put(model, id=str(number), index=number, time=call.estate.timeline.date, code=9999)


@completing("Job")
def _job(call: Call, model: Any) -> None:
    now = call.estate.timeline.date
    put(model, status="started", external=True, start_time=now, last_updated=now)


@acting(("Job", "end"), ("Step", "end"))
def _end(call: Call, record: Record) -> None:
    failed = held(call.body, "succeeded") is False
    put(record.model, status="failed" if failed else "finished")
    put(record.model, end_time=call.estate.timeline.date)


@acting(("Job", "clear"))
def _clear(call: Call, job: Record) -> None:
    call.estate.store.remove(job)
