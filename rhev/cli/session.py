"""What a command is given: a connection, where results go, and where people are told something."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Self

import click

from rhev.cli.exits import USAGE, CommandError

if TYPE_CHECKING:
    from types import TracebackType

    from rich.console import Console

    from rhev.cli.output import Output
    from rhev.connection import Connection
    from rhev.transport import Observation


@dataclass(slots=True)
class Told:
    """The global options, as far as they were written."""

    url: str | None = None
    username: str | None = None
    profile: str | None = None
    ca_file: str | None = None
    insecure: bool = False
    demo: bool = False
    timeout: float | None = None
    output: str | None = None
    quiet: bool = False
    verbose: int = 0
    no_color: bool = False


class Session:
    """One run of the command: ``@click.pass_obj`` gives it to a command.

    It is a context manager, which the command as a whole is run within: what was opened for it is
    closed at its end.
    """

    def __init__(self) -> None:
        self.told = Told()
        self._open = ExitStack()
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._open.close()

    def connection(self) -> Connection:
        """The connection to the engine that is named, the same one each time.

        It is closed when the session is, and is a context manager for what closes it earlier.
        Raises CommandError where no engine is named.
        """
        if self._connection is None:
            from rhev.cli.connecting import connect

            hooks = [self._show_exchange] if self.told.verbose else []
            self._connection = self._open.enter_context(connect(self.told, hooks))
        return self._connection

    @cached_property
    def out(self) -> Output:
        """Where results go: the standard output, in the format that was asked for."""
        from rhev.cli.output import Output

        return Output(self.told.output, color=self._colors(sys.stdout))

    @cached_property
    def err(self) -> Console:
        """The standard error as rich draws on it, for progress; silent with ``--quiet``."""
        from rich.console import Console

        colors = self._colors(sys.stderr)
        return Console(stderr=True, quiet=self.told.quiet, no_color=not colors, highlight=False)

    @property
    def interactive(self) -> bool:
        """Whether there is someone to ask: the standard input and error are a terminal."""
        return sys.stdin.isatty() and sys.stderr.isatty()

    def say(self, message: str, *, kind: Literal["note", "warning", "error"] = "note") -> None:
        """Tells people something, on the standard error; with ``--quiet`` only errors."""
        if self.told.quiet and kind != "error":
            return
        head = "" if kind == "note" else f"{kind}: "
        if head and self._colors(sys.stderr):
            head = click.style(head, fg="red" if kind == "error" else "yellow", bold=True)
        click.echo(f"{head}{message}", err=True, color=self._colors(sys.stderr))

    def confirm(self, question: str, *, yes: bool = False) -> None:
        """Asks whether to go on, and ends the command where the answer is no.

        ``yes`` says that it was answered already, as by ``--yes``. Raises CommandError where there
        is nobody to ask.
        """
        if yes:
            return
        if not self.interactive:
            raise CommandError(f"{question} Nobody can be asked here: say --yes", USAGE)
        click.confirm(question, abort=True, err=True)

    def _colors(self, stream: object) -> bool:
        """Whether a stream is a terminal that colours are wanted on."""
        if self.told.no_color or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
            return False
        isatty = getattr(stream, "isatty", None)
        return bool(isatty and isatty())

    def _show_exchange(self, seen: Observation) -> None:
        result = seen.status if seen.status is not None else (seen.message or "no answer")
        click.echo(f"{seen.method} {seen.url} -> {result}, {seen.seconds * 1000:.0f} ms", err=True)
