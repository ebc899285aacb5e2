"""The transports that reach an engine over the network, by httpx.

httpx is imported at the first request, so that programs which never send one do not pay for it.
"""

from __future__ import annotations

import logging
import math
import ssl
import threading
import warnings
from dataclasses import replace
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypedDict
from urllib.parse import urljoin, urlsplit

from rhev import errors
from rhev.transport import trust
from rhev.transport.base import Request, Response, header, origin

if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike

    import httpx

CA_PATH = "/ovirt-engine/services/pki-resource?resource=ca-certificate&format=X509-PEM-CA"

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 5
_LONGEST_CONNECT = 10.0
# Apache, which stands before every engine, closes idle connections after 5 seconds. Closing them
# first means that a POST hardly ever goes out on a connection that is about to be closed.
_KEEP_ALIVE = 4.0
# httpx decodes the content, so what these say of it is no longer true.
_UNTRUE_ONCE_READ = frozenset({"content-encoding", "content-length", "transfer-encoding"})


class InsecureWarning(UserWarning):
    """TLS certificates are not verified."""


class _ClientOptions(TypedDict):
    verify: ssl.SSLContext
    timeout: httpx.Timeout
    limits: httpx.Limits
    headers: dict[str, str]
    cookies: CookieJar


class _Http:
    """What both transports share: the settings, and every decision about an exchange."""

    def __init__(
        self,
        *,
        timeout: float = 60.0,
        ca_file: str | PathLike[str] | None = None,
        ca_fingerprint: str | None = None,
        insecure: bool = False,
        max_connections: int = 20,
        max_response: int = 256 * 2**20,
    ) -> None:
        """``timeout`` is in seconds and bounds each wait of an exchange: for a free connection of
        the pool, for the connection itself (10 seconds at most), for every write and every read.

        ``ca_file`` is a PEM file of the certificate authorities to trust instead of the system's,
        or the text of one. With ``ca_fingerprint`` (``sha256:`` and 64 digits) the engine is asked
        for its own, which is trusted if it has that fingerprint.
        ``insecure`` verifies no certificate. ``max_response`` is in bytes, after decompression.

        Raises :class:`ValueError` for a value out of range and :class:`FileNotFoundError` for a
        ``ca_file`` that is none.
        """
        if not (math.isfinite(timeout) and timeout > 0):
            raise ValueError(f"timeout is a finite number of seconds above 0, not {timeout!r}")
        if max_connections < 1 or max_response < 1:
            raise ValueError("max_connections and max_response are whole numbers above 0")
        if ca_fingerprint is not None and (insecure or ca_file is not None):
            raise ValueError("give ca_fingerprint=, ca_file= or insecure=, not several of them")
        if ca_file is not None and not trust.is_pem(ca_file) and not Path(ca_file).is_file():
            raise FileNotFoundError(f"ca_file={str(ca_file)!r} is not a file")
        if not isinstance(insecure, bool):
            raise TypeError(f"insecure is True or False, not a {type(insecure).__name__}")
        if insecure:
            warnings.warn(
                "insecure=True verifies no TLS certificate: whoever can intercept the connection "
                "can read the password and everything else that is sent, and can answer in the "
                "engine's place. Pass ca_file= with the engine's CA instead, which can be fetched "
                f"from https://<engine>{CA_PATH}",
                InsecureWarning,
                stacklevel=2,
            )
        self._timeout = timeout
        self._ca_file = ca_file
        self._fingerprint = ca_fingerprint and trust.fingerprint(ca_fingerprint)
        self._insecure = insecure
        self._max_connections = max_connections
        self._max_response = max_response
        self._lock = threading.Lock()
        # The headers of responses, which httpcore would log, may have a session's cookie.
        logging.getLogger("httpcore.http11").addFilter(_without_response_headers)

    def __repr__(self) -> str:
        return f"{type(self).__name__}(timeout={self._timeout!r}, insecure={self._insecure!r})"

    def _options(self, scheme: str, verify: ssl.SSLContext | None = None) -> _ClientOptions:
        import httpx

        return {
            "verify": verify or self._tls(scheme),
            "timeout": _limits(self._timeout),
            "limits": httpx.Limits(
                max_connections=self._max_connections, keepalive_expiry=_KEEP_ALIVE
            ),
            "headers": {"accept-encoding": "gzip", "user-agent": "rhev"},
            "cookies": CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        }

    def _tls(self, scheme: str) -> ssl.SSLContext:
        if scheme == "http":
            return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # the system's CAs take long to load
        if trust.is_pem(self._ca_file):
            context = ssl.create_default_context(cadata=str(self._ca_file))
        else:
            context = ssl.create_default_context(cafile=self._ca_file)
        return _unverified(context) if self._insecure else context

    def _to_fetch_ca(self, request: Request) -> Request | None:
        """The request for the engine's CA, where that has yet to be fetched."""
        if self._fingerprint is None or urlsplit(request.url).scheme != "https":
            return None
        if self._ca_file is not None:
            return None
        return Request("GET", origin(request.url) + CA_PATH)

    def _trust(self, fetched: Response, request: Request) -> None:
        """Trust the CA that came, if it is the one; raises what is wrong with it."""
        exchange = errors.Exchange(request.method, request.url, fetched.status)
        self._ca_file = trust.trusted(fetched.content, str(self._fingerprint), exchange)

    def _check(self, request: Request, response: httpx.Response, size: int) -> None:
        """Refuse a response of which ``size`` bytes have come, or are announced, if too large."""
        if size > self._max_response:
            raise errors.ResponseError(
                f"the response is larger than {self._max_response} bytes: ask for less, as by "
                "max=, or allow more with max_response=",
                errors.Exchange(request.method, request.url, response.status_code),
            )

    def _error(self, request: Request, error: Exception) -> Exception:
        """The error that says what an exception of httpx means for the request."""
        import httpx

        exchange = errors.Exchange(request.method, request.url)
        seconds = self._timeout if request.timeout is None else request.timeout
        match error:
            case httpx.ConnectTimeout():
                message = "the engine accepted no connection in time"
                return errors.Timeout(message, exchange, delivered=False)
            case httpx.PoolTimeout():
                message = (
                    f"all {self._max_connections} connections of the pool were in use for "
                    f"{seconds:g} seconds: allow more with max_connections="
                )
                return errors.Timeout(message, exchange, delivered=False)
            case httpx.TimeoutException():
                message = f"the engine was silent for {seconds:g} seconds: see timeout="
                return errors.Timeout(message, exchange)
            case httpx.ConnectError():
                message = _why_no_connection(request, error)
                return errors.ConnectionError(message, exchange, delivered=False)
            case httpx.ProxyError():
                message = f"the proxy refused: {error}"
                return errors.ConnectionError(message, exchange, delivered=False)
            case httpx.LocalProtocolError() | UnicodeEncodeError():
                # What the cause says may quote a header, and with it a credential.
                return ValueError(f"{exchange}: a header has a character that HTTP forbids")
            case httpx.DecodingError():
                message = "the response is damaged: it cannot be decompressed"
                return errors.ConnectionError(message, exchange)
            case httpx.InvalidURL() | httpx.UnsupportedProtocol():
                return ValueError(f"{exchange}: {error}")
        message = f"the connection was lost: {error or type(error).__name__}"
        return errors.ConnectionError(message, exchange)


