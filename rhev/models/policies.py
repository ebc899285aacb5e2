"""Scheduling policies and affinity."""

# Generated from codegen/facts by `python -m codegen`: change those, not this file.

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.mapping.declare import collection, element, entries, members
from rhev.mapping.resources import BaseResources
from rhev.mapping.scalars import Enumeration
from rhev.mapping.structure import Struct
from rhev.models.common import Identified

if TYPE_CHECKING:
    from typing import Never, Self

    from typing_extensions import TypeVar

    from rhev.mapping.offers import Offers
    from rhev.models.clusters import Cluster
    from rhev.models.common import Property
    from rhev.models.hosts import Host
    from rhev.models.virtual_machines import VM

    # What a collection holds: resources of the class, or of a user's subclass.
    AffinityGroup_co = TypeVar(
        "AffinityGroup_co", bound="AffinityGroup", default="AffinityGroup", covariant=True
    )
    AffinityLabel_co = TypeVar(
        "AffinityLabel_co", bound="AffinityLabel", default="AffinityLabel", covariant=True
    )
    Balance_co = TypeVar("Balance_co", bound="Balance", default="Balance", covariant=True)
    Filter_co = TypeVar("Filter_co", bound="Filter", default="Filter", covariant=True)
    SchedulingPolicy_co = TypeVar(
        "SchedulingPolicy_co", bound="SchedulingPolicy", default="SchedulingPolicy", covariant=True
    )
    SchedulingPolicyUnit_co = TypeVar(
        "SchedulingPolicyUnit_co",
        bound="SchedulingPolicyUnit",
        default="SchedulingPolicyUnit",
        covariant=True,
    )
    Weight_co = TypeVar("Weight_co", bound="Weight", default="Weight", covariant=True)


class PolicyUnitType(Enumeration):
    """What a scheduling rule does."""

    FILTER = "filter"
    """Rules hosts out."""
    WEIGHT = "weight"
    """Ranks the hosts left."""
    LOAD_BALANCING = "load_balancing"
    """Decides when to move machines between hosts."""


class AffinityGroup(Identified, tag="affinity_group", api_name="AffinityGroup"):
    """A rule that keeps virtual machines together or apart, or on or off certain hosts of a
    cluster.
    """

    positive: bool | None = element(default=None)
    """Whether the members should share a host (true) or avoid each other; see vms_rule. Deprecated.
    """
    enforcing: bool | None = element(default=None)
    """Whether the rule must hold, rather than be tried; see vms_rule. Deprecated."""
    vms_rule: AffinityRule | None = element(default=None)
    """The rule between the virtual machines of the group. Since 4.1."""
    hosts_rule: AffinityRule | None = element(default=None)
    """The rule between the virtual machines and the hosts of the group. Since 4.1."""
    priority: float | None = element(default=None)
    """How the scheduler weighs the group against others; larger is stronger. Since 4.3.6."""
    broken: bool | None = element(default=None)
    """Whether any of the rules is not met at present; read only. Since 4.4.8."""
    cluster: Cluster | None = element(default=None)
    """The cluster it belongs to."""
    vms: list[VM] | None = collection("vms", "vm", default=None)
    """The virtual machines of the group. None unless it was followed."""
    hosts: list[Host] | None = collection("hosts", "host", default=None)
    """The hosts of the group. None unless it was followed. Since 4.1."""
    vm_labels: list[AffinityLabel] | None = collection("vm_labels", "affinity_label", default=None)
    """The labels whose virtual machines are members as well. None unless it was followed. Since
    4.3.6.
    """
    host_labels: list[AffinityLabel] | None = collection(
        "host_labels", "affinity_label", default=None
    )
    """The labels whose hosts are members as well. None unless it was followed. Since 4.3.6."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> AffinityGroups[Self]: ...


class AffinityGroups(
    BaseResources["AffinityGroup_co"],
    tag="affinity_groups",
    api_name="AffinityGroup",
    member="affinity_group",
):
    """A collection of :class:`AffinityGroup`."""

    affinity_group: list[AffinityGroup] = members("affinity_group", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> AffinityGroups: ...


class AffinityLabel(Identified, tag="affinity_label", api_name="AffinityLabel"):
    """A label on hosts and virtual machines by which the scheduler and affinity groups choose."""

    hosts: list[Host] | None = collection("hosts", "host", default=None)
    """The hosts that bear the label. None unless it was followed."""
    vms: list[VM] | None = collection("vms", "vm", default=None)
    """The virtual machines that bear the label. None unless it was followed."""
    read_only: bool | None = element(default=None)
    """Whether the engine keeps the label itself, so that it cannot be changed."""
    has_implicit_affinity_group: bool | None = element(default=None)
    """Whether the label alone binds its machines to its hosts; up to level 4.3. Since 4.3.6."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> AffinityLabels[Self]: ...


