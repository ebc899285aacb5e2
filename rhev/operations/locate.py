"""Where things are: from a type, a relationship name or a base to an address, by links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, cast
from urllib.parse import quote

from rhev import errors, relations
from rhev.mapping.catalogue import model
from rhev.mapping.explain import described
from rhev.mapping.resources import Addressed, BaseResource, BaseResources, Below
from rhev.models.engine import API, Fault
from rhev.models.index import CLASSES, COLLECTIONS
from rhev.operations.arguments import check_origin

if TYPE_CHECKING:
    from rhev.mapping.offers import Collected, Collects
    from rhev.operations.steps import Steps
    from rhev.operations.wire import Wire

Wanted: TypeAlias = (
    "type[BaseResource] | Collected[BaseResources[Any]] | Collects[BaseResources[Any]] | str"
)
Base: TypeAlias = BaseResource | BaseResources[Any]


_MEANT_AS_BASE = "; what is below a resource is asked for with base="


@dataclass(frozen=True, slots=True)
class Place:
    """A collection: its address, its class and that of its members, whether it can be searched.

    ``attached`` names the attribute of its members that holds what was really asked for, which is
    then of the class ``wanted``. A collection that ``assigns`` takes in what there is already.
    ``below`` is the resource that it is below, if that was read before and may be gone by now.
    """

    href: str
    collection: type[BaseResources[Any]]
    member: type[BaseResource]
    searchable: bool
    attached: str | None = None
    wanted: type[BaseResource] | None = None
    assigns: bool = False
    below: BaseResource | None = None

    def member_href(self, id_: str | None) -> str:
        """The address of the member with an id.

        Raises ValueError for what would be another address: no id is empty, or a dot; and
        TypeError for what is no text.
        """
        if not isinstance(id_, str):
            raise TypeError(
                f"the id of a {self.member.__name__} is a text, not {described(id_)}"
                f"{_MEANT_AS_BASE if isinstance(id_, Addressed) else ''}"
            )
        if not id_.strip("."):
            raise ValueError(f"{id_!r} is no id of a {self.member.__name__}")
        return f"{self.href}/{quote(id_, safe='')}"


def resource_class(wanted: object) -> type[BaseResource]:
    """The class of the members, given it or the class of the collection."""
    if not (isinstance(wanted, type) and issubclass(wanted, (BaseResource, BaseResources))):
        raise TypeError(
            f"{described(wanted)} is no class of resources, as schema.VM is, nor the name of a"
            " relationship, as 'vms' is"
        )
    if issubclass(wanted, BaseResources):
        cls: type[BaseResource] = model(CLASSES[wanted.__api_name__])
        return cls
    return wanted


def collection(wire: Wire, wanted: Wanted, base: Base | None) -> Steps[Place]:
    """The collection of a type, or of a relationship name, below ``base`` or the entry point.

    Raises NoRelationship, which says what there is instead.
    """
    if base is not None or not isinstance(wanted, type):
        return (yield from _found(wire, wanted, base))
    yield from wire.entry()
    places = wire.known.places
    if wanted not in places:
        places[wanted] = yield from _found(wire, wanted, None)
    return places[wanted]


def _found(wire: Wire, wanted: Wanted, base: Base | None) -> Steps[Place]:
    if not (base is None or isinstance(base, Addressed)):
        raise TypeError(f"base= is a resource, or a collection, not {described(base)}")
    check_origin(wire, base)
    if isinstance(base, BaseResources) and base.href is not None and not isinstance(wanted, str):
        return Place(base.href, type(base), resource_class(wanted), searchable=False)
    owner = base if base is not None else (yield from wire.entry())
    owner_type = owner.__api_name__
    attached = asked = None
    if isinstance(wanted, str):
        rels: tuple[str, ...] = (wanted,)
        api_name = relations.member_type(owner_type, wanted)
        if api_name is None:
            raise _no_relationship(owner, f"the relationship {wanted!r}")
    else:
        asked = resource_class(wanted)
        api_name = asked.__api_name__
        if (owner_type, api_name) in relations.ATTACHED:
            api_name, attached = relations.ATTACHED[owner_type, api_name]
        rels = relations.relationships().get((owner_type, api_name), ())
        if not rels:
            raise _no_relationship(owner, asked.__name__, _bases_of(asked))
    owner = yield from _with_links(wire, owner, rels)
    is_earlier = isinstance(base, BaseResource) and base.href is not None and owner is base
    for rel in rels:
        if (href := _link(owner, rel)) is not None:
            name = CLASSES[api_name]
            cls = model(name)
            return Place(
                href,
                model(COLLECTIONS[name]) if name in COLLECTIONS else BaseResources,
                asked if asked is not None and issubclass(asked, cls) else cls,
                f"{rel}/search" in owner.links,
                attached,
                asked,
                relations.assigns(owner_type, api_name),
                cast("BaseResource", base) if is_earlier else None,
            )
    raise _no_relationship(owner, f"the relationship {rels[0]!r}")


# What the entry point has without having a link to it.
_UNLINKED = frozenset({"options"})


def _link(owner: Base, rel: str) -> str | None:
    if rel in owner.links:
        return owner.links[rel]
    if isinstance(owner, API) and rel in _UNLINKED and "clusters" in owner.links:
        return f"{owner.links['clusters'].rpartition('/')[0]}/{rel}"
    return None


def _with_links(wire: Wire, owner: Base, rels: tuple[str, ...]) -> Steps[Base]:
    """The owner, read again where it is only a reference to a resource, without its links."""
    if isinstance(owner, API) or any(rel in owner.links for rel in rels):
        return owner
    return (yield from wire.call("GET", (yield from own_href(wire, owner)), type(owner)))


def address(resource: Addressed) -> str:
    """The resource's own address. Raises ValueError where it has none."""
    if resource.href is None:
        raise ValueError(
            f"this {type(resource).__name__} has no address: read it from the engine first, or"
            " give the base that its collection belongs to"
        )
    return resource.href


