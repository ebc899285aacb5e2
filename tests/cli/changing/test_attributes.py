"""Creating and updating, by attributes on the command line or by a spec."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click
import pytest

from rhev import schema
from rhev.cli.app import app
from rhev.cli.nouns import nouns

if TYPE_CHECKING:
    from pathlib import Path

    from rhev.simulator import Engine
    from tests.cli.conftest import Command

SPEC = """
kind: vm
name: shop-01
cluster: Default
template: Blank
memory: 1GiB
nics:
- name: nic1
disk_attachments:
- interface: virtio_scsi
  bootable: true
  disk:
    name: shop-01_root
    format: cow
    provisioned_size: 2GiB
    storage_domains: [{name: data-01}]
"""


def vm_of(engine: Engine, name: str) -> schema.VM:
    with engine.connect() as conn:
        return conn.get(schema.VM, name=name)


def test_options_and_paths_say_what_is_created(rhev: Command, engine: Engine) -> None:
    result = rhev(
        *("create", "vm", "--name", "web-05", "--cluster", "Default", "template=Blank"),
        *("--memory", "4GiB", "cpu.topology.cores=2", "os.boot.devices=hd,network"),
        "--delete-protected",
    )
    assert (result.exit_code, result.stdout, result.stderr) == (0, "vm web-05: created\n", "")
    vm = vm_of(engine, "web-05")
    assert (vm.memory, vm.delete_protected) == (4 * schema.GiB, True)
    assert vm.cpu
    assert vm.cpu.topology
    assert vm.cpu.topology.cores == 2
    assert vm.os
    assert vm.os.boot
    assert vm.os.boot.devices == ["hd", "network"]


def test_programs_are_given_what_the_engine_made(rhev: Command) -> None:
    made = rhev("create", "tag", "name=green", "-o", "json")
    assert json.loads(made.stdout)["id"]
    assigned = rhev("create", "tag", "name=green", "--vm", "web-01")
    assert assigned.stdout == "tag green: assigned\n"
    assert "green" in rhev("list", "tags", "--vm", "web-01", "-o", "name").stdout.split()


def test_what_belongs_to_something_is_created_there(rhev: Command) -> None:
    assert rhev("create", "nic", "--vm", "web-03", "name=nic2").stdout == "nic nic2: created\n"
    assert rhev("update", "nic", "nic2", "--vm", "web-03", "linked=false").exit_code == 0
    assert rhev("get", "nic", "nic2", "--vm", "web-03", "-o", "jsonpath={.linked}").stdout in (
        "false\n",
        "False\n",
    )
    taken = rhev("delete", "nic", "nic2", "--vm", "web-03", "--yes")
    assert (taken.stdout, taken.stderr) == ("nic nic2: deleted\n", "")
    assert rhev("list", "nics", "--vm", "web-03", "-o", "name").stdout == "nic1\n"


def test_a_disk_is_taken_off_its_machine_and_stays(rhev: Command) -> None:
    result = rhev(
        *("create", "disk", "--vm", "web-03", "name=extra", "provisioned_size=1GiB"),
        *("format=cow", "storage_domains=data-01", "--wait"),
    )
    assert (result.exit_code, result.stdout) == (0, "disk extra: ok\n")
    taken = rhev("delete", "disk", "extra", "--vm", "web-03", "--yes")
    assert (taken.stdout, taken.stderr) == ("disk extra: taken off\n", "")
    assert rhev("get", "disk", "extra", "-o", "name").stdout == "extra\n"


def test_a_spec_has_disks_and_nics_in_it(rhev: Command, tmp_path: Path) -> None:
    spec = tmp_path / "vm.yaml"
    spec.write_text(SPEC)
    first = rhev("create", "vm", "-f", str(spec))
    assert first.exit_code == 0
    assert "vm shop-01: created" in first.stdout.splitlines()
    assert rhev("list", "disks", "--vm", "shop-01", "-o", "name").stdout == "shop-01_root\n"
    again = rhev("create", "vm", "-f", str(spec))
    assert (again.exit_code, again.stdout) == (6, "")
    assert "vm shop-01: there is one already, and nothing was sent" in again.stderr
    other = rhev("create", "-f", "-", "--name", "shop-02", input="kind: tag\nname: blue\n")
    assert other.exit_code == 2  # a name of which type, where none is named
    named = rhev("create", "tag", "-f", "-", "--name", "shop", input="kind: tag\nname: blue\n")
    assert "tag shop: created" in named.stdout


def test_only_what_differs_is_sent(rhev: Command, engine: Engine) -> None:
    result = rhev("update", "vm", "db-01", "description=Orders", "-v")
    assert (result.exit_code, result.stdout) == (0, "vm db-01: updated\n")
    assert result.stderr.count("PUT ") == 1
    again = rhev("update", "vm", "db-01", "--description", "Orders", "-v")
    assert again.stdout == "vm db-01: unchanged\n"
    assert "PUT " not in again.stderr
    assert rhev("update", "vm", "db-01", "description=").stdout == "vm db-01: updated\n"
    assert not vm_of(engine, "db-01").description


def test_what_waits_for_a_start_is_kept_by_what_comes_after(rhev: Command, engine: Engine) -> None:
    waits = "vm db-02: updated, and has changes that wait for its next start\n"
    assert rhev("update", "vm", "db-02", "cpu.topology.cores=4").stdout == waits
    assert rhev("update", "vm", "db-02", "cpu.topology.cores=4").stdout == "vm db-02: unchanged\n"
    assert rhev("update", "vm", "db-02", "comment=later").stdout == waits
    with engine.connect() as conn:
        vm = conn.get(schema.VM, str(vm_of(engine, "db-02").id), next_run=True)
    assert vm.cpu
    assert vm.cpu.topology
    assert (vm.cpu.topology.cores, vm.comment) == (4, "later")


def test_many_are_updated(rhev: Command, engine: Engine) -> None:
    result = rhev("update", "vm", "--search", "name = app*", "comment=moved", "--yes")
    assert result.stdout.splitlines() == [f"vm app-0{n}: updated" for n in (1, 2, 3)]
    assert vm_of(engine, "app-02").comment == "moved"


def test_snapshots_are_taken_of_machines(rhev: Command) -> None:
    result = rhev("snapshot", "vm", "web-03", "--description", "before", "--wait")
    assert (result.exit_code, result.stdout) == (0, "vm web-03: snapshot ok\n")
    listed = rhev("list", "snapshots", "--vm", "web-03", "--columns", "description", "-o", "csv")
    assert "before" in listed.stdout.splitlines()


CREATE = ["create", "vm", "name=x", "cluster=Default", "template=Blank"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["create", "vm", "nmae=x"], 6, "nmae: VM has no 'nmae'; did you mean 'name'?"),
        ([*CREATE, "cpu.threads=2"], 6, "cpu.threads: CPU has no 'threads'; it has arch"),
        ([*CREATE, "memory=8Gb"], 6, "memory: '8Gb' is no byte count"),
        ([*CREATE, "type=dsektop"], 6, "type: 'dsektop' is none of its values; did you mean"),
        ([*CREATE, "cpu=4"], 6, "cpu is made of attributes: write cpu."),
        ([*CREATE, "status=up"], 6, "status: the engine says it; actions are what changes it"),
        ([*CREATE, "nics=nic1"], 6, "what is in nics is created, updated and deleted by itself"),
        ([*CREATE, "cpu_shares=many"], 6, "cpu_shares: 'many' is no whole number"),
        ([*CREATE, "custom_compatibility_version=x"], 6, "'x' is no version, as 4.7 is one"),
        ([*CREATE, "name=y"], 2, "name is said twice"),
        ([*CREATE, "web"], 2, "'web' is no attribute with its value, as in memory=8GiB"),
        (["create", "vm", "--name", "x y", *CREATE[3:]], 6, "so it was not sent:\n  name: letters"),
        (["create", "vm", "--name", "x"], 6, "so it was not sent"),
        (["create", "vm", "--name", "x", "--cluster", "nope", "template=Blank"], 3, "Cluster"),
        (["create", "nic", "name=nic9"], 2, "nics belong to something: give"),
        (["create"], 2, "say of which type, or give a spec with -f"),
        (["create", "vm", "-f", "/nonexistent.yaml"], 2, "/nonexistent.yaml: No such file"),
        (["update", "vm", "web-01"], 2, "say what is to change, as in memory=8GiB"),
        (["update", "vm", "web-01", "id=x"], 6, "id: that is given by the engine, and stays"),
        (["update", "vm", "nope", "nmae=x"], 6, "nmae: VM has no 'nmae'"),
        (["snapshot", "vm", "web-01"], 2, "Missing option '--description'"),
        (["snapshot", "host", "x", "--description", "y"], 2, "snapshots are of machines"),
        (
            ["create", "host", "name=h", "address=h", "root_password=secret"],
            2,
            "root_password: a secret is not written here, where other users of this machine see it",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_wrong_is_said_before_anything_is_sent(
    rhev: Command, arguments: list[str], code: int, said: str
) -> None:
    result = rhev(*arguments, "-v")
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr
    assert code == 3 or not {"POST", "PUT"} & set(result.stderr.split())
    assert "secret" not in result.stderr.replace("a secret is", "")


def test_a_secret_is_read_once_and_shown_to_nobody(rhev: Command, engine: Engine) -> None:
    with engine.connect() as conn:
        names = [host.name for host in conn.getall(schema.Host)]
        rule = engine.faults.answer(409, path="/hosts/*", method="PUT", times=None)
    result = rhev(
        *("update", "host", *map(str, names), "root_password=-", "-v"), input="hidden-word\n"
    )
    engine.faults.clear()
    assert (result.exit_code, rule.hits) == (8, len(names))
    assert "hidden-word" not in result.output


@pytest.mark.parametrize("verb", ["create", "action"])
def test_every_type_has_options_that_are_told_apart(verb: str) -> None:
    command = app.get_command(click.Context(app), verb)
    assert command is not None
    for noun in nouns():
        context = command.make_context(verb, [noun.singular, "start"], resilient_parsing=True)
        params = command.get_params(context)
        names = [param.name for param in params]
        flags = [flag for param in params for flag in (*param.opts, *param.secondary_opts)]
        assert len(set(names)) == len(names), noun
        assert len(set(flags)) == len(flags), noun
