"""What every area builds on: identity, properties, versions, statistics, tags."""

# Generated from codegen/facts by `python -m codegen`: change those, not this file.

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.models.base import BaseResource, BaseResources, Struct
from rhev.models.declare import attr, element, entries, members
from rhev.models.scalars import Enumeration

if TYPE_CHECKING:
    from rhev.models.access import Group, User
    from rhev.models.devices import NIC
    from rhev.models.disks import Disk
    from rhev.models.engine import Step
    from rhev.models.gluster import GlusterBrick, GlusterVolume
    from rhev.models.hardware import NumaNode
    from rhev.models.hosts import Host
    from rhev.models.networks import HostNIC
    from rhev.models.templates import Template
    from rhev.models.virtual_machines import VM


class InheritableBoolean(Enumeration):
    """Yes, no, or as the level above has it: the cluster, then the engine."""

    TRUE = "true"
    FALSE = "false"
    INHERIT = "inherit"
    """As the level above has it."""


class StatisticKind(Enumeration):
    """How a statistic moves."""

    COUNTER = "counter"
    """Up only."""
    GAUGE = "gauge"
    """Up and down."""


class StatisticUnit(Enumeration):
    """What a statistic is counted in."""

    BITS_PER_SECOND = "bits_per_second"
    BYTES = "bytes"
    BYTES_PER_SECOND = "bytes_per_second"
    COUNT_PER_SECOND = "count_per_second"
    """Things or events per second."""
    NONE = "none"
    """Nothing: it is a bare number."""
    PERCENT = "percent"
    SECONDS = "seconds"


class ValueType(Enumeration):
    """What kind of value a statistic has."""

    DECIMAL = "decimal"
    INTEGER = "integer"
    STRING = "string"


class Identified(BaseResource, tag="identified", api_name="Identified"):
    """What every resource has: an identifier and the words people know it by."""

    id: str | None = attr(default=None)
    """The engine's identifier, a UUID for most kinds."""
    name: str | None = element(default=None)
    """The name, which many kinds require to be unique."""
    description: str | None = element(default=None)
    """What it is for, in the administrator's words."""
    comment: str | None = element(default=None)
    """A free remark."""


class Certificate(Identified, tag="certificate", api_name="Certificate"):
    """An X.509 certificate."""

    organization: str | None = element(default=None)
    """The organization that it names."""
    subject: str | None = element(default=None)
    """The subject that it was issued to."""
    content: str | None = element(default=None)
    """The certificate itself, in PEM."""


class Certificates(
    BaseResources["Certificate"],
    tag="certificates",
    api_name="Certificate",
    member="certificate",
):
    """A collection of :class:`Certificate`."""

    certificate: list[Certificate] = members("certificate", default_factory=list)


class CustomProperty(Struct, tag="custom_property", api_name="CustomProperty"):
    """A setting beyond those of the API, which hooks on the host act upon."""

    name: str | None = element(default=None)
    """Its name, one of those that the engine was told of."""
    value: str | None = element(default=None)
    """Its value."""
    regexp: str | None = element(default=None)
    """What values are allowed, as a regular expression."""


class Option(Struct, tag="option", api_name="Option"):
    """A setting of a fence agent."""

    name: str | None = element(default=None)
    """The setting's name."""
    value: str | None = element(default=None)
    """The setting's value."""
    type: str | None = element(default=None)
    """The kind of value: text, number or yes and no."""


class Property(Struct, tag="property", api_name="Property"):
    """A name with a value."""

    name: str | None = element(default=None)
    """The name."""
    value: str | None = element(default=None)
    """The value."""


class Statistic(Identified, tag="statistic", api_name="Statistic"):
    """A quantity measured on a disk, host, NIC, virtual machine or the like, with its value."""

    values: list[Value] | None = entries("values", "value", default=None)
    """What was measured; one value, as a rule."""
    kind: StatisticKind | None = element(default=None)
    """Whether it goes up only or up and down."""
    type: ValueType | None = element(default=None)
    """What kind of number it is."""
    unit: StatisticUnit | None = element(default=None)
    """What it is counted in."""
    disk: Disk | None = element(default=None)
    """The disk it was measured on."""
    host: Host | None = element(default=None)
    """The host it was measured on."""
    host_nic: HostNIC | None = element(default=None)
    """The host's network interface it was measured on."""
    host_numa_node: NumaNode | None = element(default=None)
    """The host's NUMA node it was measured on."""
    nic: NIC | None = element(default=None)
    """The virtual machine's NIC it was measured on."""
    vm: VM | None = element(default=None)
    """The virtual machine it was measured on."""
    brick: GlusterBrick | None = element(default=None)
    """The Gluster brick it was measured on."""
    step: Step | None = element(default=None)
    """The step of a job it was measured on."""
    gluster_volume: GlusterVolume | None = element(default=None)
    """The Gluster volume it was measured on."""


class Statistics(
    BaseResources["Statistic"],
    tag="statistics",
    api_name="Statistic",
    member="statistic",
):
    """A collection of :class:`Statistic`."""

    statistic: list[Statistic] = members("statistic", default_factory=list)


class Tag(Identified, tag="tag", api_name="Tag"):
    """A word to sort hosts, machines, users, groups and templates by; tags form a tree."""

    host: Host | None = element(default=None)
    """The host that has it."""
    vm: VM | None = element(default=None)
    """The virtual machine that has it."""
    user: User | None = element(default=None)
    """The user who has it."""
    group: Group | None = element(default=None)
    """The group that has it."""
    template: Template | None = element(default=None)
    """The template that has it."""
    parent: Tag | None = element(default=None)
    """The tag it is under."""


class Tags(
    BaseResources["Tag"],
    tag="tags",
    api_name="Tag",
    member="tag",
):
    """A collection of :class:`Tag`."""

    tag: list[Tag] = members("tag", default_factory=list)


class Value(Struct, tag="value", api_name="Value"):
    """One measured value."""

    datum: float | None = element(default=None)
    """The value, if it is a number."""
    detail: str | None = element(default=None)
    """The value, if it is text."""


class Version(Identified, tag="version", api_name="Version"):
    """A version of the engine, a cluster, a package or an operating system."""

    major: int | None = element(default=None)
    """The first number."""
    minor: int | None = element(default=None)
    """The second number."""
    build: int | None = element(default=None)
    """The third number."""
    revision: int | None = element(default=None)
    """The fourth number."""
    full_version: str | None = element(default=None)
    """The whole version as text, if it is more than numbers."""
