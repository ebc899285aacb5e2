"""What a request costs: no more is made up than is sent, and what is asked again costs no more."""

from __future__ import annotations

from typing import Any

import pytest

from rhev.simulator import Engine
from rhev.simulator.documents import representations
from rhev.simulator.state.store import Store
from tests.simulator.asking import Asker, standing_still


@pytest.fixture(scope="module")
def ask() -> Asker:
    return Asker(Engine.demo(vms=60, clock=standing_still))


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The types of the documents that are made up of what is held."""
    types: list[str] = []
    represent = representations.represent

    def counted(estate: Any, record: Any, **how: Any) -> Any:
        types.append(record.type)
        return represent(estate, record, **how)

    monkeypatch.setattr(representations, "represent", counted)
    return types


@pytest.mark.parametrize(
    ("path", "query", "expected"),
    [
        ("/vms", {"max": 5}, 5),
        ("/vms", {"search": "page 3", "max": 7}, 7),
        ("/vms", {"search": "name=vm-0002*"}, 10),
        ("/vms", {"search": "status=up sortby memory", "max": 4}, 4),
        ("/disks", {"max": 3}, 3),
        ("/events", {"max": 2}, 2),
        ("/events", {"search": "severity=normal", "max": 2}, 2),
        ("/clusters", {"search": "name=databases"}, 1),
    ],
)
def test_only_what_is_sent_is_made_up(
    ask: Asker, made: list[str], path: str, query: dict[str, Any], expected: int
) -> None:
    (listed,) = ask.get(path, **query).values()
    assert len(listed) == len(made) == expected


def test_what_is_followed_is_made_up_once(ask: Asker, made: list[str]) -> None:
    ask.get("/vms", search="name=vm-0002*", follow="nics,disk_attachments.disk")
    assert sorted(made) == sorted(["Vm", "Nic", "DiskAttachment", "Disk"] * 10)


def test_machines_are_looked_through_once_for_all_hosts(
    ask: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_through: list[str] = []
    of_type = Store.of_type

    def noted(store: Store, api_type: str) -> Any:
        looked_through.append(api_type)
        return of_type(store, api_type)

    ask.change(ask.path("/vms", "vm-00020"), {"description": "changed"})
    ask.get("/hosts")
    monkeypatch.setattr(Store, "of_type", noted)
    ask.change(ask.path("/vms", "vm-00020"), {"description": "again"})
    before = looked_through.count("Vm")
    ask.get("/hosts")
    ask.get("/vms")
    assert looked_through.count("Vm") == before, "no machine has another host"
    ask.act(f"{ask.path('/vms', 'vm-00020')}/stop")
    ask.engine.advance(20)
    ask.get("/hosts")
    assert looked_through.count("Vm") > before
