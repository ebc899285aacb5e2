"""The guide's tour of rhev, example by example, told with what really comes back.

It runs against an engine of its own, within this process:

    python examples/tutorial.py

``tour`` takes any connection that has not been told its engine yet, and leaves the engine as it
found it.
"""

from __future__ import annotations

from rhev import Connection, Fault, InvalidRequest, NotFound, schema
from rhev.simulator import Engine


def say(text: str, *values: object) -> None:
    """Prints one example and, below it, what came back."""
    print(f">>> {text}")
    for value in values:
        print(value)


def tour(conn: Connection, url: str, username: str, password: str) -> None:
    connecting(conn, url, username, password)
    reading(conn)
    vm = working(conn)
    disks(conn, vm)
    actions(conn, vm)
    searching(conn)
    relationships(conn)
    populating(conn)
    errors(conn, vm)
    # What it was before it ran stateless is brought back in the meantime; until then it is locked.
    conn.with_options(wait_locked=120).delete(vm)
    gone = conn.get(schema.VM, vm.id, default=None)
    say("conn.with_options(wait_locked=120).delete(vm)", f"# it is gone: {gone}")


def connecting(conn: Connection, url: str, username: str, password: str) -> None:
    print("\n# Connecting to the API\n")
    conn.connect(url, username, password)
    conn.ping()
    say("conn.connect(url, username, password)")
    say("conn.ping()")


def reading(conn: Connection) -> None:
    print("\n# Resources and collections\n")
    vms = conn.getall(schema.VM)
    say("vms = conn.getall(schema.VM)")
    say("type(vms)", type(vms))
    say("len(vms)", len(vms))
    vm = vms[0]
    say("vm = vms[0]")
    say("type(vm)", type(vm))
    say("vm.name", repr(vm.name))
    assert vm.status is not None
    say("vm.status.state", repr(vm.status.state))
    same = conn.get(schema.VM, vm.id)
    say(f"vm = conn.get(schema.VM, {vm.id!r})", f"# it is {same.name!r} again")
    assert same in vms


def working(conn: Connection) -> schema.VM:
    print("\n# Working with resources\n")
    vm = schema.new(schema.VM)
    vm.name = "vm0"
    vm.cluster = schema.ref(conn.get(schema.Cluster, name="Default"))
    vm.template = schema.ref(conn.get(schema.Template, name="Blank"))
    vm.memory = 2 * schema.GiB
    # It has no disk yet, and an engine starts nothing that it cannot boot.
    vm.os = schema.OperatingSystem(boot=schema.Boot(devices=[schema.BootDevice.NETWORK]))
    vm = conn.create(vm)
    say("vm = conn.create(vm)", vm.id, vm.href)
    conn.wait_for_status(vm, "down", interval=0.05)

    vm.name = "newname"
    conn.update(vm)
    say("vm.name = 'newname'; conn.update(vm)", repr(conn.reload(vm).name))

    vm.description = "changed through the resource's own methods"
    vm.update()
    vm.reload()
    say("vm.update(); vm.reload()", repr(vm.description))

    vm.start()
    seen: list[str] = []
    vm.wait_for_status(
        "up", interval=0.01, max_interval=0.05, progress=lambda _, status: seen.append(str(status))
    )
    say("vm.start(); vm.wait_for_status('up')", " -> ".join(dict.fromkeys(seen)))
    vm.stop()
    vm.wait_for_status("down", interval=0.05)
    say("vm.stop(); vm.wait_for_status('down')", vm.status)
    return vm


def disks(conn: Connection, vm: schema.VM) -> None:
    print("\n# Sub-resources and sub-collections\n")
    disk = schema.new(schema.Disk)
    disk.name = "vm0_disk0"
    disk.format = schema.DiskFormat.COW
    disk.size = 4 * schema.GiB
    disk.storage_domains = [schema.ref(conn.get(schema.StorageDomain, name="data-01"))]
    disk = conn.create(disk, base=vm)
    say("disk = conn.create(disk, base=vm)", disk.id)
    disk.wait_for_status("ok", interval=0.05)
    found = conn.getall(schema.Disk, base=vm)
    say("conn.getall(schema.Disk, base=vm)", *(f"{d.name}: {d.size} bytes" for d in found))
    disk.delete()
    say("disk.delete()", f"# {len(conn.getall(schema.Disk, base=vm))} disks are left")

    api = conn.get(schema.API)
    assert api.product_info is not None
    say("api = conn.get(schema.API)", api.product_info.name)
    assert conn.api().product_info == api.product_info


