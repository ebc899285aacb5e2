"""What the engine does and how it is set up: jobs, steps, events, options, bookmarks."""

# Generated from codegen/facts by `python -m codegen`: change those, not this file.

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.mapping.declare import collection, element, entries, members
from rhev.mapping.resources import BaseResources
from rhev.mapping.scalars import Enumeration, StatusEnumeration
from rhev.mapping.structure import Struct
from rhev.models.common import Identified

if TYPE_CHECKING:
    from typing import Literal, Never, Self, Unpack

    from typing_extensions import TypeVar

    from rhev.mapping.offers import Offers
    from rhev.mapping.parameters import Polling
    from rhev.mapping.scalars import Timestamp
    from rhev.models.access import User
    from rhev.models.clusters import Cluster
    from rhev.models.data_centers import DataCenter
    from rhev.models.engine import Action
    from rhev.models.hosts import Host
    from rhev.models.statistics import Statistic
    from rhev.models.storage import StorageDomain
    from rhev.models.templates import Template
    from rhev.models.virtual_machines import VM

    # What a collection holds: resources of the class, or of a user's subclass.
    Bookmark_co = TypeVar("Bookmark_co", bound="Bookmark", default="Bookmark", covariant=True)
    Event_co = TypeVar("Event_co", bound="Event", default="Event", covariant=True)
    EventSubscription_co = TypeVar(
        "EventSubscription_co",
        bound="EventSubscription",
        default="EventSubscription",
        covariant=True,
    )
    Job_co = TypeVar("Job_co", bound="Job", default="Job", covariant=True)
    Step_co = TypeVar("Step_co", bound="Step", default="Step", covariant=True)


class EntityExternalStatus(Enumeration):
    """How an external system says that an object is."""

    OK = "ok"
    """Well."""
    INFO = "info"
    """Well, with something worth knowing."""
    WARNING = "warning"
    """Well, with something to look at."""
    ERROR = "error"
    """Not well."""
    FAILURE = "failure"
    """Failing; look at it at once."""


class ExternalSystemType(Enumeration):
    """The other system whose work a step follows."""

    VDSM = "vdsm"
    """The agent on the host."""
    GLUSTER = "gluster"
    """Gluster."""


class JobStatus(StatusEnumeration):
    """How a job stands or how it ended."""

    ABORTED = "aborted"
    """An external job was broken off."""
    FAILED = "failed"
    """It has failed."""
    FINISHED = "finished"
    """It has ended well."""
    STARTED = "started"
    """It is being done."""
    UNKNOWN = "unknown"
    """The engine was restarted meanwhile and does not know how it ended."""


class LogSeverity(Enumeration):
    """How serious an event is."""

    NORMAL = "normal"
    """For information."""
    WARNING = "warning"
    """Something may be wrong."""
    ERROR = "error"
    """Something is wrong."""
    ALERT = "alert"
    """Something needs attention at once."""


