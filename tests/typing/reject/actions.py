"""Actions that are not there, and parameters that they do not have."""

from __future__ import annotations

from rhev import schema


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
    # E: Argument "timeout" to "wait_for_status" of "BaseResource" has incompatible type "str";
    #    expected "float | None"
    vm.wait_for_status("up", timeout="60")
    # E: Argument "progress" to "wait_for_status" of "BaseResource" has incompatible type
    #    "Callable[[VM], None]"; expected "Callable[[VM, str | None], object] | None"
    vm.wait_for_status("up", progress=print_status)


def print_status(vm: schema.VM) -> None:
    print(vm.status)
