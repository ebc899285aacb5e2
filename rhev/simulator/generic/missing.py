"""What is answered about a resource that is not there, and about what would be below it.

Most say nothing at all: 404 without a body. A listing below it is empty as a rule, since nobody
looks whether the owner is there; some look first, and a few speak.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rhev.search.values import is_uuid
from rhev.simulator.state.refusals import FAILED, MALFORMED, Refusal, not_found

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rhev.simulator.generic.routing import Target

# Collections, by the type of the owner and the segment, of which the listing needs the owner:
# whether it is missed with a fault or without a word.
LOOKED_FOR: Mapping[tuple[str, str], bool] = {
    ("Host", "nics"): True,
    ("Host", "statistics"): True,
    ("Vm", "statistics"): True,
    ("Disk", "statistics"): True,
    ("Vm", "graphicsconsoles"): False,
    ("Template", "graphicsconsoles"): False,
    ("StorageDomain", "files"): False,
}


@dataclass(frozen=True, slots=True)
class Missed:
    """What is answered about a member that is not there, instead of saying nothing."""

    status: int
    reason: str
    detail: str


# By the type of the owner, the segment and the method of HTTP.
SPOKEN: Mapping[tuple[str, str, str], Missed] = {
    ("Vm", "snapshots", "GET"): Missed(404, FAILED, "Entity not found: {id}"),
    ("Vm", "snapshots", "DELETE"): Missed(404, FAILED, "Entity not found: {id}"),
    ("Vm", "diskattachments", "DELETE"): Missed(
        400, FAILED, "[Cannot detach Virtual Disk. It is not attached to the VM.]"
    ),
    ("Cluster", "affinitygroups", "GET"): Missed(400, FAILED, "there is no affinity group {id}"),
}
# What is written on a storage domain of a machine or template is not read while that is in use.
_UNREAD = re.compile(r"/storagedomains/[^/]+/(vms|templates)/[^/]+/.")
# Actions on what is not there, by the type and the action's name.
ACTED: Mapping[tuple[str, str], Missed] = {
    ("Vm", "start"): Missed(500, FAILED, "java.lang.NullPointerException: there is no VM {id}"),
}
# Types whose ids are numbers: what is none is refused as malformed.
NUMBERED = frozenset({"Event"})


def check(target: Target, verb: str) -> None:
    """Raises Refusal where what the request is about is not there."""
    if verb == "GET" and _UNREAD.search(target.path):
        raise Refusal(404)
    if not target.is_missing:
        return
    record, owner = target.record, target.owner
    if record is None and owner is not None:
        speaks = LOOKED_FOR.get((owner.type, target.segment))
        if verb != "GET" or speaks:
            raise not_found(owner.id) if verb == "GET" or verb == "POST" else Refusal(404)
        if speaks is False:
            raise Refusal(404)
        return
    if record is None:
        return
    if record.type in NUMBERED and not record.id.lstrip("-").isdigit():
        raise Refusal(400, MALFORMED, f'For input string: "{record.id}"')
    spoken = SPOKEN.get((owner.type if owner else "", target.segment, verb))
    if target.action is not None and is_uuid(record.id):
        spoken = ACTED.get((record.type, target.action.name))
    if spoken is not None:
        raise Refusal(spoken.status, spoken.reason, spoken.detail.format(id=record.id))
    raise not_found(record.id) if verb == "POST" else Refusal(404)
