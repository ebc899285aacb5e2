"""What can be searched: the entities of the search language, their fields and cross references.

The table is that of engine 4.5.7. A line is a field: its name, what its values are, and the
comparisons that it takes where they are not those usual for such values. Words with a capital are
enumerations, listed below.

========  ========================================================  ===============
kind      its values                                                comparisons
========  ========================================================  ===============
text      any text; ``*`` is any part of one                        ``= !=``
exact     a text that has no wildcards, in its own case             ``= !=``
system    the name of an operating system                           ``= !=``
id        a UUID                                                    ``= !=``
flag      true or false                                             ``= !=``
number    a whole number                                            all
large     a whole number of any size                                ``< >``
decimal   a number                                                  all
date      a date, today, yesterday or a day of the week             ``< >``
span      days, or days.hours:minutes                               ``< >``
broken    none: the engine names a column that its database lacks   all
========  ========================================================  ===============

``/MiB`` and ``/GiB`` after a kind say in what the engine counts. ``hidden`` fields are left out of
the search for a text alone, which looks through fields of the kind text only. The names of the
entities are those of the API's types, where there is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ALL = ("<=", ">=", "!=", "<", ">", "=")
EQUAL = ("!=", "=")
ORDERED = ("<", ">")
TIMED = ("<", ">", "=")

UNITS: Mapping[str, int] = MappingProxyType({"": 1, "MiB": 1 << 20, "GiB": 1 << 30})

_COMPARISONS = {
    "number": ALL,
    "decimal": ALL,
    "broken": ALL,
    "large": ORDERED,
    "date": ORDERED,
    "span": ORDERED,
}
_SPELT = {"all": ALL, "equal": EQUAL, "timed": TIMED}

ENUMERATIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        name: tuple(values.split())
        for name, values in {
            "VmStatus": "unassigned down up poweringup paused migratingfrom migratingto unknown"
            " notresponding waitforlaunch rebootinprogress savingstate restoringstate suspended"
            " imageillegal imagelocked poweringdown",
            "VmType": "desktop server highperformance",
            "Architecture": "undefined x86 ppc s390x x86_64 ppc64 ppc64le ppcle",
            "BiosType": "i440fx_sea_bios q35_sea_bios q35_ovmf q35_secure_boot",
            "TemplateStatus": "ok locked illegal",
            "HostStatus": "unassigned down maintenance up nonresponsive error installing"
            " installfailed reboot preparingformaintenance nonoperational pendingapproval"
            " initializing connecting installingos kdumping",
            "ExternalStatus": "ok info warning error failure",
            "HostType": "rhel rhevh",
            "DiskStatus": "unassigned ok locked illegal",
            "DiskStorage": "image lun cinder managed_block_storage kubernetes",
            "DiskContent": "data ovf_store memory_dump_volume memory_metadata_volume iso"
            " hosted_engine hosted_engine_sanlock hosted_engine_metadata"
            " hosted_engine_configuration backup_scratch",
            "Allocation": "unassigned preallocated sparse",
            "Severity": "normal warning error alert",
            "VolumeType": "distribute replicate distributed_replicate stripe distributed_stripe"
            " striped_replicate distributed_striped_replicate disperse distributed_disperse tier"
            " unknown",
            "Transport": "tcp rdma",
            "VolumeStatus": "up down unknown warning",
            "PoolType": "automatic manual",
            "ProviderType": "openstack_network foreman openstack_image openstack_volume vmware"
            " external_network kvm xen kubevirt",
            "Enforcement": "disabled soft_enforcement hard_enforcement",
            "StorageStatus": "unknown uninitialized unattached active inactive locked maintenance"
            " preparingformaintenance detaching activating",
            "SharedStatus": "unattached active inactive mixed",
            "StorageType": "unknown nfs fcp iscsi localfs posixfs glusterfs glance cinder"
            " managed_block_storage unmanaged",
            "DataCenterStatus": "uninitialized up maintenance notoperational nonresponsive contend",
        }.items()
    }
)

_TEMPLATE = """
    name text, comment text, os system hidden, creationdate date timed, childcount number
    mem number/MiB, description text, status TemplateStatus, sealed flag, cluster text
    datacenter text, quota exact, architecture Architecture, version_name text, tag text
    _vmt_id id
