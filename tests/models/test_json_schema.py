"""The JSON schemas say what validation says, of every model and wherever it stands."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import jsonschema
import pydantic
import pytest

from rhev import schema
from rhev.mapping.catalogue import is_enumeration, model
from rhev.mapping.fields import fields
from rhev.models.index import CLASSES, COLLECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

EVERY = sorted([*CLASSES.values(), *COLLECTIONS.values()])
VM = schema.VM.model_json_schema()


class Job(pydantic.BaseModel):
    """A program's own description of what it wants, in which ours are attributes."""

    vm: schema.VM
    others: list[schema.VM] = []
    power: dict[str, schema.VmStatus] = {}


class Machine(schema.VM):
    """A virtual machine with a field of the program's own."""

    owner: str | None = None


class Fleet(pydantic.BaseModel):
    machines: list[Machine]
    spare: schema.Host | None = None


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for entry in value.values():
            yield from references(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from references(entry)


def accepts(described: dict[str, Any], value: object) -> bool:
    checker: Any = jsonschema.Draft202012Validator(described)
    return bool(checker.is_valid(value))


@pytest.mark.parametrize("name", EVERY)
def test_of_every_model(name: str) -> None:
    cls = model(name)
    described = cls.model_json_schema()
    assert described["title"] == name
    assert described["properties"].keys() == fields(cls).keys()
    assert described["additionalProperties"] is False
    assert described["description"]
    undescribed = [
        key for key, found in described["properties"].items() if "description" not in found
    ]
    assert undescribed == ([cls.__member__] if name in COLLECTIONS.values() else [])


@pytest.mark.parametrize("cls", [schema.VM, schema.VMs, schema.Version, schema.Action, schema.Step])
def test_what_it_refers_to_is_defined(cls: type[schema.Struct]) -> None:
    described = cls.model_json_schema()
    definitions = described.get("$defs", {})
    assert {f"#/$defs/{name}" for name in definitions} == set(references(described))
    for title, definition in definitions.items():
        assert definition["title"] == title
        assert ("enum" in definition) == is_enumeration(title)


def test_they_are_schemas() -> None:
    for described in (VM, schema.spec_schema(schema.VM), Job.model_json_schema()):
        jsonschema.Draft202012Validator.check_schema(described)


@pytest.mark.parametrize("cls", [Job, Machine, Fleet])
def test_within_a_users_own(cls: type[pydantic.BaseModel]) -> None:
    described = cls.model_json_schema()
    jsonschema.Draft202012Validator.check_schema(described)
    assert described["properties"].keys() == cls.model_fields.keys()
    definitions = described["$defs"]
    assert {f"#/$defs/{name}" for name in definitions} >= set(references(described))
    assert definitions["CPU"] == VM["$defs"]["CPU"]


def test_a_subclass_has_its_own_fields_and_those_of_the_api() -> None:
    described = Fleet.model_json_schema()
    machine = described["$defs"]["Machine"]["properties"]
    assert machine.keys() == {*schema.VM.model_fields, "owner"}
    assert machine["memory"]["description"] == VM["properties"]["memory"]["description"]


def test_what_goes_in_and_what_comes_out_are_defined_once() -> None:
    into = Job.model_json_schema(mode="validation")["$defs"]
    assert into == Job.model_json_schema(mode="serialization")["$defs"]


def test_the_template_of_references_is_the_callers() -> None:
    described = schema.Host.model_json_schema(ref_template="#/components/schemas/{model}")
    assert all(reference.startswith("#/components/schemas/") for reference in references(described))


# What is given, and whether it is taken: by the constructor and the engine's rules, and by the
# schema.
@pytest.mark.parametrize(
    ("given", "is_taken"),
    [
        ({}, True),
        ({"name": "web-01"}, True),
        ({"name": None}, True),
        ({"name": "Grüße"}, True),
        ({"name": "web 01"}, False),
        ({"name": "w" * 65}, True),  # which the rules only warn of
        ({"name": 7}, False),
        ({"nmae": "web-01"}, False),
        ({"memory": 1 << 30}, True),
        ({"memory": "4 GiB"}, True),
        ({"memory": "512 mib"}, True),
        ({"memory": "4 GB"}, False),
        ({"memory": 0}, False),
        ({"memory": 1.5}, False),
        ({"status": "up"}, True),
        ({"status": "upp"}, False),
        ({"io": {"threads": 127}}, True),
        ({"io": {"threads": 128}}, False),
        ({"stateless": True}, True),
        ({"stateless": "yes"}, False),
        ({"creation_time": "2024-01-01T00:00:00Z"}, True),
        ({"cpu": {"topology": {"cores": 2}}}, True),
        ({"cpu": {"topology": {"cors": 2}}}, False),
        ({"cpu": {"topology": {"cores": 0}}}, False),
        ({"nics": [{"mac": {"address": "56:6f:1a:00:00:07"}}]}, True),
        ({"nics": [{"mac": {"address": "56:6f:1a"}}]}, False),
        ({"cluster": {"name": "Default"}}, True),
        ({"cluster": "Default"}, False),
    ],
)
def test_it_takes_what_validation_takes(given: dict[str, Any], is_taken: bool) -> None:
    assert accepts(VM, given) is is_taken
    assert accepts(schema.spec_schema(schema.VM), given) is is_taken
    try:
        problems = schema.validate(schema.VM.model_validate_json(json.dumps(given)), "update")
    except pydantic.ValidationError:
        assert not is_taken
    else:
        errors = [problem for problem in problems if problem.severity == "error"]
        assert (not errors) is is_taken


def test_in_a_spec_a_resource_is_a_reference() -> None:
    described = schema.spec_schema(schema.VM)
    cluster = {"cluster": {"name": "Default", "cpu": {"type": "SandyBridge"}}}
    assert accepts(VM, cluster)
    assert not accepts(described, cluster)
    assert described["properties"]["cluster"]["anyOf"][0]["allOf"] == [
        {"$ref": "#/$defs/Reference"}
    ]
    assert not accepts(described, {"cluster": {"id": "Default"}})  # the engine's ids are UUIDs
    assert "Cluster" not in described["$defs"]
    assert len(json.dumps(described)) < 100_000
    # A disk is made with its attachment, a NIC with its machine; a host's account is given whole.
    attachment = {"disk": {"provisioned_size": "10 GiB", "format": "cow"}, "bootable": True}
    assert accepts(described, {"disk_attachments": [attachment], "nics": [{"name": "nic1"}]})
    host = {"ssh": {"user": {"user_name": "root", "password": "x"}}}
    assert accepts(schema.spec_schema(schema.Host), host)


def test_where_there_is_no_source_there_is_no_prose() -> None:
    program = """
import inspect
def none(module): raise OSError
inspect.getsource = none
from rhev import schema
described = schema.VM.model_json_schema()
assert described["properties"]["name"]["anyOf"], described
assert "description" not in described["properties"]["name"]
"""
    subprocess.run([sys.executable, "-c", program], check=True)  # noqa: S603
