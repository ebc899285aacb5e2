"""Criteria become the engine's query, or are matched here."""

from __future__ import annotations

from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rhev import MultipleFound, NotFound, NotSearchable, schema
from rhev.operations.search import Plan, matches, plan, with_page
from tests.operations.scripted import PATH, Scripted, connected

QUERIES: list[tuple[type[Any], dict[str, object], str | None]] = [
    (schema.VM, {"name": "a*"}, 'name="a*"'),
    (schema.VM, {"name": "web", "status": schema.VmStatus.UP}, 'name="web" and status="up"'),
    (schema.VM, {"cluster.name": "x y"}, 'cluster="x y"'),
    (schema.VM, {"cluster": schema.Cluster(name="prod")}, 'cluster="prod"'),
    (schema.VM, {"host": "node-01"}, 'on_host="node-01"'),
    (schema.VM, {"template": "rhel9"}, 'template.name="rhel9"'),
    (schema.VM, {"memory": 4 * schema.GiB}, 'memory="4096"'),
    (schema.VM, {"status": ["up", "powering_up"]}, 'status="up" or status="poweringup"'),
    (schema.VM, {"status": "migrating"}, 'status="migratingfrom" or status="migratingto"'),
    (
        schema.VM,
        {"name": ("a", "b"), "status": {"up"}},
        'name="a" and status="up" or name="b" and status="up"',
    ),
    (schema.VM, {"ip": "10.*"}, 'ip="10.*"'),
    (schema.VM, {"users.name": "admin"}, 'users.name="admin"'),
    (schema.User, {"user_name": "admin@internal"}, 'usrname="admin@internal"'),
    (schema.Disk, {"content_type": "iso"}, 'disk_content_type="iso"'),
    (schema.Cluster, {"data_center": "Default"}, 'datacenter.name="Default"'),
]


@pytest.mark.parametrize(("cls", "criteria", "query"), QUERIES)
def test_criteria_are_a_query_that_no_value_can_change(
    cls: type[Any], criteria: dict[str, object], query: str
) -> None:
    assert plan(cls, criteria) == Plan(query, {})


@pytest.mark.parametrize(
    ("cls", "criteria"),
    [
        (schema.VM, {"name": 'x or name="y'}),
        (schema.VM, {"description": "it's"}),
        (schema.VM, {"description": "a;b"}),
        (schema.VM, {"comment": "a--b"}),
        (schema.VM, {"comment": "ends with \\"}),
        (schema.VM, {"memory": 1024}),
        (schema.VM, {"stateless": True}),
        (schema.VM, {"cluster": schema.Cluster(id="1")}),
        (schema.VM, {"cluster": "00000000-0000-0000-0000-000000000001"}),
        (schema.VM, {"name": ["a", "it's"]}),
        (schema.VM, {"description": None}),
        (schema.Disk, {"provisioned_size": 1024}),
        (schema.StorageDomain, {"type": "data"}),
        (schema.Cluster, {"id": "1"}),
    ],
)
def test_what_the_engine_cannot_be_asked_is_matched_here(
    cls: type[Any], criteria: dict[str, object]
) -> None:
    assert plan(cls, criteria) == Plan(None, criteria)


def test_the_engine_is_asked_what_it_can_be() -> None:
    planned = plan(schema.VM, {"name": "a", "stateless": True})
    assert planned == Plan('name="a"', {"stateless": True})


def test_a_query_of_too_many_alternatives_is_matched_here() -> None:
    names = [f"vm{n}" for n in range(60)]
    planned = plan(schema.VM, {"name": names, "status": "up"})
    assert planned == Plan('status="up"', {"name": names})


