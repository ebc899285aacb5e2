"""Disks: made, changed, extended, moved, copied and worked on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rhev.simulator.documents.presented import RUNNING
from rhev.simulator.generic.copies import copy_disk
from rhev.simulator.generic.hooks import Call, acting, added, completing, removing, updating
from rhev.simulator.generic.lifecycle import COURSES, LATER, arriving, run, set_out, state_of
from rhev.simulator.generic.references import required
from rhev.simulator.state.places import default_quota, refers
from rhev.simulator.state.refusals import FAILED, INCOMPLETE, Refusal, conflict
from rhev.simulator.state.store import Record, reference
from rhev.simulator.state.values import fill, held, make, merge, put

if TYPE_CHECKING:
    from rhev.simulator.state.estate import Estate

DISK = {
    "backup": "none",
    "content_type": "data",
    "description": "",
    "format": "raw",
    "propagate_errors": "false",
    "shareable": "false",
    "status": "locked",
    "storage_type": "image",
    "wipe_after_delete": "false",
}


def complete_disk(estate: Estate, model: Any) -> None:
    """What the engine adds to a new disk; a storage domain is chosen where none is given."""
    alias = held(model, "alias") or held(model, "name") or ""
    put(model, alias=alias, name=alias, storage_domain=None)
    if held(model, "lun_storage") is not None:
        _complete_lun(estate, model)
        return
    fill(model, make("Disk", DISK))
    put(model, image_id=estate.new_id(), status="locked")
    if held(model, "sparse") is None:
        put(model, sparse=str(held(model, "format")) == "cow")
    size = held(model, "provisioned_size") or 0
    occupied = held(model, "initial_size") or 0 if held(model, "sparse") else size
    put(model, actual_size=occupied, total_size=0 if held(model, "sparse") else None)
    if not held(model, "storage_domains"):
        domains = [d for d in estate.store.of_type("StorageDomain") if _takes_disks(d)]
        if not domains:
            raise conflict("Cannot add Virtual Disk. No storage domain for data is active.")
        put(model, storage_domains=[reference(domains[0])])
    for domain in held(model, "storage_domains"):
        check_active(estate, domain)
        _check_space(estate, domain, occupied)
    put(model, initial_size=None)
    _place(estate, model)


def _complete_lun(estate: Estate, model: Any) -> None:
    """A disk that is a LUN has no image of which there could be anything to say."""
    fill(model, make("Disk", {name: DISK[name] for name in _OF_LUNS}))
    put(model, storage_type="lun", format=None)


_OF_LUNS = ("content_type", "description", "propagate_errors", "shareable", "wipe_after_delete")


@arriving("Disk", "ok")
def _made(estate: Estate, disk: Record) -> None:
    put(disk.model, total_size=held(disk.model, "actual_size"))
    if str(held(disk.model, "format")) == "cow":
        put(disk.model, qcow_version="qcow2_v3")


def _place(estate: Estate, model: Any) -> None:
    """What a disk has of the storage domain that it is on, where nobody said otherwise."""
    store = estate.store
    domain = store.record(held(model, "storage_domains")[0])
    if domain is None:
        return
    profiles = store.members(None, "diskprofiles").values()
    profile = next((p for p in profiles if refers(p.model, "storage_domain", domain)), None)
    if held(model, "disk_profile") is None and profile is not None:
        put(model, disk_profile=reference(profile))
    centers = store.members(None, "datacenters").values()
    center = next((c for c in centers if domain.id in store.assigned(c, "storagedomains")), None)
    quota = default_quota(store, center)
    if held(model, "quota") is None and quota is not None:
        put(model, quota=reference(quota))


def _takes_disks(domain: Record) -> bool:
    return state_of(domain) == "active" and str(held(domain.model, "type")) == "data"


def check_active(estate: Estate, domain: Any) -> None:
    """Raises Refusal with 409 where a storage domain cannot take a disk."""
    record = estate.store.record(domain)
    if record is not None and state_of(record) != "active":
        raise conflict(f"Cannot add Virtual Disk. The storage domain {record.name} is not active.")


def _check_space(estate: Estate, domain: Any, size: int) -> None:
    record = estate.store.record(domain)
    available = held(record.model, "available") if record is not None else None
    if record is not None and available is not None and size > available:
        raise conflict(f"Cannot add Virtual Disk. Low disk space on Storage Domain {record.name}.")


def check_unlocked(disk: Record, verb: str) -> None:
    """Raises Refusal with 409 while something is done with a disk."""
    if state_of(disk) == "locked":
        raise conflict(f"Cannot {verb} Virtual Disk: disks are locked: {disk.name}. {LATER}")
    if disk.busy:
        raise conflict(f"Cannot {verb} Virtual Disk. {disk.busy}")


@completing("Disk")
def _disk(call: Call, model: Any) -> None:
    complete_disk(call.estate, model)


@added("Disk")
def _disk_added(call: Call, disk: Record) -> None:
    call.estate.write_down(82, f"Disk {disk.name} is being added by {call.user}.")


@updating("Disk")
def _changed(call: Call, disk: Record) -> None:
    change_disk(call.estate, disk, call.body)
    vars(call.body).clear()


def change_disk(estate: Estate, disk: Record, changes: Any) -> None:
    """Changes a disk, which is locked meanwhile: its new size shows when that has ended.

    Raises Refusal with 409 where it is locked already, with 400 where it would shrink.
    """
    check_unlocked(disk, "edit")
    size, present = held(changes, "provisioned_size"), held(disk.model, "provisioned_size")
    if size is not None and present is not None and size < present:
        raise Refusal(400, FAILED, "[Cannot edit Virtual Disk. A disk can grow, but not shrink.]")
    if changes is not None:
        name = held(changes, "alias") or held(changes, "name")
        if all(held(domain, "id") is None for domain in held(changes, "storage_domains") or ()):
            put(changes, storage_domains=None)
        put(changes, id=None, href=None, alias=name, name=name, provisioned_size=None, status=None)
        # Where a disk is takes a move.
        put(changes, storage_domains=None)
        merge(disk.model, changes)
    if str(held(disk.model, "storage_type")) != "image":
        return
    if size is not None and size != present:
        run(estate, disk, "extend", then=lambda: put(disk.model, provisioned_size=size))
    else:
        run(estate, disk, "update")


@removing("Disk")
def _disk_removed(call: Call, disk: Record) -> None:
    store = call.estate.store
    check_unlocked(disk, "remove")
    attached = []
    for owner in [*store.of_type("Vm"), *store.of_type("Template")]:
        attachment = store.members(owner, "diskattachments").get(disk.id)
        if attachment is None:
            continue
        if owner.type == "Template":
            raise conflict(f"Cannot remove Virtual Disk. Template {owner.name} is made of it.")
        if owner.busy:
            raise conflict(f"Cannot remove Virtual Disk. {owner.busy}")
        if state_of(owner) in RUNNING and held(attachment.model, "active"):
            raise conflict("Cannot remove Virtual Disk. At least one of the VMs is not down.")
        attached.append(attachment)
    for attachment in attached:
        store.remove(attachment)


def _domain_given(call: Call) -> Record:
    """Where a disk is to go. The facts do not demand it of disks below a storage domain."""
    if (domain := held(call.body, "storage_domain")) is None:
        missing = "[storageDomain.id|name]"
        raise Refusal(400, INCOMPLETE, f"Action {missing} required for {call.method.name}")
    return required(call.estate.store, domain)


@acting(("Disk", "move"))
def _move(call: Call, disk: Record) -> None:
    domain = _domain_given(call)
    check_unlocked(disk, "move")
    if refers(disk.model, "storage_domains", domain):
        raise Refusal(
            400, FAILED, "[Cannot move Virtual Disk. It is on that storage domain already.]"
        )
    check_active(call.estate, domain.model)
    there = [reference(domain)]
    run(call.estate, disk, "move", then=lambda: put(disk.model, storage_domains=there))


@acting(("Disk", "copy"))
def _copy(call: Call, disk: Record) -> None:
    estate = call.estate
    domain = _domain_given(call)
    check_unlocked(disk, "copy")
    check_active(estate, domain.model)
    alias = held(call.body, "disk.alias") or held(call.body, "disk.name") or disk.name
    copied = copy_disk(estate, disk, alias)
    put(copied.model, storage_domains=[reference(domain)])
    disk.busy = f"Disk {alias} is being moved or copied."
    (course,) = [course for course in COURSES["Disk"] if course.action == "copy"]

    def free() -> None:
        disk.busy = ""

    set_out(estate, copied, course, free)
    disk.until = copied.until
    call.result["disk"] = reference(copied)


# What the engine answers to work on a disk that its kind does not allow.
def _impossible(said: str) -> Refusal:
    return Refusal(400, FAILED, f"[{said}]")


@acting(("Disk", "sparsify"))
def _sparsify(call: Call, disk: Record) -> None:
    check_unlocked(disk, "sparsify")
    if str(held(disk.model, "format")) == "cow":
        raise _impossible(f"Cannot sparsify Virtual Disk. {disk.name} is of the format QCOW2.")
    run(call.estate, disk, "lock")


@acting(("Disk", "reduce"))
def _reduce(call: Call, disk: Record) -> None:
    check_unlocked(disk, "reduce")
    raise _impossible(
        "Cannot reduce Virtual Disk. On a domain of files there is nothing to reduce."
    )


@acting(("Disk", "refresh_lun"))
def _refresh(call: Call, disk: Record) -> None:
    if held(disk.model, "lun_storage") is None:
        raise _impossible("Cannot sync Virtual Disk. The specified disk is no LUN.")


@acting(("Disk", "export"))
def _export(call: Call, disk: Record) -> None:
    domain = _domain_given(call)
    if str(held(domain.model, "type")) != "image":
        raise _impossible("Cannot export Virtual Disk. The storage domain takes no images.")
    run(call.estate, disk, "lock")


@acting(("Disk", "convert"))
def _convert(call: Call, disk: Record) -> None:
    check_unlocked(disk, "convert")
    wanted = held(call.body, "disk")
    changes = {
        name: held(wanted, name) for name in ("format", "sparse") if held(wanted, name) is not None
    }
    run(call.estate, disk, "lock", then=lambda: put(disk.model, **changes))
