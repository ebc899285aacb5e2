"""Reading: one resource, a collection, page after page of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from rhev import errors
from rhev import search as language
from rhev.mapping.catalogue import model
from rhev.mapping.fields import fields
from rhev.mapping.parameters import ReadParameters, ReloadParameters
from rhev.mapping.resources import BaseResource, BaseResources, Below
from rhev.mapping.structure import UNCHANGED
from rhev.models.engine import API
from rhev.models.index import COLLECTIONS
from rhev.operations import follow, locate
from rhev.operations.arguments import check_parameters, check_reading, check_resource
from rhev.operations.search import (
    Named,
    Plan,
    check_criteria,
    lacks_name,
    matches,
    name_of,
    plan,
    reference_class,
    several,
    with_page,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rhev.operations.steps import Steps
    from rhev.operations.wire import Wire

R = TypeVar("R", bound=BaseResource)


class First:
    """What is not given of a get: what matches, or just the first of the collection, is meant.

    None is no way to say so, which an attribute reads as that has yet to be set.
    """


FIRST: Final = First()

PAGE = 100  # what an engine puts on a page unless max= says otherwise


def getall(
    wire: Wire,
    wanted: locate.Wanted,
    base: locate.Base | None,
    search: str | None,
    criteria: Mapping[str, object],
    parameters: Mapping[str, Any],
) -> Steps[BaseResources[Any]]:
    """The members of a collection that match."""
    check_reading("getall", wanted, search, criteria, parameters, ReadParameters)
    place = yield from locate.collection(wire, wanted, base)
    return (yield from members(wire, place, search, criteria, parameters))


def paged(
    wire: Wire,
    wanted: locate.Wanted,
    base: locate.Base | None,
    search: str | None,
    criteria: Mapping[str, object],
    parameters: Mapping[str, Any],
) -> Steps[locate.Place]:
    """The collection whose pages are going to be read."""
    check_reading("iterate", wanted, search, criteria, parameters, ReadParameters)
    return (yield from locate.collection(wire, wanted, base))


def members(
    wire: Wire,
    place: locate.Place,
    search: str | None,
    criteria: Mapping[str, object],
    parameters: Mapping[str, Any],
) -> Steps[BaseResources[Any]]:
    planned = _plan(wire, place, search, criteria, parameters)
    parameters = dict(parameters)
    limit = parameters.get("max")
    if planned.here:
        # What the engine leaves out cannot match here.
        parameters.pop("max", None)
    found = yield from _listed(wire, place, planned, parameters)
    # Not every collection of an engine minds how many are wanted.
    found._members[:] = found._members[:limit]
    return found


def _plan(
    wire: Wire,
    place: locate.Place,
    search: str | None,
    criteria: Mapping[str, object],
    parameters: Mapping[str, Any],
) -> Plan:
    """What of criteria and a query the engine is asked, and what is matched here."""
    followed = follow.paths(parameters.get("follow"))
    if place.searchable:
        return plan(place.member, criteria, search, checked=wire.check, follow=followed)
    if search is not None:
        raise errors.NotSearchable(
            f"{place.collection.__name__} at {place.href} cannot be searched by a query; give"
            " criteria instead, such as name='a*', which are then matched here"
        )
    held = place.attached
    member = _attached_class(place.member, held) if held else place.member
    check_criteria(member, criteria, checked=wire.check, follow=followed)
    return Plan(None, criteria)


def _listed(
    wire: Wire, place: locate.Place, planned: Plan, parameters: Mapping[str, Any]
) -> Steps[BaseResources[Any]]:
    """The members that the engine answers with, and of those the ones that match here."""
    found = yield from _answered(wire, place, planned.query, parameters)
    sensitive = bool(parameters.get("case_sensitive"))
    return (yield from _matching(wire, found, planned.here, case_sensitive=sensitive))


def _answered(
    wire: Wire, place: locate.Place, query: str | None, parameters: Mapping[str, Any]
) -> Steps[BaseResources[Any]]:
    parameters = {**parameters, "search": query}
    if query is None:
        parameters.pop("case_sensitive", None)
    if place.attached is not None:
        inner = [f"{place.attached}.{path}" for path in follow.paths(parameters.get("follow"))]
        parameters["follow"] = [place.attached, *inner]
    found: BaseResources[Any] = yield from follow.read(
        wire, place.href, place.collection, parameters, place.member
    )
    if not found and place.below is not None:
        # Below what does not exist an engine lists nothing, and says no more.
        yield from wire.call("GET", locate.address(place.below), type(place.below))
    for resource in found:
        locate.remember(place, resource)
    if place.attached is not None:
        found = yield from _attached(wire, found, place.attached)
        for resource in found:
            resource.__class__ = place.wanted or type(resource)
    if found.href is None:
        vars(found)["href"] = place.href
    return found


def _matching(
    wire: Wire,
    found: BaseResources[Any],
    criteria: Mapping[str, object],
    *,
    case_sensitive: bool,
) -> Steps[BaseResources[Any]]:
    """Of what an engine answered with, in place, what criteria match here."""
    if criteria and found:
        here = yield from _with_ids(wire, found, criteria, case_sensitive=case_sensitive)
        found._members[:] = [m for m in found if matches(m, here, case_sensitive=case_sensitive)]
    return found


def _with_ids(
    wire: Wire,
    found: BaseResources[Any],
    criteria: Mapping[str, object],
    *,
    case_sensitive: bool,
) -> Steps[Mapping[str, object]]:
    """Criteria with the ids of what they name, where an engine answers with references by id."""
    here = dict(criteria)
    for name, value in criteria.items():
        reference = reference_class(type(found[0]), name)
        names = [wanted for each in several(value) if (wanted := name_of(each)) is not None]
        if reference is None or not names or not any(map(lacks_name(reference[0]), found)):
            continue
        path, cls = reference
        try:
            place = yield from locate.collection(wire, cls, None)
        except errors.NoRelationship:
            continue
        wanted_ones: list[object] = [e for e in several(value) if name_of(e) is None]
        for wanted in names:
            named = yield from members(
                wire, place, None, {"name": wanted}, {"case_sensitive": case_sensitive or None}
            )
            wanted_ones.append(Named(wanted, frozenset(each.id for each in named)))
        del here[name]
        here[path] = wanted_ones
    return here


def _attached(
    wire: Wire, attachments: BaseResources[Any], attribute: str
) -> Steps[BaseResources[Any]]:
    """What the members of a collection attach: inlined by ``follow``, or else read one by one."""
    found: list[Any] = []
    for attachment in attachments:
        resource = getattr(attachment, attribute)
        if resource is not None:
            if resource.__dict__.keys() <= {"id", "href"}:
                resource = yield from wire.call("GET", locate.address(resource), type(resource))
            attached_by(resource, attachment)
            found.append(resource)
    cls = _attached_class(locate.resource_class(type(attachments)), attribute)
    collection: BaseResources[Any] = model(COLLECTIONS[cls.__name__])()
    collection._members.extend(found)
    object.__setattr__(collection, "_binding", wire.binding)
    return collection


# What API v3 had as attributes of a disk and v4 has as those of its attachment.
OF_ATTACHMENTS = ("active", "bootable", "interface")


def attached_by(disk: BaseResource, attachment: BaseResource) -> None:
    """Lets a disk have what its attachment to a virtual machine says of it, and where that is."""
    for name in OF_ATTACHMENTS:
        if (value := attachment.__dict__.get(name)) is not None:
            vars(disk)[name] = value
    if attachment.href is not None:
        object.__setattr__(disk, "_below", Below(attachment.href, is_attachment=True))


def _attached_class(attachment: type[BaseResource], attribute: str) -> type[BaseResource]:
    cls: type[BaseResource] = fields(attachment)[attribute].type
    return cls


def get(
    wire: Wire,
    wanted: locate.Wanted,
    id_: str | First | None,
    base: locate.Base | None,
    query: str | First,
    criteria: Mapping[str, object],
    parameters: Mapping[str, Any],
) -> Steps[BaseResource]:
    """One resource: by id, by criteria, a special object, or the first of the collection.

    Raises NotFound, and MultipleFound if criteria match several.
    """
    for keyword, value in {"search": query, **criteria}.items():
        if value is None:
            raise TypeError(
                f"get(): {keyword}= is None, which says nothing of what is wanted: leave it out to"
                " get the first there is"
            )
    search = None if isinstance(query, First) else query
    check_reading("get", wanted, search, criteria, parameters, ReadParameters)
    special = wanted if isinstance(wanted, str) and "/" in wanted else None
    asked = search is not None or bool(criteria)
    if asked and (special or wanted is API or not isinstance(id_, First)):
        raise ValueError(
            "what is asked for is named already, and takes neither criteria nor a search:"
            f" {', '.join(criteria) or 'search'}"
        )
    if wanted is API:
        return (yield from wire.read_entry(parameters))
    if special:
        return (yield from _special(wire, special, parameters))
    place = yield from locate.collection(wire, wanted, base)
    if not isinstance(id_, First):
        return (yield from by_id(wire, place, id_, parameters))
    parameters = {"max": 2 if asked else 1, **parameters}
    name = criteria.get("name")
    exact = isinstance(name, str) and "*" not in name and "case_sensitive" not in parameters
    if exact:
        # A name is one resource's with its case, and searched without.
        parameters["case_sensitive"] = True
    found = yield from members(wire, place, search, criteria, parameters)
    if exact:
        found._members[:] = [each for each in found if getattr(each, "name", name) == name]
    what = search if search is not None else _described(criteria)
    if not found:
        raise locate.not_found(
            f"no {place.member.__name__} matches {what}" if asked else f"no {place.member.__name__}"
        )
    if asked and len(found) > 1:
        names = {getattr(member, "name", None) for member in found[:2]}
        told_apart = names if len(names) > 1 else [member.href for member in found[:2]]
        raise errors.MultipleFound(
            f"several {place.collection.__name__} match {what}:"
            f" {' and '.join(sorted(map(str, told_apart)))}; getall() reads all of them"
        )
    first: BaseResource = found[0]
    return first


def by_id(
    wire: Wire, place: locate.Place, id_: str | None, parameters: Mapping[str, Any]
) -> Steps[BaseResource]:
    href = place.member_href(id_)
    if place.attached is None:
        member: BaseResource = yield from follow.read(wire, href, place.member, parameters)
        locate.remember(place, member)
        return member
    attachment = yield from wire.call("GET", href, place.member)
    held: BaseResource = getattr(attachment, place.attached)
    cls = place.wanted or type(held)
    attached: BaseResource = yield from follow.read(wire, locate.address(held), cls, parameters)
    attached_by(attached, attachment)
    return attached


def _special(wire: Wire, name: str, parameters: Mapping[str, Any]) -> Steps[BaseResource]:
    api = yield from wire.entry()
    if name in api.links:
        rel = name.partition("/")[0]
        cls = (yield from locate.collection(wire, rel, None)).member
        linked: BaseResource = yield from follow.read(wire, api.links[name], cls, parameters)
        return linked
    found = locate.special(api, name)
    if found is None:
        objects = api.special_objects.__dict__ if api.special_objects else {}
        raise errors.NoRelationship(
            f"the entry point has no special object {name!r}; it has:"
            f" {', '.join(sorted(objects)) or 'none'}"
        )
    whole: BaseResource = yield from follow.read(
        wire, locate.address(found), type(found), parameters
    )
    return whole


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a collection: the members that match, and the ids of all that are on it."""

    number: int
    members: BaseResources[Any]
    ids: tuple[str | None, ...] = ()
    is_last: bool = False


