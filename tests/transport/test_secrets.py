"""No credential in an error: not in what it says, its frames' locals, its causes or its context."""

from __future__ import annotations

import asyncio
import copy
import gzip
import logging
import pickle
import socket
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rhev import AsyncConnection, Connection, errors
from rhev.schema import VM
from rhev.secrets import HIDDEN, Secret
from rhev.simulator import Engine
from rhev.transport import BasicAuth, Request, Response, RetryPolicy, SsoAuth, TokenAuth

from .wire import WIRES, Answer, Lost, Sync, answering, serving

if TYPE_CHECKING:
    from collections.abc import Callable

C = "hunter2"
USER = "admin@internal"
TESTS = str(Path(__file__).parent)
CREDENTIALS = [SsoAuth(USER, C), BasicAuth(USER, C), TokenAuth(C)]
pytestmark = pytest.mark.usefixtures("direct")
by_face = pytest.mark.parametrize("face", WIRES, ids=repr)


def chain(error: BaseException | None) -> list[BaseException]:
    """An error with its cause, its context, and theirs."""
    if error is None:
        return []
    return [error, *chain(error.__cause__), *chain(error.__context__)]


def shown(error: BaseException) -> str:
    """What a tracker of errors would send: what it says, and every local of every frame.

    Not those of the tests, which stand for the user's program, and know the password.
    """
    texts = []
    for each in chain(error):
        texts += [str(each), repr(each), repr(vars(each)), repr(each.args)]
        told = traceback.TracebackException.from_exception(each, capture_locals=True)
        for frame in told.stack:
            if not frame.filename.startswith(TESTS):
                texts.append(f"{frame.name}: {frame.locals}")
    return "\n".join(texts)


def assert_hidden(error: object) -> None:
    assert isinstance(error, Exception), error
    assert C not in shown(error)
    assert {type(each).__module__.partition(".")[0] for each in chain(error)} <= {
        "rhev",
        "builtins",
    }


def failing(work: Callable[[], object]) -> Exception:
    try:
        work()
    except Exception as error:
        return error
    raise AssertionError("nothing failed")


def test_a_secret_shows_itself_to_none_who_does_not_ask() -> None:
    secret = Secret(C)
    assert f"{secret!r} {secret} {[secret]} {secret!s:>9}".count(HIDDEN) == 4
    assert secret.reveal() == C
    assert Secret.of(secret) is secret
    assert secret == Secret(C) != Secret("other")
    assert hash(secret) == hash(Secret(C))


@pytest.mark.parametrize(
    "work",
    [
        lambda: Connection("https://e", "admin", C),
        lambda: AsyncConnection("https://e", "admin", C),
        lambda: Connection("https://e", None, C),
        lambda: Connection("https://e", USER, C, auth=TokenAuth(C)),
        lambda: Connection("https://e", USER, C, timeout=-1),
        lambda: Connection("ftp://e", USER, C),
        lambda: Connection("https://e").connect("nowhere", USER, C),
        lambda: asyncio.run(AsyncConnection("https://e").connect("https://e", "admin", C)),
        lambda: Connection("https://e", USER, C + "\udc80"),
        lambda: SsoAuth("admin", C),
        lambda: SsoAuth(USER, C + "\udc80"),
        lambda: BasicAuth("admin", C),
        lambda: BasicAuth("a:b@internal", C),
        lambda: BasicAuth(USER, C + "\udc80"),
        lambda: TokenAuth(f"{C} {C}"),
        lambda: Connection("https://e", auth=TokenAuth(lambda: f"{C}\n")).api(),
    ],
)
def test_credentials_that_cannot_be_right_are_not_shown(work: Callable[[], object]) -> None:
    assert_hidden(failing(work))


