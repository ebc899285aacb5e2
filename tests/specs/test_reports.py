"""Reports of problems: for people, for programs, for code hosts and CI servers."""

from __future__ import annotations

import json
from xml.etree import ElementTree

from rhev.specs import Source, reports, validate

PROBLEMS = validate(
    Source(
        "kind: vm\nname: web-01\ncluster: Default\ntemplate: Blank\nmemry: 1\nstatus: up\n",
        "a b.yaml",
    )
)
LINES = """\
a b.yaml:5:1: error: memry: unknown attribute of VM, did you mean memory? [unknown-attribute]
  5 | memry: 1
    | ^~~~~
a b.yaml:6:1: warning: status: is what the engine decides: leave it out [read-only]
  6 | status: up
    | ^~~~~~
"""


def test_for_people() -> None:
    assert reports.text(PROBLEMS) == LINES
    assert reports.summary(PROBLEMS, 1) == "1 error, 1 warning in 1 file"
    assert reports.summary((), 3) == "no problems in 3 files"


def test_what_each_part_is_tells_its_colour() -> None:
    painted = reports.text(PROBLEMS[:1], lambda text, what: f"<{what}>{text}</>")
    assert painted.splitlines()[0] == (
        "<place>a b.yaml:5:1:</> <error>error:</> memry: unknown attribute of VM, did you mean"
        " memory? <rule>[unknown-attribute]</>"
    )
    assert painted.splitlines()[2] == "    | <error>^~~~~</>"


def test_a_mark_is_below_its_place_where_characters_are_wide() -> None:
    (problem,) = validate(Source("{kind: tag, description: 日本, name: a b}"))
    *_, line, mark = reports.text([problem]).splitlines()
    assert line.index("a b") + 2 == mark.index("^")


def test_nothing_is_written_that_a_terminal_would_obey() -> None:
    problems = validate(Source('{"kind": "tag", "name": "a", "\\u001b[31mx": 1}', "a.json"))
    assert "\x1b" not in reports.text(problems)
    problems = validate(Source("kind: tag\nname: \x1b[31m\n"))
    assert "\x1b" not in reports.text(problems)


def test_as_json() -> None:
    assert json.loads(reports.as_json(PROBLEMS))[0] == {
        "file": "a b.yaml",
        "line": 5,
        "column": 1,
        "length": 5,
        "severity": "error",
        "path": "memry",
        "message": "unknown attribute of VM",
        "suggestion": "did you mean memory?",
        "rule": "unknown-attribute",
    }


def test_as_sarif() -> None:
    document = json.loads(reports.as_sarif(PROBLEMS, "1.2"))
    (run,) = document["runs"]
    assert document["version"] == "2.1.0"
    assert run["tool"]["driver"] == {
        "name": "rhev",
        "version": "1.2",
        "rules": [{"id": "unknown-attribute"}, {"id": "read-only"}],
    }
    assert [(each["level"], each["ruleIndex"]) for each in run["results"]] == [
        ("error", 0),
        ("warning", 1),
    ]
    (location,) = run["results"][0]["locations"]
    assert location == {
        "physicalLocation": {
            "artifactLocation": {"uri": "a%20b.yaml"},
            "region": {"startLine": 5, "startColumn": 1, "endColumn": 6},
        },
        "logicalLocations": [{"fullyQualifiedName": "memry", "kind": "member"}],
    }


def test_as_junit() -> None:
    root = ElementTree.fromstring(reports.as_junit(PROBLEMS, ["a b.yaml", "good.yaml"]))  # noqa: S314
    (suite,) = root
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    bad, good = suite
    assert (bad.get("name"), good.get("name"), list(good)) == ("a b.yaml", "good.yaml", [])
    assert bad[0].get("message") == "1 error, 1 warning in 1 file"
    assert bad[0].text == LINES
