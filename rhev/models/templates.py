"""Templates, instance types and pools; imports and registrations of virtual machines."""

# Generated from codegen/facts by `python -m codegen`: change those, not this file.

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.models.base import BaseResource, BaseResources, Struct
from rhev.models.common import Identified
from rhev.models.declare import element, entries, members
from rhev.models.scalars import Enumeration, StatusEnumeration
from rhev.models.virtual_machines import VmBase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rhev.models.access import Domain, Permission, Role
    from rhev.models.clusters import Cluster
    from rhev.models.common import Tag
    from rhev.models.devices import (
        NIC,
        CdRom,
        Display,
        GraphicsConsole,
        RngDevice,
        VmMediatedDevice,
        WatchDog,
    )
    from rhev.models.disks import Disk, DiskAttachment
    from rhev.models.engine import Action
    from rhev.models.hosts import Host
    from rhev.models.networks import VnicProfile
    from rhev.models.policies import AffinityGroup, AffinityLabel, CpuProfile, Quota
    from rhev.models.storage import File, StorageDomain
    from rhev.models.virtual_machines import VM


class ExternalVmProviderType(Enumeration):
    """What a virtual machine is imported from."""

    KVM = "kvm"
    """A libvirt host with KVM."""
    XEN = "xen"
    """A libvirt host with Xen."""
    VMWARE = "vmware"
    """VMware."""


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


class ExternalTemplateImport(
    BaseResource, tag="external_template_import", api_name="ExternalTemplateImport"
):
    """A template to import from an OVA file. Since 4.4.7."""

    url: str | None = element(default=None)
    """Where the file is, such as ova:///path/to/file.ova. Since 4.4.7."""
    template: Template | None = element(default=None)
    """The template to make; its name is that of the source if none is given. Since 4.4.7."""
    cluster: Cluster | None = element(default=None)
    """The cluster to import into. Since 4.4.7."""
    storage_domain: StorageDomain | None = element(default=None)
    """Where its disks go. Since 4.4.7."""
    host: Host | None = element(default=None)
    """The host that has the file. Since 4.4.7."""
    cpu_profile: CpuProfile | None = element(default=None)
    """The CPU profile of the template. Since 4.4.7."""
    quota: Quota | None = element(default=None)
    """The quota that it counts against. Since 4.4.7."""
    clone: bool | None = element(default=None)
    """Whether to give it new identifiers, so that it can be imported more than once. Since 4.4.8.
    """


class ExternalVmImport(BaseResource, tag="external_vm_import", api_name="ExternalVmImport"):
    """A virtual machine to import from another system, converted by virt-v2v. Since 4.0.4."""

    provider: ExternalVmProviderType | None = element(default=None)
    """What kind of system it comes from. Since 4.0.4."""
    url: str | None = element(default=None)
    """Where it is, as virt-v2v takes it, such as vpx://user@host/path. Since 4.0.4."""
    username: str | None = element(default=None)
    """The user to log in to the other system as. Since 4.0.4."""
    password: str | None = element(default=None)
    """The password for the other system; only ever sent. Since 4.0."""
    name: str | None = element(default=None)
    """The name it has in the other system. Since 4.0.4."""
    sparse: bool | None = element(default=None)
    """Whether storage is allocated as it is written, not beforehand. Since 4.0.4."""
    vm: VM | None = element(default=None)
    """The virtual machine to make; its name is that of the source if none is given. Since 4.0.4."""
    cluster: Cluster | None = element(default=None)
    """The cluster to import into. Since 4.0.4."""
    storage_domain: StorageDomain | None = element(default=None)
    """Where its disks go. Since 4.0.4."""
    cpu_profile: CpuProfile | None = element(default=None)
    """The CPU profile of the virtual machine. Since 4.0.4."""
    quota: Quota | None = element(default=None)
    """The quota that it counts against. Since 4.0.4."""
    host: Host | None = element(default=None)
    """The host that converts it; the engine chooses if none is given. Since 4.0.4."""
    drivers_iso: File | None = element(default=None)
    """The ISO image with drivers for the guest. Since 4.0.4."""


