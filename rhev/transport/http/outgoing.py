"""What is asked of httpcore: connections by a route, and requests over them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

import httpcore

from rhev.secrets import Secret
from rhev.transport.http.messages import WITH_LENGTH, host, sendable, target
from rhev.transport.http.proxies import speaks_socks, unusable

if TYPE_CHECKING:
    from rhev.transport.base import Request
    from rhev.transport.http.shared import Route


class Kit(NamedTuple):
    """The classes of httpcore for one kind of program."""

    direct: Any
    by_http: Any
    by_socks: Any


BLOCKING = Kit(httpcore.HTTPConnection, httpcore.HTTPProxy, httpcore.SOCKSProxy)
ASYNCHRONOUS = Kit(httpcore.AsyncHTTPConnection, httpcore.AsyncHTTPProxy, httpcore.AsyncSOCKSProxy)


class Outgoing:
    """How an engine's connections are made, and requests to it written."""

    def __init__(self, route: Route) -> None:
        """Raises ConfigurationError where the route has a proxy that cannot be used."""
        self._route = route
        self._scheme, self._host = route.scheme.encode(), route.host.encode()
        self._proxy = _Proxy.read(route.proxy) if route.proxy else None
        # How many layers of TLS there are below the request.
        by_tls = self._proxy is not None and self._proxy.url.scheme == b"https"
        self.layers: int = (route.scheme == "https") + by_tls

    def connection(self, kit: Kit, network: object) -> Any:
        """A connection, not open yet, over a network of one's own."""
        origin = httpcore.Origin(self._scheme, self._host, self._route.port)
        options = {
            "ssl_context": self._route.tls,
            "keepalive_expiry": self._route.keep_alive,
            "network_backend": network,
        }
        proxy = self._proxy
        if proxy is None:
            return kit.direct(origin, **options)
        through = kit.by_socks if proxy.is_socks else kit.by_http
        return through(proxy.url, proxy.credentials(), **options).create_connection(origin)

    def request(self, request: Request) -> httpcore.Request:
        """A request as httpcore sends it. Raises ValueError for what HTTP forbids."""
        parts = urlsplit(request.url)
        headers = [(b"Host", host(request.url).encode())]
        for name, value in sendable(request).items():
            headers.append((name.encode(), value.encode()))
        if request.content or request.method in WITH_LENGTH:
            headers.append((b"Content-Length", b"%d" % len(request.content)))
        url = httpcore.URL(
            scheme=self._scheme,
            host=self._host,
            port=parts.port,
            target=target(request.url).encode(),
        )
        return httpcore.Request(request.method, url, headers=headers, content=request.content)


class _Proxy(NamedTuple):
    url: httpcore.URL
    user: str | None
    password: Secret
    is_socks: bool

    @classmethod
    def read(cls, named: Secret) -> _Proxy:
        """A proxy from its URL. Raises ConfigurationError where it is none, or needs a package."""
        import httpx  # only here: it takes long to load

        try:
            proxy = httpx.Proxy(named.reveal())
        except (ValueError, httpx.InvalidURL):
            proxy = None
        # Raised here, as what that exception says may quote the proxy's password.
        if proxy is None:
            raise unusable("is none: one is written as in http://proxy.example.com:3128")
        is_socks = speaks_socks(named)
        if is_socks and not _has_socksio():
            raise unusable("needs the package socksio: pip install 'httpx[socks]'")
        url = proxy.url
        address = httpcore.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
        )
        user, password = proxy.auth or (None, "")
        return cls(address, user, Secret(password), is_socks)

    def credentials(self) -> tuple[bytes, bytes] | None:
        return None if self.user is None else (self.user.encode(), self.password.reveal().encode())


def _has_socksio() -> bool:
    try:
        import socksio  # type: ignore[import-not-found]  # noqa: F401
    except ImportError:
        return False
    return True


def is_followed(stream: Any) -> bool:
    """Whether more came on a connection than the response whose stream this is.

    httpcore has no name for what is left of a read: it is looked for where h11 keeps it.
    """
    connection = getattr(stream, "_connection", None)
    state = getattr(connection, "_h11_state", None)
    return bool(state is not None and state.trailing_data[0])