@pytest.mark.parametrize(
    ("criteria", "said"),
    [
        ({"nosuch": 1}, "VM has no attribute 'nosuch' to search by"),
        ({"stauts": "up"}, "did you mean 'status'"),
        ({"cluster.nmae": "x"}, "Cluster has no attribute 'nmae'"),
        ({"name.x": "x"}, "'name' of a VM is a value"),
        ({"name=a or name": "b"}, "is no attribute to search by"),
        ({"status": "runing"}, "'runing' is no VmStatus"),
        ({"ip": "it's"}, "this value of 'ip' cannot be said"),
        ({"name": []}, "no values at all"),
        ({"nics.name": "nic1"}, "follow='nics' reads them"),
    ],
)
def test_a_criterion_that_cannot_be_meant_is_refused(
    criteria: dict[str, object], said: str
) -> None:
    script = Scripted()
    with pytest.raises(ValueError, match=said):
        connected(script).getall(schema.VM, **cast("Any", criteria))
    assert script.calls == []


@given(st.text())
def test_a_value_stays_within_its_quotes(value: str) -> None:
    planned = plan(schema.VM, {"name": value})
    if planned.query is None:
        assert planned.here == {"name": value}
    else:
        assert planned.query == f'name="{value}"'
        assert planned.query.count('"') == 2


def test_criteria_and_the_clauses_of_a_query() -> None:
    planned = plan(schema.VM, {"name": "a"}, "sortby name page 2")
    assert planned.query == 'name="a" sortby name asc page 2'
    for search in ("status=up or status=down", "sortby", "sortbyname=x"):
        with pytest.raises(ValueError, match="only have sortby and page clauses"):
            plan(schema.VM, {"name": "a"}, search)


@pytest.mark.parametrize(
    ("query", "paged"),
    [
        (None, "page 3"),
        ("sortby name", "sortby name asc page 3"),
        ("sortby name desc", "sortby name desc page 3"),
        ('name="sortby name"', 'name="sortby name" page 3'),
        ("name=a page 2", None),
    ],
)
def test_pages(query: str | None, paged: str | None) -> None:
    if paged is None:
        with pytest.raises(ValueError, match="names a page"):
            with_page(query, 3)
    else:
        assert with_page(query, 3) == paged


@pytest.mark.parametrize(
    ("criteria", "sensitive", "found"),
    [
        ({"name": "NIC*"}, False, True),
        ({"name": "NIC*"}, True, False),
        ({"name": "nic?"}, False, False),
        ({"name": "[n]ic1"}, False, False),
        ({"mac.address": "56:*"}, False, True),
        ({"network.name": "x"}, False, False),
        ({"plugged": True}, False, True),
        ({"network": schema.Network(id="7")}, False, True),
        ({"network": schema.Network(id="8")}, False, False),
        ({"network": "7"}, False, True),
        ({"network": "ovirtmgmt"}, False, True),
        ({"network": "other"}, False, False),
        ({"name": ["nic0", "nic1"]}, False, True),
        ({"name": ["nic0", "nic2"]}, False, False),
    ],
)
def test_criteria_are_matched_here(
    criteria: dict[str, object], sensitive: bool, found: bool
) -> None:
    nic = schema.NIC(
        name="nic1",
        plugged=True,
        mac=schema.MAC(address="56:6f:1a:00:00:07"),
        network=schema.Network(id="7", name="ovirtmgmt"),
    )
    assert matches(nic, criteria, case_sensitive=sensitive) is found


NICS = {"nic": [{"id": str(n), "name": f"nic{n}", "href": f"{PATH}/x/{n}"} for n in range(3)]}
VM_WITH_NICS = {"id": "1", "link": [{"rel": "nics", "href": f"{PATH}/vms/1/nics"}]}


def test_a_collection_that_cannot_be_searched() -> None:
    script = Scripted({"GET /vms/1": VM_WITH_NICS, "GET /vms/1/nics": NICS})
    conn = connected(script)
    vm = conn.get(schema.VM, "1")
    assert [nic.name for nic in conn.getall(schema.NIC, base=vm, name="*2")] == ["nic2"]
    assert script.query() == {}
    assert len(conn.getall(schema.NIC, base=vm, name="nic*", max=2)) == 2
    assert script.query() == {}, "what is left out by the engine cannot match here"
    assert len(conn.getall(schema.NIC, base=vm, name="NIC1")) == 1
    assert len(conn.getall(schema.NIC, base=vm, name="NIC1", case_sensitive=True)) == 0
    assert conn.get(schema.NIC, base=vm, name="nic1").id == "1"
    assert conn.get(schema.NIC, base=vm, name="NIC1", default=None) is None
    with pytest.raises(NotSearchable, match="give criteria instead"):
        conn.getall(schema.NIC, base=vm, search="name=nic1")


