"""A table for people: as wide as its terminal, or as it has to be where there is none."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

GAP: Final = "  "
_LEAST: Final = 8

# How a status is coloured, by its last word: the ones that are well, under way, and bad.
_GREEN: Final = frozenset({"up", "ok", "active", "finished", "done", "installed"})
_RED: Final = frozenset(
    {"error", "failed", "illegal", "non_responsive", "not_responding", "unknown"}
)
_DIM: Final = frozenset({"down", "inactive", "maintenance", "detached", "unattached"})


def lines(
    titles: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    width: int | None,
    color: bool,
    right: frozenset[int] = frozenset(),
) -> list[str]:
    """The lines of a table. ``right`` has the columns whose cells stand to the right.

    Where a ``width`` is given, cells of the widest columns are cut until it is kept.
    """
    rows = [[printable(cell) for cell in row] for row in rows]
    widths = [max(map(columns, cells)) for cells in zip(titles, *rows, strict=True)]
    if width is not None:
        _narrow(widths, width)
    made = []
    for number, row in enumerate([titles, *rows]):
        cells = []
        for at, text in enumerate(row):
            shown = cut(text, widths[at])
            space = " " * (widths[at] - columns(shown))
            if color:
                shown = f"\x1b[1m{shown}\x1b[0m" if number == 0 else _colored(shown, titles[at])
            cells.append(space + shown if at in right else shown + space)
        made.append(GAP.join(cells).rstrip())
    return made


def _narrow(widths: list[int], width: int) -> None:
    over = sum(widths) + len(GAP) * (len(widths) - 1) - width
    while over > 0:
        widest = max(widths)
        if widest <= _LEAST:
            return
        others = [w for w in widths if w < widest]
        target = max(max(others, default=_LEAST), _LEAST)
        at = [i for i, w in enumerate(widths) if w == widest]
        for i in at:
            less = min(widest - target or 1, over)
            widths[i] -= less
            over -= less
            if over <= 0:
                return


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(mark) else 2 if unicodedata.east_asian_width(mark) in "WF" else 1
        for mark in text
    )


def cut(text: str, width: int) -> str:
    """A text that takes no more columns than ``width``, with an ellipsis where it was cut."""
    if columns(text) <= width:
        return text
    while text and columns(text) > width - 1:
        text = text[:-1]
    return text + "…"


def printable(text: str) -> str:
    """A text on one line, without what a terminal would take for a command."""
    return "".join(mark if mark.isprintable() else " " for mark in text)


def _colored(text: str, title: str) -> str:
    if not title.endswith(("STATUS", "SEVERITY")) or not text:
        return text
    status = text.strip()
    code = 32 if status in _GREEN else 31 if status in _RED else 2 if status in _DIM else 33
    return f"\x1b[{code}m{text}\x1b[0m"
