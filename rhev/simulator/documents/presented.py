"""What is not held but worked out when it is asked for: counts, statistics, hidden attributes."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from rhev.mapping.resources import BaseResource
from rhev.simulator.documents import contents
from rhev.simulator.documents.statistics import statistics
from rhev.simulator.state.places import members_of, referring
from rhev.simulator.state.store import Record, reference
from rhev.simulator.state.values import blank, class_of, held, make, put

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rhev.mapping.structure import Struct
    from rhev.simulator.state.estate import Estate

RUNNING = frozenset(
    {
        "up",
        "powering_up",
        "paused",
        "migrating",
        "wait_for_launch",
        "reboot_in_progress",
        "saving_state",
        "restoring_state",
        "powering_down",
        "not_responding",
    }
)


def guests(estate: Estate, host: Record) -> Sequence[Record]:
    """The virtual machines that run on a host."""
    return referring(estate.store, "Vm", "host", host)


def _host(estate: Estate, record: Record, document: Any) -> None:
    states = [held(vm.model, "status") for vm in guests(estate, record)]
    active, migrating = states.count("up"), states.count("migrating")
    summary = blank(class_of("VmSummary"), active=active, migrating=migrating, total=len(states))
    state = str(held(record.model, "status"))
    if held(record.model, "version") is None and state in ("unassigned", "connecting"):
        put(summary, active=None, migrating=None)
    vars(document)["summary"] = summary


def _committed(estate: Estate, domain: Record) -> int:
    """What disks of machines may still come to take of a domain."""
    store = estate.store
    of_templates = {
        id_ for each in store.of_type("Template") for id_ in store.members(each, "diskattachments")
    }
    return sum(
        (held(disk.model, "provisioned_size") or 0) - (held(disk.model, "actual_size") or 0)
        for disk in referring(store, "Disk", "storage_domains", domain)
        if held(disk.model, "sparse") is True and disk.id not in of_templates
    )


def _storage_domain(estate: Estate, record: Record, document: Any) -> None:
    store = estate.store
    put(document, committed=_committed(estate, record))
    centers = [
        center
        for center in store.members(None, "datacenters").values()
        if record.id in store.assigned(center, "storagedomains")
    ]
    if not centers:
        vars(document)["status"] = type(held(record.model, "status"))("unattached")
        return
    vars(document)["data_centers"] = [reference(center) for center in centers]
    if document.href == record.href:
        # The state belongs to the attachment: the domain itself shows one only without any.
        vars(document).pop("status", None)
    else:
        vars(document)["data_center"] = reference(centers[0])


def console_of(estate: Estate, vm: Record) -> dict[str, Any]:
    """The address and port of a machine's console: nowhere before it has been launched."""
    host = estate.store.record(held(vm.model, "host"))
    if host is None or str(held(vm.model, "status")) in _LAUNCHING:
        return {}
    port = 5900 + sum(guest.id < vm.id for guest in guests(estate, host))
    return {"address": held(host.model, "address"), "port": port}


_LAUNCHING = frozenset({"wait_for_launch", "restoring_state"})


def _vm(estate: Estate, record: Record, document: Any) -> None:
    host = estate.store.record(held(record.model, "host"))
    if host is None:
        return
    shown = document.display.__copy__() if held(document, "display") else None
    if shown is not None:
        certificate = held(host.model, "certificate")
        if certificate is not None:
            certificate = certificate.__copy__()
            put(certificate, content="-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n")
        put(shown, certificate=certificate, **console_of(estate, record))
        vars(document)["display"] = shown


def _supported(estate: Estate, center: Record, clusters: list[Record]) -> list[Any]:
    """The versions that a data center could have: none above that of any of its clusters."""
    least = _version(center.model)
    most = min((_version(cluster.model) for cluster in clusters), default=_NEWEST)
    levels = (level.id.split(".") for level in estate.store.of_type("ClusterLevel"))
    versions = sorted((int(major), int(minor)) for major, minor in levels)
    return [
        make("Version", {"major": a, "minor": b}) for a, b in versions if least <= (a, b) <= most
    ]


