"""How requests reach an engine: transports, and what wraps them.

A transport has ``send(request)`` and ``close()``. :class:`HttpTransport` is the one that reaches
the network; retry, authentication, cassettes and observation wrap it. The usual order, outermost
first, is retry, authentication, observation, HTTP: so the deadline of a call covers the login that
it may need, and each exchange is seen.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from rhev.transport.base import (
    AsyncTransport,
    Clock,
    Request,
    Response,
    Transport,
    header,
    origin,
    with_headers,
)

if TYPE_CHECKING:
    from rhev.transport.auth import AsyncAuthTransport as AsyncAuthTransport
    from rhev.transport.auth import Auth as Auth
    from rhev.transport.auth import AuthTransport as AuthTransport
    from rhev.transport.auth import BasicAuth as BasicAuth
    from rhev.transport.auth import NoAuth as NoAuth
    from rhev.transport.cassette import AsyncRecordingTransport as AsyncRecordingTransport
    from rhev.transport.cassette import AsyncReplayTransport as AsyncReplayTransport
    from rhev.transport.cassette import Cassette as Cassette
    from rhev.transport.cassette import RecordingTransport as RecordingTransport
    from rhev.transport.cassette import ReplayTransport as ReplayTransport
    from rhev.transport.http.aiohttp import AiohttpTransport as AiohttpTransport
    from rhev.transport.http.asynchronous import AsyncHttpTransport as AsyncHttpTransport
    from rhev.transport.http.blocking import HttpTransport as HttpTransport
    from rhev.transport.observe import AsyncObservingTransport as AsyncObservingTransport
    from rhev.transport.observe import ExchangeHook as ExchangeHook
    from rhev.transport.observe import Observation as Observation
    from rhev.transport.observe import Observer as Observer
    from rhev.transport.observe import ObservingTransport as ObservingTransport
    from rhev.transport.observe import OperationHook as OperationHook
    from rhev.transport.retry import AsyncRetryTransport as AsyncRetryTransport
    from rhev.transport.retry import RetryPolicy as RetryPolicy
    from rhev.transport.retry import RetryTransport as RetryTransport
    from rhev.transport.risks import InsecureWarning as InsecureWarning
    from rhev.transport.tokens import KerberosAuth as KerberosAuth
    from rhev.transport.tokens import SsoAuth as SsoAuth
    from rhev.transport.tokens import TokenAuth as TokenAuth

_HOMES = {
    "AiohttpTransport": "http.aiohttp",
    "AsyncAuthTransport": "auth",
    "AsyncHttpTransport": "http.asynchronous",
    "AsyncObservingTransport": "observe",
    "AsyncRecordingTransport": "cassette",
    "AsyncReplayTransport": "cassette",
    "AsyncRetryTransport": "retry",
    "Auth": "auth",
    "AuthTransport": "auth",
    "BasicAuth": "auth",
    "Cassette": "cassette",
    "ExchangeHook": "observe",
    "HttpTransport": "http.blocking",
    "InsecureWarning": "risks",
    "KerberosAuth": "tokens",
    "NoAuth": "auth",
    "Observation": "observe",
    "Observer": "observe",
    "ObservingTransport": "observe",
    "OperationHook": "observe",
    "RecordingTransport": "cassette",
    "ReplayTransport": "cassette",
    "RetryPolicy": "retry",
    "RetryTransport": "retry",
    "SsoAuth": "tokens",
    "TokenAuth": "tokens",
}

__all__ = [  # noqa: RUF022 - what a transport is, then what there is
    "AsyncTransport",
    "Clock",
    "Request",
    "Response",
    "Transport",
    "header",
    "origin",
    "with_headers",
    "AsyncAuthTransport",
    "AsyncHttpTransport",
    "AsyncObservingTransport",
    "AsyncRecordingTransport",
    "AsyncReplayTransport",
    "AsyncRetryTransport",
    "Auth",
    "AuthTransport",
    "BasicAuth",
    "Cassette",
    "ExchangeHook",
    "HttpTransport",
    "InsecureWarning",
    "KerberosAuth",
    "NoAuth",
    "Observation",
    "Observer",
    "ObservingTransport",
    "OperationHook",
    "RecordingTransport",
    "ReplayTransport",
    "RetryPolicy",
    "RetryTransport",
    "SsoAuth",
    "TokenAuth",
]


def __getattr__(name: str) -> object:
    """Import what is asked for when it is asked for: httpx and tenacity are costly to import."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
