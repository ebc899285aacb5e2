"""What the recorded engine had that no recorded request made: built here, by requests as well."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.simulator.asking import Asker

if TYPE_CHECKING:
    from collections.abc import Callable

    from rhev.simulator import Engine


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of the estate, and the time from which on it was there."""

    before: float
    build: Callable[[Engine], None]


def _at(clock: str) -> float:
    return datetime.fromisoformat(f"2026-11-24T{clock}").replace(tzinfo=UTC).timestamp()


def default(engine: Engine) -> None:
    ask = Asker(engine)
    (cluster,) = ask.get("/clusters")["cluster"]
    cpu = {"architecture": "x86_64", "type": "Intel Icelake Server Family"}
    ask("PUT", f"/clusters/{cluster['id']}", {"cpu": cpu})


def hosts(engine: Engine) -> None:
    ask = Asker(engine)
    for number in (1, 2):
        host = {"name": f"host{number}", "address": f"127.0.0.{number + 1}", "root_password": "x"}
        ask.add("/hosts", {**host, "cluster": {"name": "Default"}})
    engine.advance(60)
    data_center = ask.get("/datacenters?search=name%3DDefault")["data_center"][0]["id"]
    for number in (1, 2):
        storage = {"type": "nfs", "address": "127.0.0.9", "path": f"/exports/nfs{number}"}
        domain = {"name": f"nfs{number}", "type": "data", "storage": storage}
        made = ask.add("/storagedomains", {**domain, "host": {"name": "host1"}})
        ask.add(f"/datacenters/{data_center}/storagedomains", {"id": made["id"]})
    engine.advance(60)


STAGES = (Stage(0, default), Stage(_at("17:30:00"), hosts))
