"""Representations, credentials and everything else of HTTP, in process and over a real socket."""

from __future__ import annotations

import base64
import http.client
import json
import socket
import urllib.error
import urllib.request
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import httpx
import pytest
from lxml import etree

from rhev.transport.base import Request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rhev.simulator import Engine, Server
    from tests.simulator.asking import Asker

API = "/ovirt-engine/api"


@pytest.fixture
def server(engine: Engine) -> Iterator[Server]:
    with engine.serve() as serving:
        yield serving


def fetch(
    url: str, method: str = "GET", data: bytes | None = None, **headers: str
) -> tuple[int, bytes]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, data, named, method=method)  # noqa: S310 - our own
    try:
        with urllib.request.urlopen(request) as response:  # noqa: S310 - our own
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


def basic(server: Server) -> str:
    pair = f"{server.username}:{server.password}".encode()
    return f"Basic {base64.b64encode(pair).decode()}"


def log_in(server: Server, password: str | None = None) -> tuple[int, dict[str, str]]:
    form = {"grant_type": "password", "scope": "ovirt-app-api", "username": server.username,
            "password": password or server.password}  # fmt: skip
    url = server.url.replace("/api", "/sso/oauth/token")
    status, content = fetch(url, "POST", urlencode(form).encode(), Accept="application/json")
    return status, json.loads(content)


def test_a_token_is_had_used_and_given_back(server: Server) -> None:
    status, document = log_in(server)
    assert status == 200
    token = document["access_token"]
    assert fetch(server.url, Authorization=f"Bearer {token}")[0] == 200
    url = server.url.replace("/api", "/services/sso-logout")
    form = urlencode({"scope": "ovirt-app-api", "token": token}).encode()
    assert fetch(url, "POST", form)[0] == 200
    assert fetch(server.url, Authorization=f"Bearer {token}")[0] == 401


def test_credentials_are_checked(server: Server, engine: Engine) -> None:
    assert fetch(server.url)[0] == 401
    assert fetch(server.url, Authorization="Basic bm9ib2R5Og==")[0] == 401
    assert fetch(server.url, Authorization="Basic ?")[0] == 401
    assert fetch(server.url, Authorization=basic(server))[0] == 200
    status, document = log_in(server, "wrong")
    assert (status, document["error_code"]) == (400, "access_denied")
    assert "wrong" not in document["error"].partition(":")[0]
    _, document = log_in(server)
    engine.sessions.expire()
    assert fetch(server.url, Authorization=f"Bearer {document['access_token']}")[0] == 401


def test_the_authority_certificate_needs_no_credentials(server: Server) -> None:
    query = "resource=ca-certificate&format=X509-PEM-CA"
    url = f"{server.url.replace('/api', '/services/pki-resource')}?{query}"
    status, content = fetch(url)
    assert status == 200
    assert content.startswith(b"-----BEGIN CERTIFICATE-----")


def test_connections_are_kept_open(server: Server) -> None:
    parts = urlsplit(server.url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    try:
        for _ in range(3):
            connection.request("GET", f"{API}/vms", headers={"Authorization": basic(server)})
            response = connection.getresponse()
            assert response.version == 11
            assert len(etree.fromstring(response.read())) == 12
            assert not response.will_close
        connection.request("POST", f"{API}/tags", iter([b"<tag><name>", b"a</name></tag>"]),
                           {"Authorization": basic(server), "Content-Type": "application/xml"},
                           encode_chunked=True)  # fmt: skip
        assert connection.getresponse().read().count(b"<name>a</name>") == 1
    finally:
        connection.close()


def test_a_server_that_is_closed_answers_no_more(engine: Engine) -> None:
    server = engine.serve()
    server.close()
    with pytest.raises(urllib.error.URLError):
        fetch(server.url)


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("application/json", "application/json"),
        ("application/xml", "application/xml;charset=UTF-8"),
        ("*/*", "application/xml;charset=UTF-8"),
        ("", "application/xml;charset=UTF-8"),
        ("application/json, application/xml", "application/xml;charset=UTF-8"),
        ("text/html, application/json;q=0.5, application/xml;q=0.1", "application/json"),
        ("application/json; charset=utf-8", "application/json"),
    ],
)
def test_the_representation_is_the_one_that_is_wanted(
    accept: str, content_type: str, shared: Asker
) -> None:
    response = shared.send("GET", "/vms", headers={"Accept": accept})
    assert response.headers["content-type"] == content_type


@pytest.mark.parametrize(("accept", "status"), [("text/xml", 406), ("image/*", 406), ("x", 400)])
def test_what_is_not_there_is_refused(accept: str, status: int, shared: Asker) -> None:
    assert shared.send("GET", "/vms", headers={"Accept": accept}).status == status


def test_documents_are_indented_as_a_real_engine_writes_them(shared: Asker) -> None:
    tag = {"href": "/ovirt-engine/api/tags/1", "id": "1"}
    shared.engine._estate.add("Tag", "tags", {"id": "1", "name": 'a "b" <c>', "parent": tag})
    in_json = shared.send("GET", "/tags/1").content.decode()
    assert in_json.startswith(
        '{\n  "id" : "1",\n  "name" : "a \\"b\\" <c>",\n  "parent" : {\n    "'
    )
    assert '"link" : [ {\n    "href" : ' in in_json or '"link"' not in in_json
    in_xml = shared.send("GET", "/tags/1", headers={"Accept": "application/xml"}).content.decode()
    assert (
        '?>\n<tag href="/ovirt-engine/api/tags/1" id="1">\n    <name>a "b" &lt;c&gt;</name>\n'
        in in_xml
    )
    shared("DELETE", "/tags/1")


