"""Scheduling policies, affinity, quotas and quality of service."""

# Generated from codegen/facts by `python -m codegen`: change those, not this file.

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.models.base import BaseResources, Struct
from rhev.models.common import Identified
from rhev.models.declare import element, entries, members
from rhev.models.scalars import Enumeration

if TYPE_CHECKING:
    from rhev.models.access import Permission, User
    from rhev.models.clusters import Cluster, DataCenter
    from rhev.models.common import Property
    from rhev.models.disks import Disk
    from rhev.models.hosts import Host
    from rhev.models.storage import StorageDomain
    from rhev.models.virtual_machines import VM


class PolicyUnitType(Enumeration):
    """What a scheduling rule does."""

    FILTER = "filter"
    """Rules hosts out."""
    WEIGHT = "weight"
    """Ranks the hosts left."""
    LOAD_BALANCING = "load_balancing"
    """Decides when to move machines between hosts."""


class QosType(Enumeration):
    """What a quality of service limits."""

    STORAGE = "storage"
    """Disks' input and output."""
    CPU = "cpu"
    """Virtual machines' CPU."""
    NETWORK = "network"
    """Virtual machines' traffic."""
    HOSTNETWORK = "hostnetwork"
    """Hosts' traffic."""


class AffinityGroup(Identified, tag="affinity_group", api_name="AffinityGroup"):
    """A rule that keeps virtual machines together or apart, or on or off certain hosts of a
    cluster.
    """

    positive: bool | None = element(default=None)
    """Whether the members should share a host (true) or avoid each other; see vms_rule. Deprecated.
    """
    enforcing: bool | None = element(default=None)
    """Whether the rule must hold, rather than be tried; see vms_rule. Deprecated."""
    vms_rule: AffinityRule | None = element(default=None)
    """The rule between the virtual machines of the group. Since 4.1."""
    hosts_rule: AffinityRule | None = element(default=None)
    """The rule between the virtual machines and the hosts of the group. Since 4.1."""
    priority: float | None = element(default=None)
    """How the scheduler weighs the group against others; larger is stronger. Since 4.3.6."""
    broken: bool | None = element(default=None)
    """Whether any of the rules is not met at present; read only. Since 4.4.8."""
    cluster: Cluster | None = element(default=None)
    """The cluster it belongs to."""
    vms: list[VM] | None = entries("vms", "vm", default=None)
    """The virtual machines of the group."""
    hosts: list[Host] | None = entries("hosts", "host", default=None)
    """The hosts of the group. Since 4.1."""
    vm_labels: list[AffinityLabel] | None = entries("vm_labels", "affinity_label", default=None)
    """The labels whose virtual machines are members as well. Since 4.3.6."""
    host_labels: list[AffinityLabel] | None = entries("host_labels", "affinity_label", default=None)
    """The labels whose hosts are members as well. Since 4.3.6."""


class AffinityGroups(
    BaseResources["AffinityGroup"],
    tag="affinity_groups",
    api_name="AffinityGroup",
    member="affinity_group",
):
    """A collection of :class:`AffinityGroup`."""

    affinity_group: list[AffinityGroup] = members("affinity_group", default_factory=list)


class AffinityLabel(Identified, tag="affinity_label", api_name="AffinityLabel"):
    """A label on hosts and virtual machines by which the scheduler and affinity groups choose."""

    hosts: list[Host] | None = entries("hosts", "host", default=None)
    """The hosts that bear the label."""
    vms: list[VM] | None = entries("vms", "vm", default=None)
    """The virtual machines that bear the label."""
    read_only: bool | None = element(default=None)
    """Whether the engine keeps the label itself, so that it cannot be changed."""
    has_implicit_affinity_group: bool | None = element(default=None)
    """Whether the label alone binds its machines to its hosts; up to level 4.3. Since 4.3.6."""


class AffinityLabels(
    BaseResources["AffinityLabel"],
    tag="affinity_labels",
    api_name="AffinityLabel",
    member="affinity_label",
):
    """A collection of :class:`AffinityLabel`."""

    affinity_label: list[AffinityLabel] = members("affinity_label", default_factory=list)


