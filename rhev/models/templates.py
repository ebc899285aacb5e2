"""Templates, instance types, pools, and the icons of them and of virtual machines."""

# Generated from codegen/facts by `python -m codegen`: change those, not this file.

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.mapping.declare import collection, element, members
from rhev.mapping.resources import BaseResources
from rhev.mapping.scalars import Enumeration, StatusEnumeration
from rhev.mapping.structure import Struct
from rhev.models.common import Identified
from rhev.models.virtual_machines import VmBase

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal, Never, Self, Unpack

    from typing_extensions import TypeVar

    from rhev.mapping.offers import Offers
    from rhev.mapping.parameters import Polling
    from rhev.models.access import Permission
    from rhev.models.clusters import Cluster
    from rhev.models.common import Tag
    from rhev.models.consoles import Display, GraphicsConsole
    from rhev.models.devices import NIC, CdRom, RngDevice, VmMediatedDevice, WatchDog
    from rhev.models.disks import DiskAttachment
    from rhev.models.engine import Action
    from rhev.models.hosts import Host
    from rhev.models.imports import RegistrationConfiguration, VnicProfileMapping
    from rhev.models.storage import StorageDomain
    from rhev.models.virtual_machines import VM

    # What a collection holds: resources of the class, or of a user's subclass.
    Icon_co = TypeVar("Icon_co", bound="Icon", default="Icon", covariant=True)
    Template_co = TypeVar("Template_co", bound="Template", default="Template", covariant=True)
    InstanceType_co = TypeVar(
        "InstanceType_co", bound="InstanceType", default="InstanceType", covariant=True
    )
    VmPool_co = TypeVar("VmPool_co", bound="VmPool", default="VmPool", covariant=True)


class TemplateStatus(StatusEnumeration):
    """Whether a template can be used."""

    ILLEGAL = "illegal"
    """It cannot: one of its disks is illegal."""
    LOCKED = "locked"
    """Something is being done with it; wait."""
    OK = "ok"
    """It can."""


class VmPoolType(Enumeration):
    """How virtual machines return to their pool."""

    AUTOMATIC = "automatic"
    """When they are shut down, reset to the pool's state."""
    MANUAL = "manual"
    """When an administrator takes them back; until then they keep user and state."""