def page(
    wire: Wire,
    place: locate.Place,
    before: Page | None,
    search: str | None,
    criteria: Mapping[str, object],
    parameters: Mapping[str, Any],
) -> Steps[Page]:
    """The page after another, or the first one. A collection that cannot be paged is one page.

    Raises ResponseError for a page that repeats the one before it: so would all that follow.
    """
    planned = _plan(wire, place, search, criteria, parameters)
    if not (place.searchable and language.is_paged(place.member.__api_name__)):
        whole = {name: value for name, value in parameters.items() if name != "max"}
        return Page(1, (yield from _listed(wire, place, planned, whole)), is_last=True)
    size = parameters.get("max") or PAGE
    number = before.number + 1 if before else 1
    query = with_page(planned.query, number)
    found = yield from _answered(wire, place, query, {**parameters, "max": size})
    ids = tuple(member.id for member in found)
    if before and ids and ids == before.ids and None not in ids:
        raise errors.ResponseError(
            f"page {number} has the same {len(ids)} members as the one before it: the engine, or a"
            " proxy in front of it, ignores paging; getall() reads a collection at once",
            errors.Exchange("GET", wire.request("GET", place.href).url),
        )
    sensitive = bool(parameters.get("case_sensitive"))
    matching = yield from _matching(wire, found, planned.here, case_sensitive=sensitive)
    return Page(number, matching, ids, is_last=len(ids) < size)


