"""External providers: OpenStack images, networks and volumes, Foreman hosts and errata."""

# Generated from codegen/facts by `python -m codegen`: change those, not this file.

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.mapping.declare import collection, element, entries, members
from rhev.mapping.resources import BaseResources
from rhev.mapping.scalars import Enumeration
from rhev.mapping.structure import Struct
from rhev.models.common import Identified

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal, Never, Self

    from typing_extensions import TypeVar

    from rhev.mapping.offers import Offers
    from rhev.mapping.scalars import Timestamp
    from rhev.models.clusters import Cluster
    from rhev.models.common import Certificate, Property
    from rhev.models.data_centers import DataCenter
    from rhev.models.disks import Disk
    from rhev.models.engine import Action
    from rhev.models.hosts import Host
    from rhev.models.storage import StorageDomain
    from rhev.models.templates import Template
    from rhev.models.virtual_machines import VM

    # What a collection holds: resources of the class, or of a user's subclass.
    ExternalComputeResource_co = TypeVar(
        "ExternalComputeResource_co",
        bound="ExternalComputeResource",
        default="ExternalComputeResource",
        covariant=True,
    )
    ExternalDiscoveredHost_co = TypeVar(
        "ExternalDiscoveredHost_co",
        bound="ExternalDiscoveredHost",
        default="ExternalDiscoveredHost",
        covariant=True,
    )
    ExternalHost_co = TypeVar(
        "ExternalHost_co", bound="ExternalHost", default="ExternalHost", covariant=True
    )
    ExternalHostGroup_co = TypeVar(
        "ExternalHostGroup_co",
        bound="ExternalHostGroup",
        default="ExternalHostGroup",
        covariant=True,
    )
    ExternalProvider_co = TypeVar(
        "ExternalProvider_co", bound="ExternalProvider", default="ExternalProvider", covariant=True
    )
    ExternalHostProvider_co = TypeVar(
        "ExternalHostProvider_co",
        bound="ExternalHostProvider",
        default="ExternalHostProvider",
        covariant=True,
    )
    ExternalNetworkProviderConfiguration_co = TypeVar(
        "ExternalNetworkProviderConfiguration_co",
        bound="ExternalNetworkProviderConfiguration",
        default="ExternalNetworkProviderConfiguration",
        covariant=True,
    )
    KatelloErratum_co = TypeVar(
        "KatelloErratum_co", bound="KatelloErratum", default="KatelloErratum", covariant=True
    )
    OpenStackImage_co = TypeVar(
        "OpenStackImage_co", bound="OpenStackImage", default="OpenStackImage", covariant=True
    )
    OpenStackImageProvider_co = TypeVar(
        "OpenStackImageProvider_co",
        bound="OpenStackImageProvider",
        default="OpenStackImageProvider",
        covariant=True,
    )
    OpenStackNetwork_co = TypeVar(
        "OpenStackNetwork_co", bound="OpenStackNetwork", default="OpenStackNetwork", covariant=True
    )
    OpenStackNetworkProvider_co = TypeVar(
        "OpenStackNetworkProvider_co",
        bound="OpenStackNetworkProvider",
        default="OpenStackNetworkProvider",
        covariant=True,
    )
    OpenStackSubnet_co = TypeVar(
        "OpenStackSubnet_co", bound="OpenStackSubnet", default="OpenStackSubnet", covariant=True
    )
    OpenStackVolumeProvider_co = TypeVar(
        "OpenStackVolumeProvider_co",
        bound="OpenStackVolumeProvider",
        default="OpenStackVolumeProvider",
        covariant=True,
    )
    OpenStackVolumeType_co = TypeVar(
        "OpenStackVolumeType_co",
        bound="OpenStackVolumeType",
        default="OpenStackVolumeType",
        covariant=True,
    )
    OpenstackVolumeAuthenticationKey_co = TypeVar(
        "OpenstackVolumeAuthenticationKey_co",
        bound="OpenstackVolumeAuthenticationKey",
        default="OpenstackVolumeAuthenticationKey",
        covariant=True,
    )


