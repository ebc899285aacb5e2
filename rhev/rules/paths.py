"""Finds the values that a dotted path means in a resource.

A path is made of the API's attribute names; ``*`` is any entry of a list, and ``0`` its first.
Values are read from
what an object holds, never through its attribute access, so that looking changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a resource that a path matches: ``value`` is None where nothing is set.

    ``path`` has the numbers of the entries in it, as in ``payloads[0].volume_id``; ``indexes``
    are those numbers. ``owner`` is what has the value: an object, or a list.
    """

    path: str
    indexes: tuple[int, ...]
    value: object
    owner: object


def places(root: object, path: str) -> Iterator[Place]:
    """Every place that ``path`` matches. One whose parent is not set does not exist."""
    return _walk(root, path.split("."), "", ())


def value_at(root: object, path: str, indexes: tuple[int, ...] = ()) -> object:
    """The value at ``path``, or None; each ``*`` stands for the next of ``indexes``."""
    remaining = iter(indexes)
    value = root
    for name in path.split("."):
        if name == "*" or name.isdigit():
            entries = _entries(value)
            index = next(remaining, 0) if name == "*" else int(name)
            value = entries[index] if index < len(entries) else None
        else:
            value = _attribute(value, name)
    return value


def _walk(
    value: object, names: list[str], before: str, indexes: tuple[int, ...]
) -> Iterator[Place]:
    name, *rest = names
    if name == "*" or name.isdigit():
        for index, entry in enumerate(_entries(value)):
            if name not in ("*", str(index)):
                continue
            path = f"{before}[{index}]"
            matched = (*indexes, index) if name == "*" else indexes
            if rest:
                yield from _walk(entry, rest, path, matched)
            else:
                yield Place(path, matched, entry, value)
        return
    path = f"{before}.{name}" if before else name
    found = _attribute(value, name)
    if not rest:
        yield Place(path, indexes, found, value)
    elif found is not None:
        yield from _walk(found, rest, path, indexes)


def _attribute(value: object, name: str) -> object:
    held: dict[str, object] = getattr(value, "__dict__", {})
    found = held.get(name)
    if found is None:
        found = held.get(f"{name}_")  # the names that Python reserves
    return None if isinstance(found, list | tuple) and not found else found


def _entries(value: object) -> list[object] | tuple[object, ...]:
    return value if isinstance(value, list | tuple) else ()
