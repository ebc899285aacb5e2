"""A resource as it is shown within another: by the type of that one and the segment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rhev.simulator.state.store import ROOT, Record, reference
from rhev.simulator.state.values import blank, class_of, held, make, put

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rhev.simulator.state.estate import Estate


def _cluster_network(estate: Estate, record: Record, document: Any) -> None:
    """A network is another in each cluster, where it may be required or have roles of its own."""
    cluster = estate.store.find("Cluster", document.href.split("/")[-3])
    if cluster is None:
        return
    own = network_of(cluster, record)
    uses = {str(use) for use in held(document, "usages") or ()} & {"vm"}
    manages = record.name == MANAGEMENT
    uses |= {"management"} if manages else set()
    given = {str(use): network.id for network in networks_of(cluster) for use in network.usages}
    uses |= {role for role in ROLES if given.get(role, record.id if manages else "") == record.id}
    required = held(own, "required") is not False
    put(document, cluster=reference(cluster), display="display" in uses, required=required)
    put(document, status="operational")
    usages = {"usage": [use for use in _ORDER if use in uses]}
    vars(document)["usages"] = make("Network", {"usages": usages}).usages


def network_of(cluster: Record, network: Record) -> Any:
    """What a cluster holds of one of its networks; None where it was told nothing."""
    return next((own for own in networks_of(cluster) if own.id == network.id), None)


def networks_of(cluster: Record) -> list[Any]:
    """What a cluster holds of its networks: whoever was told last what it is for comes last."""
    return held(cluster.model, "networks") or []


MANAGEMENT = "ovirtmgmt"
# What one network of a cluster is for: that of management, until another is told to be.
ROLES = ("display", "migration", "default_route")
_ORDER = ("vm", "display", "migration", "management", "gluster", "default_route")


def _nic_of_snapshot(estate: Estate, record: Record, document: Any) -> None:
    snapshot = record.parent
    put(document, href=None, vnic_profile=None)
    if snapshot is not None and snapshot.parent is not None:
        put(document, vm=blank(class_of("Vm"), id=snapshot.parent.id))


def _disk_of_snapshot(estate: Estate, record: Record, document: Any) -> None:
    put(document, href=None, disk_profile=None, quota=None, qcow_version=None)
    if record.parent is not None:
        put(document, snapshot=blank(class_of("Snapshot"), id=record.parent.id))
    domains = held(document, "storage_domains") or []
    bare = [blank(class_of("StorageDomain"), id=held(domain, "id")) for domain in domains]
    vars(document)["storage_domains"] = bare


def _tag_of(name: str) -> Callable[[Estate, Record, Any], None]:
    """A tag as it is shown with what it was given to: with that, and without what it says."""

    def present(estate: Estate, record: Record, document: Any) -> None:
        tagged = estate.store.find(name, document.href.split("/")[-3])
        put(document, description="")
        if tagged is not None:
            put(document, **{name.lower(): reference(tagged)})

    return present


def _known_to_domain(estate: Estate, record: Record, document: Any) -> None:
    entry = held(record.model, "domain_entry_id")
    base = document.href.rpartition("/")[0]
    put(document, id=entry, href=f"{base}/{entry}", domain_entry_id=None)
    if record.type == "User":
        vars(document)["groups"] = []


def _of_template(estate: Estate, record: Record, document: Any) -> None:
    """To an attachment of a disk a template is a machine as well."""
    if record.parent is not None:
        href = f"{ROOT}/vms/{record.parent.id}"
        put(document, vm=blank(class_of("Vm"), href=href, id=record.parent.id))


def _of_snapshot(estate: Estate, record: Record, document: Any) -> None:
    """A drive that a snapshot has is nowhere, and nobody's."""
    put(document, href=None, vm=None)


def _disk_of_domain(estate: Estate, record: Record, document: Any) -> None:
    domains = held(record.model, "storage_domains") or []
    vars(document)["storage_domain"] = domains[0] if domains else None


def _in_domain(estate: Estate, record: Record, document: Any) -> None:
    """What a storage domain tells of a machine or a template is what is written there."""
    if (display := held(document, "display")) is not None:
        vars(document)["display"] = display.__copy__()
        put(document.display, type=None)


def _role_held(estate: Estate, record: Record, document: Any) -> None:
    """A role that somebody has says who: a group as a user, too."""
    holder = document.href.rpartition("/roles/")[0]
    user = blank(class_of("User"), href=holder, id=holder.rpartition("/")[2])
    vars(document)["user"] = user


# The same for members of a collection, by the type of its owner and its segment.
PRESENTED_IN: Mapping[tuple[str, str], Callable[[Estate, Record, Any], None]] = {
    ("Group", "roles"): _role_held,
    ("Snapshot", "cdroms"): _of_snapshot,
    ("Template", "diskattachments"): _of_template,
    ("User", "roles"): _role_held,
    ("Domain", "groups"): _known_to_domain,
    ("Domain", "users"): _known_to_domain,
    ("Snapshot", "disks"): _disk_of_snapshot,
    ("Snapshot", "nics"): _nic_of_snapshot,
    ("StorageDomain", "disks"): _disk_of_domain,
    **{(name, "tags"): _tag_of(name) for name in ("Vm", "Host", "Template", "User", "Group")},
    ("StorageDomain", "templates"): _in_domain,
    ("StorageDomain", "vms"): _in_domain,
    ("Cluster", "networks"): _cluster_network,
}
