"""Specs from files, for the commands: what cannot be read ends a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.cli.exits import INVALID, USAGE, CommandError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rhev.specs import Source, Spec


def documents(files: Sequence[str]) -> tuple[Spec, ...]:
    """The specs of files and folders, ``-`` for the standard input.

    Raises CommandError for a file that cannot be read, and for one that has a wrong shape.
    """
    from rhev import specs

    try:
        return specs.load(*read(files))
    except specs.InvalidSpecs as error:
        raise CommandError("\n".join(map(str, error.problems)), INVALID) from None


def read(files: Sequence[str]) -> list[Source]:
    """The texts of files. Raises CommandError for what cannot be read, or has no spec in it."""
    from rhev import specs

    found: list[Source] = []
    for name in files:
        try:
            these = list(specs.sources(name))
        except OSError as error:
            raise CommandError(f"{name}: {error.strerror}", USAGE) from None
        except UnicodeDecodeError:
            raise CommandError(f"{name}: this is no text in UTF-8", USAGE) from None
        if not these:
            raise CommandError(f"{name}: there is no file in it that ends in .yaml or .json", USAGE)
        found += these
    return found
