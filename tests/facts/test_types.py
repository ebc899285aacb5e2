"""Every type, attribute, list item, enumeration and value of the API is in the models."""

from __future__ import annotations

import ast
import inspect
import keyword
import re
from collections import Counter
from functools import cache
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from types import GenericAlias
from typing import TYPE_CHECKING, Any

import pytest

from rhev import schema
from rhev.codecs import json, xml
from rhev.mapping.catalogue import model
from rhev.mapping.fields import Kind, fields
from rhev.mapping.resources import Addressed, BaseResource, BaseResources
from rhev.mapping.scalars import Enumeration, StatusEnumeration
from rhev.models.index import CLASSES, COLLECTIONS, DOCUMENTS, ENUMERATIONS, MODULES
from rhev.models.since import ATTRIBUTES, VALUES

from .api import (
    ENUMS,
    FACTS,
    RESERVED,
    SCALARS,
    SINCE,
    TYPES,
    attributes,
    class_of,
    methods,
    python_name,
)

if TYPE_CHECKING:
    from typing import Any

SCHEMA_V3 = Path(__file__).parents[3] / "shared" / "api" / "v3.xsd"
LISTED = {
    parameter["type"]
    for place in methods()
    if place.name == "list"
    for parameter in place.method["parameters"]
    if parameter["direction"] == "out"
}
# Types without an id of their own that have an address all the same.
ADDRESSED = {"Api", "ExternalTemplateImport", "ExternalVmImport"}

every_type = pytest.mark.parametrize("api_type", TYPES)
every_enum = pytest.mark.parametrize("name", ENUMS)


def expected_kind(api_type: str) -> Kind:
    return SCALARS.get(api_type) or (Kind.ENUMERATION if api_type in ENUMS else Kind.STRUCT)


def test_the_facts_are_whole() -> None:
    assert len(TYPES) == 220
    assert len(ENUMS) == 115
    assert CLASSES.keys() == TYPES.keys()
    assert ENUMS.keys() == ENUMERATIONS


def test_reserved_names_are_those_of_python() -> None:
    names = {attribute["name"] for type_ in TYPES for attribute in attributes(type_)}
    names |= {name for place in methods() for name in (place.name, *place.inputs)}
    assert {name for name in names if keyword.iskeyword(name)} == RESERVED.keys()


# A text to the API, whose values are those of an enumeration of its own.
NARROWER = {("Action", "status"): "CreationStatus"}


@every_type
def test_attributes(api_type: str) -> None:
    cls = class_of(api_type)
    specs = fields(cls)
    expected = {python_name(fact["name"]): fact for fact in attributes(api_type)}
    own = {"href"} if issubclass(cls, Addressed) else set()
    assert specs.keys() == expected.keys() | own
    for name, fact in expected.items():
        spec = specs[name]
        type_ = NARROWER.get((api_type, name), fact["type"])
        said = (spec.wire, spec.kind, spec.is_list, spec.item, spec.is_attribute, spec.bare)
        assert said == (
            fact.get("element", fact["name"]),
            expected_kind(type_),
            fact.get("list", False),
            fact.get("item"),
            fact["name"] == "id",
            False,
        ), f"{cls.__name__}.{name}"
        if spec.kind is Kind.STRUCT:
            assert spec.type is class_of(type_), f"{cls.__name__}.{name}"
        elif spec.kind is Kind.ENUMERATION:
            assert spec.type is model(type_), f"{cls.__name__}.{name}"


@every_type
def test_pydantic_sees_the_same_fields(api_type: str) -> None:
    cls = class_of(api_type)
    cls.model_rebuild()
    assert cls.__pydantic_complete__
    assert cls.model_fields.keys() == fields(cls).keys()
    for name, info in cls.model_fields.items():
        assert not info.is_required(), f"{cls.__name__}.{name}"
        spec = fields(cls)[name]
        if spec.kind in (Kind.STRUCT, Kind.ENUMERATION):
            held: Any = GenericAlias(list, spec.type) if spec.is_list else spec.type
            assert info.annotation == held | None, f"{cls.__name__}.{name}"


@every_type
def test_bases(api_type: str) -> None:
    cls = class_of(api_type)
    for base in TYPES[api_type]["bases"]:
        assert class_of(base) in cls.__mro__
    is_identified = class_of("Identified") in cls.__mro__
    assert issubclass(cls, BaseResource) == (is_identified or api_type in ADDRESSED)


@every_type
def test_documents(api_type: str) -> None:
    cls = class_of(api_type)
    roots = FACTS["documents"][api_type]
    assert cls.__xml_tag__ == roots["resource"]
    assert DOCUMENTS[roots["resource"]] == cls.__name__
    assert type(xml.decode(f"<{roots['resource']}/>".encode())) is cls
    assert type(json.decode(b"{}", cls)) is cls
    if api_type in LISTED:
        collection = model(COLLECTIONS[cls.__name__])
        assert collection.__xml_tag__ == roots["collection"]
        document = "<{collection}><{resource}/></{collection}>".format(**roots).encode()
        assert type(xml.decode(document)) is collection
        assert [type(member) for member in xml.decode(document)] == [cls]


@pytest.mark.parametrize("api_type", sorted(LISTED))
def test_collections(api_type: str) -> None:
    cls = class_of(api_type)
    collection = model(COLLECTIONS[cls.__name__])
    assert issubclass(collection, BaseResources)
    (members,) = (spec for spec in fields(collection).values() if spec.bare)
    assert members.type is cls
    assert members.name == members.wire == FACTS["documents"][api_type]["resource"]
    assert collection.__api_name__ == cls.__api_name__ == api_type


