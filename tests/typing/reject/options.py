"""Options, requests and waits that there are not."""

from __future__ import annotations

from rhev import AsyncConnection, Connection, schema


def options(conn: Connection, vm: schema.VM) -> None:
    # E: Unexpected keyword argument "format" for "with_options" of "Configured"
    conn.with_options(format="xml")
    # E: Argument "wait_locked" to "with_options" of "Configured" has incompatible type "str";
    #    expected "float"
    conn.with_options(wait_locked="60")
    # E: "Response" has no attribute "name"
    print(conn.request("GET", "/vms/1").name)
    # E: Value of type variable "S" of "request" of "Connection" cannot be "str"
    conn.request("GET", "/vms/1", str)
    # E: Item "None" of "Job | None" has no attribute "status"
    print(conn.wait_for_job(vm.start()).status)
    # E: Unexpected keyword argument "settled" for "wait_for_job" of "Connection"
    conn.wait_for_job("some-id", settled=True)
    # E: Item "None" of "Exchange | None" has no attribute "status"
    print(conn.last_exchange.status)
    # E: Argument 1 to "wait_for_job" of "Connection" has incompatible type "int"; expected "Job |
    #    Action | BaseResource | str"
    conn.wait_for_job(7)
    # E: Unexpected keyword argument "ca_fingerprnt" for "from_environment" of "Configured"; did you
    #    mean "ca_fingerprint"?
    Connection.from_environment(ca_fingerprnt="sha256:00")


async def awaited(conn: AsyncConnection) -> None:
    # E: "Coroutine[Any, Any, EngineVersion]" has no attribute "model"
    print(conn.version().model)
