"""What an operation asks of the connection that drives it."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from rhev import errors
from rhev.transport.base import SYSTEM_CLOCK, Clock, Request, Response, until

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")
D = TypeVar("D")


@dataclass(frozen=True, slots=True)
class Pause:
    """A wait of so many seconds.

    What an operation waits before it looks again is time of its own. Where it ``counts``, it is of
    the time that the operation may take, as a pause between two attempts is.
    """

    seconds: float
    counts: bool = False


Steps: TypeAlias = Generator[Request | Pause, Response | None, T]


def exchange(request: Request) -> Steps[Response]:
    """One request and its response."""
    response = yield request
    if response is None:
        raise TypeError("a request was answered with nothing")
    return response


def found_or(steps: Steps[T], default: D) -> Steps[T | D]:
    """What the steps find, or the default where there is no such thing: which is no error then."""
    try:
        return (yield from steps)
    except errors.NotFound:
        return default


def within(steps: Steps[T], seconds: float, clock: Clock = SYSTEM_CLOCK) -> Steps[T]:
    """The steps, which end within so many seconds, whatever they wait for.

    Pauses that do not count are on top, and a request that has a deadline of its own, as in a wait,
    keeps it. For what there is no time any more they are thrown a Timeout, as they are what went
    wrong with a request.
    """
    deadline = clock.monotonic() + seconds
    try:
        asked = next(steps)
        while True:
            try:
                if isinstance(asked, Request):
                    if asked.deadline is None:
                        _check(asked, deadline, seconds, clock)
                        asked = until(asked, deadline)
                    answer = yield asked
                elif asked.counts:
                    _check_pause(asked, deadline, seconds, clock)
                    answer = yield asked
                else:
                    paused = clock.monotonic()
                    answer = yield asked
                    deadline += clock.monotonic() - paused
            except Exception as error:
                asked = steps.throw(error)
            else:
                asked = steps.send(answer)
    except StopIteration as stop:
        result: T = stop.value
        return result


def _check(request: Request, deadline: float, seconds: float, clock: Clock) -> None:
    """Raises Timeout for a request that would be sent after the deadline."""
    if clock.monotonic() >= deadline:
        raise errors.Timeout(
            f"the {seconds:g} s that the operation may take were over before this was sent: see"
            " timeout=",
            errors.Exchange(request.method, request.url),
            delivered=False,
        )


def _check_pause(pause: Pause, deadline: float, seconds: float, clock: Clock) -> None:
    """Raises Timeout for a pause that would end after the deadline."""
    if clock.monotonic() + pause.seconds > deadline:
        raise errors.Timeout(
            f"a pause of {pause.seconds:.3g} s is longer than what is left of the {seconds:g} s"
            " that the operation may take: see timeout=",
            delivered=False,
        )


def pauses(first: float, longest: float) -> Iterator[float]:
    """Seconds between one look and the next, without end.

    They grow with what was waited so far, to a quarter of it, so that what takes long is asked for
    seldom, and an end is never noticed more than a quarter late.
    """
    waited = 0.0
    while True:
        pause = min(max(first, waited / 4), max(first, longest))
        yield pause
        waited += pause
