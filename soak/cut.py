"""Operations that are cut short: tasks that are cancelled, and Ctrl-C. The pool outlives it."""

from __future__ import annotations

import asyncio
import random
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

from soak.scenario import drive
from soak.shared import By, connect, connect_async
from soak.work import WHOLE_ROUND, Cut, Tally, get, rounds

if TYPE_CHECKING:
    from collections.abc import Coroutine, Generator
    from types import FrameType, TracebackType

    from soak.scenario import Stage
    from soak.work import Call

TASKS, THREADS, AFTERWARDS = 100, 4, 40
# Seconds within which an operation is cut short, and turns of the event loop.
SHORT, TURNS = 0.1, 60
PATIENCE = 30.0


def cancelled(stage: Stage, by: By) -> None:
    """One AsyncConnection and 100 tasks, of whose operations every other one is cancelled."""
    tallies = [Tally() for _ in range(stage.plan.number(TASKS))]

    async def main() -> None:
        with stage.watched():
            async with connect_async(stage.remote, by) as conn:
                with stage.weighed():
                    await asyncio.gather(
                        *[
                            _cut_now_and_then(
                                conn, rounds(f"cut-{which}", stage.remote, tally), tally, stage
                            )
                            for which, tally in enumerate(tallies)
                        ]
                    )
                await _usable(conn, stage)
            await asyncio.sleep(0.1)

    asyncio.run(main())
    for tally in tallies:
        stage.tally.add(tally)


async def _cut_now_and_then(
    conn: Any, work: Generator[Call, Any, None], tally: Tally, stage: Stage
) -> None:
    call = next(work)
    while not stage.is_over():
        try:
            answer = await _perhaps_cut(call(conn))
        except Exception as error:
            call = work.throw(error)
        else:
            tally.operations += 1
            call = work.send(answer)


async def _perhaps_cut(operation: Coroutine[Any, Any, Any]) -> Any:
    match random.randrange(4):
        case 0:
            limit = asyncio.timeout(random.uniform(0, SHORT))
            try:
                async with limit:
                    return await operation
            except TimeoutError:
                if limit.expired():
                    raise Cut from None
                raise
        case 1:
            task = asyncio.create_task(operation)
            for _ in range(random.randrange(TURNS)):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.wait([task])
            if task.cancelled():
                raise Cut
            return task.result()
        case _:
            return await operation


async def _usable(conn: Any, stage: Stage) -> None:
    """More reads at a time than a pool has connections: none may be lost to what was cut short."""
    ids = random.choices(list(stage.remote.machines), k=AFTERWARDS)
    try:
        async with asyncio.timeout(PATIENCE):
            machines = await asyncio.gather(*[get(id_)(conn) for id_ in ids])
    except Exception as error:
        stage.tally.failed(error)
    else:
        stage.tally.operations += len(ids)
        stage.tally.check([vm.id for vm in machines] == ids, "what was read afterwards")


class Interrupts:
    """Ctrl-C, from a thread, while the main thread is within an operation."""

    def __init__(self) -> None:
        self._armed = False
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._press)
        self._main = threading.main_thread().ident

    def __enter__(self) -> Interrupts:
        signal.signal(signal.SIGINT, self._arrived)
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._over.set()
        self._thread.join()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    def arm(self, armed: bool) -> None:
        self._armed = armed

    def _press(self) -> None:
        while not self._over.wait(random.uniform(0, SHORT)):
            if self._armed and self._main is not None:
                signal.pthread_kill(self._main, signal.SIGINT)

    def _arrived(self, number: int, frame: FrameType | None) -> None:
        if self._armed:
            self._armed = False
            raise KeyboardInterrupt


def interrupted(stage: Stage) -> None:
    """Ctrl-C in the main thread of a process, where other threads use the same connection."""
    tallies = [Tally() for _ in range(THREADS)]

    def others(conn: Any, which: int) -> None:
        tally = tallies[which]
        drive(conn, rounds(f"other-{which}", stage.remote, tally), tally, stage)

    with stage.watched(), connect(stage.remote) as conn:
        conn.ping()
        with stage.weighed(), ThreadPoolExecutor(THREADS) as pool, Interrupts() as interrupts:
            for each in [pool.submit(others, conn, which) for which in range(THREADS)]:
                each.add_done_callback(lambda future: future.result())
            _main_thread(conn, stage, interrupts)
        _all_usable(conn, stage)
    for tally in tallies:
        stage.tally.add(tally)


def _main_thread(conn: Any, stage: Stage, interrupts: Interrupts) -> None:
    work = rounds("main", stage.remote, stage.tally)
    call = next(work)
    began = stage.tally.operations
    while not stage.is_over():
        warm = stage.tally.operations - began >= WHOLE_ROUND
        try:
            try:
                interrupts.arm(warm)
                answer = call(conn)
            finally:
                interrupts.arm(False)
        except KeyboardInterrupt as error:
            stage.lost_logins += _in_login(error.__traceback__)
            call = work.throw(Cut())
        except Exception as error:
            call = work.throw(error)
        else:
            stage.tally.operations += 1
            call = work.send(answer)


def _in_login(traceback: TracebackType | None) -> bool:
    """Whether a login was interrupted, whose token nobody can give back then."""
    while traceback is not None:
        if traceback.tb_frame.f_code.co_name == "_take" and "step" in traceback.tb_frame.f_locals:
            step = traceback.tb_frame.f_locals["step"]
            if getattr(step, "__name__", "") == "_login":
                return True
        traceback = traceback.tb_next
    return False


def _all_usable(conn: Any, stage: Stage) -> None:
    ids = random.choices(list(stage.remote.machines), k=AFTERWARDS)
    started = time.monotonic()
    with ThreadPoolExecutor(AFTERWARDS) as pool:
        for id_, each in [(id_, pool.submit(get(id_), conn)) for id_ in ids]:
            try:
                machine = each.result()
            except Exception as error:
                stage.tally.failed(error)
            else:
                stage.tally.operations += 1
                stage.tally.check(machine.id == id_, f"{machine!r} for {id_} afterwards")
    if time.monotonic() - started > PATIENCE:
        stage.tally.failed(TimeoutError("the pool is hardly usable afterwards"))


cancelled_by_httpx = partial(cancelled, by=None)
cancelled_by_aiohttp = partial(cancelled, by="aiohttp")
