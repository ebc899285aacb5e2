"""What a client makes of a query before it is sent: completed where it is plain, or refused.

An engine answers a query that it cannot read with an empty collection, which reads as "there are
none", and takes what it does not know for a text to look for.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, NoReturn

from rhev.errors import InvalidSearch
from rhev.search import entities, grammar
from rhev.search.attributes import field_of
from rhev.search.values import EXPECTED, completed

if TYPE_CHECKING:
    from rhev.search.entities import Entity, Field
    from rhev.search.grammar import Query

_COMPARISON = re.compile(r"([A-Za-z_][\w.]*(?: \((?:%|gb)\))?) *(!=|<=|>=|=|<|>)", re.IGNORECASE)
_VALUE = re.compile(r' *("[^"]*"|[^ ]+)')
_CLAUSE = re.compile(r"(sortby|page)(?![^ \d])(?! *(?:!=|<=|>=|=|<|>))", re.IGNORECASE)
_CONNECTIVE = re.compile(r"(and|or)(?= |$)", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')
_PREFIX = re.compile(r"[A-Za-z]+ *:")
# What in a text alone was meant as grammar, unless it is quoted.
_SUSPECT = re.compile(r"[=<>~]|^\(|^not$", re.IGNORECASE)
_BLANK = re.compile(r'"[^"]*"|\s')
_SORT = re.compile(r" *([\w.]+)(?: +([A-Za-z]+))?")
_PAGE = re.compile(r" *page +(-?\w+)$", re.IGNORECASE)
_DIRECTIONS = ("asc", "desc")


def check(entity: str, text: str) -> str:
    """A query as it is to be sent: checked, and completed where what is meant is plain.

    ``entity`` is the API's name of the type that is searched. Completed are a direction that lacks
    before ``page``, an attribute's name where a field's should be, a state as the API writes it,
    an ISO date. Raises InvalidSearch, with the position and what is near, for what an engine
    cannot read, or takes for another question than was meant.
    """
    known = entities.entity(entity)
    # To an engine only a space is a blank.
    spaced = _BLANK.sub(lambda blank: " " if blank[0].isspace() else blank[0], text)
    done = _Check(known, spaced.strip(" ")).text
    try:
        query = grammar.parse(known, done)
    except grammar.Unreadable as error:
        raise InvalidSearch(str(error), done, error.position) from None
    _check_answered(known, query, done)
    return done


def _check_answered(entity: Entity, query: Query, text: str) -> None:
    """Raises InvalidSearch for what is read, and then fails."""
    if not entity.is_paged and (query.page is not None or query.sort_by is not None):
        at = max(text.lower().rfind("sortby"), text.lower().rfind("page"))
        raise InvalidSearch(f"{entity.name}s can neither be sorted nor paged", text, at)
    if query.page == 0:
        raise InvalidSearch("pages count from 1", text, len(text) - 1)
    for condition in query.conditions:
        if not condition.reference and not condition.field and not entity.has_free_text:
            raise InvalidSearch(
                f"a text alone cannot be looked for among {entity.name}s: name a field", text, 0
            )


class _Check:
    """Goes through a query from left to right; ``text`` is then what it is completed to."""

    def __init__(self, entity: Entity, text: str) -> None:
        self.entity = entity
        self.text = text
        self.at = 0
        for mark in ("'", ";", "--", "/*", "*/"):
            if (found := text.find(mark)) >= 0:
                self._refuse(
                    f"an engine takes {mark!r} for an attack, and the query for void", found
                )
        if (prefix := _PREFIX.match(text)) and prefix[0].lower().rstrip(": ") in _objects():
            self._refuse(f"leave out {prefix[0]!r}: the collection says what is searched", 0)
        place = ""  # the connective before
        first = True
        while self._skip():
            place = self._step(place, first=first)
            first = False

    def _skip(self) -> bool:
        while self.text[self.at : self.at + 1] == " ":
            self.at += 1
        return self.at < len(self.text)

    def _step(self, place: str, *, first: bool) -> str:
        if not place and (clause := _CLAUSE.match(self.text, self.at)):
            self._clauses(clause[1].lower())
        elif not place and not first and (connective := _CONNECTIVE.match(self.text, self.at)):
            self.at = connective.end()
            if not self._skip():
                self._refuse(f"no condition after {connective[1]!r}", connective.start())
            return connective[1]
        elif comparison := _COMPARISON.match(self.text, self.at):
            self._condition(comparison)
        else:
            self._alone()
        return ""

    def _condition(self, match: re.Match[str]) -> None:
        start = match.start()
        field = self._named(match[1], start)
        name = self.text[start : self.at]
        operator = match[2]
        self.at = self.text.index(operator, start + len(name)) + len(operator)
        takes = entities.EQUAL if field is None else field.comparisons
        if operator not in takes:
            self._refuse(f"{name!r} takes {' '.join(sorted(takes))}, not {operator!r}", self.at - 1)
        value = _VALUE.match(self.text, self.at)
        if value is None:
            self._refuse(f"no value after {operator!r}", self.at)
        at, given = value.start(1), value[1]
        if given[0] != '"' and '"' in given:
            self._refuse("a double quote may only begin a value", at + given.index('"'))
        if given == '"' or (given[0] == '"' and given[-1] != '"'):
            self._refuse("a double quote that nothing closes", at)
        if given[0] != '"' and given[0] in "=!<>":
            self._refuse(f"{operator + given[0]!r} is no comparison; a value is quoted", at - 1)
        if given[0] != '"' and given.count("(") != given.count(")"):
            self._refuse("the grammar has no parentheses: in a value, quote them", at)
        self.at = value.end()
        if field is not None:
            self._value(field, name, given, at)

    def _value(self, field: Field, name: str, given: str, at: int) -> None:
        bare = given.strip('"')
        if field.kind == "broken":
            self._refuse(f"an engine cannot search by {name!r}", at)
        usable = completed(field, bare)
        if usable is None:
            what = EXPECTED.get(field.kind, f"one of {', '.join(field.values)}")
            near = get_close_matches(bare.lower(), field.values, 3)
            self._refuse(f"{bare!r} is no value of {name!r}, which is {what}", at, near)
        elif usable != bare:
            self._replace(at, at + len(given), f'"{usable}"' if " " in usable else usable)

    def _named(self, name: str, start: int) -> Field | None:
        """The field that a name means, completed in place; None for a cross reference alone."""
        entity = self.entity
        self.at = start + len(name)
        lower = name.lower()
        if lower in entity.fields:
            return entity.fields[lower]
        reference, dot, rest = name.partition(".")
        singular = reference.lower()
        if singular not in entity.references and singular.endswith("s"):
            singular = singular[:-1] if singular[:-1] in entities.PLURAL else singular
        if singular in entity.references:
            if reference in entities.BROKEN.get(entity.name, ()):
                usable = [word for word in _spellings(reference) if word not in
                          entities.BROKEN[entity.name]]  # fmt: skip
                self._refuse(f"an engine fails on {reference!r} here", start, usable)
            if not dot:
                return None
            other = entities.entity(entity.references[singular])
            if rest.lower() in other.fields:
                return other.fields[rest.lower()]
            meant = field_of(other.name, rest.lower())
            if meant is not None and "." not in meant:
                self._replace(start, self.at, f"{reference}.{meant}")
                return other.fields[meant]
            near = get_close_matches(rest.lower(), other.fields, 3)
            self._refuse(f"{other.name} has no search field {rest!r}", start, near)
        meant = field_of(entity.name, lower)
        if meant is None:
            near = get_close_matches(lower, [*entity.fields, *entity.references], 3)
            self._refuse(f"{entity.name} has no search field {name!r}", start, near)
        self._replace(start, self.at, meant)
        return self._named(meant, start)

    def _alone(self) -> None:
        quoted = _QUOTED.match(self.text, self.at)
        word = quoted[0] if quoted else self.text[self.at :].partition(" ")[0]
        if word[0] != '"':
            suspect = _SUSPECT.search(word)
            if suspect is not None and self.text.lower() != "not":
                self._refuse(
                    f"{suspect[0]!r} is no grammar of a search, which has neither parentheses nor"
                    " NOT; a text to look for is quoted",
                    self.at + suspect.start(),
                )
            if word.lower() in self.entity.fields and self.text.endswith(word, self.at):
                self._refuse(f"no comparison after {word!r}", len(self.text))
            if word.count("(") != word.count(")"):
                self._refuse("the grammar has no parentheses: in a text, quote them", self.at)
            if word.lower() in ("and", "or") and word != self.text:
                self._refuse(f"no condition before {word!r}; a text to look for is quoted", self.at)
        self.at += len(word)

    def _clauses(self, clause: str) -> None:
        if clause == "sortby":
            sort = _SORT.match(self.text, self.at + len("sortby"))
            if sort is None:
                self._refuse("no field after sortby", len(self.text))
            name, start = sort[1], sort.start(1)
            if name.lower() not in self.entity.fields:
                meant = field_of(self.entity.name, name.lower())
                if meant is None or meant not in self.entity.fields:
                    near = get_close_matches(name.lower(), self.entity.fields, 3)
                    self._refuse(f"{self.entity.name}s cannot be sorted by {name!r}", start, near)
                self._replace(start, start + len(name), meant)
            else:
                self.at = start + len(name)
            self._skip()
            self._direction()
        if self.at < len(self.text):
            page = _PAGE.match(self.text, self.at)
            if page is None:
                self._refuse("only page and a number may end a query", self.at)
            if not page[1].isdecimal() or not int(page[1]):
                self._refuse("pages are numbers from 1 on", page.start(1))
        self.at = len(self.text)

    def _direction(self) -> None:
        word = self.text[self.at :].partition(" ")[0]
        if word.lower() in _DIRECTIONS:
            self.at += len(word)
            self._skip()
        elif word.lower() == "page":
            self._replace(self.at, self.at, "asc ")
        elif word:
            near = get_close_matches(word.lower(), _DIRECTIONS, 1, 0.4)
            self._refuse(f"{word!r} is no direction: asc or desc", self.at, near)

    def _replace(self, start: int, end: int, text: str) -> None:
        self.text = self.text[:start] + text + self.text[end:]
        self.at = start + len(text)

    def _refuse(self, why: str, at: int, near: list[str] | tuple[str, ...] = ()) -> NoReturn:
        raise InvalidSearch(why, self.text, at, near)


def _objects() -> frozenset[str]:
    return frozenset({*entities.OBJECTS, *(word.removesuffix("s") for word in entities.OBJECTS)})


def _spellings(reference: str) -> tuple[str, ...]:
    word = reference.lower().removesuffix("s")
    return word, f"{word}s"
