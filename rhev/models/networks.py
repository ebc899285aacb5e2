"""Logical networks, vNIC profiles, MAC pools, and the interfaces of hosts that carry them."""

# Generated from codegen/facts by `python -m codegen`: change those, not this file.

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.mapping.declare import attr, collection, element, entries, members
from rhev.mapping.resources import BaseResources
from rhev.mapping.scalars import Enumeration, StatusEnumeration
from rhev.mapping.structure import Struct
from rhev.models.common import Identified

if TYPE_CHECKING:
    from typing import Literal, Never, Self, Unpack

    from typing_extensions import TypeVar

    from rhev.mapping.offers import Offers
    from rhev.mapping.parameters import Polling
    from rhev.mapping.scalars import IPAddress, MACAddress
    from rhev.models.access import Permission
    from rhev.models.clusters import Cluster
    from rhev.models.common import CustomProperty, Option, Property, Version
    from rhev.models.data_centers import DataCenter
    from rhev.models.devices import NIC
    from rhev.models.engine import Action
    from rhev.models.external import OpenStackNetworkProvider
    from rhev.models.hosts import Host
    from rhev.models.limits import QoS
    from rhev.models.statistics import Statistic

    # What a collection holds: resources of the class, or of a user's subclass.
    HostNIC_co = TypeVar("HostNIC_co", bound="HostNIC", default="HostNIC", covariant=True)
    LinkLayerDiscoveryProtocolElement_co = TypeVar(
        "LinkLayerDiscoveryProtocolElement_co",
        bound="LinkLayerDiscoveryProtocolElement",
        default="LinkLayerDiscoveryProtocolElement",
        covariant=True,
    )
    MacPool_co = TypeVar("MacPool_co", bound="MacPool", default="MacPool", covariant=True)
    Network_co = TypeVar("Network_co", bound="Network", default="Network", covariant=True)
    NetworkAttachment_co = TypeVar(
        "NetworkAttachment_co",
        bound="NetworkAttachment",
        default="NetworkAttachment",
        covariant=True,
    )
    NetworkFilter_co = TypeVar(
        "NetworkFilter_co", bound="NetworkFilter", default="NetworkFilter", covariant=True
    )
    NetworkFilterParameter_co = TypeVar(
        "NetworkFilterParameter_co",
        bound="NetworkFilterParameter",
        default="NetworkFilterParameter",
        covariant=True,
    )
    NetworkLabel_co = TypeVar(
        "NetworkLabel_co", bound="NetworkLabel", default="NetworkLabel", covariant=True
    )
    UnmanagedNetwork_co = TypeVar(
        "UnmanagedNetwork_co", bound="UnmanagedNetwork", default="UnmanagedNetwork", covariant=True
    )
    VnicProfile_co = TypeVar(
        "VnicProfile_co", bound="VnicProfile", default="VnicProfile", covariant=True
    )


class BootProtocol(Enumeration):
    """How a network interface gets its IP address."""

    AUTOCONF = "autoconf"
    """By stateless autoconfiguration (SLAAC); IPv6 only."""
    DHCP = "dhcp"
    """From a DHCP server."""
    POLY_DHCP_AUTOCONF = "poly_dhcp_autoconf"
    """From DHCP and by autoconfiguration, both; IPv6 only."""
    STATIC = "static"
    """It is given address, netmask and gateway."""
    NONE = "none"
    """It gets none."""


class IpVersion(Enumeration):
    """A version of the Internet Protocol."""

    V4 = "v4"
    V6 = "v6"


class NetworkStatus(StatusEnumeration):
    """Whether all the hosts that need a network have it."""

    OPERATIONAL = "operational"
    """They do."""
    NON_OPERATIONAL = "non_operational"
    """The network is required and an active host lacks it."""


