"""Which attributes of a spec say which resource is meant, and in what ways they can."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rhev import facts
from rhev.applying import shapes
from rhev.mapping import catalogue
from rhev.mapping.fields import FieldSpec, Kind, fields
from rhev.mapping.resources import BaseResource

if TYPE_CHECKING:
    from rhev.mapping.structure import Struct

WAYS: tuple[str, ...] = ("id", "name", "alias", "user_name")
"""The attributes that say which resource is meant."""

# What a text means that stands for one of these: there is nothing else that tells them apart.
_BY_ID = frozenset({"File", "NetworkLabel", "LogicalUnit"})


def attributes(cls: type[Struct]) -> dict[str, FieldSpec]:
    """The attributes of a class by their names in documents: those of the API.

    Those that Python reserves have another name in a model: ``from_``.
    """
    return {written(name): spec for name, spec in fields(cls).items()}


def written(name: str) -> str:
    """What an attribute of a model is called in documents."""
    return name.removesuffix("_")


def ways(cls: type[Struct]) -> tuple[str, ...]:
    """The attributes of a class that say which one is meant."""
    return tuple(way for way in WAYS if way in fields(cls))


def by_text(cls: type[Struct]) -> str | None:
    """The attribute that a text stands for, as in ``cluster: Default``; None where it cannot."""
    if not issubclass(cls, BaseResource):
        return None
    if cls.__api_name__ in _BY_ID:
        return "id"
    known = cls.__api_name__ in facts.collections() and "name" in fields(cls)
    return "name" if known else None


def class_within(owner: type[Struct], spec: FieldSpec) -> type[Struct]:
    """The class of what an attribute holds; that of its collection may be a derived one."""
    cls: type[Struct] = spec.type
    nested = shapes.nested(owner).get(spec.name)
    return nested.member if nested is not None and issubclass(nested.member, cls) else cls


@cache
def is_listed_only(owner: type[Struct], spec: FieldSpec) -> bool:
    """Whether an attribute is a collection that nothing can be given to: the engine fills it."""
    if not (spec.kind is Kind.STRUCT and spec.is_collection):
        return False
    nested = shapes.nested(owner).get(spec.name)
    return nested is None or not (nested.can_add or nested.can_update)


@cache
def refers(owner: type[Struct], spec: FieldSpec) -> bool:
    """Whether an attribute says which resource is meant, so that it has to say it."""
    if spec.kind is not Kind.STRUCT or not issubclass(spec.type, BaseResource):
        return False
    nested = shapes.nested(owner).get(spec.name)
    if nested is not None:
        return nested.assigns
    return shapes.is_reference(owner, spec.name)


@cache
def parts(owner: type[Struct], spec: FieldSpec, cls: type[Struct]) -> frozenset[str] | None:
    """What a reference may hold beside the ways to say which is meant; None for anything.

    It is what the API takes of it there, and what a name is unique within.
    """
    if spec.name in shapes.nested(owner):
        return None
    scope = shapes.shape_of(cls.__api_name__).scope
    taken = catalogue.taken(owner, spec.name) or ()
    return frozenset({*ways(cls), *taken, "domain", *([scope] if scope else ())})
