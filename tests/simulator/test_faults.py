"""What goes wrong by a rule, as a program meets it: within the process, and over a wire."""

from __future__ import annotations

import asyncio
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

import rhev
from rhev import Connection, RetryPolicy, schema
from rhev.simulator import Engine, FaultRule, ManualClock, Server
from rhev.transport import Request, Response

if TYPE_CHECKING:
    from collections.abc import Iterator

ONCE = RetryPolicy(attempts=1)
AT_ONCE = RetryPolicy(attempts=4, first_wait=0.01, max_wait=0.01)


@pytest.fixture
def engine() -> Engine:
    return Engine.demo(clock=ManualClock(), speed=1)


@pytest.fixture(params=["within the process", "over HTTP"])
def conn(request: pytest.FixtureRequest, engine: Engine) -> Iterator[Connection]:
    if request.param == "within the process":
        yield engine.connect(retry=AT_ONCE)
        return
    with (
        engine.serve() as server,
        Connection(server.url, server.username, server.password, retry=AT_ONCE) as connection,
    ):
        connection.ping()
        yield connection


@pytest.fixture
def vm(conn: Connection) -> schema.VM:
    return conn.get(schema.VM, name="web-03")


def asked(engine: Engine, path: str | None) -> int:
    return sum(each.partition("?")[0] == path for _, each in engine.requests)


def test_a_path_answers_503_twice(engine: Engine, conn: Connection, vm: schema.VM) -> None:
    rule = engine.faults.answer(503, "/vms/*", times=2)
    with pytest.raises(rhev.ResponseError, match="503"):
        conn.with_options(retry=ONCE).reload(vm)
    assert conn.reload(vm).status == "down"
    assert rule.hits == 2
    assert rule.is_spent


def test_an_addition_is_refused_once(engine: Engine, conn: Connection) -> None:
    engine.faults.answer(409, "/tags", method="POST", detail="Cannot add Tag. Not today.")
    with pytest.raises(rhev.Conflict, match="Not today"):
        conn.create(schema.Tag(name="ours"))
    assert conn.get(schema.Tag, name="ours", default=None) is None
    assert conn.create(schema.Tag(name="ours")).id


@pytest.mark.parametrize("end", ["close", "reset"])
def test_a_connection_is_lost_after_half_of_the_body(
    engine: Engine, conn: Connection, vm: schema.VM, end: Any
) -> None:
    before = asked(engine, vm.href)
    engine.faults.drop("/vms/*", method="GET", sent=0.5, end=end)
    assert conn.reload(vm).name == "web-03"
    assert asked(engine, vm.href) == before + 2


def test_of_an_addition_whose_answer_is_lost_the_outcome_is_found(
    engine: Engine, conn: Connection
) -> None:
    engine.faults.drop("/tags", method="POST")
    with pytest.raises(rhev.OutcomeUnknown) as caught:
        conn.create(schema.Tag(name="ours"))
    assert conn.get(schema.Tag, name="ours")
    assert caught.value.correlation_ids


def test_a_request_that_never_comes_has_changed_nothing(engine: Engine, conn: Connection) -> None:
    engine.faults.drop("/tags", method="POST", received=False)
    with pytest.raises(rhev.OutcomeUnknown):
        conn.create(schema.Tag(name="ours"))
    assert conn.get(schema.Tag, name="ours", default=None) is None


def test_an_engine_that_takes_too_long(engine: Engine, conn: Connection, vm: schema.VM) -> None:
    impatient = conn.with_options(timeout=0.4, retry=ONCE)
    engine.faults.delay(0.2, "/vms/*")
    impatient.reload(vm)
    engine.faults.delay(60, "/vms/*")
    began = time.monotonic()
    with pytest.raises(rhev.Timeout, match="timeout="):
        impatient.reload(vm)
    assert time.monotonic() - began < 5


def test_an_engine_that_says_nothing_more(engine: Engine, conn: Connection, vm: schema.VM) -> None:
    engine.faults.drop("/vms/*", end="stall", sent=0.5)
    began = time.monotonic()
    with pytest.raises(rhev.Timeout, match=r"silent for 0\.2 seconds: see read_timeout="):
        conn.with_options(read_timeout=0.2, retry=ONCE).reload(vm)
    assert time.monotonic() - began < 5


def test_a_token_expires_now(engine: Engine, conn: Connection, vm: schema.VM) -> None:
    rule = engine.faults.expire("/vms/*")
    before = asked(engine, vm.href)
    assert conn.reload(vm).name == "web-03"
    assert (rule.hits, asked(engine, vm.href)) == (1, before + 2)


def test_a_token_that_is_refused_again_and_again(
    engine: Engine, conn: Connection, vm: schema.VM
) -> None:
    engine.faults.answer(401, "/vms/*", times=None)
    with pytest.raises(rhev.Unauthorized):
        conn.reload(vm)
    engine.faults.clear()
    assert conn.reload(vm).name == "web-03"


def test_something_else_answers(engine: Engine, conn: Connection, vm: schema.VM) -> None:
    page = {"content-type": "text/html"}
    engine.faults.answer(200, "/vms/*", body=b"<html>Please log in</html>", headers=page)
    with pytest.raises(rhev.ResponseError):
        conn.reload(vm)


def test_an_answer_that_is_changed_on_its_way(
    engine: Engine, conn: Connection, vm: schema.VM
) -> None:
    def older(request: Request, response: Response) -> Response:
        return replace(response, content=response.content.replace(b"web-03", b"web-99"))

    engine.faults.add(FaultRule(path="/vms/*", answer=older))
    assert conn.get(schema.VM, vm.id).name == "web-99"
    assert conn.get(schema.VM, vm.id).name == "web-03"


