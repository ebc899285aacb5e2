"""From nodes to the values of a model: every problem of their shape is noted, all at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import yaml

from rhev.mapping.fields import FieldSpec, Kind
from rhev.mapping.resources import BaseResource
from rhev.mapping.spellings import spellings
from rhev.secrets import is_secret
from rhev.specs import references, sizes, told
from rhev.specs.reading import Ambiguous, Path, Position, Text, Unreadable, position_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rhev.mapping.scalars import Enumeration
    from rhev.mapping.structure import Struct

# How often aliases may stand for something: they can be made to stand for more and more.
_MOST_REPEATED = 1_000

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
    _repeated: int = 0
    _seen: set[int] = field(default_factory=set)
    _within: list[int] = field(default_factory=list)

    def written(self, path: Path) -> Path:
        """The path in the document of one in its model, which may lack entries."""
        found: Path = ()
        for step in path:
            kept = self.kept.get(found)
            if isinstance(step, int):
                found = (*found, step if kept is None else kept[step])
            else:
                found = (*found, references.written(step))
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
        is_scalar = isinstance(key, yaml.ScalarNode)
        shown = repr(key.value) if is_scalar else "a list or a mapping"
        self.text.note(
            position_of(key),
            path,
            f"the name of an attribute is a text, and not {shown}",
            rule="type" if is_scalar else "syntax",  # which few readers of YAML take
        )
        return None

    def structure(self, cls: type[Struct], node: Any, path: Path) -> Any:
        """The values of a structure by their names."""
        self.values.setdefault(path, position_of(node))
        if id(node) in self._within:
            said = "there is an alias in this that stands for the whole of it"
            return self.note(position_of(node), path, said, rule="syntax")
        self._repeated += id(node) in self._seen
        self._seen.add(id(node))
        if self._repeated > _MOST_REPEATED:
            said = "the aliases of this document make more of it than can be meant"
            raise Unreadable(self.place(()), said)
        self._within.append(id(node))
        try:
            return self.attributes(cls, self.members(node, path), path)
        finally:
            self._within.pop()

    def attributes(
        self, cls: type[Struct], members: Mapping[str, tuple[Any, Any]], path: Path
    ) -> dict[str, Any]:
        """The values of members by the attributes of a class."""
        known = references.attributes(cls)
        called = members["name"][1].value if "name" in members else None
        found: dict[str, Any] = {}
        for name, (key, node) in members.items():
            inner = (*path, name)
            if name not in known:
                self._unknown(cls, name, key, node, path)
                continue
            self.values.setdefault(inner, position_of(node))
            hidden = is_secret(cls.__api_name__, name, called)
            if hidden:
                self.text.hidden.append(node)
            value = self._attribute(cls, known[name], node, inner, hidden)
            if value is not _NOTHING:
                found[known[name].name] = value
        return found

    def _unknown(self, cls: type[Struct], name: str, key: Any, node: Any, path: Path) -> None:
        known = references.attributes(cls)
        older = spellings(cls).get(name)
        meant = older.path if older is not None else None
        if meant is None:
            folded = name.replace("-", "_").lower()
            near = [each for each in known if each == folded]
            near = near or get_close_matches(folded, known, 1, 0.7)
            meant = near[0] if near else None
        if meant is not None:
            self.meant.add((*path, *meant.split(".")))
            if is_secret(cls.__api_name__, meant, None):
                self.text.hidden.append(node)
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
            said = "is what the engine decides"
            return self.note(at, path, said, "leave it out", rule="read-only")
        if not spec.is_list:
            return self._one(owner, spec, node, path, hidden)
        if told.is_null(node) and not spec.bare:
            return None
        if not isinstance(node, yaml.SequenceNode):
            return self.note(
                path,
                path,
                f"{told.described(node)}, where a list is wanted",
                "write [...]",
                rule="type",
            )
        found = []
        kept = []
        for number, entry in enumerate(node.value):
            inner = (*path, number)
            self.values.setdefault(inner, position_of(entry))
            if told.is_null(entry):
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
            wanted = told.WANTED[spec.kind]
            return self.note(
                path, path, f"{told.described(node)}, where {wanted} is wanted", rule="type"
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
        if told.fits(spec.kind, value):
            return float(value) if spec.kind is Kind.DOUBLE else value
        wanted = "a size, as in 8GiB," if spec.type_name == "Bytes" else told.WANTED[spec.kind]
        better = "" if hidden else told.better(spec.kind, value, self.values[path], self.text)
        return self.note(
            path, path, f"{told.kind_of(value)}, where {wanted} is wanted", better, rule="type"
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
        if told.is_null(node):
            return None
        cls = references.class_within(owner, spec)
        if isinstance(node, yaml.ScalarNode):
            way = references.by_text(cls)
            text = self.scalar(node, path)
            if text is _NOTHING:
                return text
            if way is None or not isinstance(text, str):
                wanted = "a name, or a mapping," if way else told.WANTED[Kind.STRUCT]
                better = f"write '{node.value}' in quotes" if way else told.example(spec.name, cls)
                return self.note(
                    path,
                    path,
                    f"{told.kind_of(text)}, where {wanted} is wanted",
                    better,
                    rule="type",
                )
            if not text:
                return self.note(path, path, "an empty text is no name", rule="reference")
            return self.made(cls, {way: text}, path)
        if not isinstance(node, yaml.MappingNode):
            return self.note(
                path,
                path,
                f"{told.described(node)}, where {told.WANTED[Kind.STRUCT]} is wanted",
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
                    f"a reference to a {cls.__name__} takes no {name}",
                    "leave it out",
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
        inner = (*path, *(s if isinstance(s, int) else references.written(s) for s in line["loc"]))
        message = line["msg"].removeprefix("Value error, ")
        message, _, better = message.partition(": ")
        if line["type"].startswith(("datetime", "timezone")):
            message, better = "this is no time", "write it as in '2026-01-31T12:00:00Z'"
        self.note(inner, inner, message[:1].lower() + message[1:], better, rule="format")
        name = line["loc"][0] if line["loc"] else None
        if name in values:
            del values[name]
