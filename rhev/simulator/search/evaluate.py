"""Which resources a query finds."""

from __future__ import annotations

import operator as operators
import re
from datetime import UTC, datetime, timedelta
from math import prod
from typing import TYPE_CHECKING, Any

from rhev import search as language
from rhev.mapping.fields import Kind, fields
from rhev.mapping.resources import BaseResource
from rhev.mapping.structure import Struct
from rhev.search import entities
from rhev.search.attributes import VALUES
from rhev.search.values import WEEKDAYS, answer_to
from rhev.simulator.search.fields import FIELDS, RELATED
from rhev.simulator.search.related import related
from rhev.simulator.search.values import WORKED_OUT
from rhev.simulator.state.collation import collated
from rhev.simulator.state.places import members_of
from rhev.simulator.state.refusals import FAILED, Refusal
from rhev.simulator.state.turns import give_way
from rhev.simulator.state.values import class_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rhev.search import Condition, Entity, Field, Query
    from rhev.simulator.state.estate import Estate
    from rhev.simulator.state.store import Record

_ORDERS = {">": operators.gt, "<": operators.lt, ">=": operators.ge, "<=": operators.le}
# What the engine asks for beside a query, and therefore appends to it.
_APPENDED = {"User": 'usrname != ""', "Group": 'grpname != ""'}


def find(
    estate: Estate,
    api_type: str,
    records: Sequence[Record],
    text: str,
    case_sensitive: bool,
    limit: int | None,
    look: Callable[[Record], Any],
) -> Sequence[Record]:
    """The records that a query finds, in its order, and only those of its page.

    ``look`` gives the document of a record that the query looks at. No text finds all of them. A
    page has ``limit`` entries, or all of them. What cannot be read finds nothing, as on an engine.
    Raises Refusal with 400 or 500 for what is read and then fails.
    """
    if not language.is_known(api_type):
        # Those of providers, of which an engine makes a query of its own.
        return records
    entity = language.entity(api_type)
    try:
        query = language.parse(entity, _appended(api_type, text))
    except language.Unreadable:
        return []
    _check_answered(entity, query)
    groups = [
        [[_matcher(estate, api_type, part, case_sensitive) for part in each] for each in any_]
        for any_ in query.where
    ]
    if api_type == "Disk":
        # They are sorted only where they are searched for.
        records = sorted(records, key=lambda record: (collated(record.name), record.id))
    if not groups and query.sort_by is None:
        return _page(records, query, limit)  # of a million events just those are looked at
    found = [
        (document, record)
        for document, record in _looked_at(records, look)
        if not groups
        or all(any(all(match(document) for match in each) for each in any_) for any_ in groups)
    ]
    if query.sort_by is not None:
        # What the records came in the order of decides among those that are equal.
        path = _path(api_type, query.sort_by)
        found.sort(key=lambda each: _order(estate, each[0], path), reverse=query.descending)
    return _page([record for _, record in found], query, limit)


def _looked_at(
    records: Sequence[Record], look: Callable[[Record], Any]
) -> Iterator[tuple[Any, Record]]:
    for record in records:
        give_way()
        yield look(record), record


def _page(found: Sequence[Record], query: Query, limit: int | None) -> Sequence[Record]:
    if query.page is None:
        return found
    size = len(found) if limit is None else limit
    return found[(query.page - 1) * size : query.page * size]


def _appended(api_type: str, text: str) -> str:
    return " and ".join(filter(None, (text, _APPENDED.get(api_type))))


def _check_answered(entity: Entity, query: Query) -> None:
    """Raises Refusal for what the engine's database fails on."""
    status = 400 if query.page == 0 else 200
    for condition in query.conditions:
        field = _field(entity, condition)
        if condition.reference in entities.BROKEN.get(entity.name, ()):
            status = max(status, 400)
        elif field is not None:
            status = max(status, answer_to(field, condition.value))
        elif not condition.reference and not entity.has_free_text:
            status = max(status, 400)
    if status != 200:
        raise Refusal(status, FAILED, "" if status == 500 else "statementcallback; bad sql grammar")


def _field(entity: Entity, condition: Condition) -> Field | None:
    """The field of a condition; None for one on a text alone."""
    if not condition.field:
        return None
    if not condition.reference:
        return entity.fields[condition.field]
    return _other(condition.reference).fields[condition.field]


def _other(reference: str) -> Entity:
    word = reference.lower()
    word = word if word in entities.REFERENCES else word.removesuffix("s")
    return language.entity(entities.REFERENCES[word])