class NetworkUsage(Enumeration):
    """What a cluster uses a network for."""

    DEFAULT_ROUTE = "default_route"
    """The hosts' default gateway and DNS servers."""
    DISPLAY = "display"
    """Graphical consoles."""
    GLUSTER = "gluster"
    """Gluster's traffic between bricks."""
    MANAGEMENT = "management"
    """The engine's traffic with the hosts."""
    MIGRATION = "migration"
    """Migrations."""
    VM = "vm"
    """Virtual machines."""


class NicStatus(StatusEnumeration):
    """Whether a host's network interface has a link."""

    DOWN = "down"
    """It has not."""
    UP = "up"
    """It has."""


class VnicPassThroughMode(Enumeration):
    """Whether NICs are the host's own SR-IOV functions."""

    ENABLED = "enabled"
    """They are."""
    DISABLED = "disabled"
    """They are emulated."""


class Bonding(Struct, tag="bonding", api_name="Bonding"):
    """Several interfaces of a host joined into one."""

    options: list[Option] | None = entries("options", "option", default=None)
    """The mode and other options of the bond."""
    slaves: list[HostNIC] | None = entries("slaves", "host_nic", default=None)
    """The interfaces that are joined."""
    active_slave: HostNIC | None = element(default=None)
    """The interface that carries the traffic, in modes with only one; read only. Since 4.1.0."""
    ad_partner_mac: MAC | None = element(default=None)
    """The MAC address of the other end, in mode 4 (802.3ad); read only. Since 4.0.3."""


class DnsResolverConfiguration(
    Struct, tag="dns_resolver_configuration", api_name="DnsResolverConfiguration"
):
    """The name servers that a network gives its hosts. Since 4.1."""

    name_servers: list[IPAddress] | None = entries("name_servers", "name_server", default=None)
    """Their IPv4 or IPv6 addresses, in order. Since 4.1."""


