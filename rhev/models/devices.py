"""The devices of a virtual machine: interfaces, drives, consoles, watchdogs, generators."""

# Generated from codegen/facts by `python -m codegen`: change those, not this file.

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.models.base import BaseResources, Struct
from rhev.models.common import Identified
from rhev.models.declare import element, entries, members
from rhev.models.scalars import Enumeration

if TYPE_CHECKING:
    from rhev.models.common import Certificate, Property, Statistic
    from rhev.models.engine import Action
    from rhev.models.guest import ReportedDevice
    from rhev.models.networks import (
        MAC,
        BootProtocol,
        Network,
        NetworkAttachment,
        NetworkFilterParameter,
        NetworkLabel,
        VnicProfile,
    )
    from rhev.models.scalars import Bytes
    from rhev.models.storage import File
    from rhev.models.templates import InstanceType, Template
    from rhev.models.virtual_machines import VM


class DisplayType(Enumeration):
    """The protocol of a virtual machine's display."""

    VNC = "vnc"
    SPICE = "spice"


class GraphicsType(Enumeration):
    """The protocol of a graphical console."""

    SPICE = "spice"
    VNC = "vnc"


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


class RngSource(Enumeration):
    """The host's device that random bytes come from."""

    RANDOM = "random"
    """`/dev/random`."""
    URANDOM = "urandom"
    """`/dev/urandom`, for compatibility version 4.1 and up."""
    HWRNG = "hwrng"
    """`/dev/hwrng`, the host's hardware generator."""


class UsbType(Enumeration):
    """How USB devices are passed on to a guest."""

    LEGACY = "legacy"
    """No longer there; the engine takes it for `native`."""
    NATIVE = "native"
    """By SPICE's USB redirection."""


class VideoType(Enumeration):
    """The video card a guest sees."""

    BOCHS = "bochs"
    """A plain card for UEFI guests."""
    CIRRUS = "cirrus"
    """An old plain card; deprecated."""
    VGA = "vga"
    """A plain card that any guest knows."""
    QXL = "qxl"
    """The card made for SPICE; deprecated."""


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


class CdRoms(
    BaseResources["CdRom"],
    tag="cdroms",
    api_name="Cdrom",
    member="cdrom",
):
    """A collection of :class:`CdRom`."""

    cdrom: list[CdRom] = members("cdrom", default_factory=list)


class Console(Struct, tag="console", api_name="Console"):
    """The serial console of a virtual machine."""

    enabled: bool | None = element(default=None)
    """Whether there is one."""


class Display(Struct, tag="display", api_name="Display"):
    """The graphical console of a virtual machine, and what hosts and clusters say about consoles."""

    type: DisplayType | None = element(default=None)
    """The protocol, SPICE or VNC; see GraphicsConsole. Deprecated."""
    video_type: VideoType | None = element(default=None)
    """The video card that the guest sees."""
    address: str | None = element(default=None)
    """The address to connect to; for a host, the one to use in place of its own."""
    port: int | None = element(default=None)
    """The port without encryption."""
    secure_port: int | None = element(default=None)
    """The port with TLS."""
    monitors: int | None = element(default=None)
    """The number of monitors, 1, 2 or 4; SPICE only."""
    single_qxl_pci: bool | None = element(default=None)
    """Whether all monitors share one PCI device; the engine decides by itself now. Deprecated."""
    allow_override: bool | None = element(default=None)
    """Whether the address that a host gives is used; hosts only."""
    certificate: Certificate | None = element(default=None)
    """The certificate of the host, to verify a TLS connection by."""
    smartcard_enabled: bool | None = element(default=None)
    """Whether the client's smart card reaches the guest; SPICE only."""
    keyboard_layout: str | None = element(default=None)
    """The keyboard layout; VNC only."""
    proxy: str | None = element(default=None)
    """The proxy that clients connect through; SPICE only."""
    file_transfer_enabled: bool | None = element(default=None)
    """Whether files can be dragged into the console; SPICE only."""
    copy_paste_enabled: bool | None = element(default=None)
    """Whether the clipboard is shared with the client; SPICE only."""
    disconnect_action: str | None = element(default=None)
    """What happens on disconnect: none, lock_screen, logout, reboot or shutdown."""
    disconnect_action_delay: int | None = element(default=None)
    """How long to wait before a shutdown on disconnect, in minutes. Since 4.5."""


