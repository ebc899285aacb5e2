"""Rules for networks, NICs, vNIC profiles, network attachments, MAC pools and labels."""

from __future__ import annotations

import re

from rhev.rules.kinds import (
    Check,
    Count,
    Forbidden,
    NoneOf,
    NotAbove,
    OneOf,
    Range,
    Required,
    Unique,
)
from rhev.rules.rule import ADD, Given, Is, Lacks, Rule
from rhev.rules.table.patterns import MAC, NAME, NAME_WITH_DOT
from rhev.rules.texts import Address, Length, Netmask, NetworkAddress, Pattern

_NETWORK = ("Network",)
_NIC = ("Nic",)
_PROFILE = ("VnicProfile",)
_ATTACHMENT = ("NetworkAttachment",)
_ON_HOST = ("add", "update", "setup_networks")

_NETWORKS = (
    Rule(
        _NETWORK,
        "name",
        Length(256),
        "Network.name @Size(max=BusinessEntitiesDefinitions.NETWORK_NAME_SIZE)",
    ),
    Rule(
        _NETWORK,
        "name",
        Pattern(r"(?!bond).*", "a name that does not begin with 'bond'", re.IGNORECASE | re.DOTALL),
        "NetworkValidator.networkPrefixValid",
        message="The name of a network may not begin with 'bond'.",
        bad="Bond-net",
        good="storage bond",
    ),
    Rule(
        _NETWORK,
        "description",
        Length(4000),
        "Network.description @Size(max=GENERAL_MAX_SIZE)",
    ),
    Rule(
        _NETWORK,
        "vlan.id",
        Range(0, 4094),
        "Network.vlanId @Min(0) @Max(4094)",
    ),
    Rule(
        _NETWORK,
        "mtu",
        Range(68, also=(0,), unit="bytes"),
        "MTUValidator.isValid",
    ),
    *(
        Rule(
            _NETWORK,
            f"ip.{name}",
            Address(4),
            f"Network.{field} @Ipv4",
        )
        for name, field in (("address", "addr"), ("netmask", "subnet"), ("gateway", "gateway"))
    ),
    Rule(
        _NETWORK,
        "stp",
        NoneOf((True,)),
        "NetworkValidator.stpForVmNetworkOnly",
        when=(Lacks("usages", "vm", ("migration",)),),
        message="Only a network for virtual machines can support STP.",
        bad=True,
        good=False,
    ),
    Rule(
        _NETWORK,
        "port_isolation",
        NoneOf((True,)),
        "NetworkValidator.portIsolationForVmNetworkOnly",
        when=(Lacks("usages", "vm", ("migration",)),),
        message="Only a network for virtual machines can support port isolation.",
        bad=True,
        good=False,
    ),
    Rule(
        _NETWORK,
        "port_isolation",
        NoneOf((True,)),
        "NetworkValidator.portIsolationNoExternalNetwork",
        when=(Given("external_provider.id", "1"),),
        operations=ADD,
        message="An external network cannot support port isolation.",
        bad=True,
        good=False,
    ),
    *(
        Rule(
            types,
            f"dns_resolver_configuration.name_servers{path}",
            check,
            source,
            bad=bad,
            good=good,
        )
        for types in (_NETWORK, _ATTACHMENT)
        for path, check, source, bad, good in (
            (
                "",
                Count(1, 3),
                "DnsResolverConfiguration.nameServers @Size(min=1,"
                " max=MAX_SUPPORTED_DNS_CONFIGURATIONS)",
                ["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"],
                ["192.0.2.1", "192.0.2.2", "192.0.2.3"],
            ),
            (
                ".*",
                Address(),
                "NameServer.address @Ipv4OrIpv6",
                {"dns_resolver_configuration.name_servers": ["dns.example.com"]},
                {"dns_resolver_configuration.name_servers": ["2001:db8::7", "192.0.2.7"]},
            ),
        )
    ),
    Rule(
        ("NetworkLabel",),
        "id",
        NAME,
        "NicLabel.label @ValidName; Network.label @ValidName",
        operations=("add", "setup_networks"),
        bad="my label",
        good="my_label-1",
    ),
)

