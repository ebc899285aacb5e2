"""Engines whose clocks stand still: what is waited for within the process comes at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from rhev.simulator import Engine, ManualClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from rhev.connection import Connection


@dataclass
class Estate:
    """An engine, and a connection to it."""

    engine: Engine
    connection: Connection

    @property
    def writes(self) -> list[tuple[str, str]]:
        """The requests that change something, and the last words of their paths."""
        return [
            (method, path.partition("?")[0].rpartition("/")[2])
            for method, path in self.engine.requests
            if method != "GET"
        ]


@pytest.fixture
def demo() -> Estate:
    engine = Engine.demo(clock=ManualClock())
    connection = engine.connect()
    connection.ping()
    engine.requests.clear()
    return Estate(engine, connection)


@pytest.fixture
def empty() -> Estate:
    engine = Engine(clock=ManualClock())
    return Estate(engine, engine.connect())


@pytest.fixture
def estate(demo: Estate) -> Callable[[], Estate]:
    return lambda: demo
