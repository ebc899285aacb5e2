"""Credentials, tokens, cookies and secret parameters, while requests succeed and fail: see README.

Whatever a program could print, keep or send on is looked at, and nothing of them may be there.
"""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import socket
import time
import warnings
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
import trustme

from rhev import AsyncConnection, Connection, Observation, schema
from rhev.codecs import json as as_json
from rhev.codecs import xml as as_xml
from rhev.secrets import Secret
from rhev.transport import BasicAuth, KerberosAuth, RetryPolicy, SsoAuth, TokenAuth
from tests.secrets.looking import Looked
from tests.secrets.planting import C
from tests.test_telemetry import Told
from tests.transport.test_tokens import fake_gssapi
from tests.transport.wire import WIRES, Answer, Async, ByAiohttp, Lost, Received, Sync, serving

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator
    from pathlib import Path

USER = "admin@internal"
PASSWORD, TOKEN, COOKIE = f"{C}-password", f"{C}-token", f"{C}-cookie"
AUTHS: dict[str, Callable[[], Any]] = {
    "password": lambda: SsoAuth(USER, PASSWORD),
    "basic": lambda: BasicAuth(USER, PASSWORD),
    "token": lambda: TokenAuth(TOKEN),
    "supplier": lambda: TokenAuth(lambda: TOKEN),
    "kerberos": KerberosAuth,
}
CODECS: dict[str, Any] = {"json": as_json, "xml": as_xml}
LOGGERS = ("rhev", "rhev.bodies", "httpx", "httpcore.http11", "httpcore.proxy", "aiohttp.client")
by_face = pytest.mark.parametrize("face", WIRES, ids=repr)


def machine() -> schema.VM:
    """A machine with a few secrets, to send and to be sent."""
    return schema.VM(
        id="1",
        name="web-01",
        cluster=schema.Cluster(id="1"),
        template=schema.Template(id="1"),
        initialization=schema.Initialization(
            root_password=C, custom_script=C, windows_license_key=C
        ),
        payloads=[schema.Payload(files=[schema.File(name="x", content=C)])],
        custom_properties=[schema.CustomProperty(name="snmp_community", value=C)],
    )


def signed(content: bytes, wire: str, status: int = 200) -> Answer:
    """An answer with what engines send to keep a session, and what a proxy might."""
    headers = [
        ("Content-Type", f"application/{wire}"),
        ("Set-Cookie", f"JSESSIONID={COOKIE}; path=/"),
        ("WWW-Authenticate", f"Negotiate {C}"),
        ("Authentication-Info", C),
        ("X-Auth-Token", TOKEN),
    ]
    return Answer(status, content, headers)


def entry(wire: str) -> bytes:
    if wire == "json":
        links = [{"rel": "vms", "href": "/ovirt-engine/api/vms"}]
        return json.dumps({"product_info": {"name": "x"}, "link": links}).encode()
    return b'<api><link rel="vms" href="/ovirt-engine/api/vms"/></api>'


class Engine:
    """An engine that logs people in, and answers the rest as it is told."""

    def __init__(self, wire: str, of_api: Callable[[str], Any], of_sso: Answer | Lost) -> None:
        self.wire = wire
        self.of_api = of_api
        self.of_sso = of_sso

    def __call__(self, received: Received) -> Answer | Lost:
        if "/sso" in received.path:
            return self.of_sso
        if received.path.endswith("/api"):
            return signed(entry(self.wire), self.wire)
        answer: Answer | Lost = self.of_api(self.wire)
        if isinstance(answer, Answer):
            asked = received.headers.get("correlation-id", "")
            answer.headers = [*answer.headers, ("Correlation-Id", asked)]
        return answer


def document(wire: str) -> bytes:
    content: bytes = CODECS[wire].encode(machine())
    return content


SILENCE = 0.15


def stalled(wire: str) -> Lost:
    time.sleep(SILENCE)
    return Lost()


