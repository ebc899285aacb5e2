"""One cell: an engine, a proxy, a connection; what happens, and the verdict."""

from __future__ import annotations

import asyncio
import re
import threading
import time
import warnings
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, Self, TypeAlias

import trustme

from faults.catalogue import FAULTS, Fault
from faults.judge import MARGIN, Outcome, Verdict, judge
from faults.operations import OPERATIONS, READ_TIMEOUT, TIMEOUT, Calls, Operation, Stage, prepare
from faults.proxy import HOST, Proxy, Script
from faults.witness import ROOT, Witness
from rhev import AsyncConnection, Connection, Error, RetryPolicy, Timeout
from rhev.simulator import Server

if TYPE_CHECKING:
    import ssl

Wire: TypeAlias = Literal["json", "xml"]
Transport: TypeAlias = Literal["sync", "async", "aiohttp"]

WIRES: tuple[Wire, ...] = ("json", "xml")
TRANSPORTS: tuple[Transport, ...] = ("sync", "async", "aiohttp")
_PATIENCE = 30.0
_SEARCH = 2.0
_RETRY = RetryPolicy(attempts=4, first_wait=0.05, max_wait=0.1)
# What has not ended then never will.
_NEVER = 4.0


@dataclass(frozen=True)
class Cell:
    """What is tried."""

    operation: Operation
    fault: Fault
    wire: Wire
    transport: Transport

    def __str__(self) -> str:
        return f"{self.operation.name}/{self.fault.name}/{self.wire}/{self.transport}"


@dataclass(frozen=True)
class Result:
    """What came of a cell, by its name."""

    cell: str
    fault: str
    verdict: Verdict
    why: str
    seconds: float
    by_time: bool = False
    """Whether it may have come so because the machine was busy."""


@cache
def cells() -> dict[str, Cell]:
    """All of them by their names, but for those in which nothing would go wrong."""
    every = [
        Cell(operation, fault, wire, transport)
        for fault in FAULTS
        for operation in OPERATIONS
        if _applies(fault, operation)
        for wire in WIRES
        for transport in TRANSPORTS
    ]
    return {str(cell): cell for cell in every}


def _applies(fault: Fault, operation: Operation) -> bool:
    # A log-out needs no new session, and no document of the API comes after it.
    return operation.name != "close" or not (fault.script.expires or fault.script.place != "all")


@dataclass
class _Face:
    """A connection of either kind, which runs the calls of an operation."""

    connection: Connection | AsyncConnection
    runner: asyncio.Runner | None

    def run(self, calls: Calls) -> object:
        if self.runner is None:
            return call(calls)
        return self.runner.run(_await(calls))

    def patient(self) -> Any:
        """The same connection, for what comes before and after."""
        return self.connection.with_options(timeout=_PATIENCE, read_timeout=_PATIENCE)

    def close(self) -> None:
        if isinstance(self.connection, Connection):
            self.connection.close()
        elif self.runner is not None:
            self.runner.run(self.connection.close())
            self.runner.close()


def call(calls: Calls) -> object:
    """What comes of the calls of an operation, by a connection that waits."""
    value: Any = None
    try:
        while True:
            value = calls.send(value)
            if isinstance(value, Iterator):
                value = list(value)
    except StopIteration as end:
        return end.value


async def _await(calls: Calls) -> object:
    value: Any = None
    await asyncio.sleep(0.005)  # a loop that stood still sees first what has come in the meantime
    try:
        while True:
            asked = calls.send(value)
            if isinstance(asked, AsyncIterator):
                value = [each async for each in asked]
            else:
                value = await asked
    except StopIteration as end:
        return end.value


@cache
def _authority() -> tuple[str, trustme.CA]:
    authority = trustme.CA()
    return authority.cert_pem.bytes().decode(), authority


@cache
def _tls() -> ssl.SSLContext:
    import ssl

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    _authority()[1].issue_cert(HOST).configure_cert(context)
    return context


class _Direct:
    """The engine itself in the place of a proxy: what goes wrong is by its own rules."""

    def __init__(self, port: int, engine: Witness) -> None:
        self.port = port
        self._faults = engine.spoiling

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.disarm()

    def arm(self, script: Script) -> None:
        for rule in script.rules:
            self._faults.add(replace(rule))

    def disarm(self) -> None:
        self._faults.clear()


def _connected(cell: Cell, engine: Witness, port: int) -> _Face:
    url = f"{'https' if cell.fault.tls else 'http'}://{HOST}:{port}{ROOT}"
    options: Any = {
        "timeout": TIMEOUT,
        "read_timeout": READ_TIMEOUT,
        "retry": _RETRY,
        "format": cell.wire,
        **({"ca_file": _authority()[0]} if cell.fault.tls else {}),
    }
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # of a password in clear text: it does not leave the machine
        if cell.transport == "sync":
            return _Face(Connection(url, engine.username, engine.password, **options), None)
        by: Any = "aiohttp" if cell.transport == "aiohttp" else None
        connection = AsyncConnection(url, engine.username, engine.password, transport=by, **options)
        return _Face(connection, asyncio.Runner())


# Stages on which nothing was changed: the next cell may have them.
_as_new: list[Stage] = []


def run(name: str) -> Result:
    """Try the cell of a name."""
    cell = cells()[name]
    stage = _as_new.pop() if _as_new else Stage(Witness())
    engine = stage.engine
    server = Server(engine.over_http, engine.username, engine.password)
    port = int(re.findall(r":(\d+)/", server.url)[0])
    try:
        tls = _tls() if cell.fault.tls else None
        with _Direct(port, engine) if cell.fault.script.rules else Proxy(port, tls) as between:
            face = _connected(cell, engine, between.port)
            outcome = _tried(cell, stage, face, between)
            between.disarm()
            if outcome.ended:
                outcome = replace(outcome, found=_found(face, outcome))
                face.close()
            verdict, why = judge(cell.operation, cell.fault, stage, outcome)
    finally:
        server.close()
    if outcome.ended and cell.operation.before is None and not engine.changes():
        _as_new.append(stage)
    is_late = isinstance(outcome.error, Timeout) or outcome.found == "unknown"
    by_time = is_late or verdict is Verdict.HANG
    return Result(name, cell.fault.name, verdict, why, outcome.seconds, by_time)


def _found(face: _Face, outcome: Outcome) -> str:
    """What can be found out, now that all goes well, of a change whose outcome is unknown."""
    error = outcome.error
    if not isinstance(error, Error) or error.change is None:
        return ""

    def ask() -> Calls:
        found = yield face.patient().find_outcome(error, timeout=_SEARCH, interval=0.1)
        return found.state

    return str(face.run(ask()))


def _tried(cell: Cell, stage: Stage, face: _Face, between: Proxy | _Direct) -> Outcome:
    operation, script = cell.operation, cell.fault.script
    if operation.prepared:
        face.run(prepare(face.patient(), stage))
    if operation.before is not None:
        operation.before(stage)
    stage.engine.seen.clear()
    between.arm(script)
    if script.expires:
        stage.expire()
    began = time.monotonic()
    outcome: list[Outcome] = []

    def work() -> None:
        value, error = None, None
        try:
            value = face.run(operation.run(face.connection, stage))
        except BaseException as raised:
            error = raised
        outcome.append(Outcome(time.monotonic() - began, value, error))

    worker = threading.Thread(target=work, name=str(cell), daemon=True)
    worker.start()
    worker.join(operation.limit + MARGIN + _NEVER)
    return outcome[0] if outcome else Outcome(time.monotonic() - began, ended=False)
