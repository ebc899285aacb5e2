"""What of a type can be applied and exported: tables, and what the API's facts say.

A type without an entry is told apart by its name, and all that the engine does not decide of it is
taken as it is given.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from rhev import facts, relations
from rhev.mapping import catalogue
from rhev.mapping.fields import FieldSpec, Kind, fields
from rhev.mapping.resources import BaseResource
from rhev.mapping.scalars import StatusEnumeration
from rhev.models.index import CLASSES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rhev.mapping.structure import Struct


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class Shape:
    """What differs by type, as names of attributes.

    ``identity`` tells members of a collection apart: the first that a spec gives is what it is
    found by; where it is empty there is one member at most. ``scope`` holds what a name is unique
    within, and ``base`` what a resource is below that has no collection of its own. ``fixed`` is
    what no update changes; ``first`` is what only a creation takes, and no engine shows again;
    ``engines`` is what the engine alone decides, and ``quiet`` what an export leaves out although
    it can be given. Where there are ``own`` ones, an export writes no others. ``settled`` are the
    statuses in which one that was made can be gone on with.
    """

    identity: tuple[str, ...] = ("name",)
    scope: str | None = None
    base: str | None = None
    fixed: frozenset[str] = frozenset()
    first: frozenset[str] = frozenset()
    engines: frozenset[str] = frozenset()
    quiet: frozenset[str] = frozenset()
    own: frozenset[str] | None = None
    settled: tuple[str, ...] = ()


_MACHINE = _names("display.address display.certificate display.port display.secure_port")
_LEFT_OUT = _names(
    "origin large_icon small_icon auto_pinning_policy initialization.configuration cpu.architecture"
)

SHAPES: Mapping[str, Shape] = MappingProxyType(
    {
        "Vm": Shape(
            fixed=_names("template"),
            first=_names("storage_domain snapshots external_host_provider"),
            engines=_MACHINE
            | _names(
                "status_detail stop_reason run_once fqdn next_run_configuration_exists host"
                " guest_time_zone guest_operating_system has_illegal_images original_template"
                " vm_pool dynamic_cpu"
            ),
            quiet=_LEFT_OUT | _names("numa_tune_mode payloads"),
            settled=("down", "up", "paused", "suspended"),
        ),
        "Template": Shape(
            scope="version",
            fixed=_names("cluster version"),
            first=_names("vm storage_domain"),
            engines=_MACHINE,
            quiet=_LEFT_OUT,
            settled=("ok",),
        ),
        "InstanceType": Shape(engines=_MACHINE, quiet=_LEFT_OUT),
        "VmPool": Shape(fixed=_names("cluster template type stateful"), first=_names("vm")),
        "Nic": Shape(engines=_names("synced reported_devices network_labels network")),
        "DiskAttachment": Shape(
            identity=("id", "disk.id", "disk.name", "disk.alias", "bootable"),
            engines=_names("logical_name vm template"),
        ),
        "Disk": Shape(
            identity=("alias", "name"),
            fixed=_names("format content_type storage_domains sparse"),
            first=_names("initial_size storage_domain openstack_volume_type interface bootable"),
            engines=_names(
                "image_id actual_size total_size active read_only storage_type logical_name"
                " snapshot vms external_disk uses_scsi_reservation backup_mode"
            ),
            settled=("ok",),
        ),
        "Cdrom": Shape(identity=()),
        "Watchdog": Shape(identity=()),
        "GraphicsConsole": Shape(identity=("protocol",), engines=_names("port tls_port address")),
        "VirtualNumaNode": Shape(identity=("index",)),
        "HostDevice": Shape(own=_names("name")),
        "VmMediatedDevice": Shape(identity=("id", "spec_params")),
        "Snapshot": Shape(identity=("description",), settled=("ok",)),
        "Cluster": Shape(
            fixed=_names("data_center management_network"),
            engines=_names(
                "supported_versions upgrade_in_progress upgrade_percent_complete"
                " upgrade_correlation_id cpu.level gluster_tuned_profile"
            ),
        ),
        "DataCenter": Shape(engines=_names("supported_versions storage_format")),
        "Host": Shape(
            first=_names("root_password override_iptables cluster ssh.authentication_method"),
            own=_names("address cluster ssh.port power_management vgpu_placement spm.priority"),
            settled=("up",),
        ),
        "StorageDomain": Shape(
            fixed=_names("type storage storage_format block_size"),
            first=_names("host data_center import_"),
            own=_names(
                "type storage.type storage.address storage.path storage.nfs_version"
                " storage.mount_options storage.vfs_type backup block_size wipe_after_delete"
                " discard_after_delete warning_low_space_indicator critical_space_action_blocker"
            ),
        ),
        "Network": Shape(
            scope="data_center",
            fixed=_names("data_center vdsm_name"),
            engines=_names("cluster"),
            quiet=_names("display required"),
        ),
        "VnicProfile": Shape(scope="network", fixed=_names("network")),
        "CpuProfile": Shape(scope="cluster", fixed=_names("cluster")),
        "DiskProfile": Shape(scope="storage_domain", fixed=_names("storage_domain")),
        "AffinityGroup": Shape(
            scope="cluster",
            base="cluster",
            engines=_names("broken"),
            quiet=_names("positive enforcing"),
        ),
        "AffinityLabel": Shape(engines=_names("read_only")),
        "Quota": Shape(scope="data_center", base="data_center", engines=_names("vms disks users")),
        "Qos": Shape(scope="data_center", base="data_center", fixed=_names("type")),
        "IscsiBond": Shape(scope="data_center", base="data_center"),
        "QuotaClusterLimit": Shape(
            identity=("cluster",),
            engines=_names("vcpu_usage memory_usage"),
            fixed=_names("cluster"),
        ),
        "QuotaStorageLimit": Shape(
            identity=("storage_domain",), engines=_names("usage"), fixed=_names("storage_domain")
        ),
        "Tag": Shape(engines=_names("vm host user group template")),
        "MacPool": Shape(engines=_names("default_pool")),
        "Role": Shape(engines=_names("mutable user")),
        "SchedulingPolicy": Shape(engines=_names("locked default_policy")),
        "User": Shape(identity=("user_name",), own=_names("user_name domain")),
        "Group": Shape(own=_names("name domain")),
        "Permission": Shape(identity=("id", "role+user+group")),
        "SshPublicKey": Shape(identity=("content",)),
        "EventSubscription": Shape(identity=("event",)),
        "Agent": Shape(identity=("address",)),
        "NetworkAttachment": Shape(identity=("network",)),
        "NetworkLabel": Shape(identity=("id",)),
        "StorageConnection": Shape(
            identity=("id", "address+path", "address+target", "path"), fixed=_names("type")
        ),
        "StorageConnectionExtension": Shape(identity=("target",)),
        "Balance": Shape(identity=("scheduling_policy_unit",)),
        "Filter": Shape(identity=("scheduling_policy_unit",)),
        "Weight": Shape(identity=("scheduling_policy_unit",)),
    }
)

# Types of which one that says none of what tells it from others is that of all of these.
OF_ALL = frozenset({"QuotaClusterLimit", "QuotaStorageLimit"})

# The same of the members of one collection, where they are not what they are elsewhere.
SHAPES_WITHIN: Mapping[tuple[str, str], Shape] = MappingProxyType(
    {("Cluster", "networks"): Shape(own=_names("required usages display"))}
)

# What an export writes of what is nested, where there is any: all else is left out.
EXPORTED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Vm": (
            *("nics", "disk_attachments", "tags", "cdroms", "watchdogs", "graphics_consoles"),
            *("affinity_labels", "numa_nodes", "mediated_devices", "host_devices"),
        ),
        "Template": ("nics", "tags", "watchdogs"),
        "Cluster": ("networks", "enabled_features"),
        "DataCenter": ("storage_domains",),
        "Network": ("network_labels",),
        "AffinityGroup": ("vms", "hosts", "vm_labels", "host_labels"),
        "AffinityLabel": ("hosts",),
        "Quota": ("quota_cluster_limits", "quota_storage_limits"),
        "Host": ("tags",),
        "Nic": ("network_filter_parameters",),
        "Role": ("permits",),
    }
)

# What an engine does not follow to, or not by this name, or not to all that there is.
READ_BY_THEMSELVES = frozenset({"numa_nodes", "networks", "enabled_features"})

# What is nested and yet has to be given with what a creation sends.
SENT_WITHIN = frozenset({("Role", "permits")})

# Whose id is what people call them by: a file, a permit, a label.
CALLED_BY_ID = frozenset({"File", "Permit", "NetworkLabel", "OperatingSystemInfo", "LogicalUnit"})

# What the engine makes of the same name with what a document asks for.
BRINGS: Mapping[str, str] = MappingProxyType(
    {
        "VnicProfile": "Network",
        "CpuProfile": "Cluster",
        "DiskProfile": "StorageDomain",
        "Quota": "DataCenter",
    }
)

# What a new one has that it was not given: the attribute which refers to where that comes from.
INHERITS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("Vm", "nics"): "template",
        ("Vm", "disk_attachments"): "template",
        ("Vm", "graphics_consoles"): "template",
        ("Vm", "watchdogs"): "template",
        ("Vm", "cdroms"): "template",
        ("Template", "nics"): "vm",
    }
)

# Of these an engine never has "the same one": each is a thing that was done.
_DONE_ONCE = frozenset(
    {
        *("Backup", "Event", "ExternalTemplateImport", "ExternalVmImport", "ImageTransfer"),
        *("Job", "Step"),
    }
)


def shape_of(api_name: str, within: tuple[str, str] | None = None) -> Shape:
    """The shape of a type, or of the members of an attribute of another."""
    if within is not None and within in SHAPES_WITHIN:
        return SHAPES_WITHIN[within]
    return SHAPES.get(api_name, _USUAL)


_USUAL = Shape()


def can_be_applied(api_name: str) -> bool:
    """Whether there is a collection of the type to add to, of things that last."""
    places = facts.collections().get(api_name, ())
    return api_name not in _DONE_ONCE and any("add" in service.methods for _, service in places)


@dataclass(frozen=True, slots=True)
class Nested:
    """A collection below a resource that a document may have nested in it, by its ``attribute``.

    One that ``assigns`` takes in what there is elsewhere. ``can_add`` and ``can_update`` say what
    the API offers there.
    """

    attribute: str
    rel: str
    wire: str
    member: type[BaseResource]
    assigns: bool
    can_add: bool
    can_update: bool


@cache
def nested(cls: type[Struct]) -> Mapping[str, Nested]:
    """The collections below a resource of a class, by the attributes that hold them."""
    found = {}
    for spec in fields(cls).values():
        if spec.kind is Kind.STRUCT and spec.is_list and spec.is_collection:
            made = _nested(cls.__api_name__, spec)
            if made is not None:
                found[spec.name] = made
    return MappingProxyType(found)


def _nested(owner: str, spec: FieldSpec) -> Nested | None:
    names = {spec.name.replace("_", ""), spec.wire.replace("_", "")}
    # The NUMA nodes of a machine are virtual ones, of a type that is derived from that of a host's.
    members = {found for name in names if (found := relations.member_type(owner, name))}
    member: str = members.pop() if len(members) == 1 else spec.type.__api_name__
    rels = relations.relationships().get((owner, member), ())
    rel = next((rel for rel in rels if rel in names), None)
    if rel is None:
        return None
    places = [
        (p, s) for p, s in relations.collection_services(member, owner) if p.endswith(f"/{rel}")
    ]
    if not places:
        return None
    path, service = places[0]
    one = facts.paths().get(f"{path}/{{id}}")
    methods = facts.services()[one].methods if one is not None else {}
    return Nested(
        spec.name,
        rel,
        spec.wire,
        catalogue.model(CLASSES[member]),
        # A permission is one of its own, although an add looks like that of a tag.
        relations.assigns(owner, member) and member != "Permission",
        "add" in service.methods,
        "update" in methods,
    )


@cache
def can_update(api_name: str) -> bool:
    """Whether any service of the type takes an update."""
    return any("update" in s.methods for _, s in relations.resource_services(api_name))


@cache
def takes(api_name: str, parameter: str) -> bool:
    """Whether reading resources of the type knows a parameter, as ``all_content``."""
    return any(
        parameter in {p.name for p in service.methods["get"].parameters}
        for _, service in relations.resource_services(api_name)
        if "get" in service.methods
    )


@cache
def is_reference(owner: type[Struct], attribute: str) -> bool:
    """Whether an attribute says which resource is meant, and no more of it."""
    spec = fields(owner)[attribute]
    return (
        spec.kind is Kind.STRUCT
        and issubclass(spec.type, BaseResource)
        and not spec.is_collection
        and spec.type.__api_name__ in facts.collections()
        and spec.type.__api_name__ not in CALLED_BY_ID
        and catalogue.taken(owner, attribute) != ()
    )


@cache
def is_the_engine_s(owner: type[Struct], attribute: str) -> bool:
    """Whether the kind of an attribute says that the engine decides it: a status, a date."""
    spec = fields(owner)[attribute]
    if attribute in ("href", "statistics", "status", "external_status"):
        return True
    if spec.kind is Kind.ENUMERATION:
        cls: Any = spec.type
        return issubclass(cls, StatusEnumeration)
    return spec.kind is Kind.DATE
