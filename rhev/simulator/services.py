"""Which services there are below a service, by the paths of the API's facts.

A service's own locators lack those that it inherits, as the statistics of all that is measured;
the paths have them all.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rhev import facts

if TYPE_CHECKING:
    from collections.abc import Mapping

ENTRY_POINT = "SystemService"


@cache
def _below() -> Mapping[str, Mapping[str, str]]:
    below: dict[str, dict[str, str]] = {}
    for path, name in facts.paths().items():
        parent, _, segment = path.rpartition("/")
        if segment:
            below.setdefault(facts.paths()[parent or "/"], {})[segment] = name
    return below


def locators(service: facts.Service) -> Mapping[str, str]:
    """The names of the services below a service, by the segments of their paths."""
    return _below().get(service.name, {})


def relationships(service: facts.Service) -> tuple[str, ...]:
    """The segments of the collections below a service."""
    return tuple(segment for segment in locators(service) if not segment.startswith("{"))


def below(service: facts.Service | None, segment: str) -> facts.Service:
    """The service of a collection; None is the entry point. Raises KeyError if there is none."""
    services = facts.services()
    owner = services[ENTRY_POINT] if service is None else service
    return services[locators(owner)[segment]]


def member(collection: facts.Service) -> facts.Service | None:
    """The service of the members of a collection."""
    found = (name for key, name in locators(collection).items() if key.startswith("{"))
    return next((facts.services()[name] for name in found), None)


def type_of(collection: facts.Service) -> str:
    """The API's type of the members of a collection."""
    of_members = member(collection)
    return collection.type or (of_members.type if of_members else None) or ""
