"""``llms.txt``: an index of the pages in Markdown, for programs that read documentation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def index(source: Path, nav: list[Any], site: str) -> str:
    """The index of the pages that the navigation names, in its order and its sections."""
    lines = [f"# rhev\n\n> {_summary(source / 'index.md')}\n"]
    for section, title, path in _entries(nav, "Start"):
        heading = f"\n## {section}\n"
        if heading not in lines:
            lines.append(heading)
        page = source / path
        about = f": {_summary(page)}" if page.exists() else ""
        lines.append(f"- [{title}]({site}{_address(path)}){about}")
    return "\n".join(lines) + "\n"


def _entries(nav: list[Any], section: str) -> Iterator[tuple[str, str, str]]:
    for entry in nav:
        for title, below in entry.items():
            if isinstance(below, str):
                yield section, title, below
            else:
                yield from _entries(below, title)


def _summary(page: Path) -> str:
    """The first paragraph of a page."""
    text = _COMMENT.sub("", page.read_text())
    paragraphs = (part.strip() for part in text.split("\n\n"))
    first = next((p for p in paragraphs if p and not p.startswith(("#", "```", "---"))), "")
    return " ".join(_LINK.sub(r"\1", first).split())


def _address(path: str) -> str:
    """Where a page is on the site."""
    return path.removesuffix(".md").removesuffix("index") + ("" if path == "index.md" else "/")
