"""Processors, memory, firmware, boot and operating system, of hosts and guests alike."""

# Generated from codegen/facts by `python -m codegen`: change those, not this file.

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.mapping.declare import element, entries, members
from rhev.mapping.resources import BaseResources
from rhev.mapping.scalars import Enumeration
from rhev.mapping.structure import Struct
from rhev.models.common import Identified

if TYPE_CHECKING:
    from typing import Never, Self

    from typing_extensions import TypeVar

    from rhev.mapping.offers import Offers
    from rhev.mapping.scalars import Bytes
    from rhev.models.common import Version
    from rhev.models.templates import Icon

    # What a collection holds: resources of the class, or of a user's subclass.
    OperatingSystemInfo_co = TypeVar(
        "OperatingSystemInfo_co",
        bound="OperatingSystemInfo",
        default="OperatingSystemInfo",
        covariant=True,
    )


class Architecture(Enumeration):
    """A CPU architecture."""

    UNDEFINED = "undefined"
    """Not known yet: a cluster's first host decides."""
    X86_64 = "x86_64"
    """64-bit x86."""
    PPC64 = "ppc64"
    """64-bit POWER."""
    S390X = "s390x"
    """64-bit IBM Z."""
    AARCH64 = "aarch64"
    """64-bit ARM."""
    LOONGARCH64 = "loongarch64"
    """64-bit LoongArch. Since 4.6.0."""


class BiosType(Enumeration):
    """A virtual machine's chipset and firmware."""

    CLUSTER_DEFAULT = "cluster_default"
    """The cluster's choice; not for a cluster itself."""
    I440FX_SEA_BIOS = "i440fx_sea_bios"
    """The i440FX chipset with legacy BIOS; the only one off x86."""
    Q35_SEA_BIOS = "q35_sea_bios"
    """The Q35 chipset with legacy BIOS."""
    Q35_OVMF = "q35_ovmf"
    """The Q35 chipset with UEFI."""
    Q35_SECURE_BOOT = "q35_secure_boot"
    """The Q35 chipset with UEFI and Secure Boot."""


class BootDevice(Enumeration):
    """What a virtual machine boots from."""

    CDROM = "cdrom"
    """The CD drive."""
    HD = "hd"
    """The disk marked bootable."""
    NETWORK = "network"
    """The network, by PXE."""


class CpuMode(Enumeration):
    """What CPU a virtual machine sees."""

    CUSTOM = "custom"
    """A named model, by default the cluster's."""
    HOST_MODEL = "host_model"
    """The model closest to the host's."""
    HOST_PASSTHROUGH = "host_passthrough"
    """The host's own."""


class NumaTuneMode(Enumeration):
    """How strictly memory is kept on the NUMA nodes it is pinned to."""

    STRICT = "strict"
    """On these nodes only; allocation fails when they are full."""
    INTERLEAVE = "interleave"
    """Spread evenly over these nodes."""
    PREFERRED = "preferred"
    """On one node as long as it has room."""


class OsType(Enumeration):
    """Operating systems of engine 3's days; OperatingSystemInfo lists what an engine has."""

    UNASSIGNED = "unassigned"
    WINDOWS_XP = "windows_xp"
    WINDOWS_2003 = "windows_2003"
    WINDOWS_2008 = "windows_2008"
    OTHER_LINUX = "other_linux"
    OTHER = "other"
    RHEL_5 = "rhel_5"
    RHEL_4 = "rhel_4"
    RHEL_3 = "rhel_3"
    WINDOWS_2003X64 = "windows_2003x64"
    WINDOWS_7 = "windows_7"
    WINDOWS_7X64 = "windows_7x64"
    RHEL_5X64 = "rhel_5x64"
    RHEL_4X64 = "rhel_4x64"
    RHEL_3X64 = "rhel_3x64"
    WINDOWS_2008X64 = "windows_2008x64"
    WINDOWS_2008R2X64 = "windows_2008r2x64"
    RHEL_6 = "rhel_6"
    RHEL_6X64 = "rhel_6x64"
    WINDOWS_8 = "windows_8"
    WINDOWS_8X64 = "windows_8x64"
    WINDOWS_2012X64 = "windows_2012x64"


