"""Single sign-on against a real server that behaves as the engine's does."""

from __future__ import annotations

import base64
import json
import sys
import threading
import time
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest

from rhev import errors
from rhev.secrets import Secret
from rhev.transport import (
    KerberosAuth,
    Request,
    Response,
    RetryPolicy,
    SsoAuth,
    TokenAuth,
    header,
    tokens,
)
from rhev.transport.tokens import Token

from .wire import FACES, Answer, Lost, Received, Scripted, Server, Sync, response, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rhev.transport.auth import Flow, Login

pytestmark = pytest.mark.parametrize("face", FACES, ids=repr)

PASSWORD = "hunter2&=ü"
AUTH = SsoAuth("admin@internal", PASSWORD)
ENGINE = "https://engine/ovirt-engine/api"
NEVER = str(2**63 - 1)


@dataclass
class Engine:
    """An engine: it knows one user, and which of its tokens are still good."""

    exp: str = NEVER
    issued: int = 0
    good: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, received: Received) -> Answer:
        form = parse_qs(received.content.decode(), keep_blank_values=True)
        if received.path == "/ovirt-engine/sso/oauth/token":
            return self.token(form)
        if received.path == "/ovirt-engine/services/sso-logout":
            self.good -= {form["token"][0]}
            return Answer(200, b"{}")
        token = received.headers.get("authorization", "").removeprefix("Bearer ")
        return Answer(200 if token in self.good else 401)

    def token(self, form: dict[str, list[str]]) -> Answer:
        if form != {
            "grant_type": ["password"],
            "scope": ["ovirt-app-api"],
            "username": ["admin@internal"],
            "password": [PASSWORD],
        }:
            return Answer(400, b'{"error_code": "access_denied", "error": "Wrong password"}')
        time.sleep(0.005)
        with self.lock:
            self.issued += 1
            self.good.add(f"t{self.issued}")
            document = {"access_token": f"t{self.issued}", "exp": self.exp}
        return Answer(200, json.dumps(document).encode())


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def server(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with serving(engine) as server:
        yield server


def paths(server: Server) -> list[str]:
    return [received.path.rpartition("/")[2] for received in server.received]


def test_a_token_is_fetched_once_and_revoked_at_the_end(
    face: Sync, engine: Engine, server: Server
) -> None:
    transport = face.auth(face.http(), AUTH, f"{server.url}/ovirt-engine/api")
    assert server.received == []
    outcomes = face.play(transport, *[Request("GET", f"{server.url}/api")] * 2)
    assert [response(outcome).status for outcome in outcomes] == [200, 200]
    assert paths(server) == ["token", "api", "api", "sso-logout"]
    assert server.received[0].headers["accept"] == "application/json"
    assert engine.good == set()


def test_nothing_is_sent_where_nothing_was_asked(face: Sync, server: Server) -> None:
    face.play(face.auth(face.http(), AUTH, server.url))
    assert server.received == []


def test_threads_share_the_first_token(face: Sync, engine: Engine, server: Server) -> None:
    transport = face.auth(face.http(), AUTH, server.url)
    outcomes = face.together(transport, *[Request("GET", f"{server.url}/api")] * 8)
    assert [response(outcome).status for outcome in outcomes] == [200] * 8
    assert engine.issued == 1


def test_threads_share_the_second_token(face: Sync, engine: Engine, server: Server) -> None:
    engine.good = {"second"}
    supply = iter(["first", "second"])
    auth = TokenAuth(lambda: next(supply))
    transport = face.auth(face.http(), auth, server.url)
    outcomes = face.together(transport, *[Request("GET", f"{server.url}/api")] * 8)
    assert [response(outcome).status for outcome in outcomes] == [200] * 8
    assert list(supply) == []


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_token_that_was_refused_is_renewed_once(
    face: Sync, engine: Engine, server: Server, method: str
) -> None:
    transport = face.auth(face.http(), TokenAuth("gone"), server.url)
    (outcome,) = face.play(transport, Request(method, f"{server.url}/api"))
    assert (response(outcome).status, paths(server)) == (401, ["api"])

    server.received.clear()
    outdated = iter(["t0", "t1", "t2"])
    engine.good = {"t1"}
    transport = face.auth(face.http(), TokenAuth(lambda: next(outdated)), server.url)
    (outcome,) = face.play(transport, Request(method, f"{server.url}/api", content=b"<vm/>"))
    assert (response(outcome).status, paths(server)) == (200, ["api", "api"])
    assert [received.content for received in server.received] == [b"<vm/>"] * 2


def test_a_second_refusal_is_final(face: Sync) -> None:
    def stubborn(request: Request) -> Response:
        if request.url.endswith("/token"):
            return Response(200, content=b'[{"access_token": "t"}]')
        return Response(401, content=b"no")

    inner = Scripted(stubborn)
    (outcome,) = face.play(face.auth(face.over(inner), AUTH, ENGINE), Request("GET", ENGINE))
    assert (response(outcome).status, response(outcome).content) == (401, b"no")
    sent = [request.url.rpartition("/")[2] for request in inner.seen]
    assert sent == ["token", "api", "token", "api", "sso-logout"]


@pytest.mark.parametrize(
    ("exp", "fetched"),
    [
        (NEVER, 1),
        ("2000000000000", 1),
        (2000000000, 1),
        ("1000000000000", 1),
        (1000000000, 1),
        ("soon", 1),
        (None, 1),
        ("1500000060000", 2),
        (1500000060, 2),
        ("1500000069000", 2),
        ("1500000071000", 1),
    ],
)
def test_a_token_known_to_be_over_is_renewed_before(
    face: Sync, exp: object, fetched: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1500000000.0
    monkeypatch.setattr(tokens, "time", SimpleNamespace(time=lambda: now))
    document = json.dumps({"access_token": "t", "exp": exp}).encode()

    def slow(request: Request) -> Response:
        nonlocal now
        if request.url.endswith("/token"):
            return Response(200, content=document)
        now += 60
        return Response(200)

    inner = Scripted(slow)
    face.play(face.auth(face.over(inner), AUTH, ENGINE), *[Request("GET", ENGINE)] * 2)
    assert sum(request.url.endswith("/token") for request in inner.seen) == fetched


@pytest.mark.parametrize(
    ("status", "content", "reason", "detail"),
    [
        (200, '{"error_code": "access_denied", "error": "Wrong"}', "access_denied", "Wrong"),
        (400, '{"error_code": "access_denied", "error": "Wrong"}', "access_denied", "Wrong"),
        (400, '{"error": "invalid_grant", "error_description": "No"}', "invalid_grant", "No"),
        (400, '[{"error_code": "invalid_grant", "error": "No"}]', "invalid_grant", "No"),
        (401, '{"error_code": ["a", "b"], "error": ["c"]}', "a, b", "c"),
        (200, '{"error": "No"}', "", "No"),
        (200, '{"error": "No", "access_token": null}', "", "No"),
        (400, '{"access_token": "t", "error": "No"}', "", "No"),
        (400, json.dumps({"error_code": "x", "error": f"not {PASSWORD}"}), "x", "not ***"),
        (500, '{"error_code": "server_error", "error": "Broken"}', "server_error", "Broken"),
        (401, "<html>Unauthorized</html>", "Unauthorized", "the answer says no more"),
        (403, "", "Forbidden", "the answer says no more"),
    ],
)
def test_a_refused_login_tells_why(
    face: Sync, status: int, content: str, reason: str, detail: str
) -> None:
    inner = Scripted(Response(status, content=content.encode()))
    (outcome,) = face.play(face.auth(face.over(inner), AUTH, ENGINE), Request("GET", ENGINE))
    assert isinstance(outcome, errors.AuthenticationFailed)
    assert (outcome.reason, outcome.detail.startswith(detail)) == (reason, True)
    assert (outcome.status, outcome.url) == (status, "https://engine/ovirt-engine/sso/oauth/token")
    assert PASSWORD not in str(outcome)
    assert len(inner.seen) == 1


@pytest.mark.parametrize(
    ("status", "content"),
    [
        (200, "<html>Log in</html>"),
        (404, "<html/>"),
        (200, "[]"),
        (200, "7"),
        (200, "{}"),
        (200, json.dumps({"access_token": "x" * 2_000_000})),
    ],
)
def test_an_answer_of_something_else_is_told_as_such(face: Sync, status: int, content: str) -> None:
    inner = Scripted(Response(status, {"content-type": "text/html"}, content.encode()))
    (outcome,) = face.play(face.auth(face.over(inner), AUTH, ENGINE), Request("GET", ENGINE))
    assert isinstance(outcome, errors.ResponseError)
    assert "text/html" in str(outcome)
    assert "is it the URL of an engine" in str(outcome)


@pytest.mark.parametrize(
    "trouble", [Response(503), Response(408), errors.ConnectionError("lost")], ids=str
)
def test_trouble_with_the_login_leaves_the_request_undelivered(
    face: Sync, trouble: Response | Exception
) -> None:
    inner = Scripted(trouble, lambda request: Response(200, content=b'{"access_token": "t"}'))
    signed = face.auth(face.over(inner), AUTH, ENGINE)
    retry = face.retry(signed, RetryPolicy(first_wait=0))
    (outcome,) = face.play(retry, Request("POST", ENGINE, content=b"<vm/>"))
    assert response(outcome).status == 200
    assert [request.url for request in inner.seen].count(ENGINE) == 1


class Announced:
    """The single sign-on, which announces every request that has come to the login."""

    def __init__(self) -> None:
        self.waiting = threading.Semaphore(0)

    def session(self, origin: str) -> Announced:
        self._session = AUTH.session(origin)
        return self

    def flow(self, request: Request) -> Flow:
        steps = self._session.flow(request)
        login = next(steps)
        self.waiting.release()
        try:
            yield login
        except errors.AuthenticationFailed as error:
            steps.throw(error)
        raise AssertionError("the engine has taken the password")

    def logout(self) -> Login:
        return self._session.logout()


def test_waiting_threads_do_not_try_a_refused_password_again(face: Sync) -> None:
    count = 6
    scheme = Announced()
    turns = []

    def refuse(request: Request) -> Response:
        turns.append(request)
        assert all(scheme.waiting.acquire(timeout=60) for _ in range(count))
        return Response(400, content=b'{"error_code": "access_denied", "error": "No"}')

    auth = face.auth(face.over(Scripted(refuse)), scheme, ENGINE)
    outcomes = face.together(auth, *[Request("GET", ENGINE)] * count)
    assert [type(outcome) for outcome in outcomes] == [errors.AuthenticationFailed] * count
    assert len(turns) == 1


def test_a_later_request_tries_again(face: Sync) -> None:
    inner = Scripted(Response(400, content=b'{"error": "No"}'), Response(200, content=b"{}"))
    inner.outcomes.insert(1, Response(200, content=b'{"access_token": "t"}'))
    outcomes = face.play(face.auth(face.over(inner), AUTH, ENGINE), *[Request("GET", ENGINE)] * 2)
    assert isinstance(outcomes[0], errors.AuthenticationFailed)
    assert response(outcomes[1]).status == 200


def test_a_failing_logout_does_not_disturb(face: Sync) -> None:
    inner = Scripted(
        Response(200, content=b'{"access_token": "t"}'), Response(200), errors.ConnectionError("x")
    )
    (outcome,) = face.play(face.auth(face.over(inner), AUTH, ENGINE), Request("GET", ENGINE))
    assert response(outcome).status == 200
    assert inner.closed


def test_a_token_of_ones_own_is_not_revoked(face: Sync) -> None:
    inner = Scripted(Response(200))
    face.play(face.auth(face.over(inner), TokenAuth("mine"), ENGINE), Request("GET", ENGINE))
    assert [header(request.headers, "authorization") for request in inner.seen] == ["Bearer mine"]
    assert "mine" not in repr(TokenAuth("mine"))


@pytest.mark.parametrize("token", ["", "hunter2\r\nX: y", "hunter2 hunter2", "hunter2é"])
def test_what_is_no_token_is_refused(face: Sync, token: str) -> None:
    with pytest.raises(errors.CredentialsError) as caught:
        TokenAuth(token)
    assert "hunter2" not in str(caught.value)
    inner = Scripted(Response(200))
    supplied = face.auth(face.over(inner), TokenAuth(lambda: token), ENGINE)
    (outcome,) = face.play(supplied, Request("GET", ENGINE))
    assert isinstance(outcome, errors.CredentialsError)
    assert inner.seen == []


def test_a_token_hides_itself(face: Sync) -> None:
    assert repr(Token(Secret("hunter2"), 1.0)) == "Token(value=***, expires=1.0)"


class GSSError(Exception):
    """What gssapi raises."""


def fake_gssapi(monkeypatch: pytest.MonkeyPatch, *legs: bytes | Exception) -> list[object]:
    """Stand in for the package gssapi, which needs a realm; returns what it is asked."""
    asked: list[object] = []
    left = list(legs)

    class Context:
        def __init__(self, name: str, usage: str) -> None:
            asked.append((name, usage))

        def step(self, token: bytes | None) -> bytes:
            asked.append(token)
            leg = left.pop(0)
            if isinstance(leg, Exception):
                raise leg
            return leg

    module = SimpleNamespace(
        Name=lambda service, name_type: service,
        NameType=SimpleNamespace(hostbased_service="hostbased"),
        SecurityContext=Context,
        exceptions=SimpleNamespace(GSSError=GSSError),
    )
    monkeypatch.setitem(sys.modules, "gssapi", module)
    return asked


def test_kerberos_negotiates_a_token(face: Sync, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = fake_gssapi(monkeypatch, b"one", b"two")
    challenge = "Negotiate " + base64.b64encode(b"theirs").decode()
    inner = Scripted(
        Response(401, {"www-authenticate": challenge}),
        Response(200, content=b'{"access_token": "t"}'),
        Response(200),
    )
    transport = face.auth(face.over(inner), KerberosAuth(), ENGINE)
    (outcome,) = face.play(transport, Request("GET", ENGINE))
    assert response(outcome).status == 200
    assert asked == [("HTTP@engine", "initiate"), None, b"theirs"]
    first = inner.seen[0]
    assert first.url == "https://engine/ovirt-engine/sso/oauth/token-http-auth"
    assert parse_qs(first.content.decode()) == {
        "grant_type": ["urn:ovirt:params:oauth:grant-type:http"],
        "scope": ["ovirt-app-api"],
    }
    sent = [header(request.headers, "authorization") for request in inner.seen[:3]]
    assert sent == [
        "Negotiate " + base64.b64encode(b"one").decode(),
        "Negotiate " + base64.b64encode(b"two").decode(),
        "Bearer t",
    ]


def test_kerberos_without_a_ticket_says_so(face: Sync, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_gssapi(monkeypatch, GSSError("No credentials cache found"))
    transport = face.auth(face.over(Scripted(Response(200))), KerberosAuth(), ENGINE)
    (outcome,) = face.play(transport, Request("GET", ENGINE))
    assert isinstance(outcome, errors.AuthenticationFailed)
    assert "HTTP@engine" in outcome.reason
    assert "kinit" in outcome.detail


def test_kerberos_refused(face: Sync, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_gssapi(monkeypatch, b"one")
    refused = Scripted(Response(401, {"www-authenticate": "Negotiate"}, b"<html/>"))
    transport = face.auth(face.over(refused), KerberosAuth(), ENGINE)
    (outcome,) = face.play(transport, Request("GET", ENGINE))
    assert isinstance(outcome, errors.AuthenticationFailed)
    assert len(refused.seen) == 1


def test_kerberos_does_not_negotiate_forever(face: Sync, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_gssapi(monkeypatch, *[b"more"] * 99)
    endless = Scripted(Response(401, {"www-authenticate": "Negotiate bW9yZQ=="}))
    transport = face.auth(face.over(endless), KerberosAuth(), ENGINE)
    (outcome,) = face.play(transport, Request("GET", ENGINE))
    assert isinstance(outcome, errors.AuthenticationFailed)
    assert len(endless.seen) == 5


def test_a_lost_login_is_repeated_on_a_real_wire(
    face: Sync, engine: Engine, server: Server
) -> None:
    answers = iter([Lost()])

    def flaky(received: Received) -> Answer | Lost:
        return next(answers, None) or engine(received)

    with serving(flaky) as broken:
        retry = face.retry(face.auth(face.http(), AUTH, broken.url), RetryPolicy(first_wait=0.001))
        (outcome,) = face.play(retry, Request("POST", f"{broken.url}/api"))
    assert response(outcome).status == 200
    assert paths(broken) == ["token", "token", "api", "sso-logout"]