class Floppy(Device, tag="floppy", api_name="Floppy"):
    """The floppy drive of a virtual machine, template or instance type."""

    file: File | None = element(default=None)
    """The image in the drive."""


class GraphicsConsole(Identified, tag="graphics_console", api_name="GraphicsConsole"):
    """A graphical console of a virtual machine, template or instance type: one for each protocol."""

    protocol: GraphicsType | None = element(default=None)
    """The protocol, spice or vnc."""
    port: int | None = element(default=None)
    """The port without encryption, while the machine runs."""
    tls_port: int | None = element(default=None)
    """The port with TLS, while the machine runs."""
    address: str | None = element(default=None)
    """The address to connect to, while the machine runs."""
    vm: VM | None = element(default=None)
    """The virtual machine it belongs to."""
    template: Template | None = element(default=None)
    """The template it belongs to."""
    instance_type: InstanceType | None = element(default=None)
    """The instance type it belongs to."""

    def proxy_ticket(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Make a ticket for the proxy that the console is reached through.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("proxyticket", action, {"async": async_})
        return result

    def remote_viewer_connection_file(
        self,
        action: Action | None = None,
    ) -> Action:
        """Write a file that remote-viewer opens the console with. The virtual machine must be
        running. Since 4.1.
        """
        result: Action = self._act("remoteviewerconnectionfile", action, {})
        return result

    def ticket(
        self,
        action: Action | None = None,
        *,
        ticket: Ticket | None = None,
    ) -> Action:
        """Make a one-time password for the console, which expires soon. Since 4.1.

        - ``ticket``: The ticket: its value and its life in seconds; the engine fills in what is
          absent. Since 4.1.
        """
        result: Action = self._act("ticket", action, {"ticket": ticket})
        return result


class GraphicsConsoles(
    BaseResources["GraphicsConsole"],
    tag="graphics_consoles",
    api_name="GraphicsConsole",
    member="graphics_console",
):
    """A collection of :class:`GraphicsConsole`."""

    graphics_console: list[GraphicsConsole] = members("graphics_console", default_factory=list)


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
    statistics: list[Statistic] | None = entries("statistics", "statistic", default=None)
    """Its traffic and errors, measured."""
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
    reported_devices: list[ReportedDevice] | None = entries(
        "reported_devices", "reported_device", default=None
    )
    """What the guest agent says of it, its IP addresses among it."""
    network_filter_parameters: list[NetworkFilterParameter] | None = entries(
        "network_filter_parameters", "network_filter_parameter", default=None
    )
    """Values for the variables of its network filter. Since 4.2."""

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
    BaseResources["NIC"],
    tag="nics",
    api_name="Nic",
    member="nic",
):
    """A collection of :class:`NIC`."""

    nic: list[NIC] = members("nic", default_factory=list)


class ProxyTicket(Struct, tag="proxy_ticket", api_name="ProxyTicket"):
    """A one-time secret that lets a console client through the proxy."""

    value: str | None = element(default=None)
    """The secret."""


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


class Ticket(Struct, tag="ticket", api_name="Ticket"):
    """A short-lived password for a virtual machine's console."""

    value: str | None = element(default=None)
    """The password; the engine makes one if not said."""
    expiry: int | None = element(default=None)
    """How long it is good for, in seconds."""


class Usb(Struct, tag="usb", api_name="Usb"):
    """Whether a console's user can pass USB devices on to the guest."""

    enabled: bool | None = element(default=None)
    """Whether they can."""
    type: UsbType | None = element(default=None)
    """How it is done."""


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


class VmMediatedDevices(
    BaseResources["VmMediatedDevice"],
    tag="vm_mediated_devices",
    api_name="VmMediatedDevice",
    member="vm_mediated_device",
):
    """A collection of :class:`VmMediatedDevice`."""

    vm_mediated_device: list[VmMediatedDevice] = members("vm_mediated_device", default_factory=list)


class WatchDog(Device, tag="watchdog", api_name="Watchdog"):
    """A virtual machine's watchdog: a device that acts when the guest stops answering it."""

    model: WatchdogModel | None = element(default=None)
    """The model of device the guest sees."""
    action: WatchdogAction | None = element(default=None)
    """What is done with the machine then."""


class WatchDogs(
    BaseResources["WatchDog"],
    tag="watchdogs",
    api_name="Watchdog",
    member="watchdog",
):
    """A collection of :class:`WatchDog`."""

    watchdog: list[WatchDog] = members("watchdog", default_factory=list)
