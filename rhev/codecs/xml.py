"""Models from and to XML."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import TYPE_CHECKING, Any, TypeAlias

import lxml.etree as etree

from rhev.codecs.leftovers import raw, refuse_surplus, with_entry
from rhev.codecs.plan import (
    PLAIN,
    UNREADABLE,
    Context,
    check_size,
    check_texts,
    decoding,
    keep_links,
    keep_lists,
    keep_unknown,
    new,
    scalar_reader,
    set_slot,
    text_writer,
    tracked_lists,
)
from rhev.errors import ParseError
from rhev.mapping.catalogue import model as model_of
from rhev.mapping.fields import FieldSpec, Kind, fields
from rhev.mapping.links import NO_LINKS, Links
from rhev.mapping.resources import Addressed, BaseResources
from rhev.models.index import DOCUMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rhev.mapping.structure import Struct

# lxml's own stubs make every text of an element optional; in the documents here none is.
Element: TypeAlias = Any
Reader: TypeAlias = Callable[[Element, Context], Any]
# For each name on the wire: the attribute, what makes a scalar of a text, what makes a structure.
Steps: TypeAlias = dict[str, tuple[str, Any, Any]]
Writer: TypeAlias = Callable[[list[str], Any, bool], None]

CONTENT_TYPE = "application/xml"
# What XML cannot carry, in UTF-8: most control characters, and two that are none.
_CONTROLS = bytes({*range(0x20)} - {*b"\t\n\r"})
_NO_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")


def decode(content: bytes, cls: type[Struct] | None = None, context: Context = PLAIN) -> Any:
    """The model that a document holds.

    Its class is that of the root element; ``cls`` is what was asked for, and settles the class of
    a collection under a root that the models do not know, if it has members. Raises
    :class:`rhev.errors.ParseError` for what is not well-formed, what declares a DTD, and for a root
    that is nothing of the API's.
    """
    root = parse(content)
    name = None if cls is not None and root.tag == cls.__xml_tag__ else DOCUMENTS.get(root.tag)
    if name is not None:
        known: type[Struct] = model_of(name)
        cls = known
    elif cls is None or (root.tag != cls.__xml_tag__ and not issubclass(cls, BaseResources)):
        raise _unexpected(root, cls)
    with decoding():
        decoded = decode_tree(cls, root, context)
    # What holds no member either is nothing of the API's, and no collection that is empty.
    if name is None and root.tag != cls.__xml_tag__ and not decoded:
        raise _unexpected(root, cls)
    return decoded


def _unexpected(root: Element, cls: type[Struct] | None) -> ParseError:
    expected = f", not the <{cls.__xml_tag__}> that was asked for" if cls else ""
    return ParseError(f"the document is a <{root.tag}>{expected}", line=root.sourceline, column=1)


def decode_tree(cls: type[Struct], root: Element, context: Context = PLAIN) -> Any:
    """The model that an element holds."""
    if issubclass(cls, BaseResources):
        return _collection(cls, root, context)
    return _struct_reader(cls)(root, context)


def parse(content: bytes | str) -> Element:
    """The root element of a document in which nothing reaches outside of it."""
    encoding = None
    if isinstance(content, str):  # whatever encoding its declaration names
        content, encoding = content.encode(errors="replace"), "utf-8"
    check_size(content)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        remove_blank_text=True,
        collect_ids=False,
        encoding=encoding,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise ParseError(
            f"not well-formed XML: {_said(error)}", line=line or 1, column=column or 1
        ) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise ParseError(
            "the document declares a DTD, which the API has no use for", line=1, column=1
        )
    return root


def _said(error: etree.XMLSyntaxError) -> str:
    """What libxml2 says, without the position, which is said apart."""
    return (error.msg or "").partition(", line ")[0]


def _nested_reader(spec: FieldSpec, steps: Steps) -> Reader:
    """What makes a struct, or a list, of an element."""
    convert = scalar_reader(spec) or str

    def read_scalar(element: Element, context: Context) -> Any:
        return convert(element.text or "")

    one: Reader = read_scalar

    def settle(reader: Reader) -> None:
        nonlocal one
        if spec.is_list:
            one = reader
        else:
            steps[spec.wire] = (spec.name, None, reader)

    if spec.kind is Kind.STRUCT:
        one = _late(spec, settle)
    if not spec.is_list:
        return one
    item = spec.item or spec.wire
    nests = spec.kind is Kind.STRUCT

    def read_list(element: Element, context: Context) -> list[Any]:
        entries = [one(child, context) for child in element if child.tag == item]
        if context.strict:
            refuse_surplus(element, {item: nests}, repeatable=True)
            if len(entries) != len(element):
                raise ValueError("entries of another name")
        if not entries and element.text and element.text.strip():
            raise ValueError("a text where a list should be")
        return entries

    return read_list


@cache
def _struct_reader(cls: type[Struct]) -> Reader:
    """What makes an instance of a class of an element: see its twin for JSON."""
    steps: Steps = {}
    for spec in fields(cls).values():
        if spec.is_list or spec.kind is Kind.STRUCT:
            steps[spec.wire] = (spec.name, None, _nested_reader(spec, steps))
        else:
            steps[spec.wire] = (spec.name, scalar_reader(spec) or str, None)
    lists = tracked_lists(cls)
    is_resource = issubclass(cls, Addressed)

    def read(element: Element, context: Context) -> Any:
        values: dict[str, Any] = {}
        unknown: dict[str, Any] | None = None
        links: dict[str, str] | None = None
        actions: dict[str, str] | None = None
        for tag, text in element.items():
            step = steps.get(tag)
            if step is not None and step[1] is str:
                values[step[0]] = text
            else:
                unknown = _attribute(step, tag, text, values, unknown)
        for child in element:
            tag = child.tag
            step = steps.get(tag)
            if step is not None:
                name, convert, nested = step
                try:
                    if nested is not None:
                        values[name] = nested(child, context)
                    elif text := child.text:
                        values[name] = text if convert is str else convert(text)
                    elif convert is str and not len(child):
                        values[name] = ""
                    else:
                        raise ValueError("nothing where a value should be")
                except UNREADABLE:
                    if context.keep_texts and nested is None and not len(child):
                        values[name] = child.text or ""
                    else:
                        unknown = with_entry(unknown, tag, raw(child))
            elif tag == "link":
                if links is None:
                    links = {}
                links[child.get("rel")] = child.get("href")
            elif tag == "actions":
                actions = {link.get("rel"): link.get("href") for link in child}
            else:
                unknown = with_entry(unknown, tag, raw(child))
        if context.strict:
            refuse_surplus(element, {tag: step[2] is not None for tag, step in steps.items()})
        if not values and unknown is None and element.text and element.text.strip():
            raise ValueError("a text where elements should be")
        instance = new(cls)
        set_slot(instance, "__dict__", values)
        if is_resource:
            set_slot(instance, "_binding", context.binding)
            if links or actions:
                keep_links(instance, links, actions)
        if not lists.isdisjoint(values):
            keep_lists(instance, values, lists)
        if unknown:
            keep_unknown(instance, unknown, context, element.sourceline)
        return instance

    return read


def _late(spec: FieldSpec, settle: Callable[[Reader], None]) -> Reader:
    """A reader of a class whose module is loaded when a document first has one.

    ``settle`` is told the class's own reader, to use it from then on.
    """

    def read(element: Element, context: Context) -> Any:
        reader = _struct_reader(spec.type)
        settle(reader)
        return reader(element, context)

    return read


def _attribute(
    step: tuple[str, Any, Any] | None,
    tag: str,
    text: str,
    values: dict[str, Any],
    unknown: dict[str, Any] | None,
) -> dict[str, Any] | None:
    """Reads an XML attribute where the models have an element: engines write some values so."""
    if step is not None and step[1] is not None:
        try:
            values[step[0]] = step[1](text)
        except UNREADABLE:
            pass
        else:
            return unknown
    return with_entry(unknown, tag, text)


def _collection(cls: type[BaseResources[Any]], element: Element, context: Context) -> Any:
    (member,) = (spec for spec in fields(cls).values() if spec.bare)
    read = _struct_reader(context.members or member.type)
    wire = member.wire
    members: list[Any] = []
    values: dict[str, Any] = {member.name: members}
    unknown: dict[str, Any] | None = None
    for name, text in element.items():
        if name == "href":
            values[name] = text
        else:
            unknown = with_entry(unknown, name, text)
    for child in element:
        tag = child.tag
        if tag == wire:
            try:
                members.append(read(child, context))
            except UNREADABLE:
                unknown = with_entry(unknown, tag, raw(child))
        elif tag not in ("actions", "link", "size"):
            unknown = with_entry(unknown, tag, raw(child))
    if context.strict:
        refuse_surplus(element, {wire: True}, repeatable=True)
    collection = new(cls)
    set_slot(collection, "__dict__", values)
    set_slot(collection, "_binding", context.binding)
    actions = {link.get("rel"): link.get("href") for link in element.iterfind("actions/link")}
    keep_links(collection, None, actions)
    if unknown:
        keep_unknown(collection, unknown, context, element.sourceline)
    return collection


def encode(value: Struct, *, links: bool = False) -> bytes:
    """The document of a model: what is set of it, and its links only if an engine is to send it.

    Raises ValueError for a text with a character that XML cannot carry.
    """
    parts: list[str] = []
    _write_struct(value.__xml_tag__ or "", parts, value, links)
    try:
        content = "".join(parts).encode()
    except UnicodeEncodeError:  # half of a surrogate pair
        check_texts(value)
        raise
    controls = len(content) - len(content.translate(None, _CONTROLS))
    if controls or (not content.isascii() and any(mark in content for mark in _NO_CHARACTERS)):
        check_texts(value)
        raise ValueError("a link has a character that no document can carry")
    return content


def _write_struct(tag: str, parts: list[str], value: Struct, links: bool) -> None:
    attributes, elements = _writing_plan(type(value))
    values = value.__dict__
    parts.append(f"<{tag}")
    for name, wire in attributes.items():
        text = values.get(name)
        if text is not None:
            parts.append(f' {wire}="{quoted(str(text))}"')
    opened = len(parts)
    parts.append(">")
    for name, entry in values.items():
        if entry is not None and (write := elements.get(name)) is not None:
            write(parts, entry, links)
    if links:
        _write_links(parts, value)
    _close(tag, parts, opened)


def _close(tag: str, parts: list[str], opened: int) -> None:
    """Ends an element; one that holds nothing is ``<x/>``, as engines write it.

    The vendor's SDK loses its place in ``<x></x>`` where it expects a structure.
    """
    if len(parts) == opened + 1:
        parts[opened] = parts[opened][:-1] + "/>"
    else:
        parts.append(f"</{tag}>")


def _write_links(parts: list[str], value: Struct) -> None:
    def write(links: Links | None) -> None:
        for rel, href in (links or NO_LINKS).items():
            parts.append(f'<link href="{quoted(href)}" rel="{quoted(rel)}"/>')

    write(getattr(value, "_links", None))
    actions = getattr(value, "_actions", None)
    if actions:
        parts.append("<actions>")
        write(actions)
        parts.append("</actions>")


@cache
def _writing_plan(cls: type[Struct]) -> tuple[dict[str, str], dict[str, Writer]]:
    specs = fields(cls)
    attributes = {name: spec.wire for name, spec in specs.items() if spec.is_attribute}
    elements = {n: _writer(spec) for n, spec in specs.items() if not spec.is_attribute}
    return attributes, elements


def _writer(spec: FieldSpec) -> Writer:
    tag = spec.item or spec.wire
    if spec.kind is Kind.STRUCT:
        one: Writer = partial(_write_struct, tag)
    else:
        one = _text_element_writer(tag, text_writer(spec))
    if not spec.is_list:
        return one

    def write_list(parts: list[str], values: Iterable[Any], links: bool) -> None:
        if spec.bare:
            for value in values:
                one(parts, value, links)
        else:
            opened = len(parts)
            parts.append(f"<{spec.wire}>")
            for value in values:
                one(parts, value, links)
            _close(spec.wire, parts, opened)

    return write_list


def _text_element_writer(tag: str, text: Callable[[Any], str]) -> Writer:
    opening, closing = f"<{tag}>", f"</{tag}>"

    def write(parts: list[str], value: Any, links: bool) -> None:
        parts.append(f"{opening}{escaped(text(value))}{closing}")

    return write


def escaped(text: str) -> str:
    """A text as it stands between tags."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if "\r" in text:
        text = text.replace("\r", "&#13;")
    return text


def quoted(text: str) -> str:
    """A text as it stands in an attribute, between double quotes."""
    text = escaped(text)
    for character, reference in (('"', "&quot;"), ("\n", "&#10;"), ("\t", "&#9;")):
        text = text.replace(character, reference)
    return text
