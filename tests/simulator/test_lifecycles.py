"""What runs goes through the states that a real engine shows, in its time."""

from __future__ import annotations

from typing import Any

import pytest

from rhev.simulator import Engine
from tests.simulator.asking import Asker

# A machine that is down or up, what is asked of it, and its states: seconds to wait, then a state.
MACHINES = {
    "start": (
        "web-03",
        "start",
        {},
        ["wait_for_launch", (1, "wait_for_launch"), (0.5, "powering_up"), (0.5, "up")],
    ),
    "start, paused": ("web-03", "start", {"pause": "true"}, ["wait_for_launch", (2, "paused")]),
    "stop": ("web-01", "stop", {}, ["powering_down", (8, "powering_down"), (1, "down")]),
    "shutdown": ("web-01", "shutdown", {}, ["powering_down", (1, "powering_down"), (1, "down")]),
    "suspend": ("web-01", "suspend", {}, ["saving_state", (3, "suspended")]),
    "reboot": ("web-01", "reboot", {}, ["reboot_in_progress", (2, "up")]),
    "migrate": ("web-01", "migrate", {}, ["migrating", (3, "up")]),
}
# What is under way when it is answered; all else is complete.
PENDING = {"suspend"}


@pytest.mark.parametrize(("name", "action", "body", "states"), MACHINES.values(), ids=MACHINES)
def test_a_virtual_machine_goes_through_its_states(
    name: str, action: str, body: dict[str, Any], states: list[Any], ask: Asker
) -> None:
    path = ask.path("/vms", name)
    status, answer = ask("POST", f"{path}/{action}", body)
    expected = (202, "pending") if action in PENDING else (200, "complete")
    assert (status, answer["status"]) == expected
    assert ask.get(path)["status"] == states[0]
    for seconds, state in states[1:]:
        ask.engine.advance(seconds)
        assert ask.get(path)["status"] == state


def test_a_machine_that_was_suspended_is_restored(ask: Asker) -> None:
    path = ask.path("/vms", "web-01")
    ask("POST", f"{path}/suspend", {})
    ask.engine.advance(3)
    assert "host" not in ask.get(path)
    ask.act(f"{path}/start")
    assert ask.get(path)["status"] == "wait_for_launch"
    ask.engine.advance(2)
    assert ask.get(path)["status"] == "up"


def test_a_running_machine_has_a_host_a_name_and_a_start(ask: Asker) -> None:
    path = ask.path("/vms", "web-03")
    assert ask.get(path).keys().isdisjoint({"host", "fqdn", "start_time"})
    ask.act(f"{path}/start")
    ask.engine.advance(2)
    running = ask.get(path)
    assert running["fqdn"] == "web-03.example.com"
    assert running["start_time"] == 1_700_000_000_000
    assert ask.get(running["host"]["href"].removeprefix("/ovirt-engine/api"))["status"] == "up"
    ask.act(f"{path}/stop")
    ask.engine.advance(9)
    stopped = ask.get(path)
    assert "host" not in stopped
    assert stopped["stop_time"] == 1_700_000_010_500


def test_a_migration_ends_on_the_other_host(ask: Asker) -> None:
    path = ask.path("/vms", "web-01")
    before = ask.get(path)["host"]["id"]
    ask.act(f"{path}/migrate")
    assert ask.get(path)["host"]["id"] == before
    ask.engine.advance(3)
    assert ask.get(path)["host"]["id"] != before


def test_stopping_gives_up_what_was_under_way(ask: Asker) -> None:
    path = ask.path("/vms", "web-03")
    ask.act(f"{path}/start")
    ask.act(f"{path}/stop")
    ask.engine.advance(10)
    assert ask.get(path)["status"] == "down"


def test_stateless_holds_for_the_run_that_it_was_asked_for(ask: Asker) -> None:
    path = ask.path("/vms", "web-03")
    ask.act(f"{path}/start", {"vm": {"stateless": "true"}})
    # What it is now is kept first.
    assert ask.get(path)["status"] == "down"
    ask.engine.advance(20)
    running = ask.get(path)
    assert (running["status"], running["stateless"]) == ("up", "true")
    ask.act(f"{path}/stop")
    ask.engine.advance(9)
    assert ask.get(path)["stateless"] == "false"
    status, refused = ask("POST", f"{path}/start", {})
    assert (status, refused["status"]) == (409, "failed")
    ask.engine.advance(20)
    ask.act(f"{path}/start")


REFUSED = [
    ("web-01", "start", "[Cannot run VM. VM is running.]"),
    ("web-03", "migrate", "[Cannot migrate VM. VM is not running.]"),
    *(
        ("web-03", action, f"[Cannot {action} VM. VM is not running.]")
        for action in ("reboot", "reset")
    ),
    ("web-03", "suspend", "[Cannot suspend VM. VM is not up.]"),
    ("web-03", "ticket", "[Cannot set Virtual Machine Ticket because the VM is in Down status.]"),
]