class MessageBrokerType(Enumeration):
    """A message broker of OpenStack agents."""

    QPID = "qpid"
    RABBIT_MQ = "rabbit_mq"


class NetworkPluginType(Enumeration):
    """A driver for networks of an OpenStack network service."""

    OPEN_VSWITCH = "open_vswitch"


class OpenStackNetworkProviderType(Enumeration):
    """What kind of network service a provider is."""

    NEUTRON = "neutron"
    """OpenStack Neutron."""
    EXTERNAL = "external"
    """Another with the same API, such as oVirt's OVN provider."""


class OpenstackVolumeAuthenticationKeyUsageType(Enumeration):
    """The storage that a volume service's key is for."""

    CEPH = "ceph"


class AgentConfiguration(Struct, tag="agent_configuration", api_name="AgentConfiguration"):
    """How to deploy an OpenStack network agent on a host. Engines since 4.4 ignore it. Deprecated."""

    network_mappings: str | None = element(default=None)
    """Which bridges stand for which physical networks."""
    broker_type: MessageBrokerType | None = element(default=None)
    """The kind of message broker."""
    address: str | None = element(default=None)
    """The host name or address of the message broker."""
    port: int | None = element(default=None)
    """The port of the message broker."""
    username: str | None = element(default=None)
    """The user to log in to the message broker as."""
    password: str | None = element(default=None)
    """The password for the message broker; only ever sent."""


class ExternalComputeResource(
    Identified, tag="external_compute_resource", api_name="ExternalComputeResource"
):
    """A place where Foreman can create hosts."""

    provider: str | None = element(default=None)
    """What kind of system it is."""
    user: str | None = element(default=None)
    """The user that Foreman logs in to it as."""
    url: str | None = element(default=None)
    """Where it is."""
    external_host_provider: ExternalHostProvider | None = element(default=None)
    """The provider that knows it."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> ExternalComputeResources[Self]: ...


class ExternalComputeResources(
    BaseResources["ExternalComputeResource_co"],
    tag="external_compute_resources",
    api_name="ExternalComputeResource",
    member="external_compute_resource",
):
    """A collection of :class:`ExternalComputeResource`."""

    external_compute_resource: list[ExternalComputeResource] = members(
        "external_compute_resource", default_factory=list
    )

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> ExternalComputeResources: ...


class ExternalDiscoveredHost(
    Identified, tag="external_discovered_host", api_name="ExternalDiscoveredHost"
):
    """A machine that Foreman has seen on the network but not yet installed."""

    ip: str | None = element(default=None)
    """Its IP address."""
    mac: str | None = element(default=None)
    """Its MAC address."""
    subnet_name: str | None = element(default=None)
    """The subnet it was seen on."""
    last_report: str | None = element(default=None)
    """When it last reported, as text."""
    external_host_provider: ExternalHostProvider | None = element(default=None)
    """The provider that saw it."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> ExternalDiscoveredHosts[Self]: ...


class ExternalDiscoveredHosts(
    BaseResources["ExternalDiscoveredHost_co"],
    tag="external_discovered_hosts",
    api_name="ExternalDiscoveredHost",
    member="external_discovered_host",
):
    """A collection of :class:`ExternalDiscoveredHost`."""

    external_discovered_host: list[ExternalDiscoveredHost] = members(
        "external_discovered_host", default_factory=list
    )

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> ExternalDiscoveredHosts: ...


