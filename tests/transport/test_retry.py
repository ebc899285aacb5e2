"""What is repeated, when, and what never is."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rhev import errors
from rhev.transport import Request, Response, RetryPolicy
from rhev.transport.retry import retry_after

from .wire import FACES, Answer, Lost, Outcome, Scripted, Sync, answering, response, serving

pytestmark = pytest.mark.parametrize("face", FACES, ids=repr)

URL = "http://engine/ovirt-engine/api/vms/1"
POLICY = RetryPolicy(attempts=3, first_wait=1, max_wait=8, deadline=60, jitter=0)
REFUSED = errors.ConnectionError("refused", delivered=False)
LOST = errors.ConnectionError("lost")
LATE = errors.Timeout("late")
LOGIN = errors.Timeout(
    "late", errors.Exchange("POST", "http://engine/ovirt-engine/sso/oauth/token")
)


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def attempts(
    face: Sync,
    method: str,
    *outcomes: Response | Exception,
    policy: RetryPolicy = POLICY,
    deadline: float | None = None,
) -> tuple[Outcome, int, list[float]]:
    """The outcome of a request, how often it was sent, and the waits between.

    ``deadline`` is in seconds from the beginning.
    """
    clock = Clock()
    inner = Scripted(*outcomes)
    transport = face.retry(face.over(inner), policy, sleep=face.sleeper(clock.sleep), clock=clock)
    until = None if deadline is None else clock.now + deadline
    (outcome,) = face.play(transport, Request(method, URL, deadline=until))
    assert inner.closed
    return outcome, len(inner.seen), clock.slept


@pytest.mark.parametrize(
    ("first", "repeated"),
    [
        (REFUSED, {"GET", "HEAD", "OPTIONS", "PUT", "DELETE", "POST"}),
        (LOST, {"GET", "HEAD", "OPTIONS", "DELETE"}),
        (LATE, {"GET", "HEAD", "OPTIONS", "DELETE"}),
        (LOGIN, {"GET", "HEAD", "OPTIONS", "PUT", "DELETE", "POST"}),
        (Response(502), {"GET", "HEAD", "OPTIONS", "DELETE"}),
        (Response(503), {"GET", "HEAD", "OPTIONS", "DELETE"}),
        (Response(504), {"GET", "HEAD", "OPTIONS", "DELETE"}),
        (Response(429), {"GET", "HEAD", "OPTIONS", "PUT", "DELETE"}),
        (Response(408), {"GET", "HEAD", "OPTIONS", "PUT", "DELETE"}),
        (Response(500), set()),
        (Response(401), set()),
        (Response(404), set()),
        (Response(409), set()),
        (errors.ResponseError("too large"), set()),
        (ValueError("bad header"), set()),
    ],
    ids=lambda value: None if isinstance(value, set) else str(value),
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "POST"])
def test_what_is_repeated(
    face: Sync, method: str, first: Response | Exception, repeated: set[str]
) -> None:
    outcome, sent, _ = attempts(face, method, first, Response(200))
    assert (outcome, sent) == ((Response(200), 2) if method in repeated else (first, 1))


@pytest.mark.parametrize(
    ("before", "lost"),
    [
        (LOST, ("abc",)),
        (Response(503), ("abc",)),
        (Response(502), ("abc",)),
        (REFUSED, ()),
        (LOGIN, ()),
        (Response(429), ()),
    ],
    ids=str,
)
def test_a_response_tells_of_the_attempts_that_were_lost_before_it(
    face: Sync, before: Response | Exception, lost: tuple[str, ...]
) -> None:
    inner = Scripted(before, Response(404))
    transport = face.retry(face.over(inner), POLICY, sleep=face.sleeper(Clock().sleep))
    (outcome,) = face.play(transport, Request("DELETE", URL, {"Correlation-Id": "abc"}))
    assert (response(outcome).status, response(outcome).lost) == (404, lost)


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("a" * 32, ["a" * 32, "a" * 32 + "-2", "a" * 32 + "-3"]),
        ("a" * 35, ["a" * 35] * 3),
    ],
)
def test_every_attempt_has_a_correlation_id_of_its_own_where_there_is_room(
    face: Sync, given: str, sent: list[str]
) -> None:
    inner = Scripted(LOST)
    transport = face.retry(face.over(inner), POLICY, sleep=face.sleeper(Clock().sleep))
    (outcome,) = face.play(transport, Request("DELETE", URL, {"Correlation-Id": given}))
    assert [request.headers["Correlation-Id"] for request in inner.seen] == sent
    assert isinstance(outcome, errors.ConnectionError)
    assert outcome.lost == tuple(sent)


def test_a_repeated_get_that_finds_nothing_found_nothing(face: Sync) -> None:
    outcome, _, _ = attempts(face, "GET", LOST, Response(404))
    assert response(outcome).status == 404


def test_waits_double_up_to_the_maximum(face: Sync) -> None:
    outcome, sent, slept = attempts(face, "GET", LOST, policy=replace(POLICY, attempts=6))
    assert isinstance(outcome, errors.ConnectionError)
    assert (sent, slept) == (6, [1, 2, 4, 8, 8])


def test_the_last_error_says_how_often(face: Sync) -> None:
    lost = errors.ConnectionError("lost")
    outcome, _, _ = attempts(face, "GET", lost)
    assert outcome is lost
    assert lost.__notes__ == ["This was attempt 3, and the last."]


def test_the_last_response_is_returned(face: Sync) -> None:
    outcome, sent, _ = attempts(face, "GET", Response(503))
    assert (response(outcome).status, sent) == (503, 3)


def test_no_attempt_starts_after_the_deadline(face: Sync) -> None:
    policy = replace(POLICY, attempts=99, deadline=10)
    outcome, sent, slept = attempts(face, "GET", LOST, policy=policy)
    assert isinstance(outcome, errors.ConnectionError)
    assert (sent, slept) == (4, [1, 2, 4])


def test_nothing_is_repeated_after_the_deadline_of_the_request(face: Sync) -> None:
    lost = errors.ConnectionError("lost")
    outcome, sent, slept = attempts(face, "GET", lost, deadline=4)
    assert outcome is lost
    assert (sent, slept) == (3, [1, 2])
    outcome, sent, slept = attempts(face, "GET", lost, deadline=2.5)
    assert outcome is lost
    assert (sent, slept) == (2, [1])
    assert lost.__notes__[-1] == (
        "This was attempt 2, and the last: for another there was no time left. See timeout=."
    )


def test_a_response_is_the_last_where_there_is_no_time_for_another(face: Sync) -> None:
    outcome, sent, slept = attempts(face, "GET", Response(503), deadline=2.5)
    assert (response(outcome).status, sent, slept) == (503, 2, [1])


def test_a_response_that_comes_late_is_the_last(face: Sync) -> None:
    clock = Clock()

    def slow(request: Request) -> Response:
        clock.sleep(9)
        return Response(503)

    transport = face.retry(face.over(Scripted(slow)), POLICY, clock=clock)
    (outcome,) = face.play(transport, Request("GET", URL, deadline=clock.now + 5))
    assert response(outcome).status == 503


@pytest.mark.parametrize(("seconds", "sent"), [(3, 2), (4, 1)])
def test_retry_after_is_obeyed_to_the_deadline_of_the_request(
    face: Sync, seconds: int, sent: int
) -> None:
    asks = Response(429, {"retry-after": str(seconds), "correlation-id": "mine"})
    outcome, attempted, slept = attempts(face, "DELETE", asks, Response(200), deadline=3.5)
    assert (attempted, slept) == (sent, [seconds] * (sent - 1))
    if sent == 1:
        assert isinstance(outcome, errors.Timeout)
        assert (outcome.status, outcome.correlation_id, outcome.delivered) == (429, "mine", False)
        assert "asks to wait 4 s" in str(outcome)
        assert "3.5 s are left: see timeout=" in str(outcome)


def test_what_was_lost_before_may_have_arrived_although_the_engine_asks_to_wait(face: Sync) -> None:
    asks = Response(429, {"retry-after": "9"})
    outcome, _, _ = attempts(face, "DELETE", LOST, asks, deadline=5)
    assert isinstance(outcome, errors.Timeout)
    assert outcome.delivered


NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "slept"),
    [
        ({"retry-after": "7"}, [7]),
        ({"Retry-After": "0"}, [1]),
        ({"retry-after": format_datetime(NOW, usegmt=True)}, [1]),
        (
            {
                "date": format_datetime(NOW, usegmt=True),
                "retry-after": format_datetime(NOW + timedelta(seconds=9), usegmt=True),
            },
            [9],
        ),
        ({"retry-after": "soon"}, [1]),
        ({"retry-after": "-5"}, [1]),
        ({"retry-after": "²"}, [1]),
        ({"retry-after": f"Fri, 02 Jan 2026 03:04:05 +{'9' * 14}"}, [1]),
        ({"retry-after": "Mon, 01 Jan 0001 00:00:00 +2359"}, [1]),
        ({"retry-after": "Fri, 32 Jan 2026 99:04:05 GMT"}, [1]),
        ({}, [1]),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_obeyed(
    face: Sync, status: int, headers: dict[str, str], slept: list[float]
) -> None:
    outcome, _, waited = attempts(face, "GET", Response(status, headers), Response(200))
    assert response(outcome).status == 200
    assert waited == slept


def test_retry_after_by_date_alone_is_read_by_our_clock(face: Sync) -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    assert 90 < retry_after(Response(503, {"retry-after": soon})) <= 100


@pytest.mark.parametrize("seconds", ["61", "9" * 400])
def test_retry_after_beyond_the_deadline_ends_it(face: Sync, seconds: str) -> None:
    outcome, sent, slept = attempts(face, "GET", Response(503, {"retry-after": seconds}))
    assert isinstance(outcome, errors.Timeout)
    assert (outcome.status, sent, slept) == (503, 1, [])
    assert f"asks to wait {float(seconds):g} s" in str(outcome)
    assert "60 s are left: see RetryPolicy(deadline=...)" in str(outcome)


@given(attempt=st.integers(1, 5000), jitter=st.floats(0, 1), first=st.floats(0, 1e6))
def test_jitter_takes_its_part_of_the_wait(
    face: Sync, attempt: int, jitter: float, first: float
) -> None:
    policy = RetryPolicy(first_wait=first, max_wait=30, jitter=jitter)
    longest = replace(policy, jitter=0).backoff(attempt)
    assert longest <= 30
    assert longest * (1 - jitter) - 1e-9 <= policy.backoff(attempt) <= longest + 1e-9


@pytest.mark.parametrize(
    "wrong",
    [{"attempts": 0}, {"jitter": 2}, {"deadline": float("inf")}, {"first_wait": -1}],
)
def test_policies_out_of_range_are_refused(face: Sync, wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        RetryPolicy(**wrong)  # type: ignore[arg-type]


def test_repeating_is_logged(face: Sync, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "rhev.transport.retry"):
        attempts(face, "GET", LOST, Response(503), Response(200))
    assert caplog.messages == [
        f"repeating GET {URL} in 1.0 s: lost",
        f"repeating GET {URL} in 2.0 s: status 503",
    ]


@pytest.mark.parametrize(
    ("method", "arrivals"), [("GET", 2), ("PUT", 1), ("DELETE", 2), ("HEAD", 2), ("POST", 1)]
)
def test_on_a_real_wire_a_change_arrives_exactly_once(
    face: Sync, method: str, arrivals: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    policy = RetryPolicy(first_wait=0.001)
    with serving(answering(Lost(), Answer())) as server:
        content = b"<vm/>" if method in {"POST", "PUT"} else b""
        (outcome,) = face.play(
            face.retry(face.http(), policy), Request(method, server.url, content=content)
        )
    assert len(server.received) == arrivals
    if arrivals == 1:
        assert isinstance(outcome, errors.ConnectionError)
        assert outcome.delivered
    else:
        assert response(outcome).status == 200