class RngSource(Enumeration):
    """The host's device that random bytes come from."""

    RANDOM = "random"
    """`/dev/random`."""
    URANDOM = "urandom"
    """`/dev/urandom`, for compatibility version 4.1 and up."""
    HWRNG = "hwrng"
    """`/dev/hwrng`, the host's hardware generator."""


class TpmSupport(Enumeration):
    """Whether a guest operating system can use a TPM."""

    UNSUPPORTED = "unsupported"
    """It cannot."""
    SUPPORTED = "supported"
    """It can."""
    REQUIRED = "required"
    """It needs one."""


class Bios(Struct, tag="bios", api_name="Bios"):
    """The firmware of a virtual machine."""

    boot_menu: BootMenu | None = element(default=None)
    """Whether a menu offers the choice of the boot device."""
    type: BiosType | None = element(default=None)
    """The chipset and the firmware: i440FX or Q35, with BIOS or UEFI. Since 4.3."""


class Boot(Struct, tag="boot", api_name="Boot"):
    """From what a virtual machine boots."""

    devices: list[BootDevice] | None = entries("devices", "device", default=None)
    """The devices to try, in this order."""


class BootMenu(Struct, tag="boot_menu", api_name="BootMenu"):
    """The menu in which a user can choose the boot device."""

    enabled: bool | None = element(default=None)
    """Whether the menu is shown."""


class Core(Struct, tag="core", api_name="Core"):
    """One core of a processor."""

    index: int | None = element(default=None)
    """Its number within the socket."""
    socket: int | None = element(default=None)
    """The number of its socket."""


class CPU(Struct, tag="cpu", api_name="Cpu"):
    """The processors of a virtual machine or host, or those that a cluster asks for."""

    type: str | None = element(default=None)
    """The CPU type of the cluster, such as Intel Nehalem Family."""
    topology: CpuTopology | None = element(default=None)
    """How many sockets, cores and threads there are."""
    level: int | None = element(default=None)
    """How the CPU type ranks among those of its vendor; larger is newer."""
    name: str | None = element(default=None)
    """The model of the processor."""
    speed: float | None = element(default=None)
    """The clock, in MHz."""
    cpu_tune: CpuTune | None = element(default=None)
    """Which virtual CPUs are pinned to which physical ones."""
    mode: CpuMode | None = element(default=None)
    """Whether the guest sees a chosen model, the host's model or the host's CPU as it is."""
    architecture: Architecture | None = element(default=None)
    """The architecture, such as x86_64."""
    cores: list[Core] | None = entries("cores", "core", default=None)
    """The cores one by one."""


class CpuTopology(Struct, tag="cpu_topology", api_name="CpuTopology"):
    """How processors are divided. Their product is the number of CPUs."""

    sockets: int | None = element(default=None)
    """The number of sockets."""
    cores: int | None = element(default=None)
    """The number of cores in a socket."""
    threads: int | None = element(default=None)
    """The number of threads in a core."""


class CpuTune(Struct, tag="cpu_tune", api_name="CpuTune"):
    """Which virtual CPUs are pinned to which physical ones."""

    vcpu_pins: list[VCpuPin] | None = entries("vcpu_pins", "vcpu_pin", default=None)
    """One entry for each virtual CPU that is pinned."""


class CpuType(Struct, tag="cpu_type", api_name="CpuType"):
    """A CPU type that a cluster level knows."""

    name: str | None = element(default=None)
    """Its name, such as Intel Nehalem Family."""
    level: int | None = element(default=None)
    """How it ranks among those of its vendor; larger is newer."""
    architecture: Architecture | None = element(default=None)
    """Its architecture."""


class DynamicCpu(Struct, tag="dynamic_cpu", api_name="DynamicCpu"):
    """The CPU topology and pinning that a virtual machine runs with now, where the engine chose
    them.
    """

    topology: CpuTopology | None = element(default=None)
    """The sockets, cores and threads."""
    cpu_tune: CpuTune | None = element(default=None)
    """The pinning."""


