"""Virtual machines, and what holds for templates as well."""

# Generated from codegen/facts by `python -m codegen`: change those, not this file.

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.mapping.declare import collection, element, entries, members
from rhev.mapping.resources import BaseResources
from rhev.mapping.scalars import Enumeration, StatusEnumeration
from rhev.mapping.spellings import Spelling
from rhev.mapping.structure import Struct
from rhev.models.common import Identified

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal, Self, Unpack

    from typing_extensions import TypeVar

    from rhev.mapping.offers import Offers
    from rhev.mapping.parameters import Polling
    from rhev.mapping.scalars import Bytes, Timestamp
    from rhev.models.access import AuthorizedKey, Domain, Permission
    from rhev.models.clusters import Cluster
    from rhev.models.common import CustomProperty, Tag, Version
    from rhev.models.consoles import Console, Display, GraphicsConsole, Ticket, Usb
    from rhev.models.devices import (
        NIC,
        CdRom,
        Floppy,
        RngDevice,
        VirtIO_SCSI,
        VmMediatedDevice,
        WatchDog,
    )
    from rhev.models.disks import Disk, DiskAttachment
    from rhev.models.engine import Action
    from rhev.models.external import ExternalHostProvider, KatelloErratum
    from rhev.models.guest import (
        Application,
        GuestOperatingSystem,
        Payload,
        ReportedDevice,
        Session,
    )
    from rhev.models.hardware import (
        CPU,
        Bios,
        DynamicCpu,
        MemoryPolicy,
        NumaTuneMode,
        OperatingSystem,
    )
    from rhev.models.host_devices import HostDevice
    from rhev.models.hosts import Host
    from rhev.models.imports import RegistrationConfiguration, VnicProfileMapping
    from rhev.models.initialization import Initialization, Sso, TimeZone
    from rhev.models.limits import CpuProfile, Quota
    from rhev.models.migration import MigrationOptions
    from rhev.models.numa import NumaNode
    from rhev.models.policies import AffinityLabel
    from rhev.models.snapshots import Snapshot
    from rhev.models.statistics import Statistic
    from rhev.models.storage import StorageDomain, StorageDomainLease
    from rhev.models.templates import Icon, InstanceType, Template, VmPool

    # What a collection holds: resources of the class, or of a user's subclass.
    VM_co = TypeVar("VM_co", bound="VM", default="VM", covariant=True)


class AutoPinningPolicy(Enumeration):
    """How CPUs are pinned; superseded by CpuPinningPolicy."""

    DISABLED = "disabled"
    """No pinning is worked out."""
    EXISTING = "existing"
    """The machine's present CPU topology is pinned."""
    ADJUST = "adjust"
    """The machine's CPU topology is fitted to its host and pinned."""


class CpuPinningPolicy(Enumeration):
    """Whether and how virtual CPUs are pinned to the host's."""

    NONE = "none"
    """They are not."""
    MANUAL = "manual"
    """As given in `cpu.cpu_tune`; the machine must be pinned to a host."""
    RESIZE_AND_PIN_NUMA = "resize_and_pin_numa"
    """The CPU topology is fitted to the host, and CPUs and NUMA nodes are pinned."""
    DEDICATED = "dedicated"
    """Each gets a host CPU of its own while the machine runs."""
    ISOLATE_THREADS = "isolate_threads"
    """Each gets a whole core of its own while the machine runs."""


class SerialNumberPolicy(Enumeration):
    """Where a virtual machine's serial number comes from."""

    HOST = "host"
    """The host's UUID."""
    VM = "vm"
    """The virtual machine's UUID."""
    CUSTOM = "custom"
    """The value given."""
    NONE = "none"
    """No policy here: the one above applies, the cluster's or the engine's."""


class VmAffinity(Enumeration):
    """Whether a virtual machine may be moved between hosts."""

    MIGRATABLE = "migratable"
    """It may, by the engine and by users."""
    USER_MIGRATABLE = "user_migratable"
    """It may, by users only."""
    PINNED = "pinned"
    """It may not."""


