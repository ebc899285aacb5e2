"""A report as JSON. Its shape is stable: members are added, none changes or goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rhev.readiness.report import Verdict
from rhev.readiness.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rhev.readiness.report import Assessed, Finding, Report

VERSION: Final = 1


def document(report: Report, machines: Sequence[Assessed] | None = None) -> dict[str, Any]:
    """The report, or that of some of its machines, as what JSON can say. Sizes are in bytes."""
    return {
        "format": "rhev-readiness",
        "version": VERSION,
        "engine": report.engine,
        "asked": report.asked,
        "summary": {
            "vms": {"total": len(report.machines)} | {v.value: report.verdicts[v] for v in Verdict},
            "findings": {each.value: report.severities[each] for each in Severity},
        },
        "rules": [
            {
                "id": it.rule.id,
                "severity": it.rule.severity.value,
                "title": it.rule.title,
                "right": it.rule.right,
                "source": {"name": it.rule.source.name, "url": it.rule.source.url},
                "findings": it.findings,
                "vms": it.machines,
            }
            for it in report.broken
        ],
        "vms": [_machine(each) for each in (report.machines if machines is None else machines)],
        "estate": [_finding(each) for each in report.estate],
        "gaps": list(report.gaps),
    }


def _machine(machine: Assessed) -> dict[str, Any]:
    return {
        "id": machine.id,
        "name": machine.name,
        "cluster": machine.cluster,
        "status": machine.status,
        "memory": machine.memory,
        "disk_size": machine.disk_size,
        "verdict": machine.verdict.value,
        "findings": [_finding(each) for each in machine.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule.id,
        "severity": finding.severity.value,
        "part": {"kind": finding.kind, "name": finding.name, "id": finding.id},
        "wrong": finding.wrong,
    }
