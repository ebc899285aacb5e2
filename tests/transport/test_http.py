"""HttpTransport against real servers: what arrives, what comes back, and what errors say."""

from __future__ import annotations

import gzip
import hashlib
import re
import socket
import ssl
import subprocess
import sys
import threading
import tracemalloc
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rhev import Connection, errors
from rhev.transport import InsecureWarning, Request

from .wire import WIRES, Answer, Lost, Received, Server, Sync, answering, response, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = [
    pytest.mark.parametrize("face", WIRES, ids=repr),
    pytest.mark.usefixtures("direct"),
]


@pytest.fixture
def closed_port() -> str:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{listener.getsockname()[1]}"


def test_a_request_arrives_as_it_is(face: Sync) -> None:
    with serving(answering(Answer(201, b"made", [("X-Kind", "vm")]))) as server:
        request = Request("POST", f"{server.url}/api/vms?max=1", {"Version": "4"}, b"<vm/>")
        (outcome,) = face.play(face.http(), request)
    received = server.received[0]
    assert (received.method, received.path) == ("POST", "/api/vms?max=1")
    assert (received.headers["version"], received.content) == ("4", b"<vm/>")
    answer = response(outcome)
    assert (answer.status, answer.content, answer.headers["x-kind"]) == (201, b"made", "vm")


def test_gzip_is_asked_for_and_read(face: Sync) -> None:
    packed = Answer(200, gzip.compress(b"<vms/>" * 99), [("Content-Encoding", "gzip")])
    with serving(answering(packed)) as server:
        (outcome,) = face.play(face.http(), Request("GET", server.url))
    assert server.received[0].headers["accept-encoding"] == "gzip"
    assert response(outcome).content == b"<vms/>" * 99
    assert not {"content-encoding", "content-length"} & response(outcome).headers.keys()


def test_cookies_are_not_kept(face: Sync) -> None:
    with serving(answering(Answer(headers=[("Set-Cookie", "JSESSIONID=s; Path=/")]))) as server:
        outcomes = face.play(face.http(), *[Request("GET", server.url)] * 2)
    assert response(outcomes[0]).headers["set-cookie"].startswith("JSESSIONID=s")
    assert all("cookie" not in received.headers for received in server.received)


@pytest.mark.parametrize(
    ("method", "location", "status", "hops"),
    [
        ("GET", "/end", 200, ["/start", "/end"]),
        ("GET", "{url}/end", 200, ["/start", "/end"]),
        ("HEAD", "/end", 200, ["/start", "/end"]),
        ("GET", "http://localhost:1/end", 302, ["/start"]),
        ("GET", "http://user:password@127.0.0.1/end", 302, ["/start"]),
        ("GET", "http://[/end", 302, ["/start"]),
        ("POST", "/end", 302, ["/start"]),
        ("DELETE", "/end", 302, ["/start"]),
        ("GET", "/start", 302, ["/start"] * 6),
    ],
)
def test_redirects_are_followed_within_the_origin(
    face: Sync, method: str, location: str, status: int, hops: list[str]
) -> None:
    def handle(received: Received) -> Answer:
        if received.path == "/end":
            return Answer()
        return Answer(302, b"", [("Location", location.format(url=server.url))])

    with serving(handle) as server:
        (outcome,) = face.play(face.http(), Request(method, f"{server.url}/start"))
    assert response(outcome).status == status
    assert [received.path for received in server.received] == hops


@pytest.mark.parametrize("coding", ["gzip, gzip", "br", "deflate", "gzip, identity"])
def test_one_layer_of_gzip_is_read_and_no_more(face: Sync, coding: str) -> None:
    nested = gzip.compress(gzip.compress(bytes(2**24)))
    with serving(answering(Answer(200, nested, [("Content-Encoding", coding)]))) as server:
        (outcome,) = face.play(face.http(), Request("GET", server.url))
    assert isinstance(outcome, errors.ResponseError)
    assert "gzip, once, was asked for" in str(outcome)


def test_what_is_compressed_is_bounded_while_it_is_read(face: Sync) -> None:
    bomb = gzip.compress(bytes(2**27))
    tracemalloc.start()
    try:
        with serving(answering(Answer(200, bomb, [("Content-Encoding", "gzip")]))) as server:
            (outcome,) = face.play(face.http(max_response=2**20), Request("GET", server.url))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert isinstance(outcome, errors.ResponseError)
    assert peak < 2**23


