"""Following events: each once, in order, from an exact place on, through whatever comes between."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rhev import (
    Connection,
    ConnectionError,
    Error,
    Fault,
    Forbidden,
    HistoryLost,
    InvalidSearch,
    OtherEngine,
    ResponseError,
    Timeout,
    Unauthorized,
    schema,
)
from rhev.operations import events as module
from rhev.transport import Response
from tests.operations.scripted import PATH, Scripted, answer, async_connected, connected

if TYPE_CHECKING:
    from rhev.transport import Request

WIRES: list[Any] = ["json", "xml"]
ENTRY = {
    "product_info": {"name": "oVirt Engine"},
    "link": [
        {"rel": "events", "href": f"{PATH}/events"},
        {"rel": "events/search", "href": f"{PATH}/events;from={{event_id}}?search={{query}}"},
    ],
}
Trouble = Callable[[], Response]


@dataclass
class Log:
    """An engine's log, as the recordings show it: the newest first, from, max and page.

    ``before`` is called before each read of it, and ``troubles`` are answered in its place.
    """

    events: dict[int, int] = field(default_factory=dict)
    last: int = 0
    is_paged: bool = True
    removed: set[int] = field(default_factory=set)
    before: Iterator[object] = field(default_factory=lambda: iter(()))
    troubles: list[Trouble] = field(default_factory=list)
    largest: int = 0

    def add(self, count: int = 1) -> list[int]:
        """Events that come now."""
        return [self.appear(self.number()) for _ in range(count)]

    def number(self) -> int:
        """An id that is given out, whose event has yet to appear."""
        self.last += 1
        return self.last

    def appear(self, number: int) -> int:
        self.events[number] = number
        return number

    def __call__(self, request: Request) -> Any:
        next(self.before, None)
        if self.troubles:
            return self.troubles.pop(0)()
        asked = {name: values[0] for name, values in parse_qs(urlsplit(request.url).query).items()}
        last = urlsplit(request.url).path.rpartition("/")[2]
        if last != "events":
            return self.one(request, int(last))
        start, size = int(asked.get("from", 0)), int(asked.get("max", 2**31))
        words = asked.get("search", "").split()
        page = int(words[-1]) if "page" in words else 1
        found = [
            number
            for number in sorted(self.events, reverse=True)
            if number > start
            and number not in self.removed
            and (number % 10 == 0 or "severity=error" not in words)
        ]
        if page > 1 and not self.is_paged:
            found = []
        found = found[(page - 1) * size : page * size]
        self.largest = max(self.largest, len(found))
        return self.written(request, found)

    def one(self, request: Request, number: int) -> Response:
        if number not in self.events:
            return Response(404)
        if wire(request) == "json":
            return answer(self.document(number))
        return answer(self.element(number).encode(), media_type="application/xml")

    def written(self, request: Request, numbers: list[int]) -> Response:
        if wire(request) == "json":
            return answer({"event": [self.document(number) for number in numbers]})
        elements = "".join(map(self.element, numbers))
        return answer(f"<events>{elements}</events>".encode(), media_type="application/xml")

    def document(self, number: int) -> dict[str, Any]:
        return {"id": str(number), "index": str(number), "time": self.events[number]}

    def element(self, number: int) -> str:
        when = f"2026-01-01T00:00:{self.events[number] % 60:02d}.000Z"
        return f'<event id="{number}"><index>{number}</index><time>{when}</time></event>'


def wire(request: Request) -> str:
    return request.headers["Accept"].rpartition("/")[2]


class Scripts(Scripted):
    """The entry point, and a log at the address of events."""

    def __init__(self, log: Log) -> None:
        super().__init__({"GET ": ENTRY})
        self.log = log

    def send(self, request: Request) -> Response:
        if not self.path(request).startswith("/events"):
            return super().send(request)
        self.requests.append(request)
        given = self.log(request)
        assert isinstance(given, Response)
        return given


@dataclass
class Followed:
    """The ids that came, until it ended or an error ended it."""

    ids: list[int] = field(default_factory=list)
    error: Error | None = None


Follow = Callable[..., Followed]


def sync_follow(script: Scripted, wanted: int | None = None, wire: Any = "json", **how: Any) -> Any:
    followed = Followed()
    try:
        for event in connected(script, format=wire).follow_events(**how):
            followed.ids.append(int(event.id or ""))
            if len(followed.ids) == wanted:
                break
    except Error as error:
        followed.error = error
    return followed


def async_follow(
    script: Scripted, wanted: int | None = None, wire: Any = "json", **how: Any
) -> Any:
    followed = Followed()

    async def program() -> None:
        conn = async_connected(script, format=wire)
        async for event in conn.follow_events(**how):
            followed.ids.append(int(event.id or ""))
            if len(followed.ids) == wanted:
                break

    try:
        asyncio.run(program())
    except Error as error:
        followed.error = error
    return followed


@pytest.fixture(params=[sync_follow, async_follow], ids=["sync", "async"])
def follow(request: pytest.FixtureRequest) -> Follow:
    made: Follow = request.param
    return made


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that were paused, on a clock that the pauses alone move."""
    made: list[float] = []
    monkeypatch.setattr("time.sleep", made.append)
    monkeypatch.setattr("time.monotonic", lambda: sum(made))

    async def sleep(seconds: float) -> None:
        made.append(seconds)

    monkeypatch.setattr("asyncio.sleep", sleep)
    return made


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages and a look back of a few events, so that little is much."""
    monkeypatch.setattr(module, "_PAGE", 20)
    monkeypatch.setattr(module, "_LOOK_BACK", 5)


def page(status: int, text: str = "<html><title>Starting</title></html>") -> Trouble:
    return lambda: answer(text.encode(), status, "text/html")


def lost(error: type[ConnectionError] = ConnectionError) -> Trouble:
    def raised() -> Response:
        raise error("the connection was refused")

    return raised


def refusal(status: int) -> Trouble:
    return lambda: answer({"reason": "Operation Failed", "detail": "[No]"}, status)


pytestmark = pytest.mark.usefixtures("pauses")

# Where it begins


@pytest.mark.parametrize("wire", WIRES)
def test_events_come_in_their_order_from_one_on(wire: Any, follow: Follow) -> None:
    log = Log()
    log.add(30)
    assert follow(Scripts(log), after=20, timeout=0, wire=wire).ids == list(range(21, 31))


@pytest.mark.parametrize("after", [3, "3", schema.Event(id="3")])
def test_where_it_begins_is_an_event_or_its_id(after: Any, follow: Follow) -> None:
    log = Log()
    log.add(5)
    assert follow(Scripts(log), after=after, timeout=0).ids == [4, 5]


@pytest.mark.parametrize("before", [0, 1, 700])
def test_from_now_on_is_from_the_moment_of_the_call(before: int) -> None:
    log = Log()
    log.add(before)
    following = connected(Scripts(log)).follow_events(timeout=0)
    came = log.add(3)
    assert [int(event.id or "") for event in following] == came


def test_what_appears_late_after_now_is_given_as_well() -> None:
    log = Log()
    log.add(10)
    late = log.number()
    log.add(10)
    following = connected(Scripts(log)).follow_events(timeout=0)
    log.appear(late)
    assert [int(event.id or "") for event in following] == [late]


# Much of it


@pytest.mark.parametrize("wire", WIRES)
def test_a_backlog_comes_in_order_a_page_at_a_time(wire: Any, follow: Follow) -> None:
    log = Log()
    log.add(12_345)
    script = Scripts(log)
    followed = follow(script, after=5, timeout=0, wire=wire)
    assert followed.ids == list(range(6, 12_346))
    assert log.largest <= 500
    assert len(script.requests) < 45


def test_the_oldest_of_a_search_is_found_in_few_looks(follow: Follow) -> None:
    log = Log()
    log.add(200_000)
    script = Scripts(log)
    followed = follow(script, 400, after=1, timeout=0, search="severity=error")
    assert followed.ids == list(range(10, 4001, 10))
    assert len(script.requests) < 25


@pytest.mark.parametrize("count", [*range(17, 24), *range(37, 44), 100, 399, 400, 401, 1000])
def test_no_size_of_a_backlog_loses_any(count: int, follow: Follow, small: None) -> None:
    log = Log()
    log.add(count)
    assert follow(Scripts(log), after=0, timeout=0).ids == list(range(1, count + 1))


def test_an_ordinary_user_gets_all_though_the_engine_has_no_second_page_for_one(
    follow: Follow, small: None
) -> None:
    log = Log(is_paged=False)
    log.add(500)
    assert follow(Scripts(log), after=0, timeout=0).ids == list(range(1, 501))


def test_an_id_that_the_engine_cannot_read_is_minded_here(follow: Follow) -> None:
    log = Log(last=2**31 - 3)
    old = log.add(1000)

    class Deaf(Scripts):
        def send(self, request: Request) -> Response:
            cut = request.url.partition("&from=")[0]
            return super().send(type(request)(request.method, cut, request.headers))

    assert follow(Deaf(log), after=old[600], timeout=0).ids == old[601:]


NUMBERS = {"one": 1, "several": 3, "many": 40}
Happening = st.sampled_from(["nothing", "one", "several", "many", "reserve", "appear", "remove"])


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 60), st.lists(Happening, max_size=40), st.sampled_from([0, 3, 7]))
def test_whatever_happens_between_the_reads_none_is_lost_and_none_comes_twice(
    backlog: int, happenings: list[str], after: int
) -> None:
    log = Log()
    log.add(backlog + after)
    pending: list[tuple[int, int]] = []
    late: set[int] = set()

    def happen() -> Iterator[None]:
        for happening in happenings:
            if happening == "reserve" and not pending:
                pending.append((log.number(), log.last))
            elif happening == "appear" and pending:
                late.add(log.appear(pending.pop()[0]))
            elif happening == "remove" and log.events:
                log.removed.add(max(log.events))
            elif not pending or log.last - pending[0][0] < 4:
                log.add(
                    {"one": 1, "several": 3, "many": 40 if not pending else 1}.get(happening, 0)
                )
            yield None

    log.before = happen()
    clock: list[float] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_PAGE", 20)
        patch.setattr(module, "_LOOK_BACK", 8)
        patch.setattr("time.sleep", clock.append)
        patch.setattr("time.monotonic", lambda: sum(clock))
        following = connected(Scripts(log)).follow_events(
            after=after, interval=0.02, max_interval=0.02, timeout=1
        )
        ids = [int(event.id or "") for event in following]
    assert len(ids) == len(set(ids))
    assert log.events.keys() - log.removed - set(range(after + 1)) <= set(ids)
    assert [id_ for id_ in ids if id_ not in late] == sorted(set(ids) - late)


# What passes, and what does not


PASSES: dict[str, Trouble] = {
    "refused": lost(),
    "silent": lost(Timeout),
    "503 of a web server": page(503),
    "502 of a proxy": page(502),
    "404 while the API is not there yet": page(404),
    "200 of something else": page(200),
    "500 of an engine that starts": lambda: Response(500),
    "too many requests": lambda: Response(429),
    "cut off": lambda: answer(b'{"event": [{"id": "4"'),
    "cut off in XML": lambda: answer(b'<events><event id="4">', media_type="application/xml"),
    "empty": lambda: answer(b""),
    "a redirect": lambda: Response(302, {"location": "https://portal.example/login"}),
}


@pytest.mark.parametrize("wire", WIRES)
@pytest.mark.parametrize("trouble", PASSES.values(), ids=PASSES)
def test_an_engine_that_is_away_is_waited_for(
    trouble: Trouble, wire: Any, follow: Follow, caplog: pytest.LogCaptureFixture
) -> None:
    log = Log()
    log.add(3)

    def happen() -> Iterator[None]:
        yield from [None] * 4  # the entry point is not of the log: three reads, then one event
        log.add()
        log.troubles += [trouble] * 5
        yield None
        yield from [None] * 5
        log.add(2)
        yield None

    log.before = happen()
    with caplog.at_level(logging.INFO, "rhev"):
        assert follow(Scripts(log), 3, after=3, wire=wire).ids == [4, 5, 6]
    said = [record.getMessage() for record in caplog.records]
    waits = sum("cannot be followed now" in each for each in said)
    assert waits == 5 or (waits == 3 and trouble is PASSES["404 while the API is not there yet"])
    assert sum("following events again" in each for each in said) == 1


def test_a_wait_has_an_end_which_patience_says(follow: Follow, pauses: list[float]) -> None:
    log = Log()
    log.add(3)

    def happen() -> Iterator[None]:
        yield from [None] * 4
        log.troubles += [lost()] * 999
        yield None

    log.before = happen()
    followed = follow(Scripts(log), after=0, patience=100, max_interval=7)
    assert followed.ids == [1, 2, 3]
    assert type(followed.error) is ConnectionError
    assert any("could not be followed for" in note for note in followed.error.__notes__)
    assert 100 <= sum(pauses) < 100 + 7 + 5
    assert max(pauses) == 7


@pytest.mark.parametrize(
    ("trouble", "error"),
    [
        (refusal(401), Unauthorized),
        (refusal(403), Forbidden),
        (refusal(400), Fault),
    ],
)
def test_what_does_not_pass_ends_it(
    trouble: Trouble, error: type[Error], follow: Follow, pauses: list[float]
) -> None:
    log = Log()
    log.add(3)

    def happen() -> Iterator[None]:
        yield from [None] * 2
        log.troubles.append(trouble)
        yield None

    log.before = happen()
    followed = follow(Scripts(log), after=0)
    assert followed.ids == [1, 2, 3]
    assert type(followed.error) is error
    assert len(pauses) == 1


def test_the_first_request_is_not_waited_for(follow: Follow, pauses: list[float]) -> None:
    log = Log(troubles=[page(503)])
    assert type(follow(Scripts(log)).error) is ResponseError
    assert pauses == []


# A history that is not what it was


def after_an_outage(log: Log, change: Callable[[], object]) -> None:
    """What happens to a log while the engine is away, after ten events of it were read."""
    log.add(10)

    def happen() -> Iterator[None]:
        yield from [None] * 3
        log.troubles += [lost()] * 2
        yield None
        change()
        yield from [None] * 9

    log.before = happen()


def restore(log: Log, to: int, then: int) -> None:
    log.events = {number: when for number, when in log.events.items() if number <= to}
    log.last = to
    for number in log.add(then):
        log.events[number] += 5000


@pytest.mark.parametrize(("to", "then", "newest"), [(6, 0, 6), (6, 2, 8), (6, 20, 10)])
def test_an_engine_that_was_restored_is_not_followed_as_if_nothing_was(
    to: int, then: int, newest: int, follow: Follow
) -> None:
    log = Log()
    after_an_outage(log, lambda: restore(log, to, then))
    followed = follow(Scripts(log), after=0)
    assert followed.ids == list(range(1, 11))
    assert isinstance(followed.error, HistoryLost)
    assert (followed.error.after, followed.error.newest) == (10, newest)
    assert "restored from a backup" in str(followed.error)


@pytest.mark.parametrize("gone", [[10], [9, 10], [*range(1, 11)]])
def test_events_that_were_removed_are_no_reason_to_end(gone: list[int], follow: Follow) -> None:
    log = Log()

    def change() -> None:
        log.removed.update(gone)
        log.add(2)

    after_an_outage(log, change)
    assert follow(Scripts(log), 12, after=0).ids == list(range(1, 13))


def test_events_that_became_too_old_are_no_reason_to_end(follow: Follow) -> None:
    log = Log()

    def change() -> None:
        log.events.clear()
        log.add(2)

    after_an_outage(log, change)
    assert follow(Scripts(log), 12, after=0).ids == list(range(1, 13))


def test_an_event_that_has_yet_to_come_cannot_be_followed_on_from(follow: Follow) -> None:
    log = Log()
    log.add(3)
    followed = follow(Scripts(log), after=1000)
    assert isinstance(followed.error, HistoryLost)
    assert followed.error.newest == 3


# How often, and how long


def test_the_pauses_grow_while_nothing_comes(follow: Follow, pauses: list[float]) -> None:
    follow(Scripts(Log()), timeout=200, interval=2, max_interval=9)
    assert pauses[:3] == [2, 2, 2]
    assert pauses[:-1] == sorted(pauses[:-1])
    assert max(pauses) == 9
    assert sum(pauses) == 200


def test_they_are_short_again_when_something_came(follow: Follow, pauses: list[float]) -> None:
    log = Log()

    def happen() -> Iterator[None]:
        yield from [None] * 20
        log.add()
        yield from [None] * 3

    log.before = happen()
    follow(Scripts(log), timeout=100)
    longest = pauses.index(max(pauses[:20]))
    assert 1 in pauses[longest:]


def test_it_looks_once_more_when_the_time_is_over(follow: Follow) -> None:
    log = Log()

    def happen() -> Iterator[None]:
        yield from [None] * 2
        log.add()
        yield None

    log.before = happen()
    assert follow(Scripts(log), timeout=1).ids == [1]


# What cannot be meant


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ({"after": True}, TypeError),
        ({"after": 1.5}, TypeError),
        ({"after": "x"}, ValueError),
        ({"after": -1}, ValueError),
        ({"after": schema.VM(id="1")}, TypeError),
        ({"after": schema.Event()}, TypeError),
        ({"search": 1}, TypeError),
        ({"search": "nosuch=1"}, InvalidSearch),
        ({"search": "sortby time asc"}, ValueError),
        ({"search": "severity=error page 1"}, ValueError),
        ({"interval": 0}, ValueError),
        ({"timeout": "1"}, TypeError),
        ({"patience": -1}, ValueError),
        ({"patience": True}, TypeError),
        ({"nosuch": 1}, TypeError),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_sent(
    how: dict[str, Any], error: type[Exception]
) -> None:
    script = Scripts(Log())
    with pytest.raises(error):
        connected(script).follow_events(**how)
    assert script.requests == []


def test_an_event_of_another_engine_is_refused() -> None:
    log = Log()
    log.add()
    event = next(connected(Scripts(log)).follow_events(after=0))
    other = Connection("https://other.example/ovirt-engine/api", transport=Scripts(log))
    with pytest.raises(OtherEngine):
        other.follow_events(after=event)


# Ending it from outside


def test_breaking_off_leaves_the_connection_as_it_was() -> None:
    log = Log()
    log.add(10)
    conn = connected(Scripts(log))
    following = conn.follow_events(after=0)
    assert next(following).id == "1"
    following.close()
    assert [event.id for event in conn.follow_events(after=8, timeout=0)] == ["9", "10"]


def test_ctrl_c_ends_it_and_it_can_be_taken_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    log = Log()
    log.add(3)
    conn = connected(Scripts(log))

    def interrupted(seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("time.sleep", interrupted)
    came: list[schema.Event] = []

    def program() -> None:
        for event in conn.follow_events(after=0):
            came.append(event)

    with pytest.raises(KeyboardInterrupt):
        program()
    log.add(2)
    assert [e.id for e in came] == ["1", "2", "3"]
    assert [e.id for e in conn.follow_events(after=came[-1], timeout=0)] == ["4", "5"]
