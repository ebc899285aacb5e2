"""Connections: what they are told, how they are opened, shared and closed."""

from __future__ import annotations

import asyncio
import gc
import hashlib
import inspect
import json
import ssl
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from rhev import (
    AsyncConnection,
    Connection,
    CredentialsError,
    FingerprintMismatch,
    Unauthorized,
    schema,
)
from rhev.mapping.parameters import READ_PARAMETERS
from rhev.simulator import Engine
from rhev.simulator.wire.server import Server
from rhev.transport import BasicAuth, ReplayTransport, Request, Response, TokenAuth
from tests.transport.wire import Answer, answering, serving


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://engine.example", "https://engine.example/ovirt-engine/api"),
        ("https://engine.example/", "https://engine.example/ovirt-engine/api"),
        (
            "https://engine.example:8443/ovirt-engine/api/",
            "https://engine.example:8443/ovirt-engine/api",
        ),
        ("http://[::1]:80/api", "http://[::1]:80/api"),
    ],
)
def test_the_address_of_an_engine(url: str, address: str) -> None:
    assert repr(Connection(url)) == f"<Connection to {address}>"


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        (("engine.example",), ValueError, "is written as in 'https://engine.example.com"),
        (("ftp://engine.example",), ValueError, "'ftp'"),
        (("https://me:pass@engine.example",), ValueError, "not credentials within the address"),
        (("https://me@engine.example",), ValueError, "not credentials within the address"),
        (("https://e", "admin", "pass"), CredentialsError, "admin@"),
        (("https://e", "admin@internal"), CredentialsError, "or neither"),
    ],
)
def test_what_cannot_be_right_is_refused_at_once(
    arguments: tuple[str, ...], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said) as raised:
        Connection(*arguments)
    assert "pass" not in str(raised.value).replace("password", "")
    with pytest.raises(error, match=said):
        AsyncConnection(*arguments)


def test_options_that_contradict_each_other() -> None:
    with pytest.raises(CredentialsError, match="not both"):
        Connection("https://e", "a@b", "secret", auth=TokenAuth("token"))
    with pytest.raises(ValueError, match="36 letters, digits"):
        Connection("https://e", correlation_id="a b")
    with pytest.raises(ValueError, match="a number of seconds above 0, not -1"):
        Connection("https://e", timeout=-1)
    with pytest.raises(ValueError, match=r"'nowhere\.pem' is no file"):
        Connection("https://e", ca_file="nowhere.pem")
    with pytest.raises(ValueError, match="64 hexadecimal digits"):
        Connection("https://e", ca_fingerprint="sha256:12")
    with pytest.raises(ValueError, match="not several of them"):
        Connection("https://e", ca_fingerprint="0" * 64, insecure=True)
    with pytest.raises(ValueError, match="'json' or 'xml'"):
        Connection("https://e", format="yaml")  # type: ignore[arg-type]


def test_a_connection_that_was_told_no_engine_says_so() -> None:
    with pytest.raises(ValueError, match=r"connect\(url, username, password\) first"):
        Connection().ping()


def test_no_secret_is_shown() -> None:
    conn = Connection("https://engine.example", "admin@internal", "hunter2")
    assert "hunter2" not in repr(conn) + repr(vars(conn))


def test_connect_says_later_what_the_constructor_was_not_told() -> None:
    with Engine.demo().serve() as server, Connection() as conn:
        conn.connect(server.url, server.username, server.password)
        conn.ping()
        conn.connect(server.url, server.username, "wrong")
        with pytest.raises(Unauthorized) as raised:
            conn.ping()
        assert raised.value.fault.detail
        assert "wrong" not in str(raised.value)
        conn.connect(server.url, server.username, server.password)
        conn.ping()


def test_a_closed_connection_can_be_used_again() -> None:
    with Engine.demo().serve() as server:
        conn = Connection(server.url, server.username, server.password)
        conn.ping()
        conn.close()
        conn.close()
        assert conn.api().product_info is not None
        conn.close()


@pytest.mark.parametrize("wire", ["json", "xml"])
def test_basic_authentication(wire: Any) -> None:
    with Engine.demo().serve() as server:
        auth = BasicAuth(server.username, server.password)
        with Connection(server.url, auth=auth, format=wire) as conn:
            assert len(conn.getall(schema.VM)) == 12


