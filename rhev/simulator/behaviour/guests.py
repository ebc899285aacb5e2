"""What the agent in a virtual machine tells of it while it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from rhev.simulator.state.store import Record, reference
from rhev.simulator.state.values import put

if TYPE_CHECKING:
    from rhev.simulator.state.estate import Estate

_APPLICATIONS = ("kernel-5.14", "qemu-guest-agent-9")


def report_guest(estate: Estate, vm: Record) -> None:
    """Gives a machine its applications, which stay known, and the session at its console."""
    store = estate.store
    if not store.members(vm, "applications"):
        for name in _APPLICATIONS:
            # The id is the name, as often as it takes.
            id_ = str(UUID(bytes=(name.encode() * 2)[:16]))
            document = {"id": id_, "name": name}
            application = estate.add("Application", "applications", document, parent=vm)
            put(application.model, vm=reference(vm))
    if not store.members(vm, "sessions"):
        who = {"user": {"user_name": "Unknown"}}
        session = estate.add("Session", "sessions", who, parent=vm)
        put(session.model, vm=reference(vm))
