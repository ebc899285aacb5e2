"""The typed Python client for Red Hat Virtualization and oVirt engines.

>>> from rhev import Connection, schema
>>> conn = Connection("https://engine.example.com", "admin@internal", password)
>>> [vm.name for vm in conn.getall(schema.VM, status="up")]
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from rhev.errors import (
    Change,
    ConfigurationError,
    Conflict,
    ConnectionError,
    CredentialsError,
    Error,
    Exchange,
    Fault,
    FingerprintMismatch,
    Forbidden,
    HistoryLost,
    IllegalAction,
    IllegalMethod,
    InvalidRequest,
    InvalidSearch,
    Locked,
    MultipleFound,
    NoRelationship,
    NotFound,
    NotRecorded,
    NotSearchable,
    OtherEngine,
    OutcomeUnknown,
    ParseError,
    ResponseError,
    Timeout,
    Unauthorized,
    Unbound,
    WaitFailed,
    WaitTimeout,
    WrongAnswer,
)

if TYPE_CHECKING:
    from rhev import schema
    from rhev.async_connection import AsyncConnection
    from rhev.connecting.settings import CallOptions, Options
    from rhev.connection import Connection
    from rhev.mapping.links import Links
    from rhev.operations.outcome import Outcome
    from rhev.operations.versions import EngineVersion, NewerThanEngine
    from rhev.rules import Problem
    from rhev.transport import (
        AsyncTransport,
        BasicAuth,
        KerberosAuth,
        Observation,
        Request,
        Response,
        RetryPolicy,
        TokenAuth,
        Transport,
    )

__version__ = "1.0.0.dev1"

__all__ = [
    "AsyncConnection",
    "AsyncTransport",
    "BasicAuth",
    "CallOptions",
    "Change",
    "ConfigurationError",
    "Conflict",
    "Connection",
    "ConnectionError",
    "CredentialsError",
    "EngineVersion",
    "Error",
    "Exchange",
    "Fault",
    "FingerprintMismatch",
    "Forbidden",
    "HistoryLost",
    "IllegalAction",
    "IllegalMethod",
    "InvalidRequest",
    "InvalidSearch",
    "KerberosAuth",
    "Links",
    "Locked",
    "MultipleFound",
    "NewerThanEngine",
    "NoRelationship",
    "NotFound",
    "NotRecorded",
    "NotSearchable",
    "Observation",
    "Options",
    "OtherEngine",
    "Outcome",
    "OutcomeUnknown",
    "ParseError",
    "Problem",
    "Request",
    "Response",
    "ResponseError",
    "RetryPolicy",
    "Timeout",
    "TokenAuth",
    "Transport",
    "Unauthorized",
    "Unbound",
    "WaitFailed",
    "WaitTimeout",
    "WrongAnswer",
    "schema",
]

# Where each name lives that is imported when it is first asked for.
_HOMES = {
    "AsyncConnection": "rhev.async_connection",
    "AsyncTransport": "rhev.transport",
    "BasicAuth": "rhev.transport",
    "CallOptions": "rhev.connecting.settings",
    "Connection": "rhev.connection",
    "EngineVersion": "rhev.operations.versions",
    "KerberosAuth": "rhev.transport",
    "Links": "rhev.mapping.links",
    "NewerThanEngine": "rhev.operations.versions",
    "Observation": "rhev.transport",
    "Options": "rhev.connecting.settings",
    "Outcome": "rhev.operations.outcome",
    "Problem": "rhev.rules",
    "Request": "rhev.transport",
    "Response": "rhev.transport",
    "RetryPolicy": "rhev.transport",
    "TokenAuth": "rhev.transport",
    "Transport": "rhev.transport",
}


def __getattr__(name: str) -> object:
    """Import what is asked for when it is asked for: pydantic alone takes a tenth of a second."""
    if name == "schema":
        return import_module("rhev.schema")
    if name not in _HOMES:
        raise AttributeError(f"module 'rhev' has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
