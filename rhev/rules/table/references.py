"""References to other resources, what a name does in them, and the rule that ids are UUIDs.

Ids of other kinds, which no rule is about: those of events, permits, operating systems, cluster
levels, options, labels of networks, logical units, domains and what a directory has, devices and
graphics consoles.
"""

from __future__ import annotations

from rhev.rules.reference import Reference
from rhev.rules.rule import ADD, Rule
from rhev.rules.texts import Identifier

_GRANTED = ("data_center", "cluster", "host", "storage_domain", "vm", "vm_pool", "template")

_VM = (
    Reference("Vm", "cluster", "taken", "BackendVmsResource.getCluster"),
    Reference("Vm", "template", "taken", "BackendVmsResource.getTemplate"),
    Reference(
        "Vm",
        "instance_type",
        "refused",
        "BackendVmsResource.add: the name leads to an internal error, seen in an engine 4.5.7",
    ),
    Reference("Vm", "storage_domain", "dropped", "BackendVmsResource.add", ADD),
)

# VmBaseMapper.mapVmBaseModelToEntity is for virtual machines and for templates.
_VM_BASE = tuple(
    Reference(owner, path, "dropped", source)
    for owner in ("Vm", "Template")
    for path, source in (
        ("cpu_profile", "VmBaseMapper.mapVmBaseModelToEntity"),
        ("quota", "VmBaseMapper.mapVmBaseModelToEntity: no quota then"),
        ("large_icon", "VmBaseMapper.mapVmBaseModelToEntity"),
        ("small_icon", "VmBaseMapper.mapVmBaseModelToEntity"),
        ("lease.storage_domain", "StorageDomainLeaseMapper.map: no lease then"),
    )
)

_DISK = (
    Reference("Disk", "storage_domains.0", "taken", "BackendDisksResource.getStorageDomainId", ADD),
    Reference("Disk", "quota", "dropped", "DiskMapper.map"),
    Reference("Disk", "disk_profile", "dropped", "DiskMapper.map"),
)

REFERENCES: tuple[Reference, ...] = (
    *_VM,
    *_VM_BASE,
    Reference("Template", "cluster", "taken", "BackendTemplatesResource.namedCluster"),
    Reference("Template", "vm", "taken", "BackendTemplatesResource.getVm", ADD),
    Reference("Template", "storage_domain", "dropped", "BackendTemplatesResource.add", ADD),
    Reference(
        "Template",
        "version.base_template",
        "dropped",
        "BackendTemplatesResource.addFromVm: it becomes the first version then",
        ADD,
    ),
    Reference("VmPool", "cluster", "taken", "BackendVmPoolsResource.getCluster"),
    Reference("VmPool", "template", "taken", "BackendVmPoolsResource.getTemplate"),
    *_DISK,
    *(
        reference.within("disk.", "DiskAttachment", operations=ADD)
        for reference in _DISK
        if reference.by_name == "dropped"
    ),
    Reference("Nic", "vnic_profile", "dropped", "NicMapper.map: no profile then"),
    Reference("VnicProfile", "network", "refused", "the API's mandatory inputs", ADD),
    Reference("VnicProfile", "qos", "dropped", "VnicProfileMapper.map: no QoS then"),
    Reference("VnicProfile", "network_filter", "dropped", "VnicProfileMapper.map: none then"),
    Reference("VnicProfile", "failover", "dropped", "VnicProfileMapper.map"),
    Reference("CpuProfile", "cluster", "refused", "the API's mandatory inputs", ADD),
    Reference("CpuProfile", "qos", "dropped", "CpuProfileMapper.map"),
    Reference("DiskProfile", "storage_domain", "refused", "the API's mandatory inputs", ADD),
    Reference("DiskProfile", "qos", "dropped", "DiskProfileMapper.map"),
    *(
        Reference("AffinityGroup", f"{path}.*", "dropped", "AffinityGroupMapper.extractIds")
        for path in ("vms", "hosts", "vm_labels", "host_labels")
    ),
    *(
        Reference(
            "AffinityLabel",
            f"{path}.*",
            "refused",
            "AffinityLabelMapper.map: an internal error without an id",
        )
        for path in ("vms", "hosts")
    ),
    Reference("Cluster", "data_center", "taken", "BackendDataCenterHelper.lookupId", ADD),
    Reference("Cluster", "scheduling_policy", "taken", "ClusterMapper.map"),
    Reference("Cluster", "mac_pool", "dropped", "ClusterMapper.map"),
    Reference("Cluster", "migration.policy", "dropped", "MigrationOptionsMapper: none then"),
    Reference("DataCenter", "mac_pool", "dropped", "DataCenterMapper.map"),
    Reference("Network", "data_center", "taken", "BackendNetworksResource.namedDataCenter", ADD),
    Reference("Network", "external_provider", "dropped", "NetworkMapper.map", ADD),
    Reference("Host", "cluster", "taken", "BackendHostsResource.getClusterId"),
    Reference("Tag", "parent", "taken", "BackendTagsResource.isSetParentName"),
    *(
        Reference("Event", path, "dropped", "EventMapper.map", ADD)
        for path in ("vm", "host", "cluster", "data_center", "storage_domain", "template", "user")
    ),
    Reference("Permission", "role", "taken", "PermissionMapper.map", ADD),
    *(
        Reference(
            "Permission",
            path,
            "dropped",
            "PermissionMapper.map: the permission is then for what the collection belongs to",
            ADD,
        )
        for path in _GRANTED
    ),
    Reference("QuotaStorageLimit", "storage_domain", "dropped", "QuotaMapper: a limit of all", ADD),
    Reference("QuotaClusterLimit", "cluster", "dropped", "QuotaMapper: a limit of all", ADD),
    Reference("ImageTransfer", "host", "dropped", "ImageTransferMapper.map", ADD),
    Reference("ImageTransfer", "disk", "refused", "the API's mandatory inputs", ADD),
)


def _id_rule(types: tuple[str, ...], path: str, source: str, operations: tuple[str, ...]) -> Rule:
    check = Identifier()
    bad, good = check.examples
    owner, entries, rest = path.replace(".0.", ".*.").partition(".*.")
    if entries:
        bad, good = {owner: [{rest: bad}]}, {owner: [{rest: good}]}
    return Rule(types, path, check, source, operations=operations, bad=bad, good=good)


# The types whose mappers read a resource's own id, although the engine gives it one of its own.
_OWN = (
    *("AffinityGroup", "AffinityLabel", "Bookmark", "Cluster", "CpuProfile", "DataCenter", "Disk"),
    *("DiskProfile", "Host", "MacPool", "Network", "Nic", "Permission", "Qos", "Quota", "Role"),
    *("SchedulingPolicy", "Tag", "Template", "Vm", "VmPool", "VnicProfile"),
)

RULES = (
    *(
        _id_rule(
            (reference.type,),
            f"{reference.path}.id",
            f"GuidUtils.asGuid; {reference.source}",
            reference.operations,
        )
        for reference in REFERENCES
    ),
    _id_rule(_OWN, "id", "GuidUtils.asGuid in the mapper of the type: isSetId", ADD),
    _id_rule(
        ("Snapshot",),
        "id",
        "BackendVmResource.previewSnapshot: asGuid",
        ("preview_snapshot",),
    ),
    *(
        _id_rule(
            ("DiskAttachment",), path, "GuidUtils.asGuid in DiskMapper, DiskAttachmentMapper", ADD
        )
        for path in ("id", "disk.id")
    ),
)
