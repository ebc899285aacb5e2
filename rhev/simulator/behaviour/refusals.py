"""What the engine refuses of single types, beyond the rules of value: each by the call alone.

What it says of the state on the way of a resource is with the courses of that resource.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from rhev import rules
from rhev.rules.kinds import Required
from rhev.simulator.generic.hooks import guarding, parameter
from rhev.simulator.state.places import refers
from rhev.simulator.state.refusals import FAILED, MALFORMED, Refusal, broken, conflict, not_found
from rhev.simulator.state.values import held

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rhev.simulator.generic.hooks import Call
    from rhev.simulator.state.store import Record

_MIB = 1 << 20
_GENERAL = "[General command validation failure.]"
_UUID = re.compile(r"[0-9a-fA-F]{1,8}(-[0-9a-fA-F]{1,4}){3}-[0-9a-fA-F]{1,12}")
_OLDEST = (4, 2)
_NEWEST = (4, 8)
_OFF_DUTY = frozenset({"maintenance", "down", "install_failed", "non_operational"})
_IN_MAINTENANCE = frozenset({"maintenance", "install_failed", "installing_os", "pending_approval"})
_BY_DEFAULT = 1 << 30

# The custom properties that an engine knows without being told, and what they may be.
_PROPERTIES = {
    "sap_agent": r"(true|false)",
    "sndbuf": r"[0-9]+",
    "vhost": r".+",
    "viodiskcache": r"(none|writeback|writethrough)",
    "mdev_type": r".+",
    "hugepages": r"[0-9]+",
    "hostedengine": r".*",
}


def _bad(detail: str, status: int = 400) -> Refusal:
    return Refusal(status, FAILED, f"[{detail}]")


# Virtual machines


@guarding(("Vm", "add"), ("Vm", "update"))
def _sizes(call: Call) -> None:
    body, record = call.body, call.target.record
    memory = held(body, "memory")
    most = held(body, "memory_policy.max")
    if most is None and record is not None:
        most = held(record.model, "memory_policy.max")
    if memory is not None and most and memory // _MIB > most // _MIB:
        verb = "add" if record is None else "edit"
        raise conflict(f"Cannot {verb} VM. Its memory cannot exceed its maximum memory size.")
    guaranteed = held(body, "memory_policy.guaranteed")
    known = memory or (held(record.model, "memory") if record is not None else None)
    if guaranteed is not None and guaranteed > (known or _BY_DEFAULT):
        raise _bad("Physical Memory Guaranteed cannot exceed Memory Size.")


@guarding(("Vm", "add"), ("Vm", "update"))
def _details(call: Call) -> None:
    body = call.body
    zone = held(body, "time_zone.name")
    if zone and zone not in available_timezones() and not zone.endswith("Standard Time"):
        raise _bad("Invalid time zone for given OS type.")
    for custom in held(body, "custom_properties") or []:
        known = _PROPERTIES.get(held(custom, "name") or "")
        if known is None or not re.fullmatch(known, held(custom, "value") or ""):
            raise _bad(f"A custom property has an illegal value: {held(custom, 'name')}")
    if str(held(body, "serial_number.policy")) == "custom" and not held(
        body, "serial_number.value"
    ):
        raise _bad("A custom serial number must not be empty.")
    version = held(body, "custom_compatibility_version")
    if version is not None and held(version, "minor") is None:
        raise Refusal(500, FAILED, "java.lang.NullPointerException: a version without a minor")
    quota = held(body, "quota.id")
    if quota is not None and call.estate.store.find("Quota", quota) is None and _is_uuid(quota):
        raise _bad("There is no such Quota.")
    if held(body, "lease") is not None and not held(body, "high_availability.enabled"):
        raise conflict("Cannot add VM. A lease needs high availability.")


def _is_uuid(text: str) -> bool:
    return _UUID.fullmatch(text) is not None


@guarding(("Vm", "start"))
def _something_to_boot_from(call: Call) -> None:
    record, store = call.record, call.estate.store
    if str(held(record.model, "status")) != "down":
        return
    given = held(parameter(call.body, "vm"), "os.boot.devices")
    devices = given or held(record.model, "os.boot.devices") or []
    if "network" in map(str, devices) or store.members(record, "diskattachments"):
        return
    raise conflict("Cannot run VM without at least one bootable disk.")


_NOT_RUNNING = {
    "ticket": "set Virtual Machine Ticket",
    "freeze_filesystems": "freeze VM",
    "thaw_filesystems": "thaw VM",
    "screenshot": "screenshot VM",
}


@guarding(*(("Vm", action) for action in _NOT_RUNNING))
def _is_running(call: Call) -> None:
    if str(held(call.record.model, "status")) == "down":
        what = _NOT_RUNNING[call.method.name]
        raise conflict(f"Cannot {what} because the VM is in Down status.")


@guarding(("Vm", "logon"))
def _is_there_a_guest(call: Call) -> None:
    if str(held(call.record.model, "status")) != "up":
        raise _bad("")


@guarding(("Vm", "ticket"))
def _expiry(call: Call) -> None:
    expiry = held(call.body, "ticket.expiry")
    if expiry is not None and expiry < 0:
        raise Refusal(400, "Request syntactically incorrect.", "ticket.expiry is below 0")


@guarding(("Vm", "migrate"))
def _to_a_host(call: Call) -> None:
    host = parameter(call.body, "host")
    if host is None:
        return
    if (id_ := held(host, "id")) is not None:
        if call.estate.store.find("Host", id_) is None:
            raise _bad("Cannot migrate VM. Invalid Host Id.")
    elif call.estate.store.named("Host", held(host, "name") or "") is None:
        raise not_found(str(held(host, "name")))


@guarding(("Vm", "clone"))
def _name_of_a_clone(call: Call) -> None:
    name = held(parameter(call.body, "vm"), "name") or ""
    if not re.fullmatch(r"[\w.-]+", name):
        raise _bad("Can not add VM. The given name contains special characters.")


@guarding(("Vm", "export"))
def _to_a_domain(call: Call) -> None:
    domain = parameter(call.body, "storage_domain")
    if domain is not None and held(domain, "id") is None:
        name = held(domain, "name") or ""
        if call.estate.store.named("StorageDomain", name) is None:
            raise not_found(f"Storage: name={name}")


@guarding(("Vm", "preview_snapshot"))
def _id_of_a_snapshot(call: Call) -> None:
    _check_uuid(held(parameter(call.body, "snapshot"), "id"))


def _check_uuid(id_: str | None) -> None:
    if id_ is not None and not _is_uuid(id_):
        raise Refusal(400, MALFORMED, f"Invalid UUID string: {id_}")


@guarding(("Watchdog", "add"))
def _one_watchdog(call: Call) -> None:
    owner = call.target.owner
    if owner is not None and call.estate.store.members(owner, "watchdogs"):
        raise conflict("watchdog already exists")
    if str(held(call.body, "model")) == "diag288":
        raise _bad("Selected watchdog model is not supported by the operating system.")


@guarding(("GraphicsConsole", "add"))
def _one_of_a_kind(call: Call) -> None:
    owner, protocol = call.target.owner, str(held(call.body, "protocol"))
    present = call.estate.store.members(owner, "graphicsconsoles") if owner is not None else {}
    if any(str(held(console.model, "protocol")) == protocol for console in present.values()):
        raise _bad("A VM cannot have two devices of one type of graphics.")


@guarding(("DiskAttachment", "add"))
def _id_of_a_disk(call: Call) -> None:
    id_ = held(call.body, "disk.id")
    if id_ is not None and not _is_uuid(id_):
        raise broken("a disk was looked for whose id is none")


@guarding(("DiskAttachment", "add"), ("Disk", "add"))
def _format(call: Call) -> None:
    disk = held(call.body, "disk") if call.target.type == "DiskAttachment" else call.body
    is_plain = str(held(disk, "backup")) != "incremental" and held(disk, "lun_storage") is None
    if is_plain and str(held(disk, "format")) == "cow" and held(disk, "sparse") is False:
        raise conflict("Cannot add Virtual Disk. Its configuration is incompatible with the domain")


@guarding(("VmMediatedDevice", "add"))
def _mediated(call: Call) -> None:
    if not call.body.__dict__:
        raise Refusal(500, FAILED)


# Hosts


@guarding(("Host", "add"))
def _address(call: Call) -> None:
    address = held(call.body, "address")
    found = rules.check_values(call.body, "add")
    if any(problem.rule != Required.kind for problem in found):
        return
    if any(held(h.model, "address") == address for h in call.estate.store.of_type("Host")):
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
            raise _bad(f"Logical Network (name '{network}') doesn't exist.")
        nic = held(attachment, "host_nic.name")
        if nic is not None and held(attachment, "host_nic.id") is None and nic not in nics:
            raise _bad(f"Cannot setup Networks. There is no host network interface {nic}.")


# Networks


@guarding(("Network", "add"))
def _of_a_cluster(call: Call) -> None:
    id_ = held(call.body, "id")
    of_cluster = call.target.owner is not None and call.target.owner.type == "Cluster"
    if of_cluster and id_ is not None and not _is_uuid(id_):
        raise Refusal(404)


@guarding(("Nic", "add"))
def _name_of_a_nic(call: Call) -> None:
    _check_uuid(held(call.body, "vnic_profile.id"))
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
        raise _bad("The Management Network is mandatory and cannot be removed.")
    for profile in _referring(call, "VnicProfile", "network", network):
        for nic in _referring(call, "Nic", "vnic_profile", profile):
            raise conflict(f"Cannot remove Network. It is in use by {nic.name}.")


@guarding(("MacPool", "add"))
def _ranges(call: Call) -> None:
    own = list(_numbers(call.body))
    if any(first >> 40 & 1 for first, _ in own):
        raise _bad("Error Initializing MAC Pool")
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
        raise _bad("Cannot create Data Center. Selected Compatibility Version is not supported.")


def _is_supported(version: Any) -> bool:
    if version is None or held(version, "major") is None or held(version, "minor") is None:
        return True
    return _OLDEST <= (held(version, "major"), held(version, "minor")) <= _NEWEST


@guarding(("Cluster", "add"))
def _cpu(call: Call) -> None:
    kind = held(call.body, "cpu.type")
    known = _cpu_types(call)
    if kind and known and kind not in known:
        raise _bad("Cannot create Cluster. The chosen CPU is not supported.")


def _cpu_types(call: Call) -> set[str]:
    levels = call.estate.store.members(None, "clusterlevels").values()
    return {
        str(held(cpu, "name"))
        for level in levels
        for cpu in held(level.model, "cpu_types") or []
        if held(cpu, "name")
    }


@guarding(("Cluster", "update"))
def _with_hosts(call: Call) -> None:
    hosts = list(_referring(call, "Host", "cluster", call.record))
    kind = held(call.body, "cpu.type")
    changes = kind is not None and kind != held(call.record.model, "cpu.type")
    if changes and any(str(held(h.model, "status")) not in _IN_MAINTENANCE for h in hosts):
        raise conflict("Cannot change Cluster CPU type unless all Hosts are in Maintenance.")
    minor, present = held(call.body, "version.minor"), held(call.record.model, "version.minor")
    if hosts and minor is not None and minor < (_NEWEST[1] if present is None else present):
        raise _bad("Cluster compatibility version can't be decreased if there are Hosts in it.")


@guarding(("DataCenter", "update"))
def _local(call: Call) -> None:
    clusters = list(_referring(call, "Cluster", "data_center", call.record))
    if held(call.body, "local") and not held(call.record.model, "local") and clusters:
        raise _bad("A Data Center with local storage cannot have more than one Cluster or Host.")


@guarding(("Quota", "add"))
def _quota(call: Call) -> None:
    # Every data center has one of this name.
    if held(call.body, "name") == "Default":
        raise conflict("Cannot add Quota. The name Default is already in use.")


@guarding(("AffinityGroup", "add"), ("AffinityGroup", "update"))
def _affinity_group(call: Call) -> None:
    owner, name = call.target.owner, held(call.body, "name")
    for vm in held(call.body, "vms") or []:
        if (id_ := held(vm, "id")) is not None and not _is_uuid(id_):
            raise Refusal(500, FAILED)
    present = call.estate.store.members(owner, "affinitygroups").values() if owner else ()
    if any(held(g.model, "name") == name and g is not call.target.record for g in present):
        raise _bad("Affinity Group name already exists.")


@guarding(("AffinityLabel", "add"), ("AffinityLabel", "update"))
def _label(call: Call) -> None:
    for name, api_type in (("vms", "Vm"), ("hosts", "Host")):
        for entry in held(call.body, name) or []:
            if (id_ := held(entry, "id")) is None:
                raise Refusal(500, FAILED)
            if _is_uuid(id_) and call.estate.store.find(api_type, id_) is None:
                raise _bad("Internal Engine Error")


# Storage


@guarding(("StorageDomain", "update"))
def _kind_of_a_domain(call: Call) -> None:
    kind = held(call.body, "type")
    if kind is not None and str(kind) != str(held(call.record.model, "type")):
        raise _bad("Cannot edit Storage. Its type cannot be changed.")


@guarding(("StorageDomain", "remove"))
def _host_to_remove_with(call: Call) -> None:
    if call.target.owner is not None or call.flag("destroy"):
        return
    host = call.query.get("host") or call.query.get("host_id")
    if host is None:
        raise Refusal(400, "host parameter is missing")
    store = call.estate.store
    if store.find("Host", host) is None and store.named("Host", host) is None:
        raise not_found(host)


@guarding(("StorageConnection", "add"))
def _twice(call: Call) -> None:
    if call.target.owner is not None:
        return
    own = _mounted(call.body)
    if own is None:
        return
    store = call.estate.store
    places = [_mounted(connection.model) for connection in store.of_type("StorageConnection")]
    places += [_mounted(held(d.model, "storage")) for d in store.of_type("StorageDomain")]
    if own in places:
        raise conflict("Cannot add Storage Connection. There is one already.")


def _mounted(storage: Any) -> tuple[str, str, str] | None:
    kind, address, path = (str(held(storage, name) or "") for name in ("type", "address", "path"))
    return (kind, address, path) if kind == "nfs" and address and path else None


@guarding(("Image", "list"), ("File", "list"))
def _of_a_kind(call: Call) -> None:
    owner = call.target.owner
    kind = str(held(owner.model, "type")) if owner is not None else ""
    if call.target.type == "File" and kind == "data":
        raise Refusal(404)
    if call.target.type == "Image" and kind != "image":
        raise Refusal(400, FAILED, "images are not supported by this storage domain")


# What the engine has from the beginning


@guarding(("KatelloErratum", "list"))
def _without_foreman(call: Call) -> None:
    if call.target.owner is None:
        raise Refusal(400, FAILED, "There is no provider of Foreman or Satellite for the engine.")


@guarding(("OpenStackVolumeProvider", "list"))
def _volumes(call: Call) -> None:
    raise broken("providers of volumes are no more")


@guarding(("Template", "remove"))
def _blank(call: Call) -> None:
    if call.record.id == "00000000-0000-0000-0000-000000000000":
        raise _bad("Cannot remove Template. The relevant Cluster doesn't exist.")


@guarding(("Tag", "update"))
def _root(call: Call) -> None:
    if call.record.id == "00000000-0000-0000-0000-000000000000":
        raise Refusal(500, FAILED, _GENERAL)


@guarding(("SchedulingPolicy", "update"), ("SchedulingPolicy", "remove"))
def _locked(call: Call) -> None:
    if held(call.record.model, "locked"):
        verb = "remove" if call.method.name == "remove" else "edit"
        raise _bad(f"Cannot {verb} Scheduling Policy. Parameters are invalid.")


@guarding(("OpenStackVolumeProvider", "add"))
def _unfinished(call: Call) -> None:
    if held(call.body, "name") is None:
        raise broken("a provider was made of nothing")


def _referring(call: Call, api_type: str, attribute: str, to: Record) -> Iterator[Record]:
    for record in call.estate.store.of_type(api_type):
        if refers(record.model, attribute, to):
            yield record
