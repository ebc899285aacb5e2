"""What was read below a base remembers it: as a real engine answers, and the embedded one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rhev import NotFound, errors, relations, schema
from rhev.transport import Response
from tests.face.driving import KINDS, demo, new_machine, scripted
from tests.operations.scripted import PATH, Answer, answer

if TYPE_CHECKING:
    from collections.abc import Callable

both = pytest.mark.parametrize("kind", ["sync", "async"])
every_way = pytest.mark.parametrize(("wire", "kind"), KINDS)


def links(owner: str, *rels: str) -> list[dict[str, str]]:
    return [{"rel": rel, "href": f"{PATH}/{owner}/{rel}"} for rel in rels]


# A real engine answers with the addresses that these have by themselves, wherever it is asked.
SSD = "5a0a0e47-4d4c-4d1a-9c7e-0d0f3b1a2c01"
LABEL = {"id": SSD, "href": f"{PATH}/affinitylabels/{SSD}", "name": "ssd"}
VM = {
    "id": "1",
    "href": f"{PATH}/vms/1",
    "name": "web",
    "link": links("vms/1", "affinitylabels", "nics", "diskattachments", "tags"),
}
GROUP = {
    "id": "g",
    "href": f"{PATH}/clusters/c/affinitygroups/g",
    "link": links("clusters/c/affinitygroups/g", "vms"),
}
DONE = {"status": "complete"}
ANSWERS: dict[str, Answer] = {
    "GET /vms/1": VM,
    "GET /vms/1/affinitylabels": {"affinity_label": [LABEL]},
    f"GET /vms/1/affinitylabels/{SSD}": LABEL,
    "POST /vms/1/affinitylabels": LABEL,
    f"DELETE /vms/1/affinitylabels/{SSD}": DONE,
    f"GET /affinitylabels/{SSD}": LABEL,
    f"DELETE /affinitylabels/{SSD}": DONE,
    "GET /clusters/c/affinitygroups/g": GROUP,
    "GET /clusters/c/affinitygroups/g/vms": {"vm": [VM]},
    "DELETE /clusters/c/affinitygroups/g/vms/1": DONE,
    "DELETE /vms/1": DONE,
}


@both
def test_a_label_of_a_machine_is_taken_off_it(kind: str) -> None:
    with scripted(kind, ANSWERS, check=False) as (engine, conn):
        vm = conn.reload(schema.VM(id="1", href=f"{PATH}/vms/1"))
        listed = conn.getall(schema.AffinityLabel, base=vm)[0]
        single = conn.get(schema.AffinityLabel, SSD, base=vm)
        walked = conn.iterate(schema.AffinityLabel, base=vm)[0]
        assigned = conn.create(schema.AffinityLabel(id=SSD), base=vm)
        for label in (listed, single, walked, assigned, conn.reload(listed)):
            conn.delete(label)
            assert engine.calls[-1] == f"DELETE /vms/1/affinitylabels/{SSD}"
            conn.do(label.delete)
            assert engine.calls[-1] == f"DELETE /vms/1/affinitylabels/{SSD}"
        conn.delete(schema.href(listed))  # the label itself, where that is said
        assert engine.calls[-1] == f"DELETE /affinitylabels/{SSD}"


@both
def test_a_machine_of_an_affinity_group_is_taken_out_of_it(kind: str) -> None:
    with scripted(kind, ANSWERS) as (engine, conn):
        group = conn.reload(
            schema.AffinityGroup(id="g", href=f"{PATH}/clusters/c/affinitygroups/g")
        )
        vm = conn.getall(schema.VM, base=group)[0]
        conn.do(vm.delete)
        assert engine.calls[-1] == "DELETE /clusters/c/affinitygroups/g/vms/1"
        conn.reload(vm)
        assert engine.calls[-1] == "GET /vms/1"


@every_way
def test_a_label_is_taken_off_a_machine_of_the_embedded_engine(wire: str, kind: str) -> None:
    with demo(wire, kind) as (_, conn):
        vm = conn.get(schema.VM, name="web-01")
        label = conn.get("affinitylabels", name="ssd")
        if not conn.getall(schema.AffinityLabel, base=vm):
            conn.create(label, base=vm)  # assigned, and not made
        conn.do(conn.get(schema.AffinityLabel, base=vm).delete)
        assert len(conn.getall(schema.AffinityLabel, base=vm)) == 0
        assert conn.reload(label).name == "ssd"


@pytest.mark.parametrize(
    ("base", "member"),
    [
        ("Vm", "Tag"),
        ("Host", "Tag"),
        ("Vm", "AffinityLabel"),
        ("AffinityGroup", "Vm"),
        ("AffinityLabel", "Host"),
        ("Cluster", "Network"),
        ("DataCenter", "StorageDomain"),
        ("StorageDomain", "StorageConnection"),
        ("Role", "Permit"),
        ("Vm", "HostDevice"),
    ],
)
def test_what_a_base_takes_in(base: str, member: str) -> None:
    assert relations.assigns(base, member)


@pytest.mark.parametrize(
    ("base", "member"),
    [
        ("Api", "Vm"),
        ("Api", "Network"),
        ("Vm", "Nic"),
        ("Vm", "Snapshot"),
        ("DataCenter", "Network"),
        ("DataCenter", "Quota"),
        ("Cluster", "CpuProfile"),
        ("Network", "VnicProfile"),
        ("Vm", "Vm"),
    ],
)
def test_what_a_base_makes(base: str, member: str) -> None:
    assert not relations.assigns(base, member)


@every_way
def test_what_was_read_is_not_made_again(wire: str, kind: str) -> None:
    with demo(wire, kind) as (engine, conn):
        vm = conn.get(schema.VM, name="web-01")
        nic = conn.get(schema.NIC, base=vm)
        other = conn.get(schema.VM, name="web-02")
        before = len(engine.requests)
        calls: list[Callable[[], object]] = [
            lambda: conn.create(vm),
            lambda: conn.create(nic, base=other),
            lambda: conn.do(other.create, nic),
        ]
        for call in calls:
            with pytest.raises(ValueError, match=r"create\(schema\.copy\(resource\)\)"):
                call()
        assert len(engine.requests) == before
        copied = schema.copy(nic)
        copied.name = "nic9"
        copied.mac = None
        assert conn.create(copied, base=other).id != nic.id


@every_way
def test_what_is_taken_in_may_have_been_read(wire: str, kind: str) -> None:
    with demo(wire, kind) as (_, conn):
        vm = conn.get(schema.VM, name="web-02")
        conn.create(conn.get(schema.Tag, name="staging"), base=vm)
        assert "staging" in [tag.name for tag in conn.getall(schema.Tag, base=vm)]
        cluster = conn.get(schema.Cluster, name="databases")
        present = {network.id for network in conn.getall(schema.Network, base=cluster)}
        for network in conn.getall(schema.Network):
            if network.id not in present:
                conn.create(network, base=cluster)
        assert len(conn.getall(schema.Network, base=cluster)) == len(conn.getall(schema.Network))
        spare = conn.get(schema.Disk, name="spare")
        conn.create(spare, base=vm)
        assert spare.id in [disk.id for disk in conn.getall(schema.Disk, base=vm)]


@every_way
def test_what_belongs_to_an_attachment_reaches_it(wire: str, kind: str) -> None:
    with demo(wire, kind) as (engine, conn):
        vm = new_machine(conn)
        disk = conn.create(
            schema.Disk(
                name="d",
                size=schema.GiB,
                format=schema.DiskFormat.COW,
                interface=schema.DiskInterface.VIRTIO,
                bootable=True,
                storage_domains=[schema.StorageDomain(name="data-01")],
            ),
            base=vm,
        )
        conn.wait_for_status(disk, "ok", interval=0.01)
        assert (disk.interface, disk.bootable, disk.active) == ("virtio", True, True)
        for read in (
            disk,
            conn.get(schema.Disk, disk.id, base=vm),
            conn.getall(schema.Disk, base=vm)[0],
        ):
            wanted = "ide" if read is disk else "virtio_scsi" if read.interface == "ide" else "sata"
            read.interface = schema.DiskInterface(wanted)
            conn.do(read.update)
            conn.wait_for_status(disk, "ok", interval=0.01)
            assert read.interface == wanted
            assert conn.reload(read).interface == wanted
            (attachment,) = conn.getall(schema.DiskAttachment, base=vm)
            assert attachment.interface == wanted
        sent = len(engine.requests)
        plain = conn.get(schema.Disk, disk.id)
        plain.interface = schema.DiskInterface.IDE
        with pytest.raises(ValueError, match=r"update\(disk, base=vm\)"):
            conn.do(plain.update)
        assert [method for method, _ in list(engine.requests)[sent:]] == ["GET"]
        conn.update(plain, base=vm)
        assert conn.getall(schema.DiskAttachment, base=vm)[0].interface == "ide"
        conn.wait_for_status(disk, "ok", interval=0.01)
        conn.do(disk.delete)  # the disk itself, as in the guide
        conn.wait_for_deletion(disk, interval=0.01)
        with pytest.raises(NotFound):
            conn.get(schema.Disk, disk.id)


@both
def test_a_disk_that_grows_is_read_again(kind: str) -> None:
    sizes = iter([1, 2])

    def disk(_: Any) -> dict[str, Any]:
        return {"id": "d", "href": f"{PATH}/disks/d", "provisioned_size": str(next(sizes))}

    old = {"id": "d", "href": f"{PATH}/disks/d", "provisioned_size": "1", "status": "locked"}
    with scripted(kind, {"GET /disks/d": disk, "PUT /disks/d": old}) as (engine, conn):
        read = conn.reload(schema.Disk(id="d", href=f"{PATH}/disks/d"))
        read.provisioned_size = 2
        conn.do(read.update)
        assert read.provisioned_size == 2
        assert engine.calls == ["GET /disks/d", "PUT /disks/d", "GET /disks/d"]


@every_way
def test_a_status_that_is_elsewhere(wire: str, kind: str) -> None:
    with demo(wire, kind) as (_, conn):
        top = conn.get(schema.StorageDomain, name="data-01")
        assert top.status is None
        with pytest.raises(ValueError, match=r"get\(schema\.StorageDomain, id, base=data_center\)"):
            conn.wait_for_status(top, "active", timeout=30)
        center = conn.get(schema.DataCenter, name="Default")
        attached = conn.get(schema.StorageDomain, top.id, base=center)
        assert conn.wait_for_status(attached, "active", timeout=1).status == "active"


PAGE = Response(500, {"content-type": "text/html"}, b"<html><title>Error</title>at org.x</html>")
PROFILE = {"id": "p", "href": f"{PATH}/vnicprofiles/p"}
NICS = [
    {"id": "a", "href": f"{PATH}/vms/1/nics/a", "name": "nic1", "vnic_profile": PROFILE},
    {"id": "b", "href": f"{PATH}/vms/1/nics/b", "name": "nic2"},
]


def fails_with_follow(document: Any) -> Answer:
    return lambda request: PAGE if "follow=" in request.url else answer(document)


@both
def test_where_an_engine_cannot_follow_the_links_are_read(kind: str) -> None:
    answers = {
        "GET /vms": fails_with_follow({"vm": [VM]}),
        "GET /vms/1": fails_with_follow(VM),
        "GET /vms/1/nics": {"nic": NICS},
        "GET /vnicprofiles/p": {**PROFILE, "name": "ovirtmgmt"},
    }
    with scripted(kind, answers) as (engine, conn):
        for vm in (
            conn.getall(schema.VM, follow="nics.vnic_profile")[0],
            conn.reload(schema.VM(id="1", href=f"{PATH}/vms/1"), follow="nics.vnic_profile"),
        ):
            assert [nic.name for nic in vm.nics] == ["nic1", "nic2"]
            assert vm.nics[0].vnic_profile.name == "ovirtmgmt"
            assert vm.nics[1].vnic_profile is None
            sent = len(engine.requests)
            conn.do(vm.update)  # nothing of it was changed
            assert len(engine.requests) == sent


@both
def test_an_engine_that_fails_without_it_too_has_failed(kind: str) -> None:
    with (
        scripted(kind, {"GET /vms": PAGE}) as (engine, conn),
        pytest.raises(errors.ResponseError) as raised,
    ):
        conn.getall(schema.VM, follow="nics")
    assert raised.value.exchange is not None
    assert raised.value.exchange.status == 500
    assert engine.calls == ["GET /vms"] * 2