def actions(conn: Connection, vm: schema.VM) -> None:
    print("\n# Actions\n")
    result = conn.action(vm, "start")
    say("conn.action(vm, 'start')", result.status)
    vm.wait_for_status("up", interval=0.05)
    vm.stop()
    vm.wait_for_status("down", interval=0.05)

    action = schema.new(schema.Action)
    action.stateless = True
    vm.start(action)
    vm.wait_for_status("up", interval=0.05)
    say("action.stateless = True; vm.start(action)", f"stateless: {vm.stateless}")
    vm.stop()
    vm.wait_for_status("down", interval=0.05)


def searching(conn: Connection) -> None:
    print("\n# Searching\n")
    vms = conn.getall(schema.VM, search="name = a* sortby creation_time")
    say("conn.getall(schema.VM, search='name = a* sortby creation_time')", [vm.name for vm in vms])
    vms = conn.getall(schema.VM, name="a*")
    say("conn.getall(schema.VM, name='a*')", [vm.name for vm in vms])
    name = vms[0].name
    say(f"conn.get(schema.VM, name={name!r})", conn.get(schema.VM, name=name).id)

    pages: list[schema.VM] = []
    pages += conn.getall(schema.VM, search="sortby name page 1", max=8)
    pages += conn.getall(schema.VM, search="sortby name page 2", max=8)
    say("vms += conn.getall(schema.VM, search='sortby name page 2', max=8)", len(pages))
    assert len({vm.id for vm in pages}) == len(pages) == sum(1 for _ in conn.iterate(schema.VM))


def relationships(conn: Connection) -> None:
    print("\n# Using relationship names\n")
    same = [vm.id for vm in conn.getall("vms")] == [vm.id for vm in conn.getall(schema.VM)]
    say("conn.getall('vms')", f"# the same as conn.getall(schema.VM): {same}")
    assert same
    tag = conn.get("tags/root")
    template = conn.get("templates/blank")
    say("conn.get('tags/root')", tag.name)
    say("conn.get('templates/blank')", template.name)


def populating(conn: Connection) -> None:
    print("\n# Populating resources\n")
    vm = schema.new(schema.VM)
    vm.name = "myvm"
    vm.placement_policy = schema.new(schema.VmPlacementPolicy)
    vm.placement_policy.host = schema.new(schema.Host)
    vm.placement_policy.host.name = "myhost"
    say("vm.placement_policy.host.name = 'myhost'", vm)
    vm.placement_policy = schema.new(schema.subtype(vm.placement_policy))
    say("schema.subtype(vm.placement_policy)", type(vm.placement_policy))


def errors(conn: Connection, vm: schema.VM) -> None:
    print("\n# Error handling\n")
    vm.name = "my vm"  # space not allowed
    try:
        vm.update()
    except Fault as f:
        say("vm.name = 'my vm'; vm.update()", f"fault {f.fault.detail}")
        assert isinstance(f, InvalidRequest)  # it was not even sent
        for problem in f.problems:
            say("f.problems", f"{problem.path}: {problem.expected}")
    else:
        raise AssertionError("a name with a space was taken")
    vm.reload()

    try:
        conn.get(schema.VM, "00000000-0000-0000-0000-0000deadbeef")
    except NotFound as f:
        say("conn.get(schema.VM, '…deadbeef')", f"fault {f.fault.detail}")


def main() -> None:
    with Engine.demo().serve() as server, Connection() as conn:
        tour(conn, server.url, server.username, server.password)


if __name__ == "__main__":
    main()
