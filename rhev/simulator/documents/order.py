"""The order in which the engine lists the members of a collection that nobody has it sort."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.simulator.state.values import held

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rhev.simulator.state.store import Record

# Collections that are listed by name, whatever its case, by the type of their owner, if any, and
# their segment. All others come in the order in which they were made.
_BY_NAME = frozenset(
    {
        *((None, "clusters"), (None, "cpuprofiles"), (None, "datacenters"), (None, "groups")),
        *((None, "hosts"), (None, "instancetypes"), (None, "networks"), (None, "storagedomains")),
        *((None, "templates"), (None, "users"), (None, "vmpools"), (None, "vms")),
        *(("DataCenter", "clusters"), ("DataCenter", "quotas"), ("Host", "nics"), ("Vm", "nics")),
    }
)
# Types that are listed by id, wherever that is.
_BY_ID = frozenset({"permissions"})
# The root of the tags comes after all others.
_LAST = frozenset({"00000000-0000-0000-0000-000000000000"})


def in_order(owner: Record | None, segment: str, records: Iterable[Record]) -> list[Record]:
    """The records in the engine's order."""
    if segment in _BY_ID:
        return sorted(records, key=lambda record: record.id)
    if (owner.type if owner else None, segment) in _BY_NAME:
        return sorted(records, key=lambda record: (held(record.model, "name") or "").lower())
    if owner is None and segment == "tags":
        return sorted(records, key=lambda record: record.id in _LAST)
    return list(records)
