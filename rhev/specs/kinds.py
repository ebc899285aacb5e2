"""What a document can be of: the kinds, and what they belong to."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import rhev.models  # which enters them into the catalogue  # noqa: F401
from rhev import facts, relations
from rhev.applying.shapes import can_be_applied, shape_of
from rhev.mapping.catalogue import model
from rhev.models.index import CLASSES, DOCUMENTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rhev.mapping.resources import BaseResource


@cache
def kinds() -> Mapping[str, str]:
    """The kinds of documents, and the API's types that they mean: ``vm``, ``data_center``."""
    elements = {cls: element for element, cls in DOCUMENTS.items()}
    return MappingProxyType(
        {
            elements[CLASSES[type_]]: type_
            for type_ in sorted(facts.collections())
            if CLASSES.get(type_) in elements and can_be_applied(type_)
        }
    )


@cache
def owner_kinds() -> Mapping[str, str]:
    """The kinds that something can be under, and the API's types that they mean."""
    elements = {cls: element for element, cls in DOCUMENTS.items()}
    return MappingProxyType(
        {
            elements[CLASSES[owner]]: owner
            for owner, _ in sorted(relations.relationships())
            if CLASSES.get(owner) in elements
        }
    )


def class_of(type_: str) -> type[BaseResource]:
    """The model of an API's type."""
    cls: type[BaseResource] = model(CLASSES[type_])
    return cls


@cache
def owners_of(type_: str) -> tuple[tuple[str, ...], ...]:
    """What documents of a type may be under, as the API's types, the outermost first.

    An empty one stands for nothing at all.
    """
    # The cluster of an affinity group can be said by its attribute, too.
    found: list[tuple[str, ...]] = [()] if shape_of(type_).base is not None else []
    for path, service in facts.collections().get(type_, ()):
        owners = _owners(path)
        if owners is not None and "add" in service.methods and owners not in found:
            found.append(owners)
    return tuple(sorted(found, key=lambda way: (len(way), way != ("Vm",))))


def _owners(path: str) -> tuple[str, ...] | None:
    segments = path.strip("/").split("/")[:-1]
    found: list[str] = []
    for at in range(0, len(segments), 2):
        if segments[at + 1 : at + 2] != ["{id}"]:
            return None
        name = facts.paths().get("/" + "/".join(segments[: at + 2]))
        type_ = None if name is None else facts.services()[name].type
        if type_ is None:
            return None
        found.append(type_)
    return tuple(found)
