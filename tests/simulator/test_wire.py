"""HTTP as clients of every kind speak it, by raw sockets, with TLS and without."""

from __future__ import annotations

import base64
import hashlib
import logging
import secrets
import socket
import ssl
import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from rhev.simulator import Engine
from rhev.transport.base import Response
from soak.leaks import Held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rhev.simulator import Server
    from rhev.transport.base import Request

API = "/ovirt-engine/api"


@pytest.fixture(params=[False, True], ids=["HTTP", "HTTPS"])
def server(engine: Engine, request: pytest.FixtureRequest) -> Iterator[Server]:
    with engine.serve(tls=request.param) as serving:
        yield serving


@pytest.fixture
def client(server: Server, engine: Engine) -> Iterator[Client]:
    with closing(Client(server, engine)) as opened:
        yield opened


class Client:
    """One connection, and what was read of it but not looked at."""

    def __init__(self, server: Server, engine: Engine) -> None:
        parts = urlsplit(server.url)
        assert parts.hostname is not None
        self.socket = socket.create_connection((parts.hostname, parts.port or 0), timeout=10)
        if parts.scheme == "https":
            trusting = ssl.create_default_context(cadata=engine.certificate.decode())
            self.socket = trusting.wrap_socket(self.socket, server_hostname=parts.hostname)
        pair = base64.b64encode(f"{server.username}:{server.password}".encode()).decode()
        self.authorized = f"Host: e\r\nAccept: application/json\r\nAuthorization: Basic {pair}\r\n"
        self._read = b""

    def close(self) -> None:
        self.socket.close()

    def request(self, line: str, *headers: str, body: bytes = b"") -> None:
        head = f"{line} HTTP/1.1\r\n{self.authorized}" + "".join(f"{h}\r\n" for h in headers)
        self.socket.sendall(head.encode() + b"\r\n" + body)

    def head(self) -> list[str]:
        """The lines of the next head."""
        while b"\r\n\r\n" not in self._read:
            self._read += self._received(65536)
        head, _, self._read = self._read.partition(b"\r\n\r\n")
        return head.decode("latin-1").split("\r\n")

    def body(self, length: int) -> bytes:
        body = bytearray(self._read[:length])
        self._read = self._read[length:]
        while len(body) < length:
            body += self._received(length - len(body))
        return bytes(body)

    def answer(self) -> tuple[int, bytes]:
        """The status and the body of the next answer."""
        status, *headers = self.head()
        lengths = [h.partition(": ")[2] for h in headers if h.startswith("Content-Length: ")]
        return int(status.split()[1]), self.body(int(lengths[0]) if lengths else 0)

    def is_at_end(self) -> bool:
        return not self._read and not self.socket.recv(1)

    def _received(self, most: int) -> bytes:
        received = self.socket.recv(most)
        if not received:
            raise EOFError("the connection ends within an answer")
        return received


class Doing(Engine):
    """An engine that does something of one's own where a path asks for it."""

    do: Callable[[Request], bytes]

    def handle(self, request: Request) -> Response:
        if "/do" in request.url:
            return Response(200, {}, self.do(request))
        return super().handle(request)


def test_requests_in_one_go_are_answered_in_their_order(client: Client) -> None:
    for limit in range(1, 6):
        client.request(f"GET {API}/vms;max={limit}")
    answers = [client.answer() for _ in range(1, 6)]
    assert [status for status, _ in answers] == [200] * 5
    assert [body.count(b'"status"') > 0 for _, body in answers] == [True] * 5
    sizes = [len(body) for _, body in answers]
    assert sizes == sorted(sizes)
    assert len(set(sizes)) == 5


def test_a_body_comes_when_it_was_asked_for(client: Client) -> None:
    body = b'{"name": "patient"}'
    length = f"Content-Length: {len(body)}"
    client.request(
        f"POST {API}/tags", length, "Expect: 100-continue", "Content-Type: application/json"
    )
    assert client.head() == ["HTTP/1.1 100 Continue"]
    client.socket.sendall(body)
    status, answer = client.answer()
    assert status == 201
    assert b'"patient"' in answer


def test_a_body_may_come_in_chunks_with_trailers(client: Client) -> None:
    chunks = b'9;x=y\r\n{"name": \r\n8\r\n"chunky"\r\n1\r\n}\r\n0\r\nX-Sum: 1\r\n\r\n'
    client.request(
        f"POST {API}/tags",
        "Transfer-Encoding: chunked",
        "Content-Type: application/json",
        body=chunks,
    )
    assert client.answer()[0] == 201
    client.request(f"GET {API}/tags")
    assert b'"chunky"' in client.answer()[1]


@pytest.mark.parametrize("tls", [False, True])
def test_a_large_body_is_taken_and_sent_whole(tls: bool) -> None:
    engine = Doing()
    engine.do = lambda request: hashlib.sha256(request.content).digest() + request.content
    body = secrets.token_bytes(24_000_000)
    with engine.serve(tls=tls) as server, closing(Client(server, engine)) as client:
        client.request("PUT /do", f"Content-Length: {len(body)}", body=body)
        status, answer = client.answer()
    assert status == 200
    assert answer == hashlib.sha256(body).digest() + body


