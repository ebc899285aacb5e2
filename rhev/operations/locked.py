"""Refusals that pass: something is locked, or busy with another operation, and nothing was done.

An engine says so in its sentences alone. Those for which to wait are told by a few of their words;
"already in use", as a name is, passes with no time.
"""

from __future__ import annotations

import re

_PASSES = re.compile(
    r"""\b(?:is|are)\ (?:temporarily\ |currently\ )?locked\b
    | \blocked\ \(temporarily\)
    | \bperforming\ an\ operation\b
    | \bcurrently\ in\ use\b
    | \b(?:operation|synchronization|task|process|migration|action)\b[^.]*\bin\ progress\b
    | \b(?:is|are)\ (?:currently\ |concurrently\ )?being\ (?!used\b)\w+
    | \btry\ again\ in\ a\ few\ minutes\b
    | \b(?:wait\ and\ try\ again|try\ again\ later)\b
    | \bwait\ (?:until|for)\ (?:the\ )?(?:tasks|operations?|copy)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# What is locked for good, or until someone does something: these are not to be waited for.
_STAYS = re.compile(
    r"scheduling policy is locked|values that are locked|not in maintenance status", re.IGNORECASE
)


def is_locked(detail: str | None) -> bool:
    """Whether the detail of a fault says that the same request may be taken a little later."""
    return bool(detail and _PASSES.search(detail) and not _STAYS.search(detail))
