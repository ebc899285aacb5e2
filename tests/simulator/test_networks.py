"""What a network is to each cluster, and how the hosts are connected to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.simulator.asking import Asker


def id_of(ask: Asker, path: str, name: str) -> str:
    (listed,) = [v for v in ask.get(path).values() if isinstance(v, list)]
    (found,) = [member["id"] for member in listed if member["name"] == name]
    return str(found)


@pytest.fixture
def networks(ask: Asker) -> str:
    """The path of the networks of a cluster."""
    return f"/clusters/{id_of(ask, '/clusters', 'Default')}/networks"


def seen(ask: Asker, networks: str, name: str) -> dict[str, Any]:
    network: dict[str, Any] = ask.get(f"{networks}/{id_of(ask, networks, name)}")
    return network


def test_a_network_is_required_unless_a_cluster_is_told_otherwise(
    ask: Asker, networks: str
) -> None:
    assert seen(ask, networks, "frontend")["required"] == "false"
    status, network = ask("POST", networks, {"id": id_of(ask, "/networks", "backend")})
    assert (status, network["required"]) == (201, "true")
    elsewhere = f"/clusters/{id_of(ask, '/clusters', 'databases')}/networks"
    assert seen(ask, elsewhere, "backend")["required"] == "false"


def test_a_role_goes_from_one_network_of_a_cluster_to_another(ask: Asker, networks: str) -> None:
    frontend = f"{networks}/{id_of(ask, networks, 'frontend')}"
    assert seen(ask, networks, "ovirtmgmt")["display"] == "true"
    status, network = ask("PUT", frontend, {"usages": {"usage": ["migration"]}, "display": True})
    assert (status, network["display"]) == (200, "true")
    assert network["usages"] == {"usage": ["vm", "display", "migration"]}
    management = seen(ask, networks, "ovirtmgmt")
    assert management["display"] == "false"
    assert management["usages"] == {"usage": ["vm", "management", "default_route"]}
    ask("DELETE", frontend)
    assert seen(ask, networks, "ovirtmgmt")["display"] == "true"


def test_a_network_itself_is_not_changed_by_what_it_is_to_a_cluster(
    ask: Asker, networks: str
) -> None:
    path = f"/networks/{id_of(ask, '/networks', 'frontend')}"
    before = ask.get(path)
    ask("PUT", f"{networks}/{before['id']}", {"required": True, "usages": {"usage": ["display"]}})
    assert ask.get(path) == before


@pytest.fixture
def host(ask: Asker) -> str:
    return f"/hosts/{id_of(ask, '/hosts', 'node-01')}"


def set_up(ask: Asker, host: str, **wanted: Any) -> int:
    """The status of the action with these parameters, each of which is a list."""
    items = {"modified_network_attachments": "network_attachment", "modified_bonds": "host_nic"}
    items |= {
        "removed_network_attachments": "network_attachment",
        "modified_labels": "network_label",
    }
    body = {name: {items[name]: entries} for name, entries in wanted.items()}
    return ask("POST", f"{host}/setupnetworks", body)[0]


def test_a_host_is_connected_to_a_network_and_taken_off_it(ask: Asker, host: str) -> None:
    ip = {"address": "198.51.100.11", "netmask": "255.255.255.0", "version": "v4"}
    assigned = {"ip_address_assignment": [{"assignment_method": "static", "ip": ip}]}
    attachment = {"network": {"name": "frontend"}, "host_nic": {"name": "eno2"}}
    wanted = {**attachment, "ip_address_assignments": assigned}
    assert set_up(ask, host, modified_network_attachments=[wanted]) == 200
    card = f"{host}/nics/{id_of(ask, f'{host}/nics', 'eno2')}"
    (attached,) = ask.get(f"{card}/networkattachments")["network_attachment"]
    assert attached["href"] == f"/ovirt-engine/api{card}/networkattachments/{attached['id']}"
    assert attached["network"]["id"] == id_of(ask, "/networks", "frontend")
    four, six = attached["ip_address_assignments"]["ip_address_assignment"]
    assert (four["ip"], six["assignment_method"]) == (ip, "none")
    reported = attached["reported_configurations"]["reported_configuration"]
    assert {
        "actual_value": "100",
        "expected_value": "100",
        "in_sync": "true",
        "name": "vlan",
    } in reported
    assert set_up(ask, host, removed_network_attachments=[{"id": attached["id"]}]) == 200
    assert not ask.get(f"{card}/networkattachments").get("network_attachment")


def test_a_card_has_one_network_without_a_vlan(ask: Asker, host: str) -> None:
    center = {"data_center": {"name": "Default"}}
    for name in ("plain", "simple"):
        ask("POST", "/networks", {"name": name, **center})
    on = {"host_nic": {"name": "eno2"}}
    assert (
        set_up(ask, host, modified_network_attachments=[{"network": {"name": "plain"}, **on}])
        == 200
    )
    card = f"{host}/nics/{id_of(ask, f'{host}/nics', 'eno2')}"
    before = ask.get(card)
    assert before["network"]["id"] == id_of(ask, "/networks", "plain")
    again = [{"network": {"name": "simple"}, **on}]
    assert set_up(ask, host, modified_network_attachments=again) == 409
    assert ask.get(card) == before


def test_cards_are_labelled_and_bonded(ask: Asker, host: str) -> None:
    label = {"id": "outside", "host_nic": {"name": "eno2"}}
    bond = {"name": "bond0", "bonding": {"slaves": {"host_nic": [{"name": "eno2"}]}}}
    assert set_up(ask, host, modified_labels=[label], modified_bonds=[bond]) == 200
    cards = f"{host}/nics"
    card = f"{cards}/{id_of(ask, cards, 'eno2')}"
    assert [one["id"] for one in ask.get(f"{card}/networklabels")["network_label"]] == ["outside"]
    made = ask.get(f"{cards}/{id_of(ask, cards, 'bond0')}")
    (slave,) = made["bonding"]["slaves"]["host_nic"]
    assert slave["id"] == card.rpartition("/")[2]


def test_an_instance_type_is_a_template_that_no_list_has(ask: Asker) -> None:
    small = id_of(ask, "/instancetypes", "Small")
    template = ask.get(f"/templates/{small}")
    assert (template["name"], template["origin"], template["status"]) == ("Small", "rhev", "ok")
    assert template["version"]["base_template"]["id"] == small
    assert "Small" not in ask.names("/templates")


def test_a_rule_for_hosts_holds_once_it_is_given(ask: Asker, networks: str) -> None:
    groups = networks.replace("/networks", "/affinitygroups")
    rule = {"hosts_rule": {"enforcing": True, "positive": True}}
    group = ask("POST", groups, {"name": "near", **rule})[1]
    assert group["hosts_rule"]["enabled"] == "true"
    assert group["vms_rule"]["enabled"] == "false"
