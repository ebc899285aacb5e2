"""What networks are on which interfaces of a host, and its bonds: all set up in one action."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rhev.simulator.generic.hooks import Call, acting, parameter
from rhev.simulator.generic.references import required
from rhev.simulator.state.places import refers
from rhev.simulator.state.store import Record, reference
from rhev.simulator.state.values import blank, class_of, held, put

if TYPE_CHECKING:
    from rhev.simulator.state.estate import Estate


@acting(("Host", "setup_networks"))
def _set_up(call: Call, host: Record) -> None:
    estate, body = call.estate, call.body
    for given in parameter(body, "removed_network_attachments") or []:
        if (present := _attachment(estate, host, given)) is not None:
            _detach(estate, present)
    for given in parameter(body, "removed_bonds") or []:
        if (bond := _nic(estate, host, given)) is not None:
            estate.store.remove(bond)
    for given in parameter(body, "modified_bonds") or []:
        _bond(estate, host, given)
    for given in parameter(body, "modified_network_attachments") or []:
        _attach(estate, host, given)


def _attach(estate: Estate, host: Record, given: Any) -> None:
    present = _attachment(estate, host, given)
    if present is None:
        model = blank(class_of("NetworkAttachment"))
        put(model, host=reference(host), in_sync=True)
        present = estate.take_in("NetworkAttachment", "networkattachments", model, parent=host)
    if (network := held(given, "network")) is not None:
        put(present.model, network=reference(required(estate.store, network)))
    nic = _nic(estate, host, held(given, "host_nic"))
    if nic is not None:
        put(present.model, host_nic=reference(nic))
        put(nic.model, network=held(present.model, "network"))
    for name in ("ip_address_assignments", "properties"):
        if (value := held(given, name)) is not None:
            put(present.model, **{name: value})


def _detach(estate: Estate, attachment: Record) -> None:
    nic = estate.store.record(held(attachment.model, "host_nic"))
    if nic is not None:
        put(nic.model, network=None)
    estate.store.remove(attachment)


def _bond(estate: Estate, host: Record, given: Any) -> None:
    bond = _nic(estate, host, given)
    if bond is None:
        model = blank(class_of("HostNic"))
        put(model, name=held(given, "name"), host=reference(host), status="up")
        bond = estate.take_in("HostNic", "nics", model, parent=host)
    bonding = held(given, "bonding").__copy__()
    slaves = (_nic(estate, host, slave) for slave in held(bonding, "slaves") or [])
    put(bonding, slaves=[reference(slave) for slave in slaves if slave is not None])
    put(bond.model, bonding=bonding)


def _nic(estate: Estate, host: Record, given: Any) -> Record | None:
    """The interface of a host that is meant, by its id or its name."""
    wanted = {held(given, "id"), held(given, "name")} - {None}
    nics = estate.store.members(host, "nics").values()
    return next((nic for nic in nics if wanted & {nic.id, nic.name}), None)


def _attachment(estate: Estate, host: Record, given: Any) -> Record | None:
    """The attachment that is meant, by its id or its network."""
    present = estate.store.members(host, "networkattachments")
    if (id_ := held(given, "id")) is not None:
        return present.get(id_)
    if held(given, "network") is None:
        return None
    network = required(estate.store, given.network)
    return next((a for a in present.values() if refers(a.model, "network", network)), None)
