"""What an AsyncConnection gives has to be awaited."""

from __future__ import annotations

from rhev import AsyncConnection, Connection, schema


async def forgotten(connection: AsyncConnection) -> None:
    # E: "Coroutine[Any, Any, VM]" has no attribute "name"
    print(connection.get(schema.VM, "0001").name)
    # E: "Coroutine[Any, Any, VMs[VM]]" has no attribute "__iter__" (not iterable)
    for _ in connection.getall(schema.VM):
        pass
    # E: "AsyncIterator[Host]" has no attribute "__iter__"; maybe "__aiter__"? (not iterable)
    for _ in connection.iterate(schema.Host):
        pass
    # E: Value of type "Coroutine[Any, Any, None]" must be used
    connection.close()


async def awaited_in_vain(connection: Connection, vm: schema.VM) -> None:
    # E: Incompatible types in "await" (actual type "VM", expected type "Awaitable[Any]")
    await connection.get(schema.VM, "0001")
    # E: Incompatible types in "await" (actual type "Action", expected type "Awaitable[Any]")
    await vm.start()


async def run(connection: AsyncConnection, vm: schema.VM) -> None:
    # E: Unexpected keyword argument "paused" for "run" of "AsyncConnection"; did you mean "pause"?
    await connection.run(vm.start, paused=True)
    # E: "AsyncConnection" has no attribute "__enter__"
    # E: "AsyncConnection" has no attribute "__exit__"
    with connection:
        pass
