"""``rhev get``: one resource, by its name or id."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rhev.cli import completing
from rhev.cli.arguments import NounCommand, NounType, ResourceName, base_of, comma_separated, find

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rhev.cli.nouns import Noun
    from rhev.cli.session import Session


@click.command("get", cls=NounCommand)
@click.argument("noun", type=NounType(), metavar="TYPE")
@click.argument("name", type=ResourceName(), metavar="NAME")
@click.option(
    "--follow", metavar="LINKS", help="What is brought along: 'nics,disk_attachments.disk'."
)
@click.option(
    "--columns",
    callback=comma_separated,
    shell_complete=completing.columns,
    metavar="NAMES",
    help="Attributes: 'name,cpu.topology'.",
)
@click.option("--all-content", is_flag=True, help="Also what is costly to find out.")
@click.pass_obj
def get(
    session: Session,
    noun: Noun,
    name: str,
    follow: str | None,
    columns: tuple[str, ...],
    all_content: bool,
    owners: Mapping[str, str],
) -> None:
    """Show a resource of a TYPE, by its NAME or id: rhev get vm web-01

    What belongs to something is named by that: rhev get nic nic1 --vm web-01
    """
    place = noun.place(owners)
    parameters: dict[str, str | bool] = {}
    if follow:
        parameters["follow"] = follow
    if all_content:
        parameters["all_content"] = True
    conn = session.connection()
    base = base_of(conn, place, owners)
    session.out.resource(find(conn, place, name, base, **parameters), columns)
