"""What is known of the command itself: help, exit codes, completion."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import click
import pytest
from click.shell_completion import ShellComplete

from rhev.cli import exits
from rhev.cli.app import COMMANDS, app
from rhev.cli.commands.help.help import TOPICS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command


def completed(words: str) -> list[str]:
    """What a shell is offered at the end of a line."""
    *before, incomplete = words.split(" ")
    shell = ShellComplete(app, {}, "rhev", "_RHEV_COMPLETE")
    return [item.value for item in shell.get_completions(before[1:], incomplete)]


def test_the_help_has_every_command_in_one_line(alone: Command) -> None:
    lines = alone("--help").stdout.splitlines()
    for name, entry in COMMANDS.items():
        assert any(line.split() == [name, *entry.help.split()] for line in lines), name


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_that_needs_nothing(alone: Command, name: str) -> None:
    result = alone(name, "--help")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"Usage: rhev {name} ")
    assert alone("help", name).stdout == result.stdout.replace("\n\n\n", "\n\n")


def test_the_exit_codes_are_documented(alone: Command) -> None:
    shown = {int(line.split()[0]) for line in alone("help", "exit-codes").stdout.splitlines()}
    said = {value for name, value in vars(exits).items() if name.isupper() and type(value) is int}
    assert shown == said


@pytest.mark.parametrize("topic", TOPICS)
def test_topics_are_texts_of_their_own(alone: Command, topic: str) -> None:
    lines = alone("help", topic).stdout.splitlines()
    assert len(lines) > 5
    assert max(map(len, lines)) <= 100


def test_an_unknown_topic_is_said(alone: Command) -> None:
    result = alone("help", "nothing")
    assert result.exit_code == 2
    assert "there is no help on 'nothing'" in result.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_options_are_taken_after_the_verb_too(name: str) -> None:
    command = app.get_command(click.Context(app), name)
    assert command is not None
    options = {text for parameter in command.params for text in parameter.opts}
    assert options >= {"--url", "--profile", "--output", "-v", "--demo", "--quiet", "--timeout"}


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("rhev lis", ["list"]),
        ("rhev profiles us", ["use"]),
        ("rhev list vm-p", ["vm-pools"]),
        ("rhev get data", ["data-center"]),
        ("rhev list vms --columns name,cpu.ty", ["name,cpu.type"]),
        ("rhev list vms --sort mem", ["memory", "memory_policy"]),
        ("rhev list vms -o j", ["json", "jsonpath="]),
        ("rhev list disk-attachments --t", ["--template"]),
        ("rhev completion f", ["fish"]),
    ],
)
def test_a_shell_is_offered_what_can_follow(words: str, offered: list[str]) -> None:
    assert completed(words) == offered


def test_names_are_asked_of_the_engine(rhev: Command) -> None:
    assert completed("rhev get vm we") == ["web-01", "web-02", "web-03"]
    assert completed("rhev list nics --vm db") == ["db-01", "db-02"]
    assert completed("rhev get nic --vm web-01 n") == ["nic1"]


def test_where_no_engine_answers_no_name_is_offered(
    alone: Command, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert completed("rhev get vm we") == []
    monkeypatch.setenv("RHEV_URL", "http://127.0.0.1:9")
    assert completed("rhev get vm we") == []
    monkeypatch.setenv("RHEV_TOKEN", "x")
    assert completed("rhev get vm we") == []
    assert capsys.readouterr() == ("", "")


def test_profiles_are_offered(alone: Command, settings: Path) -> None:
    settings.parent.mkdir()
    settings.write_text('[profiles.lab]\nurl = "https://a"\n')
    settings.chmod(0o600)
    assert completed("rhev list vms --profile l") == completed("rhev --profile l") == ["lab"]
    assert completed("rhev profiles use ") == ["lab"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell_asks_the_command(alone: Command, shell: str) -> None:
    script = alone("completion", shell).stdout
    assert f"_RHEV_COMPLETE={shell}_complete" in script


LOADED = """
import json, sys
from click.testing import CliRunner
from rhev.cli.app import app
result = CliRunner().invoke(app, {arguments!r}, env={environment!r}, prog_name="rhev")
assert result.exit_code in (0, 1) and result.stdout, result
print(json.dumps(list(sys.modules)))
"""


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (["--version"], {}),
        (["--help"], {}),
        (["list", "--help"], {}),
        (["start", "--help"], {}),
        (["help", "nouns"], {}),
        ([], {"_RHEV_COMPLETE": "zsh_complete", "COMP_WORDS": "rhev list v", "COMP_CWORD": "2"}),
    ],
)
def test_what_is_static_loads_no_models(arguments: list[str], environment: dict[str, str]) -> None:
    program = LOADED.format(arguments=arguments, environment=environment)
    run = subprocess.run(  # noqa: S603 - a program of our own
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    loaded = set(json.loads(run.stdout.splitlines()[-1]))
    assert not loaded & {"pydantic", "lxml", "rich", "yaml", "httpcore", "rhev.connection"}
