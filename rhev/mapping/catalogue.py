"""Which classes there are, and where they live: a module is loaded when one of them is asked for.

The package of the models enters itself here when it is imported, so that what models are made of
need not know them.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_modules: dict[str, str] = {}
_enumerations: set[str] = set()
_taken: dict[str, tuple[str, ...]] = {}


def enter(
    modules: Mapping[str, str],
    enumerations: frozenset[str],
    taken: Mapping[str, tuple[str, ...]],
) -> None:
    """Adds classes by their names, with their modules, and which of them are enumerations.

    ``taken`` has the attributes, as in ``"Host.ssh"``, with a resource of which the API takes more
    than a reference, and which attributes of it where not all.
    """
    _modules.update(modules)
    _enumerations.update(enumerations)
    _taken.update(taken)


@cache
def model(name: str) -> Any:
    """The model class or enumeration of a name. Raises KeyError if there is none."""
    return getattr(import_module(_modules[name]), name)


def is_enumeration(name: str) -> bool:
    """Whether the class of a name is an enumeration."""
    return name in _enumerations


def home(cls: type) -> str:
    """The module that has the source of a class."""
    return _modules.get(cls.__name__, cls.__module__)


def taken(owner: type, attribute: str) -> tuple[str, ...] | None:
    """What the API takes of a resource that is an attribute, where it is more than a reference.

    None is said of a reference; an empty tuple is the whole.
    """
    names = (f"{base.__name__}.{attribute}" for base in owner.__mro__)
    return next((_taken[name] for name in names if name in _taken), None)
