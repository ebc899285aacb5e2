"""The tables of an inventory: which there are, and which columns, as the models say it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from rhev.inventory.parts import PARTS, element
from rhev.mapping.catalogue import model
from rhev.mapping.fields import FieldSpec, Kind, fields
from rhev.mapping.resources import BaseResource
from rhev.secrets import is_secret

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rhev.inventory.parts import Part
    from rhev.mapping.structure import Struct

Type: TypeAlias = Literal["text", "integer", "real", "boolean", "timestamp"]

_TYPES: Final[dict[Kind, Type]] = {
    Kind.TEXT: "text",
    Kind.ENUMERATION: "text",
    Kind.INTEGER: "integer",
    Kind.DOUBLE: "real",
    Kind.BOOLEAN: "boolean",
    Kind.DATE: "timestamp",
}

_OF_ALL: Final = frozenset({"id", "name", "description", "comment"})
# What is in the documents alone: long, or of no use for counting and joining.
_LEFT_OUT: Final = frozenset(
    {
        *("certificate", "cloud_init", "cpu_tune", "dynamic_cpu", "href"),
        *("special_objects", "sso"),
    }
)
# Lists that the models have, and that no engine fills where an inventory has the class.
_NEVER_SENT: Final = {
    "CPU": frozenset({"cores"}),
    **dict.fromkeys(("CdRom", "Floppy", "VmMediatedDevice", "WatchDog"), frozenset({"vms"})),
    "NIC": frozenset({"network_attachments", "network_labels", "vms"})
    | {"virtual_function_allowed_labels", "virtual_function_allowed_networks"},
    "Quota": frozenset({"disks", "users", "vms"}),
}
# A device of one of these says with the others, too, whose it is: engines fill them as they please.
_MACHINES: Final = frozenset({"InstanceType", "Template", "VM"})
_MACHINES_IDS: Final = frozenset({"instance_type_id", "template_id", "vm_id"})
# Resources that stand where they belong, and are no references.
_PARTS_OF_OTHERS: Final = frozenset({"HostStorage", "SSH"})
# Lists of references that say more than which: what a member is like as it is seen from there.
_SEEN_FROM: Final = {
    ("DataCenter", "storage_domains"): frozenset({"status", "master"}),
    ("Cluster", "networks"): frozenset({"status", "required", "display", "usages"}),
}
# A snapshot has the attributes of its machine, which has a table of its own.
_BESIDES: Final = {"Snapshot": "VM"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it holds, and where in a resource that is.

    ``path`` is of attributes of models, one within the other; that of a version is of the whole.
    ``unit`` is said of sizes. ``refers`` is the table whose ``id`` it has.
    """

    name: str
    type: Type
    path: tuple[str, ...] = ()
    unit: str | None = None
    refers: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns, and the tables of what its rows have several of.

    ``class_name`` is that of what a row is of. The first columns are the ``inherited``: they say
    what the row belongs to, by the key of that. ``key`` is the columns that tell a row from others.
    ``path`` leads from the owner to the list that the rows are of; it is empty where they are
    entries of the inventory.
    """

    name: str
    class_name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    owner: str | None = None
    inherited: int = 0
    path: tuple[str, ...] = ()
    below: tuple[Table, ...] = ()

    def __iter__(self) -> Iterator[Table]:
        """The table and all below it."""
        yield self
        for table in self.below:
            yield from table


ASKED: Final = Column("asked", "timestamp")
POSITION: Final = Column("position", "integer")

PROBLEMS: Final = Table(
    "problem",
    "",
    (
        Column("part", "text"),
        Column("path", "text"),
        Column("status", "integer"),
        Column("message", "text"),
        ASKED,
    ),
)


def tables(parts: Sequence[Part] = PARTS) -> tuple[Table, ...]:
    """The tables of the entries of these parts; what belongs to one is in its ``below``."""
    return tuple(_of_entries(class_name) for class_name in ["API", *_classes(parts)])


def _classes(parts: Sequence[Part]) -> Iterator[str]:
    for part in parts:
        yield part.class_name
        for below in part.below:
            yield below.class_name


@cache
def _followed() -> dict[str, frozenset[str]]:
    """What stands within the entries of each class, as it was followed."""
    found = {part.class_name: frozenset(part.follow) for part in PARTS}
    for part in PARTS:
        found |= {below.class_name: frozenset(below.follow) for below in part.below}
    return found


@cache
def _own() -> dict[str, str]:
    """The tables of entries, by the classes of these."""
    return {name: element(model(name)) for name in _classes(PARTS)}


@cache
def _of_entries(class_name: str) -> Table:
    cls = model(class_name)
    name = element(cls)
    columns = (*_columns(cls), ASKED)
    has_id = "id" in fields(cls)
    inherited = (Column(f"{name}_id", "text", refers=name),) if has_id else ()
    below = tuple(
        _of_list(name, inherited, (class_name,), path, (holder.__name__, spec))
        for path, holder, spec in _lists(cls, _followed().get(class_name, frozenset()))
    )
    return Table(name, class_name, columns, ("id",) if has_id else (), below=below)


def _lists(
    cls: type[Struct], followed: frozenset[str], path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], type[Struct], FieldSpec]]:
    """The lists that a class has, or that a structure within it has: where, and whose each is."""
    for name, spec in _attributes(cls):
        if spec.is_list:
            if not spec.is_collection or name in followed:
                yield (*path, name), cls, spec
        elif spec.kind is Kind.STRUCT and not _is_reference(spec) and spec.type_name != "Version":
            yield from _lists(spec.type, frozenset(), (*path, name))


def _of_list(
    owner: str,
    inherited: tuple[Column, ...],
    within: tuple[str, ...],
    path: tuple[str, ...],
    listed: tuple[str, FieldSpec],
) -> Table:
    """The table of a list: ``within`` are the classes that it is in, ``listed`` is whose it is."""
    spec = listed[1]
    one = _singular(spec.name)
    name = "_".join([owner, *path[:-1], one])
    taken = tuple(column.name for column in inherited)
    own = _of_members(one, taken, within, listed)
    if own[0].path != ("id",):
        own = (POSITION, *own)
    known = frozenset(taken) if within[0] not in _MACHINES else _MACHINES_IDS.union(taken)
    columns = (*inherited, *(column for column in own if column.name not in known))
    key = own[0].name
    handed = Column(f"{one}_position", "integer") if own[0] == POSITION else own[0]
    if key == "id":
        handed = Column(f"{element(spec.type)}_id", "text")
    below = _below_members((*inherited, handed), within, listed, name)
    return Table(name, spec.type_name, columns, (*taken, key), owner, len(taken), path, below)


def _of_members(
    one: str, taken: tuple[str, ...], within: tuple[str, ...], listed: tuple[str, FieldSpec]
) -> tuple[Column, ...]:
    """The columns of the members of a list; the first is the id of each, if they have one."""
    spec = listed[1]
    if spec.kind is not Kind.STRUCT:
        return (Column("value", _TYPES[spec.kind], unit=_unit(spec)),)
    if spec.type_name == "Version":
        return (Column("value", "text"),)
    if not _is_known(spec, within):
        return tuple(_columns(spec.type))
    name = f"{element(spec.type)}_id"
    id_ = Column(f"{one}_id" if name in taken else name, "text", ("id",), refers=_table_of(spec))
    seen = _SEEN_FROM.get((listed[0], spec.name), frozenset())
    return (id_, *(column for column in _columns(spec.type) if column.path[0] in seen))


def _below_members(
    inherited: tuple[Column, ...],
    within: tuple[str, ...],
    listed: tuple[str, FieldSpec],
    name: str,
) -> tuple[Table, ...]:
    spec = listed[1]
    if spec.kind is not Kind.STRUCT or spec.type_name == "Version":
        return ()
    seen = _SEEN_FROM.get((listed[0], spec.name), frozenset())
    is_known = _is_known(spec, within)
    return tuple(
        _of_list(name, inherited, (*within, spec.type_name), path, (holder.__name__, each))
        for path, holder, each in _lists(spec.type, frozenset())
        if not is_known or path[0] in seen
    )


def _is_known(spec: FieldSpec, within: tuple[str, ...]) -> bool:
    """Whether the members of a list are resources that have a table beside, or above."""
    return _table_of(spec) is not None or spec.type_name in within


def _columns(cls: type[Struct]) -> Iterator[Column]:
    """The columns of a class: its id first, if it has one."""
    found: dict[str, Column] = {}
    for _, spec in _attributes(cls):
        for column in _of_attribute(spec, ""):
            found.setdefault(column.name, column)
    return iter(found.values())


def _of_attribute(spec: FieldSpec, prefix: str, path: tuple[str, ...] = ()) -> Iterator[Column]:
    """The columns of an attribute: one, none, or those of the structure that it is."""
    name, path = prefix + spec.name.rstrip("_"), (*path, spec.name)
    if spec.is_list:
        return
    if spec.kind is not Kind.STRUCT:
        yield Column(name, _TYPES[spec.kind], path, _unit(spec))
    elif spec.type_name == "Version":
        yield Column(name, "text", path)
    elif _is_reference(spec):
        yield Column(f"{name}_id", "text", (*path, "id"), refers=_table_of(spec))
    else:
        is_identified = issubclass(spec.type, BaseResource)
        for inner_name, inner in _attributes(spec.type):
            if not is_identified or inner_name not in _OF_ALL:
                yield from _of_attribute(inner, f"{name}_", path)


@cache
def _attributes(cls: type[Struct]) -> tuple[tuple[str, FieldSpec], ...]:
    """The attributes of a class that tables have a place for: no secrets, and nothing long."""
    without = _LEFT_OUT | _NEVER_SENT.get(cls.__name__, frozenset())
    if besides := _BESIDES.get(cls.__name__):
        without |= fields(model(besides)).keys() - _OF_ALL
    return tuple(
        (name, spec)
        for name, spec in fields(cls).items()
        if name not in without and not is_secret(cls.__api_name__, spec.wire, None)
    )


def _singular(name: str) -> str:
    return f"{name.removesuffix('ies')}y" if name.endswith("ies") else name.removesuffix("s")


def _table_of(spec: FieldSpec) -> str | None:
    """The table that an id of what an attribute is has its row in, if there is one."""
    return _own().get(spec.type_name)


def _is_reference(spec: FieldSpec) -> bool:
    return issubclass(spec.type, BaseResource) and spec.type_name not in _PARTS_OF_OTHERS


def _unit(spec: FieldSpec) -> str | None:
    return "bytes" if spec.type_name == "Bytes" else None
