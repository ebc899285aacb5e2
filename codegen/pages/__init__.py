"""The generated pages of the documentation: the reference, from the models and the facts.

Nothing of it is committed: ``make docs`` makes the pages anew, by :mod:`codegen.pages.hook`.
"""

from __future__ import annotations

from codegen.pages import commands, enumerations, errors, searching, types


def pages() -> dict[str, str]:
    """Every generated page in Markdown, by its path within the documentation."""
    return {
        **types.pages(),
        **enumerations.pages(),
        **searching.pages(),
        **errors.pages(),
        **commands.pages(),
    }


__all__ = ["pages"]
