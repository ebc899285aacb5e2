"""``rhev version``: what is installed here, and what the engine is."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rhev.cli.session import Session


@click.command("version")
@click.option("--client", is_flag=True, help="Only what is installed here: no engine is asked.")
@click.pass_obj
def version(session: Session, client: bool) -> None:
    """Show the version of rhev and, where one is named, that of the engine."""
    from rhev import __version__
    from rhev.cli.connecting.target import NoEngine

    record = {"rhev": __version__}
    if not client:
        with suppress(NoEngine):
            record["engine"] = str(session.connection().version())
    session.out.record(record)
