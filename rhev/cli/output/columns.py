"""Which attributes a table of a type shows, and how a value is written in a cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from rhev.cli.exits import USAGE, CommandError
from rhev.mapping.fields import Kind, fields, suggestion
from rhev.mapping.resources import STATUS_ATTRIBUTES
from rhev.secrets import HIDDEN, is_secret, says_secret

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rhev.mapping.fields import FieldSpec
    from rhev.mapping.structure import Struct

# For a type the paths of its columns, where the rule below would choose badly.
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "Cluster": ("name", "data_center", "cpu.type", "version", "description"),
    "DataCenter": ("name", "status", "local", "version", "description"),
    "Disk": ("name", "status", "provisioned_size", "actual_size", "format", "storage_type", "id"),
    "DiskAttachment": ("disk", "interface", "bootable", "active", "logical_name"),
    "Event": ("id", "time", "severity", "code", "description"),
    "Host": ("name", "status", "address", "cluster", "memory", "summary.active"),
    "HostNic": ("name", "status", "mac.address", "ip.address", "speed", "mtu"),
    "Job": ("id", "status", "start_time", "end_time", "description"),
    "Network": ("name", "data_center", "vlan.id", "mtu", "usages", "description"),
    "Nic": ("name", "mac.address", "interface", "plugged", "linked", "vnic_profile"),
    "Permission": ("id", "role", "user", "group"),
    "Snapshot": ("description", "snapshot_type", "snapshot_status", "date", "persist_memorystate"),
    "Statistic": ("name", "values", "unit", "kind", "description"),
    "StorageDomain": ("name", "status", "type", "storage.type", "available", "used", "master"),
    "Template": ("name", "status", "version.version_number", "cluster", "memory", "creation_time"),
    "User": ("user_name", "name", "last_name", "domain", "email"),
    "Vm": ("name", "status", "cluster", "host", "memory", "cpu.topology", "creation_time"),
    "VnicProfile": ("name", "network", "pass_through.mode", "port_mirroring"),
}  # fmt: skip
_AT_MOST: Final = 6


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, and the attributes that lead to its value with what is known of them."""

    title: str
    specs: tuple[FieldSpec, ...]

    def value(self, resource: Any) -> Any:
        """What the attribute holds, or None."""
        for spec in self.specs:
            if resource is None:
                return None
            resource = getattr(resource, spec.name, None)
        return resource

    @property
    def is_secret(self) -> bool:
        """Whether its values are hidden, by the name of the attribute."""
        return says_secret(self.specs[-1].name)

    @property
    def is_number(self) -> bool:
        """Whether its cells stand to the right."""
        last = self.specs[-1]
        return last.kind in (Kind.INTEGER, Kind.DOUBLE) and not last.is_list


def columns_of(cls: type[Struct], wanted: Sequence[str] = ()) -> tuple[Column, ...]:
    """The columns of a class, those that are wanted or the usual ones.

    Raises CommandError for what is no attribute, with the one that may have been meant.
    """
    paths = wanted or COLUMNS.get(cls.__api_name__) or by_rule(cls)
    return tuple(_column(cls, path) for path in paths)


def columns_for(
    cls: type[Struct], resources: Sequence[Any], wanted: Sequence[str] = ()
) -> tuple[Column, ...]:
    """The columns of some resources: as ``columns_of``, by their ids where none has a name."""
    columns = columns_of(cls, wanted)
    nameless = columns[0].title == "NAME" and resources and "id" in fields(cls)
    if not wanted and nameless and all(columns[0].value(one) is None for one in resources):
        return (_column(cls, "id"), *columns[1:])
    return columns


def by_rule(cls: type[Struct]) -> tuple[str, ...]:
    """What identifies a resource and its status, and what is simple of the rest."""
    specs = fields(cls)
    first = [name for name in ("name", "id") if name in specs][:1]
    status = [name for name in STATUS_ATTRIBUTES if name in specs][:1]
    simple = [
        name
        for name, spec in specs.items()
        if spec.kind is not Kind.STRUCT and not spec.is_list
        if name not in (*first, *status, "id", "href", "name", "description", "comment")
        and not is_secret(cls.__api_name__, name, None)
    ]
    last = [name for name in ("description",) if name in specs]
    return tuple((first + status + simple)[: _AT_MOST - len(last)] + last)


