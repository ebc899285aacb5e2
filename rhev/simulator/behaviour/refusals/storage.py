"""What the engine refuses of storage, and of what it has from the beginning: by the call alone.

What is said of the state on the way of a resource is with the courses of that resource.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rhev.simulator.behaviour.refusals.common import GENERAL, bad
from rhev.simulator.generic.hooks import guarding, parameter
from rhev.simulator.state.refusals import FAILED, Refusal, broken, conflict, not_found
from rhev.simulator.state.values import held

if TYPE_CHECKING:
    from rhev.simulator.generic.hooks import Call
    from rhev.simulator.state.store import Record


# Storage


@guarding(("StorageDomain", "update"))
def _kind_of_a_domain(call: Call) -> None:
    kind = held(call.body, "type")
    if kind is not None and str(kind) != str(held(call.record.model, "type")):
        raise bad("Cannot edit Storage. Its type cannot be changed.")


@guarding(("StorageDomain", "remove"))
def _host_to_remove_with(call: Call) -> None:
    if call.target.owner is not None or call.flag("destroy"):
        return
    host = call.query.get("host") or call.query.get("host_id")
    if host is None:
        raise Refusal(400, "host parameter is missing")
    store = call.estate.store
    if store.find("Host", host) is None and store.named("Host", host) is None:
        raise not_found(host)


@guarding(("StorageConnection", "add"))
def _twice(call: Call) -> None:
    if call.target.owner is not None:
        return
    own = _mounted(call.body)
    if own is None:
        return
    store = call.estate.store
    places = [_mounted(connection.model) for connection in store.of_type("StorageConnection")]
    places += [_mounted(held(d.model, "storage")) for d in store.of_type("StorageDomain")]
    if own in places:
        raise conflict("Cannot add Storage Connection. There is one already.")


def _mounted(storage: Any) -> tuple[str, str, str] | None:
    kind, address, path = (str(held(storage, name) or "") for name in ("type", "address", "path"))
    return (kind, address, path) if kind == "nfs" and address and path else None


@guarding(("StorageConnection", "add"))
def _without_gluster(call: Call) -> None:
    if str(held(call.body, "type")) == "glusterfs":
        raise Refusal(500, FAILED, GENERAL)


@guarding(("StorageDomain", "reduce_luns"))
def _reduced(call: Call) -> None:
    if str(held(call.record.model, "storage.type")) not in ("iscsi", "fcp"):
        raise broken("what has no LUNs was to have fewer of them")


# LUNs

_LOCKED = "disks are locked: the LUN is not known to be ok. Please try again in a few minutes."


def _is_lun(record: Record | None) -> bool:
    return record is not None and held(record.model, "lun_storage") is not None


@guarding(("Disk", "add"), ("DiskAttachment", "add"))
def _visible(call: Call) -> None:
    disk = held(call.body, "disk") if call.target.type == "DiskAttachment" else call.body
    if held(disk, "lun_storage.host") is not None:
        raise bad("Cannot add Virtual Disk. The LUN is not visible by the specified host.")


@guarding(("Disk", "update"), ("Disk", "remove"))
def _lun(call: Call) -> None:
    if _is_lun(call.record):
        verb = "edit" if call.method.name == "update" else "remove"
        raise conflict(f"Cannot {verb} Virtual Disk: {_LOCKED}")


@guarding(("DiskAttachment", "update"))
def _attached_lun(call: Call) -> None:
    is_of_disk = held(call.body, "active") is not None or held(call.body, "disk") is not None
    if is_of_disk and _is_lun(call.estate.store.find("Disk", call.record.id)):
        verb = "edit" if held(call.body, "active") is None else "hot unplug"
        raise conflict(f"Cannot {verb} Virtual Disk: {_LOCKED}")


@guarding(("Disk", "refresh_lun"))
def _host_to_ask(call: Call) -> None:
    host, store = parameter(call.body, "host"), call.estate.store
    id_, name = held(host, "id"), held(host, "name")
    if host is not None and not (store.find("Host", id_) or store.named("Host", name or "")):
        raise not_found(id_ or name or "")


@guarding(("Disk", "sparsify"))
def _sparse_lun(call: Call) -> None:
    if _is_lun(call.record):
        raise Refusal(403, FAILED, "[User is not authorized to perform this action.]")


@guarding(("Image", "list"), ("File", "list"))
def _of_a_kind(call: Call) -> None:
    owner = call.target.owner
    kind = str(held(owner.model, "type")) if owner is not None else ""
    if call.target.type == "File" and kind == "data":
        raise Refusal(404)
    if call.target.type == "Image" and kind != "image":
        raise Refusal(400, FAILED, "images are not supported by this storage domain")


# What the engine has from the beginning


@guarding(("Template", "remove"))
def _blank(call: Call) -> None:
    if call.record.id == "00000000-0000-0000-0000-000000000000":
        raise bad("Cannot remove Template. The relevant Cluster doesn't exist.")


@guarding(("Tag", "update"))
def _root(call: Call) -> None:
    if call.record.id == "00000000-0000-0000-0000-000000000000":
        raise Refusal(500, FAILED, GENERAL)


@guarding(("SchedulingPolicy", "update"), ("SchedulingPolicy", "remove"))
def _locked(call: Call) -> None:
    if held(call.record.model, "locked"):
        verb = "remove" if call.method.name == "remove" else "edit"
        raise bad(f"Cannot {verb} Scheduling Policy. Parameters are invalid.")


@guarding(("OpenStackVolumeProvider", "add"))
def _unfinished(call: Call) -> None:
    raise broken("a provider of volumes was to be made")
