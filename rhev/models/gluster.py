"""Gluster volumes, bricks and hooks, and what profiling them finds."""

# Generated from codegen/facts by `python -m codegen`: change those, not this file.

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.mapping.declare import collection, element, entries, members
from rhev.mapping.resources import BaseResources
from rhev.mapping.scalars import Enumeration, StatusEnumeration
from rhev.mapping.structure import Struct
from rhev.models.common import Identified
from rhev.models.devices import Device

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal, Self, Unpack

    from typing_extensions import TypeVar

    from rhev.mapping.offers import Offers
    from rhev.mapping.parameters import Polling
    from rhev.mapping.scalars import Bytes
    from rhev.models.clusters import Cluster
    from rhev.models.common import Option
    from rhev.models.engine import Action
    from rhev.models.hosts import Host
    from rhev.models.statistics import Statistic

    # What a collection holds: resources of the class, or of a user's subclass.
    GlusterBrick_co = TypeVar(
        "GlusterBrick_co", bound="GlusterBrick", default="GlusterBrick", covariant=True
    )
    GlusterHook_co = TypeVar(
        "GlusterHook_co", bound="GlusterHook", default="GlusterHook", covariant=True
    )
    GlusterVolume_co = TypeVar(
        "GlusterVolume_co", bound="GlusterVolume", default="GlusterVolume", covariant=True
    )


class AccessProtocol(Enumeration):
    """A protocol by which clients reach a Gluster volume."""

    GLUSTER = "gluster"
    """Gluster's own protocol."""
    NFS = "nfs"
    """NFS."""
    CIFS = "cifs"
    """CIFS (SMB)."""


class GlusterBrickStatus(StatusEnumeration):
    """Whether a Gluster brick works."""

    DOWN = "down"
    """Its process does not run."""
    UNKNOWN = "unknown"
    """The engine does not know."""
    UP = "up"
    """Its process runs."""


class GlusterHookStatus(StatusEnumeration):
    """Whether a Gluster hook is run."""

    DISABLED = "disabled"
    """It is not."""
    ENABLED = "enabled"
    """It is."""
    MISSING = "missing"
    """It is not on all of the cluster's hosts."""


class GlusterState(Enumeration):
    """Whether something of Gluster works."""

    UP = "up"
    """It does."""
    DOWN = "down"
    """It does not."""
    UNKNOWN = "unknown"
    """The engine does not know."""


class GlusterVolumeStatus(StatusEnumeration):
    """Whether a Gluster volume works."""

    DOWN = "down"
    """It is stopped."""
    UNKNOWN = "unknown"
    """The engine does not know."""
    UP = "up"
    """It is started."""


class GlusterVolumeType(Enumeration):
    """How a Gluster volume lays files on its bricks."""

    DISTRIBUTE = "distribute"
    """Each file on one brick."""
    REPLICATE = "replicate"
    """Each file on every brick."""
    DISTRIBUTED_REPLICATE = "distributed_replicate"
    """Each file on every brick of one set."""
    STRIPE = "stripe"
    """Each file in stripes over all bricks."""
    DISTRIBUTED_STRIPE = "distributed_stripe"
    """Each file in stripes over one set of bricks."""
    STRIPED_REPLICATE = "striped_replicate"
    """Each file in stripes, each stripe on several bricks."""
    DISTRIBUTED_STRIPED_REPLICATE = "distributed_striped_replicate"
    """Each file in replicated stripes over one set of bricks."""
    DISPERSE = "disperse"
    """Each file in coded pieces over all bricks, so that some may be lost."""
    DISTRIBUTED_DISPERSE = "distributed_disperse"
    """Each file in coded pieces over one set of bricks."""


class HookContentType(Enumeration):
    """What a Gluster hook is made of."""

    TEXT = "text"
    """A script."""
    BINARY = "binary"
    """A program."""


class HookStage(Enumeration):
    """When a Gluster hook is run."""

    PRE = "pre"
    """Before what it belongs to."""
    POST = "post"
    """After what it belongs to."""


