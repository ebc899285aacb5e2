"""Models of ours in what others make of pydantic: pydantic-xml, FastAPI, settings, adapters."""

from __future__ import annotations

import asyncio
import inspect
import subprocess
import sys
import typing
from datetime import UTC, datetime
from typing import Annotated, Any

import httpx
import pydantic
import pydantic_settings
import pydantic_xml
import pytest
from fastapi import FastAPI

from rhev import errors, schema


class Machine(schema.VM):
    owner: str | None = None


class Order(pydantic_xml.BaseXmlModel, tag="order", extra="forbid"):
    number: int = pydantic_xml.attr()
    vm: schema.VM = pydantic_xml.element()
    hosts: list[schema.Host] = pydantic_xml.element(tag="on", default=[])
    mine: Machine | None = pydantic_xml.element(tag="mine", default=None)


ORDER = Order(
    number=7,
    vm=schema.VM(id="1", name="é", cpu=schema.CPU(topology=schema.CpuTopology(cores=2))),
    hosts=[schema.Host(name="one"), schema.Host(name="two")],
    mine=Machine(name="a"),
)


def test_a_field_of_a_pydantic_xml_model_is_written_and_read() -> None:
    written = ORDER.to_xml(encoding="unicode")
    assert written == (
        '<order number="7"><vm id="1"><name>é</name><cpu><topology><cores>2</cores></topology>'
        "</cpu></vm><on><name>one</name></on><on><name>two</name></on><mine><name>a</name></mine>"
        "</order>"
    )
    assert Order.from_xml(written) == ORDER
    assert type(Order.from_xml(written).mine) is Machine
    assert Order.model_validate(ORDER.model_dump()) == ORDER
    assert Order.model_json_schema()["properties"]["vm"]["$ref"] == "#/$defs/VM"


def test_it_is_read_as_strictly_as_alone() -> None:
    with pytest.raises(errors.ParseError, match="did you mean 'name'"):
        Order.from_xml("<order number='7'><vm><nmae>a</nmae></vm></order>")
    with pytest.raises(pydantic.ValidationError, match="memory"):
        Order.from_xml("<order number='7'><vm><memory>much</memory></vm></order>")


def test_pydantic_xml_may_come_after_us() -> None:
    program = """
from rhev import schema
schema.VM(name="a")
from pydantic_xml import BaseXmlModel
class Order(BaseXmlModel, tag="order"):
    vm: schema.VM
assert Order.from_xml(Order(vm=schema.VM(name="a")).to_xml()).vm.name == "a"
"""
    subprocess.run([sys.executable, "-c", program], check=True)  # noqa: S603


app = FastAPI()


@app.post("/vms")
def _create(vm: schema.VM) -> schema.VM:
    vm.description = "made"
    return vm


@app.get("/machines")
def _machines() -> list[Machine]:
    return [Machine(name="a", owner="me", memory=schema.GiB)]


def ask(method: str, path: str, **body: Any) -> httpx.Response:
    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.request(method, path, **body)

    return asyncio.run(asked())


def test_fastapi_takes_and_gives_them() -> None:
    given = {"name": "a", "memory": "4 GiB", "start_time": "2024-01-01T00:00:00Z"}
    answer = ask("POST", "/vms", json=given)
    assert answer.json() == {**given, "memory": 4 * schema.GiB, "description": "made"}
    assert ask("GET", "/machines").json() == [{"name": "a", "owner": "me", "memory": schema.GiB}]
    refused = ask("POST", "/vms", json={"nmae": "a"})
    assert refused.status_code == 422
    assert "did you mean 'name'" in refused.json()["detail"][0]["msg"]


def test_fastapi_describes_them() -> None:
    described = app.openapi()
    defined = described["components"]["schemas"]
    assert defined["VM"]["properties"].keys() == schema.VM.model_fields.keys()
    assert "owner" in defined["Machine"]["properties"]
    assert not [name for name in defined if name.endswith(("-Input", "-Output"))]
    body = described["paths"]["/vms"]["post"]["requestBody"]["content"]["application/json"]
    assert body["schema"] == {"$ref": "#/components/schemas/VM"}


class Settings(pydantic_settings.BaseSettings):
    model_config = pydantic_settings.SettingsConfigDict(
        env_prefix="TEST_RHEV_", env_nested_delimiter="__"
    )
    vm: schema.VM = schema.VM()
    texts: (
        Annotated[schema.VM, pydantic.BeforeValidator(schema.VM.model_validate_strings)] | None
    ) = None


def test_settings_are_read_from_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_RHEV_VM", '{"name": "a", "cpu": {"topology": {"cores": 2}}}')
    monkeypatch.setenv("TEST_RHEV_VM__MEMORY", "4 GiB")
    vm = Settings().vm
    assert (vm.name, vm.memory, vm.cpu) == (
        "a",
        4 * schema.GiB,
        schema.CPU(topology=schema.CpuTopology(cores=2)),
    )


