"""Recording real exchanges, and playing them back without an engine."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest

from rhev import Connection, errors
from rhev.simulator import Engine
from rhev.transport import (
    BasicAuth,
    Cassette,
    ReplayTransport,
    Request,
    Response,
    SsoAuth,
    TokenAuth,
)

from .wire import FACES, Answer, Received, Scripted, Sync, response, serving

both = pytest.mark.parametrize("face", FACES, ids=repr)
SHARED = Path(__file__).parents[3] / "shared/recordings/engine-4-inventory.jsonl"
CANARY = "Can@ry&7=ü"
ENGINE = "https://engine/ovirt-engine/api"
XML = {"content-type": "application/xml"}


def encodings(secret: str) -> list[bytes]:
    """The secret as it might stand in a file."""
    spellings = [
        secret,
        quote(secret),
        quote_plus(secret),
        json.dumps(secret)[1:-1],
        secret.replace("&", "&amp;"),
        base64.b64encode(secret.encode()).decode(),
        base64.b64encode(f"admin@internal:{secret}".encode()).decode(),
    ]
    return [spelling.encode() for spelling in spellings]


@both
@pytest.mark.parametrize(
    "auth", [SsoAuth("admin@internal", CANARY), BasicAuth("admin@internal", CANARY)], ids=str
)
def test_no_byte_of_a_cassette_is_a_secret(
    face: Sync,
    auth: SsoAuth | BasicAuth,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    token = "t0k3n-canary"
    cookie = "c00kie-canary"
    xml = CANARY.replace("&", "&amp;")

    def handle(received: Received) -> Answer:
        if "/sso" in received.path:
            return Answer(200, json.dumps({"access_token": token, "id": cookie}).encode())
        document = f"<action><ticket><value>{xml}</value></ticket></action>"
        headers = [("Set-Cookie", f"JSESSIONID={cookie}"), ("Content-Type", "application/xml")]
        headers += [("Location", f"/x?token={token}"), ("X-Echo", token)]
        return Answer(200, document.encode(), headers)

    path = tmp_path / "cassette.jsonl"
    bodies = [
        ("application/xml", f"<user><password>{xml}</password></user>"),
        ("application/json", json.dumps({"root_password": CANARY})),
        ("application/x-www-form-urlencoded", f"password={quote_plus(CANARY)}"),
        ("text/plain", f"password: {CANARY}"),
    ]
    with serving(handle) as server:
        url = f"{server.url}/ovirt-engine/api/vms"
        requests = [Request("POST", url, {"Content-Type": t}, b.encode()) for t, b in bodies]
        requests.append(Request("GET", f"{url}?password={quote(CANARY)}&max=1"))
        recording = face.recording(face.http(), path)
        outcomes = face.play(face.auth(recording, auth, server.url), *requests, requests[-1])
    assert [response(outcome).status for outcome in outcomes] == [200] * 6
    written = path.read_bytes()
    for secret in (CANARY, token, cookie):
        for spelling in encodings(secret):
            assert spelling not in written
    assert server.url.encode() not in written
    assert b"JSESSIONID" not in written

    replayed = face.play(face.auth(face.replay(path), auth, ENGINE), *requests[:4])
    assert all(b"<ticket>" in response(outcome).content for outcome in replayed)


@both
def test_what_is_recorded_can_be_replayed(face: Sync, tmp_path: Path) -> None:
    path = tmp_path / "cassette.jsonl"
    requests = [
        Request("GET", f"{ENGINE}/vms?search=name%20%3D%20a&max=1"),
        Request("POST", f"{ENGINE}/vms", XML, b"<vm><name>a</name></vm>"),
        Request("POST", f"{ENGINE}/vms", XML, b"<vm><name>b</name></vm>"),
        Request("DELETE", f"{ENGINE}/vms/1"),
    ]
    recorded = [
        Response(200, XML, "<vms>ü</vms>".encode()),
        Response(201, {"location": f"{ENGINE}/vms/1", "x-other": "gone"}, b"<vm id='1'/>"),
        Response(409, XML, b"<fault/>"),
        Response(200),
    ]
    recording = face.recording(face.over(Scripted(*recorded)), path)
    assert face.play(recording, *requests) == recorded

    elsewhere = [
        Request("GET", "http://localhost/ovirt-engine/api/vms?max=1&search=name+=+a"),
        Request("POST", requests[1].url, XML, b"<vm>\n  <name>b</name>\n</vm>"),
        requests[1],
        requests[3],
    ]
    replay = face.replay(path)
    played = face.play(replay, *elsewhere)
    assert [response(outcome).status for outcome in played] == [200, 409, 201, 200]
    assert played[0] == recorded[0]
    assert response(played[2]).headers == {"location": f"{ENGINE}/vms/1"}
    assert replay.cassette.remaining == []


@both
def test_an_exchange_that_failed_is_not_recorded(face: Sync, tmp_path: Path) -> None:
    path = tmp_path / "cassette.jsonl"
    lost = errors.ConnectionError("lost")
    recording = face.recording(face.over(Scripted(lost, Response(200))), path)
    face.play(recording, *[Request("GET", ENGINE)] * 2)
    assert len(Cassette.load(path).exchanges) == 1


@both
def test_a_cassette_goes_on_after_a_close(face: Sync, tmp_path: Path) -> None:
    path = tmp_path / "cassette.jsonl"
    recording = face.recording(face.over(Scripted(Response(200))), path)
    for number in range(3):
        face.play(recording, Request("GET", f"{ENGINE}/vms/{number}"))
    assert len(Cassette.load(path).exchanges) == 3
    face.play(face.recording(face.over(Scripted(Response(200))), path), Request("GET", ENGINE))
    assert len(Cassette.load(path).exchanges) == 1


def test_a_connection_that_is_used_after_close_adds_to_its_cassette(tmp_path: Path) -> None:
    path = tmp_path / "cassette.jsonl"
    with Engine.demo().serve() as one, Engine.demo().serve() as other:
        conn = Connection(one.url, one.username, one.password, record=path)
        conn.ping()
        conn.close()
        conn.ping()
        conn.connect(other.url, other.username, other.password)
        conn.ping()
        conn.close()
    paths = [exchange.url for exchange in Cassette.load(path).exchanges]
    assert paths.count("/ovirt-engine/api") == 3


def cassette(*lines: dict[str, object]) -> Cassette:
    from rhev.transport.cassette import Recorded

    return Cassette(Recorded.from_line(json.dumps(line)) for line in lines)


def line(method: str, body: str, **more: object) -> dict[str, object]:
    """A line of a cassette, about ``/api/vms`` unless it says otherwise."""
    return {"method": method, "url": "/api/vms", "status": 200, "body": body, **more}


@both
def test_repeated_requests_keep_their_order_and_the_last_stays(face: Sync) -> None:
    tape = cassette(line("GET", "down"), line("GET", "powering_up"), line("GET", "up"))
    outcomes = face.play(face.replay(tape), *[Request("GET", "http://e/api/vms")] * 5)
    texts = [response(outcome).content.decode() for outcome in outcomes]
    assert texts == ["down", "powering_up", "up", "up", "up"]


@both
def test_a_login_can_be_replayed_again_and_again(face: Sync) -> None:
    login = {"url": "/ovirt-engine/sso/oauth/token"}
    tape = cassette(line("POST", '{"access_token": "scrubbed"}', **login), line("GET", "vms"))
    for password in ("one", "two"):
        auth = SsoAuth("admin@internal", password)
        request = Request("GET", "http://e/api/vms")
        (outcome,) = face.play(face.auth(face.replay(tape), auth, "http://e"), request)
        assert response(outcome).content == b"vms"


@both
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_what_changes_something_is_played_once(face: Sync, method: str) -> None:
    tape = cassette(line(method, "done"), line("GET", "left"))
    outcomes = face.play(face.replay(tape), *[Request(method, "http://e/api/vms")] * 2)
    assert response(outcomes[0]).content == b"done"
    assert isinstance(outcomes[1], errors.NotRecorded)
    assert "all of its responses were played" in str(outcomes[1])
    assert "left to play: GET /api/vms" in str(outcomes[1])


@both
@pytest.mark.parametrize(
    ("request_", "says"),
    [
        (Request("GET", "http://e/api/hosts"), "no such exchange"),
        (Request("GET", "http://e/api/vms?max=1"), "no such exchange"),
        (Request("PUT", "http://e/api/vms", content=b"{}"), "no such exchange"),
        (Request("POST", "http://e/api/vms", content=b'{"a": 2}'), "another body only"),
        (Request("GET", "http://e/api?password=Can@ry"), "no such exchange"),
    ],
)
def test_what_is_not_recorded_is_said(face: Sync, request_: Request, says: str) -> None:
    tape = cassette(line("POST", "x", request='{"a": 1}'), line("GET", "y"))
    (outcome,) = face.play(face.replay(tape), request_)
    assert isinstance(outcome, errors.NotRecorded)
    assert isinstance(outcome, LookupError)
    assert says in str(outcome)
    assert "left to play: POST /api/vms; GET /api/vms" in str(outcome)
    assert "Can@ry" not in str(outcome)


@pytest.mark.parametrize(
    "broken", ["{", "[]", '{"method": "GET"}', '{"method": "GET", "url": 1, "status": 200}']
)
def test_a_line_that_is_none_is_found(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "cassette.jsonl"
    path.write_text(f"{json.dumps(line('GET', ''))}\n\n{broken}\n", encoding="utf-8")
    with pytest.raises(errors.ParseError, match=r"cassette\.jsonl is no cassette") as caught:
        Cassette.load(path)
    assert caught.value.line == 3


@pytest.mark.skipif(not SHARED.exists(), reason="the shared recordings are not here")
def test_the_inventory_of_a_real_engine_plays() -> None:
    replay = ReplayTransport(SHARED)
    for exchange in replay.cassette.exchanges:
        answer = replay.send(Request(exchange.method, f"https://engine{exchange.url}"))
        assert (answer.status, answer.headers["content-type"]) == (200, "application/xml")
        assert answer.content.decode() == exchange.body
    assert replay.cassette.remaining == []


def test_a_token_auth_can_record_too(tmp_path: Path) -> None:
    face, path = FACES[0], tmp_path / "cassette.jsonl"
    recording = face.recording(Scripted(Response(200)), path)
    face.play(face.auth(recording, TokenAuth("canary"), ENGINE), Request("GET", ENGINE))
    assert b"canary" not in path.read_bytes()
