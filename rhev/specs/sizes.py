"""Sizes as people write them: ``8GiB``, ``512 MiB``, ``1TiB``, or a number of bytes."""

from __future__ import annotations

import re

from rhev.applying.texts import size as _written
from rhev.mapping.scalars import parse_bytes

_NUMBER = re.compile(r"\s*(\d+)\s*")


def parse(text: str | int) -> int:
    """The number of bytes in a text such as ``8GiB``, ``1.5 TiB`` or ``1048576``.

    The units are B, KiB, MiB, GiB, TiB and PiB, in any case. Raises ValueError for any other text,
    for what is no whole number of bytes, and for a negative number; it says what would be right.
    """
    if isinstance(text, bool) or (isinstance(text, int) and text < 0):
        raise ValueError(f"{str(text).lower()} is no number of bytes")
    number = None if isinstance(text, int) else _NUMBER.fullmatch(text)
    size = parse_bytes(text if number is None else int(number[1]))
    assert isinstance(size, int)  # noqa: S101 - of any other text it is an error
    return size


def text(size: int) -> str:
    """A number of bytes in the greatest binary unit that it is a whole number of: ``8GiB``."""
    return str(_written(size))