class AffinityRule(Struct, tag="affinity_rule", api_name="AffinityRule"):
    """One rule of an affinity group: for its virtual machines, or for its hosts. Since 4.1."""

    positive: bool | None = element(default=None)
    """Whether to bring together (true) or to keep apart. Since 4.1."""
    enforcing: bool | None = element(default=None)
    """Whether the rule must hold (true) or is only tried. Since 4.1."""
    enabled: bool | None = element(default=None)
    """Whether the rule is in force; true where it is not said. Since 4.1."""


class Balance(Identified, tag="balance", api_name="Balance"):
    """A load balancer within a scheduling policy: it says when to move virtual machines away."""

    scheduling_policy: SchedulingPolicy | None = element(default=None)
    """The policy it belongs to."""
    scheduling_policy_unit: SchedulingPolicyUnit | None = element(default=None)
    """The unit that does the balancing."""


class Balances(
    BaseResources["Balance"],
    tag="balances",
    api_name="Balance",
    member="balance",
):
    """A collection of :class:`Balance`."""

    balance: list[Balance] = members("balance", default_factory=list)


class CpuProfile(Identified, tag="cpu_profile", api_name="CpuProfile"):
    """A name under which virtual machines of a cluster are given a share of CPU."""

    qos: QoS | None = element(default=None)
    """The quality of service that limits them."""
    cluster: Cluster | None = element(default=None)
    """The cluster it belongs to."""
    permissions: list[Permission] | None = entries("permissions", "permission", default=None)
    """Who may use it."""


class CpuProfiles(
    BaseResources["CpuProfile"],
    tag="cpu_profiles",
    api_name="CpuProfile",
    member="cpu_profile",
):
    """A collection of :class:`CpuProfile`."""

    cpu_profile: list[CpuProfile] = members("cpu_profile", default_factory=list)


class DiskProfile(Identified, tag="disk_profile", api_name="DiskProfile"):
    """A name under which disks of a storage domain are given a share of throughput."""

    qos: QoS | None = element(default=None)
    """The quality of service that limits them."""
    storage_domain: StorageDomain | None = element(default=None)
    """The storage domain it belongs to."""
    permissions: list[Permission] | None = entries("permissions", "permission", default=None)
    """Who may use it."""


class DiskProfiles(
    BaseResources["DiskProfile"],
    tag="disk_profiles",
    api_name="DiskProfile",
    member="disk_profile",
):
    """A collection of :class:`DiskProfile`."""

    disk_profile: list[DiskProfile] = members("disk_profile", default_factory=list)


class Filter(Identified, tag="filter", api_name="Filter"):
    """A filter within a scheduling policy: it rules out hosts that cannot run a virtual machine."""

    position: int | None = element(default=None)
    """When it is applied: -1 first, 0 in no order, 1 last."""
    scheduling_policy_unit: SchedulingPolicyUnit | None = element(default=None)
    """The unit that does the filtering."""


class Filters(
    BaseResources["Filter"],
    tag="filters",
    api_name="Filter",
    member="filter",
):
    """A collection of :class:`Filter`."""

    filter: list[Filter] = members("filter", default_factory=list)


