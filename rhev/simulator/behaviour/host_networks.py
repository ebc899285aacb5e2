"""What networks are on which cards of a host, and its bonds: all set up in one action."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from rhev.simulator.documents.within import MANAGEMENT
from rhev.simulator.generic.hooks import Call, acting, completing, parameter, removing, updating
from rhev.simulator.generic.methods import call_owner
from rhev.simulator.generic.references import resolve
from rhev.simulator.state.places import members_of
from rhev.simulator.state.refusals import conflict
from rhev.simulator.state.store import Record, reference
from rhev.simulator.state.values import Document, held, make, merge, put

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rhev.simulator.state.estate import Estate


@completing("NetworkAttachment")
def _attachment(call: Call, model: Any) -> None:
    owner = call_owner(call)
    host = owner if owner.type == "Host" else owner.parent
    if host is not None:
        if owner.type == "HostNic":
            put(model, host_nic=reference(owner))
        _complete(call.estate, host, model)


@updating("NetworkAttachment")
def _attachment_changed(call: Call, attachment: Record) -> None:
    if attachment.parent is not None:
        merge(attachment.model, call.body)
        _complete(call.estate, _host_of(attachment.parent), attachment.model)
        put(call.body, host_nic=None, ip_address_assignments=None)


@removing("NetworkAttachment")
def _detached(call: Call, attachment: Record) -> None:
    _disconnect(call.estate, attachment)


@acting(("Host", "setup_networks"))
def _set_up(call: Call, host: Record) -> None:
    estate, store, body = call.estate, call.estate.store, call.body
    for attachment in parameter(body, "removed_network_attachments") or ():
        if (known := _attached(estate, host, attachment)) is not None:
            _disconnect(estate, known)
            store.remove(known)
    for bond in parameter(body, "removed_bonds") or ():
        if (known := _nic(estate, host, bond)) is not None:
            store.remove(known)
    for bond in parameter(body, "modified_bonds") or ():
        _bond(estate, host, bond)
    for label in parameter(body, "removed_labels") or ():
        _unlabel(estate, host, label.id)
    for label in parameter(body, "modified_labels") or ():
        _unlabel(estate, host, label.id)
        if (nic := _nic(estate, host, held(label, "host_nic"))) is not None:
            own = estate.add("NetworkLabel", "networklabels", {"id": label.id}, parent=nic)
            put(own.model, host_nic=reference(nic))
    for attachment in parameter(body, "modified_network_attachments") or ():
        wanted = deepcopy(attachment)
        resolve(store, wanted, "add")
        if (known := _attached(estate, host, wanted)) is None:
            attach(estate, host, wanted)
        else:
            _disconnect(estate, known)
            merge(known.model, wanted)
            _complete(estate, host, known.model)


def attach(estate: Estate, host: Record, model: Any) -> None:
    """Connects a host to the network of an attachment that it has not yet."""
    put(model, id=None, host=reference(host))
    _complete(estate, host, model)
    estate.take_in("NetworkAttachment", "networkattachments", model, parent=host)


def _complete(estate: Estate, host: Record, model: Any) -> None:
    """Gives an attachment what a host reports of it, and shows it on its NIC."""
    network = estate.store.record(held(model, "network"))
    nic = _nic(estate, host, held(model, "host_nic"))
    if network is None or nic is None:
        return
    put(model, host_nic=reference(nic), in_sync=True)
    said = {str(held(one, "ip.version") or "v4"): one for one in _addresses(model)}
    assigned = [said.get(version) or _no_address(version) for version in ("v4", "v6")]
    for version, one in zip(("v4", "v6"), assigned, strict=True):
        put(one.ip, version=version)
    vars(model)["ip_address_assignments"] = assigned
    mtu = str(held(network.model, "mtu") or 1500)
    reported = [
        {"name": name, "in_sync": "true"}
        | ({"actual_value": value, "expected_value": value} if value else {})
        for name, value in _reported(network, mtu, assigned)
    ]
    document = {"reported_configurations": {"reported_configuration": reported}}
    put(model, **vars(make("NetworkAttachment", document)))
    if held(network.model, "vlan.id") is None:
        others = members_of(estate.store, nic, "networkattachments").values()
        for other in others:
            beside = estate.store.record(held(other.model, "network"))
            if other.model is not model and beside not in (None, network) and not _tagged(beside):
                raise conflict(
                    f"Cannot setup Networks. {nic.name} would carry two networks without VLANs."
                )
        first = assigned[0]
        ip = deepcopy(first.ip) if held(first, "ip.address") is not None else None
        shown = {"boot_protocol": str(first.assignment_method), "ip": ip}
        put(nic.model, network=reference(network), bridged=True, custom_configuration=False)
        put(nic.model, ipv6={"gateway": "::", "version": "v6"}, properties=[], **shown)


def _tagged(network: Record | None) -> bool:
    return network is not None and held(network.model, "vlan.id") is not None


def _addresses(model: Any) -> Iterator[Any]:
    for one in held(model, "ip_address_assignments") or ():
        if held(one, "ip") is None:
            put(one, ip={})
        yield one


def _no_address(version: str) -> Any:
    document = {"assignment_method": "none", "ip": {"version": version}}
    return make("IpAddressAssignment", document)


def _reported(network: Record, mtu: str, assigned: list[Any]) -> Iterator[tuple[str, str]]:
    """What a host reports of a network on it, as name and value: an empty value is not sent."""
    first, second = assigned
    manages = network.name == MANAGEMENT
    yield "mtu", mtu
    yield "bridged", "true" if "vm" in map(str, held(network.model, "usages") or ()) else "false"
    yield "vlan", str(held(network.model, "vlan.id") or "")
    yield "switchType", "LEGACY"
    method = str(first.assignment_method)
    yield "ipv4_boot_protocol", {"static": "STATIC_IP"}.get(method, method.upper())
    if method == "static":
        for name in ("netmask", "address", "gateway"):
            yield f"ipv4_{name}", held(first, f"ip.{name}") or ""
    yield "ipv6_boot_protocol", str(second.assignment_method).upper()
    if manages:
        yield "dns_configuration", ""
    yield "default_route", "true" if manages else "false"


def _disconnect(estate: Estate, attachment: Record) -> None:
    nic = estate.store.record(held(attachment.model, "host_nic"))
    shown = held(nic.model, "network.id") if nic is not None else None
    if nic is not None and shown == held(attachment.model, "network.id"):
        put(nic.model, **dict.fromkeys(("network", "ip", "ipv6", "custom_configuration")))
        put(nic.model, properties=None, bridged=False, boot_protocol="none")


def _attached(estate: Estate, host: Record, wanted: Any) -> Record | None:
    """The attachment that is meant: by its id, or by its network."""
    network = held(wanted, "network.id")
    for record in members_of(estate.store, host, "networkattachments").values():
        known = held(record.model, "network.id")
        if held(wanted, "id") == record.id or (network is not None and network == known):
            return record
    return None


def _nic(estate: Estate, host: Record, wanted: Any) -> Record | None:
    """The NIC of a host that is meant by its id or name."""
    id_, name = held(wanted, "id"), held(wanted, "name")
    nics = estate.store.members(host, "nics").values()
    return next((n for n in nics if n.id == id_ or (id_ is None and n.name == name)), None)


def _host_of(owner: Record) -> Record:
    return owner.parent if owner.type == "HostNic" and owner.parent is not None else owner


def _bond(estate: Estate, host: Record, wanted: Any) -> None:
    bonding = deepcopy(held(wanted, "bonding"))
    slaves = [nic for one in held(bonding, "slaves") or () if (nic := _nic(estate, host, one))]
    bond = _nic(estate, host, wanted)
    if bond is None:
        document: Document = {"name": held(wanted, "name"), "status": "up", "mtu": "1500"}
        bond = estate.add("HostNic", "nics", document, parent=host)
        put(bond.model, host=reference(host), bridged=False, boot_protocol="none")
        put(bond.model, mac=deepcopy(held(slaves[0].model, "mac")) if slaves else None)
    if bonding is not None:
        put(bonding, slaves=[reference(nic) for nic in slaves] or None)
        put(bond.model, bonding=bonding)


def _unlabel(estate: Estate, host: Record, id_: str) -> None:
    for nic in list(estate.store.members(host, "nics").values()):
        if (label := estate.store.members(nic, "networklabels").get(id_)) is not None:
            estate.store.remove(label)
