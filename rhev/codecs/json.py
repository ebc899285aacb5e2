"""Models from and to JSON: the same tree as in XML, in the engine's own way of writing it.

A list is an object with the name of its entries, ``{"nic": [...]}``. Booleans and integers
of any size are texts, decimals and dates (milliseconds since the epoch) are numbers; both forms
are read. A document has no root name, so that its class must be known.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic_core import from_json, to_json

from rhev.codecs.plan import (
    PLAIN,
    UNREADABLE,
    Context,
    check_size,
    check_texts,
    decoding,
    epoch_milliseconds,
    keep_links,
    keep_lists,
    keep_unknown,
    new,
    scalar_reader,
    set_slot,
    tracked_lists,
)
from rhev.errors import ParseError
from rhev.mapping.fields import FieldSpec, Kind, fields
from rhev.mapping.resources import Addressed, BaseResources

if TYPE_CHECKING:
    from datetime import datetime

    from rhev.mapping.links import Links
    from rhev.mapping.structure import Struct

Reader: TypeAlias = Callable[[Any, Context], Any]
# For each name on the wire: the attribute, what makes a scalar of a value, what makes a structure.
Steps: TypeAlias = dict[str, tuple[str, Any, Any]]
Writer: TypeAlias = Callable[[Any, bool], Any]

CONTENT_TYPE = "application/json"
_REFERENCE = frozenset({"href", "id"})
_OF_COLLECTIONS = frozenset({"actions", "href", "link", "size"})
# How JSON writes the characters that XML could not carry, and now and then some that it could.
_CONTROLS = (b"\\b", b"\\f", b"\\u00")
_NO_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
_POSITION = re.compile(r"(.*) at line (\d+) column (\d+)", re.DOTALL)


def decode(content: bytes, cls: type[Struct], context: Context = PLAIN) -> Any:
    """The model of ``cls`` that a document holds. Raises :class:`rhev.errors.ParseError`."""
    with decoding():
        document = parse(content)
        if not isinstance(document, dict):
            raise ParseError(
                f"a JSON {type(document).__name__} where an object should be", line=1, column=1
            )
        decoded = decode_tree(cls, document, context)
        del document  # before the collector is back, which would walk it
        return decoded


def decode_tree(cls: type[Struct], document: dict[str, Any], context: Context = PLAIN) -> Any:
    """The model that an object holds."""
    if issubclass(cls, BaseResources):
        return _collection(cls, document, context)
    return _struct_reader(cls)(document, context)


def parse(content: bytes) -> Any:
    """The values of a document."""
    check_size(content)
    try:
        return from_json(content, allow_inf_nan=False, cache_strings="all")
    except ValueError as error:
        match = _POSITION.fullmatch(str(error))
        if match is None:
            raise ParseError(f"not well-formed JSON: {error}") from None
        raise ParseError(
            f"not well-formed JSON: {match[1]}", line=int(match[2]), column=int(match[3]) or 1
        ) from None


def _integer(value: Any) -> int:
    if type(value) is str or type(value) is int:
        return int(value)
    raise TypeError("no whole number")


def _scalar_reader(spec: FieldSpec) -> Callable[[Any], Any]:
    """As :func:`scalar_reader`, for values that JSON may have as texts or as what they are."""
    return _integer if spec.kind is Kind.INTEGER else scalar_reader(spec) or _text


def _nested_reader(spec: FieldSpec, steps: Steps) -> Reader:
    """What makes a struct, or a list, of what JSON holds."""
    convert = _scalar_reader(spec)
    one: Reader

    def settle(reader: Reader) -> None:
        nonlocal one
        if spec.is_list:
            one = reader
        else:
            steps[spec.wire] = (spec.name, None, reader)

    one = _late(spec, settle) if spec.kind is Kind.STRUCT else lambda value, context: convert(value)
    if not spec.is_list:
        return one
    item = spec.item

    def read_list(value: Any, context: Context) -> list[Any]:
        if context.strict and value.keys() - {item}:
            raise ValueError("entries of another name")
        entries = _listed(value.get(item))
        return [one(entry, context) for entry in entries]

    return read_list


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    raise TypeError("a structure where a text should be")


@cache
def _struct_reader(cls: type[Struct]) -> Reader:
    """What makes an instance of a class of an object.

    This is where a listing spends its time: the function has all it needs in its own scope, and
    stores nothing that the document does not have.
    """
    steps: Steps = {}
    for spec in fields(cls).values():
        if spec.is_list or spec.kind is Kind.STRUCT:
            steps[spec.wire] = (spec.name, None, _nested_reader(spec, steps))
        else:
            steps[spec.wire] = (spec.name, _scalar_reader(spec), None)
    lists = tracked_lists(cls)
    is_resource = issubclass(cls, Addressed)
    can_be_reference = is_resource and "id" in steps

    def read(document: Any, context: Context) -> Any:
        if (
            can_be_reference
            and document.keys() == _REFERENCE
            and type(document["id"]) is type(document["href"]) is str
        ):
            # A third of what a listing holds are references, which need no reading.
            instance = new(cls)
            set_slot(instance, "__dict__", document)
            set_slot(instance, "_binding", context.binding)
            return instance
        values: dict[str, Any] = {}
        unknown: dict[str, Any] | None = None
        links: dict[str, str] | None = None
        actions: dict[str, str] | None = None
        for key, value in document.items():
            step = steps.get(key)
            if step is not None:
                name, convert, nested = step
                if convert is _text and type(value) is str:
                    values[name] = value
                elif value is not None:
                    try:
                        values[name] = convert(value) if convert else nested(value, context)
                    except UNREADABLE:
                        if unknown is None:
                            unknown = {}
                        unknown[key] = value
            elif key == "link":
                links = _pairs(value)
            elif key == "actions":
                actions = _actions(value)
            else:
                if unknown is None:
                    unknown = {}
                unknown[key] = value
        instance = new(cls)
        set_slot(instance, "__dict__", values)
        if is_resource:
            set_slot(instance, "_binding", context.binding)
            if links or actions:
                keep_links(instance, links, actions)
        if not lists.isdisjoint(values):
            keep_lists(instance, values, lists)
        if unknown:
            keep_unknown(instance, unknown, context)
        return instance

    return read


def _late(spec: FieldSpec, settle: Callable[[Reader], None]) -> Reader:
    """A reader of a class whose module is loaded when a document first has one.

    ``settle`` is told the class's own reader, to use it from then on.
    """

    def read(value: Any, context: Context) -> Any:
        reader = _struct_reader(spec.type)
        settle(reader)
        return reader(value, context)

    return read


def _listed(value: Any) -> list[Any]:
    """The entries of a list, which some write as just the one that there is."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _pairs(links: Any) -> dict[str, str]:
    try:
        return {link["rel"]: link["href"] for link in links}
    except UNREADABLE:
        whole = (link for link in _listed(links) if isinstance(link, dict))
        pairs = ((link.get("rel"), link.get("href")) for link in whole)
        return {k: v for k, v in pairs if isinstance(k, str) and k and isinstance(v, str) and v}