class Template(VmBase, tag="template", api_name="Template"):
    """A virtual machine's configuration and disks, sealed, to make machines from."""

    status: TemplateStatus | None = element(default=None)
    """Whether it can be used now."""
    vm: VM | None = element(default=None)
    """The virtual machine it is made from, when adding it."""
    version: TemplateVersion | None = element(default=None)
    """Its place among the versions of one template."""
    cdroms: list[CdRom] | None = entries("cdroms", "cdrom", default=None)
    """Its CD drives."""
    graphics_consoles: list[GraphicsConsole] | None = entries(
        "graphics_consoles", "graphics_console", default=None
    )
    """Its graphical consoles."""
    nics: list[NIC] | None = entries("nics", "nic", default=None)
    """Its network interfaces."""
    permissions: list[Permission] | None = entries("permissions", "permission", default=None)
    """Who may do what with it."""
    tags: list[Tag] | None = entries("tags", "tag", default=None)
    """The tags on it."""
    watchdogs: list[WatchDog] | None = entries("watchdogs", "watchdog", default=None)
    """Its watchdog device."""
    disk_attachments: list[DiskAttachment] | None = entries(
        "disk_attachments", "disk_attachment", default=None
    )
    """Its disks, and how they are attached."""
    mediated_devices: list[VmMediatedDevice] | None = entries(
        "mediated_devices", "vm_mediated_device", default=None
    )
    """Its mediated devices, such as virtual GPUs. Since 4.5."""

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
    BaseResources["Template"],
    tag="templates",
    api_name="Template",
    member="template",
):
    """A collection of :class:`Template`."""

    template: list[Template] = members("template", default_factory=list)


class InstanceType(Template, tag="instance_type", api_name="InstanceType"):
    """A named size of virtual machine: CPU, memory and devices to make machines with."""


class InstanceTypes(
    BaseResources["InstanceType"],
    tag="instance_types",
    api_name="InstanceType",
    member="instance_type",
):
    """A collection of :class:`InstanceType`."""

    instance_type: list[InstanceType] = members("instance_type", default_factory=list)


class RegistrationAffinityGroupMapping(
    Struct, tag="registration_affinity_group_mapping", api_name="RegistrationAffinityGroupMapping"
):
    """The affinity group to use in place of one that a registered object had elsewhere. Since 4.2."""

    from_: AffinityGroup | None = element("from", default=None)
    """The original affinity group, by name. Since 4.2."""
    to: AffinityGroup | None = element(default=None)
    """The affinity group here. Since 4.2."""


class RegistrationAffinityLabelMapping(
    Struct, tag="registration_affinity_label_mapping", api_name="RegistrationAffinityLabelMapping"
):
    """The affinity label to use in place of one that a registered object had elsewhere. Since 4.2."""

    from_: AffinityLabel | None = element("from", default=None)
    """The original affinity label, by name. Since 4.2."""
    to: AffinityLabel | None = element(default=None)
    """The affinity label here. Since 4.2."""


class RegistrationClusterMapping(
    Struct, tag="registration_cluster_mapping", api_name="RegistrationClusterMapping"
):
    """The cluster to use in place of one that a registered object was in elsewhere. Since 4.2."""

    from_: Cluster | None = element("from", default=None)
    """The original cluster, by identifier or name. Since 4.2."""
    to: Cluster | None = element(default=None)
    """The cluster here, by identifier or name. Since 4.2."""