def test_a_link_keeps_the_query_that_it_has() -> None:
    nics = {"rel": "nics", "href": f"{PATH}/vms/1/nics?current=true"}
    script = Scripted({"GET /vms/1": {"id": "1", "link": [nics]}, "GET /vms/1/nics": NICS})
    conn = connected(script)
    found = conn.getall(schema.NIC, base=conn.get(schema.VM, "1"), max=2)
    assert script.query() == {"current": "true", "max": "2"}
    assert found.href == nics["href"]


def test_a_collection_has_the_address_that_it_says() -> None:
    nics = {**NICS, "href": f"{PATH}/elsewhere"}
    conn = connected(Scripted({"GET /vms/1": VM_WITH_NICS, "GET /vms/1/nics": nics}))
    assert conn.getall(schema.NIC, base=conn.get(schema.VM, "1")).href == nics["href"]


@pytest.mark.parametrize(
    ("criterion", "said"),
    [
        ("nmae", "NIC has no attribute 'nmae' to search by; did you mean 'name'"),
        ("mac.adress", "MAC has no attribute 'adress' to search by; did you mean 'address'"),
    ],
)
def test_a_criterion_that_nothing_has_is_no_empty_result(criterion: str, said: str) -> None:
    script = Scripted({"GET /vms/1": VM_WITH_NICS})
    conn = connected(script)
    vm = conn.get(schema.VM, "1")
    with pytest.raises(ValueError, match=said):
        conn.getall(schema.NIC, base=vm, **cast("Any", {criterion: "x"}))
    assert script.calls == ["GET /vms/1"]


@pytest.mark.parametrize("id_", [None, 1, schema.VM(id="1")])
def test_an_id_that_is_none_is_never_the_first_of_the_collection(id_: Any) -> None:
    script = Scripted()
    with pytest.raises(TypeError, match="the id of a VM is a text"):
        connected(script).get(schema.VM, id_)
    assert script.calls == []


@pytest.mark.parametrize("asked", [(schema.VM, "1"), (schema.API,), ("tags/root",)])
@pytest.mark.parametrize("more", [{"folow": "nics"}, {"search": "name=a"}])
def test_what_is_named_takes_no_criteria(asked: tuple[Any, ...], more: dict[str, Any]) -> None:
    script = Scripted()
    with pytest.raises(ValueError, match=f"neither criteria nor a search: {next(iter(more))}"):
        connected(script).get(*asked, **more)
    assert script.requests == []


def vms(*names: str) -> dict[str, Any]:
    return {"vm": [{"id": name, "name": name} for name in names]} if names else {}


def test_get_by_criteria_finds_just_one() -> None:
    script = Scripted({"GET /vms": vms("a")})
    conn = connected(script)
    assert conn.get(schema.VM, name="a").name == "a"
    assert script.query() == {"search": 'name="a"', "max": "2", "case_sensitive": "true"}
    script.answers["GET /vms"] = vms("a", "ab")
    with pytest.raises(MultipleFound, match="a and ab; getall"):
        conn.get(schema.VM, name="a*")
    script.answers["GET /vms"] = {"vm": [{"id": n, "name": "a", "href": f"/{n}"} for n in "12"]}
    with pytest.raises(MultipleFound, match="/1 and /2; getall"):
        conn.get(schema.VM, name="a")
    script.answers["GET /vms"] = vms()
    with pytest.raises(NotFound, match=r"no VM matches name=a"):
        conn.get(schema.VM, name="a")
    assert conn.get(schema.VM, name="a", default=None) is None
    with pytest.raises(NotFound, match="no VM"):
        conn.get(schema.VM)


