"""``rhev update``: attributes of resources are changed, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from rhev.cli.arguments import NounType, ResourceName
from rhev.cli.changing.assignments import Assignment, apart
from rhev.cli.changing.options import MemberCommand, Settable, attributes_of
from rhev.cli.changing.targets import several, targets
from rhev.cli.exits import USAGE, CommandError
from rhev.cli.nouns import dashed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rhev.cli.changing.running import Item, Run
    from rhev.cli.nouns import Noun
    from rhev.cli.session import Session


class _Update(MemberCommand):
    method = "update"

    def settables(self, noun: Noun, args: Sequence[str]) -> Iterable[Settable]:
        return attributes_of(noun)


@click.command("update", cls=_Update)
@click.argument("noun", type=NounType(), metavar="TYPE")
@click.argument("words", nargs=-1, type=ResourceName(), metavar="NAME... ATTRIBUTE=VALUE...")
@several
@click.pass_obj
def update(
    session: Session,
    noun: Noun,
    words: tuple[str, ...],
    search: str | None,
    yes: bool,
    parallel: int,
    owners: Mapping[str, str],
    assigned: Sequence[Assignment],
    query: Mapping[str, Any],
) -> None:
    """Change attributes of resources of a TYPE: rhev update vm web-01 memory=8GiB

    'rhev update vm --help' shows what has an option: --memory 8GiB is the same. With nothing after
    the = an attribute is cleared. What is as it is to be already is not sent.
    """
    from rhev.cli.changing.running import run
    from rhev.cli.changing.values import assign
    from rhev.operations.changes import any_changed

    names, pairs = apart(words)
    said = [*assigned, *pairs]
    if not said:
        raise CommandError("say what is to change, as in memory=8GiB", USAGE)
    # Before anything is asked of the engine, so that what is wrong is said first
    said = assign(noun.cls(), said, is_there=True)
    found = targets(session, noun, names, search, owners)
    conn = session.connection()
    for item in found.items:
        if _waits(item):
            # As it will be: what is sent without that would take the place of what waits
            item.subject = conn.get(type(item.subject), item.subject.id, next_run=True)
        assign(item.subject, said)
    if found.searched:
        changes = ", ".join(f"{each.name}={'***' if each.is_read else each.text}" for each in said)
        found.ask(session, f"Set {changes} of {dashed(noun.singular)}", yes=yes)

    def job(item: Item, going: Run) -> str:
        if not any_changed(item.subject):
            return "unchanged"
        said = {**query, "next_run": True} if _waits(item) else query
        conn.update(item.subject, found.base_of_attached, **said)
        return (
            "updated, and has changes that wait for its next start" if _waits(item) else "updated"
        )

    run(session, "update", found.items, job, parallel=parallel, resources=True)


def _waits(item: Item) -> bool:
    """Whether a machine has changes already that wait for its next start."""
    return bool(vars(item.subject).get("next_run_configuration_exists"))