def test_only_what_the_api_lists_is_a_collection() -> None:
    assert {CLASSES[api_type] for api_type in LISTED} == COLLECTIONS.keys()


@every_enum
def test_enumerations(name: str) -> None:
    enumeration = model(name)
    assert issubclass(enumeration, Enumeration)
    assert [member.value for member in enumeration] == ENUMS[name]
    for member in enumeration:
        written = member.value.upper().replace("-", "_").replace(".", "_")
        assert member.name in (written, f"_{written}"), member
        assert member.name.isidentifier()


@pytest.mark.parametrize(
    "name",
    sorted(
        {
            fact["type"]
            for type_ in TYPES
            for fact in attributes(type_)
            if fact["name"] == "status" and fact["type"] in ENUMS
        }
    ),
)
def test_statuses_are_spelt_as_in_the_guide(name: str) -> None:
    enumeration = model(name)
    assert issubclass(enumeration, StatusEnumeration)
    assert [member.state for member in enumeration] == ENUMS[name]


@cache
def documented(module: str) -> dict[str, dict[str, str]]:
    """For each class of a module what stands below each of its attributes in the source."""
    tree = ast.parse(inspect.getsource(import_module(module)))
    return {
        cls.name: {
            declared.target.id: " ".join(doc.value.value.split())
            for declared, doc in pairwise(cls.body)
            if isinstance(declared, ast.AnnAssign)
            and isinstance(declared.target, ast.Name)
            and isinstance(doc, ast.Expr)
            and isinstance(doc.value, ast.Constant)
            and isinstance(doc.value.value, str)
        }
        for cls in tree.body
        if isinstance(cls, ast.ClassDef)
    }


@every_type
def test_docs_say_what_and_since_when(api_type: str) -> None:
    cls = class_of(api_type)
    fact = TYPES[api_type]
    assert_documented(cls.__doc__, fact, cls.__name__)
    docs = documented(MODULES[cls.__name__])[cls.__name__]
    inherited = {a["name"] for base in fact["bases"] for a in attributes(base)}
    for attribute in fact["attributes"]:
        if attribute["name"] not in inherited:
            name = python_name(attribute["name"])
            since = SINCE["attributes"].get(f"{api_type}.{attribute['name']}")
            fact = {**attribute, "since": since} if since else attribute
            assert_documented(docs.get(name), fact, f"{cls.__name__}.{name}")


def assert_documented(doc: str | None, fact: dict[str, Any], where: str) -> None:
    assert doc, where
    doc = " ".join(doc.split())
    assert doc.lower() not in ("missing.", "to do."), where
    assert doc[0].isupper() or not doc[0].isalpha(), where
    assert doc.endswith("."), where
    assert (f"Since {fact['since']}." in doc) if "since" in fact else ("Since 4" not in doc), where
    assert doc.endswith("Deprecated.") == fact.get("deprecated", False), where


@every_enum
def test_enumerations_say_what_they_are(name: str) -> None:
    since = SINCE["enums"].get(name)
    assert_documented(model(name).__doc__, {"since": since} if since else {}, name)


def test_what_is_newer_than_the_first_engines_is_known_when_a_program_runs() -> None:
    expected = {
        f"{CLASSES[api_type]}.{python_name(attribute['name'])}": attribute["since"]
        for api_type, fact in TYPES.items()
        for attribute in fact["attributes"]
        if "since" in attribute
        and attribute["name"] not in {a["name"] for b in fact["bases"] for a in attributes(b)}
    }
    for path, since in SINCE["attributes"].items():
        api_type, attribute = path.split(".")
        assert attribute in {fact["name"] for fact in TYPES[api_type]["attributes"]}
        expected[f"{CLASSES[api_type]}.{attribute}"] = since
    assert expected == ATTRIBUTES
    values = {f"{enum}.{v}": since for enum, since in SINCE["enums"].items() for v in ENUMS[enum]}
    assert values | SINCE["values"] == VALUES
    assert set(VALUES) <= {f"{name}.{value}" for name in ENUMS for value in ENUMS[name]}


def test_no_two_classes_say_the_same() -> None:
    docs = Counter(model(name).__doc__ for name in (*CLASSES.values(), *ENUMERATIONS))
    assert [doc for doc, times in docs.items() if times > 1] == []


def test_class_names_are_those_of_api_v3() -> None:
    if not SCHEMA_V3.exists():
        pytest.skip("the schema of API v3 is not beside this checkout")
    spelt = {
        name.lower(): name
        for name in re.findall(r'complexType name="([^"]+)"', SCHEMA_V3.read_text())
    }
    ours = [*CLASSES.values(), *COLLECTIONS.values()]
    assert {n: spelt[n.lower()] for n in ours if spelt.get(n.lower(), n) != n} == {}
    assert len([name for name in ours if name.lower() in spelt]) > 100


@pytest.mark.parametrize(
    ("api_type", "name"),
    [
        ("Vm", "VM"),
        ("Api", "API"),
        ("Cpu", "CPU"),
        ("Nic", "NIC"),
        ("HostNic", "HostNIC"),
        ("Cdrom", "CdRom"),
        ("Host", "Host"),
        ("DiskAttachment", "DiskAttachment"),
    ],
)
def test_the_names_of_the_tutorial(api_type: str, name: str) -> None:
    cls = getattr(schema, name)
    assert cls is class_of(api_type)
    assert cls.__name__ == name
    assert cls.__module__ == "rhev.schema"


def test_every_model_is_an_attribute_of_the_schema() -> None:
    for name in (*CLASSES.values(), *COLLECTIONS.values(), *ENUMERATIONS):
        assert getattr(schema, name) is model(name)
        assert name in dir(schema)
