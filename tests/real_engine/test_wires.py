"""JSON and XML, as a real engine was seen to write and read them (items 17 to 20)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

import rhev
from rhev import schema
from rhev.codecs import json, xml
from tests.operations.scripted import PATH, answer, connected

from .answers import OTHER, UUID, XML, engine, fault, resource

VM = f"vms/{UUID}"
MOMENT = datetime(2026, 11, 24, 17, 34, 22, 123000, UTC)

# 17


@pytest.mark.parametrize(
    ("document", "attribute", "value"),
    [
        (b'{"memory": "536870912"}', "memory", 1 << 29),
        (b'{"memory": "8589934592"}', "memory", 1 << 33),
        (b'{"memory": 536870912}', "memory", 1 << 29),
        (b'{"stateless": "true"}', "stateless", True),
        (b'{"stateless": false}', "stateless", False),
        (b'{"stateless": "0"}', "stateless", False),
        (b'{"creation_time": 1795541662123}', "creation_time", MOMENT),
        (b'{"creation_time": "2026-11-24T17:34:22.123Z"}', "creation_time", MOMENT),
    ],
)
def test_json_has_numbers_and_booleans_as_texts(
    document: bytes, attribute: str, value: object
) -> None:
    """Integers and booleans come as texts, dates as milliseconds; the plain forms are read too."""
    assert getattr(json.decode(document, schema.VM), attribute) == value


@pytest.mark.parametrize(
    ("cls", "attribute"),
    [
        (schema.Value, "datum"),
        (schema.CPU, "speed"),
        (schema.QuotaStorageLimit, "usage"),
        (schema.QuotaClusterLimit, "memory_limit"),
        (schema.QuotaClusterLimit, "memory_usage"),
        (schema.AffinityGroup, "priority"),
    ],
)
def test_decimals_are_numbers(cls: type[Any], attribute: str) -> None:
    """They are the ones that come bare, and go so."""
    decoded = json.decode(b'{"%s": 2.5}' % attribute.encode(), cls)
    assert getattr(decoded, attribute) == 2.5
    assert json.parse(json.encode(decoded)) == {attribute: 2.5}


def test_a_request_is_written_as_an_engine_answers() -> None:
    """Texts for integers of any size, and for booleans; numbers for dates and decimals."""
    script = engine({f"GET /{VM}": resource(VM), f"PUT /{VM}": resource(VM)})
    vm = connected(script).get(schema.VM, UUID)
    vm.memory, vm.stateless, vm.start_time = 1 << 33, True, MOMENT
    vm.cpu = schema.CPU(speed=2.5, topology=schema.CpuTopology(cores=2))
    vm.update()
    assert script.body() == {
        "memory": "8589934592",
        "stateless": "true",
        "start_time": 1795541662123,
        "cpu": {"speed": 2.5, "topology": {"cores": "2"}},
    }


def test_a_fraction_is_no_integer() -> None:
    """An engine refuses it; so does the model."""
    with pytest.raises(ValidationError, match="integer"):
        schema.VM(memory=1.5)  # type: ignore[arg-type]


def test_enumerations_are_read_in_any_case() -> None:
    """As an engine does, which sends them in lower case, and X86_64."""
    assert schema.VM(type="SERVER").type is schema.VmType.SERVER  # type: ignore[arg-type]
    assert json.decode(b'{"type": "Server"}', schema.VM).type is schema.VmType.SERVER


def test_a_text_is_a_text() -> None:
    """An engine takes a number for one: a user who gives one has mistaken the attribute."""
    with pytest.raises(ValidationError, match="string"):
        schema.VM(name=5)  # type: ignore[arg-type]
    assert json.decode(b'{"name": 5, "comment": true}', schema.VM) == schema.VM(
        name="5", comment="true"
    )


# 18


@pytest.mark.parametrize("empty", [b"{ }", b'{ "network" : [ ] }', b'{"network": null}'])
def test_both_forms_of_nothing_are_an_empty_collection(empty: bytes) -> None:
    """Some services answer with one, and some with the other."""
    script = engine({"GET /networks": answer(empty)})
    assert list(connected(script).getall(schema.Network)) == []


@pytest.mark.parametrize("empty", [b"{}", b'{"nic": []}'])
def test_both_forms_of_nothing_are_an_empty_list(empty: bytes) -> None:
    """Of what was followed they say that there is none, which is more than not having asked."""
    assert json.decode(b'{"nics": %s}' % empty, schema.VM).nics == []
    assert json.decode(b"{}", schema.VM).nics is None


def test_a_list_is_written_with_the_name_of_its_entries() -> None:
    """A bare list, or an entry alone, an engine refuses."""
    boot = schema.Boot(devices=[schema.BootDevice.HD])
    vm = schema.VM(os=schema.OperatingSystem(boot=boot))
    assert json.parse(json.encode(vm)) == {"os": {"boot": {"devices": {"device": ["hd"]}}}}


# 19


def decoded(document: bytes) -> Any:
    return xml.decode(document, schema.VM)


def test_of_an_element_that_comes_twice_the_last_holds() -> None:
    """As with an engine."""
    assert decoded(b"<vm><name>a</name><name>b</name></vm>").name == "b"


def test_a_document_type_is_refused() -> None:
    """An engine takes one, and drops its entities without a word: no text may change so."""
    with pytest.raises(rhev.ParseError, match="DTD"):
        decoded(b'<!DOCTYPE vm [<!ENTITY e "x">]><vm><name>a&e;b</name></vm>')


@pytest.mark.parametrize(
    "document", [b'<vm xmlns="urn:x"><name>a</name></vm>', b"<VM><name>a</name></VM>"]
)
def test_namespaces_and_other_case_are_other_documents(document: bytes) -> None:
    """An engine answers them with 400."""
    with pytest.raises(rhev.ParseError, match="not the <vm>"):
        decoded(document)


def test_blanks_are_of_a_text_and_not_of_a_number() -> None:
    """A name keeps them."""
    vm = decoded(b"<vm><memory> 5 </memory><name> a </name></vm>")
    assert (vm.memory, vm.name) == (5, " a ")


def test_an_empty_number_is_not_0() -> None:
    """An engine reads it as 0: here it is none, and none is ever written."""
    assert decoded(b"<vm><memory/></vm>").memory is None
    assert xml.encode(schema.VM(memory=None)) == b"<vm/>"


def test_unknown_attributes_and_stray_text_are_ignored() -> None:
    """As an engine does; elements are kept apart."""
    vm = decoded(b'<vm nosuch="1">stray<name>a</name><nosuch>b</nosuch></vm>')
    assert vm == schema.VM(name="a")
    assert "nosuch" in (vm.model_extra or {})


# 20


def test_what_an_update_does_not_change_is_as_it_is() -> None:
    """An engine ignores a status or a name of the guest in an update: what it answers is what
    holds, and what the resource then says."""
    read = resource(VM, status="down", fqdn="a.example")
    script = engine({f"GET /{VM}": read, f"PUT /{VM}": read})
    vm = connected(script).get(schema.VM, UUID)
    vm.fqdn = "b.example"
    vm.update()
    assert vm.fqdn == "a.example"


@pytest.mark.parametrize("change", [{"id": OTHER}])
def test_the_id_is_not_changed(change: dict[str, str]) -> None:
    """An engine answers 409: nothing is sent, and it is said why."""
    script = engine({f"GET /{VM}": resource(VM)})
    vm = connected(script).get(schema.VM, UUID)
    vm.id = change["id"]
    with pytest.raises(ValueError, match="the id of a VM is given by the engine"):
        vm.update()
    assert script.calls == [f"GET /{VM}"]


def test_the_id_of_a_reference_is_changed() -> None:
    """That is another cluster, and the same machine."""
    cluster = {"id": UUID, "href": f"{PATH}/clusters/{UUID}"}
    read = resource(VM, cluster=cluster)
    script = engine({f"GET /{VM}": read, f"PUT /{VM}": read})
    vm = connected(script).get(schema.VM, UUID)
    assert vm.cluster is not None
    vm.cluster.id = OTHER
    vm.update()
    assert script.body() == {"cluster": {"id": OTHER}}


def test_an_id_of_ones_own_is_one_of_another_s_giving() -> None:
    """An engine ignores it, unless it is no UUID: what comes back has the engine's."""
    script = engine({"POST /bookmarks": resource(f"bookmarks/{UUID}", name="a", value="b")})
    conn = connected(script)
    assert conn.create(schema.Bookmark(id=OTHER, name="a", value="b")).id == UUID
    with pytest.raises(rhev.InvalidRequest, match="UUID"):
        conn.create(schema.Bookmark(id="1", name="a", value="b"))


def test_a_refusal_of_the_origin_is_a_fault() -> None:
    """To change it is a 400 that speaks of running machines."""
    script = engine({f"GET /{VM}": resource(VM), f"PUT /{VM}": fault(400, detail="[running]")})
    vm = connected(script).get(schema.VM, UUID)
    vm.origin = "kvm"
    with pytest.raises(rhev.Fault, match="running"):
        vm.update()


def test_an_answer_may_name_its_encoding() -> None:
    """XML comes with one in its type, and JSON does not."""
    body = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<bookmarks/>\n'
    script = engine({"GET /bookmarks": answer(body, 200, XML)})
    assert list(connected(script, format="xml").getall(schema.Bookmark)) == []