def _actions(value: Any) -> dict[str, str]:
    return _pairs(value.get("link")) if isinstance(value, dict) else {}


def _collection(cls: type[BaseResources[Any]], document: dict[str, Any], context: Context) -> Any:
    (member,) = (spec for spec in fields(cls).values() if spec.bare)
    read = _struct_reader(context.members or member.type)
    members = []
    unreadable = []
    for entry in _listed(document.get(member.wire)):
        try:
            members.append(read(entry, context))
        except UNREADABLE:
            unreadable.append(entry)
    values: dict[str, Any] = {member.name: members}
    unknown = {key: document[key] for key in document.keys() - {member.wire, *_OF_COLLECTIONS}}
    if unreadable:
        unknown[member.wire] = unreadable
    if isinstance(href := document.get("href"), str):
        values["href"] = href
    collection = new(cls)
    set_slot(collection, "__dict__", values)
    set_slot(collection, "_binding", context.binding)
    keep_links(collection, None, _actions(document.get("actions")))
    if unknown:
        keep_unknown(collection, unknown, context)
    return collection


def encode(value: Struct, *, links: bool = False) -> bytes:
    """The document of a model: what is set of it, and its links only if an engine is to send it.

    Raises ValueError for a text with a character that XML could not carry.
    """
    try:
        content = to_json(encode_tree(value, links=links))
    except ValueError:  # half of a surrogate pair, as a rule
        check_texts(value)
        raise
    if (b"\\" in content and any(mark in content for mark in _CONTROLS)) or (
        not content.isascii() and any(mark in content for mark in _NO_CHARACTERS)
    ):
        check_texts(value)
    return content


def encode_tree(value: Struct, *, links: bool = False) -> dict[str, Any]:
    """The object of a model."""
    plan = _writing_plan(type(value))
    document: dict[str, Any] = {}
    for name, entry in value.__dict__.items():
        if entry is not None and name in plan:  # not what a user's subclass adds
            wire, write = plan[name]
            document[wire] = entry if write is None else write(entry, links)
    if links:
        if related := getattr(value, "_links", None):
            document["link"] = _links(related)
        if actions := getattr(value, "_actions", None):
            document["actions"] = {"link": _links(actions)}
    return document


def _links(links: Links) -> list[dict[str, str]]:
    return [{"href": href, "rel": rel} for rel, href in links.items()]


@cache
def _writing_plan(cls: type[Struct]) -> dict[str, tuple[str, Writer | None]]:
    return {name: (spec.wire, _writer(spec)) for name, spec in fields(cls).items()}


def _writer(spec: FieldSpec) -> Writer | None:
    """What makes what JSON holds of a value; None for one that stays as it is."""
    one = _WRITERS[spec.kind]
    if not spec.is_list:
        return one
    item = spec.item

    def write_list(values: list[Any], links: bool) -> Any:
        entries = list(values) if one is None else [one(value, links) for value in values]
        return entries if spec.bare else {item: entries}

    return write_list


def _write_struct(value: Struct, links: bool) -> dict[str, Any]:
    return encode_tree(value, links=links)


def _write_boolean(value: bool, links: bool) -> str:
    return "true" if value else "false"


def _write_integer(value: int, links: bool) -> str:
    return str(value)


def _write_date(value: datetime, links: bool) -> int:
    return epoch_milliseconds(value)


def _write_enumeration(value: Any, links: bool) -> str:
    text: str = value._value_
    return text


_WRITERS: dict[Kind, Writer | None] = {
    Kind.TEXT: None,
    Kind.STRUCT: _write_struct,
    Kind.BOOLEAN: _write_boolean,
    Kind.INTEGER: _write_integer,
    Kind.DOUBLE: None,
    Kind.DATE: _write_date,
    Kind.ENUMERATION: _write_enumeration,
}