class AffinityLabels(
    BaseResources["AffinityLabel_co"],
    tag="affinity_labels",
    api_name="AffinityLabel",
    member="affinity_label",
):
    """A collection of :class:`AffinityLabel`."""

    affinity_label: list[AffinityLabel] = members("affinity_label", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> AffinityLabels: ...


class AffinityRule(Struct, tag="affinity_rule", api_name="AffinityRule"):
    """One rule of an affinity group: for its virtual machines, or for its hosts. Since 4.1."""

    positive: bool | None = element(default=None)
    """Whether to bring together (true) or to keep apart. Since 4.1."""
    enforcing: bool | None = element(default=None)
    """Whether the rule must hold (true) or is only tried. Since 4.1."""
    enabled: bool | None = element(default=None)
    """Whether the rule is in force; true where it is not said. Since 4.1."""


class Balance(Identified, tag="balance", api_name="Balance"):
    """A load balancer within a scheduling policy: it says when to move virtual machines away."""

    scheduling_policy: SchedulingPolicy | None = element(default=None)
    """The policy it belongs to."""
    scheduling_policy_unit: SchedulingPolicyUnit | None = element(default=None)
    """The unit that does the balancing."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> Balances[Self]: ...


class Balances(
    BaseResources["Balance_co"],
    tag="balances",
    api_name="Balance",
    member="balance",
):
    """A collection of :class:`Balance`."""

    balance: list[Balance] = members("balance", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> Balances: ...


class Filter(Identified, tag="filter", api_name="Filter"):
    """A filter within a scheduling policy: it rules out hosts that cannot run a virtual machine."""

    position: int | None = element(default=None)
    """When it is applied: -1 first, 0 in no order, 1 last."""
    scheduling_policy_unit: SchedulingPolicyUnit | None = element(default=None)
    """The unit that does the filtering."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> Filters[Self]: ...


class Filters(
    BaseResources["Filter_co"],
    tag="filters",
    api_name="Filter",
    member="filter",
):
    """A collection of :class:`Filter`."""

    filter: list[Filter] = members("filter", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> Filters: ...


class SchedulingPolicy(Identified, tag="scheduling_policy", api_name="SchedulingPolicy"):
    """How the engine chooses hosts for virtual machines in a cluster."""

    locked: bool | None = element(default=None)
    """Whether it is one of the engine's own and cannot be changed."""
    default_policy: bool | None = element(default=None)
    """Whether new clusters get it."""
    properties: list[Property] | None = entries("properties", "property", default=None)
    """Settings of its units, as names and values."""
    balances: list[Balance] | None = collection("balances", "balance", default=None)
    """The unit that decides when to move machines between hosts. None unless it was followed."""
    filters: list[Filter] | None = collection("filters", "filter", default=None)
    """The units that rule hosts out. None unless it was followed."""
    weight: list[Weight] | None = entries("weight", "weight", default=None)
    """The units that rank the hosts left, with their factors."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> SchedulingPolicies[Self]: ...


class SchedulingPolicies(
    BaseResources["SchedulingPolicy_co"],
    tag="scheduling_policies",
    api_name="SchedulingPolicy",
    member="scheduling_policy",
):
    """A collection of :class:`SchedulingPolicy`."""

    scheduling_policy: list[SchedulingPolicy] = members("scheduling_policy", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> SchedulingPolicies: ...


class SchedulingPolicyUnit(
    Identified, tag="scheduling_policy_unit", api_name="SchedulingPolicyUnit"
):
    """A rule that scheduling policies are made of."""

    type: PolicyUnitType | None = element(default=None)
    """What the rule does."""
    internal: bool | None = element(default=None)
    """Whether it is the engine's own."""
    enabled: bool | None = element(default=None)
    """Whether it is in use."""
    properties: list[Property] | None = entries("properties", "property", default=None)
    """The settings it takes, with the pattern each must match."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> SchedulingPolicyUnits[Self]: ...


class SchedulingPolicyUnits(
    BaseResources["SchedulingPolicyUnit_co"],
    tag="scheduling_policy_units",
    api_name="SchedulingPolicyUnit",
    member="scheduling_policy_unit",
):
    """A collection of :class:`SchedulingPolicyUnit`."""

    scheduling_policy_unit: list[SchedulingPolicyUnit] = members(
        "scheduling_policy_unit", default_factory=list
    )

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> SchedulingPolicyUnits: ...


class Weight(Identified, tag="weight", api_name="Weight"):
    """A unit that ranks hosts, with its factor, in a scheduling policy."""

    factor: int | None = element(default=None)
    """How much it counts among the policy's weights."""
    scheduling_policy: SchedulingPolicy | None = element(default=None)
    """The policy it is in."""
    scheduling_policy_unit: SchedulingPolicyUnit | None = element(default=None)
    """The rule that ranks."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> Weights[Self]: ...


class Weights(
    BaseResources["Weight_co"],
    tag="weights",
    api_name="Weight",
    member="weight",
):
    """A collection of :class:`Weight`."""

    weight: list[Weight] = members("weight", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> Weights: ...
