"""The transports that reach an engine over the network, by httpx.

httpx is imported at the first request, so that programs which never send one do not pay for it.
"""

from __future__ import annotations

import logging
import math
import ssl
from dataclasses import replace
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypedDict, TypeVar, cast
from urllib.parse import urljoin, urlsplit

from rhev import errors
from rhev.secrets import scrub_url
from rhev.transport import trust
from rhev.transport.base import Request, Response, header, origin
from rhev.transport.body import Body
from rhev.transport.owned import PerLoop, Shared, Use, renewed_in_children
from rhev.transport.risks import CA_PATH, warn_of_unverified

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Callable, Iterable
    from os import PathLike

    import httpx

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 5
LONGEST_CONNECT = 10.0
# Apache, which stands before every engine, closes idle connections after 5 seconds. Closing them
# first means that a POST hardly ever goes out on a connection that is about to be closed.
KEEP_ALIVE = 4.0
# The content is unpacked, so what these say of it is no longer true.
UNTRUE_ONCE_READ = frozenset({"content-encoding", "content-length", "transfer-encoding"})

OWN_HEADERS = {"accept-encoding": "gzip", "user-agent": "rhev"}

C = TypeVar("C")
Clients: TypeAlias = dict[str, C]  # by scheme


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
        warn: bool = True,
    ) -> None:
        """``timeout`` is in seconds and bounds each wait of an exchange: for a free connection of
        the pool, for the connection itself (10 seconds at most), for every write and every read.

        ``ca_file`` is a PEM file of the certificate authorities to trust instead of the system's,
        or the text of one. With ``ca_fingerprint`` (``sha256:`` and 64 digits) the engine is asked
        for its own, which is trusted if it has that fingerprint.
        ``insecure`` verifies no certificate, of which there is a warning, unless ``warn`` says
        that it was given. ``max_response`` is in bytes, after decompression.

        Raises :class:`ValueError` for a value out of range, :class:`FileNotFoundError` for a
        ``ca_file`` that is none, and :class:`rhev.errors.ConfigurationError` for one without a
        certificate.
        """
        self._timeout = timeout
        self._ca_file = ca_file
        self._insecure = insecure
        self._max_connections = max_connections
        self._max_response = max_response
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
        if ca_file is not None:
            check_ca(ca_file)
        if insecure and warn:
            warn_of_unverified()
        self._fingerprint = ca_fingerprint and trust.fingerprint(ca_fingerprint)
        self.renew()
        renewed_in_children(self)
        # The headers of responses, which httpcore would log, may have a session's cookie.
        logging.getLogger("httpcore.http11").addFilter(_without_response_headers)
        logging.getLogger("httpx").addFilter(_without_secrets)

    def __repr__(self) -> str:
        return f"{type(self).__name__}(timeout={self._timeout!r}, insecure={self._insecure!r})"

    def renew(self) -> object:
        raise NotImplementedError

    def _made(
        self, client: Callable[..., C], scheme: str, verify: ssl.SSLContext | None = None
    ) -> C:
        """A client of httpx. Raises ConfigurationError where the environment's proxy is none."""
        import httpx

        options = self._options(scheme, verify)
        try:
            return client(**options)
        except ImportError:
            why = "needs the package socksio: pip install 'httpx[socks]'"
        except (ValueError, TypeError, httpx.InvalidURL):
            why = "is none: one is written as in http://proxy.example.com:3128"
        # What the exception says may quote the proxy's password.
        raise errors.ConfigurationError(
            f"the proxy that the environment names {why}. See HTTP_PROXY, HTTPS_PROXY, ALL_PROXY "
            "and NO_PROXY"
        )

    def _options(self, scheme: str, verify: ssl.SSLContext | None) -> _ClientOptions:
        import httpx

        return {
            "verify": verify or self._tls(scheme),
            "timeout": _limits(self._timeout),
            "limits": httpx.Limits(
                max_connections=self._max_connections, keepalive_expiry=KEEP_ALIVE
            ),
            "headers": OWN_HEADERS,
            "cookies": CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        }

    def _tls(self, scheme: str) -> ssl.SSLContext:
        if scheme == "http":
            return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # the system's CAs take long to load
        if trust.is_pem(self._ca_file):
            context = ssl.create_default_context(cadata=str(self._ca_file))
        else:
            context = ssl.create_default_context(cafile=self._ca_file)
        return unverified(context) if self._insecure else context

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

    def _body(self, request: Request, response: httpx.Response) -> Body:
        return Body(request, response.status_code, response.headers, self._max_response)

    def _seconds(self, request: Request) -> float:
        return self._timeout if request.read_timeout is None else request.read_timeout

    def _too_late(self, exchange: errors.Exchange) -> errors.Timeout:
        return errors.Timeout(
            "the engine accepted no connection in time", exchange, delivered=False
        )

    def _too_busy(self, exchange: errors.Exchange, seconds: float) -> errors.Timeout:
        message = (
            f"all {self._max_connections} connections of the pool were in use for "
            f"{seconds:g} seconds: allow more with max_connections="
        )
        return errors.Timeout(message, exchange, delivered=False)

    def _too_silent(self, exchange: errors.Exchange, seconds: float) -> errors.Timeout:
        message = f"the engine was silent for {seconds:g} seconds: see timeout="
        return errors.Timeout(message, exchange)

    def _error(self, request: Request, error: Exception) -> Exception:
        """The error that says what an exception of httpx means for the request."""
        import httpx

        exchange = errors.Exchange(request.method, request.url)
        seconds = self._seconds(request)
        match error:
            case errors.Error():
                return error.with_traceback(None)  # whose frames have the response in them
            case httpx.ConnectTimeout():
                return self._too_late(exchange)
            case httpx.PoolTimeout():
                return self._too_busy(exchange, seconds)
            case httpx.TimeoutException():
                return self._too_silent(exchange, seconds)
            case httpx.ConnectError():
                message = why_no_connection(request, error)
                return errors.ConnectionError(message, exchange, delivered=False)
            case httpx.ProxyError():
                message = f"the proxy refused: {plainly(error)}"
                return errors.ConnectionError(message, exchange, delivered=False)
            case httpx.LocalProtocolError() | UnicodeEncodeError():
                # What the cause says may quote a header, and with it a credential.
                return ValueError(f"{exchange}: a header has a character that HTTP forbids")
            case httpx.InvalidURL() | httpx.UnsupportedProtocol():
                return ValueError(f"{exchange}: {error}")
            case httpx.HTTPError():
                message = f"the connection was lost: {plainly(error)}"
                return errors.ConnectionError(message, exchange)
        return error


