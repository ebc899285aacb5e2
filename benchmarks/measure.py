"""How time and memory are measured: two contestants in turn, so that noise falls on both."""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import sys
import time
import tracemalloc
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, as the table shows it."""

    value: float
    unit: str

    def __format__(self, spec: str) -> str:
        return format(f"{self.value:.1f} {self.unit}", spec)

    def __truediv__(self, other: Quantity) -> float:
        return self.value / other.value


@dataclass(frozen=True, slots=True)
class Result:
    """What one measurement gave for rhev and for the SDK."""

    rhev: Quantity
    sdk: Quantity


@dataclass(frozen=True, slots=True)
class Program:
    """The text of a program, and the document that it reads."""

    text: str
    document: bytes = b""

    def run(self, bytecode: str) -> None:
        """Runs it in a new interpreter, which keeps compiled modules in a directory."""
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": bytecode}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        command = [sys.executable, "-c", self.text]
        subprocess.run(  # noqa: S603 - programs of our own
            command, input=self.document, cwd=ROOT, env=environment, check=True
        )


def seconds(rhev: Callable[[], object], sdk: Callable[[], object], rounds: int) -> Result:
    """The shortest time of each. The collector is as each leaves it, after a clean start."""
    return _in_turn(rhev, sdk, rounds, min)


def start_up(rhev: Program, sdk: Program, rounds: int) -> Result:
    """The median time of a new interpreter that runs a program to its end.

    Both find their modules compiled, as any but the first run after an installation does.
    """
    with TemporaryDirectory() as bytecode:
        rhev.run(bytecode)
        sdk.run(bytecode)
        return _in_turn(
            lambda: rhev.run(bytecode), lambda: sdk.run(bytecode), rounds, statistics.median
        )


_FIRST = """
from time import perf_counter
from rhev import schema
started = perf_counter()
schema.VM(name="a")
print(perf_counter() - started)
"""


def first_instance(rounds: int) -> Quantity:
    """The median time of a first model in a new interpreter, once ``rhev.schema`` is imported."""
    command = [sys.executable, "-c", _FIRST]
    times = [
        float(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)  # noqa: S603
        for _ in range(rounds)
    ]
    return Quantity(statistics.median(times) * 1000, "ms")


def _in_turn(
    rhev: Callable[[], object],
    sdk: Callable[[], object],
    rounds: int,
    best: Callable[[list[float]], float],
) -> Result:
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(rounds):
        ours.append(_time(rhev))
        theirs.append(_time(sdk))
    return Result(Quantity(best(ours) * 1000, "ms"), Quantity(best(theirs) * 1000, "ms"))


def _time(work: Callable[[], object]) -> float:
    gc.collect()
    started = time.perf_counter()
    result = work()
    elapsed = time.perf_counter() - started
    del result
    return elapsed


def memory(rhev: Callable[[], object], sdk: Callable[[], object]) -> Result:
    """What the objects that each returns keep allocated."""
    return Result(_allocated(rhev), _allocated(sdk))


def _allocated(work: Callable[[], object]) -> Quantity:
    work()  # what is loaded or cached at first use is not the objects'
    gc.collect()
    tracemalloc.start()
    kept = work()
    gc.collect()
    allocated, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del kept
    return Quantity(allocated / 1_000_000, "MB")
