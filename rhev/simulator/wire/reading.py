"""A request's body as an engine reads it: what it forgives, and what it refuses how.

Either wire becomes one kind of tree, that of JSON with the names of the API, of which models are
made. XML is the more forgiving of the two: attributes that it does not know, text between
elements and entities are passed over, and of an element given twice the last counts.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

import lxml.etree as etree

from rhev.codecs import json as codec
from rhev.codecs.plan import check_texts, parse_date
from rhev.mapping.fields import FieldSpec, Kind, fields
from rhev.mapping.resources import BaseResources
from rhev.models.index import DOCUMENTS
from rhev.simulator.state.refusals import INVALID, SYNTAX, Refusal
from rhev.simulator.state.values import STRICT

if TYPE_CHECKING:
    from rhev.mapping.structure import Struct

Tree: TypeAlias = dict[str, Any]

_LINKS = frozenset({"link", "actions"})
_LONG = 2**63 - 1
_WHOLE = re.compile(r"[+-]?\d+")
_SURROGATES = re.compile("[\ud800-\udfff]")
_MOST_LEVELS = 200


def xml(content: bytes, cls: type[Struct]) -> Any:
    """The model that a document of XML has. Raises Refusal."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _wrong(f"this is no XML: {error}") from None
    if root.tag != cls.__xml_tag__:
        if root.tag in DOCUMENTS or root.tag == "action":
            what = f"java.lang.ClassCastException: a {root.tag} is no {cls.__xml_tag__}"
            raise Refusal(500, page=what)
        raise _wrong(f"there is no <{root.tag}>, where a <{cls.__xml_tag__}> is expected")
    return _model(_of_element(root, cls), cls)


def from_json(content: bytes, cls: type[Struct]) -> Any:
    """The model that a document of JSON has; None where it has nothing. Raises Refusal.

    What follows the first value is not looked at.
    """
    try:
        text = content.decode().lstrip("\ufeff").lstrip(" \t\r\n")
        value = _DECODER.raw_decode(text)[0] if text else None
    except (ValueError, RecursionError) as error:
        raise _wrong(f"this is no JSON: {error}") from None
    if value is None:
        return None
    return _model(_of_object(value, cls), cls)


def _model(tree: Tree, cls: type[Struct]) -> Any:
    value = codec.decode_tree(cls, tree, STRICT)
    try:
        check_texts(value)
    except ValueError as error:
        raise _wrong(str(error)) from None
    return value


def _wrong(what: str) -> Refusal:
    return Refusal(400, SYNTAX, what)


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)


@cache
def _specs(cls: type[Struct]) -> dict[str, FieldSpec]:
    return {spec.wire: spec for spec in fields(cls).values()}


# XML


def _of_element(element: Any, cls: type[Struct], level: int = 0) -> Tree:
    if level > _MOST_LEVELS:
        raise _wrong("the document is nested too deeply")
    specs = _specs(cls)
    tree: Tree = {
        name: _scalar_text(specs[name], text)
        for name, text in element.items()
        if name in specs and not specs[name].is_list and specs[name].kind is not Kind.STRUCT
    }
    for child in element:
        tag = child.tag
        if not isinstance(tag, str) or tag in _LINKS:
            continue
        if (spec := specs.get(tag)) is None:
            raise _wrong(f"<{element.tag}> has no <{tag}>")
        if spec.bare:
            tree.setdefault(tag, []).append(_of_entry(child, spec, level))
        elif spec.is_list:
            entries = [entry for entry in child if isinstance(entry.tag, str)]
            if wrong := [entry.tag for entry in entries if entry.tag != spec.item]:
                raise _wrong(f"<{tag}> is a list of <{spec.item}>, and has no <{wrong[0]}>")
            tree[tag] = {spec.item: [_of_entry(entry, spec, level) for entry in entries]}
        else:
            tree[tag] = _of_entry(child, spec, level)
    return tree


def _of_entry(element: Any, spec: FieldSpec, level: int) -> Any:
    if spec.kind is Kind.STRUCT:
        return _of_element(element, spec.type, level + 1)
    if any(isinstance(child.tag, str) for child in element):
        raise _wrong(f"<{spec.wire}> has elements, where it has a text only")
    text = (element.text or "") + "".join(child.tail or "" for child in element)
    return _scalar_text(spec, text)


# Enumerations of which any text is taken: what an action is to end as is not heeded.
_UNCHECKED = frozenset({"CreationStatus"})