class HookStatus(Enumeration):
    """Whether a hook is run."""

    ENABLED = "enabled"
    """It is."""
    DISABLED = "disabled"
    """It is not."""
    MISSING = "missing"
    """It is not there."""


class ResolutionType(Enumeration):
    """How to settle a Gluster hook that differs between servers."""

    ADD = "add"
    """Add it where it is missing."""
    COPY = "copy"
    """Replace the others with one server's."""


class TransportType(Enumeration):
    """The protocol between a Gluster volume and its clients."""

    TCP = "tcp"
    RDMA = "rdma"


class BlockStatistic(Struct, tag="block_statistic", api_name="BlockStatistic"):
    """Figures for blocks of one size, from profiling a Gluster volume."""

    statistics: list[Statistic] | None = entries("statistics", "statistic", default=None)
    """The figures."""


class EntityProfileDetail(Struct, tag="entity_profile_detail", api_name="EntityProfileDetail"):
    """What profiling a Gluster volume found for one brick or NFS server."""

    profile_details: list[ProfileDetail] | None = entries(
        "profile_details", "profile_detail", default=None
    )
    """The figures, one entry for each interval."""


class BrickProfileDetail(
    EntityProfileDetail, tag="brick_profile_detail", api_name="BrickProfileDetail"
):
    """What profiling a Gluster volume found for one brick."""

    brick: GlusterBrick | None = element(default=None)
    """The brick."""


class FopStatistic(Struct, tag="fop_statistic", api_name="FopStatistic"):
    """Figures for one file operation, from profiling a Gluster volume."""

    name: str | None = element(default=None)
    """The operation, such as LOOKUP or WRITE."""
    statistics: list[Statistic] | None = entries("statistics", "statistic", default=None)
    """The figures."""


class GlusterBrickAdvancedDetails(
    Device, tag="gluster_brick_advanced_details", api_name="GlusterBrickAdvancedDetails"
):
    """How the service of a Gluster brick runs on its host."""

    port: int | None = element(default=None)
    """The port it is served on."""
    pid: int | None = element(default=None)
    """The process that serves it."""
    device: str | None = element(default=None)
    """The block device it is on."""
    mnt_options: str | None = element(default=None)
    """The options that the device is mounted with."""
    fs_name: str | None = element(default=None)
    """The file system on the device."""
    gluster_clients: list[GlusterClient] | None = entries(
        "gluster_clients", "gluster_client", default=None
    )
    """Who is connected to it."""
    memory_pools: list[GlusterMemoryPool] | None = entries(
        "memory_pools", "memory_pool", default=None
    )
    """The memory pools of the process."""


