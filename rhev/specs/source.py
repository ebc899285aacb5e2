"""Where specs are read from: files, folders, the standard input, texts."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from rhev.secrets import says_secret

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from os import PathLike

SUFFIXES: tuple[str, ...] = (".yaml", ".yml", ".json")
STDIN = "-"

_ENDS = re.compile(r"\r\n?|[\n\x85\u2028\u2029]")  # of lines, as YAML has them
_KEY = re.compile(r"""(["']?)(\w+)\1[ \t]*:(?=\s|["'\[{])[ \t]*""")
# A quoted value, or a plain one to the end of what may be one in a mapping in braces.
_VALUE = re.compile(r"""["'](?:[^"'\\]|\\.)*["']?|[^,}\]\n]+""")


class Mark(Protocol):
    """A place in a text, as the parser has it: counted from 0."""

    @property
    def line(self) -> int: ...

    @property
    def column(self) -> int: ...


@dataclass(frozen=True)
class Source:
    """A text with specs, in YAML or JSON, and what it is called in messages."""

    text: str
    name: str = "<text>"

    @classmethod
    def read(cls, path: str | PathLike[str]) -> Source:
        """The text of a file. Raises OSError, and UnicodeDecodeError for what is no UTF-8."""
        return cls(Path(path).read_text(encoding="utf-8-sig"), str(path))

    @cached_property
    def lines(self) -> list[str]:
        """Its lines, without their ends."""
        return _ENDS.split(self.text)

    @cached_property
    def is_json(self) -> bool:
        """Whether it is to be read as JSON: it is called so, or all of it is."""
        if self.name.lower().endswith(".json"):
            return True
        if self.text.lstrip()[:1] not in ("{", "["):
            return False
        try:
            json.loads(self.text)
        except ValueError:
            return False
        return True

    def excerpt(self, line: int, hidden: Iterable[tuple[Mark, Mark]] = ()) -> str:
        """A line, counted from 1, with asterisks in the place of secrets.

        Those are the values of attributes that are called so, and all between pairs of ``hidden``
        marks. What a terminal would obey is replaced, a tab by one space.
        """
        if not 1 <= line <= len(self.lines):
            return ""
        text = self.lines[line - 1].replace("\t", " ")
        text = "".join(each if each.isprintable() else "�" for each in text)
        for start, end in hidden:
            if start.line < line <= end.line + 1:
                first = start.column if start.line == line - 1 else 0
                last = end.column if end.line == line - 1 else len(text)
                text = f"{text[:first]}{'*' * (last - first)}{text[last:]}"
        for key in _KEY.finditer(text):
            value = _VALUE.match(text, key.end())
            if value is not None and says_secret(key[2]):
                text = f"{text[: value.start()]}{'*' * len(value[0])}{text[value.end() :]}"
        return text


def sources(*places: str | PathLike[str] | Source) -> Iterator[Source]:
    """The texts that places have: files, ``-`` for the standard input, all specs of a folder.

    Of a folder they are the files that end as YAML or JSON does, at any depth, but not what is
    hidden. Raises OSError, and UnicodeDecodeError for what is no UTF-8.
    """
    for place in places:
        if isinstance(place, Source):
            yield place
        elif place == STDIN:
            yield Source(sys.stdin.read(), "<stdin>")
        elif Path(place).is_dir():
            for path in sorted(Path(place).rglob("*")):
                hidden = any(part.startswith(".") for part in path.relative_to(place).parts)
                if path.suffix.lower() in SUFFIXES and path.is_file() and not hidden:
                    yield Source.read(path)
        else:
            yield Source.read(place)
