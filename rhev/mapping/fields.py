"""What the declaration of a model says of its fields, as data that codecs and operations walk.

It is read off the annotations and the XML entities of the class once, when the class is first
used, without pydantic's schema having to be built.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import Enum
from functools import cache
from inspect import get_annotations
from typing import TYPE_CHECKING, Any

from pydantic_xml.fields import XmlEntityInfoP, extract_field_xml_entity_info
from pydantic_xml.typedefs import EntityLocation

from rhev.mapping import scalars
from rhev.mapping.catalogue import is_enumeration, is_model, model
from rhev.mapping.declare import COLLECTION

if TYPE_CHECKING:
    from rhev.mapping.structure import Struct


class Kind(Enum):
    """What the value of a field, or each member of a list, is."""

    TEXT = "text"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DOUBLE = "double"
    DATE = "date"
    ENUMERATION = "enumeration"
    STRUCT = "struct"


_SCALARS = {
    "str": Kind.TEXT,
    "MACAddress": Kind.TEXT,
    "IPAddress": Kind.TEXT,
    "int": Kind.INTEGER,
    "Bytes": Kind.INTEGER,
    "bool": Kind.BOOLEAN,
    "float": Kind.DOUBLE,
    "Timestamp": Kind.DATE,
}
_ANNOTATION = re.compile(r"(list\[)?(\w+)\]?(?: \| None)?")


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field: its Python name, its names on the wire, and what it holds.

    ``wire`` is the element (or, where ``is_attribute``, the XML attribute). For a list ``item`` is
    the element of one entry; ``bare`` lists have no element of their own around the entries.
    ``type_name`` names the class of an enumeration or a struct. An ``is_collection`` list is one
    whose members live at addresses of their own.
    """

    name: str
    wire: str
    kind: Kind
    type_name: str
    item: str | None = None
    bare: bool = False
    is_attribute: bool = False
    is_collection: bool = False

    @property
    def is_list(self) -> bool:
        return self.item is not None

    @property
    def type(self) -> Any:
        """The class of an enumeration or a struct, whose module is loaded when first asked for."""
        return model(self.type_name)


@cache
def fields(cls: type[Struct]) -> dict[str, FieldSpec]:
    """The fields of a class by their Python names, inherited ones first."""
    annotations: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        if "__pydantic_fields__" in base.__dict__:
            annotations |= get_annotations(base)
    specs = {}
    for name, info in cls.__pydantic_fields__.items():
        match = _ANNOTATION.fullmatch(str(annotations[name]))
        entity = extract_field_xml_entity_info(info)
        if match is None or entity is None:
            continue  # a field of a user's own subclass, which does not travel
        spec = _spec(name, match[2], entity, is_list=match[1] is not None)
        specs[name] = replace(spec, is_collection=COLLECTION in info.metadata)
    return specs


def _spec(name: str, type_name: str, entity: XmlEntityInfoP, *, is_list: bool) -> FieldSpec:
    kind = _SCALARS.get(type_name)
    if kind is None:
        kind = Kind.ENUMERATION if is_enumeration(type_name) else Kind.STRUCT
    path = entity.path or name
    if not is_list:
        is_attribute = entity.location is EntityLocation.ATTRIBUTE
        return FieldSpec(name, path, kind, type_name, is_attribute=is_attribute)
    if entity.wrapped is None:
        return FieldSpec(name, path, kind, type_name, item=path, bare=True)
    return FieldSpec(name, path, kind, type_name, item=entity.wrapped.path)


def namespace(cls: type[Struct]) -> dict[str, Any]:
    """What the annotations of a class name, for pydantic to evaluate them."""
    names = {spec.type_name for spec in fields(cls).values()}
    return {
        name: getattr(scalars, name) if name in _SCALARS else model(name)
        for name in names
        if is_model(name) or hasattr(scalars, name)
    }


def suggestion(cls: type[Struct], name: str) -> str:
    """The end of an error's sentence: the attribute that was probably meant, if one is near."""
    near = get_close_matches(name, fields(cls), 1)
    return f"; did you mean {near[0]!r}?" if near else ""
