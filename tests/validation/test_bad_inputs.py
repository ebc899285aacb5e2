"""Bad inputs end at the client: each with the error it gives, and no request for any of them.

The shape of what a user writes is pydantic's to refuse, when it is written. What the engine's
rules refuse is in the table of ``tests/rules/cases.py``; here those of its rows that a create, an
update or an action would send are sent, so to speak.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from rhev import Connection, Fault, InvalidRequest, relations, schema
from rhev.mapping.catalogue import model
from rhev.models.index import CLASSES
from tests.rules.cases import BAD_VALUES, BadValue

if TYPE_CHECKING:
    from collections.abc import Callable

    from rhev.transport import Request, Response

VM = schema.VM

# What is written, the path of what is wrong with it, and what is said.
SHAPES: list[tuple[Callable[[], object], str, str]] = [
    # Unknown attributes
    (lambda: VM(nmae="web"), "nmae", "VM has no attribute 'nmae'; did you mean 'name'?"),  # type: ignore[call-arg]
    (lambda: VM(frobnicate=1), "frobnicate", "VM has no attribute 'frobnicate'"),  # type: ignore[call-arg]
    (
        lambda: VM.model_validate({"cpu": {"topology": {"core": 2}}}),
        "cpu.topology.core",
        "CpuTopology has no attribute 'core'; did you mean 'cores'?",
    ),
    (
        lambda: VM.model_validate({"payloads": [{"type": "cdrom"}, {"volume": "x"}]}),
        "payloads.1.volume",
        "Payload has no attribute 'volume'; did you mean 'volume_id'?",
    ),
    (
        lambda: setattr(schema.Disk(), "provisoned_size", 1),
        "provisoned_size",
        "Disk has no attribute 'provisoned_size'; did you mean 'provisioned_size'?",
    ),
    (
        lambda: setattr(VM(), "placement_polcy", None),
        "placement_polcy",
        "did you mean 'placement_policy'?",
    ),
    # Types
    (lambda: VM(memory=1.5), "memory", "valid integer"),  # type: ignore[arg-type]
    (lambda: VM(memory=True), "memory", "valid integer"),
    (lambda: VM(memory="4 GB"), "memory", "'4 GB' is no byte count"),  # type: ignore[arg-type]
    (lambda: VM(memory="lots"), "memory", "such as '4 GiB'"),  # type: ignore[arg-type]
    (lambda: VM(memory="0.3 B"), "memory", "not a whole number of bytes"),  # type: ignore[arg-type]
    (lambda: VM(name=7), "name", "valid string"),  # type: ignore[arg-type]
    (lambda: VM(name=b"web"), "name", "valid string"),  # type: ignore[arg-type]
    (lambda: VM(stateless="yes"), "stateless", "valid boolean"),  # type: ignore[arg-type]
    (lambda: VM(stateless=1), "stateless", "valid boolean"),  # type: ignore[arg-type]
    (lambda: VM(cpu="2 cores"), "cpu", "a CPU, or a mapping of its attributes"),  # type: ignore[arg-type]
    (lambda: VM(cluster=schema.Host(name="x")), "cluster", "should be a Cluster"),  # type: ignore[arg-type]
    (lambda: VM(payloads=schema.Payload()), "payloads", "valid list"),  # type: ignore[arg-type]
    (lambda: VM(payloads="cdrom"), "payloads", "valid list"),  # type: ignore[arg-type]
    (lambda: VM(payloads=[None]), "payloads.0", "should be a Payload"),  # type: ignore[list-item]
    (lambda: VM(start_time="yesterday"), "start_time", "valid datetime"),  # type: ignore[arg-type]
    (
        lambda: VM.model_validate({"start_time": "2024-05-06T07:08:09"}),
        "start_time",
        "timezone",
    ),
    (lambda: schema.MAC(address="56:6f:1a"), "address", "'56:6f:1a' is no MAC address"),
    (lambda: schema.IP(address="10.0.0.256"), "address", "'10.0.0.256' is no IP address"),
    (lambda: schema.CpuTopology(cores="2"), "cores", "valid integer"),  # type: ignore[arg-type]
    (lambda: schema.Statistic(values=[schema.Value(datum="x")]), "datum", "valid number"),  # type: ignore[arg-type]
    # Enumerations
    (lambda: VM(type="servr"), "type", "'desktop', 'server' or 'high_performance'"),  # type: ignore[arg-type]
    (lambda: VM(type=7), "type", "'desktop', 'server' or 'high_performance'"),  # type: ignore[arg-type]
    (lambda: VM(type=schema.VmStatus.UP), "type", "'desktop', 'server'"),  # type: ignore[arg-type]
    (lambda: schema.Disk(format="vmdk"), "format", "'cow' or 'raw'"),  # type: ignore[arg-type]
    (lambda: schema.NIC(interface="e2000"), "interface", "'e1000'"),  # type: ignore[arg-type]
    (
        lambda: VM.model_validate({"os": {"boot": {"devices": ["hd", "floppy"]}}}),
        "os.boot.devices.1",
        "'cdrom', 'hd' or 'network'",
    ),
]


@pytest.mark.parametrize(("write", "path", "said"), SHAPES)
def test_a_shape_is_refused_where_it_is_written(
    write: Callable[[], object], path: str, said: str
) -> None:
    with pytest.raises(ValidationError) as raised:
        write()
    (error,) = raised.value.errors()
    assert ".".join(map(str, error["loc"])) == path
    assert said in error["msg"]
    assert said in str(raised.value)


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(ValidationError) as raised:
        VM.model_validate({"nmae": "x", "memory": "1 GB", "cpu": {"topology": {"cores": "2"}}})
    paths = {".".join(map(str, error["loc"])) for error in raised.value.errors()}
    assert paths == {"nmae", "memory", "cpu.topology.cores"}


class Untouched:
    """A transport that only knows the entry point, and remembers whatever else was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def send(self, request: Request) -> Response:
        self.asked.append(f"{request.method} {request.url}")
        raise AssertionError(f"a request left the client: {self.asked[-1]}")

    def close(self) -> None:
        pass