class KSM(Struct, tag="ksm", api_name="Ksm"):
    """Kernel same-page merging: a host keeping equal memory pages only once."""

    enabled: bool | None = element(default=None)
    """Whether equal pages are merged."""
    merge_across_nodes: bool | None = element(default=None)
    """Whether pages of different NUMA nodes are merged, too."""


class MemoryOverCommit(Struct, tag="memory_over_commit", api_name="MemoryOverCommit"):
    """How much memory a cluster's hosts may promise to virtual machines."""

    percent: int | None = element(default=None)
    """The promise, in percent of the memory there is; 100: no overcommit."""


class MemoryPolicy(Struct, tag="memory_policy", api_name="MemoryPolicy"):
    """How the memory of a virtual machine, or of a cluster's machines, is managed."""

    guaranteed: Bytes | None = element(default=None)
    """What ballooning always leaves the machine, in bytes, cut to whole MiB."""
    max: Bytes | None = element(default=None)
    """The most that hot plugging can bring the machine to, in bytes, cut to whole MiB. Since 4.1.
    """
    ballooning: bool | None = element(default=None)
    """Whether the machine has a memory balloon device."""
    over_commit: MemoryOverCommit | None = element(default=None)
    """How much memory the cluster's hosts may promise."""
    transparent_huge_pages: TransparentHugePages | None = element(
        "transparent_hugepages", default=None
    )
    """Whether hosts use transparent huge pages."""


class OperatingSystem(Struct, tag="os", api_name="OperatingSystem"):
    """The operating system of a virtual machine or a host, and how it is booted."""

    type: str | None = element(default=None)
    """What it is: for a machine, one of the engine's names such as `rhel_9x64`."""
    boot: Boot | None = element(default=None)
    """The devices a virtual machine boots from, in order."""
    kernel: str | None = element(default=None)
    """The kernel to boot directly, such as `iso://vmlinuz`; for virtual machines."""
    initrd: str | None = element(default=None)
    """The initial RAM disk for that kernel, such as `iso://initrd.img`."""
    cmdline: str | None = element(default=None)
    """The command line for that kernel."""
    reported_kernel_cmdline: str | None = element(default=None)
    """The command line a host's kernel was booted with; read-only."""
    custom_kernel_cmdline: str | None = element(default=None)
    """What to add to a host's kernel command line at its next install."""
    description: str | None = element(default=None)
    """The host's operating system in more detail than `type`. Since 4.6.1."""
    version: Version | None = element(default=None)
    """The operating system's version."""


class OperatingSystemInfo(Identified, tag="operating_system", api_name="OperatingSystemInfo"):
    """A guest operating system that the engine knows; its name is what `os.type` takes."""

    large_icon: Icon | None = element(default=None)
    """Its picture, at most 150 by 120 pixels."""
    small_icon: Icon | None = element(default=None)
    """Its picture, at most 43 by 43 pixels."""
    architecture: Architecture | None = element(default=None)
    """The CPU architecture it runs on. Since 4.2.4."""
    tpm_support: TpmSupport | None = element(default=None)
    """Whether it can use or needs a TPM. Since 4.5.2."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> OperatingSystemInfos[Self]: ...


class OperatingSystemInfos(
    BaseResources["OperatingSystemInfo_co"],
    tag="operation_systems",
    api_name="OperatingSystemInfo",
    member="operating_system",
):
    """A collection of :class:`OperatingSystemInfo`."""

    operating_system: list[OperatingSystemInfo] = members("operating_system", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> OperatingSystemInfos: ...


class TransparentHugePages(Struct, tag="transparent_hugepages", api_name="TransparentHugePages"):
    """Whether memory is managed in large pages without the guests' doing."""

    enabled: bool | None = element(default=None)
    """Whether it is on."""


class VCpuPin(Struct, tag="vcpu_pin", api_name="VcpuPin"):
    """Which host CPUs a virtual CPU runs on."""

    vcpu: int | None = element(default=None)
    """The virtual CPU's number, from 0."""
    cpu_set: str | None = element(default=None)
    """The host's CPUs, such as `0-3,^2`."""
