"""What is under way refuses what would get into its way, whatever the status says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.simulator.asking import Asker


def _vm(ask: Asker) -> str:
    return ask.path("/vms", "web-03")


def _disk(ask: Asker) -> str:
    return ask.path("/disks", "spare")


def test_a_clone_appears_when_its_job_has_ended(ask: Asker) -> None:
    vm = _vm(ask)
    answer = ask.act(f"{vm}/clone", {"vm": {"name": "twin"}})
    job = answer["job"]["href"].removeprefix("/ovirt-engine/api")
    assert "twin" not in ask.names("/vms")
    assert ask.get(job)["status"] == "started"
    status, _ = ask("POST", "/templates", {"name": "t", "vm": {"id": vm.rpartition("/")[2]}})
    assert (status, ask.get(vm)["status"]) == (409, "down")
    ask.engine.advance(30)
    assert "twin" in ask.names("/vms")
    assert ask.get(job)["status"] == "finished"


def test_a_machine_is_locked_while_a_template_is_made_of_it(ask: Asker) -> None:
    vm = _vm(ask)
    made = ask.add("/templates", {"name": "made", "vm": {"id": vm.rpartition("/")[2]}})
    assert (made["status"], ask.get(vm)["status"]) == ("locked", "image_locked")
    wanted = {"name": "early", "cluster": {"name": "Default"}, "template": {"name": "made"}}
    assert ask("POST", "/vms", wanted)[0] == 409
    ask.engine.advance(4)
    assert ask("POST", "/vms", wanted)[0] == 202


def test_versions_of_a_template_have_its_name_and_a_number(ask: Asker) -> None:
    vm = {"id": _vm(ask).rpartition("/")[2]}
    base = ask.add("/templates", {"name": "base", "vm": vm})
    ask.engine.advance(4)
    version = {"version_name": "second", "base_template": {"id": base["id"]}}
    made = ask.add("/templates", {"name": "base", "vm": vm, "version": version})
    assert (made["name"], made["version"]["version_number"]) == ("base", "2")


def test_a_pool_that_is_made_cannot_be_changed_yet(ask: Asker) -> None:
    template = ask.get("/templates?search=name%3D%22rhel*%22")["template"][0]["id"]
    wanted = {"name": "pool", "size": 2, "cluster": {"name": "Default"}}
    pool = ask.add("/vmpools", {**wanted, "template": {"id": template}})
    path = f"/vmpools/{pool['id']}"
    assert ask("PUT", path, {"size": 3})[0] == 409
    assert ask("POST", f"{path}/allocatevm", {})[0] == 409
    ask.engine.advance(9)
    assert ask("PUT", path, {"size": 3})[0] == 200
    ask.act(f"{path}/allocatevm")
    assert len(ask.get("/vms?search=name%3Dpool-*")["vm"]) == 3


DISKS: list[tuple[str, dict[str, Any]]] = [
    ("PUT", {"description": "x"}),
    ("PUT", {"provisioned_size": 1 << 40}),
]


@pytest.mark.parametrize(("verb", "body"), DISKS)
def test_a_disk_is_locked_while_it_is_changed(verb: str, body: dict[str, Any], ask: Asker) -> None:
    disk = _disk(ask)
    before = ask.get(disk)
    status, answer = ask(verb, disk, body)
    assert (status, answer["status"]) == (200, "locked")
    assert answer["provisioned_size"] == before["provisioned_size"]
    assert ask(verb, disk, body)[0] == 409
    ask.engine.advance(9)
    changed = ask.get(disk)
    assert changed["status"] == "ok"
    assert all(changed[name] == str(value) for name, value in body.items())


def test_a_disk_does_not_shrink(ask: Asker) -> None:
    disk = _disk(ask)
    before = ask.get(disk)
    assert ask("PUT", disk, {"provisioned_size": 1 << 20, "description": "x"})[0] == 400
    assert ask.get(disk) == before


def test_what_is_copied_cannot_be_moved(ask: Asker) -> None:
    disk, domain = _disk(ask), {"storage_domain": {"name": "data-02"}}
    ask.act(f"{disk}/copy", {**domain, "disk": {"name": "copied"}})
    assert ask.get(disk)["status"] == "ok"
    assert ask("POST", f"{disk}/move", domain)[0] == 409
    ask.engine.advance(22)
    assert ask.get(ask.path("/disks", "copied"))["status"] == "ok"


def test_a_second_disk_to_boot_from_is_refused_and_nothing_is_made(ask: Asker) -> None:
    vm, disks = _vm(ask), ask.get("/disks")
    disk = {"name": "second", "format": "cow", "provisioned_size": 1 << 30}
    attachment = {"bootable": True, "interface": "virtio", "disk": disk}
    assert ask("POST", f"{vm}/diskattachments", attachment)[0] == 409
    assert ask.get("/disks") == disks


def test_a_machine_without_disks_boots_from_the_network_only(ask: Asker) -> None:
    wanted = {"name": "bare", "cluster": {"name": "Default"}, "template": {"name": "Blank"}}
    vm = f"/vms/{ask.add('/vms', wanted)['id']}"
    assert ask("POST", f"{vm}/start", {})[0] == 409
    ask.act(f"{vm}/start", {"vm": {"os": {"boot": {"devices": {"device": ["network"]}}}}})


def test_a_domain_that_machines_run_from_stays_active(ask: Asker) -> None:
    center = ask.path("/datacenters", "Default")
    used = ask.path(f"{center}/storagedomains", "data-01")
    assert ask("POST", f"{used}/deactivate", {})[0] == 409
    assert ask.get(used)["status"] == "active"


def test_a_domain_is_removed_by_a_host_or_only_forgotten(ask: Asker) -> None:
    storage = {"type": "nfs", "address": "nas.example.com", "path": "/exports/more"}
    wanted = {"name": "more", "type": "data", "storage": storage, "host": {"name": "node-01"}}
    path = f"/storagedomains/{ask.add('/storagedomains', wanted)['id']}"
    assert ask("POST", "/storagedomains", {**wanted, "name": "again"})[0] == 409
    status, refused = ask("DELETE", path)
    assert (status, refused["reason"]) == (400, "host parameter is missing")
    assert ask("DELETE", path, host="nosuch")[0] == 404
    attached = ask.path("/storagedomains", "data-01")
    assert ask("DELETE", attached, host="node-01")[0] == 409
    assert ask("DELETE", path, host="node-01", format="true")[0] == 200
    assert "more" not in ask.names("/diskprofiles")


def test_what_takes_a_restart_waits_for_it(ask: Asker) -> None:
    vm = ask.path("/vms", "web-01")
    before = ask.get(vm)
    ask("PUT", vm, {"description": "at once", "type": "desktop"})
    running = ask.get(vm)
    assert (running["description"], running["type"]) == ("at once", before["type"])
    assert running["next_run_configuration_exists"] == "true"
    ask.act(f"{vm}/shutdown")
    ask.engine.advance(2)
    stopped = ask.get(vm)
    assert (stopped["type"], stopped["next_run_configuration_exists"]) == ("desktop", "false")
