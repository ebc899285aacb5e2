"""The board of a virtual machine: firmware, processors, memory."""

from __future__ import annotations

from typing import Final

from rhev.readiness.estate import Machine
from rhev.readiness.rule import Rule, Severity
from rhev.readiness.sources import (
    ADAPTER_BUILDER,
    IMPORT_RULES,
    forklift,
    kubevirt,
    ovirt_guide,
)

_OTHER_ARCHITECTURES = ("ppc64", "s390x")
_UNSUPPORTED_PINNING = ("resize_and_pin_numa", "isolate_threads")
_MIB = 1024 * 1024
# The engine gives a machine room to grow to four times its memory, unless it is told otherwise.
_USUAL_GROWTH = (1, 4)


def _architecture(machine: Machine) -> str | None:
    own = machine.vm.cpu.architecture if machine.vm.cpu else None
    if own in (None, "undefined") and machine.cluster and machine.cluster.cpu:
        own = machine.cluster.cpu.architecture
    return f"it is made for {own}" if own in _OTHER_ARCHITECTURES else None


def _pins(machine: Machine) -> str | None:
    tune = machine.vm.cpu.cpu_tune if machine.vm.cpu else None
    count = len((tune.vcpu_pins if tune else None) or ())
    return f"{count} of its processors are pinned" if count else None


def _pinning_policy(machine: Machine) -> str | None:
    policy = machine.vm.cpu_pinning_policy
    return f"the policy is {policy}" if policy in _UNSUPPORTED_PINNING else None


def _dedicated(machine: Machine) -> str | None:
    return "it has processors of its own" if machine.vm.cpu_pinning_policy == "dedicated" else None


def _passed_through(machine: Machine) -> str | None:
    mode = machine.vm.cpu.mode if machine.vm.cpu else None
    return "it has the processor of its host" if mode == "host_passthrough" else None


def _numa(machine: Machine) -> str | None:
    vm = machine.vm
    if vm.numa_nodes:
        return f"it has {len(vm.numa_nodes)} nodes"
    return f"the mode is {vm.numa_tune_mode}" if vm.numa_tune_mode else None


def _grows(machine: Machine) -> str | None:
    memory, policy = machine.vm.memory, machine.vm.memory_policy
    if not memory or policy is None or not policy.max:
        return None
    if policy.max in [memory * times for times in _USUAL_GROWTH]:
        return None
    return f"it may grow from {memory // _MIB} to {policy.max // _MIB} MiB"


def _guaranteed(machine: Machine) -> str | None:
    memory, policy = machine.vm.memory, machine.vm.memory_policy
    if not memory or policy is None or policy.guaranteed is None or policy.guaranteed >= memory:
        return None
    return f"{policy.guaranteed // _MIB} of {memory // _MIB} MiB are guaranteed"


def _boot_menu(machine: Machine) -> str | None:
    menu = machine.vm.bios.boot_menu if machine.vm.bios else None
    return "the boot menu is shown" if menu and menu.enabled else None


def _ballooning(machine: Machine) -> str | None:
    policy = machine.vm.memory_policy
    return "ballooning is on" if policy and policy.ballooning else None


