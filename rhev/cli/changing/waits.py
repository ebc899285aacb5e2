"""The options by which a command waits for what an engine goes on doing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypedDict

import click

if TYPE_CHECKING:
    from collections.abc import Callable


class Polls(TypedDict):
    """The pauses between two looks, which grow from the one to the other, in seconds."""

    interval: float
    max_interval: float


# How often it is looked: somebody watches.
OFTEN: Final[Polls] = {"interval": 0.5, "max_interval": 5}

timeout_option = click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    default=600.0,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait.",
)


def waits(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command ``--wait`` and ``--timeout``."""
    return click.option("--wait", is_flag=True, help="Wait until it is done.")(
        timeout_option(command)
    )


def waits_for(what: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Gives a command that always waits for ``what`` the option ``--wait``: for how long."""
    return click.option(
        "--wait",
        type=click.FloatRange(0),
        default=600.0,
        show_default=True,
        metavar="SECONDS",
        help=f"How long to wait for {what}.",
    )
