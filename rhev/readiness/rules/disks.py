"""The disks of a virtual machine."""

from __future__ import annotations

from typing import Final

from rhev.readiness.estate import AttachedDisk, Machine
from rhev.readiness.rule import Rule, Severity
from rhev.readiness.sources import (
    ADAPTER_VALIDATOR,
    IMAGE_TRANSFER,
    IMPORT_RULES,
    LUNS,
    MTV_RHV,
    api_type,
    forklift,
    kubevirt,
)

_MOST = 165
_LUNS_SINCE = (4, 5, 2, 1)
_STORAGE = ("image", "lun")
_INTERFACES = ("sata", "virtio_scsi", "virtio")


def _no_disks(machine: Machine) -> str | None:
    if machine.vm.disk_attachments is None or machine.disks:
        return None
    return "it has none"


def _many(machine: Machine) -> str | None:
    return f"it has {len(machine.disks)}" if len(machine.disks) > _MOST else None


def _status(it: AttachedDisk) -> str | None:
    status = it.disk.status if it.disk else None
    return f"its status is {status}" if status in ("illegal", "locked") else None


def _storage(it: AttachedDisk) -> str | None:
    kind = it.disk.storage_type if it.disk else None
    return f"its storage is of the type {kind}" if kind and kind not in _STORAGE else None


def _is_lun(it: AttachedDisk) -> bool:
    return bool(it.disk and (it.disk.storage_type == "lun" or it.disk.lun_storage))


def _old_engine(it: AttachedDisk) -> str | None:
    version = it.machine.estate.version
    if not _is_lun(it) or version is None or version >= _LUNS_SINCE:
        return None
    return f"it is a direct LUN, and the engine is {'.'.join(map(str, version))}"


def _lun(it: AttachedDisk) -> str | None:
    if not _is_lun(it) or it.disk is None:
        return None
    kind = it.disk.lun_storage.type if it.disk.lun_storage else None
    return f"it is a direct LUN{f' ({kind})' if kind else ''}"


def _size(it: AttachedDisk) -> str | None:
    if it.disk is None:
        return None
    if not _is_lun(it):
        size = it.disk.provisioned_size
        return "its size is 0" if size is not None and size <= 0 else None
    units = (it.disk.lun_storage.logical_units if it.disk.lun_storage else None) or ()
    small = any(unit.size is not None and unit.size <= 0 for unit in units)
    return "the size of its LUN is 0" if small else None


def _domain(it: AttachedDisk) -> str | None:
    for domain in it.domains:
        if domain.status not in (None, "active"):
            return f"its storage domain {domain.name} is {domain.status}"
    return None


def _interface(it: AttachedDisk) -> str | None:
    interface = it.attachment.interface
    return f"its interface is {interface}" if interface and interface not in _INTERFACES else None


def _reserves(it: AttachedDisk) -> str | None:
    wants = it.attachment.uses_scsi_reservation or (it.disk and it.disk.uses_scsi_reservation)
    return "SCSI reservations are passed through" if wants else None


def _sgio(it: AttachedDisk) -> str | None:
    sgio = it.disk.sgio if it.disk else None
    return f"SCSI commands are passed through {sgio}" if sgio and sgio != "disabled" else None


def _content(it: AttachedDisk) -> str | None:
    content = it.disk.content_type if it.disk else None
    return f"it holds {content}" if content and content != "data" else None


def _external(it: AttachedDisk) -> str | None:
    return "its data is read from another platform" if it.disk and it.disk.external_disk else None


