"""An inventory as an SQLite database."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING, Final

from pydantic_core import to_json

from rhev.inventory.entries import Problem, iso

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from rhev.inventory.entries import Entry
    from rhev.inventory.rows import Rows, Value
    from rhev.inventory.tables import Table, Type

_TYPES: Final[dict[Type, str]] = {
    "text": "TEXT",
    "integer": "INTEGER",
    "real": "REAL",
    "boolean": "INTEGER",
    "timestamp": "TEXT",
}
_HELD: Final = 2000

# What is joined most: a machine's disks and where they are, and its NICs and what they are in.
_VIEWS: Final = {
    "vm_disk": (
        ("vm", "vm_disk_attachment", "disk", "disk_storage_domain", "storage_domain"),
        "SELECT vm.id AS vm_id, vm.name AS vm, disk.id AS disk_id, disk.alias AS disk,"
        " a.interface, a.bootable, a.active, a.read_only, disk.storage_type, disk.status,"
        " disk.format, disk.sparse, disk.shareable, disk.provisioned_size, disk.actual_size,"
        " storage_domain.id AS storage_domain_id, storage_domain.name AS storage_domain"
        " FROM vm JOIN vm_disk_attachment AS a ON a.vm_id = vm.id"
        " LEFT JOIN disk ON disk.id = a.disk_id"
        " LEFT JOIN disk_storage_domain AS d ON d.disk_id = disk.id"
        " LEFT JOIN storage_domain ON storage_domain.id = d.storage_domain_id",
    ),
    "vm_network": (
        ("vm", "vm_nic", "vnic_profile", "network"),
        "SELECT vm.id AS vm_id, vm.name AS vm, nic.id AS nic_id, nic.name AS nic, nic.mac_address,"
        " nic.interface, nic.plugged, nic.linked, vnic_profile.id AS vnic_profile_id,"
        " vnic_profile.name AS vnic_profile, network.id AS network_id, network.name AS network,"
        " network.vlan_id, network.mtu"
        " FROM vm JOIN vm_nic AS nic ON nic.vm_id = vm.id"
        " LEFT JOIN vnic_profile ON vnic_profile.id = nic.vnic_profile_id"
        " LEFT JOIN network ON network.id = vnic_profile.network_id",
    ),
}


class SqliteFile:
    """A database of the tables, with their keys, and of the documents that they were made of.

    Booleans are 0 and 1, times texts in ISO 8601, UTC. Foreign keys are declared and not enforced:
    an engine, or a user's rights, may leave out what is referred to.
    """

    def __init__(self, path: Path, rows: Rows) -> None:
        self._rows = rows
        self._held: defaultdict[str, list[Sequence[Value]]] = defaultdict(list)
        self._count = 0
        self._database = sqlite3.connect(path, isolation_level=None)
        # Nobody reads the file before it is whole, and nothing is left of one that is not.
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("PRAGMA synchronous = OFF")
        self._database.execute("BEGIN")
        self._database.execute(
            "CREATE TABLE document (type TEXT NOT NULL, id TEXT, asked TEXT, resource TEXT)"
        )
        by_name = {table.name: table for table in rows.tables}
        for table in rows.tables:
            self._database.execute(_create(table, by_name))
        for name, (needed, query) in _VIEWS.items():
            if by_name.keys() >= set(needed):
                self._database.execute(f"CREATE VIEW {name} AS {query}")
        self._insert = {table.name: _insert(table) for table in rows.tables}
        self._insert["document"] = "INSERT INTO document VALUES (?, ?, ?, ?)"

    def write(self, entry: Entry | Problem) -> None:
        if not isinstance(entry, Problem):
            id_ = entry.resource.get("id")
            document = to_json(entry.resource).decode()
            self._hold("document", (entry.type, id_, entry.asked, document))
        for name, row in self._rows.of(entry):
            self._hold(name, [iso(it) if type(it) is datetime else it for it in row])

    def close(self, *, whole: bool) -> None:
        try:
            if whole:
                self._flush()
                for table in self._rows.tables:
                    for index in _indices(table):
                        self._database.execute(index)
                self._database.execute("COMMIT")
                self._database.execute("ANALYZE")
        finally:
            self._database.close()

    def _hold(self, name: str, row: Sequence[Value]) -> None:
        self._held[name].append(row)
        self._count += 1
        if self._count >= _HELD:
            self._flush()

    def _flush(self) -> None:
        for name, rows in self._held.items():
            self._database.executemany(self._insert[name], rows)
        self._held.clear()
        self._count = 0


def _create(table: Table, tables: Mapping[str, Table]) -> str:
    lines = [f'"{column.name}" {_TYPES[column.type]}' for column in table.columns]
    if table.key:
        lines.append(f"PRIMARY KEY ({_quoted(table.key)})")
    if table.owner is not None:
        inherited = [column.name for column in table.columns[: table.inherited]]
        lines.append(_refers(inherited, table.owner, tables[table.owner].key))
    lines += [
        _refers([column.name], column.refers, ["id"])
        for column in table.columns
        if column.refers is not None and column.refers in tables and column.refers != table.owner
    ]
    return f'CREATE TABLE "{table.name}" ({", ".join(lines)})'


def _refers(names: Sequence[str], table: str, key: Sequence[str]) -> str:
    return f'FOREIGN KEY ({_quoted(names)}) REFERENCES "{table}" ({_quoted(key)})'


def _insert(table: Table) -> str:
    # The same thing twice in a list is one row.
    places = ", ".join("?" * len(table.columns))
    return f'INSERT OR IGNORE INTO "{table.name}" VALUES ({places})'  # noqa: S608 - of the models


def _indices(table: Table) -> Iterator[str]:
    """What makes joins quick that come from the other side."""
    for column in table.columns:
        if column.refers is not None and (not table.key or column.name != table.key[0]):
            name = f"{table.name}_by_{column.name}"
            yield f'CREATE INDEX "{name}" ON "{table.name}" ("{column.name}")'


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
