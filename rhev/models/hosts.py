"""Hosts."""

# Generated from codegen/facts by `python -m codegen`: change those, not this file.

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.mapping.declare import collection, element, entries, members
from rhev.mapping.resources import BaseResources
from rhev.mapping.scalars import Enumeration, StatusEnumeration
from rhev.models.common import Identified

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal, Self, Unpack

    from typing_extensions import TypeVar

    from rhev.mapping.offers import Offers
    from rhev.mapping.parameters import Polling
    from rhev.mapping.scalars import Bytes
    from rhev.models.access import SSH, Permission
    from rhev.models.clusters import Cluster
    from rhev.models.common import Certificate, Tag, Version
    from rhev.models.consoles import Display
    from rhev.models.engine import Action
    from rhev.models.external import (
        ExternalHostProvider,
        ExternalNetworkProviderConfiguration,
        KatelloErratum,
    )
    from rhev.models.hardware import CPU, KSM, OperatingSystem, TransparentHugePages
    from rhev.models.host_devices import (
        HardwareInformation,
        HostCpuUnit,
        HostDevice,
        HostDevicePassthrough,
    )
    from rhev.models.host_parts import (
        SPM,
        Agent,
        Hook,
        HostedEngine,
        KdumpStatus,
        PowerManagement,
        SELinux,
        VmSummary,
    )
    from rhev.models.networks import HostNIC, NetworkAttachment, NetworkLabel, UnmanagedNetwork
    from rhev.models.numa import NumaNode
    from rhev.models.policies import AffinityLabel
    from rhev.models.statistics import Statistic
    from rhev.models.storage import HostStorage, IscsiDetails, StorageConnectionExtension

    # What a collection holds: resources of the class, or of a user's subclass.
    Host_co = TypeVar("Host_co", bound="Host", default="Host", covariant=True)


class AutoNumaStatus(Enumeration):
    """Whether a host balances NUMA memory on its own."""

    DISABLE = "disable"
    """It does not."""
    ENABLE = "enable"
    """It does."""
    UNKNOWN = "unknown"
    """The host has not said."""


class ExternalStatus(Enumeration):
    """How an external system says that a host or a storage domain is."""

    ERROR = "error"
    """Not well."""
    FAILURE = "failure"
    """Failing; look at it at once."""
    INFO = "info"
    """Well, with something worth knowing."""
    OK = "ok"
    """Well."""
    WARNING = "warning"
    """Well, with something to look at."""


class HostProtocol(Enumeration):
    """How the engine speaks to a host; always `stomp` since engine 4.1."""

    XML = "xml"
    """XML-RPC."""
    STOMP = "stomp"
    """JSON-RPC over STOMP."""


class HostStatus(StatusEnumeration):
    """What a host is doing and whether it can run virtual machines."""

    DOWN = "down"
    """It is down."""
    ERROR = "error"
    """Virtual machines kept failing to start on it; it gets none for a while."""
    INITIALIZING = "initializing"
    """It is being set up on its way to `up`."""
    INSTALLING = "installing"
    """The engine is installing it."""
    INSTALL_FAILED = "install_failed"
    """Its installation failed; the events say why."""
    MAINTENANCE = "maintenance"
    """It is kept out of use and runs no virtual machines."""
    NON_OPERATIONAL = "non_operational"
    """It works but lacks something the cluster needs, such as a network or storage."""
    NON_RESPONSIVE = "non_responsive"
    """The engine cannot reach it."""
    PENDING_APPROVAL = "pending_approval"
    """It waits for an administrator to accept it; old hypervisors only."""
    PREPARING_FOR_MAINTENANCE = "preparing_for_maintenance"
    """Its virtual machines are being moved away."""
    CONNECTING = "connecting"
    """The engine has lost it and tries to reach it before fencing it."""
    REBOOT = "reboot"
    """It is being rebooted."""
    UNASSIGNED = "unassigned"
    """It is being activated."""
    UP = "up"
    """It runs virtual machines or could."""
    INSTALLING_OS = "installing_os"
    """Its operating system is being installed by Foreman or Satellite."""
    KDUMPING = "kdumping"
    """Its kernel has crashed and is being dumped."""


class HostType(Enumeration):
    """What kind of system a host is."""

    RHEL = "rhel"
    """A full Enterprise Linux or the like."""
    RHEV_H = "rhev_h"
    """The old hypervisor image; no longer supported."""
    OVIRT_NODE = "ovirt_node"
    """oVirt Node or RHV-H: an image made to be a host."""


