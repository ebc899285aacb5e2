"""The two types of representation, and which of them a request speaks and wants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rhev.codecs import json, xml
from rhev.codecs.plan import check_texts
from rhev.errors import ParseError
from rhev.mapping.fields import Kind, fields
from rhev.mapping.scalars import Enumeration
from rhev.simulator.state.refusals import INVALID, SYNTAX, Refusal
from rhev.simulator.state.values import STRICT
from rhev.transport.base import header

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rhev.codecs.plan import Context
    from rhev.mapping.structure import Struct

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True, slots=True)
class Media:
    """A type of representation."""

    content_type: str
    _decode: Callable[[bytes, type[Struct], Context], Any]
    _encode: Callable[..., bytes]

    def encode(self, document: Struct) -> bytes:
        """The document, with its links."""
        return self._encode(document, links=True)

    def decode(self, content: bytes, cls: type[Struct]) -> Any:
        """The body of a request. Raises Refusal with 400 for what is not one of ``cls``."""
        try:
            value = self._decode(content, cls, STRICT)
            check_texts(value)
        except ParseError as error:
            raise Refusal(400, SYNTAX, error.message) from None
        except ValueError as error:
            raise Refusal(400, SYNTAX, str(error)) from None
        if type(value) is not cls:
            detail = f"the body is a {type(value).__name__}, where a {cls.__name__} is expected"
            raise Refusal(400, SYNTAX, detail)
        _check_enumerations(value)
        return value


def _as_the_engine_writes(document: Struct, *, links: bool) -> bytes:
    return _DECLARATION + xml.encode(document, links=links)


XML = Media("application/xml", xml.decode, _as_the_engine_writes)
JSON = Media("application/json", json.decode, json.encode)

_ACCEPTED = {"application/xml": XML, "application/json": JSON, "application/*": XML, "*/*": XML}
_WRITTEN = {"application/xml": XML, "application/json": JSON}


def wanted(headers: Mapping[str, str]) -> Media:
    """What the response is to be: what ``Accept`` likes best, XML where it does not say.

    Raises Refusal with 406 where it is neither of the two.
    """
    ranges = []
    for part in (header(headers, "Accept") or "*/*").split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        ranges.append((name.lower(), _number(quality)))
    for name, liking in sorted(ranges, key=lambda entry: -entry[1]):
        if liking > 0 and name in _ACCEPTED:
            return _ACCEPTED[name]
    raise Refusal(406)


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


def _check_enumerations(value: Struct) -> None:
    for name, entry in value.__dict__.items():
        spec = fields(type(value))[name]
        for one in entry if isinstance(entry, list) else [entry]:
            if spec.kind is Kind.STRUCT:
                _check_enumerations(one)
            elif isinstance(one, Enumeration) and not one.is_known:
                raise Refusal(400, INVALID, f"{one} is not a member of {spec.type_name}")
