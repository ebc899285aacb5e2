"""What of an XML document the models have no place for: kept aside, or refused."""

from __future__ import annotations

from typing import Any, TypeAlias

from rhev.errors import ParseError

# lxml's own stubs make every text of an element optional; in the documents here none is.
Element: TypeAlias = Any


def refuse_surplus(element: Element, known: dict[str, bool], *, repeatable: bool = False) -> None:
    """Raises ParseError for what a strict reading must not pass over.

    ``known`` are the children that the models know, and whether they may have children.
    """
    for text in (element.text, *(child.tail for child in element)):
        if text and text.strip():
            raise ParseError(
                f"<{element.tag}> has text between its elements", line=element.sourceline, column=1
            )
    seen = set()
    for child in element:
        tag = child.tag
        if tag not in known:
            continue
        if not known[tag] and (len(child) or child.attrib):
            raise ParseError(
                f"<{tag}> has more than the text that is its value", line=child.sourceline, column=1
            )
        if tag in seen and not repeatable:
            raise ParseError(
                f"<{element.tag}> has more than one <{tag}>", line=child.sourceline, column=1
            )
        seen.add(tag)


def raw(element: Element) -> Any:
    """What the models do not know, as texts, dictionaries and lists."""
    if not len(element) and not element.attrib:
        return element.text or ""
    value: dict[str, Any] = dict(element.items())
    for child in element:
        with_entry(value, child.tag, raw(child))
    return value


def with_entry(unknown: dict[str, Any] | None, name: str, entry: Any) -> dict[str, Any]:
    """Adds an entry; several of one name become a list."""
    if unknown is None:
        return {name: entry}
    present = unknown.get(name)
    if isinstance(present, list):
        present.append(entry)
    else:
        unknown[name] = entry if name not in unknown else [present, entry]
    return unknown
