"""Transports to an engine within the process."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Protocol

from rhev import errors
from rhev.simulator.wire.faults import Spoiled
from rhev.transport.base import SYSTEM_CLOCK, Clock, Request, Response, header, pause, with_headers

if TYPE_CHECKING:
    from collections.abc import Callable

    from rhev.simulator.wire.sso import Sessions

# How long an engine may be silent where nobody says otherwise, as of HTTP.
_READ_TIMEOUT = 60.0


class Answering(Protocol):
    """What they reach: an engine."""

    username: str
    sessions: Sessions

    @property
    def clock(self) -> Callable[[], float]: ...

    def handle(self, request: Request) -> Response: ...


class InProcess:
    """A transport to an engine within the process: a :class:`rhev.transport.Transport`.

    Its requests need no credentials: it has a token of its own, and a new one when that has
    expired. ``clock`` is the engine's where that can be waited by, and otherwise the machine's.
    """

    def __init__(self, engine: Answering) -> None:
        self.clock: Clock = engine.clock if isinstance(engine.clock, Clock) else SYSTEM_CLOCK
        self._engine = engine
        self._token = engine.sessions.open(engine.username)

    def send(self, request: Request) -> Response:
        response = self.answered(request)
        if isinstance(response, Spoiled):
            seconds, error = fate(response, request, self.clock.monotonic())
            self.clock.sleep(seconds)
            if error is not None:
                raise error
        return response

    def answered(self, request: Request) -> Response:
        """The engine's answer, whatever becomes of it on the way."""
        if header(request.headers, "Authorization") is not None:
            return self._engine.handle(request)
        response = self._engine.handle(self._authorized(request))
        if response.status == 401 and self._engine.sessions.token(self._token) is None:
            self._token = self._engine.sessions.open(self._engine.username)
            response = self._engine.handle(self._authorized(request))
        return response

    def close(self) -> None:
        """There is nothing to close."""

    def _authorized(self, request: Request) -> Request:
        return with_headers(request, {"Authorization": f"Bearer {self._token}"})


class AsyncInProcess:
    """The asynchronous twin of :class:`InProcess`."""

    def __init__(self, engine: Answering) -> None:
        self._transport = InProcess(engine)
        self.clock: Clock = self._transport.clock

    async def send(self, request: Request) -> Response:
        response = self._transport.answered(request)
        if isinstance(response, Spoiled):
            seconds, error = fate(response, request, self.clock.monotonic())
            await pause(self.clock, seconds)
            if error is not None:
                raise error
        return response

    async def close(self) -> None:
        """There is nothing to close."""


def fate(
    response: Spoiled, request: Request, now: float
) -> tuple[float, errors.ConnectionError | None]:
    """After how many seconds a response comes, or the error that comes in its place."""
    asked = errors.Exchange(request.method, request.url)
    silence = _READ_TIMEOUT if request.read_timeout is None else request.read_timeout
    left = math.inf if request.deadline is None else max(0.0, request.deadline - now)
    is_lost = response.sent is not None
    seconds = math.inf if is_lost and response.end == "stall" else response.delay
    if seconds >= left and left <= silence:
        return left, errors.Timeout("no whole answer in time: see timeout=", asked)
    if seconds >= silence:
        message = f"the engine was silent for {silence:g} seconds: see read_timeout="
        return silence, errors.Timeout(message, asked)
    if is_lost:
        return seconds, errors.ConnectionError("the connection was lost: by a rule", asked)
    return seconds, None
