"""What a rule is: of which parts of an estate, how grave, what would be right, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Severity(StrEnum):
    """How much what a rule finds stands against moving."""

    CRITICAL = "critical"
    """It blocks: the copy fails, or what comes out of it does not work."""
    WARNING = "warning"
    """It works after a change, here or on the other side."""
    ADVICE = "advice"
    """It works; something is lost or different that may be missed."""

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule comes from: a public document, or a file of a public rule set."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Rule(Generic[T]):
    """One rule, whole: an entry of a table in ``rhev.readiness.rules``.

    ``of`` is the class of the parts that it is about, such as a machine or an attached disk.
    ``wrong`` says of such a part what is wrong in it, with the values found, or None. ``right`` is
    what would be right.
    """

    id: str
    of: type[T]
    severity: Severity
    title: str
    wrong: Callable[[T], str | None]
    right: str
    source: Source
