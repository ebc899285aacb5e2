"""The devices of a virtual machine: interfaces, drives, watchdogs, generators."""

# Generated from codegen/facts by `python -m codegen`: change those, not this file.

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.mapping.declare import collection, element, entries, members
from rhev.mapping.resources import BaseResources
from rhev.mapping.scalars import Enumeration
from rhev.mapping.structure import Struct
from rhev.models.common import Identified

if TYPE_CHECKING:
    from typing import Literal, Never, Self

    from typing_extensions import TypeVar

    from rhev.mapping.offers import Offers
    from rhev.mapping.scalars import Bytes
    from rhev.models.common import Property
    from rhev.models.engine import Action
    from rhev.models.guest import ReportedDevice
    from rhev.models.hardware import RngSource
    from rhev.models.networks import (
        MAC,
        BootProtocol,
        Network,
        NetworkAttachment,
        NetworkFilterParameter,
        NetworkLabel,
        VnicProfile,
    )
    from rhev.models.statistics import Statistic
    from rhev.models.storage import File
    from rhev.models.templates import InstanceType, Template
    from rhev.models.virtual_machines import VM

    # What a collection holds: resources of the class, or of a user's subclass.
    CdRom_co = TypeVar("CdRom_co", bound="CdRom", default="CdRom", covariant=True)
    NIC_co = TypeVar("NIC_co", bound="NIC", default="NIC", covariant=True)
    VmMediatedDevice_co = TypeVar(
        "VmMediatedDevice_co", bound="VmMediatedDevice", default="VmMediatedDevice", covariant=True
    )
    WatchDog_co = TypeVar("WatchDog_co", bound="WatchDog", default="WatchDog", covariant=True)


class NicInterface(Enumeration):
    """The model of network card a guest sees."""

    E1000 = "e1000"
    """Intel's, of PCI."""
    E1000E = "e1000e"
    """Intel's, of PCI Express."""
    VIRTIO = "virtio"
    """VirtIO: fastest, needs a driver in the guest."""
    RTL8139 = "rtl8139"
    """Realtek's, for old guests."""
    RTL8139_VIRTIO = "rtl8139_virtio"
    """Both Realtek's and VirtIO; no longer of use."""
    SPAPR_VLAN = "spapr_vlan"
    """The virtual card of POWER machines."""
    PCI_PASSTHROUGH = "pci_passthrough"
    """A function of the host's SR-IOV card."""


class WatchdogAction(Enumeration):
    """What is done with a virtual machine whose guest stops answering its watchdog."""

    NONE = "none"
    """Nothing but an event."""
    RESET = "reset"
    """It is restarted."""
    POWEROFF = "poweroff"
    """It is powered off."""
    PAUSE = "pause"
    """It is paused."""
    DUMP = "dump"
    """Its memory is dumped on the host."""


class WatchdogModel(Enumeration):
    """The model of watchdog a guest sees."""

    I6300ESB = "i6300esb"
    """Intel's, on PCI; for x86 and POWER."""
    DIAG288 = "diag288"
    """The one of IBM Z."""


class Device(Identified, tag="device", api_name="Device"):
    """What belongs to a virtual machine, a template or an instance type."""

    template: Template | None = element(default=None)
    """The template it belongs to."""
    instance_type: InstanceType | None = element(default=None)
    """The instance type it belongs to."""
    vms: list[VM] | None = entries("vms", "vm", default=None)
    """The virtual machines that use it; a shared disk may have several."""
    vm: VM | None = element(default=None)
    """The virtual machine that uses it; see vms. Deprecated."""


