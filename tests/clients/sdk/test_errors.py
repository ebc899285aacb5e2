"""What users of the SDK do wrong, and what they are told: as a real engine told it.

The status and the reason are those that were recorded, and so is which attribute or thing the
detail names; the sentences are our own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.clients.sdk.site import BLANK, GIB, NOBODY, Site, sdk, types, unique, until

if TYPE_CHECKING:
    from collections.abc import Callable

FAILED = "Operation Failed"
INCOMPLETE = "Incomplete parameters"
DEFAULT = types.Cluster(name="Default")
RHEL = types.Template(name="rhel9")


@dataclass(frozen=True)
class Wrong:
    """What is done, and the status, the reason and what is in the detail of what comes of it."""

    what: str
    do: Callable[[Site], Any]
    status: int
    reason: str | None = FAILED
    detail: str = ""

    def __str__(self) -> str:
        return self.what


def vm(**attributes: Any) -> Any:
    """A machine to be added that only what is given is wrong with."""
    right = {"name": unique("wrong"), "cluster": DEFAULT, "template": types.Template(name="Blank")}
    return types.Vm(**{**right, **attributes})


def nic(**attributes: Any) -> Any:
    return types.Nic(**{"name": unique("nic"), **attributes})


def mac_in_use(site: Site) -> str:
    (card,) = site.vm("web-01").nics_service().list()
    address: str = card.mac.address
    return address


def first_snapshot(service: Any) -> Any:
    snapshots = service.snapshots_service()
    return snapshots.snapshot_service(snapshots.list()[0].id)


def attached(site: Site, name: str = "data-01") -> Any:
    """A storage domain as its data center has it."""
    domains = site.data_center().storage_domains_service()
    found = site.storage_domain(name).get()
    return domains.storage_domain_service(found.id)


def admin(site: Site) -> Any:
    (user, *_) = site.system.users_service().list(search="usrname=admin*")
    return types.User(id=user.id)


def on_a_host_of_another_cluster(site: Site) -> Any:
    policy = types.VmPlacementPolicy(hosts=[types.Host(name="nowhere")])
    return site.machine().start(vm=types.Vm(placement_policy=policy))


def second_bootable_disk(site: Site) -> Any:
    disk = types.Disk(
        provisioned_size=GIB,
        format=types.DiskFormat.COW,
        storage_domains=[types.StorageDomain(name="data-01")],
    )
    return attach(site, disk, bootable=True)


def attach(site: Site, disk: Any, **attributes: Any) -> Any:
    attachment = types.DiskAttachment(disk=disk, interface=types.DiskInterface.VIRTIO, **attributes)
    return site.vm("web-03").disk_attachments_service().add(attachment)


def missing(site: Site) -> Any:
    return site.vms.vm_service(NOBODY)


WRONGS = (
    # What is not there.
    Wrong("get a missing VM", lambda at: missing(at).get(), 404, None),
    Wrong("get a VM by a malformed id", lambda at: at.vms.vm_service("nope").get(), 404, None),
    Wrong("remove a missing VM", lambda at: missing(at).remove(), 404, None),
    Wrong("update a missing VM", lambda at: missing(at).update(types.Vm(comment="")), 404, None),
    Wrong("start a missing VM", lambda at: missing(at).start(), 500),
    Wrong("get a missing disk", lambda at: at.disks.disk_service(NOBODY).get(), 404, None),
    Wrong("get a missing host", lambda at: at.hosts.host_service(NOBODY).get(), 404, None),
    Wrong(
        "get a missing snapshot",
        lambda at: at.vm("web-01").snapshots_service().snapshot_service(NOBODY).get(),
        404,
        detail=NOBODY,
    ),
    # Virtual machines that cannot be added.
    Wrong("a name in use", lambda at: at.vms.add(vm(name="web-01")), 409, detail="name"),
    Wrong(
        "no cluster",
        lambda at: at.vms.add(vm(cluster=None)),
        400,
        INCOMPLETE,
        r"Vm \[cluster\.id\|name\] required for add",
    ),
    Wrong(
        "no template",
        lambda at: at.vms.add(vm(template=None)),
        400,
        INCOMPLETE,
        r"Vm \[template\.id\|name\] required for add",
    ),
    Wrong(
        "no name",
        lambda at: at.vms.add(vm(name=None)),
        400,
        INCOMPLETE,
        r"Vm \[name\] required for add",
    ),
    Wrong("a name of 300 letters", lambda at: at.vms.add(vm(name="a" * 300)), 400, detail="name"),
    Wrong("a name with a blank", lambda at: at.vms.add(vm(name="a b")), 400, detail="name"),
    Wrong(
        "an unknown cluster",
        lambda at: at.vms.add(vm(cluster=types.Cluster(name="nope"))),
        404,
        detail="Cluster: name=nope",
    ),
    Wrong(
        "an unknown template",
        lambda at: at.vms.add(vm(template=types.Template(name="nope"))),
        404,
        detail="Template",
    ),
    Wrong(
        "an unknown template's id",
        lambda at: at.vms.add(vm(template=types.Template(id=NOBODY))),
        404,
        detail="Template",
    ),
    Wrong("too little memory", lambda at: at.vms.add(vm(memory=1)), 400, detail="mem"),
    Wrong(
        "more memory guaranteed than there is",
        lambda at: at.vms.add(vm(memory=GIB, memory_policy=types.MemoryPolicy(guaranteed=2 * GIB))),
        400,
        detail="(?i)guaranteed",
    ),
    Wrong(
        "less memory at most than there is",
        lambda at: at.vms.add(vm(memory=2 * GIB, memory_policy=types.MemoryPolicy(max=GIB))),
        409,
        detail="(?i)maximum",
    ),
    # What a state does not allow.
    Wrong("suspend what is down", lambda at: at.vm("web-03").suspend(), 409, detail="VM is not up"),
    Wrong("migrate what is down", lambda at: at.vm("web-03").migrate(), 409, detail="not running"),
    Wrong("reboot what is down", lambda at: at.vm("web-03").reboot(), 409),
    Wrong("start what is up", lambda at: at.vm("web-01").start(), 409, detail="VM is running"),
    Wrong("remove what is up", lambda at: at.vm("web-01").remove(), 409, detail="VM is running"),
    Wrong(
        "clone what is up",
        lambda at: at.vm("web-01").clone(vm=types.Vm(name=unique("clone"))),
        409,
    ),
    Wrong("start on an unknown host", on_a_host_of_another_cluster, 404, detail="nowhere"),
    Wrong(
        "start without a disk or network boot",
        lambda at: at.machine("Blank").start(),
        409,
        detail="bootable disk",
    ),
    Wrong(
        "restore a snapshot of what is up",
        lambda at: first_snapshot(at.vm("db-01")).restore(),
        409,
        detail="not down",
    ),
    Wrong("undo without a preview", lambda at: at.vm("web-03").undo_snapshot(), 400),
    Wrong("commit without a preview", lambda at: at.vm("web-03").commit_snapshot(), 400),
    Wrong("detach what is in no pool", lambda at: at.vm("web-03").detach(), 403),
    # What cannot be removed.
    Wrong("remove Blank", lambda at: at.templates.template_service(BLANK).remove(), 400),
    Wrong(
        "remove a template in use",
        lambda at: at.template("rhel9").remove(),
        409,
        detail="web-01",
    ),
    Wrong("remove a cluster in use", lambda at: at.cluster().remove(), 409, detail="Cluster"),
    Wrong(
        "remove a host that is up",
        lambda at: at.host("node-01").remove(),
        409,
        detail="(?i)maintenance",
    ),
    # Searches.
    Wrong(
        "a search with max=-1", lambda at: at.vms.list(search="name=web*", max=-1), 400, detail="-1"
    ),
    Wrong("a page before the first", lambda at: at.vms.list(search="sortby name asc page 0"), 400),
    # Disks.
    Wrong("a second bootable disk", second_bootable_disk, 409, detail="boot"),
    Wrong(
        "a disk of 99 PB",
        lambda at: at.disks.add(
            types.Disk(
                name="huge",
                provisioned_size=99 << 50,
                format=types.DiskFormat.RAW,
                sparse=False,
                storage_domains=[types.StorageDomain(name="data-01")],
            )
        ),
        409,
        detail="data-01",
    ),
    Wrong(
        "a disk without a format",
        lambda at: at.disks.add(
            types.Disk(provisioned_size=GIB, storage_domains=[types.StorageDomain(name="data-01")])
        ),
        400,
        INCOMPLETE,
        r"Disk \[.*format.*\] required for add",
    ),
    Wrong(
        "attach an unknown disk",
        lambda at: attach(at, types.Disk(id=NOBODY), bootable=False),
        400,
        detail="(?i)disk",
    ),
    # Network interfaces.
    Wrong(
        "a NIC's name in use",
        lambda at: at.vm("web-03").nics_service().add(nic(name="nic1")),
        409,
        detail="name",
    ),
    Wrong(
        "a malformed MAC address",
        lambda at: at.vm("web-03").nics_service().add(nic(mac=types.Mac(address="zz:zz"))),
        400,
        detail="(?i)mac ?address",
    ),
    Wrong(
        "a MAC address in use",
        lambda at: at.vm("web-03").nics_service().add(nic(mac=types.Mac(address=mac_in_use(at)))),
        409,
        detail="web-01",
    ),
    # Permissions.
    Wrong(
        "a permission without a role",
        lambda at: at.system.permissions_service().add(types.Permission(user=admin(at))),
        400,
        INCOMPLETE,
        r"Permission \[role\.id\|name\] required for add",
    ),
    Wrong(
        "an unknown role",
        lambda at: at.system.permissions_service().add(
            types.Permission(role=types.Role(name="NoRole"), user=admin(at))
        ),
        400,
        detail="(?i)role",
    ),
    # Storage.
    Wrong("deactivate a domain in use", lambda at: attached(at).deactivate(), 409),
    Wrong("detach an active domain", lambda at: attached(at).remove(), 409),
    Wrong(
        "remove an attached domain",
        lambda at: at.storage_domain("data-01").remove(host="node-01"),
        409,
    ),
)


@pytest.mark.parametrize("wrong", WRONGS, ids=str)
def test_it_is_told(site: Site, wrong: Wrong) -> None:
    with pytest.raises(sdk.Error) as caught:
        wrong.do(site)
    error = caught.value
    assert error.code == wrong.status
    assert isinstance(error, sdk.NotFoundError) == (wrong.status == 404)
    assert (error.fault and error.fault.reason) == wrong.reason
    if wrong.detail:
        assert re.search(wrong.detail, error.fault.detail)


@pytest.mark.parametrize("action", ["stop", "shutdown"])
def test_what_is_down_is_stopped_all_the_same(site: Site, action: str) -> None:
    service = site.vm("web-03")
    getattr(service, action)()
    until(service, types.VmStatus.DOWN)


@pytest.mark.parametrize("search", ["foo bar baz = = 3", "nofield=3", "name=", "sortby nosuch"])
def test_a_search_that_cannot_be_read_finds_nothing(site: Site, search: str) -> None:
    assert site.vms.list(search=search) == []


@pytest.mark.parametrize(
    ("otherwise", "says"),
    [
        ({"password": "wrong"}, "access_denied"),
        ({"username": "nobody@nowhere"}, "access_denied"),
        ({"token": "of-nobody", "username": None, "password": None}, "access_denied"),
    ],
    ids=["a wrong password", "a wrong user", "a wrong token"],
)
def test_who_is_not_known_is_not_let_in(
    connect: Callable[..., Any], otherwise: dict[str, Any], says: str
) -> None:
    connection = connect(**otherwise)
    with pytest.raises(sdk.AuthError, match=says):
        connection.system_service().get()
    connection.close(logout=False)


def test_there_is_nothing_at_another_path(connect: Callable[..., Any], server: Any) -> None:
    connection = connect(url=server.url.replace("/api", "/nowhere"))
    with pytest.raises(sdk.Error):
        connection.system_service().vms_service().list()
    connection.close()
