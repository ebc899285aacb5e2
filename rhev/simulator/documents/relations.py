"""Which links and actions a resource is shown with, by its type and where it is a member."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from rhev import facts
from rhev.mapping.links import Links
from rhev.simulator.state import services
from rhev.simulator.state.values import held

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rhev.simulator.state.store import Record

# Relationships of the facts that the engine does not send with a type.
_WITHHELD: Mapping[str, frozenset[str]] = {
    "ClusterLevel": frozenset({"clusterfeatures"}),
    "SystemService": frozenset({"options"}),
}
# Of storage domains by their type: only some kinds have files, images, or disks.
_OF_DATA = frozenset({"files", "images"})
_OF_IMAGES = frozenset({"disks", "files", "storageconnections", "templates", "vms"})
_OF_FILES = frozenset({"disks", "images", "templates", "vms"})
_OF_DOMAINS: Mapping[str, frozenset[str]] = {
    "data": _OF_DATA,
    "image": _OF_IMAGES,
    "iso": _OF_FILES,
    "export": frozenset({"disks", "files", "images"}),
}
# Collections, by their owner and segment, whose members have neither links nor actions ...
_BARE = frozenset(
    {
        ("Cluster", "cpuprofiles"),
        ("Cluster", "networks"),
        ("DataCenter", "networks"),
        ("Domain", "groups"),
        ("Domain", "users"),
        ("Snapshot", "disks"),
        ("Snapshot", "nics"),
        ("StorageDomain", "diskprofiles"),
    }
)
# ... whose members have those that the service of that place has ...
_LOCAL = frozenset({("StorageDomain", "disks")})
# ... whose members are shown by these attributes alone ...
NAMED: Mapping[tuple[str, str] | None, tuple[str, ...]] = {
    ("AffinityGroup", "hostlabels"): ("href", "id", "name"),
    ("AffinityGroup", "hosts"): ("href", "id", "name"),
    ("AffinityGroup", "vmlabels"): ("href", "id", "name"),
    ("AffinityGroup", "vms"): ("href", "id", "name"),
    ("AffinityLabel", "hosts"): ("href", "id"),
    ("AffinityLabel", "vms"): ("href", "id"),
}
# ... and types whose members have no address where they are listed.
NOWHERE = frozenset({"Balance", "Filter", "Weight"})


@cache
def _relations(name: str, api_type: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    service = facts.services()[name]
    without = _WITHHELD.get(api_type, frozenset())
    rels = tuple(rel for rel in services.relationships(service) if rel not in without)
    return rels, tuple(service.actions)


def entry_point() -> tuple[str, ...]:
    """The relationships of the entry point."""
    return _relations(services.ENTRY_POINT, services.ENTRY_POINT)[0]


def relate(
    document: Any, record: Record, service: facts.Service | None, place: tuple[str, str] | None
) -> None:
    """Gives a document, which is not the record's own, its links and actions.

    ``place`` is the type of the owner and the segment of the collection that it is shown in,
    where that is not its own.
    """
    rels: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    if place in _LOCAL and record.parent is None:
        service = services.member(_service(place)) or service
    if place not in _BARE and service is not None:
        rels, actions = _relations(service.name, record.type)
    if place in _LOCAL:
        actions = tuple("register" if name == "reduce" else name for name in actions)
    base = document.href
    links = Links(base, rels) if rels else None
    if record.type == "StorageDomain":
        without = _OF_DOMAINS.get(str(held(document, "type")), frozenset())
        links = Links(base, tuple(rel for rel in rels if rel not in without))
    elif record.type == "Domain":
        searches = {f"{rel}/search": f"{base}/{rel}?search={{query}}" for rel in rels}
        links = Links.from_pairs(base, {rel: f"{base}/{rel}" for rel in rels} | searches)
    if record.type == "HostNic" and held(document, "virtual_functions_configuration") is None:
        # A card without virtual functions has nothing to do with them, and no actions.
        links = Links(base, tuple(rel for rel in rels if not rel.startswith("virtualfunction")))
        actions = ()
    object.__setattr__(document, "_links", links)
    has_actions = actions or record.type == "HostNic"
    object.__setattr__(document, "_actions", Links(base, actions) if has_actions else None)


@cache
def _service(place: tuple[str, str]) -> facts.Service:
    entry = facts.services()[services.ENTRY_POINT]
    for segment in services.relationships(entry):
        collection = services.below(entry, segment)
        member = services.member(collection)
        if member is not None and services.type_of(collection) == place[0]:
            return services.below(member, place[1])
    raise LookupError(f"no {place[1]} below a {place[0]}")