def sendable(case: BadValue) -> bool:
    """Whether a row of the table is a request of its own, and not an action's input."""
    return case.operation in ("add", "update")


@pytest.mark.parametrize(
    "case", [case for case in BAD_VALUES if sendable(case)], ids=lambda case: str(case.id)
)
def test_what_the_engine_would_refuse_is_not_sent(case: BadValue) -> None:
    transport = Untouched()
    conn = Connection("https://engine.example", transport=transport)
    resource: Any = case.build()
    operation = conn.create if case.operation == "add" else conn.update
    base = base_of(resource) if case.operation == "add" else None
    with pytest.raises(InvalidRequest) as raised:
        operation(resource, base=base)
    assert isinstance(raised.value, Fault)
    assert isinstance(raised.value, ValueError)
    assert case.path in [problem.path for problem in raised.value.problems]
    assert case.fragment in str(raised.value) + str(
        [problem.expected for problem in raised.value.problems]
    )
    assert raised.value.fault.detail
    assert all(p.source and p.expected and p.message for p in raised.value.problems)
    assert transport.asked == []


def base_of(resource: schema.BaseResource) -> Any:
    """What a resource without a collection of its own is created in."""
    bases = [
        base
        for base, member in relations.relationships()
        if member == resource.__api_name__
        and any("add" in s.methods for _, s in relations.collection_services(member, base))
    ]
    if relations.ENTRY_POINT in bases:
        return None
    return model(CLASSES[bases[0]])(href="/ovirt-engine/api/somewhere/1")


@pytest.mark.parametrize(
    ("action", "parameters", "missing"),
    [
        ("clone", {}, "vm.name"),
        ("clone", {"vm": VM(memory=1 << 30)}, "vm.name"),
        ("maintenance", {}, "maintenance_enabled"),
        ("preview_snapshot", {}, "snapshot.id"),
        ("previewsnapshot", {"snapshot": schema.Snapshot(description="x")}, "snapshot.id"),
        ("export", {}, "storage_domain.id|name"),
    ],
)
def test_an_action_without_its_mandatory_inputs_is_not_sent(
    action: str, parameters: dict[str, Any], missing: str
) -> None:
    transport = Untouched()
    conn = Connection("https://engine.example", transport=transport)
    vm = VM(href="/ovirt-engine/api/vms/1")
    with pytest.raises(InvalidRequest) as raised:
        conn.action(vm, action, **parameters)  # type: ignore[arg-type]
    assert [problem.path for problem in raised.value.problems] == [missing]
    assert missing.split("|")[0] in str(raised.value)
    assert transport.asked == []


def test_tools_that_never_connect_get_the_same_list() -> None:
    vm = VM(name="my vm", cluster=schema.Cluster(name="production"))
    problems = schema.validate(vm, "add")
    assert [problem.path for problem in problems] == ["template.id|name", "name"]
    assert [problem.path for problem in schema.validate(vm, "update")] == ["name"]
    assert schema.validate(VM(name="web"), "update") == []
    with pytest.raises(ValueError, match="a VM has no operation 'fly'"):
        schema.validate(vm, "fly")  # type: ignore[arg-type]


def test_what_is_assigned_needs_less_than_what_is_new() -> None:
    network = schema.Network(name="storage")
    assert [p.path for p in schema.validate(network, "add")] == ["data_center.name|id"]
    assert schema.validate(network, "add", base=schema.Cluster) == []
    assert schema.validate(network, "add", base=schema.Cluster(id="1")) == []
    disk = schema.Disk(provisioned_size=1, format=schema.DiskFormat("cow"))
    assert [p.path for p in schema.validate(disk, "add")] == ["storage_domains"]
    assert schema.validate(disk, "add", base=schema.StorageDomain) == []


def test_a_parameter_that_an_action_does_not_have_is_refused() -> None:
    vm = VM(id="1")
    with pytest.raises(TypeError, match="start has no parameter 'puase'; did you mean 'pause'"):
        schema.validate(vm, "start", puase=True)
    with pytest.raises(TypeError, match="add has no parameter 'pause'"):
        schema.validate(vm, "add", pause=True)
    assert schema.validate(vm, "start", pause=True, async_=True) == []


def test_a_warning_is_sent_all_the_same() -> None:
    vm = VM(name="v" * 65, template=schema.Template(name="t"), cluster=schema.Cluster(name="c"))
    assert [p.severity for p in schema.validate(vm, "add")] == ["warning"]
    transport = Untouched()
    conn = Connection("https://engine.example", transport=transport)
    with pytest.raises(AssertionError, match="a request left the client"):
        conn.create(vm)