class RegistrationConfiguration(
    Struct, tag="registration_configuration", api_name="RegistrationConfiguration"
):
    """What stands for what, when a virtual machine or a template made on another engine is
    registered from a storage domain, as in disaster recovery. Since 4.2.
    """

    cluster_mappings: list[RegistrationClusterMapping] | None = entries(
        "cluster_mappings", "registration_cluster_mapping", default=None
    )
    """Which clusters stand for which. Since 4.2."""
    role_mappings: list[RegistrationRoleMapping] | None = entries(
        "role_mappings", "registration_role_mapping", default=None
    )
    """Which roles stand for which. Since 4.2."""
    lun_mappings: list[RegistrationLunMapping] | None = entries(
        "lun_mappings", "registration_lun_mapping", default=None
    )
    """Which direct LUN disks stand for which. Since 4.2."""
    domain_mappings: list[RegistrationDomainMapping] | None = entries(
        "domain_mappings", "registration_domain_mapping", default=None
    )
    """Which users' domains stand for which. Since 4.2."""
    affinity_group_mappings: list[RegistrationAffinityGroupMapping] | None = entries(
        "affinity_group_mappings", "registration_affinity_group_mapping", default=None
    )
    """Which affinity groups stand for which. Since 4.2."""
    affinity_label_mappings: list[RegistrationAffinityLabelMapping] | None = entries(
        "affinity_label_mappings", "registration_affinity_label_mapping", default=None
    )
    """Which affinity labels stand for which. Since 4.2."""
    vnic_profile_mappings: list[RegistrationVnicProfileMapping] | None = entries(
        "vnic_profile_mappings", "registration_vnic_profile_mapping", default=None
    )
    """Which vNIC profiles stand for which. Since 4.2.1."""


class RegistrationDomainMapping(
    Struct, tag="registration_domain_mapping", api_name="RegistrationDomainMapping"
):
    """The users' domain to use in place of one from elsewhere; the users' names stay. Since 4.2."""

    from_: Domain | None = element("from", default=None)
    """The original domain, by name. Since 4.2."""
    to: Domain | None = element(default=None)
    """The domain here. Since 4.2."""


class RegistrationLunMapping(
    Struct, tag="registration_lun_mapping", api_name="RegistrationLunMapping"
):
    """The direct LUN disk to use in place of one that a registered machine had elsewhere. Since
    4.2.
    """

    from_: Disk | None = element("from", default=None)
    """The original disk, by identifier. Since 4.2."""
    to: Disk | None = element(default=None)
    """The disk to attach here. Since 4.2."""


class RegistrationRoleMapping(
    Struct, tag="registration_role_mapping", api_name="RegistrationRoleMapping"
):
    """The role to use in place of one in the permissions of a registered object. Since 4.2."""

    from_: Role | None = element("from", default=None)
    """The original role, by name. Since 4.2."""
    to: Role | None = element(default=None)
    """The role here. Since 4.2."""


class RegistrationVnicProfileMapping(
    Struct, tag="registration_vnic_profile_mapping", api_name="RegistrationVnicProfileMapping"
):
    """The vNIC profile to use in place of one that a registered machine's NIC had elsewhere. Since
    4.1.
    """

    from_: VnicProfile | None = element("from", default=None)
    """The original profile, by its name and its network's name. Since 4.2.1."""
    to: VnicProfile | None = element(default=None)
    """The profile here, by identifier or name; absent: the NIC is left unconnected. Since 4.2.1."""


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
    permissions: list[Permission] | None = entries("permissions", "permission", default=None)
    """Who may do what with it."""

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
    BaseResources["VmPool"],
    tag="vm_pools",
    api_name="VmPool",
    member="vm_pool",
):
    """A collection of :class:`VmPool`."""

    vm_pool: list[VmPool] = members("vm_pool", default_factory=list)


class VnicProfileMapping(Struct, tag="vnic_profile_mapping", api_name="VnicProfileMapping"):
    """The vNIC profile to use in place of one from elsewhere; see RegistrationVnicProfileMapping.
    Since 4.1. Deprecated.
    """

    source_network_name: str | None = element(default=None)
    """The name of the original network. Since 4.1. Deprecated."""
    source_network_profile_name: str | None = element(default=None)
    """The name of the original profile. Since 4.1. Deprecated."""
    target_vnic_profile: VnicProfile | None = element(default=None)
    """The profile here. Since 4.1. Deprecated."""
