"""aiohttp's server as an engine needs it: from bytes to a Request, and from a Response to bytes."""

from __future__ import annotations

import asyncio
import math
import socket
import struct
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from aiohttp import HttpVersion11, web

from rhev.simulator.wire.faults import Spoiled
from rhev.transport.base import Request

if TYPE_CHECKING:
    import logging
    from collections.abc import Awaitable, Callable

    from aiohttp import StreamReader
    from aiohttp.abc import AbstractStreamWriter
    from aiohttp.http import RawRequestMessage

    from rhev.transport.base import Response

# Searches and tickets are long.
_LONGEST_LINE = 2**20
# How soon a client that has said all it will is let go when it was answered, in seconds.
_SOON = 0.05


class Listener(web.Server):
    """Makes the connections of clients, whose requests ``answer`` answers."""

    def __init__(
        self, answer: Callable[[Request], Awaitable[Response]], log: logging.Logger
    ) -> None:
        super().__init__(self._exchange, request_factory=_incoming)
        self._answer = answer
        self._log = log
        self.open: set[Connection] = set()
        self.is_closed: bool = False

    def __call__(self) -> web.RequestHandler:
        return Connection(self, self._log)

    async def close(self, patience: float) -> bool:
        """Closes all, what is under way when it was answered: whether all of it was in time."""
        self.is_closed = True
        self.pre_shutdown()
        await self.shutdown(patience)
        is_done = not any(connection.asked for connection in self.open)
        for connection in self.open.copy():
            connection.abort()
        while self.open:
            await asyncio.sleep(0)
        return is_done

    async def _exchange(self, incoming: web.BaseRequest) -> web.StreamResponse:
        connection = cast("Connection", incoming.protocol)
        connection.asked += 1
        try:
            request = await connection.received(incoming)
            response = await self._answer(request)
            if isinstance(response, Spoiled):
                await connection.late(response.delay)
                if response.sent is not None:
                    await connection.lose(incoming, response, response.sent)
            return _written(response)
        except _Nonsense:
            return _refused()
        finally:
            connection.asked -= 1
            connection.let_go()


class _Nonsense(Exception):
    """What came is not HTTP, or not all of it."""


class Connection(web.RequestHandler):
    """That of one client. ``asked`` counts its requests that are being read or answered."""

    __slots__ = ("_end", "_is_half", "_reading", "_stream", "asked", "listener")

    def __init__(self, listener: Listener, log: logging.Logger) -> None:
        super().__init__(
            listener,
            loop=asyncio.get_running_loop(),
            access_log=None,  # type: ignore[arg-type]
            logger=log,
            max_line_size=_LONGEST_LINE,
            max_field_size=_LONGEST_LINE,
        )
        self.listener = listener
        self.asked: int = 0
        self._is_half = False
        self._reading: StreamReader | None = None
        self._stream: asyncio.Transport | None = None

    async def received(self, incoming: web.BaseRequest) -> Request:
        """The request, whole. Raises _Nonsense for what is none."""
        headers = {name: _text(value) for name, value in incoming.headers.items()}
        scheme = "https" if incoming.secure else "http"
        url = f"{scheme}://{headers.get('Host', 'localhost')}{incoming.raw_path}"
        try:
            parts = urlsplit(url)
            is_here = parts.hostname and parts.port != 0 and url.isascii()
        except ValueError:
            is_here = False
        coding = headers.get("Transfer-Encoding", "chunked")
        if not is_here or not incoming.raw_path.startswith("/") or coding.lower() != "chunked":
            raise _Nonsense
        if headers.get("Expect", "").lower() == "100-continue":
            await incoming.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            incoming.writer.output_size = 0  # what follows is the head
        if self._is_half and not incoming.content.is_eof():
            raise _Nonsense
        self._reading = incoming.content
        try:
            content = await incoming.content.read()
        except (web.RequestPayloadError, EOFError) as error:
            raise _Nonsense from error
        finally:
            self._reading = None
        return Request(incoming.method, url, headers, content)

    async def late(self, seconds: float) -> None:
        """Lets time pass while there is a client, and the engine is served."""
        end = self._loop.time() + seconds
        while self._stream is not None and not self.listener.is_closed:
            left = end - self._loop.time()
            if left <= 0 or (self._is_half and left == math.inf):
                break
            await asyncio.sleep(min(left, _SOON))

    async def lose(self, incoming: web.BaseRequest, response: Spoiled, share: float) -> None:
        """Sends a share of a response, or of 0 nothing, and ends as it says."""
        if share:
            whole = _written(response)
            begun = web.StreamResponse(status=whole.status, headers=whole.headers)
            begun.content_length = len(response.content)
            await begun.prepare(incoming)
            await begun.write(response.content[: int(len(response.content) * share)])
            await asyncio.sleep(_SOON)  # so that a reset does not take along what was sent
        if response.end == "stall":
            await self.late(math.inf)
        if response.end == "reset" and self._stream is not None:
            raw = self._stream.get_extra_info("socket")
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.abort()
        self.force_close()

    def let_go(self) -> None:
        """Closes it soon, if its client has said all it will and nothing of that is left to do."""
        if self._is_half:
            self._loop.call_later(_SOON, self._close_if_idle)

    def _close_if_idle(self) -> None:
        if not self.asked:
            self.force_close()

    def abort(self) -> None:
        """Closes it now."""
        if self._stream is not None:
            self._stream.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._stream = cast("asyncio.Transport", transport)
        self.listener.open.add(self)
        super().connection_made(transport)

    def connection_lost(self, exc: BaseException | None) -> None:
        self.listener.open.discard(self)
        self._stream = None
        super().connection_lost(exc)

    def eof_received(self) -> bool:  # type: ignore[override]
        """Whether to keep it: who says no more may still listen, but for TLS, which has no such."""
        self._is_half = self._stream is not None and not self._stream.get_extra_info("sslcontext")
        if self._reading is not None:
            self._reading.set_exception(EOFError("a body that ends early"))
        self.let_go()
        return self._is_half

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """What answers nonsense, of which there is nothing to log; or an error of our own."""
        if status == 500:
            self.logger.error("a request was not answered", exc_info=exc)
        return _refused(status)


def _incoming(
    message: RawRequestMessage,
    payload: StreamReader,
    protocol: web.RequestHandler,
    writer: AbstractStreamWriter,
    task: asyncio.Task[None],
) -> web.BaseRequest:
    if message.method == "UNKNOWN":  # aiohttp's word for nonsense, to which it would say HTTP/1.0
        message = message._replace(version=HttpVersion11)
    return web.BaseRequest(message, payload, protocol, writer, task, asyncio.get_running_loop())


def _refused(status: int = 400) -> web.Response:
    # Where it ends is not known, so that what follows cannot be read either.
    response = web.Response(status=status, headers={"Server": "rhev"})
    response.force_close()
    return response


def _written(response: Response) -> web.Response:
    headers = {_NAMES.get(name) or name.title(): text for name, text in response.headers.items()}
    headers.setdefault("Server", "rhev")
    return web.Response(status=response.status, headers=headers, body=response.content)


_NAMES = {"www-authenticate": "WWW-Authenticate", "WWW-Authenticate": "WWW-Authenticate"}


def _text(value: str) -> str:
    """The value of a header: bytes that are no ASCII are read as HTTP has them."""
    return value if value.isascii() else value.encode("utf-8", "surrogateescape").decode("latin-1")
