"""What a user may not write: named with its path, what is wrong, and what would be right."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pydantic
import pytest

from rhev import schema
from rhev.mapping.catalogue import model
from rhev.mapping.fields import Kind, fields
from rhev.mapping.scalars import parse_bytes
from rhev.models.index import CLASSES
from rhev.secrets import says_secret
from tests.unchecked import new

if TYPE_CHECKING:
    from collections.abc import Callable

# What is given, the path of the error, and what its message says.
REFUSED = [
    ({"nmae": "a"}, "nmae", "VM has no attribute 'nmae'; did you mean 'name'?"),
    ({"zzz": "a"}, "zzz", "VM has no attribute 'zzz'"),
    ({"{name}": "a"}, "{name}", "VM has no attribute '{name}'"),
    ({"vm": {}}, "vm", "VM has no attribute 'vm'"),
    ({"name": 7}, "name", "valid string"),
    ({"name": b"a"}, "name", "valid string"),
    ({"memory": 1.5}, "memory", "integer"),
    ({"memory": "4"}, "memory", "write a number of bytes, or one with a unit"),
    ({"memory": "4 GB"}, "memory", "'4 GB' is no byte count"),
    ({"memory": "0.3 B"}, "memory", "not a whole number of bytes"),
    ({"memory": True}, "memory", "integer"),
    ({"stateless": "true"}, "stateless", "boolean"),
    ({"stateless": 1}, "stateless", "boolean"),
    ({"status": "upp"}, "status", "'up'"),
    ({"status": 3}, "status", "'up'"),
    ({"start_time": datetime(2020, 1, 1)}, "start_time", "timezone"),
    ({"start_time": date(2020, 1, 1)}, "start_time", "timezone"),
    ({"start_time": "soon"}, "start_time", "datetime"),
    ({"cpu": "fast"}, "cpu", "Input should be a CPU, or a mapping of its attributes"),
    ({"cpu": schema.NIC()}, "cpu", "Input should be a CPU"),
    ({"cpu": {"topology": {"cors": 2}}}, "cpu.topology.cors", "did you mean 'cores'?"),
    ({"cpu": {"topology": {"cores": "2"}}}, "cpu.topology.cores", "integer"),
    ({"cpu": {"architecture": "z80"}}, "cpu.architecture", "'x86_64'"),
    ({"nics": schema.NIC()}, "nics", "list"),
    ({"nics": "a"}, "nics", "list"),
    ({"nics": {"name": "a"}}, "nics", "list"),
    ({"nics": [{"name": "a"}, {"nam": "b"}]}, "nics.1.nam", "did you mean 'name'?"),
    ({"nics": [schema.NIC(), 7]}, "nics.1", "Input should be a NIC"),
    ({"nics": [{"mac": {"address": "0:1"}}]}, "nics.0.mac.address", "write six octets"),
    ({"nics": [{"mac": {"address": "56:6f:1a"}}]}, "nics.0.mac.address", "write six octets"),
    (
        {"nics": [{"reported_devices": [{"ips": [{"address": "1.2.3"}]}]}]},
        "nics.0.reported_devices.0.ips.0.address",
        "'1.2.3' is no IP address",
    ),
    ({"os": {"boot": {"devices": ["hd", "tape"]}}}, "os.boot.devices.1", "'hd'"),
    ({"placement_policy": {"host": "a"}}, "placement_policy.hosts.0", "should be a Host"),
    ({"placement_policy": {"hots": []}}, "placement_policy.hots", "did you mean 'hosts'?"),
]

refused = pytest.mark.parametrize(("given", "path", "message"), REFUSED)


def construct(values: dict[str, Any]) -> object:
    return schema.VM(**values)


def make(values: dict[str, Any]) -> object:
    return schema.new(schema.VM, **values)


def assign(values: dict[str, Any]) -> None:
    vm = schema.VM()
    for name, value in values.items():
        setattr(vm, name, value)


def update(values: dict[str, Any]) -> object:
    return schema.update(schema.VM(), values)


def validate(values: dict[str, Any]) -> object:
    return schema.VM.model_validate(values)


@refused
@pytest.mark.parametrize("write", [construct, make, assign, update, validate])
def test_what_is_refused(
    write: Callable[[dict[str, Any]], object], given: dict[str, Any], path: str, message: str
) -> None:
    with pytest.raises(pydantic.ValidationError) as refused:
        write(given)
    (error,) = refused.value.errors()
    assert ".".join(map(str, error["loc"])) == path
    assert message in error["msg"]
    assert path in str(refused.value)


def test_everything_wrong_is_said_at_once() -> None:
    with pytest.raises(pydantic.ValidationError) as refused:
        new(schema.VM, nmae="a", memory="much", cpu={"topology": {"cores": "2"}, "speed": "fast"})
    assert {error["loc"] for error in refused.value.errors()} == {
        ("memory",),
        ("cpu", "topology", "cores"),
        ("cpu", "speed"),
        ("nmae",),
    }


def test_what_the_engine_says_of_a_resource_is_not_set() -> None:
    vm = schema.VM()
    with pytest.raises(AttributeError):
        vm.links = {}  # type: ignore[assignment,misc]
    with pytest.raises(pydantic.ValidationError, match="VM has no attribute 'actions'"):
        schema.VM(actions={})  # type: ignore[call-arg]


def test_a_refused_assignment_changes_nothing() -> None:
    vm = schema.VM(name="a")
    with pytest.raises(pydantic.ValidationError):
        vm.name = 7  # type: ignore[assignment]
    with pytest.raises(pydantic.ValidationError):
        vm.nmae = "b"  # type: ignore[attr-defined]
    assert vm == schema.VM(name="a")


@pytest.mark.parametrize("name", sorted(CLASSES.values()))
def test_every_model_refuses_what_it_does_not_know(name: str) -> None:
    cls = model(name)
    with pytest.raises(pydantic.ValidationError, match=f"{name} has no attribute 'no_such_thing'"):
        cls(no_such_thing=1)
    instance = cls()
    with pytest.raises(pydantic.ValidationError, match="no attribute 'no_such_thing'"):
        instance.no_such_thing = 1
    with pytest.raises(AttributeError, match=f"{name} has no attribute 'no_such_thing'"):
        _ = instance.no_such_thing
    for attribute in fields(cls):
        assert getattr(instance, attribute) is None


def test_an_attribute_that_is_misread_is_named() -> None:
    with pytest.raises(AttributeError, match="did you mean 'memory'"):
        _ = schema.VM().memroy  # type: ignore[attr-defined]
    with pytest.raises(AttributeError):
        _ = schema.VM.memroy  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("4 GiB", 4 << 30),
        ("4gib", 4 << 30),
        (" 1.5 KiB ", 1536),
        ("0.5 KiB", 512),
        ("0 B", 0),
        ("2 TiB", 2 << 40),
        ("1 PiB", 1 << 50),
        ("512 MiB", 512 << 20),
        (7, 7),
    ],
)
def test_byte_counts(text: object, amount: int) -> None:
    assert parse_bytes(text) == amount
    assert schema.VM(memory=text).memory == amount  # type: ignore[arg-type]


@pytest.mark.parametrize("address", ["56:6f:1a:00:00:07", "56:6F:1A:00:00:07"])
def test_mac_addresses(address: str) -> None:
    assert schema.MAC(address=address).address == address


@pytest.mark.parametrize("address", ["192.0.2.7", "2001:db8::7", "::1"])
def test_ip_addresses(address: str) -> None:
    assert schema.IP(address=address).address == address


@pytest.mark.parametrize("members", [list, tuple, iter, schema.Nics])
def test_any_sequence_is_taken_for_a_list(members: Any) -> None:
    nics = [schema.NIC(name="a"), schema.NIC(name="b")]
    given = schema.Nics(nic=nics) if members is schema.Nics else members(nics)
    if members is iter:
        with pytest.raises(pydantic.ValidationError, match="list"):
            new(schema.VM, nics=given)
    else:
        vm = new(schema.VM, nics=given)
        assert vm.nics == nics
        assert type(vm.nics) is list


def test_mappings_are_taken_for_structures() -> None:
    vm = new(
        schema.VM, cpu={"topology": {"cores": 2}}, nics=[{"name": "a"}], template={"name": "Blank"}
    )
    assert vm.cpu == schema.CPU(topology=schema.CpuTopology(cores=2))
    assert vm.nics == [schema.NIC(name="a")]
    assert isinstance(vm.template, schema.Template)
    vm.cpu = {"architecture": "x86_64"}  # type: ignore[assignment]
    assert vm.cpu == schema.CPU(architecture=schema.Architecture.X86_64)


def test_timestamps_are_taken_as_text_too() -> None:
    vm = schema.VM(start_time="2020-01-01T00:00:00Z")  # type: ignore[arg-type]
    assert vm.start_time == datetime(2020, 1, 1, tzinfo=UTC)


# Where the API takes or gives a secret: each of them must be in no text.
SECRETS = [
    (name, attribute)
    for name in sorted(CLASSES.values())
    for attribute, spec in fields(model(name)).items()
    if spec.kind is Kind.TEXT and says_secret(attribute)
]


def test_what_is_secret_is_so_by_its_name() -> None:
    assert {attribute for _, attribute in SECRETS} == {
        "custom_script",
        "password",
        "proxy_url",
        "remote_viewer_connection_file",
        "root_password",
        "transfer_url",
        "windows_license_key",
    }
    assert {("User", "password"), ("Host", "root_password")} <= set(SECRETS)


@pytest.mark.parametrize(("name", "attribute"), SECRETS)
def test_secrets_are_not_shown(name: str, attribute: str) -> None:
    cls = model(name)
    instance = cls(**{attribute: "hunter2"})
    assert getattr(instance, attribute) == "hunter2"
    assert "hunter2" not in f"{instance!r} {instance} {[instance]}"
    assert f"{attribute}='***'" in repr(instance)


@pytest.mark.parametrize(
    "given",
    [
        {"initialization": {"root_password": ["hunter2"]}},
        {"initialization": {"root_pasword": "hunter2"}},
        {"initialization": {"root_password": 7, "user_name": {"password": "hunter2"}}},
        {"initialization": "hunter2"},
        {"payloads": [{"files": "hunter2"}]},
    ],
)
def test_secrets_are_in_no_error(given: dict[str, Any]) -> None:
    class Job(pydantic.BaseModel):
        vm: schema.VM

    for write in (construct, assign, lambda given: Job(vm=given)):
        with pytest.raises(pydantic.ValidationError) as refused:
            write(given)
        assert "hunter2" not in str(refused.value)
        assert "hunter2" not in repr(refused.value)


@pytest.mark.parametrize(
    "secret",
    [
        lambda: schema.Ticket(value="hunter2"),
        lambda: schema.Action(ticket=schema.Ticket(value="hunter2")),
        lambda: schema.ProxyTicket(value="hunter2"),
        lambda: schema.OpenstackVolumeAuthenticationKey(value="hunter2"),
        lambda: schema.File(name="user-data", content="hunter2"),
        lambda: schema.Option(name="passwd", value="hunter2"),
        lambda: schema.Property(name="snmp_private_key", value="hunter2"),
        lambda: schema.CustomProperty(name="api_token", value="hunter2"),
    ],
)
def test_what_is_a_secret_here_is_not_one_there(secret: Callable[[], schema.Struct]) -> None:
    assert "hunter2" not in repr(secret())
    assert "hunter2" not in str(secret())
    assert "'***'" in repr(secret())
    assert repr(schema.Bookmark(name="mine", value="Vms:")) == "Bookmark(name='mine', value='Vms:')"
    assert "'60'" in repr(schema.Option(name="delay", value="60"))


def test_what_was_given_is_not_even_the_context_of_an_error() -> None:
    with pytest.raises(pydantic.ValidationError) as raised:
        schema.User.model_validate({"password": ["hunter2"]})
    assert raised.value.__context__ is None
