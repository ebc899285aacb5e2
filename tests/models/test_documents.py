"""What pydantic and pydantic-xml promise of a model holds for every one of these."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pydantic
import pytest
from lxml import etree

from rhev import errors, schema
from rhev.mapping.catalogue import model
from rhev.models.index import CLASSES, COLLECTIONS
from tests.unchecked import new

VM = new(
    schema.VM,
    name="é",
    memory=schema.GiB,
    cpu={"topology": {"cores": 2}},
    nics=[{"name": "n"}],
    status="up",
    start_time=datetime(2020, 1, 1, tzinfo=UTC),
)
every_model = pytest.mark.parametrize("name", sorted([*CLASSES.values(), *COLLECTIONS.values()]))


@every_model
def test_xml_of_every_model(name: str) -> None:
    cls = model(name)
    tag = cls.__xml_tag__
    assert cls.from_xml(f"<{tag}/>") == cls()
    assert cls.from_xml(cls().to_xml()) == cls()
    assert cls.from_xml_tree(cls().to_xml_tree()) == cls()
    assert cls().to_xml_tree().tag == tag
    with pytest.raises(errors.ParseError, match="nonsense"):
        cls.from_xml(f"<{tag}><nonsense/></{tag}>")
    with pytest.raises(errors.ParseError, match="nonsense"):
        cls.from_xml("<nonsense/>")


def test_xml_there_and_back() -> None:
    written = VM.to_xml()
    assert isinstance(written, bytes)
    assert schema.VM.from_xml(written) == VM
    assert schema.VM.from_xml(written.decode()) == VM
    assert schema.VM.from_xml_tree(etree.fromstring(written)) == VM
    assert schema.VM.from_xml_tree(VM.to_xml_tree()) == VM
    assert schema.VMs.from_xml("<vms><vm><name>a</name></vm></vms>")[0] == schema.VM(name="a")


def test_what_is_read_so_is_the_users_own() -> None:
    vm = schema.VM.from_xml('<vm id="7"><name>a</name></vm>')
    assert vm._changed is None
    assert vm._binding is None


def test_a_text_is_text_whatever_its_declaration_says() -> None:
    vm = schema.VM.from_xml('<?xml version="1.0" encoding="iso-8859-1"?><vm><name>é</name></vm>')
    assert vm.name == "é"


def test_the_arguments_of_pydantic_xml() -> None:
    vm = new(schema.VM, name="a", comment="", nics=[{}, {"name": "n"}], cpu={"topology": {}})
    assert vm.to_xml(skip_empty=True, encoding="unicode") == (
        "<vm><name>a</name><nics><nic><name>n</name></nic></nics></vm>"
    )
    pretty = schema.VM(name="a").to_xml(pretty_print=True, xml_declaration=True, encoding="utf-8")
    assert pretty == b"<?xml version='1.0' encoding='utf-8'?>\n<vm>\n  <name>a</name>\n</vm>\n"
    assert schema.VM(name=None).to_xml(exclude_none=True, exclude_unset=True) == b"<vm/>"
    with pytest.raises(TypeError, match="takes no parser"):
        schema.VM.from_xml("<vm/>", parser=etree.XMLParser())


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ("<vm><status>upp</status></vm>", ("status",)),
        ("<vm><type>active</type></vm>", ("type",)),
        ("<vm><memory>much</memory></vm>", ("memory",)),
        ("<vm><memory/></vm>", ("memory",)),
        ("<vm><stateless>perhaps</stateless></vm>", ("stateless",)),
        ("<vm><creation_time>today</creation_time></vm>", ("creation_time",)),
        (
            "<vm><cpu><topology><cores>two</cores></topology></cpu></vm>",
            ("cpu", "topology", "cores"),
        ),
        (
            "<vm><nics><nic><mac><address>x</address></mac></nic></nics></vm>",
            ("nics", 0, "mac", "address"),
        ),
    ],
)
def test_values_are_checked_as_in_the_constructor(document: str, path: tuple[object, ...]) -> None:
    with pytest.raises(pydantic.ValidationError) as refused:
        schema.VM.from_xml(document)
    assert [error["loc"] for error in refused.value.errors()] == [path]


@pytest.mark.parametrize(
    "document",
    [
        "<vm>",
        "",
        "<host/>",
        "<vm><nmae>a</nmae></vm>",
        "<vm><memory><much/></memory></vm>",
        '<!DOCTYPE vm [<!ENTITY a "b">]><vm><name>&a;</name></vm>',
    ],
)
def test_a_users_own_document_is_read_strictly(document: str) -> None:
    with pytest.raises(errors.ParseError):
        schema.VM.from_xml(document)


def test_dump_and_validate() -> None:
    dumped = VM.model_dump()
    assert dumped["cpu"] == {"topology": {"cores": 2}}
    assert dumped["status"] is schema.VmStatus.UP
    assert dumped.keys() == {"name", "memory", "cpu", "nics", "status", "start_time"}
    assert schema.VM.model_validate(dumped) == VM
    assert schema.VM.model_validate(VM) is VM


def test_dump_and_validate_json() -> None:
    dumped = json.loads(VM.model_dump_json())
    assert dumped == VM.model_dump(mode="json")
    assert (dumped["status"], dumped["memory"]) == ("up", schema.GiB)
    assert schema.VM.model_validate_json(VM.model_dump_json()) == VM
    with pytest.raises(pydantic.ValidationError, match="did you mean 'name'"):
        schema.VM.model_validate_json('{"nmae": "a"}')


@every_model
def test_dump_of_every_model(name: str) -> None:
    cls = model(name)
    assert cls.model_validate(cls().model_dump()) == cls()
    assert cls.model_validate_json(cls().model_dump_json()) == cls()


class Job(pydantic.BaseModel):
    """A program's own description of what it wants, in which ours are attributes."""

    vm: schema.VM
    others: list[schema.VM] = []
    power: dict[str, schema.VmStatus] = {}


def test_models_within_a_users_own() -> None:
    job = Job.model_validate(
        {"vm": {"name": "a", "memory": "1 GiB"}, "others": [{"name": "b"}], "power": {"a": "UP"}}
    )
    assert job.vm == schema.VM(name="a", memory=schema.GiB)
    assert job.power["a"] is schema.VmStatus.UP
    assert Job.model_validate_json(job.model_dump_json()) == job
    with pytest.raises(pydantic.ValidationError, match="did you mean 'name'") as refused:
        Job.model_validate({"vm": {}, "others": [{"nics": [{"nmae": "a"}]}]})
    assert refused.value.errors()[0]["loc"] == ("others", 0, "nics", 0, "nmae")
