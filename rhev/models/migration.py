"""How virtual machines are migrated, and when hosts are fenced: what clusters decide."""

# Generated from codegen/facts by `python -m codegen`: change those, not this file.

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.mapping.declare import element
from rhev.mapping.scalars import Enumeration
from rhev.mapping.structure import Struct
from rhev.models.common import Identified

if TYPE_CHECKING:
    from rhev.models.common import InheritableBoolean


class MigrateOnError(Enumeration):
    """Which virtual machines leave a host that becomes non-operational."""

    MIGRATE = "migrate"
    """All."""
    DO_NOT_MIGRATE = "do_not_migrate"
    """None."""
    MIGRATE_HIGHLY_AVAILABLE = "migrate_highly_available"
    """The highly available ones."""


class MigrationBandwidthAssignmentMethod(Enumeration):
    """Where the limit on migrations' bandwidth comes from."""

    AUTO = "auto"
    """The network's limit, else the link's speed, else the host's own setting."""
    CUSTOM = "custom"
    """The value given, in Mbps."""
    HYPERVISOR_DEFAULT = "hypervisor_default"
    """The host's own setting."""


class ParallelMigrationsPolicy(Enumeration):
    """Whether a migration uses several connections at once, and how many."""

    INHERIT = "inherit"
    """As the cluster has it; for virtual machines only."""
    AUTO = "auto"
    """The engine decides whether and how many."""
    AUTO_PARALLEL = "auto_parallel"
    """Several; the engine decides how many."""
    DISABLED = "disabled"
    """One."""
    CUSTOM = "custom"
    """As many as `custom_parallel_migrations` says."""


class ErrorHandling(Struct, tag="error_handling", api_name="ErrorHandling"):
    """What becomes of the virtual machines of a host that fails."""

    on_error: MigrateOnError | None = element(default=None)
    """Whether to migrate all of them, the highly available ones or none."""


class FencingPolicy(Struct, tag="fencing_policy", api_name="FencingPolicy"):
    """When a host of a cluster that does not respond is fenced, and when it is spared."""

    enabled: bool | None = element(default=None)
    """Whether hosts are fenced at all."""
    skip_if_sd_active: SkipIfSDActive | None = element(default=None)
    """Whether to spare a host that still renews its lease on the storage."""
    skip_if_connectivity_broken: SkipIfConnectivityBroken | None = element(default=None)
    """Whether to spare a host when many others are unreachable too."""
    skip_if_gluster_bricks_up: bool | None = element(default=None)
    """Whether to spare a host whose Gluster bricks are up. Since 4.1."""
    skip_if_gluster_quorum_not_met: bool | None = element(default=None)
    """Whether to spare a host that the Gluster quorum needs. Since 4.1."""


class MigrationBandwidth(Struct, tag="migration_bandwidth", api_name="MigrationBandwidth"):
    """How much bandwidth migrations may take."""

    assignment_method: MigrationBandwidthAssignmentMethod | None = element(default=None)
    """Where the limit comes from."""
    custom_value: int | None = element(default=None)
    """The limit in Mbps, for the method `custom` only."""


class MigrationOptions(Struct, tag="migration", api_name="MigrationOptions"):
    """How running virtual machines are moved between hosts."""

    auto_converge: InheritableBoolean | None = element(default=None)
    """Whether the guest is slowed down if its migration does not converge."""
    compressed: InheritableBoolean | None = element(default=None)
    """Whether the memory is compressed on its way."""
    encrypted: InheritableBoolean | None = element(default=None)
    """Whether the memory is encrypted on its way. Since 4.4."""
    parallel_migrations_policy: ParallelMigrationsPolicy | None = element(default=None)
    """Whether several connections are used at once, and how many. Since 4.5.1."""
    custom_parallel_migrations: int | None = element(default=None)
    """How many connections (2 to 255), for the policy `custom` only. Since 4.5.1."""
    bandwidth: MigrationBandwidth | None = element(default=None)
    """How much bandwidth the migration may take."""
    policy: MigrationPolicy | None = element(default=None)
    """The migration policy; the system option `MigrationPolicies` lists them."""


class MigrationPolicy(Identified, tag="migration_policy", api_name="MigrationPolicy"):
    """A named way of migrating. The API knows it by its identifier only."""


class SkipIfConnectivityBroken(
    Struct, tag="skip_if_connectivity_broken", api_name="SkipIfConnectivityBroken"
):
    """Not to fence a host when many of the cluster's hosts cannot be reached either."""

    enabled: bool | None = element(default=None)
    """Whether the rule applies."""
    threshold: int | None = element(default=None)
    """The unreachable hosts from which on none is fenced, in percent."""


class SkipIfSDActive(Struct, tag="skip_if_sd_active", api_name="SkipIfSdActive"):
    """Not to fence a host that still renews its lease on the storage."""

    enabled: bool | None = element(default=None)
    """Whether the rule applies."""
