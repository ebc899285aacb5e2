"""The engine over HTTP: a real server on a port of this machine."""

from __future__ import annotations

import gzip
import re
import socket
import ssl
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self, cast
from urllib.parse import urlsplit

from rhev.simulator.state.store import ROOT
from rhev.transport.base import Request, Response, header

Handle = Callable[[Request], Response]
_PATIENCE = 5.0


class Server:
    """Serves an engine until it is closed; ``url`` is the address of its entry point."""

    def __init__(
        self,
        handle: Handle,
        username: str,
        password: str,
        host: str = "127.0.0.1",
        port: int = 0,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self.username = username
        self.password = password
        self._server = _Listener((host, port), handle, context)
        name = f"[{host}]" if ":" in host else host
        self.url: str = (
            f"{'https' if context else 'http'}://{name}:{self._server.server_address[1]}{ROOT}"
        )
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), name="rhev-engine", daemon=True
        )
        self._thread.start()

    def __repr__(self) -> str:
        return f"<Server at {self.url}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Stops serving and drops the connections that clients keep open."""
        self._server.shutdown()
        self._server.server_close()
        self._server.drop_connections()
        self._thread.join()

    def wait(self) -> None:
        """Returns when the server is closed."""
        self._thread.join()


class _Listener(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(
        self, address: tuple[str, int], handle: Handle, context: ssl.SSLContext | None
    ) -> None:
        if ":" in address[0]:
            self.address_family = socket.AF_INET6
        self.handle = handle
        self.context = context
        self._open: set[socket.socket] = set()
        self._changed = threading.Condition()
        super().__init__(address, _Handler)

    def get_request(self) -> tuple[Any, Any]:
        """A connection, whose handshake is up to the thread that serves it."""
        connection, address = super().get_request()
        if self.context is not None:
            connection = self.context.wrap_socket(
                connection, server_side=True, do_handshake_on_connect=False
            )
        return connection, address

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._changed:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        super().shutdown_request(request)
        with self._changed:
            self._open.discard(request)
            self._changed.notify_all()

    def drop_connections(self) -> None:
        with self._changed:
            for connection in self._open:
                # Only ended here: closing it is up to the thread that reads from it.
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue
            self._changed.wait_for(lambda: not self._open, _PATIENCE)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that is gone is no error of the engine's."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "rhev"
    sys_version = ""
    disable_nagle_algorithm = True

    def setup(self) -> None:
        if isinstance(self.request, ssl.SSLSocket):
            self.request.settimeout(_PATIENCE)
            self.request.do_handshake()
            self.request.settimeout(None)
        super().setup()

    def _serve(self) -> None:
        listener = cast("_Listener", self.server)
        try:
            request = self._request()
        except ValueError:
            # Where it ends is not known, so that what follows cannot be read either.
            self.close_connection = True
            response = Response(400, {"connection": "close"})
        else:
            response = packed(request, listener.handle(request))
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(response.content)))
        # Head and body in one piece: two would wait for each other's acknowledgement.
        self.end_headers(response.content)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_OPTIONS = _serve  # noqa: N815

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What is refused before it is a request: with a head, which http.server may leave out."""
        self.request_version = self.protocol_version
        self.close_connection = True
        self.send_response(code)
        self.send_header("Content-Length", "0")
        self.send_header("Connection", "close")
        self.end_headers()

    def end_headers(self, content: bytes = b"") -> None:
        self._headers_buffer: list[bytes]
        self._headers_buffer += [b"\r\n", content]
        self.flush_headers()

    def _request(self) -> Request:
        """The request that came. Raises ValueError for what is not HTTP."""
        lengths = set(self.headers.get_all("Content-Length", []))
        coding = self.headers.get("Transfer-Encoding")
        if coding is not None:
            if coding.strip().lower() != "chunked" or lengths:
                raise ValueError("a body of no known length")
            content = self._chunks()
        elif len(lengths) > 1:
            raise ValueError("a body of two lengths")
        else:
            content = self._read(_number(lengths.pop(), 10) if lengths else 0)
        scheme = "http" if cast("_Listener", self.server).context is None else "https"
        url = f"{scheme}://{self.headers.get('Host', 'localhost')}{self.path}"
        parts = urlsplit(url)
        if not self.path.startswith("/") or not parts.hostname or parts.port == 0:
            raise ValueError("a request for nothing that is here")
        return Request(self.command, url, dict(self.headers), content)

    def _read(self, length: int) -> bytes:
        content = self.rfile.read(length) if length else b""
        if len(content) < length:
            raise ValueError("a body that ends early")
        return content

    def _chunks(self) -> bytes:
        parts = []
        while size := _number(self.rfile.readline().partition(b";")[0].decode("latin-1"), 16):
            parts.append(self._read(size))
            if self.rfile.readline().strip():
                raise ValueError("a chunk that is longer than it says")
        while self.rfile.readline().strip():
            pass
        return b"".join(parts)

    def log_message(self, format: str, *args: object) -> None:
        """Requests carry tokens and searches: nothing of them is written anywhere."""


def packed(request: Request, response: Response) -> Response:
    """The response with its body compressed, if that was asked for."""
    codings = (header(request.headers, "Accept-Encoding") or "").lower()
    if not response.content or not _GZIP.search(codings):
        return response
    headers = {**response.headers, "content-encoding": "gzip"}
    return Response(response.status, headers, gzip.compress(response.content, compresslevel=1))


_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")


def _number(text: str, base: int) -> int:
    text = text.strip()
    if not text.isascii() or not text.isalnum():
        raise ValueError("a length that is no number")
    return int(text, base)
