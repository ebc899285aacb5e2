"""Other options for a block or a call, requests of one's own, the last exchange, the version."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from typing import Any

import pytest

from rhev import AsyncConnection, Conflict, Connection, Locked, NotFound, RetryPolicy, schema
from rhev.operations.versions import EngineVersion
from rhev.simulator import Engine
from rhev.simulator.wire.server import Server
from rhev.transport import Request, Response
from tests.operations.scripted import PATH, URL, Scripted, answer, async_connected, connected

VM = {"id": "1", "name": "web", "href": f"{PATH}/vms/1"}
WIRES: list[Any] = ["json", "xml"]


class Face:
    """One of the two connections, used in the same way: what awaits is run to its end."""

    def __init__(self, cls: type[Connection] | type[AsyncConnection]) -> None:
        self.cls = cls

    def __repr__(self) -> str:
        return self.cls.__name__

    def connected(self, script: Scripted, **options: Any) -> Any:
        make: Any = connected if self.cls is Connection else async_connected
        return make(script, **options)

    def do(self, result: Any) -> Any:
        return asyncio.run(result) if asyncio.iscoroutine(result) else result


FACES = [Face(Connection), Face(AsyncConnection)]
both = pytest.mark.parametrize("face", FACES, ids=repr)


@both
def test_other_options_go_with_the_requests_of_a_call(face: Face) -> None:
    script = Scripted({"GET /vms/1": VM})
    conn = face.connected(script, correlation_id="mine")
    quick = conn.with_options(read_timeout=5, user_view=True, correlation_id="other")

    async def calls() -> None:
        await quick.get(schema.VM, "1")
        await conn.get(schema.VM, "1")

    if face.cls is Connection:
        quick.get(schema.VM, "1")
        conn.get(schema.VM, "1")
    else:
        asyncio.run(calls())
    # The entry point is read once for both.
    assert [script.path(request) for request in script.requests] == ["", "/vms/1", "/vms/1"]
    first, second = script.requests[1:]
    assert (first.read_timeout, first.headers["Filter"]) == (5, "true")
    assert first.headers["Correlation-Id"] == "other"
    assert second.read_timeout is None
    assert "Filter" not in second.headers
    assert second.headers["Correlation-Id"] == "mine"


def test_what_is_read_with_other_options_keeps_them() -> None:
    script = Scripted({"GET /vms/1": VM})
    with connected(script).with_options(read_timeout=5) as quick:
        vm = quick.get(schema.VM, "1")
        vm.reload()
    assert [request.read_timeout for request in script.requests] == [5, 5, 5]
    assert script.closed == 0


def test_options_are_added_to_options() -> None:
    script = Scripted({"GET /vms/1": VM})
    conn = connected(script).with_options(read_timeout=5).with_options(correlation_id="x")
    conn.get(schema.VM, "1")
    assert script.requests[-1].read_timeout == 5
    assert script.requests[-1].headers["Correlation-Id"] == "x"


def test_options_are_checked_at_once() -> None:
    conn = connected(Scripted())
    with pytest.raises(ValueError, match="wait_locked= is a number of seconds of 0 or more, not"):
        conn.with_options(wait_locked=-1)
    with pytest.raises(TypeError, match="format"):
        conn.with_options(format="xml")  # type: ignore[call-arg]


def test_a_retry_of_its_own() -> None:
    left = ["lost"] * 2

    def flaky(request: Request) -> Response:
        return answer(b"", 503) if left and left.pop() else answer(VM)

    script = Scripted({"GET /vms/1": flaky})
    patient = connected(script).with_options(retry=RetryPolicy(first_wait=0, jitter=0))
    assert patient.get(schema.VM, "1").name == "web"
    assert script.calls == ["GET /vms/1"] * 3


@pytest.mark.parametrize("wire", WIRES)
def test_the_pool_and_the_login_are_shared(wire: Any) -> None:
    engine = Engine.demo()
    with engine.serve() as server:
        options: dict[str, Any] = {"format": wire}
        conn = Connection(server.url, server.username, server.password, **options)
        with conn.with_options(timeout=30) as patient:
            vm = patient.get(schema.VM, name="web-01")
        assert conn._transport is not None
        assert conn.get(schema.VM, vm.id).name == "web-01"
        conn.close()
        # It follows the one that it was made from: opened again, pointed elsewhere, closed.
        assert patient.get(schema.VM, vm.id).name == "web-01"
        with pytest.raises(ValueError, match="the connection that this one with other options"):
            patient.connect(server.url)
        conn.close()


def test_a_method_is_run_with_the_options_of_the_connection_that_runs_it() -> None:
    async def program() -> None:
        script = Scripted({"GET /vms/1": VM})
        conn = async_connected(script)
        vm = await conn.get(schema.VM, "1")
        await conn.with_options(read_timeout=7).run(vm.reload)
        assert script.requests[-1].read_timeout == 7

    asyncio.run(program())


@pytest.mark.parametrize("wire", WIRES)
def test_a_read_timeout_of_a_call_reaches_the_wire(wire: Any) -> None:
    def slow(request: Request) -> Response:
        time.sleep(0.5)
        return answer(b"")

    once = RetryPolicy(attempts=1)
    silent = pytest.raises(TimeoutError, match=r"0\.1 seconds")

    async def program(url: str) -> None:
        async with AsyncConnection(url, format=wire) as conn:
            with silent:
                await conn.with_options(read_timeout=0.1, retry=once).ping()

    with Server(slow, "admin@internal", "secret", "127.0.0.1", 0) as server:
        asyncio.run(program(server.url))
        with Connection(server.url, format=wire) as conn, silent:
            conn.with_options(read_timeout=0.1, retry=once).ping()


@both
def test_a_request_of_one_s_own(face: Face) -> None:
    script = Scripted({"GET /vms/1": VM, "POST /vms/1/start": {"status": "complete"}})
    conn = face.connected(script)
    raw = face.do(conn.request("GET", "/vms/1", parameters={"all_content": True}))
    assert json.loads(raw.content) == VM
    assert script.query() == {"all_content": "true"}
    vm = face.do(conn.request("get", f"{PATH}/vms/1", schema.VM))
    assert (type(vm), vm.name) == (schema.VM, "web")
    assert face.do(conn.request("GET", f"{URL}/vms/1", schema.VM)) == vm
    body = {"pause": True}
    done = face.do(conn.request("POST", "vms/1/start", schema.Action, body=body))
    assert (done.status, script.body()) == ("complete", body)
    face.do(conn.request("POST", "vms/1/start", body=schema.Action(pause=True)))
    assert script.body() == {"pause": "true"}
    face.do(conn.request("POST", "vms/1/start", body=b'{"pause": true}'))
    assert script.body() == {"pause": True}
    assert script.requests[-1].headers["Content-Type"] == "application/json"


@both
def test_a_request_of_one_s_own_fails_as_all_others_do(face: Face) -> None:
    script = Scripted({"GET /vms/2": Response(404), "GET /vms/3": answer(b"")})
    conn = face.connected(script)
    with pytest.raises(NotFound):
        face.do(conn.request("GET", "/vms/2"))
    with pytest.raises(Exception, match="nothing came where a VM"):
        face.do(conn.request("GET", "/vms/3", schema.VM))
    for elsewhere in ("https://elsewhere.example/api", "//elsewhere.example/api"):
        with pytest.raises(ValueError, match=r"is not an address of https://engine\.example"):
            face.do(conn.request("GET", elsewhere))
    assert len(script.requests) == 2


def test_the_last_exchange_is_that_of_the_thread() -> None:
    def told(request: Request) -> Response:
        vm = {**VM, "id": request.url[-1]}
        headers = {"content-type": "application/json", "correlation-id": request.url[-1]}
        return Response(200, {**headers, "set-cookie": "JSESSIONID=x"}, json.dumps(vm).encode())

    script = Scripted({f"GET /vms/{n}": told for n in range(8)})
    conn = connected(script)
    assert conn.last_exchange is None
    ready = threading.Barrier(8)
    seen: dict[int, Any] = {}

    def program(number: int) -> None:
        conn.get(schema.VM, str(number))
        ready.wait()
        seen[number] = conn.last_exchange

    threads = [threading.Thread(target=program, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number, exchange in seen.items():
        assert (exchange.method, exchange.url) == ("GET", f"{URL}/vms/{number}")
        assert (exchange.status, exchange.correlation_id) == (200, str(number))
        assert exchange.headers == {
            "content-type": "application/json",
            "correlation-id": str(number),
        }
    assert conn.last_exchange is None


def test_the_last_exchange_is_that_of_the_task() -> None:
    async def program() -> None:
        script = Scripted({f"GET /vms/{n}": {**VM, "id": str(n)} for n in range(8)})
        conn = async_connected(script)
        ready = asyncio.Barrier(8)

        async def task(number: int) -> None:
            await conn.get(schema.VM, str(number))
            await ready.wait()
            assert conn.last_exchange is not None
            assert conn.last_exchange.url == f"{URL}/vms/{number}"

        await asyncio.gather(*(task(number) for number in range(8)))

    asyncio.run(program())


def test_the_last_exchange_of_each_connection_is_kept_apart() -> None:
    first, second = (connected(Scripted({"GET /vms/1": VM})) for _ in range(2))
    first.get(schema.VM, "1")
    second.ping()
    for exchange, path in ((first.last_exchange, "/vms/1"), (second.last_exchange, "")):
        assert exchange is not None
        assert exchange.url == URL + path
    first.with_options(timeout=5).ping()
    assert first.last_exchange is not None
    assert first.last_exchange.url == URL


def test_the_last_exchange_may_be_one_that_failed() -> None:
    script = Scripted({"GET /vms/1": answer({"reason": "r", "detail": "d"}, 409)})
    conn = connected(script)
    with pytest.raises(Conflict):
        conn.get(schema.VM, "1")
    assert conn.last_exchange is not None
    assert conn.last_exchange.status == 409


def test_every_change_has_a_correlation_id_of_its_own() -> None:
    script = Scripted({"GET /tags": {}, "POST /tags": {"id": "2", "name": "t"}})
    conn = connected(script)
    ids = set()
    for name in ("a", "b"):
        conn.create(schema.Tag(name=name))
        assert conn.last_exchange is not None
        ids.add(conn.last_exchange.correlation_id)
        assert conn.last_exchange.correlation_id == script.requests[-1].headers["Correlation-Id"]
    assert len(ids) == 2
    # With room for the number of an attempt within what an engine takes.
    assert all(len(str(each)) == 32 for each in ids)


@both
@pytest.mark.parametrize("wire", WIRES)
def test_the_version_of_an_engine(face: Face, wire: Any) -> None:
    engine = Engine.demo()
    conn: Any = engine.connect if face.cls is Connection else engine.connect_async
    version = face.do(conn(format=wire).version())
    assert version == EngineVersion("4.5.10-1.el8", (4, 5, 10))
    assert str(version) == "4.5.10-1.el8"
    assert version.model == (4, 6, 1)


def test_locked_is_a_conflict() -> None:
    assert issubclass(Locked, Conflict)
