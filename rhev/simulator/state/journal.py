"""How what a request has changed is undone where it ends in a refusal or an error.

Whatever changes the state notes how to take the change back; nothing is noted outside of
:func:`undoing`, so that it costs next to nothing there. By the same way it is known whether
anything has changed: what was worked out at one :func:`moment` is right until there is another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")
Undo = Callable[[], object]
_noted: ContextVar[list[Undo] | None] = ContextVar("noted", default=None)
_reads: ContextVar[bool] = ContextVar("reads", default=False)
_moment: object = object()


def moment() -> object:
    """What is another object after every change, of whichever engine of this process."""
    return _moment


def mark_changed() -> None:
    """Says that something has changed, or may have."""
    global _moment
    _moment = object()


@contextmanager
def reading() -> Iterator[None]:
    """Within it nothing of the state changes, but copies that are made to be shown."""
    token = _reads.set(True)
    try:
        yield
    finally:
        _reads.reset(token)


def is_undoable() -> bool:
    """Whether what is changed now may have to be taken back."""
    return _noted.get() is not None


def note(undo: Undo) -> None:
    """Has ``undo`` called, the last one first, if what is under way does not succeed."""
    mark_changed()
    noted = _noted.get()
    if noted is not None:
        noted.append(undo)


def restore(changed: dict[str, T]) -> None:
    """Notes what a dictionary holds, before it is changed."""
    if _reads.get():
        return
    mark_changed()
    if _noted.get() is not None:
        before = dict(changed)

        def back() -> None:
            changed.clear()
            changed.update(before)

        note(back)


@contextmanager
def undoing() -> Iterator[None]:
    """Takes back what was changed within, if an exception leaves it."""
    outer = _noted.get()
    noted: list[Undo] = []
    token = _noted.set(noted)
    try:
        yield
    except BaseException:
        for undo in reversed(noted):
            undo()
        raise
    else:
        if outer is not None:
            outer.extend(noted)
    finally:
        _noted.reset(token)
        mark_changed()
