"""The grammar: what an engine reads a query as.

::

    query     = [ condition { [AND | OR] condition } ] [ SORTBY field [ASC | DESC] ] [ PAGE number ]
    condition = [reference "."] field operator value | reference operator value | value

AND binds more closely than OR, and conditions with nothing between them bind least closely: all of
them have to hold. A value alone is looked for in every text, once for each entity. Values with
spaces in them are put in double quotes. Keywords, fields and references are written in any case.

An engine reads letter by letter: where a name may stand, it takes the first letters that make one.
``name=a organic`` is therefore ``name=a or ganic``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rhev.search import entities
from rhev.search.values import is_valid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rhev.search.entities import Entity, Field

# What voids a query wherever it stands, within quotes as well.
FORBIDDEN = ("'", ";")

_CLAUSES = ("SORTBY", "PAGE")
_CONNECTIVES = ("AND", "OR")
_DIRECTIONS = ("ASC", "DESC")


class Unreadable(ValueError):
    """A query that an engine cannot read. ``position`` is the first character that is wrong."""

    def __init__(self, why: str, position: int) -> None:
        super().__init__(why)
        self.position = position


@dataclass(frozen=True, slots=True)
class Condition:
    """A comparison: of a field, or of every text of an entity where ``field`` is empty.

    ``reference`` is the cross reference that leads to another entity, or empty.
    """

    reference: str
    field: str
    operator: str
    value: str

    def __str__(self) -> str:
        name = ".".join(filter(None, (self.reference, self.field)))
        return f"{name}{self.operator}{written(self.value)}" if name else written(self.value)


@dataclass(frozen=True, slots=True)
class Query:
    """What a query asks for: ``where`` has conditions, of which the outermost all have to hold.

    Within them are alternatives, and within an alternative conditions that all have to hold.
    Pages count from 1.
    """

    where: tuple[tuple[tuple[Condition, ...], ...], ...] = ()
    sort_by: str | None = None
    descending: bool = False
    page: int | None = None

    def __str__(self) -> str:
        groups = (" or ".join(" and ".join(map(str, each)) for each in any_) for any_ in self.where)
        parts = list(groups)
        if self.sort_by is not None:
            parts.append(f"sortby {self.sort_by} {'desc' if self.descending else 'asc'}")
        if self.page is not None:
            parts.append(f"page {self.page}")
        return " ".join(parts)

    @property
    def conditions(self) -> Iterable[Condition]:
        """All of them, in the order in which they are written."""
        return (condition for any_ in self.where for each in any_ for condition in each)


def written(value: str) -> str:
    """A value as it is written in a query, so that nothing in it is read as grammar.

    Raises ValueError for what no query can say: see :func:`unsendable`.
    """
    if (why := unsendable(value)) is not None:
        raise ValueError(why)
    return f'"{value}"'


def unsendable(value: str) -> str | None:
    """Why a value cannot be said in a query at all; None for one that can."""
    if '"' in value:
        return "the grammar has no way to write a double quote within a value"
    for mark in (*FORBIDDEN, "--", "/*", "*/"):
        if mark in value:
            return f"an engine takes {mark!r} for an attack, and the query for void"
    if value.endswith("\\"):
        return "an engine takes no value that ends with a backslash"
    if not value.isprintable():
        return "an engine finds nothing by characters that cannot be seen"
    return None


def parse(entity: Entity, text: str) -> Query:
    """What an engine reads a query for an entity as. Raises :class:`Unreadable`."""
    return _Reader(entity, text).query()


@cache
def _begun(entity: Entity) -> frozenset[str]:
    """The beginnings of all that may follow a condition."""
    words = {name.upper() for name in entity.fields if not name.startswith("_")}
    words |= {word.upper() for word in entities.OBJECTS} | {"SORTBY", *_CONNECTIVES}
    return _beginnings(words)


def _beginnings(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word[:length] for word in words for length in range(1, len(word) + 1))


class _Reader:
    def __init__(self, entity: Entity, text: str) -> None:
        self.entity = entity
        self.text = text
        self.at = 0
        self.began = 0  # where the word that was read last begins
        self.parts: list[Condition | str] = []
        self.sought: set[str] = set()  # the entities that a text alone was looked for in
        self.sort_by: str | None = None
        self.descending = False
        self.page: int | None = None

    def query(self) -> Query:
        for mark in FORBIDDEN:
            if (found := self.text.find(mark)) >= 0:
                raise Unreadable(f"a query with {mark!r} in it is void", found)
        place = "start"
        while self._more(place):
            place = self._step(place)
        if place in _CONNECTIVES:
            raise Unreadable(f"no condition after {place.lower()}", len(self.text))
        return Query(self._grouped(), self.sort_by, self.descending, self.page)

    def _more(self, place: str) -> bool:
        return place != "end" and bool(self.text[self.at :].strip(" ") or place in _CONNECTIVES)

    def _step(self, place: str) -> str:
        """Reads a condition, a connective or the clauses; the place that it leads to."""
        if place in _CONNECTIVES and not self.text[self.at :].strip(" "):
            raise Unreadable(f"no condition after {place.lower()}", len(self.text))
        word, kind = self._word(place)
        if kind == "field":
            self._comparison("", self.entity.fields[word.lower()])
        elif kind == "reference":
            self._crossing(word)
        elif kind == "text":
            self._sought(self.entity.name)
            self.parts.append(Condition("", "", "=", word))
        elif kind == "connective":
            self.parts.append(word)
            return word.upper()
        else:
            self._clauses(word)
            return "end"
        return "after"

    def _word(self, place: str) -> tuple[str, str]:
        """The next word and what it is: the first letters that make a name, or else a text."""
        start = self.at
        if place != "after":
            start = self._skipped(start)
        self.began = self._skipped(start)
        for end in range(start + 1, len(self.text) + 1):
            raw = self.text[start:end]
            word = raw.strip(" ").upper()
            if kind := self._name(word, end, place):
                self.at = end
                if kind == "reference":
                    self.at += word.lower() in entities.REFERENCES and self._plural()
                return self.text[start : self.at].strip(" "), kind
            if place == "after" and (not word or word in _begun(self.entity)):
                continue
            value = self._ended(raw, start, end)
            if value is not None:
                self.at = end
                return value, "text"
            if place == "after" and raw.endswith(" ") and '"' not in raw and " " in raw.strip(" "):
                break
        raise Unreadable("neither a condition nor sortby or page", self._skipped(start))

    def _name(self, word: str, end: int, place: str) -> str | None:
        known = word.lower()
        if known in self.entity.fields:
            # A text may begin with a field's name where a query begins.
            if end == len(self.text):
                raise Unreadable(f"no comparison after {known!r}", end)
            return "field" if place != "start" or self.text[end] in " !=<>" else None
        if place not in _CONNECTIVES and word in _CLAUSES:
            return "clause"
        if known in self.entity.references:
            return "reference"
        return "connective" if place == "after" and word in _CONNECTIVES else None

    def _plural(self) -> bool:
        return self.text[self.at : self.at + 1] in ("s", "S")

    def _ended(self, raw: str, start: int, end: int) -> str | None:
        """The value that ends here, or None where it goes on. Raises Unreadable."""
        letter = raw[-1]
        quoted = '"' in raw[:-1]
        if letter == '"':
            if quoted:
                return raw.strip('"')
            if raw.strip(" ") != '"':
                raise Unreadable("a double quote may only begin a value", end - 1)
            return None
        if quoted:
            if end == len(self.text):
                raise Unreadable("a double quote that nothing closes", start + raw.index('"'))
            return None
        word = raw.strip(" ")
        if (letter == " " or end == len(self.text)) and word and " " not in word:
            return word
        return None

    def _crossing(self, word: str) -> None:
        """A condition on another entity: on a field of it, or on any of its texts."""
        at = self.at - len(word)
        singular = word.lower()
        singular = singular if singular in entities.REFERENCES else singular[:-1]
        other = entities.entity(entities.REFERENCES[singular])
        self.at = self._skipped(self.at)
        if self.text[self.at : self.at + 1] == ".":
            self.at += 1
            if singular not in entities.PLURAL and word.lower() != singular:
                raise Unreadable(f"{word!r} has no plural: it is {singular!r}", at)
            self._comparison(word, self._field(other, "field"))
            return
        operator = self._operator(entities.EQUAL, f"{word!r}, which takes a field or a text")
        self._sought(other.name)
        self.parts.append(Condition(word, "", operator, self._value(None)))

    def _field(self, entity: Entity, what: str) -> Field:
        """The field whose name comes next, by its first letters."""
        start = self._skipped(self.at)
        begun = _beginnings(entity.fields)
        for end in range(start + 1, len(self.text) + 1):
            word = self.text[start:end].lower()
            if word in entity.fields:
                self.at = end
                return entity.fields[word]
            if word not in begun:
                break
        raise Unreadable(f"no {what} of {entity.name}", start)

    def _comparison(self, reference: str, field: Field) -> None:
        operator = self._operator(field.comparisons, repr(field.name))
        value = self._value(field)
        self.parts.append(Condition(reference, field.name, operator, value))

    def _operator(self, allowed: tuple[str, ...], what: str) -> str:
        start = self._skipped(self.at)
        for length in (2, 1):
            if (operator := self.text[start : start + length]) in allowed:
                self.at = start + len(operator)
                return operator
        takes = " ".join(sorted(allowed))
        raise Unreadable(f"none of {takes} after {what}", start)

    def _value(self, field: Field | None) -> str:
        start = self._skipped(self.at)
        for end in range(start + 1, len(self.text) + 1):
            value = self._ended(self.text[start:end], start, end)
            if value is not None:
                self.at = end
                if field is not None and not is_valid(field, value):
                    raise Unreadable(f"{value!r} is no value of {field.name!r}", start)
                return value
        raise Unreadable("no value after the comparison", start)

    def _sought(self, entity: str) -> None:
        if entity in self.sought:
            raise Unreadable("a second text alone, of which an engine takes one", self.began)
        self.sought.add(entity)

    def _clauses(self, word: str) -> None:
        if word.upper() == "SORTBY":
            self.sort_by = self._field(self.entity, "field to sort by").name
            if not self.text[self.at :].strip(" "):
                return
            # What begins with the first letters of a direction, and ends there, is none.
            self.descending = self._keyword(_DIRECTIONS, "asc or desc after the field") == "DESC"
            if not self.text[self.at :].strip(" ") or not self._keyword(("PAGE",), "page"):
                return
        start = self._skipped(self.at)
        digits = start
        while self.text[digits : digits + 1].isdecimal() and self.text[digits].isascii():
            digits += 1
        if digits == start:
            raise Unreadable("no number after page", start)
        if self.text[digits:].strip(" "):
            raise Unreadable("nothing may follow the page", self._skipped(digits))
        self.page = int(self.text[start:digits])

    def _keyword(self, words: tuple[str, ...], what: str) -> str | None:
        """The keyword that comes next; None for the beginning of one that the query ends with."""
        start = self._skipped(self.at)
        begun = _beginnings(words)
        for end in range(start + 1, len(self.text) + 1):
            word = self.text[start:end].upper()
            if word in words:
                self.at = end
                return word
            if word not in begun:
                break
        else:
            self.at = len(self.text)
            return None
        raise Unreadable(f"no {what}", start)

    def _skipped(self, at: int) -> int:
        while self.text[at : at + 1] == " ":
            at += 1
        return at

    def _grouped(self) -> tuple[tuple[tuple[Condition, ...], ...], ...]:
        groups: list[list[list[Condition]]] = []
        before: str | None = None
        for part in self.parts:
            if isinstance(part, str):
                before = part.upper()
                continue
            if before == "AND":
                groups[-1][-1].append(part)
            elif before == "OR":
                groups[-1].append([part])
            else:
                groups.append([[part]])
            before = None
        return tuple(tuple(tuple(each) for each in any_) for any_ in groups)
