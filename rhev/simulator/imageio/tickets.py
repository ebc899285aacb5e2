"""Tickets: whose address a client has may read or write the disk, as long as the transfer lasts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rhev.simulator.imageio.content import Content
from rhev.simulator.state.values import held, put

if TYPE_CHECKING:
    from rhev.simulator.state.store import Record


@dataclass(slots=True)
class Ticket:
    """The right to the bytes of a disk, of which there are ``size``.

    ``touched`` is when a client last asked for something, in seconds since the epoch.
    """

    id: str
    transfer: Record
    disk: Record
    size: int
    may_write: bool
    touched: float = 0.0
    _done: int = field(default=0)

    @property
    def content(self) -> Content:
        """What is on the disk."""
        if self.disk.content is None:
            self.disk.content = Content()
        content: Content = self.disk.content
        return content

    @property
    def is_valid(self) -> bool:
        """Whether the transfer is one that goes on."""
        return str(held(self.transfer.model, "phase")) == "transferring"

    def done(self, size: int) -> None:
        """Counts what was transferred, of which the engine tells."""
        self._done = min(self._done + size, self.size)
        put(self.transfer.model, transferred=self._done)
