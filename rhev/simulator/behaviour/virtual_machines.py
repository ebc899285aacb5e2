"""Virtual machines, templates and pools: what adding one makes, and how they run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rhev.simulator.documents.presented import RUNNING, disks_of, guests, without_addresses
from rhev.simulator.generic.checks import noun
from rhev.simulator.generic.copies import copy_devices
from rhev.simulator.generic.defaults import HARDWARE
from rhev.simulator.generic.hooks import Call, acting, added, completing, removing, updating
from rhev.simulator.generic.lifecycle import arriving, possible, run, set_out, state_of
from rhev.simulator.generic.references import find
from rhev.simulator.state.places import default_quota, refers
from rhev.simulator.state.refusals import conflict
from rhev.simulator.state.store import Record, reference
from rhev.simulator.state.values import Document, blank, class_of, fill, held, make, merge, put

if TYPE_CHECKING:
    from rhev.simulator.state.estate import Estate

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
    *("host", "fqdn", "run_once"),
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


@completing("Vm")
def _vm(call: Call, model: Any) -> None:
    store = call.estate.store
    origin = store.record(held(model, "template"))
    source = _snapshot(call, model)
    if source is not None:
        fill(model, configuration(held(source.model, "vm") or source.model))
    template = origin or store.find("Template", BLANK)
    if template is not None:
        if state_of(template) != "ok":
            raise conflict("Cannot add VM. The template is locked.")
        inherited = configuration(template.model)
        put(inherited, description=None, comment=None)
        if held(model, "memory") is not None:
            put(inherited, memory_policy=None)
        fill(model, inherited)
        put(model, template=reference(template), original_template=reference(template))
    fill(model, make("Vm", DEFAULTS))
    fill(model, make("Vm", OWN))
    complete_memory(model)
    place(call.estate, model)
    now = call.estate.timeline.date
    put(model, creation_time=now, stop_time=now, status="down", snapshots=None)
    devices = source.parent if source else template
    if devices is not None:
        call.sources.append(devices)
        if disks_of(call.estate, devices):
            put(model, status="image_locked")


def _snapshot(call: Call, model: Any) -> Record | None:
    wanted = held(model, "snapshots") or []
    return find(call.estate.store, wanted[0]) if wanted else None


@added("Vm")
def _vm_added(call: Call, record: Record) -> None:
    for source in call.sources:
        copy_devices(call.estate, source, record)
    call.sources.clear()
    equip(call.estate, record)
    call.estate.write_down(34, f"VM {record.name} was created by {call.user}.", record)


def equip(estate: Estate, vm: Record) -> None:
    """Gives a virtual machine what each has: the active snapshot, a CD-ROM drive, a console."""
    active = {
        "description": "Active VM",
        "persist_memorystate": "false",
        "snapshot_status": "ok",
        "snapshot_type": "active",
    }
    snapshot = estate.add("Snapshot", "snapshots", active, parent=vm)
    put(snapshot.model, date=estate.timeline.date, vm=without_addresses(vm.model))
    cdrom = estate.add("Cdrom", "cdroms", {"id": BLANK}, parent=vm)
    put(cdrom.model, vm=reference(vm))
    protocol = str(held(vm.model, "display.type") or "vnc")
    display = {"id": protocol.encode().hex(), "protocol": protocol}
    console = estate.add("GraphicsConsole", "graphicsconsoles", display, parent=vm)
    put(console.model, vm=reference(vm))


@updating("Vm", "Template")
def _changed(call: Call, record: Record) -> None:
    if state_of(record) in ("image_locked", "locked"):
        raise conflict(f"Cannot edit {noun(record.type)}. It is locked.")
    code = 35 if record.type == "Vm" else 171
    call.estate.write_down(code, f"{noun(record.type)} {record.name} was changed.", record)


@removing("Vm")
def _vm_removed(call: Call, record: Record) -> None:
    estate = call.estate
    if state_of(record) in RUNNING:
        raise conflict("Cannot remove VM. VM is running.")
    if state_of(record) == "image_locked":
        raise conflict("Cannot remove VM. Its disks are locked.")
    if held(record.model, "delete_protected"):
        raise conflict("Cannot remove VM. It is protected against deletion.")
    if held(record.model, "vm_pool"):
        raise conflict("Cannot remove VM. It belongs to a pool: detach it first.")
    if not call.flag("detach_only"):
        for disk in disks_of(estate, record):
            if not held(disk.model, "shareable"):
                estate.store.remove(disk)
    estate.write_down(113, f"VM {record.name} was removed by {call.user}.", record)


@acting(("Vm", "start"))
def _start(call: Call, vm: Record) -> None:
    estate, once = call.estate, held(call.body, "vm")
    variant = "pause" if call.flag("pause") else ""
    course = possible(vm, "start", variant)
    if course is None:
        return
    if state_of(vm) != "paused":
        put(vm.model, host=reference(host_for(estate, vm, once)))
    is_once = once is not None or call.flag("pause") or call.flag("volatile")
    put(vm.model, run_once=is_once, stop_reason=None)
    if held(once, "stateless") is not None:
        put(vm.model, stateless=held(once, "stateless"))
    if state_of(vm) == "down":
        put(vm.model, start_time=estate.timeline.date)
    set_out(estate, vm, course)
    estate.write_down(153, f"VM {vm.name} was started by {call.user}.", vm)


def host_for(estate: Estate, vm: Record, once: Any = None, *, but: Record | None = None) -> Record:
    """The host that a virtual machine is to run on: the one with the fewest of them.

    Raises Refusal with 409 if there is none that it may run on.
    """
    asked = held(once, "placement_policy.hosts") or held(vm.model, "placement_policy.hosts") or []
    wanted = {find(estate.store, host).id for host in asked}
    cluster = held(vm.model, "cluster.id")
    hosts = [
        host
        for host in estate.store.of_type("Host")
        if state_of(host) == "up"
        and host is not but
        and held(host.model, "cluster.id") == cluster
        and (not wanted or host.id in wanted)
    ]
    if not hosts:
        verb = "migrate" if but else "run"
        raise conflict(f"Cannot {verb} VM. No host that is up satisfies what it asks for.")
    return min(hosts, key=lambda host: len(guests(estate, host)))


@acting(("Vm", "migrate"))
def _migrate(call: Call, vm: Record) -> None:
    asked = held(call.body, "host")
    possible(vm, "migrate")
    source = call.estate.store.record(held(vm.model, "host"))
    if asked is not None:
        to = find(call.estate.store, asked)
        if to is source:
            raise conflict("Cannot migrate VM. VM is running on that host already.")
        if state_of(to) != "up":
            raise conflict("Cannot migrate VM. The host is not up.")
    else:
        to = host_for(call.estate, vm, but=source)
    migrate(call.estate, vm, to)


def migrate(estate: Estate, vm: Record, to: Record) -> None:
    """Sets a running virtual machine on its way to another host."""
    run(estate, vm, "migrate", then=lambda: put(vm.model, host=reference(to)))
    estate.write_down(62, f"The migration of VM {vm.name} to {to.name} has started.", vm, to)


@arriving("Vm", "up")
def _up(estate: Estate, vm: Record) -> None:
    put(vm.model, fqdn=f"{vm.name.lower()}.example.com", stop_reason=None)


@arriving("Vm", "down", "suspended")
def _off(estate: Estate, vm: Record) -> None:
    if held(vm.model, "host") is None:
        return
    put(vm.model, host=None, fqdn=None, start_time=None)
    if state_of(vm) == "down":
        put(vm.model, stop_time=estate.timeline.date)
        if held(vm.model, "run_once"):
            put(vm.model, stateless=False)
        put(vm.model, run_once=None)
        estate.write_down(61, f"VM {vm.name} is down.", vm)


@acting(("Vm", "stop"), ("Vm", "shutdown"))
def _stop(call: Call, vm: Record) -> None:
    run(call.estate, vm, call.method.name)
    put(vm.model, stop_reason=held(call.body, "reason") or "")
    call.estate.write_down(33, f"VM {vm.name} was stopped by {call.user}.", vm)


@acting(("Vm", "detach"))
def _detach(call: Call, vm: Record) -> None:
    if held(vm.model, "vm_pool") is None:
        raise conflict("Cannot detach VM. It belongs to no pool.")
    put(vm.model, vm_pool=None)


@acting(("Vm", "clone"))
def _clone(call: Call, vm: Record) -> None:
    if state_of(vm) != "down":
        raise conflict("Cannot clone VM. VM is not down.")
    wanted = call.body.vm
    if call.estate.store.named("Vm", wanted.name):
        raise conflict(f"Cannot clone VM. The name {wanted.name} is already in use.")
    model = make("Vm", {})
    merge(model, wanted)
    fill(model, configuration(vm.model))
    fill(model, make("Vm", OWN))
    now = call.estate.timeline.date
    put(
        model,
        creation_time=now,
        stop_time=now,
        template=vm.model.template,
        original_template=vm.model.original_template,
    )
    clone = call.estate.take_in("Vm", "vms", model)
    copy_devices(call.estate, vm, clone)
    equip(call.estate, clone)
    run(call.estate, clone, "lock")


@completing("Template")
def _template(call: Call, model: Any) -> None:
    estate = call.estate
    vm = held(model, "vm")
    if vm is not None:
        source = find(estate.store, vm)
        call.sources.append(source)
        if state_of(source) != "down":
            raise conflict("Cannot add Template. VM is not down.")
        put(model, vm=None)
        like = configuration(source.model)
        put(like, description=None, comment=None)
        fill(model, like)
    fill(model, make("Template", DEFAULTS))
    complete_memory(model)
    place(estate, model)
    put(model, creation_time=estate.timeline.date, status="locked")


@added("Template")
def _template_added(call: Call, record: Record) -> None:
    version = {"version_name": "base version", "version_number": "1"}
    if held(record.model, "version") is None:
        put(record.model, version=version)
    if held(record.model, "version.base_template") is None:
        put(record.model.version, base_template=reference(record))
    for source in call.sources:
        copy_devices(call.estate, source, record)
    call.estate.write_down(40, f"Template {record.name} was created by {call.user}.", record)


@removing("Template")
def _template_removed(call: Call, record: Record) -> None:
    if record.id == BLANK:
        raise conflict("Cannot remove Template. The blank template cannot be removed.")
    users = [
        vm.name
        for vm in call.estate.store.of_type("Vm")
        if held(vm.model, "template.id") == record.id
    ]
    if users:
        raise conflict(f"Cannot remove Template. It is in use by {', '.join(users)}.")
    for disk in disks_of(call.estate, record):
        call.estate.store.remove(disk)


@added("VmPool")
def _pool_added(call: Call, pool: Record) -> None:
    size = held(pool.model, "size") or 0
    put(pool.model, size=size)
    for number in range(1, size + 1):
        model = make("Vm", {"name": f"{pool.name}-{number}"})
        put(model, cluster=pool.model.cluster, template=pool.model.template)
        _vm(call, model)
        put(model, vm_pool=reference(pool), status="down", use_latest_template_version=False)
        vm = call.estate.take_in("Vm", "vms", model)
        _vm_added(call, vm)


@removing("VmPool")
def _pool_removed(call: Call, pool: Record) -> None:
    for vm in _pooled(call.estate, pool):
        call.estate.store.remove(vm)


@acting(("VmPool", "allocate_vm"))
def _allocate(call: Call, pool: Record) -> None:
    free = [vm for vm in _pooled(call.estate, pool) if state_of(vm) == "down"]
    if not free:
        raise conflict("Cannot allocate VM. No VM of the pool is free.")
    put(free[0].model, host=reference(host_for(call.estate, free[0])))
    run(call.estate, free[0], "start")
    call.result["vm"] = reference(free[0])


def _pooled(estate: Estate, pool: Record) -> list[Record]:
    return [vm for vm in estate.store.of_type("Vm") if held(vm.model, "vm_pool.id") == pool.id]
