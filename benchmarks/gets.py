"""Whole requests over the loopback: a machine by its id, by the SDK and by each transport."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypedDict

from benchmarks.measure import Quantity, Result
from rhev import AsyncConnection, Connection, schema
from rhev.transport import TokenAuth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REQUESTS = 400
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Pace:
    """What one request took of the processor, in microseconds, and how many a second there were."""

    cost: float
    rate: float


class _By(TypedDict, total=False):
    transport: Literal["aiohttp"]


def paces(url: str, id_: str) -> Iterator[tuple[str, Result, float, float | None]]:
    """Each way to get a machine: its cost and the SDK's, its rate, and the least ratio wanted.

    All take their turns in each round, so that what else the machine does falls on all; the best
    of each counts.
    """
    ways: dict[str, tuple[Callable[[], Pace], float | None]] = {
        "get, SDK (pycurl, XML)": (lambda: _by_sdk(url, id_), None),
        "get, httpx, JSON": (lambda: _blocking(url, id_, "json"), 1.0),
        "get, httpx, XML": (lambda: _blocking(url, id_, "xml"), None),
    }
    for by, wanted in (("httpx", 0.5), ("aiohttp", 1.6)):
        for tasks in (1, 20, 100):
            options: _By = {"transport": "aiohttp"} if by == "aiohttp" else {}
            ways[f"get, async {by}, {tasks} tasks"] = (
                lambda tasks=tasks, options=options: asyncio.run(  # type: ignore[misc]
                    _asynchronous(url, id_, tasks, options)
                ),
                wanted if tasks == 100 else None,
            )
    found: dict[str, list[Pace]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, (way, _) in ways.items():
            found[name].append(way())
    costs = {name: min(pace.cost for pace in of) for name, of in found.items()}
    sdk = Quantity(next(iter(costs.values())), "us")
    for name, (_, least) in ways.items():
        rate = max(pace.rate for pace in found[name])
        yield name, Result(Quantity(costs[name], "us"), sdk), rate, least


def _by_sdk(url: str, id_: str) -> Pace:
    import ovirtsdk4

    connection = ovirtsdk4.Connection(url=url, token="token", insecure=True)  # noqa: S106
    try:
        service = connection.system_service().vms_service().vm_service(id_)
        service.get()
        started = _now()
        for _ in range(REQUESTS):
            service.get()
        return _pace(started, REQUESTS)
    finally:
        connection.close(logout=False)


def _blocking(url: str, id_: str, wire: Literal["json", "xml"]) -> Pace:
    with Connection(url, auth=TokenAuth("token"), format=wire) as conn:
        conn.get(schema.VM, id_)
        started = _now()
        for _ in range(REQUESTS):
            conn.get(schema.VM, id_)
        return _pace(started, REQUESTS)


async def _asynchronous(url: str, id_: str, tasks: int, options: _By) -> Pace:
    each = REQUESTS // tasks
    async with AsyncConnection(url, auth=TokenAuth("token"), **options) as conn:

        async def work(count: int) -> None:
            for _ in range(count):
                await conn.get(schema.VM, id_)

        await work(1)
        await asyncio.gather(*[work(1) for _ in range(tasks)])
        started = _now()
        await asyncio.gather(*[work(each) for _ in range(tasks)])
        return _pace(started, tasks * each)


def _now() -> tuple[float, float]:
    return time.process_time(), time.perf_counter()


def _pace(started: tuple[float, float], requests: int) -> Pace:
    cpu, clock = (now - then for now, then in zip(_now(), started, strict=True))
    return Pace(cpu / requests * 1e6, requests / clock)
