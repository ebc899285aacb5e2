"""The connections of :class:`HttpTransport`: httpcore's, over sockets that keep to a time."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import httpcore

from rhev.transport.base import Response
from rhev.transport.body import Body
from rhev.transport.http.attempt import Attempt, Stage
from rhev.transport.http.failures import unasked
from rhev.transport.http.messages import handed_on, received
from rhev.transport.http.outgoing import BLOCKING, Outgoing, is_followed

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable

    from rhev.transport.http.shared import Route

_PIECE = 2**16


class BlockingLine(httpcore.NetworkBackend):
    """A connection to an engine, and the network below it, which has the time of an attempt.

    What httpcore is told of timeouts bounds each read for itself, and an engine that sends a byte
    at a time has a read for each.
    """

    attempt: Attempt
    stream: _Stream | None = None

    def __init__(self, route: Route) -> None:
        self._outgoing = Outgoing(route)
        self._connection: httpcore.ConnectionInterface = self._outgoing.connection(BLOCKING, self)
        self._is_in_order = True
        self.layers: int = self._outgoing.layers

    def exchange(self, attempt: Attempt, most: int) -> Response:
        """Send the request of an attempt, and read the response to its end.

        Raises what httpcore raises, TimeoutError, and :class:`rhev.errors.ResponseError`.
        """
        request = attempt.request
        self.attempt = attempt
        attempt.stage = Stage.CONNECTING
        self._is_in_order = False
        response = self._connection.handle_request(self._outgoing.request(request))
        try:
            headers = received(request, response.status, response.headers)
            body = Body(request, response.status, headers, most)
            stream: Any = response.stream
            for chunk in stream:
                body.feed(chunk)
            if is_followed(stream):
                raise unasked(request, response.status)
        finally:
            response.close()
        self._is_in_order = True
        return Response(response.status, handed_on(headers), body.read())

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first of a host's addresses that accepts it. Finding them takes the
        time that it takes: the system's resolver cannot be interrupted.
        """
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise httpcore.ConnectError(error) from error
        for number, (*_, address) in enumerate(found, 1):
            try:
                stream = _BACKEND.connect_tcp(str(address[0]), port, self.attempt.left())
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(found):
                    raise
            else:
                self.stream = _Stream(self, stream, 0)
                return self.stream
        raise httpcore.ConnectError(f"{host} has no address")

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


_BACKEND = httpcore.SyncBackend()


class _Stream(httpcore.NetworkStream):
    """A stream of httpcore's, below which there are so many layers of TLS."""

    def __init__(self, line: BlockingLine, stream: httpcore.NetworkStream, layer: int) -> None:
        self._line = line
        self._stream = stream
        self._layer = layer

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._line.attempt.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), _PIECE):
            self._stream.write(buffer[start : start + _PIECE], self._line.attempt.left())
            if self._layer == self._line.layers:
                self._line.attempt.stage = Stage.SENT

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._line.attempt.left())
        self._line.stream = _Stream(self._line, stream, self._layer + 1)
        return self._line.stream

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
