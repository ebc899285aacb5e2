"""What a hook and the log are told of each exchange: all there are, once, and nothing secret."""

from __future__ import annotations

import asyncio
import json
import logging
import timeit
from contextlib import contextmanager
from dataclasses import FrozenInstanceError, fields, replace
from typing import TYPE_CHECKING, Any

import pytest

from rhev import AsyncConnection, Connection, Fault, Observation, errors
from rhev.schema import VM
from rhev.simulator import Engine
from rhev.transport import (
    AsyncObservingTransport,
    Observer,
    ObservingTransport,
    Request,
    Response,
    RetryPolicy,
    TokenAuth,
)

from .wire import FACES, WIRES, Answer, Async, ByAiohttp, Lost, Received, Scripted, Sync, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

URL = "https://engine.example/ovirt-engine/api"
OK = Response(200, {"correlation-id": "the-engine-s"}, b"hello")
by_face = pytest.mark.parametrize("face", FACES, ids=repr)


def observing(face: Sync) -> Any:
    return AsyncObservingTransport if isinstance(face, Async) else ObservingTransport


def observed(
    face: Sync, *outcomes: Any, request: Request | None = None, hooks: Any = None
) -> tuple[list[Observation], list[Any]]:
    """What was seen of a request, and what came of it, through retry."""
    seen: list[Observation] = []
    inner = observing(face)(face.over(Scripted(*outcomes)))
    retry = face.retry(inner, RetryPolicy(attempts=3), sleep=face.sleeper(lambda seconds: None))
    asked = request or Request("GET", f"{URL}/vms?max=1")
    observer = Observer(hooks or [seen.append])
    return seen, face.play(retry, replace(asked, observer=observer))


@by_face
def test_an_answered_exchange_is_told_with_all_that_is_known_of_it(face: Sync) -> None:
    (seen,), _ = observed(face, OK, request=Request("PUT", f"{URL}/vms/1", {}, b"abc"))
    assert (seen.method, seen.path, seen.url) == (
        "PUT",
        "/ovirt-engine/api/vms/1",
        f"{URL}/vms/1",
    )
    assert (seen.status, seen.error, seen.attempt) == (200, None, 1)
    assert (seen.sent, seen.received, seen.correlation_id) == (3, 5, "the-engine-s")
    assert 0 <= seen.seconds < 60


@by_face
def test_each_attempt_is_told_with_its_number(face: Sync) -> None:
    lost = errors.ConnectionError("the connection was lost")
    seen, (outcome,) = observed(face, lost, Response(503), OK)
    assert outcome == OK
    assert [(one.attempt, one.status, one.error) for one in seen] == [
        (1, None, errors.ConnectionError),
        (2, 503, None),
        (3, 200, None),
    ]
    assert seen[0].message == "the connection was lost"


@by_face
def test_the_id_of_the_request_is_told_where_no_answer_names_one(face: Sync) -> None:
    request = Request("POST", f"{URL}/vms", {"Correlation-Id": "ours"})
    (seen,), _ = observed(face, errors.ConnectionError("lost"), request=request)
    assert seen.correlation_id == "ours"


@by_face
def test_what_is_no_error_of_rhev_is_told_by_its_class_alone(face: Sync) -> None:
    (seen,), _ = observed(face, ValueError("may quote what was sent"))
    assert (seen.error, seen.message) == (ValueError, "")


def test_it_has_no_place_for_a_body_or_a_header() -> None:
    assert {field.name for field in fields(Observation)} == {
        *("method", "url", "status", "seconds", "attempt", "correlation_id"),
        *("sent", "received", "error", "message"),
    }
    seen = Observation("GET", URL, 200, 0.1)
    with pytest.raises(FrozenInstanceError):
        seen.status = 404  # type: ignore[misc]


@by_face
def test_secret_parameters_are_not_told(face: Sync) -> None:
    request = Request("GET", f"{URL};jsessionid=hunter2?token=hunter2&max=1")
    (seen,), _ = observed(face, OK, request=request)
    assert seen.url == f"{URL};jsessionid=scrubbed?token=scrubbed&max=1"


@by_face
def test_a_hook_that_fails_is_logged_once_and_harms_no_request(
    face: Sync, caplog: pytest.LogCaptureFixture
) -> None:
    after: list[Observation] = []

    def broken(seen: Observation) -> None:
        raise ZeroDivisionError("a mistake of the user's")

    _, (outcome,) = observed(face, Response(503), OK, hooks=[broken, after.append])
    assert outcome == OK
    assert len(after) == 2
    (record,) = caplog.records
    assert (record.levelno, record.name) == (logging.ERROR, "rhev")
    assert record.exc_info
    assert record.exc_info[0] is ZeroDivisionError


