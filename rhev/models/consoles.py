"""How a virtual machine is seen and used: displays, consoles, tickets, USB."""

# Generated from codegen/facts by `python -m codegen`: change those, not this file.

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.mapping.declare import element, members
from rhev.mapping.resources import BaseResources
from rhev.mapping.scalars import Enumeration
from rhev.mapping.structure import Struct
from rhev.models.common import Identified

if TYPE_CHECKING:
    from typing import Literal, Self

    from typing_extensions import TypeVar

    from rhev.mapping.offers import Offers
    from rhev.models.common import Certificate
    from rhev.models.engine import Action
    from rhev.models.templates import InstanceType, Template
    from rhev.models.virtual_machines import VM

    # What a collection holds: resources of the class, or of a user's subclass.
    GraphicsConsole_co = TypeVar(
        "GraphicsConsole_co", bound="GraphicsConsole", default="GraphicsConsole", covariant=True
    )


class DisplayType(Enumeration):
    """The protocol of a virtual machine's display."""

    VNC = "vnc"
    SPICE = "spice"


class GraphicsType(Enumeration):
    """The protocol of a graphical console."""

    SPICE = "spice"
    VNC = "vnc"


class UsbType(Enumeration):
    """How USB devices are passed on to a guest."""

    LEGACY = "legacy"
    """No longer there; the engine takes it for `native`."""
    NATIVE = "native"
    """By SPICE's USB redirection."""


class VideoType(Enumeration):
    """The video card a guest sees. Since 4.6.1."""

    BOCHS = "bochs"
    """A plain card for UEFI guests."""
    CIRRUS = "cirrus"
    """An old plain card; deprecated."""
    VGA = "vga"
    """A plain card that any guest knows."""
    QXL = "qxl"
    """The card made for SPICE; deprecated."""


class Console(Struct, tag="console", api_name="Console"):
    """The serial console of a virtual machine."""

    enabled: bool | None = element(default=None)
    """Whether there is one."""


class Display(Struct, tag="display", api_name="Display"):
    """The graphical console of a virtual machine, and what hosts and clusters say about consoles."""

    type: DisplayType | None = element(default=None)
    """The protocol, SPICE or VNC; see GraphicsConsole. Deprecated."""
    video_type: VideoType | None = element(default=None)
    """The video card that the guest sees. Since 4.6.1."""
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

    if TYPE_CHECKING:

        def _offers(
            self,
        ) -> Offers[Literal["proxy_ticket", "remote_viewer_connection_file", "ticket"]]: ...

        @classmethod
        def _collection(cls) -> GraphicsConsoles[Self]: ...

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
    BaseResources["GraphicsConsole_co"],
    tag="graphics_consoles",
    api_name="GraphicsConsole",
    member="graphics_console",
):
    """A collection of :class:`GraphicsConsole`."""

    graphics_console: list[GraphicsConsole] = members("graphics_console", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> GraphicsConsoles: ...


class ProxyTicket(Struct, tag="proxy_ticket", api_name="ProxyTicket"):
    """A one-time secret that lets a console client through the proxy."""

    value: str | None = element(default=None)
    """The secret."""


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
