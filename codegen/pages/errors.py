"""A page of the errors that rhev raises, as a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rhev
from codegen.pages import markdown

if TYPE_CHECKING:
    from collections.abc import Iterator


def pages() -> dict[str, str]:
    tree = "\n".join(
        f"{'    ' * depth}- [`{cls.__name__}`](#rhev.{cls.__name__})"
        for depth, cls in _tree(rhev.Error, 0)
    )
    each = [f"::: rhev.{cls.__name__}" for _, cls in _tree(rhev.Error, 0)]
    text = markdown.page(
        "Errors",
        "Whatever goes wrong with an engine is a `rhev.Error`. Those that are indented are kinds of"
        " the one above, and are caught with it.",
        tree,
        *each,
    )
    return {"reference/errors.md": text}


def _tree(cls: type[Exception], depth: int) -> Iterator[tuple[int, type[Exception]]]:
    """The public errors below one, itself first, each where its first public base is."""
    yield depth, cls
    for name in sorted(rhev.__all__):
        each = getattr(rhev, name)
        if isinstance(each, type) and issubclass(each, Exception) and each is not cls:
            bases = [
                base for base in each.__mro__[1:] if getattr(rhev, base.__name__, None) is base
            ]
            if bases and bases[0] is cls:
                yield from _tree(each, depth + 1)
