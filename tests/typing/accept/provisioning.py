"""Making and changing resources."""

from __future__ import annotations

from typing import assert_type

from rhev import Connection, InvalidRequest, schema


def create(connection: Connection) -> schema.VM:
    template = connection.get(schema.Template, name="Blank")
    vm = schema.VM(
        name="web",
        cluster=schema.Cluster(name="Default"),
        template=schema.ref(template),
        memory=4 * schema.GiB,
        type=schema.VmType.SERVER,
        delete_protected=True,
        os=schema.OperatingSystem(
            boot=schema.Boot(devices=[schema.BootDevice.HD, schema.BootDevice.NETWORK])
        ),
    )
    created = connection.create(vm, clone=True)
    assert_type(created, schema.VM)
    nic = created.create(schema.NIC(name="nic1", interface=schema.NicInterface.VIRTIO))
    assert_type(nic, schema.NIC)
    disk = schema.Disk(format=schema.DiskFormat.COW, provisioned_size=10 * schema.GiB)
    disk.storage_domains = [schema.StorageDomain(name="data")]
    assert_type(connection.create(disk, base=created), schema.Disk)
    return created


def create_as_in_the_guide(connection: Connection) -> schema.VM:
    vm = schema.new(schema.VM, description="the web server", memory=4 * schema.GiB)
    assert_type(vm, schema.VM)
    vm.name = "web"
    vm.cluster = connection.get(schema.Cluster, name="Default")
    vm.placement_policy = schema.new(schema.subtype(schema.VM.placement_policy))
    vm.placement_policy.host = connection.get(schema.Host, name="host1")
    return connection.create(vm)


def nested(vm: schema.VM) -> None:
    assert_type(schema.subtype(vm.placement_policy), type[schema.VmPlacementPolicy])
    assert_type(schema.subtype(schema.VM.placement_policy), type[schema.VmPlacementPolicy])
    assert_type(schema.subtype(vm.cpu)(), schema.CPU)
    assert_type(schema.new(schema.subtype(vm.cpu), architecture=None), schema.CPU)
    vm.cpu = schema.new(schema.subtype(schema.VM, "cpu"))
    assert_type(schema.copy(vm), schema.VM)
    assert_type(schema.href(vm), schema.VM)
    assert_type(schema.update(vm, {"name": "web"}), schema.VM)


def change(connection: Connection, vm: schema.VM) -> None:
    vm.description = "the web server"
    vm.high_availability = schema.HighAvailability(enabled=True, priority=50)
    assert_type(vm.update(next_run=True), schema.VM)
    assert_type(connection.update(vm, async_=True), schema.VM)
    assert_type(vm.reload(), schema.VM)
    connection.delete(vm, detach_only=True)
    vm.delete(force=True)


def explain(connection: Connection, vm: schema.VM) -> list[str]:
    try:
        connection.create(vm)
    except InvalidRequest as error:
        assert_type(error.fault.detail, str | None)
        return [f"{problem.path}: {problem}" for problem in error.problems]
    return [problem.path for problem in schema.validate(vm, "add")]
