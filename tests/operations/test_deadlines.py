"""How long an operation may take, whatever it is made of, and how long a wait.

What real sockets make of it is in ``test_stalled.py``; here it is what the transport is told.
"""

from __future__ import annotations

import asyncio
import inspect
import math
import time
from typing import TYPE_CHECKING, Any

import pytest

from rhev import AsyncConnection, Connection, ResponseError, Timeout, WaitTimeout, schema
from rhev.operations import Pause, Steps, Wire, within
from rhev.transport import Request, Response
from tests.operations.scripted import (
    ENTRY,
    PATH,
    URL,
    Answer,
    Scripted,
    answer,
    async_connected,
    connected,
)

if TYPE_CHECKING:
    from collections.abc import Callable

VM: Any = {"id": "1", "name": "web", "href": f"{PATH}/vms/1", "status": "down"}
JOB: Any = {"id": "j", "href": f"{PATH}/jobs/j", "status": "started", "description": "Starting"}
LOCKED = answer({"reason": "Operation Failed", "detail": "The VM is locked."}, 409)
# How much longer than it may a busy machine takes.
LATE = 5.0

FACES: list[Any] = [connected, async_connected]
both = pytest.mark.parametrize("connect", FACES, ids=["sync", "async"])


def done(result: Any) -> Any:
    return asyncio.run(result) if inspect.iscoroutine(result) else result


def slowly(seconds: float, given: Any) -> Answer:
    def handle(request: Request) -> Any:
        time.sleep(seconds)
        return given

    return handle


def stalled(request: Request) -> Response:
    """What a transport does that honours deadlines, with an engine that never answers."""
    assert request.deadline is not None
    time.sleep(max(0.0, request.deadline - time.monotonic()))
    raise Timeout("the engine was silent")


@both
def test_all_that_an_operation_sends_has_one_deadline(connect: Any) -> None:
    script = Scripted({"GET /vms/1": VM})
    started = time.monotonic()
    done(connect(script, timeout=30).get(schema.VM, "1"))
    ended = time.monotonic()
    entry, read = (request.deadline for request in script.requests)
    assert entry == read
    assert read is not None
    assert started + 30 <= read <= ended + 30


@both
def test_each_operation_has_a_deadline_of_its_own(connect: Any) -> None:
    script = Scripted({"GET /vms/1": VM})
    conn = connect(script)
    started = time.monotonic()
    done(conn.get(schema.VM, "1"))
    done(conn.with_options(timeout=7).get(schema.VM, "1"))
    done(conn.with_options(timeout=7, wait_locked=20).get(schema.VM, "1"))
    ended = time.monotonic()
    for request, seconds in zip(script.requests[1:], (120, 7, 27), strict=True):
        assert request.deadline is not None
        assert started + seconds <= request.deadline <= ended + seconds


def test_each_page_is_an_operation_of_its_own() -> None:
    pages = [[{"id": "1"}], [{"id": "2"}], []]

    def page(request: Request) -> Any:
        return {"vm": pages.pop(0)}

    script = Scripted({"GET /vms": page})
    for _ in connected(script, timeout=9).iterate(schema.VM, max=1):
        time.sleep(0.01)
    deadlines = [request.deadline or 0 for request in script.requests[1:]]
    assert len(set(deadlines)) == 3
    assert sorted(deadlines) == deadlines


@both
def test_an_operation_that_is_over_sends_nothing_more(connect: Any) -> None:
    script = Scripted({"GET ": slowly(0.2, ENTRY)})
    with pytest.raises(Timeout, match=r"the 0\.1 s .* were over before this was sent") as caught:
        done(connect(script, timeout=0.1).delete(schema.VM(id="1")))
    assert not caught.value.delivered
    assert script.calls == []


def test_a_pause_for_what_is_locked_ends_with_the_operation() -> None:
    """The error is then what the engine said, and not that there was no time to say it again."""
    wire = Wire(URL, wait_locked=60)
    steps = within(wire.send(Request("GET", URL)), 0.2)
    next(steps)
    with pytest.raises(StopIteration) as ended:
        steps.send(LOCKED)
    assert ended.value.value == LOCKED


