"""A server on a loopback port with one answer for each path: it costs both contestants the same."""

from __future__ import annotations

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

BASE = "/ovirt-engine/api"
# For each path what it answers as JSON and as XML.
Answers = dict[str, tuple[bytes, bytes]]

ENTRY_POINT = (
    b'{"link": [{"rel": "vms", "href": "%(base)s/vms"}]}' % {b"base": BASE.encode()},
    b'<api><link rel="vms" href="%(base)s/vms"/></api>' % {b"base": BASE.encode()},
)


def pages(answers: Mapping[str, tuple[bytes, bytes]]) -> Answers:
    """What is answered at each path: the entry point, and below it the ``answers``."""
    return {BASE: ENTRY_POINT} | {f"{BASE}{path}": answer for path, answer in answers.items()}


@contextmanager
def serving(answers: Mapping[str, tuple[bytes, bytes]]) -> Iterator[str]:
    """The address of an entry point, below which ``answers`` are served as long as this lasts."""
    served = pages(answers)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            as_json = "json" in self.headers.get("Accept", "")
            content = served[self.path.rstrip("/")][0 if as_json else 1]
            self.send_response(200)
            self.send_header("Content-Type", f"application/{'json' if as_json else 'xml'}")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *arguments: object) -> None:
            """Nothing: each line would cost the server more than the answer."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{BASE}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
