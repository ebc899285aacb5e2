"""What comes of a reference to something that is not there, where it is no plain 404."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Said:
    """A status and a detail, in which ``{what}`` is what was looked for."""

    status: int
    detail: str


NOT_FOUND = Said(404, "Entity not found: {what}")
UNEXPECTED = Said(500, "")


@dataclass(frozen=True, slots=True)
class Unresolved:
    """How an id and a name are refused that mean nothing; None where nobody minds.

    ``empty`` is for a reference with neither, which is overlooked as a rule.
    """

    by_id: Said | None = NOT_FOUND
    by_name: Said | None = NOT_FOUND
    empty: Said | None = None


MISSED = Unresolved()
IGNORED = Unresolved(None, None)


def _by_id(status: int, detail: str) -> Unresolved:
    return Unresolved(Said(status, f"[{detail}]"))


_GENERAL = "General command validation failure."

# By the type and the attribute that has the reference, and the operation where it depends on it.
UNRESOLVED: Mapping[tuple[str, str, str], Unresolved] = {
    ("Vm", "template", "update"): Unresolved(
        Said(400, "[Cannot edit VM. There is no such Template.]"), None
    ),
    ("Vm", "original_template", ""): IGNORED,
    ("Vm", "host", ""): IGNORED,
    ("Vm", "cluster", "update"): _by_id(500, _GENERAL),
    ("Vm", "large_icon", ""): _by_id(400, "There is no large icon of this id."),
    ("Vm", "small_icon", ""): _by_id(400, "There is no small icon of this id."),
    ("Vm", "quota", ""): _by_id(400, "Cannot add VM. There is no such Quota."),
    ("Vm", "cpu_profile", ""): _by_id(400, "Cannot add VM. There is no such CPU profile."),
    ("VmPlacementPolicy", "hosts", ""): _by_id(
        409, "Cannot add VM. VM is pinned to a host that does not exist."
    ),
    ("Nic", "vnic_profile", ""): Unresolved(
        Said(400, "[Cannot add Interface. There is no such VM network interface profile.]"), None
    ),
    ("Host", "cluster", "add"): _by_id(400, "Cannot add Host. Cluster ID is not valid."),
    ("Cluster", "scheduling_policy", ""): IGNORED,
    ("Cluster", "mac_pool", "update"): _by_id(500, _GENERAL),
    ("DataCenter", "mac_pool", ""): IGNORED,
    ("Network", "data_center", "update"): _by_id(400, "There is no such Data Center."),
    ("VnicProfile", "network", "update"): _by_id(
        400, "Cannot edit VM network interface profile. Its network cannot be changed."
    ),
    ("Permission", "role", ""): Unresolved(
        Said(400, "[Cannot add permission, invalid Role id]"),
        Said(400, "[Cannot add permission, invalid Role id]"),
    ),
    ("Permission", "user", ""): Unresolved(Said(400, "[]"), Said(400, "[]")),
    ("Permission", "group", ""): Unresolved(Said(400, "[]"), Said(400, "[]")),
    ("DiskAttachment", "disk", "add"): _by_id(400, "Cannot create Snapshot. No such disk exists."),
    ("AffinityLabel", "vms", ""): Unresolved(
        Said(400, "[Internal Engine Error]"), UNEXPECTED, UNEXPECTED
    ),
    ("AffinityLabel", "hosts", ""): Unresolved(
        Said(400, "[Internal Engine Error]"), UNEXPECTED, UNEXPECTED
    ),
    ("AffinityGroup", "vms", ""): Unresolved(Said(400, "[No such VM exists.]"), None),
    ("AffinityGroup", "hosts", ""): Unresolved(Said(400, "[No such Host exists.]"), None),
}

# The same for what is assigned to an owner, by the owner's type and the segment.
UNASSIGNED: Mapping[tuple[str, str], Unresolved] = {
    **{
        (owner, "tags"): Unresolved(Said(400, "[Internal Engine Error]"))
        for owner in ("Vm", "Host", "Template", "User", "Group")
    },
    ("DataCenter", "storagedomains"): Unresolved(
        Said(400, "[Cannot attach Storage. There is no such Storage Domain.]")
    ),
}
