"""Gathering an estate: all parts of it, a few pages at a time, in one pass."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING

from rhev import search
from rhev.codecs import json
from rhev.inventory.cleaning import cleaned
from rhev.inventory.entries import Entry, Problem
from rhev.inventory.parts import PARTS, Part, element
from rhev.inventory.reading import Page, Reader, now
from rhev.inventory.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future

    from rhev.connection import Connection
    from rhev.models.engine import API

PARALLEL = 6
PAGE = 100


def gather(
    connection: Connection,
    parts: Sequence[Part] = PARTS,
    *,
    parallel: int = PARALLEL,
    page: int = PAGE,
    progress: Callable[[Part, int, bool], object] | None = None,
) -> Iterator[Entry | Problem]:
    """The entries of an inventory, from the entry point on, as they come; nothing is changed.

    At most ``parallel`` requests are under way at a time, and as many pages of ``page`` members and
    one more are held. The order is that of the parts and, within each, that of the engine.
    ``progress`` is called with a part, how many of its members there are so far, and whether that
    is all.

    What an engine refuses, or has no longer, is a Problem. Raises rhev.ConnectionError where it is
    not reached, rhev.Unauthorized where it does not take the credentials, and ValueError for
    numbers below 1.
    """
    if parallel < 1 or page < 1:
        raise ValueError("parallel and page are 1 at least")
    return _gather(connection, parts, parallel, page, progress)


def _gather(
    connection: Connection,
    parts: Sequence[Part],
    parallel: int,
    page: int,
    progress: Callable[[Part, int, bool], object] | None,
) -> Iterator[Entry | Problem]:
    asked = now()
    api = connection.api()
    yield Entry(element(type(api)), cleaned(json.encode_tree(api)), asked)
    # An older engine does not have every collection.
    waiting = deque(
        _Pages(part, Reader(connection, part, api.links[part.rel]), page, _is_paged(part, api))
        for part in parts
        if part.rel in api.links
    )
    with Workers(parallel) as workers:
        while waiting:
            _send(workers, waiting, parallel)
            first = waiting[0]
            came = first.take()
            yield from came.problems
            yield from came.entries
            if progress is not None:
                progress(first.part, first.count, first.is_done)
            del came
            if first.is_done:
                waiting.popleft()


def _is_paged(part: Part, api: API) -> bool:
    """Whether the engine can be asked for a part page by page, which is a matter of searching."""
    return f"{part.rel}/search" in api.links and search.is_paged(part.cls.__api_name__)


def _send(workers: Workers, waiting: deque[_Pages], parallel: int) -> None:
    """Has pages read ahead of those that are waited for, as many as there are workers."""
    free = parallel - sum(pages.ahead for pages in waiting)
    for pages in waiting:
        is_next = pages is waiting[0] and not pages.ahead
        while (free > 0 or is_next) and pages.wants_more:
            pages.send(workers)
            free, is_next = free - 1, False


class _Pages:
    """The pages of a part: which are under way, and whether there are more.

    How many there are is not known before one is not full. So the more came full, the more are
    asked for ahead: what is asked for in vain is never more than what was there.
    """

    def __init__(self, part: Part, reader: Reader, size: int, is_paged: bool) -> None:
        self.part = part
        self.count = 0
        self._reader = reader
        self._size = size
        self._is_paged = is_paged
        self._seen: set[tuple[str, object]] = set()
        self._under_way: deque[Future[Page]] = deque()
        self._sent = 0
        self._came = 0
        self._was_refused = True  # as if there had been one before the first
        self.is_done = False

    @property
    def ahead(self) -> int:
        return len(self._under_way)

    @property
    def wants_more(self) -> bool:
        if self.is_done:
            return False
        return self.ahead < max(1, self._came) if self._is_paged else not self._sent

    def send(self, workers: Workers) -> None:
        """Has one more page read."""
        self._sent += 1
        asked: dict[str, object] = {}
        if self._is_paged:
            asked = {"max": self._size, "search": f"page {self._sent}"}
        self._under_way.append(workers.submit(partial(self._reader.page, asked)))

    def take(self) -> Page:
        """The next page, as soon as it is there, without what is in an earlier one.

        What is deleted or made meanwhile moves what comes after it from page to page.
        """
        page = self._under_way.popleft().result()
        self._came += 1
        page.entries = [each for each in page.entries if self._is_new(each)]
        own = element(self.part.cls)
        new = sum(each.type == own for each in page.entries)
        self.count += new
        if page.is_refused:
            self.is_done = self._was_refused or not self._is_paged
        else:
            self.is_done = not self._is_paged or page.count < self._size or not new
        self._was_refused = page.is_refused
        return page

    def _is_new(self, entry: Entry) -> bool:
        key = entry.type, entry.resource.get("id")
        if key[1] is None:
            return True
        is_new = key not in self._seen
        self._seen.add(key)
        return is_new
