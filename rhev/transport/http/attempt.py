"""One exchange under way: how long it may take, and how far it has come."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rhev.transport.base import Request

LONGEST_CONNECT = 10.0


class Stage(Enum):
    """How far a request has come."""

    WAITING = "for a free connection of the pool"
    CONNECTING = "to the engine, or to a proxy before it"
    SENT = "in part or as a whole: it may have been received"


@dataclass(slots=True)
class Attempt:
    """A request's exchange, of which each silence may take ``silence`` seconds.

    ``end`` is the moment of :func:`time.monotonic` at which all has to be there, ``seconds`` after
    it began.
    """

    request: Request
    silence: float
    end: float = math.inf
    seconds: float = math.inf
    stage: Stage = Stage.WAITING

    def left(self) -> float:
        """The seconds that the next wait may take. Raises TimeoutError where none are left."""
        most = self.silence
        if self.stage is Stage.CONNECTING and most > LONGEST_CONNECT:
            most = LONGEST_CONNECT
        seconds = min(most, self.end - time.monotonic())
        if seconds <= 0:
            raise TimeoutError
        return seconds

    def whole(self) -> float:
        """The seconds that are left for all of it."""
        return self.end - time.monotonic()

    def of(self, request: Request) -> Attempt:
        """The exchange of another request, in what time is left of this one's."""
        return Attempt(request, self.silence, self.end, self.seconds)

    @property
    def is_over(self) -> bool:
        """Whether the whole took too long, not a silence within it."""
        return time.monotonic() >= self.end