@by_face
def test_the_log_says_what_the_hook_is_told(face: Sync, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "rhev")
    observed(face, errors.ConnectionError("lost"), OK)
    told = [record.getMessage() for record in caplog.records if record.name == "rhev"]
    assert told[0].startswith("GET /ovirt-engine/api/vms?max=1 failed after ")
    assert told[0].endswith(": lost")
    assert told[1].startswith("GET /ovirt-engine/api/vms?max=1 (attempt 2) -> 200 in ")
    assert told[1].endswith("[correlation id the-engine-s]")


TOKEN_PATH, LOGOUT_PATH = "/ovirt-engine/sso/oauth/token", "/ovirt-engine/services/sso-logout"
API_PATH = "/ovirt-engine/api"
LOGIN, LOGOUT = ("POST", TOKEN_PATH, 200), ("POST", LOGOUT_PATH, 200)


class SignedOn:
    """An engine whose first ``refused`` requests are refused, however they are authenticated."""

    def __init__(self, refused: int = 0) -> None:
        self.refused = refused

    def __call__(self, received: Received) -> Answer | Lost:
        if "/sso" in received.path:
            return Answer(200, b'{"access_token": "hunter2", "exp": "9223372036854775807"}')
        if self.refused:
            self.refused -= 1
            return Answer(401)
        content = json.dumps({"link": [{"rel": "vms", "href": f"{API_PATH}/vms"}]}).encode()
        return Answer(200, content, [("Content-Type", "application/json")])


def on_the_wire(
    face: Sync, handle: Any, *, times: int = 1, **options: Any
) -> tuple[list[Observation], list[Received]]:
    """What a hook was told while the entry point was read and all closed; and what was sent."""
    seen: list[Observation] = []
    told: dict[str, Any] = {
        "on_exchange": seen.append,
        "retry": RetryPolicy(first_wait=0),
        "read_timeout": 5.0,
    }
    if not {"auth", "username"} & options.keys():
        told |= {"username": "admin@internal", "password": "hunter2"}
    with serving(handle) as server:
        if isinstance(face, Async):

            async def main() -> None:
                by: Any = "aiohttp" if isinstance(face, ByAiohttp) else None
                async with AsyncConnection(server.url, transport=by, **told, **options) as conn:
                    for _ in range(times):
                        await conn.ping()

            asyncio.run(main())
        else:
            with Connection(server.url, **told, **options) as conn:
                for _ in range(times):
                    conn.ping()
    return seen, server.received


def in_short(seen: list[Observation]) -> list[tuple[str, str, int | None]]:
    return [(one.method, one.path, one.status) for one in seen]


by_wire = pytest.mark.parametrize("face", WIRES, ids=repr)


@by_wire
def test_logins_renewals_and_the_log_out_are_exchanges_of_their_own(face: Sync) -> None:
    seen, received = on_the_wire(face, SignedOn(refused=1), times=2)
    assert in_short(seen) == [
        LOGIN,
        ("GET", API_PATH, 401),
        LOGIN,
        ("GET", API_PATH, 200),
        ("GET", API_PATH, 200),
        LOGOUT,
    ]
    assert [(one.method, one.path) for one in seen] == [
        (one.method, one.path) for one in received
    ], "what is told is what was on the wire"
    # Not even how long the password is.
    assert {(one.sent, one.received) for one in seen if "/sso" in one.path} == {(0, 0)}
    assert all(0 <= one.seconds < 60 for one in seen)


@by_wire
def test_a_token_that_is_supplied_takes_no_exchange(face: Sync) -> None:
    seen, _ = on_the_wire(face, SignedOn(refused=1), auth=TokenAuth(lambda: "hunter2"))
    assert in_short(seen) == [("GET", API_PATH, 401), ("GET", API_PATH, 200)]


@by_wire
def test_a_login_that_is_lost_is_told_and_repeated_with_its_request(face: Sync) -> None:
    answers: Iterator[Answer | Lost] = iter([Lost(), Answer(503)])
    signed_on = SignedOn()

    def handle(received: Received) -> Answer | Lost:
        lost = next(answers, None) if received.path == TOKEN_PATH else None
        return lost or signed_on(received)

    seen, _ = on_the_wire(face, handle)
    assert in_short(seen) == [
        ("POST", TOKEN_PATH, None),
        ("POST", TOKEN_PATH, 503),
        LOGIN,
        ("GET", API_PATH, 200),
        LOGOUT,
    ]
    assert seen[0].error is not None
    assert issubclass(seen[0].error, errors.ConnectionError)
    assert [one.attempt for one in seen] == [1, 1, 1, 3, 1]


