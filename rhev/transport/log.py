"""Logging of exchanges, to the logger ``rhev``: see :mod:`rhev.transport.observe`.

What requests and responses hold is written, without secrets, to ``rhev.bodies``, which says nothing
unless its own level is set: not even where a program logs everything.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from rhev.secrets import is_sso
from rhev.transport.base import header

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rhev.transport.base import Request, Response
    from rhev.transport.observe import Observation

LOGGER = logging.getLogger("rhev")
BODIES = logging.getLogger("rhev.bodies")
if BODIES.level == logging.NOTSET:
    BODIES.setLevel(logging.CRITICAL + 1)


def is_wanted() -> bool:
    """Whether anyone reads what would be written of an exchange."""
    return LOGGER.isEnabledFor(logging.DEBUG)


def write(seen: Observation) -> None:
    """A line for an exchange."""
    repeated = "" if seen.attempt == 1 else f" (attempt {seen.attempt})"
    what = f"{seen.method} {seen.path}{repeated}"
    if seen.error is None:
        LOGGER.debug(
            "%s -> %s in %.3f s [correlation id %s]",
            what,
            seen.status,
            seen.seconds,
            seen.correlation_id or "none",
        )
    else:
        said = seen.message or seen.error.__name__
        LOGGER.debug("%s failed after %.3f s: %s", what, seen.seconds, said)


def write_bodies(request: Request, response: Response | None) -> None:
    """What was sent and received, where that is asked for, without secrets: of a login nothing."""
    if response is None or not BODIES.isEnabledFor(logging.DEBUG) or is_sso(request.url):
        return
    _write("sent", request.headers, request.content, request.url)
    _write("received", response.headers, response.content, request.url)


def _write(what: str, headers: Mapping[str, str], content: bytes, url: str) -> None:
    from rhev.transport.scrub import scrub  # which needs lxml

    if content:
        BODIES.debug("%s: %s", what, scrub(content, header(headers, "content-type") or "", url))


def hook_failed(option: str) -> None:
    """A hook of the user's has raised an exception, which is being handled."""
    LOGGER.error("what %s= names has failed; what it was told of goes on", option, exc_info=True)
