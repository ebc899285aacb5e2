"""Holding an inventory against the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rhev.mapping.resources import BaseResource
from rhev.models.virtual_machines import VM
from rhev.readiness.estate import AttachedDisk, AttachedNic, Domain, EngineItself, Estate, Machine
from rhev.readiness.report import Assessed, Finding, Report
from rhev.readiness.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rhev.inventory import Inventory
    from rhev.readiness.estate import Part, Version
    from rhev.readiness.rule import Rule

# What a type is called where people read it.
_WORDS = {
    "AffinityGroup": "affinity group",
    "DataCenter": "data center",
    "VmPool": "pool",
    "VnicProfile": "vNIC profile",
}


def assess(inventory: Inventory, rules: Sequence[Rule[Any]] = RULES) -> Report:
    """What stands against moving each machine of an inventory, by the rules; no engine is asked."""
    estate = Estate(inventory)
    of: dict[type, list[Rule[Any]]] = {}
    for rule in rules:
        of.setdefault(rule.of, []).append(rule)
    machines = tuple(_assessed(machine, of) for machine in estate.machines())
    around: list[Finding] = []
    for type in of:
        around += _around(estate, type, of[type])
    return Report(
        engine=_shown(estate.version),
        asked=inventory.asked,
        machines=machines,
        estate=tuple(sorted(around, key=_rank)),
        gaps=tuple(_gaps(estate)),
        rules=tuple(rules),
    )


def _assessed(machine: Machine, of: dict[type, list[Rule[Any]]]) -> Assessed:
    vm = machine.vm
    found = [*_found(of.get(Machine, ()), machine)]
    for disk in machine.disks:
        found += _found(of.get(AttachedDisk, ()), disk)
    for nic in machine.nics:
        found += _found(of.get(AttachedNic, ()), nic)
    return Assessed(
        id=machine.id,
        name=machine.name,
        cluster=(machine.cluster.name if machine.cluster else None) or "",
        status=vm.status or "",
        memory=vm.memory or 0,
        disk_size=sum((it.disk.provisioned_size or 0) for it in machine.disks if it.disk),
        findings=tuple(sorted(found, key=_rank)),
    )


def _found(rules: Iterable[Rule[Any]], part: Part) -> list[Finding]:
    return [
        Finding(rule, part.kind, part.name, part.id, wrong)
        for rule in rules
        if (wrong := rule.wrong(part)) is not None
    ]


def _around(estate: Estate, type: type, rules: list[Rule[Any]]) -> list[Finding]:
    """What is found in the parts of an estate that belong to no machine."""
    if type is EngineItself:
        return _found(rules, EngineItself(estate.version, "engine"))
    if type is Domain:
        return [each for domain in estate.domains() for each in _found(rules, domain)]
    if not issubclass(type, BaseResource):
        return []
    kind = _WORDS.get(type.__api_name__, type.__api_name__.lower())
    return [
        Finding(rule, kind, name or id or "", id, wrong)
        for resource in estate.inventory.of(type)
        for name, id in ((getattr(resource, "name", None), getattr(resource, "id", None)),)
        for rule in rules
        if (wrong := rule.wrong(resource)) is not None
    ]


def _gaps(estate: Estate) -> Iterable[str]:
    """What could not be judged, and why: what was not gathered is not known to be right."""
    inventory = estate.inventory
    if not inventory.of(VM):
        yield "the inventory has no VMs"
    if estate.version is None:
        yield "the inventory does not say the engine's version: rules that hang on it were left out"
    for type, count in sorted(estate.unresolved.items()):
        word = _WORDS.get(type, type.lower())
        yield f"{count} references are to a {word} that the inventory does not have"
    for rel, word in _FOLLOWED.items():
        lacking = sum(getattr(vm, rel) is None for vm in inventory.of(VM))
        if lacking:
            yield f"{lacking} VMs came without their {word}: rules on those were left out"
    for problem in inventory.problems:
        yield f"{problem.part}: {problem.path} could not be read: {problem.message}"


# What an inventory brings along with each machine, and rules look at.
_FOLLOWED = {
    "disk_attachments": "disk attachments",
    "nics": "NICs",
    "snapshots": "snapshots",
    "host_devices": "host devices",
    "watchdogs": "watchdogs",
    "cdroms": "CD drives",
}


def _rank(finding: Finding) -> int:
    return finding.severity.rank


def _shown(version: Version | None) -> str:
    return ".".join(map(str, version)) if version else ""
