"""How quick and how big the embedded engine is: ``python -m benchmarks.engine``.

Times are of the processor, the least of some rounds. What is asked of the engine is said beside
each figure; what hangs on the machine as little as may be is a ratio of one run.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from itertools import cycle
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.measure import ROOT
from rhev.simulator import Engine
from rhev.simulator.engine import URL
from rhev.transport.base import Request

if TYPE_CHECKING:
    from collections.abc import Callable

MACHINES = 1000
MANY = 10_000
ROUNDS = 7
GETS = 200
JSON, XML = "application/json", "application/xml"

_START = """
from time import process_time
started = process_time()
from rhev.simulator import Engine
imported = process_time()
Engine()
made = process_time()
Engine.demo()
shown = process_time()
Engine.demo()
print(imported - started, made - imported, shown - made, process_time() - shown)
"""
_MANY = f"""
from time import process_time
from rhev.simulator import Engine
started = process_time()
engine = Engine.demo(vms={MANY})
made = process_time() - started
with open("/proc/self/status") as status:
    print(made, *(line.split()[1] for line in status if line.startswith("VmRSS")))
"""


def main() -> None:
    starts()
    many()
    engine = Engine.demo(vms=MACHINES)
    print(f"\nan estate of {MACHINES} machines, in this process")
    gets(engine)
    listings(engine)


def starts() -> None:
    """A new interpreter, to an engine."""
    with TemporaryDirectory() as bytecode:
        _run(_START, bytecode)
        times = [_run(_START, bytecode) for _ in range(ROUNDS)]
    whats = ("import rhev.simulator", "the first Engine()", "the first Engine.demo()", "another")
    for what, of in zip(whats, zip(*times, strict=True), strict=True):
        row(what, f"{min(of) * 1000:.0f} ms")


def many() -> None:
    """A big estate in a new interpreter: how long it takes, and what the process has then."""
    with TemporaryDirectory() as bytecode:
        made, kilobytes = _run(_MANY, bytecode)
    row(f"Engine.demo(vms={MANY:_})", f"{made:.1f} s", "at most 10 s", made <= 10)
    held = kilobytes / 1000
    row("  the process with it", f"{held:.0f} MB", "under 250 MB", held < 250)


def gets(engine: Engine) -> None:
    """Machines by their ids, one after the other: again and again, and for the first time.

    What is asked again before anything has changed is answered as before.
    """
    for name, kind in (("JSON", JSON), ("XML", XML)):
        pace = GETS / _gets(engine, kind)
        row(f"gets, {name}", f"{pace:.0f} a second", "at least 3000", pace >= 3000)
        pace = GETS / _gets(engine, kind, "?anew=true")
        row("  made up anew", f"{pace:.0f} a second")
    pace = GETS / _gets(engine, JSON, changing=True)
    row("  each after a change", f"{pace:.0f} a second, with the change")


def listings(engine: Engine) -> None:
    """All machines, and parts of them, beside which the whole is the measure."""
    whole = _seconds(lambda: _ask(engine, "/vms"))
    row("the listing, JSON", f"{whole * 1000:.1f} ms")
    row("the listing, XML", f"{_seconds(lambda: _ask(engine, '/vms', XML)) * 1000:.1f} ms")
    for what, query, most in (
        ("at most 10", "?max=10", 0.05),
        ("a page of 100", "?search=page%203&max=100", 0.12),
        ("a search by name for 10", "?search=name%3Dvm-0012*", 0.1),
        ("a search by status for 10", "?search=status%3Dup%20page%201&max=10", 0.1),
        ("a search by host for 10", "?search=host.name%3Dnode-02&max=10", None),
        ("follow=nics,disk_attachments.disk", "?follow=nics,disk_attachments.disk", None),
    ):
        part = _seconds(lambda query=query: _ask(engine, f"/vms{query}"))  # type: ignore[misc]
        ratio = part / whole
        target = f"at most {most:g}" if most is not None else ""
        figure = f"{part * 1000:.1f} ms, {ratio:.3f} of the listing"
        row(what, figure, target, most is None or ratio <= most)


def _gets(engine: Engine, kind: str, query: str = "", *, changing: bool = False) -> float:
    """The least seconds that so many gets took."""
    transport = engine.transport
    with engine.connect() as connection:
        machines = connection.getall("vms")[:GETS]
        paths = cycle([f"{URL}/vms/{vm.id}{query}" for vm in machines])
    headers = {"Accept": kind, "Content-Type": JSON}

    def ask() -> None:
        for url in (next(paths) for _ in range(GETS)):
            if changing:
                transport.send(Request("PUT", url, headers, b'{"description": "changed"}'))
            transport.send(Request("GET", url, headers))

    return _seconds(ask)


def _ask(engine: Engine, path: str, kind: str = JSON) -> None:
    response = engine.transport.send(Request("GET", f"{URL}{path}", {"Accept": kind}))
    if response.status != 200:
        raise RuntimeError(response.content.decode())


def _seconds(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def _run(program: str, bytecode: str) -> list[float]:
    """The numbers that a program prints in a new interpreter, which keeps what it compiles."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": bytecode}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(  # noqa: S603 - programs of our own
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return [float(text) for text in done.stdout.split()]


def row(what: str, figure: str, target: str = "", is_met: bool = True) -> None:
    print(f"{what:36}{figure:<40}{target}{'' if is_met else '  MISSED'}", flush=True)


if __name__ == "__main__":
    main()
