"""What an inventory is written as: tables that are joined, and give what the API gives."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from rhev import Connection, schema
from rhev.inventory import Entry, Inventory, Problem, gather, parts
from rhev.inventory.rows import Rows
from rhev.inventory.writing import Format, format_of, writing
from rhev.simulator import Engine, ManualClock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Model, Action = schema.WatchdogModel, schema.WatchdogAction
LUN = "36001405abcdef0000000000000000001"


@pytest.fixture(scope="module")
def connection() -> Iterator[Connection]:
    """To an estate that has all that migration tools ask for, over HTTP."""
    engine = Engine.demo(clock=ManualClock())
    with (
        engine.serve() as server,
        Connection(server.url, server.username, server.password) as connection,
    ):
        host = connection.get(schema.Host, name="node-01")
        vm = connection.get(schema.VM, name="app-03")
        vm.placement_policy = schema.VmPlacementPolicy(hosts=[schema.Host(id=host.id)])
        vm.update()
        device = connection.getall(schema.HostDevice, base=host)[0].name
        connection.create(schema.HostDevice(name=device), base=vm)
        connection.create(schema.WatchDog(model=Model.I6300ESB, action=Action.RESET), base=vm)
        connection.create(schema.Snapshot(description="before"), base=vm)
        target = "iqn.2026-01.com.example:a"
        unit = schema.LogicalUnit(id=LUN, address="192.0.2.5", port=3260, target=target)
        storage = schema.HostStorage(type=schema.StorageType.ISCSI, logical_units=[unit])
        connection.create(schema.Disk(alias="lun", lun_storage=storage))
        yield connection


@pytest.fixture(scope="module")
def entries(connection: Connection) -> list[Entry | Problem]:
    problem = Problem("disks", "/disks/1", "Not today.", 403, "2026-01-01T00:00:00.000Z")
    return [*gather(connection), problem]


def write(path: Path, format: Format, entries: list[Entry | Problem]) -> Path:
    with writing(path, format) as writer:
        for entry in entries:
            writer.write(entry)
    return path


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory, entries: list[Entry | Problem]) -> Path:
    return write(tmp_path_factory.mktemp("sqlite") / "estate.sqlite", Format.SQLITE, entries)


@pytest.fixture(scope="module")
def database(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(file)) as database:
        yield database


# What Forklift and the like ask an engine for, and the table that has it.
ASKED_FOR = [
    *("data_center", "storage_domain", "vnic_profile", "disk_profile", "cluster", "network"),
    *("host", "host_nic", "host_network_attachment", "vm", "vm_disk_attachment", "vm_nic"),
    *("vm_host_device", "vm_snapshot", "vm_watchdog", "vm_cdrom", "disk"),
    *("disk_storage_domain", "disk_lun_storage_logical_unit", "cluster_network"),
]


@pytest.mark.parametrize("table", ASKED_FOR)
def test_what_migration_tools_ask_for_is_in_it(table: str, database: sqlite3.Connection) -> None:
    (count,) = database.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
    assert count > 0


def test_every_reference_of_the_estate_is_to_a_row(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_joined_disks_are_those_of_the_api(
    connection: Connection, database: sqlite3.Connection
) -> None:
    query = (
        "SELECT vm.name, disk.provisioned_size, storage_domain.name FROM vm"
        " JOIN vm_disk_attachment AS a ON a.vm_id = vm.id JOIN disk ON disk.id = a.disk_id"
        " JOIN disk_storage_domain AS d ON d.disk_id = disk.id"
        " JOIN storage_domain ON storage_domain.id = d.storage_domain_id"
    )
    domains = {each.id: each.name for each in connection.getall(schema.StorageDomain)}
    told = []
    for vm in connection.getall(schema.VM, follow="disk_attachments.disk"):
        for attachment in vm.disk_attachments or ():
            disk = attachment.disk
            assert disk is not None
            homes = [domains[each.id] for each in disk.storage_domains or ()]
            told += [(vm.name, disk.provisioned_size, home) for home in homes]
    assert sorted(database.execute(query)) == sorted(told)
    assert told
    view = database.execute("SELECT vm, provisioned_size, storage_domain FROM vm_disk")
    assert sorted(view) == sorted(told)


def test_the_networks_of_machines_are_those_of_the_api(
    connection: Connection, database: sqlite3.Connection
) -> None:
    told = []
    for vm in connection.getall(schema.VM, follow="nics.vnic_profile.network"):
        for nic in vm.nics or ():
            assert nic.mac is not None
            assert nic.vnic_profile is not None
            assert nic.vnic_profile.network is not None
            told.append((vm.name, nic.mac.address, nic.vnic_profile.network.name))
    view = database.execute("SELECT vm, mac_address, network FROM vm_network")
    assert sorted(view) == sorted(told)


def test_memory_is_in_bytes_and_times_are_of_utc(
    connection: Connection, database: sqlite3.Connection
) -> None:
    vm = connection.get(schema.VM, name="web-01")
    memory, created, version, protected = database.execute(
        "SELECT vm.memory, creation_time, cluster.version, delete_protected"
        " FROM vm JOIN cluster ON cluster.id = cluster_id WHERE vm.name = 'web-01'"
    ).fetchone()
    assert memory == vm.memory
    assert created.endswith("Z")
    assert datetime.fromisoformat(created) == vm.creation_time
    cluster = connection.get(schema.Cluster, name="Default")
    assert cluster.version is not None
    assert version == f"{cluster.version.major}.{cluster.version.minor}"
    assert protected == int(vm.delete_protected or False)


def test_what_could_not_be_read_is_a_table_too(database: sqlite3.Connection) -> None:
    assert database.execute("SELECT part, status, message FROM problem").fetchall() == [
        ("disks", 403, "Not today.")
    ]


def test_a_database_is_read_back_as_what_was_gathered(
    file: Path, entries: list[Entry | Problem]
) -> None:
    read, whole = Inventory.read(file), Inventory(entries)
    assert read.problems == whole.problems
    assert read.types == whole.types
    assert read.asked == whole.asked
    assert read.of(schema.VM) == whole.of(schema.VM)


def test_a_database_of_something_else_is_no_inventory(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE machine (name)")
    with pytest.raises(ValueError, match=r"other\.sqlite is no inventory: no such table"):
        Inventory.read(path)


def test_an_inventory_of_some_parts_has_their_tables(
    tmp_path: Path, entries: list[Entry | Problem]
) -> None:
    path = tmp_path / "some.sqlite"
    with writing(path, Format.SQLITE, parts(["vms"])) as writer:
        for entry in entries:
            writer.write(entry)
    with closing(sqlite3.connect(path)) as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_schema")}
        (count,) = database.execute("SELECT count(*) FROM vm").fetchone()
    assert {"vm", "vm_nic"} <= tables
    assert tables.isdisjoint({"disk", "vm_disk", "host"})
    assert count == 12


def test_csv_has_every_row_with_its_header(tmp_path: Path, entries: list[Entry | Problem]) -> None:
    folder = write(tmp_path / "estate.csv", Format.CSV, entries)
    rows = Rows()
    written: dict[str, list[list[str]]] = {table.name: [] for table in rows.tables}
    for entry in entries:
        for name, row in rows.of(entry):
            written[name].append([as_text(value) for value in row])
    for table in rows.tables:
        with (folder / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
            header, *read = csv.reader(file)
        assert header == [column.name for column in table.columns]
        assert read == written[table.name]


def as_text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        assert value.tzinfo is UTC
        return value.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return "" if value is None else str(value)


def test_csv_keeps_line_ends_and_quotes_within_a_value(tmp_path: Path) -> None:
    said = 'one "two"\r\nthree, \u00fc'
    entry = Entry("tag", {"id": "1", "description": said}, "")
    folder = write(tmp_path / "estate.csv", Format.CSV, [entry])
    with (folder / "tag.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["description"] == said


def test_parquet_has_every_row_with_its_type(
    tmp_path: Path, entries: list[Entry | Problem]
) -> None:
    parquet: Any = pytest.importorskip(
        "pyarrow.parquet", reason="the extra parquet is not installed"
    )
    folder = write(tmp_path / "estate.parquet", Format.PARQUET, entries)
    rows = Rows()
    written: dict[str, list[tuple[object, ...]]] = {table.name: [] for table in rows.tables}
    for entry in entries:
        for name, row in rows.of(entry):
            written[name].append(row)
    for table in rows.tables:
        read = parquet.read_table(folder / f"{table.name}.parquet")
        assert read.column_names == [column.name for column in table.columns]
        assert [tuple(row.values()) for row in read.to_pylist()] == written[table.name]
    types = parquet.read_schema(folder / "vm.parquet")
    assert str(types.field("creation_time").type) == "timestamp[ms, tz=UTC]"
    assert types.field("memory").metadata == {b"unit": b"bytes"}
    assert types.field("cluster_id").metadata == {b"refers": b"cluster"}


def test_parquet_without_pyarrow_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with (
        pytest.raises(ImportError, match=r"pip install 'rhev\[parquet\]'"),
        writing(tmp_path / "estate.parquet", Format.PARQUET),
    ):
        pass
    assert list(tmp_path.iterdir()) == []


DOCUMENTS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"memory": "4294967296"}, {"memory": 4 << 30}),
    ({"memory": str(1 << 70)}, {"memory": None}),
    ({"status": "dreaming"}, {"status": "dreaming"}),
    ({"creation_time": 1700000000000}, {"creation_time": datetime.fromtimestamp(1.7e9, UTC)}),
    ({"nics": "none"}, {}),
    ({"cpu": {"topology": {"cores": "4"}}}, {"cpu_topology_cores": 4}),
    ({"os": "linux"}, {"os_type": None}),
    ({"cluster": {"id": "c"}}, {"cluster_id": "c"}),
    ({"custom_compatibility_version": {"major": "4", "minor": "6"}}, {
        "custom_compatibility_version": "4.6"}),
    ({"initialization": {"root_password": "***", "user_name": "me"}},
     {"initialization_user_name": "me"}),
]  # fmt: skip


@pytest.mark.parametrize(("document", "told"), DOCUMENTS)
def test_a_document_as_a_row(document: dict[str, Any], told: dict[str, Any]) -> None:
    rows = Rows(parts(["vms"]))
    table = next(table for table in rows.tables if table.name == "vm")
    found = list(rows.of(Entry("vm", {"id": "1", **document}, "")))
    assert [name for name, _ in found] == ["vm"]
    names = [column.name for column in table.columns]
    row = dict(zip(names, found[0][1], strict=True))
    assert row | told == row
    assert "***" not in row.values()


def test_no_table_has_a_column_twice_or_a_secret() -> None:
    for table in Rows().tables:
        names = [column.name for column in table.columns]
        assert len(set(names)) == len(names), table.name
        assert set(table.key) <= set(names)
        assert not [name for name in names if "password" in name]


@pytest.mark.parametrize("format", Format)
def test_what_was_there_stays_where_writing_fails(tmp_path: Path, format: Format) -> None:
    if format is Format.PARQUET:
        pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    path = tmp_path / f"estate.{format}"
    entry = Entry("tag", {"id": "1", "name": "old"}, "")
    write(path, format, [entry])
    before = content(path)
    with pytest.raises(KeyboardInterrupt), writing(path, format) as writer:  # noqa: PT012
        writer.write(entry)
        raise KeyboardInterrupt
    assert content(path) == before
    assert list(tmp_path.iterdir()) == [path]
    write(path, format, [Entry("tag", {"id": "2", "name": "new"}, "")])
    assert content(path) != before
    assert list(tmp_path.iterdir()) == [path]


def content(path: Path) -> dict[str, bytes]:
    files = path.iterdir() if path.is_dir() else [path]
    return {file.name: file.read_bytes() for file in files}


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "home.csv"
    folder.mkdir()
    (folder / "letter.txt").write_text("Dear")
    with (
        pytest.raises(ValueError, match=r"something else than an inventory in it: letter\.txt"),
        writing(folder, Format.CSV),
    ):
        pass
    with (
        pytest.raises(ValueError, match="is a folder, and sqlite is written to a file"),
        writing(folder, Format.SQLITE),
    ):
        pass
    assert [each.name for each in tmp_path.rglob("*")] == ["home.csv", "letter.txt"]


def test_an_ending_that_says_no_format_is_refused(tmp_path: Path) -> None:
    assert format_of(tmp_path / "estate.DB") is Format.SQLITE
    with pytest.raises(ValueError, match=r"'estate\.xlsx' says no format"):
        format_of(tmp_path / "estate.xlsx")
