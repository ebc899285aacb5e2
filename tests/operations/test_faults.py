"""What a response that is no success becomes."""

from __future__ import annotations

import pytest

import rhev
from rhev import schema
from tests.operations.scripted import Scripted, answer, connected

XML, JSON, HTML = "application/xml", "application/json", "text/html; charset=utf-8"
VM = "GET /vms/1"

CASES = [
    # status, type, body, error, what fault.reason and fault.detail are
    (
        400,
        JSON,
        b'{"reason":"Operation Failed","detail":"[no]"}',
        rhev.Fault,
        ("Operation Failed", "[no]"),
    ),
    (
        400,
        XML,
        b"<fault><detail>[a, b]</detail><reason>Operation Failed</reason></fault>",
        rhev.Fault,
        ("Operation Failed", "[a, b]"),
    ),
    (
        409,
        XML,
        b"<action><status>failed</status><fault><reason>r</reason><detail>d</detail></fault></action>",
        rhev.Conflict,
        ("r", "d"),
    ),
    (
        409,
        JSON,
        b'{"status":"failed","fault":{"reason":"r","detail":"d"}}',
        rhev.Conflict,
        ("r", "d"),
    ),
    (
        400,
        XML,
        b"<usage_message><message>bad request</message></usage_message>",
        rhev.Fault,
        ("Usage", "bad request"),
    ),
    (400, JSON, b'{"message":"bad request"}', rhev.Fault, ("Usage", "bad request")),
    (400, JSON, b'{"detail":["a","b"]}', rhev.Fault, (None, "[a, b]")),
    (404, "", b"", rhev.NotFound, ("Not Found", "the engine answered 404 and gave no reason")),
    (404, JSON, b'{"reason":"r","detail":"d"}', rhev.NotFound, ("r", "d")),
    (403, XML, b"<fault><reason>r</reason></fault>", rhev.Forbidden, ("r", None)),
    (
        401,
        HTML,
        b"",
        rhev.Unauthorized,
        ("Unauthorized", "the engine answered 401 and gave no reason"),
    ),
    (405, JSON, b'{"reason":"r","detail":"d"}', rhev.IllegalMethod, ("r", "d")),
    (500, JSON, b'{"reason":"r","detail":"d"}', rhev.Fault, ("r", "d")),
    (409, XML, b"<fault><rea", rhev.Conflict, ("Conflict", None)),
]


@pytest.mark.parametrize(("status", "media_type", "body", "error", "fault"), CASES)
def test_a_fault_is_raised_as_what_it_is(
    status: int,
    media_type: str,
    body: bytes,
    error: type[rhev.Fault],
    fault: tuple[str | None, str | None],
) -> None:
    conn = connected(Scripted({VM: answer(body, status, media_type)}))
    with pytest.raises(rhev.Fault) as raised:
        conn.get(schema.VM, "1")
    assert type(raised.value) is error
    assert raised.value.fault.reason == fault[0]
    if fault[1] is not None:
        assert raised.value.fault.detail == fault[1]
    assert (raised.value.method, raised.value.status) == ("GET", status)
    assert raised.value.url == "https://engine.example/ovirt-engine/api/vms/1"


NO_API = [
    (200, HTML, b"<html><title>Welcome\n to oVirt</title>", "Welcome to oVirt"),
    (502, HTML, b"<html><title>502 Bad Gateway</title>", "502 Bad Gateway"),
    (302, HTML, b"", "https://elsewhere.example/"),
    (200, HTML, b"", "text/html came where application/json"),
    (200, JSON, b'{"error": "no such route"}', "no VM of an engine, .* but has error"),
    (200, JSON, b"{}", "no VM of an engine"),
    (204, "", b"", "nothing came where a VM"),
    (404, HTML, b"<html><title>404 Not Found</title></html>", "not the API's .404 Not Found."),
    (404, HTML, b"no such path", "not the API's .no such path.*is the address right"),
    (404, HTML, b"", "not the API's"),
    (404, "text/plain", b"404 page not found", "not the API's"),
    (404, JSON, b'{"message": "no Route matched"}', "not the API's"),
    (404, JSON, b'{"detail": "Not Found"}', "not the API's"),
    (200, JSON, b"", "nothing came where a VM"),
    (200, JSON, b"[]", "list"),
    (200, JSON, b'{"name": "a', "line 1, column"),
    (200, XML, b"<vm><name>a</name>", "line 1, column"),
    (200, XML, b"<html/>", "<html>, not the <vm>"),
    (200, XML, b"<host/>", "a Host came where a VM"),
]