class GlusterBrick(GlusterBrickAdvancedDetails, tag="brick", api_name="GlusterBrick"):
    """A directory on a host that is part of a Gluster volume."""

    server_id: str | None = element(default=None)
    """The id of the host."""
    brick_dir: str | None = element(default=None)
    """The path of the directory on the host."""
    status: GlusterBrickStatus | None = element(default=None)
    """Whether it is being served."""
    gluster_volume: GlusterVolume | None = element(default=None)
    """The volume it is part of."""
    statistics: list[Statistic] | None = entries("statistics", "statistic", default=None)
    """The space on it, and other figures."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Literal["replace"]]: ...

        @classmethod
        def _collection(cls) -> GlusterBricks[Self]: ...

        def wait_for_status(  # type: ignore[override]
            self,
            *statuses: GlusterBrickStatus | Literal["down", "unknown", "up"],
            **polling: Unpack[Polling[Self]],
        ) -> Self: ...

    def replace(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        force: bool | None = None,
    ) -> Action:
        """Replace the brick with another. Add and remove bricks instead. Deprecated.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``force``: Whether to go on where a safeguard would refuse.
        """
        result: Action = self._act("replace", action, {"async": async_, "force": force})
        return result


class GlusterBricks(
    BaseResources["GlusterBrick_co"],
    tag="bricks",
    api_name="GlusterBrick",
    member="brick",
):
    """A collection of :class:`GlusterBrick`."""

    brick: list[GlusterBrick] = members("brick", default_factory=list)

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Literal["activate", "migrate", "stop_migrate"]]: ...

        @classmethod
        def _collects(cls) -> GlusterBricks: ...

    def activate(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        bricks: Sequence[GlusterBrick] | None = None,
    ) -> Action:
        """Keep bricks that were to be removed, after their data has been moved.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``bricks``: The bricks to keep.
        """
        result: Action = self._act("activate", action, {"async": async_, "bricks": bricks})
        return result

    def migrate(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        bricks: Sequence[GlusterBrick] | None = None,
    ) -> Action:
        """Move the data off bricks that are to be removed; then remove them, or stop_migrate.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``bricks``: The bricks to empty.
        """
        result: Action = self._act("migrate", action, {"async": async_, "bricks": bricks})
        return result

    def stop_migrate(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        bricks: Sequence[GlusterBrick] | None = None,
    ) -> Action:
        """Stop moving data off bricks, and keep them.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``bricks``: The bricks that were given to migrate.
        """
        result: Action = self._act("stopmigrate", action, {"async": async_, "bricks": bricks})
        return result


class GlusterBrickMemoryInfo(Struct, tag="brick_memoryinfo", api_name="GlusterBrickMemoryInfo"):
    """The memory that the service of a Gluster brick uses."""

    memory_pools: list[GlusterMemoryPool] | None = entries(
        "memory_pools", "memory_pool", default=None
    )
    """The memory pools of the process."""


class GlusterClient(Struct, tag="gluster_client", api_name="GlusterClient"):
    """A client connected to a Gluster brick."""

    host_name: str | None = element(default=None)
    """The host it comes from."""
    client_port: int | None = element(default=None)
    """The port it comes from."""
    bytes_read: Bytes | None = element(default=None)
    """How much it has read, in bytes."""
    bytes_written: Bytes | None = element(default=None)
    """How much it has written, in bytes."""


class GlusterHook(Identified, tag="gluster_hook", api_name="GlusterHook"):
    """A script that Gluster runs on the hosts of a cluster before or after a command."""

    gluster_command: str | None = element(default=None)
    """The command, such as start, stop or set."""
    stage: HookStage | None = element(default=None)
    """Whether it runs before or after the command."""
    content_type: HookContentType | None = element(default=None)
    """Whether it is text or binary."""
    checksum: str | None = element(default=None)
    """The checksum of the content that the engine keeps."""
    content: str | None = element(default=None)
    """The content that the engine keeps."""
    conflict_status: int | None = element(default=None)
    """In what the hosts differ, as a bit mask: 1 content, 2 status, 4 missing."""
    conflicts: str | None = element(default=None)
    """In what the hosts differ, in words."""
    status: GlusterHookStatus | None = element(default=None)
    """Whether it is enabled."""
    cluster: Cluster | None = element(default=None)
    """The cluster it belongs to."""
    server_hooks: list[GlusterServerHook] | None = entries(
        "server_hooks", "server_hook", default=None
    )
    """How it is on those hosts that differ."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Literal["disable", "enable", "resolve"]]: ...

        @classmethod
        def _collection(cls) -> GlusterHooks[Self]: ...

        def wait_for_status(  # type: ignore[override]
            self,
            *statuses: GlusterHookStatus | Literal["disabled", "enabled", "missing"],
            **polling: Unpack[Polling[Self]],
        ) -> Self: ...

    def disable(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Disable the hook on all hosts of the cluster.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("disable", action, {"async": async_})
        return result

    def enable(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Enable the hook on all hosts of the cluster.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("enable", action, {"async": async_})
        return result

    def resolve(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        host: Host | None = None,
        resolution_type: str | None = None,
    ) -> Action:
        """Make the hook the same on all hosts of the cluster.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``host``: The host whose content to take; by default what the engine keeps.
        - ``resolution_type``: Whether to add the hook where it is missing (add), or to copy its
          content (copy).
        """
        result: Action = self._act(
            "resolve",
            action,
            {
                "async": async_,
                "host": host,
                "resolution_type": resolution_type,
            },
        )
        return result


class GlusterHooks(
    BaseResources["GlusterHook_co"],
    tag="gluster_hooks",
    api_name="GlusterHook",
    member="gluster_hook",
):
    """A collection of :class:`GlusterHook`."""

    gluster_hook: list[GlusterHook] = members("gluster_hook", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> GlusterHooks: ...


class GlusterMemoryPool(Identified, tag="memory_pool", api_name="GlusterMemoryPool"):
    """A memory pool of the process that serves a Gluster brick."""

    type: str | None = element(default=None)
    """The kind of object that it holds."""
    hot_count: int | None = element(default=None)
    """How many objects are in use."""
    cold_count: int | None = element(default=None)
    """How many objects are free."""
    padded_size: Bytes | None = element(default=None)
    """The size of an object with its padding, in bytes."""
    alloc_count: int | None = element(default=None)
    """How many allocations there have been."""
    max_alloc: int | None = element(default=None)
    """The most objects that were in use at once."""
    pool_misses: int | None = element(default=None)
    """How many allocations the pool could not serve."""
    max_stdalloc: int | None = element(default=None)
    """The most objects that were in use outside the pool at once."""


class GlusterServerHook(Identified, tag="server_hook", api_name="GlusterServerHook"):
    """A Gluster hook as it is on one host."""

    content_type: HookContentType | None = element(default=None)
    """Whether it is text or binary."""
    status: GlusterHookStatus | None = element(default=None)
    """Whether it is enabled, disabled or missing."""
    checksum: str | None = element(default=None)
    """The checksum of the content on the host."""
    host: Host | None = element(default=None)
    """The host."""


class GlusterVolume(Identified, tag="gluster_volume", api_name="GlusterVolume"):
    """A Gluster volume: storage made of bricks on several hosts."""

    volume_type: GlusterVolumeType | None = element(default=None)
    """How data is laid out over the bricks, such as replicated or dispersed."""
    transport_types: list[TransportType] | None = entries(
        "transport_types", "transport_type", default=None
    )
    """The transports that clients may use: tcp, rdma."""
    replica_count: int | None = element(default=None)
    """How many copies of a file there are, in a replicated volume."""
    stripe_count: int | None = element(default=None)
    """Over how many bricks a file is striped, in a striped volume."""
    disperse_count: int | None = element(default=None)
    """How many bricks make up a set, in a dispersed volume."""
    redundancy_count: int | None = element(default=None)
    """How many bricks of a set may fail, in a dispersed volume."""
    options: list[Option] | None = entries("options", "option", default=None)
    """The options that are set on it."""
    status: GlusterVolumeStatus | None = element(default=None)
    """Whether it is started."""
    cluster: Cluster | None = element(default=None)
    """The cluster it belongs to."""
    bricks: list[GlusterBrick] | None = entries("bricks", "brick", default=None)
    """The bricks it is made of."""
    statistics: list[Statistic] | None = collection("statistics", "statistic", default=None)
    """The space on it, and other figures. None unless it was followed."""

    if TYPE_CHECKING:

        def _offers(
            self,
        ) -> Offers[
            Literal[
                "get_profile_statistics",
                "rebalance",
                "reset_all_options",
                "reset_option",
                "set_option",
                "start",
                "start_profile",
                "stop",
                "stop_profile",
                "stop_rebalance",
            ]
        ]: ...

        @classmethod
        def _collection(cls) -> GlusterVolumes[Self]: ...

        def wait_for_status(  # type: ignore[override]
            self,
            *statuses: GlusterVolumeStatus | Literal["down", "unknown", "up"],
            **polling: Unpack[Polling[Self]],
        ) -> Self: ...

    def get_profile_statistics(
        self,
        action: Action | None = None,
    ) -> Action:
        """Fetch what profiling the volume has found."""
        result: Action = self._act("getprofilestatistics", action, {})
        return result

    def rebalance(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        fix_layout: bool | None = None,
        force: bool | None = None,
    ) -> Action:
        """Spread the data of the volume evenly over its bricks.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``fix_layout``: Whether to change only where new data goes, without moving any; false by
          default.
        - ``force``: Whether to go on even with older clients connected, at the risk of data; false
          by default.
        """
        result: Action = self._act(
            "rebalance",
            action,
            {
                "async": async_,
                "fix_layout": fix_layout,
                "force": force,
            },
        )
        return result

    def reset_all_options(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Bring all options of the volume back to their defaults.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("resetalloptions", action, {"async": async_})
        return result

    def reset_option(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        force: bool | None = None,
        option: Option | None = None,
    ) -> Action:
        """Bring one option of the volume back to its default.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``force``: Whether to reset it even if it is protected.
        - ``option``: The option, by name.
        """
        result: Action = self._act(
            "resetoption",
            action,
            {
                "async": async_,
                "force": force,
                "option": option,
            },
        )
        return result

    def set_option(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        option: Option | None = None,
    ) -> Action:
        """Set one option of the volume.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``option``: The option, with its name and value.
        """
        result: Action = self._act("setoption", action, {"async": async_, "option": option})
        return result

    def start(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        force: bool | None = None,
    ) -> Action:
        """Start the volume, so that clients can use it.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``force``: Whether to start bricks that are down even if the volume is started; false by
          default.
        """
        result: Action = self._act("start", action, {"async": async_, "force": force})
        return result

    def start_profile(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Begin to profile the volume.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("startprofile", action, {"async": async_})
        return result

    def stop(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        force: bool | None = None,
    ) -> Action:
        """Stop the volume; its data is out of reach until it is started.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``force``: Whether to stop it even if it is in use.
        """
        result: Action = self._act("stop", action, {"async": async_, "force": force})
        return result

    def stop_profile(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Cease to profile the volume.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("stopprofile", action, {"async": async_})
        return result

    def stop_rebalance(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Stop spreading data over the bricks.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("stoprebalance", action, {"async": async_})
        return result


class GlusterVolumes(
    BaseResources["GlusterVolume_co"],
    tag="gluster_volumes",
    api_name="GlusterVolume",
    member="gluster_volume",
):
    """A collection of :class:`GlusterVolume`."""

    gluster_volume: list[GlusterVolume] = members("gluster_volume", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> GlusterVolumes: ...


class GlusterVolumeProfileDetails(
    Identified, tag="gluster_volume_profile_details", api_name="GlusterVolumeProfileDetails"
):
    """What profiling a Gluster volume found."""

    brick_profile_details: list[BrickProfileDetail] | None = entries(
        "brick_profile_details", "brick_profile_detail", default=None
    )
    """What was found for each brick."""
    nfs_profile_details: list[NfsProfileDetail] | None = entries(
        "nfs_profile_details", "nfs_profile_detail", default=None
    )
    """What was found for each NFS server."""


class NfsProfileDetail(EntityProfileDetail, tag="nfs_profile_detail", api_name="NfsProfileDetail"):
    """What one NFS server of a profiled Gluster volume did."""

    nfs_server_ip: str | None = element(default=None)
    """The NFS server's address."""


class ProfileDetail(Struct, tag="profile_detail", api_name="ProfileDetail"):
    """What Gluster measured in one interval while profiling a volume."""

    profile_type: str | None = element(default=None)
    """Which interval it is: since the start or since the last look."""
    duration: int | None = element(default=None)
    """The interval's length, in seconds."""
    statistics: list[Statistic] | None = entries("statistics", "statistic", default=None)
    """Totals over the interval, such as the bytes read and written."""
    block_statistics: list[BlockStatistic] | None = entries(
        "block_statistics", "block_statistic", default=None
    )
    """The reads and writes by block size."""
    fop_statistics: list[FopStatistic] | None = entries(
        "fop_statistics", "fop_statistic", default=None
    )
    """The latencies by file operation."""
