"""Documents that are malformed, truncated or hostile: a ParseError, and nothing else, ever."""

from __future__ import annotations

import gc
import re
import sys
import threading
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic_core import to_json

from rhev import schema
from rhev.codecs import json, plan, xml
from rhev.codecs.plan import Context
from rhev.errors import ParseError
from rhev.mapping.fields import fields
from tests.unchecked import new

from .strategies import TEXTS, instances

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rhev.mapping.structure import Struct

BILLION_LAUGHS = (
    b'<!DOCTYPE vm [<!ENTITY a "ha"><!ENTITY b "'
    + b"&a;" * 50
    + b'"><!ENTITY c "'
    + b"&b;" * 50
    + b'">]><vm><name>&c;</name></vm>'
)
SMALL = new(
    schema.VM,
    id="7",
    name="é\U0001f4be",
    memory=1 << 40,
    nics=[{"mac": {"address": "00:00:00:00:00:01"}}],
)


def in_xml(content: bytes) -> Any:
    return xml.decode(content, schema.VM)


def in_json(content: bytes) -> Any:
    return json.decode(content, schema.VM)


both_wires = pytest.mark.parametrize(
    ("decode", "encode"), [(in_xml, xml.encode), (in_json, json.encode)], ids=["xml", "json"]
)


@pytest.mark.parametrize(
    "document",
    [
        BILLION_LAUGHS,
        b'<!DOCTYPE vm [<!ENTITY a "b">]><vm><name>&a;</name></vm>',
        b'<!DOCTYPE vm SYSTEM "http://127.0.0.1:9/a.dtd"><vm/>',
        b"<!DOCTYPE vm><vm/>",
        b'<!DOCTYPE vm [<!ATTLIST vm id CDATA "injected">]><vm/>',
        b"<vm><name>&undeclared;</name></vm>",
    ],
)
def test_declarations_are_refused(document: bytes) -> None:
    with pytest.raises(ParseError):
        in_xml(document)


def test_no_file_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("s3cret")
    document = f'<!DOCTYPE vm [<!ENTITY a SYSTEM "{secret.as_uri()}">]><vm><name>&a;</name></vm>'
    with pytest.raises(ParseError, match="DTD") as refused:
        in_xml(document.encode())
    assert "s3cret" not in str(refused.value)


def test_no_other_document_is_included(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("s3cret")
    vm = in_xml(
        b'<vm xmlns:xi="http://www.w3.org/2001/XInclude"><name>a</name><xi:include parse="text"'
        b' href="' + secret.as_uri().encode() + b'"/></vm>'
    )
    assert vm.name == "a"
    assert "s3cret" not in repr(vm.model_extra)


@both_wires
def test_a_size_that_no_engine_sends(
    decode: Callable[[bytes], Any],
    encode: Callable[[Struct], bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = encode(SMALL)
    monkeypatch.setattr(plan, "MAX_SIZE", len(content))
    assert decode(content) == SMALL
    monkeypatch.setattr(plan, "MAX_SIZE", len(content) - 1)
    with pytest.raises(ParseError, match=f"has {len(content)} bytes"):
        decode(content)


def nested_xml(levels: int, tag: str) -> bytes:
    return b"<vm>" + f"<{tag}>".encode() * levels + f"</{tag}>".encode() * levels + b"</vm>"


def nested_json(levels: int, key: str) -> bytes:
    return f'{{"{key}":'.encode() * levels + b"{}" + b"}" * levels


@pytest.mark.parametrize("tag", ["template", "a", "nics"])
@pytest.mark.parametrize("levels", [300, 20_000])
def test_a_depth_that_no_engine_sends(tag: str, levels: int) -> None:
    with pytest.raises(ParseError):
        in_xml(nested_xml(levels, tag))
    with pytest.raises(ParseError):
        in_json(nested_json(levels, tag))
    with pytest.raises(ParseError):
        in_json(b"[" * levels)


@both_wires
def test_a_depth_for_which_the_stack_is_too_small(
    decode: Callable[[bytes], Any], encode: Callable[[Struct], bytes]
) -> None:
    vm = schema.VM(name="deepest")
    for _ in range(60):
        vm = new(schema.VM, template={"vm": vm})
    content = encode(vm)
    assert decode(content) == vm

    def fill(left: int) -> None:
        if left:
            return fill(left - 1)
        with pytest.raises(ParseError, match="too deeply"):
            decode(content)
        return None

    frames = len_of_stack()
    fill(sys.getrecursionlimit() - frames - 60)
    assert gc.isenabled()


def len_of_stack() -> int:
    frame: Any = sys._getframe()
    length = 0
    while frame is not None:
        frame, length = frame.f_back, length + 1
    return length


@both_wires
def test_truncated_anywhere(
    decode: Callable[[bytes], Any], encode: Callable[[Struct], bytes]
) -> None:
    content = encode(SMALL)
    for length in range(len(content)):
        with pytest.raises(ParseError, match="not well-formed") as refused:
            decode(content[:length])
        assert refused.value.line == 1, length
        assert refused.value.column is not None, length
        assert 1 <= refused.value.column <= length + 1, length


def test_where_a_document_is_wrong() -> None:
    with pytest.raises(ParseError, match="at line 3, column 3") as refused:
        in_json(b'{\n "name":\n  oops}')
    assert (refused.value.line, refused.value.column) == (3, 3)
    with pytest.raises(ParseError, match="line 2, column") as refused:
        in_xml(b"<vm>\n<name></vm>")
    assert refused.value.line == 2
    assert "line None" not in str(refused.value)


@pytest.mark.parametrize(
    "document",
    [b"[]", b"3", b"null", b'"vm"', b"true", b"", b"\xff", b"{}x", b'{"a": NaN}', b"{'a': 1}"],
)
def test_json_that_is_no_object(document: bytes) -> None:
    with pytest.raises(ParseError) as refused:
        in_json(document)
    assert refused.value.line == 1
    assert refused.value.column is not None


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b" ",
        b"vm",
        b"<vm/><vm/>",
        b"<vm",
        b"<VM/>",
        b'<vm xmlns="urn:other"/>',
        b"<vm>\x00</vm>",
        b"<vm>\xff</vm>",
        b"<vm id='1' id='2'/>",
        b'<?xml version="1.0" encoding="no-such"?><vm/>',
        b"<html><title>Bad Gateway</title></html>",
        b"<vm>just text</vm>",
    ],
)
def test_xml_that_is_no_resource(document: bytes) -> None:
    with pytest.raises(ParseError):
        in_xml(document)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_other_encodings(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><vm><name>é</name></vm>'
    assert in_xml(text.encode(encoding)).name == "é"


@cache
def documents(encode: Callable[[Struct], bytes]) -> list[bytes]:
    status = schema.VmStatus.received("dreaming")
    return [
        encode(SMALL),
        encode(new(schema.VM, status=status, os={"boot": {"devices": ["hd"]}}, stateless=True)),
        encode(schema.VMs(vm=[SMALL, schema.VM(tags=[schema.Tag(name="a")])])),
    ]


@both_wires
@given(data=st.data())
@settings(max_examples=400, deadline=None)
def test_mutated_documents(
    decode: Callable[[bytes], Any], encode: Callable[[Struct], bytes], data: st.DataObject
) -> None:
    content = bytearray(data.draw(st.sampled_from(documents(encode))))
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        end = data.draw(st.integers(start, min(start + 8, len(content))))
        content[start:end] = data.draw(
            st.one_of(
                st.binary(max_size=3),
                st.sampled_from(
                    [b"<", b">", b"/", b'"', b"{", b"}", b"[", b"]", b",", b":", b"null"]
                ),
                st.sampled_from(
                    [b"<link/>", b"<actions>", b'"link":3,', b'"actions":[],', b"&#0;"]
                ),
            )
        )
    try:
        value = decode(bytes(content))
    except ParseError:
        return
    assert type(value).__module__ == "rhev.schema"


@pytest.mark.parametrize("rel", [["x"], {"x": 1}, 3, None])
@pytest.mark.parametrize("key", ["rel", "href"])
def test_links_that_are_no_texts_are_no_links(key: str, rel: object) -> None:
    links = [{"rel": "good", "href": "/good"}, {"rel": "nics", "href": "/nics", key: rel}]
    document = {"id": "1", "link": links, "actions": {"link": links}}
    vm = json.decode(to_json(document), schema.VM)
    assert set(vm.links) == {"good"}


JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "link",
                    "rel",
                    "href",
                    "actions",
                    "id",
                    "name",
                    "memory",
                    "cpu",
                    "nics",
                    "nic",
                    "vm",
                    "status",
                    "start_time",
                    "topology",
                    "stateless",
                    "size",
                    "payloads",
                    "os",
                    "boot",
                    "devices",
                    "device",
                    "new",
                ]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)


