"""How what a request has changed is undone where it ends in a refusal or an error.

Whatever changes the state notes how to take the change back; nothing is noted outside of
:func:`undoing`, so that it costs next to nothing there. On the same way it is marked what was
changed: what was worked out of something is right until it is of another :func:`moment`.
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
_moments: dict[object, object] = {}


def moment() -> object:
    """What is another object after every change, of whichever engine of this process."""
    return _moment


def moment_of(*what: object) -> tuple[object, ...]:
    """What is another after every change of any of these.

    They are types, for which resources there are, and pairs of a type and an attribute, or None
    for any of them.
    """
    return tuple(map(_moments.get, what))


def mark_changed(*what: object) -> None:
    """Says that these have changed, or that anything may have."""
    global _moment
    _moment = object()
    for each in what:
        _moments[each] = object()


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


def restore(changed: dict[str, T], *what: object) -> None:
    """Notes what a dictionary holds, before it is changed, and that ``what`` is so."""
    if _reads.get():
        return
    mark_changed(*what)
    if _noted.get() is not None:
        before = dict(changed)

        def back() -> None:
            changed.clear()
            changed.update(before)
            mark_changed(*what)

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
