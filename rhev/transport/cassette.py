"""Cassettes: exchanges with an engine in a file, to look at and to replay without an engine.

A cassette is text, one JSON object a line: ``method``, ``url`` (path and query, no host),
``status``, ``content_type`` and ``body``; where there is something to say also ``request`` (the
request's body), ``request_type`` (its content type), ``accept`` and ``headers`` (the few headers
of the response that a client acts upon). Passwords, tokens and their like are taken out before
a line is written, and the exchanges with the single sign-on hold nothing but a made-up token.
"""

from __future__ import annotations

import json
import threading
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeAlias, cast
from urllib.parse import parse_qsl, urlencode, urlsplit

from rhev import errors
from rhev.secrets import SCRUBBED, is_sso, scrub_url
from rhev.transport.base import SAFE, Request, Response, header
from rhev.transport.owned import renewed_in_children
from rhev.transport.scrub import normalized, scrub

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from os import PathLike

    from rhev.transport.base import AsyncTransport, Transport

_KEPT = ("correlation-id", "location", "retry-after")

Key: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Recorded:
    """An exchange without its secrets. ``request`` is ``None`` where no body was recorded."""

    method: str
    url: str
    status: int
    content_type: str = ""
    body: str = ""
    request: str | None = None
    request_type: str = ""
    accept: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, request: Request, response: Response) -> Recorded:
        """What is written of an exchange."""
        content_type = header(response.headers, "content-type") or ""
        sso = is_sso(request.url)
        return cls(
            method=request.method,
            url=_local(request.url),
            status=response.status,
            content_type=content_type,
            body=_sso_body(response) if sso else scrub(response.content, content_type, request.url),
            request=None if sso else _body(request) or None,
            request_type=header(request.headers, "content-type") or "",
            accept=header(request.headers, "accept") or "",
            headers={
                name: scrub_url(value)
                for name in _KEPT
                if (value := header(response.headers, name)) is not None
            },
        )

    @classmethod
    def from_line(cls, line: str) -> Recorded:
        """Read a line of a cassette. Members that are not known are skipped.

        Raises :class:`ValueError` for a line that is none.
        """
        document = json.loads(line)
        if not isinstance(document, dict) or not {"method", "url", "status"} <= document.keys():
            raise ValueError("an exchange is an object with method, url and status")
        known = {name: document[name] for name in cls.__dataclass_fields__ if name in document}
        kinds = {"status": int, "headers": dict}
        for name, value in known.items():
            if not isinstance(value, kinds.get(name, str)):
                raise ValueError(f"{name} of an exchange cannot be {value!r}")
        known["url"] = _local(known["url"])
        return cls(**known)

    def to_line(self) -> str:
        """The exchange as a line of a cassette, without what is empty."""
        document = {name: value for name, value in asdict(self).items() if value}
        return json.dumps(document, ensure_ascii=False) + "\n"

    def response(self) -> Response:
        """The response as a transport would return it."""
        headers = {name.lower(): value for name, value in self.headers.items()}
        if self.content_type:
            headers["content-type"] = self.content_type
        return Response(self.status, headers, self.body.encode())

    def __str__(self) -> str:
        return f"{self.method} {self.url}"


class Cassette:
    """The exchanges of a file, and which of them are still to be played."""

    def __init__(self, exchanges: Iterable[Recorded]) -> None:
        self.exchanges: Sequence[Recorded] = tuple(exchanges)
        self._lock = threading.Lock()
        self._waiting: dict[Key, list[Recorded]] = defaultdict(list)
        self._last: dict[Key, list[Recorded]] = defaultdict(list)
        for exchange in self.exchanges:
            self._waiting[exchange.method, _same(exchange.url)].append(exchange)

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Cassette:
        """Read a cassette. Raises :class:`rhev.errors.ParseError` with the line that is none."""
        exchanges = []
        with Path(path).open(encoding="utf-8", newline="\n") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    try:
                        exchanges.append(Recorded.from_line(line))
                    except (TypeError, ValueError) as error:
                        raise errors.ParseError(
                            f"{path} is no cassette: {error}", line=number, column=1
                        ) from error
        return cls(exchanges)

    @property
    def remaining(self) -> Sequence[Recorded]:
        """The exchanges that were not played yet, in the order in which they were recorded."""
        with self._lock:
            waiting = {id(item) for items in self._waiting.values() for item in items}
        return [exchange for exchange in self.exchanges if id(exchange) in waiting]

    def play(self, request: Request) -> Response:
        """The recorded response of a request.

        Method, path and query must be the same, in whatever order the parameters are, and, where
        the recording has a body of the request, the body, in whatever spelling. Of several such
        exchanges each is played once, in their order; then the last of them again and again if
        the method is safe (GET, HEAD, OPTIONS) or it is a login. Raises
        :class:`rhev.errors.NotRecorded` where there is none.
        """
        key = request.method, _same(_local(request.url))
        login = is_sso(request.url)
        body = "" if login else _body(request)
        with self._lock:
            for exchange in self._waiting[key]:
                if _matches(exchange, request, body):
                    self._waiting[key].remove(exchange)
                    self._last[key] = [exchange, *self._last[key]]
                    return exchange.response()
            if request.method in SAFE or login:
                for exchange in self._last[key]:
                    if _matches(exchange, request, body):
                        return exchange.response()
        raise self._missing(request, key)

    def _missing(self, request: Request, key: Key) -> errors.NotRecorded:
        with self._lock:
            other_body, played = bool(self._waiting[key]), bool(self._last[key])
        why = "the cassette has no such exchange"
        if other_body:
            why = "the cassette has this request with another body only"
        elif played:
            why = "the cassette has this request, but all of its responses were played"
        left = self.remaining
        listing = "; ".join(map(str, left[:10])) + ("; ..." if len(left) > 10 else "")
        return errors.NotRecorded(
            f"{why}; left to play: {listing or 'nothing'}",
            errors.Exchange(request.method, request.url),
        )


