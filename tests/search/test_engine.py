"""What a call finds on an engine that searches as a real one does: on both wires, both ways."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Literal, cast

import pytest

from rhev import AsyncConnection, Connection, schema
from rhev.simulator import Engine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Format = Literal["json", "xml"]


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    engine = Engine.demo()
    with engine.connect() as conn:
        cluster = schema.Cluster(name="Default")
        for name in ("WEB-01", "Web-01"):
            conn.create(
                schema.VM(name=name, cluster=cluster, template=schema.Template(name="Blank"))
            )
        quoted = conn.get(schema.VM, name="WEB-01")
        quoted.comment = "it's; a -- b"
        quoted.update()
    with engine.serve() as served:
        yield served


@pytest.fixture(params=["json", "xml"])
def conn(request: pytest.FixtureRequest, server: Any) -> Iterator[Connection]:
    wire = cast("Format", request.param)
    with Connection(server.url, server.username, server.password, format=wire) as connection:
        yield connection


def test_users_are_iterated_and_found_by_their_names(conn: Connection) -> None:
    users = list(conn.iterate(schema.User, max=1))
    assert users == list(conn.getall(schema.User))
    assert users
    admin = conn.get(schema.User, user_name="admin*")
    assert conn.get(schema.User, name=admin.name) == admin
    assert list(conn.iterate(schema.Group)) == list(conn.getall(schema.Group))


FOUND: dict[str, tuple[Callable[[Connection], Any], list[str]]] = {
    "a name with its case": (
        lambda conn: [conn.get(schema.VM, name=name) for name in ("WEB-01", "Web-01", "web-01")],
        ["WEB-01", "Web-01", "web-01"],
    ),
    "names without regard to case": (
        lambda conn: sorted(conn.getall(schema.VM, name="web-01"), key=lambda vm: vm.name),
        ["WEB-01", "Web-01", "web-01"],
    ),
    "either of two": (
        lambda conn: conn.getall(schema.VM, status=["up", "suspended"], name="db*"),
        ["db-01", "db-02"],
    ),
    "a value that would void a query": (
        lambda conn: conn.getall(schema.VM, comment="it's; a -- b"),
        ["WEB-01"],
    ),
    "a reference by name": (
        lambda conn: conn.getall(schema.VM, host="node-03"),
        ["db-01", "db-02"],
    ),
    "a page of what the guide asks for": (
        lambda conn: conn.getall(schema.VM, search="name=db* sortby name page 1"),
        ["db-01", "db-02"],
    ),
    "an attribute's name to sort by": (
        lambda conn: conn.getall(schema.VM, search="name=db-01 sortby creation_time desc"),
        ["db-01"],
    ),
    "bytes of an attribute": (
        lambda conn: conn.getall(schema.VM, memory=16 * schema.GiB),
        ["db-01", "db-02"],
    ),
}


@pytest.mark.parametrize("what", FOUND)
def test_it_finds(what: str, conn: Connection) -> None:
    ask, names = FOUND[what]
    assert [resource.name for resource in ask(conn)] == names


def test_a_reference_that_has_an_id_alone_is_found_by_name(conn: Connection) -> None:
    network = conn.get(schema.Network, name="ovirtmgmt")
    by_name = conn.getall(schema.VnicProfile, network="ovirtmgmt")
    assert by_name
    assert list(by_name) == list(conn.getall(schema.VnicProfile, network=network))
    assert list(by_name) == list(conn.getall(schema.VnicProfile, network=network.id))
    assert len(conn.getall(schema.VnicProfile, network="nosuch")) == 0


@pytest.mark.parametrize("wire", ["json", "xml"])
def test_the_asynchronous_connection_finds_the_same(wire: Format, server: Any) -> None:
    async def program() -> None:
        async with AsyncConnection(
            server.url, server.username, server.password, format=wire
        ) as conn:
            assert [user async for user in conn.iterate(schema.User, max=1)]
            assert await conn.get(schema.User, user_name="admin*")
            assert (await conn.get(schema.VM, name="WEB-01")).name == "WEB-01"
            assert await conn.get(schema.VM, name="wEB-01", default=None) is None
            assert len(await conn.getall(schema.VnicProfile, network="ovirtmgmt"))
            with pytest.raises(ValueError, match="nosuchfield"):
                await conn.getall(schema.VM, search="nosuchfield = 3")

    asyncio.run(program())
