"""The list of the scenarios, and how one is run."""

from __future__ import annotations

import multiprocessing
from typing import TYPE_CHECKING

from soak import cut, processes, shared
from soak.report import Plan, Result
from soak.scenario import against_an_engine, tell_where

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection as Pipe

# What a scenario may take beyond its time: to start, and to come to an end.
GRACE = 60.0

SCENARIOS: dict[str, Callable[[Plan], Result]] = {
    "threads": against_an_engine(shared.threads),
    "tasks-httpx": against_an_engine(shared.tasks_by_httpx),
    "tasks-aiohttp": against_an_engine(shared.tasks_by_aiohttp),
    "loops-httpx": against_an_engine(shared.loops_by_httpx),
    "loops-aiohttp": against_an_engine(shared.loops_by_aiohttp),
    "fork": against_an_engine(processes.forked),
    "spawn": against_an_engine(processes.spawned),
    "cancel-httpx": against_an_engine(cut.cancelled_by_httpx),
    "cancel-aiohttp": against_an_engine(cut.cancelled_by_aiohttp),
    "interrupt": against_an_engine(cut.interrupted),
}


def run(name: str, plan: Plan) -> Result:
    """The result of a scenario, which plays in a process of its own."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_play, args=(name, plan, theirs))
    process.start()
    theirs.close()
    try:
        if not ours.poll(plan.seconds + GRACE):
            return Result(errors=1, said=[f"it hangs: not over {GRACE:g} seconds after its time"])
        result: Result = ours.recv()
        return result
    except EOFError:
        process.join()
        return Result(errors=1, said=[f"its process ended with {process.exitcode}"])
    finally:
        process.kill()
        process.join()
        ours.close()


def _play(name: str, plan: Plan, pipe: Pipe) -> None:
    tell_where(plan.seconds + GRACE - 5)
    pipe.send(SCENARIOS[name](plan))
