"""The turns of threads to have a connection, of which Ctrl-C loses none.

An interrupt comes between any two steps of Python, so also where a semaphore of Python's has been
acquired and nobody knows it yet, or within its lock. So a turn is an object, in a queue of C's.
Whoever has taken it and can no longer give it back drops it, and then it is there again.
"""

from __future__ import annotations

from queue import Empty, SimpleQueue
from weakref import ref


class Turn:
    """What a thread has while it has a connection."""

    def __init__(self, free: SimpleQueue[Turn]) -> None:
        self._free = ref(free)

    def __del__(self) -> None:
        free = self._free()
        if free is not None:  # there are still those who want turns
            free.put(Turn(free))


class Turns:
    """As many turns as there may be connections."""

    def __init__(self, number: int) -> None:
        self._free: SimpleQueue[Turn] = SimpleQueue()
        for _ in range(number):
            self._free.put(Turn(self._free))

    def take(self, seconds: float) -> Turn:
        """Wait for a turn. Raises TimeoutError when there is none for so many seconds."""
        try:
            return self._free.get(timeout=seconds)
        except Empty:
            raise TimeoutError from None

    def give(self, turn: Turn) -> None:
        """Give a turn back."""
        self._free.put(turn)
