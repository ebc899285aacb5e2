"""Whether there is someone at a terminal, and what it can show."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TextIO


def is_interactive() -> bool:
    """Whether there is someone to ask: the standard input and error are a terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def has_colors(stream: object) -> bool:
    """Whether a stream is a terminal that colours are wanted on."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    isatty = getattr(stream, "isatty", None)
    return bool(isatty and isatty())


def can_draw(stream: TextIO) -> bool:
    """Whether a stream is a terminal on which a line can be shown in the place of another."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def columns_of(stream: TextIO) -> int:
    """How wide the terminal is that a stream leads to."""
    with suppress(OSError, ValueError):
        return os.get_terminal_size(stream.fileno()).columns or 80
    return 80
