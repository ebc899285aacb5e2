"""Storage domains and how hosts reach them: connections, logical units, iSCSI, files."""

# Generated from codegen/facts by `python -m codegen`: change those, not this file.

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.mapping.declare import attr, collection, element, entries, members
from rhev.mapping.resources import BaseResources
from rhev.mapping.scalars import Enumeration, StatusEnumeration
from rhev.mapping.structure import Struct
from rhev.models.common import Identified

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal, Never, Self, Unpack

    from typing_extensions import TypeVar

    from rhev.mapping.offers import Offers
    from rhev.mapping.parameters import Polling
    from rhev.mapping.scalars import Bytes
    from rhev.models.access import Permission
    from rhev.models.common import Property
    from rhev.models.data_centers import DataCenter
    from rhev.models.disks import Disk, DiskSnapshot, Image
    from rhev.models.engine import Action
    from rhev.models.gluster import GlusterVolume
    from rhev.models.hosts import ExternalStatus, Host
    from rhev.models.limits import DiskProfile
    from rhev.models.networks import Network
    from rhev.models.templates import Template
    from rhev.models.virtual_machines import VM

    # What a collection holds: resources of the class, or of a user's subclass.
    File_co = TypeVar("File_co", bound="File", default="File", covariant=True)
    HostStorage_co = TypeVar(
        "HostStorage_co", bound="HostStorage", default="HostStorage", covariant=True
    )
    IscsiBond_co = TypeVar("IscsiBond_co", bound="IscsiBond", default="IscsiBond", covariant=True)
    StorageConnection_co = TypeVar(
        "StorageConnection_co",
        bound="StorageConnection",
        default="StorageConnection",
        covariant=True,
    )
    StorageConnectionExtension_co = TypeVar(
        "StorageConnectionExtension_co",
        bound="StorageConnectionExtension",
        default="StorageConnectionExtension",
        covariant=True,
    )
    StorageDomain_co = TypeVar(
        "StorageDomain_co", bound="StorageDomain", default="StorageDomain", covariant=True
    )


class LunStatus(StatusEnumeration):
    """Whether a LUN can be used for something new."""

    FREE = "free"
    """It can."""
    USED = "used"
    """It is in use, or has data on it."""
    UNUSABLE = "unusable"
    """It cannot be used."""


class NfsVersion(Enumeration):
    """A version of NFS."""

    AUTO = "auto"
    """What the host and the server agree on."""
    V3 = "v3"
    """NFS 3."""
    V4 = "v4"
    """NFS 4, the minor version left to the host."""
    V4_0 = "v4_0"
    """NFS 4.0."""
    V4_1 = "v4_1"
    """NFS 4.1."""
    V4_2 = "v4_2"
    """NFS 4.2."""


class StorageDomainStatus(StatusEnumeration):
    """Whether a storage domain can be used, as seen from a data center it is attached to."""

    ACTIVE = "active"
    """It can."""
    INACTIVE = "inactive"
    """It is attached but the hosts cannot use it."""
    LOCKED = "locked"
    """Something is being done with it; wait."""
    MIXED = "mixed"
    """It differs between the data centers it is attached to."""
    UNATTACHED = "unattached"
    """It is attached to no data center."""
    MAINTENANCE = "maintenance"
    """It is kept out of use and can be detached."""
    PREPARING_FOR_MAINTENANCE = "preparing_for_maintenance"
    """It is being taken out of use."""
    DETACHING = "detaching"
    """It is being detached from its data center."""
    ACTIVATING = "activating"
    """It is being brought into use."""
    UNKNOWN = "unknown"
    """The engine does not know."""


class StorageDomainType(Enumeration):
    """What a storage domain holds."""

    DATA = "data"
    """Disks and snapshots of virtual machines and templates, and ISO images."""
    ISO = "iso"
    """ISO images."""
    EXPORT = "export"
    """Machines and templates on their way elsewhere; superseded by data domains."""
    IMAGE = "image"
    """Images of an OpenStack image service."""
    VOLUME = "volume"
    """Volumes of an OpenStack volume service."""
    MANAGED_BLOCK_STORAGE = "managed_block_storage"
    """Volumes that hosts reach by Cinder's drivers."""


class StorageFormat(Enumeration):
    """The version of a storage domain's layout."""

    V1 = "v1"
    """The first one."""
    V2 = "v2"
    """Metadata in LVM tags; iSCSI and Fibre Channel only."""
    V3 = "v3"
    """Live snapshots, live disk migration and locks by sanlock."""
    V4 = "v4"
    """QCOW2 version 3 and virtual machine leases; since 4.1."""
    V5 = "v5"
    """Blocks of 4096 bytes; since 4.3."""


