"""Disks, their attachments and snapshots, images and image transfers."""

# Generated from codegen/facts by `python -m codegen`: change those, not this file.

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.mapping.declare import collection, element, entries, members
from rhev.mapping.resources import BaseResources
from rhev.mapping.scalars import Enumeration, StatusEnumeration
from rhev.mapping.spellings import Spelling
from rhev.models.common import Identified
from rhev.models.devices import Device

if TYPE_CHECKING:
    from typing import Literal, Never, Self, Unpack

    from typing_extensions import TypeVar

    from rhev.mapping.offers import Offers
    from rhev.mapping.parameters import Polling
    from rhev.mapping.scalars import Bytes
    from rhev.models.access import Permission
    from rhev.models.clusters import Cluster
    from rhev.models.engine import Action
    from rhev.models.external import OpenStackVolumeType
    from rhev.models.hosts import Host
    from rhev.models.limits import DiskProfile, Quota
    from rhev.models.snapshots import Backup, Snapshot
    from rhev.models.statistics import Statistic
    from rhev.models.storage import HostStorage, StorageDomain
    from rhev.models.templates import Template
    from rhev.models.virtual_machines import VM

    # What a collection holds: resources of the class, or of a user's subclass.
    Disk_co = TypeVar("Disk_co", bound="Disk", default="Disk", covariant=True)
    DiskAttachment_co = TypeVar(
        "DiskAttachment_co", bound="DiskAttachment", default="DiskAttachment", covariant=True
    )
    DiskSnapshot_co = TypeVar(
        "DiskSnapshot_co", bound="DiskSnapshot", default="DiskSnapshot", covariant=True
    )
    Image_co = TypeVar("Image_co", bound="Image", default="Image", covariant=True)
    ImageTransfer_co = TypeVar(
        "ImageTransfer_co", bound="ImageTransfer", default="ImageTransfer", covariant=True
    )


class DiskBackup(Enumeration):
    """What backups a disk is prepared for."""

    NONE = "none"
    """Full ones only."""
    INCREMENTAL = "incremental"
    """Incremental ones, too."""


class DiskBackupMode(Enumeration):
    """How much of a disk a backup holds."""

    FULL = "full"
    """All of it."""
    INCREMENTAL = "incremental"
    """What has changed since a checkpoint."""


class DiskContentType(Enumeration):
    """What is on a disk."""

    DATA = "data"
    """A virtual machine's data."""
    OVF_STORE = "ovf_store"
    """The storage domain's copy of its machines' configurations."""
    MEMORY_DUMP_VOLUME = "memory_dump_volume"
    """The memory of a live snapshot."""
    MEMORY_METADATA_VOLUME = "memory_metadata_volume"
    """The description of a live snapshot's memory."""
    ISO = "iso"
    """An ISO image, for CD drives."""
    HOSTED_ENGINE = "hosted_engine"
    """The system of the engine's own virtual machine."""
    HOSTED_ENGINE_SANLOCK = "hosted_engine_sanlock"
    """The locks of a self-hosted engine."""
    HOSTED_ENGINE_METADATA = "hosted_engine_metadata"
    """The state that a self-hosted engine's hosts share."""
    HOSTED_ENGINE_CONFIGURATION = "hosted_engine_configuration"
    """The configuration of a self-hosted engine."""
    BACKUP_SCRATCH = "backup_scratch"
    """Data kept aside while a backup runs."""


class DiskFormat(Enumeration):
    """The format of a disk's image."""

    COW = "cow"
    """QCOW2: it can be thin and have snapshots."""
    RAW = "raw"
    """The bytes as they are: fastest; a snapshot adds a QCOW2 layer."""


class DiskInterface(Enumeration):
    """The controller a guest sees a disk on."""

    IDE = "ide"
    """IDE: works with any guest, slow."""
    VIRTIO_SCSI = "virtio_scsi"
    """VirtIO SCSI: fast, takes many disks and SCSI commands."""
    VIRTIO = "virtio"
    """VirtIO block: fast, needs a driver in the guest."""
    SPAPR_VSCSI = "spapr_vscsi"
    """The virtual SCSI of POWER machines."""
    SATA = "sata"
    """SATA."""


