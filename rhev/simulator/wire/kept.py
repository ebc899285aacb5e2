"""Answers that are given again, while nothing has changed of which they could tell.

What a user may see is looked at for each request all the same. An answer is none to keep if the
clock was looked at for it, or if something changed meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.simulator.state.journal import moment
from rhev.transport.base import Response

if TYPE_CHECKING:
    from collections.abc import Callable

    from rhev.simulator.state.timeline import Timeline
    from rhev.simulator.wire.exchange import Asked
    from rhev.simulator.wire.media import Media

# How many are kept: of machines they are some ten kilobytes each.
_MOST = 1024


class Kept:
    """The answers to reads of single resources since anything has changed last."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._moment: object = None
        self._answers: dict[tuple[object, ...], Response] = {}

    def answer(self, asked: Asked, representation: Media, work: Callable[[], Response]) -> Response:
        """The answer to a request, which ``work`` makes where none is kept."""
        now = moment()
        if self._moment is not now or len(self._answers) >= _MOST:
            self._moment, self._answers = now, {}
        key = (asked.request.method, asked.path, asked.versioned, representation.content_type)
        found = self._answers.get(key)
        if found is not None:
            headers = {**found.headers, "correlation-id": asked.correlation_id}
            return Response(found.status, headers, found.content)
        looks = self._timeline.looks
        made = work()
        if self._timeline.looks == looks and self._moment is moment():
            self._answers[key] = made
        return made
