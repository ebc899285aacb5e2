"""What an operation asks of the connection that drives it."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from rhev.transport.base import Request, Response

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