def _scalar_text(spec: FieldSpec, text: str) -> Any:
    """The value of a text, as XML has it: nothing is a zero, or false."""
    if spec.kind is Kind.TEXT:
        return text
    text = text.strip()
    if spec.kind is Kind.INTEGER:
        if not _WHOLE.fullmatch(text or "0"):
            raise _wrong(f"{spec.wire} is {text!r}, which is no whole number")
        if abs(int(text or 0)) > _LONG:
            raise Refusal(400, INVALID, f"{spec.wire} is {text}, and the greatest is {_LONG}")
        return int(text or 0)
    if spec.kind is Kind.BOOLEAN:
        value = {"true": True, "1": True, "false": False, "0": False, "": False}.get(text.lower())
        if value is None:
            raise Refusal(400, INVALID, f"{spec.wire} is '{text}', neither true nor false")
        return value
    if spec.kind is Kind.ENUMERATION:
        if (known := _members(spec.type).get(text.lower())) is None:
            valid = ", ".join(f"'{member}'" for member in _members(spec.type))
            if spec.type_name in _UNCHECKED:
                return None
            raise Refusal(400, INVALID, f"'{text}' is no {spec.type_name}, which is one of {valid}")
        return known
    return _checked(spec, text)


# JSON


def _of_object(value: Any, cls: type[Struct]) -> Tree:
    if issubclass(cls, BaseResources) and isinstance(value, list):
        raise _wrong("this is a list, where an object is expected")
    if not isinstance(value, dict):
        raise _wrong(f"this is a {type(value).__name__}, where an object is expected")
    specs = _specs(cls)
    tree: Tree = {}
    for name, entry in value.items():
        if name in _LINKS or entry is None:
            continue
        if (spec := specs.get(name)) is None:
            raise _unrecognized(name, cls)
        if spec.bare:
            tree[name] = [_of_member(each, spec) for each in _list(entry, name)]
        elif spec.is_list:
            if not isinstance(entry, dict):
                raise _wrong(f"{name} is an object that has a list named {spec.item}")
            for other in entry:
                if other != spec.item:
                    raise _unrecognized(other, cls)
            listed = _list(entry.get(spec.item) or [], name)
            tree[name] = {spec.item: [_of_member(each, spec) for each in listed]}
        else:
            tree[name] = _of_member(entry, spec)
    return tree


def _unrecognized(name: str, cls: type[Struct]) -> Refusal:
    """The page with which the reader of JSON refuses. Clients know the words."""
    escaped = re.sub(r"[^\w.-]", "?", name)
    what = f"Unrecognized field &quot;{escaped}&quot; (class {cls.__api_name__}) is in the body"
    return Refusal(400, page=what)


def _list(value: Any, name: str) -> list[Any]:
    if not isinstance(value, list):
        raise _wrong(f"{name} has a {type(value).__name__}, where a list is expected")
    return value


def _of_member(value: Any, spec: FieldSpec) -> Any:
    if spec.kind is Kind.STRUCT:
        return _of_object(value, spec.type)
    if isinstance(value, dict | list):
        raise _wrong(f"{spec.wire} is a structure, where a value is expected")
    if spec.kind is Kind.TEXT:
        return _SURROGATES.sub("?", value) if isinstance(value, str) else value
    text = value.strip() if isinstance(value, str) else value
    if spec.kind is Kind.INTEGER:
        if isinstance(text, bool | float) or not _WHOLE.fullmatch(str(text)):
            raise _wrong(f"{spec.wire} is {value!r}, where a whole number is expected")
        if abs(int(text)) > _LONG:
            raise _wrong(f"{spec.wire} is {text}, and the greatest is {_LONG}")
        return int(text)
    if spec.kind is Kind.BOOLEAN:
        if isinstance(text, int):
            return bool(text)
        if (known := {"true": True, "false": False}.get(str(text).lower())) is None:
            raise _wrong(f"{spec.wire} is {value!r}, neither true nor false")
        return known
    if spec.kind is Kind.ENUMERATION:
        if (member := _members(spec.type).get(str(text).lower())) is None:
            raise _wrong(f"{spec.wire} is {value!r}, which is no {spec.type_name}")
        return member
    return _checked(spec, text)


@cache
def _members(enumeration: Any) -> dict[str, str]:
    return {member.value.lower(): member.value for member in enumeration.__members__.values()}


def _checked(spec: FieldSpec, value: Any) -> Any:
    """A decimal or a date, if it is one."""
    try:
        if spec.kind is Kind.DATE:
            parse_date(value)
        else:
            value = float(value)
    except (ValueError, TypeError, OverflowError):
        raise _wrong(f"{spec.wire} is {value!r}, which is no {spec.kind.name.lower()}") from None
    return value
