"""The engine itself: its entry point, its actions and faults."""

# Generated from codegen/facts by `python -m codegen`: change those, not this file.

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.mapping.declare import element, entries
from rhev.mapping.resources import BaseResource
from rhev.mapping.scalars import StatusEnumeration
from rhev.mapping.spellings import Spelling
from rhev.mapping.structure import Struct
from rhev.models.common import Identified

if TYPE_CHECKING:
    from typing import Literal

    from rhev.mapping.offers import Offers
    from rhev.mapping.scalars import Timestamp
    from rhev.models.access import SSH, AuthorizedKey, Permission, User
    from rhev.models.activity import EngineBackupInfo, Job
    from rhev.models.clusters import Cluster, ClusterUpgradeAction
    from rhev.models.common import Certificate, Option, Tag, Version
    from rhev.models.consoles import ProxyTicket, Ticket
    from rhev.models.data_centers import DataCenter
    from rhev.models.disks import Disk, DiskAttachment, ImageTransfer
    from rhev.models.gluster import GlusterBrick, GlusterVolumeProfileDetails
    from rhev.models.host_parts import PowerManagement
    from rhev.models.hosts import Host
    from rhev.models.imports import RegistrationConfiguration, VnicProfileMapping
    from rhev.models.limits import DiskProfile, Quota
    from rhev.models.networks import (
        HostNIC,
        HostNicVirtualFunctionsConfiguration,
        NetworkAttachment,
        NetworkLabel,
    )
    from rhev.models.snapshots import Snapshot
    from rhev.models.storage import (
        IscsiDetails,
        LogicalUnit,
        StorageConnection,
        StorageDomain,
        StorageDomainLease,
    )
    from rhev.models.templates import Template
    from rhev.models.virtual_machines import VM, AutoPinningPolicy


class CreationStatus(StatusEnumeration):
    """How a request stands that the engine answered before it was done."""

    PENDING = "pending"
    """It has not started."""
    IN_PROGRESS = "in_progress"
    """It is being done."""
    COMPLETE = "complete"
    """It is done."""
    FAILED = "failed"
    """It has failed."""


