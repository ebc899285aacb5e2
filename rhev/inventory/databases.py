"""Reading an inventory back from an SQLite database."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, BinaryIO, Final

from pydantic_core import from_json

from rhev.inventory.entries import Entry, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BEGINNING: Final = b"SQLite format 3\x00"


def is_database(file: BinaryIO) -> bool:
    """Whether a file, which is at its beginning and stays there, is an SQLite database."""
    beginning = file.read(len(_BEGINNING))
    file.seek(0)
    return beginning == _BEGINNING


def read_database(path: Path) -> Iterator[Entry | Problem]:
    """The entries and problems of a database, in the order in which they were written.

    Raises ValueError for a database that is no inventory.
    """
    import sqlite3

    uri = f"{path.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as database:
        try:
            documents = database.execute("SELECT type, asked, resource FROM document")
            for type_, asked, resource in documents:
                yield Entry(type_, from_json(resource), asked)
            problems = database.execute("SELECT part, path, message, status, asked FROM problem")
            for problem in problems:
                yield Problem(*problem)
        except sqlite3.DatabaseError as error:
            raise ValueError(f"{path.name} is no inventory: {error}") from None
