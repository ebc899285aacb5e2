"""Applying documents: what is sent, what is left alone, and what stands against it."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from rhev import OutcomeUnknown, schema
from rhev.applying import Cyclic, Refused, SaidTwice, Stopped, Wanted, apply, plan
from rhev.schema import GiB

if TYPE_CHECKING:
    from rhev.mapping.resources import BaseResource

    from .conftest import Estate


def machine() -> schema.VM:
    """A machine of a template, with more NICs and disks than that has."""
    return schema.VM(
        name="new-01",
        cluster=schema.Cluster(name="Default"),
        template=schema.Template(name="rhel9"),
        memory=3 * GiB,
        cpu=schema.CPU(topology=schema.CpuTopology(cores=2, sockets=1, threads=1)),
        nics=[
            schema.NIC(name="nic1", vnic_profile=schema.VnicProfile(name="frontend")),
            schema.NIC(name="nic2", vnic_profile=schema.VnicProfile(name="blue")),
        ],
        tags=[schema.Tag(name="blue")],
        disk_attachments=[
            schema.DiskAttachment(
                bootable=True,
                interface=schema.DiskInterface.VIRTIO,
                disk=schema.Disk(name="rhel9_root", provisioned_size=30 * GiB),
            ),
            schema.DiskAttachment(
                disk=schema.Disk(
                    name="new_data",
                    format=schema.DiskFormat.COW,
                    provisioned_size=5 * GiB,
                    storage_domains=[schema.StorageDomain(name="data-02")],
                )
            ),
            schema.DiskAttachment(disk=schema.Disk(name="spare")),
        ],
        cdroms=[schema.CdRom(file=schema.File(id="rhel-9.4-x86_64-dvd.iso"))],
        watchdogs=[
            schema.WatchDog(model=schema.WatchdogModel.I6300ESB, action=schema.WatchdogAction.RESET)
        ],
    )


def network() -> schema.Network:
    return schema.Network(
        name="blue", data_center=schema.DataCenter(name="Default"), vlan=schema.VLAN(id=7)
    )


def documents() -> list[BaseResource]:
    """A machine and what it needs, in the order in which it cannot be made."""
    wired = schema.Cluster(name="Default", networks=[schema.Network(name="blue", required=False)])
    return [machine(), wired, schema.Tag(name="blue"), network()]


# What is wanted is made, once.


def test_what_is_not_there_is_made_and_the_second_time_nothing_is_sent(demo: Estate) -> None:
    done = apply(demo.connection, documents())
    assert [f"{change.action} {change.what}" for change in done] == [
        "create tag blue",
        "create network blue",
        "assign network blue of cluster Default",
        "create vm new-01",
        "update nic nic1 of vm new-01",
        "create nic nic2 of vm new-01",
        "update cdrom ? of vm new-01",
        "create watchdog ? of vm new-01",
        "assign tag blue of vm new-01",
        "update disk_attachment rhel9_root of vm new-01",
        "create disk_attachment new_data of vm new-01",
        "create disk_attachment spare of vm new-01",
    ]
    assert len(demo.writes) == len(done)
    demo.engine.requests.clear()
    assert apply(demo.connection, documents()) == ()
    assert demo.writes == []


def test_the_machine_is_then_as_it_was_wanted(demo: Estate) -> None:
    apply(demo.connection, documents())
    made = demo.connection.get(
        schema.VM, name="new-01", follow="nics,tags,cdroms,watchdogs,disk_attachments.disk"
    )
    assert (made.memory, str(made.status)) == (3 * GiB, "down")
    assert made.disk_attachments is not None
    disks = {
        each.disk.alias: (each.disk.provisioned_size, str(each.interface), each.bootable)
        for each in made.disk_attachments
        if each.disk
    }
    assert disks == {
        "rhel9_root": (30 * GiB, "virtio", True),
        "new_data": (5 * GiB, "virtio_scsi", False),
        "spare": (50 * GiB, "virtio_scsi", False),
    }
    assert [nic.name for nic in made.nics or ()] == ["nic1", "nic2"]
    assert [tag.name for tag in made.tags or ()] == ["blue"]


def test_a_plan_has_what_applying_does_and_sends_nothing(demo: Estate) -> None:
    planned = plan(demo.connection, documents())
    assert demo.writes == []
    assert planned.refusals == ()
    done = apply(demo.connection, documents())
    assert [(each.action, each.what) for each in planned.changes] == [
        (each.action, each.what) for each in done
    ]


def test_a_difference_is_told_attribute_by_attribute_as_it_is_sent(demo: Estate) -> None:
    wanted = schema.VM(
        name="web-03",
        memory=4 * GiB,
        description="",
        high_availability=schema.HighAvailability(enabled=True),
    )
    (change,) = plan(demo.connection, [wanted]).changes
    assert [(each.path, each.now, each.wanted) for each in change.differences] == [
        ("description", "made from rhel9", ""),
        ("memory", "2GiB", "4GiB"),
        ("high_availability.enabled", False, True),
    ]


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))), ids=str)
def test_documents_may_come_in_any_order(demo: Estate, order: tuple[int, ...]) -> None:
    given = documents()
    done = apply(demo.connection, [given[number] for number in order])
    assert len(done) == 12
    assert plan(demo.connection, documents()).changes == ()


def test_what_is_not_mentioned_is_left_alone(demo: Estate) -> None:
    before = demo.connection.get(schema.VM, name="web-01", follow="nics,tags,disk_attachments")
    wanted = schema.VM(
        name="web-01",
        comment="mine",
        nics=[schema.NIC(name="nic9", vnic_profile=schema.VnicProfile(name="ovirtmgmt"))],
        tags=[schema.Tag(name="staging")],
    )
    apply(demo.connection, [wanted])
    after = demo.connection.get(schema.VM, name="web-01", follow="nics,tags,disk_attachments")
    assert str(after.status) == "up"
    assert [nic.name for nic in after.nics or ()] == ["nic1", "nic9"]
    assert sorted(tag.name or "" for tag in after.tags or ()) == ["production", "staging"]
    assert after.disk_attachments == before.disk_attachments
    assert (after.memory, after.description) == (before.memory, before.description)
    assert [method for method, _ in demo.writes] == ["PUT", "POST", "POST"]


@pytest.mark.parametrize(
    "same",
    [
        schema.VM(name="web-01", memory=2 * GiB + 1000),
        schema.VM(name="web-01", comment=""),
        schema.VM(name="web-01", os=schema.OperatingSystem(type="rhel_9x64")),
        schema.VM(name="web-01", cluster=schema.Cluster(name="Default")),
        schema.VM(name="web-01", cpu_profile=schema.CpuProfile(name="Default")),
        schema.VM(
            name="web-01",
            nics=[schema.NIC(name="nic1", mac=schema.MAC(address="56:6F:1A:00:00:03"))],
        ),
        schema.VM(name="web-01", disk_attachments=[schema.DiskAttachment(bootable=True)]),
        schema.VM(
            name="web-01",
            disk_attachments=[schema.DiskAttachment(disk=schema.Disk(alias="rhel9_root"))],
        ),
    ],
    ids=lambda vm: next(name for name in vars(vm) if name != "name"),
)
def test_what_an_engine_writes_otherwise_is_no_difference(demo: Estate, same: schema.VM) -> None:
    planned = plan(demo.connection, [same])
    assert (planned.changes, planned.refusals) == ((), ())


def test_what_waits_for_the_next_start_is_not_asked_for_again(demo: Estate) -> None:
    wanted = schema.VM(name="web-01", high_availability=schema.HighAvailability(enabled=True))
    assert len(apply(demo.connection, [wanted])) == 1
    running = demo.connection.get(schema.VM, name="web-01")
    assert running.next_run_configuration_exists
    assert not (running.high_availability and running.high_availability.enabled)
    # Another change keeps what waits already.
    also = schema.VM(name="web-01", type=schema.VmType.DESKTOP)
    assert len(apply(demo.connection, [also])) == 1
    assert plan(demo.connection, [wanted]).changes == ()


# What cannot be is refused before anything is sent.


def refused(estate: Estate, *wanted: BaseResource | Wanted) -> list[str]:
    with pytest.raises(Refused) as raised:
        apply(estate.connection, wanted)
    assert estate.writes == []
    return [str(each) for each in raised.value.refusals]


def test_what_cannot_be_changed_says_what_it_is(demo: Estate) -> None:
    wanted = schema.VM(
        name="web-01",
        template=schema.Template(name="windows2019"),
        disk_attachments=[
            schema.DiskAttachment(disk=schema.Disk(name="rhel9_root", format=schema.DiskFormat.RAW))
        ],
    )
    also = schema.Tag(name="never made")
    assert refused(demo, also, wanted) == [
        "template: cannot be changed after creation: it is rhel9",
        "disk_attachments[0].disk.format: cannot be changed after creation: it is cow",
    ]


def test_what_the_engine_decides_is_not_to_be_given(demo: Estate) -> None:
    wanted = schema.VM(name="web-03", status=schema.VmStatus.UP)
    assert refused(demo, wanted) == ["status: is what the engine decides: leave it out"]


def test_every_name_that_nothing_has_is_said_at_once(demo: Estate) -> None:
    wanted = Wanted(
        schema.VM(
            name="web-03",
            cluster=schema.Cluster(name="nowhere"),
            nics=[schema.NIC(name="nic1", vnic_profile=schema.VnicProfile(name="nothing"))],
        ),
        where="web.yaml:1",
    )
    assert refused(demo, wanted) == [
        "web.yaml:1: cluster: there is no cluster 'nowhere'",
        "web.yaml:1: nics[0].vnic_profile: there is no vnic_profile 'nothing'",
    ]


def test_a_template_that_is_not_there_is_said_once(demo: Estate) -> None:
    new = machine()
    new.template = schema.Template(name="nowhere")
    assert refused(demo, *documents()[1:], new) == ["template: there is no template 'nowhere'"]


def test_a_name_that_several_have_says_what_would_tell(demo: Estate) -> None:
    apply(
        demo.connection,
        [
            schema.DataCenter(name="other", local=False),
            schema.Network(name="frontend", data_center=schema.DataCenter(name="other")),
        ],
    )
    demo.engine.requests.clear()
    (said,) = refused(demo, schema.Network(name="frontend", mtu=9000))
    assert said == "network frontend: there are 2 network 'frontend': give data_center, too"
    told = schema.Network(name="frontend", mtu=9000, data_center=schema.DataCenter(name="other"))
    assert len(apply(demo.connection, [told])) == 1
    # A machine's own data center tells which one is meant.
    near = schema.VM(
        name="web-03",
        nics=[schema.NIC(name="nic1", vnic_profile=schema.VnicProfile(name="frontend"))],
    )
    assert plan(demo.connection, [near]).refusals == ()


def test_what_is_done_once_is_not_applied(demo: Estate) -> None:
    event = schema.Event(description="now")
    assert refused(demo, event) == ["event ?: is nothing that can be made by a document"]


def test_documents_that_need_each_other_have_no_order(demo: Estate) -> None:
    one = schema.Tag(name="one", parent=schema.Tag(name="two"))
    two = schema.Tag(name="two", parent=schema.Tag(name="one"))
    with pytest.raises(Cyclic, match="tag one, which needs tag two, which needs tag one"):
        plan(demo.connection, [one, two])


def test_one_resource_is_said_once(demo: Estate) -> None:
    first = Wanted(schema.Tag(name="one"), where="a.yaml:1")
    again = Wanted(schema.Tag(name="one"), where="b.yaml:7")
    with pytest.raises(SaidTwice, match=r"tag one is there twice: a\.yaml:1 and b\.yaml:7"):
        plan(demo.connection, [first, again])


# What goes wrong in the middle.


def test_what_stops_in_the_middle_says_what_was_done_and_goes_on_from_there(demo: Estate) -> None:
    demo.engine.faults.answer(409, "/vms/*/nics", method="POST", detail="[No more of these.]")
    with pytest.raises(Stopped) as stopped:
        apply(demo.connection, documents())
    assert stopped.value.failed.what == "nic nic2 of vm new-01"
    assert [change.what for change in stopped.value.done] == [
        "tag blue",
        "network blue",
        "network blue of cluster Default",
        "vm new-01",
        "nic nic1 of vm new-01",
    ]
    assert len(stopped.value.left) == 6
    assert "No more of these" in str(stopped.value.__cause__)
    assert len(apply(demo.connection, documents())) == 7
    assert plan(demo.connection, documents()).changes == ()


def test_a_creation_whose_answer_is_lost_is_not_sent_again(demo: Estate) -> None:
    demo.engine.faults.drop("/vms", method="POST")
    apply(demo.connection, documents())
    assert demo.writes.count(("POST", "vms")) == 1
    assert len(demo.connection.getall(schema.VM, name="new-01")) == 1


def test_a_creation_that_never_arrived_is_left_to_the_next_run(demo: Estate) -> None:
    demo.engine.faults.drop("/tags", method="POST", received=False)
    with pytest.raises(Stopped) as stopped:
        apply(demo.connection, documents())
    assert isinstance(stopped.value.__cause__, OutcomeUnknown)
    assert stopped.value.done == ()
    apply(demo.connection, documents())
    assert plan(demo.connection, documents()).changes == ()


# Every kind that can be added.

CENTER = schema.DataCenter(name="Default")
CLUSTER = schema.Cluster(name="Default")
KINDS: list[tuple[BaseResource, dict[str, object]]] = [
    (schema.Bookmark(name="Down", value="Vms: status = down"), {"value": "Vms: status = up"}),
    (schema.Tag(name="a", parent=schema.Tag(name="production")), {"description": "x"}),
    (
        schema.MacPool(
            name="pool", ranges=[schema.Range(from_="02:00:00:00:00:00", to="02:00:00:00:00:ff")]
        ),
        {"description": "x"},
    ),
    (schema.DataCenter(name="center", local=False), {"description": "x"}),
    (schema.Cluster(name="other", data_center=CENTER), {"description": "x"}),
    (schema.Network(name="red", data_center=CENTER, mtu=1500), {"mtu": 9000}),
    (
        schema.VnicProfile(name="fast", network=schema.Network(name="frontend")),
        {"port_mirroring": True},
    ),
    (
        schema.AffinityGroup(
            name="apart", cluster=CLUSTER, vms=[schema.VM(name="web-01"), schema.VM(name="web-02")]
        ),
        {"description": "x"},
    ),
    (schema.AffinityLabel(name="fast", hosts=[schema.Host(name="node-01")]), {"name": "fast"}),
    (schema.CpuProfile(name="slow", cluster=CLUSTER), {"description": "x"}),
    (
        schema.DiskProfile(name="slow", storage_domain=schema.StorageDomain(name="data-01")),
        {"description": "x"},
    ),
    (
        schema.QoS(name="limit", data_center=CENTER, type=schema.QosType.CPU, cpu_limit=50),
        {"cpu_limit": 60},
    ),
    (schema.Quota(name="small", data_center=CENTER), {"description": "x"}),
    (
        schema.Role(
            name="my-role",
            administrative=False,
            permits=[schema.Permit(id="1"), schema.Permit(id="1300")],
        ),
        {"description": "x"},
    ),
    (schema.InstanceType(name="Tiny2", memory=GiB), {"memory": 2 * GiB}),
    (
        schema.Disk(
            name="loose",
            format=schema.DiskFormat.COW,
            provisioned_size=GiB,
            storage_domains=[schema.StorageDomain(name="data-01")],
        ),
        {"description": "x"},
    ),
    (
        schema.User(user_name="alice@internal-authz", domain=schema.Domain(name="internal-authz")),
        {},
    ),
    (schema.SchedulingPolicy(name="mine"), {"description": "x"}),
    (
        schema.StorageConnection(
            type=schema.StorageType.NFS, address="storage.example.com", path="/exports/x"
        ),
        {"mount_options": "soft"},
    ),
    (
        schema.VmPool(name="pool", cluster=CLUSTER, template=schema.Template(name="rhel9"), size=1),
        {"description": "x"},
    ),
    (
        schema.Template(name="made", vm=schema.VM(name="web-03"), nics=[schema.NIC(name="nic7")]),
        {"description": "x"},
    ),
]


@pytest.mark.parametrize(("wanted", "other"), KINDS, ids=lambda each: type(each).__name__)
def test_each_kind_is_made_once_and_changed_once(
    demo: Estate, wanted: BaseResource, other: dict[str, object]
) -> None:
    apply(demo.connection, [wanted])
    demo.engine.requests.clear()
    assert apply(demo.connection, [wanted]) == ()
    assert demo.writes == []
    changed = type(wanted).model_validate({**vars(wanted), **other})
    apply(demo.connection, [changed])
    assert len(set(demo.writes)) <= 1  # which is repeated while something is locked
    assert plan(demo.connection, [changed]).changes == ()


def test_what_is_below_something_says_under_what(demo: Estate) -> None:
    nic = Wanted(
        schema.NIC(name="nic5", vnic_profile=schema.VnicProfile(name="ovirtmgmt")),
        under=(schema.VM(name="new-01"),),
    )
    done = apply(demo.connection, [nic, *documents()])
    assert done[-1].what == "nic nic5 of vm new-01"
    assert plan(demo.connection, [nic]).changes == ()


def test_a_data_center_can_come_before_the_storage_that_it_takes_in(empty: Estate) -> None:
    wanted = [
        schema.DataCenter(
            name="dc", local=False, storage_domains=[schema.StorageDomain(name="nfs")]
        ),
        schema.StorageDomain(
            name="nfs",
            type=schema.StorageDomainType.DATA,
            host=schema.Host(name="node"),
            storage=schema.HostStorage(
                type=schema.StorageType.NFS, address="nas.example.com", path="/x"
            ),
        ),
        schema.Host(
            name="node",
            address="node.example.com",
            root_password="secret",
            cluster=schema.Cluster(name="c"),
        ),
        schema.Cluster(name="c", data_center=schema.DataCenter(name="dc")),
    ]
    done = apply(empty.connection, wanted)
    assert [change.what for change in done] == [
        "data_center dc",
        "cluster c",
        "host node",
        "storage_domain nfs",
        "storage_domain nfs of data_center dc",
    ]
    assert "secret" not in repr(done)
    assert plan(empty.connection, wanted).changes == ()
