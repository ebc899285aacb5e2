"""All the rules that stand against one operation on a resource."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from rhev import facts, relations
from rhev.mapping.resources import Addressed, BaseResources
from rhev.rules.check import MANDATORY
from rhev.rules.names import check_names, to_look_up
from rhev.rules.request import check_request

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rhev.mapping.structure import Struct
    from rhev.rules.check import Problem

NOTHING: Mapping[str, object] = {}


def validate(
    resource: Struct,
    operation: str,
    parameters: Mapping[str, object] = NOTHING,
    *,
    base: str | None = None,
) -> list[Problem]:
    """Everything known that an engine would refuse about an operation, and the warnings.

    ``operation`` is ``add``, ``update`` or the name of an action, in any of its spellings, whose
    inputs are ``parameters``. ``base`` is the API's type of what the collection of an add belongs
    to; without one, any collection of the type will do. A name where the engine takes an id only
    is a problem unless the client can look it up. Raises ValueError for an operation that
    resources of the type do not have.
    """
    methods = _methods(type(resource), operation, base)
    # Where several collections take the type, what one of them would take is no problem.
    return min((_check(resource, *place, parameters) for place in methods), key=_errors)


def _errors(problems: list[Problem]) -> tuple[int, int]:
    return sum(problem.severity == "error" for problem in problems), len(problems)


def check_parameters(
    resource: Struct, operation: str, names: Iterable[str], *, base: str | None = None
) -> None:
    """Raises TypeError for a name that no parameter of an operation has, as ``validate`` has it."""
    known = {
        parameter.name
        for _, _, method in _methods(type(resource), operation, base)
        for parameters in (method.parameters, *(variant.parameters for variant in method.variants))
        for parameter in parameters
        if parameter.direction == "in" or (parameter.direction == "inout" and method.is_action)
    }
    for name in names:
        if name.rstrip("_") not in known:
            close = get_close_matches(name, known, 1)
            meant = f"; did you mean {close[0]!r}?" if close else ""
            raise TypeError(f"{operation} has no parameter {name!r}{meant}")


def _check(
    resource: Struct,
    service: str,
    path: str,
    method: facts.Method,
    parameters: Mapping[str, object],
) -> list[Problem]:
    body = None if method.is_action else method.body
    if body is None:
        return check_request(service, method, parameters, path=path)
    found = check_request(service, method, {**parameters, body.name: resource}, path=path)
    looked_up = {f"{place.path}.id" for place in to_look_up(resource, method.name)}
    return [
        *(p for p in found if p.rule != MANDATORY or p.path not in looked_up),
        *check_names(resource, method.name),
    ]


def _methods(
    cls: type[Struct], operation: str, base: str | None
) -> list[tuple[str, str, facts.Method]]:
    """The services, their paths and the methods that carry out an operation: at least one."""
    api_name = cls.__api_name__
    if not issubclass(cls, Addressed):
        raise ValueError(f"a {cls.__name__} has no operation {operation!r}")
    if operation == "add" or issubclass(cls, BaseResources):
        places = relations.collection_services(api_name, base)
    else:
        places = relations.resource_services(api_name)
    segment = facts.segment_of(operation)
    found = [
        (service.name, path, method)
        for path, service in places
        for method in service.methods.values()
        if method.segment == segment
    ]
    if not found:
        raise ValueError(f"a {cls.__name__} has no operation {operation!r}")
    return found