_NEWEST = (99, 99)


def _version(model: Any) -> tuple[int, int]:
    return held(model, "version.major") or 4, held(model, "version.minor") or 0


def _data_center(estate: Estate, record: Record, document: Any) -> None:
    store = estate.store
    clusters = referring(store, "Cluster", "data_center", record)
    clusters = list(clusters)
    put(document, supported_versions=_supported(estate, record, clusters))
    pools = {held(cluster.model, "mac_pool.id") for cluster in clusters}
    pool = store.find("MacPool", next(iter(pools))) if len(pools) == 1 else None
    if pool is not None:
        vars(document)["mac_pool"] = reference(pool)
    if store.assigned(record, "storagedomains"):
        put(document, storage_format=held(record.model, "storage_format") or "v5")
    else:
        put(document, storage_format=None)


def _affinity_group(estate: Estate, record: Record, document: Any) -> None:
    for name, segment in _IN_GROUPS.items():
        assigned = estate.store.assigned(record, segment).values()
        vars(document)[name] = [reference(entry) for entry in assigned]


_IN_GROUPS = {
    "vms": "vms",
    "hosts": "hosts",
    "vm_labels": "vmlabels",
    "host_labels": "hostlabels",
}


def _cluster(estate: Estate, record: Record, document: Any) -> None:
    vars(document).pop("networks", None)


def _snapshot(estate: Estate, record: Record, document: Any) -> None:
    vm, kept = record.parent, held(record.model, "vm")
    if vm is None:
        return
    if str(held(record.model, "snapshot_type")) == "active":
        vars(document)["vm"] = without_addresses(vm.model)
    elif kept is not None:
        vars(document)["vm"] = _as_it_is(estate, vm, kept)


def _as_it_is(estate: Estate, vm: Record, kept: Any) -> Any:
    """The machine that a snapshot has kept, with the life that the machine has now."""
    shown = kept.__copy__()
    put(shown, **{name: held(vm.model, name) for name in _LIFE})
    display, host = held(kept, "display"), estate.store.record(held(vm.model, "host"))
    if display is not None:
        display = display.__copy__()
        where = {"type": None} if host is None else console_of(estate, vm)
        put(display, **where)
        put(shown, display=display)
    if host is not None:
        put(shown, host=blank(class_of("Host"), id=host.id))
    return shown


# What of a machine is not its configuration but how it is.
_LIFE = (
    *("fqdn", "host", "next_run_configuration_exists", "run_once", "start_time", "status"),
    *("stop_reason", "stop_time"),
)


def _cluster_whole(estate: Estate, record: Record, document: Any) -> None:
    networks = estate.store.assigned(record, "networks").values()
    management = next((network for network in networks if network.name == "ovirtmgmt"), None)
    if management is not None:
        put(document, management_network=reference(management))


def _pool(estate: Estate, record: Record, document: Any) -> None:
    """A pool shows what its machines are like, by the first of them."""
    first = next(iter(referring(estate.store, "Vm", "vm_pool", record)), None)
    if first is not None:
        like = without_addresses(deepcopy(first.model))
        put(like, **dict.fromkeys(_NOT_OF_POOLS), href=first.href, stateless=True)
        put(like, display=held(first.model, "display"))
        if disks_of(estate, first):
            put(like, original_template=None)
        vars(document)["vm"] = like


_NOT_OF_POOLS = (
    *("cluster", "cpu_profile", "fqdn", "host", "quota", "run_once", "small_icon", "start_time"),
    *("stop_reason", "template", "vm_pool"),
)


def _pool_whole(estate: Estate, record: Record, document: Any) -> None:
    if (like := held(document, "vm")) is None:
        return
    contents.complete(like)
    if held(like, "original_template") is None:
        put(like, template=blank(class_of("Template"), id=held(record.model, "template.id")))


