"""Data centers, clusters, hosts, networks, and who may use them."""

from __future__ import annotations

from typing import Any

from rhev.simulator.generic.checks import noun
from rhev.simulator.generic.defaults import DEFAULTS as USUAL
from rhev.simulator.generic.grants import grant, grant_made
from rhev.simulator.generic.hooks import (
    Call,
    acting,
    added,
    completing,
    listing,
    removing,
    updating,
)
from rhev.simulator.generic.methods import call_owner
from rhev.simulator.state.granted import EVERYONE
from rhev.simulator.state.places import referring, refers
from rhev.simulator.state.quotas import leave_unlimited
from rhev.simulator.state.refusals import FAILED, Refusal, broken, conflict
from rhev.simulator.state.store import NIL, Record, named_reference, reference
from rhev.simulator.state.values import Document, fill, held, make, put

VERSION = {"major": "4", "minor": "8"}

DEFAULTS: dict[str, Document] = {
    "DataCenter": {
        "local": "false",
        "quota_mode": "disabled",
        "status": "uninitialized",
        "supported_versions": {"version": [VERSION]},
        "version": VERSION,
    },
    "Cluster": {
        "ballooning_enabled": "true",
        "bios_type": "q35_ovmf",
        "cpu": {"architecture": "x86_64"},
        "custom_scheduling_policy_properties": {
            "property": [
                {"name": "HighUtilization", "value": "80"},
                {"name": "CpuOverCommitDurationMinutes", "value": "2"},
            ]
        },
        "error_handling": {"on_error": "migrate"},
        "fencing_policy": {
            "enabled": "true",
            "skip_if_connectivity_broken": {"enabled": "false", "threshold": "50"},
            "skip_if_gluster_bricks_up": "false",
            "skip_if_gluster_quorum_not_met": "false",
            "skip_if_sd_active": {"enabled": "false"},
        },
        "fips_mode": "disabled",
        "firewall_type": "firewalld",
        "gluster_service": "false",
        "ha_reservation": "false",
        "ksm": {"enabled": "true", "merge_across_nodes": "true"},
        "log_max_memory_used_threshold": "95",
        "log_max_memory_used_threshold_type": "percentage",
        "memory_policy": {
            "over_commit": {"percent": "100"},
            "transparent_hugepages": {"enabled": "true"},
        },
        "migration": {
            "auto_converge": "inherit",
            "bandwidth": {"assignment_method": "auto"},
            "compressed": "inherit",
            "encrypted": "inherit",
            "parallel_migrations_policy": "disabled",
        },
        "required_rng_sources": {"required_rng_source": ["urandom"]},
        "switch_type": "legacy",
        "threads_as_cores": "false",
        "trusted_service": "false",
        "tunnel_migration": "false",
        "upgrade_in_progress": "false",
        "upgrade_percent_complete": "0",
        "version": VERSION,
        "virt_service": "true",
        "vnc_encryption": "false",
        "description": "",
        "comment": "",
    },
    # What is known of a host before it has said anything itself.
    "Host": {
        "auto_numa_status": "unknown",
        "comment": "",
        "cpu": {"speed": "0", "topology": {}},
        "device_passthrough": {"enabled": "false"},
        "external_status": "ok",
        "hardware_information": {"supported_rng_sources": {"supported_rng_source": []}},
        "kdump_status": "unknown",
        "ksm": {"enabled": "false"},
        "max_scheduling_memory": 0,
        "memory": 0,
        "numa_supported": "false",
        "os": {"custom_kernel_cmdline": "", "description": ""},
        "ovn_configured": "false",
        "port": "54321",
        "power_management": {
            "automatic_pm_enabled": "true",
            "enabled": "false",
            "kdump_detection": "true",
            "pm_proxies": {"pm_proxy": []},
        },
        "protocol": "stomp",
        "reinstallation_required": "false",
        "se_linux": {},
        "spm": {"priority": "5", "status": "none"},
        "ssh": {"port": "22"},
        "status": "installing",
        "transparent_hugepages": {"enabled": "false"},
        "type": "rhel",
        "update_available": "false",
        "vgpu_placement": "consolidated",
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
# What a host reports when it is up for the first time.
REPORTED: Document = {
    "auto_numa_status": "enable",
    "cpu": {
        "name": "Intel(R) Xeon(R) Platinum 8360Y CPU @ 2.40GHz",
        "speed": "2400",
        "topology": {"cores": "16", "sockets": "2", "threads": "2"},
    },
    "hardware_information": {
        "family": "Server",
        "manufacturer": "Example",
        "product_name": "Example Server",
        "supported_rng_sources": {"supported_rng_source": ["random"]},
        "version": "1.0",
    },
    "kdump_status": "enabled",
    "libvirt_version": {
        "build": "0",
        "full_version": "libvirt-10.10.0-1.el9",
        "major": "10",
        "minor": "10",
        "revision": "0",
    },
    "max_scheduling_memory": 120 << 30,
    "memory": 128 << 30,
    "numa_supported": "true",
    "os": {
        "custom_kernel_cmdline": "",
        "description": "Enterprise Linux 9",
        "reported_kernel_cmdline": "quiet",
        "type": "RHEL",
        "version": {"full_version": "9 - 1.el9", "major": "9"},
    },
    "se_linux": {"mode": "enforcing"},
    "transparent_hugepages": {"enabled": "true"},
    "version": {
        "build": "5",
        "full_version": "vdsm-4.50.5-1.el9",
        "major": "4",
        "minor": "50",
        "revision": "0",
    },
}


@completing("DataCenter")
def _with_defaults(call: Call, model: Any) -> None:
    fill(model, make(call.target.type, DEFAULTS[call.target.type]))


@completing("Cluster")
def _cluster(call: Call, model: Any) -> None:
    has_cpu = bool(held(model, "cpu.type"))
    _with_defaults(call, model)
    for api_type, attribute, flag in (
        ("MacPool", "mac_pool", "default_pool"),
        ("SchedulingPolicy", "scheduling_policy", "default_policy"),
    ):
        usual = next((r for r in call.estate.store.of_type(api_type) if held(r.model, flag)), None)
        if held(model, attribute) is None and usual is not None:
            put(model, **{attribute: reference(usual)})
    if not has_cpu:
        put(model, cpu={"architecture": "undefined", "type": ""}, bios_type=None)


@updating("Cluster")
def _cluster_changed(call: Call, cluster: Record) -> None:
    if held(call.body, "cpu.type") and not held(cluster.model, "cpu.type"):
        if held(call.body, "cpu.architecture") is None:
            put(call.body.cpu, architecture="x86_64")
        if held(call.body, "bios_type") is None:
            put(call.body, bios_type=DEFAULTS["Cluster"]["bios_type"])


@added("DataCenter")
def _data_center_added(call: Call, center: Record) -> None:
    quota = {**USUAL["Quota"], "name": "Default", "description": "The usual quota, without limits"}
    added_quota = call.estate.add("Quota", "quotas", quota, parent=center)
    put(added_quota.model, data_center=reference(center))
    leave_unlimited(call.estate, added_quota)
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
    grant_made(call.estate, profile)


def add_network(call: Call, center: Record, name: str) -> Record:
    """A network of a data center, with the vNIC profile of its name."""
    described = {"name": name, "description": "Management network"}
    model = make("Network", {**DEFAULTS["Network"], **described, "vdsm_name": name})
    put(model, data_center=reference(center))
    network = call.estate.take_in("Network", "networks", model)
    _network_added(call, network)
    everyone = call.estate.store.find("Group", EVERYONE)
    for profile in referring(call.estate.store, "VnicProfile", "network", network):
        grant(call.estate, profile, "VnicProfileUser", everyone)
    return network


@added("Network")
def _network_added(call: Call, network: Record) -> None:
    usages = {str(usage) for usage in held(network.model, "usages") or ()}
    if held(network.model, "profile_required") is False or "vm" not in usages:
        return
    profile = call.estate.add(
        "VnicProfile", "vnicprofiles", {**DEFAULTS["VnicProfile"], "name": network.name}
    )
    put(profile.model, network=reference(network), network_filter=_usual_filter(call))
    grant_made(call.estate, profile)


def _usual_filter(call: Call) -> Any:
    found = call.estate.store.named("NetworkFilter", "vdsm-no-mac-spoofing")
    return reference(found) if found else None


@completing("VnicProfile")
def _profile(call: Call, model: Any) -> None:
    _with_defaults(call, model)
    if "network_filter" not in vars(model) and str(held(model, "pass_through.mode")) == "disabled":
        put(model, network_filter=_usual_filter(call))
    if str(held(model, "pass_through.mode")) == "disabled":
        put(model, migratable=None)


@updating("VnicProfile")
def _profile_changed(call: Call, profile: Record) -> None:
    """A filter that is none takes the one away that there is."""
    if (
        held(call.body, "network_filter") is not None
        and held(call.body, "network_filter.id") is None
    ):
        put(profile.model, network_filter=None)
        put(call.body, network_filter=None)
    mode = held(call.body, "pass_through.mode") or held(profile.model, "pass_through.mode")
    if str(mode) == "disabled":
        put(call.body, migratable=None)


@removing("Qos")
def _qos_removed(call: Call, qos: Record) -> None:
    for api_type in ("CpuProfile", "DiskProfile", "Network", "VnicProfile"):
        for user in referring(call.estate.store, api_type, "qos", qos):
            put(user.model, qos=None)


# Collections that an engine fails on: nobody has set up what they ask.
@listing(("", "katelloerrata"))
def _errata(call: Call) -> None:
    raise Refusal(400, FAILED, "no host is known to a provider of errata")


@listing(("", "openstackvolumeproviders"))
def _volume_providers(call: Call) -> None:
    raise broken("providers of volumes cannot be listed")


@completing("Network")
def _network(call: Call, model: Any) -> None:
    _with_defaults(call, model)
    if held(model, "vdsm_name") is None:
        put(model, vdsm_name=model.name)


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


@removing("AffinityLabel")
def _label_removed(call: Call, label: Record) -> None:
    store = call.estate.store
    if store.assigned(label, "vms") or store.assigned(label, "hosts"):
        raise conflict("Cannot delete affinity label. Remove it from all entities first.")


@completing("Tag")
def _tag(call: Call, model: Any) -> None:
    root = call.estate.store.find("Tag", NIL)
    if root is not None and held(model, "parent") is None:
        put(model, parent=reference(root))


@removing("Tag")
def _tag_removed(call: Call, tag: Record) -> None:
    if tag.id == NIL:
        raise conflict("Cannot remove Tag. It is the root of all tags.")


@completing("QuotaClusterLimit", "QuotaStorageLimit")
def _limit(call: Call, model: Any) -> None:
    """A quota limits everything until told otherwise, and then not one thing as well."""
    quota = call_owner(call)
    if held(model, "cluster") is not None or held(model, "storage_domain") is not None:
        raise conflict("Cannot edit Quota. A limit cannot be both specific and general.")
    put(model, id=quota.id, quota=reference(quota))


# The codes of events that others than the engine tell of.
_EXTERNAL = {"normal": 9801, "warning": 9802, "error": 9803, "alert": 9804}


@completing("Event")
def _event(call: Call, model: Any) -> None:
    custom = held(model, "custom_id")
    events = call.estate.events.values()
    if custom is not None and any(held(e.model, "custom_id") == custom for e in events):
        said = "[Cannot add External Event. Another one has this custom id already.]"
        raise Refusal(400, FAILED, said)
    number = call.estate.events.next()
    code = _EXTERNAL[str(held(model, "severity") or "normal")]
    put(model, id=str(number), index=number, time=call.estate.timeline.date, code=code)
    store = call.estate.store
    if (vm := store.record(held(model, "vm"))) is not None:
        put(model, cluster=held(vm.model, "cluster"), template=held(vm.model, "template"))
    for name in ("cluster", "data_center", "host", "storage_domain", "template", "vm"):
        if (record := store.record(held(model, name))) is not None:
            put(model, **{name: named_reference(record)})
    put(model, flood_rate=0)


@completing("Job")
def _job(call: Call, model: Any) -> None:
    now = call.estate.timeline.date
    put(model, status="started", external=True, start_time=now, last_updated=now)
    put(model, owner=reference(call.estate.user) if call.estate.user else None)


@completing("Step")
def _step(call: Call, model: Any) -> None:
    put(model, start_time=call.estate.timeline.date)


@completing("EventSubscription")
def _subscription(call: Call, model: Any) -> None:
    put(model, id=str(held(model, "event")))


@acting(("Job", "end"), ("Step", "end"))
def _end(call: Call, record: Record) -> None:
    failed = held(call.body, "succeeded") is False
    put(record.model, status="failed" if failed else "finished")
    put(record.model, end_time=call.estate.timeline.date)


@acting(("Job", "clear"))
def _clear(call: Call, job: Record) -> None:
    """It is forgotten when its time has come, not at once."""
    call.estate.timeline.after(_KEPT, lambda: call.estate.store.remove(job))


# How long a job that was cleared is still there, in seconds.
_KEPT = 60
