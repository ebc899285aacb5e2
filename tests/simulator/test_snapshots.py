"""Snapshots hold what a machine was, and a machine is busy while they are worked on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.simulator.asking import Asker


@pytest.fixture
def vm(ask: Asker) -> str:
    return ask.path("/vms", "web-03")


@pytest.fixture
def snapshot(ask: Asker, vm: str) -> str:
    """A snapshot of the machine, whose memory and NICs have changed since."""
    made = ask.add(f"{vm}/snapshots", {"description": "before"})
    ask.engine.advance(11)
    ask("PUT", vm, {"memory": 3 << 30})
    ask.add(f"{vm}/nics", {"name": "added"})
    return str(made["id"])


def _previewed(ask: Asker, vm: str, snapshot: str) -> None:
    status, answer = ask("POST", f"{vm}/previewsnapshot", {"snapshot": {"id": snapshot}})
    assert (status, answer["status"], answer["async"]) == (202, "pending", "true")
    assert ask.get(vm)["status"] == "image_locked"
    ask.engine.advance(2)


def _kinds(ask: Asker, vm: str) -> list[tuple[str, str]]:
    listed = ask.get(f"{vm}/snapshots")["snapshot"]
    return [(entry["snapshot_type"], entry["snapshot_status"]) for entry in listed]


def test_a_snapshot_is_what_the_machine_ran_on(ask: Asker, vm: str) -> None:
    (active,) = ask.get(f"{vm}/snapshots")["snapshot"]
    assert ask.add(f"{vm}/snapshots", {"description": "now"})["id"] == active["id"]
    assert _kinds(ask, vm) == [("active", "ok"), ("regular", "locked")]


def test_a_preview_brings_back_what_was(ask: Asker, vm: str, snapshot: str) -> None:
    memory = ask.get(f"{vm}/snapshots/{snapshot}")["vm"]["memory"]
    _previewed(ask, vm, snapshot)
    assert ask.get(vm)["memory"] == memory
    assert "added" not in ask.names(f"{vm}/nics")
    assert ("regular", "in_preview") in _kinds(ask, vm)
    assert ("preview", "ok") in _kinds(ask, vm)


def test_undoing_a_preview_brings_back_what_is(ask: Asker, vm: str, snapshot: str) -> None:
    _previewed(ask, vm, snapshot)
    assert ask("POST", f"{vm}/undosnapshot", {})[0] == 202
    assert ask.get(vm)["memory"] == str(3 << 30)
    assert "added" in ask.names(f"{vm}/nics")
    # It is down, and yet busy.
    assert ask.get(vm)["status"] == "down"
    assert ask("POST", f"{vm}/previewsnapshot", {"snapshot": {"id": snapshot}})[0] == 409
    ask.engine.advance(7)
    assert sorted(_kinds(ask, vm)) == [("active", "ok"), ("regular", "ok")]
    _previewed(ask, vm, snapshot)


def test_a_commit_forgets_what_came_after(ask: Asker, vm: str, snapshot: str) -> None:
    ask.engine.advance(60)
    ask.add(f"{vm}/snapshots", {"description": "after"})
    ask.engine.advance(11)
    _previewed(ask, vm, snapshot)
    assert ask("POST", f"{vm}/commitsnapshot", {})[0] == 202
    assert ask.get(vm)["status"] == "image_locked"
    assert sorted(_kinds(ask, vm)) == [("active", "ok"), ("regular", "ok")]
    ask.engine.advance(30)
    assert ask.get(vm)["status"] == "down"
    assert "added" not in ask.names(f"{vm}/nics")


def test_a_snapshot_is_restored_and_removed(ask: Asker, vm: str, snapshot: str) -> None:
    path = f"{vm}/snapshots/{snapshot}"
    ask.act(f"{path}/restore")
    assert "added" not in ask.names(f"{vm}/nics")
    assert ask("DELETE", path)[0] == 409
    ask.engine.advance(7)
    assert ask("DELETE", path)[0] == 200
    assert ask.get(path)["snapshot_status"] == "locked"
    assert ask("POST", f"{vm}/start", {})[0] == 409
    ask.engine.advance(24)
    assert ask("GET", path)[0] == 404
    ask.act(f"{vm}/start")


@pytest.mark.parametrize("action", ["undosnapshot", "commitsnapshot"])
def test_without_a_preview_there_is_nothing_to_leave(action: str, ask: Asker, vm: str) -> None:
    status, answer = ask("POST", f"{vm}/{action}", {})
    assert (status, answer["status"]) == (400, "failed")


def test_a_disk_in_a_snapshot_is_another_than_the_live_one(ask: Asker, vm: str) -> None:
    (attachment,) = ask.get(f"{vm}/diskattachments")["disk_attachment"]
    disk = f"/disks/{attachment['id']}"
    size = ask.get(disk)["provisioned_size"]
    snapshot = ask.add(f"{vm}/snapshots", {"description": "now"})["id"]
    ask.engine.advance(11)
    ask("PUT", disk, {"provisioned_size": int(size) * 2})
    ask.engine.advance(9)
    assert ask.get(disk)["provisioned_size"] == str(int(size) * 2)
    (kept,) = ask.get(f"{vm}/snapshots/{snapshot}/disks")["disk"]
    assert kept["provisioned_size"] == size
    assert ask("DELETE", f"{vm}/diskattachments/{attachment['id']}")[0] == 409