"""
_NIC = "network_name text, mac text"

_FIELDS: Mapping[str, str] = {
    "Vm": """
        name text, comment text, status VmStatus, ip text, on_host text, fqdn text, uptime span
        os system hidden, creationdate date, address text, cpu_usage number, mem_usage number
        network_usage number, memory number/MiB, guaranteed_memory number/MiB
        migration_progress_percent broken, apps text hidden, cluster text, pool text
        loggedinuser text, tag text, datacenter text, type VmType, quota exact, id id
        description text, architecture Architecture, custom_emulated_machine text
        custom_cpu_type text, compatibility_level text, custom_compatibility_level exact
        created_by_user_id id, next_run_config_exists flag, has_illegal_images flag
        bios_type BiosType, k8s_namespace text, vcpus number
    """,
    "Template": _TEMPLATE,
    "InstanceType": _TEMPLATE,
    "Host": """
        name text, comment text, status HostStatus, external_status ExternalStatus, cluster text
        address text, cpu_usage number, mem_usage number, network_usage number, load decimal
        version text, cpus number, memory number/MiB, cpu_speed decimal, cpu_model text
        active_vms number, migrating_vms number equal, committed_mem number/MiB, tag text
        type HostType, datacenter text, architecture Architecture, update_available flag
        ha_score number equal, spm_id number equal, hw_id id, id id
    """,
    "Disk": """
        alias text, name text, description text, provisioned_size large, size large
        actual_size large, creation_date date, shareable flag, status DiskStatus
        disk_type DiskStorage, disk_content_type DiskContent, allocation_policy Allocation
        number_of_vms number, vm_names exact, quota text, id id, wipe_after_delete flag
        last_modified date
    """,
    "Event": """
        type number equal, severity Severity all, message text, time date timed, usrname text
        event_host text, event_vm text, event_template text, event_storage text
        event_datacenter text, event_volume text, correlation_id text, origin text
        custom_event_id number equal, deleted flag, _event_vm_id text, _event_template_id text
        _event_storage_id text, _event_host_id text, _event_datacenter_id text
        _event_quota_id text, usrid text
    """,
    "Cluster": """
        name text, description text, comment text, architecture Architecture
        compatibility_level exact, cpu_type text
    """,
    "DataCenter": """
        name text, description text, local flag, status DataCenterStatus, comment text
        compatibility_version text
    """,
    "StorageDomain": """
        name text, status StorageStatus, shared_status SharedStatus
        external_status ExternalStatus, datacenter text, type StorageType, free_size number/GiB
        used_size number/GiB, total_size number/GiB, committed number/GiB, comment text
        description text, wipe_after_delete flag, discard_after_delete flag, backup flag
    """,
    "User": """
        name text, lastname text, usrname text, user_and_domain text, login text, directory text
        department text, tag text, pool text, type exact
    """,
    "Group": "grpname text, name text",
    "VmPool": """
        name text, description text, comment text, type PoolType, cluster text, datacenter text
        architecture Architecture, assigned_vm_count number equal, running_vm_count number equal
    """,
    "Network": """
        name text, description text, comment text, vlanid number, stp flag, mtu number
        vmnetwork flag, datacenter text, label text, provider_name text, qos_name text
    """,
    "Job": "correlation_id exact",
    "GlusterVolume": """
        name text, type VolumeType, transport_type Transport, replica_count number
        stripe_count number, status VolumeStatus
    """,
    "Quota": """
        name text, storagepoolname text, description text, thresholdstoragepercentage number
        thresholdclusterpercentage number, gracestoragepercentage number
        graceclusterpercentage number, enforcementtype Enforcement
    """,
    "Provider": "name text, type ProviderType, description text, url text",
    "Nic": _NIC,
    "HostNic": _NIC,
    "ClusterNetwork": "network_name text, cluster_name text",
    "HostNetwork": "host_name text",
}

# What a cross reference is called, and what it leads to; those that take an "s" as well.
REFERENCES: Mapping[str, str] = MappingProxyType(
    {
        "vm": "Vm",
        "host": "Host",
        "template": "Template",
        "event": "Event",
        "user": "User",
        "cluster": "Cluster",
        "datacenter": "DataCenter",
        "storage": "StorageDomain",
        "network": "Network",
        "quota": "Quota",
        "volume": "GlusterVolume",
        "provider": "Provider",
        "vnic": "Nic",
        "nic": "HostNic",
        "cluster_network": "ClusterNetwork",
        "host_network": "HostNetwork",
    }
)
PLURAL = frozenset(REFERENCES) - {"datacenter", "vnic", "nic", "cluster_network", "host_network"}

_CROSS = {
    "Vm": "host template event user storage vnic",
    "Template": "vm host event user storage vnic",
    "InstanceType": "vm host event user storage vnic",
    "Host": "vm template event user storage nic",
    "Disk": "datacenter storage",
    "Event": "vm host template user cluster volume quota",
    "Cluster": "datacenter storage cluster_network",
    "DataCenter": "cluster storage network",
    "StorageDomain": "host cluster",
    "User": "vm host template event",
    "Network": "cluster_network host_network provider",
    "GlusterVolume": "cluster",
}

# Cross references that the grammar has and the database has not, as they are written.
BROKEN: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "Host": frozenset({"template", "templates"}),
        "User": frozenset({"Vm", "Vms", "VM", "VMS", "VMs"}),
        "Event": frozenset({"hosts"}),
    }
)

# The words for entities, which a query may not begin with in this API.
OBJECTS = (
    *("vms", "pools", "hosts", "templates", "events", "users", "groups", "clusters", "disks"),
    *("datacenter", "storage", "volumes", "quota", "networks", "providers", "instancetypes"),
    *("imagetypes", "sessions", "jobs", "vnicprofiles"),
)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an entity. ``values`` are those of an enumeration, in the engine's order.

    ``unit`` is how many bytes one is, where the engine counts in mebibytes or gibibytes.
    ``in_free_text`` says whether a text alone is looked for here.
    """

    name: str
    kind: str
    comparisons: tuple[str, ...]
    values: tuple[str, ...]
    unit: int
    in_free_text: bool


