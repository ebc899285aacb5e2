"""Snapshots, checkpoints and backups of virtual machines."""

# Generated from codegen/facts by `python -m codegen`: change those, not this file.

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.mapping.declare import collection, element, members
from rhev.mapping.resources import BaseResources
from rhev.mapping.scalars import Enumeration, StatusEnumeration
from rhev.mapping.structure import Struct
from rhev.models.common import Identified
from rhev.models.virtual_machines import VM

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal, Never, Self, Unpack

    from typing_extensions import TypeVar

    from rhev.mapping.offers import Offers
    from rhev.mapping.parameters import Polling
    from rhev.mapping.scalars import Timestamp
    from rhev.models.disks import Disk
    from rhev.models.engine import Action
    from rhev.models.hosts import Host

    # What a collection holds: resources of the class, or of a user's subclass.
    Backup_co = TypeVar("Backup_co", bound="Backup", default="Backup", covariant=True)
    Checkpoint_co = TypeVar(
        "Checkpoint_co", bound="Checkpoint", default="Checkpoint", covariant=True
    )
    Snapshot_co = TypeVar("Snapshot_co", bound="Snapshot", default="Snapshot", covariant=True)


class BackupPhase(StatusEnumeration):
    """How far a backup has come."""

    INITIALIZING = "initializing"
    """The backup has just been added."""
    STARTING = "starting"
    """The host is being told to start it."""
    READY = "ready"
    """The disks can be downloaded by image transfers."""
    FINALIZING = "finalizing"
    """The host is being told to stop it, and the disks are unlocked."""
    SUCCEEDED = "succeeded"
    """It has ended well."""
    FAILED = "failed"
    """It has failed."""


class CheckpointState(StatusEnumeration):
    """Whether an incremental backup can start from a checkpoint."""

    CREATED = "created"
    """It can."""
    INVALID = "invalid"
    """It no longer can, and the checkpoint should be removed."""


class ConfigurationType(Enumeration):
    """The form of a virtual machine's configuration document."""

    OVF = "ovf"
    """oVirt's own OVF, as found on storage domains."""
    OVA = "ova"
    """Standard OVF, as found in OVA files."""


class SnapshotStatus(Enumeration):
    """What is being done with a snapshot."""

    OK = "ok"
    """Nothing: it can be used."""
    LOCKED = "locked"
    """It is being created, removed, restored or previewed; wait."""
    IN_PREVIEW = "in_preview"
    """The machine is set to it on trial; commit it or undo it."""


class SnapshotType(Enumeration):
    """What kind of snapshot it is."""

    REGULAR = "regular"
    """A user took it."""
    ACTIVE = "active"
    """Not a former state but the machine's present one."""
    STATELESS = "stateless"
    """The engine took it, to return to when a stateless machine stops."""
    PREVIEW = "preview"
    """The machine's present state, set aside while another is previewed."""


