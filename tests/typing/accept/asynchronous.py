"""The same, awaited."""

from __future__ import annotations

import asyncio
from typing import assert_type

from rhev import AsyncConnection, schema


async def main(url: str, username: str, password: str) -> None:
    async with AsyncConnection(url, username, password, timeout=10) as connection:
        vm = await connection.get(schema.VM, name="web")
        assert_type(vm, schema.VM)
        assert_type(await connection.get(schema.VM, "0001", default=None), schema.VM | None)
        assert_type(await connection.getall(schema.VM), schema.VMs)
        assert_type(await connection.create(schema.Tag(name="web")), schema.Tag)
        assert_type(await connection.action(vm, "start"), schema.Action)
        assert_type(await connection.run(vm.start, pause=True), schema.Action)
        assert_type(await connection.action(vm, "migrate", host=vm.host), schema.Action)
        assert_type(await connection.wait_for_status(vm, "up", timeout=60), schema.VM)
        assert_type(await connection.run(vm.wait_for_status, "up", timeout=60), schema.VM)
        async for host in connection.iterate(schema.Host, status="up"):
            assert_type(host, schema.Host)
        hosts, clusters = await asyncio.gather(
            connection.getall(schema.Host), connection.getall(schema.Cluster)
        )
        assert_type(hosts[0], schema.Host)
        assert_type(clusters[0], schema.Cluster)


def callers(connection: AsyncConnection) -> list[schema.VM]:
    async def listed() -> list[schema.VM]:
        return list(await connection.getall(schema.VM))

    return asyncio.run(listed())
