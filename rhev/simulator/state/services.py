"""Which services there are below a service."""

from __future__ import annotations

from functools import cache

from rhev import facts

ENTRY_POINT = "SystemService"


def entry_point() -> facts.Service:
    """The service that all others are below."""
    return facts.services()[ENTRY_POINT]


@cache
def relationships(service: facts.Service) -> tuple[str, ...]:
    """The segments of the collections below a service."""
    return tuple(segment for segment in service.locators if not segment.startswith("{"))


@cache
def below(service: facts.Service | None, segment: str) -> facts.Service:
    """The service of a collection; None is the entry point. Raises KeyError if there is none."""
    services = facts.services()
    owner = services[ENTRY_POINT] if service is None else service
    return services[owner.locators[segment]]


@cache
def member(collection: facts.Service) -> facts.Service | None:
    """The service of the members of a collection."""
    found = (name for key, name in collection.locators.items() if key.startswith("{"))
    return next((facts.services()[name] for name in found), None)


@cache
def type_of(collection: facts.Service) -> str:
    """The API's type of the members of a collection."""
    of_members = member(collection)
    return collection.type or (of_members.type if of_members else None) or ""
