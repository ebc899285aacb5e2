"""The name of an attribute of a class, and which one was last read where it was not set."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

    from rhev.mapping.structure import Struct


class Attribute:
    """What ``schema.VM.cpu`` is: the name of an attribute of a class, for ``schema.subtype``."""

    __slots__ = ("name", "owner")

    def __init__(self, owner: type[Struct], name: str) -> None:
        self.owner: type[Struct] = owner
        self.name: str = name

    def __repr__(self) -> str:
        return f"{self.owner.__name__}.{self.name}"


class Missed:
    """The last read of a nested attribute that was not set, for ``schema.subtype`` to find."""

    __slots__ = ("attribute", "frame", "instruction")

    def __init__(self, attribute: Attribute, frame: FrameType) -> None:
        self.attribute: Attribute = attribute
        self.frame: int = id(frame)
        self.instruction: int = frame.f_lasti


last_missed: ContextVar[Missed | None] = ContextVar("last_missed", default=None)
