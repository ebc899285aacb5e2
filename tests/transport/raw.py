"""A server of bare sockets, for what no HTTP server would do."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator


@contextmanager
def behaving(
    behave: Callable[[socket.socket], object], tls: ssl.SSLContext | None = None
) -> Iterator[str]:
    """Run a server that does this with every connection, and hangs up. Gives its host and port."""
    open_: set[socket.socket] = set()
    threads: list[threading.Thread] = []

    def serve(conn: socket.socket) -> None:
        with suppress(OSError), conn:
            open_.add(conn)
            if tls is None:
                behave(conn)
            else:
                with tls.wrap_socket(conn, server_side=True) as wrapped:
                    open_.add(wrapped)
                    behave(wrapped)

    def accept() -> None:
        while True:
            try:
                conn = listener.accept()[0]
            except OSError:
                return
            threads.append(threading.Thread(target=serve, args=(conn,)))
            threads[-1].start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        accepting = threading.Thread(target=accept)
        accepting.start()
        try:
            yield f"127.0.0.1:{listener.getsockname()[1]}"
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            accepting.join()
            for conn in open_:
                with suppress(OSError):
                    conn.shutdown(socket.SHUT_RDWR)
            for thread in threads:
                thread.join()


def head(conn: socket.socket) -> bytes:
    """What is received up to the end of a request's head; nothing once the client hung up."""
    received = b""
    while b"\r\n\r\n" not in received:
        more = conn.recv(65536)
        if not more:
            return b""
        received += more
    return received
