"""Export, apply to another engine, export: what comes out is what went in, but for ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from rhev import Connection, schema, specs
from rhev.applying import Wanted, all_of, apply, export, plan
from rhev.applying.texts import document
from rhev.mapping.catalogue import model
from rhev.simulator import Engine
from tests.applying.test_applying import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rhev.mapping.resources import BaseResource
    from tests.applying.conftest import Estate

# What an estate consists of, in any order, and what each is below, where it is below something.
PARTS: list[tuple[str, str | None]] = [
    *[(name, None) for name in ("VM", "Template", "VmPool", "InstanceType", "Disk", "User")],
    *[(name, None) for name in ("Group", "Permission", "Role", "Tag", "AffinityLabel")],
    *[(name, None) for name in ("Host", "StorageDomain", "StorageConnection", "DiskProfile")],
    *[(name, None) for name in ("Network", "VnicProfile", "CpuProfile", "Cluster")],
    *[(name, None) for name in ("DataCenter", "MacPool", "Bookmark", "SchedulingPolicy")],
    *[("Quota", "DataCenter"), ("QoS", "DataCenter"), ("AffinityGroup", "Cluster")],
]
Documents = list[dict[str, Any]]


def exported(connection: Connection) -> Documents:
    """The whole estate, as documents."""
    found: Documents = []
    for name, below in PARTS:
        bases = [None] if below is None else all_of(connection, model(below))
        for base in bases:
            members = all_of(connection, model(name), base=base)
            found += [
                document(each.model, each.under) for each in export(connection, members, base)
            ]
    return found


def read(documents: Documents) -> list[Wanted]:
    """The documents once they were written and read."""
    return list(specs.load(specs.Source(yaml.safe_dump_all(documents))))


def ordered(documents: Documents) -> list[str]:
    return sorted(map(yaml.safe_dump, documents))


def connected(engine: Engine) -> Iterator[Connection]:
    with (
        engine.serve() as server,
        Connection(server.url, server.username, server.password) as connection,
    ):
        yield connection


@pytest.fixture
def origin() -> Iterator[Connection]:
    engine = Engine.demo(speed=10_000)
    with engine.connect() as connection:
        cluster = schema.Cluster(name="Default")
        together = [schema.VM(name="web-01"), schema.VM(name="web-02")]
        apply(connection, [schema.AffinityGroup(name="apart", cluster=cluster, vms=together)])
    yield from connected(engine)


@pytest.fixture
def other() -> Engine:
    return Engine(speed=10_000)


def make_templates(connection: Connection, documents: Documents) -> None:
    """Makes the templates as people do, of machines: what is on their disks no document has."""
    # What they need is there first.
    needed = [each for each in documents if each["kind"] not in ("template", "vm", *OF_MACHINES)]
    apply(connection, read(needed))
    for each in documents:
        if each["kind"] != "template":
            continue
        machine = {**each, "kind": "vm", "template": "Blank"}
        apply(connection, read([machine]))
        vm = connection.get(schema.VM, name=each["name"])
        template = connection.create(schema.Template(name=each["name"], vm=vm))
        connection.wait_for_status(template, "ok", interval=0.01)
        connection.delete(vm)


OF_MACHINES = ("affinity_label", "affinity_group")


@pytest.mark.lasting
def test_an_estate_is_the_same_on_another_engine(origin: Connection, other: Engine) -> None:
    documents = exported(origin)
    assert {"vm", "host", "storage_domain", "affinity_group", "quota", "permission"} <= {
        each["kind"] for each in documents
    }
    for connection in connected(other):
        make_templates(connection, documents)
        assert apply(connection, read(documents)) != ()
        assert ordered(exported(connection)) == ordered(documents)
        other.requests.clear()
        assert apply(connection, read(documents)) == ()
        assert writes(other) == []


def writes(engine: Engine) -> list[tuple[str, str]]:
    return [(method, url) for method, url in engine.requests if method != "GET"]


def test_an_export_applied_where_it_comes_from_changes_nothing(demo: Estate) -> None:
    documents = read(exported(demo.connection))
    planned = plan(demo.connection, documents)
    assert (planned.changes, planned.refusals) == ((), ())
    assert apply(demo.connection, documents) == ()
    assert demo.writes == []


@pytest.mark.lasting
@pytest.mark.parametrize(
    "made",
    # The demonstration has that user already.
    [wanted for wanted, _ in KINDS if not isinstance(wanted, schema.User)],
    ids=lambda each: type(each).__name__,
)
def test_each_kind_is_exported_as_what_applies_to_it(demo: Estate, made: BaseResource) -> None:
    before = ordered(all_written(demo.connection, made))
    apply(demo.connection, [made])
    after = all_written(demo.connection, made)
    (own,) = [each for each in after if yaml.safe_dump(each) not in before]
    assert "id" not in own
    assert "href" not in yaml.safe_dump(own)
    planned = plan(demo.connection, read([own]))
    assert (planned.changes, planned.refusals) == ((), ())


def all_written(connection: Connection, like: BaseResource) -> Documents:
    below = next((below for name, below in PARTS if model(name) is type(like)), None)
    bases = [None] if below is None else all_of(connection, model(below))
    return [
        document(each.model, each.under)
        for base in bases
        for each in export(connection, all_of(connection, type(like), base=base), base)
    ]


def test_an_export_has_neither_ids_nor_secrets_nor_what_the_engine_decides(demo: Estate) -> None:
    vm = demo.connection.get(schema.VM, name="web-01")
    (written,) = export(demo.connection, [vm])
    text = yaml.safe_dump(document(written.model, written.under))
    assert str(vm.id) not in text
    for attribute in ("href", "status", "creation_time", "fqdn", "guest_operating_system"):
        assert f"{attribute}:" not in text
    assert document(written.model)["nics"][0]["name"] == "nic1"
    assert document(written.model)["tags"] == [{"name": "production"}]


def test_a_storage_domain_says_by_which_host_it_can_be_made(demo: Estate) -> None:
    domain = demo.connection.get(schema.StorageDomain, name="data-01")
    (written,) = export(demo.connection, [domain])
    assert document(written.model)["host"] == "node-01"


def test_what_is_made_with_something_else_has_no_document_of_its_own(demo: Estate) -> None:
    assert all_of(demo.connection, schema.StorageConnection) == []
    assert [vars(each)["alias"] for each in all_of(demo.connection, schema.Disk)] == ["spare"]


def test_a_permission_is_given_once(demo: Estate) -> None:
    role = schema.Role(name="UserVmManager")
    given = schema.Permission(role=role, user=schema.User(user_name="alice@internal-authz"))
    assert len(apply(demo.connection, [given])) == 1
    demo.engine.requests.clear()
    assert apply(demo.connection, [given]) == ()
    assert demo.writes == []