class Action(Identified, tag="action", api_name="Action"):
    """The envelope of an action: what is asked of the engine, and in the answer what came of it."""

    activate: bool | None = element(default=None)
    """Whether to activate the host once it is installed or approved."""
    allow_partial_import: bool | None = element(default=None)
    """Whether to register even where some of the disks are missing."""
    async_: bool | None = element("async", default=None)
    """Whether to answer at once, before the action has finished."""
    attach_wgt: bool | None = element(default=None)
    """Whether to insert the ISO image with the Windows guest tools."""
    attachment: DiskAttachment | None = element(default=None)
    """The attachment of a disk that the action works on."""
    authorized_key: AuthorizedKey | None = element(default=None)
    """The SSH key to install in the guest."""
    auto_pinning_policy: AutoPinningPolicy | None = element(default=None)
    """How virtual CPUs and NUMA nodes are to be pinned by themselves."""
    bricks: list[GlusterBrick] | None = entries("bricks", "brick", default=None)
    """The Gluster bricks that the action works on."""
    certificates: list[Certificate] | None = entries("certificates", "certificate", default=None)
    """The certificates to trust."""
    check_connectivity: bool | None = element(default=None)
    """Whether to roll back if the engine can no longer reach the host."""
    clone: bool | None = element(default=None)
    """Whether to give the imported copy new identifiers."""
    clone_permissions: bool | None = element(default=None)
    """Whether to copy the permissions of the original as well."""
    cluster: Cluster | None = element(default=None)
    """The cluster to act in, to move to or to import into."""
    collapse_snapshots: bool | None = element(default=None)
    """Whether to merge the snapshots, so that the import has none."""
    commit_on_success: bool | None = element(default=None)
    """Whether to save the network configuration once the host is reachable again."""
    connection: StorageConnection | None = element(default=None)
    """The storage connection that the action works on."""
    connectivity_timeout: int | None = element(default=None)
    """How long to wait for the host to be reachable again, in seconds."""
    correlation_id: str | None = element(default=None)
    """The identifier under which the engine logs the action and its events."""
    data_center: DataCenter | None = element(default=None)
    """The data center to act in or to import into."""
    deploy_hosted_engine: bool | None = element(default=None)
    """Whether to install the components of the self-hosted engine."""
    details: GlusterVolumeProfileDetails | None = element(default=None)
    """What profiling a Gluster volume found."""
    directory: str | None = element(default=None)
    """Where on the host: the absolute path of a directory."""
    discard_snapshots: bool | None = element(default=None)
    """Whether to merge the snapshots, so that the copy has none."""
    discovered_targets: list[IscsiDetails] | None = entries(
        "discovered_targets", "iscsi_details", default=None
    )
    """The iSCSI targets found, with what is needed to log in to them."""
    disk: Disk | None = element(default=None)
    """The disk to act on, or how the resulting disk should be."""
    disk_profile: DiskProfile | None = element(default=None)
    """The disk profile that the disk gets where it is moved or copied to."""
    disks: list[Disk] | None = entries("disks", "disk", default=None)
    """The disks to include; each with its image_id."""
    exclusive: bool | None = element(default=None)
    """Whether to overwrite an existing copy of the same name."""
    fault: Fault | None = element(default=None)
    """Why the action failed."""
    fence_type: str | None = element(default=None)
    """What the power management device should do: start, stop, restart, status or manual."""
    filename: str | None = element(default=None)
    """The name of the file to write."""
    filter: bool | None = element(default=None)
    """Whether to apply the permissions of an ordinary user."""
    fix_layout: bool | None = element(default=None)
    """Whether to correct only where new data will go, without moving existing data."""
    follow: str | None = element(default=None)
    """The links to inline in the answer, separated by commas."""
    force: bool | None = element(default=None)
    """Whether to go on where a safeguard would refuse."""
    grace_period: GracePeriod | None = element(default=None)
    """How long to wait before acting."""
    host: Host | None = element(default=None)
    """The host to act on, to use or to move to."""
    image: str | None = element(default=None)
    """An ISO image to install the host from; no longer used."""
    image_transfer: ImageTransfer | None = element(default=None)
    """The image transfer that the action works on."""
    import_as_template: bool | None = element(default=None)
    """Whether to make a template of the imported disk."""
    is_attached: bool | None = element(default=None)
    """Whether the storage domain belongs to a data center."""
    iscsi: IscsiDetails | None = element(default=None)
    """The iSCSI portal or target."""
    iscsi_targets: list[str] | None = entries("iscsi_targets", "iscsi_target", default=None)
    """The names of the iSCSI targets found."""
    job: Job | None = element(default=None)
    """The job in which the engine carries the action out."""
    lease: StorageDomainLease | None = element(default=None)
    """The lease to give the virtual machine while it previews the snapshot."""
    logical_units: list[LogicalUnit] | None = entries("logical_units", "logical_unit", default=None)
    """The logical units that the action works on."""
    maintenance_after_restart: bool | None = element(default=None)
    """Whether to leave the host in maintenance after its restart."""
    maintenance_enabled: bool | None = element(default=None)
    """Whether the self-hosted engine should be in global maintenance."""
    migrate_vms_in_affinity_closure: bool | None = element(default=None)
    """Whether to take along the virtual machines that must share its host."""
    modified_bonds: list[HostNIC] | None = entries("modified_bonds", "host_nic", default=None)
    """The bonds to create or change."""
    modified_labels: list[NetworkLabel] | None = entries(
        "modified_labels", "network_label", default=None
    )
    """The network labels to put on interfaces."""
    modified_network_attachments: list[NetworkAttachment] | None = entries(
        "modified_network_attachments", "network_attachment", default=None
    )
    """The network attachments to create or change."""
    optimize_cpu_settings: bool | None = element(default=None)
    """Whether to fit the CPU topology to the host that it is pinned to."""
    option: Option | None = element(default=None)
    """The option of a Gluster volume to set or to reset."""
    pause: bool | None = element(default=None)
    """Whether to start the virtual machine paused."""
    permission: Permission | None = element(default=None)
    """The permission that the action works on."""
    power_management: PowerManagement | None = element(default=None)
    """The state of the power management device."""
    proxy_ticket: ProxyTicket | None = element(default=None)
    """The ticket for the console proxy."""
    quota: Quota | None = element(default=None)
    """The quota that the disk counts against where it is moved or copied to."""
    reason: str | None = element(default=None)
    """Why it is done, for the events of the engine."""
    reassign_bad_macs: bool | None = element(default=None)
    """Whether to replace MAC addresses that conflict or lie outside the pool."""
    reboot: bool | None = element(default=None)
    """Whether to reboot the host afterwards."""
    registration_configuration: RegistrationConfiguration | None = element(default=None)
    """How to map what the entity refers to onto what exists here."""
    remote_viewer_connection_file: str | None = element(default=None)
    """The content of a file that remote-viewer opens the console with."""
    removed_bonds: list[HostNIC] | None = entries("removed_bonds", "host_nic", default=None)
    """The bonds to remove."""
    removed_labels: list[NetworkLabel] | None = entries(
        "removed_labels", "network_label", default=None
    )
    """The network labels to take off interfaces."""
    removed_network_attachments: list[NetworkAttachment] | None = entries(
        "removed_network_attachments", "network_attachment", default=None
    )
    """The network attachments to remove."""
    resolution_type: str | None = element(default=None)
    """How to resolve the conflict of a Gluster hook: add or copy."""
    restore_memory: bool | None = element(default=None)
    """Whether to restore the memory that the snapshot holds."""
    root_password: str | None = element(default=None)
    """The password of root on the host; only ever sent."""
    seal: bool | None = element(default=None)
    """Whether to seal the template: to take out what is peculiar to one machine."""
    snapshot: Snapshot | None = element(default=None)
    """The snapshot to act on."""
    source_host: Host | None = element(default=None)
    """The host whose network configuration to copy."""
    ssh: SSH | None = element(default=None)
    """How to reach the host by SSH."""
    status: CreationStatus | None = element(default=None)
    """How far the action is: pending, in_progress, complete or failed."""
    stop_gluster_service: bool | None = element(default=None)
    """Whether to stop the Gluster service on the host as well."""
    storage_domain: StorageDomain | None = element(default=None)
    """The storage domain to act on, to copy to or to export to."""
    storage_domains: list[StorageDomain] | None = entries(
        "storage_domains", "storage_domain", default=None
    )
    """The storage domains found."""
    succeeded: bool | None = element(default=None)
    """Whether the external job or step ended well."""
    synchronized_network_attachments: list[NetworkAttachment] | None = entries(
        "synchronized_network_attachments", "network_attachment", default=None
    )
    """The network attachments to bring back in line with their networks."""
    template: Template | None = element(default=None)
    """How the resulting template should be."""
    ticket: Ticket | None = element(default=None)
    """The ticket for a console: its value and when it expires."""
    timeout: int | None = element(default=None)
    """How long to wait for the upgrade, in minutes."""
    undeploy_hosted_engine: bool | None = element(default=None)
    """Whether to remove the components of the self-hosted engine."""
    upgrade_action: ClusterUpgradeAction | None = element(default=None)
    """Whether the upgrade of the cluster starts, progresses or ends."""
    upgrade_percent_complete: int | None = element(default=None)
    """How far the upgrade of the cluster is, in percent."""
    use_cloud_init: bool | None = element(default=None)
    """Whether to initialize the guest with cloud-init."""
    use_ignition: bool | None = element(default=None)
    """Whether to initialize the guest with Ignition."""
    use_initialization: bool | None = element(default=None)
    """Whether to initialize the guest in the way that suits its operating system."""
    use_sysprep: bool | None = element(default=None)
    """Whether to initialize the guest with Sysprep."""
    virtual_functions_configuration: HostNicVirtualFunctionsConfiguration | None = element(
        default=None
    )
    """How many virtual functions to make, and for which networks."""
    vm: VM | None = element(default=None)
    """How the virtual machine should be, for this run or as the result."""
    vnic_profile_mappings: list[VnicProfileMapping] | None = entries(
        "vnic_profile_mappings", "vnic_profile_mapping", default=None
    )
    """Which vNIC profiles here stand for those of the origin."""
    volatile: bool | None = element(default=None)
    """Whether to forget the settings of this run even on a reboot from within the guest."""

    if TYPE_CHECKING:
        stateless: bool | None = element(default=None)
        """Whether a virtual machine forgets what this run changes: ``vm.stateless``."""
    else:
        stateless = Spelling(
            "vm.stateless",
            "Whether a virtual machine forgets what this run changes: ``vm.stateless``.",
        )


