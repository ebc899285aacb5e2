"""What is measured: statistics and their values."""

# Generated from codegen/facts by `python -m codegen`: change those, not this file.

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.mapping.declare import element, entries, members
from rhev.mapping.resources import BaseResources
from rhev.mapping.scalars import Enumeration
from rhev.mapping.structure import Struct
from rhev.models.common import Identified

if TYPE_CHECKING:
    from typing import Never, Self

    from typing_extensions import TypeVar

    from rhev.mapping.offers import Offers
    from rhev.models.activity import Step
    from rhev.models.devices import NIC
    from rhev.models.disks import Disk
    from rhev.models.gluster import GlusterBrick, GlusterVolume
    from rhev.models.hosts import Host
    from rhev.models.networks import HostNIC
    from rhev.models.numa import NumaNode
    from rhev.models.virtual_machines import VM

    # What a collection holds: resources of the class, or of a user's subclass.
    Statistic_co = TypeVar("Statistic_co", bound="Statistic", default="Statistic", covariant=True)


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

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> Statistics[Self]: ...


class Statistics(
    BaseResources["Statistic_co"],
    tag="statistics",
    api_name="Statistic",
    member="statistic",
):
    """A collection of :class:`Statistic`."""

    statistic: list[Statistic] = members("statistic", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> Statistics: ...


class Value(Struct, tag="value", api_name="Value"):
    """One measured value."""

    datum: float | None = element(default=None)
    """The value, if it is a number."""
    detail: str | None = element(default=None)
    """The value, if it is text."""
