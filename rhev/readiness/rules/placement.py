"""Where a virtual machine runs, and what is done when that place fails."""

from __future__ import annotations

from typing import Final

from rhev.models.policies import AffinityGroup
from rhev.readiness.estate import Machine
from rhev.readiness.rule import Rule, Severity
from rhev.readiness.sources import (
    IMPORT_RULES,
    api_type,
    forklift,
    kubevirt,
    ovirt_guide,
)


def _affinity(machine: Machine) -> str | None:
    return machine.vm.placement_policy.affinity if machine.vm.placement_policy else None


def _pinned(machine: Machine) -> str | None:
    policy = machine.vm.placement_policy
    if policy is None or not (policy.hosts or policy.affinity == "pinned"):
        return None
    many = len(policy.hosts or ())
    where = f"{many} host{'s' if many > 1 else ''}" if many else "its host"
    return f"it is pinned to {where}"


def _behaviour(machine: Machine) -> str | None:
    behaviour = machine.vm.storage_error_resume_behaviour
    return f"it is {behaviour}" if behaviour and behaviour != "auto_resume" else None


def _migration(machine: Machine) -> str | None:
    options = machine.vm.migration
    found = [
        name
        for name, value, usual in (
            ("auto-converge", options.auto_converge if options else None, "inherit"),
            ("compression", options.compressed if options else None, "inherit"),
            ("encryption", options.encrypted if options else None, "inherit"),
            ("tunnelling", machine.vm.tunnel_migration, False),
        )
        if value is not None and value != usual
    ]
    return f"{', '.join(found)} of its own" if found else None


def _group(group: AffinityGroup) -> str | None:
    count = len(group.vms or ())
    return f"{count} VM{'s' if count > 1 else ''} in it" if count else None


RULES: Final = (
    Rule(
        "vm-migratable",
        Machine,
        Severity.ADVICE,
        "Can be migrated while it runs",
        lambda it: "it migrates by itself" if _affinity(it) == "migratable" else None,
        "A storage class with the access mode ReadWriteMany, if it is to migrate there too.",
        forklift("placement_policy"),
    ),
    Rule(
        "vm-pinned",
        Machine,
        Severity.WARNING,
        "Pinned to hosts",
        _pinned,
        "Label nodes of the other side, and select them, if what it needs is there alone.",
        kubevirt("compute/node_assignment"),
    ),
    Rule(
        "vm-high-availability",
        Machine,
        Severity.WARNING,
        "Highly available",
        lambda it: (
            f"priority {it.vm.high_availability.priority}"
            if it.vm.high_availability and it.vm.high_availability.enabled
            else None
        ),
        "Choose a run strategy that starts it again, and fencing of nodes that are lost.",
        forklift("ha"),
    ),
    Rule(
        "vm-lease",
        Machine,
        Severity.WARNING,
        "Lease on a storage domain",
        lambda it: "it holds a lease, so that it never runs twice" if it.vm.lease else None,
        "Remove the lease; plan fencing of nodes instead.",
        api_type("StorageDomainLease"),
    ),
    Rule(
        "vm-storage-error",
        Machine,
        Severity.ADVICE,
        "What is done after a storage error",
        _behaviour,
        "Set it to auto_resume: the other side knows nothing else.",
        forklift("storage_error_resume_behaviour"),
    ),
    Rule(
        "vm-migration-options",
        Machine,
        Severity.ADVICE,
        "Migration of its own kind",
        _migration,
        "Set a migration policy on the other side, if the defaults do not do.",
        IMPORT_RULES,
    ),
    Rule(
        "affinity-group",
        AffinityGroup,
        Severity.ADVICE,
        "Affinity group",
        _group,
        "Write it as affinity or anti-affinity of the VMs on the other side.",
        ovirt_guide("virtual_machine_management_guide"),
    ),
)