class API(BaseResource, tag="api", api_name="Api"):
    """The entry point: what the engine is, and how much there is in it."""

    special_objects: SpecialObjects | None = element(default=None)
    """What every engine has: the blank template, and the root tag."""
    product_info: ProductInfo | None = element(default=None)
    """The name, the vendor and the version of the engine."""
    summary: ApiSummary | None = element(default=None)
    """How many virtual machines, hosts, users and storage domains there are."""
    time: Timestamp | None = element(default=None)
    """The engine's clock when it answered."""
    engine_backup: EngineBackupInfo | None = element(default=None)
    """When the parts of the engine were last backed up. Since 4.6.1."""
    authenticated_user: User | None = element(default=None)
    """The user whose credentials came with the request. Since 4.2."""
    effective_user: User | None = element(default=None)
    """The user whose permissions apply to the request; at present the same. Since 4.2."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Literal["reload_configurations"]]: ...

    def reload_configurations(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Read the options of the engine anew.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("reloadconfigurations", action, {"async": async_})
        return result


class ApiSummary(Struct, tag="api_summary", api_name="ApiSummary"):
    """How many objects of the main kinds the engine manages."""

    vms: ApiSummaryItem | None = element(default=None)
    """The virtual machines."""
    hosts: ApiSummaryItem | None = element(default=None)
    """The hosts."""
    users: ApiSummaryItem | None = element(default=None)
    """The users."""
    storage_domains: ApiSummaryItem | None = element(default=None)
    """The storage domains."""


class ApiSummaryItem(Struct, tag="api_summary_item", api_name="ApiSummaryItem"):
    """How many objects of one kind there are."""

    total: int | None = element(default=None)
    """How many there are."""
    active: int | None = element(default=None)
    """How many of them are up or in use."""


class Fault(Struct, tag="fault", api_name="Fault"):
    """Why the engine refused a request."""

    detail: str | None = element(default=None)
    """What exactly was wrong."""
    reason: str | None = element(default=None)
    """What kind of failure it is, such as Operation Failed."""


class GracePeriod(Struct, tag="grace_period", api_name="GracePeriod"):
    """How long to wait before an action is carried out."""

    expiry: int | None = element(default=None)
    """The wait, in milliseconds."""


class ProductInfo(Struct, tag="product_info", api_name="ProductInfo"):
    """What engine this is."""

    name: str | None = element(default=None)
    """The product's name."""
    vendor: str | None = element(default=None)
    """The product's vendor."""
    version: Version | None = element(default=None)
    """The engine's version."""
    instance_id: str | None = element(default=None)
    """The identifier of this installation, given when it was set up."""


class SpecialObjects(Struct, tag="special_objects", api_name="SpecialObjects"):
    """The objects that every engine has."""

    blank_template: Template | None = element(default=None)
    """The template with nothing in it, that machines are made from by default."""
    root_tag: Tag | None = element(default=None)
    """The tag that all others are under."""
