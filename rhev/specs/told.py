"""How what was given is told of, and what would have been right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from rhev.mapping.fields import Kind, fields

if TYPE_CHECKING:
    from rhev.mapping.structure import Struct
    from rhev.specs.reading import Position, Text

WANTED: dict[Kind, str] = {
    Kind.TEXT: "a text",
    Kind.INTEGER: "a whole number",
    Kind.BOOLEAN: "true or false",
    Kind.DOUBLE: "a number",
    Kind.DATE: "a time",
    Kind.ENUMERATION: "a text",
    Kind.STRUCT: "a mapping of attributes",
}
"""What the attributes of a kind hold."""


def is_null(node: Any) -> bool:
    """Whether a node stands for no value."""
    return isinstance(node, yaml.ScalarNode) and node.tag.endswith(":null") and not node.style


def described(node: Any) -> str:
    """What a node is, for the beginning of a sentence."""
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    if isinstance(node, yaml.MappingNode):
        return "a mapping"
    return "a single value"


def kind_of(value: object) -> str:
    """What a value is, for the beginning of a sentence."""
    if isinstance(value, bool):
        return f"the value {str(value).lower()}"
    if isinstance(value, int | float):
        return "a number"
    return "nothing" if value is None else "a text"


def fits(kind: Kind, value: object) -> bool:
    """Whether a value is of a kind, as strict models have it."""
    if kind in (Kind.TEXT, Kind.DATE):
        return isinstance(value, str)
    if kind is Kind.BOOLEAN:
        return isinstance(value, bool)
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return is_whole or (kind is Kind.DOUBLE and isinstance(value, float))


def better(kind: Kind, value: object, at: Position, text: Text) -> str:
    """What would have been right, where it can be told from what was given."""
    if kind is Kind.TEXT and not isinstance(value, str):
        line = text.source.lines[at.line - 1]
        return f"write '{line[at.column - 1 : at.column - 1 + at.length]}' in quotes"
    if isinstance(value, str):
        plain = value.strip().lower()
        if kind is Kind.BOOLEAN and plain in ("true", "false", "yes", "no", "on", "off"):
            return f"write {'true' if plain in ('true', 'yes', 'on') else 'false'}"
        if kind is Kind.INTEGER and plain.isdigit():
            return f"write {int(plain)}, without quotes"
    return ""


def example(name: str, cls: type[Struct]) -> str:
    """How an attribute that holds a structure is written."""
    first = next(iter(fields(cls)), None)
    return f"write {name}: {{{first}: ...}}" if first else ""
