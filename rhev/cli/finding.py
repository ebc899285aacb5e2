"""Finds resources by what people call them: their names or ids, below what they belong to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rhev.cli.exits import NOT_FOUND, CommandError
from rhev.cli.nouns import Place, class_of, dashed, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rhev.connection import Connection
    from rhev.mapping.resources import BaseResource

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def is_id(text: str) -> bool:
    """Whether a text has the form of an engine's id."""
    return _UUID.fullmatch(text) is not None


def wanted(place: Place, base: BaseResource | None) -> Any:
    """What a connection is asked for: the relationship below a base, or a class."""
    return class_of(place.type_name) if base is None or not place.rel else place.rel


def base_of(conn: Connection, place: Place, owners: Mapping[str, str]) -> BaseResource | None:
    """The resource that a collection is below: the owners are looked up, outermost first."""
    base: BaseResource | None = None
    given = {plain(name): value for name, value in owners.items()}
    above = ""
    for owner in place.owners:
        name = next(given[spelling] for spelling in owner.names if spelling in given)
        above += f"/{owner.rel}"
        base = find(conn, Place(above, owner.type_name, (), owner.rel), name, base)
        above += "/{id}"
    return base


def find(
    conn: Connection,
    place: Place,
    name: str,
    base: BaseResource | None = None,
    **parameters: Any,
) -> BaseResource:
    """The resource of a name or an id, below a base or the entry point.

    Raises CommandError where nothing has it, and rhev.MultipleFound where several have the name.
    """
    from rhev import errors

    cls = class_of(place.type_name)
    kind = wanted(place, base)
    attribute = naming_attribute(cls)
    by_name = attribute is not None and place.is_listed and not is_id(name)
    try:
        if by_name:
            found = _named(conn, kind, attribute or "", name, base, parameters)
            if found is not None:
                return found
        return conn.get(kind, name, base, **parameters)  # type: ignore[no-any-return]
    except (errors.Forbidden, errors.Unauthorized):
        raise
    except errors.Fault as error:
        # Of a text that is no id at all, some collections say otherwise that there is none
        if is_id(name) and not isinstance(error, errors.NotFound):
            raise
        what = dashed(cls.__xml_tag__ or place.type_name)
        of = "" if base is None else f" of {_called(base)}"
        how = "id" if not attribute else f"{attribute.removeprefix('user_')} or id"
        raise CommandError(f"there is no {what}{of} with the {how} {name!r}", NOT_FOUND) from None


def naming_attribute(cls: type[BaseResource]) -> str | None:
    """The attribute that people name a resource of a class by, if it has one."""
    from rhev.mapping.fields import fields

    specs = fields(cls)
    if cls.__api_name__ == "Snapshot":
        return "description"  # it has the attributes of its machine, and no name of its own
    if "user_name" in specs:
        return "user_name"
    return "name" if "name" in specs else None


def _named(
    conn: Connection,
    wanted: Any,
    attribute: str,
    name: str,
    base: BaseResource | None,
    parameters: Mapping[str, Any],
) -> BaseResource | None:
    """The one of exactly this name; None where there is none, since it may be an id."""
    from rhev import errors

    criteria: dict[str, Any] = {attribute: name, **parameters}
    listed = conn.getall(wanted, base, **criteria)
    found = [one for one in listed if vars(one).get(attribute) == name]
    if len(found) > 1:
        ids = " or ".join(str(vars(one).get("id")) for one in found)
        raise errors.MultipleFound(f"several are called {name!r}: give the id, {ids}")
    return found[0] if found else None


def _called(resource: BaseResource) -> str:
    """The type and the name of what something belongs to: ``vm web-01``."""
    values = vars(resource)
    name = values.get(naming_attribute(type(resource)) or "name") or values.get("id")
    return f"{dashed(type(resource).__xml_tag__ or resource.__api_name__)} {name}"
