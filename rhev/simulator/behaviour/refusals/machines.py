"""What the engine refuses of machines and what is in them: each by the call alone.

What is said of the state on the way of a resource is with the courses of that resource.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from rhev.simulator.behaviour.refusals.common import GENERAL, bad, check_uuid, is_uuid
from rhev.simulator.generic.hooks import guarding, parameter
from rhev.simulator.state.refusals import FAILED, Refusal, broken, conflict, not_found
from rhev.simulator.state.values import held

if TYPE_CHECKING:
    from rhev.simulator.generic.hooks import Call

MIB = 1 << 20
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


# Virtual machines


@guarding(("Vm", "add"), ("Vm", "update"), ("Template", "update"))
def _sizes(call: Call) -> None:
    body, record = call.body, call.target.record
    memory = held(body, "memory")
    most = held(body, "memory_policy.max")
    if most is None and record is not None:
        most = held(record.model, "memory_policy.max")
    if memory is not None and most and memory // MIB > most // MIB:
        verb = "add" if record is None else "edit"
        raise conflict(f"Cannot {verb} VM. Its memory cannot exceed its maximum memory size.")
    guaranteed = held(body, "memory_policy.guaranteed")
    known = memory or (held(record.model, "memory") if record is not None else None)
    if guaranteed is not None and guaranteed > (known or _BY_DEFAULT):
        raise bad("Physical Memory Guaranteed cannot exceed Memory Size.")


@guarding(("Vm", "add"), ("Vm", "update"))
def _details(call: Call) -> None:
    body = call.body
    zone = held(body, "time_zone.name")
    if zone and zone not in available_timezones() and not zone.endswith("Standard Time"):
        raise bad("Invalid time zone for given OS type.")
    for custom in held(body, "custom_properties") or []:
        known = _PROPERTIES.get(held(custom, "name") or "")
        if known is None or not re.fullmatch(known, held(custom, "value") or ""):
            raise bad(f"A custom property has an illegal value: {held(custom, 'name')}")
    if str(held(body, "serial_number.policy")) == "custom" and not held(
        body, "serial_number.value"
    ):
        raise bad("A custom serial number must not be empty.")
    version = held(body, "custom_compatibility_version")
    if version is not None and held(version, "minor") is None:
        raise Refusal(500, FAILED, "java.lang.NullPointerException: a version without a minor")
    quota = held(body, "quota.id")
    if quota is not None and call.estate.store.find("Quota", quota) is None and is_uuid(quota):
        raise bad("There is no such Quota.")
    if held(body, "lease") is not None and not held(body, "high_availability.enabled"):
        raise conflict("Cannot add VM. A lease needs high availability.")


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


@guarding(("Vm", "screenshot"))
def _too_old(call: Call) -> None:
    cluster = call.estate.store.record(held(call.record.model, "cluster"))
    minor = held(cluster.model, "version.minor") if cluster is not None else None
    if minor is not None and minor < _WITH_SCREENSHOTS:
        said = "Cannot screenshot VM. The cluster's compatibility version is too low for that."
        raise Refusal(400, FAILED, f"[{said}]", bare=True)


_WITH_SCREENSHOTS = 7


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
        raise bad("")


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
            raise bad("Cannot migrate VM. Invalid Host Id.")
    elif call.estate.store.named("Host", held(host, "name") or "") is None:
        raise not_found(str(held(host, "name")))


@guarding(("Vm", "clone"))
def _name_of_a_clone(call: Call) -> None:
    name = held(parameter(call.body, "vm"), "name") or ""
    if not re.fullmatch(r"[\w.-]+", name):
        raise bad("Can not add VM. The given name contains special characters.")


@guarding(("Vm", "export"), ("Template", "export"))
def _to_a_domain(call: Call) -> None:
    domain = parameter(call.body, "storage_domain")
    if domain is not None and held(domain, "id") is None:
        name = held(domain, "name") or ""
        if call.estate.store.named("StorageDomain", name) is None:
            raise not_found(f"Storage: name={name}")


@guarding(("Vm", "preview_snapshot"))
def _id_of_a_snapshot(call: Call) -> None:
    check_uuid(held(parameter(call.body, "snapshot"), "id"))


@guarding(("Watchdog", "add"))
def _one_watchdog(call: Call) -> None:
    owner = call.target.owner
    if owner is not None and call.estate.store.members(owner, "watchdogs"):
        raise conflict("watchdog already exists")
    if str(held(call.body, "model")) == "diag288":
        raise bad("Selected watchdog model is not supported by the operating system.")


@guarding(("GraphicsConsole", "add"))
def _one_of_a_kind(call: Call) -> None:
    owner, protocol = call.target.owner, str(held(call.body, "protocol"))
    present = call.estate.store.members(owner, "graphicsconsoles") if owner is not None else {}
    if any(str(held(console.model, "protocol")) == protocol for console in present.values()):
        raise bad("A VM cannot have two devices of one type of graphics.")


@guarding(("DiskAttachment", "add"))
def _id_of_a_disk(call: Call) -> None:
    id_ = held(call.body, "disk.id")
    if id_ is not None and not is_uuid(id_):
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


@guarding(("Vm", "update"))
def _to_a_cluster_without_cpu(call: Call) -> None:
    wanted = call.estate.store.record(held(call.body, "cluster"))
    if wanted is None or wanted.id == held(call.record.model, "cluster.id"):
        return
    if not held(wanted.model, "cpu.type"):
        raise Refusal(500, FAILED, GENERAL)


@guarding(("Cdrom", "update"))
def _file_of_a_cdrom(call: Call) -> None:
    id_, store = held(call.body, "file.id"), call.estate.store
    if id_ and store.find("File", id_) is None and store.find("Disk", id_) is None:
        raise bad("There is no ISO image at that path")


@guarding(("GraphicsConsole", "proxy_ticket"), ("GraphicsConsole", "remote_viewer_connection_file"))
def _console_of_what_runs(call: Call) -> None:
    vm = call.target.owner
    if vm is None or vm.type != "Vm" or str(held(vm.model, "status")) != "down":
        return
    if call.method.name == "remote_viewer_connection_file":
        raise Refusal(204)
    said = "There is no console of a machine that does not run."
    raise Refusal(400, FAILED, said, bare=True)


@guarding(("HostDevice", "add"))
def _pinned(call: Call) -> None:
    owner = call.target.owner
    if owner is not None and not held(owner.model, "placement_policy.hosts"):
        raise conflict("Cannot add Host devices. The VM is to be pinned to a host for that.")


@guarding(("Nic", "add"))
def _of_an_instance_type(call: Call) -> None:
    owner = call.target.owner
    if owner is not None and owner.type == "InstanceType":
        raise Refusal(500, FAILED, "An id is missing")


@guarding(("ExternalVmImport", "add"))
def _not_in_reach(call: Call) -> None:
    """A name without a domain means no machine, and ``.invalid`` never does."""
    name = urlsplit(held(call.body, "url") or "").hostname or ""
    if "." not in name or name.endswith(".invalid"):
        raise bad("The provider that the machine is to come from does not answer")
