"""One way to call both connections, so that what a call does is written down once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager
from inspect import isawaitable
from typing import Any

from rhev import schema
from rhev.simulator import Engine
from rhev.simulator.engine import URL
from tests.operations.scripted import Answer, Scripted, async_connected, connected

# Both wires, by both connections.
KINDS = [(wire, kind) for wire in ("json", "xml") for kind in ("sync", "async")]


class Driven:
    """A connection of either kind, whose calls are all waited for here."""

    def __init__(self, conn: Any) -> None:
        self.conn = conn
        self._loop = asyncio.new_event_loop() if hasattr(conn, "run") else None

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.conn, name)
        return (
            (lambda *args, **kwargs: self._done(found(*args, **kwargs)))
            if callable(found)
            else found
        )

    def do(self, method: Callable[..., Any], *arguments: Any, **keywords: Any) -> Any:
        """Calls a method of a resource."""
        if self._loop is None:
            return method(*arguments, **keywords)
        return self._done(self.conn.run(method, *arguments, **keywords))

    def _done(self, result: Any) -> Any:
        if self._loop is not None and isinstance(result, AsyncIterator):
            return self._done(_listed(result))
        if self._loop is not None and isawaitable(result):
            return self._loop.run_until_complete(_awaited(result))
        return list(result) if isinstance(result, Iterator) else result

    def end(self) -> None:
        self._done(self.conn.close())
        if self._loop is not None:
            self._loop.close()


async def _awaited(result: Any) -> Any:
    return await result


async def _listed(results: AsyncIterator[Any]) -> list[Any]:
    return [result async for result in results]


@contextmanager
def driven(conn: Any) -> Iterator[Driven]:
    """A connection of either kind, driven, and closed at the end."""
    each = Driven(conn)
    try:
        yield each
    finally:
        each.end()


@contextmanager
def demo(
    wire: str, kind: str, engine: Engine | None = None, **options: Any
) -> Iterator[tuple[Engine, Driven]]:
    """An embedded engine, a new one unless it is given, and a connection to it."""
    engine = engine or Engine.demo()
    connect: Any = engine.connect if kind == "sync" else engine.connect_async
    with driven(connect(format=wire, **options)) as conn:
        yield engine, conn


@contextmanager
def scripted(
    kind: str, answers: Mapping[str, Answer], **options: Any
) -> Iterator[tuple[Scripted, Driven]]:
    """An engine that answers by a script, in JSON, and a connection to it."""
    script = Scripted(answers)
    connect = connected if kind == "sync" else async_connected
    with driven(connect(script, **options)) as conn:
        yield script, conn


def new_machine(conn: Driven) -> Any:
    """A virtual machine without anything, that is down."""
    vm = conn.create(
        schema.VM(
            name="new",
            cluster=schema.Cluster(name="Default"),
            template=schema.Template(name="Blank"),
        )
    )
    return conn.wait_for_status(vm, "down", interval=0.01)


def asked(engine: Engine) -> list[tuple[str, str]]:
    """What an engine was asked for, but for its entry point."""
    root = URL.removeprefix("https://engine.example")
    calls = [(method, path.removeprefix("/ovirt-engine/api")) for method, path in engine.requests]
    return [call for call in calls if call[1] and call[1] != root]
