"""The rules, in the order of the report. A new one is an entry in one of these tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rhev.readiness.rules import (
    devices,
    disks,
    guests,
    hardware,
    machines,
    networks,
    nics,
    placement,
    platform,
)

if TYPE_CHECKING:
    from rhev.readiness.rule import Rule

RULES: Final[tuple[Rule[Any], ...]] = (
    *machines.RULES,
    *guests.RULES,
    *hardware.RULES,
    *devices.RULES,
    *placement.RULES,
    *disks.RULES,
    *nics.RULES,
    *networks.RULES,
    *platform.RULES,
)
