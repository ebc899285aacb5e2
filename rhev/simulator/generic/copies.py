"""Disks and network interfaces copied from one virtual machine or template to another."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from rhev.simulator.generic.defaults import snake
from rhev.simulator.generic.references import resolve
from rhev.simulator.state.store import ROOT, Record, reference
from rhev.simulator.state.values import blank, class_of, held, make, merge, put

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rhev.simulator.state.estate import Estate


def copy_disk(estate: Estate, disk: Record, alias: str) -> Record:
    """A copy of a disk, locked until whoever makes it unlocks it."""
    model = deepcopy(disk.model)
    put(model, id=None, href=None, alias=alias, name=alias, status="locked")
    put(model, image_id=estate.new_id())
    copy = estate.take_in("Disk", "disks", model)
    copy_content(disk, copy)
    return copy


def copy_content(disk: Record, to: Record) -> None:
    """Puts on a disk what is on another."""
    to.content = disk.content.copy() if disk.content is not None else None


def unlock(disks: list[Record]) -> None:
    """Says that disks are made."""
    for disk in disks:
        put(disk.model, status="ok")
        if str(held(disk.model, "format")) == "cow":
            put(disk.model, qcow_version="qcow2_v3")


def attach(estate: Estate, owner: Record, disk: Record, like: Record | None = None) -> Record:
    """Attaches a disk; ``like`` is the attachment that the new one is to resemble."""
    model = deepcopy(like.model) if like else make("DiskAttachment", {})
    put(model, id=disk.id, href=None, vm=None, template=None, disk=reference(disk))
    put(model, **parts_of(owner))
    return estate.take_in("DiskAttachment", "diskattachments", model, parent=owner)


def parts_of(owner: Record) -> dict[str, Any]:
    """What a device says of what it is in: one of a template calls that a machine as well."""
    said = {snake(owner.type): reference(owner)}
    if owner.type == "Template":
        said["vm"] = blank(class_of("Vm"), id=owner.id, href=f"{ROOT}/vms/{owner.id}")
    return said


def copy_devices(
    estate: Estate,
    source: Record,
    to: Record,
    wanted: Mapping[str, Any] | None = None,
    snapshot: Record | None = None,
) -> list[Record]:
    """Gives one the disks and network interfaces of another; the disks, which are locked yet.

    ``wanted`` says by the id of a disk what its copy is to have of its own. What is in a
    ``snapshot`` of the source is copied instead, if there is one.
    """
    copied = []
    within = estate.store.members(snapshot, "disks") if snapshot is not None else None
    attachments = list(estate.store.members(source, "diskattachments").values())
    for attachment in attachments:
        disk = estate.store.find("Disk", attachment.id)
        if within is not None:
            disk = within.get(attachment.id)
        if disk is None:
            continue
        copy = copy_disk(estate, disk, disk.name)
        own = (wanted or {}).get(disk.id)
        if own is not None:
            name = held(own, "name") or held(own, "alias") or disk.name
            put(own, id=None, href=None, name=name, alias=name)
            resolve(estate.store, own, "add")
            merge(copy.model, own)
        copied.append(copy)
        attach(estate, to, copy, attachment)
    for nic in list(estate.store.members(snapshot or source, "nics").values()):
        model = deepcopy(nic.model)
        put(model, id=None, href=None, vm=None, template=None, mac=None)
        put(model, **parts_of(to))
        if to.type == "Vm":
            put(model, mac={"address": estate.new_mac()})
        estate.take_in("Nic", "nics", model, parent=to)
    return copied
