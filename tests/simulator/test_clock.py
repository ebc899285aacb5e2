"""An engine whose clock stands still, and what a client waits for on it."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest

from rhev import AsyncConnection, Connection, WaitTimeout, schema
from rhev.simulator import Engine, ManualClock

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def engine() -> Engine:
    return Engine.demo(clock=ManualClock(), speed=1)


@pytest.fixture
def conn(engine: Engine) -> Connection:
    return engine.connect()


def test_nothing_happens_until_the_clock_is_moved_on(engine: Engine, conn: Connection) -> None:
    vm = conn.get(schema.VM, name="web-03")
    vm.start()
    assert conn.reload(vm).status == "wait_for_launch"
    time.sleep(0.01)
    assert conn.reload(vm).status == "wait_for_launch"
    engine.advance(60)
    assert conn.reload(vm).status == "up"


def test_what_is_waited_for_comes_at_once(engine: Engine, conn: Connection) -> None:
    began, date = time.monotonic(), conn.get(schema.VM, name="web-03")
    snapshot = conn.create(schema.Snapshot(description="before"), base=date)
    snapshot.wait_for_status("ok")
    snapshot.delete()
    snapshot.wait_for_deletion()
    assert time.monotonic() - began < 5
    passed = datetime.fromtimestamp(engine.clock(), UTC) - NEW_YEAR
    assert timedelta(seconds=11 + 24) <= passed <= timedelta(seconds=60)


def test_a_wait_in_vain_ends_after_its_own_seconds(engine: Engine, conn: Connection) -> None:
    began = time.monotonic()
    with pytest.raises(WaitTimeout, match="still down, and not up, after 600 s"):
        conn.get(schema.VM, name="web-03").wait_for_status("up")
    assert time.monotonic() - began < 5
    assert 600 <= engine.clock() - NEW_YEAR.timestamp() < 601


def test_a_locked_resource_is_waited_for_in_the_engine_s_time(conn: Connection) -> None:
    vm = conn.get(schema.VM, name="web-03")
    conn.create(schema.Snapshot(description="before"), base=vm)
    with conn.with_options(wait_locked=60) as patient:
        patient.action(vm, "start")
    vm.wait_for_status("up")


def test_events_are_followed_without_waiting(conn: Connection) -> None:
    began, vm = time.monotonic(), conn.get(schema.VM, name="web-03")
    events = conn.follow_events(timeout=3600)
    vm.start()
    assert {event.vm.id for event in events if event.vm is not None} == {vm.id}
    assert time.monotonic() - began < 5


def test_a_task_waits_as_little() -> None:
    engine = Engine.demo(clock=ManualClock(), speed=1)

    async def started(conn: AsyncConnection, name: str) -> schema.VM:
        vm = await conn.get(schema.VM, name=name)
        await conn.run(vm.start)
        return await conn.wait_for_status(vm, "up", timeout=100)

    async def program() -> list[schema.VM]:
        conn = engine.connect_async()
        return await asyncio.gather(*(started(conn, name) for name in ("web-03", "app-03")))

    assert [str(vm.status) for vm in asyncio.run(program())] == ["up", "up"]


def test_two_engines_may_share_a_clock() -> None:
    clock = ManualClock(datetime(2030, 5, 1, tzinfo=UTC))
    one, other = Engine(clock=clock), Engine(clock=clock)
    one.advance(90)
    assert clock.now == datetime(2030, 5, 1, 0, 1, 30, tzinfo=UTC)
    assert other.connect().api().time == clock.now


def test_a_clock_never_goes_back() -> None:
    with pytest.raises(ValueError, match="moves on by 0 seconds or more, not by -1"):
        ManualClock().advance(-1)
    with pytest.raises(ValueError, match="a date with its zone"):
        ManualClock(datetime(2026, 1, 1))
