"""What of the estate is shown, and how: links to what there is, and actions that are possible."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from rhev.mapping.fields import FieldSpec, Kind, fields
from rhev.mapping.links import Links
from rhev.mapping.resources import BaseResource, BaseResources
from rhev.simulator.documents import contents, relations
from rhev.simulator.documents.order import in_order
from rhev.simulator.documents.presented import (
    COMPUTED_MEMBERS,
    PRESENTED,
    PRESENTED_WHOLE,
)
from rhev.simulator.documents.relations import relate
from rhev.simulator.documents.within import PRESENTED_IN
from rhev.simulator.state import services
from rhev.simulator.state.granted import OBJECTS
from rhev.simulator.state.places import ASSIGNED, SEEN, members_of
from rhev.simulator.state.store import NIL, ROOT, Record, reference
from rhev.simulator.state.turns import give_way
from rhev.simulator.state.values import blank, class_of, collection_of, held

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rhev import facts
    from rhev.mapping.structure import Struct
    from rhev.simulator.state.estate import Estate

# Where the name of an attribute is not that of the relationship that it inlines.
RELATIONSHIPS: dict[tuple[str, str], str] = {
    ("Host", "agents"): "fenceagents",
    ("Host", "storages"): "storage",
    ("Quota", "quota_cluster_limits"): "quotaclusterlimits",
    ("Quota", "quota_storage_limits"): "quotastoragelimits",
}

# The relationships that the entry point can be searched for, in the engine's order of links.
SEARCHABLE = (
    "clusters",
    "datacenters",
    "events",
    "hosts",
    "networks",
    "storagedomains",
    "templates",
    "instancetypes",
    "users",
    "groups",
    "vmpools",
    "vms",
    "disks",
)


def represent(
    estate: Estate,
    record: Record,
    *,
    href: str = "",
    service: facts.Service | None = None,
    place: tuple[str, str] | None = None,
    whole: bool = False,
) -> Any:
    """The model of a record as it is sent: shallow, so that it must not be changed.

    ``href`` and ``service`` are given where it is a member of another collection than its own,
    ``place`` is that collection, by its owner's type and its segment; ``whole`` shows all content.
    """
    give_way()
    document = record.model.__copy__()
    document.__dict__["href"] = href or record.href
    relate(document, record, service or record.service, place)
    if record.type in relations.NOWHERE:
        del document.__dict__["href"]
    if place in relations.NAMED:
        known = {"href": document.href, "id": record.id, "name": record.name}
        return blank(class_of(record.type), **{n: known[n] for n in relations.NAMED[place]})
    if present := PRESENTED.get(record.type):
        present(estate, record, document)
    if place is not None and (present_there := PRESENTED_IN.get(place)):
        present_there(estate, record, document)
    if whole:
        contents.complete(document)
        if present_whole := PRESENTED_WHOLE.get(record.type):
            present_whole(estate, record, document)
    else:
        contents.limit(document)
    return document


def records(estate: Estate, owner: Record | None, segment: str) -> list[Record]:
    """The members of a collection that are held, in the engine's order."""
    return in_order(estate.store, owner, segment, members_of(estate.store, owner, segment).values())


def listed(
    estate: Estate, record: Record, owner: Record | None, segment: str, *, whole: bool = False
) -> Any:
    """A member of a collection as it is sent where all of them are."""
    document = shown(estate, record, owner, segment, whole=whole)
    if (name := ALONE.get(segment)) is not None and str(held(record.model, name[0])) == name[1]:
        document.__dict__.pop(name[2], None)
        object.__setattr__(document, "_links", None)
    place = (owner.type if owner else "", segment)
    for each in UNLISTED.get(place, ()):
        document.__dict__.pop(each, None)
    if record.type == "Disk":
        document.__dict__.update(_without_places(document))
    if place in _IN_DOMAINS and owner is not None:
        document.__dict__["storage_domain"] = reference(owner)
    return document


def _without_places(document: Any) -> dict[str, Any]:
    """The storage of a disk outside of storage, as it is where all disks are listed."""
    lun = held(document, "lun_storage")
    if lun is None:
        return {}
    short, units = lun.__copy__(), [unit.__copy__() for unit in lun.logical_units]
    for unit in units:
        for name in ("address", "port", "target"):
            vars(unit).pop(name, None)
    vars(short)["logical_units"] = units
    return {"lun_storage": short}


