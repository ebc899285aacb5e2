"""The NICs of a virtual machine, and the profiles that they have."""

from __future__ import annotations

from typing import Final

from rhev.readiness.estate import AttachedNic, mac_of
from rhev.readiness.rule import Rule, Severity
from rhev.readiness.sources import (
    ADAPTER_VALIDATOR,
    MTV_SOURCES,
    forklift,
    kubevirt,
)

_INTERFACES = ("e1000", "e1000e", "rtl8139", "virtio", "pci_passthrough")


def _no_profile(it: AttachedNic) -> str | None:
    if it.nic.vnic_profile is None:
        return "it has no profile, and so no network"
    if it.profile is not None and it.profile.network is None:
        return f"its profile {it.profile.name!r} is of no network"
    return None


def _interface(it: AttachedNic) -> str | None:
    interface = it.nic.interface
    return f"its interface is {interface}" if interface and interface not in _INTERFACES else None


def _passthrough(it: AttachedNic) -> str | None:
    if it.nic.interface == "pci_passthrough":
        return "it is a virtual function of the host's card"
    through = it.profile.pass_through if it.profile else None
    return "its profile passes it through" if through and through.mode == "enabled" else None


def _properties(it: AttachedNic) -> str | None:
    names = [
        each.name or "" for each in (it.profile.custom_properties if it.profile else None) or ()
    ]
    return f"its profile has {', '.join(names)}" if names else None


def _mac(it: AttachedNic) -> str | None:
    mac = mac_of(it.nic)
    more = it.machine.estate.macs[mac] - 1
    return f"{mac} is that of {more} more" if mac and more > 0 else None


def _no_address(it: AttachedNic) -> str | None:
    vm, mac = it.machine.vm, mac_of(it.nic)
    if vm.status != "up" or not vm.reported_devices or it.nic.plugged is False or not mac:
        return None
    for device in vm.reported_devices:
        if device.mac and (device.mac.address or "").lower() == mac and device.ips:
            return None
    return "the guest reports no address of it"


RULES: Final = (
    Rule(
        "nic-no-profile",
        AttachedNic,
        Severity.CRITICAL,
        "NIC without a network",
        _no_profile,
        "Give it a profile of the network that it belongs to, or delete it: a NIC is moved to what"
        " its network is mapped to.",
        ADAPTER_VALIDATOR,
    ),
    Rule(
        "nic-passthrough",
        AttachedNic,
        Severity.WARNING,
        "SR-IOV NIC",
        _passthrough,
        "Prepare an SR-IOV network on the other side, and map the network to it.",
        forklift("nic_pci_passthrough"),
    ),
    Rule(
        "nic-interface",
        AttachedNic,
        Severity.WARNING,
        "NIC interface that becomes another",
        _interface,
        "Change it to virtio, or to e1000 or rtl8139 where the guest has no driver.",
        forklift("nic_interface_type"),
    ),
    Rule(
        "nic-port-mirroring",
        AttachedNic,
        Severity.WARNING,
        "Port mirroring",
        lambda it: (
            "its profile mirrors ports" if it.profile and it.profile.port_mirroring else None
        ),
        "Mirror the traffic outside of the VM: its NIC gets no copy on the other side.",
        forklift("nic_port_mirroring"),
    ),
    Rule(
        "nic-custom-properties",
        AttachedNic,
        Severity.WARNING,
        "Custom properties of a profile",
        _properties,
        "Find out what the hooks that read them do, and do that in another way.",
        forklift("nic_custom_properties"),
    ),
    Rule(
        "nic-qos",
        AttachedNic,
        Severity.WARNING,
        "Limited bandwidth",
        lambda it: "its profile has a QoS" if it.profile and it.profile.qos else None,
        "Limit the bandwidth by the network of the other side.",
        forklift("nic_qos"),
    ),
    Rule(
        "nic-filter",
        AttachedNic,
        Severity.ADVICE,
        "Network filter",
        lambda it: (
            "its profile has a network filter" if it.profile and it.profile.network_filter else None
        ),
        "Turn on the MAC spoof check of the network there; other filters become network policies.",
        forklift("nic_network_filter"),
    ),
    Rule(
        "nic-unplugged",
        AttachedNic,
        Severity.WARNING,
        "NIC that is not plugged in",
        lambda it: "it is not plugged in" if it.nic.plugged is False else None,
        "Delete it if it is not wanted: it is plugged in on the other side.",
        forklift("nic_plugged"),
    ),
    Rule(
        "nic-link-down",
        AttachedNic,
        Severity.ADVICE,
        "NIC whose link is down",
        lambda it: "its link is down" if it.nic.linked is False else None,
        "Set the state of its link on the other side: it comes up there.",
        kubevirt("network/interfaces_and_networks"),
    ),
    Rule(
        "nic-mac-twice",
        AttachedNic,
        Severity.WARNING,
        "MAC address of several NICs",
        _mac,
        "Give each NIC an address of its own: the other side refuses one that is in use.",
        ADAPTER_VALIDATOR,
    ),
    Rule(
        "nic-no-address",
        AttachedNic,
        Severity.ADVICE,
        "NIC without an address",
        _no_address,
        "One IPv4 or IPv6 address at least, or no NIC that is not used.",
        MTV_SOURCES,
    ),
)
