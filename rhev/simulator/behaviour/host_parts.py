"""What a host reports of its parts when it is up for the first time: cards, nodes, devices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rhev.simulator.generic.hooks import Call, listing
from rhev.simulator.state.refusals import FAILED, Refusal
from rhev.simulator.state.store import Record, reference
from rhev.simulator.state.values import held, put

if TYPE_CHECKING:
    from rhev.simulator.state.estate import Estate

CARDS = ("em1", "em2", "em3")
_CARD: dict[str, Any] = {
    "boot_protocol": "none",
    "bridged": "false",
    "ipv6_boot_protocol": "none",
    "mtu": "1500",
    "speed": "1000000000",
    "status": "up",
}
_NODES = 2
_CORES = 8
_COMPUTER = "computer"
_NONE_V6 = {"assignment_method": "none", "ip": {"version": "v6"}}


def report_parts(estate: Estate, host: Record) -> None:
    """Gives a host its parts, and attaches the network of its management to its first card."""
    number = 1 + sum(1 for _ in estate.store.of_type("HostNic")) // len(CARDS)
    cards = []
    for place, name in enumerate(CARDS, 1):
        address = f"52:54:00:00:{number & 255:02x}:{place:02x}"
        card = {**_CARD, "name": name, "mac": {"address": address}}
        cards.append(estate.add("HostNic", "nics", card, parent=host))
        put(cards[-1].model, host=reference(host))
    if (network := _management(estate, host)) is not None:
        attach(estate, host, cards[0], network)
    for index in range(_NODES):
        cores = [{"index": index * _CORES + core} for core in range(_CORES)]
        distances = ("10" if index == other else "20" for other in range(_NODES))
        node = {"cpu": {"cores": {"core": cores}}, "index": index, "memory": 65536}
        node["node_distance"] = " ".join(distances)
        put(
            estate.add("NumaNode", "numanodes", node, parent=host).model,
            host=reference(host),
        )
    _computer(estate, host)


def _computer(estate: Estate, host: Record) -> None:
    """The device that all others are in; its parent is itself."""
    own = {"id": _COMPUTER.encode().hex(), "name": _COMPUTER}
    document = {**own, "capability": "system", "product": {"name": "Example Server"}}
    device = estate.add("HostDevice", "devices", document, parent=host)
    above = reference(device)
    put(above, name=_COMPUTER)
    put(device.model, host=reference(host), parent_device=above)


def _management(estate: Estate, host: Record) -> Record | None:
    cluster = estate.store.record(held(host.model, "cluster"))
    networks = estate.store.assigned(cluster, "networks").values() if cluster is not None else ()
    return next((network for network in networks if network.name == "ovirtmgmt"), None)


def attach(estate: Estate, host: Record, card: Record, network: Record) -> None:
    """Attaches a network to a card by the address of the host."""
    address = str(held(host.model, "address"))
    ip = {"address": address, "netmask": "255.0.0.0", "version": "v4"}
    assigned = [{"assignment_method": "static", "ip": ip}, _NONE_V6]
    document = {
        "in_sync": "true",
        "ip_address_assignments": {"ip_address_assignment": assigned},
        "reported_configurations": {"reported_configuration": _configurations(address)},
    }
    made = estate.add("NetworkAttachment", "networkattachments", document, parent=host)
    put(made.model, host=reference(host), host_nic=reference(card), network=reference(network))
    put(card.model, boot_protocol="static", bridged=True, custom_configuration=False, ip=ip)
    put(card.model, ipv6={"gateway": "::", "version": "v6"}, network=reference(network))
    put(card.model, properties=[])


def _configurations(address: str) -> list[dict[str, str]]:
    values = {
        "mtu": "1500",
        "bridged": "true",
        "vlan": None,
        "switchType": "LEGACY",
        "ipv4_boot_protocol": "STATIC_IP",
        "ipv4_netmask": "255.0.0.0",
        "ipv4_address": address,
        "ipv4_gateway": None,
        "ipv6_boot_protocol": "NONE",
        "dns_configuration": None,
        "default_route": "true",
    }
    return [
        {
            **({"actual_value": value, "expected_value": value} if value is not None else {}),
            "in_sync": "true",
            "name": name,
        }
        for name, value in values.items()
    ]


@listing(("HostNic", "linklayerdiscoveryprotocolelements"))
def _neighbours(call: Call) -> None:
    raise Refusal(400, FAILED, "the host tells nothing of its neighbours")
