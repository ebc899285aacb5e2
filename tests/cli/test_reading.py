"""Listing and showing resources at a terminal."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest
import yaml

from rhev import schema

if TYPE_CHECKING:
    from rhev.simulator import Engine
    from tests.cli.conftest import Command


def test_a_list_is_a_table_for_people(rhev: Command) -> None:
    result = rhev("list", "vms", "--search", "name = web*", "--sort", "-name")
    assert (result.exit_code, result.stderr) == (0, "")
    titles, *rows = result.stdout.splitlines()
    assert titles.split()[:5] == ["NAME", "STATUS", "CLUSTER", "HOST", "MEMORY"]
    assert [row.split()[0] for row in rows] == ["web-03", "web-02", "web-01"]
    # The engine sends the ids of clusters and hosts; people read names
    assert rows[-1].split()[1:6] == ["up", "Default", "node-01", "2", "GiB"]


def test_columns_are_attributes_and_what_is_within_them(rhev: Command) -> None:
    result = rhev("list", "vms", "--columns", "name,cpu.topology.cores", "--max", "1")
    assert result.stdout.splitlines()[0].split() == ["NAME", "CPU.TOPOLOGY.CORES"]


def test_json_is_the_document_of_the_api(rhev: Command) -> None:
    result = rhev("list", "nics", "--vm", "web-01", "-o", "json")
    assert [nic["name"] for nic in json.loads(result.stdout)["nic"]] == ["nic1"]


def test_yaml_and_json_are_one_document(rhev: Command) -> None:
    asked = ("get", "vm", "web-01", "-o")
    assert yaml.safe_load(rhev(*asked, "yaml").stdout) == json.loads(rhev(*asked, "json").stdout)


def test_xml_can_be_read_by_the_models(rhev: Command) -> None:
    vms = schema.VMs.from_xml(rhev("list", "vms", "-o", "xml").stdout)
    assert {vm.name for vm in vms} >= {"web-01", "db-01"}


def test_csv_has_numbers_and_times_for_programs(rhev: Command) -> None:
    result = rhev("list", "vms", "-o", "csv", "--columns", "name,memory,delete_protected")
    rows = {row["name"]: row for row in csv.DictReader(result.stdout.splitlines())}
    assert rows["web-01"] == {
        "name": "web-01",
        "memory": str(2 * schema.GiB),
        "delete_protected": "false",
    }


def test_names_are_one_a_line(rhev: Command) -> None:
    assert rhev("list", "clusters", "-o", "name").stdout.splitlines() == ["databases", "Default"]


def test_jsonpath_writes_what_it_finds(rhev: Command) -> None:
    template = '{range .vm[?(@.status=="up")]}{.name}{"\\n"}{end}'
    result = rhev("list", "vms", "--search", "name = web*", "-o", f"jsonpath={template}")
    assert result.stdout == "web-01\nweb-02\n"


def test_what_is_followed_comes_along(rhev: Command) -> None:
    result = rhev("get", "vm", "web-01", "--follow", "nics", "-o", "jsonpath={.nics.nic[*].name}")
    assert result.stdout == "nic1\n"


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (["list", "nics", "--host", "node-01"], "eno1"),
        (["list", "statistics", "--vm", "web-01", "--nic", "nic1"], "data.current.rx"),
        (["list", "disks", "--vm", "web-01"], "rhel9_root"),
        (["list", "networks", "--cluster", "Default"], "ovirtmgmt"),
        (["list", "hostdevices", "--host", "node-01"], "computer"),
        (["list", "roles"], "SuperUser"),
        (["list", "storage-domains", "--data-center", "Default"], "data-01"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_belongs_to_something_is_named_by_it(
    rhev: Command, arguments: list[str], name: str
) -> None:
    result = rhev(*arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    assert name in result.stdout


@pytest.mark.parametrize("noun", ["data-centers", "datacenters", "data_center", "DataCenters"])
def test_a_noun_has_many_spellings(rhev: Command, noun: str) -> None:
    assert "Default" in rhev("list", noun, "-o", "name").stdout


def test_a_name_or_an_id_will_do(rhev: Command, engine: Engine) -> None:
    with engine.connect() as conn:
        vm = conn.get(schema.VM, name="web-01")
    asked = ("-o", "jsonpath={.name}")
    assert rhev("get", "vm", str(vm.id), *asked).stdout == "web-01\n"
    assert rhev("list", "nics", "--vm", str(vm.id), "-o", "name").stdout == "nic1\n"


def test_a_resource_is_shown_as_people_read_it(rhev: Command) -> None:
    lines = rhev("get", "vm", "web-01").stdout.splitlines()
    assert "name: web-01" in lines
    assert "memory: 2 GiB" in lines
    assert "    sockets: 1" in lines


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["get", "vm", "nope"], 3, "error: there is no vm with the name or id 'nope'"),
        (["list", "nics", "--vm", "nope"], 3, "error: there is no vm with the name or id 'nope'"),
        (["list", "vmz"], 2, "error: there is no type 'vmz'; did you mean vms?"),
        (["list", "nics"], 2, "error: nics belong to something: give --host NAME or"),
        (["list", "vms", "--vm", "x"], 2, "error: there are no vms of that: give"),
        (["list", "vms", "--columns", "memry"], 2, "VM has no 'memry'; did you mean 'memory'?"),
        (["list", "vms", "--sort", "memry"], 2, "VM has no 'memry'; did you mean 'memory'?"),
        (["list", "vms", "--columns", "a,,b"], 2, "has an empty part"),
        (["list", "vms", "--search", "stauts = up"], 2, "did you mean 'status'"),
        (
            ["list", "vms", "--follow", "nisc"],
            2,
            "relationship 'nisc'; did you mean 'nics'?",
        ),
        (["list", "vms", "-o", "josn"], 2, "'josn' is no format; did you mean 'json'?"),
        (["list", "vms", "-o", "jsonpath={.vm"], 2, "a brace that has no other"),
        (["lsit", "vms"], 2, "there is no command 'lsit'; did you mean 'list'?"),
        (["list", "vms", "--serach", "x"], 2, "No such option '--serach'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_wrong_is_said_on_stderr(
    rhev: Command, arguments: list[str], code: int, said: str
) -> None:
    result = rhev(*arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr


def test_what_an_engine_does_not_list_is_asked_for_one_by_one(rhev: Command) -> None:
    listed = rhev("list", "system-options")
    assert (listed.exit_code, listed.stdout) == (2, "")
    assert listed.stderr == (
        "error: an engine does not list system-options: ask for one by its id, as in"
        " 'rhev get system-option ID'\n"
    )
    shown = rhev("get", "system-option", "BiosTypeSupported", "-o", "json")
    assert json.loads(shown.stdout)["name"] == "BiosTypeSupported"
    assert rhev("get", "system-option", "Nope").exit_code == 3
