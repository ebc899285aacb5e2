"""The commands that check specs: what they write, and what they end with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from rhev import schema

if TYPE_CHECKING:
    from rhev.simulator import Engine

    from .conftest import Command

GOOD = "kind: vm\nname: new-01\ncluster: Default\ntemplate: Blank\nmemory: 4GiB\n"
BAD = GOOD.replace("memory", "memry")
REPORT = """\
web.yaml:5:1: error: memry: unknown attribute of VM, did you mean memory? [unknown-attribute]
  5 | memry: 4GiB
    | ^~~~~
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "specs").mkdir()
    monkeypatch.chdir(tmp_path / "specs")
    return Path()


def test_what_is_right_is_said_on_the_standard_error_alone(alone: Command, folder: Path) -> None:
    (folder / "web.yaml").write_text(GOOD)
    result = alone("validate", "web.yaml")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "no problems in 1 file\n"


def test_what_is_wrong_is_shown_where_it_is(alone: Command, folder: Path) -> None:
    (folder / "web.yaml").write_text(BAD)
    result = alone("validate", "web.yaml")
    assert (result.exit_code, result.stdout) == (6, REPORT)
    assert result.stderr == "1 error in 1 file\n"
    assert alone("validate", "web.yaml", "--quiet").stderr == ""


def test_the_standard_input_and_folders_are_read(alone: Command, folder: Path) -> None:
    (folder / "a.yaml").write_text(BAD)
    (folder / "b.json").write_text('{"kind": "tag", "name": 5}')
    result = alone("validate", ".", "-", input="kind: tog\nname: a\n")
    assert [line for line in result.stdout.splitlines() if "error:" in line] == [
        REPORT.splitlines()[0].replace("web", "a"),
        "b.json:1:25: error: name: a number, where a text is wanted: write '5' in quotes [type]",
        "<stdin>:1:7: error: kind: there is no kind 'tog', it is one such as vm, disk, network"
        " [kind]",
    ]
    assert result.exit_code == 6


@pytest.mark.parametrize("where", ["before", "after"])
def test_formats_for_programs(alone: Command, folder: Path, where: str) -> None:
    (folder / "web.yaml").write_text(BAD)

    def run(format: str) -> str:
        told, command = ("-o", format), ("validate", "web.yaml")
        result = alone(*told, *command) if where == "before" else alone(*command, *told)
        assert result.exit_code == 6, result.stderr
        return result.stdout

    (problem,) = json.loads(run("json"))
    assert (problem["line"], problem["rule"]) == (5, "unknown-attribute")
    if where == "after":
        (sarif,) = json.loads(run("sarif"))["runs"]
        assert sarif["results"][0]["ruleId"] == "unknown-attribute"
        assert ElementTree.fromstring(run("junit"))[0].get("failures") == "1"  # noqa: S314


def test_warnings_count_where_they_are_to(alone: Command, folder: Path) -> None:
    (folder / "web.yaml").write_text(GOOD + "status: up\n")
    result = alone("validate", "web.yaml")
    assert (result.exit_code, result.stderr) == (0, "1 warning in 1 file\n")
    assert alone("validate", "--strict", "web.yaml").exit_code == 6


