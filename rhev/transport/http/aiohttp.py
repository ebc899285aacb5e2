"""The asynchronous transport by aiohttp, which serves many tasks at a time for less than httpx.

It comes with ``rhev[aiohttp]``.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rhev import errors
from rhev.transport.base import Response, origin
from rhev.transport.body import Body
from rhev.transport.http.asynchronous import AsyncHttp
from rhev.transport.http.attempt import LONGEST_CONNECT, Attempt, Stage
from rhev.transport.http.failures import lost, refused_by_proxy, timed_out, unasked
from rhev.transport.http.messages import WITH_LENGTH, handed_on, host, received, sendable, target
from rhev.transport.http.proxies import speaks_socks, unusable

try:
    import aiohttp
    from aiohttp.http import HttpProcessingError, StreamWriter
    from yarl import URL
except ImportError:
    raise errors.ConfigurationError(
        "this transport needs the package aiohttp: pip install 'rhev[aiohttp]'"
    ) from None

if TYPE_CHECKING:
    import ssl

    from rhev.transport.base import Request


# What says where a request goes and where it ends: ours to say, and once.
_FRAMING = frozenset({"host", "content-length", "transfer-encoding"})


@dataclass(frozen=True, slots=True)
class Client:
    """The connections to an engine, the turns to use one, and what leads there."""

    connector: aiohttp.TCPConnector
    turns: asyncio.Semaphore
    way: aiohttp.ClientRequest = field(repr=False)  # whose proxy may have a password
    host: str

    async def connected(self, attempt: Attempt) -> aiohttp.connector.Connection:
        """A connection on which nothing came unasked."""
        limits = _limits(min(attempt.silence, LONGEST_CONNECT))
        while True:
            connection = await self.connector.connect(self.way, [], limits)
            protocol = connection.protocol
            if protocol is not None and not protocol.should_close:
                return connection
            connection.close()

    def written(self, request: Request) -> bytes:
        """A request as it is put on the wire. Raises ValueError for what HTTP forbids."""
        headers = {n: v for n, v in sendable(request).items() if n.lower() not in _FRAMING}
        at = target(request.url)
        if self.way.proxy is not None and not self.way.is_ssl():
            at = f"{self.way.url.origin()}{at}"
            headers |= {n: v for n, v in self.way.headers.items() if n == "Proxy-Authorization"}
        if request.content or request.method in WITH_LENGTH:
            headers["Content-Length"] = str(len(request.content))
        lines = [f"{request.method} {at} HTTP/1.1\r\nHost: {self.host}\r\n"]
        lines += [f"{name}: {value}\r\n" for name, value in headers.items()]
        return "".join([*lines, "\r\n"]).encode() + request.content


class AiohttpTransport(AsyncHttp[Client]):
    """As :class:`AsyncHttpTransport`, and with the same settings and errors, by aiohttp.

    It knows no SOCKS proxies.
    """

    def _made(self, request: Request, tls: ssl.SSLContext | None = None) -> Client:
        route = self._route(request, tls)
        if route.proxy is not None and speaks_socks(route.proxy):
            raise unusable(
                "speaks SOCKS, which aiohttp does not: leave transport= out, "
                "pip install 'httpx[socks]'"
            )
        connector = aiohttp.TCPConnector(limit=0, ssl=route.tls, keepalive_timeout=route.keep_alive)
        way = aiohttp.ClientRequest(
            "GET",
            URL(origin(request.url)),
            loop=asyncio.get_running_loop(),
            proxy=None if route.proxy is None else URL(route.proxy.reveal()),
            ssl=route.tls,
        )
        turns = asyncio.Semaphore(self._max_connections)
        return Client(connector, turns, way, host(request.url))

    async def _read(self, client: Client, attempt: Attempt, timer: asyncio.Timeout) -> Response:
        loop, request = asyncio.get_running_loop(), attempt.request
        timer.reschedule(loop.time() + attempt.whole())
        connection = await client.connected(attempt)
        attempt.stage = Stage.SENT
        protocol: Any = connection.protocol
        transport: asyncio.Transport = protocol.transport
        try:
            protocol.set_response_params(
                skip_payload=request.method == "HEAD",
                read_until_eof=True,
                auto_decompress=False,
                read_timeout=attempt.silence,
            )
            transport.write(client.written(request))
            if transport.get_write_buffer_size():
                with suppress(ConnectionError):  # what came before that may be an answer
                    await StreamWriter(protocol, loop).drain()
            protocol.start_timeout()
            message, payload = await protocol.read()
            while 100 <= message.code < 200 and message.code != 101:
                message, payload = await protocol.read()
            headers = received(request, message.code, message.raw_headers)
            body = Body(request, message.code, headers, self._max_response)
            while not payload.at_eof():
                body.feed(await payload.readany())
            # aiohttp has no name for what came behind a response.
            if protocol._buffer or protocol._tail:
                raise unasked(request, message.code)
        except BaseException:
            # aiohttp would wait for the other side to end TLS as it should.
            transport.abort()
            connection.close()
            raise
        connection.release()
        return Response(message.code, handed_on(headers), body.read())

    async def _end(self, client: Client) -> None:
        await client.connector.close()
        await asyncio.sleep(0)  # in which they are closed

    def _meaning(self, error: Exception, attempt: Attempt) -> Exception:
        match error:
            case errors.Error():
                return error.with_traceback(None)
            case TimeoutError():
                return timed_out(attempt, self._max_connections)
            case aiohttp.ClientHttpProxyError() | aiohttp.ClientProxyConnectionError():
                # What it says may quote the proxy's password.
                return refused_by_proxy(attempt, type(error).__name__)
            case aiohttp.ClientConnectorCertificateError():
                return lost(attempt, error.certificate_error)
            case aiohttp.InvalidURL():
                exchange = errors.Exchange(attempt.request.method, attempt.request.url)
                return ValueError(f"{exchange}: not a URL that can be sent")
            case HttpProcessingError():
                # What follows quotes what came, which may be a cookie.
                return lost(attempt, aiohttp.ClientError(error.message.partition(":")[0]))
            case aiohttp.ClientError() | OSError():
                return lost(attempt, error)
        return error


@lru_cache(8)
def _limits(connect: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=None, sock_connect=connect)
