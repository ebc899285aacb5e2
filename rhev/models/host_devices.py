"""The hardware of a host: its processors, its devices and what they can be divided into."""

# Generated from codegen/facts by `python -m codegen`: change those, not this file.

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.mapping.declare import element, entries, members
from rhev.mapping.resources import BaseResources
from rhev.mapping.structure import Struct
from rhev.models.common import Identified

if TYPE_CHECKING:
    from typing import Never, Self

    from typing_extensions import TypeVar

    from rhev.mapping.offers import Offers
    from rhev.models.hardware import RngSource
    from rhev.models.hosts import Host
    from rhev.models.virtual_machines import VM

    # What a collection holds: resources of the class, or of a user's subclass.
    HostCpuUnit_co = TypeVar(
        "HostCpuUnit_co", bound="HostCpuUnit", default="HostCpuUnit", covariant=True
    )
    HostDevice_co = TypeVar(
        "HostDevice_co", bound="HostDevice", default="HostDevice", covariant=True
    )


class HardwareInformation(Struct, tag="hardware_information", api_name="HardwareInformation"):
    """What the firmware of a host says about the machine."""

    manufacturer: str | None = element(default=None)
    """Who made it."""
    version: str | None = element(default=None)
    """The maker's version of it."""
    serial_number: str | None = element(default=None)
    """Its serial number."""
    product_name: str | None = element(default=None)
    """What the maker calls it."""
    uuid: str | None = element(default=None)
    """Its UUID."""
    family: str | None = element(default=None)
    """The product family, or the kind of CPU."""
    supported_rng_sources: list[RngSource] | None = entries(
        "supported_rng_sources", "supported_rng_source", default=None
    )
    """The random number sources that it has."""


class HostCpuUnit(Identified, tag="host_cpu_unit", api_name="HostCpuUnit"):
    """A logical CPU of a host, and who is pinned to it. Since 4.5."""

    socket_id: int | None = element(default=None)
    """The number of its socket. Since 4.5."""
    core_id: int | None = element(default=None)
    """The number of its core. Since 4.5."""
    cpu_id: int | None = element(default=None)
    """Its own number. Since 4.5."""
    vms: list[VM] | None = entries("vms", "vm", default=None)
    """The virtual machines pinned to it. Since 4.5."""
    runs_vdsm: bool | None = element(default=None)
    """Whether VDSM is pinned to it. Since 4.5."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> HostCpuUnits[Self]: ...


class HostCpuUnits(
    BaseResources["HostCpuUnit_co"],
    tag="host_cpu_units",
    api_name="HostCpuUnit",
    member="host_cpu_unit",
):
    """A collection of :class:`HostCpuUnit`."""

    host_cpu_unit: list[HostCpuUnit] = members("host_cpu_unit", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> HostCpuUnits: ...


class HostDevice(Identified, tag="host_device", api_name="HostDevice"):
    """A device of a host: on PCI, USB, SCSI or another bus."""

    capability: str | None = element(default=None)
    """The bus or kind, such as pci, usb_device, scsi or mdev."""
    product: Product | None = element(default=None)
    """What product it is."""
    vendor: Vendor | None = element(default=None)
    """Who made it."""
    iommu_group: int | None = element(default=None)
    """The IOMMU group; the devices of a group are passed through together."""
    physical_function: HostDevice | None = element(default=None)
    """The device that this virtual function belongs to."""
    virtual_functions: int | None = element(default=None)
    """The most virtual functions it can have."""
    placeholder: bool | None = element(default=None)
    """Whether it only comes along, because it is in the same IOMMU group."""
    driver: str | None = element(default=None)
    """The driver it is bound to. Since 4.1.3."""
    m_dev_types: list[MDevType] | None = entries("m_dev_types", "m_dev_type", default=None)
    """The types of mediated device (such as vGPU) that it offers. Since 4.4."""
    host: Host | None = element(default=None)
    """The host it is in."""
    parent_device: HostDevice | None = element(default=None)
    """The device that it is behind."""
    vm: VM | None = element(default=None)
    """The virtual machine that it is given to."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> HostDevices[Self]: ...


class HostDevices(
    BaseResources["HostDevice_co"],
    tag="host_devices",
    api_name="HostDevice",
    member="host_device",
):
    """A collection of :class:`HostDevice`."""

    host_device: list[HostDevice] = members("host_device", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> HostDevices: ...


class HostDevicePassthrough(
    Struct, tag="host_device_passthrough", api_name="HostDevicePassthrough"
):
    """Whether the devices of a host can be given to virtual machines."""

    enabled: bool | None = element(default=None)
    """Whether the kernel of the host is configured for it."""


class MDevType(Struct, tag="m_dev_type", api_name="MDevType"):
    """A kind of mediated device, such as a slice of a GPU, that a host's device can provide. Since
    4.4.
    """

    name: str | None = element(default=None)
    """The type's name, as the kernel has it. Since 4.4."""
    human_readable_name: str | None = element(default=None)
    """The type's name for people. Since 4.4.7."""
    available_instances: int | None = element(default=None)
    """How many more devices of this type the host can make now. Since 4.4."""
    description: str | None = element(default=None)
    """What a device of this type has. Since 4.4."""


class Product(Identified, tag="product", api_name="Product"):
    """The model of a host's device."""


class Vendor(Identified, tag="vendor", api_name="Vendor"):
    """The maker of a host's device."""
