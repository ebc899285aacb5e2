"""Repeating requests, where that cannot do anything twice.

The rules: a request that certainly did not reach the engine may always be repeated; one that can
be repeated without harm also after a lost answer, a 408 or 429, or a gateway's 502, 503 or 504; a
PUT after a 408 or 429, but not once it may have been carried out: it could take back what someone
has changed since. A POST never once its bytes may have arrived.
"""

from __future__ import annotations

import logging
import math
import random
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, TypedDict

from rhev import errors
from rhev.secrets import scrub_url
from rhev.transport.base import (
    GATEWAY,
    NOT_YET,
    SAFE,
    UNAVAILABLE,
    Response,
    header,
    may_have_arrived,
    with_headers,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tenacity import RetryCallState

    from rhev.transport.base import AsyncTransport, Request, Transport

_log = logging.getLogger(__name__)

_REPEATABLE = SAFE | {"DELETE"}
_LONGEST_ID = 36  # of a correlation id: an engine cuts what is longer


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often and how patiently a request is repeated.

    The wait before the second attempt is ``first_wait`` seconds, and twice the one before for
    every attempt after it, up to ``max_wait`` seconds. ``jitter`` (0 to 1) is the part of each
    wait that is left to chance, so that many clients do not return at the same moment. No attempt
    starts later than ``deadline`` seconds after the first one started, nor after the deadline of
    the request itself, which the ``timeout`` of a connection gives it: how long is repeated may be
    less than how long an answer may take.
    """

    attempts: int = 5
    first_wait: float = 0.5
    max_wait: float = 20.0
    deadline: float = 120.0
    jitter: float = 0.5

    def __post_init__(self) -> None:
        if self.attempts < 1:
            raise ValueError("attempts is a whole number above 0; 1 means to repeat nothing")
        for name in ("first_wait", "max_wait", "deadline"):
            value: float = getattr(self, name)
            if not (math.isfinite(value) and value >= 0):
                raise ValueError(f"{name} is a finite number of seconds, not {value!r}")
        if not 0 <= self.jitter <= 1:
            raise ValueError(f"jitter is a part of the wait, from 0 to 1, not {self.jitter!r}")

    def backoff(self, attempt: int) -> float:
        """Seconds to wait after an attempt (from 1) that failed."""
        wait = min(self.max_wait, self.first_wait * 2.0 ** min(attempt - 1, 60))
        return wait * random.uniform(1 - self.jitter, 1)  # noqa: S311 - nobody gains by guessing


class _Options(TypedDict):
    retry: Callable[[RetryCallState], bool]
    wait: Callable[[RetryCallState], float]
    stop: Callable[[RetryCallState], bool]
    before_sleep: Callable[[RetryCallState], None]
    retry_error_callback: Callable[[RetryCallState], Response]


class _Course:
    """One request and its attempts: every decision, in the form in which tenacity asks."""

    def __init__(self, policy: RetryPolicy, clock: Callable[[], float], request: Request) -> None:
        self._policy = policy
        self._clock = clock
        self._request = request
        self._repeatable = request.method in _REPEATABLE
        # The last moment at which an attempt may start, and what said so.
        self._last, self._limit = clock() + policy.deadline, "RetryPolicy(deadline=...)"
        if request.deadline is not None and request.deadline < self._last:
            self._last, self._limit = request.deadline, "timeout="
        self._lost: list[str] = []
        self._attempts = 0
        self._first: Response | errors.ConnectionError | None = None

    def options(self) -> _Options:
        return {
            "retry": self._retry,
            "wait": self._wait,
            "stop": self._stop,
            "before_sleep": self._log,
            "retry_error_callback": self._give_up,
        }

    def attempt(self) -> Request:
        """The request as it is sent next, which says how often it was."""
        self._attempts += 1
        if self._attempts == 1:
            return self._request
        again = replace(self._request, attempt=self._attempts)
        return with_headers(again, {"Correlation-Id": self._id()}) if self._id() else again

    def began(self, outcome: Response | errors.ConnectionError) -> Response | None:
        """The response to the first attempt, if it is one to hand on.

        Mostly it is: tenacity, which takes longer than all else here, is asked about the others,
        and finds the outcome as that of its own first attempt.
        """
        if isinstance(outcome, Response) and outcome.status not in UNAVAILABLE:
            return outcome
        self._first = outcome
        return None

    def first(self) -> Response | None:
        """The outcome of the first attempt, once. Raises it where it is an error."""
        first, self._first = self._first, None
        if isinstance(first, errors.ConnectionError):
            raise first
        return first

    def _id(self) -> str:
        """The correlation id of the attempt: each has its own, if there is room for its number."""
        first = header(self._request.headers, "Correlation-Id") or ""
        if self._attempts == 1 or not first:
            return first
        numbered = f"{first}-{self._attempts}"
        return numbered if len(numbered) <= _LONGEST_ID else first

    def _retry(self, state: RetryCallState) -> bool:
        outcome = _outcome(state)
        if isinstance(outcome, errors.ConnectionError):
            arrived = may_have_arrived(self._request, outcome)
            if arrived:
                self._lost.append(self._id())
            outcome.lost = tuple(self._lost)
            return self._repeatable or not arrived
        if isinstance(outcome, BaseException):
            return False
        if outcome.status in GATEWAY:
            self._lost.append(self._id())
            return self._repeatable
        return outcome.status in NOT_YET and (self._repeatable or self._request.method == "PUT")

    def _wait(self, state: RetryCallState) -> float:
        return max(_asked(state), self._policy.backoff(state.attempt_number))

    def _stop(self, state: RetryCallState) -> bool:
        return state.attempt_number >= self._policy.attempts or self._too_late(state.upcoming_sleep)

    def _too_late(self, pause: float) -> bool:
        return self._clock() + pause > self._last

    def _log(self, state: RetryCallState) -> None:
        outcome = _outcome(state)
        what = f"status {outcome.status}" if isinstance(outcome, Response) else outcome
        _log.info(
            "repeating %s %s in %.1f s: %s",
            self._request.method,
            scrub_url(self._request.url),
            state.upcoming_sleep,
            what,
        )

    def _give_up(self, state: RetryCallState) -> Response:
        outcome, asked = _outcome(state), _asked(state)
        if isinstance(outcome, Response):
            if asked and state.attempt_number < self._policy.attempts and self._too_late(asked):
                raise self._too_patient(outcome, asked)
            return outcome
        note = f"This was attempt {state.attempt_number}, and the last."
        if state.attempt_number < self._policy.attempts:
            note = f"{note[:-1]}: for another there was no time left. See {self._limit}."
        outcome.add_note(note)
        raise outcome

    def _too_patient(self, response: Response, asked: float) -> errors.Timeout:
        exchange = errors.Exchange(
            self._request.method,
            self._request.url,
            response.status,
            header(response.headers, "correlation-id"),
        )
        left = max(0.0, self._last - self._clock())
        late = errors.Timeout(
            f"the engine asks to wait {asked:g} s before the request is repeated (Retry-After), and"
            f" {left:.3g} s are left: see {self._limit}",
            exchange,
            delivered=bool(self._lost),
        )
        late.lost = tuple(self._lost)
        return late

    def result(self, response: Response) -> Response:
        """The response to hand on, which tells of the attempts that were lost before it."""
        return replace(response, lost=tuple(self._lost)) if self._lost else response


def _outcome(state: RetryCallState) -> Response | BaseException:
    if state.outcome is None:
        raise RuntimeError("tenacity asks only about attempts that have ended")
    error = state.outcome.exception()
    if error is not None:
        return error
    response: Response = state.outcome.result()
    return response


def _asked(state: RetryCallState) -> float:
    outcome = _outcome(state)
    return retry_after(outcome) if isinstance(outcome, Response) else 0.0


def retry_after(response: Response) -> float:
    """The seconds that a response's ``Retry-After`` asks to wait; 0 where it asks nothing.

    A date is read against the response's own ``Date`` where it has one, so that a clock that goes
    wrong on either side does no harm.
    """
    value = (header(response.headers, "retry-after") or "").strip()
    if value.isascii() and value.isdigit():
        return float(value)
    until = _date(value)
    if until is None:
        return 0.0
    now = _date(header(response.headers, "date") or "") or datetime.now(UTC)
    return max(0.0, (until - now).total_seconds())


def _date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # of which the second is a zone that there cannot be
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _checked(policy: RetryPolicy | None) -> RetryPolicy:
    if policy is None:
        return RetryPolicy()
    if not isinstance(policy, RetryPolicy):
        raise TypeError(f"what is repeated is said by a RetryPolicy, not a {type(policy).__name__}")
    return policy


class RetryTransport:
    """Repeats the requests of a transport as a :class:`RetryPolicy` says.

    ``sleep`` and ``clock`` are those of :mod:`time`, in seconds; tests pass their own.
    """

    def __init__(
        self,
        transport: Transport,
        policy: RetryPolicy | None = None,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._transport = transport
        self._policy = _checked(policy)
        self._sleep = sleep
        self._clock = clock

    def send(self, request: Request) -> Response:
        """Send the request until it is answered; raises what the last attempt raised."""
        course = _Course(self._policy, self._clock, request)
        outcome: Response | errors.ConnectionError
        try:
            outcome = self._transport.send(course.attempt())
        except errors.ConnectionError as error:
            outcome = error
        if (response := course.began(outcome)) is not None:
            return response
        del outcome  # which would hold this frame, and be held by it

        from tenacity import Retrying

        attempts = Retrying(sleep=self._sleep, **course.options())
        return course.result(
            attempts(lambda: course.first() or self._transport.send(course.attempt()))
        )

    def close(self) -> None:
        """Close the transport within."""
        self._transport.close()


class AsyncRetryTransport:
    """The asynchronous twin of :class:`RetryTransport`."""

    def __init__(
        self,
        transport: AsyncTransport,
        policy: RetryPolicy | None = None,
        *,
        sleep: Callable[[float], Awaitable[None]] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._transport = transport
        import asyncio  # which takes as long to load as all else here

        self._policy = _checked(policy)
        self._sleep = sleep or asyncio.sleep
        self._clock = clock

    async def send(self, request: Request) -> Response:
        """Send the request until it is answered; raises what the last attempt raised."""
        course = _Course(self._policy, self._clock, request)
        outcome: Response | errors.ConnectionError
        try:
            outcome = await self._transport.send(course.attempt())
        except errors.ConnectionError as error:
            outcome = error
        if (response := course.began(outcome)) is not None:
            return response
        del outcome  # which would hold this frame, and be held by it

        from tenacity import AsyncRetrying

        attempts = AsyncRetrying(sleep=self._sleep, **course.options())

        async def send() -> Response:
            return course.first() or await self._transport.send(course.attempt())

        return course.result(await attempts(send))

    async def close(self) -> None:
        """Close the transport within."""
        await self._transport.close()