RULES: Final = (
    Rule(
        "vm-no-disks",
        Machine,
        Severity.WARNING,
        "No disks",
        _no_disks,
        "Make it anew on the other side, as one that starts from the network.",
        IMPORT_RULES,
    ),
    Rule(
        "vm-many-disks",
        Machine,
        Severity.WARNING,
        "More disks than a VM can have",
        _many,
        f"{_MOST} disks at most: join some, or use storage of the guest's own.",
        forklift("disk_count"),
    ),
    Rule(
        "disk-status",
        AttachedDisk,
        Severity.CRITICAL,
        "Illegal or locked disk",
        _status,
        "Wait until what locks it is done; repair or detach an illegal one.",
        forklift("disk_status"),
    ),
    Rule(
        "disk-storage-type",
        AttachedDisk,
        Severity.CRITICAL,
        "Disk of a storage that is not read",
        _storage,
        "Copy it to a data domain: images and LUNs alone are moved, no Cinder or managed block.",
        forklift("disk_storage_type"),
    ),
    Rule(
        "disk-lun-engine",
        AttachedDisk,
        Severity.CRITICAL,
        "Direct LUN on an old engine",
        _old_engine,
        f"Upgrade the engine to {'.'.join(map(str, _LUNS_SINCE))} at least, which says what is"
        " needed of a LUN.",
        ADAPTER_VALIDATOR,
    ),
    Rule(
        "disk-lun",
        AttachedDisk,
        Severity.WARNING,
        "Direct LUN",
        _lun,
        "It is attached, not copied: let the nodes of the other side reach it, and never let both"
        " sides use it at once.",
        LUNS,
    ),
    Rule(
        "disk-size",
        AttachedDisk,
        Severity.CRITICAL,
        "Disk without a size",
        _size,
        "Refresh the LUN, or detach the disk.",
        forklift("disk_size"),
    ),
    Rule(
        "disk-domain-status",
        AttachedDisk,
        Severity.CRITICAL,
        "Disk in a storage domain that is not active",
        _domain,
        "Activate the storage domain: the engine transfers images of active ones alone.",
        IMAGE_TRANSFER,
    ),
    Rule(
        "disk-external",
        AttachedDisk,
        Severity.CRITICAL,
        "Disk whose data is elsewhere",
        _external,
        "Copy the disk into a storage domain of its own first.",
        api_type("Disk"),
    ),
    Rule(
        "disk-interface",
        AttachedDisk,
        Severity.WARNING,
        "Disk interface that becomes another",
        _interface,
        "Change it to virtio_scsi, virtio or sata, and see that the guest starts so.",
        forklift("disk_interface_type"),
    ),
    Rule(
        "disk-scsi-reservation",
        AttachedDisk,
        Severity.WARNING,
        "SCSI reservations",
        _reserves,
        "Set up persistent reservations on the other side, as for a cluster of guests.",
        forklift("scsi_reservation"),
    ),
    Rule(
        "disk-sgio",
        AttachedDisk,
        Severity.WARNING,
        "SCSI pass-through",
        _sgio,
        "Turn it off, or attach the LUN as one on the other side.",
        IMPORT_RULES,
    ),
    Rule(
        "disk-shareable",
        AttachedDisk,
        Severity.WARNING,
        "Shared disk",
        lambda it: "several VMs may have it" if it.disk and it.disk.shareable else None,
        "Move all VMs that have it at once, all of them down, and share it anew.",
        forklift("shared_disk"),
    ),
    Rule(
        "disk-content",
        AttachedDisk,
        Severity.WARNING,
        "Disk that holds no data of the guest",
        _content,
        "Detach it, as with the scratch disks of a backup.",
        api_type("DiskContentType"),
    ),
    Rule(
        "disk-inactive",
        AttachedDisk,
        Severity.ADVICE,
        "Disk that is not plugged in",
        lambda it: "it is not active" if it.attachment.active is False else None,
        "Detach it if it is not wanted: it is moved, and plugged in there.",
        api_type("DiskAttachment"),
    ),
    Rule(
        "disk-incremental-backup",
        AttachedDisk,
        Severity.ADVICE,
        "Incremental backup",
        lambda it: (
            "incremental backup is on" if it.disk and it.disk.backup == "incremental" else None
        ),
        "Make a full backup on the other side: the chain ends with the move.",
        IMPORT_RULES,
    ),
    Rule(
        "disk-read-only",
        AttachedDisk,
        Severity.ADVICE,
        "Read-only disk",
        lambda it: "it is read-only" if it.attachment.read_only else None,
        "Set it to read-only again on the other side.",
        kubevirt("storage/disks_and_volumes"),
    ),
    Rule(
        "disk-pass-discard",
        AttachedDisk,
        Severity.ADVICE,
        "Discard passed on",
        lambda it: "discard is passed on" if it.attachment.pass_discard else None,
        "See what the storage class does with discard.",
        IMPORT_RULES,
    ),
    Rule(
        "disk-wipe",
        AttachedDisk,
        Severity.ADVICE,
        "Wiped when deleted",
        lambda it: "it is to be wiped" if it.disk and it.disk.wipe_after_delete else None,
        "See that the storage of the other side wipes what is deleted, if that is prescribed.",
        IMPORT_RULES,
    ),
    Rule(
        "disk-propagates-errors",
        AttachedDisk,
        Severity.ADVICE,
        "Errors passed on to the guest",
        lambda it: "errors reach the guest" if it.disk and it.disk.propagate_errors else None,
        "Choose the error policy of the disk on the other side.",
        IMPORT_RULES,
    ),
    Rule(
        "disk-lun-fc",
        AttachedDisk,
        Severity.WARNING,
        "Fibre Channel LUN",
        lambda it: (
            "it is reached by Fibre Channel"
            if it.disk and it.disk.lun_storage and it.disk.lun_storage.type == "fcp"
            else None
        ),
        "Zone it to the nodes of the other side, and ask which version of the tool takes it.",
        MTV_RHV,
    ),
)
