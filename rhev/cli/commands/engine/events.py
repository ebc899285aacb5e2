"""``rhev events``: what the engine has written down, and what it goes on writing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rhev.cli.session import Session


@click.command("events")
@click.option("--search", metavar="QUERY", help="In the engine's language: 'severity = error'.")
@click.option(
    "--max",
    "limit",
    type=click.IntRange(1),
    default=25,
    show_default=True,
    metavar="N",
    help="The newest N.",
)
@click.option("--after", type=click.IntRange(0), metavar="ID", help="Those since this one.")
@click.option("--follow", "-f", is_flag=True, help="Go on as they come, until Ctrl-C.")
@click.option(
    "--for",
    "seconds",
    type=click.FloatRange(0),
    metavar="SECONDS",
    help="How long to follow; for ever unless said.",
)
@click.pass_obj
def events(
    session: Session,
    search: str | None,
    limit: int,
    after: int | None,
    follow: bool,
    seconds: float | None,
) -> None:
    """Show the engine's newest events, the oldest of them first.

    With --follow they go on as they come: in JSON, YAML and XML a document for each.
    """
    from rhev.schema import Event

    conn = session.connection()
    if follow:
        stream = session.out.stream(Event)
        for event in conn.follow_events(after=after, search=search, timeout=seconds):
            stream(event)
        return
    said: dict[str, Any] = {"max": limit}
    if search is not None:
        said["search"] = search
    if after is not None:
        said["from_"] = after
    found = sorted(conn.getall(Event, **said), key=lambda event: int(event.id or 0))
    session.out.resources(Event, found)
