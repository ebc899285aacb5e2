"""Instances of every model, for hypothesis: built from the fields that the models declare."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from rhev.mapping.catalogue import model
from rhev.mapping.fields import FieldSpec, Kind, fields
from rhev.mapping.resources import BaseResources
from rhev.models.index import CLASSES, COLLECTIONS

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from rhev.mapping.structure import Struct

STRUCTS = sorted(CLASSES.values())
ALL = sorted([*STRUCTS, *COLLECTIONS.values()])
DEPTH = 2  # levels of structures below the one that is asked for
FIELDS = 5  # attributes of one structure that are set at a time

# Whatever XML 1.0 can carry, and more often what is written specially in one of the wires.
CHARACTERS = st.one_of(
    st.sampled_from("\t\n\r &<>\"'\\/{}[]:,\x85\xa0\u2028\ufeff\ufffd\U0001f4be\U0010ffff"),
    st.characters(
        codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"
    ),
)
TEXTS = st.one_of(
    st.sampled_from(
        ["", " ", "\n", "\r\n", "]]>", "<!--", "&amp;", "true", "null", "0", "\\u0000"]
    ),
    st.text(CHARACTERS, max_size=12),
)
INTEGERS = st.one_of(
    st.sampled_from([0, -1, 2**31 - 1, 2**31, -(2**31) - 1, 2**63, 2**64, 10**30]), st.integers()
)
# The wire has milliseconds, and offsets in minutes.
TIMESTAMPS = st.builds(
    lambda date, minutes, ms: date.replace(
        microsecond=ms * 1000, tzinfo=timezone(timedelta(minutes=minutes)) if minutes else UTC
    ),
    st.datetimes(datetime(1900, 1, 1), datetime(9998, 1, 1)),
    st.integers(-14 * 60, 14 * 60),
    st.integers(0, 999),
)
_SCALARS: dict[Kind, SearchStrategy[Any]] = {
    Kind.TEXT: TEXTS,
    Kind.INTEGER: INTEGERS,
    Kind.BOOLEAN: st.booleans(),
    Kind.DOUBLE: st.floats(allow_nan=False, allow_infinity=False),
    Kind.DATE: TIMESTAMPS,
}
_FORMATS: dict[str, SearchStrategy[Any]] = {
    "MACAddress": st.from_regex(r"[0-9a-f]{2}(:[0-9a-f]{2}){5}", fullmatch=True),
    "IPAddress": st.ip_addresses().map(str),
    "Bytes": st.integers(0, 2**70),
}


@cache
def instances(name: str, depth: int = DEPTH) -> SearchStrategy[Struct]:
    """Instances of the class of a name, with some of its attributes set."""
    cls: type[Struct] = model(name)
    specs = [spec for spec in fields(cls).values() if depth > 0 or spec.kind is not Kind.STRUCT]
    if not specs:
        return st.builds(cls)
    bare = [spec.name for spec in specs if spec.bare]
    names = st.lists(
        st.sampled_from([spec.name for spec in specs]), max_size=FIELDS, unique=True
    ).map(lambda chosen: [*chosen, *bare] if issubclass(cls, BaseResources) else chosen)
    by_name = {spec.name: spec for spec in specs}
    return names.flatmap(
        lambda chosen: st.fixed_dictionaries({n: _value(by_name[n], depth) for n in chosen})
    ).map(lambda values: cls(**values))


def _value(spec: FieldSpec, depth: int) -> SearchStrategy[Any]:
    one = _one(spec, depth)
    return st.lists(one, max_size=2) if spec.is_list else one


def _one(spec: FieldSpec, depth: int) -> SearchStrategy[Any]:
    match spec.kind:
        case Kind.STRUCT:
            return st.deferred(lambda: instances(spec.type_name, depth - 1))
        case Kind.ENUMERATION:
            return st.sampled_from(list(spec.type)) | unknown_members(spec.type)
        case kind:
            return _FORMATS.get(spec.type_name, _SCALARS[kind])


def unknown_members(enumeration: Any) -> SearchStrategy[Any]:
    """Values that an engine newer than the models may have sent."""
    return st.sampled_from(["brand_new", "Brand-New.2"]).map(enumeration.received)
