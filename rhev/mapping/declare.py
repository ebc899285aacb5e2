"""How the fields of a model are declared: by where they stand in a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a declaration says of a field beyond its name and its annotation.

    ``path`` is the field's name on the wire where it is another. ``item`` is the element of one
    entry of a list; ``bare`` lists have no element of their own around the entries.
    """

    path: str | None = None
    item: str | None = None
    bare: bool = False
    is_attribute: bool = False
    is_collection: bool = False


# They are typed as what they stand for, as pydantic's own ``Field`` is.


def attr(name: str | None = None, *, default: Any) -> Any:
    """A field that travels as an XML attribute: ``id``, ``href``, a link's ``rel``."""
    return Declaration(name, is_attribute=True)


def element(tag: str | None = None, *, default: Any) -> Any:
    """A field that travels as an element, by the name of the field unless ``tag`` says another."""
    return Declaration(tag)


def entries(path: str, item: str, *, default: Any) -> Any:
    """A list that travels as the element ``path`` with one element ``item`` for each entry.

    Any sequence of members may be assigned.
    """
    return Declaration(path, item)


def collection(path: str, item: str, *, default: Any) -> Any:
    """As ``entries``, for a list that is a collection of its own in the API.

    An engine sends it where a request follows the link to it. Its members are resources that are
    created, updated and deleted by themselves.
    """
    return Declaration(path, item, is_collection=True)


def members(tag: str, *, default_factory: Any) -> Any:
    """The members of a collection: elements ``tag`` directly below the collection's own."""
    return Declaration(tag, tag, bare=True)
