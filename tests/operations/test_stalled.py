"""An engine that stalls, over real sockets: every call ends when it said that it would.

The engine is the embedded one. From some moment on it takes what is asked and answers no more; or
byte by byte; or ``100 Continue`` for ever; or it takes connections and never finishes TLS.
"""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

import pytest

import rhev
from rhev import AsyncConnection, Connection, WaitTimeout, schema
from rhev.simulator import Engine
from rhev.transport import Request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = [
    pytest.mark.lasting,
    pytest.mark.usefixtures("direct"),
    pytest.mark.filterwarnings("ignore::rhev.transport.InsecureWarning"),
]

Fault = Literal["silence", "a byte at a time", "100 Continue for ever"]
FAULTS: list[Fault] = ["silence", "a byte at a time", "100 Continue for ever"]
WIRES: list[Any] = ["json", "xml"]
BY: list[Any] = [None, "aiohttp"]

# What a call may take, and how much longer than that it takes on a busy machine.
SECONDS = 0.6
LATE = 4.0


@pytest.fixture
def direct(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy of the environment comes between."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")


class Stalling:
    """The embedded engine behind a socket, which stalls once ``fault`` is set."""

    def __init__(self) -> None:
        self.engine = Engine.demo()
        self.fault: Fault | None = None
        self.over = threading.Event()
        self.stalled: list[str] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self.told = f"http://{self.address}", self.engine.username, self.engine.password
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while not self.over.is_set():
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client, client.makefile("rb") as stream:
            try:
                while (request := self._read(stream)) is not None:
                    if self.fault is None:
                        self._answer(client, request)
                    else:
                        self.stalled.append(request.method)
                        self._stall(client, self.fault)
            except OSError:
                """The client has given up, as it should."""

    def _read(self, stream: Any) -> Request | None:
        first = stream.readline().decode().split()
        if len(first) < 2:
            return None
        headers: dict[str, str] = {}
        while line := stream.readline().decode().strip():
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        content = stream.read(int(headers.get("content-length", 0)))
        return Request(first[0], f"http://{self.address}{first[1]}", headers, content)

    def _answer(self, client: socket.socket, request: Request) -> None:
        response = self.engine.handle(request)
        headers = {**response.headers, "Content-Length": str(len(response.content))}
        told = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        head = f"HTTP/1.1 {response.status} As It Is\r\n{told}\r\n"
        client.sendall(head.encode() + response.content)

    def _stall(self, client: socket.socket, fault: Fault) -> None:
        piece = b""
        if fault == "a byte at a time":
            client.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n")
            client.sendall(b"Content-Length: 1000000\r\n\r\n")
            piece = b" "
        elif fault == "100 Continue for ever":
            piece = b"HTTP/1.1 100 Continue\r\n\r\n"
        while not self.over.wait(0.02):
            client.sendall(piece)

    def close(self) -> None:
        self.over.set()
        self._listener.close()


@contextmanager
def stalling() -> Iterator[Stalling]:
    server = Stalling()
    try:
        yield server
    finally:
        server.close()


def calls(conn: Any, vm: schema.VM, tag: schema.Tag) -> dict[str, Callable[[], Any]]:
    """What a user may be waiting for."""
    return {
        "get": lambda: conn.get(schema.VM, vm.id),
        "getall": lambda: conn.getall(schema.VM),
        "create": lambda: conn.create(schema.Tag(name="made")),
        "update": lambda: conn.update(schema.update(tag, schema.Tag(description="x")) or tag),
        "delete": lambda: conn.delete(tag),
        "action": lambda: conn.action(vm, "start"),
        "wait_for_status": lambda: conn.wait_for_status(vm, "migrating", timeout=SECONDS),
        "wait_for_deletion": lambda: conn.wait_for_deletion(vm, timeout=SECONDS),
    }


# What becomes of a call, and in how many seconds.
Ended = tuple[Exception | None, float]


def ended(call: Callable[[], Any]) -> Ended:
    started = time.monotonic()
    try:
        call()
    except Exception as error:
        return error, time.monotonic() - started
    return None, time.monotonic() - started


async def async_ended(call: Callable[[], Any]) -> Ended:
    started = time.monotonic()
    try:
        await call()
    except Exception as error:
        return error, time.monotonic() - started
    return None, time.monotonic() - started


def check(outcomes: dict[str, Ended]) -> None:
    """Every call ended in its time, and said that nothing came."""
    for name, (error, seconds) in outcomes.items():
        wanted = WaitTimeout if name.startswith("wait_for") else rhev.ConnectionError
        assert isinstance(error, wanted), (name, error)
        last_look = 1 if wanted is WaitTimeout else SECONDS
        assert seconds < last_look + LATE, (name, seconds, error)


def check_closed(closed: Ended) -> None:
    """A log-out has two seconds, and is no error."""
    error, seconds = closed
    assert error is None
    assert seconds < 2 + LATE


