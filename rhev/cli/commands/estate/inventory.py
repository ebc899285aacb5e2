"""``rhev inventory``: the whole estate in one run, to a file or as JSON lines."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from rhev.cli.exits import FAILED, PARTLY, USAGE, CommandError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from click.shell_completion import CompletionItem

    from rhev.cli.session import Session
    from rhev.inventory import Entry, Part, Problem
    from rhev.inventory.writing import Format

_FORMATS: Final = ("jsonl", "csv", "sqlite", "parquet")
_TOLD: Final = 20


def _parts(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem[str]]:
    from click.shell_completion import CompletionItem

    from rhev.inventory import PARTS

    before, comma, last = incomplete.rpartition(",")
    return [
        CompletionItem(before + comma + part.rel) for part in PARTS if part.rel.startswith(last)
    ]


@click.command("inventory")
@click.option(
    "-f",
    "--file",
    "path",
    type=click.Path(path_type=Path),
    help="Where to; without it, JSON lines on the standard output.",
)
@click.option(
    "--format", type=click.Choice(_FORMATS), help="Else what the ending of the file's name says."
)
@click.option(
    "--only",
    multiple=True,
    metavar="TYPE,...",
    shell_complete=_parts,
    help="These alone: vms,hosts.",
)
@click.option(
    "--parallel",
    type=click.IntRange(1, 64),
    default=6,
    show_default=True,
    metavar="N",
    help="How many requests are under way at a time.",
)
@click.pass_context
def inventory(
    ctx: click.Context,
    path: Path | None,
    format: str | None,
    only: tuple[str, ...],
    parallel: int,
) -> None:
    """Write the whole estate to a file: rhev inventory -f estate.sqlite

    The endings .jsonl, .csv, .sqlite and .parquet say the format; CSV and Parquet are folders of
    one file a table. The file has its name when it is whole. Nothing is changed, secrets are left
    out. What the engine refuses to show is said, and the exit code is 8.
    """
    from rhev.inventory import Problem, gather, parts

    session: Session = ctx.obj
    if session.told.output is not None:
        raise CommandError(f"an inventory has --format: {', '.join(_FORMATS)}", USAGE)
    wanted = parts([name for names in only for name in names.split(",")] if only else None)
    started = time.monotonic()
    count, problems = 0, []
    with _written(path, format, wanted) as write:
        connection = session.connection()  # which may ask for a password: nothing is drawn yet
        with _shown(session, wanted) as progress:
            for entry in gather(connection, wanted, parallel=parallel, progress=progress):
                write(entry)
                if isinstance(entry, Problem):
                    problems.append(entry)
                else:
                    count += 1
    session.say(f"{count:,} resources in {time.monotonic() - started:.1f} s")
    if problems:
        _tell(session, problems)
        ctx.exit(PARTLY)


@contextmanager
def _written(
    path: Path | None, format: str | None, parts: Sequence[Part]
) -> Iterator[Callable[[Entry | Problem], object]]:
    """Where entries are written to, and what fails in it as what the command says of that."""
    from sqlite3 import Error as DatabaseError

    from rhev.inventory.writing import writing

    known = _format(path, format)
    if path is None:
        out = sys.stdout.buffer
        yield lambda entry: out.write(entry.line())
        out.flush()
        return
    try:
        with writing(path, known, parts) as writer:
            yield writer.write
    except ImportError as error:
        if error.name != "pyarrow":
            raise
        raise CommandError(str(error), FAILED) from None
    except (OSError, DatabaseError) as error:
        raise CommandError(f"{path} cannot be written: {error}", FAILED) from None


def _format(path: Path | None, format: str | None) -> Format:
    from rhev.inventory.writing import Format, format_of

    if path is None:
        if format not in (None, "jsonl"):
            raise CommandError(f"{format} needs a place: -f NAME", USAGE)
        return Format.JSONL
    try:
        return Format(format) if format else format_of(path)
    except ValueError as error:
        raise CommandError(f"{error}: give it one, or say --format", USAGE) from None


def _shown(
    session: Session, parts: Sequence[Part]
) -> AbstractContextManager[Callable[[Part, int, bool], object] | None]:
    """What is told of each part as it is read: on a terminal, a bar is drawn."""
    if session.told.quiet or not session.err.is_terminal:
        return nullcontext()
    return _bar(session, len(parts))


@contextmanager
def _bar(session: Session, total: int) -> Iterator[Callable[[Part, int, bool], object]]:
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=session.err, transient=True) as progress:
        task = progress.add_task("Gathering", total=total)

        def show(part: Part, count: int, is_done: bool) -> None:
            progress.update(task, description=f"{part.rel}: {count:,}", advance=int(is_done))

        yield show


def _tell(session: Session, problems: Sequence[Problem]) -> None:
    for problem in problems[:_TOLD]:
        said = f"{problem.part}: {problem.path} could not be read: {problem.message}"
        session.say(said, kind="error")
    if len(problems) > _TOLD:
        session.say(f"{len(problems) - _TOLD:,} more are among the problems", kind="error")
