"""A user's class with fields of its own: they are validated, kept and dumped, but do not travel."""

from __future__ import annotations

import copy
import pickle
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import pydantic
import pytest

from rhev import schema
from rhev.codecs import json, xml
from rhev.mapping.fields import fields
from rhev.simulator import Engine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rhev import Connection


class Machine(schema.VM):
    """What a program keeps of a machine beside what the engine does."""

    owner: str | None = None
    notes: list[str] = pydantic.Field(default_factory=list)
    born: date | None = None
    _seen: int = pydantic.PrivateAttr(default=0)

    @pydantic.field_validator("name")
    @classmethod
    def _is_short(cls, name: str | None) -> str | None:
        if name is not None and len(name) > 12:
            raise ValueError("our names are short")
        return name

    @pydantic.computed_field  # type: ignore[prop-decorator]
    @property
    def label(self) -> str:
        return f"{self.owner}/{self.name}"


class Owned(schema.VM):
    """One whose own field has to be given."""

    owner: str


class Named(schema.VM):
    """One that narrows a field of the API's."""

    name: str


@pytest.fixture(params=["json", "xml"])
def connection(request: pytest.FixtureRequest) -> Iterator[Connection]:
    with Engine.demo().connect(format=request.param) as conn:
        yield conn


def made(**values: Any) -> Machine:
    return Machine(name="a", owner="me", cpu=schema.CPU(architecture="x86_64"), **values)  # type: ignore[arg-type]


def test_its_own_fields_are_validated() -> None:
    with pytest.raises(pydantic.ValidationError) as refused:
        Machine(owner=7, name="much too long a name", nmae="a")  # type: ignore[arg-type,call-arg]
    found = {error["loc"]: error["msg"] for error in refused.value.errors()}
    assert found.keys() == {("owner",), ("name",), ("nmae",)}
    assert "our names are short" in found["name",]
    assert "did you mean 'name'" in found["nmae",]
    machine = made()
    with pytest.raises(pydantic.ValidationError):
        machine.owner = 7  # type: ignore[assignment]
    assert machine.owner == "me"


def test_they_do_not_travel() -> None:
    machine = made(notes=["x"], born=date(2020, 1, 1))
    assert fields(Machine) == fields(schema.VM)
    for written in (json.encode(machine), xml.encode(machine)):
        assert b"owner" not in written
    assert "owner" not in str(machine.to_xml(encoding="unicode"))
    assert xml.decode(xml.encode(machine), Machine) == Machine(name="a", cpu=machine.cpu)
    assert Machine.from_xml(b"<vm><name>a</name></vm>") == Machine(name="a")


def test_it_is_copied_pickled_and_dumped_whole() -> None:
    machine = made(notes=["x"], born=date(2020, 1, 1))
    machine._seen = 3
    for twin in (copy.copy(machine), copy.deepcopy(machine), pickle.loads(pickle.dumps(machine))):  # noqa: S301
        assert type(twin) is Machine
        assert twin == machine
        assert twin._seen == 3
    dumped = machine.model_dump(mode="json", exclude={"label"})
    assert (dumped["owner"], dumped["born"], dumped["name"]) == ("me", "2020-01-01", "a")
    assert Machine.model_validate_json(machine.model_dump_json(exclude={"label"})) == machine
    assert Machine.model_validate(machine.model_dump(exclude={"label"})) == machine
    assert machine.model_dump()["label"] == "me/a"
    assert machine.model_copy(update={"owner": "you"}).owner == "you"
    assert "owner='me'" in repr(machine)


def test_json_is_read_as_json_wherever_it_stands() -> None:
    class Fleet(pydantic.BaseModel):
        machines: list[Machine]

    fleet = Fleet.model_validate_json('{"machines": [{"name": "a", "born": "2020-01-01"}]}')
    assert fleet.machines == [Machine(name="a", born=date(2020, 1, 1))]
    assert (
        Fleet.model_validate_json(fleet.model_dump_json(exclude={"machines": {0: {"label"}}}))
        == fleet
    )


def test_reading_gives_what_was_asked_for(connection: Connection) -> None:
    plain = connection.get(schema.VM, name="web-01")
    machine = connection.get(Machine, plain.id)
    assert type(machine) is Machine
    assert (machine.owner, machine.notes, machine._seen) == (None, [], 0)
    machine.notes.append("kept")
    assert machine.notes == ["kept"]
    assert {type(member) for member in connection.getall(Machine)} == {Machine}
    assert {type(member) for member in connection.iterate(Machine, max=2)} == {Machine}
    assert type(connection.get(Machine, name="web-01")) is Machine
    assert type(connection.getall(schema.VM)[0]) is schema.VM


def test_reading_what_is_attached(connection: Connection) -> None:
    class Volume(schema.Disk):
        tier: str = "gold"

    vm = connection.get(schema.VM, name="web-01")
    found = connection.getall(Volume, base=vm)
    assert [(type(disk), disk.tier) for disk in found] == [(Volume, "gold")] * len(found)
    assert found
    assert type(connection.get(Volume, found[0].id, base=vm)) is Volume


def test_writing_keeps_its_own_fields(connection: Connection) -> None:
    machine = connection.create(
        Owned(
            name="new",
            owner="me",
            cluster=schema.Cluster(name="Default"),
            template=schema.Template(name="Blank"),
        )
    )
    assert type(machine) is Owned
    assert (machine.owner, machine.name) == ("me", "new")
    machine.owner = "you"
    machine.description = "changed"
    machine.update()
    assert (machine.owner, machine.description) == ("you", "changed")
    machine.reload()
    assert machine.owner == "you"
    assert schema.ref(machine).id == schema.href(machine).id == machine.id
    machine.delete()


def test_what_no_engine_sends_is_said_to_be_missing(connection: Connection) -> None:
    machine = connection.get(Owned, name="web-01")
    with pytest.raises(AttributeError, match="'owner' of this Owned was never set"):
        _ = machine.owner


@pytest.mark.parametrize("wire", ["json", "xml"])
def test_a_field_of_the_api_may_be_narrowed(wire: Literal["json", "xml"]) -> None:
    with pytest.raises(pydantic.ValidationError, match="name"):
        Named()  # type: ignore[call-arg]
    codec = json if wire == "json" else xml
    assert codec.decode(codec.encode(Named(name="a")), Named).name == "a"


def test_a_subclass_of_a_subclass() -> None:
    class Server(Machine):
        rack: int = 1

    server = Server(name="a", owner="me")
    assert (server.rack, server.label) == (1, "me/a")
    assert Server.model_validate({"name": "a", "rack": 2}).rack == 2
    assert type(copy.deepcopy(server)) is Server
