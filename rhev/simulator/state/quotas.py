"""The quota that a data center has from its beginning: it limits nothing, and says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.simulator.state.store import reference
from rhev.simulator.state.values import put

if TYPE_CHECKING:
    from rhev.simulator.state.estate import Estate
    from rhev.simulator.state.store import Record

_CLUSTERS = {"memory_limit": -1.0, "memory_usage": 0.0, "vcpu_limit": "-1", "vcpu_usage": "0"}
_STORAGE = {"limit": "-1", "usage": 0.0}


def leave_unlimited(estate: Estate, quota: Record) -> None:
    """Gives a quota the limits that are none; they have its own id."""
    for api_type, segment, document in (
        ("QuotaClusterLimit", "quotaclusterlimits", _CLUSTERS),
        ("QuotaStorageLimit", "quotastoragelimits", _STORAGE),
    ):
        limit = estate.add(api_type, segment, {**document, "id": quota.id}, parent=quota)
        put(limit.model, quota=reference(quota))
