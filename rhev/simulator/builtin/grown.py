"""An estate of any size: more of the machines and hosts that the demonstration has.

They are taken in as they are and not asked for one by one, and what is alike in all of them is held
once: ten thousand machines are there within seconds, in little more than 100 MB.
"""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING, Any

from rhev.simulator.state.store import Record, reference
from rhev.simulator.state.values import held, put, share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rhev.simulator.state.estate import Estate

# How many machines there are for each host.
_ON_A_HOST = 50
# What a machine has beside its disks, and whether its ids are new ones.
_PARTS = (("nics", True), ("cdroms", False), ("graphicsconsoles", False))


def grow(estate: Estate, vms: int) -> None:
    """Adds hosts and machines to those of the demonstration, until there are so many machines.

    Raises ValueError where there are more already.
    """
    patterns = list(estate.store.of_type("Vm"))
    if vms < len(patterns):
        raise ValueError(f"vms is {vms}; there are {len(patterns)} at least")
    for host in list(estate.store.of_type("Host")):
        share(host.model)
    hosts = _hosts(estate, vms // _ON_A_HOST)
    for pattern in patterns:
        _share(estate, pattern)
    numbers = range(len(patterns) + 1, vms + 1)
    for number, pattern in zip(numbers, cycle(patterns), strict=False):
        running = held(pattern.model, "host") is not None
        on = next(hosts[held(pattern.model, "cluster.id")]) if running else None
        _machine(estate, pattern, f"vm-{number:05}", on)


def _share(estate: Estate, vm: Record) -> None:
    """Has all copies of a machine, and of what it has, hold the same structures."""
    share(vm.model)
    for segment in ("diskattachments", "snapshots", *(segment for segment, _ in _PARTS)):
        for part in estate.store.members(vm, segment).values():
            share(part.model)
    for disk in _disks(estate, vm):
        share(disk.model)


def _disks(estate: Estate, vm: Record) -> Iterator[Record]:
    for id_ in estate.store.members(vm, "diskattachments"):
        if (disk := estate.store.find("Disk", id_)) is not None:
            yield disk


def _like(estate: Estate, pattern: Record, parent: Record | None = None, **own: Any) -> Record:
    """A resource that has what another has, but for its address and what is its own."""
    model = pattern.model.__copy__()
    put(model, href=None, **own)
    return estate.take_in(pattern.type, pattern.segment, model, parent=parent)


def _machine(estate: Estate, pattern: Record, name: str, host: Record | None) -> None:
    store = estate.store
    vm = _like(estate, pattern, id=None, name=name)
    if host is not None:
        put(vm.model, host=reference(host), fqdn=f"{name}.example.com")
    itself = reference(vm)
    share(itself)
    for attachment in store.members(pattern, "diskattachments").values():
        if (like := store.find("Disk", attachment.id)) is not None:
            disk = _like(estate, like, id=None, image_id=estate.new_id())
            _like(estate, attachment, vm, id=disk.id, vm=itself, disk=reference(disk))
    for segment, has_new_ids in _PARTS:
        for part in store.members(pattern, segment).values():
            made = _like(estate, part, vm, id=None if has_new_ids else part.id, vm=itself)
            if segment == "nics":
                put(made.model, mac={"address": estate.new_mac()})
    for snapshot in store.members(pattern, "snapshots").values():
        if str(held(snapshot.model, "snapshot_type")) == "active":
            _like(estate, snapshot, vm, id=None)
    for tag in store.assigned(pattern, "tags").values():
        store.assigned(vm, "tags")[tag.id] = tag


def _hosts(estate: Estate, hosts: int) -> dict[str, Iterator[Record]]:
    """Adds hosts until there are so many; by the cluster, those of it in turn without end."""
    patterns = list(estate.store.of_type("Host"))
    numbers = range(len(patterns) + 1, hosts + 1)
    made = [
        _host(estate, pattern, number)
        for number, pattern in zip(numbers, cycle(patterns), strict=False)
    ]
    by_cluster: dict[str, list[Record]] = {}
    for host in (*patterns, *made):
        by_cluster.setdefault(held(host.model, "cluster.id"), []).append(host)
    return {cluster: cycle(those) for cluster, those in by_cluster.items()}


def _host(estate: Estate, pattern: Record, number: int) -> Record:
    store, name = estate.store, f"node-{number:02}"
    address = f"{name}.example.com"
    host = _like(estate, pattern, id=None, name=name, address=address)
    hardware = held(host.model, "hardware_information").__copy__()
    put(hardware, serial_number=f"serial-{host.id[:8]}", uuid=host.id)
    put(host.model, hardware_information=hardware, spm={"priority": "5", "status": "none"})
    put(host.model, iscsi={"initiator": f"iqn.1994-05.com.example:{host.id[:12]}"})
    subject = f"O=example.com,CN={address}"
    put(host.model, certificate={"organization": "example.com", "subject": subject})
    nics = {}
    high, low = divmod(number, 256)
    for card, nic in enumerate(store.members(pattern, "nics").values()):
        made = _like(estate, nic, host, id=None, host=reference(host))
        put(made.model, mac={"address": f"52:54:00:{card:02x}:{high:02x}:{low:02x}"})
        if (ip := held(nic.model, "ip")) is not None:
            ip = ip.__copy__()
            put(ip, address=f"198.18.{high}.{low}")
            put(made.model, ip=ip)
        nics[nic.id] = reference(made)
    for attachment in store.members(pattern, "networkattachments").values():
        nic = nics[held(attachment.model, "host_nic.id")]
        _like(estate, attachment, host, id=None, host=reference(host), host_nic=nic)
    return host
