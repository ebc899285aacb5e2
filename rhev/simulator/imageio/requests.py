"""The requests of those that transfer images: as the daemon on a host answers them.

What they may is in the address, and so these need no token.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from rhev.transport.base import Response, header

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rhev.simulator.imageio.tickets import Ticket
    from rhev.simulator.state.estate import Estate
    from rhev.transport.base import Request

ROOT = "/images/"
FEATURES = ("extents", "zero", "flush")
AT_ONCE = 8
"""How many clients may read or write a disk at a time."""

_RANGE = re.compile(r"bytes=(\d+)-(\d*)")
_CONTENT_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")


class _Refused(Exception):
    """A status and what is said with it."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


def answer(request: Request, estate: Estate) -> Response | None:
    """The response to a request for an image; None for one for something else."""
    parts = urlsplit(request.url)
    if not parts.path.startswith(ROOT):
        return None
    id_, _, below = parts.path.removeprefix(ROOT).partition("/")
    verb = "EXTENTS" if below == "extents" and request.method == "GET" else request.method
    try:
        if below not in ("", "extents"):
            raise _Refused(404, f"there is nothing at {below}")
        if verb == "OPTIONS" and id_ == "*":
            return _said({"features": FEATURES}, "OPTIONS,GET,PUT,PATCH")
        if (do := _VERBS.get(verb)) is None:
            raise _Refused(405, f"{verb} is not possible here")
        estate.timeline.settle()
        ticket = _ticket(estate, id_, writes=verb in ("PUT", "PATCH"))
        return do(ticket, request, dict(parse_qsl(parts.query)))
    except _Refused as refused:
        headers = {"content-type": "text/plain;charset=UTF-8"}
        return Response(refused.status, headers, f"{refused}\n".encode())


def _ticket(estate: Estate, id_: str, *, writes: bool) -> Ticket:
    """The ticket of an id. Raises _Refused where that is none, or no longer, or not for this."""
    ticket: Ticket | None = estate.tickets.get(id_)
    if ticket is None or not ticket.is_valid:
        raise _Refused(403, f"there is no ticket {id_}")
    if writes and not ticket.may_write:
        raise _Refused(403, f"the ticket {id_} is not for writing")
    ticket.touched = estate.timeline.now
    return ticket


def _options(ticket: Ticket, request: Request, query: Mapping[str, str]) -> Response:
    features = FEATURES if ticket.may_write else FEATURES[:1]
    answered = {"features": features, "max_readers": AT_ONCE, "max_writers": AT_ONCE}
    return _said(answered, "OPTIONS,GET,PUT,PATCH" if ticket.may_write else "OPTIONS,GET")


def _extents(ticket: Ticket, request: Request, query: Mapping[str, str]) -> Response:
    context = query.get("context", "zero")
    if context not in ("zero", "dirty"):
        raise _Refused(400, f"context is {context!r}: it is zero or dirty")
    if context == "dirty":
        raise _Refused(404, "what has changed is not known of this ticket")
    extents = ticket.content.extents(ticket.size)
    return _said([{**extent._asdict(), "hole": extent.zero} for extent in extents])


def _get(ticket: Ticket, request: Request, query: Mapping[str, str]) -> Response:
    offset, size, status = 0, ticket.size, 200
    if (wanted := header(request.headers, "Range")) is not None:
        if (match := _RANGE.fullmatch(wanted.strip())) is None:
            raise _Refused(416, f"the range {wanted!r} is none that is understood")
        offset = int(match[1])
        size = (int(match[2]) + 1 if match[2] else ticket.size) - offset
        status = 206
    _check_range(ticket, offset, size)
    headers = {"content-type": "application/octet-stream", "content-disposition": "attachment"}
    if status == 206:
        headers["content-range"] = f"bytes {offset}-{offset + size - 1}/{ticket.size}"
    ticket.done(size)
    return Response(status, headers, ticket.content.read(offset, size))


def _put(ticket: Ticket, request: Request, query: Mapping[str, str]) -> Response:
    offset = 0
    if (given := header(request.headers, "Content-Range")) is not None:
        if (match := _CONTENT_RANGE.fullmatch(given.strip())) is None:
            raise _Refused(400, f"the range {given!r} is none that is understood")
        offset = int(match[1])
    _check_range(ticket, offset, len(request.content))
    ticket.content.write(offset, request.content)
    ticket.done(len(request.content))
    return Response(200, {})


def _patch(ticket: Ticket, request: Request, query: Mapping[str, str]) -> Response:
    try:
        asked = json.loads(request.content)
    except ValueError as error:
        raise _Refused(400, f"no JSON: {error}") from error
    operation = asked.get("op") if isinstance(asked, dict) else None
    if operation == "zero":
        offset, size = _number(asked, "offset", 0), _number(asked, "size")
        _check_range(ticket, offset, size)
        ticket.content.zero(offset, size)
        ticket.done(size)
    elif operation != "flush":  # what is in memory needs none
        raise _Refused(400, f"op is {operation!r}: it is zero or flush")
    return Response(200, {})


def _number(asked: dict[str, Any], name: str, otherwise: int | None = None) -> int:
    value = asked.get(name, otherwise)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _Refused(400, f"{name} is {value!r}: it is a number of bytes")
    return value


def _check_range(ticket: Ticket, offset: int, size: int) -> None:
    if size < 0 or offset + size > ticket.size:
        raise _Refused(416, f"the image has {ticket.size} bytes")


def _said(document: object, allow: str = "") -> Response:
    headers = {"content-type": "application/json", **({"allow": allow} if allow else {})}
    return Response(200, headers, json.dumps(document).encode())


_VERBS: dict[str, Callable[[Ticket, Request, Mapping[str, str]], Response]] = {
    "OPTIONS": _options,
    "EXTENTS": _extents,
    "GET": _get,
    "PUT": _put,
    "PATCH": _patch,
}
