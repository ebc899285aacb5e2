"""What a transport is: it is given a request and returns a response.

Everything that happens to a request between the operations and the wire is a transport that
wraps another: authentication, retry, recording. None of them knows the models.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, Self, runtime_checkable
from urllib.parse import SplitResult, urlsplit

from rhev.secrets import Unpickled, scrub_url, shown_headers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rhev import errors
    from rhev.transport.observe import Observer

NO_HEADERS: Mapping[str, str] = MappingProxyType({})
# Methods that change nothing, and statuses: of a gateway without an answer, and of "not now".
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
GATEWAY = frozenset({502, 503, 504})
NOT_YET = frozenset({408, 429})
UNAVAILABLE = GATEWAY | NOT_YET


@dataclass(frozen=True, slots=True, repr=False)
class Request(Unpickled):
    """An HTTP request. ``url`` is absolute; header names are compared without case.

    It is not pickled, as its headers and its content may be credentials.

    ``read_timeout`` is how many seconds the engine may be silent, and ``deadline`` the moment of
    :func:`time.monotonic`, or of the transport's own clock, by which the response has to be there,
    whatever it takes: connections, redirects, logins and repetitions. Where they are ``None`` the
    transport's own hold.
    ``attempt`` counts how often it was sent, and is told by what repeats it. ``observer`` is told
    of every exchange that the request takes, those of a login among them.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=lambda: NO_HEADERS, repr=False)
    content: bytes = field(default=b"", repr=False)
    read_timeout: float | None = field(default=None, repr=False)
    deadline: float | None = field(default=None, repr=False)
    attempt: int = field(default=1, repr=False, compare=False)
    observer: Observer | None = field(default=None, repr=False, compare=False)

    def __repr__(self) -> str:
        return f"Request(method={self.method!r}, url={scrub_url(self.url)!r})"


@dataclass(frozen=True, slots=True)
class Response:
    """An HTTP response, read to its end. Header names are in lower case.

    ``lost`` has the correlation ids of the attempts that may have reached the engine, and that it
    has not answered, where the request was repeated. A pickle of it has the headers that are no
    secrets, and the content as it came.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=lambda: NO_HEADERS, repr=False)
    content: bytes = field(default=b"", repr=False)
    lost: tuple[str, ...] = field(default=(), repr=False, compare=False)

    def __reduce__(self) -> tuple[type[Self], tuple[object, ...]]:
        return type(self), (self.status, shown_headers(self.headers), self.content, self.lost)


@runtime_checkable
class Clock(Protocol):
    """What a connection measures its times with and pauses by, in seconds, as :mod:`time` does.

    A transport that has one as its ``clock`` gives it to the connection: so an engine that has a
    time of its own is waited for in that.
    """

    def monotonic(self) -> float: ...

    def sleep(self, seconds: float, /) -> None: ...


SYSTEM_CLOCK: Clock = time


async def pause(clock: Clock, seconds: float) -> None:
    """Pauses by a clock, as a task does. Others have their turn, however long that takes."""
    import asyncio  # which takes as long to load as all else here

    if clock is SYSTEM_CLOCK:
        await asyncio.sleep(seconds)
    else:
        clock.sleep(seconds)
        await asyncio.sleep(0)


class Transport(Protocol):
    """Sends requests. It may be used by several threads at a time.

    ``send`` returns a response whatever its status, and raises
    :class:`rhev.errors.ConnectionError` where none came.
    """

    def send(self, request: Request) -> Response: ...

    def close(self) -> None: ...


class AsyncTransport(Protocol):
    """The asynchronous twin of :class:`Transport`."""

    async def send(self, request: Request) -> Response: ...

    async def close(self) -> None: ...


def header(headers: Mapping[str, str], name: str) -> str | None:
    """The value of a header, whatever the case of its name, or ``None``."""
    if (value := headers.get(name)) is not None:
        return value
    wanted = name.lower()
    return next((value for key, value in headers.items() if key.lower() == wanted), None)


def with_headers(
    request: Request, headers: Mapping[str, str] = NO_HEADERS, *, without: Iterable[str] = ()
) -> Request:
    """The request with these headers in the place of its own of the same names."""
    dropped = {name.lower() for name in (*headers, *without)}
    kept = {key: value for key, value in request.headers.items() if key.lower() not in dropped}
    kept.update(headers)
    return _changed(request, kept, request.deadline)


def until(request: Request, deadline: float) -> Request:
    """The request, with the moment by which its response has to be there."""
    return _changed(request, request.headers, deadline)


def _changed(request: Request, headers: Mapping[str, str], deadline: float | None) -> Request:
    """The request, made in a third of the time that :func:`dataclasses.replace` takes."""
    return Request(
        request.method,
        request.url,
        headers,
        request.content,
        request.read_timeout,
        deadline,
        request.attempt,
        request.observer,
    )


def origin(url: str) -> str:
    """Scheme, host and port of a URL, in one spelling: what credentials are bound to.

    Raises :class:`ValueError` where the URL is not an absolute one of http or https.
    """
    parts = urlsplit(url)
    return _origin(parts.scheme, parts.netloc)


@lru_cache(64)
def _origin(scheme: str, netloc: str) -> str:
    parts = SplitResult(scheme, netloc, "", "", "")
    default = {"http": 80, "https": 443}.get(parts.scheme)
    if default is None or not parts.hostname:
        raise ValueError("a URL of an engine starts with https://, or http://, and names a host")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    port = "" if parts.port in (None, default) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"


def may_have_arrived(request: Request, error: errors.ConnectionError) -> bool:
    """Whether a request may have reached the engine, of which no answer came.

    What fails on the way to it, as a login, is of another request.
    """
    of_it = error.exchange is None or error.exchange.url == scrub_url(request.url)
    return error.delivered and of_it
