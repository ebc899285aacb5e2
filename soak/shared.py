"""One connection that many use at a time: threads, tasks, and the loops of several threads."""

from __future__ import annotations

import asyncio
import random
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from rhev import AsyncConnection, Connection
from soak.scenario import drive, drive_async
from soak.work import Tally, rounds

if TYPE_CHECKING:
    from soak.engine import Remote
    from soak.scenario import Stage

By = Literal["aiohttp"] | None
# Seconds: what so many at a time have to wait for their turn is not what is looked at.
PATIENCE = 300.0
THREADS, TASKS, LOOPS, TASKS_OF_A_LOOP = 50, 500, 4, 20


def connect(remote: Remote) -> Connection:
    return Connection(remote.url, remote.username, remote.password, timeout=PATIENCE)


def connect_async(remote: Remote, by: By) -> AsyncConnection:
    return AsyncConnection(
        remote.url, remote.username, remote.password, transport=by, timeout=PATIENCE
    )


def threads(stage: Stage) -> None:
    """One Connection, 50 threads."""
    number = stage.plan.number(THREADS)
    tallies = [Tally() for _ in range(number)]

    def work(conn: Connection, which: int) -> None:
        tally = tallies[which]
        drive(conn, rounds(f"thread-{which}", stage.remote, tally), tally, stage)

    with (
        stage.watched(),
        connect(stage.remote) as conn,
        stage.weighed(),
        ThreadPoolExecutor(number) as pool,
    ):
        for each in [pool.submit(work, conn, which) for which in range(number)]:
            each.result()
    for tally in tallies:
        stage.tally.add(tally)


def tasks(stage: Stage, by: By) -> None:
    """One AsyncConnection, 500 tasks."""
    number = stage.plan.number(TASKS)

    async def main() -> None:
        with stage.watched():
            async with connect_async(stage.remote, by) as conn:
                with stage.weighed():
                    await several(stage, conn, "task", number)
            await asyncio.sleep(0.1)  # in which a loop sees the end of what was closed

    asyncio.run(main())


async def several(stage: Stage, conn: Any, who: str, number: int) -> None:
    """So many tasks that work until the time is over, whose tallies are then added."""
    tallies = [Tally() for _ in range(number)]
    await asyncio.gather(
        *[
            drive_async(conn, rounds(f"{who}-{which}", stage.remote, tally), tally, stage)
            for which, tally in enumerate(tallies)
        ]
    )
    for tally in tallies:
        stage.tally.add(tally)


def loops(stage: Stage, by: By) -> None:
    """One AsyncConnection that four threads use, each in one event loop after the other."""
    conn = connect_async(stage.remote, by)

    async def main(who: str, part: Stage) -> None:
        await several(part, conn, who, stage.plan.number(TASKS_OF_A_LOOP))
        await conn.close()
        await asyncio.sleep(0.1)
        part.held += type(part.held)(tasks=len(asyncio.all_tasks()) - 1)

    def one_after_the_other(which: int) -> list[Stage]:
        parts: list[Stage] = []
        while not stage.is_over():
            ends = time.monotonic() + random.uniform(0.5, 1.5)
            part = type(stage)(stage.remote, stage.plan, min(stage.until, ends))
            asyncio.run(main(f"loop-{which}-{len(parts)}", part))
            parts.append(part)
        return parts

    with stage.watched():
        with stage.weighed(), ThreadPoolExecutor(LOOPS) as pool:
            for parts in pool.map(one_after_the_other, range(LOOPS)):
                for part in parts:
                    stage.tally.add(part.tally)
                    stage.held += part.held
        asyncio.run(conn.close())


tasks_by_httpx, tasks_by_aiohttp = partial(tasks, by=None), partial(tasks, by="aiohttp")
loops_by_httpx, loops_by_aiohttp = partial(loops, by=None), partial(loops, by="aiohttp")