def test_a_connection_is_shared_by_threads() -> None:
    engine = Engine.demo()
    with engine.serve() as server, Connection(server.url, server.username, server.password) as conn:
        ready = threading.Barrier(8)

        def program(number: int) -> str | None:
            ready.wait()
            vms = conn.getall(schema.VM, search="sortby name")
            vm = conn.get(schema.VM, vms[number].id)
            vm.comment = f"seen by {number}"
            vm.update()
            return conn.get(schema.VM, vm.id).comment

        with ThreadPoolExecutor(8) as pool:
            comments = list(pool.map(program, range(8)))
    assert comments == [f"seen by {number}" for number in range(8)]


def test_tasks_share_an_async_connection() -> None:
    async def program() -> list[str | None]:
        with Engine.demo().serve() as server:
            async with AsyncConnection(server.url, server.username, server.password) as conn:
                vms = await conn.getall(schema.VM)
                same = await asyncio.gather(*(conn.get(schema.VM, vm.id) for vm in vms))
                assert [vm async for vm in conn.iterate(schema.VM, max=5)] == list(vms)
                vm = await conn.get(schema.VM, name="web-03")
                await conn.run(vm.start)
                await conn.run(vm.wait_for_status, "up", interval=0.01)
                return [vm.name for vm in same]

    assert len(asyncio.run(program())) == 12


def test_traffic_is_recorded_and_replayed(tmp_path: Path) -> None:
    cassette = tmp_path / "traffic.jsonl"
    with Engine.demo().serve() as server:
        options: dict[str, Any] = {"record": cassette}
        with Connection(server.url, server.username, server.password, **options) as conn:
            recorded = [vm.name for vm in conn.getall(schema.VM)]
        assert server.password not in cassette.read_text()
    with Connection("https://elsewhere.example", transport=ReplayTransport(cassette)) as conn:
        assert [vm.name for vm in conn.getall(schema.VM)] == recorded


def test_no_session_reaches_a_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    with Engine.demo().serve() as server:
        auth = BasicAuth(server.username, server.password)
        with Connection(server.url, auth=auth) as conn:
            conn.ping()
            conn.getall(schema.VM)
    assert "receive_response_body" in caplog.text
    for secret in (server.password, "JSESSIONID", "set-cookie", "Set-Cookie", "Authorization"):
        assert secret not in caplog.text


def test_a_connection_trusts_the_ca_of_a_fingerprint() -> None:
    trustme = pytest.importorskip("trustme", reason="makes the certificates")
    authority = trustme.CA()
    pem = authority.cert_pem.bytes()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    found = hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem.decode())).hexdigest()

    async def program(url: str) -> None:
        async with AsyncConnection(url, auth=TokenAuth("x"), ca_fingerprint=found) as conn:
            assert (await conn.request("GET", "/")).content == pem
        async with AsyncConnection(url, auth=TokenAuth("x"), ca_fingerprint="0" * 64) as conn:
            with pytest.raises(FingerprintMismatch, match=found):
                await conn.ping()

    with serving(answering(Answer(200, pem)), context) as server:
        asyncio.run(program(server.url))
        with Connection(server.url, auth=TokenAuth("x"), ca_fingerprint=found) as conn:
            assert conn.request("GET", "/").content == pem
        with Connection(server.url, auth=TokenAuth("x"), ca_file=pem.decode()) as conn:
            assert conn.request("GET", "/").content == pem
        with (
            Connection(server.url, auth=TokenAuth("x"), ca_fingerprint="0" * 64) as conn,
            pytest.raises(FingerprintMismatch, match=found),
        ):
            conn.ping()


@pytest.mark.parametrize("wire", ["json", "xml"])
def test_an_unclosed_connection_that_leaves_a_session_warns(wire: Any) -> None:
    with Engine.demo().serve() as server:
        conn = Connection(server.url, server.username, server.password, format=wire)
        conn.ping()
        transport = conn._transport
        light = conn.with_options(timeout=5)
        light.ping()
        del light, conn
        with pytest.warns(ResourceWarning, match=r"unclosed <Connection to .*close\(\) it"):
            gc.collect()
        assert transport is not None
        transport.close()


