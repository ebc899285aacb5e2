"""How ``rhev diff`` draws on a terminal what it says in lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.testing import CliRunner

from rhev.cli import terminal
from rhev.cli.app import app
from rhev.cli.exits import DIFFERENT

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.cli.conftest import Command

SPEC = 'kind: vm\nname: web-01\ncomment: "a\\e[2Jb"\nmemory: 6GiB\n'


def test_what_is_added_and_changed_has_a_colour(
    rhev: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = tmp_path / "web-01.yaml"
    spec.write_text(SPEC)
    plain = rhev("diff", "-f", str(spec))
    assert plain.exit_code == DIFFERENT
    assert plain.stdout == "update vm web-01\n  + comment: a [2Jb\n  ~ memory: 2GiB -> 6GiB\n"
    monkeypatch.setattr(terminal, "has_colors", lambda _: True)
    drawn = CliRunner().invoke(app, ["diff", "-f", str(spec)], color=True)
    assert drawn.stdout.splitlines() == [
        "\x1b[1mupdate vm web-01\x1b[0m",
        "\x1b[32m  + comment: a [2Jb\x1b[0m",
        "\x1b[33m  ~ memory: 2GiB -> 6GiB\x1b[0m",
    ]
