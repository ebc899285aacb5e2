"""An inventory as CSV: a folder of one file a table."""

from __future__ import annotations

import csv
from contextlib import ExitStack
from datetime import datetime
from typing import TYPE_CHECKING

from rhev.inventory.entries import iso

if TYPE_CHECKING:
    from pathlib import Path

    from rhev.inventory.entries import Entry, Problem
    from rhev.inventory.rows import Rows, Value


class CsvFolder:
    """A file of each table, with its header, as RFC 4180 has it, in UTF-8.

    What is None is empty, booleans are ``true`` and ``false``, times are in ISO 8601, UTC.
    """

    def __init__(self, path: Path, rows: Rows) -> None:
        path.mkdir()
        self._rows = rows
        self._files = ExitStack()
        self._tables = {}
        for table in rows.tables:
            file = (path / f"{table.name}.csv").open("w", encoding="utf-8", newline="")
            self._tables[table.name] = csv.writer(self._files.enter_context(file))
            self._tables[table.name].writerow(column.name for column in table.columns)

    def write(self, entry: Entry | Problem) -> None:
        for name, row in self._rows.of(entry):
            self._tables[name].writerow(map(_written, row))

    def close(self, *, whole: bool) -> None:
        self._files.close()


def _written(value: Value) -> Value:
    if isinstance(value, bool):
        return "true" if value else "false"
    return iso(value) if isinstance(value, datetime) else value
