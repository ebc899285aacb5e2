"""What the declaration of a model says of its fields, as data that codecs and operations walk.

It is read off the annotations when the class is made, as texts: no class that they name is loaded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any

from rhev.mapping.catalogue import is_enumeration, model

if TYPE_CHECKING:
    from rhev.mapping.declare import Declaration
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


SCALARS = {
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


def annotation_text(spec: FieldSpec) -> str:
    """The annotation of a field as ``typing.get_type_hints`` can read it within ``rhev.schema``.

    A class is an attribute of ``models`` there, which loads it.
    """
    known = spec.type_name in SCALARS
    one = spec.type_name if known else f"models.{spec.type_name}"
    whole = f"list[{one}]" if spec.is_list else one
    return whole if spec.bare else f"{whole} | None"


def declared(name: str, annotation: str, declaration: Declaration) -> FieldSpec:
    """The specification of a field, from its annotation's text and its declaration."""
    match = _ANNOTATION.fullmatch(annotation)
    if match is None:
        raise TypeError(f"{name}: {annotation} is no annotation that a field can have")
    type_name = match[2]
    kind = SCALARS.get(type_name)
    if kind is None:
        kind = Kind.ENUMERATION if is_enumeration(type_name) else Kind.STRUCT
    return FieldSpec(
        name,
        declaration.path or name,
        kind,
        type_name,
        declaration.item,
        declaration.bare,
        declaration.is_attribute,
        declaration.is_collection,
    )


@cache
def fields(cls: type[Struct]) -> dict[str, FieldSpec]:
    """The fields of a class that travel, by their Python names, inherited ones first.

    What a user's subclass adds is not among them.
    """
    specs: dict[str, FieldSpec] = {}
    for base in reversed(cls.__mro__):
        specs |= base.__dict__.get("__declared__", {})
    return {name: specs[name] for name in cls.__pydantic_fields__ if name in specs}


def suggestion(cls: type[Struct], name: str) -> str:
    """The end of an error's sentence: the attribute that was probably meant, if one is near."""
    from difflib import get_close_matches

    near = get_close_matches(name, fields(cls), 1)
    return f"; did you mean {near[0]!r}?" if near else ""
