"""``rhev list``: the resources of a type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from rhev.cli.arguments import NounCommand, NounType, base_of, comma_separated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rhev.cli.nouns import Noun
    from rhev.cli.session import Session


@click.command("list", cls=NounCommand)
@click.argument("noun", type=NounType(), metavar="TYPE")
@click.option("--search", metavar="QUERY", help="In the engine's language: 'status = up'.")
@click.option(
    "--follow", metavar="LINKS", help="What is brought along: 'nics,disk_attachments.disk'."
)
@click.option("--max", "limit", type=click.IntRange(1), metavar="N", help="At most so many.")
@click.option(
    "--columns", callback=comma_separated, metavar="NAMES", help="Attributes: 'name,cpu.topology'."
)
@click.option("--sort", metavar="COLUMN", help="Sort by an attribute; with - before it, backwards.")
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
    parameters: dict[str, Any] = {"search": search, "follow": follow, "max": limit}
    if all_content:
        parameters["all_content"] = True
    parameters = {name: value for name, value in parameters.items() if value is not None}
    conn = session.connection()
    base = base_of(conn, place, owners)
    wanted: Any = place.rel if base is not None and place.rel else noun.cls
    found = conn.getall(wanted, base, **parameters)
    resources = list(found)
    cls = type(resources[0]) if resources else noun.cls
    if sort:
        from rhev.cli.output.columns import sorted_by

        resources = sorted_by(cls, resources, sort)
    session.out.resources(cls, resources, columns, type(found))