@pytest.mark.parametrize("fault", FAULTS)
def test_a_stalled_engine(fault: Fault) -> None:
    with stalling() as server, ThreadPoolExecutor(32) as pool:
        conns = [Connection(*server.told, format=wire, timeout=SECONDS) for wire in WIRES]
        asked: dict[str, Callable[[], Any]] = {}
        for conn, wire in zip(conns, WIRES, strict=True):
            patient = conn.with_options(timeout=60)
            vm, tag = patient.get(schema.VM, name="web-01"), patient.create(schema.Tag(name=wire))
            asked |= {f"{name} {wire}": call for name, call in calls(conn, vm, tag).items()}
        server.fault = fault
        check(dict(zip(asked, pool.map(ended, asked.values()), strict=True)))
        for closed in pool.map(ended, [conn.close for conn in conns]):
            check_closed(closed)
    # None of them was sent twice that may not be: a tag, an action and the log-out of each.
    assert server.stalled.count("POST") == 3 * len(WIRES)


@pytest.mark.parametrize("by", BY)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_stalled_engine_and_tasks(fault: Fault, by: Any) -> None:
    async def program(server: Stalling) -> None:
        conns = [
            AsyncConnection(*server.told, format=wire, timeout=SECONDS, transport=by)
            for wire in WIRES
        ]
        asked: dict[str, Callable[[], Any]] = {}
        for conn, wire in zip(conns, WIRES, strict=True):
            patient = conn.with_options(timeout=60)
            vm = await patient.get(schema.VM, name="web-01")
            tag = await patient.create(schema.Tag(name=wire))
            asked |= {f"{name} {wire}": call for name, call in calls(conn, vm, tag).items()}
        server.fault = fault
        outcomes = await asyncio.gather(*map(async_ended, asked.values()))
        check(dict(zip(asked, outcomes, strict=True)))
        for closed in await asyncio.gather(*(async_ended(conn.close) for conn in conns)):
            check_closed(closed)

    with stalling() as server:
        asyncio.run(program(server))
    assert server.stalled.count("POST") == 3 * len(WIRES)


@pytest.mark.parametrize("fault", FAULTS)
def test_closing_while_calls_are_stalled(fault: Fault) -> None:
    """The last of them logs out, and has two seconds more for it."""
    with stalling() as server, ThreadPoolExecutor(4) as pool:
        conn = Connection(*server.told, timeout=SECONDS)
        conn.with_options(timeout=60).ping()
        server.fault = fault
        stalled = [pool.submit(ended, conn.ping) for _ in range(4)]
        while len(server.stalled) < 4:
            time.sleep(0.01)
        error, seconds = ended(conn.close)
        assert error is None
        assert seconds < LATE
        for each in stalled:
            error, seconds = each.result()
            assert isinstance(error, rhev.Timeout), error
            assert seconds < SECONDS + 2 + LATE


@pytest.mark.parametrize("fault", FAULTS)
def test_a_stalled_login(fault: Fault) -> None:
    """The login of a request is of its time, and so is the wait for that of another."""
    told: dict[str, Any] = {"username": "admin@internal", "password": "secret", "timeout": SECONDS}

    async def program(url: str) -> list[Ended]:
        async with AsyncConnection(url, **told) as conn:
            return await asyncio.gather(*[async_ended(conn.ping)] * 4)

    with stalling() as server:
        server.fault = fault
        url = f"http://{server.address}"
        with Connection(url, **told) as conn, ThreadPoolExecutor(4) as pool:
            outcomes = list(pool.map(ended, [conn.ping] * 4))
        outcomes += asyncio.run(program(url))
    for error, seconds in outcomes:
        assert isinstance(error, rhev.Timeout), error
        assert not error.delivered
        assert seconds < SECONDS + LATE
    assert set(server.stalled) == {"POST"}


def test_tls_that_is_never_finished() -> None:
    told: dict[str, Any] = {"insecure": True, "timeout": SECONDS}
    vm = schema.VM.model_validate({"id": "1", "href": "/ovirt-engine/api/vms/1"})

    def asked(conn: Any) -> dict[str, Callable[[], Any]]:
        return {
            "get": conn.ping,
            "delete": lambda: conn.delete(vm),
            "wait_for_status": lambda: conn.wait_for_status(vm, "up", timeout=SECONDS),
        }

    async def program(url: str, by: Any) -> dict[str, Ended]:
        async with AsyncConnection(url, transport=by, **told) as conn:
            outcomes = await asyncio.gather(*map(async_ended, asked(conn).values()))
        return dict(zip(asked(conn), outcomes, strict=True))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"https://127.0.0.1:{listener.getsockname()[1]}"
        with Connection(url, **told) as conn, ThreadPoolExecutor(3) as pool:
            outcomes = pool.map(ended, asked(conn).values())
        check(dict(zip(asked(conn), outcomes, strict=True)))
        for by in BY:
            check(asyncio.run(program(url, by)))


def test_an_engine_that_is_slow_but_in_time_is_heard_to_the_end() -> None:
    """A deadline is that of the whole, and not of a silence: neither stands for the other."""
    document = json.dumps({"link": [{"rel": "vms", "href": "/ovirt-engine/api/vms"}]}).encode()

    def serve(listener: socket.socket) -> None:
        client, _ = listener.accept()
        with client:
            client.recv(65536)
            client.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n")
            client.sendall(b"Content-Length: %d\r\n\r\n" % len(document))
            for byte in document:
                time.sleep(0.01)
                client.sendall(bytes([byte]))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,), daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with Connection(url, timeout=60, read_timeout=5) as conn:
            assert list(conn.api().links) == ["vms"]
        thread.join()
