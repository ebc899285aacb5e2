"""How a request is put on the wire, and what of a response's headers is handed on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from rhev import errors
from rhev.transport.base import Request, header, origin
from rhev.transport.http.failures import crossed, forbidden

if TYPE_CHECKING:
    from collections.abc import Iterable

WITH_LENGTH = frozenset({"POST", "PUT", "PATCH"})  # even where there is no content
OWN_HEADERS = {"Accept-Encoding": "gzip", "User-Agent": "rhev"}

# The content is unpacked, so what these say of it is no longer true.
_UNTRUE_ONCE_READ = frozenset({"content-encoding", "content-length", "transfer-encoding"})
# What an engine keeps of a correlation id, which comes back with the answer.
_UNKEPT, _LONGEST_ID = re.compile(r"[^0-9A-Za-z_-]"), 36
_HEADER = re.compile(r"[!-~]+:[\t -~]*")
_RESERVED = "!#$%&'()*+,/:;=?@[]~"
_TARGET = re.compile(r"[\w!$%&'()*+,./:;=?@\[\]~-]*", re.ASCII)


def checked(request: Request) -> Request:
    """The request. Raises ValueError for a URL that is none, or carries credentials."""
    origin(request.url)
    if "@" in urlsplit(request.url).netloc:
        # What sends it would make an Authorization header of it, and errors would show the URL.
        raise errors.CredentialsError(
            "a URL carries no username and password: give them to the connection"
        )
    return request


def target(url: str) -> str:
    """The path and the query of a URL, with what HTTP does not allow in them quoted."""
    parts = urlsplit(url)
    path = parts.path or "/"
    whole = f"{path}?{parts.query}" if parts.query else path
    return whole if _TARGET.fullmatch(whole) else quote(whole, safe=_RESERVED)


def host(url: str) -> str:
    """The host of a URL, with the port that it names, as the header of that name has it."""
    return urlsplit(url).netloc.encode("idna").decode()


def sendable(request: Request) -> dict[str, str]:
    """The headers of a request and our own, by name.

    Raises ValueError for what HTTP forbids, in the method as well, without quoting a header: it
    may be a credential.
    """
    if not (request.method.isascii() and request.method.isalpha()):
        raise ValueError(f"{request.method[:60]!r} is no method of HTTP")
    headers = dict(OWN_HEADERS)
    for name, value in request.headers.items():
        if not _HEADER.fullmatch(f"{name}:{value}"):
            raise forbidden(request)
        headers.pop(name.title(), None)
        headers[name] = value
    return headers


def received(
    request: Request, status: int, headers: Iterable[tuple[bytes, bytes]]
) -> dict[str, str]:
    """The headers of a response, by their names in lower case.

    Raises :class:`rhev.errors.WrongAnswer` where they have the correlation id of another request.
    """
    found: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name, value = raw_name.decode("latin-1").lower(), _text(raw_value)
        found[name] = f"{found[name]}, {value}" if name in found else value
    if (came := found.get("correlation-id")) is not None:
        asked = header(request.headers, "Correlation-Id")
        if asked and _UNKEPT.sub("", asked)[:_LONGEST_ID] not in came.split(", "):
            raise crossed(request, status)
    return found


def handed_on(headers: dict[str, str]) -> dict[str, str]:
    """The headers that are still true of a response that was read."""
    return {name: value for name, value in headers.items() if name not in _UNTRUE_ONCE_READ}


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")