class NotifiableEvent(Enumeration):
    """An event that users can be notified of; its name says what happened to what."""

    ENGINE_STOP = "engine_stop"
    ENGINE_BACKUP_STARTED = "engine_backup_started"
    ENGINE_BACKUP_COMPLETED = "engine_backup_completed"
    ENGINE_BACKUP_FAILED = "engine_backup_failed"
    ENGINE_CA_CERTIFICATION_IS_ABOUT_TO_EXPIRE = "engine_ca_certification_is_about_to_expire"
    ENGINE_CA_CERTIFICATION_HAS_EXPIRED = "engine_ca_certification_has_expired"
    ENGINE_CERTIFICATION_IS_ABOUT_TO_EXPIRE = "engine_certification_is_about_to_expire"
    ENGINE_CERTIFICATION_HAS_EXPIRED = "engine_certification_has_expired"
    CLUSTER_ALERT_HA_RESERVATION = "cluster_alert_ha_reservation"
    NETWORK_UPDATE_DISPLAY_FOR_CLUSTER_WITH_ACTIVE_VM = (
        "network_update_display_for_cluster_with_active_vm"
    )
    CLUSTER_ALERT_HA_RESERVATION_DOWN = "cluster_alert_ha_reservation_down"
    HOST_FAILURE = "host_failure"
    HOST_UPDATES_ARE_AVAILABLE = "host_updates_are_available"
    HOST_UPDATES_ARE_AVAILABLE_WITH_PACKAGES = "host_updates_are_available_with_packages"
    USER_HOST_MAINTENANCE = "user_host_maintenance"
    USER_HOST_MAINTENANCE_MANUAL_HA = "user_host_maintenance_manual_ha"
    USER_HOST_MAINTENANCE_MIGRATION_FAILED = "user_host_maintenance_migration_failed"
    HOST_ACTIVATE_MANUAL_HA = "host_activate_manual_ha"
    HOST_ACTIVATE_FAILED = "host_activate_failed"
    HOST_RECOVER_FAILED = "host_recover_failed"
    HOST_APPROVE_FAILED = "host_approve_failed"
    HOST_INSTALL_FAILED = "host_install_failed"
    HOST_TIME_DRIFT_ALERT = "host_time_drift_alert"
    HOST_SET_NONOPERATIONAL = "host_set_nonoperational"
    HOST_SET_NONOPERATIONAL_IFACE_DOWN = "host_set_nonoperational_iface_down"
    HOST_LOW_MEM = "host_low_mem"
    HOST_HIGH_MEM_USE = "host_high_mem_use"
    HOST_INTERFACE_HIGH_NETWORK_USE = "host_interface_high_network_use"
    HOST_HIGH_CPU_USE = "host_high_cpu_use"
    HOST_HIGH_SWAP_USE = "host_high_swap_use"
    HOST_LOW_SWAP = "host_low_swap"
    HOST_INTERFACE_STATE_DOWN = "host_interface_state_down"
    HOST_BOND_SLAVE_STATE_DOWN = "host_bond_slave_state_down"
    NETWORK_UPDATE_DISPLAY_FOR_HOST_WITH_ACTIVE_VM = (
        "network_update_display_for_host_with_active_vm"
    )
    HOST_CERTIFICATION_IS_ABOUT_TO_EXPIRE = "host_certification_is_about_to_expire"
    HOST_CERTIFICATION_HAS_EXPIRED = "host_certification_has_expired"
    HOST_CERTIFICATE_HAS_INVALID_SAN = "host_certificate_has_invalid_san"
    HOST_SET_NONOPERATIONAL_DOMAIN = "host_set_nonoperational_domain"
    SYSTEM_CHANGE_STORAGE_POOL_STATUS_NO_HOST_FOR_SPM = (
        "system_change_storage_pool_status_no_host_for_spm"
    )
    SYSTEM_DEACTIVATED_STORAGE_DOMAIN = "system_deactivated_storage_domain"
    VM_FAILURE = "vm_failure"
    VM_MIGRATION_START = "vm_migration_start"
    VM_MIGRATION_FAILED = "vm_migration_failed"
    VM_MIGRATION_TO_SERVER_FAILED = "vm_migration_to_server_failed"
    VM_NOT_RESPONDING = "vm_not_responding"
    VM_STATUS_RESTORED = "vm_status_restored"
    HA_VM_RESTART_FAILED = "ha_vm_restart_failed"
    HA_VM_FAILED = "ha_vm_failed"
    VM_CONSOLE_CONNECTED = "vm_console_connected"
    VM_CONSOLE_DISCONNECTED = "vm_console_disconnected"
    VM_SET_TICKET = "vm_set_ticket"
    VM_DOWN_ERROR = "vm_down_error"
    HOST_INITIATED_RUN_VM_FAILED = "host_initiated_run_vm_failed"
    VM_PAUSED = "vm_paused"
    VM_PAUSED_EIO = "vm_paused_eio"
    VM_PAUSED_ENOSPC = "vm_paused_enospc"
    VM_PAUSED_EPERM = "vm_paused_eperm"
    VM_PAUSED_ERROR = "vm_paused_error"
    VM_RECOVERED_FROM_PAUSE_ERROR = "vm_recovered_from_pause_error"
    MAC_ADDRESS_IS_EXTERNAL = "mac_address_is_external"
    HOST_SLOW_STORAGE_RESPONSE_TIME = "host_slow_storage_response_time"
    IRS_FAILURE = "irs_failure"
    IRS_DISK_SPACE_LOW = "irs_disk_space_low"
    IRS_CONFIRMED_DISK_SPACE_LOW = "irs_confirmed_disk_space_low"
    IRS_DISK_SPACE_LOW_ERROR = "irs_disk_space_low_error"
    NUMBER_OF_LVS_ON_STORAGE_DOMAIN_EXCEEDED_THRESHOLD = (
        "number_of_lvs_on_storage_domain_exceeded_threshold"
    )
    GLUSTER_VOLUME_CREATE = "gluster_volume_create"
    GLUSTER_VOLUME_CREATE_FAILED = "gluster_volume_create_failed"
    GLUSTER_VOLUME_OPTION_ADDED = "gluster_volume_option_added"
    GLUSTER_VOLUME_OPTION_MODIFIED = "gluster_volume_option_modified"
    GLUSTER_VOLUME_OPTION_SET_FAILED = "gluster_volume_option_set_failed"
    GLUSTER_VOLUME_START = "gluster_volume_start"
    GLUSTER_VOLUME_START_FAILED = "gluster_volume_start_failed"
    GLUSTER_VOLUME_STOP = "gluster_volume_stop"
    GLUSTER_VOLUME_STOP_FAILED = "gluster_volume_stop_failed"
    GLUSTER_VOLUME_OPTIONS_RESET = "gluster_volume_options_reset"
    GLUSTER_VOLUME_OPTIONS_RESET_ALL = "gluster_volume_options_reset_all"
    GLUSTER_VOLUME_OPTIONS_RESET_FAILED = "gluster_volume_options_reset_failed"
    GLUSTER_VOLUME_DELETE = "gluster_volume_delete"
    GLUSTER_VOLUME_DELETE_FAILED = "gluster_volume_delete_failed"
    GLUSTER_VOLUME_ADD_BRICK = "gluster_volume_add_brick"
    GLUSTER_VOLUME_ADD_BRICK_FAILED = "gluster_volume_add_brick_failed"
    GLUSTER_VOLUME_REMOVE_BRICKS = "gluster_volume_remove_bricks"
    GLUSTER_VOLUME_REMOVE_BRICKS_FAILED = "gluster_volume_remove_bricks_failed"
    START_REMOVING_GLUSTER_VOLUME_BRICKS = "start_removing_gluster_volume_bricks"
    START_REMOVING_GLUSTER_VOLUME_BRICKS_FAILED = "start_removing_gluster_volume_bricks_failed"
    GLUSTER_VOLUME_REMOVE_BRICKS_STOP = "gluster_volume_remove_bricks_stop"
    GLUSTER_VOLUME_REMOVE_BRICKS_STOP_FAILED = "gluster_volume_remove_bricks_stop_failed"
    GLUSTER_VOLUME_REBALANCE_START = "gluster_volume_rebalance_start"
    GLUSTER_VOLUME_REBALANCE_START_FAILED = "gluster_volume_rebalance_start_failed"
    GLUSTER_VOLUME_REBALANCE_STOP = "gluster_volume_rebalance_stop"
    GLUSTER_VOLUME_REBALANCE_STOP_FAILED = "gluster_volume_rebalance_stop_failed"
    GLUSTER_VOLUME_REPLACE_BRICK_FAILED = "gluster_volume_replace_brick_failed"
    GLUSTER_VOLUME_REPLACE_BRICK_START = "gluster_volume_replace_brick_start"
    GLUSTER_VOLUME_REPLACE_BRICK_START_FAILED = "gluster_volume_replace_brick_start_failed"
    GLUSTER_VOLUME_BRICK_REPLACED = "gluster_volume_brick_replaced"
    GLUSTER_VOLUME_REBALANCE_START_DETECTED_FROM_CLI = (
        "gluster_volume_rebalance_start_detected_from_cli"
    )
    START_REMOVING_GLUSTER_VOLUME_BRICKS_DETECTED_FROM_CLI = (
        "start_removing_gluster_volume_bricks_detected_from_cli"
    )
    GLUSTER_VOLUME_REBALANCE_NOT_FOUND_FROM_CLI = "gluster_volume_rebalance_not_found_from_cli"
    REMOVE_GLUSTER_VOLUME_BRICKS_NOT_FOUND_FROM_CLI = (
        "remove_gluster_volume_bricks_not_found_from_cli"
    )
    GLUSTER_VOLUME_SNAPSHOT_CREATED = "gluster_volume_snapshot_created"
    GLUSTER_VOLUME_SNAPSHOT_CREATE_FAILED = "gluster_volume_snapshot_create_failed"
    GLUSTER_SERVER_ADD_FAILED = "gluster_server_add_failed"
    GLUSTER_SERVER_REMOVE = "gluster_server_remove"
    GLUSTER_SERVER_REMOVE_FAILED = "gluster_server_remove_failed"
    GLUSTER_VOLUME_PROFILE_START = "gluster_volume_profile_start"
    GLUSTER_VOLUME_PROFILE_START_FAILED = "gluster_volume_profile_start_failed"
    GLUSTER_VOLUME_PROFILE_STOP = "gluster_volume_profile_stop"
    GLUSTER_VOLUME_PROFILE_STOP_FAILED = "gluster_volume_profile_stop_failed"
    GLUSTER_HOOK_ENABLE = "gluster_hook_enable"
    GLUSTER_HOOK_ENABLE_FAILED = "gluster_hook_enable_failed"
    GLUSTER_HOOK_DISABLE = "gluster_hook_disable"
    GLUSTER_HOOK_DISABLE_FAILED = "gluster_hook_disable_failed"
    GLUSTER_HOOK_DETECTED_NEW = "gluster_hook_detected_new"
    GLUSTER_HOOK_CONFLICT_DETECTED = "gluster_hook_conflict_detected"
    GLUSTER_HOOK_DETECTED_DELETE = "gluster_hook_detected_delete"
    GLUSTER_HOOK_ADDED = "gluster_hook_added"
    GLUSTER_HOOK_ADD_FAILED = "gluster_hook_add_failed"
    GLUSTER_HOOK_REMOVED = "gluster_hook_removed"
    GLUSTER_HOOK_REMOVE_FAILED = "gluster_hook_remove_failed"
    GLUSTER_SERVICE_STARTED = "gluster_service_started"
    GLUSTER_SERVICE_START_FAILED = "gluster_service_start_failed"
    GLUSTER_SERVICE_STOPPED = "gluster_service_stopped"
    GLUSTER_SERVICE_STOP_FAILED = "gluster_service_stop_failed"
    GLUSTER_SERVICE_RESTARTED = "gluster_service_restarted"
    GLUSTER_SERVICE_RESTART_FAILED = "gluster_service_restart_failed"
    GLUSTER_BRICK_STATUS_CHANGED = "gluster_brick_status_changed"
    GLUSTER_VOLUME_SNAPSHOT_DELETED = "gluster_volume_snapshot_deleted"
    GLUSTER_VOLUME_SNAPSHOT_DELETE_FAILED = "gluster_volume_snapshot_delete_failed"
    GLUSTER_VOLUME_ALL_SNAPSHOTS_DELETED = "gluster_volume_all_snapshots_deleted"
    GLUSTER_VOLUME_ALL_SNAPSHOTS_DELETE_FAILED = "gluster_volume_all_snapshots_delete_failed"
    GLUSTER_VOLUME_SNAPSHOT_ACTIVATED = "gluster_volume_snapshot_activated"
    GLUSTER_VOLUME_SNAPSHOT_ACTIVATE_FAILED = "gluster_volume_snapshot_activate_failed"
    GLUSTER_VOLUME_SNAPSHOT_DEACTIVATED = "gluster_volume_snapshot_deactivated"
    GLUSTER_VOLUME_SNAPSHOT_DEACTIVATE_FAILED = "gluster_volume_snapshot_deactivate_failed"
    GLUSTER_VOLUME_SNAPSHOT_RESTORED = "gluster_volume_snapshot_restored"
    GLUSTER_VOLUME_SNAPSHOT_RESTORE_FAILED = "gluster_volume_snapshot_restore_failed"
    GLUSTER_VOLUME_CONFIRMED_SPACE_LOW = "gluster_volume_confirmed_space_low"
    DWH_STOPPED = "dwh_stopped"
    DWH_ERROR = "dwh_error"
    GLUSTER_VOLUME_REBALANCE_FINISHED = "gluster_volume_rebalance_finished"
    GLUSTER_VOLUME_MIGRATE_BRICK_DATA_FINISHED = "gluster_volume_migrate_brick_data_finished"
    HOST_UNTRUSTED = "host_untrusted"
    USER_UPDATE_VM_FROM_TRUSTED_TO_UNTRUSTED = "user_update_vm_from_trusted_to_untrusted"
    USER_UPDATE_VM_FROM_UNTRUSTED_TO_TRUSTED = "user_update_vm_from_untrusted_to_trusted"
    IMPORTEXPORT_IMPORT_VM_FROM_TRUSTED_TO_UNTRUSTED = (
        "importexport_import_vm_from_trusted_to_untrusted"
    )
    IMPORTEXPORT_IMPORT_VM_FROM_UNTRUSTED_TO_TRUSTED = (
        "importexport_import_vm_from_untrusted_to_trusted"
    )
    USER_ADD_VM_FROM_TRUSTED_TO_UNTRUSTED = "user_add_vm_from_trusted_to_untrusted"
    USER_ADD_VM_FROM_UNTRUSTED_TO_TRUSTED = "user_add_vm_from_untrusted_to_trusted"
    IMPORTEXPORT_IMPORT_TEMPLATE_FROM_TRUSTED_TO_UNTRUSTED = (
        "importexport_import_template_from_trusted_to_untrusted"
    )
    IMPORTEXPORT_IMPORT_TEMPLATE_FROM_UNTRUSTED_TO_TRUSTED = (
        "importexport_import_template_from_untrusted_to_trusted"
    )
    USER_ADD_VM_TEMPLATE_FROM_TRUSTED_TO_UNTRUSTED = (
        "user_add_vm_template_from_trusted_to_untrusted"
    )
    USER_ADD_VM_TEMPLATE_FROM_UNTRUSTED_TO_TRUSTED = (
        "user_add_vm_template_from_untrusted_to_trusted"
    )
    USER_UPDATE_VM_TEMPLATE_FROM_TRUSTED_TO_UNTRUSTED = (
        "user_update_vm_template_from_trusted_to_untrusted"
    )
    USER_UPDATE_VM_TEMPLATE_FROM_UNTRUSTED_TO_TRUSTED = (
        "user_update_vm_template_from_untrusted_to_trusted"
    )
    FAULTY_MULTIPATHS_ON_HOST = "faulty_multipaths_on_host"
    NO_FAULTY_MULTIPATHS_ON_HOST = "no_faulty_multipaths_on_host"
    MULTIPATH_DEVICES_WITHOUT_VALID_PATHS_ON_HOST = "multipath_devices_without_valid_paths_on_host"


