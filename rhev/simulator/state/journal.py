"""How what a request has changed is undone where it ends in a refusal or an error.

Whatever changes the state notes how to take the change back; nothing is noted outside of
:func:`undoing`, so that it costs next to nothing there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")
Undo = Callable[[], object]
_noted: ContextVar[list[Undo] | None] = ContextVar("noted", default=None)


def note(undo: Undo) -> None:
    """Has ``undo`` called, the last one first, if what is under way does not succeed."""
    noted = _noted.get()
    if noted is not None:
        noted.append(undo)


def restore(changed: dict[str, T]) -> None:
    """Notes what a dictionary holds, before it is changed."""
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
