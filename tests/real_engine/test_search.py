"""Search, as a real engine was seen to do it (items 0 to 8), and what rhev does about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rhev import InvalidSearch, MultipleFound, NotSearchable, schema
from rhev.operations.search import matches
from rhev.search import check
from rhev.simulator import Engine
from tests.operations.scripted import connected

from .answers import UUID, engine, resource

if TYPE_CHECKING:
    from rhev.transport import Request

PAGED = (
    *(schema.VM, schema.Host, schema.Cluster, schema.DataCenter, schema.Network),
    *(schema.StorageDomain, schema.Template, schema.Disk, schema.Event, schema.InstanceType),
)
UNPAGED = (schema.User, schema.Group)


def rel(cls: type[schema.BaseResource]) -> str:
    return f"{cls.__api_name__.lower()}s"


def listed(cls: type[schema.BaseResource], *ids: str) -> dict[str, Any]:
    wire = {schema.StorageDomain: "storage_domain", schema.DataCenter: "data_center"}
    names = {schema.InstanceType: "instance_type", **wire}
    return {names.get(cls, cls.__api_name__.lower()): [resource(f"{rel(cls)}/{i}") for i in ids]}


# 0


@pytest.mark.parametrize("cls", UNPAGED)
def test_users_and_groups_are_iterated_over_without_a_page(cls: type[Any]) -> None:
    """A query with a page finds none of the users and groups: they are read all at once."""
    script = engine({f"GET /{rel(cls)}": listed(cls, "1", "2", "3")})
    assert [member.id for member in connected(script).iterate(cls)] == ["1", "2", "3"]
    assert script.calls == [f"GET /{rel(cls)}"]
    assert script.query() == {}


@pytest.mark.parametrize("cls", UNPAGED)
@pytest.mark.parametrize("search", ["page 1", "sortby name asc page 1", "name=* sortby name"])
def test_users_and_groups_are_not_asked_for_by_pages(
    cls: type[schema.BaseResource], search: str
) -> None:
    """The same query from a user is an error: sorted or paged, it would find nothing."""
    script = engine()
    with pytest.raises(InvalidSearch, match="neither be sorted nor paged"):
        connected(script).getall(cls, search=search)
    assert script.calls == []


@pytest.mark.parametrize("cls", PAGED)
def test_what_can_be_paged_is_iterated_over_page_by_page(cls: type[Any]) -> None:
    """Ten types, at least, are answered page by page."""

    def pages(request: Request) -> dict[str, Any]:
        return listed(cls, "1", "2") if "page%201" in request.url else listed(cls, "3")

    script = engine({f"GET /{rel(cls)}": pages})
    assert [member.id for member in connected(script).iterate(cls, max=2)] == ["1", "2", "3"]
    assert script.query() == {"search": "page 2", "max": "2"}


# 1


@pytest.mark.parametrize(
    "search",
    [
        "nosuch=1",
        "name=",
        "name in (a,b)",
        "sortby nosuch",
        'name="a',
        "sortby name up",
        "name=a or",
    ],
)
def test_a_query_that_an_engine_cannot_read_is_not_sent(search: str) -> None:
    """It would be answered with an empty collection, as if there were none."""
    script = engine()
    with pytest.raises(InvalidSearch) as refused:
        connected(script).getall(schema.VM, search=search)
    assert refused.value.search == search
    assert 0 <= refused.value.position <= len(search)
    assert script.calls == []


def test_instance_types_and_jobs_are_not_asked_for_what_they_lack() -> None:
    """Of instance types a field that there is not is passed on, for the data base to refuse."""
    script = engine()
    with pytest.raises(InvalidSearch, match="nosuch"):
        connected(script).getall(schema.InstanceType, search="nosuch=1")
    with pytest.raises(NotSearchable):
        connected(script).getall(schema.Job, search="nosuch=1")
    assert script.calls == []


# 2


@pytest.mark.parametrize(
    "search", ["(name=a)", "( name = a ) or ( status = up )", "Vms: name=a", "Vms:name=a"]
)
def test_parentheses_and_a_type_in_front_are_not_sent(search: str) -> None:
    """An engine reads neither in the queries of this API."""
    with pytest.raises(InvalidSearch):
        connected(engine()).getall(schema.VM, search=search)


def test_and_binds_tighter_than_or() -> None:
    """So several values of several criteria are written out, each combination by itself."""
    script = engine({"GET /vms": {}})
    connected(script).getall(schema.VM, name=["a", "b"], status="up")
    assert script.query()["search"] == ('name="a" and status="up" or name="b" and status="up"')
    conn = Engine.demo().connect()
    found = conn.getall(schema.VM, search="name=web-01 or name=web-02 and name=nosuch")
    assert [vm.name for vm in found] == ["web-01"]


@pytest.mark.parametrize(
    "search", ["name=web-01 status=up", "name=web-01 AND status=up", "NAME=web-01 And Status=UP"]
)
def test_conditions_side_by_side_and_keywords_in_any_case_are_let_through(search: str) -> None:
    """Two conditions beside each other must both hold; keywords have no case."""
    assert check("Vm", search) == search
    found = Engine.demo().connect().getall(schema.VM, search=search)
    assert [vm.name for vm in found] == ["web-01"]


# 3


@pytest.mark.parametrize(("name", "found"), [("web-0*", 3), ("web-?1", 0), ("web_01", 0), ("%", 0)])
def test_the_star_is_the_only_wildcard(name: str, found: int) -> None:
    """Other characters match themselves, for an engine and where criteria are matched here."""
    vms = Engine.demo().connect().getall(schema.VM)
    assert sum(matches(vm, {"name": name}) for vm in vms) == found
    assert len(Engine.demo().connect().getall(schema.VM, name=name)) == found


@pytest.mark.parametrize("search", ["name='web-01'", "description=it's*", "name=a;b", "name=a--b",
                                    "name=a/*"])  # fmt: skip
def test_what_an_engine_takes_for_an_attack_is_not_sent(search: str) -> None:
    """A query with an apostrophe, a semicolon or a comment's mark is void; so is one quoted so."""
    with pytest.raises(InvalidSearch, match="for an attack"):
        connected(engine()).getall(schema.VM, search=search)


