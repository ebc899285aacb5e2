"""The pages of the documentation: the code that they show runs, in turn, against an engine."""

from __future__ import annotations

import ast
import asyncio
import inspect
import os
import types
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import rhev
from rhev import Connection, schema
from rhev.simulator import Engine
from tests.docs.blocks import Block, blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [*sorted(DOCS.rglob("*.md")), ROOT / "README.md"]
RUN = [page for page in PAGES if any(b.language == "python" for b in blocks(page.read_text()))]


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", RUN, ids=name)
def test_what_a_page_shows_runs(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # What a page puts into the environment is there for it alone.
    monkeypatch.setattr(os, "environ", os.environ.copy())
    engine = Engine.demo(speed=100)
    ca_file = tmp_path / "ca.pem"
    ca_file.write_bytes(engine.certificate)
    shown = [b for b in blocks(page.read_text()) if b.language == "python" and b.reason is None]
    with engine.serve() as server, engine.connect() as conn:
        given = {
            **{"url": server.url, "username": server.username, "password": server.password},
            **{"ca_file": str(ca_file), "conn": conn, "engine": engine},
            **{"Connection": Connection, "schema": schema, "rhev": rhev, "__name__": page.stem},
        }
        asyncio.run(_run(page, shown, given))
        for value in given.values():
            if isinstance(value, Connection):
                value.close()


async def _run(page: Path, shown: Sequence[Block], names: dict[str, Any]) -> None:
    for block in shown:
        if "ovirtsdk4" in block.code and find_spec("ovirtsdk4") is None:
            names["connection"] = None
        if names.get("connection", 1) is None and _is_of_the_sdk(block):
            continue
        code = compile(
            "\n" * block.line + block.code, str(page), "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        )
        result = types.FunctionType(code, names)()
        if inspect.isawaitable(result):
            await result


_SDK = ("connection", "_service", "sdk.", "types.", "ovirtsdk4")


def _is_of_the_sdk(block: Block) -> bool:
    """Whether a block is a call of the vendor's SDK, which is not installed everywhere."""
    return any(word in block.code for word in _SDK)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_what_is_not_run_says_why(page: Path) -> None:
    found = list(blocks(page.read_text()))
    assert all(block.language for block in found if not page.name.startswith(("house", "facts", "README")))
    for block in found:
        if block.reason is not None:
            assert len(block.reason.split()) > 1
