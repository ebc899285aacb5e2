"""``rhev schema``: what editors are given to check specs as they are written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from rhev.cli.arguments import NounType
from rhev.cli.exits import USAGE, CommandError

if TYPE_CHECKING:
    from rhev.cli.nouns import Noun
    from rhev.cli.session import Session


@click.command("schema")
@click.argument("noun", type=NounType(), metavar="[TYPE]", required=False)
@click.pass_obj
def schema(session: Session, noun: Noun | None) -> None:
    """Print the JSON Schema of specs of a type: rhev schema vm > vm.schema.json

    Without a TYPE it is that of specs of all types, one or a list of them in a file. An editor that
    has it completes and checks what is written.
    """
    from rhev import specs
    from rhev.specs.kinds import kinds

    if session.out.format not in ("table", "json"):
        raise CommandError("a schema is written as JSON", USAGE)
    kind = None
    if noun is not None:
        kind = next((each for each, type_ in kinds().items() if type_ == noun.type_name), None)
        if kind is None:
            raise CommandError(f"no spec describes {noun.plural}: nothing adds one", USAGE)
    session.out.text(json.dumps(specs.schema(kind), indent=2, ensure_ascii=False))