@dataclass(frozen=True, slots=True, eq=False)
class Entity:
    """What a collection of the API searches.

    ``references`` are the cross references by the word for one. ``is_paged`` is False where the
    engine puts a condition of its own behind a query, so that no clause can end it.
    ``has_free_text`` is False where a text alone is bad SQL.
    """

    name: str
    fields: Mapping[str, Field]
    references: Mapping[str, str]
    is_paged: bool
    has_free_text: bool


@cache
def entity(name: str) -> Entity:
    """The entity of an API's type. Raises KeyError where nothing of the type can be searched."""
    fields = {}
    for line in _FIELDS[name].replace(",", "\n").split("\n"):
        if line.strip():
            field = _field(*line.split())
            fields[field.name] = field
    if name == "StorageDomain":
        # The only names with blanks in them.
        for threshold in ("low_space_threshold (%)", "critical_space_threshold (gb)"):
            fields[threshold] = Field(threshold, "number", EQUAL, (), 1, in_free_text=False)
    return Entity(
        name,
        MappingProxyType(fields),
        MappingProxyType({word: REFERENCES[word] for word in _CROSS.get(name, "").split()}),
        is_paged=is_paged(name),
        has_free_text=name not in ("InstanceType", "Job"),
    )


def is_known(name: str) -> bool:
    """Whether a type of the API is searched by a table of fields."""
    return name in _FIELDS


def is_paged(name: str) -> bool:
    """Whether what a type's collection holds can be read page by page."""
    return name not in ("User", "Group")


def _field(name: str, described: str, *more: str) -> Field:
    kind, _, unit = described.partition("/")
    values = ENUMERATIONS.get(kind, ())
    comparisons = _COMPARISONS.get(kind, EQUAL)
    for word in more:
        comparisons = _SPELT.get(word, comparisons)
    kind = "enumeration" if values else kind
    free = kind == "text" and "hidden" not in more
    return Field(name, kind, comparisons, values, UNITS[unit], free)
