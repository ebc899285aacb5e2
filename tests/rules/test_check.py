"""What the checks say of bad inputs, and that good ones pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rhev import schema
from rhev.facts import services
from rhev.rules import (
    Problem,
    as_the_engine_does,
    check_mandatory,
    check_values,
    reason,
    summary,
    validate,
)
from rhev.rules.relaxed import RELAXED, Needs

from .cases import BAD_VALUES, INCOMPLETE, BadValue, Incomplete

if TYPE_CHECKING:
    from collections.abc import Mapping


MENDED = [case for case in BAD_VALUES if case.mended is not None]


def missing(
    service: str, operation: str, parameters: Mapping[str, object], path: str | None = None
) -> list[Problem]:
    method = as_the_engine_does(service, services()[service].methods[operation], path)
    body = parameters.get(next(iter(parameters), ""))
    name = type(body).__api_name__ if operation in ("add", "update") else "Action"  # type: ignore[attr-defined]
    return check_mandatory(parameters, method, operation=operation, type_name=name)


@pytest.mark.parametrize("case", BAD_VALUES, ids=lambda case: case.id)
def test_a_bad_value_is_refused(case: BadValue) -> None:
    found = {
        problem.path: problem.message + " " + problem.expected
        for problem in check_values(case.build(), case.operation, case.service)
    }
    assert case.path in found
    assert case.fragment in found[case.path]


@pytest.mark.parametrize("case", MENDED, ids=[case.id for case in MENDED])
def test_the_same_mended_is_taken(case: BadValue) -> None:
    assert case.mended is not None
    assert check_values(case.mended(), case.operation, case.service) == []


@pytest.mark.parametrize("case", INCOMPLETE, ids=lambda case: case.id)
def test_an_incomplete_request_is_refused(case: Incomplete) -> None:
    problems = missing(case.service, case.operation, case.parameters())
    assert tuple(problem.path for problem in problems) == case.missing
    assert {problem.rule for problem in problems} == {"mandatory"}
    name = problems[0].message.partition(" ")[0]
    detail = summary(problems, operation=case.operation, type_name=name)
    assert case.detail in detail
    assert reason(problems) == "Incomplete parameters"


def test_there_are_enough_bad_inputs() -> None:
    assert len({case.id for case in BAD_VALUES} | {case.id for case in INCOMPLETE}) >= 60


def test_all_problems_are_found_at_once() -> None:
    vm = schema.VM(
        name="my vm",
        memory=0,
        cpu_shares=-1,
        os=schema.OperatingSystem(cmdline=" quiet"),
        payloads=[schema.Payload(volume_id="a b"), schema.Payload(volume_id="c d")],
    )
    assert {problem.path for problem in check_values(vm, "add")} == {
        "name",
        "memory",
        "cpu_shares",
        "os.cmdline",
        "payloads[0].volume_id",
        "payloads[1].volume_id",
    }


def test_the_summary_reads_like_the_engine() -> None:
    problems = check_values(schema.VM(name="my vm"), "update")
    assert summary(problems, operation="update", type_name="Vm") == (
        "Can not edit VM. The given name contains special characters. Only lower-case and"
        " upper-case letters, numbers, '_', '-', '.' are allowed."
    )
    assert reason(problems) == "Operation Failed"
    assert summary([*problems, *problems], operation="update", type_name="Vm") == summary(
        problems, operation="update", type_name="Vm"
    )


def test_a_problem_says_where_its_rule_comes_from() -> None:
    (problem,) = check_values(schema.Network(vlan=schema.VLAN(id=5000)), "add")
    assert problem == Problem(
        path="vlan.id",
        rule="range",
        message="The given vlan id is out of range. It must be 0 to 4094.",
        expected="0 to 4094",
        source="Network.vlanId @Min(0) @Max(4094)",
    )


def test_a_good_vm_passes() -> None:
    vm = schema.VM(
        name="web-1.example",
        description="für den Laden",
        memory=4 * schema.GiB,
        memory_policy=schema.MemoryPolicy(guaranteed=schema.GiB, max=16 * schema.GiB),
        cluster=schema.Cluster(name="Default"),
        template=schema.Template(name="Blank"),
        os=schema.OperatingSystem(
            type="rhel_9x64",
            boot=schema.Boot(devices=[schema.BootDevice("hd"), schema.BootDevice("network")]),
        ),
        payloads=[schema.Payload(type=schema.VmDeviceType("cdrom"), volume_id="config-2")],
        high_availability=schema.HighAvailability(enabled=True, priority=1),
    )
    assert check_values(vm, "add") == []
    assert missing("VmsService", "add", {"vm": vm}) == []


@pytest.mark.parametrize(
    "vm",
    [
        pytest.param(schema.VM(snapshots=[schema.Snapshot(id="1")], name="a"), id="of a snapshot"),
        pytest.param(schema.VM(template=schema.Template(id="1"), name="a"), id="of a template"),
        pytest.param(
            schema.VM(
                initialization=schema.Initialization(
                    configuration=schema.Configuration(
                        data="<ovf/>", type=schema.ConfigurationType("ovf")
                    )
                )
            ),
            id="of a configuration",
        ),
    ],
)
def test_any_variant_will_do(vm: schema.VM) -> None:
    vm.cluster = schema.Cluster(name="Default")
    assert missing("VmsService", "add", {"vm": vm}) == []


def test_the_other_variants_are_named() -> None:
    (problem,) = missing("TemplatesService", "add", {"template": schema.Template(name="golden")})
    assert problem.expected == (
        "a value for vm.id|name"
        "; or, for from configuration, initialization.configuration.data,"
        " initialization.configuration.type, cluster.id|name"
        "; or, for from vm snapshot, name, vm.id|name, vm.snapshots.*.id"
    )


def test_only_what_is_set_is_looked_at() -> None:
    for cls in (schema.VM, schema.Disk, schema.Network, schema.Host, schema.Cluster):
        assert check_values(cls(), "update") == []


def test_looking_sets_nothing() -> None:
    vm = schema.VM(name="vm")
    check_values(vm, "add")
    assert vm.__dict__ == {"name": "vm"}


def test_a_rule_is_for_its_own_type_only() -> None:
    """A snapshot has all that a virtual machine has, and none of it is what is sent."""
    assert check_values(schema.Snapshot(name="my snapshot"), "add") == []


def test_a_cluster_of_a_data_center_has_it_from_its_path() -> None:
    cluster = {"cluster": schema.Cluster(name="c")}
    assert (
        missing("ClustersService", "add", cluster, "/ovirt-engine/api/datacenters/1/clusters") == []
    )
    (problem,) = missing("ClustersService", "add", cluster, "/ovirt-engine/api/clusters")
    assert problem.path == "data_center.id|name"


def test_a_network_needs_a_data_center_only_where_the_path_has_none() -> None:
    network = {"network": schema.Network(name="n")}
    assert missing("NetworksService", "add", network) == []
    (problem,) = missing("NetworksService", "add", network, "/ovirt-engine/api/networks")
    assert problem.path == "data_center.name|id"


@pytest.mark.parametrize(
    ("service", "needs"),
    [(service, needs) for service, entries in RELAXED.items() for needs in entries],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_what_differs_from_the_facts_has_a_source_and_is_of_the_api(
    service: str, needs: Needs
) -> None:
    method = services()[service].methods[needs.name]
    parameters = {parameter.name for parameter in method.parameters}
    paths = [*needs.mandatory, *(p for variant in needs.variants for p in variant.mandatory)]
    assert "Backend" in needs.source
    for path in paths:
        assert {alternative.partition(".")[0] for alternative in path.split("|")} <= parameters
    variants = [(variant.name, variant.mandatory) for variant in method.variants]
    needed = [(variant.name, variant.mandatory) for variant in needs.variants]
    assert (method.mandatory, variants) != (needs.mandatory, needed)


def test_a_resource_is_validated_as_a_whole() -> None:
    problems = validate(schema.VM(name="my vm", memory=0), "add")
    assert [problem.path for problem in problems] == [
        "cluster.id|name",
        "template.id|name",
        "name",
        "memory",
    ]
    assert summary(problems, operation="add", type_name="Vm") == (
        "Vm [cluster.id|name, template.id|name] required for add; Can not add VM. The given name"
        " contains special characters. Only lower-case and upper-case letters, numbers, '_', '-',"
        " '.' are allowed. The given memory is out of range. It must be at least 1048576 bytes"
        " (1 MiB)."
    )


def test_a_cluster_on_its_own_needs_a_data_center() -> None:
    (problem,) = validate(schema.Cluster(name="c"), "add")
    assert problem.path == "data_center.id|name"


def test_an_action_is_validated_with_its_parameters() -> None:
    bond = schema.HostNIC(name="team0", bonding=schema.Bonding(slaves=[schema.HostNIC(name="e")]))
    problems = validate(schema.Host(id="1"), "setup_networks", {"modified_bonds": [bond]})
    assert [problem.path for problem in problems] == [
        "modified_bonds[0].name",
        "modified_bonds[0].bonding.slaves",
    ]
    (problem,) = validate(schema.Host(id="1"), "fence")
    assert problem.message == "Action [fence_type] required for fence"
    assert validate(schema.Host(id="1"), "fence", {"fence_type": "restart"}) == []


def test_a_resource_without_a_name_lacks_it_wherever_it_goes() -> None:
    (problem,) = validate(schema.NIC(), "add")
    assert problem.path == "name"


@pytest.mark.parametrize(
    "case",
    [case for case in BAD_VALUES if case.operation in ("add", "update")],
    ids=lambda case: case.id,
)
def test_validation_finds_every_bad_value(case: BadValue) -> None:
    assert case.path in {problem.path for problem in validate(case.build(), case.operation)}


def test_a_default_of_the_engine_is_a_warning() -> None:
    """An administrator can have changed it: a name of 65 characters is sent all the same."""
    (problem,) = check_values(schema.VM(name="v" * 65), "add")
    assert (problem.path, problem.severity) == ("name", "warning")
    assert "at most 64" in problem.message
    assert check_values(schema.VM(name="v" * 64), "add") == []


def test_a_clone_is_named_as_a_new_machine_is() -> None:
    clone = schema.VM(name="my clone")
    (problem,) = validate(schema.VM(id="1"), "clone", {"vm": clone})
    assert problem.loc == ("vm", "name")


@pytest.mark.parametrize(
    ("path", "loc"),
    [
        ("name", ("name",)),
        ("cpu.topology.cores", ("cpu", "topology", "cores")),
        ("nics[0].name", ("nics", 0, "name")),
        ("[1].ranges[0].from", (1, "ranges", 0, "from_")),
        ("cluster.id|name", ("cluster", "id")),
    ],
)
def test_a_problem_is_somewhere(path: str, loc: tuple[str | int, ...]) -> None:
    assert Problem(path, "", "", "", "").loc == loc


def test_where_a_problem_is_leads_to_the_attribute() -> None:
    vm = schema.VM(payloads=[schema.Payload(), schema.Payload(volume_id="my volume")])
    (problem,) = check_values(vm, "add")
    assert problem.loc == ("payloads", 1, "volume_id")
    found: Any = vm
    for step in problem.loc:
        found = found[step] if isinstance(step, int) else getattr(found, step)
    assert found == "my volume"