def test_what_was_compressed_in_parts_is_read_whole(face: Sync) -> None:
    parts = gzip.compress(b"one") + gzip.compress(b"two")
    with serving(answering(Answer(200, parts, [("Content-Encoding", "x-gzip")]))) as server:
        (outcome,) = face.play(face.http(), Request("GET", server.url))
    assert response(outcome).content == b"onetwo"


@pytest.mark.parametrize(
    "answer",
    [
        Answer(content=b"x" * 1001),
        Answer(content=b"x" * 1001, chunked=True),
        Answer(content=gzip.compress(b"x" * 10**6), headers=[("Content-Encoding", "gzip")]),
    ],
    ids=["announced", "chunked", "compressed"],
)
def test_a_runaway_response_is_refused(face: Sync, answer: Answer) -> None:
    with serving(answering(answer)) as server:
        (outcome,) = face.play(face.http(max_response=1000), Request("GET", server.url))
    assert isinstance(outcome, errors.ResponseError)
    assert "larger than 1000 bytes" in str(outcome)


def test_a_refused_connection_delivered_nothing(face: Sync, closed_port: str) -> None:
    (outcome,) = face.play(face.http(), Request("POST", f"{closed_port}/api"))
    assert isinstance(outcome, errors.ConnectionError)
    assert not outcome.delivered
    assert (outcome.method, outcome.url) == ("POST", f"{closed_port}/api")


def test_a_lost_answer_may_have_been_delivered(face: Sync) -> None:
    with serving(answering(Lost())) as server:
        (outcome,) = face.play(face.http(), Request("POST", server.url, content=b"<vm/>"))
    assert isinstance(outcome, errors.ConnectionError)
    assert outcome.delivered
    assert "()" not in str(outcome)
    assert len(server.received) == 1


def test_a_truncated_answer_is_a_lost_one(face: Sync) -> None:
    damaged = Answer(content=gzip.compress(b"<vms/>")[:-9] + b"?" * 9)
    damaged.headers = [("Content-Encoding", "gzip")]
    with serving(answering(damaged)) as server:
        (outcome,) = face.play(face.http(), Request("GET", server.url))
    assert isinstance(outcome, errors.ConnectionError)
    assert "damaged" in str(outcome)


@contextmanager
def silent() -> Iterator[Server]:
    """A server that gives no answer before the test is over, however slow the machine is."""
    over = threading.Event()

    def handle(received: Received) -> Lost:
        over.wait()
        return Lost()

    with serving(handle) as server:
        try:
            yield server
        finally:
            over.set()


def test_a_silent_engine_is_a_timeout(face: Sync) -> None:
    with silent() as server:
        (outcome,) = face.play(face.http(timeout=1), Request("GET", server.url))
    assert isinstance(outcome, errors.Timeout)
    assert outcome.delivered


def test_a_pool_in_use_delivered_nothing(face: Sync) -> None:
    with silent() as server:
        transport = face.http(max_connections=1, timeout=0.5)
        outcomes = face.together(transport, *[Request("GET", server.url)] * 4)
    late = [outcome for outcome in outcomes if isinstance(outcome, errors.Timeout)]
    assert any("max_connections=" in str(error) and not error.delivered for error in late)


def test_many_at_a_time_share_the_pool(face: Sync, monkeypatch: pytest.MonkeyPatch) -> None:
    # However long a busy machine takes, no connection is to be closed as idle meanwhile.
    monkeypatch.setattr(face.http, "keep_alive", 60.0)
    with serving(lambda received: Answer(content=received.path.encode())) as server:
        paths = [f"/{number}" for number in range(20)]
        requests = [Request("GET", server.url + path) for path in paths]
        outcomes = face.together(face.http(max_connections=4), *requests)
    assert [response(outcome).content.decode() for outcome in outcomes] == paths


def test_closed_transports_open_again(face: Sync) -> None:
    transport = face.http()
    with serving(answering(Answer())) as server:
        for _ in range(2):
            (outcome,) = face.play(transport, Request("GET", server.url))
            assert response(outcome).status == 200


