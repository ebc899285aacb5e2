"""Which connections requests go over: pooled ones, proxies' ones, and none where more came."""

from __future__ import annotations

import base64
import re
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from rhev import errors
from rhev.transport import Request

from .raw import behaving, head
from .wire import WIRES, Answer, Received, Sync, answering, response, serving

if TYPE_CHECKING:
    import ssl
    from pathlib import Path

pytestmark = [
    pytest.mark.parametrize("face", WIRES, ids=repr),
    pytest.mark.usefixtures("direct"),
]


def whole(content: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(content), content)


def test_what_comes_unasked_later_answers_nothing(face: Sync) -> None:
    connections = []

    def behave(conn: socket.socket) -> None:
        connections.append(conn)
        while head(conn):
            conn.sendall(whole(b"asked"))
            time.sleep(0.05)
            conn.sendall(whole(b"unasked"))

    def slowly(received: Received) -> Answer:
        time.sleep(0.5)
        return Answer()

    with behaving(behave) as host, serving(slowly) as meanwhile:
        urls = [f"http://{host}/", meanwhile.url, f"http://{host}/"]
        outcomes = face.play(face.http(), *[Request("GET", url) for url in urls])
    assert [response(outcome).content for outcome in outcomes] == [b"asked", b"hello", b"asked"]
    assert len(connections) == 2


def test_connections_are_used_again_and_not_more_than_allowed(face: Sync) -> None:
    ports: set[int] = set()

    def behave(conn: socket.socket) -> None:
        while head(conn):
            ports.add(conn.getpeername()[1])
            conn.sendall(whole(b"x"))

    with behaving(behave) as host:
        requests = [Request("GET", f"http://{host}/")] * 40
        outcomes = face.together(face.http(max_connections=3), *requests)
    assert {response(outcome).content for outcome in outcomes} == {b"x"}
    assert len(ports) <= 3


