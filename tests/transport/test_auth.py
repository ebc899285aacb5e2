"""Whose credentials go where: the transport, and the schemes that need no token."""

from __future__ import annotations

import base64
import sys
from typing import TYPE_CHECKING

import pytest

from rhev import errors
from rhev.transport import (
    BasicAuth,
    KerberosAuth,
    NoAuth,
    Request,
    Response,
    SsoAuth,
    TokenAuth,
    header,
    origin,
    with_headers,
)

from .wire import FACES, Answer, Received, Scripted, Sync, response, serving

if TYPE_CHECKING:
    from rhev.transport import Auth

ENGINE = "https://engine.example.com/ovirt-engine/api"
PASSWORD = "hunter2-Ünïcode"
both = pytest.mark.parametrize("face", FACES, ids=repr)


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("https://engine.example.com/ovirt-engine/api", True),
        ("https://ENGINE.example.com:443/other", True),
        ("https://engine.example.com", True),
        ("https://user@engine.example.com/", True),
        ("http://engine.example.com/ovirt-engine/api", False),
        ("https://engine.example.com:8443/ovirt-engine/api", False),
        ("https://engine.example.com.evil.org/ovirt-engine/api", False),
        ("https://engine.example.com@evil.org/ovirt-engine/api", False),
    ],
)
def test_an_origin_is_scheme_host_and_port(url: str, same: bool) -> None:
    assert (origin(url) == "https://engine.example.com") is same


def test_an_origin_of_an_address() -> None:
    assert origin("http://[::1]:8080/api") == "http://[::1]:8080"


@pytest.mark.parametrize("url", ["/api", "engine", "ftp://engine/", "https://", "https://e:x/"])
def test_what_has_no_origin_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"URL|Port"):
        origin(url)


def test_headers_are_compared_without_case() -> None:
    request = Request("GET", ENGINE, {"accept": "a", "Version": "4", "COOKIE": "c"})
    changed = with_headers(request, {"Accept": "b"}, without=["Cookie"])
    assert changed.headers == {"Version": "4", "Accept": "b"}
    assert header(changed.headers, "VERSION") == "4"
    assert header(changed.headers, "cookie") is None


SCHEMES: list[Auth] = [
    NoAuth(),
    TokenAuth("token-hunter2"),
    BasicAuth("admin@internal", PASSWORD),
    SsoAuth("admin@internal", PASSWORD),
]


def engine(request: Request) -> Response:
    """An engine that gives everyone a token and a session."""
    if request.method == "POST":
        return Response(200, content=b'{"access_token": "token-hunter2"}')
    return Response(200, {"set-cookie": "JSESSIONID=hunter2"})


@both
@pytest.mark.parametrize("auth", SCHEMES, ids=lambda auth: type(auth).__name__)
@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example.com/ovirt-engine/api",
        "http://engine.example.com/ovirt-engine/api",
        "https://engine.example.com:444/ovirt-engine/api",
        "https://engine.example.com.evil.org/",
    ],
)
def test_no_credentials_go_to_another_origin(face: Sync, auth: Auth, elsewhere: str) -> None:
    inner = Scripted(engine)
    transport = face.auth(face.over(inner), auth, ENGINE)
    assert "hunter2" not in repr(transport)
    own = {"authorization": "Bearer hunter2", "cookie": "JSESSIONID=hunter2", "Accept": "x"}
    face.play(transport, Request("GET", ENGINE), Request("GET", elsewhere, own))
    foreign = [request for request in inner.seen if origin(request.url) != origin(ENGINE)]
    assert [dict(request.headers) for request in foreign] == [{"Accept": "x"}]
    assert inner.closed


@both
@pytest.mark.parametrize("auth", SCHEMES[2:], ids=lambda auth: type(auth).__name__)
def test_what_one_engine_gave_stays_with_it(face: Sync, auth: Auth) -> None:
    first, second = Scripted(engine), Scripted(lambda request: Response(200, content=b"{}"))
    face.play(face.auth(face.over(first), auth, ENGINE), Request("GET", ENGINE))
    other = "https://other.example.com/api"
    face.play(face.auth(face.over(second), auth, other), Request("GET", other))
    sent = [value for request in second.seen for value in request.headers.values()]
    assert sent
    assert not any("hunter2" in value for value in sent)


