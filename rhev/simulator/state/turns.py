"""Whose turn it is: one request is answered at a time, and a long read lets short ones go first.

What changes the state has its turn to itself, from the beginning to the end. A read that takes
its time gives way in between to whoever has had less of it, which as a rule is done at once. Where
that changed anything, what the read has seen so far belongs to a state that is no more: it is
:class:`Overtaken`, and begun again by who began it. It then *insists*, and lets only reads go
first. So what a read tells was true of all of it at one moment, no get waits for a listing, and no
change for more than one.

There is one turn rather than a lock for readers beside one for writers, because Python runs one
thread at a time: two listings side by side take as long as one after the other, each of them.
"""

from __future__ import annotations

import itertools
import threading
import time
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rhev.simulator.state.journal import moment

if TYPE_CHECKING:
    from collections.abc import Iterator

# For how long who goes on does so before it looks whether others wait, and how much who is short
# or not so short has had: in seconds of the processor, so that a busy machine changes nothing.
_SLICE = 0.001
_SHORT = 0.003
_MIDDLING = 0.015
_LONG = 2
# For how long at most none who is long goes on, in seconds: they come to an end, too.
_PATIENCE = 0.02


class Overtaken(BaseException):
    """Something changed while a read gave way: what it has seen so far is to be forgotten.

    It is none of the exceptions that an engine may answer as a failure.
    """


def _shut() -> threading.Lock:
    lock = threading.Lock()
    lock.acquire()
    return lock


@dataclass(eq=False, slots=True)
class Turn:
    """That of one request.

    ``seen`` is the moment of which it reads, once it does, ``had`` how much of the processor it
    has had, in seconds, and ``mark`` when it last went on by the clock of its thread.
    """

    reads: bool
    insists: bool
    order: int
    seen: object = None
    had: float = 0.0
    mark: float = 0.0
    go: threading.Lock = field(default_factory=_shut)

    @property
    def length(self) -> int:
        """How long it has turned out to be so far: the longer it is, the later it goes on."""
        if self.insists or self.had > _MIDDLING:
            return _LONG
        return 1 if self.had > _SHORT else 0


class Turns:
    """The turns of those who ask one engine, from whichever threads."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._order = itertools.count()
        self._has: Turn | None = None
        self._waiting: list[Turn] = []
        # When one that is long last went on.
        self._went_on = 0.0

    @property
    def is_held(self) -> bool:
        """Whether nothing may change, because a read insists that it goes on where it was."""
        return any(turn.insists and turn.seen is not None for turn in self._waiting)

    @contextmanager
    def turn(self, *, reads: bool = False, insists: bool = False) -> Iterator[None]:
        """Waits for a turn, and has it. Whoever has one already goes on with that."""
        if (own := _own.get()) is not None and own[0] is self:
            yield
            return
        turn = Turn(reads, insists, next(self._order))
        with self._mutex:
            self._waiting.append(turn)
            if self._has is None:
                self._pass_on()
        self._wait(turn)
        token = _own.set((self, turn))
        try:
            yield
        finally:
            _own.reset(token)
            with self._mutex:
                self._pass_on()

    def give_way(self, turn: Turn) -> None:
        """Lets those go first who are to. Raises Overtaken if they changed anything."""
        if not self._waiting or (now := time.thread_time()) - turn.mark < _SLICE:
            return
        turn.had += now - turn.mark
        with self._mutex:
            self._waiting.append(turn)
            self._pass_on()
        self._wait(turn)
        if not turn.insists and moment() is not turn.seen:
            raise Overtaken

    def _wait(self, turn: Turn) -> None:
        try:
            turn.go.acquire()
        except BaseException:  # an interrupt: it goes on no more
            with self._mutex:
                if self._has is turn:
                    self._pass_on()
                else:
                    self._waiting.remove(turn)
            raise
        turn.mark = time.thread_time()

    def _pass_on(self) -> None:
        """Says who has the turn next: of those who have been shortest the first, as a rule."""
        is_held, now = self.is_held, time.monotonic()
        possible = [turn for turn in self._waiting if turn.reads or not is_held]
        long = [turn for turn in possible if turn.length == _LONG]
        if not long or (self._has is not None and self._has.length == _LONG):
            self._went_on = now
        if long and now - self._went_on > _PATIENCE:
            possible = long
        self._has = min(possible, key=lambda turn: (turn.length, turn.order), default=None)
        if self._has is not None:
            self._waiting.remove(self._has)
            self._has.go.release()


# The turn that is had in this thread, and of which turns it is one.
_own: ContextVar[tuple[Turns, Turn] | None] = ContextVar("own", default=None)


@contextmanager
def in_slices() -> Iterator[None]:
    """Within it a read gives way: what it sees is all of the moment at which it begins."""
    own = _own.get()
    if own is None:
        yield
        return
    own[1].seen = moment()
    try:
        yield
    finally:
        own[1].seen = None


def give_way() -> None:
    """Lets others go first, where a long read can be left as it is; any loop of one says so."""
    own = _own.get()
    if own is not None and own[1].seen is not None:
        own[0].give_way(own[1])
