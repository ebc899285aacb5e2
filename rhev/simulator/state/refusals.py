"""What the engine refuses, and how it says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FAILED = "Operation Failed"
MALFORMED = "Operation failed"  # so the engine spells it for an id that is none
INCOMPLETE = "Incomplete parameters"
NOT_VALID = "Input validation failed."
BROKEN = "Broken immutability constraint"
INVALID = "Invalid value"
SYNTAX = "Request syntactically incorrect."


class Refusal(Exception):
    """A request that is answered with a status above 400.

    Without a ``reason`` the response has no body: so the engine answers requests for what is not
    there. An action that is refused is answered as an action with a fault in it, unless the refusal
    is ``bare``. A ``page`` is what it sends instead where its web server refuses, before the API
    sees the request; ``outside`` says that it was something in front of the API that refused.
    """

    def __init__(
        self,
        status: int,
        reason: str | None = None,
        detail: str = "",
        *,
        page: str | None = None,
        outside: bool = False,
        headers: Mapping[str, str] | None = None,
        bare: bool = False,
    ) -> None:
        super().__init__(f"{status} {reason}: {detail}")
        self.status = status
        self.reason = reason
        self.page = page
        self.bare = bare
        self.outside = outside
        # It may quote what was sent, and a document cannot carry every character.
        self.detail: str = "".join(c if c.isprintable() else "?" for c in detail)
        self.headers: dict[str, str] = dict(headers or {})


def conflict(detail: str) -> Refusal:
    """A rule of the engine stands against it. The engine's texts come as a list in brackets."""
    return Refusal(409, FAILED, f"[{detail}]")


def not_found(what: str) -> Refusal:
    """Something that a request names does not exist."""
    return Refusal(404, FAILED, f"Entity not found: {what}", bare=True)


def nowhere(path: str) -> Refusal:
    """There is nothing at a path, and never will be. Clients know the code of that."""
    return Refusal(404, page=f"RESTEASY003210: there is no resource at the full path {path}")


def titled(sentence: str) -> str:
    """The page with which the server in front of the API refuses."""
    return f"<html><head><title>Error</title></head><body>{sentence}</body></html>"


def broken(why: str) -> Refusal:
    """What the engine has not thought of ends in an exception there, and a page that shows it."""
    page = f"<html><head><title>ERROR</title></head><body>{why}</body></html>"
    return Refusal(500, page=page, outside=True)


def unauthorized(why: str) -> Refusal:
    """The page that asks who it is."""
    challenge = {"www-authenticate": 'Basic realm="RESTAPI"'}
    return Refusal(401, page=titled(why), outside=True, headers=challenge)
