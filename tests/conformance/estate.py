"""What the recorded engine had that no recorded request made: built here, by requests as well."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from rhev.simulator.state.values import put
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


def beginning(engine: Engine) -> None:
    """What there was before the first exchange: hosts, a domain, a machine and its template."""
    ask = Asker(engine)
    (cluster,) = ask.get("/clusters")["cluster"]
    cpu = {"architecture": "x86_64", "type": "Intel Icelake Server Family"}
    ask("PUT", f"/clusters/{cluster['id']}", {"cpu": cpu})
    for number in (1, 2):
        host = {"name": f"host{number}", "address": f"127.0.0.{number + 1}", "root_password": "x"}
        ask.add("/hosts", {**host, "cluster": {"name": "Default"}})
    engine.advance(60)
    _domain(engine, "nfs1")
    vm = ask.add("/vms", _machine("t1"))
    _disk(ask, f"/vms/{vm['id']}", "t1_d")
    engine.advance(60)
    ask.act(f"/vms/{vm['id']}/start")
    engine.advance(60)
    ask.act(f"/vms/{vm['id']}/stop")
    engine.advance(60)
    ask.add("/templates", {"name": "t1_tpl", "vm": {"id": vm["id"]}})
    other = ask.add("/vms", {**_machine("ceo-newname"), "description": "another"})
    profile = ask.path("/vnicprofiles", "ovirtmgmt").rpartition("/")[2]
    ask.add(f"/vms/{other['id']}/nics", {"name": "nic1", "vnic_profile": {"id": profile}})
    _directory(engine)
    engine.advance(60)


def _directory(engine: Engine) -> None:
    """Whom the internal domain knows: its tool made them, and no request."""
    estate = engine._estate
    domain = estate.store.named("Domain", "internal-authz")
    assert domain is not None
    of = {"id": domain.id, "name": domain.name, "href": domain.href}
    known: dict[str, Any] = {"namespace": "*", "domain": of}
    for name in ("user1", "user2"):
        entry = {"domain_entry_id": estate.new_id().encode().hex().upper(), "department": ""}
        person = {**known, **entry, "name": name, "principal": name, "last_name": "Tester"}
        addresses = {"user_name": f"{name}@{domain.name}", "email": f"{name}@example.test"}
        estate.add("User", "users", {**person, **addresses}, parent=domain)
    entry = {"domain_entry_id": estate.new_id().encode().hex().upper()}
    estate.add("Group", "groups", {**known, **entry, "name": "group1"}, parent=domain)


def second_domain(engine: Engine) -> None:
    _domain(engine, "nfs2")


def before_reading(engine: Engine) -> None:
    """A third domain, floating disks, and the stores of the domains."""
    _domain(engine, "nfs5", "the third")
    ask = Asker(engine)
    for name, alias in (("nfs1", "l_disk1"), ("nfs5", "l_disk2")):
        on = {"storage_domain": [{"name": name}]}
        raw = {"format": "raw", "sparse": False, "provisioned_size": 1 << 30}
        said = {"alias": alias, "description": alias if alias == "l_disk2" else ""}
        ask.add("/disks", {**said, **raw, "storage_domains": on})
    for name in ("nfs1", "nfs2", "nfs5"):
        ask.act(f"{ask.path('/storagedomains', name)}/updateovfstore")
    engine.advance(30)
    for disk in engine._estate.store.of_type("Disk"):
        if disk.name == "l_disk2":
            put(disk.model, total_size=None)  # never asked for on the recorded one


def another(engine: Engine) -> None:
    """A machine that was made and removed while others searched."""
    ask = Asker(engine)
    vm = "/vms/" + ask.add("/vms", _machine("l_vm"))["id"]
    _disk(ask, vm, "l_boot")
    profile = ask.path("/vnicprofiles", "ovirtmgmt").rpartition("/")[2]
    ask.add(f"{vm}/nics", {"name": "nic1", "vnic_profile": {"id": profile}})
    engine.advance(30)
    ask.act(f"{vm}/start")


def memories(engine: Engine) -> None:
    """Disks of a machine that somebody else had at the time."""
    ask = Asker(engine)
    on = {"storage_domain": [{"name": "nfs1"}]}
    raw = {"format": "raw", "sparse": True, "provisioned_size": 1 << 20, "storage_domains": on}
    for name in ("ceo-vm0_snapshot_memory", "ceo-vm0_snapshot_metadata"):
        ask.add("/disks", {"alias": name, **raw})
    ask.add("/disks", {"alias": "ceo-d1", **raw, "format": "cow"})


def more_domains(engine: Engine) -> None:
    for name in ("nfs7", "nfs9"):
        _domain(engine, name)


def running(engine: Engine) -> None:
    """Machines that recorded requests made, and that ran and had tags from then on."""
    ask = Asker(engine)
    hosts = {host["name"]: host["id"] for host in ask.get("/hosts")["host"]}
    boot = {"os": {"boot": {"devices": {"device": ["network"]}}}}
    profile = ask.path("/vnicprofiles", "ovirtmgmt").rpartition("/")[2]
    for name in ("web-01", "web-02", "db_1"):
        nic = {"name": "nic1"} | ({} if name == "web-01" else {"vnic_profile": {"id": profile}})
        ask.add(f"{ask.path('/vms', name)}/nics", nic)
    for name in ("web-02", "web-01", "db_1"):
        path = ask.path("/vms", name)
        assert ask("PUT", path, boot)[0] == 200
        ask.act(f"{path}/start")
        engine.advance(60)
    ask.act(f"{ask.path('/vms', 'db_1')}/migrate", {"host": {"id": hosts["host2"]}})
    engine.advance(60)
    ask.add("/users", {"user_name": "user1@internal-authz", "domain": {"name": "internal-authz"}})
    for name, tag in (("web-01", "web"), ("web-02", "web"), ("db_1", "prod"), ("db_2", "test")):
        ask.add(f"{ask.path('/vms', name)}/tags", {"name": tag})


def tags(engine: Engine) -> None:
    ask = Asker(engine)
    for name in ("prod", "test"):
        ask.add("/tags", {"name": name})
    ask.add("/tags", {"name": "web", "parent": {"name": "prod"}})


def mended(engine: Engine) -> None:
    """What bad requests did after all was undone by hand: a new name of Blank, a host."""
    ask = Asker(engine)
    ask("PUT", "/templates/00000000-0000-0000-0000-000000000000", {"name": "Blank"})
    for host in ask.get("/hosts")["host"]:
        if host["name"] == "f_host":
            ask("POST", f"/hosts/{host['id']}/deactivate", {})
            engine.advance(60)
            ask("DELETE", f"/hosts/{host['id']}")


def clients(engine: Engine) -> None:
    """What those found who asked on behalf of other people's clients."""
    ask = Asker(engine)
    for network in ("clfront", "clback"):
        ask.add("/networks", {"name": network, "data_center": {"name": "Default"}})
    _domain(engine, "cld2")
    iso = {"name": "cliso", "format": "raw", "provisioned_size": 1 << 20, "content_type": "iso"}
    ask.add("/disks", {**iso, "storage_domains": {"storage_domain": [{"name": "nfs1"}]}})
    for name in ("clr1", "clr2", "cldb", "cls1"):
        vm = "/vms/" + ask.add("/vms", _machine(name))["id"]
        _disk(ask, vm, f"{name}_d")
        profile = ask.path("/vnicprofiles", "ovirtmgmt").rpartition("/")[2]
        ask.add(f"{vm}/nics", {"name": "nic1", "vnic_profile": {"id": profile}})
        engine.advance(15)
        if name != "cls1":
            ask.act(f"{vm}/start")
            engine.advance(5)
        if name == "cldb":
            ask.add(f"{vm}/snapshots", {"description": "base"})
    engine.advance(30)


