"""Models from and for the engine's own hands: made and changed without being validated again."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from rhev.codecs import json
from rhev.codecs.plan import Context
from rhev.mapping.catalogue import model
from rhev.mapping.fields import Kind, fields
from rhev.mapping.structure import Struct
from rhev.models.index import CLASSES, COLLECTIONS
from rhev.simulator.state.journal import restore

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rhev.mapping.resources import BaseResources

STRICT = Context(strict=True)

# Structures by the names of their attributes on the wire, as JSON has them.
Document = dict[str, Any]


@cache
def class_of(api_type: str) -> type[Struct]:
    """The model of a type of the API."""
    cls: type[Struct] = model(CLASSES[api_type])
    return cls


@cache
def collection_of(api_type: str) -> type[BaseResources[Any]] | None:
    """The model of the collections of a type, if it has any."""
    name = COLLECTIONS.get(CLASSES[api_type])
    return model(name) if name else None


def make(api_type: str, document: Document) -> Any:
    """A model from the tree that JSON would have. What the type does not know is an error."""
    return json.decode_tree(class_of(api_type), document, STRICT)


def blank(cls: type[Struct], **values: Any) -> Any:
    """A model that holds these values, as they are."""
    instance = object.__new__(cls)
    object.__setattr__(instance, "__dict__", values)
    object.__setattr__(instance, "_changed", None)
    return instance


def held(value: Any, path: str) -> Any:
    """What is at a dotted path; None where nothing is. Reading changes nothing."""
    for name in path.split("."):
        value = value.__dict__.get(name) if isinstance(value, Struct) else None
    return value


# What marks a structure that several models hold: it has to stay what it is.
_SHARED: Mapping[str, Any] = MappingProxyType({})


def share(model: Struct) -> None:
    """Lets copies of a model hold the same structures: a change is made to a copy of them."""
    for value in vars(model).values():
        for entry in value if isinstance(value, list) else (value,):
            if isinstance(entry, Struct):
                share(entry)
                object.__setattr__(entry, "_changed", _SHARED)


def _to_change(target: Struct, names: Iterable[str]) -> dict[str, Any]:
    """What a structure holds, before these attributes of it are changed.

    Raises TypeError for one that is shared.
    """
    if target._changed is _SHARED:
        raise TypeError(f"several models hold this {type(target).__name__}: change a copy of it")
    values = vars(target)
    restore(values, *((target.__api_name__, name) for name in (None, *names)))
    return values


def _own(target: Struct, name: str) -> Struct:
    """The structure that an attribute holds, for it to be changed."""
    present: Struct = vars(target)[name]
    if present._changed is _SHARED:
        present = vars(target)[name] = present.__copy__()
    return present


def put(target: Struct, /, **values: Any) -> None:
    """Sets attributes; a text becomes the member of an enumeration, None takes one away."""
    specs = fields(type(target))
    present = _to_change(target, values)
    for name, value in values.items():
        if value is None:
            present.pop(name, None)
        elif isinstance(value, str) and specs[name].kind is Kind.ENUMERATION:
            present[name] = specs[name].type(value)
        elif isinstance(value, dict):
            present[name] = json.decode_tree(specs[name].type, value, STRICT)
        else:
            present[name] = value


def merge(target: Struct, changes: Struct) -> None:
    """Sets what is set of ``changes``: structures are merged, everything else is replaced."""
    present = _to_change(target, vars(changes))
    for name, value in changes.__dict__.items():
        is_reference = isinstance(value, Struct) and held(value, "id") is not None
        if isinstance(present.get(name), Struct) and isinstance(value, Struct) and not is_reference:
            merge(_own(target, name), value)
        else:
            present[name] = value


def fill(target: Struct, defaults: Struct) -> None:
    """Sets what is set of ``defaults`` and not yet of ``target``; nothing is shared."""
    from copy import deepcopy

    present = _to_change(target, vars(defaults))
    for name, value in defaults.__dict__.items():
        own = present.get(name)
        if own is None:
            present[name] = deepcopy(value)
        elif isinstance(own, Struct) and held(own, "id") is None:
            fill(_own(target, name), value)
