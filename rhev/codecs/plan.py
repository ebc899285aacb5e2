"""From the fields of the models to tables that the codecs walk.

A decoder makes the instances itself and stores only what was sent, without pydantic: what an
engine says is taken as it is. What the models do not know is kept in ``model_extra``; with
``strict`` it is a :class:`rhev.errors.ParseError` instead.
"""

from __future__ import annotations

import gc
import os
import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import isfinite
from typing import TYPE_CHECKING, Any

from rhev.errors import ParseError
from rhev.mapping.fields import FieldSpec, Kind, fields, suggestion
from rhev.mapping.links import Links

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rhev.mapping.resources import Binding
    from rhev.mapping.scalars import Enumeration
    from rhev.mapping.structure import Struct

# What reading a value that is not of its type may raise: the value is kept as it came.
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, OverflowError)

new: Callable[[type[Any]], Any] = object.__new__
set_slot: Callable[[object, str, Any], None] = object.__setattr__


# What a document may have in bytes; nothing an engine sends comes near to it. The depth of a
# document is bounded by the parsers themselves: 256 elements in XML, 200 levels in JSON.
MAX_SIZE = 256 << 20


def check_size(content: bytes) -> None:
    """Raises ParseError for a document of more than ``MAX_SIZE`` bytes."""
    if len(content) > MAX_SIZE:
        raise ParseError(f"the document has {len(content)} bytes; at most {MAX_SIZE} are read")


@dataclass(frozen=True, slots=True)
class Context:
    """What holds for a whole document while it is decoded.

    With ``keep_texts`` a value that cannot be read is its text, for pydantic to refuse.
    ``members`` is the class of the members of a collection, where that is a user's own.
    """

    binding: Binding | None = None
    strict: bool = False
    keep_texts: bool = False
    members: type[Struct] | None = None


PLAIN = Context()


def tracked_lists(cls: type[Struct]) -> frozenset[str]:
    """The attributes of which a copy is kept, because a list can change without being assigned."""
    return frozenset(s.name for s in fields(cls).values() if s.is_list and not s.bare)


def keep_lists(instance: Any, values: dict[str, Any], names: frozenset[str]) -> None:
    set_slot(instance, "_lists", {name: tuple(values[name]) for name in names & values.keys()})


def keep_unknown(
    instance: Any, unknown: dict[str, Any], context: Context, line: int | None = None
) -> None:
    if context.strict:
        cls: type[Struct] = type(instance)
        known = {spec.wire for spec in fields(cls).values()}
        listed = (
            f"{name!r}, which cannot be read"
            if name in known
            else f"{name!r}{suggestion(cls, name)}"
            for name in sorted(unknown)
        )
        raise ParseError(
            f"{cls.__name__} came with what the models do not know: {'; '.join(listed)}",
            line=line,
            column=line and 1,
        )
    set_slot(instance, "__pydantic_extra__", unknown)


def keep_links(instance: Any, links: dict[str, str] | None, actions: dict[str, str] | None) -> None:
    href = instance.__dict__.get("href")
    if links:
        set_slot(instance, "_links", _readable(href, links))
    if actions:
        set_slot(instance, "_actions", _readable(href, actions))


def _readable(href: str | None, pairs: dict[str, str]) -> Links:
    try:
        return Links.from_pairs(href, pairs)
    except TypeError:  # a name or an address that is no text
        texts = {r: h for r, h in pairs.items() if isinstance(r, str) and isinstance(h, str)}
        return Links.from_pairs(href, texts)


_collector = threading.Lock()
_decoding: set[int] = set()  # threads; one that Ctrl-C kept from leaving leaves after its next
_collecting = False


def _forked() -> None:
    """A child has none of the threads that were decoding, and none that gives back the lock."""
    global _collector
    _collector = threading.Lock()
    if _decoding and _collecting:
        gc.enable()
    _decoding.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forked)


@contextmanager
def decoding() -> Iterator[None]:
    """Switches the garbage collector off while a whole document is decoded.

    A decode makes a great many objects and no garbage; the collector would walk all of them again
    and again. Several threads may decode at once: the last one switches it back on. Raises
    ParseError for a document of which nothing can be read.
    """
    global _collecting
    thread = threading.get_ident()
    try:
        with _collector:
            if not _decoding:
                _collecting = gc.isenabled()
                gc.disable()
            _decoding.add(thread)
        yield
    except RecursionError:
        raise ParseError("the document is nested too deeply") from None
    except ValueError as error:
        raise ParseError(str(error)) from None
    finally:
        with _collector:
            _decoding.discard(thread)
            if not _decoding and _collecting:
                gc.enable()


def scalar_reader(spec: FieldSpec) -> Callable[[Any], Any] | None:
    """What makes a value of a scalar on the wire; None where a text is the value."""
    match spec.kind:
        case Kind.INTEGER:
            return int
        case Kind.DOUBLE:
            return _finite
        case Kind.BOOLEAN:
            return _BOOLEANS.__getitem__
        case Kind.DATE:
            return parse_date
        case Kind.ENUMERATION:
            return _Members(spec.type).__getitem__
    return None


def _finite(value: str | float) -> float:
    number = float(value)
    if not isfinite(number):
        raise ValueError("no number")
    return number


_BOOLEANS = {"true": True, "false": False, "1": True, "0": False, True: True, False: False}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class _Members(dict[str, Any]):
    """The members of an enumeration by their texts; any other text becomes an unknown member."""

    def __init__(self, cls: type[Enumeration]) -> None:
        super().__init__({member.value: member for member in cls.__members__.values()})
        self._cls = cls

    def __missing__(self, text: str) -> Any:
        if not isinstance(text, str):
            raise TypeError("no text")
        member = self._cls.received(text)
        if len(self) < 1000:
            self[text] = member
        return member


def parse_date(text: str | int) -> datetime:
    """A timestamp: ISO 8601, in UTC where it names no zone, or milliseconds since the epoch."""
    if not isinstance(text, str):
        return _EPOCH + timedelta(milliseconds=text)
    date = datetime.fromisoformat(text)
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def text_writer(spec: FieldSpec) -> Callable[[Any], str]:
    """What makes the text of a scalar of its value."""
    match spec.kind:
        case Kind.INTEGER:
            return str
        case Kind.DOUBLE:
            return repr
        case Kind.BOOLEAN:
            return lambda value: "true" if value else "false"
        case Kind.DATE:
            return write_date
        case Kind.ENUMERATION:
            return lambda value: str(value._value_)
    return str


def epoch_milliseconds(value: datetime) -> int:
    return (value - _EPOCH) // timedelta(milliseconds=1)


def write_date(value: datetime) -> str:
    return value.isoformat(timespec="milliseconds")


# What XML 1.0 has no way to write. JSON has, but the two wires carry the same.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def check_texts(value: Struct) -> None:
    """Raises ValueError for the first text with a character that no document can carry."""
    for path, text in _texts(value, type(value).__name__):
        if match := _FORBIDDEN.search(text):
            raise ValueError(
                f"{path} has the character U+{ord(match[0]):04X} at position {match.start()},"
                " which no document can carry"
            )


def _texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, str(value)
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            yield from _texts(entry, f"{path}[{index}]")
    elif hasattr(value, "__pydantic_fields__"):
        for name, entry in value.__dict__.items():
            yield from _texts(entry, f"{path}.{name}")
