"""What an assessment gives: what was found, of each machine and of the estate around them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rhev.readiness.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable


class Verdict(StrEnum):
    """What is to be done about a machine before it can be moved."""

    BLOCKED = "blocked"
    """Something critical stands against it."""
    CHANGES = "changes"
    """It works with changes."""
    READY = "ready"
    """Nothing stands against it; there may be advice."""


@dataclass(frozen=True, slots=True)
class Finding:
    """That a rule found something wrong: in which part, named by its kind, and what."""

    rule: Rule[Any]
    kind: str
    name: str
    id: str | None
    wrong: str

    @property
    def severity(self) -> Severity:
        return self.rule.severity


@dataclass(frozen=True, slots=True)
class Assessed:
    """A machine, and what was found in it and in its disks and NICs, the gravest first.

    ``disk_size`` is the sum of what its disks are provisioned with, in bytes; what is not known of
    them counts as nothing.
    """

    id: str | None
    name: str
    cluster: str
    status: str
    memory: int
    disk_size: int
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        if not self.findings or self.findings[0].severity is Severity.ADVICE:
            return Verdict.READY
        if self.findings[0].severity is Severity.CRITICAL:
            return Verdict.BLOCKED
        return Verdict.CHANGES

    def count(self, severity: Severity) -> int:
        """How many findings there are of a severity."""
        return sum(finding.severity is severity for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that found something: where, how often, and in how many machines."""

    rule: Rule[Any]
    findings: int
    machines: int


@dataclass(frozen=True)
class Report:
    """What stands against moving an estate off the platform.

    ``engine`` is the version of the engine and ``asked`` when it was asked (ISO 8601, UTC); both
    are empty where the inventory does not say it. ``gaps`` are sentences that say what could not be
    judged. ``rules`` are those that were applied.
    """

    engine: str
    asked: str
    machines: tuple[Assessed, ...]
    estate: tuple[Finding, ...]
    gaps: tuple[str, ...]
    rules: tuple[Rule[Any], ...]

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All that was found, of the estate first."""
        return (*self.estate, *(each for vm in self.machines for each in vm.findings))

    @cached_property
    def severities(self) -> Counter[Severity]:
        """How many findings there are of each severity."""
        return Counter(finding.severity for finding in self.findings)

    @cached_property
    def verdicts(self) -> Counter[Verdict]:
        """How many machines have each verdict."""
        return Counter(machine.verdict for machine in self.machines)

    @cached_property
    def broken(self) -> tuple[Broken, ...]:
        """The rules that found something, the gravest first and then those of most machines."""
        found = Counter(finding.rule.id for finding in self.findings)
        machines = Counter(
            rule for vm in self.machines for rule in {each.rule.id for each in vm.findings}
        )
        broken = [
            Broken(rule, found[rule.id], machines[rule.id]) for rule in self.rules if found[rule.id]
        ]
        return tuple(
            sorted(broken, key=lambda it: (it.rule.severity.rank, -it.machines, -it.findings))
        )

    @property
    def worst(self) -> Severity | None:
        """The gravest severity of all that was found, or None where nothing was."""
        return min((each.severity for each in self.findings), key=lambda it: it.rank, default=None)

    def find(self, names: Iterable[str]) -> tuple[Assessed, ...]:
        """The machines that have one of these names or ids, in the order of the names.

        Raises LookupError for a name that none has.
        """
        found: list[Assessed] = []
        for name in names:
            same = [each for each in self.machines if name in (each.name, each.id)]
            if not same:
                raise LookupError(f"the inventory has no VM {name!r}")
            found += same
        return tuple(found)
