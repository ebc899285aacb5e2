"""The JSON schema of the models, from what their fields declare.

It says what validation says: the shape, and those of the engine's rules that hold whenever a
resource is sent. What an attribute means is its docstring. Every class has one definition, to
which all that have it as an attribute refer.
"""

from __future__ import annotations

import ast
import inspect
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from rhev.mapping import catalogue
from rhev.mapping.fields import FieldSpec, Kind, fields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.json_schema import GenerateJsonSchema

    from rhev.mapping.scalars import Enumeration
    from rhev.mapping.structure import Struct

Json: TypeAlias = dict[str, Any]

_REFERENCE = "#/$defs/{model}"  # as pydantic has it

# What scalars are, by the names of their types.
SCALARS: dict[str, Json] = {
    "str": {"type": "string"},
    "int": {"type": "integer"},
    "bool": {"type": "boolean"},
    "float": {"type": "number"},
    "Timestamp": {"type": "string", "format": "date-time"},
    "MACAddress": {"type": "string", "pattern": "^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}$"},
    "IPAddress": {"type": "string", "anyOf": [{"format": "ipv4"}, {"format": "ipv6"}]},
    "Bytes": {"type": "integer"},
}
_WITH_UNIT: Json = {
    "type": "string",
    "pattern": r"^\s*\d+(\.\d+)?\s*([Bb]|[KkMmGgTtPp][Ii][Bb])\s*$",
}


def describe_field(owner: type[Struct], spec: FieldSpec, generator: GenerateJsonSchema) -> Json:
    """The schema of an attribute of ``owner`` that a user's own class inherits."""
    definitions = _OfPydantic(generator)
    definitions.define(definitions.held(owner, spec))
    return definitions.attribute(owner, spec)


def describe_class(cls: type[Struct], generator: GenerateJsonSchema) -> Json:
    """The schema of a class as pydantic's generator has it."""
    return _OfPydantic(generator).whole(cls)


def refer_to(cls: type[Struct], generator: GenerateJsonSchema) -> Json:
    """A reference to the definition of a class."""
    definitions = _OfPydantic(generator)
    definitions.define([cls])
    return definitions.reference(cls)


def json_schema(cls: type[Struct], ref_template: str = _REFERENCE) -> Json:
    """The schema of a class, with the definitions of all that it reaches."""
    return _document(cls, _Definitions(ref_template))


def spec_schema(cls: type[Struct]) -> Json:
    """The schema of a class for people who write specs: see ``schema.spec_schema``."""
    return _document(cls, _Definitions(_REFERENCE, for_specs=True))


def _document(cls: type[Struct], definitions: _Definitions) -> Json:
    described = definitions.whole(cls)
    if definitions.found:
        described["$defs"] = dict(sorted(definitions.found.items()))
    return described


class _Definitions:
    """The definitions that a schema is made of, and how one refers to another."""

    def __init__(self, ref_template: str, *, for_specs: bool = False) -> None:
        self.found: dict[Any, Json] = {}
        self._ref_template = ref_template
        self._for_specs = for_specs

    def _named(self, title: str, core_ref: str) -> tuple[str, Json]:
        """The name of a definition, and the reference to it."""
        return title, {"$ref": self._ref_template.format(model=title)}

    def whole(self, cls: type[Struct]) -> Json:
        """The schema of a class, when all that it refers to is defined."""
        self.define([held for spec in fields(cls).values() for held in self.held(cls, spec)])
        return self.described(cls)

    def define(self, classes: list[type]) -> None:
        """Defines the classes and all that they reach.

        Class after class, not by recursion: what a virtual machine reaches is deeper than a stack.
        """
        pending = list(classes)
        while pending:
            cls = pending.pop()
            name, _ = self._of(cls)
            if name in self.found:
                continue
            if catalogue.is_enumeration(cls.__name__):
                self.found[name] = enumeration(cls)
            else:
                self.found[name] = self.described(cls)
                for spec in fields(cls).values():
                    pending += self.held(cls, spec)

    def held(self, owner: type[Struct], spec: FieldSpec) -> list[type]:
        """The class that a field holds, if it has one and takes more than a reference."""
        is_class = spec.kind in (Kind.ENUMERATION, Kind.STRUCT)
        return [spec.type] if is_class and not self._is_pointer(owner, spec) else []

    def reference(self, cls: type) -> Json:
        return self._of(cls)[1]

    def _of(self, cls: type) -> tuple[str, Json]:
        return self._named(cls.__name__, f"{cls.__module__}.{cls.__qualname__}:{id(cls)}")

    def described(self, cls: type[Struct]) -> Json:
        """The schema of a class, without what it refers to."""
        if "__declared__" not in cls.__dict__:  # a user's own, with fields of its own
            return self._of_pydantic(cls)
        return {
            "title": cls.__name__,
            "description": prose(cls.__doc__),
            "type": "object",
            "properties": {name: self.attribute(cls, spec) for name, spec in fields(cls).items()},
            "additionalProperties": False,
        }

    def attribute(self, owner: type[Struct], spec: FieldSpec) -> Json:
        """The schema of an attribute, with what it means."""
        choices = self._one(owner, spec)
        if asked := limits(owner).get(spec.name):
            choices[0] = limited(choices[0], asked)
        if spec.is_list:
            items = choices[0] if len(choices) == 1 else {"anyOf": choices}
            choices = [{"type": "array", "items": items}]
        text = docstrings(owner).get(spec.name)
        described: Json = {"description": text} if text else {}
        if spec.bare:
            return choices[0] | described
        if self._for_specs:  # as short as can be
            if len(choices) == 1 and isinstance(choices[0].get("type"), str):
                return choices[0] | {"type": [choices[0]["type"], "null"]} | described
            return {"anyOf": [*choices, {"type": "null"}]} | described
        return {"anyOf": [*choices, {"type": "null"}], "default": None} | described

    def _one(self, owner: type[Struct], spec: FieldSpec) -> list[Json]:
        if spec.kind in (Kind.ENUMERATION, Kind.STRUCT):
            pointer = self._is_pointer(owner, spec)
            return [self._pointer(owner, spec) if pointer else self.reference(spec.type)]
        if spec.type_name == "Bytes":
            return [SCALARS["Bytes"], _WITH_UNIT]
        return [SCALARS[spec.type_name]]

    def _is_pointer(self, owner: type[Struct], spec: FieldSpec) -> bool:
        """Whether the API takes no more of a resource here than what tells which one is meant."""
        if spec.kind is not Kind.STRUCT or not self._for_specs:
            return False
        return "id" in fields(spec.type) and catalogue.taken(owner, spec.name) != ()

    def _pointer(self, owner: type[Struct], spec: FieldSpec) -> Json:
        """What tells which resource is meant, and what else the API takes of it here."""
        parts = catalogue.taken(owner, spec.name) or ()
        ways = [name for name in ("id", "name", "href") if name in fields(spec.type)]
        described: Json = {
            "description": f"Which one is meant, by {' or '.join(ways[:-1])}.",
            "type": "object",
            "properties": {way: {"type": ["string", "null"]} for way in ways},
            "additionalProperties": False,
        }
        if parts:
            held = fields(spec.type)
            described["properties"] |= {p: self.attribute(spec.type, held[p]) for p in parts}
            return described
        title = "Reference" if "name" in ways else "IdReference"
        name, reference = self._named(title, f"rhev.schema.{title}:0")
        self.found[name] = described
        return reference

    def _of_pydantic(self, cls: type[Struct]) -> Json:
        """The schema of a user's class, which only a generator of pydantic's comes upon."""
        raise NotImplementedError