FAULT = {"json": b'{"reason": "Operation Failed", "detail": "[Cannot.]"}'}
FAULT["xml"] = b"<fault><reason>Operation Failed</reason><detail>[Cannot.]</detail></fault>"
ELSEWHERE = f"/other;jsessionid={C}?token={C}#access_token={C}"
LOGGED_IN = Answer(200, json.dumps({"access_token": TOKEN, "exp": str(2**63 - 1)}).encode())
ANSWERS: dict[str, tuple[Callable[[str], Any], Answer | Lost]] = {
    "answered": (lambda w: signed(document(w), w, 200), LOGGED_IN),
    "fault": (lambda w: signed(FAULT[w], w, 409), LOGGED_IN),
    "absent": (lambda w: signed(b"", w, 404), LOGGED_IN),
    "unauthorized": (lambda w: signed(b"", w, 401), LOGGED_IN),
    "busy": (lambda w: signed(b"", w, 503), LOGGED_IN),
    "broken": (lambda w: signed(document(w), w, 500), LOGGED_IN),
    "lost": (lambda w: Lost(), LOGGED_IN),
    "silent": (stalled, LOGGED_IN),
    "cut off": (lambda w: signed(document(w)[:-9], w), LOGGED_IN),
    "other wire": (lambda w: signed(document("xml" if w == "json" else "json"), w), LOGGED_IN),
    "other type": (lambda w: signed(document(w), "html"), LOGGED_IN),
    "garbage": (lambda w: signed(f"\0password={C}".encode(), w), LOGGED_IN),
    "page": (
        lambda w: signed(f"<form><input name='password' value='{C}'></form>".encode(), "html"),
        LOGGED_IN,
    ),
    "compressed": (lambda w: Answer(200, C.encode(), [("Content-Encoding", "gzip")]), LOGGED_IN),
    "elsewhere": (lambda w: Answer(307, b"", [("Location", ELSEWHERE)]), LOGGED_IN),
    "refused login": (
        lambda w: signed(b"", w),
        Answer(400, f'{{"error_code": "access_denied", "error": "not {PASSWORD}"}}'.encode()),
    ),
    "lost login": (lambda w: signed(b"", w), Lost()),
    "busy login": (lambda w: signed(b"", w), Answer(503, PASSWORD.encode())),
    "login of a page": (lambda w: signed(b"", w), Answer(200, f"<html>{C}</html>".encode())),
    "login of garbage": (
        lambda w: signed(b"", w),
        Answer(200, f'{{"access_token": "{TOKEN} {TOKEN}"}}'.encode()),
    ),
}
OPERATIONS: dict[str, Callable[[Any], Any]] = {
    "get": lambda conn: conn.get(schema.VM, "1"),
    "create": lambda conn: conn.create(machine()),
    "act": lambda conn: conn.request(
        "POST", "/vms/1/start", body=schema.Action(root_password=C, vm=machine())
    ),
    "put": lambda conn: conn.request("PUT", "/vms/1", schema.VM, body=machine()),
    "delete": lambda conn: conn.request("DELETE", "/vms/1"),
    "ask with secrets in the URL": lambda conn: conn.request(
        "GET", f"/vms/1;jsessionid={C}", parameters={"token": C, "password": C, "max": 1}
    ),
}


def play(face: Sync, looked: Looked, url: str, **options: Any) -> list[Any]:
    """Each operation in turn, and a look at what came of it and at the connection."""
    outcomes: list[Any] = []

    def took(conn: Any, outcome: Any) -> None:
        outcomes.append(outcome)
        if isinstance(outcome, Exception):
            looked.error(outcome)
        else:
            looked.into("repr of results", repr(outcome))
        looked.into("repr of exchanges", f"{conn.last_exchange!r}")
        looked.into("repr of exchanges", f"{dict(getattr(conn.last_exchange, 'headers', {}))}")
        looked.objects("reprs of connections", conn)

    if not isinstance(face, Async):
        with Connection(url, **options) as conn:
            for operation in OPERATIONS.values():
                try:
                    outcome = operation(conn)
                except Exception as error:
                    outcome = error
                took(conn, outcome)
        return outcomes

    async def main() -> None:
        by: Any = "aiohttp" if isinstance(face, ByAiohttp) else None
        async with AsyncConnection(url, transport=by, **options) as conn:
            for operation in OPERATIONS.values():
                try:
                    outcome = await operation(conn)
                except Exception as error:
                    outcome = error
                took(conn, outcome)

    asyncio.run(main())
    return outcomes


