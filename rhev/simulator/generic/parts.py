"""What lives elsewhere but is a part of something, and is removed with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.simulator.generic.defaults import snake
from rhev.simulator.state.places import referring

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rhev.simulator.state.store import Record, Store

# By the type of the whole, the types of its parts and the attribute by which they refer to it.
_PARTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "Cluster": (("CpuProfile", "cluster"),),
    "DataCenter": (("Network", "data_center"),),
    "Network": (("VnicProfile", "network"),),
    "StorageDomain": (("DiskProfile", "storage_domain"),),
}


def remove_whole(store: Store, record: Record) -> None:
    """Forgets a resource and its parts, and who might do what with it."""
    for granted in list(referring(store, "Permission", snake(record.type), record)):
        store.remove(granted)
    for api_type, attribute in _PARTS.get(record.type, ()):
        for part in list(referring(store, api_type, attribute, record)):
            remove_whole(store, part)
    store.remove(record)
