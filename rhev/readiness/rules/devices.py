"""What is plugged into a virtual machine beside disks and NICs."""

from __future__ import annotations

from typing import Final

from rhev.readiness.estate import Machine
from rhev.readiness.rule import Rule, Severity
from rhev.readiness.sources import (
    IMPORT_RULES,
    MTV_SOURCES,
    api_type,
    forklift,
    kubevirt,
    ovirt_guide,
)


def _host_devices(machine: Machine) -> str | None:
    names = [each.name or each.id or "" for each in machine.vm.host_devices or ()]
    return f"it has {', '.join(names)} of its host" if names else None


def _mediated(machine: Machine) -> str | None:
    devices = machine.vm.mediated_devices or ()
    types = [
        parameter.value or ""
        for each in devices
        for parameter in each.spec_params or ()
        if parameter.name == "mdevType"
    ]
    return f"it has {', '.join(types) or len(devices)}" if devices else None


def _watchdogs(machine: Machine) -> str | None:
    named = [f"{each.model} ({each.action})" for each in machine.vm.watchdogs or ()]
    return f"it has {', '.join(named)}" if named else None


def _spice(machine: Machine) -> str | None:
    vm = machine.vm
    protocols = {each.protocol for each in vm.graphics_consoles or ()}
    if vm.display and vm.display.type:
        protocols.add(vm.display.type)  # type: ignore[arg-type]  # of another enumeration
    if "spice" not in protocols:
        return None
    return "it has SPICE beside VNC" if "vnc" in protocols else "it has SPICE alone"


def _monitors(machine: Machine) -> str | None:
    count = machine.vm.display.monitors if machine.vm.display else None
    return f"it has {count}" if count and count > 1 else None


def _video(machine: Machine) -> str | None:
    video = machine.vm.display.video_type if machine.vm.display else None
    return f"it is {video}" if video in ("qxl", "cirrus") else None


def _discs(machine: Machine) -> str | None:
    named = [
        each.file.name or each.file.id or ""
        for each in machine.vm.cdroms or ()
        if each.file and (each.file.id or each.file.name)
    ]
    return f"{', '.join(named)} is in it" if named else None


def _floppies(machine: Machine) -> str | None:
    return "it has one" if machine.vm.floppies else None


def _entropy(machine: Machine) -> str | None:
    source = machine.vm.rng_device.source if machine.vm.rng_device else None
    return f"it is fed by {source}" if source and source != "urandom" else None


def _properties(machine: Machine) -> str | None:
    names = [each.name or "" for each in machine.vm.custom_properties or ()]
    return f"it has {', '.join(names)}" if names else None


RULES: Final = (
    Rule(
        "vm-host-devices",
        Machine,
        Severity.WARNING,
        "Devices of the host",
        _host_devices,
        "Offer devices of that kind by the nodes of the other side, and attach one after moving.",
        forklift("host_devices"),
    ),
    Rule(
        "vm-mediated-devices",
        Machine,
        Severity.WARNING,
        "Mediated devices (vGPU)",
        _mediated,
        "Configure mediated devices of that type on nodes, and attach one after moving.",
        kubevirt("compute/mediated_devices_configuration"),
    ),
    Rule(
        "vm-usb",
        Machine,
        Severity.WARNING,
        "USB",
        lambda it: "USB redirection is on" if it.vm.usb and it.vm.usb.enabled else None,
        "Turn USB off: devices that users plug in are not redirected on the other side.",
        forklift("usb"),
    ),
    Rule(
        "vm-watchdog",
        Machine,
        Severity.WARNING,
        "Watchdog",
        _watchdogs,
        "Add one of the model i6300esb anew on the other side: it is not moved.",
        forklift("watchdog"),
    ),
    Rule(
        "vm-tpm",
        Machine,
        Severity.WARNING,
        "TPM",
        lambda it: "it has a TPM" if it.vm.tpm_enabled else None,
        "Add a persistent TPM on the other side and enrol again: what it holds is not moved.",
        kubevirt("compute/persistent_tpm_and_uefi_state"),
    ),
    Rule(
        "vm-spice",
        Machine,
        Severity.ADVICE,
        "SPICE console",
        _spice,
        "Plan for VNC, or for remote access by the guest.",
        forklift("display_type"),
    ),
    Rule(
        "vm-video",
        Machine,
        Severity.ADVICE,
        "Video card that becomes another",
        _video,
        "See that the guest has a driver for VGA.",
        kubevirt("compute/virtual_hardware"),
    ),
    Rule(
        "vm-monitors",
        Machine,
        Severity.ADVICE,
        "Several monitors",
        _monitors,
        "Plan for one: several are a feature of SPICE.",
        ovirt_guide("virtual_machine_management_guide"),
    ),
    Rule(
        "vm-sound",
        Machine,
        Severity.WARNING,
        "Sound card",
        lambda it: "it has a sound card" if it.vm.soundcard_enabled else None,
        "Do without, or add one on the other side.",
        IMPORT_RULES,
    ),
    Rule(
        "vm-cd",
        Machine,
        Severity.WARNING,
        "Disc in the drive",
        _discs,
        "Eject it.",
        MTV_SOURCES,
    ),
    Rule(
        "vm-floppy",
        Machine,
        Severity.ADVICE,
        "Floppy",
        _floppies,
        "Remove it: it is not moved.",
        IMPORT_RULES,
    ),
    Rule(
        "vm-random",
        Machine,
        Severity.ADVICE,
        "Random numbers of the host's hardware",
        _entropy,
        "Use urandom: that is what feeds the generator on the other side.",
        IMPORT_RULES,
    ),
    Rule(
        "vm-io-threads",
        Machine,
        Severity.ADVICE,
        "Several I/O threads",
        lambda it: (
            f"it has {it.vm.io.threads}" if it.vm.io and (it.vm.io.threads or 0) > 1 else None
        ),
        "Set a policy for I/O threads on the other side, if the guest needs them.",
        forklift("io_threads"),
    ),
    Rule(
        "vm-smart-card",
        Machine,
        Severity.ADVICE,
        "Smart card",
        lambda it: (
            "its console passes on a smart card"
            if it.vm.display and it.vm.display.smartcard_enabled
            else None
        ),
        "Plan another way to sign in.",
        api_type("Display"),
    ),
    Rule(
        "vm-custom-properties",
        Machine,
        Severity.WARNING,
        "Custom properties",
        _properties,
        "Find out what the hooks that read them do, and do that in another way.",
        forklift("custom_properties"),
    ),
)
