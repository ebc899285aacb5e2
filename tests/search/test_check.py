"""The client's check: what is completed, what is refused, where, and with what is near."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rhev import InvalidSearch, schema
from rhev.models.index import CLASSES
from rhev.search import check, entity, field_of
from rhev.search.attributes import _TABLE, table
from rhev.search.entities import BROKEN, ENUMERATIONS
from rhev.search.grammar import Unreadable, parse
from tests.operations.scripted import Scripted, connected

if TYPE_CHECKING:
    from collections.abc import Sequence

COMPLETED = {
    "sortby name page 2": "sortby name asc page 2",
    "name=a* sortby name page 2": "name=a* sortby name asc page 2",
    "sortby creation_time": "sortby creationdate",
    "creation_time > 1/1/2026": "creationdate > 1/1/2026",
    "status=powering_up": "status=poweringup",
    "creationdate > 2026-11-24": "creationdate > 11/24/2026",
    'creationdate > "2026-11-24T10:30:00"': 'creationdate > "11/24/2026 10:30:00"',
    "cluster.name=prod and name=a": "cluster=prod and name=a",
    "memory_policy.guaranteed > 512": "guaranteed_memory > 512",
    " name=a ": "name=a",
    'name=a\n\tand comment="b\tc"': 'name=a  and comment="b\tc"',
}


@pytest.mark.parametrize("text", COMPLETED)
def test_what_is_plainly_meant_is_completed(text: str) -> None:
    assert check("Vm", text) == COMPLETED[text]
    assert check("Vm", COMPLETED[text]) == COMPLETED[text]


REFUSED: dict[str, tuple[str, int, Sequence[str]]] = {
    "name =": ("no value after '='", 6, ()),
    "name": ("no comparison after 'name'", 4, ()),
    "nosuchfield = 3": ("Vm has no search field 'nosuchfield'", 0, ()),
    "stauts=up": ("Vm has no search field 'stauts'", 0, ("status",)),
    "host.nmae=x": ("Host has no search field 'nmae'", 0, ("name",)),
    "disks.alias=x": ("Vm has no search field 'disks.alias'", 0, ()),
    "(name=a or name=b) and status=up": ("'(' is no grammar", 0, ()),
    "not name=a": ("'not' is no grammar", 0, ()),
    "Vms: name=a": ("leave out 'Vms:'", 0, ()),
    "and name=a": ("no condition before 'and'", 0, ()),
    "name=a or": ("no condition after 'or'", 7, ()),
    "name=(a": ("the grammar has no parentheses", 5, ()),
    "smile:)": ("the grammar has no parentheses", 0, ()),
    "name==a": ("'==' is no comparison", 4, ()),
    "name<a": ("'name' takes != =, not '<'", 4, ()),
    'name="a': ("a double quote that nothing closes", 5, ()),
    'name=a"': ("a double quote may only begin a value", 6, ()),
    "name=it's": ('an engine takes "\'" for an attack', 7, ()),
    "name=a;b": ("an engine takes ';' for an attack", 6, ()),
    "name=a--b": ("an engine takes '--' for an attack", 6, ()),
    "status=runing": ("'runing' is no value of 'status'", 7, ()),
    "status=paussed": ("'paussed' is no value of 'status'", 7, ("paused",)),
    "memory > much": ("which is a whole number", 9, ()),
    "id=7": ("which is a UUID", 3, ()),
    "creationdate > soon": ("which is a date as in 12/31/2026", 15, ()),
    "creationdate > yesterday": ("which is a date as in 12/31/2026", 15, ()),
    "migration_progress_percent=0": ("an engine cannot search by", 27, ()),
    "sortby": ("no field after sortby", 6, ()),
    "sortby nmae": ("Vms cannot be sorted by 'nmae'", 7, ("name",)),
    "sortby name ascending": ("'ascending' is no direction", 12, ("asc",)),
    "page 0": ("pages are numbers from 1 on", 5, ()),
    "page x": ("pages are numbers from 1 on", 5, ()),
    "page 1 sortby name": ("only page and a number may end a query", 0, ()),
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_an_engine_cannot_read_is_refused(text: str) -> None:
    why, position, near = REFUSED[text]
    with pytest.raises(InvalidSearch) as error:
        check("Vm", text)
    assert why in str(error.value)
    assert (error.value.position, error.value.near[:1]) == (position, tuple(near))
    assert isinstance(error.value, ValueError)


@pytest.mark.parametrize(
    ("type_", "text", "why"),
    [
        ("User", "page 1", "can neither be sorted nor paged"),
        ("Group", "sortby name", "can neither be sorted nor paged"),
        ("User", "Vms.name=a", "did you mean 'vm' or 'vms'"),
        ("Event", "hosts.name=a", "did you mean 'host'"),
        ("Host", "templates.name=Blank", "an engine fails on 'templates'"),
        ("InstanceType", "Small", "a text alone cannot be looked for"),
        ("Event", "time > 2026-11-24T10:00", "is no value of 'time'"),
    ],
)
def test_each_entity_has_its_own(type_: str, text: str, why: str) -> None:
    with pytest.raises(InvalidSearch, match=why):
        check(type_, text)


SENT = {
    "Vm": [
        "and",
        "not",
        "f(x)*",
        "R&D,",
        '"not this"',
        "web-0*",
        "name=f(x)",
        "host=host1",
        "name=a*b",
        "name=a name=b",
    ],
    "Event": ["time > yesterday", "severity > normal", "time=11/24/2026"],
    "User": ["usrname=admin@internal", "vms.name=web-01"],
    "Disk": ["storages.name=nfs1 and size > 5"],
}


@pytest.mark.parametrize(("type_", "text"), [(t, text) for t in SENT for text in SENT[t]])
def test_what_an_engine_reads_is_sent_as_it_is(type_: str, text: str) -> None:
    assert check(type_, text) == text


@given(
    st.sampled_from(sorted(_TABLE)),
    st.text(alphabet='namestu=1"<>!.*() andor') | st.text(),
)
def test_what_is_let_through_is_read_by_the_engine(type_: str, text: str) -> None:
    try:
        sent = check(type_, text)
    except InvalidSearch as error:
        position, end = error.position, len(error.search)
    else:
        parse(entity(type_), sent)
        position = end = 0
    assert 0 <= position <= end


@pytest.mark.parametrize(
    ("type_", "attribute", "field"), [(t, a, f) for t in _TABLE for a, f in table(t).items()]
)
def test_an_attribute_is_a_field_that_there_is(
    type_: str, attribute: str, field: str | None
) -> None:
    owner = getattr(schema, CLASSES[type_])
    assert attribute.partition(".")[0] in {*owner.model_fields, "status", "custom_id"} | set(
        dir(owner)
    )
    if field is not None:
        known = entity(type_)
        comparisons = known.fields[field].comparisons if field in known.fields else ("=",)
        value = {"number": "1", "date": "1/1/2026", "flag": "true", "large": "1", "decimal": "1"}
        kind = known.fields[field].kind if field in known.fields else "text"
        first = known.fields[field].values[:1] if field in known.fields else ()
        parse(known, f"{field}{comparisons[-1]}{(*first, value.get(kind, 'x'))[0]}")
    assert field_of(type_, attribute) == field


def test_values_are_written_without_regard_to_case() -> None:
    assert all(value == value.lower() for values in ENUMERATIONS.values() for value in values)
    assert BROKEN.keys() <= {"Host", "User", "Event"}


def test_a_connection_checks_before_it_sends() -> None:
    script = Scripted({"GET /vms": {}})
    with pytest.raises(InvalidSearch, match="nosuchfield"):
        connected(script).getall(schema.VM, search="nosuchfield = 3")
    assert script.calls == []
    connected(script).getall(schema.VM, search="sortby name page 1")
    assert script.query()["search"] == "sortby name asc page 1"


def test_a_connection_without_checks_sends_what_it_is_given() -> None:
    script = Scripted({"GET /vms": {}})
    connected(script, check=False).getall(schema.VM, search="nosuchfield = 3")
    assert script.query()["search"] == "nosuchfield = 3"
    connected(script, check=False).getall(schema.VM, nosuchfield=3)
    assert script.query()["search"] == 'nosuchfield="3"'


def test_unreadable_is_a_value_error() -> None:
    assert issubclass(Unreadable, ValueError)
