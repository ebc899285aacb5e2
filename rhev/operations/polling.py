"""Waiting, in polls that grow apart: each of them, and each pause, ends when the wait does."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeVar

from rhev import errors
from rhev.operations.steps import Pause, Steps, pauses, within

if TYPE_CHECKING:
    from rhev.operations.wire import Wire

T = TypeVar("T")

# What the last look may take on top, which is taken when the time is over: it is often the one
# that sees the end.
LAST_LOOK = 1.0


class Polling:
    """A wait of ``timeout`` seconds, or of any number where that is None."""

    def __init__(
        self, wire: Wire, timeout: float | None, interval: float, max_interval: float
    ) -> None:
        self._wire = wire
        self._seconds = math.inf if timeout is None else timeout
        self._clock = wire.clock
        self._deadline = self._clock.monotonic() + self._seconds
        self._pauses = pauses(interval, max_interval)

    @property
    def is_over(self) -> bool:
        """Whether the time is over."""
        return self._left() <= 0

    def _left(self) -> float:
        return self._deadline - self._clock.monotonic()

    def read(self, steps: Steps[T], *, last: str | None, seen: str) -> Steps[T]:
        """A read, which may take no longer than any operation, nor than what is left of the wait.

        Raises WaitTimeout, with the ``last`` status and what was ``seen``, where no answer came
        and there is no time for another such read. Any other error ends the wait as it is.
        """
        started = self._clock.monotonic()
        seconds = min(max(self._left(), LAST_LOOK), self._wire.limit)
        try:
            return (yield from within(steps, seconds, self._clock))
        except errors.Timeout as error:
            if self._left() > self._clock.monotonic() - started:
                raise
            silent = error
        raise errors.WaitTimeout(
            f"the engine did not answer within the {self._seconds:g} s of the wait ({seen}):"
            f" {silent}",
            last=last,
        )

    def pause(self) -> Steps[None]:
        """The pause before the next read."""
        yield Pause(min(next(self._pauses), max(0.0, self._left())))
