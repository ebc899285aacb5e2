"""``rhev apply`` and ``rhev diff``: an engine is made to have what specs say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import click

from rhev.cli.changing.waits import waits_for
from rhev.cli.exits import (
    DIFFERENT,
    FAILED,
    INTERRUPTED,
    INVALID,
    PARTLY,
    CommandError,
    code_of,
    message_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rhev.applying import Change, Refused, Step, Stopped, Wanted
    from rhev.cli.session import Session

_files = click.option(
    "-f",
    "--file",
    "files",
    required=True,
    multiple=True,
    metavar="FILE",
    help="Specs in YAML or JSON, - for the standard input; more than once, too.",
)


@click.command("apply")
@_files
@click.option("--dry-run", is_flag=True, help="Show what would be sent, and send nothing.")
@waits_for("a disk, a machine, ... to be made")
@click.pass_obj
def apply(session: Session, files: tuple[str, ...], dry_run: bool, wait: float) -> None:
    """Create and update what specs say, and nothing else: rhev apply -f web.yaml

    What a spec does not mention is left as it is: nothing is deleted, started or stopped. To apply
    the same again changes nothing, or goes on where it was stopped. With --dry-run the exit code is
    9 where there is anything to change.
    """
    documents = _documents(files)
    if dry_run:
        _show_differences(session, documents)
    else:
        carry_out(session, documents, wait)


@click.command("diff")
@_files
@click.pass_obj
def diff(session: Session, files: tuple[str, ...]) -> None:
    """Show where an engine differs from specs, attribute by attribute: rhev diff -f web.yaml

    It is what 'rhev apply' would send. The exit code is 9 where there are differences.
    """
    _show_differences(session, _documents(files))


def _documents(files: Sequence[str]) -> Sequence[Wanted]:
    from rhev.cli.commands.specs.documents import documents

    return documents(files)


def _show_differences(session: Session, documents: Sequence[Wanted]) -> None:
    from rhev import applying

    with Explained():
        planned = applying.plan(session.connection(), documents)
    if planned.refusals:
        _refuse(applying.Refused(planned.refusals))
    _write(session, planned.changes)
    if planned.changes:
        session.say(_counted(planned.changes, "to make"))
        raise click.exceptions.Exit(DIFFERENT)
    session.say("no differences")


def carry_out(session: Session, documents: Sequence[Wanted], wait: float) -> None:
    """Applies documents, and writes what was done. Ends the command where that was stopped."""
    from rhev import applying

    steps: list[Step] = []
    try:
        with Explained():
            done = applying.apply(
                session.connection(), documents, progress=_progress(session, steps), timeout=wait
            )
    except KeyboardInterrupt:
        _interrupt(session, steps)
    except applying.Stopped as stopped:
        _stop(session, stopped)
    _write(session, done, with_differences=False)
    session.say(_counted(done, "made") if done else "nothing to change")


class Explained:
    """What cannot be applied ends the command as what is invalid does."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: Any, traceback: object) -> None:
        from rhev import applying

        if isinstance(error, applying.Refused):
            _refuse(error)
        if isinstance(error, applying.Cyclic | applying.SaidTwice):
            raise CommandError(str(error), INVALID) from None


def _refuse(refused: Refused) -> NoReturn:
    lines = [f"  {refusal}" for refusal in refused.refusals]
    raise CommandError(
        "\n".join(["this cannot be applied, and nothing was sent:", *lines]), INVALID
    )


def _interrupt(session: Session, steps: Sequence[Step]) -> NoReturn:
    """Says what is known of what was begun before a Ctrl-C."""
    session.new_line()
    lines = ["interrupted"]
    changes = list(dict.fromkeys(step.change for step in steps))
    for change in changes:
        is_last = change is changes[-1] and steps[-1].waits_for is None
        state = "was under way: whether it was done is not known" if is_last else "done"
        lines.append(f"  {change.action} {change.what}: {state}")
    lines.append("apply the same again to go on from there")
    session.say("\n".join(lines), kind="error")
    raise click.exceptions.Exit(INTERRUPTED)


def _progress(session: Session, steps: list[Step]) -> Callable[[Step], None]:
    """What shows each step, and adds it to the others."""

    def show(step: Step) -> None:
        steps.append(step)
        at = f"[{step.number}/{step.of}]"
        if step.waits_for is None:
            session.say(f"{at} {step.change.action} {step.change.what}")
        else:
            session.say(f"{at} waiting for {step.waits_for}")

    return show


def _stop(session: Session, stopped: Stopped) -> NoReturn:
    cause = stopped.__cause__
    _write(session, stopped.done, with_differences=False)
    said = message_of(cause) if cause is not None else ""
    lines = [f"{stopped.failed.action} {stopped.failed.what}: {said}"]
    for title, changes in (("done before", stopped.done), ("not done", stopped.left)):
        if changes:
            lines += [f"{title}:", *(f"  {each.action} {each.what}" for each in changes)]
    lines.append("apply the same again to go on from there")
    code = code_of(cause) if cause is not None and not stopped.done else PARTLY
    raise CommandError("\n".join(lines), FAILED if code is None else code)


def _write(session: Session, changes: Sequence[Change], *, with_differences: bool = True) -> None:
    from rhev.applying import telling

    if not session.out.is_for_people:
        session.out.document([telling.record(change) for change in changes])
        return
    if with_differences:
        for line in telling.lines(changes):
            session.out.text(_drawn(line))
    else:
        for change in changes:
            session.out.text(f"{change.what}: {_DONE[change.action]}")


# How a line that begins with a mark is coloured: what is added, taken away and changed.
_MARKS = {"+": "green", "-": "red", "~": "yellow"}


def _drawn(line: str) -> str:
    from rhev.cli.output.table import printable

    color = _MARKS.get(line.lstrip()[:1])
    return click.style(printable(line), fg=color, bold=True if color is None else None)


_DONE = {"create": "created", "update": "updated", "assign": "assigned"}


def _counted(changes: Sequence[Change], verb: str) -> str:
    return f"{len(changes)} change{'' if len(changes) == 1 else 's'} {verb}"