@pytest.mark.parametrize(("status", "media_type", "body", "said"), NO_API)
def test_an_answer_that_is_not_the_api_s_is_a_response_error(
    status: int, media_type: str, body: bytes, said: str
) -> None:
    headers = {"content-type": media_type, "location": "https://elsewhere.example/"}
    conn = connected(Scripted({VM: rhev.transport.Response(status, headers, body)}))
    with pytest.raises(rhev.ResponseError, match=said) as raised:
        conn.get(schema.VM, "1")
    assert raised.value.method == "GET"


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        (JSON, b'{"status":"failed","fault":{"reason":"r","detail":"d"}}'),
        (XML, b"<action><fault><reason>r</reason><detail>d</detail></fault></action>"),
        (XML, b"<fault><reason>r</reason><detail>d</detail></fault>"),
    ],
)
def test_a_fault_is_raised_whatever_the_status(media_type: str, body: bytes) -> None:
    start = {"rel": "start", "href": "/ovirt-engine/api/vms/1/start"}
    vm = {"id": "1", "href": "/ovirt-engine/api/vms/1", "actions": {"link": [start]}}
    script = Scripted({VM: vm, "POST /vms/1/start": answer(body, 200, media_type)})
    with pytest.raises(rhev.Fault, match=r"^r: d \(POST ") as raised:
        connected(script).action(schema.VM(href=vm["href"]), "start")  # type: ignore[arg-type]
    assert raised.value.status == 200


def test_the_correlation_id_of_the_engine_s_log_is_told() -> None:
    headers = {"content-type": JSON, "correlation-id": "abc"}
    script = Scripted({VM: rhev.transport.Response(409, headers, b"{}")})
    with pytest.raises(rhev.Conflict, match="correlation id abc") as raised:
        connected(script, correlation_id="mine").get(schema.VM, "1")
    assert raised.value.correlation_id == "abc"
    assert script.requests[-1].headers["Correlation-Id"] == "mine"


def test_ping_wants_an_entry_point() -> None:
    with pytest.raises(rhev.ResponseError, match="has no links"):
        connected(Scripted({"GET ": {"hello": "world"}})).ping()


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "http://engine.example"])
def test_a_link_to_another_host_is_not_followed(origin: str) -> None:
    vm = {"id": "1", "href": f"{origin}/ovirt-engine/api/vms/1"}
    script = Scripted({VM: vm})
    conn = connected(script)
    stolen = conn.get(schema.VM, "1")
    with pytest.raises(rhev.ResponseError, match="another host"):
        stolen.reload()
    assert script.calls == [VM]


@pytest.mark.parametrize("id_", ["", ".", ".."])
def test_what_is_no_id_is_never_made_an_address(id_: str) -> None:
    script = Scripted()
    conn = connected(script)
    with pytest.raises(ValueError, match="no id of a VM"):
        conn.get(schema.VM, id_)
    with pytest.raises(ValueError, match="no id of a VM"):
        conn.delete(schema.VM(id=id_))
    assert script.calls == []


def test_an_id_cannot_lead_out_of_its_collection() -> None:
    script = Scripted({"GET /vms/..%2Fhosts%3Fa": {"id": "../hosts?a"}})
    connected(script).get(schema.VM, "../hosts?a")
    assert script.calls == ["GET /vms/..%2Fhosts%3Fa"]