class NotificationMethod(Enumeration):
    """How users are notified of events."""

    SMTP = "smtp"
    """By e-mail."""
    SNMP = "snmp"
    """By SNMP trap."""


class StepEnum(Enumeration):
    """What a step of a job is for."""

    VALIDATING = "validating"
    """To check that the job can be done."""
    EXECUTING = "executing"
    """To do it; smaller steps may be under it."""
    FINALIZING = "finalizing"
    """To end it."""
    REBALANCING_VOLUME = "rebalancing_volume"
    """To rebalance a Gluster volume."""
    REMOVING_BRICKS = "removing_bricks"
    """To remove bricks from a Gluster volume."""
    UNKNOWN = "unknown"
    """Not known."""


class StepStatus(StatusEnumeration):
    """How a step of a job stands or how it ended."""

    ABORTED = "aborted"
    """An external step was broken off."""
    FAILED = "failed"
    """It has failed."""
    FINISHED = "finished"
    """It has ended well."""
    STARTED = "started"
    """It is being done."""
    UNKNOWN = "unknown"
    """The engine was restarted meanwhile and does not know how it ended."""


class Bookmark(Identified, tag="bookmark", api_name="Bookmark"):
    """A search that is kept under a name."""

    value: str | None = element(default=None)
    """The text of the search."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> Bookmarks[Self]: ...


class Bookmarks(
    BaseResources["Bookmark_co"],
    tag="bookmarks",
    api_name="Bookmark",
    member="bookmark",
):
    """A collection of :class:`Bookmark`."""

    bookmark: list[Bookmark] = members("bookmark", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> Bookmarks: ...


class EngineBackupInfo(Struct, tag="engine_backup_info", api_name="EngineBackupInfo"):
    """When the parts of the engine were last backed up with success. Since 4.6.1."""

    last_engine_backup: Timestamp | None = element(default=None)
    """The engine as a whole. Since 4.6.1."""
    last_db_backup: Timestamp | None = element(default=None)
    """Its database. Since 4.6.1."""
    last_dwh_backup: Timestamp | None = element(default=None)
    """The data warehouse. Since 4.6.1."""
    last_cinder_backup: Timestamp | None = element(default=None)
    """The database of Cinderlib. Since 4.6.1."""
    last_keycloak_backup: Timestamp | None = element(default=None)
    """The database of Keycloak. Since 4.6.1."""
    last_grafana_backup: Timestamp | None = element(default=None)
    """Grafana. Since 4.6.1."""


class Event(Identified, tag="event", api_name="Event"):
    """An entry of the engine's log."""

    index: int | None = element(default=None)
    """Its number; later events have larger ones. Since 4.1.3."""
    code: int | None = element(default=None)
    """What kind of event it is; the same code always means the same."""
    severity: LogSeverity | None = element(default=None)
    """How serious it is."""
    time: Timestamp | None = element(default=None)
    """When it happened."""
    correlation_id: str | None = element(default=None)
    """The identifier that it shares with the other events of the same request."""
    origin: str | None = element(default=None)
    """Who reported it: oVirt, or the name of an external system."""
    custom_id: int | None = element(default=None)
    """The number that an external system gave it."""
    flood_rate: int | None = element(default=None)
    """For how long an equal event is not logged again, in seconds."""
    log_on_host: bool | None = element(default=None)
    """Whether to write it to the log of the host too, or of all hosts if none is given. Since 4.4.
    """
    custom_data: str | None = element(default=None)
    """Whatever text an external system added."""
    user: User | None = element(default=None)
    """The user it concerns."""
    vm: VM | None = element(default=None)
    """The virtual machine it concerns."""
    storage_domain: StorageDomain | None = element(default=None)
    """The storage domain it concerns."""
    host: Host | None = element(default=None)
    """The host it concerns."""
    template: Template | None = element(default=None)
    """The template it concerns."""
    cluster: Cluster | None = element(default=None)
    """The cluster it concerns."""
    data_center: DataCenter | None = element(default=None)
    """The data center it concerns."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> Events[Self]: ...


class Events(
    BaseResources["Event_co"],
    tag="events",
    api_name="Event",
    member="event",
):
    """A collection of :class:`Event`."""

    event: list[Event] = members("event", default_factory=list)

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Literal["undelete"]]: ...

        @classmethod
        def _collects(cls) -> Events: ...

    def undelete(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Show again the events that users have dismissed.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("undelete", action, {"async": async_})
        return result


class EventSubscription(Identified, tag="event_subscription", api_name="EventSubscription"):
    """The wish of a user to be told of one kind of event."""

    event: NotifiableEvent | None = element(default=None)
    """The kind of event. Since 4.4.0."""
    user: User | None = element(default=None)
    """The user who is told. Since 4.4.0."""
    notification_method: NotificationMethod | None = element(default=None)
    """By what means; the engine takes smtp only. Since 4.4.0."""
    address: str | None = element(default=None)
    """The mail address to write to; by default that of the user. Since 4.4.0."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> EventSubscriptions[Self]: ...