def test_a_pause_before_another_look_is_not_of_the_time_of_the_operation() -> None:
    def looking() -> Steps[None]:
        yield Pause(60)
        yield Request("GET", URL)

    steps = within(looking(), 0.2)
    assert next(steps) == Pause(60)
    time.sleep(0.4)
    asked = steps.send(None)
    assert isinstance(asked, Request)
    assert asked.deadline is not None
    assert asked.deadline > time.monotonic()


def test_events_may_be_far_apart() -> None:
    """What is waited between two looks may be longer than an operation may take."""
    entry: Any = ENTRY
    links = [*entry["link"], {"rel": "events", "href": f"{PATH}/events"}]
    script = Scripted({"GET ": {**entry, "link": links}, "GET /events": {"event": []}})
    conn = connected(script, timeout=1)
    assert list(conn.follow_events(interval=1.2, timeout=2)) == []
    assert len(script.calls) > 3


WRONG: list[Any] = [True, False, math.nan, math.inf, -math.inf, 0, -1, "60", None, 1e300]


@pytest.mark.parametrize("cls", [Connection, AsyncConnection])
@pytest.mark.parametrize("value", WRONG, ids=repr)
@pytest.mark.parametrize("name", ["timeout", "read_timeout"])
def test_what_is_no_limit(cls: Any, name: str, value: Any) -> None:
    said = pytest.raises((TypeError, ValueError), match=rf"^{name}= is a number of seconds")
    with said:
        cls(URL, **{name: value})
    with said:
        cls(URL).with_options(**{name: value})


@pytest.mark.parametrize(("timeout", "read_timeout"), [(1, 60), (60, 1), (0.1, 1e9)])
def test_either_limit_may_be_the_smaller(timeout: float, read_timeout: float) -> None:
    Connection(URL, timeout=timeout, read_timeout=read_timeout)


@pytest.mark.parametrize("value", [True, math.nan, math.inf, -1, "60", [1]], ids=repr)
@pytest.mark.parametrize("name", ["timeout", "interval", "max_interval"])
def test_what_is_no_way_to_wait(name: str, value: Any) -> None:
    script = Scripted()
    conn = connected(script)
    vm = schema.VM(href=f"{PATH}/vms/1")
    waits: list[Callable[..., object]] = [
        lambda **polling: conn.wait_for_status(vm, "up", **polling),
        lambda **polling: conn.wait_for_deletion(vm, **polling),
        lambda **polling: conn.wait_for_job("some-id", **polling),
    ]
    for wait in waits:
        with pytest.raises((TypeError, ValueError), match=f"{name}= is .*seconds, not") as caught:
            wait(**{name: value})
        if name == "timeout" and isinstance(caught.value, ValueError):
            assert str(caught.value).endswith("; None waits for ever")
    assert script.requests == []


@both
@pytest.mark.parametrize(("timeout", "seconds"), [(3, 3), (500, 40), (None, 40)])
def test_a_read_of_a_wait_ends_with_the_wait_and_with_the_operation(
    connect: Any, timeout: float | None, seconds: float
) -> None:
    script = Scripted({"GET /vms/1": {**VM, "status": "up"}})
    started = time.monotonic()
    conn = connect(script, timeout=40)
    done(conn.wait_for_status(schema.VM(href=f"{PATH}/vms/1"), "up", timeout=timeout))
    ended = time.monotonic()
    (request,) = script.requests
    assert request.deadline is not None
    assert started + seconds - 0.1 <= request.deadline <= ended + seconds


def looking(*answers: Answer) -> dict[str, Answer]:
    """A machine that is read so often, and then never again, and its jobs likewise."""
    left = list(answers)

    def handle(request: Request) -> Any:
        return left.pop(0) if left else stalled(request)

    return {"GET /vms/1": handle, "GET /jobs/j": handle}


