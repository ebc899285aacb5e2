"""Names where the engine takes ids: which of them the client looks up, and which it refuses."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from rhev import relations
from rhev.rules.check import Problem
from rhev.rules.paths import Place, places, value_at
from rhev.rules.table.references import REFERENCES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rhev.rules.reference import Reference

BY_ID_ONLY = "by id only"


def named(resource: object, operation: str) -> Iterator[tuple[Place, Reference]]:
    """Where a resource refers to others by their names, and the engine takes ids only."""
    name = getattr(type(resource), "__api_name__", "")
    for reference in _table().get((name, operation), ()):
        for place in places(resource, reference.path):
            if _is_name_alone(place.value):
                yield place, reference


def to_look_up(resource: object, operation: str) -> Iterator[Place]:
    """Those of them that the entry point has a collection of, so that a name leads to an id."""
    return (place for place, _ in named(resource, operation) if _has_collection(place.value))


def check_names(resource: object, operation: str) -> list[Problem]:
    """A problem for each of the others."""
    return [
        Problem(
            path=f"{place.path}.name",
            rule=BY_ID_ONLY,
            message=f"The {place.path} is given by name, where the engine takes an id only: it"
            f" would be {reference.by_name}.",
            expected=f"a value for {place.path}.id",
            source=reference.source,
        )
        for place, reference in named(resource, operation)
        if not _has_collection(place.value)
    ]


@cache
def _table() -> Mapping[tuple[str, str], Sequence[Reference]]:
    table: dict[tuple[str, str], list[Reference]] = defaultdict(list)
    for reference in REFERENCES:
        if reference.by_name != "taken":
            for operation in reference.operations:
                table[reference.type, operation].append(reference)
    return table


def _is_name_alone(value: object) -> bool:
    return value_at(value, "id") is None and bool(value_at(value, "name"))


def _has_collection(value: object) -> bool:
    wanted = getattr(type(value), "__api_name__", "")
    return (relations.ENTRY_POINT, wanted) in relations.relationships()
