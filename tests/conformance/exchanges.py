"""The recorded exchanges, in the order in which the real engine answered them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from rhev.transport.base import header

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

RECORDINGS = Path(__file__).parents[3] / "shared/recordings/engine-4.5.7"

API = "/ovirt-engine/api"


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and the real engine's answer, which came at ``time`` (seconds of the epoch)."""

    file: str
    line: int
    time: float
    user: str
    method: str
    url: str
    headers: Mapping[str, str]
    content: str
    status: int
    answered: Mapping[str, str]
    body: str
    note: str = ""
    found: tuple[str, ...] | None = field(default=None)

    @property
    def collection(self) -> str:
        """The first segment of the path below the entry point."""
        path = urlsplit(self.url).path
        below = path.removeprefix(API).strip("/").split("/")[0].partition(";")[0]
        return (below or "the entry point") if path.startswith(API) else "beside the API"

    @property
    def path(self) -> str:
        """The path below the entry point, without a version; empty for what is not below it."""
        below = urlsplit(self.url).path.partition(API)[2]
        return below.partition(";")[0].removeprefix("/v4").rstrip("/")

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.method} {self.url}"


def recorded(*files: str) -> list[Exchange]:
    """The exchanges of some files, or of all, merged by the time of their answers."""
    paths = [RECORDINGS / f"{name}.jsonl" for name in files] or sorted(RECORDINGS.glob("*.jsonl"))
    found = [exchange for path in paths for exchange in _of(path)]
    return sorted(found, key=lambda exchange: exchange.time)


def _of(path: Path) -> Iterator[Exchange]:
    time = 0.0
    for number, line in enumerate(path.read_text().splitlines(), 1):
        raw: dict[str, Any] = json.loads(line)
        answered = raw["response_headers"] or {}
        date = header(answered, "Date")
        # A file may hold several runs, of which a later line can be the earlier one.
        time = parsedate_to_datetime(date).timestamp() if date else time
        found = raw.get("found")
        yield Exchange(
            path.stem,
            number,
            time,
            raw["as"],
            raw["method"],
            raw["url"],
            raw["request_headers"] or {},
            raw["request_body"] or "",
            raw["status"],
            answered,
            raw["body"] or "",
            raw.get("note") or "",
            None if found is None else tuple(found),
        )
