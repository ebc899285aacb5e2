"""The options by which a command waits for what an engine goes on doing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

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