class Scene:
    """A connection that everything listens to, and all that is looked at when it is done."""

    def __init__(self, looked: Looked, caplog: pytest.LogCaptureFixture, path: Path) -> None:
        self.looked = looked
        self.told = Told()
        self.seen: list[Observation] = []
        self._caplog = caplog
        self._path = path
        caplog.set_level(logging.DEBUG)
        for name in LOGGERS:
            caplog.set_level(logging.DEBUG, name)
            assert logging.getLogger(name).isEnabledFor(logging.DEBUG)

    def play(self, face: Sync, url: str, **options: Any) -> list[Any]:
        told = {
            "retry": RetryPolicy(attempts=2, first_wait=0),
            "timeout": 30,
            "read_timeout": 5.0,
            "check": False,
            "record": self._path,
            "on_exchange": [self.seen.append, self.told.telemetry.exchange],
            "on_operation": self.told.telemetry.operation,
        }
        with warnings.catch_warnings(record=True, action="always") as warned:
            outcomes = play(face, self.looked, url, **{**told, **options})
        for warning in warned:
            self.looked.into("warnings", str(warning))
        self._look()
        return outcomes

    def _look(self) -> None:
        looked = self.looked
        looked.logged(self._caplog.records)
        self._caplog.clear()
        assert self.seen
        assert self.told.spans
        for seen in self.seen:
            looked.into("observations", repr(seen))
            looked.pickled("pickles of observations", seen)
        for span in self.told.spans:
            looked.into("spans", span.to_json())
        looked.into("metrics", self.told.metrics_json)
        self.seen.clear()
        self.told.clear()
        if self._path.exists():
            looked.into("cassettes", self._path.read_text())


@pytest.fixture
def scene(
    looked: Looked,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    direct: None,
) -> Scene:
    # The package gssapi needs a realm.
    fake_gssapi(monkeypatch, *[C.encode()] * 99)
    return Scene(looked, caplog, tmp_path / "cassette.jsonl")


# What each transport does in its own way; what else comes is read above them.
OF_TRANSPORTS = {
    *("answered", "unauthorized", "lost", "silent", "cut off", "compressed", "elsewhere"),
    *("refused login", "lost login"),
}


def cases() -> Iterator[Any]:
    """Each answer, and each face where that matters; the wires and the credentials in turn."""
    for number, answer in enumerate(ANSWERS):
        faces = WIRES if answer in OF_TRANSPORTS else WIRES[number % 3 :][:1]
        for turn, face in enumerate(faces, number):
            wire = list(CODECS)[turn % 2]
            auth = list(AUTHS)[turn % len(AUTHS)]
            if "login" in answer:
                auth = ["password", "kerberos"][turn % 2 if answer != "refused login" else 0]
            yield pytest.param(face, answer, wire, auth, id=f"{face!r}-{answer}-{wire}-{auth}")


CASES = list(cases())


def test_each_credential_goes_by_each_transport() -> None:
    assert {(case.values[0], case.values[3]) for case in CASES} == set(product(WIRES, AUTHS))