class VmStatus(StatusEnumeration):
    """What a virtual machine is doing."""

    UNASSIGNED = "unassigned"
    """The engine got a status it does not know."""
    DOWN = "down"
    """It does not run."""
    UP = "up"
    """It runs, and its guest has booted or had a minute to."""
    POWERING_UP = "powering_up"
    """It has started and its guest is booting."""
    PAUSED = "paused"
    """It is held, by request or because its storage failed."""
    MIGRATING = "migrating"
    """It is moving to another host, and runs meanwhile."""
    UNKNOWN = "unknown"
    """The engine has lost its host and does not know whether it runs."""
    NOT_RESPONDING = "not_responding"
    """It runs but does not answer its host."""
    WAIT_FOR_LAUNCH = "wait_for_launch"
    """Its host has been asked to start it."""
    REBOOT_IN_PROGRESS = "reboot_in_progress"
    """Its guest is rebooting."""
    SAVING_STATE = "saving_state"
    """It is being suspended, its memory written to storage."""
    RESTORING_STATE = "restoring_state"
    """It is waking up, its memory read from storage."""
    SUSPENDED = "suspended"
    """It does not run; starting it goes on from its saved memory."""
    IMAGE_LOCKED = "image_locked"
    """It does not run, and cannot until work on its disks is done."""
    POWERING_DOWN = "powering_down"
    """It is shutting down."""


class VmStorageErrorResumeBehaviour(Enumeration):
    """What to do with a machine paused by a storage failure when the storage is back."""

    LEAVE_PAUSED = "leave_paused"
    """Leave it paused."""
    AUTO_RESUME = "auto_resume"
    """Let it go on."""
    KILL = "kill"
    """Stop it if the storage stays away too long; a must for machines with a lease."""


class VmType(Enumeration):
    """What a virtual machine is tuned for."""

    DESKTOP = "desktop"
    """A desktop: it gets a sound card."""
    SERVER = "server"
    """A server: no sound card."""
    HIGH_PERFORMANCE = "high_performance"
    """Speed: no display, the host's own CPU, pinned I/O threads, no balloon."""


class HighAvailability(Struct, tag="high_availability", api_name="HighAvailability"):
    """Whether a virtual machine is restarted when its host or its process fails."""

    enabled: bool | None = element(default=None)
    """Whether it is restarted."""
    priority: int | None = element(default=None)
    """How early it is started and migrated, from 0 to 100; larger is earlier."""


class IO(Struct, tag="io", api_name="Io"):
    """How a virtual machine's disk input and output is spread over threads."""

    threads: int | None = element(default=None)
    """How many I/O threads the machine has; 0: none."""


class SerialNumber(Struct, tag="serial_number", api_name="SerialNumber"):
    """The serial number that a virtual machine's firmware shows."""

    policy: SerialNumberPolicy | None = element(default=None)
    """Where the number comes from."""
    value: str | None = element(default=None)
    """The number, for the policy `custom` only."""


