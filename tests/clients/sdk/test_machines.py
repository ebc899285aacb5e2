"""Virtual machines: made, changed, run and removed."""

from __future__ import annotations

import pytest

from tests.clients.sdk.site import (
    BLANK,
    GIB,
    Site,
    eventually,
    sdk,
    types,
    unique,
    until,
    when_free,
)

DEFAULT = types.Cluster(name="Default")


def test_add_from_a_template(unhurried: Site) -> None:
    site, name = unhurried, unique("vm")
    vm = types.Vm(name=name, cluster=DEFAULT, template=types.Template(name="rhel9"), memory=2 * GIB)
    added = site.vms.add(vm)
    assert added.status == types.VmStatus.IMAGE_LOCKED
    assert [vm.id for vm in site.vms.list(search=f"name={name}")] == [added.id]


def test_wait_until_it_is_down(site: Site) -> None:
    vm = site.machine().get()
    assert vm.status == types.VmStatus.DOWN
    assert vm.os.type == "rhel_9x64"


def test_add_from_blank_without_disks(site: Site) -> None:
    devices = [types.BootDevice.NETWORK, types.BootDevice.HD]
    system = types.OperatingSystem(boot=types.Boot(devices=devices))
    vm = types.Vm(
        name=unique("blank"), cluster=DEFAULT, template=types.Template(name="Blank"), os=system
    )
    added = site.vms.add(vm)
    assert added.status == types.VmStatus.DOWN
    assert added.os.boot.devices == devices
    service = site.vms.vm_service(added.id)
    service.start()
    until(service, types.VmStatus.UP)


def test_add_a_clone_of_a_template(site: Site) -> None:
    template = site.template("rhel9")
    (attachment,) = template.disk_attachments_service().list()
    disk = types.Disk(
        id=attachment.disk.id,
        name=unique("cloned"),
        format=types.DiskFormat.COW,
        storage_domains=[types.StorageDomain(name="data-02")],
    )
    added = site.vms.add(
        types.Vm(
            name=unique("vm"),
            cluster=DEFAULT,
            template=types.Template(id=template.get().id),
            disk_attachments=[types.DiskAttachment(disk=disk)],
        ),
        clone=True,
    )
    service = site.vms.vm_service(added.id)
    vm = until(service, types.VmStatus.DOWN)
    assert vm.template.id == BLANK
    (own,) = service.disk_attachments_service().list()
    made = site.connection.follow_link(own.disk)
    assert made.name == disk.name
    assert made.format == types.DiskFormat.COW
    assert site.connection.follow_link(made.storage_domains[0]).name == "data-02"


def test_update_name_memory_and_description(site: Site) -> None:
    service, name = site.machine(), unique("renamed")
    updated = service.update(types.Vm(name=name, memory=4 * GIB, description="y", comment="c"))
    assert (updated.name, updated.memory) == (name, 4 * GIB)
    assert (updated.description, updated.comment) == ("y", "c")


def test_start_with_cloud_init(site: Site) -> None:
    service = site.machine()
    card = types.NicConfiguration(
        name="eth0",
        on_boot=True,
        boot_protocol=types.BootProtocol.STATIC,
        ip=types.Ip(
            version=types.IpVersion.V4,
            address="192.0.2.100",
            netmask="255.255.255.0",
            gateway="192.0.2.1",
        ),
    )
    given = types.Initialization(
        user_name="root",
        root_password="secret",
        host_name="h.example.com",
        nic_configurations=[card],
        dns_servers="192.0.2.1",
        dns_search="example.com",
    )
    service.start(use_cloud_init=True, vm=types.Vm(initialization=given))
    until(service, types.VmStatus.UP)


def test_reported_devices_tell_the_address(site: Site) -> None:
    (device,) = site.vm("web-01").reported_devices_service().list()
    assert device.mac.address
    assert device.ips[0].version == types.IpVersion.V4


def test_reported_devices_of_a_nic(site: Site) -> None:
    nics = site.vm("web-01").nics_service()
    (nic,) = nics.list()
    (device,) = nics.nic_service(nic.id).reported_devices_service().list()
    assert device.mac.address == nic.mac.address


def test_what_is_down_reports_nothing(site: Site) -> None:
    assert site.machine().reported_devices_service().list() == []


def test_shutdown_then_stop(site: Site) -> None:
    service = site.running()
    service.shutdown()
    until(service, types.VmStatus.DOWN)
    service.stop()
    assert service.get().status == types.VmStatus.DOWN


def test_start_and_stop(site: Site) -> None:
    service = site.machine()
    service.start()
    vm = until(service, types.VmStatus.UP)
    assert site.connection.follow_link(vm.host).status == types.HostStatus.UP
    service.stop()
    assert until(service, types.VmStatus.DOWN).host is None


def test_start_paused_then_resume(site: Site) -> None:
    service = site.machine()
    service.start(pause=True)
    until(service, types.VmStatus.PAUSED)
    service.start()
    until(service, types.VmStatus.UP)


def test_reboot_and_reset(site: Site) -> None:
    service = site.running()
    service.reboot()
    until(service, types.VmStatus.UP)
    service.reset()
    until(service, types.VmStatus.UP)


def test_suspend_and_wake(site: Site) -> None:
    service = site.running()
    service.suspend()
    until(service, types.VmStatus.SUSPENDED)
    service.start()
    until(service, types.VmStatus.UP)


