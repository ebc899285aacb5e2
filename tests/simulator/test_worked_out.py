"""What is worked out of the state is what it is now, whatever has changed and however."""

from __future__ import annotations

import ast
import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rhev import simulator
from rhev.simulator import Engine
from rhev.simulator.state.journal import undoing
from rhev.simulator.state.neighbours import neighbours
from rhev.simulator.state.places import ASSIGNED, referring, refers
from rhev.simulator.state.store import reference
from rhev.simulator.state.values import put
from tests.simulator.asking import Asker, standing_still

if TYPE_CHECKING:
    from collections.abc import Iterator

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
