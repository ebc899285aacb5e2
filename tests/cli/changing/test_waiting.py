"""Waiting for a status, and the file of a console."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command


def test_a_status_is_waited_for(rhev: Command) -> None:
    assert rhev("start", "vm", "web-03").stdout == "vm web-03: started\n"
    result = rhev("wait", "vm", "web-03", "paused,up")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "vm web-03: up\n", "")
    rhev("stop", "vm", "web-03")
    both = rhev("wait", "vm", "--search", "name = web-03 or name = desktop-01", "down")
    assert both.stdout.splitlines() == ["vm desktop-01: down", "vm web-03: down"]


def test_what_does_not_come_in_time_has_its_exit_code(rhev: Command) -> None:
    result = rhev("wait", "vm", "web-03", "up", "--timeout", "0.01")
    assert (result.exit_code, result.stdout) == (7, "")
    assert "is still down, and not up, after 0.01 s" in result.stderr


def test_a_deletion_is_waited_for(rhev: Command) -> None:
    assert rhev("create", "tag", "name=old").exit_code == 0
    assert rhev("delete", "vm", "desktop-02", "--yes").exit_code == 0
    result = rhev("wait", "vm", "desktop-02", "deleted")
    assert (result.exit_code, result.stdout) == (0, "vm desktop-02: deleted\n")
    late = rhev("wait", "vm", "web-01", "deleted", "--timeout", "0.01")
    assert late.exit_code == 7


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["wait", "vm"], 2, "say for which status: "),
        (["wait", "vm", "up"], 2, "say which vm: its name or id, or --search"),
        (["wait", "vm", "web-01", "upp"], 2, "never 'upp': the status is the last word, of"),
        (["wait", "vm", "web-01", "up,deleted"], 2, "'deleted' is waited for alone"),
        (["wait", "vm", "nope", "up"], 3, "there is no vm with the name or id 'nope'"),
        (["wait", "tag", "x", "up"], 2, "a tag is never 'up'"),
        (["console", "host", "node-01"], 2, "consoles are of machines"),
        (["console", "vm", "web-01", "--protocol", "spice"], 3, "vm web-01 has no spice"),
        (["console", "vm", "web-01", "--file", "/nonexistent/x.vv"], 1, "No such file"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_waited_for_is_said(
    rhev: Command, arguments: list[str], code: int, said: str
) -> None:
    result = rhev(*arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr


def test_the_file_of_a_console_is_its_owner_s_alone(
    rhev: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "web-01.vv").touch(0o644)
    result = rhev("console", "vm", "web-01")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "web-01.vv\n", "")
    written = tmp_path / "web-01.vv"
    assert written.stat().st_mode & 0o777 == 0o600
    assert written.read_text().startswith("[virt-viewer]\n")
    assert rhev("console", "vm", "web-01", "--file", "-").stdout.startswith("[virt-viewer]\n")
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["web-01.vv"]


def test_a_machine_that_is_down_has_no_console(rhev: Command) -> None:
    result = rhev("console", "vm", "web-03")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "vm web-03 is down: there is a console of a machine that runs" in result.stderr
