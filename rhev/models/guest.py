"""What is in the guest: operating system, applications, sessions, payloads."""

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
    from rhev.models.access import User
    from rhev.models.common import Version
    from rhev.models.networks import IP, MAC
    from rhev.models.storage import File
    from rhev.models.virtual_machines import VM

    # What a collection holds: resources of the class, or of a user's subclass.
    Application_co = TypeVar(
        "Application_co", bound="Application", default="Application", covariant=True
    )
    ReportedDevice_co = TypeVar(
        "ReportedDevice_co", bound="ReportedDevice", default="ReportedDevice", covariant=True
    )
    Session_co = TypeVar("Session_co", bound="Session", default="Session", covariant=True)


class PayloadEncoding(Enumeration):
    """How a payload's content is written."""

    BASE64 = "base64"
    PLAINTEXT = "plaintext"


class ReportedDeviceType(Enumeration):
    """A kind of device that a guest agent reports."""

    NETWORK = "network"


class VmDeviceType(Enumeration):
    """A kind of drive."""

    FLOPPY = "floppy"
    CDROM = "cdrom"


class Application(Identified, tag="application", api_name="Application"):
    """A program installed in the guest, as the guest agent reports it."""

    vm: VM | None = element(default=None)
    """The virtual machine it is installed in."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> Applications[Self]: ...


class Applications(
    BaseResources["Application_co"],
    tag="applications",
    api_name="Application",
    member="application",
):
    """A collection of :class:`Application`."""

    application: list[Application] = members("application", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> Applications: ...


class GuestOperatingSystem(Struct, tag="guest_operating_system", api_name="GuestOperatingSystem"):
    """The operating system that runs in a virtual machine, as the guest agent reports it."""

    architecture: str | None = element(default=None)
    """Its architecture, such as x86_64."""
    codename: str | None = element(default=None)
    """Its code name."""
    distribution: str | None = element(default=None)
    """Its full name."""
    kernel: Kernel | None = element(default=None)
    """The version of its kernel."""
    family: str | None = element(default=None)
    """Its family, such as Linux."""
    version: Version | None = element(default=None)
    """Its version."""


class Kernel(Struct, tag="kernel", api_name="Kernel"):
    """The kernel of a guest's operating system."""

    version: Version | None = element(default=None)
    """The kernel's version."""


class Payload(Struct, tag="payload", api_name="Payload"):
    """Files put on a small CD or floppy that a virtual machine finds in its drive."""

    files: list[File] | None = entries("files", "file", default=None)
    """The files with their contents."""
    volume_id: str | None = element(default=None)
    """The label of the CD or floppy."""
    type: VmDeviceType | None = element(default=None)
    """The kind of drive it is in."""


class ReportedDevice(Identified, tag="reported_device", api_name="ReportedDevice"):
    """A device that the guest agent reports from inside a virtual machine."""

    type: ReportedDeviceType | None = element(default=None)
    """The kind of device."""
    mac: MAC | None = element(default=None)
    """Its MAC address."""
    ips: list[IP] | None = entries("ips", "ip", default=None)
    """Its IP addresses as the guest has them."""
    vm: VM | None = element(default=None)
    """The virtual machine it is in."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> ReportedDevices[Self]: ...


class ReportedDevices(
    BaseResources["ReportedDevice_co"],
    tag="reported_devices",
    api_name="ReportedDevice",
    member="reported_device",
):
    """A collection of :class:`ReportedDevice`."""

    reported_device: list[ReportedDevice] = members("reported_device", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> ReportedDevices: ...


class Session(Identified, tag="session", api_name="Session"):
    """A user logged in to a virtual machine, at its console or otherwise."""

    protocol: str | None = element(default=None)
    """How the user is connected; not filled in so far."""
    ip: IP | None = element(default=None)
    """Where the user is connected from, for console users."""
    console_user: bool | None = element(default=None)
    """Whether the user is at the SPICE or VNC console."""
    user: User | None = element(default=None)
    """The user; for others than console users, only the name is known."""
    vm: VM | None = element(default=None)
    """The virtual machine."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> Sessions[Self]: ...


class Sessions(
    BaseResources["Session_co"],
    tag="sessions",
    api_name="Session",
    member="session",
):
    """A collection of :class:`Session`."""

    session: list[Session] = members("session", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> Sessions: ...
