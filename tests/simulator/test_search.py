"""The search language: what a text means, and what it finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rhev.simulator.search.query import OPERATORS, AllOf, AnyOf, BadQuery, Condition, Query, parse

if TYPE_CHECKING:
    from tests.simulator.asking import Asker

FOUND = {
    "name = web*": ["web-01", "web-02", "web-03"],
    "name=web-01": ["web-01"],
    "NAME = WEB-01": ["web-01"],
    "web-0": ["web-01", "web-02", "web-03"],
    "name = web* and status = up": ["web-01", "web-02"],
    "name = web* status = up": ["web-01", "web-02"],
    "name = web* and status != up": ["web-03"],
    "name = mail or name = web* and status = down": ["web-03", "mail"],
    "status = Up and cluster = databases": ["db-01", "db-02"],
    "cluster.name = databases": ["db-01", "db-02"],
    "host.name = node-03": ["db-01", "db-02"],
    "hosts = node-03": ["db-01", "db-02"],
    "datacenter = Default and name = *-01 and memory > 9000": ["db-01"],
    "memory = 16384": ["db-01", "db-02"],
    "tag = staging": ["web-03", "app-03"],
    "template = windows2019": ["desktop-01", "desktop-02"],
    "template.name = windows*": ["desktop-01", "desktop-02"],
    "vnic.name = nic1 and name = mail": ["mail"],
    'name = "web-01"': ["web-01"],
    "creationdate > 2100-01-01": [],
    "name = w* sortby name desc": ["web-03", "web-02", "web-01"],
    "name = w* sortby creation_time desc": ["web-03", "web-02", "web-01"],
    "sortby name page 2": [],
    "name = nothing": [],
}


@pytest.mark.parametrize("query", FOUND)
def test_a_query_finds(query: str, shared: Asker) -> None:
    assert shared.names("/vms", search=query) == FOUND[query]


@pytest.mark.parametrize(
    ("path", "query", "found"),
    [
        ("/hosts", "cluster = Default", ["node-01", "node-02"]),
        ("/hosts", "vms.name = db-01", ["node-03"]),
        ("/disks", "vm_names = mail", ["mail_Disk1"]),
        ("/storagedomains", "datacenter = Default and name = d*", ["data-01", "data-02"]),
        ("/networks", "vlanid = 100", ["frontend"]),
        ("/clusters", "datacenter = Default sortby name desc", ["Default", "databases"]),
    ],
)
def test_other_types_are_searched_too(
    path: str, query: str, found: list[str], shared: Asker
) -> None:
    names = shared.names(path, search=query)
    assert names == found if "sortby" not in query else sorted(names) == sorted(found)


def test_pages_have_as_many_entries_as_max_says(shared: Asker) -> None:
    names = sorted(shared.names("/vms"))
    pages = [shared.names("/vms", search=f"sortby name page {n}", max=5) for n in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [5, 5, 2, 0]
    assert [name for page in pages for name in page] == names
    assert len(shared.names("/vms", max=3)) == 3


def test_case_counts_only_when_it_is_asked_for(shared: Asker) -> None:
    assert shared.names("/vms", search="name = MAIL") == ["mail"]
    assert shared.names("/vms", search="name = MAIL", case_sensitive="true") == []


WRONG = {
    "name =": "where a value after = should be",
    "= web": "no field before it",
    "colour = red": "no field of Vm",
    "name = a and": "no condition after and",
    "name = a or or name = b": "no condition after or",
    "sortby": "where a field after sortby should be",
    "sortby colour": "no field of Vm",
    "page 0": "numbers from 1 on",
    "page x": "numbers from 1 on",
    "page 1 name = a": "cannot stand there",
    'name = "a': "cannot be read from character",
    "creationdate > yesterday": "is no date",
    "memory > much": "is no number",
}


@pytest.mark.parametrize("query", WRONG)
def test_a_wrong_query_is_refused(query: str, shared: Asker) -> None:
    status, fault = shared("GET", "/vms", search=query)
    assert status == 400
    assert WRONG[query] in fault["detail"]


words = st.text(st.characters(codec="utf-8", exclude_characters='"'), min_size=1).filter(
    lambda text: text == text.strip()
)
conditions = st.builds(
    Condition,
    field=st.from_regex(r"[a-z_][a-z0-9_]{0,8}(\.[a-z_]{1,8})?", fullmatch=True),
    operator=st.sampled_from(OPERATORS),
    value=words,
)
bare = st.builds(Condition, field=st.just(""), operator=st.just("="), value=words)
groups = st.lists(conditions | bare, min_size=1, max_size=3).map(lambda parts: AllOf(tuple(parts)))
queries = st.builds(
    Query,
    where=st.lists(groups, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
    sort_by=st.none() | st.just("name"),
    descending=st.just(False),
    page=st.none() | st.integers(1, 10**6),
)


@given(queries)
def test_a_query_is_read_as_it_was_written(query: Query) -> None:
    assert parse(str(query)) == query


@given(st.text())
def test_any_text_is_a_query_or_refused(text: str) -> None:
    try:
        query = parse(text)
    except BadQuery:
        return
    assert parse(str(query)) == query
