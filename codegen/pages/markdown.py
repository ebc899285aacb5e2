"""Markdown as the generated pages need it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LITERAL = re.compile(r"``([^`]+)``")
_ROLE = re.compile(r":\w+:`~?([\w.]+)`")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table, or nothing where there is no row."""
    lines = [f"| {' | '.join(cell(text) for text in row)} |" for row in rows]
    if not lines:
        return ""
    return "\n".join([f"| {' | '.join(head)} |", "|" + " --- |" * len(head), *lines]) + "\n"


def cell(text: str) -> str:
    """A text as one cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")


def prose(docstring: str | None) -> str:
    """A docstring's text: its literals and roles as Markdown has them."""
    text = _ROLE.sub(lambda match: f"`{match[1].rpartition('.')[2]}`", docstring or "")
    return _LITERAL.sub(r"`\1`", text)


def page(title: str, *parts: str) -> str:
    """A page of its parts, of which empty ones are left out."""
    return "\n\n".join([f"# {title}", *(part.strip() for part in parts if part.strip())]) + "\n"


def section(title: str, body: str) -> str:
    """A heading and what is below it, or nothing where that is nothing."""
    return f"## {title}\n\n{body}" if body.strip() else ""
