"""The whole estate by the command: its files, what it says of them, and how it ends."""

from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from rhev import schema
from rhev.cli.session import Session
from rhev.inventory import Inventory

if TYPE_CHECKING:
    from rhev.simulator import Engine
    from tests.cli.conftest import Command


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_without_a_file_lines_go_to_the_output(rhev: Command, engine: Engine) -> None:
    engine.requests.clear()
    result = rhev("inventory", "--only", "vms,clusters")
    assert result.exit_code == 0
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["type"] for line in lines] == ["api", *["cluster"] * 2, *["vm"] * 12]
    assert result.stderr.startswith("15 resources in ")
    assert {method for method, url in engine.requests if "/sso/" not in url} == {"GET"}


def test_the_ending_says_the_format_and_readiness_takes_either(rhev: Command) -> None:
    for name in ("estate.jsonl", "estate.sqlite"):
        result = rhev("inventory", "-f", name, "--quiet")
        assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    lines, database = (Inventory.read(name) for name in ("estate.jsonl", "estate.sqlite"))
    assert lines.of(schema.VM) == database.of(schema.VM)
    reports = [
        json.loads(rhev("readiness", name, "-o", "json").stdout)
        for name in ("estate.jsonl", "estate.sqlite")
    ]
    for report in reports:
        del report["asked"]
    assert reports[0] == reports[1]
    assert reports[0]["summary"]["vms"]["total"] == 12


def test_the_format_may_be_said(rhev: Command) -> None:
    assert rhev("inventory", "-f", "estate", "--format", "csv", "--only", "tags").exit_code == 0
    written = sorted(path.name for path in Path("estate").iterdir())
    assert written == ["api.csv", "problem.csv", "tag.csv"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("-f", "estate"), "says no format, as .jsonl"),
        (("-f", "nowhere/estate.csv"), "there is no folder 'nowhere'"),
        (("--format", "sqlite"), "sqlite needs a place: -f NAME"),
        (("--only", "vm"), "'vm' is no part of an inventory; did you mean 'vms'?"),
        (("-o", "json"), "an inventory has --format: jsonl, csv, sqlite, parquet"),
        (("--parallel", "0"), "0 is not in the range"),
    ],
)
def test_what_cannot_be_meant_is_said_before_an_engine_is_asked(
    alone: Command, arguments: tuple[str, ...], told: str
) -> None:
    result = alone("inventory", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr


def test_what_the_engine_refuses_is_said_and_kept(rhev: Command, engine: Engine) -> None:
    engine.faults.answer(403, "/disks", detail="Not today.")
    result = rhev("inventory", "-f", "estate.sqlite", "--quiet")
    assert result.exit_code == 8
    assert result.stderr.startswith("error: disks: /ovirt-engine/api/disks could not be read: ")
    assert "Not today." in result.stderr
    with closing(sqlite3.connect("estate.sqlite")) as database:
        assert database.execute("SELECT part, status FROM problem").fetchall() == [("disks", 403)]
        (machines,) = database.execute("SELECT count(*) FROM vm").fetchone()
    assert machines == 12


def test_an_engine_that_is_not_reached_leaves_what_was_there(alone: Command) -> None:
    Path("estate.jsonl").write_text("older")
    asked = ("--url", "http://127.0.0.1:9/ovirt-engine/api", "--username", "a@b")
    result = alone("inventory", "-f", "estate.jsonl", *asked)
    assert result.exit_code == 4  # nobody can be asked for the password
    assert Path("estate.jsonl").read_text() == "older"
    assert sorted(path.name for path in Path().iterdir() if path.is_file()) == ["estate.jsonl"]


def test_parquet_says_what_to_install(rhev: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    result = rhev("inventory", "-f", "estate.parquet")
    assert result.exit_code == 1
    assert result.stderr == "error: Parquet needs pyarrow: pip install 'rhev[parquet]'\n"


def test_on_a_terminal_a_bar_says_what_is_read(
    rhev: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = io.StringIO()
    monkeypatch.setattr(Session, "err", Console(file=drawn, force_terminal=True, width=80))
    result = rhev("inventory", "-f", "estate.jsonl", "--only", "vms")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "vms: 12 " in drawn.getvalue()
    assert rhev("inventory", "-f", "estate.jsonl", "--only", "vms", "--quiet").stderr == ""
