"""Whether there is someone at a terminal, and what it can show."""

from __future__ import annotations

import os
import sys


def is_interactive() -> bool:
    """Whether there is someone to ask: the standard input and error are a terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def has_colors(stream: object) -> bool:
    """Whether a stream is a terminal that colours are wanted on."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    isatty = getattr(stream, "isatty", None)
    return bool(isatty and isatty())
