"""The report of an estate: as text, as JSON, as a page, and by the command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from lxml import html

from rhev.cli.app import app
from rhev.inventory import Entry, Inventory, gather
from rhev.readiness import RULES, Report, Verdict, assess
from rhev.readiness.writing import document, page, text
from rhev.simulator import Engine

if TYPE_CHECKING:
    from click.testing import Result

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "moving-off.md"
EVIL = "<script>alert('x')</script>\x1b[31m"


@pytest.fixture(scope="module")
def demo() -> Report:
    with Engine.demo(speed=1000).connect() as connection:
        return assess(Inventory(gather(connection)))


@pytest.fixture
def evil() -> Report:
    vm = {"id": "1", "name": EVIL, "has_illegal_images": "true"}
    return assess(Inventory([Entry("vm", vm, "")]))


def test_the_demonstration_has_nothing_that_blocks(demo: Report) -> None:
    assert demo.verdicts[Verdict.BLOCKED] == 0
    assert demo.gaps == ()


def test_the_document_is_json_and_counts_what_it_holds(demo: Report) -> None:
    written = json.loads(json.dumps(document(demo)))
    assert written["summary"]["vms"]["total"] == len(written["vms"]) == 12
    count = sum(len(vm["findings"]) for vm in written["vms"]) + len(written["estate"])
    assert sum(written["summary"]["findings"].values()) == count
    assert sum(rule["findings"] for rule in written["rules"]) == count


def test_a_page_has_no_markup_of_the_estate_and_fetches_nothing(evil: Report) -> None:
    tree = html.document_fromstring(page(evil))
    assert len(tree.findall(".//script")) == 1
    assert "alert('x')" in tree.find(".//td").text_content()
    assert tree.xpath("//@src | //link/@href") == []


def test_a_terminal_is_not_commanded_by_a_name(evil: Report) -> None:
    assert "\x1b" not in text(evil)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["readiness", *arguments], prog_name="rhev")


@pytest.fixture
def blocked(tmp_path: Path) -> str:
    path = tmp_path / "estate.jsonl"
    vm = {"id": "1", "name": "web-01", "has_illegal_images": "true"}
    path.write_bytes(Entry("vm", vm, "").line())
    return str(path)


@pytest.mark.parametrize(
    ("arguments", "code"), [((), 9), (("--fail-on", "never"), 0), (("--vm", "nope"), 3)]
)
def test_the_exit_code_says_what_was_found(
    blocked: str, arguments: tuple[str, ...], code: int
) -> None:
    assert run(blocked, *arguments).exit_code == code


def test_one_machine_is_shown_with_what_would_be_right(blocked: str) -> None:
    shown = run(blocked, "--vm", "web-01").stdout
    assert shown.startswith("web-01: blocked\n")
    assert "Delete the snapshots" in shown


def test_the_guide_has_each_rule() -> None:
    rows = [line for line in GUIDE.read_text().splitlines() if line.startswith("| `")]
    assert rows == [
        f"| `{it.id}` | {it.severity} | {it.title} | [{it.source.name}]({it.source.url}) |"
        for it in RULES
    ]
