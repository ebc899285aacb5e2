"""What runs within a virtual machine, and what it is told when it starts."""

from __future__ import annotations

from typing import Final

from rhev.readiness.estate import Machine
from rhev.readiness.rule import Rule, Severity
from rhev.readiness.sources import (
    IMPORT_RULES,
    OS_MAP,
    V2V,
    api_type,
    forklift,
    kubevirt,
    ovirt_guide,
)

_NEED_TPM = ("windows_11", "windows_2022", "windows_2025")
_RHEL_6 = ("rhel_6", "rhel_6x64", "rhel_6_ppc64", "rhel_6_9_plus_ppc64")
# Windows before NT 6.2 and Enterprise Linux before 6: no current driver of virtio is made for them.
_WITHOUT_VIRTIO = (
    *("windows_xp", "windows_2003", "windows_2003x64"),
    *("windows_2008", "windows_2008x64", "windows_2008R2x64", "windows_7", "windows_7x64"),
    *("rhel_3", "rhel_3x64", "rhel_4", "rhel_4x64", "rhel_5", "rhel_5x64"),
)
_NOT_CONVERTED = ("freebsd", "freebsdx64")
_UNKNOWN = ("", "other", "other_linux", "other_s390x", "other_ppc64")
# The names that Windows has for zones which are UTC all the year.
_UTC = ("Etc/GMT", "Etc/UTC", "UTC", "GMT", "Greenwich Standard Time")


def _time_zone(machine: Machine) -> str | None:
    zone = machine.vm.time_zone.name if machine.vm.time_zone else None
    return f"its clock is set to {zone!r}" if zone and zone not in _UTC else None


def _agent(machine: Machine) -> str | None:
    vm = machine.vm
    if vm.status != "up" or vm.guest_operating_system or vm.fqdn or vm.reported_devices:
        return None
    return "it is up, and its guest reports nothing"


def _initialized(machine: Machine) -> str | None:
    return "it has settings of cloud-init or sysprep" if machine.vm.initialization else None


def _payloads(machine: Machine) -> str | None:
    count = len(machine.vm.payloads or ())
    return f"{count} with files that it is given" if count else None


def _kernel(machine: Machine) -> str | None:
    os = machine.vm.os
    named = (os.kernel or os.initrd) if os else None
    return f"it is started from {named!r} of its host" if named else None


RULES: Final = (
    Rule(
        "vm-tpm-os",
        Machine,
        Severity.WARNING,
        "Operating system that needs a TPM",
        lambda it: f"{it.os} has its keys in one" if it.os in _NEED_TPM else None,
        "Have the recovery keys at hand and suspend BitLocker: what the TPM holds is not moved.",
        forklift("tpm"),
    ),
    Rule(
        "vm-os-rhel-6",
        Machine,
        Severity.WARNING,
        "Enterprise Linux 6",
        lambda it: f"its operating system is {it.os}" if it.os in _RHEL_6 else None,
        "Upgrade the guest: this is not a guest that OpenShift Virtualization supports.",
        forklift("vm_os"),
    ),
    Rule(
        "vm-os-without-virtio",
        Machine,
        Severity.WARNING,
        "Operating system without current virtio drivers",
        lambda it: f"its operating system is {it.os}" if it.os in _WITHOUT_VIRTIO else None,
        "Upgrade the guest, or keep SATA disks and e1000 NICs and try a copy of it first.",
        V2V,
    ),
    Rule(
        "vm-os-not-converted",
        Machine,
        Severity.ADVICE,
        "Operating system that no tool converts",
        lambda it: f"its operating system is {it.os}" if it.os in _NOT_CONVERTED else None,
        "See that its kernel has the virtio drivers: virt-v2v knows Linux and Windows alone.",
        V2V,
    ),
    Rule(
        "vm-os-unknown",
        Machine,
        Severity.ADVICE,
        "Operating system that is not said",
        lambda it: f"it is {it.os!r}" if it.os in _UNKNOWN else None,
        "Set the operating system that it has: defaults on the other side are chosen by it.",
        OS_MAP,
    ),
    Rule(
        "vm-time-zone",
        Machine,
        Severity.WARNING,
        "Clock that is not UTC",
        _time_zone,
        "Set the zone by its IANA name on the other side, or let the guest take its clock as UTC.",
        IMPORT_RULES,
    ),
    Rule(
        "vm-guest-agent",
        Machine,
        Severity.ADVICE,
        "No guest agent heard",
        _agent,
        "Install qemu-guest-agent in the guest and start it: addresses and clean stops need it.",
        ovirt_guide("virtual_machine_management_guide"),
    ),
    Rule(
        "vm-initialization",
        Machine,
        Severity.ADVICE,
        "Settings for the first start",
        _initialized,
        "They are not moved. Keep cloud-init from running anew in the guest, or give them again.",
        kubevirt("user_workloads/startup_scripts"),
    ),
    Rule(
        "vm-payload",
        Machine,
        Severity.WARNING,
        "Payload of files",
        _payloads,
        "Put what the guest needs of it onto a disk, or into a volume of a config map or a secret.",
        api_type("VmBase"),
    ),
    Rule(
        "vm-kernel",
        Machine,
        Severity.WARNING,
        "Kernel of the host's files",
        _kernel,
        "Install a kernel and a boot loader in the guest.",
        api_type("OperatingSystem"),
    ),
)