_NICS = (
    Rule(
        _NIC,
        "name",
        NAME_WITH_DOT,
        "VmNic.getName @ValidNameWithDot (ValidationUtils.NO_SPECIAL_CHARACTERS_WITH_DOT)",
        bad="my nic",
        good="nic1.10",
    ),
    Rule(
        _NIC,
        "name",
        Length(50, 1),
        "NetworkInterface.name @Size(min=1, max=NETWORK_INTERFACE_NAME_SIZE)",
    ),
    Rule(
        _NIC,
        "mac.address",
        Pattern(f"|{MAC.expression}", f"'' for any, or {MAC.meaning}"),
        "VmNic.getMacAddress @Pattern(MacAddressValidationPatterns.VALID_MAC_ADDRESS_FORMAT)",
        operations=ADD,
        bad="56-6f-1a-00-00-07",
        good="56:6f:1a:00:00:07",
    ),
    Rule(
        _NIC,
        "mac.address",
        MAC,
        "VmNic.getMacAddress @Pattern(VALID_MAC_ADDRESS_FORMAT), groups=UpdateEntity",
        operations=("update",),
        bad="",
        good="56:6f:1a:00:00:07",
    ),
    Rule(
        _NIC,
        "mac.address",
        Pattern(
            r"(?![0-9a-fA-F][13579bBdDfF](?::[0-9a-fA-F]{2}){5}$).*", "no multicast MAC address"
        ),
        "VmNic.getMacAddress @Pattern(NON_MULTICAST_MAC_ADDRESS_FORMAT)",
        message="The given MAC address is a multicast address.",
        bad="57:6f:1a:00:00:07",
        good="56:6f:1a:00:00:07",
    ),
    Rule(
        _NIC,
        "mac.address",
        NoneOf(("00:00:00:00:00:00",)),
        "VmNic.getMacAddress @Pattern(NON_NULLABLE_MAC_ADDRESS_FORMAT)",
        bad="00:00:00:00:00:00",
        good="00:00:00:00:00:01",
    ),
    Rule(
        _NIC,
        "linked",
        NoneOf((False,)),
        "VmNicValidator.passthroughIsLinked",
        when=(Is("interface", "pci_passthrough"),),
        message="A passthrough NIC cannot be unlinked.",
        bad=False,
        good=True,
    ),
    Rule(
        ("NetworkFilterParameter",),
        "name",
        Pattern("[a-zA-Z0-9_]+", "letters from a to z, digits and '_' only"),
        "VmNicFilterParameter.name @Pattern",
        bad="IP-ADDRESS",
        good="IP_ADDRESS",
    ),
    Rule(
        ("NetworkFilterParameter",),
        "value",
        Pattern(r"[a-zA-Z0-9_.:]+", "letters from a to z, digits, '_', '.' and ':' only"),
        "VmNicFilterParameter.value @Pattern",
        bad="192.0.2.0/24",
        good="192.0.2.7",
    ),
)

_PROFILES = (
    Rule(
        _PROFILE,
        "name",
        Length(256),
        "VnicProfile.name @Size(max=BusinessEntitiesDefinitions.NETWORK_NAME_SIZE)",
    ),
    Rule(
        _PROFILE,
        "port_mirroring",
        NoneOf((True,)),
        "VnicProfileValidator.passthroughProfileContainsSupportedProperties",
        when=(Is("pass_through.mode", "enabled"),),
        message="A passthrough profile supports no port mirroring.",
        bad=True,
        good=False,
    ),
    *(
        Rule(
            _PROFILE,
            f"{name}.id",
            Forbidden(),
            "VnicProfileValidator.passthroughProfileContainsSupportedProperties",
            when=(Is("pass_through.mode", "enabled"),),
            message=f"A passthrough profile supports no {words}.",
            bad="1",
        )
        for name, words in (("qos", "QoS"), ("network_filter", "network filter"))
    ),
)

_ASSIGNMENT = "ip_address_assignments.*"


def _assignment(
    path: str,
    check: Check,
    source: str,
    entry: dict[str, object],
    bad: dict[str, object],
    good: dict[str, object],
    *conditions: Is | Given,
) -> Rule:
    """A rule about an entry of ``ip_address_assignments``; the examples are such entries."""
    return Rule(
        _ATTACHMENT,
        f"{_ASSIGNMENT}.{path}",
        check,
        source,
        when=conditions,
        operations=_ON_HOST,
        bad={"ip_address_assignments": [entry | bad]},
        good={"ip_address_assignments": [entry | good]},
    )


