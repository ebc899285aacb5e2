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
    template(engine)


def _machine(engine: Engine, name: str, disk: str) -> str:
    """A virtual machine with a disk to boot from and a NIC, by its path."""
    ask = Asker(engine)
    usual = {"cluster": {"name": "Default"}, "template": {"name": "Blank"}, "memory": 1 << 29}
    vm = "/vms/" + ask.add("/vms", {"name": name, **usual})["id"]
    on = {"storage_domain": [{"name": "nfs1"}]}
    image = {"name": disk, "format": "cow", "provisioned_size": 1 << 30, "storage_domains": on}
    attachment = {"bootable": True, "interface": "virtio", "active": True, "disk": image}
    ask.add(f"{vm}/diskattachments", attachment)
    profile = ask.path("/vnicprofiles", "ovirtmgmt").rpartition("/")[2]
    ask.add(f"{vm}/nics", {"name": "nic1", "vnic_profile": {"id": profile}})
    engine.advance(15)
    return vm


def template(engine: Engine) -> None:
    vm = _machine(engine, "t1", "t1_d")
    Asker(engine).add("/templates", {"name": "t1_tpl", "vm": {"id": vm.rpartition("/")[2]}})
    engine.advance(15)


def clients(engine: Engine) -> None:
    """What those found who asked on behalf of other people's clients."""
    ask = Asker(engine)
    for network in ("clfront", "clback"):
        ask.add("/networks", {"name": network, "data_center": {"name": "Default"}})
    storage = {"type": "nfs", "address": "127.0.0.9", "path": "/exports/cld2"}
    domain = {"name": "cld2", "type": "data", "storage": storage, "host": {"name": "host1"}}
    made = ask.add("/storagedomains", domain)
    ask.add(f"{ask.path('/datacenters', 'Default')}/storagedomains", {"id": made["id"]})
    iso = {"name": "cliso", "format": "raw", "provisioned_size": 1 << 20, "content_type": "iso"}
    ask.add("/disks", {**iso, "storage_domains": {"storage_domain": [{"name": "nfs1"}]}})
    for name in ("clr1", "clr2", "cldb", "cls1"):
        vm = _machine(engine, name, f"{name}_d")
        if name != "cls1":
            ask.act(f"{vm}/start")
            engine.advance(5)
        if name == "cldb":
            ask.add(f"{vm}/snapshots", {"description": "base"})
    engine.advance(30)


STAGES = (Stage(0, default), Stage(_at("17:30:00"), hosts), Stage(_at("18:19:30"), clients))
