"""Imports and registrations of virtual machines and templates."""

# Generated from codegen/facts by `python -m codegen`: change those, not this file.

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev.mapping.declare import element, entries
from rhev.mapping.resources import BaseResource
from rhev.mapping.scalars import Enumeration
from rhev.mapping.structure import Struct

if TYPE_CHECKING:
    from typing import Never

    from rhev.mapping.offers import Offers
    from rhev.models.access import Domain, Role
    from rhev.models.clusters import Cluster
    from rhev.models.disks import Disk
    from rhev.models.hosts import Host
    from rhev.models.limits import CpuProfile, Quota
    from rhev.models.networks import VnicProfile
    from rhev.models.policies import AffinityGroup, AffinityLabel
    from rhev.models.storage import File, StorageDomain
    from rhev.models.templates import Template
    from rhev.models.virtual_machines import VM


class ExternalVmProviderType(Enumeration):
    """What a virtual machine is imported from."""

    KVM = "kvm"
    """A libvirt host with KVM."""
    XEN = "xen"
    """A libvirt host with Xen."""
    VMWARE = "vmware"
    """VMware."""


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

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...


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

    if TYPE_CHECKING:

        def _offers(self) -> Offers[Never]: ...


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
