"""What an inventory of a large estate costs: ``python -m benchmarks.inventory``.

The estate is an embedded engine's, in a process of its own, over HTTP. ``rhev inventory`` is run as
a user does, to each format; beside it a script on the vendor's SDK that reads the same collections
with the same links followed, one after the other, and keeps none of it. Memory is the most that a
process had.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from benchmarks.measure import ROOT
from rhev import Connection, search
from rhev.inventory.parts import PARTS, element
from rhev.mapping.catalogue import model
from rhev.models.index import COLLECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rhev.models.engine import API

MACHINES = 10_000
PAGE = 100

SDK = f"""
import json, os
import ovirtsdk4 as sdk

connection = sdk.Connection(
    url=os.environ["RHEV_URL"],
    username=os.environ["RHEV_USERNAME"],
    password=os.environ["RHEV_PASSWORD"],
    insecure=True,
)
requests, send = 0, connection.send

def counted(request):
    global requests
    requests += 1
    return send(request)

connection.send = counted
count = 0
system = connection.system_service()
for name, paged, follow, below in json.loads(os.environ["PARTS"]):
    service, number = getattr(system, name)(), 1
    told = {{"follow": follow}} if follow else {{}}
    while True:
        asked = {{"search": f"page {{number}}", "max": {PAGE}}} if paged else {{}}
        found = service.list(**told, **asked)
        count += len(found)
        for member in found:
            for inner, followed in below:
                told_inner = {{"follow": followed}} if followed else {{}}
                inner = getattr(service.service(member.id), inner)()
                count += len(inner.list(**told_inner))
        if not paged or len(found) < {PAGE}:
            break
        number += 1
connection.close()
print(requests, count)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """What a process took: seconds by the clock, of the processor, and of the engine's."""

    clock: float
    processor: float
    engine: float
    megabytes: float
    said: str


def main() -> None:
    with served(MACHINES) as engine, TemporaryDirectory() as folder:
        print(f"an inventory of {MACHINES} machines, over HTTP")
        head = ("s", "CPU s", "engine's CPU s", "MB", "requests")
        print(" " * 24 + "".join(f"{each:>16}" for each in head))
        for format in ("jsonl", "sqlite", "csv", "parquet"):
            if format == "parquet" and find_spec("pyarrow") is None:
                continue
            path = Path(folder) / f"estate.{format}"
            # With -v each request is a line.
            ran = engine.run([sys.executable, "-m", "rhev", "inventory", "-v", "-f", str(path)])
            lines = ran.said.splitlines()
            (told,) = [line for line in lines if " resources in " in line]
            resources = int(told.split()[0].replace(",", ""))
            show(f"rhev inventory, {format}", ran, sum(line.startswith("GET ") for line in lines))
        ran = engine.run([sys.executable, "-c", SDK], PARTS=json.dumps(engine.parts()))
        requests, count = map(int, ran.said.split())
        assert count + 1 == resources, "they read the same, but for the entry point"
        show("the vendor's SDK", ran, requests)


def show(what: str, ran: Run, requests: int) -> None:
    figures = (
        *(f"{each:.1f}" for each in (ran.clock, ran.processor, ran.engine)),
        f"{ran.megabytes:.0f}",
        str(requests),
    )
    print(f"  {what:<22}" + "".join(f"{each:>16}" for each in figures))


class Served:
    """An engine in a process of its own, and what is run against it."""

    def __init__(self, process: subprocess.Popen[str], told: dict[str, str]) -> None:
        self._process = process
        self._variables = {f"RHEV_{name.upper()}": value for name, value in told.items()}
        self._connection = Connection(told["url"], told["username"], told["password"])

    def run(self, command: Sequence[str], **variables: str) -> Run:
        """Runs a process, and what it said. Raises CalledProcessError where it fails."""
        environment = {**os.environ, **self._variables, **variables}
        before, started = self._processor(), time.perf_counter()
        with TemporaryDirectory() as folder:
            said = Path(folder) / "said"
            with said.open("wb") as file:
                process = subprocess.Popen(  # noqa: S603 - programs of our own
                    command, cwd=ROOT, env=environment, stdout=file, stderr=file
                )
                _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            clock, text = time.perf_counter() - started, said.read_text()
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command, text)
        own = used.ru_utime + used.ru_stime
        return Run(clock, own, self._processor() - before, used.ru_maxrss / 1000, text)

    def parts(self) -> list[Any]:
        """The parts of an inventory, as the SDK calls them."""
        api: API = self._connection.api()
        return [
            (
                _service(part.class_name),
                f"{part.rel}/search" in api.links and search.is_paged(part.cls.__api_name__),
                ",".join(part.follow),
                [(_service(below.class_name), ",".join(below.follow)) for below in part.below],
            )
            for part in PARTS
        ]

    def _processor(self) -> float:
        """Seconds of the processor that the engine has had (of Linux)."""
        stat = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")


def _service(class_name: str) -> str:
    return f"{element(model(COLLECTIONS[class_name]))}_service"


@contextmanager
def served(machines: int) -> Iterator[Served]:
    """An engine with so many machines, as long as this lasts."""
    command = [sys.executable, "-m", "rhev.simulator", "--vms", str(machines)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603
    try:
        assert process.stdout is not None
        yield Served(process, dict(process.stdout.readline().split() for _ in range(3)))
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main()
