"""What is not held but worked out when it is asked for: counts, statistics, hidden attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rhev.simulator.state.places import members_of, refers
from rhev.simulator.state.store import Record, reference
from rhev.simulator.state.values import blank, class_of, held, make, put

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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


def guests(estate: Estate, host: Record) -> list[Record]:
    """The virtual machines that run on a host."""
    return [vm for vm in estate.store.of_type("Vm") if refers(vm.model, "host", host)]


def _host(estate: Estate, record: Record, document: Any) -> None:
    states = [held(vm.model, "status") for vm in guests(estate, record)]
    active, migrating = states.count("up"), states.count("migrating")
    summary = blank(class_of("VmSummary"), active=active, migrating=migrating, total=len(states))
    vars(document)["summary"] = summary


def _storage_domain(estate: Estate, record: Record, document: Any) -> None:
    store = estate.store
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
        port = 5900 + sum(vm.id < record.id for vm in guests(estate, host))
        put(shown, address=held(host.model, "address"), port=port, certificate=certificate)
        vars(document)["display"] = shown


def _data_center(estate: Estate, record: Record, document: Any) -> None:
    store = estate.store
    clusters = (c for c in store.of_type("Cluster") if refers(c.model, "data_center", record))
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


def _cluster_network(estate: Estate, record: Record, document: Any) -> None:
    """A network is another in each cluster, where it may be required or be the one for displays."""
    cluster = estate.store.find("Cluster", document.href.split("/")[-3])
    manages = record.name == "ovirtmgmt"
    put(document, cluster=reference(cluster) if cluster else None)
    put(document, display=manages, required=True, status="operational")
    if manages:
        vars(document)["usages"] = make("Network", _MANAGING).usages


_MANAGING = {"usages": {"usage": ["vm", "display", "migration", "management", "default_route"]}}


def _without_secrets(estate: Estate, record: Record, document: Any) -> None:
    hide(document)


# What an engine takes and never shows.
WITHHELD = frozenset({"password", "root_password"})


def hide(document: Struct) -> None:
    """Takes the passwords out of a document, which is not the record's own."""
    for name in WITHHELD & document.__dict__.keys():
        del vars(document)[name]


PRESENTED: Mapping[str, Callable[[Estate, Record, Any], None]] = {
    "Host": _host,
    "StorageDomain": _storage_domain,
    "AffinityGroup": _affinity_group,
    "DataCenter": _data_center,
    "Vm": _vm,
    "StorageConnection": _without_secrets,
    "StorageConnectionExtension": _without_secrets,
    "User": _without_secrets,
    "Agent": _without_secrets,
    "ExternalHostProvider": _without_secrets,
    "OpenStackImageProvider": _without_secrets,
    "OpenStackNetworkProvider": _without_secrets,
    "OpenStackVolumeProvider": _without_secrets,
}

# The same for members of a collection, by the type of its owner and its segment.
PRESENTED_IN: Mapping[tuple[str, str], Callable[[Estate, Record, Any], None]] = {
    ("Cluster", "networks"): _cluster_network,
}

# For each type: name, description, unit, and what it is worth while the resource runs.
_GAUGES: Mapping[str, tuple[tuple[str, str, str, float], ...]] = {
    "Vm": (
        ("memory.installed", "Total memory configured", "bytes", 0),
        ("memory.used", "Memory used (agent)", "bytes", 402653184),
        ("cpu.current.guest", "CPU used by guest", "percent", 4),
        ("cpu.current.hypervisor", "CPU overhead", "percent", 1),
        ("cpu.current.total", "Total CPU used", "percent", 5),
        ("elapsed.time", "Elapsed virtual machine runtime", "seconds", 0),
    ),
    "Host": (
        ("memory.total", "Total memory", "bytes", 0),
        ("memory.used", "Used memory", "bytes", 8589934592),
        ("cpu.current.user", "User CPU usage", "percent", 7),
        ("cpu.current.system", "System CPU usage", "percent", 2),
        ("cpu.current.idle", "Idle CPU usage", "percent", 91),
        ("cpu.load.avg.5m", "CPU 5 minute load average", "percent", 12),
    ),
    "Disk": (
        ("data.current.read", "Read data rate", "bytes_per_second", 4096),
        ("data.current.write", "Write data rate", "bytes_per_second", 16384),
    ),
    "Nic": (
        ("data.current.rx", "Receive data rate", "bytes_per_second", 1200),
        ("data.current.tx", "Transmit data rate", "bytes_per_second", 900),
    ),
}


def _statistics(estate: Estate, owner: Record) -> list[Any]:
    status = held(owner.model, "status")
    runs = owner.type in ("Disk", "Nic") or status == "up"
    found = []
    for number, (name, text, unit, worth) in enumerate(_GAUGES.get(owner.type, ())):
        datum = _measured(estate, owner, name, worth) if runs else 0.0
        id_ = f"{number:08x}-{owner.id[9:]}"
        statistic = make(
            "Statistic",
            {
                "id": id_,
                "href": f"{owner.href}/statistics/{id_}",
                "name": name,
                "description": text,
                "kind": "gauge",
                "type": "integer" if unit == "bytes" else "decimal",
                "unit": unit,
                "values": {"value": [{"datum": datum}]},
            },
        )
        put(statistic, **{owner.type.lower(): reference(owner)})
        found.append(statistic)
    return found


def _measured(estate: Estate, owner: Record, name: str, worth: float) -> float:
    if name in ("memory.installed", "memory.total"):
        return float(held(owner.model, "memory") or 0)
    if name == "elapsed.time" and (start := held(owner.model, "start_time")):
        return float((estate.timeline.date - start).total_seconds())
    return worth


COMPUTED_MEMBERS: Mapping[str, Callable[[Estate, Record], list[Any]]] = {
    "statistics": _statistics,
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
