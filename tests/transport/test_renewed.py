"""What a forked child and a cancelled or interrupted caller leave behind: nothing that is held."""

from __future__ import annotations

import asyncio
import gc
import os
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from rhev import Connection
from rhev.codecs.plan import decoding
from rhev.schema import VM
from rhev.simulator import Engine
from rhev.transport import AsyncAuthTransport, AuthTransport, Request, Response, SsoAuth
from rhev.transport.owned import SharedByThreads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")


@contextmanager
def held_by_a_thread(manager: AbstractContextManager[object]) -> Iterator[None]:
    """Another thread is within the manager as long as this lasts."""
    entered, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with manager:
            entered.set()
            leave.wait(30)

    thread = threading.Thread(target=hold)
    thread.start()
    entered.wait(30)
    try:
        yield
    finally:
        leave.set()
        thread.join()


def in_a_child(work: Callable[[], bool]) -> bool:
    """Whether a forked child finds that the work is right, within ten seconds."""
    child = os.fork()
    if child == 0:
        os._exit(0 if work() else 1)
    until = time.monotonic() + 10
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status == 0
        time.sleep(0.01)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return False


@forks
@pytest.mark.parametrize("options", [{}, {"wait_locked": 1}], ids=["itself", "with-options"])
def test_a_child_forked_while_a_thread_opens_the_connection_can_use_it(
    options: dict[str, Any],
) -> None:
    with Engine.demo().connect() as conn:
        used = conn.with_options(**options)
        with held_by_a_thread(conn._lock):
            assert in_a_child(lambda: bool(used.getall(VM)))


@forks
def test_a_child_forked_while_a_thread_decodes_can_decode_and_collects() -> None:
    with Engine.demo().connect() as conn, held_by_a_thread(decoding()):
        assert not gc.isenabled()
        assert in_a_child(lambda: bool(conn.getall(VM)) and gc.isenabled())
    assert gc.isenabled()


@forks
def test_a_child_forked_while_a_thread_records_can_record(tmp_path: Any) -> None:
    engine = Engine.demo()
    with Connection(
        "http://engine.test/ovirt-engine/api",
        transport=engine.transport,
        record=tmp_path / "traffic.jsonl",
    ) as conn:
        conn.ping()
        recorder: Any = conn._transport
        with held_by_a_thread(recorder._recorder._lock):
            assert in_a_child(lambda: bool(conn.getall(VM)))


def test_a_use_that_was_not_left_ends_with_the_next_of_its_thread() -> None:
    shared: SharedByThreads[list[int]] = SharedByThreads(list)
    shared.enter()  # and interrupted
    use = shared.enter()
    assert not shared.leave(use)
    assert shared.close() is use


def test_a_use_that_was_not_left_ends_with_a_close_by_its_thread() -> None:
    shared: SharedByThreads[list[int]] = SharedByThreads(list)
    use = shared.enter()  # and interrupted
    assert shared.close() is use


def test_a_thread_s_use_outlives_a_close_by_another() -> None:
    shared: SharedByThreads[list[int]] = SharedByThreads(list)
    use = shared.enter()
    thread = threading.Thread(target=lambda: closed.append(shared.close()))
    closed: list[object] = []
    thread.start()
    thread.join()
    assert closed == [None]
    assert shared.leave(use)


class Slow:
    """An engine whose answers take a moment, and what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def send(self, request: Request) -> Response:
        self.asked.append(request.url.rpartition("/")[2])
        await asyncio.sleep(0.05)
        return Response(200, {}, b'{"access_token": "t"}')

    async def close(self) -> None:
        self.asked.append("closed")


URL = "http://engine.test/ovirt-engine/api"


def test_a_login_whose_task_is_cancelled_serves_the_next_and_is_revoked() -> None:
    engine = Slow()

    async def main() -> None:
        auth = AsyncAuthTransport(engine, SsoAuth("admin@internal", "secret"), URL)
        first = asyncio.create_task(auth.send(Request("GET", URL)))
        await asyncio.sleep(0.01)
        first.cancel()
        await asyncio.wait([first], timeout=0.01)
        assert first.cancelled()
        await auth.send(Request("GET", URL))
        await auth.close()

    asyncio.run(main())
    assert engine.asked == ["token", "api", "sso-logout", "closed"]


def test_a_login_whose_task_is_cancelled_is_revoked_by_a_close_at_once() -> None:
    engine = Slow()

    async def main() -> None:
        auth = AsyncAuthTransport(engine, SsoAuth("admin@internal", "secret"), URL)
        first = asyncio.create_task(auth.send(Request("GET", URL)))
        await asyncio.sleep(0.01)
        first.cancel()
        await asyncio.wait([first], timeout=0.01)
        await auth.close()

    asyncio.run(main())
    assert engine.asked == ["token", "sso-logout", "closed"]


class Expiring:
    """An engine whose tokens expire while one request waits, after they have served another."""

    def __init__(self, times: int) -> None:
        self.auth = AuthTransport(self, SsoAuth("admin@internal", "secret"), URL)
        self.given: list[str] = []
        self._valid: set[str] = set()
        self._left = times

    def send(self, request: Request) -> Response:
        if request.method == "POST":
            self.given.append(f"t{len(self.given)}")
            self._valid.add(self.given[-1])
            return Response(200, {}, b'{"access_token": "%s"}' % self.given[-1].encode())
        if request.url.endswith("slow") and self._left:
            self._left -= 1
            assert self.auth.send(Request("GET", URL)).status == 200
            self._valid.clear()
        token = request.headers["Authorization"].removeprefix("Bearer ")
        return Response(200 if token in self._valid else 401)

    def close(self) -> None:
        pass


def test_a_request_that_waits_outlives_the_tokens_that_expire_meanwhile() -> None:
    engine = Expiring(times=3)
    assert engine.auth.send(Request("GET", f"{URL}/slow")).status == 200
    assert engine.given == ["t0", "t1", "t2", "t3"]


def test_an_engine_whose_tokens_always_expire_is_not_asked_for_ever() -> None:
    engine = Expiring(times=100)
    assert engine.auth.send(Request("GET", f"{URL}/slow")).status == 401
    assert len(engine.given) == 6