class ExternalHost(Identified, tag="external_host", api_name="ExternalHost"):
    """A host that Foreman or Satellite has installed."""

    address: str | None = element(default=None)
    """Its host name or IP address."""
    external_host_provider: ExternalHostProvider | None = element(default=None)
    """The provider that manages it."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> ExternalHosts[Self]: ...


class ExternalHosts(
    BaseResources["ExternalHost_co"],
    tag="external_hosts",
    api_name="ExternalHost",
    member="external_host",
):
    """A collection of :class:`ExternalHost`."""

    external_host: list[ExternalHost] = members("external_host", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> ExternalHosts: ...


class ExternalHostGroup(Identified, tag="external_host_group", api_name="ExternalHostGroup"):
    """A group of hosts in Foreman, which says how its members are installed."""

    architecture_name: str | None = element(default=None)
    """The architecture of its members."""
    operating_system_name: str | None = element(default=None)
    """The operating system to install on them."""
    domain_name: str | None = element(default=None)
    """The DNS domain they belong to."""
    subnet_name: str | None = element(default=None)
    """The subnet they are on."""
    external_host_provider: ExternalHostProvider | None = element(default=None)
    """The provider that knows it."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> ExternalHostGroups[Self]: ...


class ExternalHostGroups(
    BaseResources["ExternalHostGroup_co"],
    tag="external_host_groups",
    api_name="ExternalHostGroup",
    member="external_host_group",
):
    """A collection of :class:`ExternalHostGroup`."""

    external_host_group: list[ExternalHostGroup] = members(
        "external_host_group", default_factory=list
    )

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> ExternalHostGroups: ...


class ExternalProvider(Identified, tag="external_provider", api_name="ExternalProvider"):
    """A system outside the engine that supplies images, networks, volumes or hosts."""

    url: str | None = element(default=None)
    """Where its API is."""
    requires_authentication: bool | None = element(default=None)
    """Whether the engine logs in to it."""
    username: str | None = element(default=None)
    """The user to log in as."""
    password: str | None = element(default=None)
    """The password; only ever sent."""
    authentication_url: str | None = element(default=None)
    """Where its authentication service is."""
    properties: list[Property] | None = entries("properties", "property", default=None)
    """Further settings."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> ExternalProviders[Self]: ...


class ExternalProviders(
    BaseResources["ExternalProvider_co"],
    tag="external_providers",
    api_name="ExternalProvider",
    member="external_provider",
):
    """A collection of :class:`ExternalProvider`."""

    external_provider: list[ExternalProvider] = members("external_provider", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> ExternalProviders: ...


class ExternalHostProvider(
    ExternalProvider, tag="external_host_provider", api_name="ExternalHostProvider"
):
    """A Foreman or Satellite server that installs hosts and knows their errata."""

    certificates: list[Certificate] | None = collection("certificates", "certificate", default=None)
    """The certificates that it presents. None unless it was followed."""
    compute_resources: list[ExternalComputeResource] | None = collection(
        "compute_resources", "external_compute_resource", default=None
    )
    """The places where it can create hosts. None unless it was followed."""
    discovered_hosts: list[ExternalDiscoveredHost] | None = collection(
        "discovered_hosts", "external_discovered_host", default=None
    )
    """The machines it has seen but not yet installed. None unless it was followed."""
    host_groups: list[ExternalHostGroup] | None = collection(
        "host_groups", "external_host_group", default=None
    )
    """Its groups of hosts. None unless it was followed."""
    hosts: list[Host] | None = collection("hosts", "host", default=None)
    """The hosts it has installed. None unless it was followed."""

    if TYPE_CHECKING:

        def _offers(  # type: ignore[override]
            self,
        ) -> Offers[Literal["import_certificates", "test_connectivity"]]: ...

        @classmethod
        def _collection(  # type: ignore[override]
            cls,
        ) -> ExternalHostProviders[Self]: ...

    def import_certificates(
        self,
        action: Action | None = None,
        *,
        certificates: Sequence[Certificate] | None = None,
    ) -> Action:
        """Trust the certificates of the provider.

        - ``certificates``: The certificates to trust.
        """
        result: Action = self._act("importcertificates", action, {"certificates": certificates})
        return result

    def test_connectivity(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Try whether the engine can reach the provider and log in to it.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("testconnectivity", action, {"async": async_})
        return result


class ExternalHostProviders(
    BaseResources["ExternalHostProvider_co"],
    tag="external_host_providers",
    api_name="ExternalHostProvider",
    member="external_host_provider",
):
    """A collection of :class:`ExternalHostProvider`."""

    external_host_provider: list[ExternalHostProvider] = members(
        "external_host_provider", default_factory=list
    )

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> ExternalHostProviders: ...


class ExternalNetworkProviderConfiguration(
    Identified,
    tag="external_network_provider_configuration",
    api_name="ExternalNetworkProviderConfiguration",
):
    """That an external network provider is set up on a host; read only. Since 4.2."""

    external_network_provider: ExternalProvider | None = element(default=None)
    """The provider. Since 4.2."""
    host: Host | None = element(default=None)
    """The host. Since 4.2."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> ExternalNetworkProviderConfigurations[Self]: ...


