"""Bad inputs, and what is said of each: the table that the tests of validation go by.

They are built from the real models, which take them: what is wrong with them only the engine's
rules know.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from rhev import schema
from rhev.schema import GiB, MiB

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

BLANK = "00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True)
class BadValue:
    """A resource that breaks a rule of value: the attribute that does, part of what is said.

    ``mended`` is the same as it would be right. Where the rule is of one service only, that is
    ``service``.
    """

    id: str
    build: Callable[[], Any]
    operation: str
    path: str
    fragment: str
    mended: Callable[[], Any] | None = None
    service: str | None = None


@dataclass(frozen=True)
class Incomplete:
    """Parameters of a method that lack a mandatory one: the path of it, and of nothing else."""

    id: str
    service: str
    operation: str
    parameters: Callable[[], Mapping[str, object]]
    missing: tuple[str, ...]
    detail: str = ""


SOME_ID = "5b1e3f02-61b4-4d1c-8c9c-0f3a4f5f3c11"


def _pinned(vcpu: int) -> schema.VM:
    """A virtual machine of two CPUs, one of which is pinned."""
    pins = [schema.VCpuPin(vcpu=vcpu, cpu_set="0")]
    topology = schema.CpuTopology(sockets=1, cores=2, threads=1)
    return schema.VM(cpu=schema.CPU(topology=topology, cpu_tune=schema.CpuTune(vcpu_pins=pins)))


def _shaped(**topology: int) -> schema.VM:
    return schema.VM(cpu=schema.CPU(topology=schema.CpuTopology(**topology)))


def _disk(**more: Any) -> schema.Disk:
    return schema.Disk(provisioned_size=GiB, format=schema.DiskFormat("cow"), **more)


BAD_VALUES: tuple[BadValue, ...] = (
    # Virtual machines
    BadValue(
        "VM name with a space",
        lambda: schema.VM(name="my vm"),
        "update",
        "name",
        "special characters. Only lower-case and upper-case letters, numbers, '_', '-', '.'",
    ),
    BadValue(
        "VM name that is too long",
        lambda: schema.VM(name="v" * 256),
        "add",
        "name",
        "1 to 255 characters",
    ),
    BadValue("VM name that is empty", lambda: schema.VM(name=""), "update", "name", "1 to 255"),
    BadValue(
        "VM description with a symbol",
        lambda: schema.VM(description="50 €"),
        "add",
        "description",
        "special characters",
    ),
    BadValue(
        "VM description that is too long",
        lambda: schema.VM(description="d" * 256),
        "update",
        "description",
        "at most 255 characters",
    ),
    BadValue(
        "VM with less than a MiB",
        lambda: schema.VM(memory=MiB - 1),
        "add",
        "memory",
        "at least 1048576 bytes",
    ),
    BadValue(
        "VM that is guaranteed more than it has",
        lambda: schema.VM(memory=GiB, memory_policy=schema.MemoryPolicy(guaranteed=2 * GiB)),
        "add",
        "memory_policy.guaranteed",
        "may not exceed memory",
    ),
    BadValue(
        "VM with a maximum below its memory",
        lambda: schema.VM(memory=2 * GiB, memory_policy=schema.MemoryPolicy(max=GiB)),
        "update",
        "memory_policy.max",
        "may not be smaller than memory",
    ),
    BadValue(
        "VM with too many CPU shares",
        lambda: schema.VM(cpu_shares=262145),
        "add",
        "cpu_shares",
        "0 to 262144",
    ),
    BadValue(
        "VM with too many I/O threads",
        lambda: schema.VM(io=schema.IO(threads=128)),
        "add",
        "io.threads",
        "0 to 127",
    ),
    BadValue(
        "VM with a negative priority",
        lambda: schema.VM(high_availability=schema.HighAvailability(priority=-1)),
        "update",
        "high_availability.priority",
        "0 to 100",
    ),
    BadValue(
        "VM with a kernel that ends in a blank",
        lambda: schema.VM(os=schema.OperatingSystem(kernel="/boot/vmlinuz ")),
        "add",
        "os.kernel",
        "white space",
    ),
    BadValue(
        "VM with a serial number that is too long",
        lambda: schema.VM(serial_number=schema.SerialNumber(value="1" * 256)),
        "add",
        "serial_number.value",
        "at most 255",
    ),
    BadValue(
        "VM with an empty serial number of its own",
        lambda: schema.VM(
            serial_number=schema.SerialNumber(policy=schema.SerialNumberPolicy("custom"), value="")
        ),
        "add",
        "serial_number.value",
        "1 to 255",
    ),
    BadValue(
        "VM with a CPU model of two words",
        lambda: schema.VM(custom_cpu_model="Skylake Server"),
        "add",
        "custom_cpu_model",
        "special characters",
    ),
    BadValue(
        "VM with an emulated machine that is too long",
        lambda: schema.VM(custom_emulated_machine="pc-" * 11),
        "add",
        "custom_emulated_machine",
        "at most 30",
    ),
    BadValue(
        "VM whose second payload has a bad volume id",
        lambda: schema.VM(
            payloads=[
                schema.Payload(type=schema.VmDeviceType("cdrom"), volume_id="config-2"),
                schema.Payload(type=schema.VmDeviceType("cdrom"), volume_id="my volume"),
            ]
        ),
        "add",
        "payloads[1].volume_id",
        "special characters",
    ),
    BadValue(
        "VM pinned to CPUs that no one can read",
        lambda: schema.VM(
            cpu=schema.CPU(
                cpu_tune=schema.CpuTune(vcpu_pins=[schema.VCpuPin(vcpu=0, cpu_set="0..3")])
            )
        ),
        "update",
        "cpu.cpu_tune.vcpu_pins[0].cpu_set",
        "a set of CPUs",
    ),
    BadValue(
        "VM with one CPU pinned twice",
        lambda: schema.VM(
            cpu=schema.CPU(
                cpu_tune=schema.CpuTune(
                    vcpu_pins=[
                        schema.VCpuPin(vcpu=0, cpu_set="0"),
                        schema.VCpuPin(vcpu=0, cpu_set="1"),
                    ]
                )
            )
        ),
        "update",
        "cpu.cpu_tune.vcpu_pins",
        "the same vcpu",
    ),
    BadValue(
        "VM with queues and without them",
        lambda: schema.VM(virtio_scsi_multi_queues_enabled=False, virtio_scsi_multi_queues=4),
        "add",
        "virtio_scsi_multi_queues",
        "may not be given",
    ),
    BadValue(
        "VM with a host that has no name",
        lambda: schema.VM(
            placement_policy=schema.VmPlacementPolicy(hosts=[schema.Host(address="192.0.2.7")])
        ),
        "add",
        "placement_policy.hosts[0].id",
        "required",
    ),
    BadValue(
        "VM that migrates over an unsaid number of connections",
        lambda: schema.VM(
            migration=schema.MigrationOptions(
                parallel_migrations_policy=schema.ParallelMigrationsPolicy("custom")
            )
        ),
        "update",
        "migration.custom_parallel_migrations",
        "required",
    ),
    BadValue(
        "VM that migrates over one connection of many",
        lambda: schema.VM(
            migration=schema.MigrationOptions(
                parallel_migrations_policy=schema.ParallelMigrationsPolicy("custom"),
                custom_parallel_migrations=1,
            )
        ),
        "add",
        "migration.custom_parallel_migrations",
        "2 to 255",
    ),
    BadValue(
        "VM with an icon in a format that browsers like",
        lambda: schema.VM(large_icon=schema.Icon(media_type="image/svg+xml", data="aWNvbg==")),
        "update",
        "large_icon.media_type",
        "'image/jpeg', 'image/png', 'image/gif'",
    ),
    # Templates, pools, snapshots
    BadValue(
        "template name with a slash",
        lambda: schema.Template(name="os/9"),
        "add",
        "name",
        "special characters",
    ),
    BadValue(
        "template version of nothing",
        lambda: schema.Template(version=schema.TemplateVersion(version_name="v2")),
        "add",
        "version.base_template",
        "required",
    ),
    BadValue(
        "pool name with two masks",
        lambda: schema.VmPool(name="pool?a?"),
        "add",
        "name",
        "one run of '?'",
    ),
    BadValue("pool of no VMs", lambda: schema.VmPool(size=0), "add", "size", "at least 1"),
    BadValue(
        "pool of many VMs a user",
        lambda: schema.VmPool(max_user_vms=40000),
        "update",
        "max_user_vms",
        "1 to 32767",
    ),
    BadValue(
        "pool of the blank template",
        lambda: schema.VmPool(template=schema.Template(id=BLANK)),
        "add",
        "template.id",
        "blank template",
    ),
    BadValue(
        "pool whose VMs have no memory",
        lambda: schema.VmPool(vm=schema.VM(memory=0)),
        "add",
        "vm.memory",
        "out of range",
    ),
    BadValue(
        "snapshot with an empty description",
        lambda: schema.Snapshot(description=""),
        "add",
        "description",
        "1 to 4000",
    ),
    # Disks and storage
    BadValue(
        "disk of no size",
        lambda: schema.Disk(provisioned_size=0, format=schema.DiskFormat("cow")),
        "add",
        "provisioned_size",
        "at least 1 byte",
    ),
    BadValue(
        "disk name with a space",
        lambda: schema.Disk(alias="my disk"),
        "update",
        "alias",
        "special characters",
    ),
    BadValue(
        "disk name with a space, on a VM",
        lambda: schema.DiskAttachment(disk=schema.Disk(name="my disk")),
        "add",
        "disk.name",
        "special characters",
    ),
    BadValue(
        "shareable disk that grows",
        lambda: schema.Disk(format=schema.DiskFormat("cow"), shareable=True),
        "add",
        "shareable",
        "format cow cannot be shareable",
    ),
    BadValue(
        "preallocated disk of format cow",
        lambda: schema.Disk(format=schema.DiskFormat("cow"), sparse=False),
        "add",
        "sparse",
        "cannot be preallocated",
    ),
    BadValue(
        "raw disk with incremental backup",
        lambda: schema.Disk(
            format=schema.DiskFormat("raw"), backup=schema.DiskBackup("incremental")
        ),
        "add",
        "backup",
        "does not allow incremental backup",
    ),
    BadValue(
        "LUN of iSCSI without its target",
        lambda: schema.Disk(
            lun_storage=schema.HostStorage(
                type=schema.StorageType("iscsi"),
                logical_units=[schema.LogicalUnit(id="36001", address="192.0.2.7", port=3260)],
            )
        ),
        "add",
        "lun_storage.logical_units[0].target",
        "required",
    ),
    BadValue(
        "read-only disk on IDE",
        lambda: schema.DiskAttachment(interface=schema.DiskInterface("ide"), read_only=True),
        "update",
        "read_only",
        "do not support a read-only disk",
    ),
    BadValue(
        "storage domain name with a dot",
        lambda: schema.StorageDomain(name="my.domain"),
        "add",
        "name",
        "special characters",
    ),
    BadValue(
        "storage domain that warns above its size",
        lambda: schema.StorageDomain(warning_low_space_indicator=101),
        "update",
        "warning_low_space_indicator",
        "0 to 100 percent",
    ),
    BadValue(
        "storage domain on NFS without a path",
        lambda: schema.StorageDomain(
            storage=schema.HostStorage(type=schema.StorageType("nfs"), address="nfs.example.com")
        ),
        "add",
        "storage.path",
        "required",
    ),
    BadValue(
        "storage domain on a POSIX file system of no type",
        lambda: schema.StorageDomain(
            storage=schema.HostStorage(type=schema.StorageType("posixfs"), path="/dev/sda")
        ),
        "add",
        "storage.vfs_type",
        "required",
    ),
    BadValue(
        "storage connection that waits for ever",
        lambda: schema.StorageConnection(type=schema.StorageType("nfs"), nfs_timeo=6001),
        "update",
        "nfs_timeo",
        "1 to 6000",
    ),
    BadValue(
        "storage connection to a relative path",
        lambda: schema.StorageConnection(
            type=schema.StorageType("nfs"), address="nfs.example.com", path="exports"
        ),
        "add",
        "path",
        "a path from '/'",
    ),
    # Networks and NICs
    BadValue(
        "network that is called as a bond",
        lambda: schema.Network(name="Bond-net"),
        "add",
        "name",
        "may not begin with 'bond'",
    ),
    BadValue(
        "network with a VLAN out of range",
        lambda: schema.Network(vlan=schema.VLAN(id=4095)),
        "add",
        "vlan.id",
        "0 to 4094",
    ),
    BadValue(
        "network with a tiny MTU", lambda: schema.Network(mtu=67), "update", "mtu", "at least 68"
    ),
    BadValue(
        "network with STP and without VMs",
        lambda: schema.Network(stp=True, usages=[schema.NetworkUsage("migration")]),
        "add",
        "stp",
        "Only a network for virtual machines",
    ),
    BadValue(
        "network with many name servers",
        lambda: schema.Network(
            dns_resolver_configuration=schema.DnsResolverConfiguration(
                name_servers=["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"]
            )
        ),
        "update",
        "dns_resolver_configuration.name_servers",
        "1 to 3 entries",
    ),
    BadValue(
        "label of two words",
        lambda: schema.NetworkLabel(id="my label"),
        "add",
        "id",
        "special characters",
    ),
    BadValue(
        "NIC name with a space", lambda: schema.NIC(name="nic 1"), "add", "name", "'_', '-', '.'"
    ),
    BadValue(
        "NIC with a multicast address",
        lambda: schema.NIC(mac=schema.MAC(address="57:6f:1a:00:00:07")),
        "add",
        "mac.address",
        "multicast",
    ),
    BadValue(
        "NIC with the address of zeros",
        lambda: schema.NIC(mac=schema.MAC(address="00:00:00:00:00:00")),
        "update",
        "mac.address",
        "may not be",
    ),
    BadValue(
        "filter parameter of a network",
        lambda: schema.NetworkFilterParameter(name="IP", value="192.0.2.0/24"),
        "add",
        "value",
        "letters from a to z",
    ),
    BadValue(
        "passthrough profile with port mirroring",
        lambda: schema.VnicProfile(
            port_mirroring=True,
            pass_through=schema.VnicPassThrough(mode=schema.VnicPassThroughMode("enabled")),
        ),
        "add",
        "port_mirroring",
        "supports no port mirroring",
    ),
    BadValue(
        "attachment with a static address that is not given",
        lambda: schema.NetworkAttachment(
            ip_address_assignments=[
                schema.IpAddressAssignment(
                    assignment_method=schema.BootProtocol("static"),
                    ip=schema.IP(version=schema.IpVersion("v4"), netmask="24"),
                )
            ]
        ),
        "update",
        "ip_address_assignments[0].ip.address",
        "required",
    ),
    BadValue(
        "bond of one NIC",
        lambda: [
            schema.HostNIC(
                name="bond0", bonding=schema.Bonding(slaves=[schema.HostNIC(name="eth0")])
            )
        ],
        "setup_networks",
        "[0].bonding.slaves",
        "at least 2",
    ),
    BadValue(
        "bond that is not called so",
        lambda: schema.HostNIC(
            name="team0",
            bonding=schema.Bonding(
                slaves=[schema.HostNIC(name="eth0"), schema.HostNIC(name="eth1")]
            ),
        ),
        "setup_networks",
        "name",
        "'bond' and at least one",
    ),
    BadValue(
        "MAC pool that would be the default",
        lambda: schema.MacPool(default_pool=True),
        "add",
        "default_pool",
        "cannot be made the default",
    ),
    # Data centers, clusters, hosts
    BadValue(
        "data center name that is too long",
        lambda: schema.DataCenter(name="d" * 41),
        "add",
        "name",
        "1 to 40",
    ),
    BadValue(
        "data center described in German",
        lambda: schema.DataCenter(description="Zürich"),
        "update",
        "description",
        "ASCII",
    ),
    BadValue(
        "cluster name with a space",
        lambda: schema.Cluster(name="my cluster"),
        "add",
        "name",
        "special characters",
    ),
    BadValue(
        "cluster that serves nothing",
        lambda: schema.Cluster(virt_service=False, gluster_service=False),
        "add",
        "virt_service",
        "must be enabled",
    ),
    BadValue(
        "cluster that overcommits without means",
        lambda: schema.Cluster(
            ballooning_enabled=False,
            ksm=schema.KSM(enabled=False),
            memory_policy=schema.MemoryPolicy(over_commit=schema.MemoryOverCommit(percent=150)),
        ),
        "update",
        "memory_policy.over_commit.percent",
        "KSM or ballooning",
    ),
    BadValue(
        "cluster with serial numbers of its own, of which there is none",
        lambda: schema.Cluster(
            serial_number=schema.SerialNumber(policy=schema.SerialNumberPolicy("custom"))
        ),
        "add",
        "serial_number.value",
        "required",
    ),
    BadValue("host name with a space", lambda: schema.Host(name="host 1"), "add", "name", "'.'"),
    BadValue(
        "host address with an underscore",
        lambda: schema.Host(address="host_1.example.com"),
        "add",
        "address",
        "neither a valid host name nor a valid IP address",
    ),
    BadValue(
        "host that is too eager to be SPM",
        lambda: schema.Host(spm=schema.SPM(priority=11)),
        "update",
        "spm.priority",
        "-1 to 10",
    ),
    BadValue(
        "host with a port out of range",
        lambda: schema.Host(ssh=schema.SSH(port=65536)),
        "add",
        "ssh.port",
        "at most 65535",
    ),
    BadValue(
        "fence agent on no port", lambda: schema.Agent(port=0), "update", "port", "1 to 65535"
    ),
    BadValue(
        "QoS with a peak below the average",
        lambda: schema.QoS(inbound_average=20, inbound_peak=10, inbound_burst=10),
        "add",
        "inbound_peak",
        "may not be smaller than inbound_average",
    ),
    BadValue(
        "QoS with half of a network limit",
        lambda: schema.QoS(type=schema.QosType("network"), outbound_average=10, outbound_peak=10),
        "add",
        "outbound_burst",
        "required",
    ),
    BadValue(
        "QoS with a total and a part of it",
        lambda: schema.QoS(type=schema.QosType("storage"), max_iops=100, max_read_iops=50),
        "add",
        "max_read_iops",
        "excludes one for reads or writes",
    ),
    BadValue(
        "quota of more than everything",
        lambda: schema.Quota(cluster_hard_limit_pct=101),
        "add",
        "cluster_hard_limit_pct",
        "0 to 100",
    ),
    # Tags, users, roles and the rest
    BadValue(
        "tag name that is too long", lambda: schema.Tag(name="t" * 51), "add", "name", "1 to 50"
    ),
    BadValue("tag name with a comma", lambda: schema.Tag(name="a,b"), "update", "name", "special"),
    BadValue(
        "user of no domain",
        lambda: schema.User(user_name="jane"),
        "add",
        "user_name",
        "[domain.id|name] required for add",
    ),
    BadValue("role name with a dot", lambda: schema.Role(name="my.role"), "add", "name", "special"),
    BadValue(
        "role with a permit by its name",
        lambda: schema.Role(permits=[schema.Permit(id="create_vm")]),
        "add",
        "permits[0].id",
        "the number of a permit",
    ),
    BadValue("bookmark of nothing", lambda: schema.Bookmark(value=""), "add", "value", "1 to 300"),
    BadValue(
        "event that poses as the engine's",
        lambda: schema.Event(origin="oVirt"),
        "add",
        "origin",
        "may not be oVirt",
    ),
    BadValue(
        "affinity group name with a space",
        lambda: schema.AffinityGroup(name="keep apart"),
        "update",
        "name",
        "special characters",
    ),
    # What is refused before anything is sent since a real engine was seen to
    *(
        BadValue(
            f"VM without {name}",
            partial(_shaped, **{name: 0}),
            "add",
            f"cpu.topology.{name}",
            "at least 1",
            partial(_shaped, **{name: 1}),
        )
        for name in ("cores", "sockets", "threads")
    ),
    BadValue(
        "VM that pins a CPU that it does not have",
        lambda: _pinned(2),
        "update",
        "cpu.cpu_tune.vcpu_pins[0].vcpu",
        "less than cpu.topology.sockets times",
        lambda: _pinned(1),
    ),
    BadValue(
        "VM with a custom property of two words",
        lambda: schema.VM(custom_properties=[schema.CustomProperty(name="my hook", value="1")]),
        "add",
        "custom_properties[0].name",
        "letters from a to z, digits and '_' only",
        lambda: schema.VM(custom_properties=[schema.CustomProperty(name="my_hook", value="1")]),
    ),
    BadValue(
        "VM with a custom property that ends in another",
        lambda: schema.VM(custom_properties=[schema.CustomProperty(name="hook", value="1;x=2")]),
        "update",
        "custom_properties[0].value",
        "without ';'",
        lambda: schema.VM(custom_properties=[schema.CustomProperty(name="hook", value="1,x=2")]),
    ),
    BadValue(
        "template that guarantees more than it has",
        lambda: schema.Template(memory=GiB, memory_policy=schema.MemoryPolicy(guaranteed=2 * GiB)),
        "update",
        "memory_policy.guaranteed",
        "may not exceed memory",
        lambda: schema.Template(memory=GiB, memory_policy=schema.MemoryPolicy(guaranteed=GiB)),
    ),
    BadValue(
        "VM with more memory than 64 bits can say",
        lambda: schema.VM(memory=1 << 63),
        "add",
        "memory",
        "at most 9223372036854775807",
        lambda: schema.VM(memory=GiB),
    ),
    BadValue(
        "VM with two monitors on VNC",
        lambda: schema.VM(display=schema.Display(type=schema.DisplayType("vnc"), monitors=2)),
        "add",
        "display.monitors",
        "one monitor",
        lambda: schema.VM(display=schema.Display(type=schema.DisplayType("vnc"), monitors=1)),
    ),
    BadValue(
        "VM of a cluster whose id is a name",
        lambda: schema.VM(cluster=schema.Cluster(id="Default")),
        "update",
        "cluster.id",
        "a UUID",
        lambda: schema.VM(cluster=schema.Cluster(id=SOME_ID)),
    ),
    BadValue(
        "tag with an id of its own that is none",
        lambda: schema.Tag(id="x", name="x"),
        "add",
        "id",
        "a UUID",
        lambda: schema.Tag(id=SOME_ID, name="x"),
    ),
    BadValue(
        "affinity group of something that is no id",
        lambda: schema.AffinityGroup(name="a", vms=[schema.VM(id=SOME_ID), schema.VM(id="web")]),
        "add",
        "vms[1].id",
        "a UUID",
        lambda: schema.AffinityGroup(name="a", vms=[schema.VM(id=SOME_ID)]),
    ),
    BadValue(
        "disk on no storage domain",
        lambda: _disk(),
        "add",
        "storage_domains",
        "needs a storage domain",
        lambda: _disk(storage_domains=[schema.StorageDomain(name="data")]),
        "DisksService",
    ),
    BadValue(
        "disk on a storage domain that is not said",
        lambda: _disk(storage_domains=[schema.StorageDomain(description="the new one")]),
        "add",
        "storage_domains[0].id",
        "a value or one of storage_domains.0.name",
        lambda: _disk(storage_domains=[schema.StorageDomain(id=SOME_ID)]),
        "DisksService",
    ),
    BadValue(
        "host without a way in",
        lambda: schema.Host(name="h", address="192.0.2.7"),
        "add",
        "root_password",
        "needs a password",
        lambda: schema.Host(
            name="h",
            address="192.0.2.7",
            ssh=schema.SSH(authentication_method=schema.SshAuthenticationMethod("publickey")),
        ),
        "HostsService",
    ),
    BadValue(
        "role that is neither an administrator's nor a user's",
        lambda: schema.Role(name="R", permits=[schema.Permit(id="1")]),
        "add",
        "administrative",
        "required",
        lambda: schema.Role(name="R", permits=[schema.Permit(id="1")], administrative=False),
    ),
)

INCOMPLETE: tuple[Incomplete, ...] = (
    Incomplete(
        "VM of nothing",
        "VmsService",
        "add",
        lambda: {"vm": schema.VM()},
        ("cluster.id|name", "name", "template.id|name"),
        "Vm [cluster.id|name, name, template.id|name] required for add",
    ),
    Incomplete(
        "VM without a template",
        "VmsService",
        "add",
        lambda: {"vm": schema.VM(name="vm", cluster=schema.Cluster(name="Default"))},
        ("template.id|name",),
        "Vm [template.id|name] required for add",
    ),
    Incomplete(
        "VM of a snapshot that is not said",
        "VmsService",
        "add",
        lambda: {
            "vm": schema.VM(
                name="vm",
                cluster=schema.Cluster(id="1"),
                snapshots=[schema.Snapshot(description="x")],
            )
        },
        ("template.id|name",),
    ),
    Incomplete(
        "VM of half a configuration",
        "VmsService",
        "add",
        lambda: {
            "vm": schema.VM(
                cluster=schema.Cluster(id="1"),
                initialization=schema.Initialization(
                    configuration=schema.Configuration(data="<ovf/>")
                ),
            )
        },
        ("initialization.configuration.type",),
    ),
    Incomplete(
        "template of no VM",
        "TemplatesService",
        "add",
        lambda: {"template": schema.Template(name="t")},
        ("vm.id|name",),
    ),
    Incomplete(
        "disk without a format",
        "DisksService",
        "add",
        lambda: {"disk": schema.Disk(provisioned_size=GiB)},
        ("format",),
    ),
    Incomplete(
        "attachment of a new disk that has no size",
        "DiskAttachmentsService",
        "add",
        lambda: {
            "attachment": schema.DiskAttachment(
                interface=schema.DiskInterface("virtio"),
                disk=schema.Disk(alias="d", format=schema.DiskFormat("cow")),
            )
        },
        ("disk.provisioned_size",),
    ),
    Incomplete(
        "attachment without an interface",
        "DiskAttachmentsService",
        "add",
        lambda: {"attachment": schema.DiskAttachment(disk=schema.Disk(id="1"))},
        ("interface",),
    ),
    Incomplete(
        "NIC without a name",
        "VmNicsService",
        "add",
        lambda: {"nic": schema.NIC(interface=schema.NicInterface("virtio"))},
        ("name",),
    ),
    Incomplete(
        "network that has no name in its data center",
        "DataCenterNetworksService",
        "add",
        lambda: {"network": schema.Network()},
        ("name",),
    ),
    Incomplete(
        "vNIC profile of no network",
        "VnicProfilesService",
        "add",
        lambda: {"profile": schema.VnicProfile(name="p")},
        ("network.id",),
    ),
    Incomplete(
        "host without an address",
        "HostsService",
        "add",
        lambda: {"host": schema.Host(name="h")},
        ("address",),
        "Host [address] required for add",
    ),
    Incomplete(
        "data center that does not say whether it is local",
        "DataCentersService",
        "add",
        lambda: {"data_center": schema.DataCenter(name="dc")},
        ("local",),
        "DataCenter [local] required for add",
    ),
    Incomplete(
        "storage domain without storage",
        "StorageDomainsService",
        "add",
        lambda: {
            "storage_domain": schema.StorageDomain(
                type=schema.StorageDomainType("data"), host=schema.Host(name="h")
            )
        },
        ("storage.type|id",),
    ),
    Incomplete(
        "storage connection of no type",
        "StorageServerConnectionsService",
        "add",
        lambda: {"connection": schema.StorageConnection(address="192.0.2.7")},
        ("type",),
    ),
    Incomplete(
        "MAC pool with a range that has no end",
        "MacPoolsService",
        "add",
        lambda: {
            "pool": schema.MacPool(name="p", ranges=[schema.Range(from_="56:6f:1a:00:00:07")])
        },
        ("ranges[0].to",),
    ),
    Incomplete(
        "MAC pool without ranges",
        "MacPoolsService",
        "add",
        lambda: {"pool": schema.MacPool(name="p")},
        ("ranges.*.from", "ranges.*.to"),
    ),
    Incomplete(
        "role without permits",
        "RolesService",
        "add",
        lambda: {"role": schema.Role(name="r")},
        ("permits.*.id",),
    ),
    Incomplete(
        "tag without a name", "TagsService", "add", lambda: {"tag": schema.Tag()}, ("name",)
    ),
    Incomplete(
        "user without a name",
        "UsersService",
        "add",
        lambda: {"user": schema.User()},
        ("user_name",),
    ),
    Incomplete(
        "pool without a template",
        "VmPoolsService",
        "add",
        lambda: {"pool": schema.VmPool(name="p", cluster=schema.Cluster(id="1"))},
        ("template.id|name",),
    ),
    Incomplete(
        "permission for no one",
        "AssignedPermissionsService",
        "add",
        lambda: {"permission": schema.Permission(role=schema.Role(name="UserRole"))},
        ("user.id",),
    ),
    Incomplete(
        "event without an origin and its id",
        "EventsService",
        "add",
        lambda: {"event": schema.Event(description="x", severity=schema.LogSeverity("alert"))},
        ("custom_id", "origin"),
    ),
    Incomplete(
        "disk that moves nowhere",
        "DiskService",
        "move",
        dict,
        ("storage_domain.id|name",),
        "Action [storage_domain.id|name] required for move",
    ),
    Incomplete(
        "clone without a name",
        "VmService",
        "clone",
        lambda: {"vm": schema.VM(description="x")},
        ("vm.name",),
    ),
    Incomplete("host that is fenced in no way", "HostService", "fence", dict, ("fence_type",)),
    Incomplete(
        "target that is not said",
        "HostService",
        "iscsi_login",
        lambda: {"iscsi": schema.IscsiDetails(address="192.0.2.7")},
        ("iscsi.target",),
    ),
    Incomplete(
        "preview of no snapshot",
        "VmService",
        "preview_snapshot",
        lambda: {"snapshot": schema.Snapshot()},
        ("snapshot.id",),
    ),
    Incomplete(
        "export to nowhere",
        "VmService",
        "export",
        dict,
        ("storage_domain.id|name",),
    ),
    Incomplete(
        "functions that are neither counted nor allowed",
        "HostNicService",
        "update_virtual_functions_configuration",
        lambda: {"virtual_functions_configuration": schema.HostNicVirtualFunctionsConfiguration()},
        ("virtual_functions_configuration.number_of_virtual_functions|all_networks_allowed",),
    ),
    Incomplete(
        "VM whose names are empty",
        "VmsService",
        "add",
        lambda: {
            "vm": schema.VM(
                name="", template=schema.Template(id=""), cluster=schema.Cluster(name="")
            )
        },
        ("cluster.id|name", "name", "template.id|name"),
        "Vm [cluster.id|name, name, template.id|name] required for add",
    ),
    Incomplete(
        "disk of a storage domain without a size",
        "StorageDomainDisksService",
        "add",
        lambda: {"disk": schema.Disk(name="d", format=schema.DiskFormat("raw"))},
        ("provisioned_size",),
    ),
    Incomplete(
        "domain that is attached to a host by its name",
        "StorageDomainService",
        "is_attached",
        lambda: {"host": schema.Host(name="host1")},
        ("host.id",),
    ),
    Incomplete(
        "member of an affinity group by its name",
        "AffinityGroupVmsService",
        "add",
        lambda: {"vm": schema.VM(name="web")},
        ("id",),
    ),
)
