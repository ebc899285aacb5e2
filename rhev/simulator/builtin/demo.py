"""The estate of the demonstration: data.

The estate is built by the requests that a person would send, so that it is what they would get.
Names in a path stand for the ids of the resources.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rhev.simulator.state.places import members_of
from rhev.simulator.state.store import Record, reference
from rhev.simulator.state.values import Document, put

if TYPE_CHECKING:
    from rhev.simulator.state.estate import Estate

_GIB = 1 << 30

REQUESTS: tuple[tuple[str, Document], ...] = (
    (
        "clusters",
        {"name": "databases", "data_center": {"name": "Default"}, "ha_reservation": "true"},
    ),
    *(
        ("hosts", {"name": name, "address": address, "cluster": {"name": cluster},
                   "root_password": "-"})
        for name, address, cluster in (
            ("node-01", "node-01.example.com", "Default"),
            ("node-02", "node-02.example.com", "Default"),
            ("node-03", "node-03.example.com", "databases"),
        )
    ),
    *(
        (
            "storagedomains",
            {
                "name": name,
                "type": kind,
                "host": {"name": "node-01"},
                "storage": {
                    "type": "nfs",
                    "address": "storage.example.com",
                    "path": f"/exports/{name}",
                },
            },
        )
        for name, kind in (("data-01", "data"), ("data-02", "data"), ("iso", "iso"))
    ),
    *(
        ("datacenters/Default/storagedomains", {"name": name})
        for name in ("data-01", "data-02", "iso")
    ),
    (
        "networks",
        {"name": "frontend", "data_center": {"name": "Default"}, "vlan": {"id": "100"}},
    ),
    ("networks", {"name": "backend", "data_center": {"name": "Default"}, "vlan": {"id": "200"}}),
    ("clusters/Default/networks", {"name": "frontend", "required": "false"}),
    ("clusters/databases/networks", {"name": "backend", "required": "false"}),
    ("tags", {"name": "production"}),
    ("tags", {"name": "staging"}),
    ("bookmarks", {"name": "Running", "value": "Vms: status = up"}),
    ("affinitylabels", {"name": "ssd"}),
    ("users", {"user_name": "alice@internal", "domain": {"name": "internal-authz"}}),
    ("disks", {
        "alias": "spare", "provisioned_size": 50 * _GIB, "format": "cow",
        "storage_domains": {"storage_domain": [{"name": "data-02"}]},
    }),
)  # fmt: skip

# A machine that the templates are made of: name, template, operating system, memory, disk.
SOURCES = (
    ("rhel9-build", "rhel9", "rhel_9x64", 2 * _GIB, 20 * _GIB),
    ("windows-build", "windows2019", "windows_2019x64", 4 * _GIB, 60 * _GIB),
)

# Name, template, cluster, memory, tag, whether it runs.
MACHINES = (
    ("web-01", "rhel9", "Default", 2 * _GIB, "production", True),
    ("web-02", "rhel9", "Default", 2 * _GIB, "production", True),
    ("web-03", "rhel9", "Default", 2 * _GIB, "staging", False),
    ("app-01", "rhel9", "Default", 4 * _GIB, "production", True),
    ("app-02", "rhel9", "Default", 4 * _GIB, "production", True),
    ("app-03", "rhel9", "Default", 4 * _GIB, "staging", False),
    ("db-01", "rhel9", "databases", 16 * _GIB, "production", True),
    ("db-02", "rhel9", "databases", 16 * _GIB, "production", True),
    ("mail", "rhel9", "Default", 4 * _GIB, "production", True),
    ("build-01", "Blank", "Default", 8 * _GIB, None, False),
    ("desktop-01", "windows2019", "Default", 4 * _GIB, None, False),
    ("desktop-02", "windows2019", "Default", 4 * _GIB, None, False),
)
_DAY = 86_400.0

# Sends a request: method, path below the entry point, body.
Send = Callable[[str, str, Document], None]


def build(estate: Estate, send: Send) -> None:
    """The estate of the demonstration, built during the day before."""
    timeline = estate.timeline
    timeline.advance(-_DAY)
    passed = 0.0

    def ask(path: str, document: Document | None = None, method: str = "POST") -> None:
        nonlocal passed
        send(method, _with_ids(estate, path), document or {})
        timeline.advance(60)
        timeline.settle()
        passed += 60

    for path, document in REQUESTS:
        ask(path, document)
    for name, template, system, memory, size in SOURCES:
        ask("vms", _machine(name, "Blank", "Default", memory, system))
        ask(f"vms/{name}/diskattachments", _disk(f"{template}_root", size))
        ask(f"vms/{name}/nics", _nic(estate, "ovirtmgmt"))
        ask("templates", {"name": template, "vm": {"name": name}})
        ask(f"vms/{name}", method="DELETE")
    for name, made_of, cluster, memory, tag, runs in MACHINES:
        ask("vms", _machine(name, made_of, cluster, memory))
        if made_of == "Blank":
            ask(f"vms/{name}/diskattachments", _disk(f"{name}_root", 40 * _GIB))
            ask(f"vms/{name}/nics", _nic(estate, "ovirtmgmt"))
        if tag is not None:
            ask(f"vms/{name}/tags", {"name": tag})
        if runs:
            ask(f"vms/{name}/start")
    ask("vms/db-01/snapshots", {"description": "before the upgrade"})
    ask("affinitylabels/ssd/vms", {"id": _with_ids(estate, "vms/db-01").rpartition("/")[2]})
    _furnish(estate)
    timeline.advance(_DAY - passed)
    timeline.settle()


def _machine(
    name: str, template: str, cluster: str, memory: int, system: str | None = None
) -> Document:
    document = {
        "name": name,
        "template": {"name": template},
        "cluster": {"name": cluster},
        "memory": memory,
        "description": f"made from {template}",
    }
    return {**document, "os": {"type": system}} if system else document


def _disk(alias: str, size: int) -> Document:
    disk = {"alias": alias, "provisioned_size": size, "format": "cow", "initial_size": size // 8}
    return {"interface": "virtio_scsi", "bootable": "true", "disk": disk}


def _nic(estate: Estate, network: str) -> Document:
    profile = estate.store.named("VnicProfile", network)
    return {"name": "nic1", "vnic_profile": {"id": profile.id if profile else ""}}


def _with_ids(estate: Estate, path: str) -> str:
    """The path with the ids of the resources in the place of their names."""
    owner: Record | None = None
    ids = []
    segments = path.split("/")
    for segment, name in zip(segments[::2], segments[1::2], strict=False):
        members = members_of(estate.store, owner, segment).values()
        owner = next((record for record in members if record.name == name), None)
        ids += [segment, owner.id if owner else name]
    return "/".join([*ids, *segments[len(ids) :]])


def _furnish(estate: Estate) -> None:
    """What the hosts and guests report, and no request can add."""
    store = estate.store
    iso, network = store.named("StorageDomain", "iso"), store.named("Network", "ovirtmgmt")
    if not (iso and network):
        raise LookupError("the estate is not complete")
    for name in ("rhel-9.4-x86_64-dvd.iso", "virtio-win-1.9.iso"):
        file = estate.add("File", "files", {"id": name, "name": name}, parent=iso)
        put(file.model, storage_domain=reference(iso))
    for number, host in enumerate(store.of_type("Host"), 11):
        spm = {"priority": "5", "status": "spm" if number == 11 else "none"}
        put(host.model, spm=spm)
        card = {
            "name": "eno1",
            "boot_protocol": "static",
            "bridged": "true",
            "ip": {"address": f"192.0.2.{number}", "netmask": "255.255.255.0", "version": "v4"},
            "mac": {"address": f"52:54:00:00:00:{number:02x}"},
            "mtu": "1500",
            "speed": 10_000_000_000,
            "status": "up",
        }
        # Each has two cards, instead of what hosts report otherwise.
        for segment in ("nics", "networkattachments"):
            for part in list(store.members(host, segment).values()):
                store.remove(part)
        nic = estate.add("HostNic", "nics", card, parent=host)
        put(nic.model, host=reference(host), network=reference(network))
        free = {"name": "eno2", "mac": {"address": f"52:54:00:00:01:{number:02x}"}}
        off = {"boot_protocol": "none", "bridged": "false", "ip": None}
        spare = estate.add("HostNic", "nics", {**card, **free, **off}, parent=host)
        put(spare.model, host=reference(host))
        attachment = estate.add("NetworkAttachment", "networkattachments", {}, parent=host)
        put(attachment.model, host=reference(host), host_nic=reference(nic))
        put(attachment.model, network=reference(network), in_sync=True)
    for vm in store.of_type("Vm"):
        if vm.model.fqdn is None:
            continue
        system = {"architecture": "x86_64", "family": "Linux", "distribution": "RHEL"}
        put(vm.model, guest_operating_system={**system, "version": {"full_version": "9.4"}})
        for name in ("kernel-5.14.0", "qemu-guest-agent-8.2.0"):
            application = estate.add("Application", "applications", {"name": name}, parent=vm)
            put(application.model, vm=reference(vm))
