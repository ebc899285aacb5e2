"""What was changed of a resource since it was read: all that an update needs to send."""

from __future__ import annotations

from typing import Any, TypeVar

from rhev.mapping.fields import FieldSpec, Kind, fields
from rhev.mapping.resources import BaseResource
from rhev.mapping.structure import Struct

S = TypeVar("S", bound=Struct)


def changes(resource: S) -> S:
    """An instance of the same class with just what was changed.

    An attribute that was assigned is sent whole, a structure that was changed within only where
    it was, a list whole: the API replaces lists. None, or the deletion of an attribute, clears a
    text and empties a list; nothing else can be cleared, which raises ValueError, and so does
    another id than the one that was read.
    """
    if resource._changed is not None and "id" in resource._changed:
        raise ValueError(
            f"the id of a {type(resource).__name__} is given by the engine, and stays:"
            f" get(schema.{type(resource).__name__}, id) reads another one"
        )
    return _changes(resource)


def _changes(resource: S, *, within: bool = False) -> S:
    changed = resource._with()
    for name, spec in fields(type(resource)).items():
        # Of a reference the id is what it refers to.
        sends = not spec.is_attribute or (within and name == "id")
        if not (sends and is_changed(resource, spec)):
            continue
        if spec.is_collection and name not in _assigned(resource):
            raise ValueError(
                f"{type(resource).__name__}.{name} is a collection of its own: what is in it is"
                f" created, updated and deleted by itself, as in resource.{name}[0].update()"
            )
        value = resource.__dict__.get(name)
        if value is None:
            value = _cleared(resource, spec)
        elif spec.kind is Kind.STRUCT and not spec.is_list and name not in _assigned(resource):
            value = _changes(value, within=True)
        else:
            value = _sent(value)
        vars(changed)[name] = value
    return changed


def outgoing(resource: S) -> S:
    """What is sent of a resource that is made: all that is set, without its address.

    A resource within it that was read from an engine is sent as the reference that it is.
    """
    body = resource._with()
    specs = fields(type(resource))
    for name, value in resource.__dict__.items():
        if name != "href" and name in specs and value is not None:
            vars(body)[name] = _sent(value)
    return body


def _sent(value: Any) -> Any:
    if isinstance(value, list):
        return [_sent(entry) for entry in value]
    if not isinstance(value, Struct):
        return value
    if isinstance(value, BaseResource) and value.__dict__.keys() == {"href"}:
        raise ValueError(
            f"an address alone does not refer to a {type(value).__name__}: give its id, or its name"
        )
    if isinstance(value, BaseResource) and value._changed is not None:
        if any_changed(value):
            return _changes(value, within=True)
        if "id" in value.__dict__:
            return value._with(id=value.__dict__["id"])
    return outgoing(value)


def is_changed(resource: Struct, spec: FieldSpec) -> bool:
    """Whether one attribute of a resource differs from what was read."""
    if spec.name in _assigned(resource):
        return True
    value = resource.__dict__.get(spec.name)
    if value is None:
        return False
    if spec.is_list:
        read = (resource._lists or {}).get(spec.name)
        if read is None or len(read) != len(value):
            return True
        return any(
            new is not old and new != old for new, old in zip(value, read, strict=True)
        ) or any(isinstance(entry, Struct) and any_changed(entry) for entry in value)
    return spec.kind is Kind.STRUCT and any_changed(value)


def any_changed(resource: Struct) -> bool:
    """Whether anything of a resource differs from what was read."""
    return any(is_changed(resource, spec) for spec in fields(type(resource)).values())


def _assigned(resource: Struct) -> frozenset[str]:
    changed = resource._changed
    return frozenset(resource.__dict__) if changed is None else changed


def _cleared(resource: Struct, spec: FieldSpec) -> Any:
    if spec.is_list:
        return []
    if spec.kind is Kind.TEXT:
        return ""
    raise ValueError(
        f"{type(resource).__name__}.{spec.name} cannot be cleared: the API has no way to say so;"
        " assign the value that it should have"
    )
