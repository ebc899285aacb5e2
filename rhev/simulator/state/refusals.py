"""What the engine refuses, and how it says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FAILED = "Operation Failed"
MALFORMED = "Operation failed"  # so the engine spells it for an id that is none
INCOMPLETE = "Incomplete parameters"
BROKEN = "Broken immutability constraint"
INVALID = "Invalid value"
SYNTAX = "Request syntactically incorrect."


class Refusal(Exception):
    """A request that is answered with a status above 400.

    Without a ``reason`` the response has no body: so the engine answers a GET of what is not
    there, and whatever its web server refuses before the API sees it.
    """

    def __init__(
        self,
        status: int,
        reason: str | None = None,
        detail: str = "",
        *,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(f"{status} {reason}: {detail}")
        self.status = status
        self.reason = reason
        # It may quote what was sent, and a document cannot carry every character.
        self.detail: str = "".join(c if c.isprintable() else "?" for c in detail)
        self.headers: dict[str, str] = dict(headers or {})


def conflict(detail: str) -> Refusal:
    """A rule of the engine stands against it. The engine's texts come as a list in brackets."""
    return Refusal(409, FAILED, f"[{detail}]")


def not_found(what: str) -> Refusal:
    """Something that a request names does not exist."""
    return Refusal(404, FAILED, f"Entity not found: {what}")