class HostNIC(Identified, tag="host_nic", api_name="HostNic"):
    """A network interface of a host: a card, a bond, or a VLAN on one of them."""

    mac: MAC | None = element(default=None)
    """Its MAC address."""
    ip: IP | None = element(default=None)
    """Its IPv4 address, netmask and gateway."""
    ipv6: IP | None = element(default=None)
    """Its IPv6 address, prefix and gateway."""
    base_interface: str | None = element(default=None)
    """The interface that a VLAN is on."""
    vlan: VLAN | None = element(default=None)
    """The VLAN that it carries."""
    bonding: Bonding | None = element(default=None)
    """What it joins, if it is a bond."""
    boot_protocol: BootProtocol | None = element(default=None)
    """How it comes by its IPv4 address."""
    ipv6_boot_protocol: BootProtocol | None = element(default=None)
    """How it comes by its IPv6 address."""
    statistics: list[Statistic] | None = collection("statistics", "statistic", default=None)
    """Its rates and totals. None unless it was followed."""
    check_connectivity: bool | None = element(default=None)
    """Whether to roll back a change if the engine can no longer reach the host."""
    speed: int | None = element(default=None)
    """Its speed, in bits per second."""
    status: NicStatus | None = element(default=None)
    """Whether it has a link."""
    mtu: int | None = element(default=None)
    """The largest packet it carries, in bytes."""
    bridged: bool | None = element(default=None)
    """Whether a bridge is on it, so that virtual machines can use the network."""
    custom_configuration: bool | None = element(default=None)
    """Whether it differs from what its network says."""
    override_configuration: bool | None = element(default=None)
    """Whether to bring it back in line with its network."""
    network_labels: list[NetworkLabel] | None = collection(
        "network_labels", "network_label", default=None
    )
    """The labels on it, which attach networks by themselves. None unless it was followed."""
    properties: list[Property] | None = entries("properties", "property", default=None)
    """Custom properties of its network, such as bridge_opts."""
    ad_aggregator_id: int | None = element(default=None)
    """The aggregator that it is in, in bonds of mode 4 (802.3ad). Since 4.0.3."""
    host: Host | None = element(default=None)
    """The host it is in."""
    network: Network | None = element(default=None)
    """The network on it."""
    qos: QoS | None = element(default=None)
    """The limits on its traffic."""
    physical_function: HostNIC | None = element(default=None)
    """The interface that this virtual function belongs to."""
    virtual_functions_configuration: HostNicVirtualFunctionsConfiguration | None = element(
        default=None
    )
    """How many virtual functions it has, and for which networks."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Literal["update_virtual_functions_configuration"]]: ...

        @classmethod
        def _collection(cls) -> HostNics[Self]: ...

        def wait_for_status(  # type: ignore[override]
            self, *statuses: NicStatus | Literal["down", "up"], **polling: Unpack[Polling[Self]]
        ) -> Self: ...

    def update_virtual_functions_configuration(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        virtual_functions_configuration: HostNicVirtualFunctionsConfiguration | None = None,
    ) -> Action:
        """Change how many virtual functions a card with SR-IOV has, and which networks may use
        them.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``virtual_functions_configuration``: What to change: the number, whether all networks may
          use them, or both.
        """
        result: Action = self._act(
            "updatevirtualfunctionsconfiguration",
            action,
            {
                "async": async_,
                "virtual_functions_configuration": virtual_functions_configuration,
            },
        )
        return result


class HostNics(
    BaseResources["HostNIC_co"],
    tag="host_nics",
    api_name="HostNic",
    member="host_nic",
):
    """A collection of :class:`HostNIC`."""

    host_nic: list[HostNIC] = members("host_nic", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> HostNics: ...


class HostNicVirtualFunctionsConfiguration(
    Struct,
    tag="host_nic_virtual_functions_configuration",
    api_name="HostNicVirtualFunctionsConfiguration",
):
    """The virtual functions of a network card with SR-IOV."""

    max_number_of_virtual_functions: int | None = element(default=None)
    """How many the card can have; read only."""
    number_of_virtual_functions: int | None = element(default=None)
    """How many it has."""
    all_networks_allowed: bool | None = element(default=None)
    """Whether any network may use them, or only those listed."""


class IP(Struct, tag="ip", api_name="Ip"):
    """An IP address with the network around it."""

    address: IPAddress | None = element(default=None)
    """The IPv4 or IPv6 address."""
    netmask: str | None = element(default=None)
    """The IPv4 netmask, or the length of the IPv6 prefix (0 to 128)."""
    gateway: IPAddress | None = element(default=None)
    """The address of the default gateway."""
    version: IpVersion | None = element(default=None)
    """The IP version; the engine infers it from the address if not said."""


class IpAddressAssignment(Struct, tag="ip_address_assignment", api_name="IpAddressAssignment"):
    """An IP address for a host's network attachment, and how it is assigned."""

    ip: IP | None = element(default=None)
    """The address, when it is assigned statically."""
    assignment_method: BootProtocol | None = element(default=None)
    """How the address is assigned."""