def test_settings_are_read_from_variables_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_RHEV_TEXTS__NAME", "a")
    monkeypatch.setenv("TEST_RHEV_TEXTS__STATELESS", "true")
    monkeypatch.setenv("TEST_RHEV_TEXTS__CPU__TOPOLOGY__CORES", "2")
    vm = Settings().texts
    assert vm is not None
    assert (vm.name, vm.stateless) == ("a", True)
    assert vm.cpu == schema.CPU(topology=schema.CpuTopology(cores=2))


def test_where_all_values_are_texts() -> None:
    given = {"name": "a", "memory": "4294967296", "cpu": {"topology": {"cores": "2"}}}
    vm = schema.VM.model_validate_strings(given)
    assert vm == schema.VM(
        name="a", memory=1 << 32, cpu=schema.CPU(topology=schema.CpuTopology(cores=2))
    )
    assert schema.VM.model_validate_strings({"memory": "4 GiB"}).memory == 1 << 32
    with pytest.raises(pydantic.ValidationError, match="did you mean 'name'"):
        schema.VM.model_validate_strings({"nmae": "a"})


def test_strictness_is_lifted_for_all_that_a_call_reads() -> None:
    given = {"stateless": "true", "cpu": {"topology": {"cores": "2"}}}
    vm = schema.VM.model_validate(given, strict=False)
    assert (vm.stateless, vm.cpu) == (
        True,
        schema.CPU(topology=schema.CpuTopology(cores=2)),
    )
    with pytest.raises(pydantic.ValidationError):
        schema.VM.model_validate(given)


def test_type_adapters() -> None:
    several = pydantic.TypeAdapter(list[schema.VM])
    assert several.validate_python([{"name": "a"}]) == [schema.VM(name="a")]
    assert several.validate_json(several.dump_json([schema.VM(name="a")])) == [schema.VM(name="a")]
    assert several.json_schema()["items"] == {"$ref": "#/$defs/VM"}
    assert pydantic.TypeAdapter(schema.VM).validate_json('{"name": "a"}') == schema.VM(name="a")


def test_dates_in_json() -> None:
    vm = schema.VM.model_validate_json('{"start_time": "2024-01-01T02:00:00+02:00"}')
    assert vm.start_time == datetime(2024, 1, 1, tzinfo=UTC)
    assert schema.VM.model_validate_json(vm.model_dump_json()) == vm


# What tools ask of a class, each in a new interpreter, before anything was validated.
BEFORE_THE_FIRST_USE = {
    "hints": """
hints = typing.get_type_hints(schema.VM)
assert hints["cpu"] == schema.CPU | None, hints["cpu"]
assert hints["nics"] == list[schema.NIC] | None
assert hints["memory"] == int | None
assert hints["name"] == str | None
assert hints["status"] == schema.VmStatus | None
assert typing.get_type_hints(schema.VMs)["vm"] == list[schema.VM]
""",
    "signature": """
parameters = inspect.signature(schema.VM).parameters
assert list(parameters) == list(schema.VM.model_fields)
assert parameters["cpu"].annotation == typing.Optional[schema.CPU], parameters["cpu"]
assert parameters["cpu"].default is None
assert {p.kind for p in parameters.values()} == {inspect.Parameter.KEYWORD_ONLY}
""",
    "fields": """
cpu = schema.VM.model_fields["cpu"]
assert cpu.annotation == typing.Optional[schema.CPU]
assert cpu.description == "The virtual CPU: topology, pinning, mode.", cpu.description
assert not cpu.is_required()
""",
    "dump": """
from rhev.codecs import xml
vm = xml.decode(b"<vm><cpu><topology><cores>2</cores></topology></cpu></vm>")
assert vm.model_dump(exclude_none=True) == {"cpu": {"topology": {"cores": 2}}}
""",
}


@pytest.mark.parametrize("program", BEFORE_THE_FIRST_USE.values(), ids=BEFORE_THE_FIRST_USE)
def test_the_truth_is_told_before_the_first_use(program: str) -> None:
    head = "import inspect, typing\nfrom rhev import schema\n"
    subprocess.run([sys.executable, "-c", head + program], check=True)  # noqa: S603


def test_the_truth_is_told_after_it() -> None:
    machine = Machine(name="a", owner="me")
    assert machine.owner == "me"
    assert typing.get_type_hints(Machine)["owner"] == str | None
    parameters = inspect.signature(Machine).parameters
    assert list(parameters) == [*schema.VM.model_fields, "owner"]
    assert parameters["cpu"].annotation == schema.CPU | None
    assert Machine.model_fields["cpu"].annotation == schema.CPU | None
