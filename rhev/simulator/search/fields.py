"""What the fields of the search language mean, by the type: data, read off the engine's own names.

A path leads from a resource to a value: through attributes, through references to what they mean,
and, with ``<`` before a type, back to the resources of the type that refer to this one. ``*`` is
the product of the numbers there. A name that is in no table may still be that of an attribute.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_IN_CLUSTER = {
    "cluster": "cluster.name",
    "datacenter": "cluster.data_center.name",
    "architecture": "cpu.architecture",
}
_SYSTEM = {"creationdate": "creation_time", "os": "os.type", "quota": "quota.name"}
_SIZES = {"used_size": "used", "free_size": "available", "committed": "committed"}

FIELDS: Mapping[str, Mapping[str, str]] = {
    "Vm": {
        **_IN_CLUSTER,
        **_SYSTEM,
        "apps": "applications.name",
        "bios_type": "bios.type",
        "compatibility_level": "cluster.version.major",
        "custom_cpu_type": "custom_cpu_model",
        "has_illegal_images": "has_illegal_images",
        "guaranteed_memory": "memory_policy.guaranteed",
        "ip": "reported_devices.ips.address",
        "next_run_config_exists": "next_run_configuration_exists",
        "on_host": "host.name",
        "pool": "vm_pool.name",
        "tag": "tags.name",
        "uptime": "uptime",
        "vcpus": "cpu.topology.*",
    },
    "Template": {
        **_IN_CLUSTER,
        **_SYSTEM,
        "mem": "memory",
        "tag": "tags.name",
        "version_name": "version.version_name",
        "_vmt_id": "id",
    },
    "InstanceType": {**_SYSTEM, "mem": "memory"},
    "Host": {
        **_IN_CLUSTER,
        "active_vms": "summary.active",
        "cpu_model": "cpu.name",
        "cpu_speed": "cpu.speed",
        "cpu_usage": "cpu_usage",
        "cpus": "cpu.topology.*",
        "hw_id": "hardware_information.uuid",
        "load": "load",
        "mem_usage": "mem_usage",
        "migrating_vms": "summary.migrating",
        "network_usage": "network_usage",
        "spm_id": "spm_id",
        "tag": "tags.name",
        "version": "software",
    },
    "Cluster": {"architecture": "cpu.architecture", "cpu_type": "cpu.type"},
    "StorageDomain": {**_SIZES, "datacenter": "data_centers.name", "type": "storage.type"},
    "Disk": {
        "alias": "name",
        "disk_content_type": "content_type",
        "disk_type": "storage_type",
        "number_of_vms": "number_of_vms",
        "quota": "quota.name",
        "size": "provisioned_size",
        "vm_names": "vms.name",
    },
    "Network": {
        "datacenter": "data_center.name",
        "label": "network_labels.id",
        "mtu": "mtu_set",
        "vmnetwork": "vmnetwork",
        "qos_name": "qos.name",
        "vlanid": "vlan.id",
    },
    "User": {
        "directory": "domain.name",
        "lastname": "last_name",
        "login": "principal",
        "tag": "tags.name",
        "usrname": "user_name",
    },
    "Group": {"grpname": "name"},
    "Event": {
        "custom_event_id": "custom_id",
        "deleted": "deleted",
        "event_datacenter": "data_center.name",
        "event_host": "host.name",
        "event_storage": "storage_domain.name",
        "event_template": "template.name",
        "event_vm": "vm.name",
        "message": "description",
        "type": "code",
        "usrid": "user.id",
        "usrname": "user.user_name",
    },
    "VmPool": {"cluster": "cluster.name", "datacenter": "cluster.data_center.name"},
    "Quota": {"storagepoolname": "data_center.name"},
    "Nic": {"mac": "mac.address", "network_name": "vnic_profile.network.name"},
    "HostNic": {"mac": "mac.address", "network_name": "network.name"},
    "ClusterNetwork": {"cluster_name": "name", "network_name": "name"},
    "HostNetwork": {"host_name": "name"},
    "Provider": {name: name for name in ("name", "description", "type", "url")},
    "Job": {"correlation_id": "correlation_id"},
}

# The API's types of what is beyond a cross reference, by its entity and the field asked for: those
# of what attaches one thing to another are the things.
RELATED: Mapping[tuple[str, str], str] = {
    ("ClusterNetwork", "cluster_name"): "Cluster",
    ("ClusterNetwork", "network_name"): "Network",
    ("HostNetwork", "host_name"): "Host",
}
