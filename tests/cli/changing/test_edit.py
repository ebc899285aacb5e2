"""Editing a spec: what was changed is sent, and nothing else."""

from __future__ import annotations

import re
import shlex
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from rhev import schema
from rhev.cli import terminal

if TYPE_CHECKING:
    from collections.abc import Callable

    from rhev.simulator import Engine
    from tests.cli.conftest import Command

# An editor that makes the next of several changes each time: a pattern and what takes its place.
EDITOR = """
import pathlib, re, sys
changes, *_, path = sys.argv[1:]
changes, path = pathlib.Path(changes), pathlib.Path(path)
pattern, _, new = changes.read_text().partition("\\0")[0].partition(" => ")
changes.write_text(changes.read_text().partition("\\0")[2])
text = path.read_text()
(changes.parent / "seen").write_text(text)
path.write_text(re.sub(pattern, new.replace("|", "\\n"), text, count=1, flags=re.M))
"""


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Makes the editor one that makes these changes; returns the file of what it was shown last."""

    def use(*changes: str) -> Path:
        (tmp_path / "editor.py").write_text(EDITOR)
        (tmp_path / "changes").write_text("\0".join(changes))
        words = [sys.executable, str(tmp_path / "editor.py"), str(tmp_path / "changes")]
        monkeypatch.delenv("VISUAL", raising=False)
        monkeypatch.setenv("EDITOR", shlex.join(words))
        return tmp_path / "seen"

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return use


def vm_of(engine: Engine, name: str) -> schema.VM:
    with engine.connect() as conn:
        return conn.get(schema.VM, name=name)


def kept(tmp_path: Path) -> list[Path]:
    return list(tmp_path.glob("rhev-*.yaml"))


def test_only_what_was_changed_is_sent(
    rhev: Command, engine: Engine, editor: Callable[..., Path], tmp_path: Path
) -> None:
    seen = editor("^description: .*$ => description: The shop")
    result = rhev("edit", "vm", "web-03", "-v")
    assert (result.exit_code, result.stdout) == (0, "vm web-03: updated\n")
    assert result.stderr.count("PUT ") == 1
    assert "\nkind: vm\nname: web-03\n" in seen.read_text()
    assert vm_of(engine, "web-03").description == "The shop"
    assert kept(tmp_path) == []


def test_what_somebody_else_changes_meanwhile_is_not_undone(
    rhev: Command, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def edit(*, filename: str) -> None:
        with engine.connect() as conn:
            vm = conn.get(schema.VM, name="app-01")
            vm.comment = "somebody else's"
            vm.update()
        path = Path(filename)
        path.write_text(re.sub("(?m)^description: .*$", "description: ours", path.read_text()))

    monkeypatch.setattr(click, "edit", edit)
    assert rhev("edit", "vm", "app-01").exit_code == 0
    vm = vm_of(engine, "app-01")
    assert (vm.description, vm.comment) == ("ours", "somebody else's")


def test_a_name_is_changed_of_the_same_machine(
    rhev: Command, engine: Engine, editor: Callable[..., Path]
) -> None:
    before = vm_of(engine, "app-03").id
    editor("^name: app-03$ => name: app-33")
    assert rhev("edit", "vm", "app-03").stdout == "vm app-33: updated\n"
    assert vm_of(engine, "app-33").id == before


def test_what_is_added_is_created(rhev: Command, editor: Callable[..., Path]) -> None:
    editor("^nics:$ => nics:|- name: nic9")
    result = rhev("edit", "vm", "web-03")
    assert (result.exit_code, result.stdout) == (0, "nic nic9 of vm web-03: created\n")
    editor("linked: true => linked: false")
    result = rhev("edit", "nic", "nic9", "--vm", "web-03")
    assert (result.exit_code, result.stdout) == (0, "nic nic9 of vm web-03: updated\n")


@pytest.mark.parametrize("change", ["nothing => x", "(?s).* => ", "^kind => # a note|kind"])
def test_an_edit_that_changes_nothing_sends_nothing(
    rhev: Command, editor: Callable[..., Path], tmp_path: Path, change: str
) -> None:
    editor(change)
    result = rhev("edit", "vm", "web-01", "-v")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "nothing was changed, and nothing was sent" in result.stderr
    assert "PUT " not in result.stderr
    assert kept(tmp_path) == []


def test_a_wrong_edit_is_shown_with_its_line_and_opens_again(
    rhev: Command, engine: Engine, editor: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terminal, "is_interactive", lambda: True)
    seen = editor("^comment: => coment:", "^coment: .* => comment: mended")
    result = rhev("edit", "vm", "db-02")
    assert (result.exit_code, result.stdout) == (0, "vm db-02: updated\n")
    assert "coment: unknown attribute of VM, did you mean comment?" in result.stderr
    # The comment that says so names the line in the file as it is shown now
    shown = seen.read_text().splitlines()
    told = next(line for line in shown if "unknown attribute" in line)
    number = re.search(r"line (\d+)", told)
    assert number is not None
    assert shown[int(number[1]) - 1].startswith("coment:")
    assert vm_of(engine, "db-02").comment == "mended"


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ("^memory: => memry:", 6, ":8:1: memry: unknown attribute of VM, did you mean memory?"),
        ("^comment.*$ => # gone", 6, "comment: to leave it out changes nothing; null clears it"),
        ("name: nic1 => name: eth0", 6, "nics: nic1 is not taken away by leaving it out"),
        ("^template: .* => template: Blank", 6, "template: cannot be changed after creation"),
        ("^name: .* => name: a b", 6, "letters of any language"),
        ("^kind => ---|kind: tag|name: x|---|kind", 6, "one resource is edited, and here are"),
    ],
)
def test_what_is_wrong_is_not_sent_and_is_kept(
    rhev: Command,
    editor: Callable[..., Path],
    tmp_path: Path,
    change: str,
    code: int,
    said: str,
) -> None:
    editor(change)
    result = rhev("edit", "vm", "web-01", "-v")
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr
    assert "PUT " not in result.stderr
    (path,) = kept(tmp_path)
    assert f"what you wrote is in {path}" in result.stderr
    assert path.stat().st_mode & 0o777 == 0o600


def test_what_a_resource_belongs_to_stays(rhev: Command, editor: Callable[..., Path]) -> None:
    editor("vm: web-01 => vm: web-02")
    result = rhev("edit", "nic", "nic1", "--vm", "web-01")
    assert (result.exit_code, result.stdout) == (6, "")
    assert "kind and under stay as they are" in result.stderr


def test_what_no_spec_is_of_is_not_edited(rhev: Command, editor: Callable[..., Path]) -> None:
    editor()
    result = rhev("edit", "event", "1")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "'rhev update' changes its attributes" in result.stderr


def test_what_a_running_machine_takes_at_once_and_later_is_one_edit(
    rhev: Command, engine: Engine, editor: Callable[..., Path]
) -> None:
    editor(r"(?s)memory: 2GiB(.*?)cores: 1$ => memory: 3GiB\1cores: 4")
    result = rhev("edit", "vm", "web-02")
    assert (result.exit_code, result.stdout) == (0, "vm web-02: updated\n")
    with engine.connect() as conn:
        later = conn.get(schema.VM, str(vm_of(engine, "web-02").id), next_run=True)
    assert later.cpu
    assert later.cpu.topology
    assert (later.memory, later.cpu.topology.cores) == (3 * schema.GiB, 4)
