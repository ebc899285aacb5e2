"""Rules, as a real engine was seen to have them (items 28 to 30)."""

from __future__ import annotations

from typing import Any, Literal

import pytest

import rhev
from rhev import schema
from rhev.simulator import Engine
from tests.operations.scripted import connected

from .answers import OTHER, UUID, engine, fault, resource

VM = f"vms/{UUID}"


def problems(**values: Any) -> dict[str, str]:
    found = schema.validate(schema.VM(**values), "update")
    return {problem.rule: problem.severity for problem in found}


# 28


@pytest.mark.parametrize("name", ["日本", "Grüße", ".", "-", "_", "a" * 64])
def test_names_that_an_engine_takes(name: str) -> None:
    """Letters of any language, and some marks, even alone."""
    assert problems(name=name) == {}


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("a\U0001f600", {"characters": "error"}),
        ("web 01", {"characters": "error"}),
        ("a" * 65, {"length": "warning"}),
    ],
)
def test_names_that_it_does_not(name: str, found: dict[str, str]) -> None:
    """No emoji; and 64 characters at most, as long as nobody has changed that."""
    assert problems(name=name) == found


def test_a_name_of_256_characters_is_too_long_whatever_was_changed() -> None:
    """Of more than 255 an engine has another sentence."""
    found = schema.validate(schema.VM(name="a" * 256), "update")
    assert "error" in {problem.severity for problem in found}


def test_names_differ_by_case() -> None:
    """One beside the other can be made, and each is found by its own."""
    conn = Engine.demo().connect()
    small = conn.get(schema.VM, name="web-01")
    large = conn.create(
        schema.VM(
            name="WEB-01",
            cluster=schema.Cluster(name="Default"),
            template=schema.Template(name="Blank"),
        )
    )
    assert conn.get(schema.VM, name="WEB-01").id == large.id
    assert conn.get(schema.VM, name="web-01").id == small.id


def test_the_blank_template_is_found_without_its_name() -> None:
    """It can be renamed, and is then found by no search for it."""
    script = engine({"GET /templates/0": resource("templates/0", name="renamed")})
    assert connected(script).get("templates/blank").name == "renamed"


# 29


def test_a_machine_that_cannot_run_is_a_conflict() -> None:
    """One without a disk cannot boot but from the network, and the engine says so."""
    script = engine(
        {
            f"GET /{VM}": resource(VM, actions=("start",)),
            f"POST /{VM}/start": fault(409, detail="[Cannot run VM. No disk to boot from.]"),
        }
    )
    with pytest.raises(rhev.Conflict, match="No disk to boot from"):
        connected(script).get(schema.VM, UUID).start()


@pytest.mark.parametrize("action", ["stop", "shutdown"])
def test_a_machine_that_is_down_can_be_stopped(action: Literal["stop", "shutdown"]) -> None:
    """It is 200, and nothing to do."""
    script = engine(
        {
            f"GET /{VM}": resource(VM, status="down", actions=(action,)),
            f"POST /{VM}/{action}": {"status": "complete"},
        }
    )
    conn = connected(script)
    assert conn.action(conn.get(schema.VM, UUID), action).status == "complete"


def test_a_machine_of_no_pool_is_not_detached() -> None:
    """It is 403."""
    script = engine(
        {f"GET /{VM}": resource(VM, actions=("detach",)), f"POST /{VM}/detach": fault(403)}
    )
    with pytest.raises(rhev.Forbidden):
        connected(script).get(schema.VM, UUID).detach()


# 30

NETWORK = resource(f"networks/{OTHER}", name="green")
PROFILE = resource(f"vnicprofiles/{OTHER}", name="green")


@pytest.mark.parametrize(
    ("spec", "path", "held", "attribute"),
    [
        (
            schema.VnicProfile(name="a", network=schema.Network(name="green")),
            "vnicprofiles",
            {"GET /networks": {"network": [NETWORK]}},
            "network",
        ),
        (
            schema.CpuProfile(name="a", cluster=schema.Cluster(name="green")),
            "cpuprofiles",
            {"GET /clusters": {"cluster": [resource(f"clusters/{OTHER}", name="green")]}},
            "cluster",
        ),
    ],
)
def test_a_reference_that_is_taken_by_id_only_is_sent_by_id(
    spec: schema.BaseResource, path: str, held: dict[str, Any], attribute: str
) -> None:
    """An engine refuses the name."""
    script = engine({**held, f"POST /{path}": resource(f"{path}/{UUID}", name="a")})
    connected(script).create(spec)
    assert script.body()[attribute] == {"id": OTHER}


def with_nics(profiles: list[dict[str, Any]]) -> Any:
    return engine(
        {
            f"GET /{VM}": resource(VM, links=("nics",)),
            f"POST /{VM}/nics": resource(f"{VM}/nics/1", name="nic1"),
            "GET /vnicprofiles": {"vnic_profile": profiles},
        }
    )


def test_a_reference_whose_name_is_dropped_is_sent_by_id() -> None:
    """A NIC would be made without the profile."""
    script = with_nics([PROFILE])
    nic = schema.NIC(name="nic1", vnic_profile=schema.VnicProfile(name="green"))
    connected(script).create(nic, base=schema.VM(id=UUID))
    assert script.body() == {"name": "nic1", "vnic_profile": {"id": OTHER}}


def test_a_name_that_would_be_dropped_and_is_nobody_s_is_not_found() -> None:
    """Nothing is made without it."""
    script = with_nics([])
    nic = schema.NIC(name="nic1", vnic_profile=schema.VnicProfile(name="green"))
    with pytest.raises(rhev.NotFound, match="green"):
        connected(script).create(nic, base=schema.VM(id=UUID))
    assert not [call for call in script.calls if call.startswith("POST")]


def test_the_machines_of_an_affinity_group_are_sent_by_id() -> None:
    """Of a name that it does not know an engine says nothing, and makes the group without."""
    script = engine(
        {
            f"GET /clusters/{UUID}": resource(f"clusters/{UUID}", links=("affinitygroups",)),
            f"POST /clusters/{UUID}/affinitygroups": resource("affinitygroups/1", name="a"),
            "GET /vms": {"vm": [resource(f"vms/{OTHER}", name="web-01")]},
        }
    )
    group = schema.AffinityGroup(name="a", vms=[schema.VM(name="web-01")])
    connected(script).create(group, base=schema.Cluster(id=UUID))
    assert script.body()["vms"] == {"vm": [{"id": OTHER}]}


def test_an_operating_system_may_be_any() -> None:
    """Nonsense is taken: the model has a text, and no rule."""
    vm = schema.VM(os=schema.OperatingSystem(type="nonsense"))
    assert schema.validate(vm, "update") == []


def test_the_permits_of_a_role_have_ids() -> None:
    """By name they are refused."""
    role = schema.Role(name="a", administrative=False, permits=[schema.Permit(name="login")])
    script = engine()
    with pytest.raises(rhev.InvalidRequest, match=r"permits\[0\].id"):
        connected(script).create(role)
    assert script.calls == []


def test_an_address_alone_is_no_reference() -> None:
    """An engine would ignore it."""
    script = with_nics([PROFILE])
    profile = schema.VnicProfile(href=PROFILE["href"])
    with pytest.raises(ValueError, match="give its id"):
        connected(script).create(
            schema.NIC(name="a", vnic_profile=profile), base=schema.VM(id=UUID)
        )
    assert not [call for call in script.calls if call.startswith("POST")]
