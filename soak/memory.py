"""Memory while events are read: ``python -m soak.memory [READ FOLLOWED]``.

``iterate`` reads a million events and ``follow_events`` runs through a hundred thousand, from an
engine in another process, so that what grows in this one is the client's. Its resident memory is
printed on the way. It fails where it grows by more than a few pages' worth.
"""

from __future__ import annotations

import sys
import time
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from rhev import Connection, schema
from rhev.simulator import Engine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection as Pipe

READ, FOLLOWED, PAGE = 1_000_000, 100_000, 1000
BATCHES = 20  # in which what is followed comes
GROWTH = 8.0  # MB that are no growth: an allocator keeps some of what it gave
PARTS = (0.1, 0.25, 0.5, 0.75, 1.0)  # of the way, where it is measured


def main() -> None:
    """Reads, follows, prints, and exits with 1 where memory grew."""
    given = [int(number) for number in sys.argv[1:]]
    read, followed = given or (READ, FOLLOWED)
    failed = False
    wires: tuple[Literal["json", "xml"], ...] = ("json", "xml")
    for wire in wires:
        for run, count in ((reading, read), (following, followed)):
            started = time.monotonic()
            measured = run(wire, count)
            grown = measured[-1] - measured[0]
            failed |= grown > GROWTH
            figures = ", ".join(
                f"{part:.0%} {memory:.1f}" for part, memory in zip(PARTS, measured, strict=True)
            )
            print(
                f"{run.__name__} {wire} {count:,} events in {time.monotonic() - started:.0f} s:"
                f" MB at {figures}; grown by {grown:+.1f}",
                flush=True,
            )
    if failed:
        raise SystemExit(f"memory grew by more than {GROWTH} MB")


def reading(wire: Literal["json", "xml"], count: int) -> list[float]:
    """The memory at each part of the way, in MB, while so many events are read."""
    with Served(count) as served, served.connection(wire) as conn:
        return _measured(conn.iterate(schema.Event, max=PAGE), count)


def following(wire: Literal["json", "xml"], count: int) -> list[float]:
    """The same while so many events come: the first of them at once, the others in batches."""
    batch = count // BATCHES
    with Served(batch) as served, served.connection(wire) as conn:
        return _measured(_coming(conn, served, batch), count)


def _coming(conn: Connection, served: Served, batch: int) -> Iterator[schema.Event]:
    for number, event in enumerate(conn.follow_events(after=0, interval=0.01), 1):
        if event.id != str(number):
            raise SystemExit(f"event {event.id} came where {number} was expected")
        yield event
        if number % batch == 0:
            served.log(batch)


def _measured(events: Iterator[schema.Event], count: int) -> list[float]:
    marks = [int(count * part) for part in PARTS]
    measured: list[float] = []
    seen = 0
    for seen, _event in enumerate(events, 1):
        if seen == marks[len(measured)]:
            measured.append(resident())
        if seen == count:
            break
    if seen != count:
        raise SystemExit(f"{seen:,} events came, of {count:,}")
    return measured


def resident() -> float:
    """The resident memory of this process, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


class Served:
    """An engine with so many events, served over HTTP by a process of its own."""

    def __init__(self, events: int) -> None:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(events, theirs), daemon=True)

    def __enter__(self) -> Served:
        self._process.start()
        self._address: tuple[str, str, str] = self._pipe.recv()
        return self

    def __exit__(self, *exception: object) -> None:
        self._pipe.send(None)
        self._process.join(10)

    def connection(self, wire: Literal["json", "xml"]) -> Connection:
        """A connection to it."""
        return Connection(*self._address, format=wire)

    def log(self, events: int) -> None:
        """Has so many more events come."""
        self._pipe.send(events)


def _serve(events: int, pipe: Pipe[Any, Any]) -> None:
    engine = Engine()
    engine.log_events(events)
    with engine.serve() as server:
        pipe.send((server.url, server.username, server.password))
        while (more := pipe.recv()) is not None:
            engine.log_events(more)


if __name__ == "__main__":
    main()
