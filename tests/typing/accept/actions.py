"""Every action of the API is a method with keywords."""

from __future__ import annotations

from typing import assert_type

from rhev import Connection, IllegalAction, WaitTimeout, schema


def start(connection: Connection, vm: schema.VM) -> None:
    result = vm.start(pause=True, vm=schema.VM(stateless=True))
    assert_type(result, schema.Action)
    assert_type(result.job, schema.Job | None)
    assert_type(connection.action(vm, "start", pause=True), schema.Action)
    action = schema.Action()
    action.pause = True
    action.stateless = True
    vm.start(action)
    connection.action(vm, "start", action)


def by_name(connection: Connection, vm: schema.VM, any_: schema.BaseResource, name: str) -> None:
    connection.action(vm, "preview_snapshot", snapshot=schema.Snapshot(id="0001"))
    connection.action(any_, name)
    schema.validate(vm, "add")
    schema.validate(vm, "migrate", host=vm.host)
    schema.validate(any_, name)


def migrate(vm: schema.VM, host: schema.Host) -> None:
    try:
        vm.migrate(host=schema.ref(host), force=False)
    except IllegalAction as error:
        assert_type(error.offered, tuple[str, ...])


def report(vm: schema.VM, status: str | None) -> None:
    print(vm.name, status)


def wait(connection: Connection, vm: schema.VM) -> str | None:
    try:
        assert_type(vm.wait_for_status("up", "paused", timeout=60, progress=report), schema.VM)
        connection.wait_for_status(vm, schema.VmStatus.UP, progress=report)
    except WaitTimeout as error:
        return error.last
    return vm.status.state if vm.status else None


def wait_for_any(connection: Connection, resource: schema.BaseResource, status: str) -> None:
    assert_type(connection.wait_for_status(resource, status), schema.BaseResource)
    assert_type(resource.wait_for_status(status, timeout=None), schema.BaseResource)


def wait_in_turn(connection: Connection, host: schema.Host, snapshot: schema.Snapshot) -> None:
    connection.wait_for_status(host, "maintenance", schema.HostStatus.NON_OPERATIONAL, interval=5)
    assert_type(snapshot.wait_for_status("ok"), schema.Snapshot)
