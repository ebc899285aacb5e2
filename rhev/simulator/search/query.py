"""The grammar of the search language.

::

    query     = [ condition { [AND | OR] condition } ] [ SORTBY field [ASC | DESC] ] [ PAGE number ]
    condition = field operator value | value
    operator  = = | != | > | < | >= | <=

AND binds more closely than OR, and stands between two conditions that nothing does. A value alone
is looked for everywhere. Values with spaces in them are put in double quotes; ``*`` in a value is
any text. Keywords and fields may be written in any case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

OPERATORS = ("=", "!=", ">", "<", ">=", "<=")

_TOKEN = re.compile(
    r"""\s*(?: "(?P<quoted>[^"]*)" | (?P<operator>!=|>=|<=|=|>|<) | (?P<word>[^\s"=!<>]+) )""",
    re.VERBOSE,
)
_FIELD = re.compile(r"[A-Za-z_]\w*(?:\.\w+)*", re.ASCII)
_PLAIN = re.compile(r"[^\s\"=!<>]+")
_RESERVED = frozenset({"and", "or", "sortby", "page", "asc", "desc"})


class BadQuery(ValueError):
    """A query that is not one."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A comparison. Without a ``field`` the value is looked for in every text of a resource."""

    field: str
    operator: str
    value: str

    def __str__(self) -> str:
        return f"{self.field} {self.operator} {_written(self.value)}" if self.field else (
            _written(self.value)
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class AllOf:
    """Conditions that all have to hold."""

    parts: tuple[Condition, ...]

    def __str__(self) -> str:
        return " and ".join(map(str, self.parts))


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Alternatives."""

    parts: tuple[AllOf, ...]

    def __str__(self) -> str:
        return " or ".join(map(str, self.parts))


@dataclass(frozen=True, slots=True)
class Query:
    """What a text asks for. ``where`` without alternatives is everything; pages count from 1."""

    where: AnyOf = AnyOf(())
    sort_by: str | None = None
    descending: bool = False
    page: int | None = None

    def __str__(self) -> str:
        parts = [str(self.where)] if self.where.parts else []
        if self.sort_by is not None:
            parts.append(f"sortby {self.sort_by} {'desc' if self.descending else 'asc'}")
        if self.page is not None:
            parts.append(f"page {self.page}")
        return " ".join(parts)


def parse(text: str) -> Query:
    """What a text asks for. Raises :class:`BadQuery` saying what was expected where."""
    return _Parser(text).query()


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    kind: str
    at: int


def _tokens(text: str) -> Iterator[_Token]:
    position = 0
    while text[position:].strip():
        match = _TOKEN.match(text, position)
        if match is None:
            raise BadQuery(f"cannot be read from character {position + 1} on: {text[position:]!r}")
        kind = match.lastgroup or ""
        yield _Token(match[kind], kind, match.start(kind))
        position = match.end()


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._next = 0
        self._end = len(text)

    def query(self) -> Query:
        alternatives: list[AllOf] = []
        parts: list[Condition] = []
        while not self._is("sortby", "page") and self._peek() is not None:
            parts.append(self._condition())
            if self._take("or"):
                alternatives.append(AllOf(tuple(parts)))
                parts = []
                self._more("or")
            elif self._take("and"):
                self._more("and")
        if parts:
            alternatives.append(AllOf(tuple(parts)))
        sort_by, descending, page = None, False, None
        if self._take("sortby"):
            sort_by = self._word("a field after sortby")
            descending = self._take("desc") or (self._take("asc") and False)
        if self._take("page"):
            number = self._word("a number after page")
            if not number.isdecimal() or int(number) == 0:
                raise BadQuery(f"page {number!r}: pages are numbers from 1 on")
            page = int(number)
        if (token := self._peek()) is not None:
            raise BadQuery(f"{token.text!r} at character {token.at + 1} cannot stand there")
        return Query(AnyOf(tuple(alternatives)), sort_by, descending, page)

    def _condition(self) -> Condition:
        first = self._expect("a condition")
        operator = self._peek()
        if operator is None or operator.kind != "operator":
            if first.kind == "operator" or _is_keyword(first):
                raise BadQuery(f"{first.text!r} at character {first.at + 1}: no field before it")
            return Condition("", "=", first.text)
        if first.kind != "word" or not _FIELD.fullmatch(first.text):
            raise BadQuery(f"{first.text!r} at character {first.at + 1} is no field")
        self._next += 1
        value = self._expect(f"a value after {operator.text}")
        if value.kind == "operator":
            raise BadQuery(f"{value.text!r} at character {value.at + 1}, where a value should be")
        return Condition(first.text.lower(), operator.text, value.text)

    def _peek(self) -> _Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _expect(self, what: str) -> _Token:
        token = self._peek()
        if token is None:
            raise BadQuery(f"it ends at character {self._end}, where {what} should be")
        self._next += 1
        return token

    def _word(self, what: str) -> str:
        token = self._expect(what)
        if token.kind != "word":
            raise BadQuery(f"{token.text!r} at character {token.at + 1}, where {what} should be")
        return token.text.lower()

    def _is(self, *keywords: str) -> bool:
        token = self._peek()
        following = self._next + 1
        compared = following < len(self._tokens) and self._tokens[following].kind == "operator"
        return (
            token is not None
            and token.kind == "word"
            and token.text.lower() in keywords
            and not compared
        )

    def _take(self, keyword: str) -> bool:
        found = self._is(keyword)
        self._next += found
        return found

    def _more(self, keyword: str) -> None:
        if self._peek() is None or self._is("sortby", "page", "and", "or"):
            raise BadQuery(f"no condition after {keyword}")


def _is_keyword(token: _Token) -> bool:
    return token.kind == "word" and token.text.lower() in _RESERVED


def _written(value: str) -> str:
    if _PLAIN.fullmatch(value) and value.lower() not in _RESERVED:
        return value
    return f'"{value}"'
