"""What the version of an engine says of its API, and a warning of what it is too old to know.

An engine ships a version of the API's model that is numbered apart from it. Engines without a row
of their own ship what the one before them shipped.
"""

from __future__ import annotations

import re
import sys
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from rhev.errors import ResponseError
from rhev.mapping.fields import Kind, fields
from rhev.mapping.structure import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rhev.models.engine import API

Number: TypeAlias = tuple[int, int, int]

# From which engine on there is which version of the model.
MODELS: Final[tuple[tuple[Number, Number], ...]] = (
    ((4, 4, 10), (4, 4, 35)),
    ((4, 5, 0), (4, 5, 7)),
    ((4, 5, 2), (4, 5, 10)),
    ((4, 5, 3), (4, 5, 12)),
    ((4, 5, 4), (4, 6, 0)),
    ((4, 5, 7), (4, 6, 1)),
)


class NewerThanEngine(UserWarning):
    """Something is sent that the engine is too old to know: it will ignore or refuse it."""


@dataclass(frozen=True, slots=True)
class EngineVersion:
    """The version of an engine.

    ``full`` is as the engine writes it, ``number`` its first three parts. ``model`` is the version
    of the API's model that such an engine has, or None for engines older than 4.4.10.
    """

    full: str
    number: Number

    def __str__(self) -> str:
        return self.full

    @property
    def model(self) -> Number | None:
        return next((model for engine, model in reversed(MODELS) if self.number >= engine), None)

    def knows(self, since: str) -> bool:
        """Whether the engine knows what there is since a version, as the documentation has it.

        That is of the engine for some, and of the model for others: either will do.
        """
        return number(since) <= max(self.number, self.model or self.number)


def number(text: str) -> Number:
    """The first three parts of a version. Raises ValueError for what has none."""
    parts = [int(part) for part in re.findall(r"\d+", text)[:3]]
    if not parts:
        raise ValueError(f"{text!r} is no version")
    major, minor, build = (*parts, 0, 0)[:3]
    return major, minor, build


def version_of(api: API) -> EngineVersion:
    """The version that the entry point tells. Raises ResponseError where it tells none."""
    told = api.product_info.version if api.product_info else None
    if told is None or not (told.full_version or told.major is not None):
        raise ResponseError("the engine's entry point tells no version")
    if told.major is None:
        full = told.full_version or ""
        return EngineVersion(full, number(full))
    parts = (told.major, told.minor or 0, told.build or 0)
    return EngineVersion(told.full_version or ".".join(map(str, parts)), parts)


def warn_of_newer(api: API | None, body: Struct) -> None:
    """Warns of the attributes and values of a document that are newer than the engine.

    Nothing is said where the engine's version is not known.
    """
    if api is None:
        return
    try:
        version = version_of(api)
    except (ResponseError, ValueError):
        return
    if version.knows(".".join(map(str, MODELS[-1][1]))):
        return  # the engine of these models
    for path, since in _newer(body, version, type(body).__name__):
        warnings.warn(
            f"{path} is known to engines since {since}, and this one is {version}: it will ignore"
            " or refuse it",
            NewerThanEngine,
            stacklevel=_outside(),
        )


def _newer(body: Struct, version: EngineVersion, path: str) -> Iterator[tuple[str, str]]:
    from rhev.models.since import ATTRIBUTES, VALUES  # a table for old engines alone

    for name, spec in fields(type(body)).items():
        value = body.__dict__.get(name)
        if value is None:
            continue
        where = f"{path}.{name}"
        owners = (base.__name__ for base in type(body).__mro__)
        keys = (f"{owner}.{name}" for owner in owners)
        since = next((ATTRIBUTES[key] for key in keys if key in ATTRIBUTES), None)
        if since is not None and not version.knows(since):
            yield where, since
            continue
        for entry in value if isinstance(value, list) else [value]:
            if isinstance(entry, Struct):
                yield from _newer(entry, version, where)
            elif spec.kind is Kind.ENUMERATION:
                since = VALUES.get(f"{spec.type_name}.{entry}")
                if since is not None and not version.knows(since):
                    yield f"{where}={entry}", since


def _outside() -> int:
    """The level, for a warning of the caller, of the code that called rhev."""
    package = __name__.partition(".")[0]
    level = 1
    frame = sys._getframe(1)
    while frame is not None and frame.f_globals.get("__name__", "").partition(".")[0] == package:
        if frame.f_back is None:
            break
        frame = frame.f_back
        level += 1
    return level