@pytest.mark.parametrize(
    ("request_", "kind", "says"),
    [
        (Request("GET", "/ovirt-engine/api"), ValueError, "starts with https://"),
        (Request("GET", "ftp://engine/"), ValueError, "starts with https://"),
        (Request("GET", "https://u:hunter2@e/"), errors.CredentialsError, "no username"),
        (Request("GET", "http://e/", {"Authorization": "hunter2\n"}), ValueError, "forbids"),
        (Request("GET", "http://e/", {"Authorization": "hunter2é"}), ValueError, "forbids"),
        (Request("GET / HTTP/1.1\r\nX:", "http://e/"), ValueError, "is no method of HTTP"),
    ],
)
def test_what_cannot_be_sent_is_said_without_its_secrets(
    face: Sync, request_: Request, kind: type[Exception], says: str
) -> None:
    with serving(answering(Answer())) as server:
        url = request_.url.replace("http://e", server.url)
        (outcome,) = face.play(face.http(), Request(request_.method, url, request_.headers))
    assert type(outcome) is kind
    assert says in str(outcome)
    assert "hunter2" not in str(outcome)
    assert server.received == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"max_connections": 0},
        {"max_response": 0},
    ],
)
def test_settings_out_of_range_are_refused(face: Sync, wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        face.http(**wrong)


def test_a_missing_ca_file_is_named(face: Sync) -> None:
    with pytest.raises(FileNotFoundError, match=r"nowhere\.pem"):
        face.http(ca_file="nowhere.pem")


def test_a_ca_file_without_a_certificate_is_told(face: Sync, tmp_path: Path) -> None:
    path = tmp_path / "ca.pem"
    path.write_text("<html>not found</html>")
    with pytest.raises(errors.ConfigurationError, match=r"ca\.pem.*no certificate in PEM form"):
        face.http(ca_file=path)
    with pytest.raises(errors.ConfigurationError, match="no certificate in PEM form"):
        Connection("https://e", ca_file=path)


@pytest.mark.parametrize(
    ("proxy", "says"),
    [
        ("socks5://user:hunter2@127.0.0.1:1", r"pip install 'httpx\[socks\]'"),
        ("ftp://user:hunter2@127.0.0.1:1", "one is written as in http://"),
        ("http://user:hunter2@127.0.0.1:port", "one is written as in http://"),
    ],
)
def test_a_proxy_that_is_none_is_told(
    face: Sync, proxy: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "socksio", None)
    monkeypatch.setenv("ALL_PROXY", proxy)
    (outcome,) = face.play(face.http(), Request("GET", "https://engine.example.com"))
    assert isinstance(outcome, errors.ConfigurationError)
    assert re.search(says, str(outcome))
    assert "HTTPS_PROXY" in str(outcome)
    assert "hunter2" not in str(outcome)
    assert outcome.__context__ is None


CA = tuple[Path, ssl.SSLContext, ssl.SSLContext]


def test_tls_is_verified_by_the_ca_file(face: Sync, ca: CA) -> None:
    with serving(answering(Answer()), ca[1]) as server:
        (outcome,) = face.play(face.http(ca_file=ca[0]), Request("GET", server.url))
    assert response(outcome).status == 200


def test_an_unknown_ca_is_told_with_what_would_be_right(face: Sync, ca: CA) -> None:
    with serving(answering(Answer()), ca[1]) as server:
        (outcome,) = face.play(face.http(), Request("POST", f"{server.url}/api"))
    assert isinstance(outcome, errors.ConnectionError)
    assert not outcome.delivered
    assert "ca_file=" in str(outcome)
    ca_url = f"{server.url}/ovirt-engine/services/pki-resource?resource=ca-certificate"
    assert f"{ca_url}&format=X509-PEM-CA" in str(outcome)
    assert server.received == []


def test_a_certificate_for_another_name_is_told(face: Sync, ca: CA) -> None:
    with serving(answering(Answer()), ca[2]) as server:
        (outcome,) = face.play(face.http(ca_file=ca[0]), Request("GET", server.url))
    assert isinstance(outcome, errors.ConnectionError)
    assert "for another name" in str(outcome)
    assert server.received == []


def test_insecure_works_and_warns(face: Sync, ca: CA) -> None:
    with pytest.warns(InsecureWarning, match="ca_file=") as caught:
        transport = face.http(insecure=True)
    assert caught[0].filename == __file__
    with serving(answering(Answer()), ca[2]) as server:
        (outcome,) = face.play(transport, Request("GET", server.url))
    assert response(outcome).status == 200


def served_ca(path: Path) -> Callable[[Received], Answer]:
    """A server that gives the CA to whoever asks, without credentials, and answers the rest."""

    def handle(received: Received) -> Answer:
        if received.path.startswith("/ovirt-engine/services/pki-resource"):
            assert received.method == "GET"
            assert "authorization" not in received.headers
            return Answer(200, path.read_bytes())
        return Answer(200, b"answered")

    return handle


def fingerprint(path: Path) -> str:
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(path.read_text())).hexdigest()