def test_both_representations_say_the_same(shared: Asker) -> None:
    from rhev.codecs import json as as_json
    from rhev.codecs import xml as as_xml
    from rhev.schema import VMs

    in_json = as_json.decode(shared.send("GET", "/vms").content, VMs)
    in_xml = as_xml.decode(
        shared.send("GET", "/vms", headers={"Accept": "application/xml"}).content, VMs
    )
    assert list(in_json) == list(in_xml)
    assert dict(in_json[0].links) == dict(in_xml[0].links)


@pytest.mark.parametrize(
    ("method", "headers", "content", "status"),
    [
        ("GET", {"Accept": "text/html"}, b"", 406),
        ("POST", {"Content-Type": "text/plain"}, b"name=x", 415),
        ("POST", {"Content-Type": "application/json"}, b"{", 400),
        ("POST", {"Content-Type": "application/xml"}, b"<tag><name>x</name>", 400),
        ("POST", {"Content-Type": "application/xml"}, b"<vm><name>x</name></vm>", 500),
        ("POST", {"Content-Type": "application/xml"}, b"<tag><nmae>x</nmae></tag>", 400),
        ("POST", {"Content-Type": "application/json"}, b'{"name": "\\u0001"}', 400),
        ("PATCH", {}, b"", 405),
    ],
)
def test_what_cannot_be_read_is_refused(
    method: str, headers: dict[str, str], content: bytes, status: int, shared: Asker
) -> None:
    assert shared.send(method, "/tags", content=content, headers=headers).status == status


def test_head_options_and_the_correlation_id(shared: Asker) -> None:
    head = shared.send("HEAD", "/vms")
    assert (head.status, head.content) == (200, b"")
    assert shared.send("OPTIONS", "/vms").status == 200
    response = shared.send("GET", "/vms", headers={"Correlation-Id": "abc"})
    assert response.headers["correlation-id"] == "abc"


@pytest.mark.parametrize(("sent", "kept"), [("a b.c/1_-", "abc1_-"), ("x" * 50, "x" * 36)])
def test_what_is_kept_of_a_correlation_id(shared: Asker, sent: str, kept: str) -> None:
    response = shared.send("GET", "/vms", headers={"Correlation-Id": sent})
    assert response.headers["correlation-id"] == kept


def test_parameters_may_be_in_the_path_and_unknown_ones_do_not_matter(shared: Asker) -> None:
    assert len(shared.names("/vms;max=2")) == 2
    assert len(shared.names("/vms", all_content="true", colour="red")) == 12
    assert len(shared.names("/vms", max="many")) == 12
    assert shared("GET", "/vms", max=-1)[0] == 400


def test_the_requests_to_the_api_are_remembered(engine: Engine, ask: Asker) -> None:
    assert list(engine.requests) == []
    ask.get("/vms", max=1)
    assert list(engine.requests) == [("GET", f"{API}/vms?max=1")]


def test_an_engine_shows_nothing_of_its_password(engine: Engine) -> None:
    assert engine.password not in repr(engine) + repr(engine.sessions)


def test_transports_bring_their_own_credentials(engine: Engine) -> None:
    request = Request("GET", f"http://engine.test{API}")
    assert engine.handle(request).status == 401
    assert engine.transport.send(request).status == 200


@pytest.mark.parametrize(
    "head",
    [
        "GET /ovirt-engine/api HTTP/1.1\r\nContent-Length: abc",
        "GET /ovirt-engine/api HTTP/1.1\r\nContent-Length: -1",
        "GET /ovirt-engine/api HTTP/1.1\r\nContent-Length: 1_0",
        "GET /ovirt-engine/api HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2",
        "GET /ovirt-engine/api HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked",
        "GET /ovirt-engine/api HTTP/1.1\r\nTransfer-Encoding: gzip, chunked",
        "GET /ovirt-engine/api HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz",
        "GET /ovirt-engine/api HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n-1",
        "GET /ovirt-engine/api HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabcd",
        "GET /ovirt-engine/api HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabcd",
        "POST /ovirt-engine/api/vms HTTP/1.1\r\nContent-Length: 99\r\n\r\n{",
        "GET /ovirt-engine/api HTTP/1.1\r\nHost: [",
        "GET /ovirt-engine/api HTTP/1.1\r\nHost: e:port",
        "GET /ovirt-engine/api HTTP/1.1\r\nHost:",
        "GET * HTTP/1.1",
        "GET  HTTP/1.1 x",
        "NONSENSE",
    ],
)
def test_what_is_no_http_is_answered_with_400_and_nothing_more(
    server: Server, head: str, capfd: pytest.CaptureFixture[str]
) -> None:
    host, port = server.url.split("/")[2].split(":")
    with socket.create_connection((host, int(port)), timeout=5) as client:
        client.sendall(head.encode("latin-1") + b"\r\n\r\n")
        client.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: client.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert answer.count(b"HTTP/1.1 ") == 1
    status, _ = fetch(server.url, Authorization=basic(server))
    assert status == 200
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("codings", "packed"),
    [("gzip", True), ("gzip;q=0", False), ("identity", False), ("br, gzip;q=0.5", True)],
)
def test_a_body_is_compressed_when_that_is_asked_for(
    codings: str, packed: bool, engine: Engine
) -> None:
    with engine.serve() as server, httpx.Client() as client:
        credentials = (server.username, server.password)
        headers = {"Accept": "application/json", "Accept-Encoding": codings}
        response = client.get(f"{server.url}/vms", headers=headers, auth=credentials)
        assert (response.headers.get("content-encoding") == "gzip") is packed
        assert response.json()["vm"]
