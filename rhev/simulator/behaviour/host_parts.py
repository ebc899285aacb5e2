"""What a host reports of its parts when it is up for the first time: cards, nodes, devices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rhev.simulator.behaviour.host_networks import attach
from rhev.simulator.generic.hooks import Call, listing
from rhev.simulator.state.refusals import FAILED, Refusal
from rhev.simulator.state.store import Record, reference
from rhev.simulator.state.values import held, make, put

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
        ip = {"address": str(held(host.model, "address")), "netmask": "255.0.0.0", "version": "v4"}
        assigned = [{"assignment_method": "static", "ip": ip}]
        document = {"ip_address_assignments": {"ip_address_assignment": assigned}}
        model = make("NetworkAttachment", document)
        put(model, host_nic=reference(cards[0]), network=reference(network))
        attach(estate, host, model)
    for index in range(_NODES):
        cores = [{"index": index * _CORES + core} for core in range(_CORES)]
        distances = ("10" if index == other else "20" for other in range(_NODES))
        node = {"cpu": {"cores": {"core": cores}}, "index": index, "memory": 65536}
        node["node_distance"] = " ".join(distances)
        put(
            estate.add("NumaNode", "numanodes", node, parent=host).model,
            host=reference(host),
        )
        for core in cores:
            unit = {"core_id": core["index"], "cpu_id": core["index"], "socket_id": index}
            estate.add("HostCpuUnit", "cpuunits", unit, parent=host)
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


@listing(("HostNic", "linklayerdiscoveryprotocolelements"))
def _neighbours(call: Call) -> None:
    raise Refusal(400, FAILED, "the host tells nothing of its neighbours")
