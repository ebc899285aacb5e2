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
    assert ask("POST", "/affinitylabels", label) == (500, None)


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
