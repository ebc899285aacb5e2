"""The pages of the documentation: what they show is what comes back."""

from __future__ import annotations

import doctest
import os
import re
from pathlib import Path

import pytest

import rhev
from rhev.simulator import Engine

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
SECURITY = ROOT / "SECURITY.md"
PAGES = [page for page in sorted(DOCS.rglob("*.md")) if "```pycon" in page.read_text()]
_BLOCK = re.compile(r"^```pycon\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`]+)`")
_TARGET = re.compile(r"^([a-z][a-z ]*):", re.MULTILINE)

# What the original's modules offered: of its connection, its schema and its resources, its errors.
ORIGINAL = (
    *("Connection", "connect", "close", "ping", "api", "get", "getall", "create", "update"),
    *("reload", "delete", "action", "wait_for_status", "wait", "get_actions", "get_methods"),
    *("url", "username", "password", "scheme", "host", "port", "entrypoint", "retries"),
    *("verbosity", "base", "search", "filter", "special", "detail", "data"),
    *("new", "ref", "href", "copy", "subtype", "type_info", "create_from_xml", "get_xml_schema"),
    *("toxml", "add", "BaseResource", "BaseResources", "singleton", "instance"),
    *("Error", "ParseError", "ConnectionError", "RemoteError", "ResponseError", "IllegalMethod"),
    *("IllegalAction", "NotFound", "Fault", "ActionError", "KeyError", "TypeError", "ValueError"),
)


def rows(page: Path) -> list[list[str]]:
    lines = [line for line in page.read_text().splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_code_of_a_page_runs(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # What a page puts into the environment is there for it alone.
    monkeypatch.setattr(os, "environ", os.environ.copy())
    with Engine.demo(speed=1000).serve() as server:
        given = {"url": server.url, "username": server.username, "password": server.password}
        text = page.read_text()
        blocks = {text[: block.start(1)].count("\n"): block[1] for block in _BLOCK.finditer(text)}
        assert blocks
        # The lines of the page, of which only those of the blocks are left.
        lines = [""] * text.count("\n")
        for first, block in blocks.items():
            lines[first : first + block.count("\n")] = block.splitlines()
        test = doctest.DocTestParser().get_doctest(
            "\n".join(lines) + "\n", dict(given), page.name, str(page), 0
        )
        assert len(test.examples) == text.count("\n>>> ")
        report: list[str] = []
        result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=report.append)
        assert result.failed == 0, "".join(report)


def test_every_name_of_the_original_has_its_place() -> None:
    named = {
        word
        for row in rows(DOCS / "moving" / "original.md")
        for code in _CODE.findall(row[0])
        for word in re.findall(r"\w+", code)
    }
    assert set(ORIGINAL) - named == set()


def test_every_row_says_what_became_of_it() -> None:
    said = rows(DOCS / "moving" / "original.md")
    heads = [row for row in said if row[0] in ("The original", "---")]
    answers = [row for row in said if row not in heads]
    assert len(answers) > 40
    assert {row[1] for row in answers} == {"present", "different", "missing"}
    assert [row for row in answers if row[1] != "present" and len(row) < 3] == []


def test_every_promise_of_security_has_its_tests() -> None:
    _, *promises = rows(SECURITY)[1:]
    assert len(promises) > 5
    for promise, tested in promises:
        named = _CODE.findall(tested)
        assert named, promise
        tests = [name for name in named if (ROOT / name).exists() or name.startswith("make ")]
        assert tests == named, promise


def test_what_the_page_on_security_names_exists() -> None:
    named = _CODE.findall(SECURITY.read_text())
    targets = {
        word for line in _TARGET.findall((ROOT / "Makefile").read_text()) for word in line.split()
    }
    asked = {name.removeprefix("make ") for name in named if name.startswith("make ")}
    assert asked
    assert asked <= targets
    # What is tested may be installed elsewhere.
    homes = (ROOT, Path(rhev.__file__).parents[1])
    paths = [name for name in named if "/" in name]
    assert [path for path in paths if not any((home / path).exists() for home in homes)] == []
    assert "SECURITY.md" in (ROOT / "README.md").read_text()
