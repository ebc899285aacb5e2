"""Problems as reports: lines for people, JSON, SARIF for code hosts, JUnit for CI servers."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rhev.specs.problem import Problem

    Paint = Callable[[str, str], str]

SARIF_SCHEMA: str = "https://json.schemastore.org/sarif-2.1.0.json"


def text(problems: Iterable[Problem], paint: Paint | None = None) -> str:
    """A report for people: each problem with the line that has it, and a mark below the place.

    ``paint`` is given a text and what it is, ``error``, ``warning``, ``place`` or ``rule``, and
    returns it in a colour.
    """
    return "".join(f"{line}\n" for each in problems for line in _lines(each, paint or _unpainted))


def _unpainted(text: str, _: str) -> str:
    return text


def _lines(problem: Problem, paint: Paint) -> Iterator[str]:
    place = paint(f"{problem.file}:{problem.line}:{problem.column}:", "place")
    severity = paint(f"{problem.severity}:", problem.severity)
    rule = paint(f"[{problem.rule}]", "rule")
    yield f"{place} {severity} {_printable(problem.text)} {rule}"
    if problem.excerpt:
        number = str(problem.line)
        before = problem.excerpt[: problem.column - 1]
        meant = problem.excerpt[problem.column - 1 :][: problem.length]
        mark = "^" + "~" * (_width(meant) - 1)
        yield f"  {number} | {problem.excerpt}"
        yield f"  {' ' * len(number)} | {' ' * _width(before)}{paint(mark, problem.severity)}"


def _width(text: str) -> int:
    """How many columns of a terminal a text takes."""
    wide = sum(unicodedata.east_asian_width(each) in "WF" for each in text)
    return len(text) + wide - sum(unicodedata.combining(each) > 0 for each in text)


def _printable(text: str) -> str:
    """A text without what a terminal would obey."""
    return "".join(each if each.isprintable() else "�" for each in text)


def summary(problems: Sequence[Problem], files: int) -> str:
    """How many problems there are in how many files."""
    found = Counter(each.severity for each in problems)
    counts = [_counted(found[each], each) for each in ("error", "warning") if found[each]]
    return f"{', '.join(counts) or 'no problems'} in {_counted(files, 'file')}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def as_json(problems: Iterable[Problem]) -> str:
    """A report as JSON: a list of objects, with the attributes of ``Problem`` that say anything."""
    return json.dumps([_record(each) for each in problems], indent=2, ensure_ascii=False)


def _record(problem: Problem) -> dict[str, object]:
    record: dict[str, object] = {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "length": problem.length,
        "severity": problem.severity,
        "path": problem.path,
        "message": problem.message,
        "suggestion": problem.suggestion,
        "rule": problem.rule,
        "source": problem.source,
    }
    return {name: value for name, value in record.items() if value != ""}


def as_sarif(problems: Sequence[Problem], version: str = "") -> str:
    """A report in SARIF 2.1.0, as code hosts show it beside the lines. ``version`` is rhev's."""
    rules = list(dict.fromkeys(each.rule for each in problems))
    driver: dict[str, Any] = {"name": "rhev", "rules": [{"id": rule} for rule in rules]}
    if version:
        driver["version"] = version
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, rules.index(each.rule)) for each in problems],
    }
    document = {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, indent=2, ensure_ascii=False)


def _result(problem: Problem, index: int) -> dict[str, Any]:
    region = {
        "startLine": problem.line,
        "startColumn": problem.column,
        "endColumn": problem.column + problem.length,
    }
    location: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": {"uri": _uri(problem.file)}, "region": region}
    }
    if problem.path:
        location["logicalLocations"] = [{"fullyQualifiedName": problem.path, "kind": "member"}]
    return {
        "ruleId": problem.rule,
        "ruleIndex": index,
        "level": problem.severity,
        "message": {"text": problem.text},
        "locations": [location],
    }


def _uri(file: str) -> str:
    from pathlib import Path
    from urllib.parse import quote

    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def as_junit(problems: Sequence[Problem], files: Sequence[str]) -> str:
    """A report in JUnit's XML: a test case for each file, which fails where there is an error."""
    found = {name: [each for each in problems if each.file == name] for name in files}
    failed = sum(_has_error(each) for each in found.values())
    suite = ElementTree.Element(
        "testsuite", name="rhev validate", tests=str(len(found)), failures=str(failed), errors="0"
    )
    for name, these in found.items():
        case = ElementTree.SubElement(suite, "testcase", classname="rhev.specs", name=name)
        said = _without_controls(text(these))
        if _has_error(these):
            message = _without_controls(summary(these, 1))
            failure = ElementTree.SubElement(case, "failure", message=message, type="InvalidSpecs")
            failure.text = said
        elif these:
            ElementTree.SubElement(case, "system-out").text = said
    suites = ElementTree.Element("testsuites")
    suites.append(suite)
    ElementTree.indent(suites)
    return ElementTree.tostring(suites, encoding="unicode", xml_declaration=False)


def _has_error(problems: Iterable[Problem]) -> bool:
    return any(each.severity == "error" for each in problems)


def _without_controls(text: str) -> str:
    """A text of characters that XML has."""
    return "".join(each if each.isprintable() or each == "\n" else "�" for each in text)
