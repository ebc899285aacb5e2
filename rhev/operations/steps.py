"""What an operation asks of the connection that drives it."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from rhev.transport.base import Request, Response

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pause:
    """A wait of so many seconds."""

    seconds: float


Steps: TypeAlias = Generator[Request | Pause, Response | None, T]


def exchange(request: Request) -> Steps[Response]:
    """One request and its response."""
    response = yield request
    if response is None:
        raise TypeError("a request was answered with nothing")
    return response


def pauses(first: float, longest: float) -> Iterator[float]:
    """Seconds between one look and the next, without end.

    They grow with what was waited so far, to a quarter of it, so that what takes long is asked for
    seldom, and an end is never noticed more than a quarter late.
    """
    waited = 0.0
    while True:
        pause = min(max(first, waited / 4), max(first, longest))
        yield pause
        waited += pause
