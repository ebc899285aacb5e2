"""The permissions that come with something new: for whoever made it, and for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.simulator.generic.defaults import snake
from rhev.simulator.state.granted import EVERYONE, OBJECTS
from rhev.simulator.state.store import ROOT, Record, reference
from rhev.simulator.state.values import held, make, put

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rhev.simulator.state.estate import Estate

# By the type, the roles of whoever made it, ...
_MAKERS: Mapping[str, tuple[str, ...]] = {
    "CpuProfile": ("CpuProfileCreator",),
    "Disk": ("DiskOperator",),
    "MacPool": ("MacPoolAdmin",),
    "Network": ("NetworkAdmin",),
    "Template": ("TemplateOwner", "UserTemplateBasedVm"),
    "VnicProfile": ("NetworkAdmin",),
}
# ... and those of everybody.
_EVERYBODYS: Mapping[str, tuple[str, ...]] = {
    "CpuProfile": ("CpuProfileOperator",),
    "DiskProfile": ("DiskProfileUser",),
    "InstanceType": ("UserTemplateBasedVm",),
}


def grant_made(estate: Estate, record: Record) -> None:
    """Gives the permissions that come with a new resource. Disks outside of storage have none."""
    if str(held(record.model, "storage_type")) == "lun":
        return
    for role in _MAKERS.get(record.type, ()):
        grant(estate, record, role, estate.user)
    for role in _EVERYBODYS.get(record.type, ()):
        grant(estate, record, role, estate.store.find("Group", EVERYONE))


def grant(estate: Estate, record: Record, role: str, holder: Record | None) -> None:
    """Gives a user or a group a role on a resource."""
    given = estate.store.named("Role", role)
    if holder is None or given is None:
        return
    model = make("Permission", {})
    put(model, role=reference(given), **{snake(holder.type): reference(holder)})
    name = "template" if record.type == "InstanceType" else snake(record.type)
    if name in OBJECTS:
        about = reference(record)
        if record.type == "InstanceType":
            about = make("Template", {"id": record.id, "href": f"{ROOT}/templates/{record.id}"})
        put(model, **{name: about})
        estate.take_in("Permission", "permissions", model)
    else:
        estate.take_in("Permission", "permissions", model, parent=record)