class LinkLayerDiscoveryProtocolElement(
    Identified,
    tag="link_layer_discovery_protocol_element",
    api_name="LinkLayerDiscoveryProtocolElement",
):
    """One piece of what a switch told a host's network interface over LLDP. Since 4.1.6."""

    type: int | None = element(default=None)
    """The element's type number in IEEE 802.1AB; 127: organization's own. Since 4.1.6."""
    oui: int | None = element(default=None)
    """The organization's identifier (OUI) as a number, for type 127 only. Since 4.1.6."""
    subtype: int | None = element(default=None)
    """The organization's subtype, for type 127 only. Since 4.1.6."""
    properties: list[Property] | None = entries("properties", "property", default=None)
    """What the element says, as names and values. Since 4.1.6."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> LinkLayerDiscoveryProtocolElements[Self]: ...


class LinkLayerDiscoveryProtocolElements(
    BaseResources["LinkLayerDiscoveryProtocolElement_co"],
    tag="link_layer_discovery_protocol_elements",
    api_name="LinkLayerDiscoveryProtocolElement",
    member="link_layer_discovery_protocol_element",
):
    """A collection of :class:`LinkLayerDiscoveryProtocolElement`."""

    link_layer_discovery_protocol_element: list[LinkLayerDiscoveryProtocolElement] = members(
        "link_layer_discovery_protocol_element", default_factory=list
    )

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> LinkLayerDiscoveryProtocolElements: ...


class MAC(Struct, tag="mac", api_name="Mac"):
    """The MAC address of a network interface."""

    address: MACAddress | None = element(default=None)
    """The address, six hexadecimal pairs such as `00:1a:4a:16:01:51`."""


class MacPool(Identified, tag="mac_pool", api_name="MacPool"):
    """The ranges of MAC addresses that the engine gives out to virtual machines' NICs."""

    allow_duplicates: bool | None = element(default=None)
    """Whether one address may be used by more than one NIC."""
    default_pool: bool | None = element(default=None)
    """Whether clusters without a pool of their own use it."""
    ranges: list[Range] | None = entries("ranges", "range", default=None)
    """The ranges of addresses in the pool."""
    permissions: list[Permission] | None = collection("permissions", "permission", default=None)
    """Who may do what with it. None unless it was followed. Since 4.4.3."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> MacPools[Self]: ...


class MacPools(
    BaseResources["MacPool_co"],
    tag="mac_pools",
    api_name="MacPool",
    member="mac_pool",
):
    """A collection of :class:`MacPool`."""

    mac_pool: list[MacPool] = members("mac_pool", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> MacPools: ...


class Network(Identified, tag="network", api_name="Network"):
    """A logical network of a data center, and how a cluster uses it."""

    ip: IP | None = element(default=None)
    """Not in use. Deprecated."""
    vlan: VLAN | None = element(default=None)
    """The VLAN tag; absent for an untagged network."""
    stp: bool | None = element(default=None)
    """Whether the hosts' bridges speak the spanning tree protocol."""
    status: NetworkStatus | None = element(default=None)
    """Whether all the hosts that need the network have it."""
    display: bool | None = element(default=None)
    """Whether consoles use it; superseded by `usages`. Deprecated."""
    mtu: int | None = element(default=None)
    """The largest packet, in bytes of payload; 0: the engine's default."""
    usages: list[NetworkUsage] | None = entries("usages", "usage", default=None)
    """What the cluster uses the network for."""
    required: bool | None = element(default=None)
    """Whether a host without it becomes non-operational."""
    profile_required: bool | None = element(default=None)
    """Whether adding the network adds a vNIC profile, too."""
    dns_resolver_configuration: DnsResolverConfiguration | None = element(default=None)
    """The DNS servers that hosts on this network use. Since 4.2."""
    vdsm_name: str | None = element(default=None)
    """The network's name on the hosts, if its own does not suit a bridge."""
    data_center: DataCenter | None = element(default=None)
    """The data center it belongs to."""
    cluster: Cluster | None = element(default=None)
    """The cluster it is seen from."""
    qos: QoS | None = element(default=None)
    """The limits on the hosts' traffic on it."""
    network_labels: list[NetworkLabel] | None = collection(
        "network_labels", "network_label", default=None
    )
    """The labels that put it on host interfaces of the same label. None unless it was followed."""
    permissions: list[Permission] | None = collection("permissions", "permission", default=None)
    """Who may do what with it. None unless it was followed."""
    vnic_profiles: list[VnicProfile] | None = collection(
        "vnic_profiles", "vnic_profile", default=None
    )
    """The vNIC profiles by which virtual machines use it. None unless it was followed."""
    external_provider: OpenStackNetworkProvider | None = element(default=None)
    """The provider that implements it, for an external network. Since 4.2."""
    external_provider_physical_network: Network | None = element(default=None)
    """The network an external one runs over. Since 4.2."""
    port_isolation: bool | None = element(default=None)
    """Whether machines on one host cannot reach each other; set when adding only. Since 4.4.3."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> Networks[Self]: ...

        def wait_for_status(  # type: ignore[override]
            self,
            *statuses: NetworkStatus | Literal["operational", "non_operational"],
            **polling: Unpack[Polling[Self]],
        ) -> Self: ...


class Networks(
    BaseResources["Network_co"],
    tag="networks",
    api_name="Network",
    member="network",
):
    """A collection of :class:`Network`."""

    network: list[Network] = members("network", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> Networks: ...


class NetworkAttachment(Identified, tag="network_attachment", api_name="NetworkAttachment"):
    """A logical network on a host's network interface, with the IP addresses it has there."""

    ip_address_assignments: list[IpAddressAssignment] | None = entries(
        "ip_address_assignments", "ip_address_assignment", default=None
    )
    """The host's addresses on the network."""
    properties: list[Property] | None = entries("properties", "property", default=None)
    """Settings of the host's bridge or interface, such as `bridge_opts`."""
    in_sync: bool | None = element(default=None)
    """Whether the host's configuration is what the engine wants."""
    reported_configurations: list[ReportedConfiguration] | None = entries(
        "reported_configurations", "reported_configuration", default=None
    )
    """What the engine wants of the host and what it has, one by one."""
    dns_resolver_configuration: DnsResolverConfiguration | None = element(default=None)
    """The DNS servers that the host uses by this network. Since 4.2."""
    network: Network | None = element(default=None)
    """The logical network attached."""
    host_nic: HostNIC | None = element(default=None)
    """The host's interface it is attached to."""
    host: Host | None = element(default=None)
    """The host it is on."""
    qos: QoS | None = element(default=None)
    """The limits on the host's traffic, instead of the network's own."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> NetworkAttachments[Self]: ...


class NetworkAttachments(
    BaseResources["NetworkAttachment_co"],
    tag="network_attachments",
    api_name="NetworkAttachment",
    member="network_attachment",
):
    """A collection of :class:`NetworkAttachment`."""

    network_attachment: list[NetworkAttachment] = members(
        "network_attachment", default_factory=list
    )

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> NetworkAttachments: ...


class NetworkFilter(Identified, tag="network_filter", api_name="NetworkFilter"):
    """A libvirt rule on which packets a virtual machine's NIC may send and receive."""

    version: Version | None = element(default=None)
    """The libvirt version that brought it."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> NetworkFilters[Self]: ...


class NetworkFilters(
    BaseResources["NetworkFilter_co"],
    tag="network_filters",
    api_name="NetworkFilter",
    member="network_filter",
):
    """A collection of :class:`NetworkFilter`."""

    network_filter: list[NetworkFilter] = members("network_filter", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> NetworkFilters: ...


class NetworkFilterParameter(
    Identified, tag="network_filter_parameter", api_name="NetworkFilterParameter"
):
    """A value for a variable in the network filter of a NIC. Since 4.2."""

    value: str | None = element(default=None)
    """The value. Since 4.2."""
    nic: NIC | None = element(default=None)
    """The NIC it applies to. Since 4.2."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> NetworkFilterParameters[Self]: ...


