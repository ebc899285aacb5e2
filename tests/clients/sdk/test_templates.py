"""Templates with their versions, instance types and pools of machines."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clients.sdk.site import GIB, Site, eventually, sdk, types, unique, until, when_free


def template(site: Site, service: Any, **attributes: Any) -> Any:
    """The service of a new template of a machine."""
    vm = types.Vm(id=service.get().id)
    usual = {"name": unique("template"), "vm": vm}
    wanted = types.Template(**{**usual, **attributes})
    added = when_free(lambda: site.templates.add(wanted))
    made = site.templates.template_service(added.id)
    until(made, types.TemplateStatus.OK)
    return made


def test_make_a_template(unhurried: Site) -> None:
    site = unhurried
    service = site.machine()
    (own,) = service.disk_attachments_service().list()
    added = site.templates.add(
        types.Template(name=unique("template"), vm=types.Vm(id=service.get().id)),
        clone_permissions=True,
    )
    assert added.status == types.TemplateStatus.LOCKED
    made = site.templates.template_service(added.id)
    until(made, types.TemplateStatus.OK)
    (copy,) = made.disk_attachments_service().list()
    assert copy.disk.id != own.disk.id
    assert service.get().status == types.VmStatus.DOWN


def test_make_a_template_with_disk_settings(site: Site) -> None:
    service = site.machine()
    (own,) = service.disk_attachments_service().list()
    disk = types.Disk(id=own.disk.id, name=unique("tpl"), format=types.DiskFormat.COW, sparse=True)
    vm = types.Vm(id=service.get().id, disk_attachments=[types.DiskAttachment(disk=disk)])
    made = template(site, service, vm=vm)
    (attachment,) = made.disk_attachments_service().list()
    assert site.connection.follow_link(attachment.disk).name == disk.name


def test_version_of_a_template(site: Site) -> None:
    service = site.machine()
    base = template(site, service)
    version = types.TemplateVersion(
        version_name="v2", base_template=types.Template(id=base.get().id)
    )
    made = template(site, service, name=base.get().name, version=version)
    assert made.get().version.version_number == 2
    assert made.get().version.base_template.id == base.get().id
    assert len(site.templates.list(search=f"name={base.get().name}")) == 2


def test_template_in_use_stays(site: Site) -> None:
    made = template(site, site.machine())
    vm = types.Vm(
        name=unique("vm"),
        cluster=types.Cluster(name="Default"),
        template=types.Template(id=made.get().id),
    )
    service = site.vms.vm_service(site.vms.add(vm).id)
    with pytest.raises(sdk.Error) as caught:
        made.remove()
    assert caught.value.code == 409
    until(service, types.VmStatus.DOWN)
    service.remove()
    name = made.get().name
    made.remove()
    eventually(lambda: site.templates.list(search=f"name={name}"), lambda found: not found)


def test_update_a_template(site: Site) -> None:
    made = template(site, site.machine())
    updated = made.update(types.Template(description="d", memory=4 * GIB))
    assert (updated.description, updated.memory) == ("d", 4 * GIB)


def test_instance_types(site: Site) -> None:
    kinds = site.system.instance_types_service()
    topology = types.CpuTopology(cores=2, sockets=1, threads=1)
    added = kinds.add(
        types.InstanceType(name=unique("kind"), memory=GIB, cpu=types.Cpu(topology=topology))
    )
    kind = kinds.instance_type_service(added.id)
    assert kind.get().cpu.topology.cores == 2
    with pytest.raises(sdk.Error) as refused:  # as of a real engine
        kind.nics_service().add(types.Nic(name="nic1"))
    assert refused.value.code == 500
    assert kind.nics_service().list() == []
    kind.remove()
    with pytest.raises(sdk.NotFoundError):
        kind.get()


def pool(site: Site, **attributes: Any) -> Any:
    """The service of a new pool that has all its machines."""
    pools = site.system.vm_pools_service()
    usual = {
        "name": unique("pool"),
        "cluster": types.Cluster(name="Default"),
        "template": types.Template(name="rhel9"),
        "size": 3,
        "prestarted_vms": 1,
        "max_user_vms": 1,
    }
    added = pools.add(types.VmPool(**{**usual, **attributes}))
    return pools.pool_service(added.id)


def machines(site: Site, service: Any) -> list[Any]:
    found: list[Any] = site.vms.list(search=f"pool={service.get().name}")
    return found


def test_pool(site: Site) -> None:
    service = pool(site)
    found = eventually(lambda: machines(site, service), lambda vms: len(vms) == 3)
    name = service.get().name
    assert sorted(vm.name for vm in found) == [f"{name}-{number}" for number in (1, 2, 3)]
    when_free(lambda: service.update(types.VmPool(size=4)))
    eventually(lambda: machines(site, service), lambda vms: len(vms) == 4)


def test_pool_in_the_making_is_not_changed(unhurried: Site) -> None:
    service = pool(unhurried)
    with pytest.raises(sdk.Error, match=r"(?i)pool") as caught:
        service.update(types.VmPool(size=4))
    assert caught.value.code == 409


def test_allocate_a_machine_of_a_pool_and_remove_it(site: Site) -> None:
    service = pool(site)
    name = service.get().name
    when_free(service.allocate_vm)
    eventually(
        lambda: [vm.status for vm in machines(site, service)],
        lambda states: types.VmStatus.UP in states,
    )
    for vm in machines(site, service):
        machine = site.vms.vm_service(vm.id)
        when_free(machine.stop)
        until(machine, types.VmStatus.DOWN)
    when_free(service.remove)
    eventually(
        lambda: site.system.vm_pools_service().list(search=f"name={name}"),
        lambda found: not found,
    )
