"""Disks and network interfaces copied from one virtual machine or template to another."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from rhev.simulator.generic.lifecycle import run
from rhev.simulator.state.store import Record, reference
from rhev.simulator.state.values import make, put

if TYPE_CHECKING:
    from rhev.simulator.state.estate import Estate


def copy_disk(estate: Estate, disk: Record, alias: str) -> Record:
    """A copy of a disk, locked until it is made."""
    model = deepcopy(disk.model)
    put(model, id=None, href=None, alias=alias, name=alias, status="locked")
    put(model, image_id=estate.new_id())
    copied = estate.take_in("Disk", "disks", model)
    run(estate, copied, "add")
    return copied


def attach(estate: Estate, owner: Record, disk: Record, like: Record | None = None) -> Record:
    """Attaches a disk; ``like`` is the attachment that the new one is to resemble."""
    model = deepcopy(like.model) if like else make("DiskAttachment", {})
    put(model, id=disk.id, href=None, vm=None, template=None, disk=reference(disk))
    put(model, **{owner.type.lower(): reference(owner)})
    return estate.take_in("DiskAttachment", "diskattachments", model, parent=owner)


def copy_devices(estate: Estate, source: Record, to: Record) -> None:
    """Gives one the disks and network interfaces of another."""
    attachments = list(estate.store.members(source, "diskattachments").values())
    for number, attachment in enumerate(attachments, 1):
        disk = estate.store.find("Disk", attachment.id)
        if disk is not None:
            attach(estate, to, copy_disk(estate, disk, f"{to.name}_Disk{number}"), attachment)
    for nic in list(estate.store.members(source, "nics").values()):
        model = deepcopy(nic.model)
        put(model, id=None, href=None, vm=None, template=None, mac=None)
        put(model, **{to.type.lower(): reference(to)})
        if to.type == "Vm":
            put(model, mac={"address": estate.new_mac()})
        estate.take_in("Nic", "nics", model, parent=to)
