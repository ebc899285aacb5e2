"""The engine over HTTP: a real server on a port of this machine."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self, cast

from rhev.simulator.store import ROOT
from rhev.transport.base import Request, Response

Handle = Callable[[Request], Response]
_PATIENCE = 5.0


class Server:
    """Serves an engine until it is closed; ``url`` is the address of its entry point."""

    def __init__(
        self, handle: Handle, username: str, password: str, host: str = "127.0.0.1", port: int = 0
    ) -> None:
        self.username = username
        self.password = password
        self._server = _Listener((host, port), handle)
        name = f"[{host}]" if ":" in host else host
        self.url: str = f"http://{name}:{self._server.server_address[1]}{ROOT}"
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

    def __init__(self, address: tuple[str, int], handle: Handle) -> None:
        if ":" in address[0]:
            self.address_family = socket.AF_INET6
        self.handle = handle
        self._open: set[socket.socket] = set()
        self._changed = threading.Condition()
        super().__init__(address, _Handler)

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

    def _serve(self) -> None:
        content = self._chunks() if self._is_chunked() else self._read(self._length())
        host = self.headers.get("Host", "localhost")
        url = f"http://{host}{self.path}"
        listener = cast("_Listener", self.server)
        response = listener.handle(Request(self.command, url, dict(self.headers), content))
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(response.content)))
        # Head and body in one piece: two would wait for each other's acknowledgement.
        self.end_headers(response.content)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_OPTIONS = _serve  # noqa: N815

    def end_headers(self, content: bytes = b"") -> None:
        self._headers_buffer: list[bytes]
        self._headers_buffer += [b"\r\n", content]
        self.flush_headers()

    def _length(self) -> int:
        return int(self.headers.get("Content-Length") or 0)

    def _is_chunked(self) -> bool:
        return "chunked" in (self.headers.get("Transfer-Encoding") or "").lower()

    def _read(self, length: int) -> bytes:
        return self.rfile.read(length) if length else b""

    def _chunks(self) -> bytes:
        parts = []
        while size := int(self.rfile.readline().partition(b";")[0], 16):
            parts.append(self._read(size))
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass
        return b"".join(parts)

    def log_message(self, format: str, *args: object) -> None:
        """Requests carry tokens and searches: nothing of them is written anywhere."""
