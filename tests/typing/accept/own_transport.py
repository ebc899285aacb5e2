"""A transport of one's own, in ten lines, and a connection over it."""

from __future__ import annotations

import time

from rhev import Connection, schema
from rhev.transport import HttpTransport, Request, Response, Transport


class Timed:
    def __init__(self, inner: Transport) -> None:
        self.inner = inner
        self.seconds = 0.0

    def send(self, request: Request) -> Response:
        started = time.monotonic()
        try:
            return self.inner.send(request)
        finally:
            self.seconds += time.monotonic() - started

    def close(self) -> None:
        self.inner.close()


class Canned:
    async def send(self, request: Request) -> Response:
        return Response(200, {"content-type": "application/json"}, b"{}")

    async def close(self) -> None: ...


def how_long(url: str) -> float:
    timed = Timed(HttpTransport(timeout=10))
    with Connection(url, transport=timed) as connection:
        connection.getall(schema.VM)
    return timed.seconds
