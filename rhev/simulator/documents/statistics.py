"""What resources measure of themselves: names, kinds and units as data, and what they are worth."""

from __future__ import annotations

from functools import cache
from hashlib import md5
from typing import TYPE_CHECKING, Any
from uuid import UUID

from rhev.simulator.state.store import Record, reference
from rhev.simulator.state.values import held, make, put

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rhev.simulator.state.estate import Estate

# Of each type: a name, its unit, and what it is worth while the resource runs; None is no value.
# What ends in a mark is a counter. Bytes and whole numbers are integers, all else is decimal.
_Row = tuple[str, str, float | None]
_NETWORK: tuple[_Row, ...] = (
    ("data.current.rx", "bytes_per_second", 1200),
    ("data.current.tx", "bytes_per_second", 900),
    ("data.current.rx.bps", "bits_per_second", 9600),
    ("data.current.tx.bps", "bits_per_second", 7200),
    ("data.total.rx+", "bytes", 4_800_000),
    ("data.total.tx+", "bytes", 3_600_000),
    ("errors.total.rx+", "none", 0),
    ("errors.total.tx+", "none", 0),
)
# A virtual machine's come in another order.
_VIRTUAL = (*_NETWORK[:4], *_NETWORK[6:], *_NETWORK[4:6])
_NODE: tuple[_Row, ...] = (
    ("memory.total", "bytes", 64 << 30),
    ("memory.used", "bytes", 4 << 30),
    ("memory.free", "bytes", 60 << 30),
    ("cpu.current.user", "percent", 7),
    ("cpu.current.system", "percent", 2),
    ("cpu.current.idle", "percent", 91),
)
GAUGES: Mapping[str, tuple[_Row, ...]] = {
    "Vm": (
        ("memory.installed", "bytes", 0),
        ("memory.used", "bytes", 402_653_184),
        ("cpu.current.guest", "percent", 4),
        ("cpu.current.hypervisor", "percent", 1),
        ("cpu.current.total", "percent", 5),
        ("migration.progress", "percent", 0),
        ("memory.buffered", "bytes", 0),
        ("memory.cached", "bytes", 0),
        ("memory.free", "bytes", 0),
        ("memory.unused", "bytes", 0),
        ("network.current.total", "percent", 0),
        ("disks.usage", "none", None),
        ("elapsed.time+", "seconds", 0),
        ("cpu.usage.history", "percent", None),
        ("memory.usage.history", "percent", None),
        ("network.usage.history", "percent", None),
    ),
    "Host": (
        ("memory.total", "bytes", 0),
        ("memory.used", "bytes", 8 << 30),
        ("memory.free", "bytes", 120 << 30),
        ("memory.shared", "bytes", 0),
        ("swap.total", "bytes", 8 << 30),
        ("swap.free", "bytes", 8 << 30),
        ("swap.used", "bytes", 0),
        ("ksm.cpu.current", "percent", 0),
        ("cpu.current.user", "percent", 7),
        ("cpu.current.system", "percent", 2),
        ("cpu.current.idle", "percent", 91),
        ("cpu.load.avg.5m", "percent", 12),
        ("boot.time", "none", 1_700_000_000),
    ),
    "Disk": (
        ("data.current.read", "bytes_per_second", 4096),
        ("data.current.read_ops+", "none", 100),
        ("data.current.write", "bytes_per_second", 16_384),
        ("data.current.write_ops+", "none", 400),
        ("disk.read.latency", "seconds", 0.001),
        ("disk.write.latency", "seconds", 0.002),
        ("disk.flush.latency", "seconds", 0.001),
    ),
    "Nic": _VIRTUAL,
    "HostNic": _NETWORK,
    "NumaNode": _NODE,
}
# What is known of a disk that is no image.
_OUTSIDE = frozenset({"data.current.read", "data.current.write"})
_INTEGERS = frozenset({"bytes", "seconds"})
_WHOLE = frozenset({"boot.time", "errors.total.rx", "errors.total.tx"})
_DECIMAL = frozenset({"disk.read.latency", "disk.write.latency", "disk.flush.latency"})


def statistics(estate: Estate, owner: Record) -> list[Any]:
    """The statistics of a resource, as they are sent: those that were recorded, or worked out."""
    recorded = estate.store.members(owner, "statistics").values()
    return [record.model.__copy__() for record in recorded] or list(_measured(estate, owner))


# States in which what a machine has is measured.
_MEASURED = frozenset({"up", "paused", "powering_down", "reboot_in_progress", "migrating"})


def _measured(estate: Estate, owner: Record) -> Iterator[Any]:
    runs = owner.type not in ("Vm", "Host") or str(held(owner.model, "status")) == "up"
    if owner.type == "Nic" and owner.parent is not None:
        runs = str(held(owner.parent.model, "status")) in _MEASURED
    is_outside = str(held(owner.model, "storage_type")) == "lun"
    for named, unit, worth in GAUGES.get(owner.type, ()):
        name = named.rstrip("+")
        if is_outside and name not in _OUTSIDE:
            continue
        id_ = _id(name)
        is_integer = (unit in _INTEGERS and name not in _DECIMAL) or name in _WHOLE
        if owner.type == "Nic" and not runs and named.endswith("+"):
            worth = None  # what has not run has counted nothing
        datum = 0.0 if worth is None else _worth(estate, owner, name, worth) if runs else 0.0
        document = {
            "id": id_,
            "href": f"{owner.href}/statistics/{id_}",
            "name": name,
            "description": name.replace(".", " ").capitalize(),
            "kind": "counter" if named.endswith("+") else "gauge",
            "type": "string" if name == "disks.usage" else "integer" if is_integer else "decimal",
            "unit": unit,
            "values": {"value": [] if worth is None else [{"datum": datum}]},
        }
        statistic = make("Statistic", document)
        if name.endswith(".history"):
            put(statistic, href=None)
            yield statistic
            continue
        put(statistic, **{_OWNERS.get(owner.type, owner.type.lower()): reference(owner)})
        yield statistic


@cache
def _id(name: str) -> str:
    """A statistic's id, which is the same everywhere: it is made of its name."""
    return str(UUID(bytes=md5(name.encode(), usedforsecurity=False).digest(), version=3))


_OWNERS = {"HostNic": "host_nic", "NumaNode": "host_numa_node"}


def _worth(estate: Estate, owner: Record, name: str, worth: float) -> float:
    if name in ("memory.installed", "memory.total"):
        return float(held(owner.model, "memory") or worth)
    if name == "elapsed.time" and (start := held(owner.model, "start_time")):
        return float((estate.timeline.date - start).total_seconds())
    return worth
