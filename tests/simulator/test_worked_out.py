"""What is worked out of the state is what it is now, whatever has changed and however."""

from __future__ import annotations

import ast
import random
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rhev import simulator
from rhev.simulator import Engine
from rhev.simulator.documents import presented
from rhev.simulator.state.journal import undoing
from rhev.simulator.state.neighbours import neighbours
from rhev.simulator.state.places import ASSIGNED, referring, refers
from rhev.simulator.state.store import reference
from rhev.simulator.state.values import put
from tests.simulator.asking import Asker, standing_still

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rhev.simulator.state.estate import Estate
    from rhev.simulator.state.store import Record, Store

ROOM = Path(simulator.__file__).parent


def check(engine: Engine) -> None:
    """Asks for what refers to hosts and clusters, and looks through all machines for the same."""
    store = engine._estate.store
    for api_type, attribute in (("Host", "host"), ("Cluster", "cluster")):
        for owner in store.of_type(api_type):
            found = [vm for vm in store.of_type("Vm") if refers(vm.model, attribute, owner)]
            assert list(referring(store, "Vm", attribute, owner)) == found
            near = {vm.id for vm in store.of_type("Vm") if are_neighbours(store, vm, owner)}
            assert {vm.id for vm in neighbours(store, owner, "Vm")} == near
            for vm in store.of_type("Vm"):
                assert (owner in neighbours(store, vm, api_type)) == (vm.id in near)


def check_answers(ask: Asker) -> None:
    """Asks for resources as they may be kept, and so that they are made up anew."""
    for collection in ("/vms", "/hosts", "/disks", "/clusters", "/storagedomains"):
        (members,) = ask.get(collection).values()
        for member in members:
            path = f"{collection}/{member['id']}"
            assert ask("GET", path) == ask("GET", path, anew="true") == ask("GET", path)


def are_neighbours(store: Store, one: Record, other: Record) -> bool:
    for owner, member in ((one, other), (other, one)):
        if any(refers(owner.model, name, member) for name in vars(owner.model)):
            return True
        segments = (segment for api_type, segment in ASSIGNED if api_type == owner.type)
        if any(member.id in store.assigned(owner, segment) for segment in segments):
            return True
    return other.parent is one


@pytest.mark.parametrize("seed", range(3))
def test_requests_and_the_passing_of_time(seed: int) -> None:
    engine, chance = Engine.demo(clock=standing_still), random.Random(seed)  # noqa: S311
    ask = Asker(engine)
    for number in range(40):
        path = f"/vms/{chance.choice(ask.get('/vms')['vm'])['id']}"
        match chance.choice(["start", "stop", "migrate", "remove", "add", "move", "wait"]):
            case "remove":
                ask("DELETE", path)
            case "add":
                cluster = {"name": chance.choice(["Default", "databases"])}
                document = {"template": {"name": "Blank"}, "cluster": cluster}
                ask("POST", "/vms", {"name": f"new-{number}", **document})
            case "move":
                ask("PUT", path, {"cluster": {"name": chance.choice(["Default", "databases"])}})
            case "wait":
                engine.advance(chance.uniform(0, 3))
            case action:
                ask("POST", f"{path}/{action}", {})
        check(engine)
        check_answers(ask)
    totals = [int(host["summary"]["total"]) for host in ask.get("/hosts")["host"]]
    assert sum(totals) == sum("host" in vm for vm in ask.get("/vms")["vm"])


@pytest.mark.parametrize("api_type", ["Vm", "Tag", "Disk", "Cluster", "StorageDomain", "Network"])
def test_neighbours_of_every_kind(shared: Asker, api_type: str) -> None:
    store = shared.engine._estate.store
    for record in store.of_type(api_type):
        for other_type in ("Nic", "Vm", "Tag", "DataCenter", "AffinityLabel", "User", "Host"):
            near = [
                each for each in store.of_type(other_type) if are_neighbours(store, record, each)
            ]
            assert sorted(each.id for each in neighbours(store, record, other_type)) == sorted(
                each.id for each in near
            )


def test_who_may_not_see_it_is_not_given_what_is_kept(ask: Asker) -> None:
    path = ask.path("/vms", "web-01")
    assert ask.get(path) == ask.get(path)
    ask.engine.sessions.let_in("alice@internal", "secret")
    headers = {"Authorization": "Basic " + b64encode(b"alice@internal:secret").decode()}
    assert ask.send("GET", path, headers=headers).status in (401, 404)


def test_an_answer_that_tells_of_the_time_is_not_kept(
    ask: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def clock(estate: Estate, record: Record, document: Any) -> None:
        put(document, description=str(estate.timeline.now))

    monkeypatch.setitem(presented.PRESENTED, "Tag", clock)
    path = ask.path("/tags", "production")
    before = ask.get(path)
    ask.engine.advance(1)
    assert float(ask.get(path)["description"]) == float(before["description"]) + 1


def test_what_is_kept_has_the_correlation_id_of_who_asks(ask: Asker) -> None:
    path = ask.path("/vms", "web-01")
    for given in ("one", "other"):
        response = ask.send("GET", path, headers={"Correlation-Id": given})
        assert response.headers["correlation-id"] == given


def test_what_is_undone(engine: Engine) -> None:
    store = engine._estate.store
    vm, host = next(store.of_type("Vm")), next(store.of_type("Host"))

    def change() -> None:
        with undoing():
            put(vm.model, host=reference(host))
            store.remove(_another(store.of_type("Vm"), vm))
            check(engine)
            raise LookupError

    check(engine)
    with pytest.raises(LookupError):
        change()
    check(engine)


def _another(records: Iterator[Record], than: Record) -> Record:
    return next(record for record in records if record is not than)


def test_only_what_marks_a_change_makes_one() -> None:
    """Else what was worked out would be taken for right after it."""
    found = [
        f"{path.relative_to(ROOM)}:{line}"
        for path in ROOM.rglob("*.py")
        if path.parent.name != "state"
        for line in _changes(ast.parse(path.read_text()))
    ]
    assert found == []


def test_a_change_of_a_model_is_recognized() -> None:
    code = 'vars(vm.model)["name"] = 1\ndel vm.model.__dict__["name"]\nvars(a.b.model).clear()'
    assert list(_changes(ast.parse(code))) == [1, 2, 3]
    assert not list(_changes(ast.parse('x = vars(vm.model)["name"]\nvars(vm.model).get("name")')))


def _changes(tree: ast.Module) -> Iterator[int]:
    """The lines that change what a record's model holds without saying so."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
            changed: ast.AST = node.value
        elif isinstance(node, ast.Attribute) and node.attr in {"pop", "update", "clear"}:
            changed = node.value
        else:
            continue
        if (of := _of_whom(changed)) is not None and ast.unparse(of).endswith(".model"):
            yield node.lineno


def _of_whom(node: ast.AST) -> ast.AST | None:
    """Whose dictionary it is, where it is one of a structure's attributes."""
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "vars":
        return node.args[0]
    if isinstance(node, ast.Attribute) and node.attr == "__dict__":
        return node.value
    return None
