"""What a command is given: a connection, where results go, and where people are told something."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Self, TypeAlias

import click

from rhev.cli import terminal
from rhev.cli.exits import FAILED, USAGE, CommandError

if TYPE_CHECKING:
    from types import TracebackType

    from rich.console import Console

    from rhev.cli.connecting import Target
    from rhev.cli.output import Output
    from rhev.connection import Connection
    from rhev.transport import ExchangeHook, Observation


Kind: TypeAlias = Literal["note", "warning", "error", "ask"]


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
        self.told: Told = Told()
        self._open = ExitStack()
        self._connection: Connection | None = None
        self._is_shown = False
        self.target: Target | None = None
        """The engine that the connection is to, where it is not embedded."""

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
            self._connection = self._open.enter_context(self._connect())
        return self._connection

    def _connect(self) -> Connection:
        from rhev.cli import connecting

        if self.told.demo:
            from rhev.simulator import Engine

            return Engine.demo().connect(**connecting.told_options(self.told, self.hooks))
        self.target = connecting.target(self.told)
        return connecting.connect(self.target, self.told, self.hooks)

    @property
    def hooks(self) -> list[ExchangeHook]:
        """What is told of each exchange: with ``-v``, people are."""
        return [self._show_exchange] if self.told.verbose else []

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
        return terminal.is_interactive()

    def say(self, message: str, *, kind: Kind = "note") -> None:
        """Tells people something, on the standard error; with ``--quiet`` only errors.

        An ``ask`` is of a question that follows, and is always shown.
        """
        if self.told.quiet and kind in ("note", "warning"):
            return
        head = f"{kind}: " if kind in ("warning", "error") else ""
        if head and self._colors(sys.stderr):
            head = click.style(head, fg="red" if kind == "error" else "yellow", bold=True)
        click.echo(f"{head}{message}", err=True, color=self._colors(sys.stderr))

    def progress(self, line: str) -> None:
        """Shows a line on the standard error in the place of the last one; an empty one ends it.

        It is as wide as the terminal at most. Nothing is shown where that is none, or can show no
        line in the place of another, and with ``--quiet``.
        """
        if self.told.quiet or not terminal.can_draw(sys.stderr):
            return
        if line or self._is_shown:
            from rhev.cli.output.table import cut

            sys.stderr.write(f"\r\x1b[K{cut(line, terminal.columns_of(sys.stderr) - 1)}")
            sys.stderr.flush()
        self._is_shown = bool(line)

    def new_line(self) -> None:
        """Leaves the line on which a terminal shows progress, or the ``^C`` of a Ctrl-C."""
        if sys.stderr.isatty():
            click.echo(err=True)
        self._is_shown = False

    def confirm(self, question: str, *, yes: bool = False) -> None:
        """Asks whether to go on, and ends the command where the answer is no.

        ``yes`` says that it was answered already, as by ``--yes``. Raises CommandError where there
        is nobody to ask.
        """
        if yes:
            return
        if not self.interactive:
            raise CommandError(f"{question} Nobody can be asked here: say --yes", USAGE)
        if not click.confirm(question, err=True):
            raise CommandError("nothing was done", FAILED)

    def _colors(self, stream: object) -> bool:
        """Whether a stream is a terminal that colours are wanted on."""
        return not self.told.no_color and terminal.has_colors(stream)

    def _show_exchange(self, seen: Observation) -> None:
        result = seen.status if seen.status is not None else (seen.message or "no answer")
        click.echo(f"{seen.method} {seen.url} -> {result}, {seen.seconds * 1000:.0f} ms", err=True)