@pytest.mark.parametrize("text", ["it's", "a;b", "a--b", "a/*b"])
def test_such_a_value_of_a_criterion_is_matched_here(text: str) -> None:
    """An engine would find nothing by it, though such descriptions exist."""
    vms = {"vm": [resource("vms/1", description=text), resource("vms/2", description="b")]}
    script = engine({"GET /vms": vms})
    found = connected(script).getall(schema.VM, description=text)
    assert [vm.id for vm in found] == ["1"]
    assert script.query() == {}


@pytest.mark.parametrize("search", ["web", "and", '"web 01"', "name=web and up"])
def test_a_text_alone_is_let_through(search: str) -> None:
    """A bare word is looked for in all fields that are texts."""
    assert check("Vm", search) == search


def test_a_backslash_quotes_nothing() -> None:
    """So one at the end of a value is matched here: it would be a character of the value."""
    script = engine({"GET /vms": {}})
    connected(script).getall(schema.VM, comment="ends with \\")
    assert script.query() == {}


# 4


@pytest.mark.parametrize(
    ("search", "sent"),
    [
        ("sortby name page 2", "sortby name asc page 2"),
        ("name=a* sortby name page 1", "name=a* sortby name asc page 1"),
        ("sortby name desc page 2", "sortby name desc page 2"),
    ],
)
def test_a_direction_comes_before_the_page(search: str, sent: str) -> None:
    """Without one an engine cannot read the query: it is completed."""
    script = engine({"GET /vms": {}})
    connected(script).getall(schema.VM, search=search)
    assert script.query()["search"] == sent


def test_pages_have_a_size() -> None:
    """A page without a size is all there is: iterate always says how many."""
    script = engine({"GET /vms": {}})
    list(connected(script).iterate(schema.VM))
    assert script.query() == {"search": "page 1", "max": "100"}


def test_there_is_no_page_0() -> None:
    """An engine fails on it in its data base."""
    with pytest.raises(InvalidSearch, match="from 1 on"):
        connected(engine()).getall(schema.VM, search="page 0")


@pytest.mark.parametrize("most", [0, -1, "x"])
def test_how_many_are_wanted_is_a_number_from_1(most: Any) -> None:
    """An engine lists nothing for 0, fails on -1, and ignores what is no number."""
    script = engine()
    with pytest.raises((TypeError, ValueError), match="max="):
        connected(script).getall(schema.VM, max=most)
    assert script.calls == []


