"""A deadline holds for all that a request needs: its login, the wait for another's, the log-out."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from typing import TYPE_CHECKING

import pytest

from rhev import errors
from rhev.transport import (
    AsyncAuthTransport,
    AsyncRetryTransport,
    AuthTransport,
    Request,
    Response,
    RetryPolicy,
    SsoAuth,
)

from .wire import FACES, Scripted, Sync, response

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

URL = "https://engine/ovirt-engine/api"
AUTH = SsoAuth("admin@internal", "secret")
TOKEN = Response(200, content=b'{"access_token": "t"}')
faces = pytest.mark.parametrize("face", FACES, ids=repr)

# How much later than it should a busy machine may be.
LATE = 5.0


@faces
def test_a_login_has_the_limits_of_the_request_that_it_is_for(face: Sync) -> None:
    inner = Scripted(TOKEN, Response(200))
    auth = face.auth(face.over(inner), AUTH, URL)
    deadline = time.monotonic() + 60
    face.play(auth, Request("GET", URL, read_timeout=7, deadline=deadline))
    login, request, logout = inner.seen
    assert [login.url, logout.url] == [
        "https://engine/ovirt-engine/sso/oauth/token",
        "https://engine/ovirt-engine/services/sso-logout",
    ]
    assert (login.read_timeout, login.deadline) == (7, deadline)
    assert (request.read_timeout, request.deadline) == (7, deadline)


@faces
def test_a_log_out_takes_two_seconds_in_all(face: Sync, caplog: pytest.LogCaptureFixture) -> None:
    silent = errors.Timeout("the engine was silent")
    inner = Scripted(TOKEN, Response(200), silent)
    auth = face.auth(face.over(inner), AUTH, URL)
    started = time.monotonic()
    with caplog.at_level(logging.INFO, "rhev"):
        face.play(auth, Request("GET", URL))
    logout = inner.seen[-1]
    assert logout.deadline is not None
    assert started < logout.deadline <= time.monotonic() + 2
    assert logout.read_timeout == 2
    assert caplog.messages == ["could not log out: the engine was silent"]
    assert inner.closed


@faces
def test_a_login_that_has_no_time_is_not_tried_again(face: Sync) -> None:
    inner = Scripted(errors.Timeout("late"))
    retry = face.retry(face.auth(face.over(inner), AUTH, URL), RetryPolicy(first_wait=60))
    (outcome,) = face.play(retry, Request("POST", URL, deadline=time.monotonic() + 1))
    assert isinstance(outcome, errors.Timeout)
    assert not outcome.delivered
    assert len(inner.seen) == 1


class Stuck:
    """A transport whose logins take until they are let go."""

    def __init__(self) -> None:
        self.entered = threading.Event()
        self.go = threading.Event()
        self.logins = 0

    def send(self, request: Request) -> Response:
        if not request.url.endswith("/token"):
            return Response(200)
        self.logins += 1
        self.entered.set()
        assert self.go.wait(60)
        return TOKEN

    def close(self) -> None:
        """There is nothing to close."""


def test_a_thread_waits_for_the_login_of_another_until_its_deadline() -> None:
    stuck = Stuck()
    auth = AuthTransport(stuck, AUTH, URL)
    first: list[Response] = []
    thread = threading.Thread(target=lambda: first.append(auth.send(Request("GET", URL))))
    thread.start()
    assert stuck.entered.wait(60)
    started = time.monotonic()
    with pytest.raises(errors.Timeout, match="a login that was under way") as caught:
        auth.send(Request("POST", URL, deadline=started + 0.3))
    assert 0.3 <= time.monotonic() - started < 0.3 + LATE
    assert not caught.value.delivered
    stuck.go.set()
    thread.join()
    assert response(first[0]).status == 200
    # Whoever has waited in vain leaves the turn to the next.
    assert auth.send(Request("GET", URL, deadline=time.monotonic() + 60)).status == 200
    assert stuck.logins == 1


class AsyncStuck:
    """Its asynchronous twin."""

    def __init__(self) -> None:
        self.entered = asyncio.Event()
        self.go = asyncio.Event()
        self.logins = 0

    async def send(self, request: Request) -> Response:
        if not request.url.endswith("/token"):
            return Response(200)
        self.logins += 1
        self.entered.set()
        await self.go.wait()
        return TOKEN

    async def close(self) -> None:
        """There is nothing to close."""


def test_a_task_waits_for_the_login_of_another_until_its_deadline() -> None:
    async def program() -> None:
        stuck = AsyncStuck()
        auth = AsyncAuthTransport(stuck, AUTH, URL)
        first = asyncio.create_task(auth.send(Request("GET", URL)))
        await stuck.entered.wait()
        started = time.monotonic()
        with pytest.raises(errors.Timeout, match="a login that was under way") as caught:
            await auth.send(Request("POST", URL, deadline=started + 0.3))
        assert 0.25 <= time.monotonic() - started < 0.3 + LATE
        assert not caught.value.delivered
        stuck.go.set()
        assert (await first).status == 200
        assert (await auth.send(Request("GET", URL, deadline=time.monotonic() + 60))).status == 200
        assert stuck.logins == 1

    asyncio.run(program())


async def cancelled(stuck: AsyncStuck, send: Callable[[Request], Awaitable[Response]]) -> None:
    """Cancel a request while it waits, and see that nothing makes something else of it."""
    task = asyncio.ensure_future(send(Request("GET", URL, deadline=time.monotonic() + 60)))
    await stuck.entered.wait()
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def test_a_cancelled_login_is_that_of_the_next() -> None:
    async def program() -> None:
        stuck = AsyncStuck()
        auth = AsyncAuthTransport(stuck, AUTH, URL)
        retry = AsyncRetryTransport(auth)
        await cancelled(stuck, retry.send)  # it has begun the login, which goes on
        assert stuck.logins == 1
        first = asyncio.create_task(auth.send(Request("GET", URL)))
        await asyncio.sleep(0.01)
        await cancelled(stuck, retry.send)  # it waits for that login
        stuck.go.set()
        assert (await first).status == 200
        assert (await retry.send(Request("GET", URL))).status == 200
        assert stuck.logins == 1

    asyncio.run(program())
