"""An engine over HTTP, asked by many at a time: ``python -m benchmarks.concurrency``.

One client gets a machine over and over while others list all of them: how often it is answered,
and how long it waits at worst. The engine is in a process of its own, and so is each side of its
clients; all of them share the processors of this machine, so that only runs on one machine of one
day are worth comparing.
"""

from __future__ import annotations

import http.client
import json
import multiprocessing
import statistics
import sys
import threading
import time
from base64 import b64encode
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection as Pipe

MACHINES = 1000
SECONDS = 4.0
CLIENTS = (1, 4, 16)
_SOON = 60.0
_CONTEXT = multiprocessing.get_context("spawn")
_KIND = {"Accept": "application/json", "Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class Served:
    """Where the engine is, the machine that is asked for, and the header of who asks."""

    host: str
    port: int
    machine: str
    authorization: str


def main() -> None:
    print(f"{MACHINES} machines; a get of one of them, over HTTP, for {SECONDS:g} s each\n")
    print(f"{'':28}{'gets/s':>8}{'median':>11}{'99 %':>11}{'worst':>11}{'others/s':>10}")
    with _engine() as served:
        row("alone", served, 0, "/vms")
        for clients in CLIENTS:
            row(f"{clients} listing all", served, clients, "/vms")
        for clients in CLIENTS:
            row(f"{clients} getting, too", served, clients, served.machine)
        for clients in CLIENTS:
            row(f"{clients} listing, 1 changing", served, clients, "/vms", changes=True)


def row(what: str, served: Served, others: int, path: str, *, changes: bool = False) -> None:
    """Prints how a client fares beside so many others."""
    sides = [_Side(served, 1, served.machine)]
    if others:
        sides.append(_Side(served, others, path))
    if changes:
        sides.append(_Side(served, 1, served.machine, "PUT"))
    for side in sides:
        side.begin()
    waits, *further = [side.waits() for side in sides]
    waits.sort()
    figures = [statistics.median(waits), waits[int(len(waits) * 0.99)], waits[-1]]
    shown = "".join(f"{figure * 1000:8.1f} ms" for figure in figures)
    pace = len(further[0]) / SECONDS if further else 0
    print(f"{what:28}{len(waits) / SECONDS:8.0f}{shown}{pace:10.1f}", flush=True)


class _Side:
    """Some clients, in a process of their own."""

    def __init__(self, served: Served, clients: int, path: str, method: str = "GET") -> None:
        self._pipe, theirs = _CONTEXT.Pipe()
        arguments = (served, clients, path, method, theirs)
        self._process = _CONTEXT.Process(target=_clients, args=arguments, daemon=True)
        self._process.start()
        self._received()

    def begin(self) -> None:
        """Has them ask, for a while."""
        self._pipe.send("begin")

    def waits(self) -> list[float]:
        """How long each of their requests waited for its answer, in seconds."""
        waits = self._received()
        self._process.join(_SOON)
        self._pipe.close()
        return waits

    def _received(self) -> list[float]:
        if not self._pipe.poll(_SOON):
            raise TimeoutError("the clients do not answer")
        received: list[float] = self._pipe.recv()
        return received


def _clients(served: Served, clients: int, path: str, method: str, pipe: Pipe) -> None:
    waits: list[float] = []
    pipe.send([])
    pipe.recv()
    ended = time.time() + SECONDS

    def client() -> None:
        with closing(http.client.HTTPConnection(served.host, served.port)) as connection:
            while time.time() < ended:
                started = time.perf_counter()
                body = json.dumps({"description": str(started)}) if method == "PUT" else None
                headers = {**_KIND, "Authorization": served.authorization}
                connection.request(method, f"/ovirt-engine/api{path}", body, headers)
                response = connection.getresponse()
                content = response.read()
                waits.append(time.perf_counter() - started)
                if response.status != 200:
                    sys.exit(f"{path}: {response.status}, {content[:200]!r}")

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    pipe.send(waits)


@contextmanager
def _engine() -> Iterator[Served]:
    ours, theirs = _CONTEXT.Pipe()
    process = _CONTEXT.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        if not ours.poll(_SOON):
            raise TimeoutError("the engine does not start")
        yield ours.recv()
    finally:
        ours.send("end")
        process.join(_SOON)
        process.kill()


def _serve(pipe: Pipe) -> None:
    # Not for the clients, whose processes are to begin soon.
    from rhev.simulator import Engine
    from rhev.simulator.engine import URL
    from rhev.transport.base import Request

    engine = Engine.demo(speed=1000)
    transport = engine.transport
    machine = {"cluster": {"name": "Default"}, "template": {"name": "Blank"}}
    for number in range(MACHINES - 12):
        content = json.dumps({**machine, "name": f"vm-{number:04}"}).encode()
        response = transport.send(Request("POST", f"{URL}/vms", _KIND, content))
        if response.status >= 300:
            sys.exit(response.content.decode())
    listing = json.loads(transport.send(Request("GET", f"{URL}/vms", _KIND)).content)
    path = f"/vms/{listing['vm'][MACHINES // 2]['id']}"
    with engine.serve() as server:
        parts = urlsplit(server.url)
        pair = b64encode(f"{server.username}:{server.password}".encode()).decode()
        pipe.send(Served(str(parts.hostname), parts.port or 0, path, f"Basic {pair}"))
        pipe.recv()


if __name__ == "__main__":
    main()
