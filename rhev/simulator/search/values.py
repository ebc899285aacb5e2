"""Values that queries compare and no resource holds: worked out, by the type and the step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rhev.simulator.state.places import members_of
from rhev.simulator.state.values import held

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rhev.simulator.state.estate import Estate
    from rhev.simulator.state.store import Record


def _correlation(estate: Estate, job: Record) -> Any:
    return estate.correlations.get(job.id)


def _machines(estate: Estate, disk: Record) -> Any:
    vms = estate.store.of_type("Vm")
    return [vm.model for vm in vms if disk.id in estate.store.members(vm, "diskattachments")]


def _users_of(estate: Estate, disk: Record) -> Any:
    """How many machines and templates a disk is attached to."""
    store = estate.store
    owners = (*store.of_type("Vm"), *store.of_type("Template"))
    return sum(disk.id in store.members(owner, "diskattachments") for owner in owners)


def _tags(estate: Estate, record: Record) -> Any:
    """What has a tag has those that are above it in the tree as well, but for the root."""
    found = {}
    waiting = list(members_of(estate.store, record, "tags").values())
    while waiting:
        tag = waiting.pop()
        if tag.id not in found:
            found[tag.id] = tag.model
            above = estate.store.record(held(tag.model, "parent"))
            is_root = above is None or held(above.model, "parent") is None
            waiting += [] if above is None or is_root else [above]
    return list(found.values())


def _uptime(estate: Estate, vm: Record) -> Any:
    started = held(vm.model, "start_time")
    if started is None or held(vm.model, "host") is None:
        return 0
    return (estate.timeline.date - started).total_seconds()


def _has_illegal_images(estate: Estate, vm: Record) -> Any:
    """Nothing is said of a machine that has no disk at all."""
    attached = estate.store.members(vm, "diskattachments")
    states = [estate.store.find("Disk", id_) for id_ in attached]
    return any(d and str(held(d.model, "status")) == "illegal" for d in states) if states else None


def _spm_id(estate: Estate, host: Record) -> Any:
    """Hosts are counted by when they were added."""
    return 1 + next(n for n, each in enumerate(estate.store.of_type("Host")) if each is host)


def _software(estate: Estate, host: Record) -> Any:
    full: str | None = held(host.model, "version.full_version")
    return full.removeprefix("vdsm-") if full is not None else None


def _idle(estate: Estate, host: Record) -> Any:
    """What a host that is up says of its use: machines here take nothing of it."""
    return 0 if str(held(host.model, "status")) == "up" else None


def _is_for_machines(estate: Estate, network: Record) -> Any:
    return "vm" in {str(usage) for usage in held(network.model, "usages") or ()}


def _mtu(estate: Estate, network: Record) -> Any:
    """None means that of everything, which is shown as zero."""
    return held(network.model, "mtu") or None


def _no_comment(estate: Estate, record: Record) -> Any:
    return ""


def _is_deleted(estate: Estate, event: Record) -> Any:
    return False


WORKED_OUT: Mapping[tuple[str, str], Callable[[Estate, Record], Any]] = {
    ("Job", "correlation_id"): _correlation,
    ("DataCenter", "comment"): _no_comment,
    ("Disk", "vms"): _machines,
    ("Disk", "number_of_vms"): _users_of,
    ("Event", "deleted"): _is_deleted,
    ("Host", "cpu_usage"): _idle,
    ("Host", "load"): _idle,
    ("Host", "mem_usage"): _idle,
    ("Host", "network_usage"): _idle,
    ("Host", "software"): _software,
    ("Host", "spm_id"): _spm_id,
    ("Host", "tags"): _tags,
    ("Network", "mtu_set"): _mtu,
    ("Network", "vmnetwork"): _is_for_machines,
    ("Template", "tags"): _tags,
    ("User", "tags"): _tags,
    ("Vm", "has_illegal_images"): _has_illegal_images,
    ("Vm", "tags"): _tags,
    ("Vm", "uptime"): _uptime,
}