def test_the_engine_s_ca_is_trusted_by_its_fingerprint(face: Sync, ca: CA) -> None:
    found = fingerprint(ca[0])
    with serving(served_ca(ca[0]), ca[1]) as server:
        request = Request("POST", f"{server.url}/api", {"Authorization": "Bearer x"}, b"secret")
        pairs = ":".join(found[i : i + 2] for i in range(0, 64, 2)).upper()
        for given in (f"sha256:{found}", pairs):
            outcomes = face.play(face.http(ca_fingerprint=given), request, request)
            assert [response(outcome).content for outcome in outcomes] == [b"answered"] * 2
    assert [r.method for r in server.received] == ["GET", "POST", "POST"] * 2


def test_another_ca_is_refused_and_shown(face: Sync, ca: CA) -> None:
    with serving(served_ca(ca[0]), ca[1]) as server:
        request = Request("POST", f"{server.url}/api", {}, b"secret")
        transport = face.retry(face.http(ca_fingerprint=f"sha256:{'0' * 64}"))
        (outcome,) = face.play(transport, request)
    assert isinstance(outcome, errors.FingerprintMismatch)
    assert outcome.found == f"sha256:{fingerprint(ca[0])}"
    assert outcome.found in str(outcome)
    assert outcome.expected == f"sha256:{'0' * 64}"
    assert [r.method for r in server.received] == ["GET"]


def test_a_certificate_of_another_ca_is_refused_with_the_right_fingerprint(
    face: Sync, ca: CA, tmp_path: Path
) -> None:
    trustme = pytest.importorskip("trustme", reason="makes the certificates")
    other = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(str(other))
    with serving(served_ca(other), ca[1]) as server:
        request = Request("POST", f"{server.url}/api", {}, b"secret")
        (outcome,) = face.play(face.http(ca_fingerprint=fingerprint(other)), request)
    assert isinstance(outcome, errors.ConnectionError)
    assert [r.method for r in server.received] == ["GET"]


def test_what_is_no_certificate_is_refused(face: Sync, ca: CA) -> None:
    with serving(answering(Answer(200, b"<html>")), ca[1]) as server:
        request = Request("GET", f"{server.url}/api")
        (outcome,) = face.play(face.http(ca_fingerprint="sha256:" + "0" * 64), request)
    assert isinstance(outcome, errors.ResponseError)
    assert "no certificate came" in str(outcome)


def test_the_ca_may_be_a_text(face: Sync, ca: CA) -> None:
    with serving(answering(Answer()), ca[1]) as server:
        (outcome,) = face.play(face.http(ca_file=ca[0].read_text()), Request("GET", server.url))
    assert response(outcome).status == 200


def test_what_is_no_fingerprint_is_named(face: Sync) -> None:
    for wrong in ("sha1:" + "0" * 40, "0" * 63, "sha256:"):
        with pytest.raises(ValueError, match="64 hexadecimal digits"):
            face.http(ca_fingerprint=wrong)
    with pytest.raises(ValueError, match="not several of them"):
        face.http(ca_fingerprint="0" * 64, insecure=True)


def test_a_server_without_tls_is_told(face: Sync) -> None:
    with serving(answering(Answer())) as server:
        url = server.url.replace("http:", "https:")
        (outcome,) = face.play(face.http(), Request("GET", url))
    assert isinstance(outcome, errors.ConnectionError)
    assert not outcome.delivered
    assert "does not speak TLS" in str(outcome)


def test_transports_import_neither_httpx_nor_tenacity(face: Sync) -> None:
    if repr(face) == "aiohttp":
        pytest.skip("it imports aiohttp, and is imported only where that is asked for")
    program = (
        "import sys, rhev.transport as t\n"
        f"t.{face.http.__name__}(), t.{face.retry.__name__}\n"
        "assert not {'httpx', 'tenacity', 'lxml'} & sys.modules.keys()\n"
        "assert all(getattr(t, name) for name in t.__all__) and set(t.__all__) <= set(dir(t))\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)  # noqa: S603


def test_a_transport_shows_its_settings(face: Sync) -> None:
    name = face.http.__name__
    assert repr(face.http(timeout=5)) == f"{name}(timeout=5, insecure=False)"


def test_what_may_be_repeated_is_not_decided_on_the_wire(face: Sync) -> None:
    with serving(answering(Answer(), Lost())) as server:
        requests = [Request("GET", server.url), Request("DELETE", server.url)]
        outcomes = face.play(face.http(), *requests)
    assert response(outcomes[0]).status == 200
    assert isinstance(outcomes[1], errors.ConnectionError)
    assert outcomes[1].delivered
    assert [received.method for received in server.received] == ["GET", "DELETE"]
