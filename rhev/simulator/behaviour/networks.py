"""Networks: which clusters have them, and what each is to a cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rhev.simulator.documents.within import ROLES, network_of, networks_of
from rhev.simulator.generic.hooks import Call, assigning, removing, unassigning, updating
from rhev.simulator.generic.methods import call_owner
from rhev.simulator.state.values import held, make, put

if TYPE_CHECKING:
    from rhev.simulator.state.store import Record


@assigning(("Cluster", "networks"))
def _given_to_cluster(call: Call, network: Record) -> None:
    _tell(call_owner(call), network, call.body)


@unassigning(("Cluster", "networks"))
def _taken_from_cluster(call: Call, network: Record) -> None:
    _forget(call_owner(call), network)


@removing("Network")
def _network_removed(call: Call, network: Record) -> None:
    for cluster in call.estate.store.of_type("Cluster"):
        _forget(cluster, network)


@updating("Network")
def _network_changed(call: Call, network: Record) -> None:
    owner = call.target.owner
    if owner is not None and owner.type == "Cluster":
        _tell(owner, network, call.body)
        put(call.body, required=None, display=None, usages=None)


def _tell(cluster: Record, network: Record, body: Any) -> None:
    """Has a cluster know what a network is to be to it: what the body does not say stays."""
    own = network_of(cluster, network)
    required = held(body, "required")
    if required is None:
        required = held(own, "required")
    said = held(body, "usages") if held(body, "usages") is not None else held(own, "usages")
    uses = {str(use) for use in said or ()} & {*ROLES, "gluster"}
    if (display := held(body, "display")) is not None:
        uses = uses | {"display"} if display else uses - {"display"}
    told = make("Network", {"id": network.id, "usages": {"usage": sorted(uses)}})
    put(told, required=required is not False)
    _forget(cluster, network)
    put(cluster.model, networks=[*networks_of(cluster), told])


def _forget(cluster: Record, network: Record) -> None:
    if network_of(cluster, network) is not None:
        kept = [own for own in networks_of(cluster) if own.id != network.id]
        put(cluster.model, networks=kept or None)