@pytest.mark.parametrize("username", ["admin", "", "@internal", "admin@", "admin:internal"])
@pytest.mark.parametrize("scheme", [SsoAuth, BasicAuth])
def test_a_username_without_profile_is_refused(
    scheme: type[SsoAuth] | type[BasicAuth], username: str
) -> None:
    with pytest.raises(errors.CredentialsError, match=r"user@profile") as caught:
        scheme(username, PASSWORD)
    assert isinstance(caught.value, ValueError)
    assert PASSWORD not in str(caught.value)


@pytest.mark.parametrize("username", ["admin@internal", "admin@ovirt@internalsso", "a b@c"])
def test_a_username_with_profile_is_taken(username: str) -> None:
    assert username in repr(SsoAuth(username, PASSWORD))
    assert PASSWORD not in repr(SsoAuth(username, PASSWORD)) + repr(BasicAuth(username, PASSWORD))


def test_basic_takes_no_colon() -> None:
    with pytest.raises(errors.CredentialsError, match="colon"):
        BasicAuth("ad:min@internal", PASSWORD)


@both
def test_basic_keeps_the_session(face: Sync, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    expected = base64.b64encode(f"admin@internal:{PASSWORD}".encode()).decode()

    def handle(received: Received) -> Answer:
        if received.headers.get("authorization") != f"Basic {expected}":
            return Answer(401)
        if "cookie" in received.headers:
            return Answer()
        return Answer(headers=[("Set-Cookie", "a=b"), ("Set-Cookie", "JSESSIONID=s1.x; Path=/")])

    with serving(handle) as server:
        auth = BasicAuth("admin@internal", PASSWORD)
        transport = face.auth(face.http(), auth, server.url)
        outcomes = face.play(transport, *[Request("GET", f"{server.url}/api")] * 3)
    assert [response(outcome).status for outcome in outcomes] == [200, 200, 200]
    cookies = [received.headers.get("cookie") for received in server.received]
    assert cookies == [None, "JSESSIONID=s1.x", "JSESSIONID=s1.x"]
    assert all(received.headers["prefer"] == "persistent-auth" for received in server.received)


@both
def test_basic_forgets_a_session_that_is_refused(face: Sync) -> None:
    def strict(request: Request) -> Response:
        cookie = header(request.headers, "cookie")
        if cookie == "JSESSIONID=1":
            return Response(401)
        return Response(200, {"set-cookie": f"JSESSIONID={len(inner.seen)}"})

    inner = Scripted(strict)
    transport = face.auth(face.over(inner), BasicAuth("a@b", PASSWORD), ENGINE)
    outcomes = face.play(transport, *[Request("GET", ENGINE)] * 3)
    assert [response(outcome).status for outcome in outcomes] == [200, 200, 200]
    cookies = [header(request.headers, "cookie") for request in inner.seen]
    assert cookies == [None, "JSESSIONID=1", None, "JSESSIONID=3"]


@both
def test_a_wrong_password_is_sent_once(face: Sync) -> None:
    inner = Scripted(Response(401, {"set-cookie": "JSESSIONID=1"}))
    transport = face.auth(face.over(inner), BasicAuth("a@b", PASSWORD), ENGINE)
    (outcome,) = face.play(transport, Request("GET", ENGINE))
    assert (response(outcome).status, len(inner.seen)) == (401, 1)
    face.play(transport, Request("GET", ENGINE))
    assert [header(request.headers, "cookie") for request in inner.seen] == [None, None]


def test_kerberos_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gssapi", None)
    with pytest.raises(errors.CredentialsError, match=r"pip install 'rhev\[kerberos\]'"):
        KerberosAuth().session(origin(ENGINE))
