"""An inventory as Parquet: a folder of one file a table."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import Path

    from rhev.inventory.entries import Entry, Problem
    from rhev.inventory.rows import Row, Rows
    from rhev.inventory.tables import Column, Table

_HELD: Final = 5000


class ParquetFolder:
    """A file of each table, with its schema; sizes have the unit in the metadata of their fields.

    Raises ImportError, with what is to be installed, where pyarrow is missing.
    """

    def __init__(self, path: Path, rows: Rows) -> None:
        try:
            # Some of its versions have types and some have none: to a type checker it has none.
            arrow: Any = importlib.import_module("pyarrow")
            parquet: Any = importlib.import_module("pyarrow.parquet")
        except ImportError:
            raise ImportError(
                "Parquet needs pyarrow: pip install 'rhev[parquet]'", name="pyarrow"
            ) from None
        path.mkdir()
        self._rows = rows
        self._files = {
            table.name: _File(path / f"{table.name}.parquet", table, arrow, parquet)
            for table in rows.tables
        }

    def write(self, entry: Entry | Problem) -> None:
        for name, row in self._rows.of(entry):
            self._files[name].write(row)

    def close(self, *, whole: bool) -> None:
        for file in self._files.values():
            file.close()


class _File:
    """The file of a table, to which rows are written many at a time: each time a group of rows."""

    def __init__(self, path: Path, table: Table, arrow: Any, parquet: Any) -> None:
        self._arrow = arrow
        self._schema = arrow.schema([_field(column, arrow) for column in table.columns])
        self._writer = parquet.ParquetWriter(path, self._schema)
        self._held: list[Row] = []

    def write(self, row: Row) -> None:
        self._held.append(row)
        if len(self._held) >= _HELD:
            self._flush()

    def close(self) -> None:
        try:
            if self._held:
                self._flush()
        finally:
            self._writer.close()

    def _flush(self) -> None:
        columns = [
            self._arrow.array(values, field.type)
            for field, values in zip(self._schema, zip(*self._held, strict=True), strict=True)
        ]
        self._writer.write_table(self._arrow.table(columns, schema=self._schema))
        self._held.clear()


def _field(column: Column, arrow: Any) -> Any:
    types = {
        "text": arrow.string(),
        "integer": arrow.int64(),
        "real": arrow.float64(),
        "boolean": arrow.bool_(),
        "timestamp": arrow.timestamp("ms", tz="UTC"),
    }
    said = {"unit": column.unit, "refers": column.refers}
    metadata = {name: value for name, value in said.items() if value is not None}
    return arrow.field(column.name, types[column.type], metadata=metadata)