class StorageType(Enumeration):
    """A kind of storage."""

    ISCSI = "iscsi"
    """LUNs over iSCSI."""
    FCP = "fcp"
    """LUNs over Fibre Channel."""
    NFS = "nfs"
    """An NFS export."""
    LOCALFS = "localfs"
    """A directory on a host."""
    POSIXFS = "posixfs"
    """Any file system that hosts can mount."""
    GLUSTERFS = "glusterfs"
    """A Gluster volume."""
    GLANCE = "glance"
    """An OpenStack image service."""
    CINDER = "cinder"
    """An OpenStack volume service."""
    MANAGED_BLOCK_STORAGE = "managed_block_storage"
    """Volumes that hosts reach by Cinder's drivers."""


class File(Identified, tag="file", api_name="File"):
    """A file: an ISO or floppy image on a storage domain, or one to write into a guest."""

    content: str | None = element(default=None)
    """What is in it."""
    type: str | None = element(default=None)
    """What kind of file it is."""
    storage_domain: StorageDomain | None = element(default=None)
    """The storage domain that holds it."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> Files[Self]: ...


class Files(
    BaseResources["File_co"],
    tag="files",
    api_name="File",
    member="file",
):
    """A collection of :class:`File`."""

    file: list[File] = members("file", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> Files: ...


class HostStorage(Identified, tag="host_storage", api_name="HostStorage"):
    """Where storage is, and how a host reaches it: a mount, an iSCSI or FC volume group, or a
    driver.
    """

    address: str | None = element(default=None)
    """The host name or address of the server."""
    type: StorageType | None = element(default=None)
    """The kind of storage."""
    path: str | None = element(default=None)
    """The path that the server exports, or the local directory."""
    mount_options: str | None = element(default=None)
    """Further options to mount it with."""
    vfs_type: str | None = element(default=None)
    """The file system type to mount it as, such as glusterfs."""
    nfs_version: NfsVersion | None = element(default=None)
    """The version of NFS."""
    nfs_timeo: int | None = element(default=None)
    """How long to wait before an NFS request is repeated, in tenths of a second."""
    nfs_retrans: int | None = element(default=None)
    """How often an NFS request is repeated before more is done, from 0 to 65535."""
    port: int | None = element(default=None)
    """The port of the iSCSI server."""
    target: str | None = element(default=None)
    """The name (IQN) of the iSCSI target."""
    username: str | None = element(default=None)
    """The user to log in to the iSCSI target as."""
    password: str | None = element(default=None)
    """The password for the iSCSI target; only ever sent."""
    portal: str | None = element(default=None)
    """The address of the iSCSI portal, as address:port,group."""
    logical_units: list[LogicalUnit] | None = entries("logical_units", "logical_unit", default=None)
    """The logical units that it consists of."""
    volume_group: VolumeGroup | None = element(default=None)
    """The volume group that holds the storage domain."""
    override_luns: bool | None = element(default=None)
    """Whether to take logical units that seem to be in use."""
    driver_options: list[Property] | None = entries("driver_options", "property", default=None)
    """The options of the Cinder driver, for managed block storage. Since 4.3."""
    driver_sensitive_options: list[Property] | None = entries(
        "driver_sensitive_options", "property", default=None
    )
    """Options of the driver that are kept encrypted. Since 4.3."""
    host: Host | None = element(default=None)
    """The host that uses it."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> HostStorages[Self]: ...


