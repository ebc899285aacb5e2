"""What a query finds, in which order, and how what is no query is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rhev.mapping.catalogue import model
from rhev.mapping.fields import Kind, fields
from rhev.models.index import CLASSES
from rhev.search import entity
from rhev.simulator.search.fields import FIELDS
from rhev.simulator.search.values import WORKED_OUT

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
    "name = mail or name = web* and status = down": ["mail", "web-03"],
    "status = Up and cluster = databases": ["db-01", "db-02"],
    "cluster = databases": ["db-01", "db-02"],
    "host.name = node-03": ["db-01", "db-02"],
    "hosts = node-03": ["db-01", "db-02"],
    "status = up name = mail or name = web-01": ["mail", "web-01"],
    "datacenter = Default and name = *-01 and memory > 9000": ["db-01"],
    "memory = 16384": ["db-01", "db-02"],
    "tag = staging": ["app-03", "web-03"],
    "template = windows2019": ["desktop-01", "desktop-02"],
    "template.name = windows*": ["desktop-01", "desktop-02"],
    "vnic.network_name = nothing": [],
    'name = "web-01"': ["web-01"],
    "creationdate > 1/1/2100": [],
    "name = w* sortby name desc": ["web-03", "web-02", "web-01"],
    "name = w* sortby creationdate desc": ["web-03", "web-02", "web-01"],
    "sortby name asc page 2": [],
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
        ("/disks", "vm_names = mail", ["rhel9_root"]),
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
    pages = [shared.names("/vms", search=f"sortby name asc page {n}", max=5) for n in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [5, 5, 2, 0]
    assert [name for page in pages for name in page] == names
    assert len(shared.names("/vms", max=3)) == 3


def test_case_counts_only_when_it_is_asked_for(shared: Asker) -> None:
    assert shared.names("/vms", search="name = MAIL") == ["mail"]
    assert shared.names("/vms", search="name = MAIL", case_sensitive="true") == []


# As an engine 4.5.7 answers: what it cannot read finds nothing, what its database cannot fails.
WRONG = {
    "name =": 200,
    "= web": 200,
    "colour = red": 200,
    "name = a and": 200,
    "sortby": 200,
    "sortby colour": 200,
    "sortby name page 1": 200,
    "page x": 200,
    "page 1 name = a": 200,
    'name = "a': 200,
    "name = it's": 200,
    "(name = mail)": 200,
    "status = powering_up": 200,
    "memory > much": 200,
    "creationdate > 2020-01-01": 200,
    "page 0": 400,
    "id = nosuch": 400,
    "migration_progress_percent = 0": 400,
    "creationdate > yesterday": 500,
}


@pytest.mark.parametrize("query", WRONG)
def test_a_wrong_query_is_answered_as_an_engine_does(query: str, shared: Asker) -> None:
    status, document = shared("GET", "/vms", search=query)
    assert status == WRONG[query]
    assert "vm" not in document


@pytest.mark.parametrize("path", ["/users", "/groups"])
def test_users_can_be_searched_and_neither_paged_nor_sorted(path: str, shared: Asker) -> None:
    assert shared.names(path, search="name = *") == shared.names(path)
    assert shared.names("/users")
    for query in ("page 1", "sortby name asc", "name = * page 1"):
        assert shared.names(path, search=query) == []


@pytest.mark.parametrize(("type_", "field"), [(t, f) for t in FIELDS for f in FIELDS[t]])
def test_a_field_means_an_attribute_that_there_is(type_: str, field: str) -> None:
    assert field in entity(type_).fields
    owner = model(CLASSES[type_]) if type_ in CLASSES else None
    for step in FIELDS[type_][field].split("."):
        if owner is None or step == "*" or (type_, step) in WORKED_OUT:
            break  # a product, or what the engine works out and never shows
        spec = fields(owner)[step]
        owner = spec.type if spec.kind is Kind.STRUCT else None