@by_wire
def test_the_log_tells_of_logins_without_what_they_send(
    face: Sync, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "rhev")
    caplog.set_level(logging.DEBUG, "rhev.bodies")
    on_the_wire(face, SignedOn())
    told = [record.getMessage() for record in caplog.records if record.name.startswith("rhev")]
    assert [line.partition(" in ")[0] for line in told if "->" in line] == [
        f"POST {TOKEN_PATH} -> 200",
        f"GET {API_PATH} -> 200",
        f"POST {LOGOUT_PATH} -> 200",
    ]
    assert "hunter2" not in "".join(told)
    assert [line.partition(":")[0] for line in told if "->" not in line] == ["received"]


def test_a_login_is_told_to_whom_it_is_for_and_the_log_out_to_who_closes() -> None:
    mine: list[Observation] = []
    theirs: list[Observation] = []
    with (
        serving(SignedOn()) as server,
        Connection(server.url, "admin@internal", "hunter2", on_exchange=mine.append) as conn,
    ):
        conn.with_options(on_exchange=theirs.append).ping()
        assert not mine
    assert in_short(theirs) == [LOGIN, ("GET", API_PATH, 200)]
    assert in_short(mine) == [LOGOUT]


def test_what_nobody_asks_for_costs_nothing() -> None:
    bare = Scripted(OK)
    observed = ObservingTransport(bare)
    request = Request("GET", URL)

    def seconds(send: Any) -> float:
        return min(timeit.repeat(lambda: send(request), number=2000, repeat=20)) / 2000

    assert seconds(observed.send) - seconds(bare.send) < 1e-6


class Operations:
    """An operation hook that notes what was begun and how it ended."""

    def __init__(self) -> None:
        self.noted: list[str] = []

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        self.noted.append(name)
        try:
            yield
        except Exception as error:
            self.noted.append(type(error).__name__)
            raise
        else:
            self.noted.append("done")


def asked(face: Sync, **options: Any) -> None:
    """Some operations on an embedded engine: two that succeed and one that does not."""
    if isinstance(face, Async):

        async def main() -> None:
            async with Engine.demo().connect_async(**options) as conn:
                await conn.getall(VM)
                [vm async for vm in conn.iterate(VM)]
                with pytest.raises(Fault):
                    await conn.get(VM, "0")

        asyncio.run(main())
        return
    with Engine.demo().connect(**options) as conn:
        conn.getall(VM)
        list(conn.iterate(VM))
        with pytest.raises(Fault):
            conn.get(VM, "0")


@by_face
def test_a_connection_tells_of_operations_and_their_exchanges(face: Sync) -> None:
    operations = Operations()
    first: list[Observation] = []
    second: list[Observation] = []
    asked(face, on_exchange=[first.append, second.append], on_operation=operations)
    assert operations.noted == [
        *("getall", "done", "iterate", "done", "iterate", "done", "get", "NotFound")
    ]
    assert first == second
    assert first[-1].status == 404


@by_face
def test_an_operation_goes_on_where_its_hook_fails(
    face: Sync, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(Operations):
        def __call__(self, name: str) -> Any:
            raise ZeroDivisionError

    class Swallowing(Operations):
        @contextmanager
        def __call__(self, name: str) -> Iterator[None]:
            try:
                yield
            except Fault:
                return
            raise ZeroDivisionError

    asked(face, on_operation=Broken())
    asked(face, on_operation=Swallowing())
    assert {record.levelno for record in caplog.records} == {logging.ERROR}


def test_other_options_have_other_hooks() -> None:
    first: list[Observation] = []
    second: list[Observation] = []
    with Engine.demo().connect(on_exchange=first.append) as conn:
        conn.getall(VM)
        told = len(first)
        conn.with_options(on_exchange=second.append).getall(VM)
    assert len(first) == told
    assert second


def told(cls: Any, option: str, hook: object) -> Any:
    """A connection that is told what a type checker would not let it be told."""
    return cls(URL, **{option: hook})


@pytest.mark.parametrize("option", ["on_exchange", "on_operation"])
def test_what_is_no_hook_is_refused(option: str) -> None:
    async def awaited(seen: Observation) -> None: ...

    for cls in (Connection, AsyncConnection):
        for hook in ("print", 1, awaited):
            with pytest.raises(TypeError, match=f"{option}= is a function"):
                told(cls, option, hook)
