"""The two types of representation, and which of them a request speaks and wants."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rhev.simulator.state.refusals import Refusal, titled
from rhev.simulator.wire import reading, writing
from rhev.transport.base import header

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rhev.mapping.structure import Struct


@dataclass(frozen=True, slots=True)
class Media:
    """A type of representation."""

    content_type: str
    _decode: Callable[[bytes, type[Struct]], Any]
    _encode: Callable[[Struct], bytes]

    def encode(self, document: Struct) -> bytes:
        """The document, with its links, indented as engines do: some clients read line by line."""
        return self._encode(document)

    def decode(self, content: bytes, cls: type[Struct]) -> Any:
        """The body of a request. Raises Refusal for what is not one of ``cls``."""
        return self._decode(content, cls)


XML = Media("application/xml;charset=UTF-8", reading.xml, writing.xml)
JSON = Media("application/json", reading.from_json, writing.json)

_ACCEPTED = {"application/xml": XML, "application/json": JSON, "application/*": XML, "*/*": XML}
_WRITTEN = {"application/xml": XML, "application/json": JSON}


def wanted(headers: Mapping[str, str]) -> Media:
    """What the response is to be: what ``Accept`` likes best, and XML of two that it likes as well.

    Raises Refusal with 406 where it is neither of the two.
    """
    return _best((header(headers, "Accept") or "").strip() or "*/*")


@lru_cache
def _best(accepted: str) -> Media:
    ranges = []
    for part in accepted.split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if "/" not in name:
            raise Refusal(400, page=titled("Bad Request"))
        quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        ranges.append((name.lower(), _number(quality)))
    liked = [(liking, _ACCEPTED[name]) for name, liking in ranges if name in _ACCEPTED]
    if not any(liking > 0 for liking, _ in liked):
        raise Refusal(406)
    best = max(liking for liking, _ in liked)
    return XML if (best, XML) in liked else JSON


def of_refusals(headers: Mapping[str, str]) -> Media:
    """What a fault is to be: what is wanted, or XML where that is nothing there is."""
    try:
        return wanted(headers)
    except Refusal:
        return XML


def sent(headers: Mapping[str, str]) -> Media:
    """What the body is. Raises Refusal with 415 where it is neither of the two."""
    name = (header(headers, "Content-Type") or "").partition(";")[0].strip().lower()
    if name not in _WRITTEN:
        raise Refusal(415)
    return _WRITTEN[name]


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
