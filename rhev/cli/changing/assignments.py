"""Attributes that are written as ``path=value``: what is known of them without any model."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rhev.cli.exits import USAGE, CommandError

if TYPE_CHECKING:
    from collections.abc import Iterable

_PAIR = re.compile(r"([A-Za-z_][\w.-]*)=(.*)", re.DOTALL)


class Assignment(NamedTuple):
    """An attribute's path and what was written for it; an empty ``text`` clears it.

    ``is_read`` is of a secret, which was not written but read.
    """

    path: tuple[str, ...]
    text: str
    is_read: bool = False

    @property
    def name(self) -> str:
        """The path as people write it."""
        return ".".join(self.path)


def is_assignment(word: str) -> bool:
    """Whether a word of the command line is ``path=value``, and no name."""
    return _PAIR.fullmatch(word) is not None


def assignment(word: str) -> Assignment:
    """What ``path=value`` says. Raises CommandError for another word."""
    match = _PAIR.fullmatch(word)
    if match is None:
        raise CommandError(f"{word!r} is no attribute with its value, as in memory=8GiB", USAGE)
    path = tuple(part.replace("-", "_") for part in match[1].split("."))
    if not all(path):
        raise CommandError(f"{match[1]!r} is no path of an attribute", USAGE)
    return Assignment(path, match[2])


def apart(words: Iterable[str]) -> tuple[list[str], list[Assignment]]:
    """The words that are names, and what the others assign.

    Raises CommandError for a path that is none.
    """
    names: list[str] = []
    said: list[Assignment] = []
    for word in words:
        if is_assignment(word):
            said.append(assignment(word))
        else:
            names.append(word)
    return names, said
