"""The API's facts as the project keeps them, merged: types, names, prose, areas.

``facts/v4.json`` is the API's own description; the TOML files beside it say what that one does
not: how classes are called, in which module they live, and what they mean.
"""

from __future__ import annotations

import json
import keyword
import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

FACTS = Path(__file__).parent / "facts"
CRUD = frozenset({"list", "get", "add", "update", "remove"})
SCALARS = {
    "String": "str",
    "Integer": "int",
    "Boolean": "bool",
    "Double": "float",
    "Date": "Timestamp",
}
# Formats that are types of their own; every other format is a unit that the docstring names.
FORMATS = {
    "bytes": "Bytes",
    "mac": "MACAddress",
    "ip": "IPAddress",
    "creation status": "CreationStatus",  # the API's type is a text
}
# What tells which resource is meant, as paths within it.
_TELLING: tuple[list[str], ...] = ([], ["id"], ["name"])
# Types without an id that have an address all the same.
ADDRESSED = frozenset({"Api", "ExternalTemplateImport", "ExternalVmImport"})
# What holds the status of a resource: the first of these that its type has.
STATUS_ATTRIBUTES = ("snapshot_status", "status", "phase", "state")


@dataclass(frozen=True)
class Attribute:
    """An attribute of a type, or a parameter of an action."""

    name: str
    wire: str
    type: str
    doc: str
    item: str | None = None
    is_list: bool = False
    is_collection: bool = False
    since: str | None = None
    deprecated: bool = False

    @property
    def is_xml_attribute(self) -> bool:
        return self.wire == "id"


@dataclass(frozen=True)
class Action:
    """An action of a type: a POST to the resource's address and ``segment``."""

    name: str
    segment: str
    doc: str
    parameters: tuple[Attribute, ...]
    since: str | None
    deprecated: bool


@dataclass
class Type:
    """A type of the API and the class that stands for it."""

    api_name: str
    name: str
    base: str
    tag: str
    doc: str
    attributes: list[Attribute]
    since: str | None
    deprecated: bool
    actions: list[Action] = field(default_factory=list)
    collection: str | None = None
    collection_tag: str = ""
    collection_actions: list[Action] = field(default_factory=list)
    # Whether a service is about resources of the type, not just about those of its heirs.
    is_served: bool = False
    # The enumeration of its own attribute that holds a resource's status.
    status: Enumeration | None = None


@dataclass(frozen=True)
class Enumeration:
    name: str
    doc: str
    values: dict[str, str]
    is_status: bool
    since: str | None = None
    values_since: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Spelling:
    """An attribute under the name that an older API gave it."""

    owner: str
    name: str
    path: str
    type: str
    doc: str


@dataclass(frozen=True)
class Area:
    """A module of the models."""

    name: str
    doc: str
    types: list[Type]
    enumerations: list[Enumeration]


def identifier(name: str) -> str:
    """The Python name of an attribute: the API's own, with ``_`` after a reserved word."""
    return f"{name}_" if keyword.iskeyword(name) else name


