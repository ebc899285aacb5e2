"""What is not shared: each process has its own, and each event loop.

A child that was forked has the sockets of its parent, the same ones, and locks that threads held
which it does not have. Whoever holds such things is renewed there, before anything else runs.
"""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar
from weakref import WeakSet

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from collections.abc import Callable

T = TypeVar("T")


class Owner(Protocol):
    """Something that holds what belongs to one process."""

    def renew(self) -> object:
        """Begin anew, without sockets and locks. Returns what was held, which is then kept."""
        ...


_owners: WeakSet[Owner] = WeakSet()
# What a child has inherited is its parent's: it is neither used nor, by being collected, ended.
_inherited: list[object] = []


def renewed_in_children(owner: Owner) -> None:
    """Have an owner renewed in every process that is forked from this one."""
    _owners.add(owner)


def _forked() -> None:
    for owner in list(_owners):
        _inherited.append(owner.renew())


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forked)


class Use(Generic[T]):
    """A value, and how many use it. ``lock`` is there for those who change the value."""

    def __init__(self, value: T) -> None:
        self.value = value
        self.lock: threading.Lock = threading.Lock()
        self.users = 0
        self.threads: set[int] = set()
        self.closed = False

    @property
    def over(self) -> bool:
        """Whether it was closed, and nobody uses it any more."""
        return self.closed and not self.users and not self.threads


class Shared(Generic[T]):
    """A value that some use while others close it: it is over with the last that uses it.

    Once it is closed the next one gets a new value.
    """

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._current = Use(make())

    @property
    def value(self) -> T:
        """The value that the next one would use, to look at."""
        return self._current.value

    def enter(self) -> Use[T]:
        """Begin to use the value."""
        with self._lock:
            self._current.users += 1
            return self._current

    def leave(self, use: Use[T]) -> bool:
        """Stop using it. Returns whether the caller is to end it, being the last."""
        with self._lock:
            use.users -= 1
            return use.over

    def close(self) -> Use[T] | None:
        """Close the value, and return it if the caller is to end it, as nobody uses it."""
        with self._lock:
            use, self._current = self._current, Use(self._make())
            use.closed = True
            return use if use.over else None


class SharedByThreads(Shared[T]):
    """The same for threads, of which each uses the value once at a time.

    So a use that Ctrl-C kept from being left is taken up by the next of that thread, and ends with
    it, or with a close by that thread.
    """

    def enter(self) -> Use[T]:
        """Begin to use the value, in this thread."""
        with self._lock:
            self._current.threads.add(threading.get_ident())
            return self._current

    def leave(self, use: Use[T]) -> bool:
        """Stop using it. Returns whether the caller is to end it, being the last."""
        with self._lock:
            use.threads.discard(threading.get_ident())
            return use.over

    def close(self) -> Use[T] | None:
        """Close the value, and return it if the caller is to end it, as nobody else uses it."""
        with self._lock:
            use, self._current = self._current, Use(self._make())
            use.closed = True
            use.threads.discard(threading.get_ident())
            return use if use.over else None


class PerLoop(Generic[T]):
    """A value for each event loop, made when it is first asked for there."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._values: dict[AbstractEventLoop, T] = {}

    def get(self) -> T:
        """The value of the loop that is running. Those of loops that were closed are dropped."""
        import asyncio  # which takes as long to load as all else here

        loop = asyncio.get_running_loop()
        value = self._values.get(loop)
        if value is None:
            value = self._make()
            with self._lock:  # the loops of other threads come and go
                open_ = {other: its for other, its in self._values.items() if not other.is_closed()}
                self._values = {**open_, loop: value}
        return value