class _OfPydantic(_Definitions):
    """Those of a generator of pydantic's, which may have a user's models beside them."""

    def __init__(self, generator: GenerateJsonSchema) -> None:
        super().__init__(generator.ref_template)
        self.found = generator.definitions
        self._generator = generator

    def _named(self, title: str, core_ref: str) -> tuple[str, Json]:
        # As the generator's own way, which keeps apart what users call the same, but with one
        # definition for what goes in and what comes out.
        from pydantic.json_schema import CoreRef, JsonRef

        generator = self._generator
        key: tuple[CoreRef, Literal["validation"]] = (CoreRef(core_ref), "validation")
        if key not in generator.core_to_defs_refs:
            name = generator.get_defs_ref(key)
            path = JsonRef(generator.ref_template.format(model=name))
            generator.core_to_defs_refs[key] = name
            generator.defs_to_core_refs[name] = key
            generator.core_to_json_refs[key] = path
            generator.json_to_defs_refs[path] = name
        return generator.core_to_defs_refs[key], {"$ref": generator.core_to_json_refs[key]}

    def _of_pydantic(self, cls: type[Struct]) -> Json:
        cls.model_rebuild()
        return self._generator.generate_inner(cls.__pydantic_core_schema__)


def limited(schema: Json, limits: Json) -> Json:
    """A schema with keywords beside those that it has."""
    # A reference that stands beside other keywords is lost on some readers.
    return {"allOf": [schema], **limits} if "$ref" in schema else {**schema, **limits}


def enumeration(cls: type[Enumeration]) -> Json:
    """The schema of an enumeration: its values, as the API writes them."""
    return {
        "title": cls.__name__,
        "description": prose(cls.__doc__),
        "type": "string",
        "enum": [member.value for member in cls.__members__.values()],
    }


def limits(cls: type[Struct]) -> dict[str, Json]:
    """What the engine's rules ask of the attributes of a type in all circumstances, as keywords."""
    from rhev.rules.keywords import keywords

    return keywords(cls.__api_name__)


@cache
def docstrings(cls: type[Struct]) -> dict[str, str]:
    """What the attributes of a class mean, inherited ones too."""
    found: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        if "__declared__" in base.__dict__:
            found |= _of_module(catalogue.home(base)).get(base.__name__, {})
    return found


@cache
def _of_module(name: str) -> dict[str, dict[str, str]]:
    """The docstrings of the attributes of the classes of a module, which only its source has."""
    try:
        tree = ast.parse(inspect.getsource(import_module(name)))
    except OSError:  # there is none, as in a program that was frozen
        return {}
    return {
        node.name: dict(_of_class(node)) for node in tree.body if isinstance(node, ast.ClassDef)
    }


def _of_class(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for statement, following in zip(node.body, node.body[1:], strict=False):
        match statement, following:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                yield name, prose(text)


def prose(text: str | None) -> str:
    """A docstring in one line."""
    return " ".join((text or "").split())
