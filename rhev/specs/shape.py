"""From nodes to the values of a model: every problem of their shape is noted, all at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import yaml

from rhev.mapping.fields import FieldSpec, Kind, fields
from rhev.mapping.resources import BaseResource
from rhev.mapping.spellings import spellings
from rhev.secrets import is_secret
from rhev.specs import references, sizes
from rhev.specs.reading import Ambiguous, Path, Position, Text, Unreadable, position_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rhev.mapping.scalars import Enumeration
    from rhev.mapping.structure import Struct

# What bounds a document whose aliases stand for more and more.
_DEEPEST = 40
_MOST = 100_000

_WANTED = {
    Kind.TEXT: "a text",
    Kind.INTEGER: "a whole number",
    Kind.BOOLEAN: "true or false",
    Kind.DOUBLE: "a number",
    Kind.DATE: "a time",
    Kind.ENUMERATION: "a text",
    Kind.STRUCT: "a mapping of attributes",
}
_NOTHING: Any = object()


@dataclass
class Shaping:
    """One document that is being read: where its attributes are, and which of them are wrong.

    ``keys`` has the places of the attributes' names and ``values`` those of what they hold.
    ``wrong`` are the paths of what has no value for its problems, ``meant`` those of attributes
    whose names were misspelt, as far as that can be told. ``kept`` has for a list of which entries
    were left out the numbers of the others.
    """

    text: Text
    keys: dict[Path, Position] = field(default_factory=dict)
    values: dict[Path, Position] = field(default_factory=dict)
    wrong: set[Path] = field(default_factory=set)
    meant: set[Path] = field(default_factory=set)
    kept: dict[Path, list[int]] = field(default_factory=dict)
    _seen: int = 0

    def written(self, path: Path) -> Path:
        """The path in the document of one in its model, which may lack entries."""
        found: Path = ()
        for step in path:
            kept = self.kept.get(found)
            found = (*found, kept[step] if kept is not None and isinstance(step, int) else step)
        return found

    def place(self, path: Path, *, of_key: bool = False) -> Position:
        """Where something stands, or the next of what it is within that is there."""
        while path and path not in self.values:
            path, of_key = path[:-1], True
        if of_key and path in self.keys:
            return self.keys[path]
        return self.values.get(path, Position(1, 1))

    def note(
        self,
        at: Path | Position,
        path: Path,
        message: str,
        suggestion: str = "",
        *,
        rule: str,
    ) -> Any:
        """Notes an error; what it is of has no value."""
        position = at if isinstance(at, Position) else self.place(at)
        self.wrong.add(path)
        self.text.note(position, path, message, suggestion, rule=rule)
        return _NOTHING

    def members(self, node: Any, path: Path) -> dict[str, tuple[Any, Any]]:
        """The nodes of a mapping by their names, each once: with its key, and its value."""
        found: dict[str, tuple[Any, Any]] = {}
        try:
            pairs = self.text.members(node)
        except Unreadable as error:
            self.note(error.position, path, error.message, error.suggestion, rule="syntax")
            return found
        for key, value in pairs:
            name = self._name(key, path)
            if name is None:
                continue
            inner = (*path, name)
            if name in found:
                line = self.keys[inner].line
                self.text.note(
                    position_of(key),
                    inner,
                    f"given twice: it is in line {line} already",
                    "leave out one of them",
                    rule="duplicate",
                )
                continue
            self.keys[inner] = position_of(key)
            found[name] = key, value
        return found

    def _name(self, key: Any, path: Path) -> str | None:
        name: object = None
        if isinstance(key, yaml.ScalarNode):
            try:
                name = self.text.value(key)
            except Unreadable as error:
                self.text.note(error.position, path, error.message, rule="syntax")
                return None
            if isinstance(name, str):
                return name
        shown = f"{key.value!r}" if isinstance(key, yaml.ScalarNode) else "a list or a mapping"
        self.text.note(
            position_of(key),
            path,
            f"the name of an attribute is a text, and not {shown}",
            rule="type",
        )
        return None

    def structure(self, cls: type[Struct], node: Any, path: Path) -> Any:
        """The values of a structure by their names."""
        self.values.setdefault(path, position_of(node))
        self._seen += 1
        if len(path) > _DEEPEST or self._seen > _MOST:
            return self.note(
                position_of(node),
                path,
                "this is more than a document can hold",
                "an alias may stand for what it is within",
                rule="syntax",
            )
        members = self.members(node, path)
        return self.attributes(cls, members, path)

    def attributes(
        self, cls: type[Struct], members: Mapping[str, tuple[Any, Any]], path: Path
    ) -> dict[str, Any]:
        """The values of members by the attributes of a class."""
        known = fields(cls)
        called = members["name"][1].value if "name" in members else None
        found: dict[str, Any] = {}
        for name, (key, node) in members.items():
            inner = (*path, name)
            if name not in known:
                self._unknown(cls, name, key, path)
                continue
            self.values.setdefault(inner, position_of(node))
            hidden = is_secret(cls.__api_name__, name, called)
            value = self._attribute(cls, known[name], node, inner, hidden)
            if value is not _NOTHING:
                found[name] = value
        return found

    def _unknown(self, cls: type[Struct], name: str, key: Any, path: Path) -> None:
        known = fields(cls)
        older = spellings(cls).get(name)
        meant = older.path if older is not None else f"{name}_" if f"{name}_" in known else None
        if meant is None:
            folded = name.replace("-", "_").lower()
            near = [each for each in known if each == folded]
            near = near or get_close_matches(folded, known, 1)
            meant = near[0] if near else None
        if meant is not None:
            self.meant.add((*path, *meant.split(".")))
        self.note(
            position_of(key),
            (*path, name),
            f"unknown attribute of {cls.__name__}",
            f"did you mean {meant}?" if meant else "",
            rule="unknown-attribute",
        )

    def _attribute(
        self, owner: type[Struct], spec: FieldSpec, node: Any, path: Path, hidden: bool
    ) -> Any:
        if references.is_listed_only(owner, spec):
            at = self.place(path, of_key=True)
            said = f"the engine alone has a say in what {spec.name} are there"
            return self.note(at, path, said, "leave it out", rule="read-only")
        if not spec.is_list:
            return self._one(owner, spec, node, path, hidden)
        if _is_null(node) and not spec.bare:
            return None
        if not isinstance(node, yaml.SequenceNode):
            return self.note(
                path,
                path,
                f"{_described(node)}, where a list is wanted",
                "write [...]",
                rule="type",
            )
        found = []
        kept = []
        for number, entry in enumerate(node.value):
            inner = (*path, number)
            self.values.setdefault(inner, position_of(entry))
            if _is_null(entry):
                self.note(inner, inner, "nothing, where a list has an entry", rule="type")
                continue
            value = self._one(owner, spec, entry, inner, hidden)
            if value is not _NOTHING:
                found.append(value)
                kept.append(number)
        if len(kept) < len(node.value):
            self.kept[path] = kept
        return found

    def _one(
        self, owner: type[Struct], spec: FieldSpec, node: Any, path: Path, hidden: bool
    ) -> Any:
        if spec.kind is Kind.STRUCT:
            return self._struct(owner, spec, node, path)
        if not isinstance(node, yaml.ScalarNode):
            wanted = _WANTED[spec.kind]
            return self.note(
                path, path, f"{_described(node)}, where {wanted} is wanted", rule="type"
            )
        value = self.scalar(node, path, spec, hidden=hidden)
        if value is None or value is _NOTHING:
            return value
        return self._checked(spec, value, path, hidden)

    def scalar(
        self, node: Any, path: Path, spec: FieldSpec | None = None, *, hidden: bool = False
    ) -> Any:
        """The value of a scalar; what readers of YAML do not agree on is noted."""
        try:
            value = self.text.value(node)
        except Unreadable as error:
            return self.note(error.position, path, error.message, error.suggestion, rule="syntax")
        if not isinstance(value, Ambiguous):
            return value
        shown = "this" if hidden else repr(value.written)
        kind = spec.kind if spec is not None else Kind.TEXT
        better = "write it in quotes" if hidden else f"write '{value.written}' in quotes"
        if kind is Kind.BOOLEAN and value.older in ("true", "false"):
            better = f"write {value.older}"
        elif kind is Kind.INTEGER:
            numbers = [each for each in (value.older, value.newer) if each.isdigit()]
            better = f"write {' or '.join(numbers)}" if numbers else "write a whole number"
        elif kind is Kind.DOUBLE:
            better = "write it with digits and a point"
        return self.note(
            path,
            path,
            f"{shown} is {value.older} to YAML 1.1, and {value.newer} to YAML 1.2",
            better,
            rule="ambiguous",
        )

    def _checked(self, spec: FieldSpec, value: Any, path: Path, hidden: bool) -> Any:
        if spec.kind is Kind.ENUMERATION:
            return self._enumerated(spec.type, value, path)
        if spec.type_name == "Bytes" and isinstance(value, str):
            try:
                return sizes.parse(value)
            except ValueError as error:
                return self.note(path, path, str(error), rule="size")
        if _fits(spec.kind, value):
            return float(value) if spec.kind is Kind.DOUBLE else value
        wanted = "a size, as in 8GiB," if spec.type_name == "Bytes" else _WANTED[spec.kind]
        better = "" if hidden else _better(spec.kind, value, self.values[path], self.text)
        return self.note(
            path, path, f"{_kind_of(value)}, where {wanted} is wanted", better, rule="type"
        )

    def _enumerated(self, cls: type[Enumeration], value: Any, path: Path) -> Any:
        values = [member.value for member in cls.__members__.values()]
        if isinstance(value, str) and value in values:
            return cls(value)
        shown = str(value).lower() if isinstance(value, bool) else str(value)
        near = [each for each in values if each.lower() == shown.lower()]
        near = near or get_close_matches(shown.lower().replace("-", "_"), values, 1)
        if near:
            suggestion = f"did you mean {near[0]}?"
        elif len(values) <= 12:
            suggestion = f"it is one of {', '.join(values)}"
        else:
            suggestion = f"it is one of {', '.join(values[:10])}, ..."
        return self.note(
            path, path, f"{shown!r} is no {cls.__name__}", suggestion, rule="enumeration"
        )

    def _struct(self, owner: type[Struct], spec: FieldSpec, node: Any, path: Path) -> Any:
        if _is_null(node):
            return None
        cls = references.class_within(owner, spec)
        if isinstance(node, yaml.ScalarNode):
            way = references.by_text(cls)
            text = self.scalar(node, path)
            if text is _NOTHING:
                return text
            if way is None or not isinstance(text, str):
                wanted = "a name, or a mapping," if way else _WANTED[Kind.STRUCT]
                better = f"write '{node.value}' in quotes" if way else _example(spec.name, cls)
                return self.note(
                    path, path, f"{_kind_of(text)}, where {wanted} is wanted", better, rule="type"
                )
            if not text:
                return self.note(path, path, "an empty text is no name", rule="reference")
            return self.made(cls, {way: text}, path)
        if not isinstance(node, yaml.MappingNode):
            return self.note(
                path,
                path,
                f"{_described(node)}, where {_WANTED[Kind.STRUCT]} is wanted",
                rule="type",
            )
        values = self.structure(cls, node, path)
        if values is _NOTHING:
            return values
        if references.refers(owner, spec):
            self._check_reference(owner, spec, cls, values, path)
        return self.made(cls, values, path)

    def _check_reference(
        self, owner: type[Struct], spec: FieldSpec, cls: type[Struct], values: Any, path: Path
    ) -> None:
        if issubclass(cls, BaseResource) and not any(
            values.get(way) or (*path, way) in self.wrong | self.meant for way in references.WAYS
        ):
            ways = " or ".join(references.ways(cls))
            self.note(
                path,
                path,
                f"this does not say which {cls.__name__} is meant",
                f"give its {ways}",
                rule="reference",
            )
        allowed = references.parts(owner, spec, cls)
        for name in values:
            if allowed is not None and name not in allowed:
                self.note(
                    self.place((*path, name), of_key=True),
                    (*path, name),
                    f"the API takes no {name} here, where a {cls.__name__} is referred to",
                    "leave it out, or give it where that is described",
                    rule="reference",
                )

    def made(self, cls: type[Struct], values: Any, path: Path) -> Any:
        """The model of values; what it refuses is noted."""
        from pydantic import ValidationError

        while True:
            try:
                return cls.model_validate(values)
            except ValidationError as error:
                known = len(self.wrong)
                for line in error.errors(include_url=False, include_input=False):
                    self._refused(cls, values, line, path)
                if len(self.wrong) == known:
                    return _NOTHING

    def _refused(self, cls: type[Struct], values: Any, line: Any, path: Path) -> None:
        inner = (*path, *line["loc"])
        message = line["msg"].removeprefix("Value error, ")
        message, _, better = message.partition(": ")
        if line["type"].startswith(("datetime", "timezone")):
            message, better = "this is no time", "write it as in '2026-01-31T12:00:00Z'"
        self.note(inner, inner, message[:1].lower() + message[1:], better, rule="format")
        name = line["loc"][0] if line["loc"] else None
        if name in values:
            del values[name]


def _is_null(node: Any) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag.endswith(":null") and node.style is None


def _described(node: Any) -> str:
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    if isinstance(node, yaml.MappingNode):
        return "a mapping"
    return "a single value"


def _kind_of(value: object) -> str:
    if isinstance(value, bool):
        return f"the value {str(value).lower()}"
    if isinstance(value, int | float):
        return "a number"
    return "nothing" if value is None else "a text"


def _fits(kind: Kind, value: object) -> bool:
    if kind in (Kind.TEXT, Kind.DATE):
        return isinstance(value, str)
    if kind is Kind.BOOLEAN:
        return isinstance(value, bool)
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return is_whole or (kind is Kind.DOUBLE and isinstance(value, float))


def _better(kind: Kind, value: object, at: Position, text: Text) -> str:
    """What would have been right, where it can be told from what was given."""
    if kind is Kind.TEXT and not isinstance(value, str):
        line = text.source.lines[at.line - 1]
        return f'write "{line[at.column - 1 : at.column - 1 + at.length]}" in quotes'
    if isinstance(value, str):
        plain = value.strip().lower()
        if kind is Kind.BOOLEAN and plain in ("true", "false", "yes", "no", "on", "off"):
            return f"write {'true' if plain in ('true', 'yes', 'on') else 'false'}"
        if kind is Kind.INTEGER and plain.isdigit():
            return f"write {int(plain)}, without quotes"
    return ""


def _example(name: str, cls: type[Struct]) -> str:
    first = next(iter(fields(cls)), None)
    return f"write {name}: {{{first}: ...}}" if first else ""
