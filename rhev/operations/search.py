"""Criteria: as a query for the engine, or matched here where it has no field for them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from enum import Enum
from fnmatch import fnmatchcase
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

from rhev import search as language
from rhev.mapping.fields import Kind, fields
from rhev.mapping.resources import BaseResource
from rhev.mapping.structure import Struct
from rhev.search.attributes import VALUES
from rhev.search.values import completed, is_uuid

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from rhev.mapping.fields import FieldSpec
    from rhev.search import Field

_KEY = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")
_CLAUSES = re.compile(r"\s*(?:sortby|page)\s", re.IGNORECASE)
_PAGE = re.compile(r"\bpage\s+\d+\s*$", re.IGNORECASE)
_UNDIRECTED = re.compile(r"(?:^| )sortby +[\w.]+ *$", re.IGNORECASE)
# A query of more alternatives than these is matched here instead.
_MOST_ALTERNATIVES = 50
# What an engine compares as these models do. It compares others with case, by the day, or not.
_SENT = frozenset({"text", "enumeration", "flag", "number", "id", "system"})


@dataclass(frozen=True, slots=True)
class Plan:
    """How criteria are met: by a query of the engine, and by what is then matched ``here``."""

    query: str | None = None
    here: Mapping[str, object] = field(default_factory=dict)


def plan(
    cls: type[Struct],
    criteria: Mapping[str, object],
    search: str | None = None,
    *,
    checked: bool = True,
    follow: str | Iterable[str] | None = None,
) -> Plan:
    """The engine's query for criteria, all of which must hold, and for a query of the user's.

    A criterion is an attribute, or a field of the search language that none of the attributes is.
    Its value may be several, any of which will do. What the engine cannot be asked is left to be
    matched here. Raises ValueError for what nothing can be matched by, and InvalidSearch for a
    query that the engine cannot read; without ``checked``, what is not known is sent as it is.
    """
    name = cls.__api_name__
    asked: list[list[str]] = []
    here: dict[str, object] = {}
    for criterion, value in criteria.items():
        conditions = _conditions(cls, criterion, value) if language.is_known(name) else None
        if conditions is not None:
            asked.append(conditions)
        elif checked or _leads_to(cls, criterion) is not None:
            here[criterion] = value
        else:
            asked.append([f"{_key(criterion)}={language.written(_text(value))}"])
    while prod(map(len, asked)) > _MOST_ALTERNATIVES:
        widest = max(range(len(asked)), key=lambda index: len(asked[index]))
        del asked[widest]
        sent = [each for each in criteria if each not in here]
        here[sent[widest]] = criteria[sent[widest]]
    check_criteria(cls, here, checked=checked, follow=follow)
    query = " or ".join(" and ".join(each) for each in product(*asked)) or None
    if search is not None and criteria and _CLAUSES.match(search) is None:
        raise ValueError(
            "beside criteria, search= may only have sortby and page clauses: the grammar has no"
            " parentheses to keep its conditions together"
        )
    query = " ".join(filter(None, (query, search))) or None
    if query is not None and checked and language.is_known(name):
        query = language.check(name, query)
    return Plan(query, here)


def with_page(query: str | None, number: int) -> str:
    """A query that asks for one page, the first of which is 1. Raises ValueError if it has one."""
    if query is not None and _PAGE.search(query):
        raise ValueError("the query names a page, but all of them are read: leave the clause out")
    if query is None:
        return f"page {number}"
    # An engine reads no page behind a field to sort by that has no direction.
    direction = " asc" if _UNDIRECTED.search(query) else ""
    return f"{query}{direction} page {number}"


def check_criteria(
    cls: type[Struct],
    criteria: Mapping[str, object],
    *,
    checked: bool = True,
    follow: str | Iterable[str] | None = None,
) -> None:
    """Raises ValueError for a criterion that no resource of a class can be matched by here.

    What lives at an address of its own is there to be matched where ``follow`` reads it.
    """
    links = follow.split(",") if isinstance(follow, str) else follow or ()
    followed = {link.strip().partition(".")[0] for link in links}
    for name, value in criteria.items():
        first = _key(name).partition(".")[0]
        if (held := fields(cls).get(first)) and held.is_collection and first not in followed:
            raise ValueError(
                f"the {first} of a {cls.__name__} are not read with it, to be matched by {name!r}:"
                f" follow={first!r} reads them"
            )
        spec = _leads_to(cls, name)
        if spec is None:
            _refuse(cls, name)
        if spec is not None and spec.kind is Kind.ENUMERATION and checked:
            for each in several(value):
                known = [str(member) for member in spec.type]
                text = _text(each)
                if text and "*" not in text and text.lower() not in map(str.lower, known):
                    raise ValueError(
                        f"{text!r} is no {spec.type_name}: it is one of {', '.join(known)}"
                    )


def _refuse(cls: type[Struct], name: str) -> None:
    owner: type[Struct] = cls
    part, *rest = _key(name).split(".")
    while (spec := fields(owner).get(part)) is not None and rest:
        if spec.kind is not Kind.STRUCT:
            raise ValueError(f"{name!r} leads nowhere: {part!r} of a {owner.__name__} is a value")
        owner, part, *rest = spec.type, *rest
    if language.is_known(cls.__api_name__) and language.is_field(cls.__api_name__, name):
        raise ValueError(f"this value of {name!r} cannot be said in a search, nor matched here")
    known = list(fields(owner))
    if owner is cls and language.is_known(cls.__api_name__):
        known += language.entity(cls.__api_name__).fields
    near = get_close_matches(part, known, 1)
    meant = f"; did you mean {near[0]!r}?" if near else ""
    raise ValueError(f"{owner.__name__} has no attribute {part!r} to search by{meant}")


def _leads_to(cls: type[Struct], name: str) -> FieldSpec | _Property | None:
    """The attribute that a dotted name leads to from a class, or None where there is none."""
    owner: type[Struct] | None = cls
    spec: FieldSpec | None = None
    for part in _key(name).split("."):
        if owner is None:
            return None
        if isinstance(getattr(owner, part, None), property):
            return _PROPERTY
        spec = fields(owner).get(part)
        if spec is None:
            return None
        owner = spec.type if spec.kind is Kind.STRUCT else None
    return spec


@dataclass(frozen=True, slots=True)
class _Property:
    """What is computed from attributes, and may be matched by as one is."""

    kind: Kind = Kind.TEXT
    type_name: str = "str"
    type: Any = str
    is_collection: bool = False


_PROPERTY = _Property()


def reference_class(cls: type[Struct], name: str) -> tuple[str, type[BaseResource]] | None:
    """The reference that a criterion names another resource by: its path, and its class.

    None for a criterion on anything but a resource or the name of one.
    """
    path = name.removesuffix(".name")
    spec = _leads_to(cls, path)
    if not _is_reference(spec) or spec is None or "name" not in fields(spec.type):
        return None
    return path, spec.type


def _conditions(cls: type[Struct], name: str, value: object) -> list[str] | None:
    """The engine's conditions for a criterion, of which one must hold; None if it has none."""
    entity = cls.__api_name__
    attribute = _leads_to(cls, name)
    target = language.field_of(entity, name)
    if target is None and attribute is None and language.is_field(entity, _key(name)):
        target = name
    if target is None:
        return None
    conditions = []
    for each in several(value):
        texts = _sent(entity, name, target, each, is_reference=_is_reference(attribute))
        if texts is None:
            return None
        conditions += [f"{target}={language.written(text)}" for text in texts]
    return conditions


