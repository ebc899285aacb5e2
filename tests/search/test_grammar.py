"""The grammar: what an engine reads a text as."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rhev import search
from rhev.search import Condition, Query, Unreadable, parse, unsendable, written
from rhev.search.entities import entity

VM = entity("Vm")

name, up = Condition("", "name", "=", "a"), Condition("", "status", "=", "up")
READ = {
    "": Query(),
    "name=a": Query((((name,),),)),
    "NAME = a": Query((((name,),),)),
    'name = "a"': Query((((name,),),)),
    "name=a and status=up": Query((((name, up),),)),
    "name=a or status=up": Query((((name,), (up,)),)),
    "name=a status=up": Query((((name,),), ((up,),))),
    "name=a or name=a and status=up": Query((((name,), (name, up)),)),
    "name=a or status=up name=a": Query((((name,), (up,)), ((name,),))),
    "name!=a": Query((((Condition("", "name", "!=", "a"),),),)),
    "memory >= 512": Query((((Condition("", "memory", ">=", "512"),),),)),
    "hosts.name=h1": Query((((Condition("hosts", "name", "=", "h1"),),),)),
    "host = h*": Query((((Condition("host", "", "=", "h*"),),),)),
    "web": Query((((Condition("", "", "=", "web"),),),)),
    '"web 01"': Query((((Condition("", "", "=", "web 01"),),),)),
    "(name=a)": Query((((Condition("", "", "=", "(name=a)"),),),)),
    "names": Query((((Condition("", "", "=", "names"),),),)),
    "name=a organic": Query((((name,), (Condition("", "", "=", "ganic"),)),)),
    "page 2": Query(page=2),
    "sortby name": Query(sort_by="name"),
    "name=a sortby name desc page 12": Query((((name,),),), "name", descending=True, page=12),
}


@pytest.mark.parametrize("text", READ)
def test_a_query_is_read(text: str) -> None:
    assert parse(VM, text) == READ[text]


UNREADABLE = {
    "name": 4,
    "name=": 5,
    "name<a": 4,
    "name=a and": 10,
    'name="a': 5,
    'name=a"': 6,
    "name=it's": 7,
    "status=nosuch": 7,
    "memory=much": 7,
    "nosuch = 3": 7,
    "web mail": 4,
    "name=a sortby": 13,
    "sortby nosuch": 7,
    "sortby name page 1": 12,
    "page -1": 5,
    "page 1 sortby name": 7,
    "vnics.mac=x": 0,
}


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_cannot_be_read_says_where(text: str) -> None:
    with pytest.raises(Unreadable) as error:
        parse(VM, text)
    assert error.value.position == UNREADABLE[text]


texts = [field.name for field in VM.fields.values() if field.kind == "text"]
values = st.text(min_size=1).filter(lambda text: unsendable(text) is None)
conditions = st.builds(
    Condition,
    reference=st.just("") | st.sampled_from(["hosts", "template", "users"]),
    field=st.just("name"),
    operator=st.sampled_from(["=", "!="]),
    value=values,
) | st.builds(
    Condition,
    reference=st.just(""),
    field=st.sampled_from(texts),
    operator=st.just("="),
    value=values,
)
alternatives = st.lists(conditions, min_size=1, max_size=3).map(tuple)
groups = st.lists(alternatives, min_size=1, max_size=3).map(tuple)
queries = st.builds(
    Query,
    where=st.lists(groups, max_size=3).map(tuple),
    sort_by=st.none() | st.sampled_from(texts),
    descending=st.just(False),
    page=st.none() | st.integers(1, 10**6),
)


@given(queries)
def test_a_query_is_read_as_it_was_written(query: Query) -> None:
    assert parse(VM, str(query)) == query


@given(queries)
def test_a_query_that_was_written_is_sent_as_it_is(query: Query) -> None:
    assert search.check("Vm", str(query)) == str(query)


@given(st.text())
def test_a_value_stays_a_value_or_cannot_be_sent(value: str) -> None:
    try:
        text = f"name={written(value)} and status=up"
    except ValueError:
        assert unsendable(value) is not None
        return
    ((where,),) = parse(VM, text).where
    assert where == (Condition("", "name", "=", value), up)


@given(st.text(alphabet="ab =\"<>!.*()'andorsbypgeti1") | st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    position = 0
    try:
        parse(VM, text)
    except Unreadable as error:
        position = error.position
    assert 0 <= position <= len(text)
