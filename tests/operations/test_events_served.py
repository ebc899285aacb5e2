"""Following events over sockets: the engine is restarted, forgets logins, cuts answers short."""

from __future__ import annotations

import asyncio
import itertools
import logging
import signal
import threading
import time
from typing import TYPE_CHECKING, Any, Self

import pytest

from rhev import AsyncConnection, Connection, RetryPolicy, schema
from rhev.simulator import Engine
from rhev.simulator.wire.server import Server
from rhev.simulator.wire.sso import Sessions
from rhev.transport import Response
from soak import memory

if TYPE_CHECKING:
    from collections.abc import Callable

    from rhev.transport import Request

WIRES: list[Any] = ["json", "xml"]
HTML = {"content-type": "text/html"}
STARTING = Response(503, HTML, b"<html><title>503 Service Unavailable</title></html>")
NOT_YET = Response(404, HTML, b"<html><title>404 Not Found</title></html>")


class Troubled:
    """An engine at one port that comes, goes, and misbehaves; an event comes every so often."""

    def __init__(self) -> None:
        self.engine = Engine()
        self.engine.log_events(1200)
        self.trouble: Callable[[Response], Response] | None = None
        self.server = Server(self.handle, self.engine.username, self.engine.password)
        self.port = int(self.server.url.split(":")[2].partition("/")[0])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.server.close()

    def handle(self, request: Request) -> Response:
        response = self.engine.handle(request)
        trouble = self.trouble
        return response if trouble is None or "/events" not in request.url else trouble(response)

    def stop(self) -> None:
        self.server.close()

    def start(self) -> None:
        self.server = Server(
            self.handle, self.engine.username, self.engine.password, port=self.port
        )

    def forget(self) -> None:
        """Ends every login, as a restart of the engine does."""
        self.engine.sessions = Sessions({self.engine.username: self.engine.password})

    def live(self) -> None:
        """A short and eventful life, in which 800 events come."""
        for trouble in (
            lambda _: STARTING,
            lambda _: NOT_YET,
            lambda r: Response(r.status, r.headers, r.content[: len(r.content) // 2]),
            dropped,
        ):
            self.engine.log_events(100)
            time.sleep(0.05)
            self.trouble = trouble
            self.engine.log_events(50)
            time.sleep(0.1)
            self.trouble = None
            self.forget()
        self.stop()
        self.engine.log_events(100)
        time.sleep(0.2)
        self.forget()
        self.start()
        self.engine.log_events(100)


def dropped(_: Response) -> Response:
    """The answer is lost, and the connection with it."""
    raise ConnectionResetError


OPTIONS: Any = {"retry": RetryPolicy(attempts=1)}
HOW: Any = {"after": 0, "interval": 0.01, "max_interval": 0.05, "patience": 30}
CAME = [str(number) for number in range(1, 2001)]


@pytest.mark.parametrize("wire", WIRES)
def test_none_is_lost_and_none_comes_twice(wire: Any, caplog: pytest.LogCaptureFixture) -> None:
    with Troubled() as troubled, caplog.at_level(logging.INFO, "rhev.operations"):
        server = troubled.server
        with Connection(server.url, server.username, server.password, format=wire, **OPTIONS) as c:
            following = c.follow_events(**HOW)
            life = threading.Thread(target=troubled.live)
            life.start()
            came = [event.id for event in itertools.islice(following, 2000)]
            life.join()
            assert c.get(schema.Event).id == "2000"
    assert came == CAME
    assert "following events again" in caplog.text


@pytest.mark.parametrize("wire", WIRES)
def test_the_same_for_what_is_awaited(wire: Any) -> None:
    async def program(troubled: Troubled) -> list[str | None]:
        server = troubled.server
        came = []
        async with AsyncConnection(
            server.url, server.username, server.password, format=wire, **OPTIONS
        ) as conn:
            following = conn.follow_events(**HOW)
            came.append((await anext(following)).id)
            life = asyncio.create_task(asyncio.to_thread(troubled.live))
            async for event in following:
                came.append(event.id)
                if len(came) == 2000:
                    break
            await life
            assert (await conn.get(schema.Event)).id == "2000"
        return came

    with Troubled() as troubled:
        assert asyncio.run(program(troubled)) == CAME


def test_a_task_that_is_cancelled_leaves_the_connection_usable() -> None:
    async def program(troubled: Troubled) -> None:
        server = troubled.server
        async with AsyncConnection(server.url, server.username, server.password) as conn:
            came: list[str | None] = []

            async def follow() -> None:
                async for event in conn.follow_events(after=1100, interval=0.01):
                    came.append(event.id)

            for seconds in (0.02, 0.05, 0.1, 0.3):
                came.clear()
                task = asyncio.create_task(follow())
                await asyncio.sleep(seconds)
                task.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await task
                assert (await conn.get(schema.Event)).id == "1200"
            assert came == CAME[1100:1200]

    with Troubled() as troubled:
        asyncio.run(program(troubled))


def test_ctrl_c_leaves_the_connection_usable() -> None:
    def program(conn: Connection, came: list[str | None]) -> None:
        for event in conn.follow_events(after=1100, interval=0.01):
            came.append(event.id)

    with Troubled() as troubled:
        server = troubled.server
        with Connection(server.url, server.username, server.password) as conn:
            came: list[str | None] = []
            main = threading.main_thread().ident
            assert main is not None
            timer = threading.Timer(0.3, signal.pthread_kill, [main, signal.SIGINT])
            timer.start()
            with pytest.raises(KeyboardInterrupt):
                program(conn, came)
            assert came == CAME[1100:1200]
            assert conn.get(schema.Event).id == "1200"


@pytest.mark.parametrize(("run", "wire"), [(memory.reading, "json"), (memory.following, "xml")])
def test_memory_stays_flat(run: Any, wire: Any) -> None:
    measured = run(wire, 20_000)
    assert measured[-1] - measured[0] < memory.GROWTH
