"""A report as text for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.readiness.report import Verdict
from rhev.readiness.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rhev.readiness.report import Assessed, Finding, Report


def text(report: Report, machines: Sequence[Assessed] | None = None) -> str:
    """The report as lines: a summary, the rules, the estate and the machines.

    With ``machines``, those alone, with what would be right for each finding.
    """
    lines = _whole(report) if machines is None else _some(machines)
    return "".join(f"{_printable(line)}\n" for line in lines)


def _whole(report: Report) -> Iterator[str]:
    verdicts = ", ".join(f"{report.verdicts[each]} {each}" for each in Verdict)
    severities = ", ".join(f"{report.severities[each]} {each}" for each in Severity)
    yield f"{len(report.machines)} VMs: {verdicts}"
    yield f"Findings: {severities}"
    if report.engine:
        yield f"Engine {report.engine}, asked {report.asked or 'at a time that is not known'}"
    if report.broken:
        wide = max(len(it.rule.id) for it in report.broken)
        yield from ("", f"{'SEVERITY':8}  {'RULE':{wide}}  FOUND   VMS  TITLE")
        for it in report.broken:
            counts = f"{it.findings:5}  {it.machines:4}"
            yield f"{it.rule.severity:8}  {it.rule.id:{wide}}  {counts}  {it.rule.title}"
    if report.estate:
        yield from ("", "The estate")
        yield from _findings(report.estate, "")
    for verdict in (Verdict.BLOCKED, Verdict.CHANGES):
        for machine in report.machines:
            if machine.verdict is verdict:
                yield from ("", f"{machine.name}: {verdict}")
                grave = (each for each in machine.findings if each.severity != Severity.ADVICE)
                yield from _findings(grave, machine.name)
    if report.gaps:
        yield from ("", "Not judged")
        yield from (f"  {gap}" for gap in report.gaps)


def _some(machines: Sequence[Assessed]) -> Iterator[str]:
    for number, machine in enumerate(machines):
        if number:
            yield ""
        yield f"{machine.name}: {machine.verdict}"
        for finding in machine.findings:
            yield from _findings([finding], machine.name)
            yield f"            {finding.rule.right}"
            yield f"            {finding.rule.source.name}: {finding.rule.source.url}"


def _findings(findings: Iterable[Finding], owner: str) -> Iterator[str]:
    for each in findings:
        part = "" if each.name == owner and each.kind == "VM" else f"{each.kind} {each.name}: "
        yield f"  {each.severity:8}  {part}{each.rule.title}: {each.wrong} [{each.rule.id}]"


def _printable(line: str) -> str:
    """The line without what would command a terminal, which a description may hold."""
    return "".join(each if each.isprintable() else "?" for each in line)
