"""``rhev apply``, ``diff`` and ``export``: what they write where, and the codes they end with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

if TYPE_CHECKING:
    from rhev.simulator import Engine
    from tests.cli.conftest import Command

WEB = """
kind: vm
name: {name}
cluster: Default
template: rhel9
memory: 3GiB
nics:
- name: nic1
  vnic_profile: frontend
tags: [production]
"""
MADE = """\
vm {name}: created
nic nic1 of vm {name}: updated
tag production of vm {name}: assigned
"""


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def spec(name: str) -> str:
    Path(f"{name}.yaml").write_text(WEB.format(name=name))
    return f"{name}.yaml"


def writes(engine: Engine) -> list[str]:
    return [method for method, url in engine.requests if method != "GET" and "/sso/" not in url]


def test_apply_makes_it_once(rhev: Command, engine: Engine) -> None:
    file = spec("once-01")
    engine.requests.clear()
    first = rhev("apply", "-f", file)
    assert first.exit_code == 0
    assert first.stdout == MADE.format(name="once-01")
    lines = first.stderr.splitlines()
    assert lines[0] == "[1/3] create vm once-01"
    assert "[3/3] assign tag production of vm once-01" in lines
    assert lines[-1] == "3 changes made"
    assert writes(engine) == ["POST", "PUT", "POST"]
    engine.requests.clear()
    second = rhev("apply", "-f", file)
    assert (second.exit_code, second.stdout) == (0, "")
    assert second.stderr == "nothing to change\n"
    assert writes(engine) == []


def test_a_dry_run_shows_what_would_be_sent_and_sends_nothing(
    rhev: Command, engine: Engine
) -> None:
    file = spec("dry-01")
    engine.requests.clear()
    result = rhev("apply", "-f", file, "--dry-run")
    assert result.exit_code == 9
    assert result.stdout.startswith("create vm dry-01\n")
    assert "  + memory: 3GiB\n" in result.stdout
    assert result.stderr == "3 changes to make\n"
    assert writes(engine) == []
    assert rhev("get", "vm", "dry-01").exit_code == 3


def test_diff_ends_with_9_until_there_is_no_difference(rhev: Command) -> None:
    file = spec("diff-01")
    assert rhev("diff", "-f", file).exit_code == 9
    assert rhev("apply", "-f", file, "--quiet").stderr == ""
    same = rhev("diff", "-f", file)
    assert (same.exit_code, same.stdout, same.stderr) == (0, "", "no differences\n")
    rhev("apply", "-f", "-", input="kind: vm\nname: diff-01\nmemory: 2GiB")
    other = rhev("diff", "-f", file, "-o", "json")
    assert other.exit_code == 9
    (change,) = json.loads(other.stdout)
    assert (change["action"], change["what"]) == ("update", "vm diff-01")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("kind: vm\nname: x\nmemry: 4GiB", "memry"),
        ("name: x", "this has no kind: begin with 'kind: vm'"),
        ("", "there is no document in this"),
        ("kind: vm\nname: [", "this has no end: write the bracket"),
        ("kind: vm\nname: web-03\nstatus: up", "status: is what the engine decides"),
        ("kind: vm\nname: web-01\ntemplate: windows2019", "cannot be changed after creation"),
        ("kind: vm\nname: new\ncluster: nowhere\ntemplate: Blank", "there is no cluster 'nowhere'"),
        ("kind: tag\nname: a\n---\nkind: tag\nname: a", "tag a is there twice"),
    ],
)
@pytest.mark.parametrize("command", [("apply",), ("apply", "--dry-run"), ("diff",)], ids=" ".join)
def test_what_is_invalid_is_said_before_anything_is_sent(
    rhev: Command, engine: Engine, command: tuple[str, ...], text: str, told: str
) -> None:
    engine.requests.clear()
    result = rhev(*command, "-f", "-", input=text)
    assert (result.exit_code, result.stdout) == (6, "")
    assert told in result.stderr
    assert writes(engine) == []


def test_a_file_that_is_not_there_is_a_wrong_usage(rhev: Command) -> None:
    result = rhev("apply", "-f", "nowhere.yaml")
    assert result.exit_code == 2
    assert result.stderr == "error: nowhere.yaml: No such file or directory\n"


def test_what_stops_in_the_middle_says_what_is_left(rhev: Command, engine: Engine) -> None:
    file = spec("stopped-01")
    engine.faults.answer(409, "/vms/*/tags", method="POST", detail="[Not today.]")
    stopped = rhev("apply", "-f", file)
    assert stopped.exit_code == 8
    assert stopped.stdout == "".join(MADE.format(name="stopped-01").splitlines(True)[:2])
    assert "error: assign tag production of vm stopped-01: " in stopped.stderr
    assert "Not today." in stopped.stderr
    assert "apply the same again to go on from there" in stopped.stderr
    again = rhev("apply", "-f", file)
    assert (again.exit_code, again.stdout) == (0, "tag production of vm stopped-01: assigned\n")


def test_what_is_refused_at_once_ends_as_a_refusal(rhev: Command, engine: Engine) -> None:
    engine.faults.answer(403, "/tags", method="POST", detail="Not yours.")
    result = rhev("apply", "-f", "-", input="kind: tag\nname: theirs")
    assert (result.exit_code, result.stdout) == (4, "")


def test_an_export_applies_back_to_the_same(rhev: Command) -> None:
    exported = rhev("export", "vm", "web-01", "db-01")
    assert (exported.exit_code, exported.stderr) == (0, "")
    documents = list(yaml.safe_load_all(exported.stdout))
    assert [(each["kind"], each["name"]) for each in documents] == [
        ("vm", "web-01"),
        ("vm", "db-01"),
    ]
    Path("both.yaml").write_text(exported.stdout)
    assert rhev("diff", "-f", "both.yaml").exit_code == 0
    as_json = rhev("export", "vm", "web-01", "db-01", "-o", "json")
    assert json.loads(as_json.stdout) == documents


@pytest.mark.parametrize("noun", ["vms", "storagedomains"])
def test_all_of_a_type_are_exported(rhev: Command, noun: str) -> None:
    exported = rhev("export", noun)
    names = [each["name"] for each in yaml.safe_load_all(exported.stdout)]
    (listed,) = json.loads(rhev("list", noun, "-o", "json").stdout).values()
    assert set(names) <= {each["name"] for each in listed}
    assert names != []
    assert rhev("diff", "-f", "-", input=exported.stdout).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("vm", "nobody"), 3, "nobody"),
        (("vm", "web-01", "--search", "name = web*"), 2, "give names or --search, not both"),
        (("events",), 2, "a event is nothing that a document could have made"),
        (("vm", "web-01", "-o", "csv"), 2, "specs are written as YAML or, with -o json, as JSON"),
    ],
)
def test_what_cannot_be_exported(
    rhev: Command, arguments: tuple[str, ...], code: int, told: str
) -> None:
    result = rhev("export", *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert told in result.stderr
