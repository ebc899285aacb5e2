"""Following events: one look after another at what has come, through whatever comes between.

What an engine does, and all of this is built on. Ids are given out in a growing order, and a list
has the greatest first; nothing sorts it the other way. ``from`` leaves out what is not greater,
and ``page`` counts from the greatest, so that all pages move as events come. An id is given out
just before its event can be read: an event may appear beside one with a greater id.
"""

from __future__ import annotations

import logging
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from rhev import errors
from rhev import search as language
from rhev.mapping.catalogue import model
from rhev.mapping.explain import described
from rhev.mapping.resources import BaseResource
from rhev.operations import locate
from rhev.operations.arguments import check_origin, check_polling
from rhev.operations.polling import LAST_LOOK
from rhev.operations.search import with_page
from rhev.operations.steps import Pause, Steps, pauses, within

if TYPE_CHECKING:
    from rhev.models.activity import Event, Events
    from rhev.operations.wire import Wire

_log = logging.getLogger(__name__)

# The events of a page: what is held at a time.
_PAGE = 500
# How long after an event one with a smaller id may still appear, and how many ids before it.
_SETTLING = 10.0
_LOOK_BACK = 200
# How often the oldest of a backlog is looked for, until the engine is taken to have no pages.
_PROBES = 100


class _Found(NamedTuple):
    """Events in their order, and whether there may be more that are older."""

    events: list[Event]
    is_full: bool


class Follower:
    """What is known of the events that were followed so far: a few hundred ids at most.

    A connection calls :meth:`begin`, then :meth:`look` until it :attr:`is_over`; what that raises
    it gives to :meth:`outlast`, after which it may look again.
    """

    def __init__(
        self,
        wire: Wire,
        after: Event | str | int | None,
        search: str | None,
        *,
        interval: float = 1,
        max_interval: float = 10,
        timeout: float | None = None,
        patience: float | None = 600,
    ) -> None:
        check_polling("follow_events", timeout, interval, max_interval, None)
        _check_patience(patience)
        self._wire = wire
        self._clock = wire.clock
        self._after = _mark(wire, after)
        self._query = _checked(wire, search)
        self._interval = interval, max_interval
        self._patience = patience
        self._deadline = None if timeout is None else self._clock.monotonic() + timeout
        self.is_over: bool = False
        self._href = ""
        # The greatest id that came, with the time that its event had, if that is known.
        self._newest = self._after or 0
        self._time = getattr(after, "time", None)
        # Up to this id everything came; of what is above it, the ids that did.
        self._settled = self._newest
        self._seen: set[int] = set()
        self._moments: deque[tuple[float, int]] = deque()
        # How many are thought to be waiting beyond what came, if it was more than a page.
        self._left = 0
        self._has_pages = True
        self._waits = pauses(interval, max_interval)
        self._is_first = True
        self._lost_since: float | None = None

    def begin(self) -> Steps[None]:
        """Learns where "from now on" is, or whether there is what is to be followed on from."""
        self._href = (yield from locate.collection(self._wire, "events", None)).href
        if self._after is None:
            started = self._clock.monotonic()
            found = yield from self._read(0, 1, _LOOK_BACK)
            self._keep(found.events, started)
        else:
            yield from self._read(self._newest, 1, 1)
            yield from self._check_history()

    def look(self) -> Steps[list[Event]]:
        """What has come since the last look, in its order."""
        yield from self._rest()
        started = self._clock.monotonic()
        is_last = self._deadline is not None and started >= self._deadline
        found = yield from within(self._found(), self._limit(started), self._clock)
        if self._lost_since is not None:
            _log.info("following events again, after %.1f s", started - self._lost_since)
            self._lost_since = None
        new = [event for event in found if _id(event) not in self._seen]
        self._keep(new, started)
        if new:
            self._waits = pauses(*self._interval)
        self.is_over = is_last and not self._left
        self._is_first = False
        return new

    def _found(self) -> Steps[list[Event]]:
        if self._lost_since is not None:
            yield from self._check_history()
        return (yield from self._oldest())

    def _limit(self, now: float) -> float:
        """The seconds that a look may take: no more than any operation, nor than is left."""
        if self._deadline is None:
            return self._wire.limit
        return min(max(self._deadline - now, LAST_LOOK), self._wire.limit)

    def outlast(self, error: errors.Error) -> Steps[None]:
        """Waits for what will pass. Raises the error where it will not, or did not in time."""
        now = self._clock.monotonic()
        if not _passes(error):
            raise error
        if self._lost_since is None:
            self._lost_since = now
            self._waits = pauses(*self._interval)
        if self._patience is not None and now - self._lost_since >= self._patience:
            error.add_note(f"The events could not be followed for {now - self._lost_since:.0f} s.")
            raise error
        if self._deadline is not None and now >= self._deadline:
            raise error
        pause = self._cut(next(self._waits))
        _log.info("events cannot be followed now; trying again in %.1f s: %s", pause, error)
        yield Pause(pause)

    def _rest(self) -> Steps[None]:
        if not (self._is_first or self._left or self._lost_since is not None):
            yield Pause(self._cut(next(self._waits)))

    def _cut(self, pause: float) -> float:
        if self._deadline is None:
            return pause
        return max(0.0, min(pause, self._deadline - self._clock.monotonic()))

    def _keep(self, new: list[Event], started: float) -> None:
        """Notes what came by a look that started then, and forgets what is settled by it."""
        if new:
            ids = [_id(event) for event in new]
            self._seen.update(ids)
            if ids[-1] > self._newest:
                self._newest, self._time = ids[-1], new[-1].time
                self._moments.append((started, self._newest))
        settled = max(self._settled, self._newest - _LOOK_BACK)
        while self._moments and (
            self._moments[0][0] <= started - _SETTLING or self._moments[0][1] <= settled
        ):
            settled = max(settled, self._moments.popleft()[1])
        if settled > self._settled:
            self._settled = settled
            self._seen = {id_ for id_ in self._seen if id_ > settled}

    def _oldest(self) -> Steps[list[Event]]:
        """The oldest of what waits, with nothing left out before or between.

        Only a page that is not full says so: it is the last, whatever has moved the pages since.
        So of a backlog one is looked for that is not, with what comes meanwhile let fit in too.
        """
        after = self._newest if self._left else self._settled
        low, guess = 0, self._left
        high: int | None = None
        for _ in range(_PROBES if self._has_pages else 0):
            size, page = _last_page(guess)
            found = yield from self._read(after, page, size)
            before = (page - 1) * size
            if not found.is_full and (found.events or page == 1):
                self._left = before
                return found.events
            if found.is_full:
                low = before + size
                if page == 1 and high is None:
                    high = guess = _id(found.events[-1]) - after  # no id is given out twice
                    continue
            else:
                high = before
            if high is not None and low >= high:
                if page == 2:
                    break  # of more than one page there is no second
                low, high = 0, None
            guess = low + size if high is None else (low + high + 1) // 2
        self._has_pages = False
        return (yield from self._all(after))

    def _all(self, after: int) -> Steps[list[Event]]:
        """All that waits, from an engine that has no pages: to ordinary users it gives none."""
        size = _PAGE
        while (found := (yield from self._read(after, 1, size))).is_full:
            size *= 2
        self._left = 0
        return found.events

    def _read(self, after: int, page: int, size: int) -> Steps[_Found]:
        """The events of a page that have a greater id."""
        cls: type[Events] = model("Events")
        parameters = {
            "search": with_page(self._query, page),
            "max": size,
            "from_": after or None,
        }
        events = yield from self._wire.call("GET", self._href, cls, parameters=parameters)
        later = sorted((event for event in events if _id(event) > after), key=_id)
        return _Found(later, len(later) >= size)

    def _check_history(self) -> Steps[None]:
        """Raises HistoryLost where an engine has gone back behind what came from it.

        Having been restored from a backup, it gives out ids a second time. An event that is gone
        says nothing by itself: it was removed, or became too old.
        """
        if not self._newest:
            return
        cls: type[Event] = model("Event")
        try:
            event = yield from self._wire.call("GET", f"{self._href}/{self._newest}", cls)
        except errors.NotFound:
            newest = yield from self._head()
            if newest is None or newest >= self._newest:
                return
        else:
            newest = _id(event)
            if self._time in (None, event.time):
                return
        raise errors.HistoryLost(
            f"the engine no longer has the event {self._newest} that was followed, and its newest"
            f" is {newest}: it was restored from a backup, or is another one. Read what it has,"
            " and follow on from there",
            after=self._newest,
            newest=newest,
        )

    def _head(self) -> Steps[int | None]:
        cls: type[Events] = model("Events")
        events = yield from self._wire.call("GET", self._href, cls, parameters={"max": 1})
        return max(map(_id, events), default=None)


