"""The engine, and its data centers, clusters, hosts and storage domains."""

from __future__ import annotations

from typing import Final

from rhev.models.clusters import Cluster
from rhev.models.data_centers import DataCenter
from rhev.models.hosts import Host
from rhev.models.templates import VmPool
from rhev.readiness.estate import Domain, EngineItself
from rhev.readiness.rule import Rule, Severity
from rhev.readiness.sources import (
    IMAGE_TRANSFER,
    IMPORT_RULES,
    MTV_RHV,
    api_type,
    forklift,
    kubevirt,
    ovirt_guide,
)

_OLDEST = (4, 4)
_NO_IMAGES = ("image", "volume", "managed_block_storage")
_GIB = 1024**3


def _version(it: EngineItself) -> str | None:
    if it.version is None or it.version[:2] >= _OLDEST:
        return None
    return f"it is {'.'.join(map(str, it.version))}"


def _overcommit(cluster: Cluster) -> str | None:
    over = cluster.memory_policy.over_commit if cluster.memory_policy else None
    percent = over.percent if over else None
    return f"memory is given out to {percent} %" if percent and percent > 100 else None


def _host_status(host: Host) -> str | None:
    return f"its status is {host.status}" if host.status and host.status != "up" else None


def _domain_status(it: Domain) -> str | None:
    if it.domain.type not in ("data", None) or it.status in (None, "active", "unattached"):
        return None
    return f"its status is {it.status}"


def _domain_type(it: Domain) -> str | None:
    kind = it.domain.type
    return f"it is of the type {kind}" if kind in _NO_IMAGES else None


def _space(it: Domain) -> str | None:
    free, least = it.domain.available, it.domain.critical_space_action_blocker
    if it.domain.type != "data" or free is None or least is None or free >= least * _GIB:
        return None
    return f"{free // _GIB} GiB are free, and below {least} nothing is done"


def _local(center: DataCenter) -> str | None:
    return "its storage is local to its hosts" if center.local else None


def _pool(pool: VmPool) -> str | None:
    return f"it makes {pool.size} VMs" if pool.size else None


RULES: Final = (
    Rule(
        "engine-version",
        EngineItself,
        Severity.WARNING,
        "Old engine",
        _version,
        f"Upgrade to {'.'.join(map(str, _OLDEST))} or later: migration tools are tried with those.",
        MTV_RHV,
    ),
    Rule(
        "cluster-ksm",
        Cluster,
        Severity.WARNING,
        "Memory pages shared by KSM",
        lambda it: "KSM is on" if it.ksm and it.ksm.enabled else None,
        "Plan the memory of nodes without it, or turn it on for them.",
        forklift("ksm"),
    ),
    Rule(
        "cluster-ha-reservation",
        Cluster,
        Severity.WARNING,
        "Room reserved for highly available VMs",
        lambda it: "HA reservation is on" if it.ha_reservation else None,
        "Keep room on the other side by the number of nodes.",
        forklift("ha_reservation"),
    ),
    Rule(
        "cluster-overcommit",
        Cluster,
        Severity.ADVICE,
        "More memory given out than there is",
        _overcommit,
        "Nodes with memory for all, or an overcommit on the other side.",
        IMPORT_RULES,
    ),
    Rule(
        "host-status",
        Host,
        Severity.WARNING,
        "Host that is not up",
        _host_status,
        "Activate it, or count it out: images are read by hosts that are up.",
        ovirt_guide("administration_guide"),
    ),
    Rule(
        "storage-status",
        Domain,
        Severity.WARNING,
        "Storage domain that is not active",
        _domain_status,
        "Activate it before what is on it is moved.",
        IMAGE_TRANSFER,
    ),
    Rule(
        "storage-type",
        Domain,
        Severity.WARNING,
        "Storage domain whose images are not read",
        _domain_type,
        "Copy what is needed of it to a data domain.",
        forklift("disk_storage_type"),
    ),
    Rule(
        "storage-space",
        Domain,
        Severity.WARNING,
        "Storage domain that is full",
        _space,
        "Make room: snapshots, which moving while VMs run needs, are refused below that.",
        api_type("StorageDomain"),
    ),
    Rule(
        "data-center-local",
        DataCenter,
        Severity.ADVICE,
        "Local storage",
        _local,
        "Let the hosts themselves be reached: the images of each are read by that host alone.",
        ovirt_guide("administration_guide"),
    ),
    Rule(
        "data-center-quota",
        DataCenter,
        Severity.ADVICE,
        "Quotas",
        lambda it: (
            f"the mode is {it.quota_mode}" if it.quota_mode not in (None, "disabled") else None
        ),
        "Write them as resource quotas of namespaces.",
        ovirt_guide("administration_guide"),
    ),
    Rule(
        "pool",
        VmPool,
        Severity.WARNING,
        "Pool of VMs",
        _pool,
        "Make a pool of the moved template's disk on the other side.",
        kubevirt("user_workloads/pool"),
    ),
)
