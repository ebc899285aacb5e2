"""The short forms of actions: ``rhev start vm web-01`` is ``rhev action vm web-01 start``."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Verb(NamedTuple):
    """A line of help, the action's name, and what is said when the engine has taken it.

    ``leads_to`` are the statuses that ``--wait`` waits for, by the type. ``options`` are parameters
    that people set by an option of a shorter name: ``--name`` is ``vm.name`` of the action.
    """

    help: str
    action: str
    done: str
    leads_to: Mapping[str, str] = MappingProxyType({})
    example: str = "vm web-01"
    options: Mapping[str, str] = MappingProxyType({})


_BACK: Final = MappingProxyType({"Host": "up", "StorageDomain": "active"})
_AWAY: Final = MappingProxyType({"Host": "maintenance", "StorageDomain": "maintenance"})

VERBS: Final[Mapping[str, Verb]] = MappingProxyType(
    {
        "start": Verb("Start machines.", "start", "started", {"Vm": "up"}),
        "stop": Verb("Switch machines off, as a plug does.", "stop", "stopped", {"Vm": "down"}),
        "shutdown": Verb("Let machines shut down.", "shutdown", "shutting down", {"Vm": "down"}),
        "reboot": Verb("Let machines boot again.", "reboot", "rebooting", {"Vm": "up"}),
        "reset": Verb("Reset machines, as the button does.", "reset", "reset", {"Vm": "up"}),
        "suspend": Verb(
            "Keep machines' memory, and stop them.", "suspend", "suspending", {"Vm": "suspended"}
        ),
        "migrate": Verb(
            "Move running machines to another host.", "migrate", "migrating", {"Vm": "up"}
        ),
        "clone": Verb(
            "Copy a machine with its disks.", "clone", "cloning", options={"name": "vm.name"}
        ),
        "activate": Verb(
            "Take hosts, storage or NICs into use.", "activate", "activating", _BACK, "host node-01"
        ),
        "deactivate": Verb(
            "Take them out of use: a host for maintenance.",
            "deactivate",
            "deactivating",
            _AWAY,
            "host node-01",
        ),
        "move": Verb("Move disks to other storage.", "move", "moving", {"Disk": "ok"}, "disk data"),
        "upgrade": Verb("Upgrade hosts.", "upgrade", "upgrading", {"Host": "up"}, "host node-01"),
        "restore": Verb(
            "Go back to a snapshot.",
            "restore",
            "restoring",
            {"Snapshot": "ok"},
            "snapshot 'before the update' --vm web-01",
        ),
    }
)


def verb_of(action: str) -> Verb | None:
    """The short form of an action, if it has one."""
    return next((verb for verb in VERBS.values() if verb.action == action), None)
