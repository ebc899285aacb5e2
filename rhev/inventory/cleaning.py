"""Documents as an inventory keeps them: without links, without what is secret."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from rhev.secrets import HIDDEN, WITHIN, calls_secret, says_secret

# Addresses of what can be read and done: they say nothing of an estate, and are half of a listing.
_LEFT_OUT = frozenset({"actions", "link"})


def cleaned(document: dict[str, Any], secret: str | None = None) -> dict[str, Any]:
    """The document of an engine, as an inventory keeps it.

    ``secret`` is a name whose values within it are secrets.
    """
    return {
        name: HIDDEN
        if name == secret or _is_secret(document, name)
        else _value(value, WITHIN.get(name, secret))
        for name, value in document.items()
        if name not in _LEFT_OUT
    }


def _value(value: Any, secret: str | None) -> Any:
    if isinstance(value, dict):
        return cleaned(value, secret)
    if isinstance(value, list):
        return [_value(entry, secret) for entry in value]
    return value


def _is_secret(owner: dict[str, Any], name: str) -> bool:
    return _says_secret(name) or (name == "value" and calls_secret(owner.get("name")))


@lru_cache(1024)
def _says_secret(name: str) -> bool:
    return says_secret(name) and name not in WITHIN