class HostStorages(
    BaseResources["HostStorage_co"],
    tag="host_storages",
    api_name="HostStorage",
    member="host_storage",
):
    """A collection of :class:`HostStorage`."""

    host_storage: list[HostStorage] = members("host_storage", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> HostStorages: ...


class IscsiBond(Identified, tag="iscsi_bond", api_name="IscsiBond"):
    """Networks and iSCSI targets joined, so that hosts reach the storage over several paths."""

    data_center: DataCenter | None = element(default=None)
    """The data center it belongs to."""
    storage_connections: list[StorageConnection] | None = entries(
        "storage_connections", "storage_connection", default=None
    )
    """The iSCSI targets reached through it."""
    networks: list[Network] | None = collection("networks", "network", default=None)
    """The networks the targets are reached over. None unless it was followed."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> IscsiBonds[Self]: ...


class IscsiBonds(
    BaseResources["IscsiBond_co"],
    tag="iscsi_bonds",
    api_name="IscsiBond",
    member="iscsi_bond",
):
    """A collection of :class:`IscsiBond`."""

    iscsi_bond: list[IscsiBond] = members("iscsi_bond", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> IscsiBonds: ...


class IscsiDetails(Struct, tag="iscsi_details", api_name="IscsiDetails"):
    """An iSCSI target: where it is, how to log in to it, and what it offers."""

    initiator: str | None = element(default=None)
    """The host's own iSCSI qualified name."""
    port: int | None = element(default=None)
    """The TCP port of the portal, usually 3260."""
    target: str | None = element(default=None)
    """The target's iSCSI qualified name (IQN)."""
    username: str | None = element(default=None)
    """The CHAP user to log in as."""
    password: str | None = element(default=None)
    """The CHAP password."""
    portal: str | None = element(default=None)
    """The portal the target is reached through, as address, port and group."""
    address: str | None = element(default=None)
    """The portal's address or host name."""
    serial: str | None = element(default=None)
    """The storage device's serial number."""
    vendor_id: str | None = element(default=None)
    """Who made the storage device."""
    product_id: str | None = element(default=None)
    """The storage device's model."""
    lun_mapping: int | None = element(default=None)
    """The logical unit's number at the target."""
    size: Bytes | None = element(default=None)
    """The logical unit's size, in bytes."""
    paths: int | None = element(default=None)
    """How many paths lead to it."""
    status: str | None = element(default=None)
    """Whether the logical unit is free."""
    volume_group_id: str | None = element(default=None)
    """The identifier of the LVM volume group made on it."""
    storage_domain_id: str | None = element(default=None)
    """The identifier of the storage domain that uses it."""
    disk_id: str | None = element(default=None)
    """The identifier of the disk that uses it."""


class LogicalUnit(Struct, tag="logical_unit", api_name="LogicalUnit"):
    """A LUN: a disk offered by an iSCSI or Fibre Channel storage device."""

    id: str | None = attr(default=None)
    """The LUN's identifier (its WWID)."""
    address: str | None = element(default=None)
    """The address or host name of the iSCSI portal."""
    port: int | None = element(default=None)
    """The TCP port of the iSCSI portal, usually 3260."""
    target: str | None = element(default=None)
    """The target's iSCSI qualified name (IQN)."""
    username: str | None = element(default=None)
    """The CHAP user to log in as."""
    password: str | None = element(default=None)
    """The CHAP password."""
    portal: str | None = element(default=None)
    """The portal the target is reached through, as address, port and group."""
    serial: str | None = element(default=None)
    """The storage device's serial number."""
    vendor_id: str | None = element(default=None)
    """Who made the storage device."""
    product_id: str | None = element(default=None)
    """The storage device's model."""
    lun_mapping: int | None = element(default=None)
    """The LUN's number at the target."""
    size: Bytes | None = element(default=None)
    """The LUN's size, in bytes."""
    paths: int | None = element(default=None)
    """How many paths lead to it."""
    active_paths: int | None = element(default=None)
    """How many of the paths work now. Since 4.6.1."""
    status: LunStatus | None = element(default=None)
    """Whether the LUN is free."""
    volume_group_id: str | None = element(default=None)
    """The identifier of the LVM volume group made on it."""
    storage_domain_id: str | None = element(default=None)
    """The identifier of the storage domain that uses it."""
    disk_id: str | None = element(default=None)
    """The identifier of the direct LUN disk that uses it."""
    discard_max_size: Bytes | None = element(default=None)
    """The most one discard frees, in bytes; 0: it cannot discard. Since 4.1."""
    discard_zeroes_data: bool | None = element(default=None)
    """Whether discarded blocks read as zeros; no longer known, always false. Since 4.1. Deprecated.
    """


class StorageConnection(Identified, tag="storage_connection", api_name="StorageConnection"):
    """How hosts reach a storage server: an NFS export, an iSCSI target, a path."""

    address: str | None = element(default=None)
    """The server's address or host name."""
    type: StorageType | None = element(default=None)
    """The kind of storage."""
    path: str | None = element(default=None)
    """The exported or local path."""
    mount_options: str | None = element(default=None)
    """Further options for mounting it."""
    vfs_type: str | None = element(default=None)
    """The file system to mount, for POSIX storage."""
    nfs_version: NfsVersion | None = element(default=None)
    """The NFS version."""
    nfs_timeo: int | None = element(default=None)
    """How long NFS waits before it tries again, in tenths of a second."""
    nfs_retrans: int | None = element(default=None)
    """How often NFS tries again before it reports a failure."""
    port: int | None = element(default=None)
    """The TCP port of the iSCSI portal, usually 3260."""
    target: str | None = element(default=None)
    """The target's iSCSI qualified name (IQN)."""
    username: str | None = element(default=None)
    """The CHAP user to log in as."""
    password: str | None = element(default=None)
    """The CHAP password."""
    portal: str | None = element(default=None)
    """The portal the target is reached through, as address, port and group."""
    gluster_volume: GlusterVolume | None = element(default=None)
    """The Gluster volume it mounts, if the engine manages it."""
    host: Host | None = element(default=None)
    """The host that makes the connection, when adding it."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> StorageConnections[Self]: ...


class StorageConnections(
    BaseResources["StorageConnection_co"],
    tag="storage_connections",
    api_name="StorageConnection",
    member="storage_connection",
):
    """A collection of :class:`StorageConnection`."""

    storage_connection: list[StorageConnection] = members(
        "storage_connection", default_factory=list
    )

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> StorageConnections: ...


class StorageConnectionExtension(
    Identified, tag="storage_connection_extension", api_name="StorageConnectionExtension"
):
    """A login for an iSCSI target that one host uses instead of the connection's own."""

    target: str | None = element(default=None)
    """The target's iSCSI qualified name (IQN)."""
    username: str | None = element(default=None)
    """The CHAP user to log in as."""
    password: str | None = element(default=None)
    """The CHAP password."""
    host: Host | None = element(default=None)
    """The host that uses it."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> StorageConnectionExtensions[Self]: ...


class StorageConnectionExtensions(
    BaseResources["StorageConnectionExtension_co"],
    tag="storage_connection_extensions",
    api_name="StorageConnectionExtension",
    member="storage_connection_extension",
):
    """A collection of :class:`StorageConnectionExtension`."""

    storage_connection_extension: list[StorageConnectionExtension] = members(
        "storage_connection_extension", default_factory=list
    )

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> StorageConnectionExtensions: ...


class StorageDomain(Identified, tag="storage_domain", api_name="StorageDomain"):
    """A place that holds disks, templates, snapshots or ISO images: a file share or a set of LUNs."""

    type: StorageDomainType | None = element(default=None)
    """What it holds."""
    status: StorageDomainStatus | None = element(default=None)
    """Whether it can be used; a data center it is attached to tells more."""
    external_status: ExternalStatus | None = element(default=None)
    """How an external system says it is."""
    master: bool | None = element(default=None)
    """Whether it is the data center's master domain."""
    storage: HostStorage | None = element(default=None)
    """The storage it is made on."""
    available: Bytes | None = element(default=None)
    """The free space, in bytes."""
    used: Bytes | None = element(default=None)
    """The space taken, in bytes."""
    committed: Bytes | None = element(default=None)
    """The space its disks may grow to, in bytes; it may be more than there is."""
    storage_format: StorageFormat | None = element(default=None)
    """The version of its layout."""
    wipe_after_delete: bool | None = element(default=None)
    """Whether new disks on it are wiped when deleted, unless they say otherwise."""
    discard_after_delete: bool | None = element(default=None)
    """Whether a deleted disk's blocks are given back; block storage only. Since 4.1."""
    supports_discard: bool | None = element(default=None)
    """Whether all of its LUNs can discard blocks. Since 4.1."""
    supports_discard_zeroes_data: bool | None = element(default=None)
    """Whether discarded blocks read as zeros; no longer known, always false. Since 4.1. Deprecated.
    """
    import_: bool | None = element("import", default=None)
    """Whether the domain exists already and is imported, when adding it."""
    warning_low_space_indicator: int | None = element(default=None)
    """The free space below which the engine warns, in percent."""
    critical_space_action_blocker: int | None = element(default=None)
    """The free space below which it refuses to take more, in GiB."""
    host: Host | None = element(default=None)
    """The host that makes or reaches it, when adding it."""
    data_center: DataCenter | None = element(default=None)
    """The data center it is attached to; superseded by `data_centers`."""
    backup: bool | None = element(default=None)
    """Whether it is kept for backups, so that its machines cannot run. Since 4.2."""
    block_size: Bytes | None = element(default=None)
    """The size of a block, in bytes: 512 if not said, or 4096. Since 4.3."""
    data_centers: list[DataCenter] | None = entries("data_centers", "data_center", default=None)
    """The data centers it is attached to; an ISO domain may have several."""
    disks: list[Disk] | None = collection("disks", "disk", default=None)
    """The disks on it. None unless it was followed."""
    disk_profiles: list[DiskProfile] | None = collection(
        "disk_profiles", "disk_profile", default=None
    )
    """The disk profiles by which its space is used. None unless it was followed."""
    disk_snapshots: list[DiskSnapshot] | None = collection(
        "disk_snapshots", "disk_snapshot", default=None
    )
    """The earlier states of disks on it. None unless it was followed."""
    files: list[File] | None = collection("files", "file", default=None)
    """The files on it, of an ISO domain. None unless it was followed."""
    images: list[Image] | None = collection("images", "image", default=None)
    """The images on it that can be imported. None unless it was followed."""
    permissions: list[Permission] | None = collection("permissions", "permission", default=None)
    """Who may do what with it. None unless it was followed."""
    storage_connections: list[StorageConnection] | None = collection(
        "storage_connections", "storage_connection", default=None
    )
    """How hosts reach it. None unless it was followed."""
    templates: list[Template] | None = collection("templates", "template", default=None)
    """The templates on it, of an export domain or to be registered. None unless it was followed."""
    vms: list[VM] | None = collection("vms", "vm", default=None)
    """The virtual machines on it, of an export domain or to be registered. None unless it was
    followed.
    """

    if TYPE_CHECKING:

        def _offers(
            self,
        ) -> Offers[
            Literal[
                "activate",
                "deactivate",
                "is_attached",
                "reduce_luns",
                "refresh_luns",
                "update_ovf_store",
            ]
        ]: ...

        @classmethod
        def _collection(cls) -> StorageDomains[Self]: ...

        def wait_for_status(  # type: ignore[override]
            self,
            *statuses: StorageDomainStatus
            | Literal[
                "active",
                "inactive",
                "locked",
                "mixed",
                "unattached",
                "maintenance",
                "preparing_for_maintenance",
                "detaching",
                "activating",
                "unknown",
            ],
            **polling: Unpack[Polling[Self]],
        ) -> Self: ...

    def activate(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Bring an attached storage domain into use in its data center.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("activate", action, {"async": async_})
        return result

    def deactivate(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        force: bool | None = None,
    ) -> Action:
        """Put an attached storage domain into maintenance; its data center stops using it.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``force``: Whether to go on even if the OVF store cannot be updated. Since 4.2.
        """
        result: Action = self._act("deactivate", action, {"async": async_, "force": force})
        return result

    def is_attached(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        host: Host | None = None,
    ) -> Action:
        """Ask the storage whether the domain belongs to a data center. It disconnects the host from
        it.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``host``: The host to ask with, by id or name.
        """
        result: Action = self._act("isattached", action, {"async": async_, "host": host})
        return result

    def reduce_luns(
        self,
        action: Action | None = None,
        *,
        logical_units: Sequence[LogicalUnit] | None = None,
    ) -> Action:
        """Take logical units out of the storage domain; the data on them moves to the others first.
        Since 4.1.

        - ``logical_units``: The logical units to take out, each by id. Since 4.1.
        """
        result: Action = self._act("reduceluns", action, {"logical_units": logical_units})
        return result

    def refresh_luns(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        logical_units: Sequence[LogicalUnit] | None = None,
    ) -> Action:
        """Take up that logical units of the storage domain have grown.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``logical_units``: The logical units that have grown, each by id.
        """
        result: Action = self._act(
            "refreshluns",
            action,
            {
                "async": async_,
                "logical_units": logical_units,
            },
        )
        return result

    def update_ovf_store(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Write the descriptions of the virtual machines and disks to the storage domain now.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("updateovfstore", action, {"async": async_})
        return result


class StorageDomains(
    BaseResources["StorageDomain_co"],
    tag="storage_domains",
    api_name="StorageDomain",
    member="storage_domain",
):
    """A collection of :class:`StorageDomain`."""

    storage_domain: list[StorageDomain] = members("storage_domain", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> StorageDomains: ...


class StorageDomainLease(Struct, tag="storage_domain_lease", api_name="StorageDomainLease"):
    """A lock on storage that keeps a virtual machine from running on two hosts at once. Since 4.1."""

    storage_domain: StorageDomain | None = element(default=None)
    """The storage domain the lock is on. Since 4.1."""


class VolumeGroup(Struct, tag="volume_group", api_name="VolumeGroup"):
    """An LVM volume group: the LUNs that a block storage domain is made on."""

    id: str | None = attr(default=None)
    """The volume group's UUID."""
    name: str | None = element(default=None)
    """The volume group's name."""
    logical_units: list[LogicalUnit] | None = entries("logical_units", "logical_unit", default=None)
    """The LUNs it is made of."""
