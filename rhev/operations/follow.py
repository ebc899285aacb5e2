"""What a read inlines: the relationships that it follows from one resource to others."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from rhev import errors, relations
from rhev.mapping.catalogue import model
from rhev.mapping.fields import FieldSpec, Kind, fields
from rhev.mapping.resources import Addressed, BaseResource
from rhev.models.index import CLASSES, COLLECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rhev.mapping.structure import Struct
    from rhev.operations.steps import Steps
    from rhev.operations.wire import Wire


def paths(follow: object) -> tuple[str, ...]:
    """The paths of a ``follow``, each of names with dots between them.

    Raises TypeError for what is neither a text nor a sequence of texts.
    """
    if not follow:
        return ()
    given = follow.split(",") if isinstance(follow, str) else follow
    if not isinstance(given, Sequence) or not all(isinstance(path, str) for path in given):
        raise TypeError("follow= is a text, or a sequence of texts, such as ['nics', 'host']")
    stripped = (path.strip() for entry in given for path in entry.split(","))
    return tuple(path for path in stripped if path)


def check(cls: type[Struct], followed: Iterable[str]) -> None:
    """Raises ValueError for a name that leads nowhere, which an engine answers with an error page.

    A name may be that of an attribute or of a link: ``disk_attachments`` or ``diskattachments``.
    """
    for path in followed:
        owner: type[Struct] = cls
        for name in path.split("."):
            found = _leads_to(owner, name)
            if found is None:
                known = sorted({*_attributes(owner), *_links(owner)})
                near = get_close_matches(name, known, 2)
                meant = (
                    f"did you mean {' or '.join(map(repr, near))}?"
                    if near
                    else (f"there are: {', '.join(known) or 'none'}")
                )
                raise ValueError(
                    f"follow={path!r}: a {owner.__name__} has no relationship {name!r}; {meant}"
                )
            owner = found


def _leads_to(owner: type[Struct], name: str) -> type[Struct] | None:
    spec = _attribute(owner, name)
    if spec is not None:
        cls: type[Struct] = spec.type
        return cls
    rel = _links(owner).get(_folded(name))
    return None if rel is None else model(CLASSES[rel])


def _folded(name: str) -> str:
    return name.replace("_", "")


def _attributes(owner: type[Struct]) -> dict[str, FieldSpec]:
    """The attributes of a class that hold resources, by their names on the wire."""
    return {
        spec.wire: spec
        for spec in fields(owner).values()
        if spec.kind is Kind.STRUCT and issubclass(spec.type, BaseResource)
    }


def _attribute(owner: type[Struct], name: str) -> FieldSpec | None:
    known = {_folded(wire): spec for wire, spec in _attributes(owner).items()}
    return known.get(_folded(name))


def _links(owner: type[Struct]) -> dict[str, str]:
    """The links of a class, and the types that they lead to."""
    return {
        rel: member
        for (base, member), rels in relations.relationships().items()
        if base == owner.__api_name__
        for rel in rels
    }


def read(
    wire: Wire,
    href: str,
    cls: type[Any],
    parameters: Mapping[str, Any],
    members: type[Struct] | None = None,
) -> Steps[Any]:
    """Reads a resource or a collection, and what ``follow`` names with it.

    An engine fails as a whole where one resource lacks what is followed, as a NIC without a
    profile does: then the links are read here, one by one.
    """
    followed = paths(parameters.get("follow"))
    if wire.check:
        check(members or cls, followed)
    plain = {name: value for name, value in parameters.items() if name != "follow"}
    asked = {**plain, "follow": ",".join(followed)} if followed else plain
    try:
        return (yield from wire.call("GET", href, cls, parameters=asked, members=members))
    except errors.Error as error:
        if not followed or error.exchange is None or error.exchange.status != 500:
            raise
    found = yield from wire.call("GET", href, cls, parameters=plain, members=members)
    for resource in [found] if isinstance(found, BaseResource) else found:
        for path in followed:
            yield from _follow(wire, resource, path.split("."))
    return found


def _follow(wire: Wire, resource: Addressed, names: Sequence[str]) -> Steps[None]:
    """Reads what a resource has at the end of a path, where it has it."""
    spec = _attribute(type(resource), names[0])
    if spec is None:
        return
    values = vars(resource)
    held = values.get(spec.name)
    if spec.is_list:
        link = next((rel for rel in resource.links if _folded(rel) == _folded(names[0])), None)
        if held is None and link is not None:
            collection = model(COLLECTIONS[CLASSES[spec.type.__api_name__]])
            held = list((yield from wire.call("GET", resource.links[link], collection)))
        else:
            entries = []
            for entry in held or ():
                entries.append((yield from _whole(wire, entry)))
            held = entries
        values[spec.name] = held
        # It is as if it had been read at once: nothing was changed.
        lists = {**(resource._lists or {}), spec.name: tuple(held)}
        object.__setattr__(resource, "_lists", lists)
    elif held is not None:
        held = values[spec.name] = yield from _whole(wire, held)
    for entry in (held if isinstance(held, list) else [held]) if len(names) > 1 else ():
        if entry is not None:
            yield from _follow(wire, entry, names[1:])


def _whole(wire: Wire, reference: Addressed) -> Steps[Addressed]:
    """A resource of which there is only a reference, with its address."""
    if reference.href is None or not reference.__dict__.keys() <= {"id", "href", "name"}:
        return reference
    return (yield from wire.call("GET", reference.href, type(reference)))
