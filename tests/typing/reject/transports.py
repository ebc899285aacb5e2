"""Transports that are none."""

from __future__ import annotations

from rhev import AsyncConnection, Connection
from rhev.transport import HttpTransport, Request, Response


class NeverCloses:
    def send(self, request: Request) -> Response:
        return Response(200)


class SendsText:
    def send(self, request: str) -> Response:
        return Response(200, content=request.encode())

    def close(self) -> None: ...


def connect(url: str) -> None:
    # E: Argument "transport" to "Connection" has incompatible type "NeverCloses"; expected
    #    "Transport | None"
    Connection(url, transport=NeverCloses())
    # E: Argument "transport" to "Connection" has incompatible type "SendsText"; expected "Transport
    #    | None"
    Connection(url, transport=SendsText())
    # E: Argument "transport" to "AsyncConnection" has incompatible type "HttpTransport"; expected
    #    "AsyncTransport | Literal['aiohttp'] | None"
    AsyncConnection(url, transport=HttpTransport())
    # E: Argument 1 to "Response" has incompatible type "str"; expected "int"
    Response("200")
    # E: Property "status" defined in "Response" is read-only
    Response(200).status = 404
