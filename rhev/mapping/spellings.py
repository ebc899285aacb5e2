"""The spellings of an older API: dotted paths of today's attributes, read and written."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError, ValidationError

from rhev.mapping.fields import fields
from rhev.secrets import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic_core import InitErrorDetails

    from rhev.mapping.structure import Struct


class Spelling(property):
    """An attribute as an older API spells it: the dotted path of today's, read and written."""

    def __init__(self, path: str, doc: str) -> None:
        super().__init__(
            lambda owner: _read(owner, path),
            lambda owner, value: _write(owner, path, value),
            doc=doc,
        )
        self.path = path


@cache
def spellings(cls: type[Struct]) -> dict[str, Spelling]:
    """The older spellings of a class, by their names."""
    return {
        name: value
        for base in reversed(cls.__mro__)
        for name, value in vars(base).items()
        if isinstance(value, Spelling)
    }


def check_said_once(cls: type[Struct], value: Mapping[str, Any], given: Iterable[str]) -> None:
    """Raises pydantic's ``ValidationError`` for an attribute that is given in two spellings."""
    for name in given:
        first, _, rest = spellings(cls)[name].path.partition(".")
        if first in value and (not rest or rest.isdigit()):
            said = f"{name} is an older spelling of {first}: give one of them"
            error = PydanticCustomError("said_twice", "{said}", {"said": said})
            line: InitErrorDetails = {"type": error, "loc": (name,), "input": HIDDEN}
            raise ValidationError.from_exception_data(cls.__name__, [line], hide_input=True)


def _read(owner: Struct, path: str) -> Any:
    value: Any = owner
    for part in path.split("."):
        if value is None or (part.isdigit() and not value):
            return None
        value = value[int(part)] if part.isdigit() else getattr(value, part)
    return value


def _write(owner: Struct, path: str, value: Any) -> None:
    first, _, rest = path.partition(".")
    if not rest:
        setattr(owner, first, value)
    elif rest.isdigit():
        setattr(owner, first, [] if value is None else [value])
    else:
        if getattr(owner, first) is None:
            setattr(owner, first, fields(type(owner))[first].type())
        _write(getattr(owner, first), rest, value)
