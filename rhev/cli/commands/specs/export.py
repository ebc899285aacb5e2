"""``rhev export``: specs of what an engine has."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from rhev.cli.arguments import NounCommand, NounType, base_of, find
from rhev.cli.exits import USAGE, CommandError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rhev.cli.nouns import Noun
    from rhev.cli.session import Session
    from rhev.mapping.resources import BaseResource


@click.command("export", cls=NounCommand)
@click.argument("noun", type=NounType(), metavar="TYPE")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--search", metavar="QUERY", help="In the engine's language: 'name = web*'.")
@click.pass_obj
def export(
    session: Session,
    noun: Noun,
    names: tuple[str, ...],
    search: str | None,
    owners: Mapping[str, str],
) -> None:
    """Write specs that 'rhev apply' makes the same of: rhev export vm web-01 > web-01.yaml

    Without a NAME all of the TYPE are written. A spec has no ids, nothing that the engine decides,
    and no secrets; what it refers to has its name. A machine has its disks, NICs and tags in it.
    """
    from rhev import applying
    from rhev.applying.texts import document

    if names and search is not None:
        raise CommandError("give names or --search, not both", USAGE)
    place = noun.place(owners)
    conn = session.connection()
    base = base_of(conn, place, owners)
    found: list[BaseResource]
    if names:
        found = [find(conn, place, name, base) for name in names]
    else:
        found = applying.all_of(conn, noun.cls, search=search, base=base)
    try:
        documents = [
            document(each.model, each.under) for each in applying.export(conn, found, base)
        ]
    except TypeError as error:
        raise CommandError(str(error), USAGE) from None
    if session.out.format == "json":
        session.out.text(json.dumps(documents, indent=2, ensure_ascii=False))
        return
    if session.out.format not in ("table", "yaml"):
        raise CommandError("specs are written as YAML or, with -o json, as JSON", USAGE)
    import yaml

    session.out.text(
        yaml.safe_dump_all(documents, sort_keys=False, allow_unicode=True, width=100).rstrip("\n")
    )
