"""The connections to an engine that are kept open, and the turns to have one."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable


class Line(Protocol):
    """A connection, which one exchange at a time has for itself."""

    @property
    def is_free(self) -> bool:
        """Whether the last exchange over it came to its end, and left it open."""
        ...

    @property
    def has_expired(self) -> bool:
        """Whether it was idle for too long, or the other side has closed it meanwhile."""
        ...

    def close(self) -> None:
        """Close it, whatever it is doing."""
        ...


L = TypeVar("L", bound=Line)
T = TypeVar("T")


class Pool(Generic[L, T]):
    """The lines that are idle, of which the one used last is taken first.

    ``turns`` is a semaphore of as many as there may be lines. Whoever has a turn has the line
    that it takes: nobody else closes that one, or gives it to another, before it is given back.
    """

    def __init__(self, turns: T, make: Callable[[], L]) -> None:
        self.turns = turns
        self._make = make
        self._lock = threading.Lock()
        self._idle: list[L] = []

    def take(self) -> L:
        """A line that is open, or a new one."""
        while True:
            with self._lock:
                line = self._idle.pop() if self._idle else None
            if line is None:
                return self._make()
            if not line.has_expired:
                return line
            line.close()

    def give(self, line: L) -> None:
        """Give a line back. It is closed where its exchange did not come to its end."""
        if not line.is_free:
            line.close()
            return
        with self._lock:
            self._idle.append(line)
            oldest = self._idle[0]
            ended = oldest is not line and oldest.has_expired
            if ended:
                del self._idle[0]
        if ended:
            oldest.close()

    def close(self) -> None:
        """Close every line that is idle."""
        with self._lock:
            idle, self._idle = self._idle, []
        for line in idle:
            line.close()
