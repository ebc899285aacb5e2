"""Many at a time: what is long lets what is short go first, and what is told was true at once."""

from __future__ import annotations

import json
import signal
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from rhev.simulator import Engine
from rhev.simulator.engine import URL
from rhev.simulator.state import journal
from rhev.simulator.state.turns import Overtaken, Turns, give_way, in_slices
from rhev.transport.base import Request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KIND = {"Accept": "application/json", "Content-Type": "application/json"}
MANY = 400


@pytest.fixture(scope="module")
def crowded() -> Engine:
    """An engine with machines enough that a listing of them takes its time."""
    engine = Engine()
    cluster = engine._estate.store.named("Cluster", "Default")
    assert cluster is not None
    for number in range(MANY):
        document = {"name": f"vm-{number:03}", "cluster": {"id": cluster.id}, "description": "0"}
        engine._estate.add("Vm", "vms", document)
    return engine


def ask(engine: Engine, path: str, method: str = "GET", body: object = None) -> dict[str, object]:
    content = b"" if body is None else json.dumps(body).encode()
    response = engine.transport.send(Request(method, f"{URL}{path}", KIND, content))
    assert response.status == 200, response.content
    document: dict[str, object] = json.loads(response.content)
    return document


def machines(engine: Engine, query: str = "") -> list[Any]:
    found = ask(engine, f"/vms?search=name%3Dvm-*{query}")["vm"]
    assert isinstance(found, list)
    return found


@contextmanager
def repeating(*works: Callable[[], object]) -> Iterator[None]:
    """Has each done over and over by a thread of its own, and what failed raised at the end."""
    failures: list[BaseException] = []
    ended = threading.Event()

    def repeat(work: Callable[[], object]) -> None:
        try:
            while not ended.is_set():
                work()
        except BaseException as failure:  # raised in the thread that can be heard
            failures.append(failure)

    threads = [threading.Thread(target=repeat, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    for failure in failures:
        raise failure


def test_a_listing_under_way_holds_up_no_get(crowded: Engine) -> None:
    one = machines(crowded)[MANY // 2]["id"]
    listings = 0

    def listing() -> None:
        nonlocal listings
        machines(crowded)
        listings += 1

    gets = 0
    with repeating(*[listing] * 4):
        while listings < 8:
            ask(crowded, f"/vms/{one}")
            gets += 1
    # One at a time, there would be a get between any two listings.
    assert gets > 2 * listings, (gets, listings)


def test_a_listing_shows_what_there_was_at_one_moment(crowded: Engine) -> None:
    (cluster,) = crowded.connect().getall("clusters")
    rounds = iter(range(10**9))

    def change() -> None:
        document = {"description": str(next(rounds))}
        ask(crowded, f"/clusters/{cluster.id}", "PUT", document)

    seen = set()
    with repeating(change):
        for _ in range(10):
            listed = machines(crowded, "&follow=cluster")
            # Each has the cluster in it, which changed all the while.
            told = {machine["cluster"]["description"] for machine in listed}
            assert len(told) == 1
            seen |= told
    assert len(seen) > 1


def test_neither_changes_nor_listings_wait_for_ever_for_each_other(crowded: Engine) -> None:
    one = machines(crowded)[0]["id"]
    counts = {"changes": 0, "listings": 0}

    def change() -> None:
        ask(crowded, f"/vms/{one}", "PUT", {"comment": str(time.monotonic())})
        counts["changes"] += 1

    def listing() -> None:
        assert len(machines(crowded)) == MANY
        counts["listings"] += 1

    until = time.monotonic() + 60
    with repeating(change, change, listing, listing):
        while min(counts.values()) < 8 and time.monotonic() < until:
            time.sleep(0.01)
    assert min(counts.values()) >= 8


# The turns by themselves: each step of a read uses the processor for longer than a slice.


def work_for(seconds: float) -> None:
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


class Story:
    """What happened, in its order, in the threads that tell it."""

    def __init__(self) -> None:
        self.turns = Turns()
        self.told: list[str] = []
        self._threads: list[threading.Thread] = []

    def read(self, name: str, steps: int, at_step: Callable[[int], object] = id) -> None:
        insists = False
        while True:
            try:
                with self.turns.turn(reads=True, insists=insists), in_slices():
                    self.told.append(f"{name} begins")
                    for step in range(steps):
                        work_for(0.02)
                        at_step(step)
                        give_way()
                    self.told.append(f"{name} ends")
                    return
            except Overtaken:
                self.told.append(f"{name} is overtaken")
                insists = True

    def change(self, name: str) -> None:
        with self.turns.turn():
            journal.mark_changed()
            self.told.append(name)

    def meanwhile(self, what: Callable[..., None], *arguments: object) -> None:
        """Has it begin, and wait for its turn, in a thread of its own."""
        before = len(self.turns._waiting)
        thread = threading.Thread(target=what, args=arguments)
        self._threads.append(thread)
        thread.start()
        while len(self.turns._waiting) == before:
            time.sleep(0.001)

    def ends(self) -> list[str]:
        for thread in self._threads:
            thread.join()
        return self.told


def test_a_short_read_goes_first() -> None:
    story = Story()
    once = {1: lambda: story.meanwhile(story.read, "short", 0)}
    story.read("long", 3, lambda step: once.get(step, int)())
    assert story.ends() == ["long begins", "short begins", "short ends", "long ends"]


def test_a_read_that_was_overtaken_begins_again_and_then_lets_nothing_change() -> None:
    story = Story()
    meanwhile: Iterator[Callable[[], None]] = iter(
        [
            lambda: story.meanwhile(story.change, "a change"),
            lambda: story.meanwhile(story.change, "another"),
            lambda: story.meanwhile(story.read, "short", 0),
        ]
    )
    story.read("long", 2, lambda _: next(meanwhile)())
    assert story.ends() == [
        "long begins", "a change", "long is overtaken",
        "long begins", "short begins", "short ends", "long ends", "another",
    ]  # fmt: skip


def test_those_who_are_long_go_on_in_their_order() -> None:
    story = Story()
    once = {0: lambda: story.meanwhile(story.read, "second", 3)}
    story.read("first", 3, lambda step: once.get(step, int)())
    told = story.ends()
    assert told == ["first begins", "second begins", "first ends", "second ends"]


def test_a_long_one_goes_on_now_and_then_however_many_are_short() -> None:
    story = Story()
    until = time.monotonic() + 30

    def read_shortly() -> None:
        if time.monotonic() < until:
            story.read("short", 0)

    with repeating(*[read_shortly] * 3):
        story.read("long", 20)
        assert time.monotonic() < until


def test_who_has_the_turn_may_ask_for_it_again() -> None:
    turns = Turns()
    with turns.turn(), turns.turn():
        pass
    with turns.turn():
        pass


def test_who_is_interrupted_while_waiting_leaves_the_turn_to_the_others() -> None:
    story = Story()

    def hold() -> None:
        with story.turns.turn():
            holding.set()
            while not story.turns._waiting:
                time.sleep(0.001)
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
            interrupted.wait(10)

    holding, interrupted = threading.Event(), threading.Event()
    holder = threading.Thread(target=hold)
    holder.start()
    assert holding.wait(10)
    with pytest.raises(KeyboardInterrupt):
        story.change("never")
    interrupted.set()
    holder.join()
    story.change("a change")
    assert story.ends() == ["a change"]
