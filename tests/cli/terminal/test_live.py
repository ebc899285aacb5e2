"""The live parts, in a real terminal: questions, progress, Ctrl-C, colours and widths."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from rhev import schema
from tests.cli.terminal.conftest import ended

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rhev.simulator import Engine
    from rhev.simulator.wire.server import Server
    from tests.cli.terminal.conftest import Terminal

pytestmark = [
    pytest.mark.lasting,
    # A terminal is forked, while the engine's server is a thread of this process
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]

CTRL_C = "\x03"
UP = ("app-01", "app-02", "web-01", "web-02")
SEARCH = ("--search", "name = web-01 or name = web-02 or name = app-01 or name = app-02")


@pytest.fixture(autouse=True)
def _no_faults_are_left(engine: Engine) -> Iterator[None]:
    yield
    engine.faults.clear()


def plain(text: str) -> str:
    """A text without its colours."""
    return re.sub(r"\x1b\[\d*m", "", text)


def statuses(engine: Engine) -> list[str]:
    with engine.connect() as conn:
        return [str(conn.get(schema.VM, name=name).status) for name in UP]


def test_a_wait_shows_the_status_and_is_left_by_ctrl_c(terminal: Terminal) -> None:
    child = terminal("wait", "vm", "web-03", "up")
    child.expect_exact("wait for vm web-03: down, 1 s")
    child.send(CTRL_C)
    code, said = ended(child)
    assert code == 130
    assert "\nerror: interrupted: wait for" in plain(said)
    assert "vm web-03: not waited for any longer: down when last looked at" in said
    assert "Traceback" not in said


def test_of_many_ctrl_c_begins_no_more_and_tells_what_is_known(
    terminal: Terminal, engine: Engine
) -> None:
    slow = engine.faults.delay(2, "/vms/*/suspend", times=None)
    child = terminal("suspend", "vm", *SEARCH, "--parallel", "2")
    child.expect_exact("  vm app-01")
    child.expect_exact("Suspend vm 4? [y/N]:")
    child.sendline("y")
    child.expect_exact("suspend: 0 of 4, 1 s")
    child.send(CTRL_C)
    child.expect_exact("interrupted: waiting for 2 answers; Ctrl-C again ends at once")
    code, said = ended(child)
    assert code == 130
    assert slow.hits == 2
    lines = plain(said).splitlines()
    assert [line for line in lines if line.startswith("  vm ")] == [
        "  vm app-01: suspending",
        "  vm app-02: suspending",
        "  vm web-01: not sent",
        "  vm web-02: not sent",
    ]
    assert statuses(engine)[2:] == ["up", "up"]


def test_applying_is_left_with_what_is_known(
    terminal: Terminal, engine: Engine, tmp_path: Path
) -> None:
    engine.faults.delay(30, "/tags", method="POST", skip=1)
    spec = tmp_path / "tags.yaml"
    spec.write_text("kind: tag\nname: one\n---\nkind: tag\nname: two\n")
    child = terminal("apply", "-f", str(spec))
    child.expect_exact("[2/2] create tag two")
    child.send(CTRL_C)
    code, said = ended(child)
    assert code == 130
    assert plain(said).splitlines()[-4:] == [
        "error: interrupted",
        "  create tag one: done",
        "  create tag two: was under way: whether it was done is not known",
        "apply the same again to go on from there",
    ]


def test_a_second_ctrl_c_says_what_is_not_known(terminal: Terminal, engine: Engine) -> None:
    engine.faults.delay(60, "/vms/*/shutdown", times=None)
    child = terminal("shutdown", "vm", "web-01", "web-02", "--parallel", "1")
    child.expect_exact("shutdown: 0 of 2")
    child.send(CTRL_C)
    child.expect_exact("interrupted: waiting for an answer; Ctrl-C again ends at once")
    child.send(CTRL_C)
    code, said = ended(child)
    assert code == 130
    assert "vm web-01: was under way: whether it was done is not known" in said
    assert "vm web-02: not sent" in said
    assert "Traceback" not in said


def test_progress_is_as_narrow_as_the_terminal(terminal: Terminal, engine: Engine) -> None:
    engine.faults.delay(1, "/vms/*", method="PUT", times=None)
    child = terminal("update", "vm", "db-01", "comment=x", columns=20)
    code, said = ended(child)
    assert code == 0
    shown = [line for line in re.split(r"\r?\n|\r\x1b\[K|\r", said) if line.startswith("update")]
    assert shown
    assert all(len(line) < 20 for line in shown)


@pytest.mark.parametrize(
    ("answer", "code", "said"),
    [("n\r", 1, "error: nothing was done"), (CTRL_C, 130, "interrupted"), ("\x04", 130, "interr")],
)
def test_an_answer_that_is_no_yes_deletes_nothing(
    terminal: Terminal, engine: Engine, answer: str, code: int, said: str
) -> None:
    child = terminal("delete", "vm", "desktop-01", NO_COLOR="1")
    child.expect_exact("the disk of vm desktop-01: ")
    child.expect_exact("Delete vm desktop-01? [y/N]:")
    child.send(answer)
    ends, told = ended(child)
    assert ends == code
    assert said in told
    with engine.connect() as conn:
        assert conn.get(schema.VM, name="desktop-01")


def test_events_are_followed_until_ctrl_c(terminal: Terminal, engine: Engine) -> None:
    child = terminal("events", "--follow", "--after", "0")
    child.expect_exact("Host node-01 was added")
    child.send(CTRL_C)
    code, said = ended(child)
    assert code == 130
    assert said.splitlines()[-1] == "interrupted"


def test_no_color_is_heeded(terminal: Terminal) -> None:
    colored = ended(terminal("list", "hosts"))[1]
    plainly = ended(terminal("list", "hosts", NO_COLOR="1"))[1]
    assert "\x1b[32m" in colored
    assert plainly == plain(colored)


def test_a_narrow_terminal_has_narrow_tables(terminal: Terminal) -> None:
    code, said = ended(terminal("list", "vms", columns=66, NO_COLOR="1"))
    assert code == 0
    assert all(len(line) <= 66 for line in said.splitlines())
    assert "…" in said


def test_a_pipe_that_is_closed_is_no_error(terminal: Terminal) -> None:
    piped = 'rhev list vms -o yaml | head -1; echo "${PIPESTATUS[0]}"'
    code, said = ended(terminal("-c", piped, program="bash"))
    assert code == 0
    assert "Traceback" not in said
    assert "rror" not in said


def test_a_login_asks_for_the_password_and_does_not_show_it(
    terminal: Terminal, served: Server, tmp_path: Path
) -> None:
    child = terminal("login", served.url, "--username", served.username, RHEV_PASSWORD="")
    child.expect("(?i)password.*:")
    child.sendline(served.password)
    code, said = ended(child)
    assert code == 0
    assert served.password not in said
    kept = (tmp_path / "rhev" / "config.toml").read_text()
    assert "token" in kept
    assert served.password not in kept


def test_a_wrong_edit_is_opened_again(terminal: Terminal, engine: Engine, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text(
        "#!/bin/sh\n"
        "grep -q '^# line .*unknown attribute' $1 && exec sed -i 's/^coment:/comment:/' $1\n"
        "sed -i 's/^comment: .*/coment: mended/' $1\n"
    )
    editor.chmod(0o755)
    code, said = ended(terminal("edit", "vm", "web-03", EDITOR=str(editor)))
    assert code == 0
    assert "vm web-03: updated" in plain(said)
    with engine.connect() as conn:
        assert conn.get(schema.VM, name="web-03").comment == "mended"
