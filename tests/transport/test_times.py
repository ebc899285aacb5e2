"""No exchange takes longer than it may, whatever the other side does; and which time ended it."""

from __future__ import annotations

import itertools
import math
import re
import time
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

import rhev.transport as t
from rhev import errors
from rhev.transport import Request

from .raw import behaving, head
from .wire import WIRES, Answer, Received, Sync, response, serving

if TYPE_CHECKING:
    import socket
    import ssl
    from collections.abc import Callable, Iterator
    from pathlib import Path

# Loaded by the first request, which is to be timed without that.
for module in ("httpcore", t.AiohttpTransport.__module__):
    import_module(module)

pytestmark = [
    pytest.mark.lasting,
    pytest.mark.parametrize("face", WIRES, ids=repr),
    pytest.mark.usefixtures("direct"),
]

STEP, DEADLINE = 0.05, 0.6
# How late an end may be noticed on a machine that is busy with other things.
SLACK = 5.0


def trickling(*parts: bytes) -> Callable[[socket.socket], None]:
    """Sends the first part at once, and of the second a byte at a time, over and over."""

    def behave(conn: socket.socket) -> None:
        head(conn)
        conn.sendall(parts[0])
        for byte in itertools.cycle(parts[1]):
            time.sleep(STEP)
            conn.sendall(bytes([byte]))

    return behave


def continuing(conn: socket.socket) -> None:
    head(conn)
    while True:
        conn.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        time.sleep(STEP)


def deaf(conn: socket.socket) -> None:
    """Reads nothing, until the other side has given up."""
    time.sleep(DEADLINE * 3)


def silent(conn: socket.socket) -> None:
    while conn.recv(65536):
        pass


def redirecting(conn: socket.socket) -> None:
    while head(conn):
        time.sleep(DEADLINE / 3)
        conn.sendall(b"HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n")


LENGTH = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
SLOW = {
    "a head a byte at a time": trickling(b"HTTP/1.1 200 OK\r\n", b"X-Header: value\r\n"),
    "a status line a byte at a time": trickling(b"HTTP/1.1 200 ", b"O"),
    "an endless 100 Continue": continuing,
    "a body a byte at a time": trickling(LENGTH, b"x"),
    "a chunk a byte at a time": trickling(CHUNKED, b"1\r\nx\r\n"),
    "redirects": redirecting,
    "silence": silent,
}


@pytest.mark.parametrize("slow", SLOW.values(), ids=SLOW.keys())
def test_no_exchange_outlasts_its_deadline(
    face: Sync, slow: Callable[[socket.socket], None]
) -> None:
    with behaving(slow) as host:
        transport = face.http()
        start = time.monotonic()
        request = Request("GET", f"http://{host}/", read_timeout=30, deadline=start + DEADLINE)
        (outcome,) = face.play(transport, request)
        seconds = time.monotonic() - start
    assert isinstance(outcome, errors.Timeout)
    # On a busy machine the exchange begins a moment after its deadline was said.
    assert re.search(r"no whole answer within 0\.(6|5\d?) seconds: see timeout=", str(outcome))
    assert outcome.delivered
    assert DEADLINE - 0.1 <= seconds < DEADLINE + SLACK


def test_a_body_that_is_not_read_is_not_waited_for(face: Sync) -> None:
    with behaving(deaf) as host:
        start = time.monotonic()
        request = Request("POST", f"http://{host}/", content=bytes(2**26))
        (outcome,) = face.play(face.http(timeout=DEADLINE), request)
        seconds = time.monotonic() - start
    assert isinstance(outcome, errors.Timeout)
    assert "see timeout=" in str(outcome)
    assert seconds < DEADLINE + SLACK


def test_a_handshake_that_never_ends_delivered_nothing(face: Sync) -> None:
    with behaving(silent) as host:
        start = time.monotonic()
        request = Request("POST", f"https://{host}/", content=b"<vm/>")
        (outcome,) = face.play(face.http(timeout=DEADLINE), request)
        seconds = time.monotonic() - start
    assert isinstance(outcome, errors.Timeout)
    assert "see timeout=" in str(outcome)
    assert not outcome.delivered
    assert seconds < DEADLINE + SLACK


