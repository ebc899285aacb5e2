"""What a connection can be told for a call, and asked beside the models."""

from __future__ import annotations

from typing import Any, assert_type

from rhev import (
    AsyncConnection,
    CallOptions,
    Connection,
    EngineVersion,
    Exchange,
    FingerprintMismatch,
    Locked,
    Response,
    RetryPolicy,
    schema,
)


def told_otherwise(conn: Connection) -> None:
    options: CallOptions = {"timeout": 300, "read_timeout": 5, "retry": RetryPolicy(attempts=1)}
    assert_type(conn.with_options(**options), Connection)
    with conn.with_options(wait_locked=60, user_view=True, correlation_id="x") as patient:
        assert_type(patient, Connection)
        assert_type(patient.get(schema.VM, name="web"), schema.VM)


def asked(conn: Connection, vm: schema.VM) -> None:
    raw = conn.request("GET", "/vms", parameters={"max": 5})
    assert_type(raw, Response)
    assert_type(conn.request("GET", "/vms", schema.VMs), schema.VMs)
    body = schema.Action(pause=True)
    assert_type(conn.request("POST", "/vms/1/start", schema.Action, body=body), schema.Action)
    conn.request("POST", "/vms/1/start", body={"pause": True})
    assert_type(conn.last_exchange, Exchange | None)
    assert_type(conn.version(), EngineVersion)
    assert_type(conn.version().model, tuple[int, int, int] | None)
    assert_type(conn.wait_for_job(vm.start(), timeout=60, interval=2), schema.Job | None)
    assert_type(vm.wait_for_status("up", settled=True), schema.VM)
    assert_type(conn.wait_for_status(vm, "up", settled=True), schema.VM)


def from_the_environment() -> Connection:
    assert_type(AsyncConnection.from_environment(format="xml"), AsyncConnection)
    return Connection.from_environment(ca_fingerprint="sha256:00")


class Mine(Connection):
    """A connection of a user's own."""


def own(conn: Mine) -> None:
    assert_type(conn.with_options(timeout=5), Mine)
    assert_type(Mine.from_environment(), Mine)


async def awaited(conn: AsyncConnection, vm: schema.VM) -> None:
    async with conn.with_options(timeout=300) as patient:
        assert_type(patient, AsyncConnection)
        assert_type(await patient.run(vm.start), schema.Action)
    assert_type(await conn.request("GET", "/vms"), Response)
    assert_type(await conn.request("GET", "/vms", schema.VMs), schema.VMs)
    assert_type(await conn.version(), EngineVersion)
    assert_type(await conn.wait_for_job("some-id"), schema.Job | None)


def refused(conn: Connection) -> Any:
    try:
        conn.ping()
    except Locked as error:
        return error.fault.detail
    except FingerprintMismatch as error:
        assert_type(error.found, str)
