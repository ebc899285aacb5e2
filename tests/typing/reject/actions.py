"""Actions that are not there, and parameters that they do not have."""

from __future__ import annotations

from rhev import AsyncConnection, Connection, schema


def act(vm: schema.VM, host: schema.Host) -> None:
    # E: "VM" has no attribute "strat"; maybe "start"?
    vm.strat()
    # E: Unexpected keyword argument "paused" for "start" of "VM"; did you mean "pause"?
    vm.start(paused=True)
    # E: Argument "pause" to "start" of "VM" has incompatible type "str"; expected "bool | None"
    vm.start(pause="yes")
    # E: Argument "host" to "migrate" of "VM" has incompatible type "str"; expected "Host | None"
    vm.migrate(host="host1")
    # E: Argument "host" to "migrate" of "VM" has incompatible type "VM"; expected "Host | None"
    vm.migrate(host=schema.VM(name="web"))
    # E: "Host" has no attribute "start"
    host.start()
    # E: Argument 1 to "start" of "VM" has incompatible type "VM"; expected "Action | None"
    vm.start(vm)
    # E: Argument "timeout" to "wait_for_status" of "VM" has incompatible type "str";
    #    expected "float | None"
    vm.wait_for_status("up", timeout="60")
    # E: Argument "progress" to "wait_for_status" of "VM" has incompatible type
    #    "Callable[[VM], None]"; expected "Callable[[VM, str | None], object] | None"
    vm.wait_for_status("up", progress=print_status)


def by_name(connection: Connection, vm: schema.VM, snapshot: schema.Snapshot) -> None:
    # E: Argument 2 to "action" of "Connection" has incompatible type "Literal['strat']"; expected
    #    "Literal['auto_pin_cpu_and_numa_nodes', ..., 'undo_snapshot']"
    connection.action(vm, "strat")
    # E: Argument 2 to "action" of "Connection" has incompatible type "Literal['start']"; expected
    #    "Literal['restore']"
    connection.action(snapshot, "start")
    # E: Argument 2 to "action" of "Connection" has incompatible type "str"; expected "Never"
    connection.action(schema.Tag(name="web"), "start")
    # E: Argument 3 to "action" of "Connection" has incompatible type "bool"; expected "Action |
    #    None"
    connection.action(vm, "start", True)


async def awaited(connection: AsyncConnection, vm: schema.VM) -> None:
    # E: Argument 2 to "action" of "AsyncConnection" has incompatible type "Literal['strat']";
    #    expected "Literal['auto_pin_cpu_and_numa_nodes', ...]"
    await connection.action(vm, "strat")
    # E: Argument 2 to "wait_for_status" of "AsyncConnection" has incompatible type
    #    "Literal['upp']"; expected "Literal['unassigned', ...] | VmStatus"
    await connection.wait_for_status(vm, "upp")


def wait(connection: Connection, vm: schema.VM, checkpoint: schema.Checkpoint) -> None:
    # E: Argument 1 to "wait_for_status" of "VM" has incompatible type "Literal['upp']"; expected
    #    "Literal['unassigned', ...] | VmStatus"
    vm.wait_for_status("upp")
    # E: Argument 3 to "wait_for_status" of "Connection" has incompatible type "Literal['upp']";
    #    expected "Literal['unassigned', ...] | VmStatus"
    connection.wait_for_status(vm, "up", "upp")
    # E: Argument 2 to "wait_for_status" of "Connection" has incompatible type "Literal['ok']";
    #    expected "Literal['created', 'invalid'] | CheckpointState"
    connection.wait_for_status(checkpoint, "ok")
    # E: Argument 2 to "wait_for_status" of "Connection" has incompatible type
    #    "Literal[VmStatus.UP]"; expected "Literal['created', 'invalid'] | CheckpointState"
    connection.wait_for_status(checkpoint, schema.VmStatus.UP)
    # E: Argument "timeout" to "wait_for_status" of "Connection" has incompatible type "str";
    #    expected "float | None"
    connection.wait_for_status(vm, "up", timeout="60")
    # E: Unexpected keyword argument "time_out" for "wait_for_status" of "Connection"; did you mean
    #    "timeout"?
    connection.wait_for_status(vm, "up", time_out=60)


def validate(vm: schema.VM, tag: schema.Tag) -> None:
    # E: Argument 2 to "validate" has incompatible type "Literal['ad']"; expected "Literal['add',
    #    ...]"
    schema.validate(vm, "ad")
    # E: Argument 2 to "validate" has incompatible type "Literal['start']"; expected "Literal['add',
    #    'update']"
    schema.validate(tag, "start")
    # E: Argument 1 to "validate" has incompatible type "CPU | None"; expected "Validates[[str]]"
    schema.validate(vm.cpu, "add")


def print_status(vm: schema.VM) -> None:
    print(vm.status)
