"""NUMA nodes of hosts and virtual machines."""

# Generated from codegen/facts by `python -m codegen`: change those, not this file.

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.mapping.declare import collection, element, entries, members
from rhev.mapping.resources import BaseResources
from rhev.mapping.structure import Struct
from rhev.models.common import Identified

if TYPE_CHECKING:
    from typing import Never, Self

    from typing_extensions import TypeVar

    from rhev.mapping.offers import Offers
    from rhev.models.hardware import CPU, NumaTuneMode
    from rhev.models.hosts import Host
    from rhev.models.statistics import Statistic
    from rhev.models.virtual_machines import VM

    # What a collection holds: resources of the class, or of a user's subclass.
    NumaNode_co = TypeVar("NumaNode_co", bound="NumaNode", default="NumaNode", covariant=True)
    VirtualNumaNode_co = TypeVar(
        "VirtualNumaNode_co", bound="VirtualNumaNode", default="VirtualNumaNode", covariant=True
    )


class NumaNode(Identified, tag="host_numa_node", api_name="NumaNode"):
    """A host's NUMA node: some of its CPUs and the memory next to them."""

    index: int | None = element(default=None)
    """The node's number on the host."""
    memory: int | None = element(default=None)
    """The node's memory, in MiB."""
    cpu: CPU | None = element(default=None)
    """The CPU cores of the node."""
    node_distance: str | None = element(default=None)
    """The relative cost of reaching each node's memory, separated by spaces."""
    host: Host | None = element(default=None)
    """The host it belongs to."""
    statistics: list[Statistic] | None = collection("statistics", "statistic", default=None)
    """Its memory and CPU use, measured. None unless it was followed."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> NumaNodes[Self]: ...


class NumaNodes(
    BaseResources["NumaNode_co"],
    tag="host_numa_nodes",
    api_name="NumaNode",
    member="host_numa_node",
):
    """A collection of :class:`NumaNode`."""

    host_numa_node: list[NumaNode] = members("host_numa_node", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> NumaNodes: ...


class NumaNodePin(Struct, tag="numa_node_pin", api_name="NumaNodePin"):
    """The host's NUMA node that a virtual one is pinned to."""

    host_numa_node: NumaNode | None = element(default=None)
    """Not in use. Deprecated."""
    pinned: bool | None = element(default=None)
    """Not in use; always true. Deprecated."""
    index: int | None = element(default=None)
    """The number of the host's NUMA node."""


class VirtualNumaNode(NumaNode, tag="vm_numa_node", api_name="VirtualNumaNode"):
    """A virtual machine's NUMA node: some of its virtual CPUs and memory."""

    numa_node_pins: list[NumaNodePin] | None = entries(
        "numa_node_pins", "numa_node_pin", default=None
    )
    """The host's NUMA nodes it is pinned to."""
    numa_tune_mode: NumaTuneMode | None = element(default=None)
    """How strictly its memory is kept on those nodes."""
    vm: VM | None = element(default=None)
    """The virtual machine it belongs to."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(  # type: ignore[override]
            cls,
        ) -> VirtualNumaNodes[Self]: ...


class VirtualNumaNodes(
    BaseResources["VirtualNumaNode_co"],
    tag="vm_numa_nodes",
    api_name="VirtualNumaNode",
    member="vm_numa_node",
):
    """A collection of :class:`VirtualNumaNode`."""

    vm_numa_node: list[VirtualNumaNode] = members("vm_numa_node", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> VirtualNumaNodes: ...