def test_run_once_from_a_cd(site: Site) -> None:
    service = site.machine()
    boot = types.Boot(devices=[types.BootDevice.CDROM])
    service.start(vm=types.Vm(os=types.OperatingSystem(boot=boot), stateless=False))
    assert until(service, types.VmStatus.UP).run_once
    service.stop()
    until(service, types.VmStatus.DOWN)
    assert service.get().os.boot.devices == [types.BootDevice.HD]


def test_memory_is_added_while_it_runs(site: Site) -> None:
    service = site.running()
    service.update(types.Vm(memory=4 * GIB))
    assert service.get().memory == 4 * GIB


def test_migrate(site: Site) -> None:
    service = site.running()
    before = service.get().host.id
    service.migrate()
    vm = until(service, types.VmStatus.UP)
    assert vm.host.id != before


def test_migrate_to_a_host_by_name(site: Site) -> None:
    service = site.running()
    here = site.connection.follow_link(service.get().host).name
    other = "node-02" if here == "node-01" else "node-01"
    service.migrate(host=types.Host(name=other))
    vm = until(service, types.VmStatus.UP)
    assert site.connection.follow_link(vm.host).name == other


def test_clone(site: Site) -> None:
    service, name = site.machine(), unique("clone")
    service.clone(vm=types.Vm(name=name))
    (clone,) = eventually(lambda: site.vms.list(search=f"name={name}"), bool)
    (disk,) = site.vms.vm_service(clone.id).disk_attachments_service().list()
    (original,) = service.disk_attachments_service().list()
    assert disk.disk.id != original.disk.id
    when_free(service.remove)


def test_attach_change_and_eject_a_cd(site: Site) -> None:
    service = site.machine("Blank")
    (domain,) = site.storage_domains.list(search="name=iso")
    files = site.storage_domains.storage_domain_service(domain.id).files_service().list()
    cdroms = service.cdroms_service()
    (cdrom,) = cdroms.list()
    drive = cdroms.cdrom_service(cdrom.id)
    for file in files:
        drive.update(types.Cdrom(file=types.File(id=file.id)), current=False)
        assert drive.get().file.id == file.id
    drive.update(types.Cdrom(file=types.File(id="")), current=False)
    assert drive.get().file is None


def test_data_domains_list_no_files(site: Site) -> None:
    with pytest.raises(sdk.NotFoundError):
        site.storage_domain("data-01").files_service().list()


def test_attach_and_eject_an_iso_disk_of_a_data_domain(site: Site) -> None:
    disk = site.disk(content_type=types.DiskContentType.ISO, format=types.DiskFormat.RAW).get()
    cdroms = site.machine("Blank").cdroms_service()
    drive = cdroms.cdrom_service(BLANK)
    drive.update(types.Cdrom(file=types.File(id=disk.id)), current=False)
    assert drive.get().file.id == disk.id
    drive.update(types.Cdrom(file=types.File(id="")), current=False)
    assert drive.get().file is None


def test_change_the_cd_of_what_is_up(site: Site) -> None:
    drive = site.running().cdroms_service().cdrom_service(BLANK)
    name = "virtio-win-1.9.iso"
    drive.update(types.Cdrom(file=types.File(id=name)), current=True)
    assert drive.get(current=True).file.id == name
    assert drive.get().file is None
    drive.update(types.Cdrom(file=types.File(id="")), current=True)
    assert drive.get(current=True).file is None


def test_graphics_consoles_and_their_files(site: Site) -> None:
    consoles = site.vm("web-01").graphics_consoles_service()
    (console,) = consoles.list(current=True)
    assert console.protocol == types.GraphicsType.VNC
    assert console.address
    assert console.port
    file = consoles.console_service(console.id).remote_viewer_connection_file()
    assert file.startswith("[virt-viewer]")
    assert f"port={console.port}" in file


def test_ticket_of_a_console(site: Site) -> None:
    ticket = site.vm("web-01").ticket(ticket=types.Ticket(value="secret", expiry=120))
    assert ticket.expiry == 120


def test_import_of_an_external_vm(site: Site) -> None:
    imports = site.system.external_vm_imports_service()
    added = imports.add(
        types.ExternalVmImport(
            name="imported",
            provider=types.ExternalVmProviderType.VMWARE,
            url="vpx://vcenter.example.com",
            username="u",
            password="p",
            sparse=True,
            cluster=DEFAULT,
            storage_domain=types.StorageDomain(name="data-01"),
            vm=types.Vm(name=unique("imported")),
        )
    )
    assert added.vm.name


def test_export_as_an_appliance(site: Site) -> None:
    site.machine().export_to_path_on_host(
        directory="/exports", filename="x.ova", host=types.Host(name="node-01")
    )


def test_remove_all(site: Site) -> None:
    for service in (site.machine(), site.machine("Blank"), site.machine()):
        vm = service.get()
        disks = [each.disk.id for each in service.disk_attachments_service().list()]
        service.remove()
        assert site.vms.list(search=f"name={vm.name}") == []
        for disk in disks:
            with pytest.raises(sdk.NotFoundError):
                site.disks.disk_service(disk).get()


def test_remove_but_keep_the_disks(site: Site) -> None:
    service = site.machine()
    (attachment,) = service.disk_attachments_service().list()
    service.remove(detach_only=True)
    assert site.disks.disk_service(attachment.disk.id).get().status == types.DiskStatus.OK
