"""Changes of which no answer came: they are looked for, and never sent again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from rhev import schema
from rhev.cli.changing import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rhev.simulator import Engine
    from tests.cli.conftest import Command


@pytest.fixture(autouse=True)
def _briefly(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(running, "_GRACE", 0.5)
    yield
    engine.faults.clear()


def test_what_was_done_is_found_out(rhev: Command, engine: Engine) -> None:
    lost = engine.faults.drop("/vms/*/start", times=None)
    result = rhev("start", "vm", "web-03")
    assert (result.exit_code, result.stdout) == (0, "vm web-03: done, though no answer came\n")
    assert lost.hits == 1
    with engine.connect() as conn:
        assert conn.get(schema.VM, name="web-03").status != "down"


def test_what_was_made_is_found(rhev: Command, engine: Engine) -> None:
    lost = engine.faults.drop("/vms", method="POST", times=None)
    result = rhev("create", "vm", "name=lost", "cluster=Default", "template=Blank", "-o", "json")
    assert (result.exit_code, json.loads(result.stdout)["name"]) == (0, "lost")
    assert lost.hits == 1


def test_what_did_not_arrive_is_said_to_be_so(rhev: Command, engine: Engine) -> None:
    lost = engine.faults.drop("/vms/*/start", received=False, times=None)
    result = rhev("start", "vm", "app-03", "desktop-01")
    assert (result.exit_code, result.stdout) == (8, "")
    assert "  vm app-03: not received (no answer came)" in result.stderr
    assert lost.hits == 2


def test_what_cannot_be_found_out_is_not_said_to_have_failed(rhev: Command, engine: Engine) -> None:
    engine.faults.drop("/vms/*/start", times=None)
    for path in ("/jobs", "/events", "/vms/*"):
        engine.faults.drop(path, method="GET", skip=1 if path == "/vms/*" else 0, times=None)
    result = rhev("start", "vm", "build-01", "-o", "json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)[0]["outcome"] == "unknown"
    assert "whether it was done is not known: look before you do it again" in result.stderr
