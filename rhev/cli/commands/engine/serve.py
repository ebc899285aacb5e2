"""``rhev serve`` and ``rhev demo``: an embedded engine over HTTP, to try things on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rhev.cli.exits import FAILED, CommandError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rhev.cli.session import Session
    from rhev.simulator import Engine


def _where(command: Callable[..., None]) -> Callable[..., None]:
    """The options of both."""
    for option in (
        click.option(
            "--password-stdin",
            is_flag=True,
            help="Read the administrator's password from the input; else it is made up.",
        ),
        click.option(
            "--speed",
            type=click.FloatRange(0, min_open=True),
            default=1.0,
            show_default=True,
            help="1 is a real engine's pace.",
        ),
        click.option(
            "--write-ca",
            type=click.Path(dir_okay=False, path_type=Path),
            metavar="FILE",
            help="Where to write what clients are to trust, with --https.",
        ),
        click.option("--https", is_flag=True, help="HTTPS, by a certificate of its own."),
        click.option(
            "--port",
            type=click.IntRange(0, 65535),
            default=0,
            metavar="PORT",
            help="A free one unless it is given.",
        ),
        click.option("--host", default="127.0.0.1", show_default=True, help="Where to serve."),
    ):
        command = option(command)
    return command


@click.command("serve")
@click.argument(
    "estate",
    required=False,
    metavar="[FILE]",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@_where
@click.pass_obj
def serve(session: Session, /, estate: Path | None, speed: float, **where: Any) -> None:
    """Serve an embedded engine until Ctrl-C: with the estate of a FILE, or as newly installed.

    FILE is an estate in YAML or JSON, or a cassette of a real engine.
    """
    from rhev.simulator import Engine

    _serve(
        session,
        lambda: Engine(speed=speed) if estate is None else Engine.load(estate, speed=speed),
        **where,
    )


@click.command("demo")
@click.option(
    "--vms",
    type=click.IntRange(1),
    default=12,
    show_default=True,
    help="How many virtual machines there are.",
)
@_where
@click.pass_obj
def demo(session: Session, /, vms: int, speed: float, **where: Any) -> None:
    """Serve an embedded engine with a demonstration estate until Ctrl-C.

    --demo of any other command has one within its own process, for that command alone.
    """
    from rhev.simulator import Engine

    _serve(session, lambda: Engine.demo(vms=vms, speed=speed), **where)


def _serve(
    session: Session,
    made: Callable[[], Engine],
    *,
    host: str,
    port: int,
    https: bool,
    write_ca: Path | None,
    password_stdin: bool,
) -> None:
    from rhev.cli.commands.engine.login import first_line
    from rhev.simulator.serving import places, until_stopped

    password = first_line() if password_stdin else None
    try:
        engine = made()
        engine.set_credentials(username=session.told.username, password=password)
        server = engine.serve(host, port, tls=https)
    except (OSError, ValueError) as error:
        raise CommandError(str(error), FAILED) from None
    with server:
        told = places(engine, server, write_ca)
        session.out.record(told)
        sys.stdout.flush()
        session.say("Serving until Ctrl-C.")
        until_stopped()
