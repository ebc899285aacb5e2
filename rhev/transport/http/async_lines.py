"""The connections of :class:`AsyncHttpTransport`: httpcore's, over transports of asyncio.

httpcore's own are anyio's, of which each read costs a scope for its timeout. Here a whole exchange
has one timer, which is set anew at each step.
"""

from __future__ import annotations

import asyncio
import select
from typing import TYPE_CHECKING, Any, cast

import httpcore

from rhev.transport.base import Response
from rhev.transport.body import Body
from rhev.transport.http.attempt import Attempt, Stage
from rhev.transport.http.failures import unasked
from rhev.transport.http.messages import handed_on, received
from rhev.transport.http.outgoing import ASYNCHRONOUS, Outgoing, is_followed

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable

    from rhev.transport.http.shared import Route

_MOST_UNREAD = 2**18


class AsyncLine(httpcore.AsyncNetworkBackend):
    """A connection to an engine, and the network below it, which has the time of an attempt."""

    attempt: Attempt
    timer: asyncio.Timeout
    stream: _Stream | None = None

    def __init__(self, route: Route) -> None:
        self._outgoing = Outgoing(route)
        self._connection: httpcore.AsyncConnectionInterface = self._outgoing.connection(
            ASYNCHRONOUS, self
        )
        self._is_in_order = True
        self._loop = asyncio.get_running_loop()
        self.layers: int = self._outgoing.layers

    async def exchange(self, attempt: Attempt, timer: asyncio.Timeout, most: int) -> Response:
        """Send the request of an attempt, and read the response to its end.

        Each step sets the timer. Raises what httpcore raises, OSError, TimeoutError, and
        :class:`rhev.errors.ResponseError`.
        """
        request = attempt.request
        self.attempt, self.timer = attempt, timer
        attempt.stage = Stage.CONNECTING
        response = await self._connection.handle_async_request(self._outgoing.request(request))
        try:
            headers = received(request, response.status, response.headers)
            body = Body(request, response.status, headers, most)
            stream: Any = response.stream
            async for chunk in stream:
                body.feed(chunk)
            if is_followed(stream):
                self._is_in_order = False
                raise unasked(request, response.status)
        finally:
            await response.aclose()
        return Response(response.status, handed_on(headers), body.read())

    def set_timer(self) -> None:
        """Begin a step. Raises TimeoutError where no time is left for it."""
        self.timer.reschedule(self._loop.time() + self.attempt.left())

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first of a host's addresses that accepts it."""
        self.set_timer()
        _, channel = await self._loop.create_connection(
            _Channel, host, port, happy_eyeballs_delay=0.25
        )
        self.stream = _Stream(self, channel, 0)
        return self.stream

    @property
    def is_free(self) -> bool:
        """Whether the last exchange over it came to its end, and left it open."""
        return self._is_in_order and self._connection.is_available()

    @property
    def has_expired(self) -> bool:
        """Whether it was idle for too long, or the other side has closed it meanwhile."""
        return self._connection.has_expired()

    def close(self) -> None:
        """Close it, whatever it is doing."""
        if self.stream is not None:
            self.stream.close()


class _Channel(asyncio.Protocol):
    """What arrived and is unread, and whether more can be written."""

    transport: asyncio.Transport

    def __init__(self) -> None:
        self.unread: bytearray = bytearray()
        self.has_ended: bool = False
        self._error: Exception | None = None
        self._waiting: asyncio.Future[None] | None = None
        self._is_full = False
        self._is_paused = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self.unread += data
        if len(self.unread) > _MOST_UNREAD and not self._is_paused:
            self._is_paused = True
            self.transport.pause_reading()
        self._wake()

    def eof_received(self) -> None:
        self.has_ended = True
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        self.has_ended = True
        self._error = exc
        self._is_full = False
        self._wake()

    def pause_writing(self) -> None:
        self._is_full = True

    def resume_writing(self) -> None:
        self._is_full = False
        self._wake()

    async def read(self, most: int) -> bytes:
        """What has come, or will come next; nothing at the end. Raises OSError where it is lost."""
        while not self.unread and not self.has_ended:
            await self._change()
        if not self.unread and self._error is not None:
            raise self._error
        data = bytes(self.unread[:most])
        del self.unread[:most]
        if self._is_paused:
            self._is_paused = False
            self.transport.resume_reading()
        return data

    async def write(self, data: bytes) -> None:
        """Write, and wait until there is room for more."""
        if self.transport.is_closing():
            raise httpcore.WriteError("the connection was closed")
        self.transport.write(data)
        while self._is_full:
            await self._change()

    async def _change(self) -> None:
        self._waiting = asyncio.get_running_loop().create_future()
        try:
            await self._waiting
        finally:
            self._waiting = None

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)


class _Stream(httpcore.AsyncNetworkStream):
    """A channel, below which there are so many layers of TLS."""

    def __init__(self, line: AsyncLine, channel: _Channel, layer: int) -> None:
        self._line = line
        self._channel = channel
        self._layer = layer

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self._line.set_timer()
        return await self._channel.read(max_bytes)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if not buffer:
            return
        self._line.set_timer()
        if self._layer == self._line.layers:
            self._line.attempt.stage = Stage.SENT
        await self._channel.write(buffer)

    async def aclose(self) -> None:
        self.close()

    def close(self) -> None:
        self._channel.transport.abort()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        self._line.set_timer()
        channel = self._channel
        loop = asyncio.get_running_loop()
        transport = await loop.start_tls(
            channel.transport, channel, ssl_context, server_hostname=server_hostname
        )
        if transport is None:
            raise httpcore.ConnectError("the connection was closed")
        channel.transport = transport
        self._line.stream = _Stream(self._line, channel, self._layer + 1)
        return self._line.stream

    def get_extra_info(self, info: str) -> Any:
        if info != "is_readable":
            return self._channel.transport.get_extra_info(info)
        # What the loop has not come to yet counts as well.
        channel = self._channel
        return bool(channel.unread) or channel.has_ended or _has_news(channel.transport)


def _has_news(transport: asyncio.Transport) -> bool:
    number = transport.get_extra_info("socket").fileno()
    if number < 0 or not hasattr(select, "poll"):
        return number < 0 or bool(select.select([number], [], [], 0)[0])
    poll = select.poll()
    poll.register(number, select.POLLIN)
    return bool(poll.poll(0))
