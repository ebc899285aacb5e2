"""The pages of the documentation: the code that they show runs, in turn, against an engine."""

from __future__ import annotations

import ast
import asyncio
import doctest
import inspect
import os
import shlex
import types
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

import rhev
from rhev import Connection, schema
from rhev.cli.app import app
from rhev.operations import polling
from rhev.simulator import Engine
from tests.docs.blocks import Block, blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [*sorted(DOCS.rglob("*.md")), ROOT / "README.md"]
RUN = [page for page in PAGES if any(b.language == "python" for b in blocks(page.read_text()))]
TYPED = [page for page in PAGES if any(b.language == "console" for b in blocks(page.read_text()))]


VENDORS = "The vendor's SDK"
BESIDE = [page for page in RUN if any(b.tab == VENDORS for b in blocks(page.read_text()))]


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.fixture
def _page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a page puts into the environment is there for it alone; and its waits look often."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "environ", os.environ.copy())
    monkeypatch.setattr(polling, "pauses", lambda *_: repeat(0.02))


@pytest.mark.usefixtures("_page")
@pytest.mark.parametrize("page", RUN, ids=name)
def test_what_a_page_shows_runs(page: Path, tmp_path: Path) -> None:
    shown = [block for block in _shown(page) if block.tab != VENDORS]
    assert shown or page in BESIDE
    _run_all(page, shown, tmp_path)


@pytest.mark.usefixtures("_page")
@pytest.mark.parametrize("page", BESIDE, ids=name)
def test_what_a_page_shows_of_the_vendors_sdk_runs_beside_it(page: Path, tmp_path: Path) -> None:
    pytest.importorskip("ovirtsdk4", reason="the vendor's SDK is not installed: make clients")
    _run_all(page, _shown(page), tmp_path)


def _shown(page: Path) -> list[Block]:
    return [b for b in blocks(page.read_text()) if b.language == "python" and b.reason is None]


def _write_files(page: Path, folder: Path) -> None:
    """Writes what a page shows as files."""
    for block in blocks(page.read_text()):
        if block.title is not None:
            (folder / block.title).write_text(block.code)


def _run_all(page: Path, shown: Sequence[Block], folder: Path) -> None:
    _write_files(page, folder)
    engine = Engine.demo(speed=100)
    ca_file = folder / "ca.pem"
    ca_file.write_bytes(engine.certificate)
    with engine.serve() as server, engine.connect() as conn:
        given = {
            **{"url": server.url, "username": server.username, "password": server.password},
            **{"ca_file": str(ca_file), "conn": conn, "engine": engine},
            **{"Connection": Connection, "schema": schema, "rhev": rhev, "__name__": page.stem},
        }
        asyncio.run(_run(page, shown, given))


async def _run(page: Path, shown: Sequence[Block], names: dict[str, Any]) -> None:
    opened: set[Connection] = set()
    theirs = dict(names)
    for block in shown:
        code = compile(
            "\n" * block.line + block.code, str(page), "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        )
        result = types.FunctionType(code, theirs if block.tab == VENDORS else names)()
        if inspect.isawaitable(result):
            await result
        opened |= {value for value in names.values() if isinstance(value, Connection)}
    for conn in opened:
        conn.close()


@pytest.mark.parametrize("page", TYPED, ids=name)
def test_what_is_typed_answers_so(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    _write_files(page, tmp_path)
    shown = [b for b in blocks(page.read_text()) if b.language == "console" and b.reason is None]
    with Engine.demo(speed=100).serve() as server:
        monkeypatch.setenv("RHEV_URL", server.url)
        monkeypatch.setenv("RHEV_USERNAME", server.username)
        monkeypatch.setenv("RHEV_PASSWORD", server.password)
        for block in shown:
            for typed in block.code.split("$ rhev ")[1:]:
                line, _, answer = typed.partition("\n")
                assert _same(answer, _answered(line)), f"{page}:{block.line}: {_answered(line)}"


def _answered(line: str) -> str:
    """What a terminal shows of a command; ``; echo $?`` adds its exit code."""
    command, _, code = line.partition("; ")
    result = CliRunner().invoke(app, shlex.split(command), prog_name="rhev")
    return result.output + (f"{result.exit_code}\n" if code else "")


def _same(shown: str, answered: str) -> bool:
    """Whether an answer is as it is shown, where dots stand for any part of it."""
    return doctest.OutputChecker().check_output(shown, answered, doctest.ELLIPSIS)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_what_is_not_run_says_why(page: Path) -> None:
    for block in blocks(page.read_text()):
        runs = block.language in ("python", "pycon", "console")
        assert runs or block.language in ("sh", "yaml", "json", "toml", "text", "")
        assert block.reason is None or (runs and len(block.reason.split()) > 1)