def _last_page(total: int) -> tuple[int, int]:
    """The size and the number of the page that ends so many events, and leaves room for more."""
    room = _PAGE // 10
    if total <= _PAGE - room:
        return _PAGE, 1
    sizes = range(_PAGE, _PAGE // 2, -1)
    size = max(sizes, key=lambda size: rest if (rest := total % size) <= size - room else 0)
    return size, total // size + 1


def _id(event: Event) -> int:
    id_ = event.id or ""
    if not (id_.isascii() and id_.isdigit()):
        raise errors.ResponseError(f"an event has the id {event.id!r}, where a number is expected")
    return int(id_)


def _mark(wire: Wire, after: object) -> int | None:
    """The id of what is to be followed on from; None for from now on."""
    if after is None:
        return None
    if isinstance(after, BaseResource) and after.__api_name__ == "Event":
        check_origin(wire, after)
        after = vars(after).get("id")
    if isinstance(after, bool) or not isinstance(after, (int, str)):
        raise TypeError(f"follow_events(): after= is an event or its id, not {described(after)}")
    text = str(after)
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"follow_events(): after= is an event or its id, a number, not {after!r}")
    return int(text)


def _checked(wire: Wire, search: object) -> str | None:
    if search is None:
        return None
    if not isinstance(search, str):
        raise TypeError(
            f"follow_events(): search= is a text in the engine's language, not {described(search)}"
        )
    query = language.check("Event", search) if wire.check else search
    try:
        parsed = language.parse(language.entity("Event"), query)
    except language.Unreadable:  # which is the user's own affair, without check
        return query
    if parsed.sort_by is not None or parsed.page is not None:
        raise ValueError(
            "follow_events(): events come in their order, page by page: leave sortby and page out"
        )
    return query or None


def _check_patience(patience: object) -> None:
    if patience is None:
        return
    if isinstance(patience, bool) or not isinstance(patience, (int, float)):
        raise TypeError(f"follow_events(): patience= is in seconds, not {described(patience)}")
    if not patience >= 0:
        raise ValueError(
            f"follow_events(): patience= is a number of seconds, 0 or more, not {patience}"
        )


def _passes(error: errors.Error) -> bool:
    """Whether an error is one of an engine that restarts, or of the way to it.

    While an engine starts, a web server answers in its place: with a 404, a 503, a page.
    """
    if isinstance(error, (errors.Unauthorized, errors.Forbidden)):
        return False
    if isinstance(error, errors.Fault):
        status = error.status or 0
        return status >= 500 or status in (404, 408, 429)
    return isinstance(error, (errors.ConnectionError, errors.ResponseError))
