"""The JSON Schema of specs, as editors take it: what ``validate`` says, as far as a schema can."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from rhev import relations
from rhev.applying import shapes
from rhev.mapping.classes.json_schema import (
    SCALARS,
    docstrings,
    enumeration,
    limited,
    prose,
)
from rhev.mapping.fields import FieldSpec, Kind, fields
from rhev.mapping.resources import BaseResource
from rhev.rules.keywords import keywords
from rhev.rules.relaxed import as_the_engine_does
from rhev.rules.rule import ADD
from rhev.specs import kinds, references
from rhev.specs.ruling import COMPLETED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rhev.mapping.structure import Struct

Json: TypeAlias = dict[str, Any]

DIALECT: str = "https://json-schema.org/draft/2020-12/schema"

_NAME: Json = {"type": "string", "minLength": 1}
_SIZE: Json = {
    "type": "string",
    "pattern": r"^\s*(\d+|\d+(\.\d+)?\s*([Bb]|[KkMmGgTtPp][Ii][Bb]))\s*$",
    "description": "A number of bytes, or one with a unit: 512MiB, 8GiB, 1TiB.",
}


def schema(kind: str | None = None) -> Json:
    """The JSON Schema (2020-12) of a document of a kind, or of documents of any kind.

    That of any kind takes a list of documents, too. It accepts what ``validate`` accepts and
    rejects what that rejects, as far as a schema can tell. Raises KeyError for no kind.
    """
    made = _Schema()
    if kind is not None:
        document: Json = made.document(kind)
    else:
        known = list(kinds.kinds())
        one: Json = {
            "type": "object",
            "required": ["kind"],
            "properties": {"kind": {"enum": known}},
            "allOf": [_if_of(kind, made.named(kind, _document_of(made, kind))) for kind in known],
        }
        document = {
            "title": "specs",
            "if": {"type": "array"},
            "then": {"items": {"$ref": "#/$defs/document"}},
            "else": {"$ref": "#/$defs/document"},
        }
        made.found["document"] = one
    made.finish()
    return {"$schema": DIALECT, **document, "$defs": dict(sorted(made.found.items()))}


def _if_of(kind: str, then: Json) -> Json:
    condition = {"required": ["kind"], "properties": {"kind": {"const": kind}}}
    return {"if": condition, "then": then}


def _document_of(made: _Schema, kind: str) -> Callable[[], Json]:
    return lambda: made.document(kind)


class _Schema:
    """The definitions of a schema: one of each class, to which all refer that have it."""

    def __init__(self) -> None:
        self.found: dict[str, Json] = {}
        self._pending: list[tuple[str, Callable[[], Json]]] = []

    def named(self, name: str, describe: Callable[[], Json]) -> Json:
        """A reference to a definition. That is made later: they reach deeper than a stack."""
        if name not in self.found:
            self.found[name] = {}
            self._pending.append((name, describe))
        return {"$ref": f"#/$defs/{name}"}

    def finish(self) -> None:
        """Makes all definitions that were referred to."""
        while self._pending:
            name, describe = self._pending.pop()
            self.found[name] = describe()

    def document(self, kind: str) -> Json:
        """The schema of a document of a kind."""
        type_ = kinds.kinds()[kind]
        cls = kinds.class_of(type_)
        described = self._structure(cls, is_sent=True)
        ways = kinds.owners_of(type_)
        properties: Json = {"kind": {"const": kind, "description": f"A {cls.__name__}."}}
        required = ["kind"]
        if any(ways):
            properties["under"] = _under(ways)
            required += [] if () in ways else ["under"]
        described["title"] = kind
        described["properties"] = {**properties, **described["properties"]}
        described["required"] = required
        needs = _needs(type_)
        if len(needs) == 1:
            described["required"] += sorted(needs[0])
            for name in needs[0]:
                described["properties"][name] = _not_null(described["properties"][name])
        elif needs:
            described["anyOf"] = [
                {
                    "required": sorted(names),
                    "properties": {name: {"not": {"type": "null"}} for name in sorted(names)},
                }
                for names in needs
            ]
        return described

    def _structure(
        self, cls: type[Struct], *, is_sent: bool, parts: frozenset[str] | None = None
    ) -> Json:
        """The schema of a class, or of parts of it; rules are of resources that are sent."""
        asked = keywords(cls.__api_name__, ADD) if is_sent else {}
        properties = {
            name: self._attribute(cls, spec, asked.get(name))
            for name, spec in references.attributes(cls).items()
            if (parts is None or name in parts) and not references.is_listed_only(cls, spec)
        }
        return {
            "title": cls.__name__,
            "description": prose(cls.__doc__),
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
        }

    def _attribute(self, owner: type[Struct], spec: FieldSpec, asked: Json | None) -> Json:
        of_entries = (asked or {}).get("items", {}) if spec.is_list else asked or {}
        choices = self._choices(owner, spec, of_entries)
        if of_entries:
            choices[0] = limited(choices[0], of_entries)
        if spec.is_list:
            whole = {key: value for key, value in (asked or {}).items() if key != "items"}
            items = choices[0] if len(choices) == 1 else {"anyOf": choices}
            choices = [{"type": "array", "items": items, **whole}]
        if not (spec.is_list and spec.bare):
            choices.append({"type": "null"})
        text = docstrings(owner).get(spec.name)
        described: Json = {"description": text} if text else {}
        return {**described, **(choices[0] if len(choices) == 1 else {"anyOf": choices})}

    def _choices(self, owner: type[Struct], spec: FieldSpec, asked: Json) -> list[Json]:
        if spec.type_name == "Bytes":
            return [SCALARS["Bytes"], _SIZE]
        if spec.kind is Kind.ENUMERATION:
            cls: Any = spec.type
            return [self.named(cls.__name__, lambda: enumeration(cls))]
        if spec.kind is not Kind.STRUCT:
            return [SCALARS[spec.type_name]]
        return self._struct(owner, spec, asked)

    def _struct(self, owner: type[Struct], spec: FieldSpec, asked: Json) -> list[Json]:
        cls = references.class_within(owner, spec)
        nested = shapes.nested(owner).get(spec.name)
        if references.refers(owner, spec):
            parts = references.parts(owner, spec, cls)
            name = f"{cls.__name__}Reference{'' if parts is None else _suffix(parts, cls)}"
            choices = [self.named(name, lambda: self._reference(cls, parts))]
        elif nested is not None and nested.can_add:
            choices = [self.named(cls.__name__, lambda: self._structure(cls, is_sent=True))]
        else:
            part = f"{cls.__name__}Part" if issubclass(cls, BaseResource) else cls.__name__
            choices = [self.named(part, lambda: self._structure(cls, is_sent=False))]
        way = references.by_text(cls)
        if way is None:
            return choices
        # What a text stands for has to be as that would be in a mapping.
        same = [asked.get("properties", {}).get(way)]
        if nested is not None and nested.can_add and not nested.assigns:
            same.append(keywords(cls.__api_name__, ADD).get(way))
        return [*choices, {**_NAME, "allOf": found} if (found := [*filter(None, same)]) else _NAME]

    def _reference(self, cls: type[Struct], parts: frozenset[str] | None) -> Json:
        """What says which resource is meant, and what else may be said of it."""
        described = self._structure(cls, is_sent=False, parts=parts)
        ways = references.ways(cls)
        described["description"] = f"Which {cls.__name__} is meant, by its {' or '.join(ways)}."
        described["anyOf"] = [{"required": [way], "properties": {way: _NAME}} for way in ways]
        return described


def _not_null(attribute: Json) -> Json:
    """The schema of an attribute that has to hold something."""
    choices = [each for each in attribute.get("anyOf", ()) if each != {"type": "null"}]
    if not choices:
        return attribute
    if choices[0].get("type") == "string":
        choices[0] = {"minLength": 1, **choices[0]}
    rest = {key: value for key, value in attribute.items() if key != "anyOf"}
    return {**rest, **choices[0]} if len(choices) == 1 else {**rest, "anyOf": choices}


def _suffix(parts: Iterable[str], cls: type[Struct]) -> str:
    """What tells references to a class apart that take different parts of it."""
    more = sorted(set(parts) & fields(cls).keys() - {*references.WAYS, "domain"})
    return "".join(f"_{name}" for name in more)


def _under(ways: tuple[tuple[str, ...], ...]) -> Json:
    words = {type_: kind for kind, type_ in kinds.owner_kinds().items()}
    told = {"id": {"type": "string"}, "name": {"type": "string"}}
    one: Json = {
        "anyOf": [
            _NAME,
            {
                "type": "object",
                "properties": told,
                "additionalProperties": False,
                "anyOf": [{"required": [way], "properties": {way: _NAME}} for way in told],
            },
        ]
    }
    return {
        "description": "What this belongs to, by its name or id.",
        "anyOf": [
            {
                "type": "object",
                "properties": {words[each]: one for each in way},
                "required": [words[each] for each in way],
                "additionalProperties": False,
            }
            for way in ways
            if way
        ],
    }


def _needs(type_: str) -> list[frozenset[str]]:
    """The attributes that an add needs, in each of the ways in which it can be had."""
    found: list[frozenset[str]] = []
    for path, service in relations.collection_services(type_):
        method = service.methods.get("add")
        if method is None:
            continue
        needed = as_the_engine_does(service.name, method, path)
        variants = [variant.mandatory for variant in needed.variants] or [()]
        found += [_first(type_, [*needed.mandatory, *variant]) for variant in variants]
    least = [each for each in found if not any(other < each for other in found)]
    return list(dict.fromkeys(least))


def _first(type_: str, paths: Iterable[str]) -> frozenset[str]:
    """The attributes of a resource that paths begin with, where they have no alternatives."""
    found = set()
    for path in paths:
        firsts = {way.split(".")[1] for way in path.split("|") if "." in way}
        if len(firsts) == 1:
            found |= firsts
    return frozenset(found - COMPLETED.get(type_, frozenset()))
