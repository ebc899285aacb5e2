"""The order in which the engine lists the members of a collection that nobody has it sort."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rhev.simulator.state.store import Record


def in_order(owner: Record | None, segment: str, records: Iterable[Record]) -> list[Record]:
    """The records in the engine's order."""
    return list(records)
