"""A clock that stands still until it is moved on."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


class ManualClock:
    """Seconds since the epoch, which only pass when they are said to.

    It begins at ``at``, a date with its zone. Of an engine that goes by it nothing happens until
    :meth:`advance`; a connection within the process goes by it as well: what it would wait for
    passes at once, and its time-outs are in these seconds. Several engines may share one.
    """

    def __init__(self, at: datetime = BEGINNING) -> None:
        if at.tzinfo is None:
            raise ValueError(f"at= is a date with its zone, as in {BEGINNING!r}, not {at!r}")
        self._seconds = at.timestamp()
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"<ManualClock at {self.now.isoformat()}>"

    def __call__(self) -> float:
        return self._seconds

    @property
    def now(self) -> datetime:
        """The date that it stands at, in UTC."""
        return datetime.fromtimestamp(self._seconds, UTC)

    def advance(self, seconds: float) -> None:
        """Moves it on. Raises ValueError for a negative number: it never goes back."""
        if seconds < 0:
            raise ValueError(f"a clock moves on by 0 seconds or more, not by {seconds!r}")
        with self._lock:
            self._seconds += seconds

    def monotonic(self) -> float:
        """The same as a call: what a connection measures its times with."""
        return self._seconds

    def sleep(self, seconds: float, /) -> None:
        """The same as :meth:`advance`: what a connection pauses by."""
        self.advance(max(0.0, seconds))