class HttpTransport(_Http):
    """Sends requests to an engine over pooled connections, from any number of threads.

    TLS certificates are verified, gzip is accepted, cookies are not kept. A redirect of a GET or
    HEAD is followed within the same origin; any other is returned as the response that it is.
    """

    _clients: Mapping[str, httpx.Client] = MappingProxyType({})

    def send(self, request: Request) -> Response:
        """Send the request and read its response to the end.

        Raises :class:`rhev.errors.ConnectionError` or :class:`rhev.errors.Timeout` where no
        complete response comes, :class:`rhev.errors.ResponseError` where it is too large, and
        :class:`ValueError` for a URL or a header that cannot be sent.
        """
        response = self._exchange(_checked(request))
        for _ in range(_MOST_REDIRECTS):
            following = _redirected(request, response)
            if following is None:
                break
            request = following
            response = self._exchange(request)
        return response

    def _exchange(self, request: Request) -> Response:
        import httpx

        try:
            if (wanted := self._to_fetch_ca(request)) is not None:
                with httpx.Client(**self._options("https", _unverified())) as client:
                    self._trust(self._read(client, wanted), wanted)
            return self._read(self._connected(urlsplit(request.url).scheme), request)
        except (httpx.LocalProtocolError, UnicodeEncodeError) as error:
            raise self._error(request, error) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise self._error(request, error) from error

    def _read(self, client: httpx.Client, request: Request) -> Response:
        with client.stream(**_arguments(request)) as response:
            self._check(request, response, _announced(response))
            content = bytearray()
            for chunk in response.iter_bytes():
                content += chunk
                self._check(request, response, len(content))
        return _response(response, content)

    def _connected(self, scheme: str) -> httpx.Client:
        import httpx

        with self._lock:
            if scheme not in self._clients:
                client = httpx.Client(**self._options(scheme))
                self._clients = {**self._clients, scheme: client}
            return self._clients[scheme]

    def close(self) -> None:
        """Close every connection. A later request opens new ones."""
        with self._lock:
            clients, self._clients = self._clients, {}
        for client in clients.values():
            client.close()


