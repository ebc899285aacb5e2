"""``rhev snapshot``: snapshots of machines, as ``rhev create snapshot --vm NAME`` makes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rhev.cli.arguments import NounCommand, NounType, ResourceName
from rhev.cli.changing.targets import several, targets, wait_until_settled
from rhev.cli.changing.waits import waits
from rhev.cli.exits import USAGE, CommandError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rhev.cli.changing.running import Item, Run
    from rhev.cli.nouns import Noun
    from rhev.cli.session import Session


@click.command("snapshot", cls=NounCommand)
@click.argument("noun", type=NounType(), metavar="vm")
@click.argument("names", nargs=-1, type=ResourceName(), metavar="NAME...")
@click.option("--description", required=True, metavar="TEXT", help="What the snapshot is called.")
@click.option(
    "--memory/--no-memory", default=None, help="With the memory of a running machine, or without."
)
@several
@waits
@click.pass_obj
def snapshot(
    session: Session,
    noun: Noun,
    names: tuple[str, ...],
    description: str,
    memory: bool | None,
    search: str | None,
    yes: bool,
    parallel: int,
    wait: bool,
    timeout: float,
    owners: Mapping[str, str],
) -> None:
    """Take snapshots of machines: rhev snapshot vm web-01 --description 'before the update'

    'rhev list snapshots --vm web-01' shows them, and 'rhev restore' goes back to one.
    """
    from rhev import schema
    from rhev.cli.changing.running import run

    if noun.type_name != "Vm":
        raise CommandError("snapshots are of machines: rhev snapshot vm NAME", USAGE)
    found = targets(session, noun, names, search, owners)
    if found.searched:
        found.ask(session, "Take a snapshot of vm", yes=yes)
    conn = session.connection()

    def job(item: Item, going: Run) -> str:
        made = schema.Snapshot(description=description)
        if memory is not None:
            made.persist_memorystate = memory
        item.subject = conn.create(made, item.subject)
        if not wait:
            return "snapshot begun"
        settled = wait_until_settled(conn, item, timeout, going, "snapshot begun")
        return f"snapshot {settled}"

    run(session, "snapshot", found.items, job, parallel=parallel)