class Backup(Identified, tag="backup", api_name="Backup"):
    """A backup of a virtual machine's disks that is being taken: all data, or what has changed."""

    host: Host | None = element(default=None)
    """The host that serves the backup. Since 4.4.4."""
    from_checkpoint_id: str | None = element(default=None)
    """The checkpoint to take the changes since; absent for a full backup. Since 4.3."""
    to_checkpoint_id: str | None = element(default=None)
    """The checkpoint that this backup makes, to begin the next one from. Since 4.3."""
    phase: BackupPhase | None = element(default=None)
    """How far the backup is. Since 4.3."""
    creation_date: Timestamp | None = element(default=None)
    """When it was begun. Since 4.3."""
    modification_date: Timestamp | None = element(default=None)
    """When its phase last changed. Since 4.4.8."""
    vm: VM | None = element(default=None)
    """The virtual machine that is backed up. Since 4.3."""
    disks: list[Disk] | None = collection("disks", "disk", default=None)
    """The disks that are backed up. None unless it was followed. Since 4.3."""
    snapshot: Snapshot | None = element(default=None)
    """The snapshot it reads from, where it uses one. Since 4.5."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Literal["finalize"]]: ...

        @classmethod
        def _collection(cls) -> Backups[Self]: ...

        def wait_for_status(  # type: ignore[override]
            self,
            *statuses: BackupPhase
            | Literal["initializing", "starting", "ready", "finalizing", "succeeded", "failed"],
            **polling: Unpack[Polling[Self]],
        ) -> Self: ...

    def finalize(
        self,
        action: Action | None = None,
    ) -> Action:
        """End the backup after all data has been read. What was kept for it is freed. Since 4.3."""
        result: Action = self._act("finalize", action, {})
        return result


class Backups(
    BaseResources["Backup_co"],
    tag="backups",
    api_name="Backup",
    member="backup",
):
    """A collection of :class:`Backup`."""

    backup: list[Backup] = members("backup", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> Backups: ...


class Checkpoint(Identified, tag="checkpoint", api_name="Checkpoint"):
    """A point in time that an incremental backup of a virtual machine can begin from."""

    parent_id: str | None = element(default=None)
    """The checkpoint before it. Since 4.4."""
    creation_date: Timestamp | None = element(default=None)
    """When it was made. Since 4.4."""
    state: CheckpointState | None = element(default=None)
    """Whether it can be used. Since 4.4.7."""
    vm: VM | None = element(default=None)
    """The virtual machine it belongs to. Since 4.4."""
    disks: list[Disk] | None = collection("disks", "disk", default=None)
    """The disks that it covers. None unless it was followed. Since 4.4."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> Checkpoints[Self]: ...

        def wait_for_status(  # type: ignore[override]
            self,
            *statuses: CheckpointState | Literal["created", "invalid"],
            **polling: Unpack[Polling[Self]],
        ) -> Self: ...


class Checkpoints(
    BaseResources["Checkpoint_co"],
    tag="checkpoints",
    api_name="Checkpoint",
    member="checkpoint",
):
    """A collection of :class:`Checkpoint`."""

    checkpoint: list[Checkpoint] = members("checkpoint", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> Checkpoints: ...


class Configuration(Struct, tag="configuration", api_name="Configuration"):
    """The full description of a virtual machine as a document."""

    type: ConfigurationType | None = element(default=None)
    """The kind of document."""
    data: str | None = element(default=None)
    """The document itself."""


class Snapshot(VM, tag="snapshot", api_name="Snapshot"):
    """A virtual machine as it was at one moment: its configuration, disks and maybe memory."""

    date: Timestamp | None = element(default=None)
    """When it was taken."""
    snapshot_status: SnapshotStatus | None = element(default=None)
    """What is being done with it now."""
    persist_memorystate: bool | None = element(default=None)
    """Whether it includes the machine's memory (true if not said when adding)."""
    snapshot_type: SnapshotType | None = element(default=None)
    """What kind of snapshot it is."""
    vm: VM | None = element(default=None)
    """The virtual machine it was taken of."""
    disks: list[Disk] | None = collection("disks", "disk", default=None)
    """The disks as they were. None unless it was followed."""

    if TYPE_CHECKING:

        def _offers(  # type: ignore[override]
            self,
        ) -> Offers[Literal["restore"]]: ...

        @classmethod
        def _collection(  # type: ignore[override]
            cls,
        ) -> Snapshots[Self]: ...

        def wait_for_status(  # type: ignore[override]
            self,
            *statuses: SnapshotStatus | Literal["ok", "locked", "in_preview"],
            **polling: Unpack[Polling[Self]],
        ) -> Self: ...

    def restore(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        disks: Sequence[Disk] | None = None,
        restore_memory: bool | None = None,
    ) -> Action:
        """Bring the virtual machine back to the snapshot. What came after it is lost.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``disks``: The disks to restore, each with its image_id; by default all of the snapshot.
        - ``restore_memory``: Whether to restore the memory that the snapshot holds.
        """
        result: Action = self._act(
            "restore",
            action,
            {
                "async": async_,
                "disks": disks,
                "restore_memory": restore_memory,
            },
        )
        return result


class Snapshots(
    BaseResources["Snapshot_co"],
    tag="snapshots",
    api_name="Snapshot",
    member="snapshot",
):
    """A collection of :class:`Snapshot`."""

    snapshot: list[Snapshot] = members("snapshot", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> Snapshots: ...
