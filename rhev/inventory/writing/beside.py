"""Writing beside what is to be written, which has its name when it is whole."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol

from rhev.inventory.parts import PARTS
from rhev.inventory.rows import Rows
from rhev.inventory.writing.csv_folder import CsvFolder
from rhev.inventory.writing.json_lines import JsonLines
from rhev.inventory.writing.parquet_folder import ParquetFolder
from rhev.inventory.writing.sqlite_file import SqliteFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from rhev.inventory.entries import Entry, Problem
    from rhev.inventory.parts import Part


class Format(StrEnum):
    """The formats of an inventory that is written."""

    JSONL = "jsonl"
    """A file of JSON lines: the documents themselves."""
    CSV = "csv"
    """A folder of CSV files, one a table."""
    SQLITE = "sqlite"
    """An SQLite database: the tables, and the documents."""
    PARQUET = "parquet"
    """A folder of Parquet files, one a table."""

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder that is written, and no file."""
        return self in (Format.CSV, Format.PARQUET)


_ENDINGS: Final = {
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".csv": Format.CSV,
    ".db": Format.SQLITE,
    ".sqlite": Format.SQLITE,
    ".sqlite3": Format.SQLITE,
    ".parquet": Format.PARQUET,
}


class Writer(Protocol):
    """Writes entries, one by one."""

    def write(self, entry: Entry | Problem) -> None:
        """Writes an entry, or what could not be read."""

    def close(self, *, whole: bool) -> None:
        """Ends it; ``whole`` says that all was written, and what comes at the end is due."""


_TABLES: Final[dict[Format, Callable[[Path, Rows], Writer]]] = {
    Format.CSV: CsvFolder,
    Format.SQLITE: SqliteFile,
    Format.PARQUET: ParquetFolder,
}


def format_of(path: Path) -> Format:
    """The format that the ending of a name says. Raises ValueError for one that says none."""
    try:
        return _ENDINGS[path.suffix.lower()]
    except KeyError:
        known = ", ".join(_ENDINGS)
        raise ValueError(f"the name {path.name!r} says no format, as {known} do") from None


@contextmanager
def writing(path: Path, format: Format, parts: Sequence[Part] = PARTS) -> Iterator[Writer]:
    """Writes an inventory of these parts, which is at ``path`` when the context ends, and whole.

    What was at ``path`` stays as it is until then, and where the context ends with an exception:
    nothing else is left of it. A folder takes the place of one that is empty or of the same format.
    Raises ValueError, before anything is written, for a path that would take the place of something
    else, OSError for what cannot be written, and ImportError where pyarrow is missing.
    """
    check(path, format)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    is_whole = False
    try:
        writer = _writer(beside, format, parts)
        try:
            yield writer
            is_whole = True
        finally:
            writer.close(whole=is_whole)
        _rename(beside, path)
    finally:
        _remove(beside)


def check(path: Path, format: Format) -> None:
    """Raises ValueError for a path where something else is than an inventory of the format."""
    if not path.parent.is_dir():
        raise ValueError(f"there is no folder {str(path.parent)!r}")
    if not format.is_folder:
        if path.is_dir():
            raise ValueError(f"{str(path)!r} is a folder, and {format} is written to a file")
    elif path.is_dir():
        others = [each.name for each in path.iterdir() if each.suffix != f".{format}"]
        if others:
            raise ValueError(
                f"the folder {str(path)!r} has something else than an inventory in it: {others[0]}"
            )
    elif path.exists():
        raise ValueError(f"{str(path)!r} is a file, and {format} is written to a folder")


def _writer(path: Path, format: Format, parts: Sequence[Part]) -> Writer:
    if format is Format.JSONL:
        return JsonLines(path)
    return _TABLES[format](path, Rows(parts))


def _rename(beside: Path, path: Path) -> None:
    if not path.is_dir():
        beside.replace(path)
        return
    older = beside.with_suffix(".older")
    path.rename(older)
    try:
        beside.rename(path)
    except OSError:
        older.rename(path)
        raise
    shutil.rmtree(older)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
