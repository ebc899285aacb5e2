"""The engine's time: a clock, and what is to happen when it has come so far.

There are no threads: whatever is due is done, in its order, before a request is looked at.
"""

from __future__ import annotations

import heapq
import itertools
import logging
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rhev.simulator.state.journal import note, undoing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_log = logging.getLogger(__name__)


class Timeline:
    """A clock that can be moved on, and what is due on it.

    ``clock`` gives seconds since the epoch; all durations are divided by ``speed``.
    """

    def __init__(self, clock: Callable[[], float], speed: float = 1.0) -> None:
        if speed <= 0:
            raise ValueError(f"speed is {speed!r}; it must be above 0, as in speed=0.1")
        self._clock = clock
        self._speed = speed
        self._ahead = 0.0
        # How often it was looked at: what was worked out meanwhile may be else at another time.
        self.looks: int = 0
        self._settling: float | None = None
        self._order = itertools.count()
        self._due: list[tuple[float, int, Callable[[], None]]] = []

    @property
    def now(self) -> float:
        """Seconds since the epoch."""
        self.looks += 1
        return self._clock() + self._ahead if self._settling is None else self._settling

    @property
    def date(self) -> datetime:
        """The same as a date, in the milliseconds that the wire has."""
        return datetime.fromtimestamp(round(self.now, 3), UTC)

    def advance(self, seconds: float) -> None:
        """Moves the clock on, without waiting."""
        self._ahead += seconds

    @contextmanager
    def by_hand(self) -> Iterator[None]:
        """Within it the clock is only moved on by hand, and all takes as long as it really does."""
        clock, speed, start = self._clock, self._speed, self._clock()
        self._clock, self._speed = lambda: start, 1.0
        try:
            yield
        finally:
            self._clock, self._speed = clock, speed

    def after(self, seconds: float, what: Callable[[], None]) -> None:
        """Has ``what`` done when so many seconds, divided by the speed, have passed."""
        self.at(self.time_of(seconds), what)

    def at(self, due: float, what: Callable[[], None]) -> None:
        """Has ``what`` done at a time, in seconds since the epoch."""
        entry = (due, next(self._order), what)
        heapq.heappush(self._due, entry)
        note(lambda: self._forget(entry))

    def _forget(self, entry: tuple[float, int, Callable[[], None]]) -> None:
        if entry in self._due:
            self._due.remove(entry)
            heapq.heapify(self._due)

    def time_of(self, seconds: float) -> float:
        """When so many seconds, divided by the speed, will have passed."""
        return self.now + seconds / self._speed

    @property
    def next(self) -> float | None:
        """When the next thing is due, in seconds since the epoch; None where nothing is."""
        return self._due[0][0] if self._due else None

    def settle(self) -> None:
        """Does everything that is due, each at its own time."""
        now = self.now
        try:
            while self._due and self._due[0][0] <= now:
                self._settling, _, what = heapq.heappop(self._due)
                try:
                    with undoing():
                        what()
                except Exception:  # nobody's request is to blame
                    _log.exception("what was due at %s failed, and is taken back", self.date)
        finally:
            self._settling = None