class ExternalNetworkProviderConfigurations(
    BaseResources["ExternalNetworkProviderConfiguration_co"],
    tag="external_network_provider_configurations",
    api_name="ExternalNetworkProviderConfiguration",
    member="external_network_provider_configuration",
):
    """A collection of :class:`ExternalNetworkProviderConfiguration`."""

    external_network_provider_configuration: list[ExternalNetworkProviderConfiguration] = members(
        "external_network_provider_configuration", default_factory=list
    )

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> ExternalNetworkProviderConfigurations: ...


class KatelloErratum(Identified, tag="katello_erratum", api_name="KatelloErratum"):
    """An update that Katello (Foreman, Satellite) knows a host or a virtual machine to lack."""

    title: str | None = element(default=None)
    """The erratum's title."""
    type: str | None = element(default=None)
    """What it is: `bugfix`, `enhancement` or `security`."""
    issued: Timestamp | None = element(default=None)
    """When it was published."""
    severity: str | None = element(default=None)
    """How bad it is: `moderate`, `important` or `critical`."""
    solution: str | None = element(default=None)
    """What to do about it."""
    summary: str | None = element(default=None)
    """What it is about, in short."""
    packages: list[Package] | None = entries("packages", "package", default=None)
    """The packages that resolve it."""
    host: Host | None = element(default=None)
    """The host that lacks it."""
    vm: VM | None = element(default=None)
    """The virtual machine that lacks it."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> KatelloErrata[Self]: ...


class KatelloErrata(
    BaseResources["KatelloErratum_co"],
    tag="katello_errata",
    api_name="KatelloErratum",
    member="katello_erratum",
):
    """A collection of :class:`KatelloErratum`."""

    katello_erratum: list[KatelloErratum] = members("katello_erratum", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> KatelloErrata: ...


class OpenStackImage(Identified, tag="openstack_image", api_name="OpenStackImage"):
    """An image in an OpenStack image service (Glance)."""

    openstack_image_provider: OpenStackImageProvider | None = element(default=None)
    """The image service it is in."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Literal["import"]]: ...

        @classmethod
        def _collection(cls) -> OpenStackImages[Self]: ...

    def import_(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        cluster: Cluster | None = None,
        disk: Disk | None = None,
        import_as_template: bool | None = None,
        storage_domain: StorageDomain | None = None,
        template: Template | None = None,
    ) -> Action:
        """Import an image from OpenStack, as a disk or as a template.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``cluster``: The cluster of the template, if one is made.
        - ``disk``: How the disk should be, such as its alias.
        - ``import_as_template``: Whether to make a template of it.
        - ``storage_domain``: The storage domain to import to, by id or name.
        - ``template``: How the template should be, such as its name.
        """
        result: Action = self._act(
            "import",
            action,
            {
                "async": async_,
                "cluster": cluster,
                "disk": disk,
                "import_as_template": import_as_template,
                "storage_domain": storage_domain,
                "template": template,
            },
        )
        return result


