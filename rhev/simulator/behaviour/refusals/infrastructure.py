"""What the engine refuses of hosts, networks, clusters and data centers: each by the call.

What is said of the state on the way of a resource is with the courses of that resource.
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Any

from rhev import rules
from rhev.rules.kinds import Required
from rhev.simulator.behaviour.refusals.common import bad, check_uuid, is_uuid, referring
from rhev.simulator.generic.hooks import guarding, parameter
from rhev.simulator.state.refusals import FAILED, NOT_VALID, Refusal, broken, conflict
from rhev.simulator.state.values import held

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rhev.simulator.generic.hooks import Call
    from rhev.simulator.state.store import Record

_OLDEST = (4, 2)
_NEWEST = (4, 8)
_OFF_DUTY = frozenset({"maintenance", "down", "install_failed", "non_operational"})
_IN_MAINTENANCE = frozenset({"maintenance", "install_failed", "installing_os", "pending_approval"})


# Hosts


@guarding(("Host", "add"))
def _address(call: Call) -> None:
    address = held(call.body, "address")
    found = rules.check_values(call.body, "add")
    if any(problem.rule != Required.kind for problem in found):
        return
    store, given = call.estate.store, held(call.body, "cluster")
    id_, name = held(given, "id"), held(given, "name") or "Default"
    cluster = store.named("Cluster", name) if id_ is None else store.find("Cluster", id_)
    if cluster is None:
        return
    if any(
        held(h.model, "address") == address for h in referring(call, "Host", "cluster", cluster)
    ):
        raise conflict("Cannot add Host. Host with the same address already exists.")


@guarding(("Host", "update"))
def _address_of_a_running_host(call: Call) -> None:
    address = held(call.body, "address")
    is_other = address is not None and address != held(call.record.model, "address")
    if is_other and str(held(call.record.model, "status")) not in _IN_MAINTENANCE:
        raise conflict("Cannot edit Host. It must be in Maintenance mode for that.")


@guarding(("Host", "fence"))
def _fence(call: Call) -> None:
    kind = str(held(call.body, "fence_type")).lower()
    status = str(held(call.record.model, "status"))
    if kind == "manual" and status not in {*_OFF_DUTY, "non_responsive", "connecting"}:
        raise conflict("Cannot confirm that Host has been rebooted. Its status does not allow it.")
    if kind == "start" and status == "up":
        raise conflict("Cannot start Host. It must be Down or Non Responsive for that.")


@guarding(("Host", "enroll_certificate"))
def _certificate(call: Call) -> None:
    if str(held(call.record.model, "status")) not in _IN_MAINTENANCE:
        raise conflict("Cannot enroll certificate Host. It must be in Maintenance mode for that.")


@guarding(("Host", "setup_networks"))
def _networks(call: Call) -> None:
    store = call.estate.store
    nics = {nic.name for nic in store.members(call.record, "nics").values()}
    for attachment in parameter(call.body, "modified_network_attachments") or []:
        network = held(attachment, "network.name")
        if network is not None and store.named("Network", network) is None:
            raise bad(f"Logical Network (name '{network}') doesn't exist.")
        nic = held(attachment, "host_nic.name")
        if nic is not None and held(attachment, "host_nic.id") is None and nic not in nics:
            raise bad(f"Cannot setup Networks. There is no host network interface {nic}.")


# Networks


@guarding(("Network", "add"))
def _of_a_cluster(call: Call) -> None:
    id_ = held(call.body, "id")
    of_cluster = call.target.owner is not None and call.target.owner.type == "Cluster"
    if of_cluster and id_ is not None and not is_uuid(id_):
        raise Refusal(404)


@guarding(("Nic", "add"))
def _name_of_a_nic(call: Call) -> None:
    check_uuid(held(call.body, "vnic_profile.id"))
    owner, name = call.target.owner, held(call.body, "name")
    present = call.estate.store.members(owner, "nics").values() if owner is not None else ()
    if any(held(nic.model, "name") == name for nic in present):
        raise conflict("Network interface name is already in use")


@guarding(("Network", "remove"))
def _in_use(call: Call) -> None:
    network = call.record
    if call.target.owner is not None and call.target.owner.type == "Cluster":
        return
    if "management" in map(str, held(network.model, "usages") or []):
        raise bad("The Management Network is mandatory and cannot be removed.")
    for profile in referring(call, "VnicProfile", "network", network):
        for nic in referring(call, "Nic", "vnic_profile", profile):
            raise conflict(f"Cannot remove Network. It is in use by {nic.name}.")


@guarding(("MacPool", "add"))
def _ranges(call: Call) -> None:
    own = list(_numbers(call.body))
    if any(first >> 40 & 1 for first, _ in own):
        raise bad("Error Initializing MAC Pool")
    for pool in call.estate.store.of_type("MacPool"):
        for first, last in _numbers(pool.model):
            if any(low <= last and first <= high for low, high in own):
                raise conflict(
                    f"Cannot create MAC Pool. Its ranges overlap with those of {pool.name}"
                )


def _numbers(pool: Any) -> Iterator[tuple[int, int]]:
    """The first and the last address of every range of a pool, lowest first."""
    for entry in held(pool, "ranges") or []:
        ends = [str(held(entry, name) or "").replace(":", "") for name in ("from_", "to")]
        if all(re.fullmatch("[0-9a-fA-F]{12}", end) for end in ends):
            low, high = sorted(int(end, 16) for end in ends)
            yield low, high


# Data centers and clusters


@guarding(("Cluster", "add"))
def _version(call: Call) -> None:
    if not _is_supported(held(call.body, "version")):
        raise Refusal(500, FAILED, "java.lang.NullPointerException: there is no such version")


@guarding(("DataCenter", "add"))
def _version_of_a_data_center(call: Call) -> None:
    if not _is_supported(held(call.body, "version")):
        raise bad("Cannot create Data Center. Selected Compatibility Version is not supported.")


def _is_supported(version: Any) -> bool:
    if version is None or held(version, "major") is None or held(version, "minor") is None:
        return True
    return _OLDEST <= (held(version, "major"), held(version, "minor")) <= _NEWEST


@guarding(("Cluster", "add"))
def _cpu(call: Call) -> None:
    kind = held(call.body, "cpu.type")
    known = _cpu_types(call)
    if kind and known and kind not in known:
        raise bad("Cannot create Cluster. The chosen CPU is not supported.")


def _cpu_types(call: Call) -> set[str]:
    version = held(call.body, "version") or (
        held(call.target.record.model, "version") if call.target.record is not None else None
    )
    major, minor = _NEWEST if version is None else (version.major, held(version, "minor"))
    level = call.estate.store.find("ClusterLevel", f"{major}.{minor}")
    return {
        str(held(cpu, "name"))
        for level in ([level] if level is not None else [])
        for cpu in held(level.model, "cpu_types") or []
        if held(cpu, "name")
    }


@guarding(("Cluster", "update"))
def _with_hosts(call: Call) -> None:
    hosts = list(referring(call, "Host", "cluster", call.record))
    kind = held(call.body, "cpu.type")
    changes = kind is not None and kind != held(call.record.model, "cpu.type")
    if changes and any(str(held(h.model, "status")) not in _IN_MAINTENANCE for h in hosts):
        raise conflict("Cannot change Cluster CPU type unless all Hosts are in Maintenance.")
    minor, present = held(call.body, "version.minor"), held(call.record.model, "version.minor")
    if hosts and minor is not None and minor < (_NEWEST[1] if present is None else present):
        raise bad("Cluster compatibility version can't be decreased if there are Hosts in it.")


@guarding(("DataCenter", "update"))
def _local(call: Call) -> None:
    clusters = list(referring(call, "Cluster", "data_center", call.record))
    if held(call.body, "local") and not held(call.record.model, "local") and clusters:
        raise bad("A Data Center with local storage cannot have more than one Cluster or Host.")


@guarding(("Quota", "add"))
def _quota(call: Call) -> None:
    # Every data center has one of this name.
    if held(call.body, "name") == "Default":
        raise conflict("Cannot add Quota. The name Default is already in use.")


@guarding(("AffinityGroup", "add"), ("AffinityGroup", "update"))
def _affinity_group(call: Call) -> None:
    owner, name = call.target.owner, held(call.body, "name")
    for vm in held(call.body, "vms") or []:
        if (id_ := held(vm, "id")) is not None and not is_uuid(id_):
            raise Refusal(500, FAILED)
    present = call.estate.store.members(owner, "affinitygroups").values() if owner else ()
    if any(held(g.model, "name") == name and g is not call.target.record for g in present):
        raise bad("Affinity Group name already exists.")


@guarding(("AffinityLabel", "add"), ("AffinityLabel", "update"))
def _label(call: Call) -> None:
    for name, api_type in (("vms", "Vm"), ("hosts", "Host")):
        for entry in held(call.body, name) or []:
            if (id_ := held(entry, "id")) is None:
                raise Refusal(500, FAILED)
            if is_uuid(id_) and call.estate.store.find(api_type, id_) is None:
                raise bad("Internal Engine Error")


@guarding(("Cluster", "refresh_gluster_heal_status"))
def _without_gluster(call: Call) -> None:
    if not held(call.record.model, "gluster_service"):
        raise bad("Cannot sync Gluster Volume. The cluster does not provide storage.")


# Hosts that do not answer

_SILENT = frozenset({"unassigned", "connecting", "non_responsive", "down"})
_UNANSWERED = "Network error during communication with the Host."


def _is_silent(call: Call, host: Record) -> bool:
    answers = call.estate.answers(held(host.model, "address") or "")
    return not answers or str(held(host.model, "status")) in _SILENT


@guarding(("Host", "commit_net_config"), ("Host", "refresh"))
def _commit(call: Call) -> None:
    if _is_silent(call, call.record):
        raise bad("" if call.method.name == "refresh" else _UNANSWERED)


@guarding(("Host", "install"))
def _no_password(call: Call) -> None:
    if parameter(call.body, "root_password") is None and parameter(call.body, "ssh") is None:
        raise bad("Cannot install Host with empty password.")


@guarding(("Host", "force_select_spm"))
def _not_active(call: Call) -> None:
    if str(held(call.record.model, "status")) != "up":
        raise conflict(f"Cannot force select SPM. The Host {call.record.name} is not active.")


@guarding(("Host", "setup_networks"), ("Host", "sync_all_networks"))
def _out_of_reach(call: Call) -> None:
    if _is_silent(call, call.record):
        raise conflict("Cannot setup Networks. The status of the Host does not allow it.")


@guarding(("Host", "unregistered_storage_domains_discover"))
def _devices(call: Call) -> None:
    if _is_silent(call, call.record) or parameter(call.body, "iscsi") is not None:
        said = "the host could not be asked for its storage devices"
        raise Refusal(400, FAILED, said, bare=True)


@guarding(("Hook", "list"), ("HostStorage", "list"))
def _asked_of_the_host(call: Call) -> None:
    host = call.target.owner
    if host is not None and _is_silent(call, host):
        raise Refusal(400, FAILED, f"the host {held(host.model, 'address')} is not up")


# Who may come in, and what others provide


@guarding(("SshPublicKey", "add"))
def _key(call: Call) -> None:
    kind, _, rest = (held(call.body, "content") or "").strip().partition(" ")
    if not _is_key(kind, rest.partition(" ")[0]):
        raise bad("Cannot add User Profile Property. The SSH public key is none.")


def _is_key(kind: str, encoded: str) -> bool:
    """Whether a key is whole: parts that follow their lengths, the first of which is its kind."""
    try:
        blob = base64.b64decode(encoded, validate=True)
    except ValueError:
        return False
    parts = []
    while len(blob) >= _LENGTH:
        size = _LENGTH + int.from_bytes(blob[:_LENGTH], "big")
        if size > len(blob):
            return False
        parts.append(blob[_LENGTH:size])
        blob = blob[size:]
    return not blob and parts[:1] == [kind.encode()]


_LENGTH = 4

_PROVIDERS = ("ExternalHostProvider", "OpenStackImageProvider", "OpenStackNetworkProvider")


@guarding(*((name, "test_connectivity") for name in _PROVIDERS))
def _provider(call: Call) -> None:
    raise Refusal(400, FAILED, "[Failed to communicate with the external provider.]", bare=True)


@guarding(*((name, "import_certificates") for name in _PROVIDERS))
def _certificates(call: Call) -> None:
    if parameter(call.body, "certificates") is None:
        said = "Parameter 'certificates.content' is mandatory but was not provided."
        raise Refusal(400, NOT_VALID, said, bare=True)


@guarding(*((name, "get") for name in ("Filter", "Weight", "Balance")))
def _never_got(call: Call) -> None:
    raise broken("a unit of a scheduling policy cannot be shown alone")