def remember(place: Place, resource: BaseResource) -> None:
    """Lets a member keep where it was read, if its own address is elsewhere.

    Deleting it there takes it off the base; deleting it by its own address is the end of it.
    """
    if place.assigns and (id_ := resource.__dict__.get("id")) is not None:
        href = place.member_href(id_)
        if resource.href != href:
            object.__setattr__(resource, "_below", Below(href))


def own_href(wire: Wire, resource: Addressed) -> Steps[str]:
    """A resource's own address or, where just its id is known, the one below the entry point."""
    check_origin(wire, resource)
    id_ = getattr(resource, "id", None)
    if resource.href is None and id_ is not None and isinstance(resource, BaseResource):
        return (yield from collection(wire, type(resource), None)).member_href(id_)
    return address(resource)


def resource_href(wire: Wire, resource: BaseResource, base: Base | None) -> Steps[str]:
    """The address that a resource has below a base, or else its own.

    The two may do different things: a tag of a virtual machine that is deleted there is taken off
    the machine, and one that is deleted by its own address is gone.
    """
    if base is None:
        return (yield from own_href(wire, resource))
    check_origin(wire, resource)
    id_ = getattr(resource, "id", None)
    if id_ is None:
        raise ValueError(
            f"this {type(resource).__name__} has no id to find it by below base=: read it from the"
            " engine first"
        )
    return (yield from collection(wire, type(resource), base)).member_href(id_)


def special(api: API, name: str) -> BaseResource | None:
    """What the entry point calls a special object: ``tags/root``, ``templates/blank``.

    API v3 has a link of that name; v4 names it as an attribute, ``root_tag``.
    """
    rel, _, which = name.partition("/")
    wanted = relations.by_name().get(rel)
    if api.special_objects is None or wanted is None:
        return None
    found = api.special_objects.__dict__.get(f"{which}_{wanted.lower()}")
    return found if isinstance(found, BaseResource) else None


def not_found(detail: str) -> errors.NotFound:
    return errors.NotFound(Fault(reason="Not Found", detail=detail))


def _no_relationship(owner: Base, what: str, bases: tuple[str, ...] = ()) -> errors.NoRelationship:
    name = "the entry point" if isinstance(owner, API) else f"a {type(owner).__name__}"
    if bases:
        mend = f"; give base= a resource that has one: {', '.join(bases)}"
    else:
        mend = f"; it has: {', '.join(sorted(owner.links)) or 'no links at all'}"
    return errors.NoRelationship(f"nothing leads from {name} to {what}{mend}")


def _bases_of(member: type[BaseResource]) -> tuple[str, ...]:
    api_name = member.__api_name__
    pairs = (*relations.relationships(), *relations.ATTACHED)
    return tuple(sorted({CLASSES[base] for base, wanted in pairs if wanted == api_name}))
