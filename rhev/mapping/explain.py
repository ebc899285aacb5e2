"""What is wrong with what was given, said so that it helps, and without what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError, ValidationError

from rhev.mapping.fields import suggestion
from rhev.secrets import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic_core import ErrorDetails, InitErrorDetails

    from rhev.mapping.structure import Struct


def described(value: object) -> str:
    """What was given, for an error's sentence: its kind, never its content."""
    if value is None:
        return "None"
    if isinstance(value, type):
        return f"the class {value.__name__}"
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeiouAEIOU' else 'a'} {name}"


def explained(cls: type[Struct], error: ValidationError) -> ValidationError:
    """The same error, of which a line about an unknown attribute says which was meant.

    The input is left out, which may be a password: a model of the user's own that has this one as
    an attribute would print it.
    """
    lines = [_line(cls, line) for line in error.errors(include_url=False)]
    return ValidationError.from_exception_data(cls.__name__, lines, hide_input=True)


_UNKNOWN = frozenset({"extra_forbidden", "no_such_attribute", "unknown_attribute"})

# Pydantic asks for literal texts; a message that names an attribute cannot be one.
_error: Callable[..., PydanticCustomError] = PydanticCustomError


def _line(cls: type[Struct], line: ErrorDetails) -> InitErrorDetails:
    location = line["loc"]
    if line["type"] in _UNKNOWN and len(location) == 1:
        name = str(location[0])
        message = f"{cls.__name__} has no attribute {name!r}{suggestion(cls, name)}"
        error = _error("unknown_attribute", message)
    else:
        error = _error(line["type"], line["msg"], line.get("ctx"))
    return {"type": error, "loc": location, "input": HIDDEN}
