"""Which resources a query finds."""

from __future__ import annotations

import operator as operators
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rhev.mapping.fields import Kind, fields
from rhev.mapping.resources import BaseResource
from rhev.mapping.scalars import Enumeration
from rhev.mapping.structure import Struct
from rhev.simulator.faults import FAILED, Refusal
from rhev.simulator.places import members_of, refers
from rhev.simulator.search.fields import FIELDS, OBJECTS
from rhev.simulator.search.query import BadQuery, Condition, parse
from rhev.simulator.values import class_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rhev.simulator.estate import Estate

PAGE = 100
_ORDERS = {">": operators.gt, "<": operators.lt, ">=": operators.ge, "<=": operators.le}
_MEBIBYTE = 1 << 20
# Fields whose value in a query is in mebibytes, as the engine keeps it.
_IN_MEBIBYTES = frozenset({"memory", "guaranteed_memory"})


def find(
    estate: Estate,
    api_type: str,
    documents: Sequence[Any],
    text: str,
    case_sensitive: bool = False,
    limit: int | None = None,
) -> list[Any]:
    """The documents that a query finds, in its order, and only those of its page.

    A page has ``limit`` entries, or 100. Raises Refusal with 400 for what is no query.
    """
    try:
        query = parse(text)
        matches = [
            [_matcher(estate, api_type, part, case_sensitive) for part in alternative.parts]
            for alternative in query.where.parts
        ]
        found = [
            document
            for document in documents
            if not matches or any(all(match(document) for match in each) for each in matches)
        ]
        if query.sort_by is not None:
            path = _path(api_type, query.sort_by)
            found.sort(key=lambda d: _order(estate, d, path), reverse=query.descending)
    except BadQuery as error:
        raise Refusal(400, FAILED, f"The search query {text!r} is wrong: {error}") from None
    if query.page is not None:
        size = limit or PAGE
        return found[(query.page - 1) * size : query.page * size]
    return found


def _path(api_type: str, name: str) -> tuple[str, ...]:
    """The steps that a field of a query means."""
    table = FIELDS.get(api_type, {})
    if name in table:
        return tuple(table[name].split("."))
    first, _, rest = name.partition(".")
    target = OBJECTS.get(first) or OBJECTS.get(first.removesuffix("s"))
    if target is not None and rest:
        return (f"<{target}", *_path(target, rest))
    if target is not None and first not in fields(class_of(api_type)):
        return (f"<{target}", "name")
    steps = tuple(name.split("."))
    cls: Any = class_of(api_type)
    for step in steps:
        known = {spec.wire.replace("_", ""): spec for spec in fields(cls).values()}
        spec = known.get(step.replace("_", ""))
        if spec is None:
            raise BadQuery(f"{name!r} is no field of {api_type}")
        cls = spec.type if spec.kind is Kind.STRUCT else None
        if cls is None:
            break
    return steps if len(steps) > 1 or cls is None else (*steps, "name")


def _values(estate: Estate, value: Any, path: tuple[str, ...]) -> Iterator[Any]:
    """What a path leads to, from a resource on."""
    if isinstance(value, list):
        for entry in value:
            yield from _values(estate, entry, path)
    elif not path:
        if value is not None:
            yield value
    elif isinstance(value, Struct):
        step, *rest = path
        yield from _values(estate, _step(estate, value, step), tuple(rest))


def _step(estate: Estate, value: Struct, step: str) -> Any:
    if step[0] == "<":
        return _related(estate, value, step[1:])
    held = value.__dict__
    name = next((n for n in held if n.replace("_", "") == step.replace("_", "")), None)
    if name is not None:
        return held[name]
    record = estate.store.record(value) if isinstance(value, BaseResource) else None
    if record is None:
        return None
    if record.type == "Job" and step == "correlation_id":
        return estate.correlations.get(record.id)
    if record.model is not value and step in record.model.__dict__:
        return record.model.__dict__[step]
    below = members_of(estate.store, record, step.replace("_", ""))
    return [member.model for member in below.values()]


def _related(estate: Estate, value: Struct, api_type: str) -> list[Any]:
    """The resources of a type that this one refers to, or that refer to it."""
    if not isinstance(value, BaseResource) or (own := estate.store.record(value)) is None:
        return []
    found = []
    for record in estate.store.of_type(api_type):
        forward = any(refers(own.model, name, record) for name in own.model.__dict__)
        back = any(refers(record.model, name, own) for name in record.model.__dict__)
        if forward or back or record.parent is own:
            found.append(record.model)
    return found


def _matcher(
    estate: Estate, api_type: str, condition: Condition, case_sensitive: bool
) -> Callable[[Any], bool]:
    if not condition.field:
        wanted = _pattern(f"*{condition.value}*", case_sensitive)
        return lambda document: any(wanted.fullmatch(text) for text in _texts(document))
    path = _path(api_type, condition.field)
    compare = _comparison(condition, case_sensitive)
    negative = condition.operator == "!="

    def matches(document: Any) -> bool:
        outcomes = (compare(value) for value in _values(estate, document, path))
        return not any(outcomes) if negative else any(outcomes)

    return matches


def _texts(document: Struct) -> Iterator[str]:
    for name, value in document.__dict__.items():
        if isinstance(value, str) and name not in ("id", "href"):
            yield str(value)


def _comparison(condition: Condition, case_sensitive: bool) -> Callable[[Any], bool]:
    operator, text = condition.operator, condition.value
    if operator in ("=", "!="):
        pattern = _pattern(text, case_sensitive)
        state = _pattern(text.replace("_", ""), case_sensitive=False)
        number = _number(condition)
        return lambda value: (
            bool(state.fullmatch(value._value_.replace("_", "")))
            if isinstance(value, Enumeration)
            else bool(pattern.fullmatch(_text(value)))
            or (number is not None and _is_number(value) and value == number)
        )

    def ordered(value: Any) -> bool:
        left, right = _comparable(value, condition)
        return bool(_ORDERS[operator](left, right))

    return ordered


def _comparable(value: Any, condition: Condition) -> tuple[Any, Any]:
    if isinstance(value, datetime):
        try:
            given = datetime.fromisoformat(condition.value)
        except ValueError:
            raise BadQuery(f"{condition.value!r} is no date, as in 2024-01-31") from None
        return value, given if given.tzinfo else given.replace(tzinfo=value.tzinfo)
    if _is_number(value):
        if (number := _number(condition)) is None:
            raise BadQuery(f"{condition.value!r} is no number")
        return value, number
    return _text(value).lower(), condition.value.lower()


def _number(condition: Condition) -> float | None:
    try:
        number = float(condition.value)
    except ValueError:
        return None
    return number * _MEBIBYTE if condition.field in _IN_MEBIBYTES else number


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value)


def _pattern(text: str, case_sensitive: bool) -> re.Pattern[str]:
    parts = (re.escape(part) for part in text.split("*"))
    return re.compile(".*".join(parts), re.DOTALL | (0 if case_sensitive else re.IGNORECASE))


def _order(estate: Estate, document: Any, path: tuple[str, ...]) -> tuple[Any, ...]:
    value = next(_values(estate, document, path), None)
    if value is None:
        return (0,)
    if _is_number(value):
        return (1, value)
    if isinstance(value, datetime):
        return (1, value.timestamp())
    return (2, _text(value).lower())
