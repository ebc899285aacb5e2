"""Documents as an engine writes them, in either wire: indented, with links and actions.

A listing is where an engine spends its time: each class has a table of how its attributes are
written, and the links of a type, nearly half of a document, are written once for all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from json.encoder import encode_basestring as _string
from typing import TYPE_CHECKING, Any, TypeAlias

from rhev.codecs.plan import epoch_milliseconds, text_writer
from rhev.codecs.xml import escaped, quoted
from rhev.mapping.fields import FieldSpec, Kind, fields
from rhev.mapping.links import Links
from rhev.mapping.resources import Addressed
from rhev.simulator.state.turns import give_way

if TYPE_CHECKING:
    from rhev.mapping.structure import Struct

# What makes the text of a scalar, and what makes that of all else, of which every line begins
# with a given text: a new line and its indentation.
Text: TypeAlias = Callable[[Any], str]
Nested: TypeAlias = Callable[[Any, str], str]
# Of the two for an attribute the first, if there is one.
Writer: TypeAlias = tuple[Text | None, Nested]

# Texts that an engine sends with a type, of which the API's facts do not know.
_UNKNOWN: Mapping[str, tuple[str, ...]] = {"Vm": ("creation_status",)}
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# What XML has no way to write; nothing that came in a document has it.
_CONTROLS = bytes({*range(0x20)} - {*b"\t\n\r"})


def json(document: Struct) -> bytes:
    """A document of JSON."""
    return _object(document, "\n").encode(errors="replace")


def xml(document: Struct) -> bytes:
    """A document of XML."""
    element = _element_writer(document.__xml_tag__ or "")(document, "\n")
    content = f"{_DECLARATION}{element}\n".encode(errors="replace")
    return content.translate(None, _CONTROLS)


# JSON


def _object(value: Struct, line: str) -> str:
    inner = line + "  "
    plan, has_links = _json_plan(type(value))
    members = []
    for name, entry in value.__dict__.items():
        if entry is not None:
            head, text, nested = plan[name]
            members.append(head + (text(entry) if text else nested(entry, inner)))
    if has_links:
        give_way()
        links, actions = _related(value)
        if links:
            members.append(f'"link" : {_written(links, inner, _json_links)}')
        if actions is not None:
            further = f"{inner}  "
            written = _written(actions, further, _json_links) if actions else "[ ]"
            members.append(f'"actions" : {{{further}"link" : {written}{inner}}}')
    if not members:
        return "{ }"
    return f"{{{inner}{f',{inner}'.join(members)}{line}}}"


@cache
def _json_plan(cls: type[Struct]) -> tuple[dict[str, tuple[str, Text | None, Nested]], bool]:
    specs = fields(cls).values()
    plan = {spec.name: (f'"{spec.wire}" : ', *_json_writer(spec)) for spec in specs}
    for name in _UNKNOWN.get(cls.__api_name__, ()):
        plan[name] = (f'"{name}" : ', _string, _object)
    return plan, issubclass(cls, Addressed)


def _json_writer(spec: FieldSpec) -> Writer:
    text = _JSON_TEXTS.get(spec.kind)
    if not spec.is_list:
        return text, _object

    def array(values: Any, line: str) -> str:
        if not values:
            return "[ ]"
        return f"[ {', '.join([text(v) if text else _object(v, line) for v in values])} ]"

    def named(values: Any, line: str) -> str:
        inner = f"{line}  "
        return f'{{{inner}"{spec.item}" : {array(values, inner)}{line}}}'

    return None, array if spec.bare else named


def _number(value: float) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else repr(value)


_JSON_TEXTS: dict[Kind, Text] = {
    Kind.TEXT: _string,
    Kind.BOOLEAN: {True: '"true"', False: '"false"'}.__getitem__,
    Kind.INTEGER: '"%d"'.__mod__,
    Kind.DOUBLE: _number,
    Kind.DATE: lambda value: str(epoch_milliseconds(value)),
    Kind.ENUMERATION: lambda value: _string(value._value_),
}


def _json_links(pairs: dict[str, str], line: str) -> str:
    inner = f"{line}  "
    links = (
        f'{{{inner}"href" : {_string(href)},{inner}"rel" : {_string(rel)}{line}}}'
        for rel, href in pairs.items()
    )
    return f"[ {', '.join(links)} ]"


# XML


def _element_writer(tag: str) -> Nested:
    def element(value: Struct, line: str) -> str:
        inner = f"{line}    "
        attributes, plan, has_links = _xml_plan(type(value))
        values = value.__dict__
        head = f"<{tag}"
        for name, wire in attributes.items():
            if (entry := values.get(name)) is not None:
                head += f' {wire}="{quoted(str(entry))}"'
        elements = []
        for name, entry in values.items():
            if entry is not None and name in plan:
                leaf, nested = plan[name]
                elements.append(leaf(entry) if leaf else nested(entry, inner))
        if has_links:
            give_way()
            links, actions = _related(value)
            if links:
                elements.append(_written(links, inner, _xml_links))
            if actions is not None and not actions:
                elements.append("<actions/>")
            elif actions:
                further = f"{inner}    "
                written = _written(actions, further, _xml_links)
                elements.append(f"<actions>{further}{written}{inner}</actions>")
        return _enclosed(tag, head, elements, line)

    return element


def _enclosed(tag: str, head: str, elements: list[str], line: str) -> str:
    """An element that has these; one that holds nothing is ``<x/>``."""
    inner = f"{line}    "
    content = inner.join(filter(None, elements))
    return f"{head}>{inner}{content}{line}</{tag}>" if content else f"{head}/>"


def _leaf_writer(tag: str, text: Text) -> Text:
    """An empty text is ``<x></x>``: readers take ``<x/>`` for none at all."""
    opening, closing = f"<{tag}>", f"</{tag}>"

    def leaf(value: Any) -> str:
        return f"{opening}{escaped(text(value))}{closing}"

    return leaf


@cache
def _xml_plan(cls: type[Struct]) -> tuple[dict[str, str], dict[str, Writer], bool]:
    specs = fields(cls).values()
    attributes = {spec.name: spec.wire for spec in specs if spec.is_attribute}
    elements = {spec.name: _xml_writer(spec) for spec in specs if not spec.is_attribute}
    for name in _UNKNOWN.get(cls.__api_name__, ()):
        elements[name] = (_leaf_writer(name, str), _element_writer(name))
    return attributes, elements, issubclass(cls, Addressed)


def _xml_writer(spec: FieldSpec) -> Writer:
    tag = spec.item or spec.wire
    leaf = None if spec.kind is Kind.STRUCT else _leaf_writer(tag, text_writer(spec))
    element = _element_writer(tag)
    if not spec.is_list:
        return leaf, element

    def several(values: Any, line: str) -> list[str]:
        return [leaf(value) if leaf else element(value, line) for value in values]

    def bare(values: Any, line: str) -> str:
        return line.join(several(values, line))

    def named(values: Any, line: str) -> str:
        return _enclosed(spec.wire, f"<{spec.wire}", several(values, f"{line}    "), line)

    return None, bare if spec.bare else named


def _xml_links(pairs: dict[str, str], line: str) -> str:
    links = (f'<link href="{quoted(href)}" rel="{quoted(rel)}"/>' for rel, href in pairs.items())
    return line.join(links)


# Links

Write: TypeAlias = Callable[[dict[str, str], str], str]
# Stands for the address of a resource.
_BASE = "\ue000"


_links_of = Addressed.__dict__["_links"].__get__
_actions_of = Addressed.__dict__["_actions"].__get__


def _related(value: Struct) -> tuple[Links | None, Links | None]:
    """The links and the actions. A reference has neither: asking its class costs more than it."""
    try:
        links = _links_of(value)
    except AttributeError:
        links = None
    try:
        return links, _actions_of(value)
    except AttributeError:
        return links, None


def _written(links: Links, line: str, write: Write) -> str:
    """Links, of which the most differ from one resource to the next by its address alone."""
    base = links.base
    if base is None or not base.isprintable() or not {*base}.isdisjoint('"\\&<>'):
        return write(dict(links), line)
    return base.join(_around_base(tuple(links), line, write))


@cache
def _around_base(names: tuple[str, ...], line: str, write: Write) -> list[str]:
    return write(dict(Links(_BASE, names)), line).split(_BASE)