# What of a machine or template is written on a storage domain.
_IN_DOMAINS = frozenset({("StorageDomain", "templates"), ("StorageDomain", "vms")})


def _members(estate: Estate, owner: Record, segment: str) -> list[Any]:
    """The members of a collection below a resource, as they are sent."""
    if compute := COMPUTED_MEMBERS.get(segment):
        return compute(estate, owner)
    return [listed(estate, one, owner, segment) for one in records(estate, owner, segment)]


def addressed(record: Record, owner: Record | None, segment: str) -> Any:
    """A member of a collection by its id, its address, its links and its actions alone."""
    href, service = record.href, record.service
    if owner is not None and is_seen(owner, segment):
        href = f"{owner.href}/{segment}/{record.id}"
        service = services.member(services.below(owner.service, segment))
    document = blank(class_of(record.type), href=href, id=record.id)
    relate(document, record, service, None)
    return document


def shown(
    estate: Estate, record: Record, owner: Record | None, segment: str, *, whole: bool = False
) -> Any:
    """A member of a collection as it is sent there."""
    if owner is None:
        return represent(estate, record, whole=whole)
    place = (owner.type, segment)
    if not is_seen(owner, segment):
        document = represent(estate, record, place=place, whole=whole)
        if record.type == "Permission":
            present_permission(document, owner)
        return document
    service = services.member(services.below(owner.service, segment))
    href = f"{owner.href}/{segment}/{record.id}"
    return represent(estate, record, href=href, service=service, place=place, whole=whole)


# Attributes that a resource is only shown with alone: the segment, an attribute and the value
# that tell which resources, and what they are not listed with.
ALONE = {"snapshots": ("snapshot_type", "active", "vm")}

# Attributes that are not sent where all members of a collection are, by its owner and segment.
UNLISTED = dict.fromkeys(
    (("User", "roles"), ("Group", "roles")), ("description", "administrative", "mutable")
)


def alone(document: Any, record: Record, owner: Record | None) -> Any:
    """A member as it is sent by itself: a permission then says what it is for, wherever that is.

    It has no address where it is for something that its owner is only a part of.
    """
    if record.type == "Disk" and owner is not None and owner.type == "StorageDomain":
        relate(document, record, record.service, None)
    if record.type != "Permission" or owner is None or owner.type in ("User", "Group"):
        return document
    objects = {name: value for name, value in vars(record.model).items() if name in OBJECTS}
    for name in OBJECTS:
        document.__dict__.pop(name, None)
    document.__dict__.update(objects)
    if not any(value.id == owner.id for value in objects.values()) and record.parent is not owner:
        document.__dict__.pop("href", None)
    return document


def present_permission(document: Any, owner: Record) -> None:
    """Where permissions of a resource are listed, each says that it is for it, if it can.

    Those of users have their address there; of resources that no permission can name they have
    none, but for a group's, which are at the group.
    """
    if owner.type in ("User", "Group"):
        return
    for name in OBJECTS:
        document.__dict__.pop(name, None)
    name = _GRANTED.get(owner.type, "")
    if name:
        document.__dict__[name] = reference(owner)
    elif held(document, "group") is None:
        document.__dict__.pop("href", None)


_GRANTED = {
    "Cluster": "cluster",
    "DataCenter": "data_center",
    "Disk": "disk",
    "Host": "host",
    "StorageDomain": "storage_domain",
    "Template": "template",
    "Vm": "vm",
    "VmPool": "vm_pool",
}


def is_seen(owner: Record | None, segment: str) -> bool:
    """Whether the members of a collection have another address there than their own."""
    place = (owner.type if owner else "", segment)
    assigned = ASSIGNED.get(place)
    return place in SEEN or (assigned is not None and assigned.seen)


def collection(api_type: str, entries: Iterable[Any]) -> BaseResources[Any]:
    """The document of a collection."""
    cls = collection_of(api_type)
    if cls is None:
        raise KeyError(api_type)
    listed = list(entries)
    document: BaseResources[Any] = blank(cls, **({cls.__member__: listed} if listed else {}))
    return document