class Facts:
    """Everything that the generator knows."""

    def __init__(self) -> None:
        self.api: dict[str, Any] = json.loads((FACTS / "v4.json").read_text())
        self._names = _toml("names.toml")
        self._areas = _toml("areas.toml")
        self._since = _toml("since.toml")
        self._docs: dict[str, Any] = {}
        for part in ("types_a_h", "types_i_z", "enums"):
            self._docs |= _toml(f"docs/{part}.toml")
        self._action_docs = _toml("docs/actions.toml")
        self.spellings = [
            Spelling(s["class"], s["name"], s["path"], s["type"], s["doc"])
            for s in _toml("spellings.toml")["spelling"]
        ]

    def class_name(self, api_type: str) -> str:
        """The class, or scalar, that stands for a type of the API."""
        if api_type in SCALARS:
            return SCALARS[api_type]
        name: str = self._names["classes"].get(api_type, api_type)
        return name

    @cached_property
    def areas(self) -> list[Area]:
        return [
            Area(
                name,
                area["doc"],
                [self.types[t] for t in self._in_order_of_bases(area["types"])],
                [self.enumerations[e] for e in area["enums"]],
            )
            for name, area in self._areas.items()
        ]

    @cached_property
    def modules(self) -> dict[str, str]:
        """The module of every class, by the name of the class."""
        modules = {}
        for area in self.areas:
            for type_ in area.types:
                modules[type_.name] = area.name
                if type_.collection:
                    modules[type_.collection] = area.name
            for enumeration in area.enumerations:
                modules[enumeration.name] = area.name
        return modules

    @cached_property
    def types(self) -> dict[str, Type]:
        listed = {
            parameter["type"]
            for service in self.api["services"].values()
            for method in service["methods"]
            if method["name"] == "list"
            for parameter in method["parameters"]
            if parameter["direction"] != "in"
        }
        types = {name: self._type(name, listed) for name in self.api["types"]}
        for service in self.api["services"]:
            for method in self.api["services"][service]["methods"]:
                if method["name"] not in CRUD:
                    self._attach(types, service, method)
        for type_ in types.values():
            type_.actions.sort(key=lambda action: action.name)
        for service in self.api["services"]:
            if owner := self.type_of_service(service):
                types[owner].is_served = True
        return types

    def bases(self, type_: Type) -> Iterator[Type]:
        """The types that a type extends, the nearest first."""
        for name in self.api["types"][type_.api_name]["bases"]:
            yield self.types[name]
            yield from self.bases(self.types[name])

    @cached_property
    def enumerations(self) -> dict[str, Enumeration]:
        statuses = {
            attribute["type"]
            for type_ in self.api["types"].values()
            for attribute in type_["attributes"]
            if attribute["name"] in {"status", "state", "phase"}
        } | {"CreationStatus"}
        return {
            name: Enumeration(
                name,
                self._docs[name]["doc"],
                {value: self._docs[name].get("values", {}).get(value, "") for value in values},
                name in statuses,
                self._since["enums"].get(name),
                {
                    value: self._since["values"][f"{name}.{value}"]
                    for value in values
                    if f"{name}.{value}" in self._since["values"]
                },
            )
            for name, values in self.api["enums"].items()
        }

    @cached_property
    def taken(self) -> dict[str, tuple[str, ...]]:
        """The attributes with a resource of which the API takes more than a reference.

        With each what is taken of it, where that is not the whole.

        Those are the ones that an input of a method lies within, and the collections below a
        resource in which members are made.
        """
        found = set(self._names["whole"])
        for fact in self.api["services"].values():
            for method in fact["methods"]:
                types = {
                    parameter["name"]: parameter["type"]
                    for shape in (*method.get("variants", ()), method)
                    for parameter in shape["parameters"]
                }
                for first, *rest in self._inputs(method):
                    found |= self._passed(types.get(first), rest)
        for path, service in self.api["paths"].items():
            owner = self.type_of_service(self.api["paths"][path.rpartition("/")[0] or "/"])
            if owner and any(self._makes(method) for method in self.methods(service)):
                for attribute in self._all_attributes(owner):
                    if attribute["name"].replace("_", "") == path.rpartition("/")[2]:
                        found.add(f"{self.class_name(owner)}.{attribute['name']}")
        whole = dict.fromkeys(found - set(self._names["references"]), ())
        return whole | {name: tuple(parts) for name, parts in self._names["parts"].items()}

    @staticmethod
    def _inputs(method: dict[str, Any]) -> Iterator[list[str]]:
        """The inputs of a method and of its variants, each as the names on the way to it."""
        for shape in (method, *method.get("variants", ())):
            for given in (*(shape.get("mandatory") or ()), *(shape.get("optional") or ())):
                for path in given.split("|"):
                    yield [name for name in path.split(".") if name != "*"]

    def _makes(self, method: dict[str, Any]) -> bool:
        """Whether a method makes what it is given, and does not just take in what there is."""
        inputs = [path[1:] for path in self._inputs(method)]
        return method["name"] == "add" and any(path not in _TELLING for path in inputs)

    def _passed(self, type_name: str | None, path: list[str]) -> set[str]:
        """The attributes with a resource that a path goes through to something within."""
        found: set[str] = set()
        while type_name and type_name in self.api["types"] and len(path) > 1:
            attributes = {a["name"]: a for a in self._all_attributes(type_name)}
            if path[0] not in attributes:
                break
            within = attributes[path[0]]["type"]
            if path[1:] not in _TELLING and self._is_a(within, "Identified"):
                found.add(f"{self.class_name(type_name)}.{identifier(path[0])}")
            type_name, path = within, path[1:]
        return found

    def methods(self, service: str) -> list[dict[str, Any]]:
        """The methods of a service, inherited ones too."""
        fact = self.api["services"][service]
        own = {method["name"]: method for method in fact["methods"]}
        inherited = {m["name"]: m for base in fact["bases"] for m in self.methods(base)}
        return list((inherited | own).values())

    def locators(self, service: str) -> list[dict[str, Any]]:
        """The sub-services of a service, inherited ones too."""
        fact = self.api["services"][service]
        own = {locator["segment"]: locator for locator in fact["locators"]}
        inherited = {loc["segment"]: loc for base in fact["bases"] for loc in self.locators(base)}
        return list((inherited | own).values())

    def type_of_service(self, service: str) -> str | None:
        """The type of the resources that a service is about."""
        methods = {method["name"]: method for method in self.methods(service)}
        for name in ("get", "list", "add", "update"):
            for parameter in methods.get(name, {}).get("parameters", ()):
                if parameter["direction"] != "in" and parameter["type"] in self.api["types"]:
                    type_: str = parameter["type"]
                    return type_
        return None

    def is_collection_service(self, service: str) -> bool:
        """Whether a service stands for a collection, not for one resource."""
        methods = {method["name"] for method in self.methods(service)}
        return bool(methods & {"list", "add"})

    def _type(self, name: str, listed: set[str]) -> Type:
        fact = self.api["types"][name]
        docs = self._docs[name]
        if fact["bases"]:
            base = self.class_name(fact["bases"][0])
        else:
            base = "BaseResource" if name == "Identified" or name in ADDRESSED else "Struct"
        inherited = {
            attribute["name"]
            for ancestor in fact["bases"]
            for attribute in self._all_attributes(ancestor)
        }
        roots = self.api["documents"][name]
        collection = None
        if name in listed:
            collection = self._names["collections"].get(name, self.class_name(name) + "s")
        return Type(
            api_name=name,
            name=self.class_name(name),
            base=base,
            tag=roots["resource"],
            doc=docs["doc"],
            attributes=[
                self._attribute(name, attribute, docs)
                for attribute in fact["attributes"]
                if attribute["name"] not in inherited
            ],
            since=fact.get("since"),
            deprecated=fact.get("deprecated", False),
            collection=collection,
            collection_tag=roots["collection"],
            status=self._status(fact["attributes"]),
        )

    def _status(self, attributes: list[dict[str, Any]]) -> Enumeration | None:
        types = {attribute["name"]: attribute["type"] for attribute in attributes}
        held = next((types[name] for name in STATUS_ATTRIBUTES if name in types), "")
        return self.enumerations.get(held)

    def _all_attributes(self, name: str) -> Iterator[dict[str, Any]]:
        fact = self.api["types"][name]
        for base in fact["bases"]:
            yield from self._all_attributes(base)
        yield from fact["attributes"]

    @cached_property
    def _relationships(self) -> set[tuple[str, str]]:
        """The types and the names of the collections that resources of them have."""
        found = set()
        for path in self.api["paths"]:
            parent, _, segment = path.rpartition("/")
            owner = self.type_of_service(self.api["paths"][parent or "/"])
            if owner is not None and not segment.startswith("{"):
                heirs = [name for name in self.api["types"] if self._is_a(owner, name)]
                found |= {(name, segment) for name in heirs}
        return found

    def _is_a(self, name: str, base: str) -> bool:
        bases = self.api["types"][name]["bases"]
        return name == base or any(self._is_a(between, base) for between in bases)

    def _attribute(self, owner: str, fact: dict[str, Any], docs: dict[str, Any]) -> Attribute:
        format_ = docs.get("formats", {}).get(fact["name"], "")
        return Attribute(
            name=identifier(fact["name"]),
            wire=fact.get("element", fact["name"]),
            type=FORMATS.get(format_) or self.class_name(fact["type"]),
            doc=docs["attributes"][fact["name"]],
            item=fact.get("item"),
            is_list=fact.get("list", False),
            is_collection=fact.get("link", False)
            and (owner, fact["name"].replace("_", "")) in self._relationships,
            since=fact.get("since") or self._since["attributes"].get(f"{owner}.{fact['name']}"),
            deprecated=fact.get("deprecated", False),
        )

    def _attach(self, types: dict[str, Type], service: str, method: dict[str, Any]) -> None:
        action = self._action(service, method)
        for heir in self._heirs(service):
            owner = self.type_of_service(heir)
            if owner is None:
                continue
            type_ = types[owner]
            if self.is_collection_service(heir):
                _merge(type_.collection_actions, action)
            else:
                _merge(type_.actions, action)

    def _heirs(self, service: str) -> Iterator[str]:
        yield service
        for name, fact in self.api["services"].items():
            if service in fact["bases"]:
                yield from self._heirs(name)

    def _action(self, service: str, method: dict[str, Any]) -> Action:
        docs = self._action_docs[service][method["name"]]
        common = self._action_docs["common"]
        facts = {
            parameter["name"]: parameter
            for shape in (method, *method.get("variants", ()))
            for parameter in shape["parameters"]
            if parameter["direction"] != "out"
        }
        parameters = tuple(
            Attribute(
                name=identifier(name),
                wire=name,
                type=self.class_name(fact["type"]),
                doc=docs.get("parameters", {}).get(name) or common[name],
                is_list=fact.get("list", False),
                since=fact.get("since"),
                deprecated=fact.get("deprecated", False),
            )
            for name, fact in sorted(facts.items())
        )
        return Action(
            name=identifier(method["name"]),
            segment=method["name"].replace("_", ""),
            doc=docs["doc"],
            parameters=parameters,
            since=method.get("since"),
            deprecated=method.get("deprecated", False),
        )

    def _in_order_of_bases(self, names: list[str]) -> list[str]:
        ordered: list[str] = []

        def place(name: str) -> None:
            for base in self.api["types"][name]["bases"]:
                if base in names:
                    place(base)
            if name not in ordered:
                ordered.append(name)

        for name in sorted(names):
            place(name)
        return ordered


def _merge(actions: list[Action], action: Action) -> None:
    """Adds an action; one that several services have takes the parameters of all of them."""
    for index, present in enumerate(actions):
        if present.name == action.name:
            parameters = {p.name: p for p in (*action.parameters, *present.parameters)}
            merged = tuple(parameters[name] for name in sorted(parameters))
            actions[index] = Action(
                present.name,
                present.segment,
                present.doc,
                merged,
                present.since,
                present.deprecated and action.deprecated,
            )
            return
    actions.append(action)


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((FACTS / name).read_text())
