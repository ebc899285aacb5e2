"""The engine that the scenarios ask: over HTTP, in a process of its own, with a record."""

from __future__ import annotations

import json
import multiprocessing
import random
import threading
import time
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from rhev.schema import VM
from rhev.simulator import Engine
from rhev.transport.base import header
from rhev.transport.tokens import LOGOUT_PATH, TOKEN_PATH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection as Pipe

    from rhev.transport import Request, Response

_SOON = 30.0
TOKENS_LIVE = 40.0
"""Seconds, or so: longer than a request may have to wait for one of the connections."""
MACHINES = "/ovirt-engine/api/vms"


@dataclass(frozen=True)
class Account:
    """What the engine's own record says."""

    made: dict[str, list[str]] = field(default_factory=dict)
    """The ids of the machines that were made, by the name that was asked for."""
    deleted: list[str] = field(default_factory=list)
    """The ids of the machines that a DELETE has deleted."""
    tokens: int = 0
    """How many tokens are valid: were given, and neither revoked nor have they expired."""
    revoked_in_use: int = 0
    """How many requests came with a token that someone had revoked."""


@dataclass(frozen=True)
class Remote:
    """The engine, from the process of a scenario and from its children."""

    url: str
    username: str
    password: str
    machines: dict[str, str]
    """The names of machines that stay, by their ids."""


class Recorded(Engine):
    """An engine that keeps what was done."""

    def __init__(self, *, clock: Callable[[], float] | None = None, speed: float = 1.0) -> None:
        self._one_by_one = threading.Lock()  # an engine serves so anyway
        self.begin()
        super().__init__(clock=clock, speed=speed)

    def begin(self) -> None:
        """Begins the record."""
        self._made: dict[str, list[str]] = defaultdict(list)
        self._deleted: list[str] = []
        self._valid: set[str] = set()
        self._revoked: set[str] = set()
        self._revoked_in_use = 0

    def handle(self, request: Request) -> Response:
        """The response to a request, which is noted."""
        with self._one_by_one:
            response = super().handle(request)
            self._note(request, response, urlsplit(request.url).path)
        return response

    def _note(self, request: Request, response: Response, path: str) -> None:
        if path == TOKEN_PATH:
            self._valid.add(json.loads(response.content)["access_token"])
        elif path == LOGOUT_PATH:
            token = parse_qs(request.content.decode())["token"][0]
            self._valid.discard(token)
            self._revoked.add(token)
        elif response.status == 401:
            _, _, token = (header(request.headers, "Authorization") or "").partition(" ")
            self._revoked_in_use += token in self._revoked
        elif response.status >= 300:
            return
        elif request.method == "POST" and path == MACHINES:
            name = json.loads(request.content)["name"]
            self._made[name].append(json.loads(response.content)["id"])
        elif request.method == "DELETE" and path.startswith(f"{MACHINES}/"):
            self._deleted.append(path.rpartition("/")[2])

    def expire(self) -> None:
        """Makes every token worthless."""
        with self._one_by_one:
            self.sessions.expire()
            self._valid.clear()

    def account(self) -> Account:
        """What was done so far."""
        with self._one_by_one:
            return Account(
                dict(self._made), list(self._deleted), len(self._valid), self._revoked_in_use
            )


def _serve(pipe: Pipe, first: float) -> None:
    """The process of the engine. Tokens expire all together, now and then."""
    engine = Recorded.demo(speed=1000)
    engine.begin()
    machines = {str(vm.id): str(vm.name) for vm in engine.connect().getall(VM)}
    with engine.serve() as server:
        pipe.send(Remote(server.url, server.username, server.password, machines))
        expires = time.monotonic() + first
        while True:
            if not pipe.poll(max(0.0, expires - time.monotonic())):
                engine.expire()
                expires = time.monotonic() + TOKENS_LIVE * random.uniform(0.5, 1.5)
            elif pipe.recv() == "account":
                pipe.send(engine.account())
            else:
                break


class Served:
    """An engine that is served, and the way to ask for its account."""

    def __init__(self, pipe: Pipe) -> None:
        self._pipe = pipe
        self.remote: Remote = self._received()

    def account(self) -> Account:
        self._pipe.send("account")
        account: Account = self._received()
        return account

    def _received(self) -> Any:
        if not self._pipe.poll(_SOON):
            raise TimeoutError("the engine's process does not answer")
        return self._pipe.recv()


@contextmanager
def serving(first: float) -> Iterator[Served]:
    """An engine in a new process, as long as this lasts. Tokens first expire after so long."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, first), daemon=True)
    process.start()
    theirs.close()
    try:
        yield Served(ours)
        ours.send("end")
        process.join(_SOON)
    finally:
        process.kill()
        process.join()
        ours.close()
