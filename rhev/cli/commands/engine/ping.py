"""``rhev ping``: whether the engine answers, and takes the credentials."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rhev.cli.session import Session


@click.command("ping")
@click.pass_obj
def ping(session: Session) -> None:
    """Ask whether the engine answers, and takes the credentials."""
    conn = session.connection()
    started = time.perf_counter()
    conn.ping()
    milliseconds = round((time.perf_counter() - started) * 1000)
    session.out.record({"url": conn.url, "milliseconds": milliseconds})
