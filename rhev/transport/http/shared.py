"""What the transports over HTTP share: the settings, and every decision about an exchange."""

from __future__ import annotations

import logging
import math
import ssl
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlsplit

from rhev import errors
from rhev.transport import trust
from rhev.transport.base import Request, Response, origin
from rhev.transport.http.attempt import Attempt
from rhev.transport.http.messages import checked
from rhev.transport.http.proxies import proxy_for
from rhev.transport.owned import renewed_in_children
from rhev.transport.risks import CA_PATH, warn_of_unverified

if TYPE_CHECKING:
    from os import PathLike

    from rhev.secrets import Secret


@dataclass(frozen=True, slots=True)
class Route:
    """How an engine is reached: its scheme, its host and port, TLS, and the proxy on the way."""

    scheme: str
    host: str
    port: int
    tls: ssl.SSLContext
    proxy: Secret | None
    keep_alive: float


class Http:
    """The settings of a transport over HTTP."""

    # Apache, which stands before every engine, closes idle connections after 5 seconds. Closing
    # them first means that a POST hardly ever goes out on one that is about to be closed.
    keep_alive: ClassVar[float] = 4.0

    def __init__(
        self,
        *,
        timeout: float = 120.0,
        read_timeout: float = 60.0,
        ca_file: str | PathLike[str] | None = None,
        ca_fingerprint: str | None = None,
        insecure: bool = False,
        max_connections: int = 20,
        max_response: int = 256 * 2**20,
        warn: bool = True,
    ) -> None:
        """``timeout`` and ``read_timeout`` are in seconds, and hold where a request has none of
        its own. ``timeout`` bounds the whole: the wait for one of the ``max_connections``, the
        connection itself, redirects, and the response to its last byte. ``read_timeout`` bounds
        each silence of the engine within it, and connecting takes 10 seconds at most.

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
        self._read_timeout = read_timeout
        self._ca_file = ca_file
        self._insecure = insecure
        self._max_connections = max_connections
        self._max_response = max_response
        for name, seconds in (("timeout", timeout), ("read_timeout", read_timeout)):
            if not (math.isfinite(seconds) and seconds > 0):
                raise ValueError(f"{name} is a finite number of seconds above 0, not {seconds!r}")
        if max_connections < 1 or max_response < 1:
            raise ValueError("max_connections and max_response are whole numbers above 0")
        if ca_fingerprint is not None and (insecure or ca_file is not None):
            raise ValueError("give ca_fingerprint=, ca_file= or insecure=, not several of them")
        if ca_file is not None and not trust.is_pem(ca_file) and not Path(ca_file).is_file():
            raise FileNotFoundError(f"ca_file={str(ca_file)!r} is not a file")
        if not isinstance(insecure, bool):
            raise TypeError(f"insecure is True or False, not a {type(insecure).__name__}")
        if ca_file is not None:
            trust.check_ca(ca_file)
        if insecure and warn:
            warn_of_unverified()
        self._fingerprint = ca_fingerprint and trust.fingerprint(ca_fingerprint)
        self.renew()
        renewed_in_children(self)
        # The headers of responses, which httpcore would log, may have a session's cookie.
        logging.getLogger("httpcore.http11").addFilter(_without_response_headers)

    def __repr__(self) -> str:
        return f"{type(self).__name__}(timeout={self._timeout!r}, insecure={self._insecure!r})"

    def renew(self) -> object:
        """Leave the connections to the process that opened them; see :mod:`rhev.transport.owned`.

        Returns them.
        """
        raise NotImplementedError

    def _begin(self, request: Request) -> Attempt:
        """A request's first exchange. Raises ValueError where it cannot be sent."""
        checked(request)
        now = time.monotonic()
        end = now + self._timeout if request.deadline is None else request.deadline
        silence = self._read_timeout if request.read_timeout is None else request.read_timeout
        return Attempt(request, silence, end, end - now)

    def _route(self, request: Request, tls: ssl.SSLContext | None = None) -> Route:
        """How to reach the engine that a request goes to.

        Raises ValueError for a host that is none, and ConfigurationError for such a proxy.
        """
        parts = urlsplit(request.url)
        host = parts.hostname or ""
        if not host.isascii():
            host = host.encode("idna").decode()
        port = parts.port or {"http": 80, "https": 443}[parts.scheme]
        proxy = proxy_for(request.url)
        return Route(
            parts.scheme, host, port, tls or self._tls(parts.scheme), proxy, self.keep_alive
        )

    def _tls(self, scheme: str) -> ssl.SSLContext:
        if scheme == "http":
            return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # the system's CAs take long to load
        context = trust.context(self._ca_file)
        return trust.unverified(context) if self._insecure else context

    def _to_fetch_ca(self, request: Request) -> Request | None:
        """The request for the engine's CA, where that has yet to be fetched."""
        if self._fingerprint is None or self._ca_file is not None:
            return None
        if urlsplit(request.url).scheme != "https":
            return None
        return Request("GET", origin(request.url) + CA_PATH)

    def _trust(self, fetched: Response, request: Request) -> None:
        """Trust the CA that came, if it is the one; raises what is wrong with it."""
        exchange = errors.Exchange(request.method, request.url, fetched.status)
        self._ca_file = trust.trusted(fetched.content, str(self._fingerprint), exchange)


def _without_response_headers(record: logging.LogRecord) -> bool:
    return not str(record.msg).startswith("receive_response_headers.complete")
