"""``rhev list``: the resources of a type."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from rhev.cli import completing
from rhev.cli.arguments import NounCommand, NounType, base_of, comma_separated
from rhev.cli.exits import USAGE, CommandError
from rhev.cli.finding import wanted
from rhev.cli.nouns import dashed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rhev.cli.nouns import Noun, Place
    from rhev.cli.session import Session
    from rhev.mapping.resources import BaseResource

# How many are asked for at a time where someone watches.
_PAGE = 500
# What a table brings along of a type, since it is what its rows are called by.
_FOLLOWED = {"DiskAttachment": "disk"}


@click.command("list", cls=NounCommand)
@click.argument("noun", type=NounType(plural=True), metavar="TYPE")
@click.option("--search", metavar="QUERY", help="In the engine's language: 'status = up'.")
@click.option(
    "--follow", metavar="LINKS", help="What is brought along: 'nics,disk_attachments.disk'."
)
@click.option("--max", "limit", type=click.IntRange(1), metavar="N", help="At most so many.")
@click.option(
    "--columns",
    callback=comma_separated,
    shell_complete=completing.columns,
    metavar="NAMES",
    help="Attributes: 'name,cpu.topology'.",
)
@click.option(
    "--sort",
    shell_complete=completing.columns,
    metavar="COLUMN",
    help="Sort by an attribute; with - before it, backwards.",
)
@click.option("--all-content", is_flag=True, help="Also what is costly to find out.")
@click.pass_obj
def list_(
    session: Session,
    noun: Noun,
    search: str | None,
    follow: str | None,
    limit: int | None,
    columns: tuple[str, ...],
    sort: str | None,
    all_content: bool,
    owners: Mapping[str, str],
) -> None:
    """List the resources of a TYPE: vms, hosts, disks, storage-domains, ...

    What belongs to something is named by that: rhev list nics --vm web-01
    """
    place = noun.place(owners)
    if not place.is_listed:
        raise CommandError(_not_listed(noun, place), USAGE)
    if session.out.has_columns:
        follow = follow or _FOLLOWED.get(place.type_name)
    parameters: dict[str, Any] = {"search": search, "follow": follow, "max": limit}
    parameters["all_content"] = all_content or None
    parameters = {name: value for name, value in parameters.items() if value is not None}
    if session.out.has_columns:
        from rhev.cli.output.columns import columns_of

        columns_of(noun.cls, (*columns, *([sort.removeprefix("-")] if sort else ())))
    base = base_of(session.connection(), place, owners)
    resources = _read(session, place, base, parameters)
    cls = type(resources[0]) if resources else noun.cls
    if sort:
        from rhev.cli.output.columns import sorted_by

        resources = sorted_by(cls, resources, sort)
    if not resources and session.out.is_for_people:
        session.say(f"There are no {dashed(noun.plural)}{' that match' if search else ''}.")
        return
    session.out.resources(cls, resources, columns, conn=session.connection())


def _not_listed(noun: Noun, place: Place) -> str:
    said = f"an engine does not list {dashed(noun.plural)}"
    member = place.member_service
    if member is None or "get" not in member.methods:
        return said
    return f"{said}: ask for one by its id, as in 'rhev get {dashed(noun.singular)} ID'"


def _read(
    session: Session, place: Place, base: BaseResource | None, parameters: dict[str, Any]
) -> list[BaseResource]:
    conn = session.connection()
    kind = wanted(place, base)
    watched = sys.stderr.isatty() and not session.told.quiet and not session.told.verbose
    paged = "max" not in parameters and "page" not in parameters.get("search", "")
    if not (watched and paged and base is None):
        return list(conn.getall(kind, base, **parameters))
    found: list[BaseResource] = []
    for resource in conn.iterate(kind, base, max=_PAGE, **parameters):
        found.append(resource)
        if len(found) % _PAGE == 0:
            session.progress(f"{len(found)} read, and there are more")
    session.progress("")
    return found
