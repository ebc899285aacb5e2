"""The blocks of code of a page."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLOCK = re.compile(
    r"^(?:[ ]*<!-- not run: (?P<reason>[^\n]+?) -->\n)?"
    r"(?P<indent>[ ]*)```(?P<language>\w*)(?: title=\"(?P<title>[^\"\n]+)\")?[^\n]*\n"
    r"(?P<code>.*?)^(?P=indent)```[ ]*$",
    re.MULTILINE | re.DOTALL,
)


_TAB = re.compile(r'^=== "(.*)"$', re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its text, the line it begins at, and why it is not run.

    ``tab`` is the label of the tab that it is in, or empty; ``title`` the file that it is of.
    """

    language: str
    code: str
    line: int
    reason: str | None
    tab: str = ""
    title: str | None = None


def blocks(text: str) -> Iterator[Block]:
    """Every fenced block of a page in Markdown, in its order."""
    for match in _BLOCK.finditer(text):
        line = text[: match.start("code")].count("\n")
        code = textwrap.dedent(match["code"])
        tabs = _TAB.findall(text[: match.start()]) if match["indent"] else []
        yield Block(
            match["language"], code, line, match["reason"], tabs[-1] if tabs else "", match["title"]
        )