class NetworkFilterParameters(
    BaseResources["NetworkFilterParameter_co"],
    tag="network_filter_parameters",
    api_name="NetworkFilterParameter",
    member="network_filter_parameter",
):
    """A collection of :class:`NetworkFilterParameter`."""

    network_filter_parameter: list[NetworkFilterParameter] = members(
        "network_filter_parameter", default_factory=list
    )

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> NetworkFilterParameters: ...


class NetworkLabel(Identified, tag="network_label", api_name="NetworkLabel"):
    """A label: networks that have it go onto each host interface that has it. Its `id` is the text."""

    network: Network | None = element(default=None)
    """The network that has it."""
    host_nic: HostNIC | None = element(default=None)
    """The host's interface that has it."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> NetworkLabels[Self]: ...


class NetworkLabels(
    BaseResources["NetworkLabel_co"],
    tag="network_labels",
    api_name="NetworkLabel",
    member="network_label",
):
    """A collection of :class:`NetworkLabel`."""

    network_label: list[NetworkLabel] = members("network_label", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> NetworkLabels: ...


class PortMirroring(Struct, tag="port_mirroring", api_name="PortMirroring"):
    """Port mirroring. It has no attributes and nothing uses it."""


class Range(Struct, tag="range", api_name="Range"):
    """A range of MAC addresses, both ends included."""

    from_: MACAddress | None = element("from", default=None)
    """The first MAC address."""
    to: MACAddress | None = element(default=None)
    """The last MAC address."""


class ReportedConfiguration(Struct, tag="reported_configuration", api_name="ReportedConfiguration"):
    """One setting of a network on a host: what the engine wants and what the host has."""

    name: str | None = element(default=None)
    """The setting's name."""
    expected_value: str | None = element(default=None)
    """What the engine wants."""
    actual_value: str | None = element(default=None)
    """What the host has."""
    in_sync: bool | None = element(default=None)
    """Whether the two agree."""


