"""What an inventory consists of, entry by entry, and how an entry is written as a line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic_core import from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

PROBLEM = "problem"

Document: TypeAlias = "dict[str, Any]"


@dataclass(frozen=True, slots=True)
class Entry:
    """A resource: the name of its type, such as ``vm``, and its document as the API's JSON has it.

    What was followed stands within the document. ``asked`` is when the engine was asked for it, in
    ISO 8601, UTC.
    """

    type: str
    resource: Document
    asked: str

    def line(self) -> bytes:
        """The entry as a line of an inventory, with its end."""
        return to_json({"type": self.type, "asked": self.asked, "resource": self.resource}) + b"\n"


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read: of which part, at which address, and what the engine said.

    ``status`` is the HTTP status of its answer, where one came.
    """

    part: str
    path: str
    message: str
    status: int | None
    asked: str

    def line(self) -> bytes:
        """The problem as a line of an inventory, with its end."""
        document = {
            "type": PROBLEM,
            "asked": self.asked,
            "part": self.part,
            "path": self.path,
            "status": self.status,
            "message": self.message,
        }
        return to_json(document) + b"\n"


def read_lines(lines: Iterable[bytes], source: str = "the inventory") -> Iterator[Entry | Problem]:
    """The entries and problems that lines hold.

    Raises ValueError for a line that is none of an inventory's, with its number.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _read(from_json(line))
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(
                f"line {number} of {source} is none of an inventory, as"
                f' {{"type": "vm", "resource": {{…}}}} is: {error}'
            ) from None


def _read(document: object) -> Entry | Problem:
    if not isinstance(document, dict) or not isinstance(kind := document.get("type"), str):
        raise ValueError("it has no type")
    asked = str(document.get("asked", ""))
    if kind == PROBLEM:
        return Problem(
            str(document.get("part", "")),
            str(document.get("path", "")),
            str(document.get("message", "")),
            document.get("status"),
            asked,
        )
    resource = document.get("resource")
    if not isinstance(resource, dict):
        raise ValueError("it has no resource")
    return Entry(kind, resource, asked)


def iso(time: datetime) -> str:
    """A time as an inventory writes it where it is a text: ISO 8601, UTC, to the millisecond."""
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")
