"""All the rules that stand against one operation on a resource."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev import facts, relations
from rhev.mapping.resources import Addressed, BaseResources
from rhev.rules.request import check_request

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    """Everything known that an engine would refuse about an operation.

    ``operation`` is ``add``, ``update`` or the name of an action, in any of its spellings, whose
    inputs are ``parameters``. ``base`` is the API's type of what the collection of an add belongs
    to; without one, any collection of the type will do. Raises ValueError for an operation that
    resources of the type do not have.
    """
    methods = _methods(type(resource), operation, base)
    if not methods:
        raise ValueError(f"a {type(resource).__name__} has no operation {operation!r}")
    # Where several collections take the type, what one of them would take is no problem.
    return min((_check(resource, *place, parameters) for place in methods), key=len)


def _check(
    resource: Struct,
    service: str,
    path: str,
    method: facts.Method,
    parameters: Mapping[str, object],
) -> list[Problem]:
    body = None if method.is_action else method.body
    given = parameters if body is None else {**parameters, body.name: resource}
    return check_request(service, method, given, path=path)


def _methods(
    cls: type[Struct], operation: str, base: str | None
) -> list[tuple[str, str, facts.Method]]:
    """The services, their paths and the methods that carry out an operation."""
    api_name = cls.__api_name__
    if not issubclass(cls, Addressed):
        return []
    if operation == "add" or issubclass(cls, BaseResources):
        places = relations.collection_services(api_name, base)
    else:
        places = relations.resource_services(api_name)
    segment = facts.segment_of(operation)
    return [
        (service.name, path, method)
        for path, service in places
        for method in service.methods.values()
        if method.segment == segment
    ]
