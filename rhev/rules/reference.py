"""What an entry of the table of references is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from rhev.rules.rule import ADD_UPDATE

ByName = Literal["taken", "dropped", "refused"]


@dataclass(frozen=True, slots=True)
class Reference:
    """An attribute that refers to another resource, whose id is a UUID.

    ``type`` is the API's name of the type that has it at ``path``. ``by_name`` is what the engine
    makes of a name without an id: it looks the resource up, goes on without a word as if nothing
    had been given, or refuses it. ``source`` is the place in the engine that shows so.
    """

    type: str
    path: str
    by_name: ByName
    source: str
    operations: tuple[str, ...] = ADD_UPDATE

    def within(self, prefix: str, type_: str, operations: tuple[str, ...]) -> Reference:
        """The same reference of a type that has the resource nested at ``prefix``."""
        return replace(self, type=type_, path=prefix + self.path, operations=operations)