class Icon(Identified, tag="icon", api_name="Icon"):
    """A picture shown for a virtual machine or an operating system."""

    media_type: str | None = element(default=None)
    """The picture's media type, such as `image/png`."""
    data: str | None = element(default=None)
    """The picture itself, in base64."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(cls) -> Icons[Self]: ...


class Icons(
    BaseResources["Icon_co"],
    tag="icons",
    api_name="Icon",
    member="icon",
):
    """A collection of :class:`Icon`."""

    icon: list[Icon] = members("icon", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> Icons: ...


class Template(VmBase, tag="template", api_name="Template"):
    """A virtual machine's configuration and disks, sealed, to make machines from."""

    status: TemplateStatus | None = element(default=None)
    """Whether it can be used now."""
    vm: VM | None = element(default=None)
    """The virtual machine it is made from, when adding it."""
    version: TemplateVersion | None = element(default=None)
    """Its place among the versions of one template."""
    cdroms: list[CdRom] | None = collection("cdroms", "cdrom", default=None)
    """Its CD drives. None unless it was followed."""
    graphics_consoles: list[GraphicsConsole] | None = collection(
        "graphics_consoles", "graphics_console", default=None
    )
    """Its graphical consoles. None unless it was followed."""
    nics: list[NIC] | None = collection("nics", "nic", default=None)
    """Its network interfaces. None unless it was followed."""
    permissions: list[Permission] | None = collection("permissions", "permission", default=None)
    """Who may do what with it. None unless it was followed."""
    tags: list[Tag] | None = collection("tags", "tag", default=None)
    """The tags on it. None unless it was followed."""
    watchdogs: list[WatchDog] | None = collection("watchdogs", "watchdog", default=None)
    """Its watchdog device. None unless it was followed."""
    disk_attachments: list[DiskAttachment] | None = collection(
        "disk_attachments", "disk_attachment", default=None
    )
    """Its disks, and how they are attached. None unless it was followed."""
    mediated_devices: list[VmMediatedDevice] | None = collection(
        "mediated_devices", "vm_mediated_device", default=None
    )
    """Its mediated devices, such as virtual GPUs. None unless it was followed. Since 4.5."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Literal["export", "import", "register"]]: ...

        @classmethod
        def _collection(cls) -> Templates[Self]: ...

        def wait_for_status(  # type: ignore[override]
            self,
            *statuses: TemplateStatus | Literal["illegal", "locked", "ok"],
            **polling: Unpack[Polling[Self]],
        ) -> Self: ...

    def export(
        self,
        action: Action | None = None,
        *,
        directory: str | None = None,
        exclusive: bool | None = None,
        filename: str | None = None,
        host: Host | None = None,
        storage_domain: StorageDomain | None = None,
    ) -> Action:
        """Export the template to an export domain, or to an OVA file on a host.

        - ``directory``: The absolute path of the directory for the OVA file. Since 4.2.3.
        - ``exclusive``: Whether to overwrite a template of the same name on the export domain.
        - ``filename``: The name of the OVA file; by default that of the template, with .ova. Since
          4.2.3.
        - ``host``: The host to write the OVA file on, by id or name. Since 4.2.3.
        - ``storage_domain``: The export domain, by id or name.
        """
        result: Action = self._act(
            "export",
            action,
            {
                "directory": directory,
                "exclusive": exclusive,
                "filename": filename,
                "host": host,
                "storage_domain": storage_domain,
            },
        )
        return result

    def import_(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
        clone: bool | None = None,
        cluster: Cluster | None = None,
        exclusive: bool | None = None,
        storage_domain: StorageDomain | None = None,
        template: Template | None = None,
        vm: VM | None = None,
    ) -> Action:
        """Import the template from an export domain.

        - ``async_``: Whether to answer at once, before the action has finished.
        - ``clone``: Whether to give it new identifiers, so that it can be imported more than once.
        - ``cluster``: The cluster to import into, by id or name.
        - ``exclusive``: Whether to overwrite an existing template of the same name.
        - ``storage_domain``: The storage domain for its disks, by id or name.
        - ``template``: How the template should be, such as its name.
        - ``vm``: How the virtual machine should be, such as its name.
        """
        result: Action = self._act(
            "import",
            action,
            {
                "async": async_,
                "clone": clone,
                "cluster": cluster,
                "exclusive": exclusive,
                "storage_domain": storage_domain,
                "template": template,
                "vm": vm,
            },
        )
        return result

    def register(
        self,
        action: Action | None = None,
        *,
        allow_partial_import: bool | None = None,
        async_: bool | None = None,
        clone: bool | None = None,
        cluster: Cluster | None = None,
        exclusive: bool | None = None,
        registration_configuration: RegistrationConfiguration | None = None,
        template: Template | None = None,
        vnic_profile_mappings: Sequence[VnicProfileMapping] | None = None,
    ) -> Action:
        """Make a template that lies on a data domain known to the engine. Its disks are not copied.

        - ``allow_partial_import``: Whether to register it even where disks are missing. Since 4.1.
        - ``async_``: Whether to answer at once, before the action has finished.
        - ``clone``: Whether to give it new identifiers.
        - ``cluster``: The cluster to register it in, by id or name.
        - ``exclusive``: Whether to overwrite an existing template of the same name.
        - ``registration_configuration``: What here stands for the clusters, domains, roles and
          profiles that it names. Since 4.2.
        - ``template``: How the template should be, such as its name.
        - ``vnic_profile_mappings``: Which vNIC profiles here stand for its own; use
          registration_configuration. Since 4.2. Deprecated.
        """
        result: Action = self._act(
            "register",
            action,
            {
                "allow_partial_import": allow_partial_import,
                "async": async_,
                "clone": clone,
                "cluster": cluster,
                "exclusive": exclusive,
                "registration_configuration": registration_configuration,
                "template": template,
                "vnic_profile_mappings": vnic_profile_mappings,
            },
        )
        return result


class Templates(
    BaseResources["Template_co"],
    tag="templates",
    api_name="Template",
    member="template",
):
    """A collection of :class:`Template`."""

    template: list[Template] = members("template", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> Templates: ...


class InstanceType(Template, tag="instance_type", api_name="InstanceType"):
    """A named size of virtual machine: CPU, memory and devices to make machines with."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...

        @classmethod
        def _collection(  # type: ignore[override]
            cls,
        ) -> InstanceTypes[Self]: ...


