"""The original guide's lines, as someone writes them who has a type checker.

An attribute that is not set is None, so what leads through one is asked for first: nothing but
``vm.status.state`` and a chain of attributes needs that.
"""

from __future__ import annotations

from typing import assert_type

from rhev import Connection, Fault, schema


def connecting(url: str, username: str, password: str) -> Connection:
    conn = Connection()
    conn.connect(url, username, password)
    conn.ping()
    return conn


def resources_and_collections(conn: Connection) -> str | None:
    vms = conn.getall(schema.VM)
    assert_type(vms, schema.VMs)
    vm = conn.get(schema.VM, "xxx")
    assert_type(vm, schema.VM)
    print(len(vms))
    vm = vms[0]
    assert_type(vm.name, str | None)
    if vm.status is not None:
        assert_type(vm.status.state, str)
    return vm.status.state if vm.status else None


def working_with_resources(conn: Connection) -> None:
    vm = schema.new(schema.VM)
    vm.name = "vm0"
    conn.create(vm)
    vm.name = "newname"
    conn.update(vm)
    conn.delete(vm)
    conn.reload(vm)
    conn.wait_for_status(vm, "up")
    vm.name = "newname"
    vm.update()
    vm.reload()
    vm.wait_for_status("up")
    vm.delete()
    vm.wait_for_deletion(timeout=60)
    conn.wait_for_deletion(vm, progress=lambda gone, status: print(gone.name, status))


def sub_collections(conn: Connection, vm: schema.VM) -> schema.Disks:
    disks = conn.getall(schema.Disk, base=vm)
    disk = schema.new(schema.Disk)
    disk.size = 8 * schema.GiB
    conn.create(disk, base=vm)
    conn.create(schema.Disk(size=8 * schema.GiB), vm)
    schema.Action(stateless=True)
    schema.VmPlacementPolicy(host=schema.Host(name="node-01"))
    conn.getall(schema.NIC, vm, follow=["vnic_profile", "statistics"])
    conn.reload(vm, follow="nics", all_content=True)
    vm.reload(follow=["nics"])
    api = conn.get(schema.API)
    api = conn.api()
    assert_type(api, schema.API)
    return disks


def actions(conn: Connection, vm: schema.VM) -> None:
    conn.action(vm, "start")
    action = schema.new(schema.Action)
    action.stateless = True
    conn.action(vm, "start", action)
    done = vm.start(action)
    print(done.status == "complete", done.status is schema.CreationStatus.COMPLETE)


def searches(conn: Connection) -> list[schema.VM]:
    conn.getall(schema.VM, search="name = a* sortby creation_time")
    conn.getall(schema.VM, name="a*")
    conn.get(schema.VM, name="foo")
    vms: list[schema.VM] = []
    vms += conn.getall(schema.VM, search="sortby name page 1")
    vms += conn.getall(schema.VM, search="sortby name page 2")
    return vms


def relationship_names(conn: Connection) -> None:
    vm = conn.getall("vms")
    vm = conn.getall(schema.VM)
    tag = conn.get("tags/root")
    template = conn.get("templates/blank")
    print(vm, tag.name, template.name)


def populating(vm: schema.VM) -> None:
    vm.placement_policy = schema.new(schema.VmPlacementPolicy)
    vm.placement_policy.host = schema.new(schema.Host)
    vm.placement_policy.host.name = "myhost"
    vm.placement_policy = schema.new(schema.subtype(vm.placement_policy))
    vm.placement_policy = schema.new(schema.subtype(schema.VM.placement_policy))
    vm.placement_policy = schema.new(schema.subtype(schema.VM, "placement_policy"))


def error_handling(vm: schema.VM) -> None:
    vm.name = "my vm"
    try:
        vm.update()
    except Fault as f:
        print("fault", f.fault.detail)
