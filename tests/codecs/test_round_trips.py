"""What is written is read back the same, in both wires, for every model of the API."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rhev import schema
from rhev.codecs import json, xml
from rhev.codecs.plan import Context
from rhev.mapping.catalogue import model
from tests.unchecked import new

from .strategies import ALL, TEXTS, instances

if TYPE_CHECKING:
    from collections.abc import Callable

    from rhev.mapping.structure import Struct

STRICT = Context(strict=True)

few_examples = settings(
    max_examples=12,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def through_xml(value: Struct) -> Any:
    return xml.decode(xml.encode(value), type(value), STRICT)


def through_json(value: Struct) -> Any:
    return json.decode(json.encode(value), type(value), STRICT)


both_wires = pytest.mark.parametrize("through", [through_xml, through_json])


@pytest.mark.parametrize("name", ALL)
@few_examples
@given(data=st.data())
def test_every_model(name: str, data: st.DataObject) -> None:
    value = data.draw(instances(name))
    from_xml, from_json = through_xml(value), through_json(value)
    assert type(from_xml) is type(from_json) is model(name)
    assert from_xml == value
    assert from_json == value
    assert from_xml == from_json


@both_wires
@given(text=TEXTS)
@settings(deadline=None)
def test_texts(through: Callable[[Any], Any], text: str) -> None:
    vm = new(
        schema.VM,
        id=text,
        name=text,
        custom_properties=[{"name": text}],
        cpu={"cpu_tune": {"vcpu_pins": []}},
    )
    assert through(vm) == vm


@both_wires
@pytest.mark.parametrize("text", ["", " ", "\t", "\n", "\r", "\r\n", "  \n  ", "]]>", "&#13;"])
def test_texts_of_nothing_much(through: Callable[[Any], Any], text: str) -> None:
    vm = schema.VM(id=text, name=text, description=f"{text}x{text}")
    assert (through(vm).id, through(vm).name, through(vm).description) == (
        text,
        text,
        f"{text}x{text}",
    )


@pytest.mark.parametrize("encode", [xml.encode, json.encode])
@pytest.mark.parametrize(
    "character",
    ["\x00", "\x01", "\x08", "\x0b", "\x0c", "\x1f", "\ud800", "\ufffe", "\uffff"],
)
@pytest.mark.parametrize(
    ("path", "make"),
    [
        ("VM.name", lambda text: schema.VM(name=text)),
        ("VM.id", lambda text: schema.VM(id=text)),
        (
            "VM.nics[1].description",
            lambda text: new(schema.VM, nics=[{}, {"description": text}]),
        ),
        (
            "VM.cpu.name",
            lambda text: schema.VM.model_construct(cpu=schema.CPU.model_construct(name=text)),
        ),
    ],
)
def test_what_xml_cannot_carry_is_refused(
    encode: Callable[[Struct], bytes],
    character: str,
    path: str,
    make: Callable[[str], Struct],
) -> None:
    try:
        value = make(f"ab{character}")
    except ValueError:
        assert "\ud800" <= character <= "\udfff"  # pydantic takes no half of a pair
        return
    with pytest.raises(ValueError, match="no document can carry") as refused:
        encode(value)
    assert str(refused.value).startswith(f"{path} has the character U+{ord(character):04X}")
    assert "position 2" in str(refused.value)


@pytest.mark.parametrize("encode", [xml.encode, json.encode])
@pytest.mark.parametrize(
    "text", ["\\b", "\\u0000", "\\\\f", "\x7f", "\x85", "\ufeff", "\U0001fffe"]
)
def test_what_only_looks_so_is_not(encode: Callable[[Struct], bytes], text: str) -> None:
    assert encode(schema.VM(name=text))


@both_wires
@pytest.mark.parametrize(
    ("given_date", "read"),
    [
        (
            datetime(2020, 2, 29, 1, 2, 3, 999_999, UTC),
            datetime(2020, 2, 29, 1, 2, 3, 999_000, UTC),
        ),
        (
            datetime(1969, 12, 31, 23, 59, 59, 1_999, UTC),
            datetime(1969, 12, 31, 23, 59, 59, 1_000, UTC),
        ),
        (
            datetime(2020, 1, 1, 12, tzinfo=timezone(timedelta(hours=5, minutes=30))),
            datetime(2020, 1, 1, 6, 30, tzinfo=UTC),
        ),
    ],
)
def test_timestamps_have_milliseconds(
    through: Callable[[Any], Any], given_date: datetime, read: datetime
) -> None:
    assert through(schema.VM(start_time=given_date)).start_time == read


@both_wires
def test_a_list_that_is_empty_is_a_list(through: Callable[[Any], Any]) -> None:
    assert through(schema.VM(nics=[])).nics == []
    assert through(schema.VM()).nics is None
    assert list(through(schema.VMs())) == []
    assert through(schema.VMs()) == schema.VMs()


@both_wires
def test_none_is_not_written(through: Callable[[Any], Any]) -> None:
    vm = schema.VM(name="a", description=None)
    assert through(vm) == vm
    assert "description" not in vars(through(vm))


@both_wires
@pytest.mark.parametrize("flag", [True, False])
def test_false_is_not_none(through: Callable[[Any], Any], flag: bool) -> None:
    assert through(schema.VM(stateless=flag)).stateless is flag
    assert schema.VM(stateless=False) != schema.VM()
    assert schema.VM(nics=[]) != schema.VM()


@pytest.mark.parametrize("number", [math.inf, -math.inf, math.nan])
def test_only_numbers_are_numbers(number: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        schema.CPU(speed=number)


def test_how_values_are_written() -> None:
    vm = new(
        schema.VM,
        id="7",
        name="a<b",
        memory=4 << 30,
        stateless=True,
        status="UP",
        start_time=datetime(2020, 1, 1, tzinfo=UTC),
        os={"boot": {"devices": ["hd", "network"]}},
        cpu={"topology": {"cores": 2}, "speed": 2400.5},
    )
    assert xml.encode(vm).decode() == (
        '<vm id="7"><name>a&lt;b</name><memory>4294967296</memory>'
        "<cpu><topology><cores>2</cores></topology><speed>2400.5</speed></cpu>"
        "<os><boot><devices><device>hd</device><device>network</device></devices></boot></os>"
        "<stateless>true</stateless><status>up</status>"
        "<start_time>2020-01-01T00:00:00.000+00:00</start_time></vm>"
    )
    assert json.parse(json.encode(vm)) == {
        "id": "7",
        "name": "a<b",
        "memory": "4294967296",
        "stateless": "true",
        "status": "up",
        "start_time": 1577836800000,
        "os": {"boot": {"devices": {"device": ["hd", "network"]}}},
        "cpu": {"topology": {"cores": "2"}, "speed": 2400.5},
    }


@pytest.mark.parametrize("number", [0, -1, 2**31 - 1, 2**31, -(2**31) - 1, 2**53 + 1, 10**30])
def test_an_integer_is_a_text_in_json_whatever_its_size(number: int) -> None:
    vm = schema.VM.model_construct(memory=number)
    assert json.parse(json.encode(vm)) == {"memory": str(number)}
    assert through_json(vm).memory == number
    assert json.decode(b'{"memory": %d}' % number, schema.VM).memory == number


@given(number=st.floats(allow_nan=False, allow_infinity=False))
def test_a_decimal_is_a_number_in_json(number: float) -> None:
    cpu = schema.CPU(speed=number)
    written = json.parse(json.encode(cpu))["speed"]
    assert isinstance(written, (int, float))
    assert written == number
    assert through_json(cpu).speed == number
    assert json.decode(b'{"speed": "%r"}' % number, schema.CPU).speed == number
