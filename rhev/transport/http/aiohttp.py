"""The asynchronous transport by aiohttp, which serves many tasks at a time for less than httpx.

It comes with ``rhev[aiohttp]``.
"""

from __future__ import annotations

import asyncio
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from rhev import errors
from rhev.transport.base import Response
from rhev.transport.body import Body
from rhev.transport.http.asynchronous import AsyncHttp
from rhev.transport.http.attempt import LONGEST_CONNECT, Attempt, Stage
from rhev.transport.http.failures import lost, refused_by_proxy, timed_out, unasked
from rhev.transport.http.messages import handed_on, received, sendable, target
from rhev.transport.http.proxies import speaks_socks, unusable

try:
    import aiohttp
    from yarl import URL
except ImportError:
    raise errors.ConfigurationError(
        "this transport needs the package aiohttp: pip install 'rhev[aiohttp]'"
    ) from None

if TYPE_CHECKING:
    import ssl

    from rhev.secrets import Secret
    from rhev.transport.base import Request


@dataclass(slots=True)
class _Way:
    """An attempt, and the connection that it was given."""

    attempt: Attempt
    protocol: Any = None
    transport: asyncio.Transport | None = None


_way: ContextVar[_Way] = ContextVar("_way")


class _Connector(aiohttp.TCPConnector):
    async def connect(self, *arguments: Any, **options: Any) -> Any:
        """A connection on which nothing came unasked, for the attempt of the running task."""
        way = _way.get()
        while True:
            connection = await super().connect(*arguments, **options)
            protocol: Any = connection.protocol
            if not protocol.should_close:
                break
            connection.close()
        way.attempt.stage, way.protocol, way.transport = Stage.SENT, protocol, protocol.transport
        return connection


@dataclass(frozen=True, slots=True)
class Client:
    """A session of aiohttp, the turns to use it, and the proxy by which it goes."""

    session: aiohttp.ClientSession
    turns: asyncio.Semaphore
    base: str
    proxy: Secret | None


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
        session = aiohttp.ClientSession(
            connector=_Connector(limit=0, ssl=route.tls, keepalive_timeout=route.keep_alive),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
        )
        # What may be repeated is decided by the transport around this one.
        session._retry_connection = False
        parts = urlsplit(request.url)
        base = f"{parts.scheme}://{parts.netloc}"
        return Client(session, asyncio.Semaphore(self._max_connections), base, route.proxy)

    async def _read(self, client: Client, attempt: Attempt, timer: asyncio.Timeout) -> Response:
        timer.reschedule(asyncio.get_running_loop().time() + attempt.whole())
        request, way = attempt.request, _Way(attempt)
        token = _way.set(way)
        try:
            async with client.session.request(
                request.method,
                URL(client.base + target(request.url), encoded=True),
                headers=sendable(request),
                data=BytesIO(request.content) if request.content else None,
                allow_redirects=False,
                proxy=None if client.proxy is None else client.proxy.reveal(),
                timeout=_silence(attempt.silence),
            ) as response:
                headers = received(request, response.status, response.raw_headers)
                body = Body(request, response.status, headers, self._max_response)
                async for chunk in response.content.iter_any():
                    body.feed(chunk)
                # aiohttp has no name for what came behind a response, and drops the connection.
                if way.protocol._buffer or way.protocol._tail:
                    raise unasked(request, response.status)
        except BaseException:
            # aiohttp would wait for the other side to end TLS as it should.
            if way.transport is not None:
                way.transport.abort()
            raise
        finally:
            _way.reset(token)
        return Response(response.status, handed_on(headers), body.read())

    async def _end(self, client: Client) -> None:
        await client.session.close()
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
            case aiohttp.ClientError() | OSError():
                return lost(attempt, error)
        return error


@lru_cache(8)
def _silence(seconds: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(
        total=None, sock_connect=min(seconds, LONGEST_CONNECT), sock_read=seconds
    )