class UnmanagedNetwork(Identified, tag="unmanaged_network", api_name="UnmanagedNetwork"):
    """A network found on a host that the engine does not know."""

    host_nic: HostNIC | None = element(default=None)
    """The host's interface it is on."""
    host: Host | None = element(default=None)
    """The host it is on."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> UnmanagedNetworks[Self]: ...


class UnmanagedNetworks(
    BaseResources["UnmanagedNetwork_co"],
    tag="unmanaged_networks",
    api_name="UnmanagedNetwork",
    member="unmanaged_network",
):
    """A collection of :class:`UnmanagedNetwork`."""

    unmanaged_network: list[UnmanagedNetwork] = members("unmanaged_network", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> UnmanagedNetworks: ...


class VLAN(Struct, tag="vlan", api_name="Vlan"):
    """A VLAN."""

    id: int | None = attr(default=None)
    """The VLAN tag, 0 to 4094."""


class VnicPassThrough(Struct, tag="vnic_pass_through", api_name="VnicPassThrough"):
    """Whether NICs are the host's own SR-IOV functions rather than emulated cards."""

    mode: VnicPassThroughMode | None = element(default=None)
    """Whether they are."""


class VnicProfile(Identified, tag="vnic_profile", api_name="VnicProfile"):
    """A way for virtual machines' NICs to use a network: with what limits, filter and rights."""

    port_mirroring: bool | None = element(default=None)
    """Whether the NIC sees the network's other traffic on its host."""
    custom_properties: list[CustomProperty] | None = entries(
        "custom_properties", "custom_property", default=None
    )
    """Settings for hooks on the hosts, as names and values."""
    pass_through: VnicPassThrough | None = element(default=None)
    """Whether NICs are SR-IOV functions; excludes `qos` and `port_mirroring`."""
    migratable: bool | None = element(default=None)
    """Whether machines with pass-through NICs may migrate (true if not said). Since 4.1."""
    network: Network | None = element(default=None)
    """The network it leads to."""
    qos: QoS | None = element(default=None)
    """The limits on the NICs' traffic."""
    network_filter: NetworkFilter | None = element(default=None)
    """The rule on the packets that NICs may send and receive."""
    failover: VnicProfile | None = element(default=None)
    """The profile a pass-through NIC falls back to while it migrates. Since 4.4.6."""
    permissions: list[Permission] | None = collection("permissions", "permission", default=None)
    """Who may use it. None unless it was followed."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> VnicProfiles[Self]: ...


class VnicProfiles(
    BaseResources["VnicProfile_co"],
    tag="vnic_profiles",
    api_name="VnicProfile",
    member="vnic_profile",
):
    """A collection of :class:`VnicProfile`."""

    vnic_profile: list[VnicProfile] = members("vnic_profile", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> VnicProfiles: ...