def _is_reference(spec: FieldSpec | _Property | None) -> bool:
    return spec is not None and spec.kind is Kind.STRUCT and issubclass(spec.type, BaseResource)


def _sent(
    entity: str, name: str, target: str, value: object, *, is_reference: bool
) -> tuple[str, ...] | None:
    """A value as the engine takes it for a field, or None for one that it cannot be asked for."""
    if value is None or isinstance(value, datetime):
        return None
    if isinstance(value, Struct) and getattr(value, "id", None) is not None:
        return None
    text = _text(value)
    if not text or language.unsendable(text) or (is_reference and is_uuid(text)):
        return None
    wanted = _field(entity, target)
    if wanted is None:
        return (text,)
    if "=" not in wanted.comparisons or wanted.kind not in _SENT:
        return None
    if wanted.unit != 1:
        if not isinstance(value, int) or value % wanted.unit:
            return None
        text = str(value // wanted.unit)
    if (others := VALUES.get((entity, name), {}).get(text.lower())) is not None:
        return others
    usable = completed(wanted, text)
    return None if usable is None else (usable,)


def _field(entity: str, target: str) -> Field | None:
    """The field that a name in a query means; None for a cross reference alone."""
    reference, dot, name = target.partition(".")
    known = language.entity(entity)
    if not dot:
        return known.fields.get(target)
    word = reference if reference in known.references else reference.removesuffix("s")
    return language.entity(known.references[word]).fields[name]


def several(value: object) -> Collection[object]:
    """The values of a criterion, any of which will do."""
    if not isinstance(value, (list, tuple, set, frozenset)):
        return (value,)
    if not value:
        raise ValueError("a criterion of no values at all matches nothing: leave it out")
    return value


def name_of(value: object) -> str | None:
    """The name that a criterion on a reference wants; None where it wants an id, or several."""
    if isinstance(value, Struct):
        return None if getattr(value, "id", None) is not None else _text(value)
    return value if isinstance(value, str) and value and not is_uuid(value) else None


def lacks_name(path: str) -> Callable[[Struct], bool]:
    """Whether a resource has an id and no name where a path leads to from another."""

    def lacks(resource: Struct) -> bool:
        value: object = resource
        for part in path.split("."):
            value = getattr(value, part, None)
        return getattr(value, "id", None) is not None and getattr(value, "name", None) is None

    return lacks


@dataclass(frozen=True, slots=True)
class Named:
    """Resources that are wanted by a name: it, and the ids of those that have it."""

    text: str
    ids: frozenset[str]


def matches(
    resource: Struct, criteria: Mapping[str, object], *, case_sensitive: bool = False
) -> bool:
    """Whether all criteria hold. A text may have wildcards, a name may be a dotted path.

    A reference is matched by its name or its id.
    """
    for name, wanted in criteria.items():
        found: list[object] = [resource]
        for part in _key(name).split("."):
            found = [value for each in found for value in _listed(getattr(each, part, None))]
        if not any(
            _matches(value, each, case_sensitive)
            for value in (found or [None])
            for each in several(wanted)
        ):
            return False
    return True


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _matches(value: object, wanted: object, case_sensitive: bool) -> bool:
    if isinstance(wanted, Named):
        id_: object = getattr(value, "id", None)
        return id_ in wanted.ids or _matches(value, wanted.text, case_sensitive)
    if isinstance(wanted, Struct):
        id_ = getattr(wanted, "id", None)
        if id_ is not None:
            return bool(getattr(value, "id", None) == id_)
        wanted = _text(wanted)
    if isinstance(value, Struct):
        texts = (getattr(value, "name", None), getattr(value, "id", None))
        return any(
            isinstance(text, str) and _match(text, _text(wanted), case_sensitive) for text in texts
        )
    return _match(_text(value), _text(wanted), case_sensitive)


def _match(text: str, pattern: str, case_sensitive: bool) -> bool:
    if not case_sensitive:
        text, pattern = text.lower(), pattern.lower()
    # Of fnmatch's wildcards the engine's grammar has only the star.
    return fnmatchcase(text, pattern.replace("[", "[[]").replace("?", "[?]"))


def _key(name: str) -> str:
    if _KEY.fullmatch(name) is None:
        raise ValueError(f"{name!r} is no attribute to search by: write it as in 'cluster.name'")
    return name


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