class AsyncHttpTransport(_Http):
    """The asynchronous twin of :class:`HttpTransport`, for the tasks of one event loop."""

    _clients: Mapping[str, httpx.AsyncClient] = MappingProxyType({})

    async def send(self, request: Request) -> Response:
        """Send the request and read its response to the end; see :meth:`HttpTransport.send`."""
        response = await self._exchange(_checked(request))
        for _ in range(_MOST_REDIRECTS):
            following = _redirected(request, response)
            if following is None:
                break
            request = following
            response = await self._exchange(request)
        return response

    async def _exchange(self, request: Request) -> Response:
        import httpx

        try:
            if (wanted := self._to_fetch_ca(request)) is not None:
                async with httpx.AsyncClient(**self._options("https", _unverified())) as client:
                    self._trust(await self._read(client, wanted), wanted)
            return await self._read(self._connected(urlsplit(request.url).scheme), request)
        except (httpx.LocalProtocolError, UnicodeEncodeError) as error:
            raise self._error(request, error) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise self._error(request, error) from error

    async def _read(self, client: httpx.AsyncClient, request: Request) -> Response:
        async with client.stream(**_arguments(request)) as response:
            self._check(request, response, _announced(response))
            content = bytearray()
            async for chunk in response.aiter_bytes():
                content += chunk
                self._check(request, response, len(content))
        return _response(response, content)

    def _connected(self, scheme: str) -> httpx.AsyncClient:
        import httpx

        if scheme not in self._clients:
            client = httpx.AsyncClient(**self._options(scheme))
            self._clients = {**self._clients, scheme: client}
        return self._clients[scheme]

    async def close(self) -> None:
        """Close every connection. A later request opens new ones."""
        clients, self._clients = self._clients, {}
        for client in clients.values():
            await client.aclose()


def _unverified(context: ssl.SSLContext | None = None) -> ssl.SSLContext:
    """A context that verifies nothing: nothing secret is to be sent by it."""
    context = context or ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


class _Arguments(TypedDict, total=False):
    method: str
    url: str
    headers: dict[str, str]
    content: bytes | None
    timeout: httpx.Timeout


def _arguments(request: Request) -> _Arguments:
    arguments: _Arguments = {
        "method": request.method,
        "url": request.url,
        "headers": dict(request.headers),
        "content": request.content or None,
    }
    if request.timeout is not None:
        arguments["timeout"] = _limits(request.timeout)
    return arguments


def _limits(timeout: float) -> httpx.Timeout:
    import httpx

    return httpx.Timeout(timeout, connect=min(timeout, _LONGEST_CONNECT))


def _checked(request: Request) -> Request:
    origin(request.url)
    if "@" in urlsplit(request.url).netloc:
        # httpx would make an Authorization header of it, and errors would show the URL.
        raise errors.CredentialsError(
            "a URL carries no username and password: give them to the connection"
        )
    return request


def _redirected(request: Request, response: Response) -> Request | None:
    """The request that follows a redirect, or ``None`` where there is none to be followed."""
    location = header(response.headers, "location")
    if response.status not in _REDIRECTS or request.method not in {"GET", "HEAD"} or not location:
        return None
    try:
        following = _checked(replace(request, url=urljoin(request.url, location)))
        return following if origin(following.url) == origin(request.url) else None
    except ValueError:
        return None


def _announced(response: httpx.Response) -> int:
    length: str = response.headers.get("content-length", "")
    return int(length) if length.isdecimal() and response.request.method != "HEAD" else 0


def _response(response: httpx.Response, content: bytearray) -> Response:
    headers = {
        name: value for name, value in response.headers.items() if name not in _UNTRUE_ONCE_READ
    }
    return Response(response.status_code, headers, bytes(content))


def _why_no_connection(request: Request, error: BaseException) -> str:
    """What went wrong before anything was sent, and what would be right."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLError):
        cause = cause.__cause__ or cause.__context__
    engine = origin(request.url)
    if isinstance(cause, ssl.SSLCertVerificationError):
        if "ostname mismatch" in cause.verify_message or "address mismatch" in cause.verify_message:
            return (
                f"the certificate of {engine} is for another name ({cause.verify_message}): "
                "connect by the name that the certificate has"
            )
        return (
            f"the certificate of {engine} was not verified ({cause.verify_message}): pass ca_file= "
            f"with the CA that signed it. The engine's own CA can be fetched from {engine}{CA_PATH}"
        )
    if cause is not None:
        return f"{engine} does not speak TLS as it should: {cause}"
    return f"no connection to {engine}: {error}"


def _without_response_headers(record: logging.LogRecord) -> bool:
    return not str(record.msg).startswith("receive_response_headers.complete")