class HttpTransport(_Http):
    """Sends requests to an engine over pooled connections, from any number of threads.

    TLS certificates are verified, gzip is accepted, cookies are not kept. A redirect of a GET or
    HEAD is followed within the same origin; any other is returned as the response that it is.
    A process that is forked opens connections of its own.
    """

    _pool: Shared[Clients[httpx.Client]]

    def renew(self) -> object:
        """Leave the connections to the process that opened them; see :mod:`.owned`."""
        held = vars(self).get("_pool")
        self._pool = Shared(dict)
        return held

    def send(self, request: Request) -> Response:
        """Send the request and read its response to the end.

        Raises :class:`rhev.errors.ConnectionError` or :class:`rhev.errors.Timeout` where no
        complete response comes, :class:`rhev.errors.ResponseError` where it is too large or not
        the only one, :class:`rhev.errors.ConfigurationError` where a proxy or a CA cannot be
        used as it is given, and :class:`ValueError` for a URL or a header that cannot be sent.
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
        use = self._pool.enter()
        try:
            outcome = self._try(use, request)
        finally:
            if self._pool.leave(use):
                _close(use.value)
        # Raised here, where no exception of httpx is being handled: that one has the request in
        # it, and with it the credentials, and would be this one's context.
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def _try(self, use: Use[Clients[httpx.Client]], request: Request) -> Response | Exception:
        import httpx

        try:
            if (wanted := self._to_fetch_ca(request)) is not None:
                with self._made(httpx.Client, "https", unverified()) as client:
                    self._trust(self._read(client, wanted), wanted)
            return self._read(self._client(use, request), request)
        except Exception as error:
            return self._error(request, error)

    def _read(self, client: httpx.Client, request: Request) -> Response:
        with client.stream(**_arguments(request)) as response:
            body = self._body(request, response)
            for chunk in cast("Iterable[bytes]", response.stream):
                body.feed(chunk)
            unasked = _unasked(request, response)
            if unasked is not None:
                response.extensions["network_stream"].close()
                raise unasked
        return _response(response, body)

    def _client(self, use: Use[Clients[httpx.Client]], request: Request) -> httpx.Client:
        import httpx

        scheme = urlsplit(request.url).scheme
        with use.lock:
            if scheme not in use.value:
                use.value[scheme] = self._made(httpx.Client, scheme)
            return use.value[scheme]

    def close(self) -> None:
        """Close every connection when the request that it serves, if any, is done.

        A later request opens new ones.
        """
        use = self._pool.close()
        if use is not None:
            _close(use.value)


def _close(clients: Clients[httpx.Client]) -> None:
    for client in clients.values():
        client.close()


class AsyncHttp(_Http, Generic[C]):
    """What the asynchronous transports share: whose connections are used, and until when."""

    _pools: PerLoop[Shared[Clients[C]]]

    def renew(self) -> object:
        """Leave the connections to the process that opened them; see :mod:`.owned`."""
        held = vars(self).get("_pools")
        self._pools = PerLoop(lambda: Shared(dict))
        return held

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
        pool = self._pools.get()
        use = pool.enter()
        try:
            outcome = await self._try(use.value, request)
        finally:
            if pool.leave(use):
                await self._end(use.value)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def _try(self, clients: Clients[C], request: Request) -> Response | Exception:
        raise NotImplementedError

    async def _end(self, clients: Clients[C]) -> None:
        raise NotImplementedError

    async def close(self) -> None:
        """Close the connections of this event loop, each when the request that it serves is done.

        A later request opens new ones.
        """
        use = self._pools.get().close()
        if use is not None:
            await self._end(use.value)


class AsyncHttpTransport(AsyncHttp["httpx.AsyncClient"]):
    """The asynchronous twin of :class:`HttpTransport`. Each event loop has its own connections."""

    async def _try(
        self, clients: Clients[httpx.AsyncClient], request: Request
    ) -> Response | Exception:
        import httpx

        try:
            if (wanted := self._to_fetch_ca(request)) is not None:
                async with self._made(httpx.AsyncClient, "https", unverified()) as client:
                    self._trust(await self._read(client, wanted), wanted)
            return await self._read(self._client(clients, request), request)
        except Exception as error:
            return self._error(request, error)

    async def _read(self, client: httpx.AsyncClient, request: Request) -> Response:
        async with client.stream(**_arguments(request)) as response:
            body = self._body(request, response)
            async for chunk in cast("AsyncIterable[bytes]", response.stream):
                body.feed(chunk)
            unasked = _unasked(request, response)
            if unasked is not None:
                await response.extensions["network_stream"].aclose()
                raise unasked
        return _response(response, body)

    def _client(self, clients: Clients[httpx.AsyncClient], request: Request) -> httpx.AsyncClient:
        import httpx

        scheme = urlsplit(request.url).scheme
        if scheme not in clients:
            clients[scheme] = self._made(httpx.AsyncClient, scheme)
        return clients[scheme]

    async def _end(self, clients: Clients[httpx.AsyncClient]) -> None:
        for client in clients.values():
            await client.aclose()


def unverified(context: ssl.SSLContext | None = None) -> ssl.SSLContext:
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
    if request.read_timeout is not None:
        arguments["timeout"] = _limits(request.read_timeout)
    return arguments


def _limits(timeout: float) -> httpx.Timeout:
    import httpx

    return httpx.Timeout(timeout, connect=min(timeout, LONGEST_CONNECT))


def check_ca(path: str | PathLike[str]) -> None:
    """Raises :class:`rhev.errors.ConfigurationError` for a file or text without a certificate."""
    text = str(path) if trust.is_pem(path) else None
    try:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(None if text else path, cadata=text)
    except OSError as error:
        why = error.strerror or str(error)
    except (TypeError, ValueError) as error:
        why = str(error)
    else:
        return
    given = "the text of ca_file=" if text else f"ca_file={str(path)!r}"
    raise errors.ConfigurationError(
        f"{given} holds no certificate in PEM form ({why}). The engine's can be "
        f"fetched from https://<engine>{CA_PATH}"
    )


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


def _unasked(request: Request, response: httpx.Response) -> errors.WrongAnswer | None:
    """The error for a response behind which there is more, which would answer the next request.

    httpx has no name for what is left of a read: it is looked for behind the stream.
    """
    stream: Any = response.stream
    while stream is not None and not hasattr(stream, "_h11_state"):
        inner = ("_httpcore_stream", "_stream", "_connection")
        stream = next((getattr(stream, name) for name in inner if hasattr(stream, name)), None)
    if stream is None or not stream._h11_state.trailing_data[0]:
        return None
    return errors.WrongAnswer(
        "more than one response came to one request; the connection was dropped",
        errors.Exchange(request.method, request.url, response.status_code),
    )


def _response(response: httpx.Response, body: Body) -> Response:
    headers = {
        name: value for name, value in response.headers.items() if name not in UNTRUE_ONCE_READ
    }
    return Response(response.status_code, headers, body.read())


def why_no_connection(request: Request, error: BaseException) -> str:
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
    return f"no connection to {engine}: {plainly(error)}"


def plainly(error: BaseException) -> str:
    """What an exception says, or else what it is: some have nothing to say but brackets."""
    said = str(error)
    return said if said.strip("() ,'\"") else type(error).__name__


def _without_response_headers(record: logging.LogRecord) -> bool:
    return not str(record.msg).startswith("receive_response_headers.complete")


def _without_secrets(record: logging.LogRecord) -> bool:
    """Take the secrets out of the URLs that httpx logs."""
    if isinstance(record.args, tuple):
        record.args = tuple(
            scrub_url(str(each)) if type(each).__name__ == "URL" else each for each in record.args
        )
    return True
