"""The API's facts as the tests read them: plainly, by other code than the generator's."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from rhev.mapping.catalogue import model
from rhev.mapping.fields import Kind
from rhev.models.index import CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rhev.mapping.structure import Struct

FACTS: dict[str, Any] = json.loads(files("codegen").joinpath("facts", "v4.json").read_bytes())
# What the API's own description leaves out.
SINCE: dict[str, dict[str, str]] = tomllib.loads(
    files("codegen").joinpath("facts", "since.toml").read_text()
)
TYPES: dict[str, Any] = FACTS["types"]
ENUMS: dict[str, list[str]] = FACTS["enums"]
SERVICES: dict[str, Any] = FACTS["services"]

CRUD = frozenset({"list", "get", "add", "update", "remove"})
SCALARS = {
    "String": Kind.TEXT,
    "Integer": Kind.INTEGER,
    "Boolean": Kind.BOOLEAN,
    "Double": Kind.DOUBLE,
    "Date": Kind.DATE,
}
PYTHON = {"String": "str", "Integer": "int", "Boolean": "bool", "Double": "float"}
# Attributes of the API whose names Python reserves, or would read as something else.
RESERVED = {"from": "from_", "import": "import_", "async": "async_"}


@dataclass(frozen=True)
class Place:
    """A method as a service has it: its own, or its base's."""

    service: str
    method: dict[str, Any]

    @property
    def name(self) -> str:
        name: str = self.method["name"]
        return name

    @property
    def shapes(self) -> list[dict[str, Any]]:
        """The method itself and its variants."""
        return [self.method, *self.method.get("variants", ())]

    @property
    def inputs(self) -> dict[str, dict[str, Any]]:
        """The parameters of every shape that travel to the engine."""
        return {
            parameter["name"]: parameter
            for shape in self.shapes
            for parameter in shape["parameters"]
            if parameter["direction"] != "out"
        }

    def __str__(self) -> str:
        return f"{self.service}.{self.name}"


def class_of(api_type: str) -> type[Struct]:
    """The class that stands for a type."""
    cls: type[Struct] = model(CLASSES[api_type])
    return cls


def python_name(name: str) -> str:
    return RESERVED.get(name, name)


def attributes(api_type: str) -> Iterator[dict[str, Any]]:
    """The attributes of a type, inherited ones first."""
    for base in TYPES[api_type]["bases"]:
        yield from attributes(base)
    yield from TYPES[api_type]["attributes"]


def methods() -> Iterator[Place]:
    """Every method, once, with the service that declares it."""
    for service, fact in SERVICES.items():
        for method in fact["methods"]:
            yield Place(service, method)


def heirs(service: str) -> Iterator[str]:
    """A service and those that inherit from it."""
    yield service
    for name, fact in SERVICES.items():
        if service in fact["bases"]:
            yield from heirs(name)


def all_methods(service: str) -> dict[str, dict[str, Any]]:
    """The methods of a service by name, inherited ones too."""
    found: dict[str, dict[str, Any]] = {}
    for base in SERVICES[service]["bases"]:
        found |= all_methods(base)
    return found | {method["name"]: method for method in SERVICES[service]["methods"]}


def subject(service: str) -> tuple[str, bool] | None:
    """The type that a service is about, and whether the service stands for a collection of it."""
    found = all_methods(service)
    is_collection = bool(found.keys() & {"list", "add"})
    for name in ("get", "list", "add", "update"):
        for parameter in found.get(name, {}).get("parameters", ()):
            if parameter["direction"] != "in" and parameter["type"] in TYPES:
                return parameter["type"], is_collection
    return None