@pytest.mark.parametrize(
    "answer",
    [
        Lost(),
        Answer(400, f'{{"error_code": "access_denied", "error": "not {C}"}}'.encode()),
        Answer(400, b'{"error": ["' + C.encode() + b'"], "error_description": null}'),
        Answer(200, f'{{"access_token": "{C} {C}"}}'.encode()),
        Answer(200, f"<html>{C}</html>".encode()),
        Answer(200, b"[" * 100_000),
        Answer(401, C.encode()),
        Answer(503, C.encode()),
        Answer(200, C.encode() * 9, [("Content-Encoding", "gzip")]),
        Answer(200, gzip.compress(C.encode())[:-4], [("Content-Encoding", "gzip")]),
        Answer(200, C.encode() * 99),
        Answer(302, b"", [("Location", "http://[")]),
    ],
)
@pytest.mark.parametrize("auth", CREDENTIALS, ids=lambda auth: type(auth).__name__)
@by_face
def test_no_credential_is_in_the_error_of_an_exchange(
    face: Sync, auth: object, answer: Answer | Lost
) -> None:
    with serving(answering(answer)) as server:
        transport = face.auth(face.http(max_response=500), auth, server.url)
        (outcome,) = face.play(transport, Request("POST", f"{server.url}/api", {}, C.encode()))
    if isinstance(outcome, Exception):
        assert_hidden(outcome)
        assert isinstance(outcome, errors.Error)
    else:
        assert C not in repr(outcome)


@pytest.mark.parametrize("auth", CREDENTIALS, ids=lambda auth: type(auth).__name__)
@by_face
def test_no_credential_is_in_the_error_of_a_refused_connection(face: Sync, auth: object) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        transport = face.retry(
            face.auth(face.http(), auth, url),
            RetryPolicy(attempts=2),
            sleep=face.sleeper(lambda seconds: None),
        )
        (outcome,) = face.play(transport, Request("GET", url))
    assert_hidden(outcome)


def test_a_failed_login_shows_no_password_at_any_level_of_logging(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    with Engine.demo().serve() as server:
        with Connection(server.url, server.username, C) as conn:
            assert_hidden(failing(lambda: conn.getall(VM)))

        async def main() -> None:
            async with AsyncConnection(server.url, server.username, C) as conn:
                await conn.getall(VM)

        assert_hidden(failing(lambda: asyncio.run(main())))
        with Connection(server.url, server.username, server.password) as conn:
            conn.getall(VM)
        with Connection(server.url, auth=BasicAuth(server.username, server.password)) as conn:
            conn.getall(VM)
    assert caplog.records
    said = "\n".join(f"{record.getMessage()} {record.args}" for record in caplog.records)
    assert C not in said
    assert server.password not in said
    assert "Bearer" not in said


def test_no_part_of_a_connection_shows_a_credential() -> None:
    conn = Connection("https://e", USER, C)
    parts = [conn, conn._settings, conn._settings.authentication(), *CREDENTIALS]
    transport: Any = conn._settings.transport()
    while transport is not None:
        parts += [transport, *vars(transport).values()]
        transport = vars(transport).get("_transport")
    assert C not in repr(parts)


@pytest.mark.parametrize(
    "cls", [Connection, AsyncConnection, *dict.fromkeys(face.http for face in WIRES)]
)
def test_what_is_half_built_has_a_repr(cls: type) -> None:
    with pytest.raises(ValueError, match="timeout") as caught:
        cls(timeout=-1)
    told = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    assert cls.__name__ in "".join(told.format())
    assert all(repr(entry.frame.f_locals) for entry in caught.traceback)


def test_a_request_is_copied_but_not_pickled() -> None:
    request = Request("GET", "https://engine.example/", {"Authorization": f"Bearer {C}"})
    with pytest.raises(TypeError, match="a Request is not pickled") as caught:
        pickle.dumps(request)
    assert_hidden(caught.value)
    assert copy.copy(request) == copy.deepcopy([request])[0] == request


def test_a_response_is_pickled_without_the_headers_that_are_secrets() -> None:
    headers = {"content-type": "text/plain", "set-cookie": f"JSESSIONID={C}", "x-auth-token": C}
    content = pickle.dumps(Response(200, headers, b"hello", ("lost-1",)))
    assert C.encode() not in content
    response = pickle.loads(content)  # noqa: S301
    assert response == Response(200, {"content-type": "text/plain"}, b"hello")
    assert response.lost == ("lost-1",)
    assert pickle.loads(pickle.dumps(Response(404))) == Response(404)  # noqa: S301
