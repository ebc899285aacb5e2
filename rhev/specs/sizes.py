"""Sizes as people write them: ``8GiB``, ``512 MiB``, ``1TiB``, or a number of bytes."""

from __future__ import annotations

import re

from rhev.applying.texts import size as _written
from rhev.mapping.scalars import parse_bytes

_NUMBER = re.compile(r"\s*(\d+)\s*")
_DECIMAL = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([KMGTP])(B|I)?\s*", re.IGNORECASE)


def parse(text: str | int) -> int:
    """The number of bytes in a text such as ``8GiB``, ``1.5 TiB`` or ``1048576``.

    The units are B, KiB, MiB, GiB, TiB and PiB, in any case. Raises ValueError for any other text,
    for what is no whole number of bytes, and for a negative number; it says what would be right.
    """
    if isinstance(text, int):
        if isinstance(text, bool) or text < 0:
            raise ValueError(f"{str(text).lower()} is no number of bytes")
        return text
    if (number := _NUMBER.fullmatch(text)) is not None:
        return int(number[1])
    try:
        size = parse_bytes(text)
    except ValueError as error:
        meant = suggestion(text)
        raise ValueError(f"{text!r} is no size: {meant}" if meant else str(error)) from None
    assert isinstance(size, int)  # noqa: S101 - of a text it is
    return size


def suggestion(text: str) -> str:
    """What may have been meant by a text that is no size, as the end of a sentence; or nothing.

    Of ``8G`` and ``8GB`` nobody can tell whether they count by 1000 or by 1024: all sizes of the
    API are shown by 1024.
    """
    match = _DECIMAL.fullmatch(text)
    return f"write {match[1]}{match[2].upper()}iB" if match is not None else ""


def text(size: int) -> str:
    """A number of bytes in the greatest binary unit that it is a whole number of: ``8GiB``."""
    return str(_written(size))