class CdRom(Device, tag="cdrom", api_name="Cdrom"):
    """The CD drive of a virtual machine, template or instance type."""

    file: File | None = element(default=None)
    """The ISO image in the drive; an empty id ejects it."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> CdRoms[Self]: ...


class CdRoms(
    BaseResources["CdRom_co"],
    tag="cdroms",
    api_name="Cdrom",
    member="cdrom",
):
    """A collection of :class:`CdRom`."""

    cdrom: list[CdRom] = members("cdrom", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> CdRoms: ...


class Floppy(Device, tag="floppy", api_name="Floppy"):
    """The floppy drive of a virtual machine, template or instance type."""

    file: File | None = element(default=None)
    """The image in the drive."""


class NIC(Device, tag="nic", api_name="Nic"):
    """A virtual machine's or template's network interface."""

    linked: bool | None = element(default=None)
    """Whether the virtual cable is in."""
    interface: NicInterface | None = element(default=None)
    """The model of network card the guest sees."""
    mac: MAC | None = element(default=None)
    """Its MAC address; the engine takes one from the cluster's pool if not said."""
    plugged: bool | None = element(default=None)
    """Whether the guest has the card now."""
    synced: bool | None = element(default=None)
    """Whether the running machine's card is what the engine wants."""
    boot_protocol: BootProtocol | None = element(default=None)
    """How the guest gets its address."""
    on_boot: bool | None = element(default=None)
    """Whether the guest brings it up at boot."""
    network: Network | None = element(default=None)
    """Its logical network; superseded by `vnic_profile` for setting it."""
    statistics: list[Statistic] | None = collection("statistics", "statistic", default=None)
    """Its traffic and errors, measured. None unless it was followed."""
    vnic_profile: VnicProfile | None = element(default=None)
    """The vNIC profile, and so the network, it uses; absent: not connected."""
    network_labels: list[NetworkLabel] | None = entries(
        "network_labels", "network_label", default=None
    )
    """The labels on it, for a host's interface."""
    network_attachments: list[NetworkAttachment] | None = entries(
        "network_attachments", "network_attachment", default=None
    )
    """The networks attached to it, for a host's interface."""
    virtual_function_allowed_labels: list[NetworkLabel] | None = entries(
        "virtual_function_allowed_labels", "network_label", default=None
    )
    """The labels whose networks its SR-IOV functions may carry."""
    virtual_function_allowed_networks: list[Network] | None = entries(
        "virtual_function_allowed_networks", "network", default=None
    )
    """The networks its SR-IOV functions may carry."""
    reported_devices: list[ReportedDevice] | None = collection(
        "reported_devices", "reported_device", default=None
    )
    """What the guest agent says of it, its IP addresses among it. None unless it was followed."""
    network_filter_parameters: list[NetworkFilterParameter] | None = collection(
        "network_filter_parameters", "network_filter_parameter", default=None
    )
    """Values for the variables of its network filter. None unless it was followed. Since 4.2."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Literal["activate", "deactivate"]]: ...

        @classmethod
        def _collection(cls) -> Nics[Self]: ...

    def activate(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Plug the interface in.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("activate", action, {"async": async_})
        return result

    def deactivate(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Unplug the interface.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("deactivate", action, {"async": async_})
        return result


class Nics(
    BaseResources["NIC_co"],
    tag="nics",
    api_name="Nic",
    member="nic",
):
    """A collection of :class:`NIC`."""

    nic: list[NIC] = members("nic", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> Nics: ...


class Rate(Struct, tag="rate", api_name="Rate"):
    """How fast a virtual machine may draw random bytes."""

    bytes: Bytes | None = element(default=None)
    """How many bytes may be drawn in a period."""
    period: int | None = element(default=None)
    """The period's length, in milliseconds."""


class RngDevice(Struct, tag="rng_device", api_name="RngDevice"):
    """A virtual machine's random number generator."""

    rate: Rate | None = element(default=None)
    """How fast the guest may draw from it."""
    source: RngSource | None = element(default=None)
    """The host's device that the bytes come from."""


class VirtIO_SCSI(Struct, tag="virtio_scsi", api_name="VirtioScsi"):
    """Whether a virtual machine has a VirtIO SCSI controller."""

    enabled: bool | None = element(default=None)
    """Whether it has."""


class VmMediatedDevice(Device, tag="vm_mediated_device", api_name="VmMediatedDevice"):
    """What mediated device, such as a virtual GPU, a virtual machine is to get from its host. Since
    4.5.
    """

    spec_params: list[Property] | None = entries("spec_params", "property", default=None)
    """What it is to be, such as `mdevType`, `nodisplay` and `driverParams`. Since 4.5."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> VmMediatedDevices[Self]: ...


class VmMediatedDevices(
    BaseResources["VmMediatedDevice_co"],
    tag="vm_mediated_devices",
    api_name="VmMediatedDevice",
    member="vm_mediated_device",
):
    """A collection of :class:`VmMediatedDevice`."""

    vm_mediated_device: list[VmMediatedDevice] = members("vm_mediated_device", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> VmMediatedDevices: ...


class WatchDog(Device, tag="watchdog", api_name="Watchdog"):
    """A virtual machine's watchdog: a device that acts when the guest stops answering it."""

    model: WatchdogModel | None = element(default=None)
    """The model of device the guest sees."""
    action: WatchdogAction | None = element(default=None)
    """What is done with the machine then."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> WatchDogs[Self]: ...


class WatchDogs(
    BaseResources["WatchDog_co"],
    tag="watchdogs",
    api_name="Watchdog",
    member="watchdog",
):
    """A collection of :class:`WatchDog`."""

    watchdog: list[WatchDog] = members("watchdog", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> WatchDogs: ...
