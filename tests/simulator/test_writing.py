"""What an engine writes holds what the codecs would, laid out line by line."""

from __future__ import annotations

import json as plain
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from rhev import schema
from rhev.codecs import json, xml
from rhev.codecs.plan import Context
from rhev.mapping.links import Links
from rhev.simulator import Engine
from rhev.simulator.engine import URL
from rhev.simulator.wire import writing
from rhev.transport.base import Request

# What neither wire can carry.
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"))
SEGMENTS = ("vms", "hosts", "templates", "storagedomains", "events", "domains", "disks", "roles")


def indented(document: Any) -> bytes:
    """The same in XML, by other means."""
    root = etree.fromstring(xml.encode(document, links=True))
    etree.indent(root, "    ")
    head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    content: bytes = etree.tostring(root, encoding="utf-8")
    return head + content + b"\n"


def briefly(content: bytes) -> bytes:
    """Empty elements in the one way in which lxml writes them."""
    return re.sub(rb"<([a-z_]+)></\1>", rb"<\1/>", content)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.demo(clock=lambda: 1_700_000_000.0)


@pytest.mark.parametrize("segment", ["", *SEGMENTS])
def test_both_wires_say_what_the_codecs_say(engine: Engine, segment: str) -> None:
    request = Request("GET", f"{URL}/{segment}", {"Accept": "application/xml"})
    content = engine.transport.send(request).content
    document = xml.decode(content, context=Context(strict=True))
    assert content == writing.xml(document)
    assert indented(document) == briefly(content)
    assert plain.loads(writing.json(document)) == json.encode_tree(document, links=True)


@given(TEXTS, TEXTS)
def test_any_text_is_written(text: str, id_: str) -> None:
    document = schema.VM(name=text, tags=[schema.Tag(id=id_), schema.Tag(name=text)])
    base = f"/vms/{id_}"
    object.__setattr__(document, "_links", Links(base, ("nics", "tags")))
    object.__setattr__(document, "_actions", Links.from_pairs(base, {"start": "/elsewhere"}))
    assert briefly(writing.xml(document)) == indented(document)
    assert plain.loads(writing.json(document)) == json.encode_tree(document, links=True)


def test_what_is_empty_is_written_as_engines_do() -> None:
    """A text that is empty is none of those that are not there: the vendor's SDK reads it so."""
    document = schema.VM(name="", tags=[], cpu=schema.CPU())
    assert writing.json(document).decode() == (
        '{\n  "name" : "",\n  "cpu" : { },\n  "tags" : {\n    "tag" : [ ]\n  }\n}'
    )
    assert writing.xml(document).decode().splitlines()[1:] == [
        *("<vm>", "    <name></name>", "    <cpu/>", "    <tags/>", "</vm>")
    ]
