"""What machines are made of: disks and network interfaces, also while they run."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.clients.sdk.site import GIB, Site, eventually, sdk, types, unique, until, when_free

if TYPE_CHECKING:
    from pathlib import Path


def attach(service: Any, disk: Any, **attributes: Any) -> Any:
    usual = {"interface": types.DiskInterface.VIRTIO, "active": True, "bootable": False}
    attachment = types.DiskAttachment(disk=disk, **{**usual, **attributes})
    return service.disk_attachments_service().add(attachment)


def new_disk(**attributes: Any) -> Any:
    usual = {
        "name": unique("disk"),
        "format": types.DiskFormat.COW,
        "provisioned_size": GIB,
        "storage_domains": [types.StorageDomain(name="data-01")],
    }
    return types.Disk(**{**usual, **attributes})


def domain_of(site: Site, disk: Any) -> str:
    name: str = site.connection.follow_link(disk.storage_domains[0]).name
    return name


def test_add_a_disk_attachment(unhurried: Site) -> None:
    service = unhurried.machine()
    added = attach(service, new_disk(description="d"))
    disk = unhurried.disks.disk_service(added.disk.id)
    assert disk.get().status == types.DiskStatus.LOCKED
    assert until(disk, types.DiskStatus.OK).description == "d"


def test_disk_attachments_and_their_disks(site: Site) -> None:
    service = site.machine()
    attach(service, new_disk())
    attachments = service.disk_attachments_service().list()
    assert sorted(each.bootable for each in attachments) == [False, True]
    assert all(site.connection.follow_link(each.disk).provisioned_size for each in attachments)
    (followed,) = [
        each.disk.name
        for each in service.disk_attachments_service().list(follow="disk")
        if not each.bootable
    ]
    assert followed.startswith("disk-")


def test_attach_a_disk_that_is_there(site: Site) -> None:
    disk = site.disk().get()
    service = site.machine()
    attach(service, types.Disk(id=disk.id))
    with pytest.raises(sdk.Error) as caught:
        attach(service, types.Disk(id=disk.id))
    assert caught.value.code == 409


def test_hot_plug_and_unplug_a_disk(site: Site) -> None:
    service = site.running()
    added = attach(service, types.Disk(id=site.disk().get().id))
    attachment = service.disk_attachments_service().attachment_service(added.id)
    assert attachment.get().active
    attachment.update(types.DiskAttachment(active=False))
    assert not attachment.get().active
    attachment.update(types.DiskAttachment(active=True))
    assert attachment.get().active


def test_detach_a_disk_but_keep_it(site: Site) -> None:
    disk = site.disk()
    service = site.machine()
    added = attach(service, types.Disk(id=disk.get().id))
    service.disk_attachments_service().attachment_service(added.id).remove(detach_only=True)
    assert disk.get().status == types.DiskStatus.OK
    assert len(service.disk_attachments_service().list()) == 1


def test_extend_a_disk(site: Site) -> None:
    service = site.machine()
    (attachment,) = service.disk_attachments_service().list()
    larger = types.DiskAttachment(disk=types.Disk(provisioned_size=30 * GIB))
    service.disk_attachments_service().attachment_service(attachment.id).update(larger)
    disk = site.disks.disk_service(attachment.disk.id)
    assert eventually(disk.get, lambda d: d.provisioned_size == 30 * GIB).id == attachment.disk.id


def test_disks_do_not_shrink(site: Site) -> None:
    disk = site.disk(provisioned_size=2 * GIB)
    with pytest.raises(sdk.Error):
        disk.update(types.Disk(provisioned_size=GIB))
    assert disk.get().provisioned_size == 2 * GIB


def test_move_a_disk(site: Site) -> None:
    disk = site.disk()
    disk.move(storage_domain=types.StorageDomain(name="data-02"))
    moved = eventually(disk.get, lambda found: found.status == types.DiskStatus.OK)
    assert domain_of(site, moved) == "data-02"


def test_copy_a_disk(site: Site) -> None:
    disk, name = site.disk(), unique("copy")
    disk.copy(disk=types.Disk(name=name), storage_domain=types.StorageDomain(name="data-02"))
    (copy,) = eventually(lambda: site.disks.list(search=f"name={name}"), bool)
    made = until(site.disks.disk_service(copy.id), types.DiskStatus.OK)
    assert domain_of(site, made) == "data-02"
    assert made.id != disk.get().id


def test_sparsify_a_disk(site: Site) -> None:
    disk = site.disk(format=types.DiskFormat.RAW, sparse=True)
    disk.sparsify()
    until(disk, types.DiskStatus.OK)


def test_remove_a_disk(site: Site) -> None:
    disk = site.disk()
    disk.remove()
    with pytest.raises(sdk.NotFoundError):
        disk.get()


def test_disk_of_a_running_machine_stays(site: Site) -> None:
    service = site.running()
    (attachment,) = service.disk_attachments_service().list()
    with pytest.raises(sdk.Error) as caught:
        site.disks.disk_service(attachment.disk.id).remove()
    assert caught.value.code == 409


def test_add_a_nic_with_a_profile(site: Site) -> None:
    service = site.machine()
    added = service.nics_service().add(
        types.Nic(
            name="nic9",
            interface=types.NicInterface.VIRTIO,
            vnic_profile=types.VnicProfile(id=site.profile("frontend").id),
        )
    )
    assert added.mac.address.startswith("56:6f:")
    assert site.connection.follow_link(added.vnic_profile).name == "frontend"
    assert [nic.name for nic in service.nics_service().list()] == ["nic1", "nic9"]


def test_hot_plug_and_unplug_a_nic(site: Site) -> None:
    nics = site.running().nics_service()
    added = nics.add(types.Nic(name="nic9"))
    nic = nics.nic_service(added.id)
    with pytest.raises(sdk.Error) as caught:
        nic.remove()
    assert caught.value.code == 409
    nic.deactivate()
    assert not nic.get().plugged
    nic.activate()
    assert nic.get().plugged
    nic.deactivate()
    nic.remove()
    assert [nic.name for nic in nics.list()] == ["nic1"]


def test_update_a_nic(site: Site) -> None:
    nics = site.machine().nics_service()
    (nic,) = nics.list()
    updated = nics.nic_service(nic.id).update(
        types.Nic(
            linked=False,
            mac=types.Mac(address="02:00:00:00:00:99"),
            vnic_profile=types.VnicProfile(id=site.profile("backend").id),
        )
    )
    assert not updated.linked
    assert updated.mac.address == "02:00:00:00:00:99"
    assert site.connection.follow_link(updated.vnic_profile).name == "backend"


def test_watchdog(site: Site) -> None:
    watchdogs = site.machine().watchdogs_service()
    added = watchdogs.add(
        types.Watchdog(model=types.WatchdogModel.I6300ESB, action=types.WatchdogAction.RESET)
    )
    watchdog = watchdogs.watchdog_service(added.id)
    assert watchdog.get().action == types.WatchdogAction.RESET
    watchdog.remove()
    assert watchdogs.list() == []


def test_what_works_on_a_disk_is_waited_for(unhurried: Site) -> None:
    disk = unhurried.disk()
    disk.move(storage_domain=types.StorageDomain(name="data-02"))
    with pytest.raises(sdk.Error) as caught:
        disk.move(storage_domain=types.StorageDomain(name="data-01"))
    assert caught.value.code == 409
    when_free(lambda: disk.move(storage_domain=types.StorageDomain(name="data-01")))
    until(disk, types.DiskStatus.OK)


def test_upload_and_download_by_a_transfer(site: Site, authority: Path) -> None:
    disk = site.disk(
        format=types.DiskFormat.RAW,
        content_type=types.DiskContentType.DATA,
        provisioned_size=1 << 20,
        initial_size=1 << 20,
    )
    image = bytes(range(256)) * 4096
    transfers = site.system.image_transfers_service()
    context = ssl.create_default_context(cafile=str(authority))
    for direction in (types.ImageTransferDirection.UPLOAD, types.ImageTransferDirection.DOWNLOAD):
        added = transfers.add(
            types.ImageTransfer(
                disk=types.Disk(id=disk.get().id), direction=direction, format=types.DiskFormat.RAW
            )
        )
        transfer = transfers.image_transfer_service(added.id)
        url = until(transfer, types.ImageTransferPhase.TRANSFERRING, "phase").transfer_url
        assert disk.get().status == types.DiskStatus.LOCKED
        with httpx.Client(verify=context) as client:
            if direction == types.ImageTransferDirection.UPLOAD:
                assert client.put(url, content=image).status_code == 200
            else:
                assert client.get(url).content == image
        transfer.finalize()
        until(transfer, types.ImageTransferPhase.FINISHED_SUCCESS, "phase")
        until(disk, types.DiskStatus.OK)
