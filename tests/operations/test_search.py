"""Criteria become the engine's query, or are matched here."""

from __future__ import annotations

from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rhev import MultipleFound, NotFound, NotSearchable, schema
from rhev.operations.search import as_query, matches, with_page
from tests.operations.scripted import PATH, Scripted, connected


@pytest.mark.parametrize(
    ("criteria", "query"),
    [
        ({"name": "a*"}, 'name="a*"'),
        ({"name": "web", "status": schema.VmStatus.UP}, 'name="web" and status="up"'),
        ({"cluster.name": "x y"}, 'cluster.name="x y"'),
        ({"cluster": schema.Cluster(name="prod")}, 'cluster="prod"'),
        ({"memory": 1024}, 'memory="1024"'),
        ({"name": 'x or name="y'}, None),
        ({"name=a or name": "b"}, None),
        ({"cluster": schema.Cluster(id="1")}, None),
    ],
)
def test_criteria_are_a_query_that_no_value_can_change(
    criteria: dict[str, object], query: str | None
) -> None:
    if query is None:
        with pytest.raises(ValueError, match=r"double quote|no attribute|no name"):
            as_query(criteria)
    else:
        assert as_query(criteria) == query


@given(st.text())
def test_a_value_stays_within_its_quotes(value: str) -> None:
    try:
        query = as_query({"name": value})
    except ValueError:
        assert '"' in value
    else:
        assert query is not None
        assert query.count('"') == 2
        assert query == f'name="{value}"'


def test_criteria_and_the_clauses_of_a_query() -> None:
    assert as_query({"name": "a"}, "sortby name page 2") == 'name="a" sortby name page 2'
    for search in ("status=up or status=down", "sortby", "sortbyname=x"):
        with pytest.raises(ValueError, match="only have sortby and page clauses"):
            as_query({"name": "a"}, search)


@pytest.mark.parametrize(
    ("query", "paged"),
    [(None, "page 3"), ("sortby name", "sortby name page 3"), ("name=a page 2", None)],
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
    ],
)
def test_criteria_are_matched_here(
    criteria: dict[str, object], sensitive: bool, found: bool
) -> None:
    nic = schema.NIC(
        name="nic1",
        plugged=True,
        mac=schema.MAC(address="56:6f:1a:00:00:07"),
        network=schema.Network(id="7"),
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
    assert script.query() == {"search": 'name="a"', "max": "2"}
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
        f"sortby name page {n}" for n in (1, 2, 3)
    ]