def _machine(name: str) -> dict[str, object]:
    return {"name": name, "cluster": {"name": "Default"}, "template": {"name": "Blank"}}


def _disk(ask: Asker, vm: str, alias: str) -> None:
    on = {"storage_domain": [{"name": "nfs1"}]}
    size = {"format": "cow", "provisioned_size": 1 << 30, "sparse": True}
    disk = {"alias": alias, **size, "storage_domains": on}
    attachment = {"bootable": True, "interface": "virtio", "disk": disk}
    ask.add(f"{vm}/diskattachments", attachment)


def _domain(engine: Engine, name: str, description: str = "") -> None:
    ask = Asker(engine)
    storage = {"type": "nfs", "address": "127.0.0.9", "path": f"/exports/{name}"}
    known = {"name": name, "description": description, "type": "data", "storage": storage}
    domain = {**known, "host": {"name": "host1"}}
    made = ask.add("/storagedomains", domain)
    data_center = ask.path("/datacenters", "Default")
    ask.add(f"{data_center}/storagedomains", {"id": made["id"]})
    engine.advance(60)


# What the recorded engine had besides, by its collection, and no recorded request made: it is left
# out of what is compared.
UNMADE: dict[str, frozenset[str]] = {
    "clusters": frozenset({"cldbs"}),
    "cpuprofiles": frozenset({"cldbs"}),
    "disks": frozenset({"l_boot", "l_copy", "l_disk1", "l_disk3", "pvm_hibernation_memory"}),
    "storagedomains": frozenset({"aprov"}),
    "tags": frozenset({"ceo-tag"}),
}

STAGES = (
    Stage(0, beginning),
    Stage(_at("17:29:00"), tags),
    Stage(_at("17:31:33"), running),
    Stage(_at("17:36:30"), second_domain),
    Stage(_at("17:41:30"), before_reading),
    Stage(_at("17:43:20"), another),
    Stage(_at("17:53:00"), mended),
    Stage(_at("17:53:10"), more_domains),
    Stage(_at("17:56:30"), memories),
    Stage(_at("18:19:30"), clients),
)
