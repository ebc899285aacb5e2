"""Plans and changes as lines for people, and as documents for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rhev.applying.comparing import Difference
    from rhev.applying.making import Change


def lines(changes: Iterable[Change]) -> Iterator[str]:
    """What is to be sent: a line for each change, and one for each attribute below it."""
    for change in changes:
        yield f"{change.action} {change.what}"
        for each in change.differences:
            yield f"  {_line(each)}"


def _line(difference: Difference) -> str:
    wanted = told(difference.wanted)
    if difference.now in (None, "", []):
        return f"+ {difference.path}: {wanted}"
    if difference.wanted in (None, "", []):
        return f"- {difference.path}: {told(difference.now)}"
    return f"~ {difference.path}: {told(difference.now)} -> {wanted}"


def told(value: Any) -> str:
    """A value of a difference on one line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(told, value))}]"
    if isinstance(value, dict):
        if value.keys() == {"name"}:
            return told(value["name"])
        return f"{{{', '.join(f'{name}: {told(each)}' for name, each in value.items())}}}"
    return "''" if value in (None, "") else str(value)


def record(change: Change) -> dict[str, Any]:
    """A change as a program reads it."""
    return {
        "action": change.action,
        "what": change.what,
        **({"where": change.where} if change.where else {}),
        "differences": [
            {"path": each.path, "now": each.now, "wanted": each.wanted}
            for each in change.differences
        ],
    }
