"""References, copies, comparison and the rest of what ``rhev.schema`` does with models."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import BaseModel

from rhev import errors, schema
from rhev.codecs import json as json_codec
from rhev.codecs import xml
from rhev.mapping.catalogue import model
from rhev.mapping.fields import Kind, fields
from rhev.mapping.links import Links
from rhev.models.index import CLASSES, COLLECTIONS
from tests.unchecked import new

if TYPE_CHECKING:
    from collections.abc import Callable

READ = xml.decode(
    b'<vm id="7" href="/api/vms/7"><name>a</name><cpu><topology><cores>2</cores></topology></cpu>'
    b"<nics><nic><name>n</name></nic></nics><aura>blue</aura><status>dreaming</status>"
    b'<link rel="disks" href="/api/vms/7/disks"/>'
    b'<actions><link rel="start" href="/api/vms/7/start"/></actions></vm>'
)


class Engine:
    """What a resource is bound to."""

    def __init__(self) -> None:
        self.calls: list[tuple[Any, ...]] = []

    def perform(self, operation: str, /, *arguments: Any, **parameters: Any) -> Any:
        self.calls.append((operation, *arguments, parameters))
        return arguments[0] if arguments else None


def bound(vm: schema.VM) -> tuple[schema.VM, Engine]:
    engine = Engine()
    object.__setattr__(vm, "_binding", engine)
    return vm, engine


def test_new() -> None:
    vm = new(schema.VM, name="a", memory="1 GiB")
    assert vm == schema.VM(name="a", memory=schema.GiB)


@pytest.mark.parametrize(
    ("resource", "reference"),
    [
        (schema.Cluster(id="7", name="a", comment="c"), schema.Cluster(id="7")),
        (schema.Cluster(name="a", comment="c"), schema.Cluster(name="a")),
    ],
)
def test_a_reference_is_the_id_or_else_the_name(resource: Any, reference: object) -> None:
    assert schema.ref(resource) == reference
    assert resource.comment == "c"


def test_a_reference_needs_something_to_refer_by() -> None:
    with pytest.raises(ValueError, match="Cluster has no id and no name"):
        schema.ref(schema.Cluster(comment="c"))


def test_an_address_alone() -> None:
    vm, engine = bound(copy.copy(READ))
    stub = schema.href(vm)
    assert stub == schema.VM(id="7", href="/api/vms/7")
    stub.reload()
    assert engine.calls == [("reload", stub, {})]
    with pytest.raises(ValueError, match="this VM has no address"):
        schema.href(schema.VM(name="a"))


def test_update_merges_structures_and_replaces_the_rest() -> None:
    vm = new(
        schema.VM, name="a", cpu={"architecture": "x86_64", "topology": {"cores": 1}}, tags=[{}]
    )
    changes = new(schema.VM, cpu={"topology": {"cores": 2}}, tags=[])
    assert schema.update(vm, changes) is vm
    assert vm == new(
        schema.VM, name="a", cpu={"architecture": "x86_64", "topology": {"cores": 2}}, tags=[]
    )
    schema.update(vm, {"name": "b", "cpu": {"topology": {"threads": 3}}})
    assert vm.cpu is not None
    assert vm.cpu.topology == schema.CpuTopology(cores=2, threads=3)


def test_a_copy_is_new_and_shares_nothing() -> None:
    duplicate = schema.copy(READ)
    assert (duplicate.id, duplicate.href, dict(duplicate.links)) == (None, None, {})
    assert duplicate.name == "a"
    duplicate.cpu.topology.cores = 4
    duplicate.nics.append(schema.NIC())
    assert READ.cpu.topology.cores == 2
    assert len(READ.nics) == 1


def unset() -> Any:
    return schema.subtype(schema.VM().placement_policy)


def set_() -> Any:
    vm = new(schema.VM, placement_policy={})
    return schema.subtype(vm.placement_policy)


def of_the_class() -> Any:
    return schema.subtype(schema.VM.placement_policy)


def by_name() -> Any:
    return schema.subtype(schema.VM, "placement_policy")


@pytest.mark.parametrize("ask", [unset, set_, of_the_class, by_name])
def test_subtype(ask: Callable[[], Any]) -> None:
    assert ask() is schema.VmPlacementPolicy


def test_subtype_of_what_has_none() -> None:
    nothing = None
    vm: Any = schema.VM
    with pytest.raises(TypeError, match="not a nested attribute"):
        schema.subtype(nothing)
    with pytest.raises(TypeError, match=r"VM\.name is a text"):
        schema.subtype(vm, "name")
    with pytest.raises(TypeError, match="no attribute 'nmae'"):
        schema.subtype(vm, "nmae")
    with pytest.raises(TypeError):
        schema.subtype("vm")


@pytest.mark.parametrize("name", sorted(CLASSES.values()))
def test_subtype_of_every_nested_attribute(name: str) -> None:
    cls = model(name)
    for attribute, spec in fields(cls).items():
        if spec.kind in (Kind.STRUCT, Kind.ENUMERATION):
            assert schema.subtype(cls, attribute) is spec.type
            assert schema.subtype(getattr(cls, attribute)) is spec.type


@pytest.mark.parametrize(
    "key", [schema.VM, schema.VMs, schema.VM(), schema.VMs(), "VM", "VMs", "Vm", "vm", "vms"]
)
def test_type_info(key: Any) -> None:
    info = schema.type_info(key)
    assert (info.resource, info.collection) == (schema.VM, schema.VMs)
    assert (info.api_name, info.element, info.relationship) == ("Vm", "vm", "vms")


@pytest.mark.parametrize("key", ["no_such_thing", "", schema.VmStatus, int])
def test_type_info_of_nothing(key: Any) -> None:
    with pytest.raises(KeyError):
        schema.type_info(key)


@pytest.mark.parametrize("api_type", sorted(CLASSES))
def test_type_info_of_every_type(api_type: str) -> None:
    info = schema.type_info(api_type)
    assert info.resource is model(CLASSES[api_type])
    assert info == schema.type_info(info.resource) == schema.type_info(info.element)
    if info.collection is not None:
        assert info == schema.type_info(info.collection)


@pytest.mark.parametrize(
    "travel",
    [
        lambda vm: pickle.loads(pickle.dumps(vm)),  # noqa: S301
        copy.deepcopy,
        copy.copy,
        lambda vm: vm.model_copy(deep=True),
    ],
    ids=["pickle", "deepcopy", "copy", "model_copy"],
)
def test_models_travel(travel: Callable[[Any], Any]) -> None:
    vm, _ = bound(copy.copy(READ))
    again = travel(vm)
    assert again == READ
    assert again is not vm
    assert type(again) is schema.VM
    again.name = "b"
    assert vm.name == "a"


def test_what_was_read_is_still_so_after_pickling() -> None:
    again = pickle.loads(pickle.dumps(READ))  # noqa: S301
    assert (again.links, again.actions) == (READ.links, READ.actions)
    assert again.model_extra == {"aura": "blue"}
    assert again._changed == {}
    assert again._lists == {"nics": (schema.NIC(name="n"),)}
    assert not again.status.is_known


@pytest.mark.parametrize("name", sorted([*CLASSES.values(), *COLLECTIONS.values()]))
def test_every_model_is_comparable_copyable_and_printable(name: str) -> None:
    cls = model(name)
    assert cls() == cls()
    assert copy.deepcopy(cls()) == pickle.loads(pickle.dumps(cls())) == cls()  # noqa: S301
    assert name in repr(cls())
    assert set(fields(cls)) <= set(dir(cls()))
    assert cls() != object()


def test_what_is_equal_hashes_equal() -> None:
    read, stub = schema.VM(id="7", name="a"), schema.VM(id="7", name="a")
    assert {read: 1}[stub] == 1
    assert len({read, stub, schema.VM(id="8"), schema.Host(id="7")}) == 3
    assert hash(read) == hash(schema.VM(id="7", name="b")) != hash(schema.VM(id="8"))


@pytest.mark.parametrize("unhashable", [schema.VM(name="a"), schema.CPU(), schema.VMs()])
def test_what_has_no_id_has_no_hash(unhashable: schema.Struct) -> None:
    with pytest.raises(TypeError, match=r"unhashable: this .* has no id"):
        hash(unhashable)


def test_repr_shows_what_is_set() -> None:
    assert repr(new(schema.VM, name="a", cpu={"topology": {"cores": 2}})) == (
        "VM(name='a', cpu=CPU(topology=CpuTopology(cores=2)))"
    )
    assert repr(schema.VMs(vm=[schema.VM(), schema.VM()])) == "<VMs of 2>"


SECRET = "hunter2"
READ_LINES = [
    (
        schema.VM,
        {"id": "1", "name": "web", "status": "up", "memory": "1", "cpu": {"name": "x"}},
        "<VM name='web' id='1' status='up'>",
    ),
    (schema.Tag, {"id": "1", "name": "web"}, "<Tag name='web' id='1'>"),
    (
        schema.Job,
        {"id": "7", "description": "d", "status": "started"},
        "<Job description='d' id='7'",
    ),
    (schema.Snapshot, {"id": "3", "description": "s", "snapshot_status": "ok"}, "<Snapshot desc"),
    (schema.User, {"id": "3", "user_name": "me@x", "password": SECRET}, "<User user_name='me@x'"),
    (schema.VM, {}, "<VM>"),
]


@pytest.mark.parametrize(("cls", "document", "line"), READ_LINES)
def test_what_was_read_prints_as_one_line(
    cls: type[schema.BaseResource], document: dict[str, Any], line: str
) -> None:
    as_json = json_codec.decode(json.dumps(document).encode(), cls)
    as_xml = xml.decode(xml.encode(as_json), cls)
    for resource in (as_json, as_xml):
        assert repr(resource) == str(resource)
        assert repr(resource).startswith(line)
        assert "\n" not in repr(resource)
        assert SECRET not in repr(resource) + repr(list(resource.__rich_repr__()))
        for name in document:
            assert name in resource.model_dump()
            assert name in dict(resource.__rich_repr__())


def test_a_rich_tree_of_a_collection_has_its_members() -> None:
    vms = schema.VMs(vm=[schema.VM(name="a"), schema.VM(name="b")])
    assert list(vms.__rich_repr__()) == list(vms)


@pytest.mark.parametrize("name", sorted([*CLASSES.values(), *COLLECTIONS.values()]))
def test_an_editor_is_not_offered_what_pydantic_has_deprecated(name: str) -> None:
    offered = set(dir(model(name)()))
    past = {"dict", "json", "parse_obj", "parse_raw", "from_orm", "construct", "copy", "validate"}
    past |= {"schema", "schema_json", "update_forward_refs", "parse_file", "__fields__"}
    own = {n for n in past for c in model(name).__mro__ if n in vars(c) and c is not BaseModel}
    assert offered & past == own
    assert {"model_dump", *fields(model(name))} <= offered


def test_an_action_that_pydantic_has_a_name_for_is_offered() -> None:
    assert "copy" in dir(schema.Disk())
    assert "copy" not in dir(schema.VM())


def test_collections_are_sequences() -> None:
    one, two = schema.VM(id="1", name="a"), schema.VM(id="2")
    vms = schema.VMs(vm=[one, two])
    assert len(vms) == 2
    assert (vms[0], vms[-1], vms[:1]) == (one, two, [one])
    assert list(vms) == [one, two]
    assert list(reversed(vms)) == [two, one]
    assert schema.VM(id="2", name="other") in vms
    assert schema.VM(id="3") not in vms
    assert isinstance(vms, Sequence)
    assert vms
    assert not schema.VMs()
    with pytest.raises(IndexError):
        vms[2]


def test_a_collection_finds_a_resource_by_its_id() -> None:
    vms = schema.VMs(vm=[schema.VM(id="1"), schema.VM(id="2"), schema.VM(id="1"), schema.VM()])
    again = schema.VM(id="1", name="a")
    assert (vms.index(again), vms.index(again, 1), vms.index(again, -2, 4)) == (0, 2, 2)
    assert (vms.count(again), vms.count(schema.VM()), vms.count("1")) == (2, 1, 0)
    with pytest.raises(ValueError, match=r"VM\(id='1', name='a'\) is not in this VMs"):
        vms.index(again, 1, 2)


def test_what_is_not_bound_says_so() -> None:
    vm = schema.VM(name="a")
    for act in (vm.update, vm.delete, vm.reload, vm.start, lambda: vm.wait_for_status("up")):
        with pytest.raises(errors.Unbound, match="this VM belongs to no connection"):
            act()


def test_what_was_changed_is_known() -> None:
    vm = copy.deepcopy(READ)
    assert vm._changed is None  # a copy is made here
    vm = pickle.loads(pickle.dumps(READ))  # noqa: S301
    vm.name = "b"
    vm.memory = "1 GiB"
    assert vm._changed == {"name": "a", "memory": None}


def test_the_older_spellings() -> None:
    policy = schema.VmPlacementPolicy()
    assert policy.host is None
    policy.host = schema.Host(name="h")
    assert policy.hosts == [schema.Host(name="h")]
    assert policy.host == schema.Host(name="h")
    policy.host = None
    assert policy.hosts == []
    assert policy.host is None

    action = schema.Action()
    assert action.stateless is None
    action.stateless = True
    assert action.vm == schema.VM(stateless=True)

    disk = schema.Disk(provisioned_size="1 GiB")  # type: ignore[arg-type]
    assert disk.size == schema.GiB
    disk.size = 7
    assert disk.provisioned_size == 7


def test_names_of_links_are_shared_as_long_as_they_are_few(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[tuple[str, ...], tuple[str, ...]] = {}
    monkeypatch.setattr("rhev.mapping.links._shapes", kept)
    monkeypatch.setattr("rhev.mapping.links._SHAPES_KEPT", 1)
    for rels in (["nics", "tags"], ["nics", "tags"], ["disks"]):
        pairs = {rel: f"/vms/1/{rel}" for rel in rels}
        assert Links.from_pairs("/vms/1", pairs) == pairs
    assert list(kept) == [("nics", "tags")]


def test_attributes_can_be_deleted() -> None:
    vm = schema.VM(name="a", comment="b")
    del vm.comment
    assert vm == schema.VM(name="a")
    assert vm.comment is None
    assert vm.model_fields_set == {"name"}