def test_an_unclosed_async_connection_warns() -> None:
    async def program(server: Server) -> None:
        conn = AsyncConnection(server.url, server.username, server.password)
        await conn.ping()
        transport = conn._transport
        del conn
        with pytest.warns(ResourceWarning, match="unclosed <AsyncConnection"):
            gc.collect()
        assert transport is not None
        await transport.close()

    with Engine.demo().serve() as server:
        asyncio.run(program(server))


def test_a_connection_that_leaves_nothing_does_not_warn() -> None:
    with Engine.demo().serve() as server:
        told = (server.url, server.username, server.password)
        Connection(*told)  # never used
        used = Connection(*told)
        used.ping()
        used.close()
        basic = Connection(server.url, auth=BasicAuth(server.username, server.password))
        basic.ping()
        assert not getattr(basic._transport, "is_logged_in", True)
        basic.close()
        with pytest.raises(ValueError, match="timeout"):
            Connection(*told, timeout=-1)
        del used, basic
        gc.collect()


@pytest.mark.parametrize(
    ("username", "error", "said"),
    [
        ("admin@internal", "Cannot authenticate user: no.", r"'admin@ovirt@internalsso', not"),
        ("admin@nowhere", "No valid profile found in credentials..", "no profile 'nowhere'"),
        ("admin@internalsso", "Cannot authenticate user: no.", "'admin@ovirt@internalsso'"),
        ("me@corp", "Cannot authenticate user: no.", "name 'me' and the password right in the"),
    ],
)
def test_a_refused_login_names_the_likely_cause(username: str, error: str, said: str) -> None:
    def refuse(request: Request) -> Response:
        content = json.dumps({"error_code": "access_denied", "error": error}).encode()
        return Response(400, {"content-type": "application/json"}, content)

    async def program(url: str) -> None:
        async with AsyncConnection(url, username, "hunter2") as conn:
            with pytest.raises(Unauthorized, match=said):
                await conn.ping()

    with Server(refuse, "", "", "127.0.0.1", 0) as server:
        asyncio.run(program(server.url))
        with (
            Connection(server.url, username, "hunter2") as conn,
            pytest.raises(Unauthorized, match=said) as raised,
        ):
            conn.ping()
    assert raised.value.fault.detail == error
    assert "hunter2" not in str(raised.value)


@pytest.mark.parametrize("cls", [Connection, AsyncConnection])
@pytest.mark.parametrize("name", ["get", "getall", "iterate"])
def test_help_tells_of_every_parameter(cls: type[Connection], name: str) -> None:
    told = inspect.getdoc(getattr(cls, name)) or ""
    for parameter in READ_PARAMETERS:
        assert f"``{parameter}``" in told
    assert "``search``" in told + str(inspect.getdoc(cls.getall))


OPERATIONS = [name for name in vars(Connection) if not name.startswith("_") and name != "perform"]


@pytest.mark.parametrize("name", OPERATIONS)
def test_both_connections_take_the_same(name: str) -> None:
    """Nothing that mypy understands says a signature once and makes it awaited: it is held here."""
    waits, awaits = getattr(Connection, name), getattr(AsyncConnection, name)
    assert inspect.signature(waits).parameters == inspect.signature(awaits).parameters
    assert waits.__doc__ == awaits.__doc__
    assert waits.__doc__


def test_an_asynchronous_connection_does_no_more_than_run_methods() -> None:
    public = {name for name in vars(AsyncConnection) if not name.startswith("_")}
    assert public == {*OPERATIONS, "perform", "run"}


@pytest.mark.parametrize("name", ["get", "getall", "iterate"])
def test_every_parameter_of_reading_is_a_keyword(name: str) -> None:
    parameters = inspect.signature(getattr(Connection, name)).parameters.values()
    keywords = {p.name for p in parameters if p.kind is inspect.Parameter.KEYWORD_ONLY}
    assert keywords - {"base", "default", "search"} == READ_PARAMETERS


def test_the_version_is_said_once() -> None:
    import tomllib

    import rhev

    project = Path(__file__).parent.parent / "pyproject.toml"
    assert tomllib.loads(project.read_text())["project"]["version"] == rhev.__version__
