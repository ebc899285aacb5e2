"""The asynchronous transport by aiohttp, which serves many tasks at a time for less than httpx.

It comes with ``rhev[aiohttp]``.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from rhev import errors
from rhev.transport.base import Response
from rhev.transport.body import Body
from rhev.transport.http import (
    KEEP_ALIVE,
    LONGEST_CONNECT,
    OWN_HEADERS,
    UNTRUE_ONCE_READ,
    AsyncHttp,
    plainly,
    unverified,
    why_no_connection,
)

try:
    import aiohttp
    from yarl import URL
except ImportError:
    raise errors.ConfigurationError(
        "this transport needs the package aiohttp: pip install 'rhev[aiohttp]'"
    ) from None

if TYPE_CHECKING:
    from rhev.transport.base import Request
    from rhev.transport.http import Clients

_HEADER = re.compile(r"[!-~]+:[\t -~]*")


@dataclass(frozen=True, slots=True)
class Client:
    """A session of aiohttp, the turns to use it, and the proxy by which it goes."""

    session: aiohttp.ClientSession
    turns: asyncio.Semaphore
    proxy: str | None = field(repr=False)  # which may have a password


class AiohttpTransport(AsyncHttp[Client]):
    """As :class:`AsyncHttpTransport`, and with the same settings and errors, by aiohttp.

    It knows no SOCKS proxies. A second response to a request is dropped with its connection, and
    not an error.
    """

    async def _try(self, clients: Clients[Client], request: Request) -> Response | Exception:
        try:
            if (wanted := self._to_fetch_ca(request)) is not None:
                client = self._made_for(wanted, unverified())
                try:
                    self._trust(await self._answer(client, wanted), wanted)
                finally:
                    await client.session.close()
            client = self._client(clients, request)
            seconds = self._seconds(request)
            try:
                await asyncio.wait_for(client.turns.acquire(), seconds)
            except TimeoutError:
                return self._too_busy(errors.Exchange(request.method, request.url), seconds)
            try:
                return await self._answer(client, request)
            finally:
                client.turns.release()
        except Exception as error:
            return self._error(request, error)

    async def _answer(self, client: Client, request: Request) -> Response:
        async with client.session.request(
            request.method,
            URL(request.url, encoded=True),
            headers=_sendable(request),
            data=request.content or None,
            allow_redirects=False,
            proxy=client.proxy,
            timeout=_limits(self._seconds(request)),
        ) as response:
            headers: dict[str, str] = {}
            for key, value in response.headers.items():
                name = key.lower()
                headers[name] = f"{headers[name]}, {value}" if name in headers else value
            body = Body(request, response.status, headers, self._max_response)
            async for chunk in response.content.iter_any():
                body.feed(chunk)
        kept = {name: value for name, value in headers.items() if name not in UNTRUE_ONCE_READ}
        return Response(response.status, kept, body.read())

    def _client(self, clients: Clients[Client], request: Request) -> Client:
        scheme = urlsplit(request.url).scheme
        if scheme not in clients:
            clients[scheme] = self._made_for(request, self._tls(scheme))
        return clients[scheme]

    def _made_for(self, request: Request, tls: ssl.SSLContext) -> Client:
        proxy = _proxy(request.url)
        session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, ssl=tls, keepalive_timeout=KEEP_ALIVE),
            headers=OWN_HEADERS,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
        )
        # What may be repeated is decided by the transport around this one.
        session._retry_connection = False
        return Client(session, asyncio.Semaphore(self._max_connections), proxy)

    async def _end(self, clients: Clients[Client]) -> None:
        for client in clients.values():
            await client.session.close()

    def _error(self, request: Request, error: Exception) -> Exception:
        exchange = errors.Exchange(request.method, request.url)
        match error:
            case errors.Error():
                return error.with_traceback(None)
            case aiohttp.ConnectionTimeoutError():
                return self._too_late(exchange)
            case TimeoutError():
                return self._too_silent(exchange, self._seconds(request))
            case aiohttp.ClientHttpProxyError() | aiohttp.ClientProxyConnectionError():
                # What it says may quote the proxy's password.
                message = f"the proxy refused: {type(error).__name__}"
                return errors.ConnectionError(message, exchange, delivered=False)
            case aiohttp.ClientConnectorCertificateError():
                message = why_no_connection(request, error.certificate_error)
                return errors.ConnectionError(message, exchange, delivered=False)
            case aiohttp.ClientConnectorError() | ssl.SSLError():
                message = why_no_connection(request, error)
                return errors.ConnectionError(message, exchange, delivered=False)
            case aiohttp.InvalidURL():
                return ValueError(f"{exchange}: not a URL that can be sent")
            case aiohttp.ClientError() | OSError():
                message = f"the connection was lost: {plainly(error)}"
                return errors.ConnectionError(message, exchange)
        return error


def _limits(seconds: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(
        total=None, sock_connect=min(seconds, LONGEST_CONNECT), sock_read=seconds
    )


def _sendable(request: Request) -> dict[str, str]:
    """The headers. Raises ValueError for what HTTP forbids, without quoting it."""
    for name, value in request.headers.items():
        if not _HEADER.fullmatch(f"{name}:{value}"):
            exchange = errors.Exchange(request.method, request.url)
            raise ValueError(f"{exchange}: a header has a character that HTTP forbids")
    return dict(request.headers)


def _proxy(url: str) -> str | None:
    """The proxy that the environment names. Raises ConfigurationError where that is none."""
    parts = urlsplit(url)
    proxies = getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    if not proxy or proxy_bypass(parts.netloc):
        return None
    if proxy.startswith("socks"):
        why = (
            "speaks SOCKS, which aiohttp does not: leave transport= out, pip install 'httpx[socks]'"
        )
    elif not _is_proxy(proxy):
        why = "is none: one is written as in http://proxy.example.com:3128"
    else:
        return proxy
    raise errors.ConfigurationError(
        f"the proxy that the environment names {why}. See HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and "
        "NO_PROXY"
    )


def _is_proxy(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
