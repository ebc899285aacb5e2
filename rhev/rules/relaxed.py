"""Where the engine needs other inputs than the API's facts say.

The facts come from the annotations of the API's model, which the engine does not read: it calls
``validateParameters`` in the resource that serves the method. The methods of which the two say
the same are not here; those where the engine needs less, or more, are, with the resource of the
engine's REST API, or the command behind it, that shows so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


class VariantFacts(Protocol):
    """An alternative shape of a method: what it needs beside what the method itself does."""

    @property
    def name(self) -> str: ...

    @property
    def mandatory(self) -> Sequence[str]: ...


class MethodFacts(Protocol):
    """What is known of the mandatory inputs of a method.

    A path begins with the name of the parameter; ``|`` separates alternatives and ``*`` is any
    entry of a list. With ``variants``, the inputs of one of them are needed as well.
    """

    @property
    def name(self) -> str: ...

    @property
    def mandatory(self) -> Sequence[str]: ...

    @property
    def variants(self) -> Sequence[VariantFacts]: ...


@dataclass(frozen=True, slots=True)
class Variant:
    """An alternative shape of a method."""

    name: str
    mandatory: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Needs:
    """What the engine needs for a method; ``source`` is what shows it.

    Where one service stands for several collections, ``where`` is a regular expression that the
    paths of those match that it is true of; ``assumed`` says whether it also goes for a path that
    is not known.
    """

    name: str
    source: str
    mandatory: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = ()
    where: str = ""
    assumed: bool = True


def as_the_engine_does(service: str, method: MethodFacts, path: str | None = None) -> MethodFacts:
    """The mandatory inputs of a method as the engine checks them.

    ``service`` is the API's name of the service, ``path`` the path of the resource or collection
    in the API, such as ``/datacenters/123/clusters``, if it is known. What the facts say of the
    method is the answer where nothing else is known.
    """
    for needs in RELAXED.get(service, ()):
        there = needs.assumed if path is None else re.search(needs.where, path) is not None
        if needs.name == method.name and there:
            return needs
    return method


_CLUSTER = "vm.cluster.id|vm.cluster.name"

RELAXED: dict[str, tuple[Needs, ...]] = {
    # Less than the facts say.
    "VmsService": (
        Needs(
            "add",
            "BackendVmsResource.add: a snapshot makes the template needless; the cluster is"
            " needed always",
            (_CLUSTER,),
            (
                Variant("from_scratch", ("vm.name", "vm.template.id|vm.template.name")),
                Variant("from_snapshot", ("vm.name", "vm.snapshots.*.id")),
                Variant(
                    "from_configuration",
                    (
                        "vm.initialization.configuration.data",
                        "vm.initialization.configuration.type",
                    ),
                ),
            ),
        ),
    ),
    "DisksService": (
        Needs(
            "add",
            "BackendDisksResource.validateDiskForCreation: no interface; what the logical units"
            " of iSCSI need is in the table of values",
            variants=(
                Variant("on_storage_domain", ("disk.provisioned_size", "disk.format")),
                Variant("lun", ("disk.lun_storage.type", "disk.lun_storage.logical_units")),
            ),
        ),
    ),
    "DiskAttachmentsService": (
        Needs(
            "add",
            "BackendDiskAttachmentsResource.add, validateDiskForCreation; DiskVmElement"
            ".diskInterface @NotNull; DiskVmElement has defaults for bootable and pass_discard",
            ("attachment.interface",),
            (
                Variant("providing_disk_id", ("attachment.disk.id",)),
                Variant("new_disk", ("attachment.disk.provisioned_size", "attachment.disk.format")),
                Variant(
                    "new_lun",
                    (
                        "attachment.disk.lun_storage.type",
                        "attachment.disk.lun_storage.logical_units",
                    ),
                ),
            ),
        ),
    ),
    "DiskService": (
        Needs(
            "convert",
            "BackendDiskResource.convert: format, sparse and backup may each be absent",
            ("disk",),
        ),
    ),
    "HostsService": (
        Needs(
            "add",
            "BackendHostsResource.add, getClusterId: the cluster is 'Default' if none is given",
            ("host.name", "host.address"),
        ),
    ),
    "HostService": (
        Needs("approve", "BackendHostResource.approve: public key authentication is the default"),
    ),
    "StorageDomainsService": (
        Needs(
            "add",
            "BackendStorageDomainsResource.add; what each type of storage needs is in the table of"
            " values",
            (
                "storage_domain.type",
                "storage_domain.host.id|storage_domain.host.name",
                "storage_domain.storage.type|storage_domain.storage.id",
            ),
        ),
    ),
    "StorageServerConnectionsService": (
        Needs(
            "add",
            "BackendStorageServerConnectionsResource.add; what each type needs is in the table of"
            " values",
            ("connection.type",),
        ),
    ),
    "StepService": (
        Needs("end", "BackendStepResource.end: a step that does not say so has succeeded"),
    ),
    "UsersService": (
        Needs(
            "add",
            "BackendUsersResource.add: the user's name may have the domain in it",
            ("user.user_name",),
        ),
    ),
    "ClustersService": (
        Needs(
            "add",
            "BackendDataCenterClustersResource.getMandatoryParameters: the data center is that of"
            " the path",
            ("cluster.name",),
            where="/datacenters/",
        ),
    ),
    "VmNumaNodesService": (
        Needs(
            "add",
            "BackendVmNumaNodesResource.getRequiredAddFields",
            ("node.index", "node.memory", "node.cpu"),
        ),
    ),
    "GlusterVolumeService": (
        Needs(
            "reset_option",
            "BackendGlusterVolumeResource.resetOption: force is false if it is not given",
            ("option.name",),
        ),
    ),
    # More than the facts say.
    "NetworksService": (
        Needs(
            "add",
            "BackendNetworksResource.getRequiredAddFields",
            ("network.name", "network.data_center.name|network.data_center.id"),
            where="^(.*/api)?/networks/?$",
            assumed=False,
        ),
    ),
    "DataCenterNetworksService": (
        Needs("add", "BackendDataCenterNetworksResource.getRequiredAddFields", ("network.name",)),
    ),
    "ClusterNetworksService": (
        Needs("add", "BackendClusterNetworksResource.add", ("network.id|network.name",)),
    ),
    **{
        f"{collection}DisksService": (
            Needs(
                "add",
                "AbstractBackendStorageDomainDisksResource.add, validateDiskForCreation; a disk"
                " that is not registered is given by its id",
                variants=(
                    Variant("on_storage_domain", ("disk.provisioned_size", "disk.format")),
                    Variant("lun", ("disk.lun_storage.type", "disk.lun_storage.logical_units")),
                    Variant("unregistered", ("disk.id",)),
                ),
            ),
        )
        for collection in ("StorageDomain", "AttachedStorageDomain")
    },
    "AffinityGroupVmsService": (Needs("add", "BackendAffinityGroupVmsResource.add", ("vm.id",)),),
    "AffinityLabelsService": (Needs("add", "BackendAffinityLabelsResource.add", ("label.name",)),),
    "AffinityLabelVmsService": (Needs("add", "BackendAffinityLabelVmsResource.add", ("vm.id",)),),
    "AffinityLabelHostsService": (
        Needs("add", "BackendAffinityLabelHostsResource.add", ("host.id",)),
    ),
    "AssignedAffinityLabelsService": (
        Needs("add", "BackendAssignedAffinityLabelsResource.add", ("label.id",)),
    ),
    "NicNetworkFilterParametersService": (
        Needs(
            "add",
            "BackendVmNicFilterParametersResource.add; VmNicFilterParameter.name @NotNull",
            ("parameter.name", "parameter.value"),
        ),
    ),
    "InstanceTypeNicsService": (
        Needs("add", "BackendInstanceTypeNicsResource.add", ("nic.name",)),
    ),
    "InstanceTypeWatchdogsService": (
        Needs(
            "add",
            "BackendInstanceTypeWatchdogsResource.add",
            ("watchdog.action", "watchdog.model"),
        ),
    ),
    "ExternalVmImportsService": (
        Needs(
            "add",
            "BackendExternalVmImportsResource.add",
            (
                "import.provider",
                "import.url",
                "import.name",
                "import.cluster.id|import.cluster.name",
                "import.storage_domain.id|import.storage_domain.name",
            ),
        ),
    ),
    "ExternalTemplateImportsService": (
        Needs(
            "add",
            "BackendExternalTemplateImportsResource.add",
            (
                "import.url",
                "import.host.id|import.host.name",
                "import.cluster.id|import.cluster.name",
                "import.storage_domain.id|import.storage_domain.name",
            ),
        ),
    ),
    "HostNicService": (
        Needs(
            "update_virtual_functions_configuration",
            "BackendHostNicResource.updateVirtualFunctionsConfiguration",
            (
                "virtual_functions_configuration.number_of_virtual_functions"
                "|virtual_functions_configuration.all_networks_allowed",
            ),
        ),
    ),
    "OpenstackNetworkService": (
        Needs(
            "import",
            "BackendOpenStackNetworkResource.doImport",
            ("data_center.id|data_center.name",),
        ),
    ),
    "StorageDomainVmService": (
        Needs(
            "import",
            "BackendStorageDomainVmResource.doImport",
            ("storage_domain.id|storage_domain.name",),
        ),
    ),
    "StorageDomainTemplateService": (
        Needs(
            "import",
            "BackendStorageDomainTemplateResource.doImport",
            ("storage_domain.id|storage_domain.name",),
        ),
    ),
    "VmCdromService": (
        Needs("update", "BackendVmCdromResource.update: validateParameters(file)", ("cdrom.file",)),
    ),
    "GlusterBricksService": tuple(
        Needs(action, f"BackendGlusterBricksResource.{action}", ("bricks",))
        for action in ("activate", "migrate", "stop_migrate")
    ),
}
"""By the name of the service. The first entry for the method and the path is taken."""
