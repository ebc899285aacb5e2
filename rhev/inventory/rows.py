"""The rows of an inventory's tables: what an entry has for each of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, TypeAlias

from rhev.codecs import json
from rhev.inventory.entries import Problem
from rhev.inventory.parts import PARTS
from rhev.inventory.tables import ASKED, POSITION, PROBLEMS, Table, Type, tables
from rhev.mapping.catalogue import model
from rhev.mapping.structure import Struct
from rhev.models.common import Version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rhev.inventory.entries import Entry
    from rhev.inventory.parts import Part

Value: TypeAlias = "str | int | float | bool | datetime | None"
Row: TypeAlias = "tuple[Value, ...]"

_INTEGERS: Final = range(-(1 << 63), 1 << 63)


class Rows:
    """The rows that entries and problems have, by the tables of these parts.

    Entries of other types have none. A value of another type than its column's, or an integer of
    more than 64 bits, is None there: the document of the entry has it.
    """

    def __init__(self, parts: Sequence[Part] = PARTS) -> None:
        of_entries = tables(parts)
        self._by_type: dict[str, _Reader] = {table.name: _Reader(table) for table in of_entries}
        self.tables: tuple[Table, ...] = (*(each for it in of_entries for each in it), PROBLEMS)
        """The tables, each before those of what belongs to its rows."""

    def of(self, entry: Entry | Problem) -> Iterator[tuple[str, Row]]:
        """The rows of an entry, with the name of the table of each."""
        asked = _timestamp(entry.asked)
        if isinstance(entry, Problem):
            yield PROBLEMS.name, (entry.part, entry.path, entry.status, entry.message, asked)
        elif (reader := self._by_type.get(entry.type)) is not None:
            resource = json.decode_tree(model(reader.table.class_name), entry.resource)
            (_, row), *below = reader.rows(resource)
            yield entry.type, (*row, asked)
            yield from below


class _Reader:
    """Reads the rows of a table off resources, and those of what belongs to them."""

    def __init__(self, table: Table) -> None:
        self.table = table
        own = table.columns[table.inherited :]
        self._is_numbered = own[0] == POSITION
        self._own = [
            (column.path[:1], column.path[1:], _KINDS[column.type])
            for column in own
            if column not in (POSITION, ASKED)
        ]
        self._handed = table.inherited + bool(table.key)
        self._below = [_Reader(each) for each in table.below]

    def rows(
        self, resource: object, inherited: Row = (), position: int = 0
    ) -> Iterator[tuple[str, Row]]:
        if self._is_numbered:
            inherited = (*inherited, position)
        row = (*inherited, *self._values(resource))
        yield self.table.name, row
        for below in self._below:
            listed = _at(resource, below.table.path)
            if isinstance(listed, (list, tuple)):
                for number, member in enumerate(listed):
                    yield from below.rows(member, row[: self._handed], number)

    def _values(self, resource: object) -> Iterator[Value]:
        held = vars(resource) if isinstance(resource, Struct) else {}
        for first, rest, kind in self._own:
            # Most of what a model has is not set.
            value = held.get(first[0]) if first else resource
            yield None if value is None else kind(_at(value, rest) if rest else value)


def _at(resource: object, path: tuple[str, ...]) -> object:
    """What attributes lead to, one within the other; None where one is not set."""
    for name in path:
        if not isinstance(resource, Struct):
            return None
        resource = vars(resource).get(name)
    return resource


def _text(value: object) -> str | None:
    if isinstance(value, Version):
        numbers = (value.major, value.minor, value.build, value.revision)
        said = ".".join(str(each) for each in numbers if each is not None)
        return value.full_version or said or None
    return None if value is None else str(value)


def _integer(value: object) -> int | None:
    return value if type(value) is int and value in _INTEGERS else None


def _real(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) else None


def _boolean(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _timestamp(value: object) -> datetime | None:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    return value.astimezone(UTC) if isinstance(value, datetime) and value.tzinfo else None


_KINDS: Final[dict[Type, Callable[[object], Value]]] = {
    "text": _text,
    "integer": _integer,
    "real": _real,
    "boolean": _boolean,
    "timestamp": _timestamp,
}
