"""Creating, deleting, acting; bases, relationships, and resources that know their connection."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from rhev import (
    IllegalAction,
    InvalidRequest,
    NoRelationship,
    NotFound,
    ResponseError,
    Unbound,
    schema,
)
from rhev.simulator import Engine
from rhev.transport import Response
from tests.operations.scripted import (
    ENTRY,
    PATH,
    Scripted,
    answer,
    async_connected,
    connected,
)


def link(rel: str, vm: str = "1") -> dict[str, str]:
    return {"rel": rel, "href": f"{PATH}/vms/{vm}/{rel}"}


VM: dict[str, Any] = {
    "id": "1",
    "href": f"{PATH}/vms/1",
    "name": "web",
    "status": "down",
    "cluster": {"id": "c", "href": f"{PATH}/clusters/c"},
    "link": [link("nics"), link("diskattachments"), link("snapshots")],
    "actions": {"link": [link("start"), link("previewsnapshot")]},
}
DONE = {"status": "complete"}
SNAPSHOT = "5b1e3f02-61b4-4d1c-8c9c-0f3a4f5f3c05"
DISK = "5b1e3f02-61b4-4d1c-8c9c-0f3a4f5f3c0d"


def script(**more: Any) -> Scripted:
    return Scripted({"GET /vms/1": VM, **more})


def test_the_entry_point_is_read_once() -> None:
    engine = script()
    conn = connected(engine)
    assert conn.api() is conn.api()
    conn.get(schema.VM, "1")
    assert [r.url.removesuffix("/") for r in engine.requests].count(engine.requests[0].url) == 1
    conn.ping()
    assert len(engine.requests) == 3


def test_requests_say_what_they_speak() -> None:
    engine = script()
    connected(engine, user_view=True).get(schema.VM, "1")
    headers = engine.requests[-1].headers
    assert headers["Version"] == "4"
    assert headers["Accept"] == "application/json"
    assert headers["Filter"] == "true"
    assert "Content-Type" not in headers


@pytest.mark.parametrize(
    ("name", "path"), [("tags/root", "/tags/1"), ("templates/blank", "/templates/0")]
)
def test_special_objects(name: str, path: str) -> None:
    engine = script(**{f"GET {path}": {"id": path[-1], "name": "special"}})
    assert connected(engine).get(name).name == "special"
    assert engine.calls == [f"GET {path}"]


def test_a_special_object_of_an_older_engine_is_a_link() -> None:
    entry = {"link": [*ENTRY["link"], {"rel": "tags/root", "href": f"{PATH}/tags/r"}]}  # type: ignore[misc]
    engine = Scripted({"GET ": entry, "GET /tags/r": {"name": "root"}})
    tag = connected(engine).get("tags/root")
    assert isinstance(tag, schema.Tag)


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("nothings", "'nothings'; it has: bookmarks, tags"),
        ("tags/nothing", "no special object 'tags/nothing'; it has: blank_template"),
        (schema.NIC, "to NIC; give base= a resource that has one: InstanceType, .*, VM"),
        (schema.Host, "to the relationship 'hosts'; it has: bookmarks"),
    ],
)
def test_what_leads_nowhere_says_what_there_is(wanted: Any, said: str) -> None:
    with pytest.raises(NoRelationship, match=said):
        connected(script()).get(wanted)


def test_a_reference_is_read_where_its_links_are_needed() -> None:
    engine = script(**{"GET /vms/1/nics": {"nic": [{"id": "n"}]}})
    conn = connected(engine)
    nics = conn.getall("nics", base=schema.VM(href=f"{PATH}/vms/1"))
    assert isinstance(nics, schema.Nics)
    assert engine.calls == ["GET /vms/1", "GET /vms/1/nics"]


def test_a_resource_keeps_its_address_where_an_engine_does_not_repeat_it() -> None:
    nameless = {name: value for name, value in VM.items() if name != "href"}
    answers = iter([VM, nameless])
    vm = connected(Scripted({"GET /vms/1": lambda request: next(answers)})).get(schema.VM, "1")
    assert vm.reload().href == f"{PATH}/vms/1"


def test_a_resource_knows_its_connection_and_so_does_what_is_within() -> None:
    engine = script(
        **{
            "GET /clusters/c": {"id": "c", "name": "prod", "href": f"{PATH}/clusters/c"},
            "DELETE /vms/1": Response(200),
            "POST /vms/1/start": DONE,
        }
    )
    vm = connected(engine).get(schema.VM, "1")
    assert vm.cluster is not None
    assert vm.cluster.reload().name == "prod"
    assert vm.start(pause=True).status == "complete"
    assert engine.body() == {"pause": "true"}
    vm.start(schema.Action(pause=True))
    assert engine.body() == {"pause": "true"}, "no keyword means no change"
    vm.delete(detach_only=True)
    assert engine.query() == {"detach_only": "true"}


def test_what_belongs_to_no_connection_says_so() -> None:
    vm = schema.VM(name="x")
    for method in (vm.update, vm.delete, vm.reload, vm.start):
        with pytest.raises(Unbound, match="this VM belongs to no connection"):
            method()
    with pytest.raises(ValueError, match="this VM has no address"):
        connected(script()).reload(vm)


@pytest.mark.parametrize("name", ["previewsnapshot", "preview_snapshot", "previewSnapshot"])
def test_actions_by_name(name: str) -> None:
    engine = script(**{"POST /vms/1/previewsnapshot": DONE})
    conn = connected(engine)
    vm = conn.get(schema.VM, "1")
    given = schema.Action(snapshot=schema.Snapshot(id=SNAPSHOT))
    conn.action(vm, name, given, restore_memory=True, async_=False)  # type: ignore[arg-type]
    assert engine.body() == {
        "snapshot": {"id": SNAPSHOT},
        "restore_memory": "true",
        "async": "false",
    }
    assert given.restore_memory is None
    with pytest.raises(InvalidRequest, match=r"snapshot\.id"):
        conn.action(vm, name)  # type: ignore[arg-type]


def test_an_action_that_is_not_offered() -> None:
    engine = script()
    conn = connected(engine)
    vm = conn.get(schema.VM, "1")
    with pytest.raises(IllegalAction, match="offers: previewsnapshot, start") as raised:
        vm.stop()
    assert raised.value.offered == ("previewsnapshot", "start")
    with pytest.raises(IllegalAction, match="'stopp'"):
        conn.action(vm, "stopp")  # type: ignore[arg-type]
    assert engine.calls == ["GET /vms/1"] * 3  # read again: it may be offered by now


def test_a_get_that_finds_nothing() -> None:
    engine = script(**{"GET /vms/2": answer({"reason": "r", "detail": "d"}, 404)})
    conn = connected(engine)
    with pytest.raises(NotFound):
        conn.get(schema.VM, "2")
    assert conn.get(schema.VM, "2", default="none") == "none"


ATTACHMENTS = {
    "disk_attachment": [
        {"id": "d", "disk": {"id": "d", "href": f"{PATH}/disks/d", "name": "boot"}},
    ]
}


def test_the_disks_of_a_virtual_machine_are_those_of_its_attachments() -> None:
    engine = script(**{"GET /vms/1/diskattachments": ATTACHMENTS})
    conn = connected(engine)
    vm = conn.get(schema.VM, "1")
    disks = conn.getall(schema.Disk, base=vm)
    assert type(disks) is schema.Disks
    assert [disk.name for disk in disks] == ["boot"]
    assert engine.query() == {"follow": "disk"}
    assert not conn.getall(schema.Disk, base=vm, name="x*")


def test_an_engine_that_does_not_follow_is_asked_for_each_disk() -> None:
    reference = {"disk_attachment": [{"id": "d", "disk": {"id": "d", "href": f"{PATH}/disks/d"}}]}
    disk = {"id": "d", "name": "boot", "href": f"{PATH}/disks/d"}
    engine = script(**{"GET /vms/1/diskattachments": reference, "GET /disks/d": disk})
    conn = connected(engine)
    assert conn.getall(schema.Disk, base=conn.get(schema.VM, "1"))[0].name == "boot"


def test_a_disk_is_created_by_its_attachment() -> None:
    attachment = {"id": "d", "disk": {"id": "d", "href": f"{PATH}/disks/d"}}
    engine = script(
        **{
            "POST /vms/1/diskattachments": attachment,
            "GET /disks/d": {"id": "d", "name": "data"},
            "DELETE /vms/1/diskattachments/d": Response(200),
        }
    )
    conn = connected(engine)
    vm = conn.get(schema.VM, "1")
    disk = schema.Disk(
        name="data",
        provisioned_size=1 << 30,
        format=schema.DiskFormat.COW,
        interface=schema.DiskInterface.VIRTIO,
        storage_domains=[schema.StorageDomain(name="main")],
    )
    created = vm.create(disk)
    assert created.name == "data"
    assert engine.body(-2) == {
        "disk": {
            "name": "data",
            "provisioned_size": "1073741824",
            "format": "cow",
            "storage_domains": {"storage_domain": [{"name": "main"}]},
        },
        "interface": "virtio",
        "bootable": "false",
        "active": "true",
    }
    conn.delete(created, base=vm)
    assert engine.calls[-1] == "DELETE /vms/1/diskattachments/d"
    vm.create(schema.Disk(id=DISK, name="data", bootable=True))
    assert engine.body(-2) == {
        "disk": {"id": DISK},
        "interface": "virtio_scsi",
        "bootable": "true",
        "active": "true",
    }


def test_a_disk_is_updated_by_its_attachment() -> None:
    disk = {"id": "d", "name": "boot", "href": f"{PATH}/disks/d"}
    engine = script(
        **{
            "GET /vms/1/diskattachments": {"disk_attachment": [{"id": "d", "disk": disk}]},
            "PUT /vms/1/diskattachments/d": {"id": "d"},
            "GET /disks/d": {**disk, "name": "root"},
        }
    )
    conn = connected(engine)
    vm = conn.get(schema.VM, "1")
    boot = conn.getall(schema.Disk, base=vm)[0]
    boot.name = "root"
    boot.bootable = True
    assert conn.update(boot, base=vm) is boot
    assert engine.body(-2) == {"bootable": "true", "disk": {"name": "root"}}
    assert boot.name == "root"
    conn.update(boot, base=vm)
    assert engine.calls[-1] == "GET /disks/d"  # nothing was changed since, and nothing is sent


@pytest.mark.parametrize(
    ("resource", "base", "address"),
    [
        (schema.Tag(id="9", href=f"{PATH}/tags/9"), schema.VM(id="1"), "/vms/1/tags/9"),
        (schema.Tag(id="9", href=f"{PATH}/tags/9"), None, "/tags/9"),
        (schema.Tag(id="9"), None, "/tags/9"),
    ],
)
def test_what_is_deleted_below_a_base_is_only_taken_off_it(
    resource: schema.Tag, base: schema.VM | None, address: str
) -> None:
    links = [{"rel": "tags", "href": f"{PATH}/vms/1/tags"}]
    engine = script(**{"GET /vms/1": {**VM, "link": links}, f"DELETE {address}": Response(200)})
    connected(engine).delete(resource, base=base)
    assert engine.calls[-1] == f"DELETE {address}"


@pytest.mark.parametrize(
    ("operation", "parameter", "meant"),
    [
        ("delete", "detach_onyl", "detach_only"),
        ("update", "next_rum", "next_run"),
        ("create", "cloen", "clone"),
    ],
)
def test_a_misspelt_parameter_is_not_sent(operation: str, parameter: str, meant: str) -> None:
    engine = script()
    conn = connected(engine)
    with pytest.raises(TypeError, match=f"{operation}.. has no parameter .*mean '{meant}'"):
        conn.perform(operation, schema.VM(id="1"), **{parameter: True})
    assert engine.requests == []


def test_below_a_base_a_resource_is_found_by_its_id() -> None:
    engine = script()
    tag = schema.Tag(name="blue", href=f"{PATH}/tags/9")
    with pytest.raises(ValueError, match="this Tag has no id to find it by below base="):
        connected(engine).delete(tag, base=schema.VM(id="1"))
    assert engine.requests == []


def test_an_id_is_enough_to_know_a_resource_by() -> None:
    engine = script(**{"POST /vms/1/start": DONE})
    conn = connected(engine)
    assert conn.reload(schema.VM(id="1")).name == VM["name"]
    assert conn.action(schema.VM(id="1"), "start").status == "complete"


@pytest.mark.parametrize(
    ("wanted", "base", "said"),
    [
        (schema.CPU, None, "CPU is no class of resources, as schema.VM is"),
        (schema.VM(name="x"), None, "VM is no class of resources"),
        (schema.NIC, "vms", "base= is a resource, or a collection, not a str"),
    ],
)
def test_what_is_no_type_or_no_base_says_what_would_be(wanted: Any, base: Any, said: str) -> None:
    with pytest.raises(TypeError, match=said):
        connected(script()).getall(wanted, base=base)


def test_run_takes_one_thing_at_a_time() -> None:
    engine = script(**{"GET /vms": {"vm": [VM]}})

    async def program() -> None:
        async with async_connected(engine) as conn:
            vm = await conn.get(schema.VM, "1")
            with pytest.raises(TypeError, match="does one thing"):
                await conn.run(lambda: (vm.reload(), vm.reload()))

    asyncio.run(program())
    assert engine.calls == ["GET /vms/1"]


def test_options_can_be_read_but_not_listed() -> None:
    conn = Engine.demo().connect()
    for wanted in ("options", schema.SystemOption):
        assert conn.get(wanted, "MaxNumOfVmCpus").id == "MaxNumOfVmCpus"
        with pytest.raises(ResponseError, match="no resource at the full path"):
            conn.getall(wanted)


def test_what_can_only_be_made_has_a_place_to_be_made_in() -> None:
    links = [{"rel": "externalvmimports", "href": f"{PATH}/externalvmimports"}]
    engine = Scripted({"GET ": {"link": links}, "POST /externalvmimports": {"name": "db"}})
    asked = schema.ExternalVmImport(
        name="db",
        provider=schema.ExternalVmProviderType.KVM,
        url="qemu+tcp://host/system",
        cluster=schema.Cluster(name="Default"),
        storage_domain=schema.StorageDomain(name="data"),
    )
    assert connected(engine).create(asked).name == "db"


def test_a_class_that_there_is_not_says_which_was_meant() -> None:
    with pytest.raises(AttributeError, match="has no 'Vm'; did you mean 'VM'"):
        schema.Vm  # type: ignore[attr-defined]  # noqa: B018


def test_asyncio_has_the_same_operations() -> None:
    engine = script(
        **{
            "GET /vms": {"vm": [VM]},
            "POST /vms/1/start": DONE,
            "PUT /vms/1": VM,
            "GET /vms/1/nics": {"nic": []},
        }
    )

    async def program() -> None:
        async with async_connected(engine) as conn:
            await conn.ping()
            vm = await conn.get(schema.VM, "1")
            assert [other async for other in conn.iterate(schema.VM)] == [vm]
            assert vm in await conn.getall(schema.VM, name="w*")
            assert (await conn.run(vm.start, pause=True)).status == "complete"
            vm.comment = "x"
            assert await conn.run(vm.update) is vm
            with pytest.raises(Unbound, match=r"await connection.run\(resource.action"):
                vm.start()
            assert len(await conn.getall(schema.NIC, base=vm)) == 0
            await conn.wait_for_status(vm, "down")

    asyncio.run(program())
    assert engine.closed == 1


def test_an_action_does_not_take_what_it_has_not() -> None:
    engine = script()
    conn = connected(engine)
    vm = conn.get(schema.VM, "1")
    with pytest.raises(
        TypeError, match=r"start\(\) has no parameter 'paused'; did you mean 'pause'"
    ):
        conn.action(vm, "start", paused=True)
    with pytest.raises(TypeError, match="not a dict") as raised:
        conn.action(vm, "start", {"password": "hunter2"})  # type: ignore[arg-type]
    assert "hunter2" not in str(raised.value)
    assert engine.calls == ["GET /vms/1"]
