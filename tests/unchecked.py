"""What a type checker would not let a test do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

S = TypeVar("S")


def new(cls: Callable[..., S], /, **attributes: Any) -> S:
    """``schema.new``, with mistakes, or with values that a model converts: texts and mappings."""
    return cls(**attributes)
