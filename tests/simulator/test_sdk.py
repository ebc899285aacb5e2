"""The vendor's own client, over HTTP and in XML: what it is content with, others will be."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from rhev.simulator import Engine

if TYPE_CHECKING:
    from collections.abc import Iterator

sdk: Any = pytest.importorskip("ovirtsdk4", reason="the vendor's SDK is not installed")
types: Any = pytest.importorskip("ovirtsdk4.types", reason="the vendor's SDK is not installed")


@pytest.fixture
def connection() -> Iterator[Any]:
    with Engine.demo(speed=100).serve() as server:
        connection = sdk.Connection(
            url=server.url, username=server.username, password=server.password
        )
        try:
            yield connection
        finally:
            connection.close()


def test_it_logs_in_and_reads_the_entry_point(connection: Any) -> None:
    api = connection.system_service().get()
    assert api.product_info.version.major == 4
    assert api.summary.vms.total == 12
    assert connection.test()


def test_it_lists_and_searches(connection: Any) -> None:
    vms = connection.system_service().vms_service()
    assert len(vms.list()) == 12
    found = vms.list(search="name = web* and status = up sortby name", max=5)
    assert [(vm.name, vm.status.value) for vm in found] == [("web-01", "up"), ("web-02", "up")]
    assert connection.follow_link(found[0].cluster).name == "Default"


def test_it_adds_starts_changes_and_removes(connection: Any) -> None:
    vms = connection.system_service().vms_service()
    added = vms.add(
        types.Vm(
            name="mine",
            cluster=types.Cluster(name="Default"),
            template=types.Template(name="Blank"),
            memory=2 << 30,
        )
    )
    service = vms.vm_service(added.id)
    disk = types.Disk(provisioned_size=1 << 30, format=types.DiskFormat.COW)
    attachment = service.disk_attachments_service().add(
        types.DiskAttachment(
            disk=disk, interface=types.DiskInterface.VIRTIO, bootable=True, active=True
        )
    )
    assert connection.follow_link(attachment.disk).provisioned_size == 1 << 30
    assert service.update(types.Vm(description="changed")).description == "changed"
    disks = connection.system_service().disks_service()
    _until(disks.disk_service(attachment.disk.id), types.DiskStatus.OK)
    service.start()
    _until(service, types.VmStatus.UP)
    with pytest.raises(sdk.Error, match=r"Operation Failed.*VM is running"):
        service.remove()
    service.stop()
    _until(service, types.VmStatus.DOWN)
    service.remove()
    with pytest.raises(sdk.NotFoundError):
        service.get()


def test_it_is_told_what_is_missing(connection: Any) -> None:
    vms = connection.system_service().vms_service()
    with pytest.raises(sdk.Error, match=r"Incomplete parameters.*required for add"):
        vms.add(types.Vm(name="mine"))


def test_links_are_followed(connection: Any) -> None:
    vms = connection.system_service().vms_service()
    (vm,) = vms.list(search="name = mail", follow="nics,disk_attachments.disk")
    assert vm.nics[0].mac.address
    assert vm.disk_attachments[0].disk.provisioned_size == 20 << 30


def _until(service: Any, status: Any) -> None:
    for _ in range(1000):
        if service.get().status == status:
            return
        time.sleep(0.001)
    pytest.fail(f"it did not become {status}")
