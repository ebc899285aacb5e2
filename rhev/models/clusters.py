"""Clusters."""

# Generated from codegen/facts by `python -m codegen`: change those, not this file.

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.mapping.declare import collection, element, entries, members
from rhev.mapping.resources import BaseResources
from rhev.mapping.scalars import Enumeration
from rhev.models.common import Identified

if TYPE_CHECKING:
    from typing import Literal, Self

    from typing_extensions import TypeVar

    from rhev.mapping.offers import Offers
    from rhev.models.access import Permission
    from rhev.models.common import Property, Version
    from rhev.models.consoles import Display
    from rhev.models.data_centers import ClusterFeature, DataCenter
    from rhev.models.engine import Action
    from rhev.models.external import ExternalProvider
    from rhev.models.gluster import GlusterHook, GlusterVolume
    from rhev.models.hardware import CPU, KSM, BiosType, MemoryPolicy, RngSource
    from rhev.models.limits import CpuProfile
    from rhev.models.migration import ErrorHandling, FencingPolicy, MigrationOptions
    from rhev.models.networks import MacPool, Network, NetworkFilter
    from rhev.models.policies import AffinityGroup, SchedulingPolicy
    from rhev.models.virtual_machines import SerialNumber

    # What a collection holds: resources of the class, or of a user's subclass.
    Cluster_co = TypeVar("Cluster_co", bound="Cluster", default="Cluster", covariant=True)


class ClusterUpgradeAction(Enumeration):
    """What to note about a cluster's upgrade."""

    START = "start"
    """The upgrade starts."""
    UPDATE_PROGRESS = "update_progress"
    """The upgrade has come further."""
    FINISH = "finish"
    """The upgrade has ended."""


class FipsMode(Enumeration):
    """Whether a cluster's hosts are in FIPS mode."""

    UNDEFINED = "undefined"
    """Not known yet: the cluster's first host decides."""
    DISABLED = "disabled"
    """They are not; one that is becomes non-operational."""
    ENABLED = "enabled"
    """They are; one that is not becomes non-operational."""


class FirewallType(Enumeration):
    """The firewall that the engine sets up on a cluster's hosts."""

    IPTABLES = "iptables"
    FIREWALLD = "firewalld"


class LogMaxMemoryUsedThresholdType(Enumeration):
    """What a cluster's threshold for reporting a host's memory use is given in."""

    PERCENTAGE = "percentage"
    """Memory used, in percent."""
    ABSOLUTE_VALUE_IN_MB = "absolute_value_in_mb"
    """Memory left free, in MB."""


class SwitchType(Enumeration):
    """The virtual switch on a cluster's hosts."""

    LEGACY = "legacy"
    """The Linux bridge."""
    OVS = "ovs"
    """Open vSwitch."""


