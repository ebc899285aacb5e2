"""OpenTelemetry: spans of operations and exchanges, and how long exchanges take.

It comes with ``rhev[opentelemetry]``, and is two hooks of a connection, as in
``Connection(..., on_exchange=telemetry.exchange, on_operation=telemetry.operation)``.

No header of tracing is sent: an engine joins no traces. What its log says of a request is found by
the attribute ``rhev.correlation_id`` of the span.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from rhev import errors

try:
    from opentelemetry import metrics, trace
except ImportError:
    raise errors.ConfigurationError(
        "telemetry needs the package opentelemetry-api: pip install 'rhev[opentelemetry]'"
    ) from None

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rhev.transport import Observation

_SCHEMA: Final = "https://opentelemetry.io/schemas/1.23.0"
_METHODS: Final = frozenset(
    {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "QUERY"}
)
# Those that the semantic conventions ask for.
_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10)


class Telemetry:
    """The hooks that tell OpenTelemetry what a connection does; one serves any number of them.

    The providers are the global ones unless others are given. Names and attributes are those of
    the semantic conventions for HTTP clients.
    """

    def __init__(
        self,
        *,
        tracer_provider: trace.TracerProvider | None = None,
        meter_provider: metrics.MeterProvider | None = None,
    ) -> None:
        self._tracer = trace.get_tracer("rhev", None, tracer_provider, _SCHEMA)
        self._duration = metrics.get_meter("rhev", "", meter_provider, _SCHEMA).create_histogram(
            "http.client.request.duration",
            unit="s",
            description="Duration of HTTP client requests.",
            explicit_bucket_boundaries_advisory=_SECONDS,
        )

    @contextmanager
    def operation(self, name: str) -> Iterator[None]:
        """A span for an operation, as ``rhev.get``, within which those of its exchanges lie.

        What the operation raises is its ``error.type``; what that says is not written.
        """
        with self._tracer.start_as_current_span(
            f"rhev.{name}", record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                yield
            except BaseException as error:
                span.set_attribute("error.type", _name(type(error)))
                span.set_status(trace.StatusCode.ERROR)
                raise

    def exchange(self, seen: Observation) -> None:
        """A span for an exchange that has ended, and its part of the histogram of durations."""
        ended = time.time_ns()
        asked = _asked(seen)
        self._duration.record(seen.seconds, asked)
        span = self._tracer.start_span(
            str(asked["http.request.method"]).replace("_OTHER", "HTTP"),
            kind=trace.SpanKind.CLIENT,
            attributes={**asked, **_told(seen)},
            start_time=ended - round(seen.seconds * 1e9),
        )
        if "error.type" in asked:
            span.set_status(trace.StatusCode.ERROR)
        span.end(ended)


def _asked(seen: Observation) -> dict[str, str | int]:
    """What span and metric both have: of these there are few values."""
    parts = urlsplit(seen.url)
    attributes: dict[str, str | int] = {
        "http.request.method": seen.method if seen.method in _METHODS else "_OTHER",
        "server.address": parts.hostname or "",
        "server.port": parts.port or {"http": 80}.get(parts.scheme, 443),
        "url.scheme": parts.scheme,
    }
    if seen.status is not None:
        attributes["http.response.status_code"] = seen.status
    if seen.error is not None:
        attributes["error.type"] = _name(seen.error)
    elif seen.status is not None and seen.status >= 400:
        attributes["error.type"] = str(seen.status)
    return attributes


def _told(seen: Observation) -> dict[str, str | int]:
    """What a span says beside that."""
    attributes: dict[str, str | int] = {"url.full": seen.url}
    if seen.method not in _METHODS:
        attributes["http.request.method_original"] = seen.method
    if seen.attempt > 1:
        attributes["http.request.resend_count"] = seen.attempt - 1
    if seen.correlation_id is not None:
        attributes["rhev.correlation_id"] = seen.correlation_id
    return attributes


def _name(error: type[BaseException]) -> str:
    module = error.__module__
    return error.__qualname__ if module == "builtins" else f"{module}.{error.__qualname__}"
