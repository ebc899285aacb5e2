"""What a shell is told of when the tabulator is pressed: types, names, columns, actions, profiles.

Only names are asked of an engine: for a second at most, and where it does not answer there are
none. Everything else is known here, without loading a model.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeAlias

import click
from click.shell_completion import CompletionItem

from rhev import facts
from rhev.cli import nouns
from rhev.cli.exits import CommandError
from rhev.cli.nouns import Noun, Place, dashed
from rhev.cli.session import Session
from rhev.models.index import CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Items: TypeAlias = list[CompletionItem[str]]
    NounParam = click.ParamType[Noun]
    TextParam = click.ParamType[str]
else:
    # Older versions of click do not let it be subscripted
    NounParam = TextParam = click.ParamType

_SECONDS = 1.0
_MOST_NAMES = 200


class NounType(NounParam):
    """A word for a type, such as ``vms``, ``vm`` or ``data-center``."""

    name = "noun"

    def __init__(self, *, plural: bool = False) -> None:
        self._plural = plural

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Noun:
        return value if isinstance(value, Noun) else nouns.noun(value)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> Items:
        found = nouns.nouns()
        words = [dashed(one.plural if self._plural else one.singular) for one in found]
        return items(words, incomplete.replace("_", "-"))


class ResourceName(TextParam):
    """The name or id of a resource of the type that the parameter ``noun`` has."""

    name = "name"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> Items:
        noun = noun_of(ctx)
        if noun is None:
            return []
        with suppress(Exception):  # whatever it is, there is nothing to be completed
            owners = owners_of(ctx.params)
            return items(_names(ctx, noun.place(owners), owners, incomplete), incomplete)
        return []


class OwnerName(TextParam):
    """The name or id of what something belongs to, as ``--vm`` has it."""

    name = "name"

    def __init__(self, option: str) -> None:
        self._option = option

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> Items:
        with suppress(Exception):
            place = nouns.noun(self._option).place({})
            return items(_names(ctx, place, {}, incomplete), incomplete)
        return []


class ProfileName(TextParam):
    """The name of a profile."""

    name = "profile"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> Items:
        from rhev.cli.connecting import profiles

        with suppress(Exception):
            return items(profiles.load().by_name, incomplete)
        return []


def columns(ctx: click.Context, param: click.Parameter, incomplete: str) -> Items:
    """Attributes of the type that ``noun`` has, after the last comma and the last dot."""
    noun = noun_of(ctx)
    if noun is None:
        return []
    before, comma, path = incomplete.rpartition(",")
    sign = "-" if path.startswith("-") else ""
    path = path.removeprefix("-")
    within, dot, _ = path.rpartition(".")
    type_: str | None = noun.type_name
    for part in within.split(".") if within else ():
        type_ = _type_of(facts.attributes(type_ or "").get(part.replace("-", "_"), ""))
    head = f"{before}{comma}{sign}{within}{dot}"
    return items([f"{head}{name}" for name in facts.attributes(type_ or "")], incomplete)


def formats(ctx: click.Context, param: click.Parameter, incomplete: str) -> Items:
    """What ``-o`` takes."""
    from rhev.cli.output.formats import JSONPATH, NAMES

    return items([*NAMES, f"{JSONPATH}="], incomplete)


def actions(ctx: click.Context, param: click.Parameter, incomplete: str) -> Items:
    """The actions of the type that ``noun`` has."""
    noun = noun_of(ctx)
    return items(actions_of(noun), incomplete) if noun else []


def statuses(ctx: click.Context, param: click.Parameter, incomplete: str) -> Items:
    """The statuses that a resource can have of the type that ``noun`` has."""
    noun = noun_of(ctx)
    return items(statuses_of(noun), incomplete) if noun else []


def noun_of(ctx: click.Context) -> Noun | None:
    """The noun that was written, also where click has not read it, before an unfinished option."""
    said = ctx.params.get("noun")
    if isinstance(said, Noun):
        return said
    with suppress(CommandError):
        return nouns.noun(ctx.args[0]) if ctx.args else None
    return None


def actions_of(noun: Noun) -> tuple[str, ...]:
    """The names of the actions of resources of a type, with underscores between words."""
    services = [place.member_service for place in noun.places]
    found = {m.name for service in services if service for m in service.actions.values()}
    return tuple(sorted(found))


def statuses_of(noun: Noun) -> tuple[str, ...]:
    """The statuses that resources of a type can have; empty where they have none."""
    held = facts.attributes(noun.type_name)
    name = next((name for name in nouns.STATUS_ATTRIBUTES if name in held), None)
    return facts.values(held[name]) if name else ()


def items(words: Iterable[str], incomplete: str) -> Items:
    """The words that begin with what is written already."""
    return [CompletionItem(word) for word in words if word.startswith(incomplete)]


def owners_of(params: Mapping[str, Any]) -> dict[str, str]:
    """What was said of what something belongs to: by its option, its name."""
    given = {
        dashed(name.removeprefix(nouns.OWNER)): value
        for name, value in params.items()
        if name.startswith(nouns.OWNER)
    }
    return {name: value for name, value in given.items() if value is not None}


def _type_of(annotation: str) -> str | None:
    """The API's type of the class of an attribute."""
    cls = annotation.removesuffix("[]")
    return next((type_ for type_, name in CLASSES.items() if name == cls), None)


def _names(
    ctx: click.Context, place: Place, owners: Mapping[str, str], incomplete: str
) -> list[str]:
    """The names of what is in a collection, of an engine that is known and can be asked now."""
    from rhev.cli.connecting.target import target
    from rhev.cli.finding import base_of, naming_attribute, wanted

    session = ctx.ensure_object(Session)
    session.told.timeout, session.told.verbose = _SECONDS, 0
    if not session.told.demo:
        told = target(session.told)
        if told.token is None and (told.username is None or told.password is None):
            return []  # it would have to be asked for
    with session:
        conn = session.connection()
        base = base_of(conn, place, owners)
        cls = nouns.class_of(place.type_name)
        attribute = naming_attribute(cls) or "id"
        said: dict[str, Any] = {"max": _MOST_NAMES}
        if incomplete and attribute == "name":
            said["name"] = f"{incomplete}*"
        found = conn.getall(wanted(place, base), base, **said)
    return [str(vars(one)[attribute]) for one in found if vars(one).get(attribute)]