class Cluster(Identified, tag="cluster", api_name="Cluster"):
    """Hosts that are alike enough for virtual machines to migrate among them."""

    cpu: CPU | None = element(default=None)
    """The CPU type that every host must offer, and its architecture."""
    memory_policy: MemoryPolicy | None = element(default=None)
    """How far memory is overcommitted, and the use of huge pages."""
    version: Version | None = element(default=None)
    """The compatibility level, which all hosts must support."""
    supported_versions: list[Version] | None = entries(
        "supported_versions", "version", default=None
    )
    """The compatibility levels that the cluster can be raised to."""
    error_handling: ErrorHandling | None = element(default=None)
    """What becomes of the virtual machines of a host that fails."""
    virt_service: bool | None = element(default=None)
    """Whether its hosts run virtual machines."""
    gluster_service: bool | None = element(default=None)
    """Whether its hosts serve Gluster volumes."""
    threads_as_cores: bool | None = element(default=None)
    """Whether the threads of the hosts' processors count as cores."""
    tunnel_migration: bool | None = element(default=None)
    """Whether migrations go through a libvirt tunnel."""
    trusted_service: bool | None = element(default=None)
    """Whether its hosts must be attested; no longer used."""
    ha_reservation: bool | None = element(default=None)
    """Whether to keep room for highly available machines if a host fails."""
    vnc_encryption: bool | None = element(default=None)
    """Whether VNC consoles are encrypted. Since 4.4."""
    bios_type: BiosType | None = element(default=None)
    """The chipset and firmware for virtual machines that do not choose their own. Since 4.4."""
    optional_reason: bool | None = element(default=None)
    """Whether users may give a reason on shutdown; no longer used. Deprecated."""
    maintenance_reason_required: bool | None = element(default=None)
    """Whether maintenance takes a reason; no longer used. Deprecated."""
    ballooning_enabled: bool | None = element(default=None)
    """Whether the memory of guests is reclaimed by ballooning."""
    display: Display | None = element(default=None)
    """The console settings of the cluster, such as the SPICE proxy."""
    ksm: KSM | None = element(default=None)
    """Whether equal memory pages are merged."""
    serial_number: SerialNumber | None = element(default=None)
    """Which serial numbers the virtual machines show."""
    required_rng_sources: list[RngSource] | None = entries(
        "required_rng_sources", "required_rng_source", default=None
    )
    """The random number sources that every host must have."""
    fencing_policy: FencingPolicy | None = element(default=None)
    """When a host that does not respond is to be fenced."""
    migration: MigrationOptions | None = element(default=None)
    """How virtual machines migrate."""
    custom_scheduling_policy_properties: list[Property] | None = entries(
        "custom_scheduling_policy_properties", "property", default=None
    )
    """Values that override those of the scheduling policy. Since 4.0.6."""
    switch_type: SwitchType | None = element(default=None)
    """The kind of virtual switch for the networks of the cluster."""
    firewall_type: FirewallType | None = element(default=None)
    """The firewall that the engine configures on the hosts. Since 4.2."""
    log_max_memory_used_threshold: int | None = element(default=None)
    """From when memory use is logged, in percent or MB: see its type. Since 4.3."""
    log_max_memory_used_threshold_type: LogMaxMemoryUsedThresholdType | None = element(default=None)
    """Whether the threshold is percent in use or MB free. Since 4.3."""
    enabled_features: list[ClusterFeature] | None = collection(
        "enabled_features", "cluster_feature", default=None
    )
    """The optional features that are enabled. None unless it was followed. Since 4.1.6."""
    scheduling_policy: SchedulingPolicy | None = element(default=None)
    """The policy by which virtual machines are placed."""
    data_center: DataCenter | None = element(default=None)
    """The data center it belongs to."""
    management_network: Network | None = element(default=None)
    """The network on which the engine reaches the hosts."""
    external_network_providers: list[ExternalProvider] | None = collection(
        "external_network_providers", "external_provider", default=None
    )
    """The external providers of networks for its hosts. None unless it was followed. Since 4.2."""
    mac_pool: MacPool | None = element(default=None)
    """The pool that MAC addresses are taken from. Since 4.1."""
    affinity_groups: list[AffinityGroup] | None = collection(
        "affinity_groups", "affinity_group", default=None
    )
    """Its affinity groups. None unless it was followed."""
    cpu_profiles: list[CpuProfile] | None = collection("cpu_profiles", "cpu_profile", default=None)
    """Its CPU profiles. None unless it was followed."""
    gluster_hooks: list[GlusterHook] | None = collection(
        "gluster_hooks", "gluster_hook", default=None
    )
    """The hooks of its Gluster service. None unless it was followed."""
    gluster_volumes: list[GlusterVolume] | None = collection(
        "gluster_volumes", "gluster_volume", default=None
    )
    """Its Gluster volumes. None unless it was followed."""
    network_filters: list[NetworkFilter] | None = collection(
        "network_filters", "network_filter", default=None
    )
    """The network filters that its hosts support. None unless it was followed."""
    networks: list[Network] | None = collection("networks", "network", default=None)
    """The networks attached to it. None unless it was followed."""
    permissions: list[Permission] | None = collection("permissions", "permission", default=None)
    """Who may do what with it. None unless it was followed."""
    gluster_tuned_profile: str | None = element(default=None)
    """The tuned profile to set on its hosts. Since 4.1."""
    fips_mode: FipsMode | None = element(default=None)
    """Whether its hosts must run in FIPS mode. Since 4.4.5."""
    upgrade_in_progress: bool | None = element(default=None)
    """Whether an upgrade of the cluster is under way. Since 4.5.0."""
    upgrade_percent_complete: int | None = element(default=None)
    """How far the upgrade is, in percent. Since 4.5.0."""
    upgrade_correlation_id: str | None = element(default=None)
    """The correlation id of the events of the upgrade. Since 4.5.0."""

    if TYPE_CHECKING:

        def _offers(
            self,
        ) -> Offers[
            Literal[
                "refresh_gluster_heal_status",
                "reset_emulated_machine",
                "sync_all_networks",
                "upgrade",
            ]
        ]: ...

        @classmethod
        def _collection(cls) -> Clusters[Self]: ...

    def refresh_gluster_heal_status(
        self,
        action: Action | None = None,
    ) -> Action:
        """Read anew how far the healing of the cluster's Gluster volumes is."""
        result: Action = self._act("refreshglusterhealstatus", action, {})
        return result

    def reset_emulated_machine(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Determine the emulated machine of the cluster anew from its hosts.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("resetemulatedmachine", action, {"async": async_})
        return result

    def sync_all_networks(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Bring the networks on all hosts of the cluster back in line with their definitions. Since
        4.2.6.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("syncallnetworks", action, {"async": async_})
        return result

    def upgrade(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        correlation_id: str | None = None,
        upgrade_action: ClusterUpgradeAction | None = None,
        upgrade_percent_complete: int | None = None,
    ) -> Action:
        """Tell the engine that an upgrade of the cluster begins, progresses or ends. It upgrades no
        host. Since 4.3.2.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``correlation_id``: The correlation id of the upgrade; by default that of the request.
          Since 4.5.0.
        - ``upgrade_action``: Whether the upgrade begins (start), progresses (update_progress) or
          ends (finish).
        - ``upgrade_percent_complete``: How far the upgrade is, in percent. Since 4.5.0.
        """
        result: Action = self._act(
            "upgrade",
            action,
            {
                "async": async_,
                "correlation_id": correlation_id,
                "upgrade_action": upgrade_action,
                "upgrade_percent_complete": upgrade_percent_complete,
            },
        )
        return result


class Clusters(
    BaseResources["Cluster_co"],
    tag="clusters",
    api_name="Cluster",
    member="cluster",
):
    """A collection of :class:`Cluster`."""

    cluster: list[Cluster] = members("cluster", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> Clusters: ...
