"""What a host has: power management, hooks, SELinux, its role as storage manager."""

# Generated from codegen/facts by `python -m codegen`: change those, not this file.

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.mapping.declare import element, entries, members
from rhev.mapping.resources import BaseResources
from rhev.mapping.scalars import Enumeration, StatusEnumeration
from rhev.mapping.structure import Struct
from rhev.models.common import Identified

if TYPE_CHECKING:
    from typing import Never, Self

    from typing_extensions import TypeVar

    from rhev.mapping.offers import Offers
    from rhev.models.common import Option
    from rhev.models.hosts import Host

    # What a collection holds: resources of the class, or of a user's subclass.
    Agent_co = TypeVar("Agent_co", bound="Agent", default="Agent", covariant=True)
    Hook_co = TypeVar("Hook_co", bound="Hook", default="Hook", covariant=True)


class FenceType(Enumeration):
    """What to do to a host by its power management."""

    MANUAL = "manual"
    """Nothing: somebody confirms that the host was restarted by hand."""
    RESTART = "restart"
    """Switch it off and on."""
    START = "start"
    """Switch it on."""
    STOP = "stop"
    """Switch it off."""
    STATUS = "status"
    """Ask whether it has power."""


class KdumpStatus(Enumeration):
    """Whether a host dumps its kernel when it crashes."""

    UNKNOWN = "unknown"
    """The host has not said."""
    DISABLED = "disabled"
    """It does not."""
    ENABLED = "enabled"
    """It does."""


class PmProxyType(Enumeration):
    """Where the engine looks for a host to fence another from."""

    CLUSTER = "cluster"
    """In the fenced host's cluster."""
    DC = "dc"
    """In the fenced host's data center."""
    OTHER_DC = "other_dc"
    """In other data centers."""


class PowerManagementStatus(StatusEnumeration):
    """Whether a host has power."""

    ON = "on"
    """It has."""
    OFF = "off"
    """It has not."""
    UNKNOWN = "unknown"
    """Its management board has not said."""


class SeLinuxMode(Enumeration):
    """Whether a host enforces its SELinux policy."""

    ENFORCING = "enforcing"
    """Its rules are enforced."""
    PERMISSIVE = "permissive"
    """Breaches are noted and let pass."""
    DISABLED = "disabled"
    """It is off."""


class SpmStatus(StatusEnumeration):
    """Whether a host manages its data center's storage."""

    NONE = "none"
    """It does not."""
    CONTENDING = "contending"
    """It is about to."""
    SPM = "spm"
    """It does."""


class Agent(Identified, tag="agent", api_name="Agent"):
    """A fence agent: the way to a host's power management device."""

    type: str | None = element(default=None)
    """The kind of device, such as ipmilan, drac5 or apc."""
    address: str | None = element(default=None)
    """The host name or address of the device."""
    username: str | None = element(default=None)
    """The user to log in to the device as."""
    password: str | None = element(default=None)
    """The password for the device; only ever sent."""
    options: list[Option] | None = entries("options", "option", default=None)
    """Further options for the agent."""
    encrypt_options: bool | None = element(default=None)
    """Whether the options are kept encrypted."""
    concurrent: bool | None = element(default=None)
    """Whether it is used together with the other agents, not after them."""
    order: int | None = element(default=None)
    """Its place among the agents of the host, from 1."""
    port: int | None = element(default=None)
    """The port of the device."""
    host: Host | None = element(default=None)
    """The host that it fences."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> Agents[Self]: ...


class Agents(
    BaseResources["Agent_co"],
    tag="agents",
    api_name="Agent",
    member="agent",
):
    """A collection of :class:`Agent`."""

    agent: list[Agent] = members("agent", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> Agents: ...


class Hook(Identified, tag="hook", api_name="Hook"):
    """A script that VDSM runs on a host at a certain event."""

    event_name: str | None = element(default=None)
    """The event, such as before_vm_start."""
    md5: str | None = element(default=None)
    """The checksum of the script, which may be SHA-256 despite the name."""
    host: Host | None = element(default=None)
    """The host it is on."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> Hooks[Self]: ...


class Hooks(
    BaseResources["Hook_co"],
    tag="hooks",
    api_name="Hook",
    member="hook",
):
    """A collection of :class:`Hook`."""

    hook: list[Hook] = members("hook", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> Hooks: ...


class HostedEngine(Struct, tag="hosted_engine", api_name="HostedEngine"):
    """A host's part in running the engine as a virtual machine."""

    configured: bool | None = element(default=None)
    """Whether it is set up to run the engine."""
    active: bool | None = element(default=None)
    """Whether its agent is at work."""
    score: int | None = element(default=None)
    """How fit it is to run the engine; larger is better."""
    global_maintenance: bool | None = element(default=None)
    """Whether no host moves or restarts the engine at present."""
    local_maintenance: bool | None = element(default=None)
    """Whether this host is not to run the engine at present."""


class PmProxy(Struct, tag="pm_proxy", api_name="PmProxy"):
    """Where the engine looks for another host to fence a host from."""

    type: PmProxyType | None = element(default=None)
    """Which hosts it looks among."""


class PowerManagement(Struct, tag="power_management", api_name="PowerManagement"):
    """How the engine switches a host off and on through its management board (fencing)."""

    enabled: bool | None = element(default=None)
    """Whether the engine may switch the host off and on."""
    address: str | None = element(default=None)
    """The management board's address or host name."""
    username: str | None = element(default=None)
    """The user to log in to the board as."""
    password: str | None = element(default=None)
    """The password for the board."""
    options: list[Option] | None = entries("options", "option", default=None)
    """Further settings of the fence agent."""
    status: PowerManagementStatus | None = element(default=None)
    """Whether the host has power."""
    pm_proxies: list[PmProxy] | None = entries("pm_proxies", "pm_proxy", default=None)
    """Where to look for a host to fence from, in order."""
    agents: list[Agent] | None = entries("agents", "agent", default=None)
    """The fence agents, tried in their order."""
    automatic_pm_enabled: bool | None = element(default=None)
    """Whether scheduling may switch the host off when little is to do."""
    kdump_detection: bool | None = element(default=None)
    """Whether a host that is dumping its crashed kernel is spared."""
    type: str | None = element(default=None)
    """The kind of fence agent, such as `ipmilan`."""


class SELinux(Struct, tag="se_linux", api_name="SeLinux"):
    """How a host applies SELinux."""

    mode: SeLinuxMode | None = element(default=None)
    """The mode it is in."""


class SPM(Struct, tag="spm", api_name="Spm"):
    """A host's part in managing a data center's storage (Storage Pool Manager)."""

    priority: int | None = element(default=None)
    """How readily it takes the part, higher first; -1: never."""
    status: SpmStatus | None = element(default=None)
    """Whether it has the part now."""


class VmSummary(Struct, tag="vm_summary", api_name="VmSummary"):
    """How many virtual machines a host has."""

    active: int | None = element(default=None)
    """How many run on it."""
    migrating: int | None = element(default=None)
    """How many are migrating to or from it."""
    total: int | None = element(default=None)
    """How many are on it in all."""
