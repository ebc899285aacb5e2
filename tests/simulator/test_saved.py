"""An estate that is saved, and loaded again."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

import rhev
from rhev import schema
from rhev.simulator import Engine, ManualClock
from rhev.simulator.estates.saved import everything
from tests.simulator.asking import Asker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def engine() -> Engine:
    return Engine.demo(clock=ManualClock(), speed=1)


def reloaded(engine: Engine, path: Path) -> Engine:
    engine.save(path)
    return Engine.load(path, clock=ManualClock(), speed=1)


def addresses(engine: Engine) -> Iterator[str]:
    """Of everything there is: the collections and the resources in them, as a client finds them."""
    ask, waiting, seen = Asker(engine), ["/"], set()
    while waiting:
        path = waiting.pop()
        if path in seen or path.count("/") > 4:
            continue
        seen.add(path)
        yield path
        response = ask.send("GET", path)
        if response.status != 200 or not response.content:
            continue
        document = json.loads(response.content)
        entries = [e for value in document.values() if isinstance(value, list) for e in value]
        hrefs = [entry["href"] for entry in entries if "href" in entry and "{" not in entry["href"]]
        waiting += [href.removeprefix("/ovirt-engine/api") for href in hrefs]


def answer(ask: Asker, path: str) -> tuple[int, bytes]:
    response = ask.send("GET", path)
    return response.status, response.content


def test_a_loaded_engine_answers_as_the_one_that_was_saved(engine: Engine, tmp_path: Path) -> None:
    other = reloaded(engine, tmp_path / "estate.json")
    ask, again = Asker(engine), Asker(other)
    paths = [path for path in addresses(engine) if "/statistics" not in path]
    assert len(paths) > 500
    differing = [path for path in paths if answer(ask, path) != answer(again, path)]
    assert differing == []


def test_all_that_is_held_is_saved(engine: Engine) -> None:
    types = engine._estate.store._types
    found = {id(record) for record in everything(engine._estate.store)}
    held = {id(record) for of_type in types.values() for record in of_type.values()}
    assert held <= found


def test_a_loaded_engine_goes_on(engine: Engine, tmp_path: Path) -> None:
    other = reloaded(engine, tmp_path / "estate.json.gz")
    known = {vm.id for vm in engine.connect().iterate(schema.VM)}
    conn = other.connect()
    vm = conn.create(
        schema.VM(
            name="new",
            cluster=schema.Cluster(name="Default"),
            template=schema.Template(name="rhel9"),
        )
    )
    vm.wait_for_status("down")
    vm.start()
    vm.wait_for_status("up")
    assert vm.id not in known
    nics = [nic for each in conn.iterate(schema.VM, follow="nics") for nic in each.nics or ()]
    assert len({nic.mac.address for nic in nics if nic.mac is not None}) == len(nics)
    numbers = [int(e.getall(schema.Event, max=1)[0].id or 0) for e in (engine.connect(), conn)]
    assert numbers[0] < numbers[1]


def test_the_same_file_leads_to_the_same_ids(engine: Engine, tmp_path: Path) -> None:
    one = reloaded(engine, tmp_path / "estate.json").connect()
    other = Engine.load(tmp_path / "estate.json").connect()
    tag = schema.Tag(name="ours")
    assert one.create(tag).id == other.create(tag).id
    with pytest.raises(rhev.NotFound):
        engine.connect().get(schema.Tag, name="ours")


def test_what_was_only_counted_stays_so(engine: Engine, tmp_path: Path) -> None:
    engine.log_events(100_000)
    engine.connect().get(schema.VM, name="web-03").start()
    other = reloaded(engine, tmp_path / "estate.json.gz")
    assert (tmp_path / "estate.json.gz").stat().st_size < 1_000_000
    listed = [[event.id for event in e.connect().getall(schema.Event)] for e in (engine, other)]
    assert listed[0] == listed[1]
    assert len(listed[0]) > 100_000


def test_what_is_under_way_comes_to_its_end(engine: Engine, tmp_path: Path) -> None:
    conn = engine.connect()
    vm = conn.get(schema.VM, name="web-03")
    vm.start()
    assert conn.reload(vm).status != "up"
    other = reloaded(engine, tmp_path / "estate.json")
    assert conn.reload(vm).status == "up"
    assert other.connect().get(schema.VM, name="web-03").status == "up"
    assert other.clock() <= engine.clock()
    assert other.connect().api().time == engine.connect().api().time


def test_no_secret_is_in_the_file(engine: Engine, tmp_path: Path) -> None:
    conn = engine.connect()
    host = conn.get(schema.Host, name="node-01")
    ask = Asker(engine)
    path = (host.href or "").removeprefix("/ovirt-engine/api")
    agent = {"type": "ipmilan", "address": "fence.test", "username": "root", "order": "1"}
    ask.add(f"{path}/fenceagents", {**agent, "password": "Sesame-1"})
    vm = conn.get(schema.VM, name="web-03")
    vm.initialization = schema.Initialization(root_password="Sesame-2", user_name="cloud")
    vm.update()
    (kept,) = engine._estate.store.of_type("Agent")
    assert kept.model.password == "Sesame-1"
    file = tmp_path / "estate.json"
    engine.save(file)
    content = file.read_text()
    assert "Sesame" not in content
    assert engine.password not in content
    assert "cloud" in content
    other = Engine.load(file)
    assert other.password != engine.password


def test_a_file_is_replaced_when_the_new_one_is_whole(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "estate.json"
    engine.save(file)
    before = file.read_bytes()

    def full(*_: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(OSError, match="no space left"):
            engine.save(file)
    assert [path.name for path in tmp_path.iterdir()] == ["estate.json"]
    assert file.read_bytes() == before


def broken(document: Any, how: str) -> bytes:
    first = document["resources"][0]
    if how == "cut":
        return json.dumps(document).encode()[:-100]
    if how == "cut and compressed":
        return gzip.compress(json.dumps(document).encode())[:-100]
    if how == "form":
        document["rhev"] = 99
    elif how == "type":
        first["type"] = "Vn"
    elif how == "attribute":
        first["is"]["colour"] = "red"
    elif how == "owner":
        first["href"] = "/ovirt-engine/api/vms/1/nics/2"
    elif how == "id":
        first["href"] += "0"
    elif how == "member":
        document["assigned"]["/ovirt-engine/api/vms/1/tags"] = ["/ovirt-engine/api/tags/1"]
    elif how == "list":
        return b"[]"
    return json.dumps(document).encode()


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("cut", "is no estate that was saved"),
        ("cut and compressed", "is no estate that was saved"),
        ("form", "its form is 99, and not 1"),
        ("list", "it does not say its form"),
        ("type", "resource 1, /ovirt-engine/api/.*: 'Vn'"),
        ("attribute", "resource 1, /ovirt-engine/api/.*colour"),
        ("owner", "resource 1, /ovirt-engine/api/vms/1/nics/2: .*"),
        ("id", "resource 1, .*"),
        ("member", "/ovirt-engine/api/vms/1"),
    ],
)
def test_a_file_that_is_none(tmp_path: Path, how: str, said: str) -> None:
    file = tmp_path / "estate.json"
    Engine().save(file)
    file.write_bytes(broken(json.loads(file.read_bytes()), how))
    with pytest.raises(rhev.ParseError, match=said):
        Engine.load(file)
