"""The engine that the scenarios ask: over HTTP, in a process of its own, with a record of it all."""

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

from rhev.simulator import Engine
from rhev.simulator.server import Server
from rhev.transport import Request, Response
from rhev.transport.base import header
from rhev.transport.tokens import LOGOUT_PATH, TOKEN_PATH

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection as Pipe

_SOON = 30.0


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


class Recorder:
    """Hands requests to an engine and keeps what was done. It lets tokens expire, now and then."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._made: dict[str, list[str]] = defaultdict(list)
        self._deleted: list[str] = []
        self._valid: set[str] = set()
        self._revoked: set[str] = set()
        self._revoked_in_use = 0

    def handle(self, request: Request) -> Response:
        with self._lock:  # the engine serves one request at a time anyway
            response = self._engine.handle(request)
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
            scheme, _, token = (header(request.headers, "Authorization") or "").partition(" ")
            self._revoked_in_use += token in self._revoked
        elif response.status >= 300:
            return
        elif request.method == "POST" and path.endswith("/vms"):
            name = json.loads(request.content)["name"]
            self._made[name].append(json.loads(response.content)["id"])
        elif request.method == "DELETE":
            self._deleted.append(path.rpartition("/")[2])

    def expire(self) -> None:
        with self._lock:
            self._engine.sessions.expire()
            self._valid.clear()

    def account(self) -> Account:
        with self._lock:
            return Account(
                dict(self._made), list(self._deleted), len(self._valid), self._revoked_in_use
            )


def _serve(pipe: Pipe, lifetime: float) -> None:
    """The process of the engine. Tokens expire all together, every ``lifetime`` seconds or so."""
    engine = Engine.demo(speed=1000)
    recorder = Recorder(engine)
    machines = {vm.id: vm.name for vm in engine.connect().getall("vms")}
    with Server(recorder.handle, engine.username, engine.password) as server:
        pipe.send(Remote(server.url, server.username, server.password, machines))
        expires = time.monotonic() + lifetime
        while True:
            if not pipe.poll(max(0.0, expires - time.monotonic())):
                recorder.expire()
                expires = time.monotonic() + lifetime * random.uniform(0.5, 1.5)  # noqa: S311
            elif pipe.recv() == "account":
                pipe.send(recorder.account())
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
def serving(lifetime: float) -> Iterator[Served]:
    """An engine in a new process, as long as this lasts."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, lifetime), daemon=True)
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