def reload(wire: Wire, resource: R, parameters: Mapping[str, Any]) -> Steps[R]:
    """Reads a resource again, in place."""
    check_resource("reload", resource)
    check_parameters("reload", parameters, ReloadParameters)
    href = yield from locate.own_href(wire, resource)
    fresh = yield from follow.read(wire, href, type(resource), parameters)
    refresh(resource, fresh)
    return resource


def refresh(resource: BaseResource, fresh: BaseResource) -> None:
    """Makes a resource what ``fresh`` is, all at once, and unchanged since it was read."""
    href = resource.href
    object.__setattr__(resource, "__dict__", fresh.__dict__ | own_values(resource))
    if resource.href is None and href is not None:
        vars(resource)["href"] = href
    for slot in ("_links", "_actions", "_lists", "_binding", "__pydantic_extra__"):
        object.__setattr__(resource, slot, getattr(fresh, slot))
    object.__setattr__(resource, "__pydantic_fields_set__", set(resource.__dict__))
    object.__setattr__(resource, "_changed", UNCHANGED)


def own_values(resource: BaseResource) -> dict[str, Any]:
    """What a resource holds that does not come from its own address.

    That is what is in the fields that a user's class adds, and of a disk what its attachment says.
    """
    cls = type(resource)
    below = resource._below
    attached = OF_ATTACHMENTS if below is not None and below.is_attachment else ()
    if len(cls.__pydantic_fields__) == len(fields(cls)) and not attached:
        return {}
    return {
        name: value
        for name, value in vars(resource).items()
        if name not in fields(cls) or name in attached
    }


def _described(criteria: Mapping[str, object]) -> str:
    return " and ".join(f"{name}={value!s}" for name, value in criteria.items())
