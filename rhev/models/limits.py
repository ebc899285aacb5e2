"""Quotas, profiles and quality of service."""

# Generated from codegen/facts by `python -m codegen`: change those, not this file.

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.mapping.declare import collection, element, entries, members
from rhev.mapping.resources import BaseResources
from rhev.mapping.scalars import Enumeration
from rhev.models.common import Identified

if TYPE_CHECKING:
    from typing import Never, Self

    from typing_extensions import TypeVar

    from rhev.mapping.offers import Offers
    from rhev.models.access import Permission, User
    from rhev.models.clusters import Cluster
    from rhev.models.data_centers import DataCenter
    from rhev.models.disks import Disk
    from rhev.models.storage import StorageDomain
    from rhev.models.virtual_machines import VM

    # What a collection holds: resources of the class, or of a user's subclass.
    CpuProfile_co = TypeVar(
        "CpuProfile_co", bound="CpuProfile", default="CpuProfile", covariant=True
    )
    DiskProfile_co = TypeVar(
        "DiskProfile_co", bound="DiskProfile", default="DiskProfile", covariant=True
    )
    QoS_co = TypeVar("QoS_co", bound="QoS", default="QoS", covariant=True)
    Quota_co = TypeVar("Quota_co", bound="Quota", default="Quota", covariant=True)
    QuotaClusterLimit_co = TypeVar(
        "QuotaClusterLimit_co",
        bound="QuotaClusterLimit",
        default="QuotaClusterLimit",
        covariant=True,
    )
    QuotaStorageLimit_co = TypeVar(
        "QuotaStorageLimit_co",
        bound="QuotaStorageLimit",
        default="QuotaStorageLimit",
        covariant=True,
    )


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


class CpuProfile(Identified, tag="cpu_profile", api_name="CpuProfile"):
    """A name under which virtual machines of a cluster are given a share of CPU."""

    qos: QoS | None = element(default=None)
    """The quality of service that limits them."""
    cluster: Cluster | None = element(default=None)
    """The cluster it belongs to."""
    permissions: list[Permission] | None = collection("permissions", "permission", default=None)
    """Who may use it. None unless it was followed."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> CpuProfiles[Self]: ...


class CpuProfiles(
    BaseResources["CpuProfile_co"],
    tag="cpu_profiles",
    api_name="CpuProfile",
    member="cpu_profile",
):
    """A collection of :class:`CpuProfile`."""

    cpu_profile: list[CpuProfile] = members("cpu_profile", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> CpuProfiles: ...


class DiskProfile(Identified, tag="disk_profile", api_name="DiskProfile"):
    """A name under which disks of a storage domain are given a share of throughput."""

    qos: QoS | None = element(default=None)
    """The quality of service that limits them."""
    storage_domain: StorageDomain | None = element(default=None)
    """The storage domain it belongs to."""
    permissions: list[Permission] | None = collection("permissions", "permission", default=None)
    """Who may use it. None unless it was followed."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> DiskProfiles[Self]: ...


class DiskProfiles(
    BaseResources["DiskProfile_co"],
    tag="disk_profiles",
    api_name="DiskProfile",
    member="disk_profile",
):
    """A collection of :class:`DiskProfile`."""

    disk_profile: list[DiskProfile] = members("disk_profile", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> DiskProfiles: ...


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

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> QoSs[Self]: ...


class QoSs(
    BaseResources["QoS_co"],
    tag="qoss",
    api_name="Qos",
    member="qos",
):
    """A collection of :class:`QoS`."""

    qos: list[QoS] = members("qos", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> QoSs: ...


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
    permissions: list[Permission] | None = collection("permissions", "permission", default=None)
    """Who may do what with it. None unless it was followed."""
    quota_cluster_limits: list[QuotaClusterLimit] | None = collection(
        "quota_cluster_limits", "quota_cluster_limit", default=None
    )
    """Its limits on CPU and memory. None unless it was followed."""
    quota_storage_limits: list[QuotaStorageLimit] | None = collection(
        "quota_storage_limits", "quota_storage_limit", default=None
    )
    """Its limits on storage. None unless it was followed."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> Quotas[Self]: ...


class Quotas(
    BaseResources["Quota_co"],
    tag="quotas",
    api_name="Quota",
    member="quota",
):
    """A collection of :class:`Quota`."""

    quota: list[Quota] = members("quota", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> Quotas: ...


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

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> QuotaClusterLimits[Self]: ...


class QuotaClusterLimits(
    BaseResources["QuotaClusterLimit_co"],
    tag="quota_cluster_limits",
    api_name="QuotaClusterLimit",
    member="quota_cluster_limit",
):
    """A collection of :class:`QuotaClusterLimit`."""

    quota_cluster_limit: list[QuotaClusterLimit] = members(
        "quota_cluster_limit", default_factory=list
    )

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> QuotaClusterLimits: ...


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

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> QuotaStorageLimits[Self]: ...


class QuotaStorageLimits(
    BaseResources["QuotaStorageLimit_co"],
    tag="quota_storage_limits",
    api_name="QuotaStorageLimit",
    member="quota_storage_limit",
):
    """A collection of :class:`QuotaStorageLimit`."""

    quota_storage_limit: list[QuotaStorageLimit] = members(
        "quota_storage_limit", default_factory=list
    )

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> QuotaStorageLimits: ...
