"""``rhev inventory`` in a real terminal: its bar, its question, and Ctrl-C."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rhev.inventory import Inventory
from tests.cli.terminal.conftest import ended

if TYPE_CHECKING:
    from pathlib import Path

    from rhev.simulator import Engine
    from rhev.simulator.wire.server import Server
    from tests.cli.terminal.conftest import Terminal

pytestmark = [
    pytest.mark.lasting,
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]


def test_a_bar_shows_what_is_read_and_goes(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "estate.jsonl"
    child = terminal("inventory", "-f", str(file))
    child.expect_exact("Gathering")
    code, shown = ended(child)
    assert code == 0
    assert "permissions: " in shown
    assert shown.splitlines()[-1].rpartition("\x1b[2K")[2].startswith("107 resources in ")
    assert len(Inventory.read(file)) == 107


def test_a_password_is_asked_for_before_there_is_a_bar(
    terminal: Terminal, tmp_path: Path, served: Server
) -> None:
    file = tmp_path / "estate.sqlite"
    child = terminal("inventory", "-f", str(file), RHEV_PASSWORD="")
    child.expect("[Pp]assword.*: ?$")
    assert "Gathering" not in str(child.before)
    child.sendline(served.password)
    code, _ = ended(child)
    assert code == 0
    assert file.exists()


def test_ctrl_c_leaves_what_was_there(terminal: Terminal, tmp_path: Path, engine: Engine) -> None:
    file = tmp_path / "estate.sqlite"
    file.write_text("older")
    engine.faults.delay(10, "/vms")
    child = terminal("inventory", "-f", str(file))
    child.expect_exact("vmpools")
    child.sendintr()
    code, shown = ended(child)
    assert code == 130
    assert "interrupted" in shown
    assert file.read_text() == "older"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["estate.sqlite"]
