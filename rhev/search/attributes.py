"""Which field of the search language an attribute of the API's is.

Names are those of the models, dotted where they lead into a structure. In the table
``attribute=field`` is written shorter where both have one name; an attribute with nothing behind
the sign has no field, though one is called as it is. Nor has an attribute that is in no table: it
can only be compared by who reads it.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from rhev.search import entities

if TYPE_CHECKING:
    from collections.abc import Mapping

_SAME = "name comment description status"

_TABLE: Mapping[str, str] = {
    "Vm": f"""
        {_SAME} fqdn id type custom_emulated_machine creation_time=creationdate os=os os.type=os
        memory memory_policy.guaranteed=guaranteed_memory cluster cluster.name=cluster
        cluster.data_center=datacenter cluster.data_center.name=datacenter host=on_host
        host.name=on_host vm_pool=pool vm_pool.name=pool quota.name=quota
        template=template.name template.name=template.name
        cpu.architecture=architecture bios.type=bios_type
        custom_cpu_model=custom_cpu_type next_run_configuration_exists=next_run_config_exists
        tags=tag tags.name=tag nics.mac.address=vnic.mac
    """,
    "Template": f"""
        {_SAME} creation_time=creationdate os=os os.type=os cluster cluster.name=cluster
        cluster.data_center=datacenter cluster.data_center.name=datacenter quota.name=quota
        cpu.architecture=architecture version.version_name=version_name tags=tag tags.name=tag
    """,
    "InstanceType": "name description",
    "Host": """
        name comment status external_status address id memory type cluster cluster.name=cluster
        cluster.data_center=datacenter cluster.data_center.name=datacenter cpu.name=cpu_model
        cpu.speed=cpu_speed hardware_information.uuid=hw_id update_available tags=tag
        tags.name=tag
    """,
    "Disk": """
        name alias description status id shareable wipe_after_delete content_type=disk_content_type
        storage_type=disk_type quota.name=quota storage_domains=storage.name
        storage_domains.name=storage.name storage_domain=storage.name
        storage_domain.name=storage.name vms.name=vm_names provisioned_size actual_size
    """,
    "Event": """
        code=type severity description=message correlation_id origin custom_id=custom_event_id
        time user.user_name=usrname host=event_host host.name=event_host vm=event_vm
        vm.name=event_vm template=event_template template.name=event_template
        storage_domain=event_storage storage_domain.name=event_storage data_center=event_datacenter
        data_center.name=event_datacenter
    """,
    "Cluster": """
        name comment description cpu.architecture=architecture cpu.type=cpu_type
        data_center=datacenter.name data_center.name=datacenter.name
    """,
    "DataCenter": f"{_SAME} local",
    "StorageDomain": """
        name comment description status external_status storage.type=type wipe_after_delete
        discard_after_delete backup data_center=datacenter data_center.name=datacenter
        data_centers=datacenter data_centers.name=datacenter type=
    """,
    "User": """
        name last_name=lastname user_name=usrname department domain=directory
        domain.name=directory principal=login tags=tag tags.name=tag
    """,
    "Group": "name",
    "VmPool": "name comment description type cluster cluster.name=cluster",
    "Network": """
        name comment description vlan.id=vlanid vlan=vlanid stp mtu data_center=datacenter
        data_center.name=datacenter qos.name=qos_name
    """,
    "GlusterVolume": "name status volume_type=type replica_count stripe_count",
}

# Values of an attribute that the field calls otherwise, or has several for.
VALUES: Mapping[tuple[str, str], Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        ("Vm", "status"): {"migrating": ("migratingfrom", "migratingto")},
        ("DataCenter", "status"): {"problematic": ("nonresponsive",)},
        ("Host", "type"): {"rhev_h": ("rhevh",)},
    }
)


@cache
def table(entity: str) -> Mapping[str, str | None]:
    """For the attributes of an entity the fields that they are, None for what no field is."""
    pairs = (word.partition("=") for word in _TABLE.get(entity, "").split())
    return MappingProxyType({name: (to if sign else name) or None for name, sign, to in pairs})


def field_of(entity: str, attribute: str) -> str | None:
    """The search field that an attribute is, or None for one that has none.

    ``entity`` is the API's name of the type, ``attribute`` the models' name, as in
    ``"memory_policy.guaranteed"``. A field leads to another entity where it is dotted.
    """
    return table(entity).get(attribute)


def is_field(entity: str, name: str) -> bool:
    """Whether a name is a field of the search language itself, of an entity or across to another.

    What an attribute is called means the attribute.
    """
    if name in table(entity):
        return False
    known = entities.entity(entity)
    if name in known.fields:
        return True
    reference, dot, field = name.partition(".")
    other = known.references.get(reference) or (
        known.references.get(reference.removesuffix("s"))
        if reference.removesuffix("s") in entities.PLURAL
        else None
    )
    if other is None or reference in entities.BROKEN.get(entity, ()):
        return False
    return not dot or field in entities.entity(other).fields
