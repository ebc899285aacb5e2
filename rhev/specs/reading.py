"""Texts in YAML or JSON as nodes that know where they stand, and what is wrong with the texts."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from rhev.specs.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rhev.specs.problem import Severity
    from rhev.specs.source import Source

Path: TypeAlias = tuple[str | int, ...]

_TAG = "tag:yaml.org,2002:"
_MERGE = f"{_TAG}merge"
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]*)|0x[0-9a-fA-F]+")
_DECIMAL = re.compile(r"[-+]?[0-9]+\.[0-9]+([eE][-+][0-9]+)?")
# What YAML 1.2 takes for a number, and YAML 1.1 for another one, or for a text.
_NUMBER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a text: ``line`` and ``column`` from 1, and how many characters are meant."""

    line: int
    column: int
    length: int = 1


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A plain value, as it was ``written``, that two versions of YAML take for different things."""

    written: str
    older: str
    newer: str


class Unreadable(Exception):
    """What ends the reading of a document."""

    def __init__(self, position: Position, message: str, suggestion: str = "") -> None:
        super().__init__(message)
        self.position = position
        self.message = message
        self.suggestion = suggestion


@dataclass
class Text:
    """A source that is being read, and the problems that were found in it.

    ``hidden`` are the nodes whose values are secrets: no excerpt shows them.
    """

    source: Source
    problems: list[Problem] = field(default_factory=list)
    hidden: list[Any] = field(default_factory=list)
    _taken: set[str] = field(default_factory=set)

    def take(self, *names: str) -> str:
        """The first of names that nothing in the text has yet, or the last."""
        name = next((each for each in names if each not in self._taken), names[-1])
        self._taken.add(name)
        return name

    def note(
        self,
        position: Position,
        path: Path | str,
        message: str,
        suggestion: str = "",
        *,
        rule: str,
        source: str = "",
        severity: Severity = "error",
    ) -> None:
        """Adds a problem."""
        self.problems.append(
            Problem(
                file=self.source.name,
                line=position.line,
                column=position.column,
                path=path if isinstance(path, str) else dotted(path),
                message=message,
                suggestion=suggestion,
                rule=rule,
                source=source,
                severity=severity,
                length=position.length,
            )
        )

    def found(self) -> list[Problem]:
        """The problems in the order of their lines, with an excerpt each.

        What aliases stand for is said once, where it is written.
        """
        once: dict[tuple[int, int, str], Problem] = {}
        for each in self.problems:
            once.setdefault((each.line, each.column, each.text.removeprefix(each.path)), each)
        ordered = sorted(once.values(), key=lambda each: (each.line, each.column, each.path))
        spans = [(node.start_mark, node.end_mark) for node in self.hidden]
        return [replace(each, excerpt=self.source.excerpt(each.line, spans)) for each in ordered]

    def documents(self) -> Iterator[Any]:
        """The node of each document; what ends the reading is noted."""
        import yaml

        text = self.source.text
        if self.source.is_json:
            try:
                json.loads(text)
            except json.JSONDecodeError as error:
                said = error.msg[:1].lower() + error.msg[1:]
                self.note(Position(error.lineno, error.colno), (), said, rule="syntax")
                return
            # What is read as YAML has positions; of JSON it takes all but tabs.
            text = text.replace("\t", " ")
        try:
            for node in _composed(text):
                yield from node.value if isinstance(node, yaml.SequenceNode) else [node]
        except yaml.YAMLError as error:
            position, message, suggestion = _explained(error, self.source)
            self.note(position, (), message, suggestion, rule="syntax")

    def value(self, node: Any) -> object:
        """What a scalar is. Raises Unreadable for a tag that no spec has."""
        kind = node.tag.removeprefix(_TAG)
        if node.style and kind == "str":
            return _joined(node.value) if self.source.is_json else node.value
        if self.source.is_json:
            found: object = json.loads(node.value)
            return found
        if kind in ("str", "timestamp", "value"):
            is_number = kind == "str" and _NUMBER.fullmatch(node.value)
            return _ambiguous(node.value, "a text") if is_number else node.value
        if kind == "null":
            return None
        if kind == "bool":
            word = node.value.lower()
            if word in ("true", "false"):
                return bool(word == "true")
            return _ambiguous(node.value, "true" if word in ("yes", "on") else "false")
        if kind == "int":
            if _WHOLE.fullmatch(node.value):
                return int(node.value, 16 if "x" in node.value else 10)
            return _ambiguous(node.value, _older(node.value))
        if kind == "float":
            if _DECIMAL.fullmatch(node.value):
                return float(node.value)
            return _ambiguous(node.value, "a number")
        tag = node.tag.replace(_TAG, "!!")
        raise Unreadable(position_of(node), f"the tag {tag} is none of a spec's", "leave it out")

    def members(self, node: Any, within: tuple[Any, ...] = ()) -> list[tuple[Any, Any]]:
        """The keys and values of a mapping, with what ``<<`` brings in the place of none.

        ``within`` are the mappings that this is merged into. Raises Unreadable for what cannot be
        merged.
        """
        import yaml

        own = [(key, value) for key, value in node.value if key.tag != _MERGE]
        merged: list[tuple[Any, Any]] = []
        for key, value in node.value:
            if key.tag != _MERGE:
                continue
            for each in value.value if isinstance(value, yaml.SequenceNode) else [value]:
                if not isinstance(each, yaml.MappingNode):
                    raise Unreadable(position_of(each), "'<<' takes a mapping, or a list of them")
                if each is node or each in within:
                    raise Unreadable(position_of(key), "this is merged into itself")
                merged += self.members(each, (*within, node))
        # What is no text is a problem of its own.
        names = {key.value for key, _ in own if isinstance(key.value, str)}
        for key, value in merged:
            if not isinstance(key.value, str):
                own.append((key, value))
            elif key.value not in names:
                names.add(key.value)
                own.append((key, value))
        return own


def position_of(node: Any) -> Position:
    """Where a node stands: what is meant is all of it, or as much as is on its first line."""
    start, end = node.start_mark, node.end_mark
    length = end.column - start.column if end.line == start.line else 1
    return Position(start.line + 1, start.column + 1, max(length, 1))


def dotted(path: Path) -> str:
    """A path as people write it: ``nics[0].vnic_profile``."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def _ambiguous(text: str, older: str) -> Ambiguous | str | float:
    """A plain value, if YAML 1.2 takes it for something else than YAML 1.1 does."""
    if not _NUMBER.fullmatch(text):
        return Ambiguous(text, older, "a text")
    if older == "a number":
        return float(text)
    newer = text.lstrip("+0") if text.isdigit() else "a number"
    return Ambiguous(text, older, newer or "0")