def test_a_task_meets_the_same() -> None:
    engine = Engine.demo(clock=ManualClock())

    async def program() -> None:
        conn = engine.connect_async(retry=AT_ONCE)
        vm = await conn.get(schema.VM, name="web-03")
        engine.faults.drop("/vms/*", sent=0.5)
        assert (await conn.reload(vm)).name == "web-03"
        engine.faults.delay(60, "/vms/*")
        with pytest.raises(rhev.Timeout):
            await conn.with_options(timeout=10, retry=ONCE).reload(vm)
        engine.faults.expire("/vms/*")
        assert (await conn.reload(vm)).name == "web-03"

    asyncio.run(program())


def test_time_passes_on_a_clock_that_stands_still(engine: Engine) -> None:
    conn = engine.connect(retry=RetryPolicy(first_wait=60, max_wait=60, jitter=0))
    vm, before = conn.get(schema.VM, name="web-03"), engine.clock()
    engine.faults.answer(503, "/vms/*")
    engine.faults.delay(25, "/vms/*")
    conn.reload(vm)
    assert engine.clock() - before == 60 + 25


# What of it is on the wire.


def received(server: Server, path: str) -> tuple[bytes, BaseException | None]:
    """All that came over a connection until it ended, and how that was."""
    parts = urlsplit(server.url)
    with socket.create_connection((parts.hostname or "", parts.port or 0), 5) as wire:
        wire.sendall(f"GET {path} HTTP/1.1\r\nHost: engine.test\r\n\r\n".encode())
        content = b""
        try:
            while piece := wire.recv(65536):
                content += piece
        except OSError as error:
            return content, error
    return content, None


@pytest.mark.parametrize(("end", "error"), [("close", None), ("reset", ConnectionResetError)])
def test_half_a_body_has_a_head_that_promises_the_whole(
    engine: Engine, end: Any, error: type[OSError] | None
) -> None:
    engine.faults.answer(200, body=b"0123456789" * 10)
    (rule,) = engine.faults
    rule.sent, rule.end = 0.5, end
    with engine.serve() as server:
        content, ended = received(server, "/ovirt-engine/api")
    assert isinstance(ended, error) if error else ended is None
    head, _, body = content.partition(b"\r\n\r\n")
    assert b"Content-Length: 100" in head
    assert body == b"0123456789" * 5


def test_what_is_dropped_whole_has_no_byte_on_the_wire(engine: Engine) -> None:
    engine.faults.drop()
    with engine.serve() as server:
        assert received(server, "/ovirt-engine/api") == (b"", None)


def test_a_server_is_closed_though_clients_wait(engine: Engine) -> None:
    engine.faults.drop(end="stall")
    engine.faults.delay(600)
    with engine.serve() as server, ThreadPoolExecutor() as pool:
        waiting = [pool.submit(received, server, "/ovirt-engine/api") for _ in range(2)]
        while not all(rule.is_spent for rule in engine.faults):
            time.sleep(0.01)
        began = time.monotonic()
        server.close()
        assert time.monotonic() - began < 3
        # Whichever came first is the one that is answered with nothing.
        assert b"" in [each.result()[0] for each in waiting]


# Which requests a rule is about.
URL = "https://engine.example.com/ovirt-engine"


@pytest.mark.parametrize(
    ("path", "url", "fits"),
    [
        ("**", "/api", True),
        ("**", "/api/vms/1/nics?max=1", True),
        ("**", "/sso/oauth/token", False),
        ("/vms", "/api/vms", True),
        ("/vms", "/api/vms/", True),
        ("/vms", "/api/v4/vms", True),
        ("/vms", "/api/vms/1", False),
        ("/vms/*", "/api/vms/1", True),
        ("/vms/*", "/api/vms/1/nics", False),
        ("/vms/**", "/api/vms/1/nics", True),
        ("/vms/*/st*", "/api/vms/1/start", True),
        ("/vms/a+b", "/api/vms/a%2Bb", True),
        ("/ovirt-engine/sso/**", "/sso/oauth/token", True),
        ("/ovirt-engine/**", "/api/vms", True),
    ],
)
def test_paths(path: str, url: str, fits: bool) -> None:
    assert FaultRule(path=path).takes(Request("GET", URL + url)) is fits


def test_methods_what_is_asked_and_how_often() -> None:
    rule = FaultRule(method="get", when=lambda r: "max=" in r.url, skip=1, times=2)
    few, all_ = Request("GET", f"{URL}/api/vms?max=1"), Request("GET", f"{URL}/api/vms")
    assert not rule.takes(replace(few, method="POST"))
    assert not rule.takes(all_)
    assert [rule.takes(few) for _ in range(5)] == [False, True, True, False, False]


def test_rules_hold_in_their_order(engine: Engine) -> None:
    first, second = engine.faults.answer(503), engine.faults.answer(409)
    conn = engine.connect()
    with pytest.raises(rhev.ResponseError, match="503"):
        conn.ping()
    engine.faults.remove(first)
    assert list(engine.faults) == [second]
    with pytest.raises(rhev.Conflict):
        conn.ping()
    conn.ping()
    assert len(engine.faults) == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"path": "vms"}, "path= begins with a slash, as in '/vms/\\*', and is not 'vms'"),
        ({"times": 0}, "times= is 1 or more, or None for always"),
        ({"skip": -1}, "skip= is 0 or more"),
        ({"delay": -1}, "delay= is a number of seconds, 0 or more, and not -1"),
        ({"sent": 1}, "sent= is a share of the body, from 0 to below 1, not 1"),
        ({"sent": 0, "end": "explode"}, "end= is one of close, reset, stall, and not 'explode'"),
        ({"received": False}, "does not receive needs an answer=, or sent=0"),
    ],
)
def test_what_cannot_be_meant(wrong: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        FaultRule(**wrong)