@pytest.mark.parametrize(("face", "answer", "wire", "auth"), CASES)
def test_nothing_shows_a_secret(
    face: Sync, answer: str, wire: str, auth: str, scene: Scene
) -> None:
    of_api, of_sso = ANSWERS[answer]
    silence = SILENCE / 3 if answer == "silent" else 5.0
    with serving(Engine(wire, of_api, of_sso)) as server:
        outcomes = scene.play(
            face, server.url, auth=AUTHS[auth](), format=wire, read_timeout=silence
        )
    failed = [isinstance(outcome, Exception) for outcome in outcomes]
    assert any(failed) is (answer != "answered"), outcomes


@pytest.fixture
def tls() -> ssl.SSLContext:
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    return context


@by_face
def test_nor_where_the_certificate_is_not_trusted(
    face: Sync, scene: Scene, tls: ssl.SSLContext
) -> None:
    with serving(Engine("json", lambda w: signed(document(w), w), LOGGED_IN), tls) as server:
        outcomes = scene.play(face, server.url, username=USER, password=PASSWORD)
    assert all(isinstance(outcome, Exception) for outcome in outcomes)


@by_face
def test_nor_where_there_is_no_tls_and_where_there_is_no_one(face: Sync, scene: Scene) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        for url in (f"{s}://127.0.0.1:{listener.getsockname()[1]}" for s in ("http", "https")):
            assert scene.play(face, url, username=USER, password=PASSWORD)
    with serving(Engine("json", lambda w: Lost(), LOGGED_IN)) as server:
        outcomes = scene.play(face, server.url.replace("http", "https"), auth=TokenAuth(TOKEN))
        assert all(isinstance(outcome, Exception) for outcome in outcomes)


PROXIES = [
    ("http", "http://user:{c}@{host}"),
    ("https", "http://user:{c}@{host}"),
    ("https", "http://user:{c}@127.0.0.1:9"),  # where there is none
    ("http", "http://user:{c}@["),
    ("https", "gopher://user:{c}@{host}"),
    ("https", "socks5://user:{c}@127.0.0.1:9"),
]