def test_parameters_are_not_criteria() -> None:
    script = Scripted({"GET /vms": vms("a")})
    connected(script).getall(
        schema.VM, name="a", max=5, follow="nics,tags", case_sensitive=False, all_content=True
    )
    assert script.query() == {
        "search": 'name="a"',
        "max": "5",
        "follow": "nics,tags",
        "case_sensitive": "false",
        "all_content": "true",
    }


def test_iterate_reads_page_after_page() -> None:
    pages = iter([vms("a", "b"), vms("c", "d"), vms("e")])
    script = Scripted({"GET /vms": lambda _: next(pages)})
    found = connected(script).iterate(schema.VM, search="sortby name", max=2)
    assert script.calls == []
    assert next(found).name == "a"
    assert script.calls == ["GET /vms"]
    assert [vm.name for vm in found] == ["b", "c", "d", "e"]
    assert [script.query(n)["search"] for n in (-3, -2, -1)] == [
        f"sortby name asc page {n}" for n in (1, 2, 3)
    ]


def test_get_means_the_name_with_its_case() -> None:
    script = Scripted({"GET /vms": vms("web-01", "WEB-01")})
    conn = connected(script)
    assert conn.get(schema.VM, name="WEB-01").id == "WEB-01"
    assert conn.get(schema.VM, name="Web-01", default=None) is None
    with pytest.raises(MultipleFound):
        conn.get(schema.VM, name="WEB-01", case_sensitive=False)
    assert len(conn.getall(schema.VM, name="web-01")) == 2


def test_users_are_read_at_once() -> None:
    users = {"user": [{"id": n, "name": n} for n in ("admin", "user1")]}
    entry = {"link": [{"rel": r, "href": f"{PATH}/{r}"} for r in ("users", "users/search")]}
    script = Scripted({"GET ": entry, "GET /users": users})
    conn = connected(script)
    assert [user.name for user in conn.iterate(schema.User, max=1)] == ["admin", "user1"]
    assert script.query() == {}
    assert [user.name for user in conn.iterate(schema.User, name="*")] == ["admin", "user1"]
    assert script.query() == {"search": 'name="*"'}


def test_a_reference_is_matched_by_the_name_that_is_looked_up() -> None:
    profiles = [{"id": str(n), "name": "p", "network": {"id": f"n{n}"}} for n in range(3)]
    networks = [{"id": "n1", "name": "ovirtmgmt"}, {"id": "n2", "name": "ovirtmgmt"}]
    rels = ("vnicprofiles", "networks", "networks/search")
    script = Scripted(
        {
            "GET ": {"link": [{"rel": rel, "href": f"{PATH}/{rel}"} for rel in rels]},
            "GET /vnicprofiles": {"vnic_profile": profiles},
            "GET /networks": {"network": networks},
        }
    )
    conn = connected(script)
    found = conn.getall(schema.VnicProfile, network="ovirtmgmt")
    assert [profile.id for profile in found] == ["1", "2"]
    assert script.query() == {"search": 'name="ovirtmgmt"'}
    assert len(conn.getall(schema.VnicProfile, network=["ovirtmgmt", "n0"])) == 3
    assert len(conn.getall(schema.VnicProfile, network=schema.Network(name="ovirtmgmt"))) == 2
    assert [p.id for p in conn.getall(schema.VnicProfile, network=schema.Network(id="n0"))] == ["0"]


def test_pages_are_matched_here_one_by_one() -> None:
    pages = iter([vms("a", "b"), vms("c")])
    script = Scripted({"GET /vms": lambda _: next(pages)})
    found = connected(script).iterate(schema.VM, comment="it's", max=2)
    assert list(found) == []
    assert [script.query(n) for n in (-2, -1)] == [
        {"search": f"page {n}", "max": "2"} for n in (1, 2)
    ]
