"""The fixtures, as a test names their types."""

from __future__ import annotations

import asyncio

import pytest

from rhev import AsyncConnection, Connection, schema
from rhev.simulator import Engine, ManualClock, Server


@pytest.mark.rhev(estate="new", speed=10)
def test_they_are_of_one_engine(
    rhev_engine: Engine, rhev_connection: Connection, rhev_server: Server
) -> None:
    rhev_connection.create(schema.Tag(name="ours"))
    with Connection(rhev_server.url, rhev_server.username, rhev_server.password) as other:
        assert other.get(schema.Tag, name="ours")
    assert isinstance(rhev_engine.clock, ManualClock)


def test_an_asynchronous_one_is_of_the_same(
    rhev_engine: Engine, rhev_async_connection: AsyncConnection
) -> None:
    async def names() -> list[str | None]:
        return [vm.name async for vm in rhev_async_connection.iterate(schema.VM)]

    assert asyncio.run(names()) == [vm.name for vm in rhev_engine.connect().iterate(schema.VM)]
