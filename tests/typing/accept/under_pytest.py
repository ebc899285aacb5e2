"""A test of one's own under pytest, with the fixtures that rhev gives it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rhev import AsyncConnection, Connection, schema
from rhev.simulator import Engine, ManualClock, Server


@pytest.mark.rhev(estate="new", speed=10)
def test_it(rhev_engine: Engine, rhev_connection: Connection, rhev_server: Server) -> None:
    rhev_engine.advance(60)
    vms: schema.VMs = rhev_connection.getall(schema.VM)
    url: str = rhev_server.url
    assert not vms, url


async def test_the_twin(rhev_async_connection: AsyncConnection) -> None:
    vms: schema.VMs = await rhev_async_connection.getall(schema.VM)
    assert vms


def frozen() -> Engine:
    clock = ManualClock(datetime(2026, 1, 1, tzinfo=UTC))
    clock.advance(1.5)
    return Engine.demo(clock=clock)
