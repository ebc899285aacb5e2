"""What the engine writes down of every change, under the correlation id of its request.

Not everything is: a change of a type without codes leaves neither an event nor a job.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.simulator.generic.checks import noun

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rhev.simulator.generic.hooks import Call
    from rhev.simulator.state.store import Record

# The codes of the events by the type: what was added, changed, removed.
_CODES: Mapping[str, tuple[int, int, int]] = {
    "AffinityGroup": (10350, 10352, 10354),
    "AffinityLabel": (10380, 10382, 10384),
    "Bookmark": (350, 352, 354),
    "Cluster": (809, 811, 813),
    "CpuProfile": (10130, 10134, 10132),
    "DataCenter": (950, 952, 954),
    "Disk": (2021, 86, 2014),
    "DiskAttachment": (2016, 88, 2018),
    "DiskProfile": (10120, 10124, 10122),
    "Group": (149, 149, 408),
    "Host": (42, 43, 44),
    "InstanceType": (29, 49, 251),
    "MacPool": (10700, 10702, 10704),
    "Network": (942, 1114, 944),
    "Nic": (932, 934, 930),
    "Permission": (850, 850, 852),
    "Qos": (10110, 10114, 10112),
    "Quota": (3000, 3002, 3004),
    "Role": (864, 856, 858),
    "SchedulingPolicy": (9910, 9912, 9914),
    "Snapshot": (45, 45, 356),
    "StorageDomain": (956, 958, 960),
    "Tag": (432, 430, 434),
    "Template": (51, 49, 251),
    "User": (149, 149, 325),
    "Vm": (53, 35, 113),
    "VmPool": (302, 344, 304),
    "VnicProfile": (1122, 1124, 1126),
}
# Types of which jobs tell, but no events.
_UNTOLD = frozenset({"Agent", "NetworkAttachment", "StorageConnection", "Watchdog"})
_VERBS: Mapping[str, tuple[int, str]] = {
    "add": (0, "added"),
    "update": (1, "updated"),
    "remove": (2, "removed"),
}
# Those of actions that are refused.
_REFUSED: Mapping[str, int] = {"start": 54, "migrate": 65}


def done(call: Call, record: Record | None, *, is_written: bool) -> Record | None:
    """Writes down what was added, changed or removed: a job, and an event unless there is one.

    What is not told of at all has no job.
    """
    index, verb = _VERBS[call.method.name]
    codes = _CODES.get(call.target.type)
    if record is None or (codes is None and record.type not in _UNTOLD):
        return None
    said = f"{noun(record.type)} {record.name or record.id} was {verb} by {call.user}."
    job = call.estate.begun_job(said, record.until)
    if codes is not None and not is_written:
        owner = [] if call.target.owner is None else [call.target.owner]
        call.estate.write_down(codes[index], said, record, *owner)
    return job


def refused(call: Call, record: Record, detail: str) -> None:
    """Writes down why an action was not carried out."""
    code = _REFUSED.get(call.method.name)
    if code is not None:
        call.estate.write_down(code, f"Failed: {detail}", record, severity="error")
