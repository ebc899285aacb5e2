"""An inventory as JSON lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from rhev.inventory.entries import Entry, Problem


class JsonLines:
    """A file of the entries themselves, each a line."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")

    def write(self, entry: Entry | Problem) -> None:
        self._file.write(entry.line())

    def close(self, *, whole: bool) -> None:
        self._file.close()