_V4 = Is(f"{_ASSIGNMENT}.ip.version", "v4")
_V6 = Is(f"{_ASSIGNMENT}.ip.version", "v6")
_STATIC = Is(f"{_ASSIGNMENT}.assignment_method", "static")
_IP_SOURCE = "NetworkAttachmentIpConfigurationValidator.validateNetworkAttachmentIpConfiguration"

_ATTACHMENTS = (
    _assignment(
        "ip.address",
        Address(4),
        "IPv4Address.address @Ipv4",
        {"assignment_method": "static"},
        {"ip": {"version": "v4", "address": "2001:db8::7", "netmask": "24"}},
        {"ip": {"version": "v4", "address": "192.0.2.7", "netmask": "24"}},
        _V4,
    ),
    _assignment(
        "ip.gateway",
        Address(4),
        "IPv4Address.gateway @Ipv4",
        {"assignment_method": "static"},
        {"ip": {"version": "v4", "gateway": "2001:db8::1"}},
        {"ip": {"version": "v4", "gateway": "192.0.2.1"}},
        _V4,
    ),
    _assignment(
        "ip.netmask",
        Netmask(),
        "IPv4Address.netmask @Mask (MaskConstraint)",
        {"assignment_method": "static"},
        {"ip": {"version": "v4", "netmask": "255.0.255.0"}},
        {"ip": {"version": "v4", "netmask": "255.255.255.0"}},
        _V4,
    ),
    _assignment(
        "ip.address",
        Address(6),
        "IpV6Address.address @Ipv6",
        {"assignment_method": "static"},
        {"ip": {"version": "v6", "address": "192.0.2.7", "netmask": "64"}},
        {"ip": {"version": "v6", "address": "2001:db8::7", "netmask": "64"}},
        _V6,
    ),
    _assignment(
        "ip.gateway",
        Address(6),
        "IpV6Address.gateway @Ipv6",
        {"assignment_method": "static"},
        {"ip": {"version": "v6", "gateway": "192.0.2.1"}},
        {"ip": {"version": "v6", "gateway": "2001:db8::1"}},
        _V6,
    ),
    _assignment(
        "ip.netmask",
        Pattern(r"\d{1,2}|1[01]\d|12[0-8]", "the length of the prefix, from 0 to 128"),
        "NetworkAttachmentMapper.mapIpv6AddressAssignment; IpV6Address.prefix @Min(0) @Max(128)",
        {"assignment_method": "static"},
        {"ip": {"version": "v6", "netmask": "ffff::"}},
        {"ip": {"version": "v6", "netmask": "64"}},
        _V6,
    ),
    *(
        _assignment(
            f"ip.{name}",
            Required(),
            f"{_IP_SOURCE}: STATIC_BOOT_PROTOCOL_MISSING_IP_ADDRESS_DETAILS",
            {"assignment_method": "static"},
            {"ip": {"gateway": "192.0.2.1"}},
            {"ip": {"address": "192.0.2.7", "netmask": "24"}},
            _STATIC,
        )
        for name in ("address", "netmask")
    ),
    *(
        _assignment(
            f"ip.{name}",
            Forbidden(),
            f"{_IP_SOURCE}: INCOMPATIBLE_BOOT_PROTOCOL_AND_IP_ADDRESS_DETAILS",
            {"assignment_method": "dhcp"},
            {"ip": {"version": "v4", name: value}},
            {"ip": {"version": "v4"}},
            Is(f"{_ASSIGNMENT}.assignment_method", "dhcp", "none"),
        )
        for name, value in (
            ("address", "192.0.2.7"),
            ("netmask", "255.255.255.0"),
            ("gateway", "192.0.2.1"),
        )
    ),
    _assignment(
        "assignment_method",
        Required(),
        f"{_IP_SOURCE}: MISSING_BOOT_PROTOCOL",
        {"ip": {"version": "v4"}},
        {},
        {"assignment_method": "dhcp"},
    ),
    _assignment(
        "assignment_method",
        OneOf(("dhcp", "static", "none")),
        "Ipv4BootProtocolMapper.map",
        {"ip": {"version": "v4"}},
        {"assignment_method": "autoconf"},
        {"assignment_method": "dhcp"},
        _V4,
    ),
    Rule(
        _ATTACHMENT,
        "ip_address_assignments",
        Unique("ip.version"),
        "IpConfiguration.iPv4Addresses, ipV6Addresses @Size(max=1)",
        operations=_ON_HOST,
        bad=[{"ip": {"version": "v4"}}, {"ip": {"version": "v4"}}],
        good=[{"ip": {"version": "v4"}}, {"ip": {"version": "v6"}}],
    ),
    *(
        Rule(
            _ATTACHMENT,
            "qos.outbound_average_linkshare",
            Required(),
            "HostNetworkQosValidator.requiredQosValuesPresentForOverriding",
            when=(Given(f"qos.{name}", 100),),
            operations=_ON_HOST,
            good=50,
        )
        for name in ("outbound_average_upperlimit", "outbound_average_realtime")
    ),
    Rule(
        _ATTACHMENT,
        "qos.outbound_average_realtime",
        NotAbove("qos.outbound_average_upperlimit"),
        "HostNetworkQosValidator.valuesConsistent",
        operations=_ON_HOST,
        bad={"qos.outbound_average_upperlimit": 10, "qos.outbound_average_realtime": 20},
        good={"qos.outbound_average_upperlimit": 20, "qos.outbound_average_realtime": 20},
    ),
)

