"""What the calls of earlier clients, and of the guide, do here."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

from rhev import (
    AsyncConnection,
    Connection,
    ConnectionError,
    NotFound,
    RetryPolicy,
    WaitTimeout,
    schema,
)
from rhev.transport import BasicAuth, Cassette, Request, Response
from tests.face.driving import KINDS, asked, demo, new_machine, scripted
from tests.operations.scripted import PATH, URL, Scripted, async_connected, connected

both = pytest.mark.parametrize("kind", ["sync", "async"])
every_way = pytest.mark.parametrize(("wire", "kind"), KINDS)


@every_way
def test_to_connect_again_changes_nothing(wire: str, kind: str) -> None:
    with demo(wire, kind) as (engine, conn):
        assert conn.connect() is conn.conn
        vm = conn.get(schema.VM, name="mail")
        made = conn.conn._opened()
        assert conn.connect() is conn.conn
        conn.connect(conn.url)
        assert conn.conn._opened() is made
        assert conn.reload(vm) is vm
        assert engine.requests


@both
def test_what_a_connection_is_told_can_be_asked_of_it(kind: str) -> None:
    connect: Any = Connection if kind == "sync" else AsyncConnection
    conn = connect("https://engine.example", "admin@internal", "secret")
    assert conn.url == "https://engine.example/ovirt-engine/api"
    assert conn.username == "admin@internal"
    assert (conn.scheme, conn.host, conn.port) == ("https", "engine.example", 443)
    assert conn.entrypoint == "/ovirt-engine/api"
    assert connect("http://[::1]:8080/api").port == 8080
    assert connect("http://[::1]:8080/api").host == "::1"
    assert connect("http://e").port == 80
    unnamed = connect()
    told = (unnamed.url, unnamed.username, unnamed.scheme, unnamed.host, unnamed.port)
    assert (*told, unnamed.entrypoint) == (None,) * 6


@both
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("retries", r"retry=RetryPolicy\(attempts=...\)"),
        ("url", r"connect\(url\)"),
        ("host", r"connect\(url\)"),
        ("username", r"connect\(username=..., password=...\)"),
        ("password", r"connect\(username=..., password=...\)"),
        ("verify", "insecure=True"),
        ("verbosity", "RHEV_LOG=debug"),
        ("zzz", "there are: auth, ca_file"),
        ("timout", r"did you mean timeout=\?"),
        ("timeout", r"did you mean timeout=\?"),
    ],
)
def test_what_is_assigned_to_a_connection_would_be_ignored(kind: str, name: str, said: str) -> None:
    connect: Any = Connection if kind == "sync" else AsyncConnection
    with pytest.raises(AttributeError, match=f"'{name}' of a connection .*{said}"):
        setattr(connect("https://e"), name, 5)


def test_a_class_of_ones_own_has_what_attributes_it_likes() -> None:
    class Counting(Connection):
        def __init__(self, url: str) -> None:
            super().__init__(url)
            self.calls = 0

    conn = Counting("https://e")
    conn.calls += 1
    assert conn.calls == 1


@both
@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"verify": False}, "insecure=True"),
        ({"token": "x"}, r"auth=TokenAuth\(token\)"),
        ({"kerberos": True}, r"auth=KerberosAuth\(\)"),
        ({"debug": True}, "the logger 'rhev'"),
        ({"timout": 5}, "did you mean timeout="),
        ({"frobnicate": 5}, "no option 'frobnicate'$"),
    ],
)
def test_an_option_that_there_is_not(kind: str, options: dict[str, Any], said: str) -> None:
    connect: Any = Connection if kind == "sync" else AsyncConnection
    with pytest.raises(TypeError, match=said):
        connect("https://e", **options)


@both
@pytest.mark.parametrize(
    "options",
    [
        {"auth": BasicAuth("a@b", "secret")},
        {"read_timeout": 5},
        {"ca_file": __file__},
        {"insecure": True},
    ],
    ids=str,
)
def test_what_a_given_transport_cannot_be_told(kind: str, options: dict[str, Any]) -> None:
    connect: Any = connected if kind == "sync" else async_connected
    (name,) = options
    with pytest.raises(TypeError, match=f"was made without {name}=.*write "):
        connect(Scripted(), **options)


@pytest.mark.parametrize("given", ["https://proxy", 5, Scripted], ids=str)
def test_what_is_no_transport(given: Any) -> None:
    with pytest.raises(TypeError, match=r"send\(request\) and close\(\), not"):
        Connection("https://e", transport=given)


@every_way
def test_a_given_transport_is_recorded(wire: str, kind: str, tmp_path: Any) -> None:
    path = tmp_path / "traffic.jsonl"
    policy = RetryPolicy(attempts=3, first_wait=0)
    with demo(wire, kind, record=path, retry=policy) as (engine, conn):
        conn.get(schema.VM, name="mail")
        sent = len(engine.requests)
    assert len(Cassette.load(path).remaining) == sent


class Dropping:
    """A transport that loses every other request on its way."""

    def __init__(self, script: Scripted) -> None:
        self._script = script
        self.tries = 0

    def send(self, request: Request) -> Response:
        self.tries += 1
        if self.tries % 2:
            raise ConnectionError("lost", delivered=False)
        return self._script.send(request)

    def close(self) -> None:
        self._script.close()


def test_a_given_transport_is_repeated() -> None:
    script = Scripted({"GET /vms": {}})
    transport = Dropping(script)
    with pytest.raises(ConnectionError):
        Connection(URL, transport=transport).getall(schema.VM)
    conn = Connection(URL, transport=transport, retry=RetryPolicy(first_wait=0))
    assert len(conn.getall(schema.VM)) == 0
    assert transport.tries == 4
    conn.close()
    assert script.closed == 1


@every_way
def test_a_base_may_come_by_position(wire: str, kind: str) -> None:
    with demo(wire, kind) as (_, conn):
        vm = conn.get(schema.VM, name="web-01")
        nics = conn.getall(schema.NIC, base=vm)
        assert list(conn.getall(schema.NIC, vm)) == list(nics) == list(conn.iterate(schema.NIC, vm))
        assert conn.get(schema.NIC, nics[0].id, vm) == nics[0]
        tag = conn.create(conn.get(schema.Tag, name="staging"), vm)
        conn.delete(tag, vm)
        assert conn.get("tags", name="staging").name == "staging"


@every_way
def test_only_a_bare_get_means_the_first_there_is(wire: str, kind: str) -> None:
    with demo(wire, kind) as (_, conn):
        first = conn.getall(schema.VM)[0]
        assert conn.get(schema.VM) == first
        assert conn.get(schema.VM, base=None) == first
        assert conn.get(schema.VM, follow=["nics"]).nics


@every_way
def test_what_is_followed_may_be_a_sequence(wire: str, kind: str) -> None:
    with demo(wire, kind) as (engine, conn):
        for follow in (
            ["nics", "disk_attachments.disk"],
            ("nics,diskattachments.disk",),
            "nics, disk_attachments.disk,",
        ):
            vm = conn.get(schema.VM, name="web-01", follow=follow)
            assert vm.nics[0].name
            assert vm.disk_attachments[0].disk.provisioned_size
        plain = conn.get(schema.VM, vm.id)
        assert "nics" not in plain.__dict__
        assert conn.reload(plain, follow=["nics"]) is plain
        assert plain.nics[0].name
        conn.do(plain.reload, follow="nics,host", all_content=True)
        assert plain.nics[0].name
        assert "all_content=true" in asked(engine)[-1][1]
        assert conn.do(plain.update) is plain  # nothing of it was changed
        (disk,) = conn.getall(schema.Disk, vm, follow="permissions")
        assert disk.permissions is not None
        assert conn.get(schema.Disk, disk.id, vm, follow="permissions").permissions is not None


@every_way
def test_to_wait_until_it_is_gone(wire: str, kind: str) -> None:
    with demo(wire, kind) as (_, conn):
        vm = conn.get(schema.VM, name="desktop-02")
        with pytest.raises(WaitTimeout, match="desktop-02 is still there and "):
            conn.wait_for_deletion(vm, timeout=0)
        conn.delete(vm)
        seen: list[Any] = []
        assert (
            conn.wait_for_deletion(
                vm, interval=0.01, progress=lambda _, status: seen.append(status)
            )
            is None
        )
        assert conn.do(vm.wait_for_deletion, interval=0.01) is None
        with pytest.raises(NotFound):
            conn.reload(vm)


@every_way
def test_the_status_of_an_action_in_any_case(wire: str, kind: str) -> None:
    with demo(wire, kind) as (_, conn):
        vm = new_machine(conn)
        vm.os = schema.OperatingSystem(boot=schema.Boot(devices=[schema.BootDevice.NETWORK]))
        conn.update(vm)
        done = conn.action(vm, "start", schema.Action(stateless=True))
        assert done.status == "COMPLETE" == schema.CreationStatus.COMPLETE
        assert done.status.state == "complete"


@pytest.mark.parametrize(
    ("made", "today"),
    [
        (lambda: schema.Disk(size=1), schema.Disk(provisioned_size=1)),
        (lambda: schema.new(schema.Disk, size=1, name="d"),
         schema.Disk(provisioned_size=1, name="d")),
        (lambda: schema.Disk.model_validate({"size": "1 GiB"}),
         schema.Disk(provisioned_size=schema.GiB)),
        (lambda: schema.Disk(size=None), schema.Disk()),
        (lambda: schema.Action(stateless=True), schema.Action(vm=schema.VM(stateless=True))),
        (lambda: schema.Action(vm=schema.VM(name="x"), stateless=True),
         schema.Action(vm=schema.VM(name="x", stateless=True))),
        (lambda: schema.VmPlacementPolicy(host=schema.Host(name="h")),
         schema.VmPlacementPolicy(hosts=[schema.Host(name="h")])),
    ],
)  # fmt: skip
def test_constructors_take_the_guides_spellings(made: Any, today: Any) -> None:
    assert made() == today
    assert made().__dict__ == today.__dict__


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: schema.Disk(size=1, provisioned_size=2), "older spelling of provisioned_size"),
        (lambda: schema.Disk(size="lots"), "no byte count"),  # type: ignore[arg-type]
        (lambda: schema.VmPlacementPolicy(host="h"), "should be a Host"),  # type: ignore[arg-type]
    ],
)
def test_a_spelling_is_checked_as_what_it_stands_for(make: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        make()


@pytest.mark.parametrize("name", ["rhev.schema.disks", "rhev.schema.VM"])
def test_the_schema_is_one_module(name: str) -> None:
    with pytest.raises(ImportError, match=r"rhev\.schema"):
        importlib.import_module(name)


@both
def test_an_action_that_failed_with_200(kind: str) -> None:
    from rhev import Fault

    host = {
        "id": "1", "href": f"{PATH}/hosts/1",
        "actions": {"link": [{"rel": "fence", "href": f"{PATH}/hosts/1/fence"}]},
    }  # fmt: skip
    fault = {"reason": "Operation Failed", "detail": "no agents"}
    for document, said in (
        ({"status": "failed", "fault": fault}, "no agents"),
        ({"status": "failed"}, "gave no reason"),
    ):
        answers = {"POST /hosts/1/fence": document, "GET /hosts/1": host}
        with scripted(kind, answers) as (_, conn):
            one = conn.reload(schema.Host(id="1", href=f"{PATH}/hosts/1"))
            with pytest.raises(Fault, match=said):
                conn.action(one, "fence", fence_type="status")