class EventSubscriptions(
    BaseResources["EventSubscription_co"],
    tag="event_subscriptions",
    api_name="EventSubscription",
    member="event_subscription",
):
    """A collection of :class:`EventSubscription`."""

    event_subscription: list[EventSubscription] = members(
        "event_subscription", default_factory=list
    )

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> EventSubscriptions: ...


class Job(Identified, tag="job", api_name="Job"):
    """Work that the engine does or that an external system reports to it, step by step."""

    status: JobStatus | None = element(default=None)
    """How the job stands or how it ended."""
    start_time: Timestamp | None = element(default=None)
    """When it started."""
    end_time: Timestamp | None = element(default=None)
    """When it ended; absent while it runs."""
    last_updated: Timestamp | None = element(default=None)
    """When its status last changed."""
    external: bool | None = element(default=None)
    """Whether an external system added it and must end it."""
    auto_cleared: bool | None = element(default=None)
    """Whether the engine removes it some time after it ended."""
    owner: User | None = element(default=None)
    """The user who started it."""
    steps: list[Step] | None = collection("steps", "step", default=None)
    """The steps it is made of. None unless it was followed."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Literal["clear", "end"]]: ...

        @classmethod
        def _collection(cls) -> Jobs[Self]: ...

        def wait_for_status(  # type: ignore[override]
            self,
            *statuses: JobStatus | Literal["aborted", "failed", "finished", "started", "unknown"],
            **polling: Unpack[Polling[Self]],
        ) -> Self: ...

    def clear(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Let the engine forget a job of an external system.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("clear", action, {"async": async_})
        return result

    def end(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        force: bool | None = None,
        succeeded: bool | None = None,
    ) -> Action:
        """Mark a job of an external system as ended.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``force``: Whether to end it even if steps are still open.
        - ``succeeded``: Whether it ended well; true by default. Since 4.1.
        """
        result: Action = self._act(
            "end",
            action,
            {
                "async": async_,
                "force": force,
                "succeeded": succeeded,
            },
        )
        return result


class Jobs(
    BaseResources["Job_co"],
    tag="jobs",
    api_name="Job",
    member="job",
):
    """A collection of :class:`Job`."""

    job: list[Job] = members("job", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> Jobs: ...


class Step(Identified, tag="step", api_name="Step"):
    """A part of a job; steps may have steps of their own."""

    type: StepEnum | None = element(default=None)
    """What the step is for."""
    number: int | None = element(default=None)
    """Its place among the steps beside it."""
    status: StepStatus | None = element(default=None)
    """How it stands or how it ended."""
    start_time: Timestamp | None = element(default=None)
    """When it started."""
    end_time: Timestamp | None = element(default=None)
    """When it ended; absent while it runs."""
    external: bool | None = element(default=None)
    """Whether an external system added it and must end it."""
    external_type: ExternalSystemType | None = element(default=None)
    """The other system whose work it follows."""
    parent_step: Step | None = element(default=None)
    """The step it is part of."""
    job: Job | None = element(default=None)
    """The job it is part of."""
    statistics: list[Statistic] | None = collection("statistics", "statistic", default=None)
    """Its measures, such as how much has been copied. None unless it was followed."""
    progress: int | None = element(default=None)
    """How much is done, in percent, if it says. Since 4.1."""
    execution_host: Host | None = element(default=None)
    """The host that does the work, if one does. Since 4.1."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Literal["end"]]: ...

        @classmethod
        def _collection(cls) -> Steps[Self]: ...

        def wait_for_status(  # type: ignore[override]
            self,
            *statuses: StepStatus | Literal["aborted", "failed", "finished", "started", "unknown"],
            **polling: Unpack[Polling[Self]],
        ) -> Self: ...

    def end(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        force: bool | None = None,
        succeeded: bool | None = None,
    ) -> Action:
        """Mark a step of an external system's job as ended.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``force``: Whether to end it even if it is still in progress.
        - ``succeeded``: Whether it ended well; true by default.
        """
        result: Action = self._act(
            "end",
            action,
            {
                "async": async_,
                "force": force,
                "succeeded": succeeded,
            },
        )
        return result


class Steps(
    BaseResources["Step_co"],
    tag="steps",
    api_name="Step",
    member="step",
):
    """A collection of :class:`Step`."""

    step: list[Step] = members("step", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> Steps: ...


class SystemOption(Identified, tag="system_option", api_name="SystemOption"):
    """A setting of the engine's configuration. Since 4.2."""

    values: list[SystemOptionValue] | None = entries("values", "system_option_value", default=None)
    """Its values by compatibility version. Since 4.2."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...


class SystemOptionValue(Struct, tag="system_option_value", api_name="SystemOptionValue"):
    """The value of an engine's setting for one compatibility version. Since 4.2."""

    value: str | None = element(default=None)
    """The value, as text. Since 4.2."""
    version: str | None = element(default=None)
    """The version it applies to, such as `4.7`, or `general`. Since 4.2."""