def _older(text: str) -> str:
    """What YAML 1.1 takes a whole number for."""
    import yaml

    return str(yaml.safe_load(text))


def _joined(text: str) -> str:
    """A text whose characters JSON may have written as two halves."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _composed(text: str) -> Iterable[Any]:
    """The nodes of the documents of a text.

    The parser in C is six times as quick, where PyYAML was built with it. What it does not take, or
    takes other than the one in Python does, as it does tabs, is left to that.
    """
    import yaml

    quick = getattr(yaml, "CSafeLoader", None)
    if quick is not None and "\t" not in text:
        try:
            return list(yaml.compose_all(text, Loader=quick))
        except (yaml.YAMLError, UnicodeError):
            pass
    composed: Iterable[Any] = yaml.compose_all(text, Loader=yaml.SafeLoader)
    return composed


# What the parser says, and what it comes from, most of the time.
_HINTS = (
    (
        "end of stream",
        "this quotation has no end",
        "write the same mark at its end",
    ),
    (
        "<stream end>",
        "this has no end",
        "write the bracket that closes it",
    ),
    (
        r"character '\t'",
        "a tab stands where YAML takes spaces only",
        "indent with spaces",
    ),
    (
        "mapping values are not allowed",
        "a ':' stands where no attribute can begin",
        "mend the indentation, or write the text in quotes",
    ),
    (
        "could not find expected ':'",
        "this is neither an attribute nor a value",
        "write a ':' and a space after the attribute's name",
    ),
    (
        "expected <block end>",
        "this is indented unlike what it belongs to",
        "let it begin in the column of its neighbours",
    ),
)


def _explained(error: Any, source: Source) -> tuple[Position, str, str]:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:  # a character that YAML does not take
        before = source.text[: getattr(error, "position", 0)]
        column = len(before) - (before.rfind("\n") + 1) + 1
        line = before.count("\n") + 1
        code = getattr(error, "character", 0)
        shown = f"U+{code:04X}" if isinstance(code, int) else repr(code)
        return Position(line, column), f"the character {shown} is none of YAML's", ""
    said = str(error.problem)
    for part, message, suggestion in _HINTS:
        if part in said:
            if "simple key" in str(error.context) or "end" in message:
                mark = error.context_mark or mark
            return _at(mark, source), message, suggestion
    undefined = re.fullmatch(r"found undefined alias '?([^']*)'?", said)
    if undefined is not None:
        return _at(mark, source), f"there is no anchor &{undefined[1]} before this", ""
    context = f" {error.context}" if error.context else ""
    return _at(mark, source), f"{said}{context}", ""


def _at(mark: Any, source: Source) -> Position:
    """The place of a mark, which at the end of a text is beyond its last line."""
    if mark.line >= len(source.lines) > 0:
        return Position(len(source.lines), len(source.lines[-1]) + 1)
    return Position(mark.line + 1, mark.column + 1)
