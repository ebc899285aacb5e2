"""What OpenTelemetry is told: spans of operations with those of their exchanges, and durations."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import pytest
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import HistogramDataPoint, InMemoryMetricReader
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from rhev import Connection, Fault, Observation, Timeout, errors
from rhev.schema import VM
from rhev.simulator import Engine
from rhev.telemetry import Telemetry
from rhev.transport import Request, Response, RetryPolicy

HOST = "http://engine.test"


class Told:
    """A provider of each kind, in memory, and the telemetry that tells them."""

    def __init__(self) -> None:
        self._spans = InMemorySpanExporter()
        self._metrics = InMemoryMetricReader()
        tracers = TracerProvider()
        tracers.add_span_processor(SimpleSpanProcessor(self._spans))
        self.tracer = tracers.get_tracer("the user's")
        self.telemetry = Telemetry(
            tracer_provider=tracers,
            meter_provider=MeterProvider(metric_readers=[self._metrics]),
        )

    @property
    def hooks(self) -> Any:
        return {
            "on_exchange": self.telemetry.exchange,
            "on_operation": self.telemetry.operation,
        }

    @property
    def spans(self) -> list[ReadableSpan]:
        return list(self._spans.get_finished_spans())

    def clear(self) -> None:
        """Forget the spans that were told."""
        self._spans.clear()

    def named(self, name: str) -> list[ReadableSpan]:
        return [span for span in self.spans if span.name == name]

    @property
    def metrics_json(self) -> str:
        data = self._metrics.get_metrics_data()
        return "" if data is None else data.to_json()

    @property
    def durations(self) -> list[HistogramDataPoint]:
        data = self._metrics.get_metrics_data()
        return [
            point
            for resource in (data.resource_metrics if data else ())
            for scope in resource.scope_metrics
            for metric in scope.metrics
            if metric.name == "http.client.request.duration" and metric.unit == "s"
            for point in metric.data.data_points
            if isinstance(point, HistogramDataPoint)
        ]


def attributes(span: ReadableSpan) -> dict[str, Any]:
    return dict(span.attributes or {})


def assert_nested(told: Told, operation: str) -> None:
    """Each exchange is a child of the operation, and lies within its time."""
    (parent,) = told.named(operation)
    children = [span for span in told.spans if span.kind is SpanKind.CLIENT]
    assert children
    for child in children:
        assert child.parent is not None
        assert parent.context is not None
        assert child.parent.span_id == parent.context.span_id
        assert child.context is not None
        assert child.context.trace_id == parent.context.trace_id
        assert parent.start_time
        assert parent.end_time
        assert child.start_time
        assert child.end_time
        # The two clocks of the machine, that of the day and that of durations, may differ a bit.
        assert parent.start_time - 50_000_000 <= child.start_time <= child.end_time
        assert child.end_time <= parent.end_time


def test_the_exchanges_of_an_operation_are_its_children() -> None:
    told = Told()
    with Engine.demo().connect(**told.hooks) as conn, told.tracer.start_as_current_span("mine"):
        conn.getall(VM)
    assert_nested(told, "rhev.getall")
    (mine,) = told.named("mine")
    (operation,) = told.named("rhev.getall")
    assert operation.parent == mine.context
    assert operation.status.status_code is StatusCode.UNSET
    first = attributes(told.named("GET")[0])
    assert first.pop("rhev.correlation_id")
    assert first == {
        "http.request.method": "GET",
        "http.response.status_code": 200,
        "server.address": "engine.test",
        "server.port": 80,
        "url.full": f"{HOST}/ovirt-engine/api",
        "url.scheme": "http",
    }


def test_so_are_those_of_many_tasks_at_a_time() -> None:
    told = Told()

    async def main() -> None:
        async with Engine.demo().connect_async(**told.hooks) as conn:
            await conn.api()
            await asyncio.gather(*(conn.getall(VM) for _ in range(5)))

    asyncio.run(main())
    parents = {span.context.span_id for span in told.named("rhev.getall") if span.context}
    assert len(parents) == 5
    exchanged = told.named("GET")[1:]
    assert {span.parent.span_id for span in exchanged if span.parent} == parents


def test_a_refusal_is_an_error_of_both_spans() -> None:
    told = Told()
    with Engine.demo().connect(**told.hooks) as conn, pytest.raises(Fault):
        conn.get(VM, "0")
    assert_nested(told, "rhev.get")
    (operation,) = told.named("rhev.get")
    assert operation.status.status_code is StatusCode.ERROR
    assert attributes(operation) == {"error.type": "rhev.errors.NotFound"}
    assert not operation.events
    refused = told.named("GET")[-1]
    assert refused.status.status_code is StatusCode.ERROR
    assert attributes(refused)["error.type"] == "404"


def test_an_absence_for_which_there_is_a_default_is_no_error_of_the_operation() -> None:
    told = Told()
    with Engine.demo().connect(**told.hooks) as conn:
        assert conn.get(VM, "0", default=None) is None

    async def main() -> None:
        async with Engine.demo().connect_async(**told.hooks) as conn:
            assert await conn.get(VM, name="none-such", default=0) == 0

    asyncio.run(main())
    operations = told.named("rhev.get")
    assert [span.status.status_code for span in operations] == [StatusCode.UNSET] * 2
    assert [attributes(span) for span in operations] == [{}, {}]


def test_a_change_has_the_id_by_which_the_engine_knows_it() -> None:
    told = Told()
    with Engine.demo().connect(**told.hooks, correlation_id="mine-7") as conn:
        conn.get(VM, name="web-01")
    assert {attributes(span)["rhev.correlation_id"] for span in told.named("GET")} == {"mine-7"}


class Lossy:
    """A transport that is silent, then busy, then answers."""

    def __init__(self) -> None:
        self.left: list[Response | Exception] = [
            Timeout("silent"),
            Response(503),
            Response(200, {"content-type": "application/json"}, b'{"link": [{"rel": "vms"}]}'),
        ]

    def send(self, request: Request) -> Response:
        outcome = self.left.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def close(self) -> None:
        """Nothing is held open."""


def test_what_is_repeated_is_counted_and_each_duration_is_recorded() -> None:
    told = Told()
    policy = RetryPolicy(first_wait=0)
    url = "https://engine.example:8443"
    with Connection(url, transport=Lossy(), retry=policy, **told.hooks) as conn:
        conn.request("GET", "/vms")
    spans = [attributes(span) for span in told.named("GET")]
    assert [span.get("http.request.resend_count") for span in spans] == [None, 1, 2]
    assert [span.get("error.type") for span in spans] == ["rhev.errors.Timeout", "503", None]
    assert {span["server.port"] for span in spans} == {8443}
    points = told.durations
    assert sum(point.count for point in points) == 3
    assert {dict(point.attributes or {}).get("error.type") for point in points} == {
        *("rhev.errors.Timeout", "503", None)
    }
    assert {tuple(point.explicit_bounds) for point in points} == {
        (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10)
    }
    metric_attributes = {name for point in points for name in point.attributes or ()}
    assert "url.full" not in metric_attributes, "each URL would be a time series of its own"


def test_a_method_that_is_not_http_s_own_is_another() -> None:
    told = Told()
    told.telemetry.exchange(Observation("BREW", f"{HOST}/pot", 418, 0.1))
    (span,) = told.spans
    assert span.name == "HTTP"
    assert attributes(span)["http.request.method"] == "_OTHER"
    assert attributes(span)["http.request.method_original"] == "BREW"


def test_without_a_provider_it_says_nothing() -> None:
    telemetry = Telemetry()
    with telemetry.operation("get"):
        telemetry.exchange(Observation("GET", HOST, 200, 0.1))


def test_what_to_install_is_said_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry", None)
    monkeypatch.delitem(sys.modules, "rhev.telemetry")
    with pytest.raises(errors.ConfigurationError, match=r"rhev\[opentelemetry\]"):
        __import__("rhev.telemetry")