class VgpuPlacement(Enumeration):
    """Which of a host's cards virtual GPUs are put on."""

    CONSOLIDATED = "consolidated"
    """The first with room; the default."""
    SEPARATED = "separated"
    """Each on a card of its own, where possible."""


class Host(Identified, tag="host", api_name="Host"):
    """A machine that runs virtual machines or serves Gluster volumes for the engine."""

    address: str | None = element(default=None)
    """The host name or IP address at which the engine reaches it."""
    status: HostStatus | None = element(default=None)
    """Whether it is up, in maintenance, not responding and so on."""
    status_detail: str | None = element(default=None)
    """More about the status, for Gluster hosts."""
    certificate: Certificate | None = element(default=None)
    """Its certificate."""
    external_status: ExternalStatus | None = element(default=None)
    """The health that an external system reports for it."""
    port: int | None = element(default=None)
    """The port of VDSM on it; 54321 if none is given."""
    type: HostType | None = element(default=None)
    """Whether it is a general Linux (rhel), or an image made for virtualization (ovirt_node)."""
    spm: SPM | None = element(default=None)
    """Whether it manages the storage pool, and how readily."""
    version: Version | None = element(default=None)
    """The version of VDSM on it."""
    hardware_information: HardwareInformation | None = element(default=None)
    """What its firmware says about the machine."""
    power_management: PowerManagement | None = element(default=None)
    """How it can be switched on and off remotely."""
    ksm: KSM | None = element(default=None)
    """Whether equal memory pages are merged."""
    transparent_huge_pages: TransparentHugePages | None = element(
        "transparent_hugepages", default=None
    )
    """Whether memory is given in huge pages."""
    iscsi: IscsiDetails | None = element(default=None)
    """Its iSCSI initiator."""
    root_password: str | None = element(default=None)
    """The password of root, to install it with; only ever sent."""
    ssh: SSH | None = element(default=None)
    """How to reach it by SSH."""
    cpu: CPU | None = element(default=None)
    """Its processors."""
    cpu_units: list[HostCpuUnit] | None = collection("cpu_units", "host_cpu_unit", default=None)
    """Its logical CPUs one by one, and who is pinned to them. None unless it was followed. Since
    4.5.
    """
    memory: Bytes | None = element(default=None)
    """Its physical memory, in bytes."""
    max_scheduling_memory: Bytes | None = element(default=None)
    """How much memory a further virtual machine could have, in bytes."""
    summary: VmSummary | None = element(default=None)
    """How many virtual machines are on it."""
    override_iptables: bool | None = element(default=None)
    """Whether installing it replaces its firewall rules."""
    protocol: HostProtocol | None = element(default=None)
    """How the engine speaks with it; always stomp."""
    os: OperatingSystem | None = element(default=None)
    """Its operating system."""
    libvirt_version: Version | None = element(default=None)
    """The version of libvirt on it."""
    display: Display | None = element(default=None)
    """The address for consoles, where it is not that of the host."""
    hosted_engine: HostedEngine | None = element(default=None)
    """Its part in running the self-hosted engine."""
    kdump_status: KdumpStatus | None = element(default=None)
    """Whether a crash of its kernel will be dumped."""
    se_linux: SELinux | None = element(default=None)
    """The mode of SELinux on it."""
    auto_numa_status: AutoNumaStatus | None = element(default=None)
    """Whether its kernel balances NUMA by itself."""
    numa_supported: bool | None = element(default=None)
    """Whether it has NUMA."""
    update_available: bool | None = element(default=None)
    """Whether newer software is available for it."""
    network_operation_in_progress: bool | None = element(default=None)
    """Whether its networks are being changed; sent with all content only. Since 4.2.6."""
    reinstallation_required: bool | None = element(default=None)
    """Whether it must be installed again for a change to take effect. Since 4.4.3."""
    device_passthrough: HostDevicePassthrough | None = element(default=None)
    """Whether its devices can be given to virtual machines."""
    vgpu_placement: VgpuPlacement | None = element(default=None)
    """Whether virtual GPUs fill one card first, or spread over all. Since 4.3."""
    ovn_configured: bool | None = element(default=None)
    """Whether OVN is set up on it. Since 4.5."""
    cluster: Cluster | None = element(default=None)
    """The cluster it belongs to."""
    hooks: list[Hook] | None = collection("hooks", "hook", default=None)
    """The hooks of VDSM on it. None unless it was followed."""
    external_host_provider: ExternalHostProvider | None = element(default=None)
    """The provider that installed it."""
    storage_connection_extensions: list[StorageConnectionExtension] | None = collection(
        "storage_connection_extensions", "storage_connection_extension", default=None
    )
    """Its own credentials for iSCSI targets. None unless it was followed."""
    affinity_labels: list[AffinityLabel] | None = collection(
        "affinity_labels", "affinity_label", default=None
    )
    """The affinity labels on it. None unless it was followed."""
    devices: list[HostDevice] | None = collection("devices", "host_device", default=None)
    """Its devices. None unless it was followed."""
    agents: list[Agent] | None = entries("agents", "agent", default=None)
    """Its fence agents."""
    katello_errata: list[KatelloErratum] | None = collection(
        "katello_errata", "katello_erratum", default=None
    )
    """The errata that apply to it. None unless it was followed."""
    network_attachments: list[NetworkAttachment] | None = collection(
        "network_attachments", "network_attachment", default=None
    )
    """Which networks are on which of its interfaces. None unless it was followed."""
    nics: list[HostNIC] | None = collection("nics", "host_nic", default=None)
    """Its network interfaces. None unless it was followed."""
    numa_nodes: list[NumaNode] | None = collection(
        "host_numa_nodes", "host_numa_node", default=None
    )
    """Its NUMA nodes. None unless it was followed."""
    permissions: list[Permission] | None = collection("permissions", "permission", default=None)
    """Who may do what with it. None unless it was followed."""
    statistics: list[Statistic] | None = collection("statistics", "statistic", default=None)
    """Its memory, CPU load and other figures. None unless it was followed."""
    storages: list[HostStorage] | None = entries("storages", "host_storage", default=None)
    """The block storage that it sees."""
    tags: list[Tag] | None = collection("tags", "tag", default=None)
    """The tags on it. None unless it was followed."""
    unmanaged_networks: list[UnmanagedNetwork] | None = collection(
        "unmanaged_networks", "unmanaged_network", default=None
    )
    """Networks on it that the engine does not know. None unless it was followed."""
    external_network_provider_configurations: list[ExternalNetworkProviderConfiguration] | None = (
        collection(
            "external_network_provider_configurations",
            "external_network_provider_configuration",
            default=None,
        )
    )
    """The external network providers set up on it; read only. None unless it was followed. Since
    4.2.
    """

    if TYPE_CHECKING:

        def _offers(
            self,
        ) -> Offers[
            Literal[
                "activate",
                "approve",
                "commit_net_config",
                "copy_host_networks",
                "deactivate",
                "discover_iscsi",
                "enroll_certificate",
                "fence",
                "force_select_spm",
                "install",
                "iscsi_discover",
                "iscsi_login",
                "refresh",
                "setup_networks",
                "sync_all_networks",
                "unregistered_storage_domains_discover",
                "upgrade",
                "upgrade_check",
            ]
        ]: ...

        @classmethod
        def _collection(cls) -> Hosts[Self]: ...

        def wait_for_status(  # type: ignore[override]
            self,
            *statuses: HostStatus
            | Literal[
                "down",
                "error",
                "initializing",
                "installing",
                "install_failed",
                "maintenance",
                "non_operational",
                "non_responsive",
                "pending_approval",
                "preparing_for_maintenance",
                "connecting",
                "reboot",
                "unassigned",
                "up",
                "installing_os",
                "kdumping",
            ],
            **polling: Unpack[Polling[Self]],
        ) -> Self: ...

    def activate(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Bring the host out of maintenance, so that virtual machines can run on it.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("activate", action, {"async": async_})
        return result

    def approve(
        self,
        action: Action | None = None,
        *,
        activate: bool | None = None,
        async_: bool | None = None,
        cluster: Cluster | None = None,
        host: Host | None = None,
        reboot: bool | None = None,
    ) -> Action:
        """Accept a host that registered itself, and install it.

        - ``activate``: Whether to activate the host afterwards, rather than leave it in
          maintenance; true by default. Since 4.3.
        - ``async_``: Whether to answer at once, before the action has finished.
        - ``cluster``: The cluster that the host joins.
        - ``host``: With what credentials to reach the host, and how it should be.
        - ``reboot``: Whether to reboot the host afterwards; true by default.
        """
        result: Action = self._act(
            "approve",
            action,
            {
                "activate": activate,
                "async": async_,
                "cluster": cluster,
                "host": host,
                "reboot": reboot,
            },
        )
        return result

    def commit_net_config(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Save the network configuration on the host, so that it outlives a reboot.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("commitnetconfig", action, {"async": async_})
        return result

    def copy_host_networks(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        source_host: Host | None = None,
    ) -> Action:
        """Give the host the network configuration of another. What the other has not is removed.
        Since 4.4.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``source_host``: The host to copy from, by id or name.
        """
        result: Action = self._act(
            "copyhostnetworks",
            action,
            {
                "async": async_,
                "source_host": source_host,
            },
        )
        return result

    def deactivate(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        reason: str | None = None,
        stop_gluster_service: bool | None = None,
    ) -> Action:
        """Put the host into maintenance: its virtual machines migrate away, and none is placed on
        it.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``reason``: Why, for the events of the engine.
        - ``stop_gluster_service``: Whether to stop the Gluster service on the host as well; false
          by default.
        """
        result: Action = self._act(
            "deactivate",
            action,
            {
                "async": async_,
                "reason": reason,
                "stop_gluster_service": stop_gluster_service,
            },
        )
        return result

    def discover_iscsi(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        iscsi: IscsiDetails | None = None,
    ) -> Action:
        """Ask an iSCSI portal for its targets. Since 4.4.6.

        - ``async_``: Whether to answer at once, before the action has finished. Since 4.4.6.
        - ``iscsi``: The address and port of the portal, and the credentials if it wants any. Since
          4.4.6.
        """
        result: Action = self._act("discoveriscsi", action, {"async": async_, "iscsi": iscsi})
        return result

    def enroll_certificate(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Give the host a new certificate. It must be in maintenance.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("enrollcertificate", action, {"async": async_})
        return result

    def fence(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        fence_type: str | None = None,
        maintenance_after_restart: bool | None = None,
    ) -> Action:
        """Switch the host on or off through its power management device, or ask for its state.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``fence_type``: What to do: start, stop, restart, status, or manual (that a person has
          rebooted it).
        - ``maintenance_after_restart``: Whether to leave the host in maintenance after its restart.
          Since 4.4.
        """
        result: Action = self._act(
            "fence",
            action,
            {
                "async": async_,
                "fence_type": fence_type,
                "maintenance_after_restart": maintenance_after_restart,
            },
        )
        return result

    def force_select_spm(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Make the host the storage pool manager of its data center.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("forceselectspm", action, {"async": async_})
        return result

    def install(
        self,
        action: Action | None = None,
        *,
        activate: bool | None = None,
        async_: bool | None = None,
        deploy_hosted_engine: bool | None = None,
        host: Host | None = None,
        image: str | None = None,
        reboot: bool | None = None,
        root_password: str | None = None,
        ssh: SSH | None = None,
        undeploy_hosted_engine: bool | None = None,
    ) -> Action:
        """Install VDSM and what it needs on the host, or install them again. It must be in
        maintenance.

        - ``activate``: Whether to activate the host afterwards, rather than leave it in
          maintenance; true by default. Since 4.3.
        - ``async_``: Whether to answer at once, before the action has finished.
        - ``deploy_hosted_engine``: Whether to make the host able to run the self-hosted engine.
        - ``host``: How the host should be; of it override_iptables counts, whether to replace its
          firewall rules.
        - ``image``: An ISO image to install from; no longer used.
        - ``reboot``: Whether to reboot the host afterwards; true by default.
        - ``root_password``: The password of root, to log in by SSH with.
        - ``ssh``: How to log in by SSH: with a password, or with the engine's public key.
        - ``undeploy_hosted_engine``: Whether to make the host no longer able to run the self-hosted
          engine.
        """
        result: Action = self._act(
            "install",
            action,
            {
                "activate": activate,
                "async": async_,
                "deploy_hosted_engine": deploy_hosted_engine,
                "host": host,
                "image": image,
                "reboot": reboot,
                "root_password": root_password,
                "ssh": ssh,
                "undeploy_hosted_engine": undeploy_hosted_engine,
            },
        )
        return result

    def iscsi_discover(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        iscsi: IscsiDetails | None = None,
    ) -> Action:
        """Ask an iSCSI portal for its targets. Use discover_iscsi, which tells more of each.
        Deprecated.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``iscsi``: The address and port of the portal, and the credentials if it wants any.
        """
        result: Action = self._act("iscsidiscover", action, {"async": async_, "iscsi": iscsi})
        return result

    def iscsi_login(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        iscsi: IscsiDetails | None = None,
    ) -> Action:
        """Log the host in to an iSCSI target.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``iscsi``: The target, as discover_iscsi found it, and the credentials if it wants any.
        """
        result: Action = self._act("iscsilogin", action, {"async": async_, "iscsi": iscsi})
        return result

    def refresh(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Read the capabilities and devices of the host anew.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("refresh", action, {"async": async_})
        return result

    def setup_networks(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        check_connectivity: bool | None = None,
        commit_on_success: bool | None = None,
        connectivity_timeout: int | None = None,
        modified_bonds: Sequence[HostNIC] | None = None,
        modified_labels: Sequence[NetworkLabel] | None = None,
        modified_network_attachments: Sequence[NetworkAttachment] | None = None,
        removed_bonds: Sequence[HostNIC] | None = None,
        removed_labels: Sequence[NetworkLabel] | None = None,
        removed_network_attachments: Sequence[NetworkAttachment] | None = None,
        synchronized_network_attachments: Sequence[NetworkAttachment] | None = None,
    ) -> Action:
        """Change the bonds, the labels and the attachments of networks of the host, all in one
        step.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``check_connectivity``: Whether to roll back if the engine can no longer reach the host.
        - ``commit_on_success``: Whether to save the configuration without commit_net_config; false
          by default. Since 4.3.
        - ``connectivity_timeout``: How long to wait for the host before rolling back, in seconds.
        - ``modified_bonds``: The bonds to create (without id) or to change.
        - ``modified_labels``: The labels to put on interfaces.
        - ``modified_network_attachments``: The attachments to create (without id) or to change.
        - ``removed_bonds``: The bonds to remove, each by id.
        - ``removed_labels``: The labels to take off interfaces, each by id.
        - ``removed_network_attachments``: The attachments to remove, each by id.
        - ``synchronized_network_attachments``: The attachments to bring back in line with their
          networks, each by id.
        """
        result: Action = self._act(
            "setupnetworks",
            action,
            {
                "async": async_,
                "check_connectivity": check_connectivity,
                "commit_on_success": commit_on_success,
                "connectivity_timeout": connectivity_timeout,
                "modified_bonds": modified_bonds,
                "modified_labels": modified_labels,
                "modified_network_attachments": modified_network_attachments,
                "removed_bonds": removed_bonds,
                "removed_labels": removed_labels,
                "removed_network_attachments": removed_network_attachments,
                "synchronized_network_attachments": synchronized_network_attachments,
            },
        )
        return result

    def sync_all_networks(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Bring all networks on the host back in line with their definitions. Since 4.2.2.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("syncallnetworks", action, {"async": async_})
        return result

    def unregistered_storage_domains_discover(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        iscsi: IscsiDetails | None = None,
    ) -> Action:
        """Look for storage domains on block storage that the engine does not know and could import.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``iscsi``: The iSCSI target to log in to first; not for FC.
        """
        result: Action = self._act(
            "unregisteredstoragedomainsdiscover",
            action,
            {
                "async": async_,
                "iscsi": iscsi,
            },
        )
        return result

    def upgrade(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        image: str | None = None,
        reboot: bool | None = None,
        timeout: int | None = None,
    ) -> Action:
        """Upgrade VDSM and the software around it on the host, in maintenance, and reboot it.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``image``: An ISO image to upgrade from; no longer used. Deprecated.
        - ``reboot``: Whether to reboot the host afterwards; true by default, and always so for
          oVirt Node. Since 4.2.
        - ``timeout``: How long to wait for the upgrade, in minutes. Since 4.3.6.
        """
        result: Action = self._act(
            "upgrade",
            action,
            {
                "async": async_,
                "image": image,
                "reboot": reboot,
                "timeout": timeout,
            },
        )
        return result

    def upgrade_check(
        self,
        action: Action | None = None,
    ) -> Action:
        """Look for newer software for the host. What is found shows in update_available and the
        events. Since 4.1.
        """
        result: Action = self._act("upgradecheck", action, {})
        return result


class Hosts(
    BaseResources["Host_co"],
    tag="hosts",
    api_name="Host",
    member="host",
):
    """A collection of :class:`Host`."""

    host: list[Host] = members("host", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> Hosts: ...
