"""``rhev wait``: until resources have a status, or are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from rhev.cli import completing
from rhev.cli.arguments import NounCommand, NounType, ResourceName
from rhev.cli.changing.targets import parallel_option, search_option, targets
from rhev.cli.changing.waits import OFTEN, timeout_option
from rhev.cli.exits import NOT_FOUND, USAGE, CommandError
from rhev.cli.nouns import dashed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rhev.cli.changing.running import Item, Run
    from rhev.cli.nouns import Noun
    from rhev.cli.session import Session

_DELETED: Final = "deleted"


def _words(ctx: click.Context, param: click.Parameter, incomplete: str) -> completing.Items:
    """Names, and after the first of them statuses too."""
    found = ResourceName().shell_complete(ctx, param, incomplete)
    if ctx.params.get("words") or ctx.params.get("search"):
        deleted = completing.items([_DELETED], incomplete)
        return [*completing.statuses(ctx, param, incomplete), *deleted, *found]
    return found


@click.command("wait", cls=NounCommand)
@click.argument("noun", type=NounType(), metavar="TYPE")
@click.argument("words", nargs=-1, shell_complete=_words, metavar="[NAME]... STATUS")
@search_option
@parallel_option
@timeout_option
@click.pass_obj
def wait(
    session: Session,
    noun: Noun,
    words: tuple[str, ...],
    search: str | None,
    parallel: int,
    timeout: float,
    owners: Mapping[str, str],
) -> None:
    """Wait until resources of a TYPE have a status: rhev wait vm web-01 up

    Several statuses are separated by commas, and one of them will do; 'deleted' is when there is no
    such resource any more. Where that is not so in time the exit code is 7.
    """
    from rhev.cli.changing.running import run

    known = (*completing.statuses_of(noun), _DELETED)
    if not words:
        raise CommandError(f"say for which status: {', '.join(known)}", USAGE)
    *names, last = words
    wanted = [status.strip().lower() for status in last.split(",")]
    for status in wanted:
        if status not in known:
            what = f"a {dashed(noun.singular)} is never {status!r}"
            raise CommandError(f"{what}: the status is the last word, of {', '.join(known)}", USAGE)
    statuses = [status for status in wanted if status != _DELETED]
    if len(statuses) not in (0, len(wanted)):
        raise CommandError(f"{_DELETED!r} is waited for alone", USAGE)
    if not statuses:
        names = _still_there(session, noun, names, owners)
        if not names and search is None:
            return
    found = targets(session, noun, names, search, owners)
    conn: Any = session.connection()

    def job(item: Item, going: Run) -> str:
        looking = {**OFTEN, "timeout": timeout, "progress": going.looked(item)}
        if statuses:
            conn.wait_for_status(item.subject, *statuses, **looking)
            return item.status or statuses[0]
        conn.wait_for_deletion(item.subject, **looking)
        return _DELETED

    run(session, "wait for", found.items, job, parallel=parallel)


def _still_there(
    session: Session, noun: Noun, names: Sequence[str], owners: Mapping[str, str]
) -> list[str]:
    """Those of the names that there are resources of; of the others it is said that they are gone.

    Raises CommandError where no name is given.
    """
    left = []
    for name in names:
        try:
            targets(session, noun, [name], None, owners)
        except CommandError as error:
            if error.code != NOT_FOUND:
                raise
            session.out.text(f"{dashed(noun.singular)} {name}: {_DELETED}")
        else:
            left.append(name)
    return left
