"""A new engine is what a new engine is: it has what every one has before anything is done."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from rhev.simulator import Engine
from tests.conformance.exchanges import RECORDINGS
from tests.simulator.asking import Asker, standing_still


@pytest.fixture(scope="module")
def new() -> Asker:
    return Asker(Engine(clock=standing_still))


@pytest.mark.parametrize(
    ("collection", "count"),
    [
        ("clusterlevels", 7),
        ("clusters", 1),
        ("datacenters", 1),
        ("domains", 1),
        ("groups", 1),
        ("icons", 20),
        ("instancetypes", 5),
        ("macpools", 1),
        ("networkfilters", 18),
        ("networks", 1),
        ("operatingsystems", 61),
        ("permissions", 2),
        ("roles", 37),
        ("schedulingpolicies", 5),
        ("schedulingpolicyunits", 37),
        ("tags", 1),
        ("templates", 1),
        ("users", 1),
        ("vnicprofiles", 1),
        *((nothing, 0) for nothing in ("vms", "hosts", "disks", "storagedomains", "bookmarks")),
    ],
)
def test_there_are_so_many(collection: str, count: int, new: Asker) -> None:
    assert sum(map(len, new.get(f"/{collection}").values())) == count


def test_the_default_cluster_has_all_that_a_machine_needs(new: Asker) -> None:
    cluster = new.path("/clusters", "Default")
    assert new.names(f"{cluster}/networks") == ["ovirtmgmt"]
    assert new.names(f"{cluster}/cpuprofiles") == ["Default"]
    shown = new.get(cluster)
    references = ("data_center", "mac_pool", "scheduling_policy")
    assert [new.get(_path(shown[name]))["name"] for name in references] == [
        *("Default", "Default", "none"),
    ]
    assert new.names(f"{_path(shown['data_center'])}/quotas") == ["Default"]
    assert shown["cpu"] == {"architecture": "undefined"}


def test_everybody_may_use_what_is_for_all(new: Asker) -> None:
    (group,) = new.get("/groups")["group"]
    granted = new.get(f"/groups/{group['id']}/permissions", follow="role")["permission"]
    roles = {permission["role"]["name"] for permission in granted}
    assert roles >= {"UserTemplateBasedVm", "UserProfileEditor", "VnicProfileUser", "MacPoolUser"}
    (admin, everyone) = sorted(new.get("/permissions")["permission"], key=lambda p: "group" in p)
    assert "user" in admin
    assert "group" in everyone


def test_roles_are_made_of_permits_that_cluster_levels_know(new: Asker) -> None:
    known = {p["id"]: p["name"] for p in new.get("/clusterlevels/4.8")["permits"]["permit"]}
    role = new.path("/roles", "UserRole")
    permits = {p["id"]: p["name"] for p in new.get(f"{role}/permits")["permit"]}
    assert permits.items() <= known.items()
    made = new.add(
        "/roles", {"name": "mine", "administrative": False, "permits": {"permit": [{"id": "1"}]}}
    )
    assert new.names(f"/roles/{made['id']}/permits") == ["create_vm"]
    new.add(f"/roles/{made['id']}/permits", {"id": "3"})
    assert new.names(f"/roles/{made['id']}/permits") == ["create_vm", "edit_vm_properties"]


def test_an_option_has_a_value_for_each_version(new: Asker) -> None:
    values = new.get("/options/ServerCPUList")["values"]["system_option_value"]
    assert [value["version"] for value in values] == [f"4.{minor}" for minor in range(2, 9)]


def test_engines_share_no_more_than_what_no_request_changes() -> None:
    one, other = Asker(Engine()), Asker(Engine())
    cluster = one.path("/clusters", "Default")
    assert one("PUT", cluster, {"description": "mine", "ksm": {"enabled": False}})[0] == 200
    assert other.get(cluster)["description"] != "mine"
    assert other.get(cluster)["ksm"]["enabled"] == "true"


@cache
def recorded() -> dict[str, Any]:
    """What the real engine showed by the path, in JSON."""
    found = {}
    for line in (RECORDINGS / "read.jsonl").read_text().splitlines():
        raw = json.loads(line)
        if raw["status"] == 200 and "json" in str(raw["response_headers"]) and raw["body"]:
            found[raw["url"].removeprefix("/ovirt-engine/api")] = json.loads(raw["body"])
    return found


@pytest.mark.skipif(not RECORDINGS.exists(), reason="needs the recordings of a real engine")
@pytest.mark.parametrize(
    "suffix", ["/permits", "/filters", "/weights", "/balances"], ids=lambda suffix: suffix[1:]
)
def test_what_policies_and_roles_are_made_of_is_what_was_recorded(suffix: str, new: Asker) -> None:
    paths = [path for path in recorded() if path.endswith(suffix) and path.count("/") == 3]
    assert paths
    for path in paths:
        assert _members(new.get(path)) == _members(recorded()[path]), path


def _members(document: Any) -> list[tuple[str, ...]]:
    names = ("id", "name", "administrative", "position", "factor")
    listed = [[str(entry.get(n)) for n in names] for each in document.values() for entry in each]
    return sorted(map(tuple, listed))


def _path(reference: Any) -> str:
    address: str = reference["href"]
    return address.removeprefix("/ovirt-engine/api")