@pytest.mark.parametrize(("scheme", "proxy"), PROXIES)
@by_face
def test_nor_that_of_a_proxy(
    face: Sync, scheme: str, proxy: str, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(lambda received: Answer(407, C.encode())) as server:
        host = server.url.partition("://")[2]
        told = proxy.format(c=f"{C}-proxy", host=host)
        monkeypatch.setenv(f"{scheme}_proxy", told)
        monkeypatch.setenv("no_proxy", "")
        outcomes = scene.play(face, f"{scheme}://engine.example", username=USER, password=PASSWORD)
    assert all(isinstance(outcome, Exception) for outcome in outcomes)
    if scheme == "http":
        assert scene.looked.at["warnings"]


VARIABLES = {
    "RHEV_URL": "https://e",
    "RHEV_USERNAME": USER,
    "RHEV_PASSWORD": PASSWORD,
    "RHEV_TOKEN": "",
    "RHEV_LOG": "",
    "RHEV_INSECURE": "",
}
WRONG = [
    {},
    {"RHEV_TOKEN": f"{TOKEN} {TOKEN}"},
    {"RHEV_TOKEN": TOKEN, "RHEV_CA_FILE": "/there/is/none"},
    {"RHEV_USERNAME": ""},
    {"RHEV_USERNAME": "admin"},
    {"RHEV_URL": ""},
    {"RHEV_URL": "nowhere"},
    {"RHEV_URL": f"https://user:{C}@e"},
    {"RHEV_INSECURE": "perhaps"},
    {"RHEV_LOG": "loudly"},
    {"RHEV_CA_FINGERPRINT": "none"},
]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
@pytest.mark.parametrize("cls", [Connection, AsyncConnection])
def test_nor_what_the_environment_says(
    cls: Any, wrong: dict[str, str], looked: Looked, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {**VARIABLES, **wrong}.items():
        monkeypatch.setenv(name, value)
    try:
        conn = cls.from_environment()
    except Exception as error:
        looked.error(error)
    else:
        assert not wrong
        looked.objects("reprs of connections", conn)


def test_nor_what_is_unclosed_or_insecure(looked: Looked) -> None:
    with serving(Engine("json", lambda w: signed(document(w), w), LOGGED_IN)) as server:
        with warnings.catch_warnings(record=True, action="always") as warned:
            conn = Connection(server.url, USER, PASSWORD)
            conn.get(schema.VM, "1")
            held = conn._transport
            del conn
            gc.collect()
            Connection("http://engine.example", USER, PASSWORD)
            Connection("https://engine.example", USER, PASSWORD, insecure=True)
        assert held is not None
        held.close()
    assert len(warned) >= 3
    for warning in warned:
        looked.into("warnings", str(warning))


def test_a_secret_is_not_pickled_but_is_copied(looked: Looked) -> None:
    import copy

    secret = Secret(C)
    assert not looked.pickled("pickles of secrets", secret)
    assert copy.deepcopy({"a": secret})["a"].reveal() == C
    assert copy.copy(secret) == secret
    for auth in AUTHS.values():
        looked.pickled("pickles of credentials", auth())


PLACES = {
    *("attributes of errors", "cassettes", "causes", "contexts", "log of bodies"),
    *(
        "log of httpcore",
        "log of rhev",
        "metrics",
        "observations",
        "pickles of connections",
        "pickles of credentials",
    ),
    *("pickles of errors", "pickles of models", "pickles of observations", "pickles of secrets"),
    *("problems", "repr of errors", "repr of exchanges", "repr of models", "repr of results"),
    *("reprs of connections", "scrubbed documents", "spans", "str of errors", "tracebacks"),
    *("tracebacks by rich", "tracebacks with locals", "warnings"),
}


def test_every_place_was_looked_at(everywhere: Looked) -> None:
    if everywhere.is_part:
        pytest.skip("a part of the tests that look was chosen: places are counted over all of them")
    assert PLACES - {place for place, times in everywhere.at.items() if times > 0} == set()
    assert sum(everywhere.at.values()) > 10_000


class Shown(Exception):
    """An exception of the kind that is not to be: it says what it was told."""


def test_what_is_shown_is_found(caplog: pytest.LogCaptureFixture) -> None:
    """Each way to look finds what is there."""

    def found(look: Callable[[Looked], object]) -> int:
        looked = Looked()
        look(looked)
        return len(looked.found)

    def chained(cause: BaseException | None, context: BaseException | None) -> Exception:
        error = Shown("plain")
        error.__cause__, error.__context__ = cause, context
        return error

    def holding(value: object) -> Exception:
        error = Shown("plain")
        error.held = value  # type: ignore[attr-defined]
        return error

    caplog.set_level(logging.DEBUG)
    logging.getLogger("rhev").debug("%s", C)
    assert not found(lambda looked: looked.error(chained(Shown(), Shown())))
    from base64 import b64encode

    for filler in ("", "a", "ab"):
        text = b64encode(f"{filler}{C}-and-more".encode()).decode()
        assert found(lambda looked, text=text: looked.into("here", text))  # type: ignore[misc]
    assert found(lambda looked: looked.logged(caplog.records))
    assert found(lambda looked: looked.error(Shown(C)))
    assert found(lambda looked: looked.error(chained(Shown(C), None)))
    assert found(lambda looked: looked.error(chained(None, chained(None, Shown(C)))))
    assert found(lambda looked: looked.error(holding({"headers": [C]})))
    assert found(lambda looked: looked.error(holding(socket))) == 0
    assert found(lambda looked: looked.pickled("here", [C]))
    try:
        json.loads(f"[{C}")
    except ValueError as error:
        held = error
        assert found(lambda looked: looked.error(held))  # by the locals of json's frames


@pytest.fixture(autouse=True)
def quiet_bodies() -> Iterator[None]:
    """The level of the log of bodies is as it was."""
    logger = logging.getLogger("rhev.bodies")
    level = logger.level
    yield
    logger.setLevel(level)
