"""Specs as files: good ones have nothing wrong with them, and bad ones give just their report."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml

from rhev import specs

from .files import BAD, GOOD, READABLE, report, source

if TYPE_CHECKING:
    from pathlib import Path

    from rhev.specs import Problem


def named(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("path", GOOD, ids=named)
def test_a_good_spec_has_nothing_wrong_with_it(path: Path) -> None:
    assert report(path) == ""
    assert specs.load(source(path)) != ()


@pytest.mark.parametrize("path", BAD, ids=named)
def test_a_bad_spec_gives_its_report(path: Path) -> None:
    assert report(path) == path.with_suffix(".txt").read_text(encoding="utf-8")


def test_they_are_read_alike_without_the_parser_in_c(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    for path in (*GOOD, *BAD):
        given = path.with_suffix(".txt")
        assert report(path) == (given.read_text(encoding="utf-8") if path in BAD else "")


@pytest.mark.parametrize("path", BAD, ids=named)
def test_a_mark_is_below_what_the_path_ends_in(path: Path) -> None:
    """The place is told from the text, not by the reader."""
    lines = source(path).text.splitlines()
    for problem in specs.validate(source(path)):
        if problem.rule in ("unknown-attribute", "duplicate"):
            rest = lines[problem.line - 1][problem.column - 1 :].lstrip("\"'")
            assert rest.startswith(problem.path.rpartition(".")[2])


def test_there_are_enough_of_them() -> None:
    assert len(GOOD) >= 20
    assert len(BAD) >= 50
    assert {path.suffix for path in BAD} == {".yaml", ".json"}


# What a schema cannot say: how a text is written, what stands in two places, and what holds only in
# the company of something else.
UNSAID = {"syntax", "duplicate", "ambiguous", "order", "not-above", "not-below", "required"}


def is_said(problem: Problem) -> bool:
    """Whether a schema can tell of a problem."""
    if problem.rule == "ambiguous":  # an older reader makes another value of it, or none
        return "is a text to YAML 1.1" in problem.message
    if problem.severity == "warning" or problem.rule in UNSAID:
        return False
    if problem.rule == "mandatory":  # what a template brings need not be given
        return not set("[.") & set(problem.path)
    # Formats are for people, to a schema; whether a size is a whole number takes arithmetic.
    return problem.rule != "format" or problem.path.endswith("mac.address")


@cache
def validator() -> Any:
    return jsonschema.Draft202012Validator(specs.schema())


def documents(path: Path) -> list[Any]:
    """What an editor sees."""
    text = source(path).text
    if path.suffix == ".json":
        return [json.loads(text)]
    return [each for each in yaml.safe_load_all(text) if each is not None]


@pytest.mark.parametrize("path", GOOD, ids=named)
def test_the_schema_accepts_what_is_good(path: Path) -> None:
    for document in documents(path):
        assert [error.message for error in validator().iter_errors(document)] == []


@pytest.mark.parametrize("path", READABLE, ids=named)
def test_the_schema_rejects_what_is_bad_as_far_as_it_can_tell(path: Path) -> None:
    problems = specs.validate(source(path))
    accepted = all(validator().is_valid(document) for document in documents(path))
    assert accepted == (not any(is_said(each) for each in problems))


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(specs.schema("tag"))
    whole = specs.schema()
    text = json.dumps(whole)
    referred = set(re.findall(r'"\$ref": "#/\$defs/([^"]+)"', text))
    assert referred == set(whole["$defs"])


@pytest.mark.parametrize("kind", ["vm", "network"])
def test_the_schema_of_a_kind_is_that_of_all_for_its_documents(kind: str) -> None:
    one = jsonschema.Draft202012Validator(specs.schema(kind))
    for path in (*GOOD, *READABLE):
        for document in documents(path):
            if isinstance(document, dict) and document.get("kind") == kind:
                assert one.is_valid(document) == validator().is_valid(document)