RULES: Final = (
    Rule(
        "vm-architecture",
        Machine,
        Severity.CRITICAL,
        "Architecture that the other side lacks",
        _architecture,
        "Nodes of the same architecture; a machine does not move from one to another.",
        IMPORT_RULES,
    ),
    Rule(
        "vm-secure-boot",
        Machine,
        Severity.WARNING,
        "Secure boot",
        lambda it: (
            "its firmware starts signed code alone" if it.bios == "q35_secure_boot" else None
        ),
        "Expect it to start without secure boot first, as the variables of the firmware stay"
        " behind; turn it on again then.",
        forklift("secure_boot"),
    ),
    Rule(
        "vm-chipset",
        Machine,
        Severity.ADVICE,
        "Chipset that becomes another",
        lambda it: "i440FX becomes Q35" if it.bios == "i440fx_sea_bios" else None,
        "See that the guest starts on Q35: devices get other addresses, and IDE is gone.",
        kubevirt("compute/virtual_hardware"),
    ),
    Rule(
        "vm-boot-menu",
        Machine,
        Severity.WARNING,
        "Boot menu",
        _boot_menu,
        "Do without: the menu is not shown on the other side.",
        forklift("bios_boot_menu"),
    ),
    Rule(
        "vm-emulated-machine",
        Machine,
        Severity.ADVICE,
        "Emulated machine of its own",
        lambda it: (
            f"it is {it.vm.custom_emulated_machine!r}" if it.vm.custom_emulated_machine else None
        ),
        "Let it have its cluster's; the other side chooses by architecture.",
        IMPORT_RULES,
    ),
    Rule(
        "vm-cpu-model",
        Machine,
        Severity.WARNING,
        "CPU model of its own",
        lambda it: f"it is {it.vm.custom_cpu_model!r}" if it.vm.custom_cpu_model else None,
        "Nodes that have this model, or no model of its own.",
        forklift("cpu_custom_model"),
    ),
    Rule(
        "vm-cpu-passthrough",
        Machine,
        Severity.WARNING,
        "CPU of the host",
        _passed_through,
        "Set host-passthrough on the other side, with nodes that are alike, if the guest needs it"
        " (as for virtualization within it).",
        kubevirt("compute/virtual_hardware"),
    ),
    Rule(
        "vm-cpu-pinned",
        Machine,
        Severity.WARNING,
        "Pinned processors",
        _pins,
        "Ask for dedicated CPU placement on the other side; which CPU is which is not moved.",
        forklift("cpu_tune"),
    ),
    Rule(
        "vm-cpu-pinning-policy",
        Machine,
        Severity.WARNING,
        "Pinning policy that there is not",
        _pinning_policy,
        "Set the policy to none or manual, and plan dedicated CPU placement.",
        forklift("cpu_policy"),
    ),
    Rule(
        "vm-cpu-dedicated",
        Machine,
        Severity.WARNING,
        "Dedicated processors",
        _dedicated,
        "Set dedicated CPU placement on the other side, with nodes that have a CPU manager.",
        kubevirt("compute/dedicated_cpu_resources"),
    ),
    Rule(
        "vm-cpu-shares",
        Machine,
        Severity.WARNING,
        "CPU shares",
        lambda it: f"it has {it.vm.cpu_shares}" if it.vm.cpu_shares else None,
        "Express its weight by requests and limits of CPU.",
        forklift("cpu_shares"),
    ),
    Rule(
        "vm-numa",
        Machine,
        Severity.WARNING,
        "Virtual NUMA nodes",
        _numa,
        "Plan dedicated CPUs, huge pages and guest NUMA mapping, or do without.",
        forklift("numa_tune"),
    ),
    Rule(
        "vm-ballooning",
        Machine,
        Severity.ADVICE,
        "Memory ballooning",
        _ballooning,
        "Nothing to do; plan the memory of nodes without it.",
        forklift("ballooned_memory"),
    ),
    Rule(
        "vm-memory-guaranteed",
        Machine,
        Severity.ADVICE,
        "Memory that is not all guaranteed",
        _guaranteed,
        "Plan for all of it, or set an overcommit on the other side.",
        IMPORT_RULES,
    ),
    Rule(
        "vm-memory-hot-plug",
        Machine,
        Severity.ADVICE,
        "Room for more memory",
        _grows,
        "Set the most memory of the guest on the other side, if it is to grow while it runs.",
        kubevirt("compute/memory_hotplug"),
    ),
    Rule(
        "vm-serial-number",
        Machine,
        Severity.ADVICE,
        "Serial number that is not its id",
        lambda it: (
            f"the policy is {it.vm.serial_number.policy}"
            if it.vm.serial_number and it.vm.serial_number.policy in ("host", "custom")
            else None
        ),
        "Compare the serial number that the guest reads afterwards, if a licence hangs on it.",
        ADAPTER_BUILDER,
    ),
    Rule(
        "vm-high-performance",
        Machine,
        Severity.WARNING,
        "High-performance machine",
        lambda it: "its type is high_performance" if it.vm.type == "high_performance" else None,
        "Choose for it anew: pinning, huge pages, NUMA, I/O threads and no balloon come with the"
        " type.",
        ovirt_guide("virtual_machine_management_guide"),
    ),
)