def without_addresses(model: Any) -> Any:
    """A machine as its snapshots describe it: what it refers to has ids and no addresses.

    It is shallow, and what a model holds elsewhere must not be changed through it.
    """
    described = model.__copy__()
    put(described, href=None)
    values = vars(described)
    for name, value in values.items():
        if isinstance(value, BaseResource):
            values[name] = value.__copy__()
            put(values[name], href=None)
    if held(model, "display") is not None and held(model, "host") is None:
        values["display"] = values["display"].__copy__()
        put(values["display"], type=None)
    return described


def _without_secrets(estate: Estate, record: Record, document: Any) -> None:
    hide(document)


# What an engine takes and never shows.
WITHHELD = frozenset({"password", "root_password"})


def hide(document: Struct) -> None:
    """Takes the passwords out of a document, which is not the record's own."""
    for name in WITHHELD & document.__dict__.keys():
        del vars(document)[name]


def _disk(estate: Estate, record: Record, document: Any) -> None:
    """A disk outside of storage is known by its unit alone: alone it shows where that is, too."""
    lun = held(record.model, "lun_storage")
    if lun is None:
        return
    put(document, **dict.fromkeys(_OF_IMAGES))
    units = [unit.__copy__() for unit in held(lun, "logical_units") or ()]
    for unit in units:
        put(unit, active_paths=0, paths=0, size=0, discard_zeroes_data=False, disk_id=record.id)
    shown = lun.__copy__()
    put(shown, type=None, id=next((unit.id for unit in units), None))
    vars(shown)["logical_units"] = units
    vars(document)["lun_storage"] = shown


_OF_IMAGES = (
    *("actual_size", "backup", "format", "image_id", "provisioned_size", "qcow_version"),
    *("quota", "disk_profile", "sparse", "status", "total_size"),
)


def _network(estate: Estate, record: Record, document: Any) -> None:
    """Whether it is required is said of it in a cluster only."""
    put(document, required=None)


PRESENTED: Mapping[str, Callable[[Estate, Record, Any], None]] = {
    "Disk": _disk,
    "Host": _host,
    "Network": _network,
    "StorageDomain": _storage_domain,
    "AffinityGroup": _affinity_group,
    "Cluster": _cluster,
    "DataCenter": _data_center,
    "Snapshot": _snapshot,
    "Vm": _vm,
    "VmPool": _pool,
    "StorageConnection": _without_secrets,
    "StorageConnectionExtension": _without_secrets,
    "User": _without_secrets,
    "Agent": _without_secrets,
    "ExternalHostProvider": _without_secrets,
    "OpenStackImageProvider": _without_secrets,
    "OpenStackNetworkProvider": _without_secrets,
    "OpenStackVolumeProvider": _without_secrets,
}


# The same where all of a resource is shown, as after a change of it.
PRESENTED_WHOLE: Mapping[str, Callable[[Estate, Record, Any], None]] = {
    "Cluster": _cluster_whole,
    "VmPool": _pool_whole,
}
# Types of which a query looks at some of that; of any other it looks at what is held.
SOUGHT = frozenset({"DataCenter", "Host", "StorageDomain"})

COMPUTED_MEMBERS: Mapping[str, Callable[[Estate, Record], list[Any]]] = {
    "statistics": statistics,
}


def computed_member(estate: Estate, owner: Record | None, segment: str, id_: str) -> Any:
    """A member of a collection that is worked out; None if it has none of that id."""
    compute = COMPUTED_MEMBERS.get(segment)
    if owner is None or compute is None:
        return None
    return next((entry for entry in compute(estate, owner) if entry.id == id_), None)


def disks_of(estate: Estate, owner: Record) -> list[Record]:
    """The disks that are attached to a virtual machine or a template."""
    attached = members_of(estate.store, owner, "diskattachments")
    found = (estate.store.find("Disk", id_) for id_ in attached)
    return [disk for disk in found if disk is not None]
