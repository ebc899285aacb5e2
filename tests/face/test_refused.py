"""The calls that cannot be meant: each with what is said, and nothing of it sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from rhev import InvalidRequest, OtherEngine, schema
from rhev.simulator import Engine
from tests.face.driving import KINDS, Driven, asked, demo, driven

Call = Callable[[Driven, Any], object]

# The call, with a connection and a virtual machine that was read; the error; what it says.
REFUSED: list[tuple[Call, type[Exception], str]] = [
    # Parameters of the engine that are not of their type
    (
        lambda c, vm: c.get(schema.VM, filter={"name": "mail"}),
        TypeError,
        r"filter= is True or False, not a dict; criteria are .*get\(schema.VM, name=...\)",
    ),
    (lambda c, vm: c.getall(schema.VM, filter={}), TypeError, "criteria are keywords"),
    (lambda c, vm: c.iterate(schema.VM, filter="name=mail"), TypeError, r"iterate\(\): filter="),
    (lambda c, vm: c.getall(schema.VM, max="5"), TypeError, "max= is a whole number, not a str"),
    (lambda c, vm: c.getall(schema.VM, max=True), TypeError, "max= is a whole number, not a bool"),
    (lambda c, vm: c.getall(schema.VM, max=-1), ValueError, "max= is at least 1"),
    (lambda c, vm: c.iterate(schema.VM, max=0), ValueError, "max= is at least 1"),
    (
        lambda c, vm: c.getall(schema.VM, all_content="yes"),
        TypeError,
        "all_content= is True or False",
    ),
    (lambda c, vm: c.getall(schema.VM, case_sensitive=1), TypeError, "not an int"),
    (lambda c, vm: c.getall(schema.Host, migration_target_of=vm), TypeError, "a text, not a VM"),
    (lambda c, vm: c.getall(schema.Event, from_="7"), TypeError, "from_= is a whole number"),
    (lambda c, vm: c.getall(schema.VM, search=5), TypeError, "search= is a text"),
    (lambda c, vm: c.getall(schema.VM, search=["name=a"]), TypeError, "not a list"),
    (lambda c, vm: c.delete(vm, detach_only="no"), TypeError, r"delete\(\): detach_only="),
    (lambda c, vm: c.delete(vm, host=vm), TypeError, "host= is a text, not a VM"),
    (lambda c, vm: c.update(vm, next_run="later"), TypeError, r"update\(\): next_run="),
    (lambda c, vm: c.create(schema.VM(name="x"), clone="yes"), TypeError, r"create\(\): clone="),
    (
        lambda c, vm: c.create(schema.VM(name="x"), auto_pinning_policy="nosuch"),
        ValidationError,
        "'adjust', 'disabled' or 'existing'|'disabled'",
    ),
    (lambda c, vm: c.delete(vm, forse=True), TypeError, "did you mean 'force'"),
    (lambda c, vm: c.reload(vm, folow="nics"), TypeError, "did you mean 'follow'"),
    # What earlier clients call them
    (lambda c, vm: c.get(schema.VM, detail="disks"), TypeError, "follow= names what to inline"),
    (lambda c, vm: c.getall(schema.VM, detail="disks"), TypeError, "all_content=True"),
    (lambda c, vm: c.get(schema.Tag, special="root"), TypeError, r"get\('tags/root'\)"),
    (lambda c, vm: c.getall(schema.VM, query="name=a"), TypeError, "is search="),
    (lambda c, vm: c.action(vm, "start", data=schema.Action()), TypeError, "or an Action after"),
    (lambda c, vm: c.get(schema.Disk, vm), TypeError, "not a VM; what is below .* with base="),
    (lambda c, vm: c.wait_for_status(vm, ("up", "down")), TypeError, "'up', 'down', timeout=60"),
    (lambda c, vm: c.wait_for_status(vm, ["up"]), TypeError, "not a list"),
    (lambda c, vm: c.wait_for_status(vm, "up", 60), TypeError, "not an int"),
    (
        lambda c, vm: c.do(vm.wait_for_status, ("up", "down")),
        TypeError,
        "each status as an argument",
    ),
    (lambda c, vm: c.wait_for_status(vm), ValueError, "at least one status"),
    (lambda c, vm: c.wait_for_status(vm, None), TypeError, "not None"),
    (lambda c, vm: c.wait_for_status(vm, "upp"), ValueError, "is never 'upp'"),
    (lambda c, vm: c.wait_for_status(vm, "up", timeout="60"), TypeError, "timeout= is in seconds"),
    (lambda c, vm: c.wait_for_status(vm, "up", timeout=-1), ValueError, "positive number"),
    (lambda c, vm: c.wait_for_status(vm, "up", interval=0), ValueError, "positive number"),
    (lambda c, vm: c.wait_for_status(vm, "up", interval=None), TypeError, "not None"),
    (lambda c, vm: c.wait_for_status(vm, "up", progress="bar"), TypeError, "progress= is called"),
    (lambda c, vm: c.wait_for_deletion(vm, timeout="60"), TypeError, "timeout= is in seconds"),
    (lambda c, vm: c.wait_for_deletion(None), TypeError, "not None"),
    # None where something is meant
    (lambda c, vm: c.get(schema.VM, search=None), TypeError, "search= is None"),
    (lambda c, vm: c.get(schema.VM, name=None), TypeError, "name= is None"),
    (lambda c, vm: c.get(schema.VM, id=None), TypeError, "not None"),
    (lambda c, vm: c.get(schema.VM, None), TypeError, "not None"),
    (lambda c, vm: c.get(schema.VM, ""), ValueError, "'' is no id"),
    (lambda c, vm: c.get(None), TypeError, "None is no class of resources"),
    (lambda c, vm: c.get(vm), TypeError, "a VM is no class of resources"),
    (lambda c, vm: c.getall(5), TypeError, "an int is no class"),
    (lambda c, vm: c.getall(schema.CPU), TypeError, "the class CPU is no class of resources"),
    (lambda c, vm: c.getall("nosuch"), LookupError, "'nosuch'"),
    (
        lambda c, vm: c.getall(schema.NIC, base="web-01"),
        TypeError,
        "base= is a resource, .*not a str",
    ),
    (lambda c, vm: c.getall(schema.NIC, schema.VM), TypeError, "not the class VM"),
    (lambda c, vm: c.create(None), TypeError, r"create\(\) takes a resource, .*not None"),
    (lambda c, vm: c.create(schema.VM), TypeError, "not the class VM"),
    (lambda c, vm: c.create({"name": "x"}), TypeError, "not a dict"),
    (lambda c, vm: c.create(schema.CPU()), TypeError, "not a CPU"),
    (lambda c, vm: c.update(None), TypeError, r"update\(\) takes a resource"),
    (lambda c, vm: c.delete(None), TypeError, r"delete\(\) takes a resource, .*not None"),
    (lambda c, vm: c.delete(vm.id), TypeError, "not a str"),
    (lambda c, vm: c.delete(c.getall(schema.VM)), TypeError, "one resource, not a VMs: call it"),
    (lambda c, vm: c.reload(None), TypeError, r"reload\(\) takes a resource"),
    (
        lambda c, vm: c.wait_for_status(None, "up"),
        TypeError,
        r"wait_for_status\(\) takes a resource",
    ),
    (lambda c, vm: c.action(None, "start"), TypeError, r"action\(\) takes a resource"),
    (lambda c, vm: c.action(vm, None), TypeError, "the name of an action, not None"),
    (lambda c, vm: c.action(vm, "start", {"pause": True}), TypeError, "not a dict"),
    (lambda c, vm: c.action(vm, "start", pause="yes"), ValidationError, "valid boolean"),
    (lambda c, vm: c.do(vm.start, pause="yes"), ValidationError, "valid boolean"),
    # What is followed
    (
        lambda c, vm: c.getall(schema.VM, follow="nisc"),
        ValueError,
        "a VM has no relationship 'nisc'; did you mean 'nics'",
    ),
    (
        lambda c, vm: c.get(schema.VM, vm.id, follow=["nics", "disk_attachment.disk"]),
        ValueError,
        "did you mean 'disk_attachments'",
    ),
    (
        lambda c, vm: c.getall(schema.VM, follow="disk_attachments.dsk"),
        ValueError,
        "a DiskAttachment has no relationship 'dsk'; did you mean 'disk'",
    ),
    (lambda c, vm: c.getall(schema.VM, follow="os"), ValueError, "no relationship 'os'"),
    (lambda c, vm: c.getall(schema.VM, follow="NICS"), ValueError, "no relationship 'NICS'"),
    (lambda c, vm: c.getall(schema.VM, follow="nics..vnic_profile"), ValueError, "relationship ''"),
    (lambda c, vm: c.iterate(schema.VM, follow="nisc"), ValueError, "did you mean 'nics'"),
    (lambda c, vm: c.reload(vm, follow="nisc"), ValueError, "did you mean 'nics'"),
    (lambda c, vm: c.do(vm.reload, follow="nisc"), ValueError, "did you mean 'nics'"),
    (lambda c, vm: c.getall(schema.VM, follow=5), TypeError, "a sequence of texts, not an int"),
    (lambda c, vm: c.getall(schema.VM, follow=["nics", 5]), TypeError, "sequence of texts"),
    # What would make another one, or none
    (lambda c, vm: c.create(vm), ValueError, r"create\(schema.copy\(resource\)\)"),
    (lambda c, vm: c.create(schema.href(vm)), ValueError, "a second one"),
    (lambda c, vm: c.create(schema.VM()), InvalidRequest, "name"),
    # What is the attachment's, where none is known
    (
        lambda c, vm: c.update(_changed(schema.Disk(id="d", href="/ovirt-engine/api/disks/d"))),
        ValueError,
        r"interface of a Disk .* update\(disk, base=vm\)",
    ),
]


def _changed(disk: schema.Disk) -> schema.Disk:
    disk.interface = schema.DiskInterface.IDE
    return disk


@pytest.fixture(scope="module")
def unchanged() -> Engine:
    """One engine for all: nothing is sent that could change it."""
    return Engine.demo()


@pytest.mark.parametrize(("wire", "kind"), KINDS)
@pytest.mark.parametrize(("call", "error", "said"), REFUSED)
def test_what_cannot_be_meant_is_said(
    unchanged: Engine, wire: str, kind: str, call: Call, error: type[Exception], said: str
) -> None:
    with demo(wire, kind, unchanged) as (engine, conn):
        vm = conn.get(schema.VM, name="web-01")
        before = asked(engine)
        with pytest.raises(error, match=f"(?s){said}"):
            call(conn, vm)
        # Where a call has to know a collection to say so, it read that: nothing else was asked.
        assert [call for call in asked(engine)[len(before) :] if call != ("GET", "/vms")] == []


# A resource that was read from one engine, and a call of it through a connection to another.
ELSEWHERE: list[Call] = [
    lambda c, vm: c.delete(vm),
    lambda c, vm: c.update(vm),
    lambda c, vm: c.reload(vm),
    lambda c, vm: c.wait_for_status(vm, "down"),
    lambda c, vm: c.wait_for_deletion(vm),
    lambda c, vm: c.action(vm, "start"),
    lambda c, vm: c.create(vm),
    lambda c, vm: c.create(schema.Tag(id="00000000-0000-0000-0000-00000000000a"), base=vm),
    lambda c, vm: c.getall(schema.NIC, base=vm),
    lambda c, vm: c.get(schema.NIC, "n", base=vm),
    lambda c, vm: c.iterate(schema.NIC, base=vm),
]
OWN: list[Call] = [
    lambda c, vm: c.do(vm.delete),
    lambda c, vm: c.do(vm.update),
    lambda c, vm: c.do(vm.reload),
    lambda c, vm: c.do(vm.start),
    lambda c, vm: c.do(vm.wait_for_status, "up"),
    lambda c, vm: c.do(vm.wait_for_deletion),
    lambda c, vm: c.do(vm.create, schema.Tag(id="00000000-0000-0000-0000-00000000000a")),
]


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_a_resource_stays_with_its_engine(kind: str) -> None:
    from rhev import AsyncConnection, Connection

    connect: Any = Connection if kind == "sync" else AsyncConnection
    with Engine.demo().serve() as one, Engine.demo().serve() as two:
        first = connect(one.url, one.username, one.password)
        second = connect(two.url, two.username, two.password)
        with driven(first) as here, driven(second) as there:
            vm = here.get(schema.VM, name="web-01")
            for call in ELSEWHERE:
                with pytest.raises(OtherEngine, match=f"read from {one.url}.*is to {two.url}"):
                    call(there, vm)
            here.connect(two.url, two.username, two.password)
            for call in (*ELSEWHERE, *OWN):
                with pytest.raises(OtherEngine, match="was read from"):
                    call(here, vm)
            assert there.get(schema.VM, name="web-01").name == "web-01"
            here.connect(one.url, one.username, one.password)
            assert here.reload(vm) is vm  # the engine that it was read from, again
            # Two connections to one engine are the same to it.
            there.connect(one.url, one.username, one.password)
            assert there.reload(vm) is vm
