"""The typed Python client for Red Hat Virtualization and oVirt engines.

>>> from rhev import Connection, schema
>>> conn = Connection("https://engine.example.com", "admin@internal", password)
>>> [vm.name for vm in conn.getall(schema.VM, status="up")]
"""

from __future__ import annotations

from rhev import schema
from rhev.async_connection import AsyncConnection
from rhev.connection import Connection
from rhev.errors import (
    Conflict,
    ConnectionError,
    CredentialsError,
    Error,
    Fault,
    Forbidden,
    IllegalAction,
    IllegalMethod,
    InvalidRequest,
    MultipleFound,
    NoRelationship,
    NotFound,
    NotSearchable,
    ParseError,
    ResponseError,
    Timeout,
    Unauthorized,
    Unbound,
    WaitFailed,
    WaitTimeout,
)

__version__ = "1.0.0.dev1"

__all__ = [
    "AsyncConnection",
    "Conflict",
    "Connection",
    "ConnectionError",
    "CredentialsError",
    "Error",
    "Fault",
    "Forbidden",
    "IllegalAction",
    "IllegalMethod",
    "InvalidRequest",
    "MultipleFound",
    "NoRelationship",
    "NotFound",
    "NotSearchable",
    "ParseError",
    "ResponseError",
    "Timeout",
    "Unauthorized",
    "Unbound",
    "WaitFailed",
    "WaitTimeout",
    "schema",
]
