"""What a call was given, looked at before anything is sent: an engine says nothing of it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from rhev import errors
from rhev.mapping.catalogue import is_enumeration, model
from rhev.mapping.explain import described
from rhev.mapping.fields import fields
from rhev.mapping.resources import Addressed, BaseResource, BaseResources

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from rhev.operations.wire import Wire

# What earlier clients of this API call their parameters, and what is written here instead.
_ELSEWHERE = {
    "detail": "follow= names what to inline, and all_content=True asks for costly attributes",
    "special": "a special object has a relationship name, as in get('tags/root')",
    "data": "the parameters of an action are keywords, or an Action after its name",
    "query": "a query in the engine's language is search=",
    "headers": "correlation_id= and user_view= are options of a connection",
    "wait": "wait_for_status() waits",
}

_KINDS: Mapping[str, tuple[tuple[type, ...], str]] = {
    "bool": ((bool,), "True or False"),
    "int": ((int,), "a whole number"),
    "str": ((str,), "a text"),
    "str | Sequence[str]": ((str, Sequence), "a text, or a sequence of texts"),
}


def check_names(operation: str, names: Iterable[str], known: Collection[str]) -> None:
    """Raises TypeError for a parameter that no engine has: it would do without a word."""
    for name in names:
        if name not in known:
            raise TypeError(f"{operation}() has no parameter {name!r}{_meant(name, known)}")


def _meant(name: str, known: Collection[str]) -> str:
    if name in _ELSEWHERE:
        return f": {_ELSEWHERE[name]}"
    close = get_close_matches(name, known, 1)
    return f"; did you mean {close[0]!r}?" if close else ""


def check_parameters(operation: str, given: Mapping[str, Any], declared: type) -> None:
    """Raises TypeError for an unknown parameter of the engine, or a value that is not of its type.

    ``declared`` is the typed dictionary of those that there are. None is one that is not given.
    """
    kinds: Mapping[str, Any] = declared.__annotations__
    check_names(operation, given, kinds)
    for name, value in given.items():
        if value is not None:
            _check_value(operation, name, value, kinds[name].__forward_arg__)


def _check_value(operation: str, name: str, value: object, kind: str) -> None:
    if is_enumeration(kind):
        model(kind).checked(value)
        return
    types, said = _KINDS[kind]
    if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
        criteria = _as_keywords(value) if name == "filter" else ""
        raise TypeError(f"{operation}(): {name}= is {said}, not {described(value)}{criteria}")
    if name == "max" and isinstance(value, int) and value < 1:
        raise ValueError(f"{operation}(): max= is at least 1, not {value}")


def _as_keywords(value: object) -> str:
    if not isinstance(value, Mapping):
        return ""
    names = ", ".join(f"{name}=..." for name in value) or "name=..."
    return f"; criteria are keywords of their own: get(schema.VM, {names})"


def check_reading(
    operation: str,
    wanted: object,
    search: object,
    criteria: Mapping[str, object],
    parameters: Mapping[str, Any],
    declared: type,
) -> None:
    """Raises TypeError for what a get, a list or an iteration was given and cannot mean."""
    if not (search is None or isinstance(search, str)):
        raise TypeError(
            f"{operation}(): search= is a text in the engine's language, not {described(search)}"
        )
    for name in criteria:
        known = isinstance(wanted, type) and issubclass(wanted, BaseResource)
        if name in _ELSEWHERE and not (known and name in fields(wanted)):
            raise TypeError(f"{operation}() has no parameter {name!r}: {_ELSEWHERE[name]}")
    check_parameters(operation, parameters, declared)


def check_resource(operation: str, resource: object, *, or_collection: bool = False) -> None:
    """Raises TypeError for what is no resource."""
    if isinstance(resource, BaseResource) or (or_collection and isinstance(resource, Addressed)):
        return
    if isinstance(resource, BaseResources):
        raise TypeError(
            f"{operation}() takes one resource, not {described(resource)}: call it for each"
        )
    raise TypeError(
        f"{operation}() takes a resource, as get() or getall() returns, not {described(resource)}"
    )


def check_origin(wire: Wire, *given: object) -> None:
    """Raises OtherEngine for a resource that was read from another engine than this one."""
    for resource in given:
        if not isinstance(resource, Addressed) or resource._binding is None:
            continue
        origin = getattr(resource._binding, "url", wire.url)
        if origin != wire.url:
            raise errors.OtherEngine(
                f"this {type(resource).__name__} was read from {origin}, and the connection is to"
                f" {wire.url}: read it there; schema.copy() makes a new one of it"
            )


def check_polling(
    operation: str, timeout: object, interval: object, max_interval: object, progress: object
) -> None:
    """Raises TypeError or ValueError for what is no way to wait."""
    seconds = {"timeout": timeout, "interval": interval, "max_interval": max_interval}
    for name, value in seconds.items():
        if name == "timeout" and value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise TypeError(f"{operation}(): {name}= is in seconds, not {described(value)}")
        if not 0 <= value < math.inf or (value == 0 and name != "timeout"):
            for_ever = "; None waits for ever" if name == "timeout" else ""
            raise ValueError(
                f"{operation}(): {name}= is a positive number of seconds, not {value}{for_ever}"
            )
    if not (progress is None or callable(progress)):
        raise TypeError(
            f"{operation}(): progress= is called with the resource and its status, and cannot be"
            f" {described(progress)}"
        )