def test_what_is_there_already_needs_less(alone: Command, folder: Path) -> None:
    (folder / "web.yaml").write_text("kind: vm\nname: web-01\nmemory: 8GiB\n")
    assert alone("validate", "web.yaml").exit_code == 6
    assert alone("validate", "--partial", "web.yaml").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nosuch.yaml",), "error: nosuch.yaml: No such file or directory\n"),
        (("latin.yaml",), "error: latin.yaml: this is no text in UTF-8\n"),
        (("empty",), "error: empty: there is no file in it that ends in .yaml or .json\n"),
        (("web.yaml", "-o", "html"), "'html' is not one of 'text', 'json', 'sarif', 'junit'"),
    ],
)
def test_what_cannot_be_read_is_wrong_usage(
    alone: Command, folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    (folder / "latin.yaml").write_bytes("name: café\n".encode("latin-1"))
    (folder / "empty").mkdir()
    result = alone("validate", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_apply_reads_as_validate_does(rhev: Command, folder: Path) -> None:
    (folder / "web.yaml").write_text(BAD)
    result = rhev("apply", "-f", "web.yaml")
    assert (result.exit_code, result.stdout) == (6, "")
    assert result.stderr == (
        "error: web.yaml:5:1: memry: unknown attribute of VM, did you mean memory?\n"
    )


def test_the_schema_is_for_editors(alone: Command) -> None:
    one = json.loads(alone("schema", "tag").stdout)
    assert one["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert one["required"] == ["kind", "name"]
    whole = json.loads(alone("schema").stdout)
    assert {"vm", "tag", "VM"} - set(whole["$defs"]) == {"VM"}
    result = alone("schema", "event")
    assert (result.exit_code, result.stdout) == (2, "")


# Against an engine.


def against(rhev: Command, text: str) -> tuple[int, list[str]]:
    result = rhev("validate", "--against", "-", input=text)
    lines = [line for line in result.stdout.splitlines() if line.startswith("<stdin>")]
    return result.exit_code, [line.removeprefix("<stdin>:") for line in lines]


def test_what_is_referred_to_has_to_be_there(rhev: Command) -> None:
    text = (
        "kind: vm\nname: new-01\ncluster: Defualt\ntemplate: Blank\n"
        "nics:\n  - {name: nic1, vnic_profile: blue}\n"
        "---\nkind: nic\nunder: {vm: nosuch}\nname: nic9\n"
    )
    code, lines = against(rhev, text)
    assert code == 6
    assert lines == [
        "3:10: error: cluster: there is no cluster 'Defualt' [engine]",
        "6:32: error: nics[0].vnic_profile: there is no vnic_profile 'blue' [engine]",
        "8:1: error: there is no vm 'nosuch' [engine]",
    ]


def test_what_the_specs_themselves_make_is_there(rhev: Command) -> None:
    network = "kind: network\nname: blue\ndata_center: Default\n"
    assert against(rhev, f"{GOOD}nics: [{{name: nic1, vnic_profile: blue}}]\n---\n{network}") == (
        0,
        [],
    )


def test_ids_are_looked_up(rhev: Command, engine: Engine) -> None:
    nothing = "00000000-0000-4000-8000-00000000dead"
    (cluster,) = engine.connect().getall(schema.Cluster, name="Default")
    text = GOOD.replace("Blank", f"{{id: {nothing}}}").replace("Default", f"{{id: {cluster.id}}}")
    below = f"kind: nic\nname: nic1\nunder: {{vm: {{id: {nothing}}}}}\n"
    assert against(rhev, f"{text}---\n{below}") == (
        6,
        [
            "4:16: error: template.id: there is no Template of this id [engine]",
            "9:18: error: under.vm.id: there is no VM of this id [engine]",
        ],
    )


def test_a_name_in_use_is_a_warning_and_needs_less(rhev: Command) -> None:
    assert against(rhev, "kind: vm\nname: web-01\nmemory: 4GiB\n") == (
        0,
        ["2:7: warning: name: the engine has vm web-01 already: an apply would update it [in-use]"],
    )


def test_what_no_update_changes_is_an_error(rhev: Command) -> None:
    code, lines = against(rhev, "kind: vm\nname: web-01\ntemplate: Blank\ncluster: Default\n")
    assert code == 6
    assert [line for line in lines if "error" in line] == [
        "3:11: error: template: cannot be changed after creation: it is rhel9 [engine]"
    ]


def test_nothing_is_changed_by_it(rhev: Command, engine: Engine) -> None:
    engine.requests.clear()
    assert against(rhev, GOOD) == (0, [])
    assert {method for method, url in engine.requests if "/sso/" not in url} == {"GET"}