class DiskStatus(StatusEnumeration):
    """Whether a disk can be used."""

    ILLEGAL = "illegal"
    """It cannot, until somebody mends or removes it."""
    LOCKED = "locked"
    """Something is being done with it; wait."""
    OK = "ok"
    """It can."""


class DiskStorageType(Enumeration):
    """What kind of storage a disk is on."""

    IMAGE = "image"
    """An image on a storage domain."""
    LUN = "lun"
    """A whole LUN, used directly."""
    CINDER = "cinder"
    """A volume of OpenStack Cinder."""
    MANAGED_BLOCK_STORAGE = "managed_block_storage"
    """A volume of managed block storage."""


class DiskType(Enumeration):
    """What a disk is for."""

    DATA = "data"
    """Data."""
    SYSTEM = "system"
    """The operating system."""


class ImageFileType(Enumeration):
    """What an image file can be used as."""

    ISO = "iso"
    """A CD."""
    FLOPPY = "floppy"
    """A floppy disk."""
    DISK = "disk"
    """A disk."""


class ImageTransferDirection(Enumeration):
    """Which way an image transfer goes."""

    UPLOAD = "upload"
    """To the disk."""
    DOWNLOAD = "download"
    """From the disk."""


class ImageTransferPhase(StatusEnumeration):
    """How far an image transfer has come."""

    UNKNOWN = "unknown"
    """Something unforeseen went wrong."""
    INITIALIZING = "initializing"
    """The transfer is being prepared."""
    TRANSFERRING = "transferring"
    """The client can send or fetch bytes."""
    RESUMING = "resuming"
    """It is being taken up again after a pause."""
    PAUSED_SYSTEM = "paused_system"
    """The engine paused it, for a timeout or an error; it can be resumed."""
    PAUSED_USER = "paused_user"
    """A user paused it; it can be resumed."""
    CANCELLED = "cancelled"
    """It was cancelled; superseded by the two that say by whom."""
    FINALIZING_SUCCESS = "finalizing_success"
    """The client has finalized it, and the image is being checked."""
    FINALIZING_FAILURE = "finalizing_failure"
    """It is being ended as failed."""
    FINISHED_SUCCESS = "finished_success"
    """It has ended well, and the image can be used."""
    FINISHED_FAILURE = "finished_failure"
    """It has failed, and the image cannot be used."""
    CANCELLED_SYSTEM = "cancelled_system"
    """The engine cancelled it."""
    CANCELLED_USER = "cancelled_user"
    """A user cancelled it."""
    FINALIZING_CLEANUP = "finalizing_cleanup"
    """It was cancelled and is being cleaned up."""
    FINISHED_CLEANUP = "finished_cleanup"
    """It was cancelled and has been cleaned up."""


class ImageTransferTimeoutPolicy(Enumeration):
    """What the engine does with an image transfer whose client is idle too long."""

    LEGACY = "legacy"
    """An upload is paused, a download is cancelled; the default."""
    PAUSE = "pause"
    """It is paused, the disk stays locked."""
    CANCEL = "cancel"
    """It is cancelled; an upload's disk is removed."""


class QcowVersion(Enumeration):
    """The version of a QCOW2 image."""

    QCOW2_V2 = "qcow2_v2"
    """The older one, which every QEMU reads (compat 0.10)."""
    QCOW2_V3 = "qcow2_v3"
    """The newer one, on storage format `v4` and up (compat 1.1)."""


class ScsiGenericIO(Enumeration):
    """Whether a guest may send SCSI commands to a direct LUN disk."""

    FILTERED = "filtered"
    """It may send unprivileged ones."""
    UNFILTERED = "unfiltered"
    """It may send any."""
    DISABLED = "disabled"
    """It may not."""


