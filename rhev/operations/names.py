"""Names in a body become ids where the engine takes ids only."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from rhev import errors
from rhev.operations import locate
from rhev.operations.read import members

if TYPE_CHECKING:
    from rhev.mapping.resources import BaseResource
    from rhev.mapping.structure import Struct
    from rhev.operations.steps import Steps
    from rhev.operations.wire import Wire


def with_ids(wire: Wire, body: Struct, operation: str) -> Steps[None]:
    """Puts the ids in the place of names that the engine would drop without a word, or refuse.

    Raises NotFound for a name that nothing has, and MultipleFound for one that several have.
    """
    from rhev import rules  # a table that a program which only reads has no use for

    for place in list(rules.to_look_up(body, operation)):
        reference = cast("BaseResource", place.value)
        name = vars(reference).pop("name")
        vars(reference)["id"] = yield from _id(wire, type(reference), name)


def _id(wire: Wire, cls: type[BaseResource], name: str) -> Steps[str]:
    place = yield from locate.collection(wire, cls, None)
    listed = yield from members(wire, place, None, {"name": name}, {"case_sensitive": True})
    found = [member.id for member in listed if member.name == name]  # no name is a pattern
    if not found:
        raise locate.not_found(f"{cls.__name__}: name={name}")
    if len(found) > 1:
        raise errors.MultipleFound(
            f"several {place.collection.__name__} have the name {name!r}, and this refers to one:"
            f" give its id, which is {' or '.join(found)}"
        )
    id_: str = found[0]
    return id_