@pytest.mark.parametrize("cls", [schema.VM, schema.VMs, schema.Action, schema.API])
@given(document=JSON_VALUES)
@settings(max_examples=200, deadline=None)
def test_json_of_any_shape(cls: type[Struct], document: object) -> None:
    content = written(document)
    if not isinstance(document, dict):
        with pytest.raises(ParseError):
            json.decode(content, cls)
        return
    value = json.decode(content, cls)
    assert type(value) is cls
    json.encode(value, links=True)
    xml.encode(value)
    with suppress(ParseError):
        json.decode(content, cls, Context(strict=True))


def written(document: object) -> bytes:
    import json as standard

    return standard.dumps(document).encode()


@given(value=instances("VM"))
@settings(max_examples=30, deadline=None)
def test_xml_under_another_class_is_still_read(value: Struct) -> None:
    """An engine may put a new type where the models expect another: nothing of it is an error."""
    content = re.sub(rb"(?<=^<)vm|(?<=</)vm(?=>$)", b"host", xml.encode(value))
    assert type(xml.decode(content)) is schema.Host


def test_many_unknown_elements_take_no_time_to_speak_of() -> None:
    many = 100_000
    content = b"<vm>" + b"".join(b"<a%d/>" % number for number in range(many)) + b"</vm>"
    assert len(in_xml(content).model_extra) == many
    assert len(in_xml(b"<vm>" + b"<a/>" * many + b"</vm>").model_extra["a"]) == many
    pairs = b",".join(b'"a%d":1' % number for number in range(many))
    assert len(in_json(b"{" + pairs + b"}").model_extra) == many


def test_unknown_members_are_not_kept_without_end() -> None:
    status = next(spec for spec in fields(schema.VM).values() if spec.name == "status")
    read: Any = plan.scalar_reader(status)
    for number in range(1100):
        assert read(f"status-{number}") == f"status-{number}"
    assert read("status-7") is read("status-7")
    assert len(read.__self__) == 1000


def test_the_collector_is_as_it_was() -> None:
    """Whatever threads decode at once, and whatever they are given."""
    assert gc.isenabled()
    contents = [xml.encode(SMALL), b"<vm>text</vm>", b"<vm"]

    def work() -> None:
        for index in range(60):
            with suppress(ParseError):
                in_xml(contents[index % 3])

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert gc.isenabled()
    gc.disable()
    try:
        in_xml(contents[0])
        assert not gc.isenabled()
    finally:
        gc.enable()
