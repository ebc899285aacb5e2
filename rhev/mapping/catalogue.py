"""Which classes there are, and where they live: a module is loaded when one of them is asked for.

The package of the models enters itself here when it is imported, so that what models are made of
need not know them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_modules: dict[str, str] = {}
_enumerations: set[str] = set()


def enter(modules: Mapping[str, str], enumerations: frozenset[str]) -> None:
    """Adds classes by their names, with their modules, and which of them are enumerations."""
    _modules.update(modules)
    _enumerations.update(enumerations)


def model(name: str) -> Any:
    """The model class or enumeration of a name. Raises KeyError if there is none."""
    return getattr(import_module(_modules[name]), name)


def is_model(name: str) -> bool:
    """Whether there is a class of a name."""
    return name in _modules


def is_enumeration(name: str) -> bool:
    """Whether the class of a name is an enumeration."""
    return name in _enumerations
