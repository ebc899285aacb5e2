"""What the embedded engine makes of bodies that a real engine was seen to refuse or to bend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.simulator.asking import Asker


@pytest.fixture
def vm(ask: Asker) -> Any:
    return ask.get("/vms")["vm"][0]


def test_a_name_where_an_id_is_needed_is_dropped(ask: Asker, vm: Any) -> None:
    nic = {"name": "d", "vnic_profile": {"name": "ovirtmgmt"}}
    status, made = ask("POST", f"/vms/{vm['id']}/nics", nic)
    assert status == 201
    assert "vnic_profile" not in made


def test_a_label_of_a_machine_by_name_is_an_error_within_the_engine(ask: Asker, vm: Any) -> None:
    label = {"name": "l", "vms": {"vm": [{"name": vm["name"]}]}}
    assert ask("POST", "/affinitylabels", label) == (500, {"reason": "Operation Failed"})


def test_an_id_that_is_none(ask: Asker) -> None:
    new = {"name": "v", "cluster": {"id": "Default"}, "template": {"name": "Blank"}}
    status, fault = ask("POST", "/vms", new)
    assert status == 400
    assert fault == {"reason": "Operation failed", "detail": "Invalid UUID string: Default"}


def test_a_topology_of_nothing_is_a_conflict(ask: Asker, vm: Any) -> None:
    status, fault = ask("PUT", f"/vms/{vm['id']}", {"cpu": {"topology": {"cores": 0}}})
    assert (status, fault["reason"]) == (409, "Operation Failed")


def test_a_name_may_have_64_characters_where_nobody_has_said_otherwise(ask: Asker, vm: Any) -> None:
    assert ask("PUT", f"/vms/{vm['id']}", {"name": "v" * 64})[0] == 200
    status, fault = ask("PUT", f"/vms/{vm['id']}", {"name": "v" * 65})
    assert (status, fault["reason"]) == (400, "Operation Failed")


def test_an_empty_name_is_a_missing_one(ask: Asker) -> None:
    status, fault = ask("POST", "/tags", {"name": ""})
    assert status == 400
    assert fault == {"reason": "Incomplete parameters", "detail": "Tag [name] required for add"}


@pytest.mark.parametrize(
    ("path", "body", "detail"),
    [
        ("/clusters", {}, "'cluster.name'"),
        ("/clusters", {"name": "c"}, "'cluster.data_center.id' or 'cluster.data_center.name'"),
        ("/tags", {}, "'tag.name'"),
        ("/roles", {"name": "r", "permits": {"permit": [{"name": "x"}]}}, "'role.permits.id'"),
        ("/templates", {}, "signature"),
    ],
)
def test_the_model_names_the_first_input_that_is_missing(
    path: str, body: object, detail: str, ask: Asker
) -> None:
    status, fault = ask("POST", path, body)
    assert (status, fault["reason"]) == (400, "Input validation failed.")
    assert detail in fault["detail"]


@pytest.mark.parametrize(
    ("path", "body", "detail"),
    [
        ("/vms", {}, "Vm [cluster.id|name"),
        ("/hosts", {}, "Host [name, address] required for add"),
        ("/tags", {"name": ""}, "Tag [name] required for add"),
        ("/storageconnections", {"type": "nfs", "address": "a"}, "StorageConnection [path]"),
        ("/externalvmimports", {}, "storageDomain.id|name"),
    ],
)
def test_methods_that_look_for_themselves_name_all(
    path: str, body: object, detail: str, ask: Asker
) -> None:
    status, fault = ask("POST", path, body)
    assert (status, fault["reason"]) == (400, "Incomplete parameters")
    assert detail in fault["detail"]


NOBODY = "11111111-1111-1111-1111-111111111111"


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/tags", {"name": "t", "parent": {"id": NOBODY}}, 404),
        ("POST", "/hosts", {"name": "h", "address": "h", "root_password": "x",
                            "cluster": {"id": NOBODY}}, 400),
        ("POST", "/permissions", {"role": {"name": "no"}, "user": {"id": NOBODY}}, 400),
        ("PUT", "/vms/{vm}", {"original_template": {"id": NOBODY}}, 200),
        ("PUT", "/vms/{vm}", {"cluster": {"id": NOBODY}}, 500),
        ("POST", "/vms/{vm}/tags", {"id": NOBODY}, 400),
        ("POST", "/vms/{vm}/tags", {"name": "no"}, 404),
    ],
)  # fmt: skip
def test_references_that_mean_nothing(
    method: str, path: str, body: object, status: int, ask: Asker, vm: Any
) -> None:
    assert ask(method, path.format(vm=vm["id"]), body)[0] == status


def test_an_error_within_is_a_page_and_leaves_nothing_behind(
    ask: Asker, vm: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("out of order")

    before = ask.get("/vms"), ask.get("/disks")
    monkeypatch.setattr("rhev.simulator.generic.books.done", fail)
    new = {"name": "new", "cluster": {"name": "Default"}, "template": {"name": "rhel9"}}
    for method, path, body in (
        ("POST", "/vms", new),
        ("PUT", f"/vms/{vm['id']}", {"comment": "changed"}),
        ("DELETE", ask.path("/vms", "web-03"), None),
    ):
        response = ask.send(method, path, body)
        assert (response.status, response.headers["content-type"]) == (
            500,
            "text/html;charset=UTF-8",
        )
        assert b"out of order" not in response.content
    assert "out of order" in caplog.text
    assert sorted(map(str, before[0]["vm"])) == sorted(map(str, ask.get("/vms")["vm"]))
    assert sorted(map(str, before[1]["disk"])) == sorted(map(str, ask.get("/disks")["disk"]))


def test_what_may_be_asked_of_a_path(ask: Asker, vm: Any) -> None:
    for path, allowed in (
        ("", "GET, HEAD, OPTIONS"),
        ("/vms", "GET, HEAD, OPTIONS, POST"),
        (f"/vms/{NOBODY}", "DELETE, GET, HEAD, OPTIONS, PUT"),
        (f"/vms/{vm['id']}/start", "OPTIONS, POST"),
    ):
        response = ask.send("OPTIONS", path)
        assert (response.status, response.headers["allow"]) == (200, allowed)
        assert response.content == allowed.encode()


def test_the_head_of_the_entry_point_has_its_links(ask: Asker) -> None:
    response = ask.send("HEAD", "")
    assert "</ovirt-engine/api/vms>; rel=vms" in response.headers["link"].replace(
        "http://engine.test", ""
    )
    assert response.content == b""
