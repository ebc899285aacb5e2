"""What a connection can be told."""

from __future__ import annotations

from pathlib import Path
from typing import assert_type

from rhev import AsyncConnection, Connection, Error, Fault, schema
from rhev.transport import KerberosAuth, RetryPolicy


def connect(url: str, password: str) -> Connection:
    connection = Connection(
        url,
        "admin@internal",
        password,
        ca_file=Path("ca.pem"),
        retry=RetryPolicy(),
        format="xml",
        record="traffic.jsonl",
    )
    assert_type(connection, Connection)
    return connection


def with_kerberos(url: str) -> AsyncConnection:
    return AsyncConnection(url, auth=KerberosAuth())


def as_in_the_guide(url: str, username: str, password: str) -> None:
    connection = Connection()
    connection.connect(url, username, password)
    connection.ping()
    try:
        connection.get(schema.DataCenter, name="Default")
    except Fault as error:
        print(error.fault.reason, error.fault.detail)
    except Error as error:
        assert_type(error.status, int | None)
        print(error.method, error.url, error.correlation_id)
    finally:
        connection.close()
