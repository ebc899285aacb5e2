"""Criteria: as a query for the engine, or matched here where a collection cannot be searched."""

from __future__ import annotations

import re
from datetime import datetime
from enum import Enum
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from rhev.mapping.fields import Kind, fields, suggestion
from rhev.mapping.structure import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEY = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")
_CLAUSES = re.compile(r"\s*(?:sortby|page)\s", re.IGNORECASE)
_PAGE = re.compile(r"\bpage\s+\d+\s*$", re.IGNORECASE)


def as_query(criteria: Mapping[str, object], search: str | None = None) -> str | None:
    """The engine's query for criteria, all of which must hold, and for a query of the user's.

    Values are quoted. The engine's grammar has no way to write a double quote within a value, so
    such a value raises ValueError rather than becoming another query.
    """
    parts = [f"{_key(name)}={_quoted(name, value)}" for name, value in criteria.items()]
    if not parts:
        return search
    query = " and ".join(parts)
    if search is None:
        return query
    if _CLAUSES.match(search) is None:
        raise ValueError(
            "beside criteria, search= may only have sortby and page clauses: the grammar has no"
            " parentheses to keep its conditions together"
        )
    return f"{query} {search}"


def with_page(query: str | None, number: int) -> str:
    """A query that asks for one page, the first of which is 1. Raises ValueError if it has one."""
    if query is not None and _PAGE.search(query):
        raise ValueError("the query names a page, but all of them are read: leave the clause out")
    return f"{query} page {number}".strip() if query else f"page {number}"


def check_criteria(cls: type[Struct], criteria: Mapping[str, object]) -> None:
    """Raises ValueError for a criterion that no resource of a class has an attribute for.

    An engine that searches refuses one by itself.
    """
    for name in criteria:
        owner: type[Struct] | None = cls
        for part in _key(name).split("."):
            if owner is None or isinstance(getattr(owner, part, None), property):
                break
            if part not in fields(owner):
                raise ValueError(
                    f"{owner.__name__} has no attribute {part!r} to search by"
                    f"{suggestion(owner, part)}"
                )
            spec = fields(owner)[part]
            owner = spec.type if spec.kind is Kind.STRUCT else None


def matches(
    resource: Struct, criteria: Mapping[str, object], *, case_sensitive: bool = False
) -> bool:
    """Whether all criteria hold. A text may have wildcards, a name may be a dotted path."""
    for name, wanted in criteria.items():
        value: object = resource
        for part in _key(name).split("."):
            value = getattr(value, part, None)
        if isinstance(wanted, Struct):
            if getattr(value, "id", None) != getattr(wanted, "id", None):
                return False
        elif not _match(_text(value), _text(wanted), case_sensitive):
            return False
    return True


def _match(text: str, pattern: str, case_sensitive: bool) -> bool:
    if not case_sensitive:
        text, pattern = text.lower(), pattern.lower()
    # Of fnmatch's wildcards the engine's grammar has only the star.
    return fnmatchcase(text, pattern.replace("[", "[[]").replace("?", "[?]"))


def _key(name: str) -> str:
    if _KEY.fullmatch(name) is None:
        raise ValueError(f"{name!r} is no attribute to search by: write it as in 'cluster.name'")
    return name


def _quoted(name: str, value: object) -> str:
    text = _text(value)
    if '"' in text:
        raise ValueError(
            f"the value of {name} has a double quote in it, which a search cannot express"
        )
    return f'"{text}"'


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Struct):
        name = getattr(value, "name", None)
        if name is None:
            raise ValueError(f"this {type(value).__name__} has no name to search by")
        return str(name)
    return str(value)