class _Recorder:
    """The file that both recording transports write, a line as soon as it is known.

    Once it was closed, it is opened again to add to it.
    """

    def __init__(self, path: str | PathLike[str], append: bool) -> None:
        self.renew()
        renewed_in_children(self)
        self._path = Path(path)
        self._file = self._opened("a" if append else "w")

    def renew(self) -> None:
        """Begin anew in a process that was forked, where no thread is left to give a lock back."""
        self._lock = threading.Lock()

    def _opened(self, mode: str) -> TextIO:
        return cast("TextIO", self._path.open(mode, encoding="utf-8", newline="\n"))

    def write(self, request: Request, response: Response) -> Response:
        line = Recorded.of(request, response).to_line()
        with self._lock:
            if self._file.closed:
                self._file = self._opened("a")
            self._file.write(line)
            self._file.flush()
        return response

    def close(self) -> None:
        with self._lock:
            self._file.close()


class RecordingTransport:
    """Writes the exchanges of a transport to a new cassette at ``path``, without secrets.

    ``append`` adds to the one that is there instead, as a transport does that is used after close.
    What gets no response is not recorded. Wrap the transport that reaches the engine, so that
    what is recorded is what went over the wire.
    """

    def __init__(
        self, transport: Transport, path: str | PathLike[str], *, append: bool = False
    ) -> None:
        self._transport = transport
        self._recorder = _Recorder(path, append)

    def send(self, request: Request) -> Response:
        """Send the request and record the exchange."""
        return self._recorder.write(request, self._transport.send(request))

    def close(self) -> None:
        """Close the transport within, and the file."""
        try:
            self._transport.close()
        finally:
            self._recorder.close()


class AsyncRecordingTransport:
    """The asynchronous twin of :class:`RecordingTransport`."""

    def __init__(
        self, transport: AsyncTransport, path: str | PathLike[str], *, append: bool = False
    ) -> None:
        self._transport = transport
        self._recorder = _Recorder(path, append)

    async def send(self, request: Request) -> Response:
        """Send the request and record the exchange."""
        return self._recorder.write(request, await self._transport.send(request))

    async def close(self) -> None:
        """Close the transport within, and the file."""
        try:
            await self._transport.close()
        finally:
            self._recorder.close()


class ReplayTransport:
    """Answers from a cassette, whatever the host of the request; see :meth:`Cassette.play`."""

    def __init__(self, cassette: Cassette | str | PathLike[str]) -> None:
        recorded = cassette if isinstance(cassette, Cassette) else Cassette.load(cassette)
        self.cassette: Cassette = recorded

    def send(self, request: Request) -> Response:
        """The recorded response. Raises :class:`rhev.errors.NotRecorded` where there is none."""
        return self.cassette.play(request)

    def close(self) -> None:
        """Nothing is held open."""


class AsyncReplayTransport:
    """The asynchronous twin of :class:`ReplayTransport`."""

    def __init__(self, cassette: Cassette | str | PathLike[str]) -> None:
        recorded = cassette if isinstance(cassette, Cassette) else Cassette.load(cassette)
        self.cassette: Cassette = recorded

    async def send(self, request: Request) -> Response:
        """The recorded response. Raises :class:`rhev.errors.NotRecorded` where there is none."""
        return self.cassette.play(request)

    async def close(self) -> None:
        """Nothing is held open."""


def _local(url: str) -> str:
    """Path and query of a URL, without secrets: what a cassette knows it by."""
    parts = urlsplit(scrub_url(url))
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _same(url: str) -> str:
    """One spelling of a path and query."""
    parts = urlsplit(url)
    return f"{parts.path}?{urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))}"


def _body(request: Request) -> str:
    content_type = header(request.headers, "content-type") or ""
    return scrub(request.content, content_type, request.url)


def _matches(exchange: Recorded, request: Request, body: str) -> bool:
    if exchange.request is None or is_sso(exchange.url):
        return True
    kind = header(request.headers, "content-type") or ""
    return normalized(body, kind) == normalized(exchange.request, exchange.request_type)


def _sso_body(response: Response) -> str:
    """What stands for the answer of the single sign-on: a token that is none, or a refusal."""
    if response.status >= 300 or b'"error' in response.content:
        return json.dumps({"error_code": SCRUBBED, "error": SCRUBBED})
    if b"access_token" in response.content:
        return json.dumps({"access_token": SCRUBBED, "exp": str(2**63 - 1)})
    return "{}"