class Disk(Device, tag="disk", api_name="Disk"):
    """A virtual disk: an image on a storage domain, a logical unit as it is, or a managed volume."""

    alias: str | None = element(default=None)
    """The name that the disk goes by."""
    image_id: str | None = element(default=None)
    """The identifier of the image, which changes with each snapshot."""
    provisioned_size: Bytes | None = element(default=None)
    """The size that the guest sees, in bytes."""
    initial_size: Bytes | None = element(default=None)
    """How much a thin disk on block storage is allocated at first, in bytes. Since 4.0.7."""
    actual_size: Bytes | None = element(default=None)
    """How much storage the active image takes, in bytes; read only."""
    total_size: Bytes | None = element(default=None)
    """How much storage it takes with all its snapshots, in bytes; read only. Since 4.2.0."""
    status: DiskStatus | None = element(default=None)
    """Whether the image is free for use."""
    interface: DiskInterface | None = element(default=None)
    """How it is connected; see DiskAttachment. Deprecated."""
    format: DiskFormat | None = element(default=None)
    """Whether the image is raw or copy-on-write (qcow2)."""
    qcow_version: QcowVersion | None = element(default=None)
    """The version of qcow2, by the version of QEMU that can read it. Since 4.1."""
    sparse: bool | None = element(default=None)
    """Whether storage is allocated as it is written, not beforehand."""
    bootable: bool | None = element(default=None)
    """Whether a guest can boot from it; see DiskAttachment. Deprecated."""
    shareable: bool | None = element(default=None)
    """Whether several virtual machines may use it at once."""
    wipe_after_delete: bool | None = element(default=None)
    """Whether to overwrite it with zeros when it is deleted."""
    propagate_errors: bool | None = element(default=None)
    """Whether the guest sees I/O errors, rather than being paused."""
    active: bool | None = element(default=None)
    """Whether it is plugged in."""
    backup: DiskBackup | None = element(default=None)
    """Whether changes are tracked, so that incremental backups can be taken. Since 4.3."""
    backup_mode: DiskBackupMode | None = element(default=None)
    """Whether the backup that is under way is full or incremental. Since 4.4.3."""
    read_only: bool | None = element(default=None)
    """Whether the guest may only read it; see DiskAttachment. Deprecated."""
    lun_storage: HostStorage | None = element(default=None)
    """The logical unit, for a direct LUN disk."""
    sgio: ScsiGenericIO | None = element(default=None)
    """Whether SCSI commands pass to the logical unit, and whether they are filtered. Since 3.3."""
    uses_scsi_reservation: bool | None = element(default=None)
    """Whether the guest may place SCSI reservations on it."""
    storage_type: DiskStorageType | None = element(default=None)
    """Whether it is an image, a logical unit or a managed volume."""
    logical_name: str | None = element(default=None)
    """The name of the device in the guest, such as /dev/vda; from the guest agent."""
    content_type: DiskContentType | None = element(default=None)
    """What it holds, such as data, an ISO image or the memory of a snapshot. Since 4.2.1."""
    storage_domain: StorageDomain | None = element(default=None)
    """The storage domain that holds this image of it."""
    storage_domains: list[StorageDomain] | None = entries(
        "storage_domains", "storage_domain", default=None
    )
    """The storage domains that hold it, or where to create it."""
    quota: Quota | None = element(default=None)
    """The quota that it counts against."""
    disk_profile: DiskProfile | None = element(default=None)
    """The profile that limits its throughput."""
    snapshot: Snapshot | None = element(default=None)
    """The snapshot that it is seen in."""
    openstack_volume_type: OpenStackVolumeType | None = element(default=None)
    """The type of volume, where OpenStack provides it."""
    permissions: list[Permission] | None = collection("permissions", "permission", default=None)
    """Who may do what with it. None unless it was followed."""
    disk_snapshots: list[DiskSnapshot] | None = collection(
        "disk_snapshots", "disk_snapshot", default=None
    )
    """The images of it that its snapshots keep. None unless it was followed."""
    statistics: list[Statistic] | None = collection("statistics", "statistic", default=None)
    """Its rates, latencies and other figures. None unless it was followed."""
    external_disk: str | None = element(default=None)
    """A local path or URL that QEMU opens in place of an image. Since 4.4.0."""

    if TYPE_CHECKING:

        def _offers(
            self,
        ) -> Offers[
            Literal[
                "activate",
                "convert",
                "copy",
                "deactivate",
                "export",
                "move",
                "reduce",
                "refresh_lun",
                "register",
                "sparsify",
            ]
        ]: ...

        @classmethod
        def _collection(cls) -> Disks[Self]: ...

        def wait_for_status(  # type: ignore[override]
            self,
            *statuses: DiskStatus | Literal["illegal", "locked", "ok"],
            **polling: Unpack[Polling[Self]],
        ) -> Self: ...

    if TYPE_CHECKING:
        size: Bytes | None = element(default=None)
        """The size that a guest sees, in bytes: ``provisioned_size``."""
    else:
        size = Spelling(
            "provisioned_size", "The size that a guest sees, in bytes: ``provisioned_size``."
        )

    def activate(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Plug the disk in.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("activate", action, {"async": async_})
        return result

    def convert(
        self,
        action: Action | None = None,
        *,
        disk: Disk | None = None,
    ) -> Action:
        """Change the format of the disk, or whether its storage is allocated beforehand. Since 4.5.

        - ``disk``: The format and sparse that it should have. Since 4.5.
        """
        result: Action = self._act("convert", action, {"disk": disk})
        return result

    def copy(  # type: ignore[override]
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        disk: Disk | None = None,
        disk_profile: DiskProfile | None = None,
        filter: bool | None = None,
        quota: Quota | None = None,
        storage_domain: StorageDomain | None = None,
    ) -> Action:
        """Copy the disk to a storage domain. Use the copy of the disk itself.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``disk``: How the copy should be, such as its name.
        - ``disk_profile``: The disk profile on the new storage domain; by default the first one
          usable. Since 4.2.
        - ``filter``: Whether to apply the permissions of an ordinary user.
        - ``quota``: The quota that the disk then counts against; by default the one that fits.
          Since 4.2.
        - ``storage_domain``: The storage domain to copy to.
        """
        result: Action = self._act(
            "copy",
            action,
            {
                "async": async_,
                "disk": disk,
                "disk_profile": disk_profile,
                "filter": filter,
                "quota": quota,
                "storage_domain": storage_domain,
            },
        )
        return result

    def deactivate(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Unplug the disk.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("deactivate", action, {"async": async_})
        return result

    def export(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        filter: bool | None = None,
        storage_domain: StorageDomain | None = None,
    ) -> Action:
        """Export the disk to an export domain. Use the export of the disk itself.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``filter``: Whether to apply the permissions of an ordinary user.
        - ``storage_domain``: The export domain.
        """
        result: Action = self._act(
            "export",
            action,
            {
                "async": async_,
                "filter": filter,
                "storage_domain": storage_domain,
            },
        )
        return result

    def move(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        disk_profile: DiskProfile | None = None,
        filter: bool | None = None,
        quota: Quota | None = None,
        storage_domain: StorageDomain | None = None,
    ) -> Action:
        """Move the disk to another storage domain. Use the move of the disk itself.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``disk_profile``: The disk profile on the new storage domain; by default the first one
          usable. Since 4.2.
        - ``filter``: Whether to apply the permissions of an ordinary user.
        - ``quota``: The quota that the disk then counts against; by default the one that fits.
          Since 4.2.
        - ``storage_domain``: The storage domain to move to.
        """
        result: Action = self._act(
            "move",
            action,
            {
                "async": async_,
                "disk_profile": disk_profile,
                "filter": filter,
                "quota": quota,
                "storage_domain": storage_domain,
            },
        )
        return result

    def reduce(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Shrink the volume of the disk to what it needs; block storage only, not while in use.
        Since 4.2.5.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("reduce", action, {"async": async_})
        return result

    def refresh_lun(
        self,
        action: Action | None = None,
        *,
        host: Host | None = None,
    ) -> Action:
        """Read the size and the other facts of a direct LUN disk anew from the storage. Since 4.2.

        - ``host``: The host to read them with. Since 4.2.
        """
        result: Action = self._act("refreshlun", action, {"host": host})
        return result

    def register(
        self,
        action: Action | None = None,
    ) -> Action:
        """Make a disk that lies on the storage domain, but that the engine does not know, known to
        it. Since 4.2.
        """
        result: Action = self._act("register", action, {})
        return result

    def sparsify(
        self,
        action: Action | None = None,
    ) -> Action:
        """Free the space that the file system on the disk does not use. Use that of the disk
        itself. Since 4.1.
        """
        result: Action = self._act("sparsify", action, {})
        return result


class Disks(
    BaseResources["Disk_co"],
    tag="disks",
    api_name="Disk",
    member="disk",
):
    """A collection of :class:`Disk`."""

    disk: list[Disk] = members("disk", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> Disks: ...


class DiskAttachment(Identified, tag="disk_attachment", api_name="DiskAttachment"):
    """How one disk is attached to one virtual machine or template; it has the id of the disk."""

    bootable: bool | None = element(default=None)
    """Whether the guest can boot from the disk; of one at most."""
    pass_discard: bool | None = element(default=None)
    """Whether the guest's discards reach the storage, to free space there. Since 4.1."""
    interface: DiskInterface | None = element(default=None)
    """The controller that the guest sees."""
    uses_scsi_reservation: bool | None = element(default=None)
    """Whether the guest may place SCSI reservations on the disk. Since 4.1."""
    active: bool | None = element(default=None)
    """Whether the disk is plugged in."""
    logical_name: str | None = element(default=None)
    """The name of the device in the guest, such as /dev/vda; from the guest agent. Since 4.0.2."""
    read_only: bool | None = element(default=None)
    """Whether the guest may only read the disk. Since 4.1.2."""
    disk: Disk | None = element(default=None)
    """The disk; given in full, it is created."""
    vm: VM | None = element(default=None)
    """The virtual machine it is attached to."""
    template: Template | None = element(default=None)
    """The template it is attached to."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> DiskAttachments[Self]: ...


class DiskAttachments(
    BaseResources["DiskAttachment_co"],
    tag="disk_attachments",
    api_name="DiskAttachment",
    member="disk_attachment",
):
    """A collection of :class:`DiskAttachment`."""

    disk_attachment: list[DiskAttachment] = members("disk_attachment", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> DiskAttachments: ...


class DiskSnapshot(Disk, tag="disk_snapshot", api_name="DiskSnapshot"):
    """The image of a disk that a snapshot keeps."""

    disk: Disk | None = element(default=None)
    """The disk it is an image of."""
    parent: DiskSnapshot | None = element(default=None)
    """The image that it builds on. Since 4.4.3."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(  # type: ignore[override]
            cls,
        ) -> DiskSnapshots[Self]: ...


class DiskSnapshots(
    BaseResources["DiskSnapshot_co"],
    tag="disk_snapshots",
    api_name="DiskSnapshot",
    member="disk_snapshot",
):
    """A collection of :class:`DiskSnapshot`."""

    disk_snapshot: list[DiskSnapshot] = members("disk_snapshot", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> DiskSnapshots: ...


class Image(Identified, tag="image", api_name="Image"):
    """An image on a storage domain that can be imported or inserted, such as an ISO."""

    storage_domain: StorageDomain | None = element(default=None)
    """The storage domain it lies on."""
    type: ImageFileType | None = element(default=None)
    """What the image can be used as. Since 4.2.0."""
    size: Bytes | None = element(default=None)
    """The image's size, in bytes. Since 4.2.0."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Literal["import"]]: ...

        @classmethod
        def _collection(cls) -> Images[Self]: ...

    def import_(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        cluster: Cluster | None = None,
        disk: Disk | None = None,
        import_as_template: bool | None = None,
        storage_domain: StorageDomain | None = None,
        template: Template | None = None,
    ) -> Action:
        """Import an image from an image provider's storage domain, as a disk or as a template.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``cluster``: The cluster of the template, if one is made.
        - ``disk``: How the disk should be, such as its alias.
        - ``import_as_template``: Whether to make a template of it.
        - ``storage_domain``: The storage domain to import to, by id or name.
        - ``template``: How the template should be, such as its name.
        """
        result: Action = self._act(
            "import",
            action,
            {
                "async": async_,
                "cluster": cluster,
                "disk": disk,
                "import_as_template": import_as_template,
                "storage_domain": storage_domain,
                "template": template,
            },
        )
        return result


class Images(
    BaseResources["Image_co"],
    tag="images",
    api_name="Image",
    member="image",
):
    """A collection of :class:`Image`."""

    image: list[Image] = members("image", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> Images: ...


class ImageTransfer(Identified, tag="image_transfer", api_name="ImageTransfer"):
    """An upload to a disk or a download from one. The engine opens it, the bytes go to a host or a
    proxy over HTTPS, and it ends when it is finalized or cancelled. Since 4.0.4.
    """

    proxy_url: str | None = element(default=None)
    """Where to send or fetch the bytes by way of the proxy, while transferring. Since 4.0.4."""
    transfer_url: str | None = element(default=None)
    """Where to send or fetch the bytes at the host itself, while transferring. Since 4.2.0."""
    phase: ImageTransferPhase | None = element(default=None)
    """How far the transfer has come. Since 4.0.4."""
    direction: ImageTransferDirection | None = element(default=None)
    """Whether bytes go to the disk or come from it (`upload` if not said). Since 4.1."""
    active: bool | None = element(default=None)
    """Whether a client is connected to it now. Since 4.2."""
    transferred: Bytes | None = element(default=None)
    """How much has been transferred, in bytes. Since 4.2."""
    inactivity_timeout: int | None = element(default=None)
    """Idle seconds after which the engine pauses or cancels it; 0: never. Since 4.2.3."""
    timeout_policy: ImageTransferTimeoutPolicy | None = element(default=None)
    """What the engine does with it when the client has been idle too long. Since 4.4.5."""
    image: Image | None = element(default=None)
    """The image transferred; superseded by `disk` and `snapshot`. Since 4.0.4. Deprecated."""
    disk: Disk | None = element(default=None)
    """The disk transferred. Since 4.2.0."""
    snapshot: DiskSnapshot | None = element(default=None)
    """The disk snapshot transferred, instead of a disk. Since 4.2.0."""
    host: Host | None = element(default=None)
    """The host that serves the transfer; the engine picks one if not said. Since 4.0.4."""
    backup: Backup | None = element(default=None)
    """The backup the transfer belongs to, if it is part of one. Since 4.3."""
    format: DiskFormat | None = element(default=None)
    """The format of the bytes on the wire; the disk's own if not said. Since 4.3."""
    shallow: bool | None = element(default=None)
    """Whether only the one image is downloaded, not the chain it is based on. Since 4.4.3."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Literal["cancel", "extend", "finalize", "pause", "resume"]]: ...

        @classmethod
        def _collection(cls) -> ImageTransfers[Self]: ...

        def wait_for_status(  # type: ignore[override]
            self,
            *statuses: ImageTransferPhase
            | Literal[
                "unknown",
                "initializing",
                "transferring",
                "resuming",
                "paused_system",
                "paused_user",
                "cancelled",
                "finalizing_success",
                "finalizing_failure",
                "finished_success",
                "finished_failure",
                "cancelled_system",
                "cancelled_user",
                "finalizing_cleanup",
                "finished_cleanup",
            ],
            **polling: Unpack[Polling[Self]],
        ) -> Self: ...

    def cancel(
        self,
        action: Action | None = None,
    ) -> Action:
        """Give the transfer up; what an upload has written is discarded. Since 4.2.3."""
        result: Action = self._act("cancel", action, {})
        return result

    def extend(
        self,
        action: Action | None = None,
    ) -> Action:
        """Renew the session of the transfer, so that it does not expire. Since 4.0.4."""
        result: Action = self._act("extend", action, {})
        return result

    def finalize(
        self,
        action: Action | None = None,
    ) -> Action:
        """End the transfer after all data has passed. The engine then checks the image and frees
        it. Since 4.0.4.
        """
        result: Action = self._act("finalize", action, {})
        return result

    def pause(
        self,
        action: Action | None = None,
    ) -> Action:
        """Pause the transfer. Since 4.0.4."""
        result: Action = self._act("pause", action, {})
        return result

    def resume(
        self,
        action: Action | None = None,
    ) -> Action:
        """Go on with a transfer that was paused, by the user or by the system. Since 4.0.4."""
        result: Action = self._act("resume", action, {})
        return result


class ImageTransfers(
    BaseResources["ImageTransfer_co"],
    tag="image_transfers",
    api_name="ImageTransfer",
    member="image_transfer",
):
    """A collection of :class:`ImageTransfer`."""

    image_transfer: list[ImageTransfer] = members("image_transfer", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> ImageTransfers: ...
