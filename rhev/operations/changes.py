"""What was changed of a resource since it was read: all that an update needs to send.

And what it was before, and whether what is read again has the one or the other: so it is told
whether a change was made of which no answer came.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from rhev.mapping.fields import FieldSpec, Kind, fields
from rhev.mapping.resources import BaseResource
from rhev.mapping.structure import Struct
from rhev.secrets import is_secret

if TYPE_CHECKING:
    from collections.abc import Collection

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


def _assigned(resource: Struct) -> Collection[str]:
    changed = resource._changed
    return frozenset(resource.__dict__) if changed is None else changed


def originals(resource: S) -> S | None:
    """What was read where something was changed since, as ``changes`` has what it is now.

    None where that is not known: of what was not read, or was changed within a list.
    """
    if resource._changed is None:
        return None
    read = resource._with()
    for name, spec in fields(type(resource)).items():
        if not is_changed(resource, spec):
            continue
        value: Any
        if spec.is_list:
            listed = (resource._lists or {}).get(name, ())
            if any(isinstance(entry, Struct) and any_changed(entry) for entry in listed):
                return None
            value = list(listed)
        elif name in _assigned(resource):
            value = resource._changed[name]
            if isinstance(value, Struct) and any_changed(value):
                return None
        else:
            value = originals(resource.__dict__[name])
            if value is None:
                return None
        vars(read)[name] = value
    return read


def holds(fresh: Struct, wanted: Struct) -> bool:
    """Whether what was read has all that is set of ``wanted``, as far as an engine shows it.

    A reference is held by one with the same id, or the same name where it has no id. What is
    secret is never shown, and is not compared. Nothing at all is not held.
    """
    compared = False
    for name, value in vars(wanted).items():
        if name == "href" or is_secret(wanted.__api_name__, name, vars(wanted).get("name")):
            continue
        if not _is_held(vars(fresh).get(name), value):
            return False
        compared = True
    return compared


def _is_held(fresh: Any, wanted: Any) -> bool:
    if isinstance(wanted, list):
        entries = fresh if isinstance(fresh, list) else []
        return len(entries) == len(wanted) and all(map(_is_held, entries, wanted))
    if isinstance(wanted, Struct):
        if isinstance(wanted, BaseResource) and (id_ := vars(wanted).get("id")) is not None:
            return isinstance(fresh, Struct) and bool(vars(fresh).get("id") == id_)
        if not vars(wanted):
            return True
        return isinstance(fresh, Struct) and holds(fresh, wanted)
    # What is cleared is sent as an empty text, and shown as nothing.
    return fresh == wanted or (wanted in (None, "") and fresh in (None, ""))


def without_secrets(resource: S) -> S:
    """The resource without what is secret in it, at any depth."""
    called = vars(resource).get("name")
    kept = {
        name: _without_secrets(value)
        for name, value in vars(resource).items()
        if not is_secret(resource.__api_name__, name, called)
    }
    return resource._with(**kept)


def _without_secrets(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_secrets(entry) for entry in value]
    return without_secrets(value) if isinstance(value, Struct) else value


def _cleared(resource: Struct, spec: FieldSpec) -> Any:
    if spec.is_list:
        return []
    if spec.kind is Kind.TEXT:
        return ""
    raise ValueError(
        f"{type(resource).__name__}.{spec.name} cannot be cleared: the API has no way to say so;"
        " assign the value that it should have"
    )
