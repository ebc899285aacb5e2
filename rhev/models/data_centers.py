"""Data centers, and the levels and features that clusters can have."""

# Generated from codegen/facts by `python -m codegen`: change those, not this file.

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.mapping.declare import collection, element, entries, members
from rhev.mapping.resources import BaseResources
from rhev.mapping.scalars import Enumeration, StatusEnumeration
from rhev.models.common import Identified

if TYPE_CHECKING:
    from typing import Literal, Never, Self, Unpack

    from typing_extensions import TypeVar

    from rhev.mapping.offers import Offers
    from rhev.mapping.parameters import Polling
    from rhev.models.access import Permission, Permit
    from rhev.models.clusters import Cluster
    from rhev.models.common import Version
    from rhev.models.engine import Action
    from rhev.models.hardware import CpuType
    from rhev.models.limits import QoS, Quota
    from rhev.models.networks import MacPool, Network
    from rhev.models.storage import IscsiBond, StorageDomain, StorageFormat

    # What a collection holds: resources of the class, or of a user's subclass.
    ClusterFeature_co = TypeVar(
        "ClusterFeature_co", bound="ClusterFeature", default="ClusterFeature", covariant=True
    )
    ClusterLevel_co = TypeVar(
        "ClusterLevel_co", bound="ClusterLevel", default="ClusterLevel", covariant=True
    )
    DataCenter_co = TypeVar(
        "DataCenter_co", bound="DataCenter", default="DataCenter", covariant=True
    )


class DataCenterStatus(StatusEnumeration):
    """Whether a data center works."""

    UNINITIALIZED = "uninitialized"
    """It has no storage domain yet."""
    UP = "up"
    """It works."""
    MAINTENANCE = "maintenance"
    """Its master storage domain is in maintenance."""
    NOT_OPERATIONAL = "not_operational"
    """Its hosts cannot use its storage."""
    PROBLEMATIC = "problematic"
    """Its hosts have lost the storage, for now at least."""
    CONTEND = "contend"
    """A new storage pool manager (SPM) is being chosen."""


class QuotaModeType(Enumeration):
    """Whether a data center's quotas apply."""

    ENABLED = "enabled"
    """What exceeds a quota is refused."""
    DISABLED = "disabled"
    """Quotas are ignored."""
    AUDIT = "audit"
    """What exceeds a quota is allowed and noted."""


class ClusterFeature(Identified, tag="cluster_feature", api_name="ClusterFeature"):
    """An optional feature of a cluster level. Since 4.1.6."""

    cluster_level: ClusterLevel | None = element(default=None)
    """The level it belongs to. Since 4.1.6."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> ClusterFeatures[Self]: ...


class ClusterFeatures(
    BaseResources["ClusterFeature_co"],
    tag="cluster_features",
    api_name="ClusterFeature",
    member="cluster_feature",
):
    """A collection of :class:`ClusterFeature`."""

    cluster_feature: list[ClusterFeature] = members("cluster_feature", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> ClusterFeatures: ...


class ClusterLevel(Identified, tag="cluster_level", api_name="ClusterLevel"):
    """What a compatibility level of clusters offers; its id is the level, such as 4.6."""

    cpu_types: list[CpuType] | None = entries("cpu_types", "cpu_type", default=None)
    """The CPU types that it knows."""
    permits: list[Permit] | None = entries("permits", "permit", default=None)
    """The permits that it knows."""
    cluster_features: list[ClusterFeature] | None = collection(
        "cluster_features", "cluster_feature", default=None
    )
    """The optional features that it offers. None unless it was followed. Since 4.1.6."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> ClusterLevels[Self]: ...


class ClusterLevels(
    BaseResources["ClusterLevel_co"],
    tag="cluster_levels",
    api_name="ClusterLevel",
    member="cluster_level",
):
    """A collection of :class:`ClusterLevel`."""

    cluster_level: list[ClusterLevel] = members("cluster_level", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> ClusterLevels: ...


class DataCenter(Identified, tag="data_center", api_name="DataCenter"):
    """The largest unit of an estate: clusters, and the storage and networks that they share."""

    local: bool | None = element(default=None)
    """Whether its storage is local to one host."""
    storage_format: StorageFormat | None = element(default=None)
    """The format of the metadata on its storage domains."""
    version: Version | None = element(default=None)
    """The compatibility level, which all its clusters must have reached."""
    supported_versions: list[Version] | None = entries(
        "supported_versions", "version", default=None
    )
    """The compatibility levels that it can be raised to."""
    status: DataCenterStatus | None = element(default=None)
    """Whether it is ready for use."""
    quota_mode: QuotaModeType | None = element(default=None)
    """Whether quotas are off, only reported (audit) or enforced (enabled)."""
    mac_pool: MacPool | None = element(default=None)
    """The pool that MAC addresses are taken from."""
    storage_domains: list[StorageDomain] | None = collection(
        "storage_domains", "storage_domain", default=None
    )
    """The storage domains attached to it. None unless it was followed."""
    clusters: list[Cluster] | None = collection("clusters", "cluster", default=None)
    """Its clusters. None unless it was followed."""
    networks: list[Network] | None = collection("networks", "network", default=None)
    """Its networks. None unless it was followed."""
    permissions: list[Permission] | None = collection("permissions", "permission", default=None)
    """Who may do what with it. None unless it was followed."""
    quotas: list[Quota] | None = collection("quotas", "quota", default=None)
    """Its quotas. None unless it was followed."""
    qoss: list[QoS] | None = collection("qoss", "qos", default=None)
    """The qualities of service defined in it. None unless it was followed."""
    iscsi_bonds: list[IscsiBond] | None = collection("iscsi_bonds", "iscsi_bond", default=None)
    """Its iSCSI bonds, for multipathing. None unless it was followed."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Literal["clean_finished_tasks", "set_master"]]: ...

        @classmethod
        def _collection(cls) -> DataCenters[Self]: ...

        def wait_for_status(  # type: ignore[override]
            self,
            *statuses: DataCenterStatus
            | Literal[
                "uninitialized", "up", "maintenance", "not_operational", "problematic", "contend"
            ],
            **polling: Unpack[Polling[Self]],
        ) -> Self: ...

    def clean_finished_tasks(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Clear the finished storage tasks, which would keep the SPM role from moving to another
        host. Since 4.4.4.

        - ``async_``: Whether to answer at once, before the action has finished. Since 4.4.4.
        """
        result: Action = self._act("cleanfinishedtasks", action, {"async": async_})
        return result

    def set_master(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        storage_domain: StorageDomain | None = None,
    ) -> Action:
        """Make a storage domain the master domain of the data center. Since 4.4.4.

        - ``async_``: Whether to answer at once, before the action has finished. Since 4.4.4.
        - ``storage_domain``: The storage domain, by id or name. Since 4.4.4.
        """
        result: Action = self._act(
            "setmaster",
            action,
            {
                "async": async_,
                "storage_domain": storage_domain,
            },
        )
        return result


class DataCenters(
    BaseResources["DataCenter_co"],
    tag="data_centers",
    api_name="DataCenter",
    member="data_center",
):
    """A collection of :class:`DataCenter`."""

    data_center: list[DataCenter] = members("data_center", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> DataCenters: ...
