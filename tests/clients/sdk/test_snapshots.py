"""Snapshots with what is in them, and the way back to them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clients.sdk.site import GIB, Site, eventually, sdk, types, unique, until, when_free

OK = types.SnapshotStatus.OK


def snapshot(service: Any, description: str, **attributes: Any) -> Any:
    """The service of a new snapshot that is made."""
    snapshots = service.snapshots_service()
    usual = {"description": description, "persist_memorystate": False}
    added = when_free(lambda: snapshots.add(types.Snapshot(**{**usual, **attributes})))
    made = snapshots.snapshot_service(added.id)
    until(made, OK, "snapshot_status")
    return made


def preview(service: Any, made: Any) -> None:
    when_free(lambda: service.preview_snapshot(snapshot=types.Snapshot(id=made.get().id)))
    until(made, types.SnapshotStatus.IN_PREVIEW, "snapshot_status")


def test_snapshot_of_a_running_machine(unhurried: Site) -> None:
    service = unhurried.running()
    snapshots = service.snapshots_service()
    added = snapshots.add(types.Snapshot(description="snap1", persist_memorystate=False))
    assert added.snapshot_status == types.SnapshotStatus.LOCKED
    until(snapshots.snapshot_service(added.id), OK, "snapshot_status")
    assert [each.description for each in snapshots.list()] == ["Active VM", "snap1"]


def test_snapshot_with_memory(site: Site) -> None:
    made = snapshot(site.running(), "with memory", persist_memorystate=True)
    assert made.get().persist_memorystate


def test_contents_of_a_snapshot(site: Site) -> None:
    service = site.machine()
    (attachment,) = service.disk_attachments_service().list()
    (card,) = service.nics_service().list()
    made = snapshot(service, "snap1")
    (disk,) = made.disks_service().list()
    assert (disk.id, disk.snapshot.id) == (attachment.disk.id, made.get().id)
    (nic,) = made.nics_service().list()
    assert nic.mac.address == card.mac.address
    assert made.get().vm.memory == service.get().memory


def test_snapshot_of_some_disks(site: Site) -> None:
    service = site.machine()
    (attachment,) = service.disk_attachments_service().list()
    other = types.DiskAttachment(
        disk=types.Disk(id=site.disk().get().id), interface=types.DiskInterface.VIRTIO
    )
    service.disk_attachments_service().add(other)
    some = [types.DiskAttachment(disk=types.Disk(id=attachment.disk.id))]
    made = snapshot(service, "snap2", disk_attachments=some)
    assert [disk.id for disk in made.disks_service().list()] == [attachment.disk.id]


def test_preview_a_snapshot(site: Site) -> None:
    service = site.machine()
    before = service.get().memory
    made = snapshot(service, "small")
    when_free(lambda: service.update(types.Vm(memory=before + GIB)))
    preview(service, made)
    assert service.get().memory == before


def test_undo_a_preview(site: Site) -> None:
    service = site.machine()
    before = service.get().memory
    made = snapshot(service, "small")
    when_free(lambda: service.update(types.Vm(memory=before + GIB)))
    preview(service, made)
    when_free(service.undo_snapshot)
    until(made, OK, "snapshot_status")
    assert service.get().memory == before + GIB


def test_preview_and_commit(site: Site) -> None:
    service = site.machine()
    before = service.get().memory
    made = snapshot(service, "small")
    when_free(lambda: service.update(types.Vm(memory=before + GIB)))
    preview(service, made)
    when_free(service.commit_snapshot)
    until(made, OK, "snapshot_status")
    assert service.get().memory == before


def test_what_follows_a_preview_is_refused_for_a_while(unhurried: Site) -> None:
    service = unhurried.machine()
    made = snapshot(service, "small")
    preview(service, made)
    when_free(service.undo_snapshot)
    with pytest.raises(sdk.Error) as caught:
        service.preview_snapshot(snapshot=types.Snapshot(id=made.get().id))
    assert caught.value.code == 409


def test_restore_a_snapshot(site: Site) -> None:
    service = site.machine()
    made = snapshot(service, "one card")
    when_free(lambda: service.nics_service().add(types.Nic(name="nic2")))
    when_free(lambda: made.restore(restore_memory=False))
    until(service, types.VmStatus.DOWN)
    assert [nic.name for nic in service.nics_service().list()] == ["nic1"]


def test_clone_a_machine_from_a_snapshot(site: Site) -> None:
    made = snapshot(site.machine(), "to be cloned")
    vm = types.Vm(
        name=unique("clone"),
        cluster=types.Cluster(name="Default"),
        snapshots=[types.Snapshot(id=made.get().id)],
    )
    added = when_free(lambda: site.vms.add(vm))
    clone = site.vms.vm_service(added.id)
    until(clone, types.VmStatus.DOWN)
    (disk,) = clone.disk_attachments_service().list()
    (original,) = made.disks_service().list()
    assert disk.disk.id != original.id


def test_remove_snapshots(site: Site) -> None:
    service = site.machine()
    made = snapshot(service, "one"), snapshot(service, "two")
    for each in made:
        when_free(each.remove)
    left = eventually(service.snapshots_service().list, lambda found: len(found) == 1)
    assert left[0].snapshot_type == types.SnapshotType.ACTIVE
    # The disk of the machine is its own still, and can be enlarged.
    (attachment,) = service.disk_attachments_service().list()
    disk = site.disks.disk_service(attachment.disk.id)
    when_free(lambda: disk.update(types.Disk(provisioned_size=40 * GIB)))
    eventually(disk.get, lambda found: found.provisioned_size == 40 * GIB)


def test_backup(unhurried: Site) -> None:
    service = unhurried.machine()
    (attachment,) = service.disk_attachments_service().list()
    backups = service.backups_service()
    added = backups.add(types.Backup(disks=[types.Disk(id=attachment.disk.id)]))
    backup = backups.backup_service(added.id)
    until(backup, types.BackupPhase.READY, "phase")
    assert [disk.id for disk in backup.disks_service().list()] == [attachment.disk.id]
    backup.finalize()
    with pytest.raises(sdk.Error, match=r"(?i)backup") as caught:
        service.remove()
    assert caught.value.code == 409
    until(backup, types.BackupPhase.SUCCEEDED, "phase")
