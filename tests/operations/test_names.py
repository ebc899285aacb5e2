"""Names where the engine takes ids only: the client looks them up, or refuses them.

A real engine drops most of them without a word: a NIC comes to have no network, a limit of one
cluster becomes one of all. What the client sends, the embedded engine answers as a real one does.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from rhev import InvalidRequest, MultipleFound, NotFound, schema
from rhev.facts import collections
from rhev.rules.table.references import REFERENCES
from rhev.simulator import Engine
from tests.operations.scripted import Scripted, connected

if TYPE_CHECKING:
    from collections.abc import Callable

    from rhev.operations.wire import Format

UNKNOWN = "00000000-0000-0000-0000-00000000ffff"


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.demo()


def first_of(engine: Engine, cls: type[schema.BaseResource]) -> Any:
    with engine.connect() as conn:
        return conn.get(cls)


def create(
    engine: Engine, wire: Format, resource: Any, base: type[schema.BaseResource] | None = None
) -> Any:
    with engine.connect(format=wire) as conn:
        owner = None if base is None else conn.get(base)
        return conn.create(resource, base=owner)


def create_async(
    engine: Engine, wire: Format, resource: Any, base: type[schema.BaseResource] | None = None
) -> Any:
    async def run() -> Any:
        async with engine.connect_async(format=wire) as conn:
            owner = None if base is None else await conn.get(base)
            return await conn.create(resource, base=owner)

    return asyncio.run(run())


both_ways = pytest.mark.parametrize("do", [create, create_async], ids=["sync", "async"])
both_wires = pytest.mark.parametrize("wire", ["json", "xml"])

# What is made, where, and the reference in it that is given by name.
LOOKED_UP: list[
    tuple[Callable[[str], schema.BaseResource], type[Any] | None, type[Any], str]
] = [
    (lambda n: schema.NIC(name="nicx", vnic_profile=schema.VnicProfile(name=n)), schema.VM,
     schema.VnicProfile, "vnic_profile"),
    (lambda n: schema.VnicProfile(name="px", network=schema.Network(name=n)), None,
     schema.Network, "network"),
    (lambda n: schema.CpuProfile(name="cx", cluster=schema.Cluster(name=n)), None,
     schema.Cluster, "cluster"),
    (lambda n: schema.DataCenter(name="dx", local=False, mac_pool=schema.MacPool(name=n)), None,
     schema.MacPool, "mac_pool"),
]  # fmt: skip


@both_ways
@both_wires
@pytest.mark.parametrize(("make", "base", "named", "attribute"), LOOKED_UP)
def test_a_name_is_looked_up(
    do: Any, wire: Format, make: Any, base: Any, named: type[Any], attribute: str
) -> None:
    engine = Engine.demo()
    there = first_of(engine, named)
    made = do(engine, wire, make(there.name), base)
    assert getattr(made, attribute).id == there.id


@both_ways
@both_wires
def test_a_name_that_nothing_has_is_not_sent(do: Any, wire: Format, engine: Engine) -> None:
    nic = schema.NIC(name="nicx", vnic_profile=schema.VnicProfile(name="nosuch"))
    before = len(engine.requests)
    with pytest.raises(NotFound, match="VnicProfile: name=nosuch"):
        do(engine, wire, nic, schema.VM)
    assert "POST" not in {method for method, _ in list(engine.requests)[before:]}


def profiles(*pairs: tuple[str, str]) -> dict[str, Any]:
    return {"vnic_profile": [{"id": id_, "name": name} for id_, name in pairs]}


def scripted(*pairs: tuple[str, str]) -> Scripted:
    links = [{"rel": rel, "href": f"/ovirt-engine/api/{rel}"} for rel in ("vnicprofiles", "vms")]
    return Scripted(
        {
            "GET ": {"link": links, "product_info": {"name": "x"}},
            "GET /vnicprofiles": profiles(*pairs),
            "POST /vms/1/nics": {"id": "9", "name": "n"},
            "PUT /vms/1/nics/9": {"id": "9", "name": "n"},
            "GET /vms/1": {
                "id": "1",
                "href": "/ovirt-engine/api/vms/1",
                "link": [{"rel": "nics", "href": "/ovirt-engine/api/vms/1/nics"}],
            },
        }
    )


VM = schema.VM(id="1", href="/ovirt-engine/api/vms/1")
NIC = schema.NIC(id="9", href="/ovirt-engine/api/vms/1/nics/9")


def test_a_name_that_several_have_is_not_sent() -> None:
    script = scripted(("a", "ovirtmgmt"), ("b", "ovirtmgmt"))
    nic = schema.NIC(name="n", vnic_profile=schema.VnicProfile(name="ovirtmgmt"))
    with pytest.raises(MultipleFound, match="give its id, which is a or b"):
        connected(script).create(nic, base=VM)
    assert not any(call.startswith("POST") for call in script.calls)


def test_names_are_told_apart_by_case() -> None:
    script = scripted(("a", "LAN"), ("b", "lan"))
    nic = schema.NIC(name="n", vnic_profile=schema.VnicProfile(name="lan"))
    connected(script).create(nic, base=VM)
    assert script.body() == {"name": "n", "vnic_profile": {"id": "b"}}
    assert nic.vnic_profile is not None
    assert nic.vnic_profile.id is None  # what the user wrote stays as it was


def test_an_update_looks_up_as_well() -> None:
    script = scripted(("a", "LAN"))
    nic = NIC.model_copy(update={"vnic_profile": schema.VnicProfile(name="LAN")})
    connected(script).update(nic)
    assert script.body()["vnic_profile"] == {"id": "a"}


def test_an_id_is_sent_as_it_is() -> None:
    script = scripted()
    profile = schema.VnicProfile(id=UNKNOWN, name="whatever")
    connected(script).create(schema.NIC(name="n", vnic_profile=profile), base=VM)
    assert script.calls == ["GET /vms/1", "POST /vms/1/nics"]


@pytest.mark.parametrize(
    ("resource", "path"),
    [
        (
            schema.VnicProfile(
                name="p", network=schema.Network(id=UNKNOWN), qos=schema.QoS(name="gold")
            ),
            "qos.name",
        ),
        (
            schema.CpuProfile(
                name="p", cluster=schema.Cluster(id=UNKNOWN), qos=schema.QoS(name="gold")
            ),
            "qos.name",
        ),
        (
            schema.VM(
                name="v",
                cluster=schema.Cluster(name="c"),
                template=schema.Template(name="t"),
                quota=schema.Quota(name="q"),
            ),
            "quota.name",
        ),
    ],
    ids=["VnicProfile", "CpuProfile", "VM"],
)
def test_a_name_that_cannot_be_looked_up_is_refused(
    resource: schema.BaseResource, path: str, engine: Engine
) -> None:
    """QoS and quotas belong to a data center, so that a name alone says nothing."""
    (problem,) = schema.validate(resource, "add")
    assert (problem.path, problem.severity) == (path, "error")
    assert problem.expected.startswith("a value for")
    with engine.connect() as conn, pytest.raises(InvalidRequest, match="takes an id only"):
        conn.create(resource)


def test_what_can_be_looked_up_is_no_problem() -> None:
    profile = schema.VnicProfile(name="p", network=schema.Network(name="n"))
    assert schema.validate(profile, "add") == []
    (problem,) = schema.validate(schema.VnicProfile(name="p"), "add")
    assert problem.path == "network.id"


@pytest.mark.parametrize("reference", REFERENCES, ids=lambda r: f"{r.type}.{r.path}")
def test_every_entry_is_of_a_type_that_can_be_added(reference: Any) -> None:
    assert len(reference.source) > 10
    assert reference.type in collections()