def test_connections_that_expire_under_load_are_nobody_else_s(
    face: Sync, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(face.http, "keep_alive", 0.002)
    with serving(lambda received: Answer(content=received.path.encode())) as server:
        paths = [f"/{number}" for number in range(150)]
        requests = [Request("POST", server.url + path, content=b"x") for path in paths]
        outcomes = face.together(face.http(max_connections=8), *requests)
    assert [response(outcome).content.decode() for outcome in outcomes] == paths


def test_what_a_url_may_not_have_is_quoted_and_what_is_quoted_stays(face: Sync) -> None:
    with serving(answering(Answer())) as server:
        (outcome,) = face.play(
            face.http(), Request("GET", f"{server.url}/vms;v=1/ü%2Fa?search=name%3Da b&ä[0]='é'#x")
        )
    assert response(outcome).status == 200
    assert server.received[0].path == ("/vms;v=1/%C3%BC%2Fa?search=name%3Da%20b&%C3%A4[0]='%C3%A9'")


def test_a_host_that_cannot_be_is_told(face: Sync) -> None:
    (outcome,) = face.play(face.http(), Request("GET", f"https://{'ü' * 70}.example.com/"))
    assert isinstance(outcome, ValueError | errors.ConnectionError)


FIRST_THEN_MORE = """
import sys
from tests.transport.wire import WIRES, Answer, answering, serving
from rhev.transport import Request
(face,) = [face for face in WIRES if repr(face) == sys.argv[1]]
asked = []

class Finder:
    def find_spec(self, name, path=None, target=None):
        asked.append(name)

with serving(answering(Answer())) as server:
    request = Request("GET", server.url)
    transport = face.http(max_connections=2)
    face.play(transport, request, request)
    face.together(transport, *[request] * 4)
    sys.meta_path.insert(0, Finder())
    face.play(transport, *[request] * 30)
    face.together(transport, *[request] * 30)
print(asked)
# Three connections are opened meanwhile, of which each may ask for what it needs.
assert [name for name in set(asked) if asked.count(name) > 3 * 3] == []
"""


def test_no_module_is_looked_for_again_and_again(face: Sync) -> None:
    """httpcore asks for sniffio wherever it waits, and where there is none each time for long."""
    command = [sys.executable, "-c", FIRST_THEN_MORE, repr(face)]
    subprocess.run(command, check=True)  # noqa: S603 - a program of our own


def tunnel(conn: socket.socket, to: str) -> None:
    """Carry what comes on either side to the other, until one hangs up."""
    host, _, port = to.partition(":")
    with socket.create_connection((host, int(port))) as other:

        def carry(source: socket.socket, sink: socket.socket) -> None:
            with suppress(OSError):
                while data := source.recv(65536):
                    sink.sendall(data)
                sink.shutdown(socket.SHUT_WR)

        back = threading.Thread(target=carry, args=(other, conn))
        back.start()
        carry(conn, other)
        back.join()


class Proxy:
    """An HTTP proxy that tunnels where it is asked to, and answers all else by itself."""

    def __init__(self, refusal: bytes = b"") -> None:
        self.heads: list[str] = []
        self._refusal = refusal

    def __call__(self, conn: socket.socket) -> None:
        while asked := head(conn).decode():
            self.heads.append(asked)
            method, target, _ = asked.split(" ", 2)
            if self._refusal:
                conn.sendall(self._refusal)
            elif method != "CONNECT":
                conn.sendall(whole(b"by proxy"))
            else:
                conn.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                tunnel(conn, target)
                return


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
@pytest.mark.parametrize("written", ["http://{}", "{}"])
def test_a_proxy_of_the_environment_is_used(
    face: Sync, variable: str, written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = Proxy()
    with behaving(proxy) as host:
        monkeypatch.setenv(variable, written.format(host))
        request = Request("GET", "http://engine.example.com/api?max=1", {"Version": "4"})
        (outcome,) = face.play(face.http(), request)
    assert response(outcome).content == b"by proxy"
    assert proxy.heads[0].startswith("GET http://engine.example.com/api?max=1 HTTP/1.1\r\n")
    assert "host: engine.example.com\r\n" in proxy.heads[0].lower()


def test_a_proxy_is_given_the_password_that_its_address_has(
    face: Sync, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = Proxy()
    with behaving(proxy) as host:
        monkeypatch.setenv("HTTP_PROXY", f"http://user:p%40ss@{host}")
        (outcome,) = face.play(face.http(), Request("GET", "http://engine.example.com/"))
    assert response(outcome).status == 200
    expected = base64.b64encode(b"user:p@ss").decode()
    assert f"proxy-authorization: basic {expected}".lower() in proxy.heads[0].lower()


def test_tls_goes_through_a_proxy_s_tunnel(
    face: Sync,
    ca: tuple[Path, ssl.SSLContext, ssl.SSLContext],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    proxy = Proxy()
    with behaving(proxy) as host, serving(answering(Answer()), ca[1]) as server:
        monkeypatch.setenv("HTTPS_PROXY", f"http://user:hunter2@{host}")
        secret = Request("GET", server.url, {"Authorization": "Bearer t"})
        outcomes = face.play(face.http(ca_file=ca[0]), secret, secret)
    assert [response(outcome).content for outcome in outcomes] == [b"hello"] * 2
    assert [asked.partition(" ")[0] for asked in proxy.heads] == ["CONNECT"]
    assert "Bearer" not in proxy.heads[0]


@pytest.mark.parametrize("bypass", ["127.0.0.1", "*", "example.com,127.0.0.1"])
def test_no_proxy_is_used_for_what_the_environment_excepts(
    face: Sync, bypass: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", bypass)
    with serving(answering(Answer())) as server:
        (outcome,) = face.play(face.http(), Request("GET", server.url))
    assert response(outcome).status == 200


def test_a_proxy_that_refuses_delivered_nothing(
    face: Sync, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusal = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
    with behaving(Proxy(refusal)) as host:
        monkeypatch.setenv("HTTPS_PROXY", f"http://user:hunter2@{host}")
        (outcome,) = face.play(face.http(), Request("POST", "https://engine.example.com/"))
    assert isinstance(outcome, errors.ConnectionError)
    assert "the proxy refused" in str(outcome)
    assert "hunter2" not in str(outcome)
    assert not outcome.delivered


def test_a_proxy_that_is_silent_delivered_nothing_in_time(
    face: Sync, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(conn: socket.socket) -> None:
        while conn.recv(65536):
            pass

    with behaving(silent) as host:
        monkeypatch.setenv("HTTPS_PROXY", f"http://{host}")
        (outcome,) = face.play(
            face.http(timeout=0.5), Request("POST", "https://engine.example.com/")
        )
    assert isinstance(outcome, errors.Timeout)
    assert "see timeout=" in str(outcome)
    assert not outcome.delivered


def test_an_answer_that_comes_before_all_was_sent_is_read(face: Sync) -> None:
    def refusing(conn: socket.socket) -> None:
        head(conn)
        conn.sendall(b"HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno")

    with behaving(refusing) as host:
        request = Request("POST", f"http://{host}/", content=bytes(5_000_000))
        (outcome,) = face.play(face.http(), request)
    assert response(outcome).status == 413
    assert response(outcome).content == b"no"


def test_a_header_that_cannot_be_read_is_not_quoted(face: Sync) -> None:
    def garbling(conn: socket.socket) -> None:
        head(conn)
        conn.sendall(b"HTTP/1.1 200 OK\r\nSet Cookie: JSESSIONID=secret\r\n\r\n")

    with behaving(garbling) as host:
        (outcome,) = face.play(face.http(), Request("GET", f"http://{host}/"))
    assert isinstance(outcome, errors.ConnectionError)
    assert re.search(r"the connection was lost: (Invalid|illegal) [\w ]+ \(GET", str(outcome))
    assert outcome.delivered


def test_a_request_ends_where_its_content_does(face: Sync) -> None:
    """Whatever headers of its own it has: it could be read as two requests."""
    if repr(face) != "aiohttp":
        pytest.skip("httpcore refuses such headers, or repeats what is true")
    framing = {"Content-Length": "1", "transfer-encoding": "chunked", "HOST": "elsewhere"}
    with serving(answering(Answer())) as server:
        request = Request("POST", server.url, framing, b"<vm/>")
        (outcome,) = face.play(face.http(), request)
    assert response(outcome).status == 200
    (received,) = server.received
    assert received.content == b"<vm/>"
    assert "transfer-encoding" not in received.headers
    assert received.headers["host"] == server.url.partition("://")[2]