class VmBase(Identified, tag="vm_base", api_name="VmBase"):
    """What virtual machines, templates and instance types have in common."""

    type: VmType | None = element(default=None)
    """What it is tuned for."""
    memory: Bytes | None = element(default=None)
    """The memory, in bytes, cut to whole MiB."""
    cpu: CPU | None = element(default=None)
    """The virtual CPU: topology, pinning, mode."""
    cpu_shares: int | None = element(default=None)
    """Its weight when CPUs are short: 512 low, 1024 medium, 2048 high; 0: default."""
    bios: Bios | None = element(default=None)
    """The chipset, the firmware and the boot menu."""
    os: OperatingSystem | None = element(default=None)
    """The operating system it is for, and how it is booted."""
    creation_time: Timestamp | None = element(default=None)
    """When it was made."""
    origin: str | None = element(default=None)
    """Where it came from, such as `ovirt`, `vmware`, `kvm` or `external`."""
    stateless: bool | None = element(default=None)
    """Whether its disks return to their former state after each shutdown."""
    delete_protected: bool | None = element(default=None)
    """Whether it cannot be removed."""
    high_availability: HighAvailability | None = element(default=None)
    """Whether and how early it is restarted when it or its host fails."""
    display: Display | None = element(default=None)
    """The graphical console's settings."""
    sso: Sso | None = element(default=None)
    """Whether a console's user is logged in to the guest without being asked."""
    rng_device: RngDevice | None = element(default=None)
    """The random number generator."""
    console: Console | None = element(default=None)
    """The serial console."""
    domain: Domain | None = element(default=None)
    """The directory domain of the guest."""
    usb: Usb | None = element(default=None)
    """Whether USB devices can be passed on to it."""
    soundcard_enabled: bool | None = element(default=None)
    """Whether it has a sound card."""
    tunnel_migration: bool | None = element(default=None)
    """Whether its memory migrates through an encrypted tunnel."""
    migration_downtime: int | None = element(default=None)
    """The longest pause in a migration, in milliseconds; -1: the engine's default."""
    virtio_scsi: VirtIO_SCSI | None = element(default=None)
    """Whether it has a VirtIO SCSI controller."""
    serial_number: SerialNumber | None = element(default=None)
    """The serial number its firmware shows."""
    start_paused: bool | None = element(default=None)
    """Whether it is paused as soon as it starts."""
    migration: MigrationOptions | None = element(default=None)
    """How it is migrated."""
    io: IO | None = element(default=None)
    """How many I/O threads it has."""
    custom_properties: list[CustomProperty] | None = entries(
        "custom_properties", "custom_property", default=None
    )
    """Settings for hooks on the hosts, as names and values."""
    custom_emulated_machine: str | None = element(default=None)
    """The QEMU machine type, instead of the cluster's."""
    custom_cpu_model: str | None = element(default=None)
    """The CPU model, instead of the cluster's."""
    time_zone: TimeZone | None = element(default=None)
    """The time zone of its hardware clock."""
    small_icon: Icon | None = element(default=None)
    """Its small picture."""
    large_icon: Icon | None = element(default=None)
    """Its large picture."""
    initialization: Initialization | None = element(default=None)
    """What to set in the guest at its first boot."""
    memory_policy: MemoryPolicy | None = element(default=None)
    """The guaranteed and the greatest memory, and ballooning."""
    custom_compatibility_version: Version | None = element(default=None)
    """The compatibility version, instead of the cluster's."""
    cluster: Cluster | None = element(default=None)
    """The cluster it belongs to."""
    storage_domain: StorageDomain | None = element(default=None)
    """The storage domain to put its disks on, where one is to be named."""
    cpu_profile: CpuProfile | None = element(default=None)
    """The CPU profile, and so the CPU limit, that applies to it."""
    quota: Quota | None = element(default=None)
    """The quota that its CPU and memory count against."""
    lease: StorageDomainLease | None = element(default=None)
    """The storage lock that keeps it from running twice. Since 4.1."""
    storage_error_resume_behaviour: VmStorageErrorResumeBehaviour | None = element(default=None)
    """What happens when storage returns after it paused it. Since 4.2."""
    placement_policy: VmPlacementPolicy | None = element(default=None)
    """The hosts it may run on, and whether it may migrate."""
    multi_queues_enabled: bool | None = element(default=None)
    """Whether its NICs get several queues, as its CPUs allow. Since 4.2.5."""
    virtio_scsi_multi_queues_enabled: bool | None = element(default=None)
    """Whether its VirtIO SCSI controller has several queues. Since 4.4.5."""
    virtio_scsi_multi_queues: int | None = element(default=None)
    """How many queues the VirtIO SCSI controller has, if not automatic. Since 4.4.8."""
    tpm_enabled: bool | None = element(default=None)
    """Whether it has a TPM; shown only with all content asked for. Since 4.4.5."""
    auto_pinning_policy: AutoPinningPolicy | None = element(default=None)
    """How CPUs are pinned; superseded by `cpu_pinning_policy`. Since 4.4.8. Deprecated."""
    cpu_pinning_policy: CpuPinningPolicy | None = element(default=None)
    """Whether and how its virtual CPUs are pinned to the host's. Since 4.5."""


