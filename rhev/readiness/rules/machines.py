"""What a virtual machine is, in which state, and how it lives."""

from __future__ import annotations

from typing import Final

from rhev.readiness.estate import Machine
from rhev.readiness.naming import LONGEST, dns_label
from rhev.readiness.rule import Rule, Severity
from rhev.readiness.sources import (
    IMPORT_RULES,
    MTV_SOURCES,
    SNAPSHOTS,
    api_type,
    forklift,
    ovirt_guide,
)

_AT_REST = ("up", "down")
# What the engine itself does not know, or is at work on: it refuses nearly everything meanwhile.
_OUT_OF_HAND = ("unassigned", "unknown", "not_responding", "image_locked")
_HOSTED_ENGINE = ("hosted_engine", "managed_hosted_engine")
_ELSEWHERE = ("external", "kubevirt")


def _name(machine: Machine) -> str | None:
    name = machine.vm.name or ""
    label = dns_label(name)
    if name == label:
        return None
    if not label:
        return f"{name!r} has nothing that may stay in a DNS label"
    return f"{name!r} is no DNS label; it would become {label!r}"


def _taken(machine: Machine) -> str | None:
    label = dns_label(machine.vm.name or "")
    others = machine.estate.labels[label] - 1
    return f"{others} more would be named {label!r}" if label and others > 0 else None


def _snapshots(machine: Machine) -> str | None:
    count = sum(each.snapshot_type == "regular" for each in machine.vm.snapshots or ())
    return f"it has {count} of them" if count else None


def _with_memory(machine: Machine) -> str | None:
    named = [
        each.description or each.id or ""
        for each in machine.vm.snapshots or ()
        if each.persist_memorystate and each.snapshot_type != "active"
    ]
    return f"{_listed(named)} with the memory" if named else None


def _in_preview(machine: Machine) -> str | None:
    for each in machine.vm.snapshots or ():
        if each.snapshot_status == "in_preview" or each.snapshot_type == "preview":
            return f"{each.description or each.id!r} is previewed"
    return None


def _locked(machine: Machine) -> str | None:
    named = [
        each.description or each.id or ""
        for each in machine.vm.snapshots or ()
        if each.snapshot_status == "locked"
    ]
    return f"{_listed(named)} locked" if named else None


def _listed(names: list[str]) -> str:
    return ", ".join(repr(name) for name in names)


def _stateless(machine: Machine) -> str | None:
    if machine.vm.stateless:
        return "it is stateless"
    running = any(each.snapshot_type == "stateless" for each in machine.vm.snapshots or ())
    return "it runs stateless" if running else None


RULES: Final = (
    Rule(
        "vm-illegal-images",
        Machine,
        Severity.CRITICAL,
        "Illegal images",
        lambda it: (
            "an image of its disks or snapshots is illegal" if it.vm.has_illegal_images else None
        ),
        "Delete the snapshots that have illegal images, or repair those images.",
        forklift("illegal_images"),
    ),
    Rule(
        "vm-out-of-hand",
        Machine,
        Severity.CRITICAL,
        "In a state that nothing can be done in",
        lambda it: f"its status is {it.vm.status}" if it.vm.status in _OUT_OF_HAND else None,
        "Wait until what locks it is done, or bring its host back; then it is up or down.",
        IMPORT_RULES,
    ),
    Rule(
        "vm-status",
        Machine,
        Severity.WARNING,
        "Neither up nor down",
        lambda it: (
            f"its status is {it.vm.status}"
            if it.vm.status and it.vm.status not in (*_AT_REST, *_OUT_OF_HAND)
            else None
        ),
        "Resume it, or shut it down: a memory that was saved is not moved.",
        forklift("vm_status"),
    ),
    Rule(
        "vm-hosted-engine",
        Machine,
        Severity.CRITICAL,
        "The engine's own machine",
        lambda it: "the engine runs in it" if it.vm.origin in _HOSTED_ENGINE else None,
        "Leave it: it goes last, with the platform that it manages.",
        ovirt_guide("administration_guide"),
    ),
    Rule(
        "vm-elsewhere",
        Machine,
        Severity.CRITICAL,
        "Not managed by this engine",
        lambda it: f"its origin is {it.vm.origin}" if it.vm.origin in _ELSEWHERE else None,
        "Import it into the engine first, or move it from where it is managed.",
        IMPORT_RULES,
    ),
    Rule(
        "vm-snapshot-preview",
        Machine,
        Severity.CRITICAL,
        "Snapshot in preview",
        _in_preview,
        "Commit the snapshot that is previewed, or undo the preview.",
        SNAPSHOTS,
    ),
    Rule(
        "vm-snapshot-locked",
        Machine,
        Severity.CRITICAL,
        "Locked snapshot",
        _locked,
        "Wait until it is made or deleted; if nothing works on it, have it unlocked.",
        SNAPSHOTS,
    ),
    Rule(
        "vm-snapshot-memory",
        Machine,
        Severity.WARNING,
        "Snapshot with memory",
        _with_memory,
        "Delete the snapshots that were made with the memory.",
        forklift("online_snapshot"),
    ),
    Rule(
        "vm-snapshots",
        Machine,
        Severity.ADVICE,
        "Snapshots",
        _snapshots,
        "Only the present state is moved: delete snapshots, or restore and export what is wanted.",
        ovirt_guide("virtual_machine_management_guide"),
    ),
    Rule(
        "vm-stateless",
        Machine,
        Severity.WARNING,
        "Stateless",
        _stateless,
        "Shut it down and make it stateful: what it changed while it ran is lost as it stops.",
        api_type("VmBase"),
    ),
    Rule(
        "vm-pool",
        Machine,
        Severity.WARNING,
        "In a pool",
        lambda it: "it belongs to a pool" if it.vm.vm_pool else None,
        "Detach it from its pool, or make the pool anew of its template on the other side.",
        ovirt_guide("administration_guide"),
    ),
    Rule(
        "vm-name",
        Machine,
        Severity.WARNING,
        "Name that is no DNS label",
        _name,
        f"Lower-case letters, digits and hyphens, {LONGEST} at most; otherwise it is renamed.",
        forklift("name"),
    ),
    Rule(
        "vm-name-taken",
        Machine,
        Severity.WARNING,
        "Name of several once it is a DNS label",
        _taken,
        "Rename all of them but one, or move them into several namespaces.",
        MTV_SOURCES,
    ),
    Rule(
        "vm-next-run",
        Machine,
        Severity.WARNING,
        "Changes that wait for a restart",
        lambda it: (
            "it runs with other settings than it will start with"
            if it.vm.next_run_configuration_exists
            else None
        ),
        "Restart it, and see that it works with them, before it is moved with them.",
        api_type("Vm"),
    ),
    Rule(
        "vm-run-once",
        Machine,
        Severity.ADVICE,
        "Run once",
        lambda it: "it runs with settings for this time alone" if it.vm.run_once else None,
        "Restart it: what is moved are the settings that it keeps.",
        api_type("Vm"),
    ),
    Rule(
        "vm-start-paused",
        Machine,
        Severity.ADVICE,
        "Starts paused",
        lambda it: "it is started paused" if it.vm.start_paused else None,
        "Set it to start running, or set the start strategy on the other side.",
        IMPORT_RULES,
    ),
    Rule(
        "vm-delete-protected",
        Machine,
        Severity.ADVICE,
        "Protected from deletion",
        lambda it: "it cannot be deleted once it is moved" if it.vm.delete_protected else None,
        "Lift the protection when the moved one has proved itself.",
        api_type("VmBase"),
    ),
)