class QoS(Identified, tag="qos", api_name="Qos"):
    """Limits (quality of service) to put on storage, CPU, virtual machines' networks or hosts'
    networks. Its `type` says which, and so which of the attributes apply.
    """

    type: QosType | None = element(default=None)
    """What it limits."""
    max_throughput: int | None = element(default=None)
    """Storage: reads and writes together, in MiB per second."""
    max_read_throughput: int | None = element(default=None)
    """Storage: reads, in MiB per second; not with `max_throughput`."""
    max_write_throughput: int | None = element(default=None)
    """Storage: writes, in MiB per second; not with `max_throughput`."""
    max_iops: int | None = element(default=None)
    """Storage: reads and writes together, in operations per second."""
    max_read_iops: int | None = element(default=None)
    """Storage: reads, in operations per second; not with `max_iops`."""
    max_write_iops: int | None = element(default=None)
    """Storage: writes, in operations per second; not with `max_iops`."""
    cpu_limit: int | None = element(default=None)
    """CPU: the share of its CPU a machine may use, in percent."""
    inbound_average: int | None = element(default=None)
    """Network: the average rate in, in Mbps; needs peak and burst, too."""
    inbound_peak: int | None = element(default=None)
    """Network: the highest rate in, in Mbps."""
    inbound_burst: int | None = element(default=None)
    """Network: how much may come in at the peak rate at once, in MB."""
    outbound_average: int | None = element(default=None)
    """Network: the average rate out, in Mbps; needs peak and burst, too."""
    outbound_peak: int | None = element(default=None)
    """Network: the highest rate out, in Mbps."""
    outbound_burst: int | None = element(default=None)
    """Network: how much may go out at the peak rate at once, in MB."""
    outbound_average_linkshare: int | None = element(default=None)
    """Host network: its weight among the networks of a link, 1 to 100."""
    outbound_average_upperlimit: int | None = element(default=None)
    """Host network: the highest rate out, in Mbps."""
    outbound_average_realtime: int | None = element(default=None)
    """Host network: the least rate out it is to have, in Mbps."""
    data_center: DataCenter | None = element(default=None)
    """The data center it belongs to."""


class QoSs(
    BaseResources["QoS"],
    tag="qoss",
    api_name="Qos",
    member="qos",
):
    """A collection of :class:`QoS`."""

    qos: list[QoS] = members("qos", default_factory=list)


class Quota(Identified, tag="quota", api_name="Quota"):
    """How much of a data center's CPU, memory and storage some users may take."""

    data_center: DataCenter | None = element(default=None)
    """The data center it belongs to."""
    vms: list[VM] | None = entries("vms", "vm", default=None)
    """The virtual machines that count against it."""
    disks: list[Disk] | None = entries("disks", "disk", default=None)
    """The disks that count against it."""
    users: list[User] | None = entries("users", "user", default=None)
    """The users who may draw on it."""
    cluster_soft_limit_pct: int | None = element(default=None)
    """Use of CPU and memory that brings a warning, in percent of the limit."""
    cluster_hard_limit_pct: int | None = element(default=None)
    """How far CPU and memory may go beyond the limit, in percent of it."""
    storage_soft_limit_pct: int | None = element(default=None)
    """Use of storage that brings a warning, in percent of the limit."""
    storage_hard_limit_pct: int | None = element(default=None)
    """How far storage may go beyond the limit, in percent of it."""
    permissions: list[Permission] | None = entries("permissions", "permission", default=None)
    """Who may do what with it."""
    quota_cluster_limits: list[QuotaClusterLimit] | None = entries(
        "quota_cluster_limits", "quota_cluster_limit", default=None
    )
    """Its limits on CPU and memory."""
    quota_storage_limits: list[QuotaStorageLimit] | None = entries(
        "quota_storage_limits", "quota_storage_limit", default=None
    )
    """Its limits on storage."""


class Quotas(
    BaseResources["Quota"],
    tag="quotas",
    api_name="Quota",
    member="quota",
):
    """A collection of :class:`Quota`."""

    quota: list[Quota] = members("quota", default_factory=list)


class QuotaClusterLimit(Identified, tag="quota_cluster_limit", api_name="QuotaClusterLimit"):
    """A quota's limit on CPU and memory, in one cluster or in all of the data center's."""

    vcpu_limit: int | None = element(default=None)
    """How many virtual CPUs may run; -1: no limit."""
    vcpu_usage: int | None = element(default=None)
    """How many virtual CPUs run now."""
    memory_limit: float | None = element(default=None)
    """How much memory running machines may have, in GiB; -1: no limit."""
    memory_usage: float | None = element(default=None)
    """How much memory running machines have now, in GiB."""
    quota: Quota | None = element(default=None)
    """The quota it belongs to."""
    cluster: Cluster | None = element(default=None)
    """The cluster it is for; absent: all of them together."""