WAITS: dict[str, Callable[..., Any]] = {
    "wait_for_status": lambda c, **p: c.wait_for_status(schema.VM(**VM), "up", **p),
    "wait_for_deletion": lambda c, **p: c.wait_for_deletion(schema.VM(**VM), **p),
    "wait_for_job": lambda c, **p: c.wait_for_job(schema.Job(**JOB), **p),
}


@both
@pytest.mark.parametrize("wait", WAITS)
@pytest.mark.parametrize("reads", [0, 1, 2])
def test_a_wait_ends_in_time_though_the_engine_does_not_answer(
    connect: Any, wait: str, reads: int
) -> None:
    seen = JOB if wait == "wait_for_job" else {**VM, "status": "image_locked"}
    script = Scripted(looking(*[seen] * reads))
    started = time.monotonic()
    with pytest.raises(
        WaitTimeout, match=r"did not answer within the 1\.2 s of the wait"
    ) as caught:
        done(WAITS[wait](connect(script), timeout=1.2, interval=0.01))
    assert 1.2 <= time.monotonic() - started < 1.2 + LATE
    before = {"wait_for_job": None}.get(wait, "down")
    assert caught.value.last == (seen["status"] if reads else before)
    assert str(caught.value.last or "no job was seen") in str(caught.value)
    assert len(script.requests) == reads + 1


def test_the_last_look_may_take_a_second_when_the_time_is_over() -> None:
    script = Scripted({"GET /vms/1": slowly(0.2, VM)})
    with pytest.raises(WaitTimeout, match="still down, and not up, after 0 s"):
        connected(script).wait_for_status(schema.VM(href=f"{PATH}/vms/1"), "up", timeout=0)
    script = Scripted({"GET /vms/1": stalled})
    started = time.monotonic()
    with pytest.raises(WaitTimeout, match="did not answer"):
        connected(script).wait_for_status(schema.VM(href=f"{PATH}/vms/1"), "up", timeout=0)
    assert 1 <= time.monotonic() - started < 1 + LATE


@pytest.mark.parametrize("timeout", [60, None])
def test_what_goes_wrong_in_a_longer_wait_ends_it_as_what_it_is(timeout: float | None) -> None:
    script = Scripted(looking(VM))
    started = time.monotonic()
    with pytest.raises(Timeout, match="silent"):
        connected(script, timeout=0.3).wait_for_status(
            schema.VM(href=f"{PATH}/vms/1"), "up", timeout=timeout, interval=0.01
        )
    assert time.monotonic() - started < 0.3 + LATE


@both
@pytest.mark.parametrize(
    ("criteria", "first"), [({}, ["a", "b"]), ({"stateless": True}, [])], ids=["all", "none match"]
)
def test_a_page_that_repeats_the_one_before_is_an_error(
    connect: Any, criteria: dict[str, Any], first: list[str]
) -> None:
    """Something between ignores paging: it would go on for ever."""
    script = Scripted({"GET /vms": {"vm": [{"id": "1", "name": "a"}, {"id": "2", "name": "b"}]}})
    conn = connect(script)
    names: list[str | None] = []

    def collect() -> None:
        for vm in conn.iterate(schema.VM, max=2, **criteria):
            names.append(vm.name)

    async def collect_async() -> None:
        async for vm in conn.iterate(schema.VM, max=2, **criteria):
            names.append(vm.name)

    with pytest.raises(ResponseError, match=r"page 2 has the same 2 members .* ignores paging"):
        done((collect if connect is connected else collect_async)())
    assert names == first
    assert script.calls == ["GET /vms"] * 2


def test_pages_may_have_members_in_common() -> None:
    """A member that was made meanwhile moves the others on."""
    pages = [["1", "2"], ["2", "3"], ["3", "2"], ["3"]]

    def page(request: Request) -> Any:
        return {"vm": [{"id": id_} for id_ in pages.pop(0)]}

    conn = connected(Scripted({"GET /vms": page}))
    assert [vm.id for vm in conn.iterate(schema.VM, max=2)] == ["1", "2", "2", "3", "3", "2", "3"]
