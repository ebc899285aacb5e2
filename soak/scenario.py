"""What the scenarios have in common: an engine, workers, and what is looked at afterwards."""

from __future__ import annotations

import asyncio
import faulthandler
import random
import signal
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from soak import leaks
from soak.engine import TOKENS_LIVE, serving
from soak.report import Plan, Result
from soak.work import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from soak.engine import Remote
    from soak.work import Call

WARM = 0.3
"""The part of the time after which a process is as large as it should ever be."""
IDLE = 4.0
"""Seconds for which rhev keeps a connection that nobody uses."""
# How often a worker sleeps about as long as an idle connection is kept, to meet its end.
SELDOM = 1 / 500


@dataclass
class Stage:
    """Where a scenario plays: the engine, the time, and what was found so far."""

    remote: Remote
    plan: Plan
    until: float
    tally: Tally = field(default_factory=Tally)
    held: leaks.Held = field(default_factory=leaks.Held)
    grown: float = 0.0
    lost_logins: int = 0
    """How many logins were cut short, of which the engine may have given a token to nobody."""

    def is_over(self) -> bool:
        return time.monotonic() >= self.until

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Counts what is held after the block and was not before it."""
        before = leaks.Held.now()
        yield
        self.held += _settled(before)

    @contextmanager
    def weighed(self) -> Iterator[None]:
        """Measures by how much memory grows during the block, from when it is warm."""
        over = threading.Event()
        weights: list[float] = []

        def weigh() -> None:
            over.wait(max(0.0, self.until - time.monotonic() - (1 - WARM) * self.plan.seconds))
            weights.append(leaks.memory())

        thread = threading.Thread(target=weigh)
        thread.start()
        try:
            yield
            self.grown = leaks.memory() - weights[0] if weights else 0.0
        finally:
            over.set()
            thread.join()


def tell_where(seconds: float) -> None:
    """Has this process print where its threads are, if it is still there after so long."""
    faulthandler.register(signal.SIGALRM)
    signal.alarm(round(seconds))


def _settled(before: leaks.Held) -> leaks.Held:
    """What is held more than before: threads and sockets may need a moment to end."""
    for _ in range(50):
        more = leaks.Held.now().since(before)
        if more == leaks.Held():
            break
        time.sleep(0.02)
    return more


def against_an_engine(play: Callable[[Stage], None]) -> Callable[[Plan], Result]:
    """A scenario that plays against an engine, whose tokens expire now and then."""

    def scenario(plan: Plan) -> Result:
        with serving(min(TOKENS_LIVE, plan.seconds / 2)) as served:
            stage = Stage(served.remote, plan, time.monotonic() + plan.seconds)
            play(stage)
            account = served.account()
        tally, held = stage.tally, stage.held
        duplicates = tally.held_against(account)
        if account.revoked_in_use:
            tally.errors += account.revoked_in_use
            tally.say(f"{account.revoked_in_use} requests had a token that was revoked")
        return Result(
            tally.operations,
            tally.crossed,
            duplicates,
            tally.errors,
            held.sockets,
            held.tasks,
            held.threads,
            stage.grown,
            max(0, account.tokens - stage.lost_logins),
            tally.said,
        )

    return scenario


def drive(conn: Any, work: Generator[Call, Any, None], tally: Tally, stage: Stage) -> None:
    """Does the work in this thread until the time is over."""
    call = next(work)
    while not stage.is_over():
        try:
            answer = call(conn)
        except Exception as error:
            call = work.throw(error)
        else:
            tally.operations += 1
            call = work.send(answer)
        if random.random() < SELDOM:
            time.sleep(min(_idle(), max(0.0, stage.until - time.monotonic())))


async def drive_async(
    conn: Any, work: Generator[Call, Any, None], tally: Tally, stage: Stage
) -> None:
    """Does the work in this task until the time is over."""
    call = next(work)
    while not stage.is_over():
        try:
            answer = await call(conn)
        except Exception as error:
            call = work.throw(error)
        else:
            tally.operations += 1
            call = work.send(answer)
        if random.random() < SELDOM:
            await asyncio.sleep(min(_idle(), max(0.0, stage.until - time.monotonic())))


def _idle() -> float:
    return random.uniform(0.98, 1.02) * IDLE