@pytest.mark.parametrize(("name", "action", "detail"), REFUSED)
def test_an_action_that_the_state_does_not_allow_fails(
    name: str, action: str, detail: str, ask: Asker
) -> None:
    path = ask.path("/vms", name)
    before = ask.get(path)
    status, document = ask("POST", f"{path}/{action}", {})
    assert status == 409
    assert document["status"] == "failed"
    assert document["fault"] == {"detail": detail, "reason": "Operation Failed"}
    assert ask.get(path) == before


def test_a_machine_on_the_only_host_of_its_cluster_cannot_migrate(ask: Asker) -> None:
    status, document = ask("POST", f"{ask.path('/vms', 'db-01')}/migrate", {})
    assert (status, document["status"]) == (400, "failed")
    assert document["fault"]["detail"].startswith("[There are no hosts to use.")


@pytest.mark.parametrize("action", ["stop", "shutdown"])
def test_what_is_down_can_be_stopped(action: str, ask: Asker) -> None:
    status, document = ask("POST", f"{ask.path('/vms', 'web-03')}/{action}", {})
    assert (status, document["status"]) == (200, "complete")


def test_nobody_may_detach_a_machine_of_no_pool(ask: Asker) -> None:
    status, document = ask("POST", f"{ask.path('/vms', 'web-03')}/detach", {})
    assert (status, document["status"]) == (403, "failed")


def test_an_action_that_nobody_waits_for_is_pending(ask: Asker) -> None:
    path = ask.path("/vms", "web-03")
    status, action = ask("POST", f"{path}/start", {"async": "true"})
    assert (status, action["status"]) == (202, "pending")


def test_a_host_goes_into_maintenance_and_its_guests_to_another(ask: Asker) -> None:
    path = ask.path("/hosts", "node-01")
    assert int(ask.get(path)["summary"]["total"]) > 0
    ask.act(f"{path}/deactivate")
    assert ask.get(path)["status"] == "preparing_for_maintenance"
    ask.engine.advance(3)
    host = ask.get(path)
    assert (host["status"], host["summary"]["total"]) == ("maintenance", "0")
    ask.act(f"{path}/activate")
    assert ask.get(path)["status"] == "unassigned"
    ask.engine.advance(0.5)
    assert ask.get(path)["status"] == "initializing"
    ask.engine.advance(0.5)
    assert ask.get(path)["status"] == "up"


def test_a_storage_domain_is_put_into_maintenance_detached_and_attached(ask: Asker) -> None:
    center = ask.path("/datacenters", "Default")
    attached = ask.path(f"{center}/storagedomains", "data-02")
    domain = ask.path("/storagedomains", "data-02")
    assert ask.get(attached)["status"] == "active"
    assert "status" not in ask.get(domain)
    assert ask("DELETE", attached)[0] == 409
    ask.act(f"{attached}/deactivate")
    assert ask.get(attached)["status"] == "locked"
    ask.engine.advance(10)
    assert ask.get(attached)["status"] == "preparing_for_maintenance"
    ask.engine.advance(5)
    assert ask("DELETE", attached)[0] == 200
    assert ask.get(domain)["status"] == "unattached"
    assert ask.add(f"{center}/storagedomains", {"name": "data-02"})["status"] == "active"
    assert "status" not in ask.get(domain)


def test_a_snapshot_and_an_image_transfer_come_to_an_end(ask: Asker) -> None:
    vm = ask.path("/vms", "web-01")
    snapshot = ask.add(f"{vm}/snapshots", {"description": "now"})
    assert snapshot["snapshot_status"] == "locked"
    ask.engine.advance(11)
    assert ask.get(f"{vm}/snapshots/{snapshot['id']}")["snapshot_status"] == "ok"
    disk = ask.path("/disks", "spare").rpartition("/")[2]
    transfer = ask.add("/imagetransfers", {"disk": {"id": disk}, "direction": "download"})
    path = f"/imagetransfers/{transfer['id']}"
    assert transfer["phase"] == "initializing"
    ask.engine.advance(1)
    assert ask.get(path)["phase"] == "transferring"
    ask.act(f"{path}/finalize")
    assert ask.get(path)["phase"] == "finalizing_success"
    ask.engine.advance(1)
    assert ask.get(path)["phase"] == "finished_success"


def test_an_engine_may_be_so_quick_that_it_is_done_before_it_answers() -> None:
    ask = Asker(Engine.demo(speed=1_000_000))
    states = {disk["status"] for disk in ask.get("/disks")["disk"]}
    assert states == {"ok"}