def _column(cls: type[Struct], path: str) -> Column:
    specs: list[FieldSpec] = []
    here: type[Struct] | None = cls
    for part in path.replace("-", "_").split("."):
        if here is None:
            raise CommandError(f"column {path!r}: {specs[-1].name} has no attributes", USAGE)
        spec = fields(here).get(part)
        if spec is None:
            hint = suggestion(here, part)
            raise CommandError(f"column {path!r}: {here.__name__} has no {part!r}{hint}", USAGE)
        specs.append(spec)
        here = spec.type if spec.kind is Kind.STRUCT else None
    return Column(path.upper(), tuple(specs))


def cell(column: Column, resource: Any, now: datetime) -> str:
    """What stands in a cell, for people: sizes in binary units, times as ages.

    What is a secret is hidden, though no engine is known to send one.
    """
    if column.is_secret and column.value(resource) is not None:
        return HIDDEN
    return _text(column.value(resource), column.specs[-1], now)


def _text(value: Any, spec: FieldSpec, now: datetime) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ",".join(_text(entry, spec, now) for entry in value)
    if spec.kind is Kind.BOOLEAN:
        return "yes" if value else "no"
    if spec.type_name == "Bytes":
        return size(value)
    if spec.kind is Kind.DATE:
        return age(value, now)
    if spec.kind is Kind.STRUCT:
        return reference(value)
    return str(value)


def plain_text(value: Any) -> str:
    """A value for programs, as CSV has it: bytes as a number, times as ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ",".join(plain_text(entry) for entry in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return reference(value) if hasattr(value, "__api_name__") else str(value)


def reference(value: Struct) -> str:
    """A nested resource by its name or id, and a structure by what it holds."""
    held = vars(value)
    for name in ("name", "user_name", "id"):
        if held.get(name) is not None:
            return str(held[name])
    if {"cores", "sockets", "threads"} >= held.keys() > set():
        return ":".join(str(held.get(part, 1)) for part in ("sockets", "cores", "threads"))
    if "major" in held and "minor" in held:
        return f"{held['major']}.{held['minor']}"
    if "datum" in held:
        return f"{held['datum']:g}"
    return " ".join(plain_text(entry) for entry in held.values() if entry is not None)


def size(count: int) -> str:
    """A number of bytes in the largest binary unit that leaves at least one: ``1.5 GiB``."""
    number, unit = float(count), "B"
    for unit in ("B", "KiB", "MiB", "GiB", "TiB", "PiB"):
        if abs(number) < 1024 or unit == "PiB":
            break
        number /= 1024
    return f"{number:.0f} {unit}" if number == int(number) else f"{number:.1f} {unit}"


def age(then: datetime, now: datetime) -> str:
    """How long ago something was, in its largest unit: ``3d``; with ``in`` before it if to come."""
    seconds = (now - then).total_seconds()
    ahead, seconds = seconds < 0, abs(seconds)
    for unit, length in (("y", 31_557_600), ("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)):
        if seconds >= length or unit == "s":
            told = f"{int(seconds // length)}{unit}"
            return f"in {told}" if ahead and told != "0s" else told
    raise AssertionError


def sorted_by(cls: type[Struct], resources: Sequence[Any], by: str) -> list[Any]:
    """The resources in the order of a column: those without a value last. ``-`` turns it round."""
    column = _column(cls, by.removeprefix("-"))

    def key(resource: Any) -> Any:
        value = column.value(resource)
        if isinstance(value, (int, float, datetime)):
            return value
        return [
            (0, int(part), "") if part.isdecimal() else (1, 0, part.casefold())
            for part in re.split(r"(\d+)", plain_text(value))
        ]

    there = [resource for resource in resources if column.value(resource) is not None]
    absent = [resource for resource in resources if column.value(resource) is None]
    return sorted(there, key=key, reverse=by.startswith("-")) + absent
