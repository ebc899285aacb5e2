"""An estate from what was recorded of an engine: of this one, and of real ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import rhev
from rhev import schema
from rhev.simulator import Engine, ManualClock
from tests.conformance.exchanges import RECORDINGS
from tests.conformance.loaded import INVENTORY, cassette, held

if TYPE_CHECKING:
    from pathlib import Path

is_recorded = pytest.mark.skipif(not RECORDINGS.exists(), reason="there are no recordings here")


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a program has read of a demonstration that had gone on."""
    path = tmp_path_factory.mktemp("recorded") / "traffic.jsonl"
    engine = Engine.demo(clock=ManualClock())
    with engine.connect() as conn:
        conn.create(schema.Tag(name="ours"))
        conn.get(schema.Tag, name="staging").delete()
    with engine.connect(record=path) as conn:
        for kind in ("datacenters", "clusters", "hosts", "storagedomains", "networks", "disks"):
            conn.request("GET", f"/{kind}")
        for kind in ("vnicprofiles", "templates", "tags"):
            conn.request("GET", f"/{kind}")
        conn.getall(schema.StorageDomain, base=conn.get(schema.DataCenter, name="Default"))
        for vm in conn.getall(schema.VM, follow="nics,disk_attachments"):
            conn.getall(schema.Snapshot, base=vm)
    return path


def test_what_was_read_is_there(heard: Path) -> None:
    conn = Engine.load(heard, clock=ManualClock()).connect()
    assert {tag.name for tag in conn.getall(schema.Tag)} == {"production", "ours", "root"}
    vm = conn.get(schema.VM, name="web-01", follow="nics,disk_attachments.disk,snapshots")
    assert [nic.name for nic in vm.nics or ()] == ["nic1"]
    assert [each.disk.name for each in vm.disk_attachments or () if each.disk] == ["rhel9_root"]
    assert len(vm.snapshots or ()) == 1
    assert conn.get(schema.VM, name="db-01", follow="cluster").cluster.name == "databases"  # type: ignore[union-attr]


def test_it_answers_its_own_requests_alike(heard: Path) -> None:
    result = held(heard)
    assert result.tried > 20
    assert not result.unknown, result.unknown
    assert result.same / result.tried > 0.9


def test_it_goes_on_from_there(heard: Path, tmp_path: Path) -> None:
    engine = Engine.load(heard, clock=ManualClock())
    conn = engine.connect()
    vm = conn.get(schema.VM, name="app-03")
    vm.start()
    vm.wait_for_status("up")
    new = conn.create(
        schema.VM(
            name="new",
            cluster=schema.Cluster(name="Default"),
            template=schema.Template(name="rhel9"),
        )
    )
    new.wait_for_status("down")
    engine.save(tmp_path / "estate.json")
    assert Engine.load(tmp_path / "estate.json").connect().get(schema.VM, name="new").id == new.id


@is_recorded
def test_an_inventory_of_a_real_engine_answers_its_own_requests_alike() -> None:
    result = held(INVENTORY)
    assert (result.tried, result.unknown) == (53, {})
    assert result.same >= 39


@is_recorded
def test_so_does_what_was_read_of_another(tmp_path: Path) -> None:
    result = held(cassette(tmp_path))
    assert result.tried > 1000
    assert result.same / result.tried > 0.65


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "has no document of an engine's"),
        ("{}", "is no cassette: an exchange is an object with method, url and status"),
        ('{"method": "GET", "url": "/ovirt-engine/api/vms", "status": 404}', "has no document"),
    ],
)
def test_a_file_that_tells_nothing(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "traffic.jsonl"
    file.write_text(content)
    with pytest.raises(rhev.ParseError, match=said):
        Engine.load(file)