class QuotaClusterLimits(
    BaseResources["QuotaClusterLimit"],
    tag="quota_cluster_limits",
    api_name="QuotaClusterLimit",
    member="quota_cluster_limit",
):
    """A collection of :class:`QuotaClusterLimit`."""

    quota_cluster_limit: list[QuotaClusterLimit] = members(
        "quota_cluster_limit", default_factory=list
    )


class QuotaStorageLimit(Identified, tag="quota_storage_limit", api_name="QuotaStorageLimit"):
    """A quota's limit on storage, in one storage domain or in all of the data center's."""

    limit: int | None = element(default=None)
    """How much storage disks may take, in GiB; -1: no limit."""
    usage: float | None = element(default=None)
    """How much storage disks take now, in GiB."""
    quota: Quota | None = element(default=None)
    """The quota it belongs to."""
    storage_domain: StorageDomain | None = element(default=None)
    """The storage domain it is for; absent: all of them together."""


class QuotaStorageLimits(
    BaseResources["QuotaStorageLimit"],
    tag="quota_storage_limits",
    api_name="QuotaStorageLimit",
    member="quota_storage_limit",
):
    """A collection of :class:`QuotaStorageLimit`."""

    quota_storage_limit: list[QuotaStorageLimit] = members(
        "quota_storage_limit", default_factory=list
    )


class SchedulingPolicy(Identified, tag="scheduling_policy", api_name="SchedulingPolicy"):
    """How the engine chooses hosts for virtual machines in a cluster."""

    locked: bool | None = element(default=None)
    """Whether it is one of the engine's own and cannot be changed."""
    default_policy: bool | None = element(default=None)
    """Whether new clusters get it."""
    properties: list[Property] | None = entries("properties", "property", default=None)
    """Settings of its units, as names and values."""
    balances: list[Balance] | None = entries("balances", "balance", default=None)
    """The unit that decides when to move machines between hosts."""
    filters: list[Filter] | None = entries("filters", "filter", default=None)
    """The units that rule hosts out."""
    weight: list[Weight] | None = entries("weight", "weight", default=None)
    """The units that rank the hosts left, with their factors."""


class SchedulingPolicies(
    BaseResources["SchedulingPolicy"],
    tag="scheduling_policies",
    api_name="SchedulingPolicy",
    member="scheduling_policy",
):
    """A collection of :class:`SchedulingPolicy`."""

    scheduling_policy: list[SchedulingPolicy] = members("scheduling_policy", default_factory=list)


class SchedulingPolicyUnit(
    Identified, tag="scheduling_policy_unit", api_name="SchedulingPolicyUnit"
):
    """A rule that scheduling policies are made of."""

    type: PolicyUnitType | None = element(default=None)
    """What the rule does."""
    internal: bool | None = element(default=None)
    """Whether it is the engine's own."""
    enabled: bool | None = element(default=None)
    """Whether it is in use."""
    properties: list[Property] | None = entries("properties", "property", default=None)
    """The settings it takes, with the pattern each must match."""


class SchedulingPolicyUnits(
    BaseResources["SchedulingPolicyUnit"],
    tag="scheduling_policy_units",
    api_name="SchedulingPolicyUnit",
    member="scheduling_policy_unit",
):
    """A collection of :class:`SchedulingPolicyUnit`."""

    scheduling_policy_unit: list[SchedulingPolicyUnit] = members(
        "scheduling_policy_unit", default_factory=list
    )


class Weight(Identified, tag="weight", api_name="Weight"):
    """A unit that ranks hosts, with its factor, in a scheduling policy."""

    factor: int | None = element(default=None)
    """How much it counts among the policy's weights."""
    scheduling_policy: SchedulingPolicy | None = element(default=None)
    """The policy it is in."""
    scheduling_policy_unit: SchedulingPolicyUnit | None = element(default=None)
    """The rule that ranks."""


class Weights(
    BaseResources["Weight"],
    tag="weights",
    api_name="Weight",
    member="weight",
):
    """A collection of :class:`Weight`."""

    weight: list[Weight] = members("weight", default_factory=list)
