"""The engine's log: events by their numbers, of which a million take up next to nothing."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Sequence
from typing import Any, overload

from rhev.simulator.state.store import Record
from rhev.simulator.state.values import make

Made = Callable[[int], Record]


class Chronicle(dict[str, Record]):
    """Events by their ids. What is only counted is made up when it is asked for.

    ``record`` makes a record of a model, which is not kept.
    """

    def __init__(self, record: Callable[[Any], Record]) -> None:
        super().__init__()
        self._record = record
        self._numbers = array("q")
        self._last = 0

    def next(self) -> int:
        """The number of an event to come."""
        self._last += 1
        return self._last

    def count(self, events: int) -> None:
        """Adds so many events."""
        self._numbers.extend(range(self._last + 1, self._last + 1 + events))
        self._last += events

    @property
    def counted(self) -> list[tuple[int, int]]:
        """What was only counted, as the first and the last number of each run."""
        runs: list[tuple[int, int]] = []
        for number in self._numbers:
            if str(number) in self:
                continue
            if runs and runs[-1][1] == number - 1:
                runs[-1] = (runs[-1][0], number)
            else:
                runs.append((number, number))
        return runs

    @property
    def last(self) -> int:
        """The number that was given out last."""
        return self._last

    def go_on(self, runs: Iterable[Sequence[int]], last: int) -> None:
        """Adds what was only counted, and goes on from a number."""
        for first, end in runs:
            self._numbers.extend(range(first, end + 1))
        self._numbers = array("q", sorted(self._numbers))
        self._last = last

    def newest(self, after: int) -> Newest:
        """The events with a greater number, the greatest first."""
        start = bisect_right(self._numbers, after)
        return Newest(lambda index: self.at(self._numbers[index]), len(self._numbers), start)

    def at(self, number: int) -> Record:
        """The event of a number that was given out."""
        return super().get(str(number)) or self._record(_counted(number))

    def get(self, key: str, default: Any = None) -> Any:
        """The event of an id, if there is one."""
        return self.at(int(key)) if self._holds(key) else default

    def __setitem__(self, key: str, record: Record) -> None:
        super().__setitem__(key, record)
        insort(self._numbers, int(key))

    def pop(self, key: str, *default: Any) -> Any:
        """Takes an event away."""
        if self._holds(key):
            del self._numbers[bisect_left(self._numbers, int(key))]
        return super().pop(key, *default)

    def _holds(self, key: str) -> bool:
        if not (key.isascii() and key.isdigit()):
            return False
        index = bisect_left(self._numbers, int(key))
        return index < len(self._numbers) and self._numbers[index] == int(key)


class Newest(Sequence[Record]):
    """A view that is made up where it is looked at: the last first, down to a start."""

    def __init__(self, at: Made, end: int, start: int) -> None:
        self._at = at
        self._end = end
        self._start = start

    def __len__(self) -> int:
        return self._end - self._start

    @overload
    def __getitem__(self, index: int) -> Record: ...

    @overload
    def __getitem__(self, index: slice) -> list[Record]: ...

    def __getitem__(self, index: int | slice) -> Record | list[Record]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        if not 0 <= index < len(self):
            raise IndexError(index)
        return self._at(self._end - 1 - index)


def _counted(number: int) -> Any:
    return make(
        "Event",
        {
            "id": str(number),
            "index": str(number),
            "code": "9999",
            "custom_id": str(number),
            "description": f"Event {number} of those that were counted.",
            "flood_rate": "0",
            "origin": "count",
            "severity": "warning" if number % 10 == 0 else "normal",
            "time": 1_700_000_000_000 + number,
        },
    )
