"""How a guest is set up when it starts: cloud-init, Sysprep, sign-on, time zone."""

# Generated from codegen/facts by `python -m codegen`: change those, not this file.

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.mapping.declare import attr, element, entries
from rhev.mapping.scalars import Enumeration
from rhev.mapping.structure import Struct

if TYPE_CHECKING:
    from rhev.models.access import AuthorizedKey, User
    from rhev.models.devices import NIC
    from rhev.models.hosts import Host
    from rhev.models.networks import IP, BootProtocol
    from rhev.models.snapshots import Configuration
    from rhev.models.storage import File


class CloudInitNetworkProtocol(Enumeration):
    """The form in which cloud-init is given the network settings."""

    ENI = "eni"
    """The old form; no IPv6."""
    OPENSTACK_METADATA = "openstack_metadata"
    """The newer form, with IPv6; the default."""


class SsoMethod(Enumeration):
    """How a console's user is logged in to the guest."""

    GUEST_AGENT = "guest_agent"
    """By the guest agent."""


class CloudInit(Struct, tag="cloud_init", api_name="CloudInit"):
    """The former way to configure cloud-init. Use the attributes of Initialization. Deprecated."""

    host: Host | None = element(default=None)
    """The host name of the guest, as the address of a host."""
    authorized_keys: list[AuthorizedKey] | None = entries(
        "authorized_keys", "authorized_key", default=None
    )
    """The SSH keys that may log in."""
    network_configuration: NetworkConfiguration | None = element(default=None)
    """The interfaces and the name servers of the guest."""
    regenerate_ssh_keys: bool | None = element(default=None)
    """Whether the guest should make new SSH host keys."""
    timezone: str | None = element(default=None)
    """The time zone of the guest."""
    users: list[User] | None = entries("users", "user", default=None)
    """The users to make, with their passwords."""
    files: list[File] | None = entries("files", "file", default=None)
    """The files to write."""


class DNS(Struct, tag="dns", api_name="Dns"):
    """The name servers and search domains of a guest."""

    servers: list[Host] | None = entries("servers", "host", default=None)
    """The name servers, each as the address of a host."""
    search_domains: list[Host] | None = entries("search_domains", "host", default=None)
    """The domains to search, each as the address of a host."""


class Initialization(Struct, tag="initialization", api_name="Initialization"):
    """What to set in a virtual machine's guest at its first boot, by cloud-init on Linux or Sysprep
    on Windows.
    """

    configuration: Configuration | None = element(default=None)
    """A configuration document to make the machine from, when importing one."""
    cloud_init: CloudInit | None = element(default=None)
    """The cloud-init settings; superseded by the attributes beside it. Deprecated."""
    host_name: str | None = element(default=None)
    """The guest's host name."""
    domain: str | None = element(default=None)
    """The Active Directory domain that a Windows guest joins."""
    timezone: str | None = element(default=None)
    """The guest's time zone."""
    authorized_ssh_keys: str | None = element(default=None)
    """SSH public keys that may log in to the guest, one per line."""
    regenerate_ssh_keys: bool | None = element(default=None)
    """Whether the guest makes itself new SSH host keys."""
    regenerate_ids: bool | None = element(default=None)
    """Whether an import gives the machine new identifiers."""
    dns_servers: str | None = element(default=None)
    """The guest's DNS servers, separated by spaces."""
    dns_search: str | None = element(default=None)
    """The domains the guest's resolver searches, separated by spaces."""
    nic_configurations: list[NicConfiguration] | None = entries(
        "nic_configurations", "nic_configuration", default=None
    )
    """How the guest sets up its network interfaces."""
    windows_license_key: str | None = element(default=None)
    """The product key of a Windows guest."""
    root_password: str | None = element(default=None)
    """The password set for the guest's administrator or for `user_name`."""
    custom_script: str | None = element(default=None)
    """Text handed on as it stands: more cloud-init YAML, or a whole Sysprep answer file."""
    input_locale: str | None = element(default=None)
    """The keyboard's locale in a Windows guest."""
    ui_language: str | None = element(default=None)
    """The language of a Windows guest's user interface."""
    system_locale: str | None = element(default=None)
    """The system locale of a Windows guest."""
    user_locale: str | None = element(default=None)
    """The users' locale in a Windows guest."""
    user_name: str | None = element(default=None)
    """The guest user whose password and keys are set."""
    active_directory_ou: str | None = element(default=None)
    """The Active Directory organizational unit the guest is put in."""
    org_name: str | None = element(default=None)
    """The organization a Windows guest is registered to."""
    cloud_init_network_protocol: CloudInitNetworkProtocol | None = element(default=None)
    """The form in which cloud-init is given the network settings. Since 4.2.8."""


class Method(Struct, tag="method", api_name="Method"):
    """A way to log a console's user in to the guest."""

    id: SsoMethod | None = attr(default=None)
    """Which way it is."""


class NetworkConfiguration(Struct, tag="network_configuration", api_name="NetworkConfiguration"):
    """A guest's network settings as given to cloud-init."""

    nics: list[NIC] | None = entries("nics", "nic", default=None)
    """The guest's network interfaces."""
    dns: DNS | None = element(default=None)
    """The DNS servers and the domains searched."""


class NicConfiguration(Struct, tag="nic_configuration", api_name="NicConfiguration"):
    """How a guest sets up one of its network interfaces at first boot."""

    name: str | None = element(default=None)
    """The interface's name in the guest, such as `eth0`."""
    ip: IP | None = element(default=None)
    """Its IPv4 address, for a static `boot_protocol`."""
    boot_protocol: BootProtocol | None = element(default=None)
    """How it gets its IPv4 address."""
    ipv6: IP | None = element(default=None)
    """Its IPv6 address, for a static `ipv6_boot_protocol`."""
    ipv6_boot_protocol: BootProtocol | None = element(default=None)
    """How it gets its IPv6 address."""
    on_boot: bool | None = element(default=None)
    """Whether the guest brings it up at boot."""


class Sso(Struct, tag="sso", api_name="Sso"):
    """Whether a console's user is logged in to the guest without being asked again."""

    methods: list[Method] | None = entries("methods", "method", default=None)
    """The ways to do it; none: the guest asks."""


class TimeZone(Struct, tag="time_zone", api_name="TimeZone"):
    """A time zone."""

    name: str | None = element(default=None)
    """Its name: `Etc/GMT` and the like, or the Windows name for Windows guests."""
    utc_offset: str | None = element(default=None)
    """How far it is from UTC, such as `+02:00`."""
