"""Names for what resources refer to by an id alone, as engines do, so that people can read it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from rhev.mapping.fields import Kind, fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rhev.cli.output.columns import Column
    from rhev.connection import Connection
    from rhev.mapping.resources import BaseResource

# Up to so many are asked for one by one; of more, all of their type are listed once.
_FEW = 3


def name_references(
    conn: Connection, columns: Sequence[Column], resources: Sequence[BaseResource]
) -> None:
    """Gives names to what the columns refer to: at most a listing for each type that is shown.

    What cannot be had, as by a user who may not see it, keeps its id.
    """
    from rhev import errors, relations

    nameless: dict[type[BaseResource], list[Any]] = {}
    listed = set(relations.by_name().values())
    for column in columns:
        spec = column.specs[-1]
        if spec.kind is not Kind.STRUCT or "name" not in fields(spec.type):
            continue
        if spec.type.__api_name__ in listed:
            nameless.setdefault(spec.type, []).extend(_nameless(column, resources))
    for cls, references in nameless.items():
        ids = {vars(reference)["id"] for reference in references}
        with suppress(errors.Fault):
            names = _names(conn, cls, ids)
            for reference in references:
                if reference.id in names:
                    vars(reference)["name"] = names[reference.id]


def _nameless(column: Column, resources: Sequence[BaseResource]) -> Iterator[Any]:
    for resource in resources:
        value = column.value(resource)
        for reference in value if isinstance(value, list) else [value]:
            if reference is not None and {"id"} <= vars(reference).keys() <= {"id", "href"}:
                yield reference


def _names(conn: Connection, cls: type[BaseResource], ids: set[str]) -> dict[str, str]:
    if len(ids) <= _FEW:
        found = [conn.get(cls, id_, default=None) for id_ in sorted(ids)]
    else:
        found = list(conn.getall(cls))
    return {vars(one)["id"]: vars(one)["name"] for one in found if one and vars(one).get("name")}
