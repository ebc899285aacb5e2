"""What is wrong with a spec, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rhev import errors

if TYPE_CHECKING:
    from collections.abc import Sequence

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a spec.

    ``line`` and ``column`` are counted from 1, and ``length`` is how many characters are meant from
    there. ``path`` is the attribute, as in ``nics[0].vnic_profile``, and empty where the document
    as a whole is meant. ``message`` says what is wrong and ``suggestion`` what would be right,
    where that can be said. ``rule`` names the kind of the problem, such as ``unknown-attribute`` or
    ``range``, and ``source`` where a rule of the engine comes from. ``excerpt`` is the line, with
    asterisks in the place of secrets.
    """

    file: str
    line: int
    column: int
    path: str
    message: str
    suggestion: str = ""
    rule: str = ""
    source: str = ""
    severity: Severity = "error"
    length: int = 1
    excerpt: str = ""

    @property
    def text(self) -> str:
        """What is wrong and what would be right, in one sentence."""
        said = f"{self.path}: {self.message}" if self.path else self.message
        if not self.suggestion:
            return said
        if said.endswith("."):
            return f"{said} {self.suggestion}"
        is_guess = self.suggestion.startswith(("did you mean", "it is one "))
        return f"{said}{', ' if is_guess else ': '}{self.suggestion}"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.text}"


class InvalidSpecs(errors.Error):
    """Specs of which no models can be made. ``problems`` has all that is wrong with them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems: tuple[Problem, ...] = tuple(problems)
