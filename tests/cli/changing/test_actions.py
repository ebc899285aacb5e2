"""Actions, their short forms, and deleting: of one resource and of many."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from rhev import schema

if TYPE_CHECKING:
    from rhev.simulator import Engine
    from tests.cli.conftest import Command


def status_of(engine: Engine, name: str) -> str:
    with engine.connect() as conn:
        return str(conn.get(schema.VM, name=name).status)


def test_an_action_has_the_parameters_of_the_facts(rhev: Command, engine: Engine) -> None:
    result = rhev("action", "vm", "web-03", "start", "--pause")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "vm web-03: started\n", "")
    assert rhev("stop", "vm", "web-03", "--wait").stdout == "vm web-03: down\n"
    assert status_of(engine, "web-03") == "down"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["action", "vm", "web-01", "strat"], 2, "no action 'strat': the action is the last word"),
        (["action", "vm", "web-01", "strat"], 2, "did you mean 'start'?"),
        (["action", "vm"], 2, "say which action: "),
        (["start", "vm"], 2, "say which vm: its name or id, or --search"),
        (["start", "tag", "x"], 2, "a tag has no action 'start'"),
        (["start", "vm", "web-01", "--paus"], 2, "No such option '--paus'"),
        (["start", "vm", "web-01", "paws=true"], 2, "start takes no 'paws'; did you mean 'pause'?"),
        (["start", "vm", "web-01", "pause=perhaps"], 6, "pause: 'perhaps' is neither true nor"),
        (["start", "vm", "nope"], 3, "there is no vm with the name or id 'nope'"),
        (["clone", "vm", "web-01"], 6, "the engine would refuse this, so it was not sent"),
        (["stop", "vm", "web-01", "--search", "name = x"], 2, "names or --search, not both"),
        (["stop", "vm", "--search", "name = web*"], 2, "Nobody can be asked here: say --yes"),
        (["stop", "vm", "--search", " ", "--yes"], 2, "--search is empty"),
        (["delete", "vm", "web-01"], 2, "Delete vm web-01? Nobody can be asked here: say --yes"),
        (["delete", "vm", "web-01", "--yes"], 1, "Cannot remove VM. VM is running."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_done_is_said_and_nothing_is(
    rhev: Command, engine: Engine, arguments: list[str], code: int, said: str
) -> None:
    result = rhev(*arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr
    assert status_of(engine, "web-01") == "up"


def test_of_many_the_failures_are_summed_up(rhev: Command) -> None:
    result = rhev("delete", "vm", "desktop-01", "mail", "--yes")
    assert (result.exit_code, result.stdout) == (8, "vm desktop-01: deleted\n")
    assert "error: delete: 1 of 2 failed\n  vm mail: Operation Failed" in result.stderr
    assert rhev("get", "vm", "desktop-01").exit_code == 3


def test_programs_are_told_of_each(rhev: Command) -> None:
    result = rhev("stop", "vm", "--search", "name = app-0*", "--yes", "-o", "json")
    assert result.exit_code == 0
    told = {each["name"]: each["outcome"] for each in json.loads(result.stdout)}
    assert told == {"vm app-01": "done", "vm app-02": "done", "vm app-03": "done"}


def test_a_search_that_finds_nothing_does_nothing(rhev: Command) -> None:
    result = rhev("stop", "vm", "--search", "name = nothing*")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "no vm matches: nothing was done\n"


def test_the_parameters_are_in_the_help(rhev: Command) -> None:
    assert "--host NAME" in rhev("migrate", "vm", "--help").stdout


def test_what_has_no_status_is_waited_for_by_its_job(rhev: Command) -> None:
    result = rhev("clone", "vm", "desktop-02", "--name", "desktop-03", "--wait")
    assert (result.exit_code, result.stdout) == (0, "vm desktop-02: clone is done\n")
    assert rhev("get", "vm", "desktop-03", "-o", "name").stdout == "desktop-03\n"


def test_an_option_is_the_action_s_parameter_where_it_has_one(rhev: Command) -> None:
    create = ("create", "disk", "name=there", "provisioned_size=1GiB", "format=cow")
    assert rhev(*create, "storage_domains=data-01", "--wait").exit_code == 0
    moved = rhev("move", "disk", "there", "--storage-domain", "data-02", "--wait")
    assert (moved.exit_code, moved.stdout) == (0, "disk there: ok\n")


def test_a_snapshot_is_called_by_its_description(rhev: Command) -> None:
    assert rhev("snapshot", "vm", "build-01", "--description", "b", "--wait").exit_code == 0
    restored = rhev("restore", "snapshot", "b", "--vm", "build-01", "--wait")
    assert (restored.exit_code, restored.stdout) == (0, "snapshot b: ok\n")
    gone = rhev("get", "snapshot", "c", "--vm", "build-01")
    assert gone.stderr == (
        "error: there is no snapshot of vm build-01 with the description or id 'c'\n"
    )


@pytest.mark.parametrize("kind", ["host node-02", "storage-domain data-02 --data-center Default"])
def test_what_is_taken_out_of_use_is_taken_into_it_again(rhev: Command, kind: str) -> None:
    away = rhev("deactivate", *kind.split(), "--wait")
    assert (away.exit_code, away.stdout.split()[-1]) == (0, "maintenance")
    back = rhev("activate", *kind.split(), "--wait")
    assert (back.exit_code, back.stdout.split()[-1]) in ((0, "up"), (0, "active"))