class InstanceTypes(
    BaseResources["InstanceType_co"],
    tag="instance_types",
    api_name="InstanceType",
    member="instance_type",
):
    """A collection of :class:`InstanceType`."""

    instance_type: list[InstanceType] = members("instance_type", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> InstanceTypes: ...


class TemplateVersion(Struct, tag="template_version", api_name="TemplateVersion"):
    """Which version of a template this is."""

    version_number: int | None = element(default=None)
    """The number; 1 is the base version."""
    version_name: str | None = element(default=None)
    """The name of the version."""
    base_template: Template | None = element(default=None)
    """The first version, that the others belong to."""


class VmPool(Identified, tag="vm_pool", api_name="VmPool"):
    """A set of like virtual machines, handed out to users on demand."""

    size: int | None = element(default=None)
    """How many virtual machines it has."""
    prestarted_vms: int | None = element(default=None)
    """How many of them are kept running, ready to be taken."""
    max_user_vms: int | None = element(default=None)
    """How many of them one user may have at once."""
    display: Display | None = element(default=None)
    """Not in use; see the virtual machines' own. Deprecated."""
    rng_device: RngDevice | None = element(default=None)
    """The machines' random number generator."""
    soundcard_enabled: bool | None = element(default=None)
    """Whether the machines have a sound card."""
    type: VmPoolType | None = element(default=None)
    """How machines return to the pool."""
    use_latest_template_version: bool | None = element(default=None)
    """Whether the machines follow the newest version of the template."""
    stateful: bool | None = element(default=None)
    """Whether the machines keep their state when they go back to the pool."""
    auto_storage_select: bool | None = element(default=None)
    """Whether each machine goes to the storage domain with the most room. Since 4.1.2."""
    tpm_enabled: bool | None = element(default=None)
    """Whether the machines have a TPM; shown only with all content asked for. Since 4.4.5."""
    cluster: Cluster | None = element(default=None)
    """The cluster it is in."""
    template: Template | None = element(default=None)
    """The template its machines are made from."""
    instance_type: InstanceType | None = element(default=None)
    """The instance type the machines' size follows; set when adding only."""
    vm: VM | None = element(default=None)
    """One of its virtual machines, to show what they are like."""
    permissions: list[Permission] | None = collection("permissions", "permission", default=None)
    """Who may do what with it. None unless it was followed."""

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Literal["allocate_vm"]]: ...

        @classmethod
        def _collection(cls) -> VmPools[Self]: ...

    def allocate_vm(
        self,
        action: Action | None = None,
        *,
        async_: bool | None = None,
    ) -> Action:
        """Give a virtual machine of the pool to the user who asks, and start it.

        - ``async_``: Whether to answer at once, before the action has finished.
        """
        result: Action = self._act("allocatevm", action, {"async": async_})
        return result


class VmPools(
    BaseResources["VmPool_co"],
    tag="vm_pools",
    api_name="VmPool",
    member="vm_pool",
):
    """A collection of :class:`VmPool`."""

    vm_pool: list[VmPool] = members("vm_pool", default_factory=list)

    if TYPE_CHECKING:

        @classmethod
        def _collects(cls) -> VmPools: ...
