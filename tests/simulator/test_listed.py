"""What is listed, in which order, and what comes with something new."""

from __future__ import annotations

import pytest

from rhev.simulator import Engine
from rhev.simulator.state.collation import collated
from tests.simulator.asking import Asker, standing_still

BLANK = "00000000-0000-0000-0000-000000000000"


@pytest.fixture
def new() -> Asker:
    """An engine that has nothing but what every engine comes with."""
    return Asker(Engine(clock=standing_still, speed=1))


def test_names_come_as_a_person_sorts_them() -> None:
    names = ["123", "app.one", "db-1", "db_1", "db_2", "vm1", "vm10", "VM1x", "vm2", "Web-11"]
    assert sorted([*reversed(names)], key=collated) == names
    assert sorted(["w_pool", "web-01"], key=collated) == ["web-01", "w_pool"]


def test_a_tag_stands_for_those_below_it(new: Asker) -> None:
    for name, parent in (("prod", None), ("web", "prod")):
        above = {"parent": {"name": parent}} if parent else {}
        new.add("/tags", {"name": name, **above})
    for name, tag in (("one", "prod"), ("two", "web"), ("three", None)):
        vm = _vm(new, name)
        if tag is not None:
            new.add(f"{vm}/tags", {"name": tag})
    assert new.names("/vms", search="tag = prod") == ["one", "two"]
    assert new.names("/vms", search="tag = web") == ["two"]
    assert new.names("/tags") == ["prod", "web", "root"]


@pytest.mark.parametrize(
    ("path", "query", "found"),
    [
        ("/vms", "storage.name = data-01 and name = web-01", ["web-01"]),
        ("/hosts", "storage.name = data-01", ["node-01", "node-02", "node-03"]),
        ("/storagedomains", "hosts.name = node-01 and name = data-01", ["data-01"]),
        ("/networks", "vmnetwork = true and name = ovirtmgmt", ["ovirtmgmt"]),
        ("/networks", "mtu = 0 and name = ovirtmgmt", []),
        ("/datacenters", "comment = * and name = Default", ["Default"]),
        ("/hosts", "spm_id = 1", ["node-01"]),
        ("/vnicprofiles", "name = ovirtmgmt", []),
    ],
)
def test_a_query_crosses_over(path: str, query: str, found: list[str], shared: Asker) -> None:
    assert shared.names(path, search=query) == found


def test_of_a_parameter_given_twice_the_first_counts(shared: Asker) -> None:
    response = shared.send("GET", "/vms?max=1&max=3")
    assert response.content.count(b'"next_run_configuration_exists"') == 1


@pytest.mark.parametrize(
    ("path", "document", "roles"),
    [
        ("/networks", {"name": "blue", "data_center": {"name": "Default"}}, {"NetworkAdmin"}),
        (
            "/macpools",
            {
                "name": "m",
                "ranges": {"range": [{"from": "02:00:00:00:00:01", "to": "02:00:00:00:00:09"}]},
            },
            {"MacPoolAdmin"},
        ),
    ],
)
def test_who_makes_something_may_manage_it(
    path: str, document: object, roles: set[str], new: Asker
) -> None:
    made = new.add(path, document)
    assert roles <= _roles(new, f"{path}/{made['id']}/permissions")
    # So may those who may manage all.
    assert "SuperUser" in _roles(new, f"{path}/{made['id']}/permissions")


def test_permissions_hold_for_what_is_below(new: Asker) -> None:
    user = new.add("/users", {"user_name": "jane", "domain": {"name": "internal-authz"}})
    center = new.path("/datacenters", "Default")
    given = {"role": {"name": "PowerUserRole"}, "user": {"id": user["id"]}}
    permission = new.add(f"{center}/permissions", given)
    vm = _vm(new, "below")
    (listed,) = (
        one for one in new.get(f"{vm}/permissions")["permission"] if one["id"] == permission["id"]
    )
    assert listed["vm"]["id"] == vm.rpartition("/")[2]
    assert "data_center" not in listed
    alone = new.get(f"{vm}/permissions/{permission['id']}")
    assert "data_center" in alone
    assert "href" not in alone


def test_who_is_taken_in_twice_is_there_once(new: Asker) -> None:
    person = {"user_name": "jane@internal-authz", "domain": {"name": "internal-authz"}}
    assert new.add("/users", person)["id"] == new.add("/users", person)["id"]


def test_a_network_without_machines_has_no_profile(new: Asker) -> None:
    center = {"data_center": {"name": "Default"}}
    new.add("/networks", {"name": "storage", "usages": {"usage": []}, **center})
    new.add("/networks", {"name": "front", **center})
    assert [name for name in new.names("/vnicprofiles") if name != "ovirtmgmt"] == ["front"]


def test_a_data_center_takes_its_networks_with_it(new: Asker) -> None:
    made = new.add("/datacenters", {"name": "second", "local": False})
    assert new.names("/networks").count("ovirtmgmt") == 2
    new("DELETE", f"/datacenters/{made['id']}")
    assert new.names("/networks").count("ovirtmgmt") == 1
    assert new.names("/vnicprofiles").count("ovirtmgmt") == 1


def test_a_data_center_supports_no_more_than_its_clusters(new: Asker) -> None:
    center = new.path("/datacenters", "Default")
    assert _versions(new.get(center)) == [("4", "8")]
    older = {"name": "old", "data_center": {"name": "Default"}, "version": {"major": 4, "minor": 7}}
    new.add("/clusters", {**older, "cpu": {"type": "Intel Nehalem Family"}})
    assert _versions(new.get(center)) == []


def test_statistics_have_the_same_ids_everywhere(new: Asker) -> None:
    one, other = (new.get(f"{_vm(new, name)}/statistics")["statistic"] for name in ("a", "b"))
    assert [each["id"] for each in one] == [each["id"] for each in other]


def test_what_cannot_be_followed_all_the_way_is_an_error(shared: Asker) -> None:
    for path in ("disk_attachments.disk.storage_domains", "nics.nothing"):
        response = shared.send("GET", shared.path("/vms", "web-01"), query={"follow": path})
        assert response.status == 500


def test_a_template_has_a_drive_and_a_console(new: Asker) -> None:
    for segment in ("cdroms", "graphicsconsoles"):
        (members,) = new.get(f"/templates/{BLANK}/{segment}").values()
        assert len(members) == 1


def test_the_usual_quota_says_that_it_limits_nothing(new: Asker) -> None:
    (quota,) = new.get(f"{new.path('/datacenters', 'Default')}/quotas")["quota"]
    path = f"{new.path('/datacenters', 'Default')}/quotas/{quota['id']}/quotaclusterlimits"
    (limit,) = new.get(path)["quota_cluster_limit"]
    assert (limit["id"], limit["vcpu_limit"]) == (quota["id"], "-1")


def _vm(ask: Asker, name: str) -> str:
    made = ask.add(
        "/vms", {"name": name, "cluster": {"name": "Default"}, "template": {"name": "Blank"}}
    )
    return f"/vms/{made['id']}"


def _roles(ask: Asker, path: str) -> set[str]:
    return {
        ask.get(f"/roles/{permission['role']['id']}")["name"]
        for permission in ask.get(path)["permission"]
    }


def _versions(center: dict[str, dict[str, list[dict[str, str]]]]) -> list[tuple[str, str]]:
    return [(v["major"], v["minor"]) for v in center["supported_versions"]["version"]]