_BONDS = (
    Rule(
        ("HostNic",),
        "name",
        Pattern(r"bond\w+", "'bond' and at least one letter, digit or '_'"),
        "HostSetupNetworksValidator: BusinessEntitiesDefinitions.BOND_NAME_PATTERN",
        when=(Given("bonding", {"slaves": [{"name": "eth0"}, {"name": "eth1"}]}),),
        operations=("setup_networks",),
        bad="team0",
        good="bond0",
    ),
    Rule(
        ("HostNic",),
        "name",
        Length(50, 1),
        "CreateOrUpdateBond.name @Size(min=1, max=BOND_NAME_SIZE)",
        when=(Given("bonding", {"slaves": [{"name": "eth0"}, {"name": "eth1"}]}),),
        operations=("setup_networks",),
    ),
    Rule(
        ("HostNic",),
        "bonding.slaves",
        Count(2),
        "HostSetupNetworksValidator: NETWORK_BONDS_INVALID_SLAVE_COUNT",
        operations=("setup_networks",),
        bad=[{"name": "eth0"}],
        good=[{"name": "eth0"}, {"name": "eth1"}],
    ),
    Rule(
        ("HostNicVirtualFunctionsConfiguration",),
        "number_of_virtual_functions",
        Range(0),
        "VfsConfigValidator.numOfVfsInValidRange",
        operations=("update_virtual_functions_configuration",),
    ),
)

_MAC_POOLS = (
    Rule(
        ("MacPool",),
        "name",
        Length(255, 1),
        "MacPool.name @NotEmpty; create_tables.sql: mac_pools.name character varying(255)",
    ),
    *(
        Rule(
            ("MacPool",),
            f"ranges.*.{name}",
            MAC,
            f"MacRange.{field} @Pattern(VALID_MAC_ADDRESS_FORMAT)",
            bad={"ranges": [{name: "56-6f-1a-00-00-07"}]},
            good={"ranges": [{name: "56:6f:1a:00:00:07"}]},
        )
        for name, field in (("from", "macFrom"), ("to", "macTo"))
    ),
    Rule(
        ("MacPool",),
        "default_pool",
        NoneOf((True,)),
        "MacPoolValidator.defaultPoolFlagIsNotSet",
        operations=ADD,
        message="A new MAC pool cannot be made the default one.",
        bad=True,
        good=False,
    ),
    Rule(
        ("OpenStackSubnet",),
        "cidr",
        NetworkAddress(),
        "ExternalSubnet @Cidr (CidrValidator.isCidrFormatValid, isCidrNetworkAddressValid)",
        operations=ADD,
    ),
)

RULES = (*_NETWORKS, *_NICS, *_PROFILES, *_ATTACHMENTS, *_BONDS, *_MAC_POOLS)
