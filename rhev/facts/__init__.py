"""The services of the API, their paths, and its types: for what is driven by them when it runs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

CRUD = frozenset({"list", "get", "add", "update", "remove"})


def segment_of(action: str) -> str:
    """The last segment of an action's path, from its name in any of its spellings."""
    return action.replace("_", "").lower()


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a method. ``direction`` is in, out or inout; ``type`` is the API's name."""

    name: str
    type: str
    direction: str
    is_list: bool


@dataclass(frozen=True, slots=True)
class Variant:
    """An alternative shape of a method: what it needs beside what the method itself does."""

    name: str
    mandatory: tuple[str, ...]
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True)
class Method:
    """A method of a service: list, get, add, update, remove, or an action.

    ``mandatory`` and those of the variants are dotted paths of inputs, beginning with the name of
    a parameter: ``*`` is any entry of a list, ``a|b`` either of two.
    """

    name: str
    parameters: tuple[Parameter, ...]
    mandatory: tuple[str, ...]
    variants: tuple[Variant, ...]

    @property
    def segment(self) -> str:
        """The last segment of an action's path."""
        return segment_of(self.name)

    @property
    def is_action(self) -> bool:
        return self.name not in CRUD

    @property
    def body(self) -> Parameter | None:
        """The parameter that is the body of an add or an update."""
        return next((p for p in self.parameters if p.direction == "inout"), None)

    @property
    def query(self) -> tuple[Parameter, ...]:
        """The parameters that travel in the URL; those of an action travel in its document."""
        return tuple(p for p in self.parameters if p.direction == "in" and not self.is_action)


@dataclass(frozen=True, eq=False)
class Service:
    """What answers at a path: the collection or the resource of a ``type``.

    ``locators`` are the sub-services: the segment of the path, or ``{id}``, and the service.
    """

    name: str
    type: str | None
    methods: Mapping[str, Method]
    locators: Mapping[str, str]

    @cached_property
    def actions(self) -> Mapping[str, Method]:
        """The actions by the segment of their path."""
        return MappingProxyType({m.segment: m for m in self.methods.values() if m.is_action})

    @property
    def is_collection(self) -> bool:
        """Whether it stands for a collection and not for one resource."""
        return "list" in self.methods or "add" in self.methods


@cache
def services() -> Mapping[str, Service]:
    """Every service of the API by its name."""
    return MappingProxyType({n: _service(n, f) for n, f in _document()["services"].items()})


@cache
def paths() -> Mapping[str, str]:
    """Every path under the entry point and the service that answers there."""
    return MappingProxyType(_document()["paths"])


@cache
def collections() -> Mapping[str, tuple[tuple[str, Service], ...]]:
    """For each type the paths and services of its collections, the shortest path first."""
    found: dict[str, list[tuple[str, Service]]] = {}
    for path, name in sorted(paths().items(), key=lambda item: (item[0].count("/"), item[0])):
        service = services()[name]
        if service.is_collection and service.type:
            found.setdefault(service.type, []).append((path, service))
    return MappingProxyType({type_: tuple(places) for type_, places in found.items()})


@cache
def attributes(type_: str) -> Mapping[str, str]:
    """The attributes of a type by their Python names, with the classes of their values.

    These are the names that an annotation of a model has, as ``Bytes`` and ``CPU``; with ``[]``
    after them of lists. Empty for what is no type.
    """
    return MappingProxyType(_document("types.json")["attributes"].get(type_, {}))


@cache
def values(enumeration: str) -> tuple[str, ...]:
    """The values of an enumeration; empty for what is none."""
    return tuple(_document("types.json")["enumerations"].get(enumeration, ()))


@cache
def _document(name: str = "v4.json") -> dict[str, Any]:
    from importlib.resources import files  # which a command that asks for no fact need not load

    document: dict[str, Any] = json.loads(files(__name__).joinpath(name).read_bytes())
    return document


def _service(name: str, fact: dict[str, Any]) -> Service:
    return Service(
        name=name,
        type=fact["type"],
        methods=MappingProxyType({m["name"]: _method(m) for m in fact["methods"]}),
        locators=MappingProxyType({loc["segment"]: loc["service"] for loc in fact["locators"]}),
    )


def _method(fact: dict[str, Any]) -> Method:
    variants = tuple(
        Variant(v["name"], tuple(v.get("mandatory", ())), _parameters(v))
        for v in fact.get("variants", ())
    )
    mandatory = tuple(fact.get("mandatory", ()))
    return Method(fact["name"], _parameters(fact), mandatory, variants)


def _parameters(fact: dict[str, Any]) -> tuple[Parameter, ...]:
    return tuple(
        Parameter(p["name"], p["type"], p["direction"], p.get("list", False))
        for p in fact["parameters"]
    )