def test_a_head_says_how_long_the_body_would_be(client: Client) -> None:
    client.request(f"GET {API}/tags")
    status, body = client.answer()
    client.request(f"HEAD {API}/tags")
    head = client.head()
    assert (status, head[0]) == (200, "HTTP/1.1 200 OK")
    assert f"Content-Length: {len(body)}" in head
    client.request(f"GET {API}/tags")  # no body came: this is read as the next answer
    assert client.answer() == (200, body)


def test_headers_are_written_as_the_engine_writes_them(client: Client) -> None:
    client.request(f"OPTIONS {API}/vms")
    names = {line.partition(":")[0] for line in client.head()[1:]}
    assert {"Allow", "Content-Type", "Content-Length", "Correlation-Id", "Date"} <= names
    client.body(len("GET, HEAD, OPTIONS, POST"))
    client.authorized = ""
    client.request(f"GET {API}", "Host: e")
    assert 'WWW-Authenticate: Basic realm="RESTAPI"' in client.head()


def test_a_request_of_http_1_0_is_answered_and_the_connection_closed(client: Client) -> None:
    client.socket.sendall(f"GET {API}/tags HTTP/1.0\r\n{client.authorized}\r\n".encode())
    assert client.answer()[0] == 200
    assert client.is_at_end()


def test_a_session_lives_as_long_as_its_cookie_is_sent(client: Client) -> None:
    client.request(f"GET {API}/tags", "Prefer: persistent-auth")
    status, *headers = client.head()
    assert status == "HTTP/1.1 200 OK"
    (cookie,) = [h.partition(": ")[2] for h in headers if h.startswith("Set-Cookie: ")]
    (length,) = [int(h.partition(": ")[2]) for h in headers if h.startswith("Content-Length")]
    client.body(length)
    client.authorized = "Host: e\r\nAccept: application/json\r\n"
    own = f"Cookie: {cookie.partition(';')[0]}"
    for _ in range(2):
        client.request(f"GET {API}/tags", own, "Prefer: persistent-auth")
        assert client.answer()[0] == 200
    # Without the wish to go on with it the session ends.
    for headers in ([own], [own, "Prefer: persistent-auth"]):
        client.request(f"GET {API}/tags", *headers)
        assert client.answer()[0] == 401


@pytest.mark.parametrize("requests", [1, 3])
def test_who_says_no_more_is_still_answered(engine: Engine, requests: int) -> None:
    with engine.serve() as server, closing(Client(server, engine)) as client:
        for _ in range(requests):
            client.request(f"GET {API}/tags")
        client.socket.shutdown(socket.SHUT_WR)
        assert [client.answer()[0] for _ in range(requests)] == [200] * requests
        assert client.is_at_end()


def test_a_header_of_other_characters_is_read(client: Client) -> None:
    client.request(f"GET {API}/tags", "X-Name: Gr\u00fc\u00dfe")
    assert client.answer()[0] == 200
    client.authorized = "Host: e\r\n"
    client.request(f"GET {API}/tags", "Authorization: Basic \u00fc")
    assert client.answer()[0] == 401


def test_an_error_within_is_logged_and_answered(caplog: pytest.LogCaptureFixture) -> None:
    engine = Doing()

    def fail(request: Request) -> bytes:
        raise RuntimeError("not foreseen")

    engine.do = fail
    with engine.serve() as server, closing(Client(server, engine)) as client:
        client.request("GET /do?token=secret")
        assert client.answer() == (500, b"")
        client.request(f"GET {API}/tags")
        assert client.answer()[0] == 200
    (logged,) = [r for r in caplog.records if r.levelno >= logging.ERROR]
    assert logged.exc_info is not None
    assert "secret" not in caplog.text


def test_one_that_takes_its_time_holds_up_no_other() -> None:
    engine = Doing()
    go = threading.Event()
    engine.do = lambda _: b"done" if go.wait(10) else b"too late"
    with (
        engine.serve() as server,
        closing(Client(server, engine)) as slow,
        closing(Client(server, engine)) as quick,
    ):
        slow.request("GET /do")
        quick.request(f"GET {API}/tags")
        assert quick.answer()[0] == 200
        go.set()
        assert slow.answer() == (200, b"done")


def test_what_is_under_way_when_a_server_is_closed_is_answered() -> None:
    engine = Doing()
    under_way = threading.Event()

    def take_time(request: Request) -> bytes:
        under_way.set()
        time.sleep(0.3)
        return b"done"

    engine.do = take_time
    server = engine.serve()
    with closing(Client(server, engine)) as client:
        client.request("GET /do")
        assert under_way.wait(10)
        server.close()
        assert client.answer() == (200, b"done")
        assert client.is_at_end()


@pytest.mark.parametrize("tls", [False, True])
def test_a_server_that_is_closed_leaves_nothing(engine: Engine, tls: bool) -> None:
    before = Held.now()
    for _ in range(3):
        server = engine.serve(tls=tls)
        clients = [Client(server, engine) for _ in range(5)]
        for client in clients[:3]:
            client.request(f"GET {API}/tags")
            assert client.answer()[0] == 200
        clients[3].socket.sendall(b"GET /ovirt-engine/api HTTP/1.1\r\nHost")
        began = time.monotonic()
        server.close()
        server.close()  # once more is nothing
        assert time.monotonic() - began < 1
        for client in clients:
            client.close()
    assert Held.now().since(before) == Held()


def test_a_port_that_is_taken_is_said_to_be(engine: Engine) -> None:
    with engine.serve() as server, pytest.raises(OSError, match="in use"):
        engine.serve(port=urlsplit(server.url).port or 0)
