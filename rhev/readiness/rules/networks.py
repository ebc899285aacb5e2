"""The networks, which are prepared on the other side before anything is moved."""

from __future__ import annotations

from typing import Final

from rhev.models.networks import Network
from rhev.readiness.rule import Rule, Severity
from rhev.readiness.sources import (
    MTV_RHV,
    api_type,
    kubevirt,
    ovirt_guide,
)

_USUAL_MTU = 1500


def _carries_vms(network: Network) -> bool:
    return network.usages is None or "vm" in network.usages


def _mtu(network: Network) -> str | None:
    mtu = network.mtu
    if not _carries_vms(network) or not mtu or mtu == _USUAL_MTU:
        return None
    return f"its MTU is {mtu}"


def _vlan(network: Network) -> str | None:
    if not _carries_vms(network) or network.vlan is None or network.vlan.id is None:
        return None
    return f"it is VLAN {network.vlan.id}"


RULES: Final = (
    Rule(
        "network-external",
        Network,
        Severity.WARNING,
        "Network of an external provider",
        lambda it: (
            "an external provider (OVN) makes it"
            if it.external_provider or it.external_provider_physical_network
            else None
        ),
        "Make a network for it on the other side, with its subnets, and map to it.",
        ovirt_guide("administration_guide"),
    ),
    Rule(
        "network-isolation",
        Network,
        Severity.WARNING,
        "Isolated ports",
        lambda it: "its ports are isolated from each other" if it.port_isolation else None,
        "Isolate the ports of the bridge on the other side, or write network policies.",
        api_type("Network"),
    ),
    Rule(
        "network-vlan",
        Network,
        Severity.ADVICE,
        "VLAN to prepare",
        _vlan,
        "The same VLAN on the nodes of the other side, with an attachment definition to map to.",
        kubevirt("network/interfaces_and_networks"),
    ),
    Rule(
        "network-mtu",
        Network,
        Severity.ADVICE,
        "MTU to prepare",
        _mtu,
        "The same MTU on the nodes' bridges and in the attachment definition.",
        kubevirt("network/interfaces_and_networks"),
    ),
    Rule(
        "network-not-for-vms",
        Network,
        Severity.ADVICE,
        "Network that carries no VMs",
        lambda it: (
            None if _carries_vms(it) else f"it is for {', '.join(it.usages or ()) or 'none'}"
        ),
        "Nothing to map; a fast one may carry the copying.",
        MTV_RHV,
    ),
)
