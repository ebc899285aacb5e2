"""What pydantic has deprecated, and every model inherits: methods that an editor need not offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Iterable

_PAST = {
    name: value
    for name, value in vars(BaseModel).items()
    if hasattr(getattr(value, "__func__", getattr(value, "fget", value)), "__deprecated__")
}


def offered(cls: type[BaseModel], names: Iterable[str]) -> list[str]:
    """The names but for those; an action or an attribute of the same name is offered."""
    return sorted(name for name in names if name not in _PAST or _is_redefined(cls, name))


def _is_redefined(cls: type[BaseModel], name: str) -> bool:
    if name in cls.__pydantic_fields__:
        return True
    owner = next(base for base in cls.__mro__ if name in vars(base))
    return vars(owner)[name] is not _PAST[name]
