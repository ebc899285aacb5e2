"""What an operation asks of the connection that drives it."""

from __future__ import annotations

import time
from collections.abc import Generator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from rhev import errors
from rhev.transport.base import Request, Response

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pause:
    """A wait of so many seconds, which is over by ``deadline`` as a request is."""

    seconds: float
    deadline: float | None = None


Steps: TypeAlias = Generator[Request | Pause, Response | None, T]


def exchange(request: Request) -> Steps[Response]:
    """One request and its response."""
    response = yield request
    if response is None:
        raise TypeError("a request was answered with nothing")
    return response


def within(steps: Steps[T], seconds: float) -> Steps[T]:
    """The steps, which end within so many seconds, whatever they wait for.

    What has a deadline of its own, as all that is asked in a wait, keeps it. For what there is no
    time any more they are thrown a Timeout, as they are what went wrong with a request.
    """
    deadline = time.monotonic() + seconds
    try:
        asked = next(steps)
        while True:
            try:
                if asked.deadline is None:
                    _check(asked, deadline, seconds)
                    asked = replace(asked, deadline=deadline)
                answer = yield asked
            except Exception as error:
                asked = steps.throw(error)
            else:
                asked = steps.send(answer)
    except StopIteration as stop:
        result: T = stop.value
        return result


def _check(asked: Request | Pause, deadline: float, seconds: float) -> None:
    """Raises Timeout for what would begin, or of a pause end, after the deadline."""
    left = deadline - time.monotonic()
    if isinstance(asked, Request):
        if left <= 0:
            raise errors.Timeout(
                f"the {seconds:g} s that the operation may take were over before this was sent:"
                " see timeout=",
                errors.Exchange(asked.method, asked.url),
                delivered=False,
            )
    elif asked.seconds > left:
        raise errors.Timeout(
            f"a pause of {asked.seconds:.3g} s is longer than what is left of the {seconds:g} s"
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
