"""An update sends what was changed since the resource was read, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rhev import InvalidRequest, schema
from rhev.operations.changes import any_changed
from tests.operations.scripted import PATH, Scripted, connected

if TYPE_CHECKING:
    from collections.abc import Callable

CLUSTER = "5b1e3f02-61b4-4d1c-8c9c-0f3a4f5f3c01"
OTHER_CLUSTER = "5b1e3f02-61b4-4d1c-8c9c-0f3a4f5f3c02"

READ: dict[str, Any] = {
    "id": "1",
    "href": f"{PATH}/vms/1",
    "name": "web",
    "description": "a server",
    "memory": 1 << 30,
    "cpu": {"topology": {"cores": "2", "sockets": "1"}, "architecture": "x86_64"},
    "os": {"boot": {"devices": {"device": ["hd"]}}},
    "cluster": {"id": CLUSTER, "href": f"{PATH}/clusters/{CLUSTER}"},
    "custom_properties": {"custom_property": [{"name": "a", "value": "1"}]},
    "placement_policy": {"hosts": {"host": [{"id": "h1", "href": f"{PATH}/hosts/h1"}]}},
}


def rename(vm: schema.VM) -> None:
    vm.name = "db"


def grow(vm: schema.VM) -> None:
    vm.memory = "4 GiB"  # type: ignore[assignment]


def nested(vm: schema.VM) -> None:
    assert vm.cpu is not None
    assert vm.cpu.topology is not None
    vm.cpu.topology.cores = 4


def whole(vm: schema.VM) -> None:
    vm.cpu = schema.CPU(topology=schema.CpuTopology(cores=8))


def append(vm: schema.VM) -> None:
    assert vm.os is not None
    assert vm.os.boot is not None
    assert vm.os.boot.devices is not None
    vm.os.boot.devices.append(schema.BootDevice.NETWORK)


def within_a_list(vm: schema.VM) -> None:
    assert vm.custom_properties is not None
    vm.custom_properties[0].value = "2"


def clear_text(vm: schema.VM) -> None:
    vm.description = None


def remove_text(vm: schema.VM) -> None:
    del vm.description


def clear_list(vm: schema.VM) -> None:
    vm.custom_properties = None


def other_cluster(vm: schema.VM) -> None:
    vm.cluster = schema.Cluster(id=OTHER_CLUSTER)


def by_name(vm: schema.VM) -> None:
    assert vm.cluster is not None
    vm.cluster.name = "production"


def read_host(vm: schema.VM) -> None:
    assert vm.placement_policy is not None
    assert vm.placement_policy.hosts is not None
    vm.placement_policy.hosts.append(schema.Host(name="h2"))


def same_value(vm: schema.VM) -> None:
    vm.name = "web"


CASES: list[tuple[Callable[[schema.VM], None], dict[str, Any]]] = [
    (rename, {"name": "db"}),
    (same_value, {"name": "web"}),
    (grow, {"memory": "4294967296"}),
    (nested, {"cpu": {"topology": {"cores": "4"}}}),
    (whole, {"cpu": {"topology": {"cores": "8"}}}),
    (append, {"os": {"boot": {"devices": {"device": ["hd", "network"]}}}}),
    (within_a_list, {"custom_properties": {"custom_property": [{"name": "a", "value": "2"}]}}),
    (clear_text, {"description": ""}),
    (remove_text, {"description": ""}),
    (clear_list, {"custom_properties": {"custom_property": []}}),
    (other_cluster, {"cluster": {"id": OTHER_CLUSTER}}),
    (by_name, {"cluster": {"name": "production"}}),
    (read_host, {"placement_policy": {"hosts": {"host": [{"id": "h1"}, {"name": "h2"}]}}}),
]


@pytest.mark.parametrize(
    ("change", "sent"), CASES, ids=lambda value: getattr(value, "__name__", "")
)
def test_only_what_was_changed_is_sent(
    change: Callable[[schema.VM], None], sent: dict[str, Any]
) -> None:
    script = Scripted({"GET /vms/1": READ, "PUT /vms/1": {**READ, "comment": "refreshed"}})
    vm = connected(script).get(schema.VM, "1")
    change(vm)
    assert vm.update() is vm
    assert script.body() == sent
    assert vm.comment == "refreshed"
    assert not any_changed(vm)


def test_nothing_changed_is_nothing_sent() -> None:
    script = Scripted({"GET /vms/1": READ})
    vm = connected(script).get(schema.VM, "1")
    vm.update()
    assert script.calls == ["GET /vms/1"]


def test_what_cannot_be_cleared_says_so() -> None:
    script = Scripted({"GET /vms/1": READ})
    vm = connected(script).get(schema.VM, "1")
    vm.memory = None
    with pytest.raises(ValueError, match=r"VM.memory cannot be cleared"):
        vm.update()
    assert script.calls == ["GET /vms/1"]


def test_a_rule_is_checked_before_anything_is_sent() -> None:
    script = Scripted({"GET /vms/1": READ})
    vm = connected(script).get(schema.VM, "1")
    vm.name = "my vm"
    with pytest.raises(InvalidRequest, match="special characters") as raised:
        vm.update()
    assert [problem.path for problem in raised.value.problems] == ["name"]
    assert script.calls == ["GET /vms/1"]


def test_without_the_check_the_engine_has_the_say() -> None:
    script = Scripted({"GET /vms/1": READ, "PUT /vms/1": READ})
    vm = connected(script, check=False).get(schema.VM, "1")
    vm.name = "my vm"
    vm.update()
    assert script.body() == {"name": "my vm"}


def test_an_update_that_is_answered_later_is_read() -> None:
    from rhev.transport import Response

    script = Scripted({"GET /vms/1": READ, "PUT /vms/1": Response(202)})
    vm = connected(script).get(schema.VM, "1")
    vm.name = "db"
    vm.update(async_=True)
    assert script.calls == ["GET /vms/1", "PUT /vms/1", "GET /vms/1"]
    assert script.query(-2) == {"async": "true"}


def test_what_is_created_refers_to_what_was_read() -> None:
    script = Scripted({"GET /vms/1": READ, "POST /vms": {"id": "2"}})
    conn = connected(script)
    template = conn.get(schema.VM, "1")
    blank = schema.Template(name="Blank", href=f"{PATH}/templates/0")
    vm = schema.VM(name="new", href="/old", cluster=template.cluster, template=blank)
    assert conn.create(vm, clone=True).id == "2"
    assert script.body() == {
        "name": "new",
        "cluster": {"id": CLUSTER},
        "template": {"name": "Blank"},
    }
    assert script.query() == {"clone": "true"}


def test_a_followed_collection_is_changed_member_by_member() -> None:
    nic = {"id": "n", "href": f"{PATH}/vms/1/nics/n", "name": "nic1"}
    vm_with_nics = {**READ, "nics": {"nic": [nic]}}
    script = Scripted({"GET /vms/1": vm_with_nics, "PUT /vms/1/nics/n": nic})
    vm = connected(script).get(schema.VM, "1", follow="nics")
    assert vm.nics is not None
    vm.nics[0].name = "eth0"
    with pytest.raises(ValueError, match=r"VM.nics is a collection of its own"):
        vm.update()
    vm.nics[0].update()
    assert script.calls == ["GET /vms/1", "PUT /vms/1/nics/n"]
    assert script.body() == {"name": "eth0"}