def test_no_more_come_than_are_wanted() -> None:
    """Many collections ignore how many are wanted: what is too much is cut off here."""
    script = engine({"GET /tags": listed(schema.Tag, "1", "2", "3")})
    assert [tag.id for tag in connected(script).getall(schema.Tag, max=2)] == ["1", "2"]
    assert script.query() == {"max": "2"}


# 5


def test_a_name_means_the_one_with_that_case() -> None:
    """A search has no case unless asked to; names are told apart by it."""
    both = {"vm": [resource("vms/1", name="web-01"), resource("vms/2", name="WEB-01")]}
    script = engine({"GET /vms": both})
    assert connected(script).get(schema.VM, name="WEB-01").id == "2"
    assert script.query()["case_sensitive"] == "true"
    with pytest.raises(MultipleFound):
        connected(script).get(schema.VM, name="WEB-01", case_sensitive=False)


def test_a_status_has_no_case() -> None:
    """With case, too, an engine compares statuses without it; so may they be written."""
    script = engine({"GET /vms": {}})
    connected(script).getall(schema.VM, status="UP", case_sensitive=True)
    assert script.query() == {"search": 'status="UP"', "case_sensitive": "true"}


# 6


@pytest.mark.parametrize(
    ("search", "said"),
    [
        ("id=nosuch", "is a UUID"),
        ("memory=abc", "is a whole number"),
        ("status=nosuch", "'nosuch' is no value of 'status'"),
        ("creationdate<tomorrow", "is no value of 'creationdate'"),
    ],
)
def test_a_value_that_is_none_of_its_field_is_not_sent(search: str, said: str) -> None:
    """An engine fails on some of these in its data base, and finds nothing by the others."""
    with pytest.raises(InvalidSearch, match=said):
        connected(engine()).getall(schema.VM, search=search)


def test_an_id_as_a_criterion_is_matched_here() -> None:
    """It may be none, on which an engine would fail."""
    script = engine({"GET /vms": {"vm": [resource(f"vms/{UUID}")]}})
    assert len(connected(script).getall(schema.VM, id="nosuch")) == 0
    assert [vm.id for vm in connected(script).getall(schema.VM, id=UUID)] == [UUID]


def test_a_date_is_written_as_an_engine_reads_it() -> None:
    """An ISO date matches nothing: month, day and year it has to be, and becomes."""
    assert check("Vm", "creationdate>2030-01-02") == "creationdate>1/2/2030"
    assert check("Vm", 'creationdate>"1/2/2030"') == 'creationdate>"1/2/2030"'


# 7


@pytest.mark.parametrize(
    "cls",
    [
        *(schema.Tag, schema.Role, schema.Permission, schema.MacPool, schema.Domain, schema.Icon),
        schema.VnicProfile,
    ],
)
def test_what_cannot_be_searched_takes_no_query(cls: Any) -> None:
    """Most such collections ignore a query, and vNIC profiles are none for any."""
    script = engine()
    with pytest.raises(NotSearchable, match="criteria"):
        connected(script).getall(cls, search="name=a")
    assert script.calls == []


def test_criteria_on_what_cannot_be_searched_are_matched_here() -> None:
    """The engine is not asked by a query that it would ignore."""
    tags = {"tag": [resource("tags/1", name="a"), resource("tags/2", name="b")]}
    script = engine({"GET /tags": tags})
    assert [tag.id for tag in connected(script).getall(schema.Tag, name="b")] == ["2"]
    assert script.query() == {}


# 8


@pytest.mark.parametrize(
    ("cls", "search", "working"),
    [
        (schema.Host, "templates.name=Blank", None),
        (schema.User, "Vms.name=x", "vms.name=x"),
        (schema.Event, "hosts.name=x", "host.name=x"),
    ],
)
def test_cross_references_that_fail_in_the_data_base_are_not_sent(
    cls: Any, search: str, working: str | None
) -> None:
    """Some are taken by the grammar, and broken behind it; another spelling may work."""
    with pytest.raises(InvalidSearch, match="an engine fails on"):
        connected(engine()).getall(cls, search=search)
    if working is not None:
        assert check(cls.__api_name__, working) == working