class VM(VmBase, tag="vm", api_name="Vm"):
    """A virtual machine."""

    status: VmStatus | None = element(default=None)
    """What the virtual machine is doing now."""
    status_detail: str | None = element(default=None)
    """More on the status, such as why it is paused."""
    stop_reason: str | None = element(default=None)
    """Why it was shut down, if whoever did it said so."""
    start_time: Timestamp | None = element(default=None)
    """When it was last started."""
    stop_time: Timestamp | None = element(default=None)
    """When it was last stopped."""
    run_once: bool | None = element(default=None)
    """Whether it was started with settings for this one run."""
    payloads: list[Payload] | None = entries("payloads", "payload", default=None)
    """Files it finds on a CD or floppy when it starts."""
    fqdn: str | None = element(default=None)
    """The guest's full host name, from the guest agent."""
    use_latest_template_version: bool | None = element(default=None)
    """Whether it is renewed from the newest template version at start."""
    next_run_configuration_exists: bool | None = element(default=None)
    """Whether it has changes that apply after its next shutdown only."""
    numa_tune_mode: NumaTuneMode | None = element(default=None)
    """How NUMA is applied; superseded by the NUMA nodes' own. Deprecated."""
    guest_time_zone: TimeZone | None = element(default=None)
    """The guest's time zone, from the guest agent."""
    guest_operating_system: GuestOperatingSystem | None = element(default=None)
    """The guest's operating system, from the guest agent."""
    has_illegal_images: bool | None = element(default=None)
    """Whether any of its snapshots has a disk in an illegal state. Since 4.1.9."""
    host: Host | None = element(default=None)
    """The host it runs on; absent while it is down."""
    template: Template | None = element(default=None)
    """The template it is based on; the blank one if it is a full copy."""
    original_template: Template | None = element(default=None)
    """The template it was made from, even if it is a full copy."""
    instance_type: InstanceType | None = element(default=None)
    """The instance type its size follows."""
    nics: list[NIC] | None = collection("nics", "nic", default=None)
    """Its network interfaces. None unless it was followed."""
    snapshots: list[Snapshot] | None = collection("snapshots", "snapshot", default=None)
    """Its snapshots; one of them, the active one, is the present state. None unless it was
    followed.
    """
    vm_pool: VmPool | None = element(default=None)
    """The pool it is from."""
    cdroms: list[CdRom] | None = collection("cdroms", "cdrom", default=None)
    """Its CD drives. None unless it was followed."""
    floppies: list[Floppy] | None = entries("floppies", "floppy", default=None)
    """Its floppy drives."""
    reported_devices: list[ReportedDevice] | None = collection(
        "reported_devices", "reported_device", default=None
    )
    """What the guest agent reports: the network devices and their addresses. None unless it was
    followed.
    """
    watchdogs: list[WatchDog] | None = collection("watchdogs", "watchdog", default=None)
    """Its watchdog device. None unless it was followed."""
    permissions: list[Permission] | None = collection("permissions", "permission", default=None)
    """Who may do what with it. None unless it was followed."""
    external_host_provider: ExternalHostProvider | None = element(default=None)
    """The provider (Foreman, Satellite) that knows its errata."""
    affinity_labels: list[AffinityLabel] | None = collection(
        "affinity_labels", "affinity_label", default=None
    )
    """The labels that tie it to hosts. None unless it was followed."""
    applications: list[Application] | None = collection("applications", "application", default=None)
    """The software in the guest, from the guest agent. None unless it was followed."""
    graphics_consoles: list[GraphicsConsole] | None = collection(
        "graphics_consoles", "graphics_console", default=None
    )
    """Its graphical consoles. None unless it was followed."""
    host_devices: list[HostDevice] | None = collection("host_devices", "host_device", default=None)
    """The host's devices passed through to it. None unless it was followed."""
    katello_errata: list[KatelloErratum] | None = collection(
        "katello_errata", "katello_erratum", default=None
    )
    """The updates it lacks, from Katello. None unless it was followed."""
    numa_nodes: list[NumaNode] | None = collection(
        "host_numa_nodes", "host_numa_node", default=None
    )
    """Its virtual NUMA nodes. None unless it was followed."""
    sessions: list[Session] | None = collection("sessions", "session", default=None)
    """Who is logged in to it. None unless it was followed."""
    statistics: list[Statistic] | None = collection("statistics", "statistic", default=None)
    """Its CPU, memory and network use, measured. None unless it was followed."""
    tags: list[Tag] | None = collection("tags", "tag", default=None)
    """The tags on it. None unless it was followed."""
    disk_attachments: list[DiskAttachment] | None = collection(
        "disk_attachments", "disk_attachment", default=None
    )
    """Its disks, and how they are attached. None unless it was followed."""
    dynamic_cpu: DynamicCpu | None = element(default=None)
    """The CPU topology and pinning it runs with now."""
    mediated_devices: list[VmMediatedDevice] | None = collection(
        "mediated_devices", "vm_mediated_device", default=None
    )
    """Its mediated devices, such as virtual GPUs. None unless it was followed. Since 4.5."""

    if TYPE_CHECKING:

        def _offers(
            self,
        ) -> Offers[
            Literal[
                "auto_pin_cpu_and_numa_nodes",
                "cancel_migration",
                "clone",
                "commit_snapshot",
                "detach",
                "export",
                "freeze_filesystems",
                "import",
                "logon",
                "maintenance",
                "migrate",
                "preview_snapshot",
                "reboot",
                "register",
                "reorder_mac_addresses",
                "reset",
                "screenshot",
                "shutdown",
                "start",
                "stop",
                "suspend",
                "thaw_filesystems",
                "ticket",
                "undo_snapshot",
            ]
        ]: ...

        @classmethod
        def _collection(cls) -> VMs[Self]: ...

        def wait_for_status(  # type: ignore[override]
            self,
            *statuses: VmStatus
            | Literal[
                "unassigned",
                "down",
                "up",
                "powering_up",
                "paused",
                "migrating",
                "unknown",
                "not_responding",
                "wait_for_launch",
                "reboot_in_progress",
                "saving_state",
                "restoring_state",
                "suspended",
                "image_locked",
                "powering_down",
            ],
            **polling: Unpack[Polling[Self]],
        ) -> Self: ...

    def auto_pin_cpu_and_numa_nodes(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        optimize_cpu_settings: bool | None = None,
    ) -> Action:
        """Pin virtual CPUs and NUMA nodes to fit the host. Update auto_pinning_policy instead.
        Since 4.4.5. Deprecated.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``optimize_cpu_settings``: Whether to fit the CPU topology to the host as well. Since
          4.4.5.
        """
        result: Action = self._act(
            "autopincpuandnumanodes",
            action,
            {
                "async": async_,
                "optimize_cpu_settings": optimize_cpu_settings,
            },
        )
        return result

    def cancel_migration(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Stop a migration that is under way; the virtual machine stays where it was.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("cancelmigration", action, {"async": async_})
        return result

    def clone(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        discard_snapshots: bool | None = None,
        storage_domain: StorageDomain | None = None,
        vm: VM | None = None,
    ) -> Action:
        """Make a new virtual machine like this one, with copies of its disks. It is there when the
        job of the action has ended: see ``Connection.wait_for_job``.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``discard_snapshots``: Whether to merge the snapshots, so that the clone has none; true by
          default. Since 4.4.
        - ``storage_domain``: The storage domain for the copies, by id or name; by default that of
          each disk. Since 4.4.
        - ``vm``: How the new virtual machine should be; its name is needed.
        """
        result: Action = self._act(
            "clone",
            action,
            {
                "async": async_,
                "discard_snapshots": discard_snapshots,
                "storage_domain": storage_domain,
                "vm": vm,
            },
        )
        return result

    def commit_snapshot(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Make the state that is being previewed the state of the virtual machine, for good.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("commitsnapshot", action, {"async": async_})
        return result

    def detach(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Take the virtual machine out of its pool.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("detach", action, {"async": async_})
        return result

    def export(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        directory: str | None = None,
        discard_snapshots: bool | None = None,
        exclusive: bool | None = None,
        filename: str | None = None,
        host: Host | None = None,
        storage_domain: StorageDomain | None = None,
    ) -> Action:
        """Export the virtual machine to an export domain, or to an OVA file on a host.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``directory``: The absolute path of the directory for the OVA file. Since 4.2.
        - ``discard_snapshots``: Whether to merge the snapshots, so that the copy has none.
        - ``exclusive``: Whether to overwrite a copy of it that is already on the export domain.
        - ``filename``: The name of the OVA file; by default that of the virtual machine, with .ova.
          Since 4.2.
        - ``host``: The host to write the OVA file on, by id or name. Since 4.2.
        - ``storage_domain``: The export domain, by id or name.
        """
        result: Action = self._act(
            "export",
            action,
            {
                "async": async_,
                "directory": directory,
                "discard_snapshots": discard_snapshots,
                "exclusive": exclusive,
                "filename": filename,
                "host": host,
                "storage_domain": storage_domain,
            },
        )
        return result

    def freeze_filesystems(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Halt writing to the file systems of the guest, through its agent, to take a clean
        snapshot.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("freezefilesystems", action, {"async": async_})
        return result

    def import_(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        clone: bool | None = None,
        cluster: Cluster | None = None,
        collapse_snapshots: bool | None = None,
        exclusive: bool | None = None,
        storage_domain: StorageDomain | None = None,
        vm: VM | None = None,
    ) -> Action:
        """Import the virtual machine from an export domain.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``clone``: Whether to give it new identifiers, so that it can be imported more than once.
        - ``cluster``: The cluster to import into, by id or name.
        - ``collapse_snapshots``: Whether to merge its snapshots; needed for a clone.
        - ``exclusive``: Whether to overwrite an existing virtual machine of the same name.
        - ``storage_domain``: The storage domain for its disks, by id or name.
        - ``vm``: How the virtual machine should be: its name, and where each disk goes.
        """
        result: Action = self._act(
            "import",
            action,
            {
                "async": async_,
                "clone": clone,
                "cluster": cluster,
                "collapse_snapshots": collapse_snapshots,
                "exclusive": exclusive,
                "storage_domain": storage_domain,
                "vm": vm,
            },
        )
        return result

    def logon(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Log the user on to the guest, through its agent, as single sign-on does.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("logon", action, {"async": async_})
        return result

    def maintenance(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        maintenance_enabled: bool | None = None,
    ) -> Action:
        """Set global maintenance of the self-hosted engine; on its own virtual machine only.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``maintenance_enabled``: Whether it should be in global maintenance.
        """
        result: Action = self._act(
            "maintenance",
            action,
            {
                "async": async_,
                "maintenance_enabled": maintenance_enabled,
            },
        )
        return result

    def migrate(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        cluster: Cluster | None = None,
        force: bool | None = None,
        host: Host | None = None,
        migrate_vms_in_affinity_closure: bool | None = None,
    ) -> Action:
        """Move the running virtual machine to another host.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``cluster``: The cluster to move to, by id; by default its own.
        - ``force``: Whether to move it even if it is not to be migrated; false by default.
        - ``host``: The host to move to, by id or name; by default the scheduler's choice.
        - ``migrate_vms_in_affinity_closure``: Whether to move the machines that must share its host
          too; false by default.
        """
        result: Action = self._act(
            "migrate",
            action,
            {
                "async": async_,
                "cluster": cluster,
                "force": force,
                "host": host,
                "migrate_vms_in_affinity_closure": migrate_vms_in_affinity_closure,
            },
        )
        return result

    def preview_snapshot(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        disks: Sequence[Disk] | None = None,
        lease: StorageDomainLease | None = None,
        restore_memory: bool | None = None,
        snapshot: Snapshot | None = None,
        vm: VM | None = None,
    ) -> Action:
        """Put the virtual machine into the state of a snapshot, until the preview is committed or
        undone.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``disks``: The disks to preview, each with its image_id; by default all of the snapshot.
        - ``lease``: The lease to have meanwhile; by default that of the snapshot, and if empty
          none. Since 4.2.2.
        - ``restore_memory``: Whether to restore the memory that the snapshot holds.
        - ``snapshot``: The snapshot, by id.
        - ``vm``: Ignored by the engine.
        """
        result: Action = self._act(
            "previewsnapshot",
            action,
            {
                "async": async_,
                "disks": disks,
                "lease": lease,
                "restore_memory": restore_memory,
                "snapshot": snapshot,
                "vm": vm,
            },
        )
        return result

    def reboot(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        force: bool | None = None,
    ) -> Action:
        """Ask the guest to reboot.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``force``: Whether to do so even while a backup is running.
        """
        result: Action = self._act("reboot", action, {"async": async_, "force": force})
        return result

    def register(
        self,
        action: Action | None = None,
        *,
        allow_partial_import: bool | None = None,
        async_: bool | None = None,
        clone: bool | None = None,
        cluster: Cluster | None = None,
        reassign_bad_macs: bool | None = None,
        registration_configuration: RegistrationConfiguration | None = None,
        vm: VM | None = None,
        vnic_profile_mappings: Sequence[VnicProfileMapping] | None = None,
    ) -> Action:
        """Make a virtual machine that lies on a data domain known to the engine. No disk is copied.

        - ``allow_partial_import``: Whether to register it even where disks are missing. Since 4.1.
        - ``async_``: Whether to answer at once, before the action has finished.
        - ``clone``: Whether to give it new identifiers.
        - ``cluster``: The cluster to register it in, by id or name.
        - ``reassign_bad_macs``: Whether to replace MAC addresses that conflict or lie outside the
          pool. Since 4.1.
        - ``registration_configuration``: What here stands for the clusters, domains, roles and
          profiles that it names. Since 4.2.
        - ``vm``: How the virtual machine should be, such as its name.
        - ``vnic_profile_mappings``: Which vNIC profiles here stand for its own; use
          registration_configuration. Since 4.1. Deprecated.
        """
        result: Action = self._act(
            "register",
            action,
            {
                "allow_partial_import": allow_partial_import,
                "async": async_,
                "clone": clone,
                "cluster": cluster,
                "reassign_bad_macs": reassign_bad_macs,
                "registration_configuration": registration_configuration,
                "vm": vm,
                "vnic_profile_mappings": vnic_profile_mappings,
            },
        )
        return result

    def reorder_mac_addresses(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Give the MAC addresses to the interfaces anew, in the order of the interfaces' names.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("reordermacaddresses", action, {"async": async_})
        return result

    def reset(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Reset the virtual machine at once, as its reset button would.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("reset", action, {"async": async_})
        return result

    def screenshot(
        self,
        action: Action | None = None,
    ) -> Action:
        """Take a picture of the screen of the virtual machine."""
        result: Action = self._act("screenshot", action, {})
        return result

    def shutdown(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        force: bool | None = None,
        reason: str | None = None,
    ) -> Action:
        """Ask the guest to shut down.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``force``: Whether to do so even while a backup is running.
        - ``reason``: Why, for the events of the engine. Since 4.4.
        """
        result: Action = self._act(
            "shutdown",
            action,
            {
                "async": async_,
                "force": force,
                "reason": reason,
            },
        )
        return result

    def start(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        attach_wgt: bool | None = None,
        authorized_key: AuthorizedKey | None = None,
        filter: bool | None = None,
        pause: bool | None = None,
        use_cloud_init: bool | None = None,
        use_ignition: bool | None = None,
        use_initialization: bool | None = None,
        use_sysprep: bool | None = None,
        vm: VM | None = None,
        volatile: bool | None = None,
    ) -> Action:
        """Start the virtual machine, or let it go on if it is suspended or paused.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``attach_wgt``: Whether to insert the ISO image with the Windows guest tools; false by
          default. Since 4.6.1.
        - ``authorized_key``: An SSH key to install in the guest.
        - ``filter``: Whether to apply the permissions of an ordinary user.
        - ``pause``: Whether to start it paused; false by default.
        - ``use_cloud_init``: Whether to initialize the guest with cloud-init; false by default.
        - ``use_ignition``: Whether to initialize the guest with Ignition; false by default. Since
          4.4.0.
        - ``use_initialization``: Whether to initialize the guest in the way that suits its
          operating system. Since 4.4.0.
        - ``use_sysprep``: Whether to initialize the guest with Sysprep; false by default.
        - ``vm``: What should be different in this run, such as the boot devices or the host.
        - ``volatile``: Whether to forget the settings of this run even on a reboot from within the
          guest. Since 4.2.0.
        """
        result: Action = self._act(
            "start",
            action,
            {
                "async": async_,
                "attach_wgt": attach_wgt,
                "authorized_key": authorized_key,
                "filter": filter,
                "pause": pause,
                "use_cloud_init": use_cloud_init,
                "use_ignition": use_ignition,
                "use_initialization": use_initialization,
                "use_sysprep": use_sysprep,
                "vm": vm,
                "volatile": volatile,
            },
        )
        return result

    def stop(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        force: bool | None = None,
        reason: str | None = None,
    ) -> Action:
        """Cut the power of the virtual machine, without asking the guest.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``force``: Whether to do so even while a backup is running.
        - ``reason``: Why, for the events of the engine. Since 4.4.
        """
        result: Action = self._act(
            "stop",
            action,
            {
                "async": async_,
                "force": force,
                "reason": reason,
            },
        )
        return result

    def suspend(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Save the memory of the virtual machine to storage and stop it; start takes it up from
        there.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("suspend", action, {"async": async_})
        return result

    def thaw_filesystems(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Let the guest write to its file systems again after freeze_filesystems.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("thawfilesystems", action, {"async": async_})
        return result

    def ticket(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        ticket: Ticket | None = None,
    ) -> Action:
        """Make a one-time password for the console, which expires soon.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``ticket``: The ticket: its value and its life in seconds; the engine fills in what is
          absent.
        """
        result: Action = self._act("ticket", action, {"async": async_, "ticket": ticket})
        return result

    def undo_snapshot(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """End the preview of a snapshot and go back to the state before it.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("undosnapshot", action, {"async": async_})
        return result


class VMs(
    BaseResources["VM_co"],
    tag="vms",
    api_name="Vm",
    member="vm",
):
    """A collection of :class:`VM`."""

    vm: list[VM] = members("vm", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> VMs: ...


class VmPlacementPolicy(Struct, tag="vm_placement_policy", api_name="VmPlacementPolicy"):
    """Which hosts a virtual machine may run on."""

    affinity: VmAffinity | None = element(default=None)
    """Whether it may be moved between hosts, and by whom."""
    hosts: list[Host] | None = entries("hosts", "host", default=None)
    """The hosts it may run on; none: any host of the cluster."""

    if TYPE_CHECKING:
        host: Host | None = element(default=None)
        """The one entry of ``hosts``."""
    else:
        host = Spelling("hosts.0", "The one entry of ``hosts``.")