def follow(estate: Estate, document: Any, paths: Iterable[str]) -> None:
    """Puts in the place of links what they lead to: ``nics``, ``disk_attachments.disk``.

    Raises LookupError where there is nothing of a name to follow.
    """
    onward: dict[str, list[str]] = {}
    for path in paths:
        first, _, rest = path.partition(".")
        onward.setdefault(first, []).extend([rest] if rest else [])
    for name, further in onward.items():
        if name and not _can_follow(document, name):
            raise LookupError(f"there is no {name!r} to follow")
        for inlined in _inline(estate, document, name):
            follow(estate, inlined, further)


# What is there and cannot be followed.
_NEVER_FOLLOWED = frozenset(
    {
        ("CpuProfile", "permissions"),
        ("Disk", "storagedomains"),
        ("DiskProfile", "permissions"),
    }
)


def _can_follow(document: Any, name: str) -> bool:
    """Whether there is something that can be followed: a link, or an attribute that is set."""
    wanted = name.replace("_", "").lower()
    api_type = type(document).__api_name__
    if (api_type, wanted) in _NEVER_FOLLOWED:
        return False
    if wanted in document.links:
        return True
    specs: dict[str, FieldSpec] = fields(class_of(api_type))
    return any(wanted == specs[held_].wire.replace("_", "") for held_ in document.__dict__)


def _inline(estate: Estate, document: Any, name: str) -> list[Any]:
    cls: type[Struct] = type(document)
    spec = followed(cls, name)
    if spec is None:
        return []
    record = estate.store.record(document)
    rel = relationship(cls, spec)
    if rel in document.links and record is not None and spec.is_list:
        found = _members(estate, record, rel)
        document.__dict__[spec.name] = found
        return found
    return _inline_references(estate, document, spec)


@cache
def followed(cls: type[Struct], name: str) -> FieldSpec | None:
    """The attribute that what is followed by a name is put in."""
    wanted = name.replace("_", "").lower()
    for spec in fields(cls).values():
        names = (relationship(cls, spec), spec.wire.replace("_", "").lower())
        if spec.kind is Kind.STRUCT and wanted in names:
            return spec
    return None


def _inline_references(estate: Estate, document: Any, spec: FieldSpec) -> list[Any]:
    value = document.__dict__.get(spec.name)
    entries = value if isinstance(value, list) else [value]
    records = [estate.store.record(e) for e in entries if isinstance(e, BaseResource)]
    found = [represent(estate, record) for record in records if record is not None]
    if found:
        document.__dict__[spec.name] = found if spec.is_list else found[0]
    return found


@cache
def relationship(cls: type[Struct], spec: FieldSpec) -> str:
    """The relationship that an attribute inlines, if it inlines one."""
    named = RELATIONSHIPS.get((cls.__api_name__, spec.name))
    return named or spec.wire.replace("_", "")


def entry_point(estate: Estate, user: str) -> Any:
    """The document of the entry point."""
    template = class_of("Template")
    tag = class_of("Tag")
    special = blank(
        class_of("SpecialObjects"),
        blank_template=blank(template, href=f"{ROOT}/templates/{NIL}", id=NIL),
        root_tag=blank(tag, href=f"{ROOT}/tags/{NIL}", id=NIL),
    )
    document = blank(
        class_of("Api"),
        engine_backup=blank(class_of("EngineBackupInfo")),
        product_info=estate.product,
        special_objects=special,
        summary=_summary(estate),
        time=estate.timeline.date,
    )
    if record := estate.account(user):
        own = blank(class_of("User"), href=record.href, id=record.id)
        document.__dict__.update(authenticated_user=own, effective_user=own)
    pairs: dict[str, str] = {}
    for rel in relations.entry_point():
        pairs[rel] = f"{ROOT}/{rel}"
        if rel in SEARCHABLE:
            matrix = ";from={event_id}" if rel == "events" else ""
            pairs[f"{rel}/search"] = f"{ROOT}/{rel}{matrix}?search={{query}}"
    object.__setattr__(document, "_links", Links.from_pairs(ROOT, pairs))
    return document


def _summary(estate: Estate) -> Any:
    def item(api_type: str, active: str) -> Any:
        records = list(estate.store.of_type(api_type))
        up = sum(held(record.model, "status") == active for record in records)
        return blank(class_of("ApiSummaryItem"), active=up, total=len(records))

    users = estate.store.members(None, "users")
    return blank(
        class_of("ApiSummary"),
        hosts=item("Host", "up"),
        storage_domains=item("StorageDomain", "active"),
        users=blank(class_of("ApiSummaryItem"), active=1, total=len(users)),
        vms=item("Vm", "up"),
    )
