"""Adding, reading, changing and removing, with what the engine makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rhev import schema
from rhev.simulator import Engine
from tests.simulator.asking import standing_still

if TYPE_CHECKING:
    from tests.simulator.asking import Asker

GIB = 1 << 30
MISSING = "b5d6a7c8-0000-4000-8000-000000000000"


def test_the_demonstration_is_a_small_estate(shared: Asker) -> None:
    assert len(shared.names("/vms")) == 12
    assert shared.names("/hosts") == ["node-01", "node-02", "node-03"]
    assert shared.names("/clusters") == ["databases", "Default"]
    assert set(shared.names("/templates")) == {"Blank", "rhel9", "windows2019"}
    summary = shared.get("")["summary"]
    assert summary["vms"] == {"active": "7", "total": "12"}


def test_the_entry_point_links_to_all_there_is(shared: Asker) -> None:
    document = shared.get("")
    links = {link["rel"]: link["href"] for link in document["link"]}
    assert links["vms"] == "/ovirt-engine/api/vms"
    assert links["vms/search"] == "/ovirt-engine/api/vms?search={query}"
    assert "vnicprofiles/search" not in links
    blank = document["special_objects"]["blank_template"]["href"]
    assert shared.get(blank.removeprefix("/ovirt-engine/api"))["name"] == "Blank"
    root = document["special_objects"]["root_tag"]["href"]
    assert shared.get(root.removeprefix("/ovirt-engine/api"))["name"] == "root"
    assert document["product_info"]["version"]["major"] == "4"
    assert document["time"] == 1_700_000_000_000


def test_a_new_machine_has_what_the_engine_adds(ask: Asker) -> None:
    wanted = {"name": "new", "cluster": {"name": "Default"}, "template": {"name": "Blank"}}
    status, vm = ask("POST", "/vms", wanted)
    assert status == 201
    assert vm["status"] == "down"
    assert int(vm["memory"]) == GIB
    assert vm["cpu"]["topology"] == {"cores": "1", "sockets": "1", "threads": "1"}
    assert vm["cluster"]["href"].endswith(vm["cluster"]["id"])
    assert vm["creation_time"] == 1_700_000_000_000
    path = f"/vms/{vm['id']}"
    # The answer to a change has all of the content, what is read later only on request.
    read = ask.get(path)
    assert {**vm, **read} == vm
    assert vm.keys() - read.keys() >= {"console", "rng_device", "virtio_scsi"}
    assert {link["rel"] for link in vm["link"]} >= {"nics", "diskattachments", "statistics"}
    assert {link["rel"] for link in vm["actions"]["link"]} >= {"start", "stop", "migrate"}
    assert [s["description"] for s in ask.get(f"{path}/snapshots")["snapshot"]] == ["Active VM"]
    assert len(ask.get(f"{path}/cdroms")["cdrom"]) == 1


def test_a_machine_from_a_template_has_its_disks_and_interfaces(ask: Asker) -> None:
    wanted = {"name": "new", "cluster": {"name": "Default"}, "template": {"name": "rhel9"}}
    status, vm = ask("POST", "/vms", wanted)
    assert (status, vm["status"]) == (202, "image_locked")
    path = f"/vms/{vm['id']}"
    (attachment,) = ask.get(f"{path}/diskattachments", follow="disk")["disk_attachment"]
    assert (attachment["disk"]["alias"], attachment["disk"]["status"]) == ("rhel9_root", "locked")
    (nic,) = ask.get(f"{path}/nics")["nic"]
    assert nic["mac"]["address"].startswith("56:6f:1a:")
    assert ask("DELETE", path)[0] == 409
    ask.engine.advance(2)
    assert ask.get(path)["status"] == "down"
    assert vm["os"]["type"] == "rhel_9x64"


def test_an_update_changes_what_it_names_and_nothing_else(ask: Asker) -> None:
    path = ask.path("/vms", "web-03")
    before = ask.get(path)
    # The state is no attribute that a request can set.
    wanted = {"comment": "x", "high_availability": {"enabled": "true"}, "status": "up"}
    status, after = ask("PUT", path, wanted)
    assert status == 200
    assert after["comment"] == "x"
    assert after["high_availability"] == {"enabled": "true", "priority": "0"}
    changed = {"comment", "high_availability"}
    after = ask.get(path)
    assert {k: v for k, v in after.items() if k not in changed} == {
        k: v for k, v in before.items() if k not in changed
    }


def test_removing_a_machine_removes_its_disks_unless_they_are_kept(ask: Asker) -> None:
    for name, query, kept in (("web-03", {}, False), ("app-03", {"detach_only": "true"}, True)):
        path = ask.path("/vms", name)
        (attachment,) = ask.get(f"{path}/diskattachments")["disk_attachment"]
        status, answer = ask("DELETE", path, **query)
        assert (status, answer["status"]) == (200, "complete")
        assert ask("GET", answer["job"]["href"].partition("/api")[2])[0] == 200
        assert ask("GET", path)[0] == 404
        assert (ask("GET", f"/disks/{attachment['id']}")[0] == 200) is kept


def test_disks_are_made_attached_and_detached(ask: Asker) -> None:
    vm = ask.path("/vms", "web-03")
    inline = {"provisioned_size": GIB, "format": "cow", "name": "data",
              "storage_domains": {"storage_domain": [{"name": "data-02"}]}}  # fmt: skip
    made = ask.add(f"{vm}/diskattachments", {"interface": "virtio", "disk": inline})
    path = f"/disks/{made['id']}"
    assert made["disk"]["id"] == made["id"]
    assert ask.get(path)["status"] == "locked"
    ask.engine.advance(4)
    disk = ask.get(path)
    assert (disk["status"], disk["alias"]) == ("ok", "data")
    assert made["id"] in [
        each["id"] for each in ask.get(f"{vm}/diskattachments")["disk_attachment"]
    ]
    domain = ask.path("/storagedomains", "data-02")
    assert made["id"] in [entry["id"] for entry in ask.get(f"{domain}/disks")["disk"]]
    assert ask("DELETE", f"{vm}/diskattachments/{made['id']}")[0] == 200
    assert "vms" not in ask.get(path)
    floating = {"interface": "virtio", "disk": {"id": made["id"]}}
    other = ask.path("/vms", "app-03")
    ask.add(f"{other}/diskattachments", floating)
    status, fault = ask("POST", f"{vm}/diskattachments", floating)
    assert (status, fault["detail"]) == (
        409,
        "[Cannot attach Virtual Disk. It is attached to app-03.]",
    )


def test_tags_are_assigned_and_taken_away(ask: Asker) -> None:
    path = f"{ask.path('/vms', 'web-01')}/tags"
    assert ask.names(path) == ["production"]
    tag = ask.add(path, {"name": "staging"})
    assert tag["href"].endswith(f"/tags/{tag['id']}")
    assert ask.names(path) == ["production", "staging"]
    assert ask("DELETE", f"{path}/{tag['id']}")[0] == 200
    assert ask.names(path) == ["production"]
    assert "staging" in ask.names("/tags")

    ask.add(path, {"name": "staging"})
    assert ask("DELETE", ask.path("/tags", "staging"))[0] == 200
    assert ask.names(path) == ["production"]


@pytest.mark.parametrize(
    ("path", "inlined"),
    [
        ("nics", ["nics", "nic"]),
        ("disk_attachments.disk", ["disk_attachments", "disk_attachment"]),
        ("diskattachments", ["disk_attachments", "disk_attachment"]),
        ("tags", ["tags", "tag"]),
        ("statistics", ["statistics", "statistic"]),
    ],
)
def test_links_are_followed(path: str, inlined: list[str], shared: Asker) -> None:
    vm = shared.get(shared.path("/vms", "web-01"), follow=path)
    outer, inner = inlined
    assert all(entry["id"] for entry in vm[outer][inner])
    if "." in path:
        assert all(int(entry["disk"]["provisioned_size"]) > GIB for entry in vm[outer][inner])
    # The engine leaves the link where what it leads to is there as well.
    assert {link["rel"] for link in vm["link"]} >= {outer.replace("_", "")}


def test_a_reference_is_followed(shared: Asker) -> None:
    vm = shared.get(shared.path("/vms", "web-01"), follow="cluster.data_center,host")
    assert vm["cluster"]["data_center"]["name"] == "Default"
    assert vm["host"]["name"].startswith("node-")


BLANK = {"cluster": {"name": "Default"}, "template": {"name": "Blank"}}
REFUSED = [
    ("POST", "/vms", {"name": "web-01", **BLANK}, 409, "The name web-01 is already in use."),
    ("POST", "/vms", {**BLANK, "name": "x", "cluster": {"name": "no"}}, 404,
     "Entity not found: Cluster: name=no"),
    ("POST", "/vms", {**BLANK, "name": "x", "cluster": {"id": MISSING}}, 404,
     f"Entity not found: Cluster: id={MISSING}"),
    ("DELETE", "/vms/web-01", None, 409, "[Cannot remove VM. VM is running.]"),
    ("DELETE", "/templates/Blank", None, 400, "[Cannot remove Template."),
    ("DELETE", "/templates/rhel9", None, 409, "used by the following VMs: web-01"),
    ("DELETE", "/clusters/Default", None, 409, "in use by Host node-01"),
    ("DELETE", "/hosts/node-01", None, 409, "has to be in maintenance"),
    ("PUT", "/vms/web-01", {"name": "web-02"}, 409, "[Cannot edit VM. The name web-02"),
    ("PUT", "/vms/web-01", {"id": MISSING}, 409, "Attempt to set immutable field: id"),
    ("PUT", "/vms/web-01", {"name": "no spaces"}, 400, "edit VM."),
    ("PUT", "/vms/web-01", {"type": "toaster"}, 400, "type is 'toaster', which is no VmType"),
    ("POST", f"/vms/{MISSING}/stop", {}, 404, f"Entity not found: {MISSING}"),
    ("POST", f"/vms/{MISSING}/start", {}, 500, f"there is no VM {MISSING}"),
    ("POST", "/vms/%01/start", {}, 404, "Entity not found: ?"),
    ("POST", "/clusters/Default/networks", {"name": "ovirtmgmt"}, 409, "already there"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "body", "status", "detail"), REFUSED)
def test_what_the_engine_refuses(
    method: str, path: str, body: Any, status: int, detail: str, ask: Asker
) -> None:
    collection, *rest = path.strip("/").split("/")
    if rest and rest[0] not in (MISSING, "%01"):
        path = "/".join([ask.path(f"/{collection}", rest[0]), *rest[1:]])
    answered, fault = ask(method, path, body)
    assert answered == status
    assert detail in fault["detail"]


@pytest.mark.parametrize(
    ("method", "body"), [("GET", None), ("PUT", {"name": "x"}), ("DELETE", None)]
)
def test_of_what_is_not_there_the_engine_says_nothing(method: str, body: Any, ask: Asker) -> None:
    assert ask(method, f"/vms/{MISSING}", body) == (404, None)


def test_a_template_is_made_of_a_machine(ask: Asker) -> None:
    template = ask.add("/templates", {"name": "golden", "vm": {"name": "web-03"}})
    path = f"/templates/{template['id']}"
    assert (template["status"], template["os"]["type"]) == ("locked", "rhel_9x64")
    assert len(ask.get(f"{path}/diskattachments")["disk_attachment"]) == 1
    ask.engine.advance(4)
    assert ask.get(path)["status"] == "ok"
    assert ask("DELETE", path)[0] == 200
    assert ask.get(path)["status"] == "locked"
    ask.engine.advance(6)
    assert ask("GET", path)[0] == 404


def test_a_pool_gives_out_its_machines(ask: Asker) -> None:
    wanted = {**BLANK, "name": "pool", "size": "2", "template": {"name": "windows2019"}}
    pool = ask.add("/vmpools", wanted)
    ask.engine.advance(9)
    assert {"pool-1", "pool-2"} <= set(ask.names("/vms"))
    action = ask.act(f"/vmpools/{pool['id']}/allocatevm")
    assert ask.get(f"/vms/{action['vm']['id']}")["status"] == "wait_for_launch"


def test_what_is_done_is_written_down(ask: Asker) -> None:
    ask.act(f"{ask.path('/vms', 'web-03')}/start")
    (event,) = ask.get("/events", max=1)["event"]
    assert event["description"] == "VM web-03 was started by admin@internal."
    newer = ask.get("/events", **{"from": event["id"]})
    assert "event" not in newer
    assert ask.get("/jobs")["job"][-1]["description"] == "Start VM web-03"


def test_passwords_are_never_shown(ask: Asker) -> None:
    wanted = {"name": "h", "address": "h.example.com", "root_password": "hunter2"}
    host = ask.add("/hosts", wanted)
    response = ask.send("GET", f"/hosts/{host['id']}")
    assert b"hunter2" not in response.content
    agent = {"address": "a", "order": "1", "password": "hunter2", "type": "ipmilan",
             "username": "u"}  # fmt: skip
    ask.add(f"/hosts/{host['id']}/fenceagents", agent)
    assert b"hunter2" not in ask.send("GET", f"/hosts/{host['id']}/fenceagents").content


def test_a_disk_has_one_name_under_two() -> None:
    engine = Engine.demo(clock=standing_still)
    conn = engine.connect()
    disk = conn.get(schema.Disk, name="spare")
    disk.name = "renamed"
    disk.update()
    assert (disk.name, disk.alias) == ("renamed", "renamed")
    engine.advance(1)
    disk.alias = "again"
    disk.update()
    assert (disk.name, disk.alias) == ("again", "again")
