"""What commands that name resources have in common: the noun, what it is below, and finding it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from rhev.cli.exits import NOT_FOUND, USAGE, CommandError
from rhev.cli.nouns import Noun, Place, class_of, dashed, noun, owner_options, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rhev.connection import Connection
    from rhev.mapping.resources import BaseResource

    NounParam = click.ParamType[Noun]
else:
    NounParam = click.ParamType  # which older versions of click do not let be subscripted

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


class NounType(NounParam):
    """A word for a type, such as ``vms``, ``vm`` or ``data-center``."""

    name = "noun"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Noun:
        return value if isinstance(value, Noun) else noun(value)


class NounCommand(click.Command):
    """A command with an option for each type that other resources belong to: ``--vm NAME``.

    The callback is given those that were written as ``owners``: by their option, its value.
    """

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        params = super().get_params(ctx)
        taken = {name for param in params for name in param.opts}
        owners: list[click.Parameter] = [
            _OwnerOption(option) for option in owner_options() if f"--{option}" not in taken
        ]
        return [*params, *owners]

    def invoke(self, ctx: click.Context) -> Any:
        owners = {
            dashed(name.removeprefix(_OWNER)): ctx.params.pop(name)
            for name in list(ctx.params)
            if name.startswith(_OWNER)
        }
        ctx.params["owners"] = {name: value for name, value in owners.items() if value is not None}
        return super().invoke(ctx)


_OWNER = "owner_"


class _OwnerOption(click.Option):
    def __init__(self, option: str) -> None:
        name = _OWNER + option.replace("-", "_")
        super().__init__([f"--{option}", name], metavar="NAME", hidden=True)


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
    wanted: Any = cls if base is None or not place.rel else place.rel
    attribute = naming_attribute(cls)
    by_name = attribute is not None and not _UUID.fullmatch(name)
    try:
        if by_name:
            found = _named(conn, wanted, attribute or "", name, base, parameters)
            if found is not None:
                return found
        return conn.get(wanted, name, base, **parameters)  # type: ignore[no-any-return]
    except errors.NotFound:
        kind = dashed(place.type_name if not cls.__xml_tag__ else cls.__xml_tag__)
        of = "" if base is None else f" of {base}"
        how = "name or id" if attribute else "id"
        raise CommandError(f"there is no {kind}{of} with the {how} {name!r}", NOT_FOUND) from None


def naming_attribute(cls: type[BaseResource]) -> str | None:
    """The attribute that people name a resource of a class by, if it has one."""
    from rhev.mapping.fields import fields

    specs = fields(cls)
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


def comma_separated(
    ctx: click.Context, parameter: click.Parameter, value: str | None
) -> tuple[str, ...]:
    """The callback of an option that takes several values in one word."""
    parts = tuple(part.strip() for part in (value or "").split(","))
    if value is not None and not all(parts):
        raise CommandError(f"--{parameter.name}: {value!r} has an empty part", USAGE)
    return parts if value else ()
