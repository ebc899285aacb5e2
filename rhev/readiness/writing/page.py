"""A report as one page for a browser: nothing of it is fetched from anywhere."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from rhev.readiness.report import Verdict
from rhev.readiness.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rhev.readiness.report import Assessed, Finding, Report

_LONGEST_CHART = 15


def page(report: Report) -> str:
    """The report as an HTML document. All that comes from the estate is escaped."""
    asked = f"Engine {report.engine or 'of unknown version'}, asked {report.asked or 'once'}"
    verdicts = [(each.value, report.verdicts[each], each.value) for each in Verdict]
    rules = [
        (it.rule.title, max(it.machines, it.findings), it.rule.severity.value)
        for it in report.broken[:_LONGEST_CHART]
    ]
    body = "\n".join(
        [
            "<h1>Readiness for moving off the platform</h1>",
            f"<p>{escape(asked)}. {len(report.machines)} virtual machines.</p>",
            f"<section><h2>Machines</h2>{_bars('Machines by verdict', verdicts)}</section>",
            f"<section><h2>Findings by rule</h2>{_bars('Findings by rule', rules)}</section>",
            _listed("The estate", [_finding(each) for each in report.estate]),
            _listed("Not judged", [escape(gap) for gap in report.gaps]),
            _machines(report.machines),
            _rules(report),
        ]
    )
    style, script = (_asset(name) for name in ("page.css", "page.js"))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Readiness report</title>\n<style>\n{style}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n<script>\n{script}</script>\n</body>\n</html>\n"
    )


def _asset(name: str) -> str:
    return files(__name__.rpartition(".")[0]).joinpath(name).read_text(encoding="utf-8")


def _bars(label: str, rows: Sequence[tuple[str, int, str]]) -> str:
    """A bar chart: a row is a title, a count and the class that gives the colour."""
    if not rows:
        return "<p>Nothing was found.</p>"
    most = max(count for _, count, _ in rows) or 1
    bars = "".join(
        f'<text x="0" y="{28 * at + 18}">{escape(title)}</text>'
        f'<rect class="{kind}" x="330" y="{28 * at + 4}" height="20" rx="3"'
        f' width="{260 * count / most:.1f}"/>'
        f'<text x="{336 + 260 * count / most:.1f}" y="{28 * at + 18}">{count}</text>'
        for at, (title, count, kind) in enumerate(rows)
    )
    size = f'viewBox="0 0 660 {28 * len(rows)}"'
    return f'<svg role="img" aria-label="{escape(label)}" {size}>{bars}</svg>'


def _listed(title: str, items: Sequence[str]) -> str:
    if not items:
        return ""
    return (
        f"<section><h2>{title}</h2><ul>{''.join(f'<li>{it}</li>' for it in items)}</ul></section>"
    )


def _finding(finding: Finding) -> str:
    where = f"{escape(finding.kind)} {escape(finding.name)}"
    return (
        f'<span class="badge {finding.severity.value}">{finding.severity.value}</span> {where}: '
        f'<a href="#{finding.rule.id}">{escape(finding.rule.title)}</a>: {escape(finding.wrong)}'
    )


def _machines(machines: Iterable[Assessed]) -> str:
    rows = "".join(
        f'<tr data-verdict="{vm.verdict.value}"><td>{escape(vm.name)}</td>'
        f"<td>{escape(vm.cluster)}</td><td>{escape(vm.status)}</td>"
        f'<td><span class="badge {vm.verdict.value}">{vm.verdict.value}</span></td>'
        + "".join(f'<td class="number">{vm.count(each)}</td>' for each in Severity)
        + f"<td>{_details(vm.findings)}</td></tr>"
        for vm in machines
    )
    options = "".join(f"<option>{each.value}</option>" for each in Verdict)
    heads = ("Name", "Cluster", "Status", "Verdict", *(each.value.title() for each in Severity))
    head = "".join(f'<th><button type="button">{each}</button></th>' for each in heads)
    return (
        '<section><h2>Every machine</h2><p class="filters"><label>Search <input id="search"'
        ' type="search"></label> <label>Verdict <select id="verdict"><option value="">all</option>'
        f'{options}</select></label></p><div class="wide"><table id="machines"><thead><tr>{head}'
        f"<th>Findings</th></tr></thead><tbody>{rows}</tbody></table></div></section>"
    )


def _details(findings: Sequence[Finding]) -> str:
    if not findings:
        return "none"
    items = "".join(f"<li>{_finding(each)}</li>" for each in findings)
    return f"<details><summary>{len(findings)}</summary><ul>{items}</ul></details>"


def _rules(report: Report) -> str:
    rows = "".join(
        f'<dt id="{it.rule.id}"><span class="badge {it.rule.severity.value}">'
        f"{it.rule.severity.value}</span> {escape(it.rule.title)} <code>{it.rule.id}</code></dt>"
        f'<dd>{escape(it.rule.right)} <a href="{escape(it.rule.source.url)}">'
        f"{escape(it.rule.source.name)}</a></dd>"
        for it in report.broken
    )
    return f"<section><h2>What would be right</h2><dl>{rows}</dl></section>"
