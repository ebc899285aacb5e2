"""What the values of a field may be, as they are written in a query."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rhev.search.entities import Field

DAYS = ("today", "yesterday")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATES = (
    re.compile(r"-?\d+/-?\d+/-?\d+.*", re.DOTALL),
    re.compile(rf"(?:[a-z]+day, )?{_MONTHS} \d+, \d+.*", re.DOTALL | re.IGNORECASE),
)
_SPAN = re.compile(
    r"\s*-?\s*(?:\d+|\d+.\d\d:\d\d(?::\d\d(?:.\d\d)?)?|\d\d:\d\d(?::\d\d(?:.\d\d)?)?)"
)
_NUMBER = re.compile(r"[+-]?\d{1,10}", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_LARGE = re.compile(r"[+-]?\d+", re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_SYSTEM = re.compile(r"\w+", re.ASCII)
_INTEGERS = range(-(1 << 31), 1 << 31)

EXPECTED = {
    "flag": "true or false",
    "number": "a whole number",
    "decimal": "a number",
    "large": "a whole number",
    "id": "a UUID",
    "date": "a date as in 12/31/2026",
    "span": "a number of days",
    "system": "the name of an operating system, without wildcards",
}


def is_valid(field: Field, value: str) -> bool:
    """Whether an engine reads a value. Those of some kinds it does not look at."""
    match field.kind:
        case "enumeration":
            return value.lower() in field.values
        case "flag":
            return field.name == "sealed" or value.lower() in ("true", "false")
        case "number" | "broken":
            return is_number(value)
        case "decimal":
            return _DECIMAL.fullmatch(value) is not None
        case "date":
            return value.lower() in (*DAYS, *WEEKDAYS) or is_date(value)
        case "span":
            return _SPAN.fullmatch(value) is not None
        case "system":
            return _SYSTEM.fullmatch(value.strip()) is not None
        case _:
            return True


def answer_to(field: Field, value: str) -> int:
    """The status that an engine answers a value with, after it has read it: 200, 400 or 500."""
    match field.kind:
        case "broken":
            return 400
        case "id" if _UUID.fullmatch(value) is None:
            return 400
        case "large" if _LARGE.fullmatch(value) is None:
            return 400
        case "date" if not takes_days(field) and not is_date(value):
            return 500
        case "flag" if value.lower() not in ("true", "false", "t", "f", "yes", "no", "1", "0"):
            return 400
        case _:
            return 200


def is_number(value: str) -> bool:
    """Whether a value is a whole number that the engine can hold."""
    return _NUMBER.fullmatch(value) is not None and int(value) in _INTEGERS


def is_date(value: str) -> bool:
    """Whether a value is a date as the engine reads one: month, day, year."""
    return any(pattern.fullmatch(value) for pattern in _DATES)


def is_uuid(value: str) -> bool:
    """Whether a value is what the engine's ids are."""
    return _UUID.fullmatch(value) is not None


def takes_days(field: Field) -> bool:
    """Whether today, yesterday and weekdays are dates of a field: else they are an error."""
    return "=" in field.comparisons


def as_date(moment: date) -> str:
    """A date or a time as the engine reads it. A time is in the engine's own time zone."""
    day = f"{moment.month}/{moment.day}/{moment.year}"
    if isinstance(moment, datetime) and moment.time() != moment.time().min:
        return f"{day} {moment:%H:%M:%S}"
    return day


def completed(field: Field, value: str) -> str | None:
    """A value as the engine reads it, from what is plainly meant; None where that is not plain.

    ``powering_up`` is what the API calls the engine's ``poweringup``, and an ISO date what the
    engine has as month, day and year.
    """
    if field.kind == "enumeration":
        if value.lower() in field.values:
            return value
        folded = value.replace("_", "").lower()
        return next((known for known in field.values if known.replace("_", "") == folded), None)
    if field.kind == "date":
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            usable = is_date(value) or (takes_days(field) and is_valid(field, value))
            return value if usable else None
        if moment.tzinfo is not None or (takes_days(field) and moment.time() != moment.time().min):
            return None
        return as_date(moment)
    usable = is_valid(field, value) and answer_to(field, value) == 200
    return value if usable else None
