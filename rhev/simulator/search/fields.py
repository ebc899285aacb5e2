"""What the fields of the search language mean, by the type: data, read off the engine's own names.

A path leads from a resource to a value: through attributes, through references to what they mean,
and, with ``<`` before a type, back to the resources of the type that refer to this one. A name
that is in no table may still be that of an attribute.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELDS: Mapping[str, Mapping[str, str]] = {
    "Vm": {
        "cluster": "cluster.name",
        "creationdate": "creation_time",
        "datacenter": "cluster.data_center.name",
        "guaranteed_memory": "memory_policy.guaranteed",
        "ip": "ip",
        "architecture": "cpu.architecture",
        "next_run_config_exists": "next_run_configuration_exists",
        "on_host": "host.name",
        "os": "os.type",
        "pool": "vm_pool.name",
        "quota": "quota.name",
        "tag": "tags.name",
        "template": "template.name",
    },
    "Host": {
        "cluster": "cluster.name",
        "cpus": "cpu.topology.cores",
        "cpu_model": "cpu.name",
        "cpu_speed": "cpu.speed",
        "datacenter": "cluster.data_center.name",
        "hw_id": "hardware_information.uuid",
        "tag": "tags.name",
        "version": "version.full_version",
        "vm": "<Vm.name",
    },
    "Template": {
        "cluster": "cluster.name",
        "creationdate": "creation_time",
        "datacenter": "cluster.data_center.name",
        "childcount": "childcount",
        "os": "os.type",
        "quota": "quota.name",
    },
    "Cluster": {"architecture": "cpu.architecture", "datacenter": "data_center.name"},
    "DataCenter": {"compatibility_version": "version.major"},
    "StorageDomain": {
        "datacenter": "data_centers.name",
        "size": "available",
        "type": "storage.type",
        "total_size": "available",
    },
    "Disk": {
        "disk_type": "storage_type",
        "disk_content_type": "content_type",
        "datacenter": "storage_domains.data_centers.name",
        "name": "name",
        "quota": "quota.name",
        "size": "provisioned_size",
        "storage": "storage_domains.name",
        "vm_names": "vms.name",
    },
    "Network": {"datacenter": "data_center.name", "vlanid": "vlan.id"},
    "User": {
        "usrname": "user_name",
        "login": "user_name",
        "lastname": "last_name",
        "directory": "domain.name",
        "tag": "tags.name",
    },
    "Event": {
        "message": "description",
        "type": "code",
        "usrname": "user.user_name",
        "event_host": "host.name",
        "event_vm": "vm.name",
        "event_template": "template.name",
        "event_storage": "storage_domain.name",
        "event_datacenter": "data_center.name",
        "message_id": "id",
    },
    "VmPool": {"cluster": "cluster.name", "datacenter": "cluster.data_center.name"},
    "Job": {"correlation_id": "correlation_id"},
}

# The objects that a dotted field may begin with, singular or plural, and the type they stand for.
OBJECTS: Mapping[str, str] = {
    "cluster": "Cluster",
    "datacenter": "DataCenter",
    "disk": "Disk",
    "event": "Event",
    "host": "Host",
    "network": "Network",
    "pool": "VmPool",
    "quota": "Quota",
    "storage": "StorageDomain",
    "tag": "Tag",
    "template": "Template",
    "user": "User",
    "vm": "Vm",
    "vnic": "Nic",
    "vnicprofile": "VnicProfile",
}