class OpenStackImages(
    BaseResources["OpenStackImage_co"],
    tag="openstack_images",
    api_name="OpenStackImage",
    member="openstack_image",
):
    """A collection of :class:`OpenStackImage`."""

    openstack_image: list[OpenStackImage] = members("openstack_image", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> OpenStackImages: ...


class OpenStackProvider(ExternalProvider, tag="open_stack_provider", api_name="OpenStackProvider"):
    """What every OpenStack service known to the engine has."""

    tenant_name: str | None = element(default=None)
    """The tenant, for OpenStack Identity v2.0."""


class OpenStackImageProvider(
    OpenStackProvider, tag="openstack_image_provider", api_name="OpenStackImageProvider"
):
    """An OpenStack image service (Glance) that images can be imported from."""

    certificates: list[Certificate] | None = collection("certificates", "certificate", default=None)
    """The certificates the service shows. None unless it was followed."""
    images: list[OpenStackImage] | None = collection("images", "openstack_image", default=None)
    """The images it has. None unless it was followed."""

    if TYPE_CHECKING:

        def _offers(  # type: ignore[override]
            self,
        ) -> Offers[Literal["import_certificates", "test_connectivity"]]: ...

        @classmethod
        def _collection(  # type: ignore[override]
            cls,
        ) -> OpenStackImageProviders[Self]: ...

    def import_certificates(
        self,
        action: Action | None = None,
        *,
        certificates: Sequence[Certificate] | None = None,
    ) -> Action:
        """Trust the certificates of the provider.

        - ``certificates``: The certificates to trust.
        """
        result: Action = self._act("importcertificates", action, {"certificates": certificates})
        return result

    def test_connectivity(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Try whether the engine can reach the provider and log in to it.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("testconnectivity", action, {"async": async_})
        return result


class OpenStackImageProviders(
    BaseResources["OpenStackImageProvider_co"],
    tag="openstack_image_providers",
    api_name="OpenStackImageProvider",
    member="openstack_image_provider",
):
    """A collection of :class:`OpenStackImageProvider`."""

    openstack_image_provider: list[OpenStackImageProvider] = members(
        "openstack_image_provider", default_factory=list
    )

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> OpenStackImageProviders: ...


class OpenStackNetwork(Identified, tag="openstack_network", api_name="OpenStackNetwork"):
    """A network in an OpenStack network service (Neutron or its like)."""

    openstack_network_provider: OpenStackNetworkProvider | None = element(default=None)
    """The network service it is in."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Literal["import"]]: ...

        @classmethod
        def _collection(cls) -> OpenStackNetworks[Self]: ...

    def import_(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        data_center: DataCenter | None = None,
    ) -> Action:
        """Make a network of OpenStack a network of a data center.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``data_center``: The data center, by id or name.
        """
        result: Action = self._act("import", action, {"async": async_, "data_center": data_center})
        return result


class OpenStackNetworks(
    BaseResources["OpenStackNetwork_co"],
    tag="openstack_networks",
    api_name="OpenStackNetwork",
    member="openstack_network",
):
    """A collection of :class:`OpenStackNetwork`."""

    openstack_network: list[OpenStackNetwork] = members("openstack_network", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> OpenStackNetworks: ...


class OpenStackNetworkProvider(
    OpenStackProvider, tag="openstack_network_provider", api_name="OpenStackNetworkProvider"
):
    """A network service with the OpenStack API, such as oVirt's own OVN provider or Neutron."""

    plugin_type: NetworkPluginType | None = element(default=None)
    """The driver on the hosts; superseded by `external_plugin_type`. Deprecated."""
    external_plugin_type: str | None = element(default=None)
    """The driver the hosts use for its networks, such as `OVIRT_PROVIDER_OVN`. Since 4.2."""
    agent_configuration: AgentConfiguration | None = element(default=None)
    """Ignored since engine 4.4. Deprecated."""
    read_only: bool | None = element(default=None)
    """Whether its networks cannot be added, changed or removed through the engine."""
    type: OpenStackNetworkProviderType | None = element(default=None)
    """What kind of service it is."""
    certificates: list[Certificate] | None = collection("certificates", "certificate", default=None)
    """The certificates the service shows. None unless it was followed."""
    networks: list[OpenStackNetwork] | None = collection(
        "networks", "openstack_network", default=None
    )
    """The networks it has. None unless it was followed."""
    subnets: list[OpenStackSubnet] | None = entries("subnets", "openstack_subnet", default=None)
    """The subnets it has."""
    auto_sync: bool | None = element(default=None)
    """Whether its networks are imported and dropped by the engine on its own. Since 4.2."""
    unmanaged: bool | None = element(default=None)
    """Whether the engine leaves authentication and subnets wholly to the service. Since 4.2.1."""
    user_domain_name: str | None = element(default=None)
    """The domain of the user name, for OpenStack Identity v3. Since 4.2.7."""
    project_name: str | None = element(default=None)
    """The project, for OpenStack Identity v3. Since 4.2.7."""
    project_domain_name: str | None = element(default=None)
    """The domain of the project, for OpenStack Identity v3. Since 4.2.7."""

    if TYPE_CHECKING:

        def _offers(  # type: ignore[override]
            self,
        ) -> Offers[Literal["import_certificates", "test_connectivity"]]: ...

        @classmethod
        def _collection(  # type: ignore[override]
            cls,
        ) -> OpenStackNetworkProviders[Self]: ...

    def import_certificates(
        self,
        action: Action | None = None,
        *,
        certificates: Sequence[Certificate] | None = None,
    ) -> Action:
        """Trust the certificates of the provider.

        - ``certificates``: The certificates to trust.
        """
        result: Action = self._act("importcertificates", action, {"certificates": certificates})
        return result

    def test_connectivity(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Try whether the engine can reach the provider and log in to it.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("testconnectivity", action, {"async": async_})
        return result


class OpenStackNetworkProviders(
    BaseResources["OpenStackNetworkProvider_co"],
    tag="openstack_network_providers",
    api_name="OpenStackNetworkProvider",
    member="openstack_network_provider",
):
    """A collection of :class:`OpenStackNetworkProvider`."""

    openstack_network_provider: list[OpenStackNetworkProvider] = members(
        "openstack_network_provider", default_factory=list
    )

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> OpenStackNetworkProviders: ...


class OpenStackSubnet(Identified, tag="openstack_subnet", api_name="OpenStackSubnet"):
    """A range of addresses in a network of an OpenStack network service."""

    cidr: str | None = element(default=None)
    """The range, such as `192.0.2.0/24`."""
    ip_version: str | None = element(default=None)
    """The IP version, `v4` or `v6`."""
    gateway: str | None = element(default=None)
    """The address of the range's gateway."""
    dns_servers: list[str] | None = entries("dns_servers", "dns_server", default=None)
    """The DNS servers told to the range's machines."""
    openstack_network: OpenStackNetwork | None = element(default=None)
    """The network it belongs to."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> OpenStackSubnets[Self]: ...


class OpenStackSubnets(
    BaseResources["OpenStackSubnet_co"],
    tag="openstack_subnets",
    api_name="OpenStackSubnet",
    member="openstack_subnet",
):
    """A collection of :class:`OpenStackSubnet`."""

    openstack_subnet: list[OpenStackSubnet] = members("openstack_subnet", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> OpenStackSubnets: ...


class OpenStackVolumeProvider(
    OpenStackProvider, tag="openstack_volume_provider", api_name="OpenStackVolumeProvider"
):
    """An OpenStack volume service (Cinder); superseded by managed block storage. Deprecated."""

    data_center: DataCenter | None = element(default=None)
    """The data center it serves."""
    certificates: list[Certificate] | None = collection("certificates", "certificate", default=None)
    """The certificates the service shows. None unless it was followed."""
    volume_types: list[OpenStackVolumeType] | None = collection(
        "volume_types", "open_stack_volume_type", default=None
    )
    """The volume types it offers. None unless it was followed."""
    authentication_keys: list[OpenstackVolumeAuthenticationKey] | None = collection(
        "authentication_keys", "openstack_volume_authentication_key", default=None
    )
    """The keys by which hosts reach its storage. None unless it was followed."""

    if TYPE_CHECKING:

        def _offers(  # type: ignore[override]
            self,
        ) -> Offers[Literal["import_certificates", "test_connectivity"]]: ...

        @classmethod
        def _collection(  # type: ignore[override]
            cls,
        ) -> OpenStackVolumeProviders[Self]: ...

    def import_certificates(
        self,
        action: Action | None = None,
        *,
        certificates: Sequence[Certificate] | None = None,
    ) -> Action:
        """Trust the certificates of the provider.

        - ``certificates``: The certificates to trust.
        """
        result: Action = self._act("importcertificates", action, {"certificates": certificates})
        return result

    def test_connectivity(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Try whether the engine can reach the provider and log in to it.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("testconnectivity", action, {"async": async_})
        return result


class OpenStackVolumeProviders(
    BaseResources["OpenStackVolumeProvider_co"],
    tag="openstack_volume_providers",
    api_name="OpenStackVolumeProvider",
    member="openstack_volume_provider",
):
    """A collection of :class:`OpenStackVolumeProvider`."""

    openstack_volume_provider: list[OpenStackVolumeProvider] = members(
        "openstack_volume_provider", default_factory=list
    )

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> OpenStackVolumeProviders: ...


class OpenStackVolumeType(Identified, tag="open_stack_volume_type", api_name="OpenStackVolumeType"):
    """A kind of volume that an OpenStack volume service offers. Deprecated."""

    properties: list[Property] | None = entries("properties", "property", default=None)
    """The type's settings, as names and values."""
    openstack_volume_provider: OpenStackVolumeProvider | None = element(default=None)
    """The volume service that offers it."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> OpenStackVolumeTypes[Self]: ...


class OpenStackVolumeTypes(
    BaseResources["OpenStackVolumeType_co"],
    tag="open_stack_volume_types",
    api_name="OpenStackVolumeType",
    member="open_stack_volume_type",
):
    """A collection of :class:`OpenStackVolumeType`."""

    open_stack_volume_type: list[OpenStackVolumeType] = members(
        "open_stack_volume_type", default_factory=list
    )

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> OpenStackVolumeTypes: ...


class OpenstackVolumeAuthenticationKey(
    Identified,
    tag="openstack_volume_authentication_key",
    api_name="OpenstackVolumeAuthenticationKey",
):
    """A key by which hosts reach the storage of an OpenStack volume service. Deprecated."""

    uuid: str | None = element(default=None)
    """The key's UUID, as libvirt knows it."""
    value: str | None = element(default=None)
    """The secret itself."""
    usage_type: OpenstackVolumeAuthenticationKeyUsageType | None = element(default=None)
    """The storage the key is for."""
    creation_date: Timestamp | None = element(default=None)
    """When it was added."""
    openstack_volume_provider: OpenStackVolumeProvider | None = element(default=None)
    """The volume service it is for."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> OpenstackVolumeAuthenticationKeys[Self]: ...


class OpenstackVolumeAuthenticationKeys(
    BaseResources["OpenstackVolumeAuthenticationKey_co"],
    tag="openstack_volume_authentication_keys",
    api_name="OpenstackVolumeAuthenticationKey",
    member="openstack_volume_authentication_key",
):
    """A collection of :class:`OpenstackVolumeAuthenticationKey`."""

    openstack_volume_authentication_key: list[OpenstackVolumeAuthenticationKey] = members(
        "openstack_volume_authentication_key", default_factory=list
    )

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> OpenstackVolumeAuthenticationKeys: ...


class Package(Struct, tag="package", api_name="Package"):
    """A software package."""

    name: str | None = element(default=None)
    """The package's name, with version and architecture."""