def _path(api_type: str, name: str) -> tuple[str, ...] | None:
    """The steps that a field of a query means; None for one of which nothing is kept here."""
    if name in FIELDS.get(api_type, {}):
        return tuple(FIELDS[api_type][name].split("."))
    known = {spec.wire.replace("_", ""): spec for spec in fields(class_of(api_type)).values()}
    spec = known.get(name.replace("_", ""))
    if spec is None:
        return None
    return (spec.name, "name") if spec.kind is Kind.STRUCT else (spec.name,)


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
        return related(estate, value, step[1:])
    held = value.__dict__
    if step in held:
        return held[step]
    if step == "*":
        return prod(number for number in held.values() if _is_number(number))
    record = estate.store.record(value) if isinstance(value, BaseResource) else None
    if record is None:
        return None
    if (work_out := WORKED_OUT.get((record.type, step))) is not None:
        return work_out(estate, record)
    if record.model is not value and step in record.model.__dict__:
        return record.model.__dict__[step]
    spec = fields(type(value)).get(step)
    if spec is not None and not spec.is_collection:
        return None
    below = members_of(estate.store, record, step.replace("_", ""))
    return [member.model for member in below.values()]


def _matcher(
    estate: Estate, api_type: str, condition: Condition, case_sensitive: bool
) -> Callable[[Any], bool]:
    owner = _other(condition.reference).name if condition.reference else api_type
    other = RELATED.get((owner, condition.field), owner)
    known = language.entity(owner).fields
    if condition.field:
        compare = _comparison(estate, other, known[condition.field], condition, case_sensitive)
        names = [condition.field]
    else:
        pattern = _pattern(f"*{condition.value}*", case_sensitive)
        compare = lambda value: pattern.fullmatch(_text(value)) is not None  # noqa: E731
        names = [name for name, field in known.items() if field.in_free_text]
    paths = [path for name in names if (path := _path(owner, name)) is not None]

    def matches(document: Any) -> bool:
        resources = related(estate, document, other) if condition.reference else [document]
        values = (v for each in resources for path in paths for v in _values(estate, each, path))
        if condition.operator != "!=":
            return any(map(compare, values))
        outcomes = [compare(value) for value in values]
        # Of several tags one that is another is enough; no value is another than any.
        return not all(outcomes) or not (outcomes or condition.field == "")

    return matches


def _comparison(
    estate: Estate, api_type: str, field: Field, condition: Condition, case_sensitive: bool
) -> Callable[[Any], bool]:
    operator, text = condition.operator, condition.value
    is_equality = operator in ("=", "!=")
    if field.kind == "enumeration":
        return _enumerated(api_type, field, operator, text)
    if field.kind == "date":
        return _dated(operator, _day(text, estate.timeline.date))
    if field.kind in ("number", "large", "decimal"):
        number = float(text) * field.unit
        compare = operators.eq if is_equality else _ORDERS[operator]
        return lambda value: _is_number(value) and bool(compare(value, number))
    if is_equality and field.kind in ("text", "system", "id", "flag"):
        pattern = _pattern(text, case_sensitive and field.kind == "text")
        return lambda value: pattern.fullmatch(_text(value)) is not None
    if is_equality:
        return lambda value: _text(value) == text
    return lambda _: False


def _enumerated(api_type: str, field: Field, operator: str, text: str) -> Callable[[Any], bool]:
    order = {value.replace("_", ""): place for place, value in enumerate(field.values)}
    also = {
        other.replace("_", ""): names
        for other, names in VALUES.get((api_type, field.name), {}).items()
    }
    wanted = text.lower().replace("_", "")
    compare = operators.eq if operator in ("=", "!=") else _ORDERS[operator]

    def matches(value: Any) -> bool:
        folded = str(value).lower().replace("_", "")
        values = also.get(folded, (folded,))
        return any(bool(compare(order.get(each, -1), order[wanted])) for each in values)

    return matches


def _dated(operator: str, day: datetime | None) -> Callable[[Any], bool]:
    def matches(value: Any) -> bool:
        if not isinstance(value, datetime) or day is None:
            return False
        if operator == "=":
            return day <= value < day + timedelta(days=1)
        return bool(_ORDERS[operator](value, day))

    return matches


def _day(text: str, now: datetime) -> datetime | None:
    """The midnight that a date of a query means, at which the engine's day begins."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    word = text.lower()
    if word in ("today", "yesterday"):
        return today - timedelta(days=word == "yesterday")
    if word in WEEKDAYS:
        return today - timedelta(days=(today.weekday() - WEEKDAYS.index(word)) % 7)
    for form in ("%m/%d/%Y", "%m/%d/%Y %H:%M:%S", "%b %d, %Y", "%B %d, %Y", "%A, %B %d, %Y"):
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


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


def _order(estate: Estate, document: Any, path: tuple[str, ...] | None) -> tuple[Any, ...]:
    """What a document is sorted by; no value is greater than any."""
    if path is None:
        return (3,)
    # Most are sorted by what they hold themselves, thousands of them for one page.
    value = document.__dict__.get(path[0]) if len(path) == 1 else None
    if value is None or isinstance(value, list | Struct):
        value = next(_values(estate, document, path), None)
    if value is None:
        return (3,)
    if _is_number(value):
        return (1, value)
    if isinstance(value, datetime):
        return (1, value.timestamp())
    return (2, collated(_text(value)))