def test_fetching_the_ca_is_part_of_the_time_and_delivers_nothing(
    face: Sync, ca: tuple[Path, ssl.SSLContext, ssl.SSLContext]
) -> None:
    with behaving(trickling(LENGTH, b"x"), ca[1]) as host:
        start = time.monotonic()
        transport = face.http(timeout=DEADLINE, ca_fingerprint="0" * 64)
        (outcome,) = face.play(transport, Request("POST", f"https://{host}/"))
        seconds = time.monotonic() - start
    assert isinstance(outcome, errors.Timeout)
    assert "see timeout=" in str(outcome)
    assert not outcome.delivered
    assert seconds < DEADLINE + SLACK


def test_a_silence_is_told_from_the_whole(face: Sync) -> None:
    with behaving(silent) as host:
        requests = [Request("GET", f"http://{host}/", read_timeout=own) for own in (None, 0.4)]
        outcomes = face.play(face.http(read_timeout=0.3), *requests)
    for outcome, seconds in zip(outcomes, ("0.3", "0.4"), strict=True):
        assert isinstance(outcome, errors.Timeout)
        assert f"the engine was silent for {seconds} seconds: see read_timeout=" in str(outcome)
        assert outcome.delivered


def test_what_goes_on_may_take_longer_than_a_silence(face: Sync) -> None:
    def behave(conn: socket.socket) -> None:
        head(conn)
        conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n")
        for _ in range(8):
            time.sleep(0.2)
            conn.sendall(b"x")

    with behaving(behave) as host:
        (outcome,) = face.play(face.http(read_timeout=1.2), Request("GET", f"http://{host}/"))
    assert response(outcome).content == b"x" * 8


def test_a_request_s_own_deadline_holds_in_place_of_the_transport_s(face: Sync) -> None:
    def handle(received: Received) -> Answer:
        time.sleep(0.5)
        return Answer()

    with serving(handle) as server:
        later = Request("GET", server.url, deadline=time.monotonic() + 30)
        outcomes = face.play(face.http(timeout=0.2), later, Request("GET", server.url))
    assert response(outcomes[0]).status == 200
    assert isinstance(outcomes[1], errors.Timeout)


def test_after_its_deadline_a_request_is_not_sent(face: Sync) -> None:
    with serving(lambda received: Answer()) as server:
        requests = [Request("GET", server.url), Request("POST", server.url, deadline=0.0)]
        outcomes = face.play(face.http(), *requests)
    assert response(outcomes[0]).status == 200
    assert isinstance(outcomes[1], errors.Timeout)
    assert not outcomes[1].delivered
    assert [received.method for received in server.received] == ["GET"]


@pytest.mark.parametrize("times", [{"timeout": 0.5}, {"timeout": 9, "read_timeout": 0.5}])
def test_a_wait_for_the_pool_is_part_of_the_time(face: Sync, times: dict[str, float]) -> None:
    with behaving(silent) as host:
        start = time.monotonic()
        transport = face.http(max_connections=1, **times)
        first = Request("GET", f"http://{host}/", read_timeout=3, deadline=start + 3)
        others = [Request("POST", f"http://{host}/")] * 3
        outcomes = face.together(transport, first, *others)
    waited = [error for error in outcomes if isinstance(error, errors.Timeout)]
    assert len(waited) == 4
    late = [error for error in waited if not error.delivered]
    assert late
    for error in late:
        assert re.search(
            "all 1 connections of the pool were in use for 0.5 seconds: .* max_connections=",
            str(error),
        )


def test_a_timeout_leaves_the_transport_usable(face: Sync) -> None:
    waits: Iterator[float] = iter([2.0, 0.0, 0.0])

    def handle(received: Received) -> Answer:
        time.sleep(next(waits))
        return Answer(content=received.path.encode())

    with serving(handle) as server:
        requests = [Request("GET", f"{server.url}/{number}") for number in range(3)]
        outcomes = face.play(face.http(max_connections=1, read_timeout=0.5), *requests)
    assert isinstance(outcomes[0], errors.Timeout)
    assert [response(outcome).content for outcome in outcomes[1:]] == [b"/1", b"/2"]


@pytest.mark.parametrize("name", ["timeout", "read_timeout"])
@pytest.mark.parametrize("seconds", [0, -1, math.nan, math.inf, -math.inf])
def test_times_out_of_range_are_refused(face: Sync, name: str, seconds: float) -> None:
    with pytest.raises(ValueError, match=f"^{name} is a finite number of seconds above 0"):
        face.http(**{name: seconds})
