"""Virtual machines, templates and pools: what adding one makes, and how they run."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rhev.simulator.documents.presented import RUNNING, disks_of
from rhev.simulator.generic.checks import noun
from rhev.simulator.generic.copies import copy_devices, unlock
from rhev.simulator.generic.defaults import HARDWARE, snake
from rhev.simulator.generic.hooks import (
    Call,
    acting,
    added,
    completing,
    removing,
    showing,
    updating,
)
from rhev.simulator.generic.lifecycle import LATER, check_idle, occupy, run, state_of
from rhev.simulator.generic.references import required
from rhev.simulator.state.places import default_quota, refers
from rhev.simulator.state.refusals import FAILED, Refusal, conflict
from rhev.simulator.state.store import Record, named_reference, reference
from rhev.simulator.state.values import Document, blank, class_of, fill, held, make, merge, put

if TYPE_CHECKING:
    from rhev.simulator.state.estate import Estate
    from rhev.simulator.state.store import Store

BLANK = "00000000-0000-0000-0000-000000000000"

# What a template has, and through it a virtual machine, where nobody said otherwise.
DEFAULTS: Document = {
    **HARDWARE,
    "auto_pinning_policy": "disabled",
    "bios": {"boot_menu": {"enabled": "false"}},
    "comment": "",
    "cpu_pinning_policy": "none",
    "cpu_shares": "0",
    "delete_protected": "false",
    "multi_queues_enabled": "true",
    "origin": "ovirt",
    "os": {**HARDWARE["os"], "type": "other"},
    "sso": {"methods": {"method": [{"id": "guest_agent"}]}},
    "start_paused": "false",
    "stateless": "false",
    "storage_error_resume_behaviour": "auto_resume",
    "time_zone": {"name": "Etc/GMT"},
    "type": "server",
    "virtio_scsi_multi_queues_enabled": "false",
}
# What a virtual machine has of its own.
OWN: Document = {"next_run_configuration_exists": "false", "status": "down"}
# What of a virtual machine is not its configuration but its life.
_LIFE = (
    *(*OWN, "id", "href", "name", "creation_time", "start_time", "stop_time", "stop_reason"),
    *("host", "fqdn", "run_once", "status_detail"),
)
_LINKS = ("template", "original_template", "vm_pool", "instance_type")


def configuration(of: Any) -> Any:
    """The configuration of a virtual machine or template, without its name and its life."""
    bare = of.__copy__()
    for name in (*_LIFE, *_LINKS, "vm", "version"):
        bare.__dict__.pop(name, None)
    return bare


def complete_memory(model: Any) -> None:
    """The memory that is guaranteed, and the most there can be, where they are not given."""
    memory = held(model, "memory")
    policy = held(model, "memory_policy") or make("MemoryPolicy", {})
    put(model, memory_policy=policy)
    if (held(policy, "guaranteed") or memory + 1) > memory:
        put(policy, guaranteed=memory)
    if (held(policy, "max") or 0) < memory:
        put(policy, max=4 * memory)


def place(estate: Estate, model: Any) -> None:
    """What a machine or template has of the cluster that it is in."""
    store = estate.store
    cluster = store.record(held(model, "cluster"))
    if cluster is None:
        return
    bios = held(model, "bios")
    if bios is not None and held(bios, "type") is None:
        put(bios, type=held(cluster.model, "bios_type"))
    architecture = held(cluster.model, "cpu.architecture")
    if held(model, "cpu.architecture") in (None, "undefined") and architecture is not None:
        put(model.cpu, architecture=architecture)
    if held(model, "cpu_profile") is None:
        profiles = store.members(None, "cpuprofiles").values()
        profile = next((p for p in profiles if refers(p.model, "cluster", cluster)), None)
        put(model, cpu_profile=reference(profile) if profile else None)
    if held(model, "quota") is None:
        center = store.record(held(cluster.model, "data_center"))
        quota = default_quota(store, center)
        put(model, quota=blank(class_of("Quota"), id=quota.id) if quota else None)


# What is said while snapshots of a machine are worked on.
BUSY = "The VM is performing an operation on a Snapshot. Try again when that has ended."


def check_unlocked_disks(estate: Estate, vm: Record, verb: str) -> None:
    """Raises Refusal with 409 while a disk of a virtual machine is locked."""
    locked = [disk.name for disk in disks_of(estate, vm) if state_of(disk) == "locked"]
    if locked:
        raise conflict(f"Cannot {verb} VM: disks are locked: {', '.join(locked)}. {LATER}")


def check_settled(estate: Estate, vm: Record, verb: str) -> None:
    """Raises Refusal with 409 while something else is done with a virtual machine or its disks."""
    check_idle(vm, verb)
    check_unlocked_disks(estate, vm, verb)


@completing("Vm")
def _vm(call: Call, model: Any) -> None:
    complete_vm(call, model)


def complete_vm(call: Call, model: Any) -> None:
    """What a new virtual machine has of its template, of a snapshot, and by itself."""
    store = call.estate.store
    origin = store.record(held(model, "template"))
    source = _snapshot(call, model)
    if source is not None:
        fill(model, configuration(held(source.model, "vm") or source.model))
        _refer(store, model)
        if source.parent is not None:
            check_settled(call.estate, source.parent, "add")
    template = origin or store.find("Template", BLANK)
    if template is not None:
        if state_of(template) != "ok":
            raise conflict(f"Cannot add VM. Template {template.name} is being created.")
        inherited = configuration(template.model)
        put(inherited, description=None, comment=None)
        if held(model, "memory") is not None:
            put(inherited, memory_policy=None)
        fill(model, inherited)
        put(model, template=reference(template), original_template=reference(template))
        blank_template = store.find("Template", BLANK)
        if call.flag("clone") and blank_template is not None:
            # A machine with disks of its own no longer needs its template.
            put(model, template=reference(blank_template))
    fill(model, make("Vm", DEFAULTS))
    fill(model, make("Vm", OWN))
    _complete_parts(model)
    complete_memory(model)
    place(call.estate, model)
    now = call.estate.timeline.date
    put(model, creation_time=now, stop_time=now, status="down", snapshots=None)
    devices = source or template
    if devices is not None:
        call.sources.append(devices)
        if has_disks(call.estate, devices):
            put(model, status="image_locked")


def _refer(store: Store, model: Any) -> None:
    """Gives what a snapshot told of by its id its address again."""
    for name in ("cpu_profile", "large_icon", "small_icon"):
        if (record := store.record(held(model, name))) is not None:
            put(model, **{name: reference(record)})


def _complete_parts(model: Any) -> None:
    """What some parts of a machine always have, where a request has the part at all."""
    said = held(model, "initialization")
    if said is not None:
        fill(said, make("Initialization", {"regenerate_ssh_keys": "false"}))
        if "nic_configurations" not in vars(said):
            vars(said)["nic_configurations"] = []
    if held(model, "usb.enabled") and held(model, "usb.type") is None:
        put(model.usb, type="native")
    if not held(model, "custom_properties"):
        put(model, custom_properties=None)


def has_disks(estate: Estate, source: Record) -> bool:
    """Whether what a machine is made of, a template or a snapshot, has disks."""
    if source.type == "Snapshot":
        return bool(estate.store.members(source, "disks"))
    return bool(disks_of(estate, source))


def _snapshot(call: Call, model: Any) -> Record | None:
    wanted = held(model, "snapshots") or []
    return required(call.estate.store, wanted[0]) if wanted else None


@added("Vm")
def _vm_added(call: Call, record: Record) -> None:
    add_devices(call, record, call.sources, "copy" if call.flag("clone") else "add")
    call.sources.clear()
    call.estate.write_down(34, f"VM {record.name} was created by {call.user}.", record)


def add_devices(call: Call, record: Record, sources: list[Record], action: str) -> None:
    """Gives a new virtual machine its disks and devices; it is locked until they are made."""
    estate = call.estate
    attachments = held(record.model, "disk_attachments") or []
    wanted = {held(each, "disk.id"): held(each, "disk") for each in attachments}
    put(record.model, disk_attachments=None)
    copied = []
    for source in sources:
        if source.type == "Snapshot" and source.parent is not None:
            copied += copy_devices(estate, source.parent, record, wanted, source)
        else:
            copied += copy_devices(estate, source, record, wanted)
    equip(estate, record)
    if copied:
        run(estate, record, action, then=lambda: unlock(copied))


def equip(estate: Estate, vm: Record) -> None:
    """Gives a virtual machine what each has: the active snapshot, a CD-ROM drive, a console."""
    add_active(estate, vm)
    add_usual_devices(estate, vm)


def add_usual_devices(estate: Estate, owner: Record) -> None:
    """Gives a machine or a template a CD-ROM drive and a console."""
    owned = {snake(owner.type): reference(owner)}
    if owner.type != "InstanceType":
        put(estate.add("Cdrom", "cdroms", {"id": BLANK}, parent=owner).model, **owned)
    protocol = str(held(owner.model, "display.type") or "vnc")
    display = {"id": protocol.encode().hex(), "protocol": protocol}
    console = estate.add("GraphicsConsole", "graphicsconsoles", display, parent=owner)
    put(console.model, **owned)


@added("InstanceType")
def _instance_type_added(call: Call, record: Record) -> None:
    add_usual_devices(call.estate, record)


def add_active(estate: Estate, vm: Record) -> Record:
    """The snapshot that a virtual machine runs on."""
    document = {
        "description": "Active VM",
        "persist_memorystate": "false",
        "snapshot_status": "ok",
        "snapshot_type": "active",
    }
    snapshot = estate.add("Snapshot", "snapshots", document, parent=vm)
    put(snapshot.model, date=estate.timeline.date)
    return snapshot


@updating("Vm", "Template")
def _changed(call: Call, record: Record) -> None:
    check_idle(record, "edit")
    if held(call.body, "os.boot.devices") in ([], None) and held(call.body, "os.boot") is not None:
        put(call.body.os, boot=None)  # to boot from nothing is no wish
    if record.type == "Vm" and state_of(record) not in ("down", "suspended"):
        _change_running(call, record)
    if held(record.model, "time_zone") is None and held(call.body, "time_zone") is None:
        put(record.model, time_zone=DEFAULTS["time_zone"])
    code = 35 if record.type == "Vm" else 171
    call.estate.write_down(code, f"{noun(record.type)} {record.name} was changed.", record)


# What of a running machine is changed at once; all else waits for its next start.
_AT_ONCE = frozenset(
    {"name", "description", "comment", "delete_protected", "memory", "cpu", "template"}
)


def _change_running(call: Call, vm: Record) -> None:
    """Puts aside what takes a restart. Raises Refusal where the rest cannot be changed."""
    body = call.body
    cluster = held(body, "cluster.id")
    if cluster not in (None, held(vm.model, "cluster.id")):
        raise conflict("Cannot edit VM. The cluster of a running VM stays what it is.")
    waiting = held(vm.next_run, "memory") if vm.next_run is not None else None
    later = call.flag("next_run")
    before = vm.next_run if later and vm.next_run is not None else vm.model
    if not later and waiting not in (None, held(vm.model, "memory")):
        said = "Cannot hot change memory. There is a next run configuration of it already."
        raise Refusal(400, FAILED, f"[{said}]")
    topology = vars(held(body, "cpu.topology") or blank(class_of("CpuTopology")))
    takes_restart = {
        name
        for name, value in vars(body).items()
        if name not in ("id", "href", "cluster")
        and value != vars(before).get(name)
        and (later or name not in _AT_ONCE or (name == "cpu" and topology.keys() != {"sockets"}))
    }
    if not takes_restart:
        return
    if vm.next_run is None or not later:
        # A change that is not one of what waits already is one of the machine as it runs.
        vm.next_run = deepcopy(vm.model)
    # What is changed at once beside it is so after the next start as well.
    changed = {n: value for n, value in vars(body).items() if n not in ("id", "href", "cluster")}
    merge(vm.next_run, deepcopy(blank(class_of("Vm"), **changed)))
    for name in takes_restart:
        del vars(body)[name]
    put(vm.model, next_run_configuration_exists=True)


@showing("Vm")
def _as_it_will_start(call: Call, document: Any) -> None:
    vm = call.target.record
    if not call.flag("next_run") or vm is None or vm.next_run is None:
        return
    waits = vars(configuration(vm.next_run))
    put(document, **{n: v for n, v in waits.items() if v != vars(vm.model).get(n)})


@removing("Vm")
def _vm_removed(call: Call, record: Record) -> None:
    estate = call.estate
    check_idle(record, "remove")
    if state_of(record) in RUNNING:
        raise conflict("Cannot remove VM. VM is running.")
    check_unlocked_disks(estate, record, "remove")
    if held(record.model, "delete_protected"):
        raise conflict("Cannot remove VM. It is protected against deletion.")
    if held(record.model, "vm_pool"):
        raise conflict("Cannot remove VM. It belongs to a pool: detach it first.")
    if not call.flag("detach_only"):
        for disk in disks_of(estate, record):
            if not held(disk.model, "shareable"):
                estate.store.remove(disk)
    estate.write_down(113, f"VM {record.name} was removed by {call.user}.", record)


@acting(("Vm", "clone"))
def _clone(call: Call, vm: Record) -> None:
    """The clone is there when the job has ended, some time after the answer."""
    estate = call.estate
    check_settled(estate, vm, "clone")
    if state_of(vm) != "down":
        raise conflict("Cannot clone VM. VM is not down.")
    wanted = call.body.vm
    if estate.store.named("Vm", wanted.name):
        raise conflict(f"Cannot clone VM. The name {wanted.name} is already in use.")
    model = make("Vm", {})
    merge(model, wanted)
    fill(model, configuration(vm.model))
    fill(model, make("Vm", OWN))
    template = estate.store.find("Template", BLANK)
    put(
        model,
        template=reference(template) if template is not None else None,
        original_template=vm.model.original_template,
    )

    def appear() -> None:
        now = estate.timeline.date
        put(model, creation_time=now, stop_time=now)
        clone = estate.take_in("Vm", "vms", model)
        unlock(copy_devices(estate, vm, clone))
        equip(estate, clone)
        estate.write_down(34, f"VM {clone.name} was created by {call.user}.", clone)

    occupy(estate, vm, "clone", BUSY, disks=len(disks_of(estate, vm)), then=appear)


@added("ExternalVmImport")
def _imported(call: Call, record: Record) -> None:
    """A machine from elsewhere: what it is there is not known here, but its name."""
    estate, vm = call.estate, held(record.model, "vm")
    name = held(vm, "name") or record.model.name
    if estate.store.named("Vm", name):
        raise conflict(f"Cannot import VM. The name {name} is already in use.")
    model = make("Vm", {"name": name})
    put(model, cluster=record.model.cluster)
    complete_vm(replace(call, query={}, sources=[]), model)
    put(model, status="image_locked")
    made = estate.take_in("Vm", "vms", model)
    equip(estate, made)
    put(record.model, vm=named_reference(made))
    estate.write_down(34, f"VM {name} was imported by {call.user}.", made)
    run(estate, made, "add")
    # An import is no resource: it has no id.
    estate.store.remove(record)
    put(record.model, id=None)
