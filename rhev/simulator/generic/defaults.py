"""What each type always has: the values that the engine gives what a request does not set.

A new resource is completed from the table, whatever else is done for its type.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from rhev.mapping.fields import fields
from rhev.simulator.state.store import Record, reference
from rhev.simulator.state.values import Document, fill, held, make, put

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rhev.mapping.structure import Struct

_OFF: Document = {"enabled": "false", "enforcing": "false", "positive": "false"}

# What a machine is made of, whether it is a machine, a template or an instance type.
HARDWARE: Document = {
    "cpu": {"topology": {"cores": "1", "sockets": "1", "threads": "1"}},
    "description": "",
    "display": {
        "allow_override": "false",
        "copy_paste_enabled": "true",
        "disconnect_action": "LOCK_SCREEN",
        "disconnect_action_delay": "0",
        "file_transfer_enabled": "true",
        "monitors": "1",
        "smartcard_enabled": "false",
        "type": "vnc",
        "video_type": "vga",
    },
    "high_availability": {"enabled": "false", "priority": "0"},
    "io": {"threads": "1"},
    "memory": 1 << 30,
    "memory_policy": {"ballooning": "true"},
    "migration": {
        "auto_converge": "inherit",
        "compressed": "inherit",
        "encrypted": "inherit",
        "parallel_migrations_policy": "inherit",
    },
    "migration_downtime": "-1",
    "os": {"boot": {"devices": {"device": ["hd"]}}},
    "placement_policy": {"affinity": "migratable"},
    "usb": {"enabled": "false"},
}

DEFAULTS: Mapping[str, Document] = {
    "AffinityGroup": {
        "broken": "false",
        "hosts_rule": _OFF,
        "priority": 1,
        "vms_rule": _OFF,
    },
    "AffinityLabel": {"has_implicit_affinity_group": "false", "read_only": "false"},
    "Agent": {"encrypt_options": "false"},
    "ExternalHostProvider": {"description": "", "requires_authentication": "false"},
    "Group": {"namespace": "*"},
    "InstanceType": HARDWARE,
    "Job": {"auto_cleared": "false", "external": "true"},
    "MacPool": {"allow_duplicates": "false", "default_pool": "false"},
    "OpenStackImageProvider": {"description": "", "requires_authentication": "false"},
    "OpenStackNetworkProvider": {"description": "", "requires_authentication": "false"},
    "Filter": {"position": "0"},
    "QuotaClusterLimit": {"memory_usage": 0.0, "vcpu_usage": "0"},
    "QuotaStorageLimit": {"usage": 0.0},
    "VirtualNumaNode": {"numa_tune_mode": "interleave"},
    "Quota": {
        "cluster_hard_limit_pct": "20",
        "cluster_soft_limit_pct": "80",
        "description": "",
        "storage_hard_limit_pct": "20",
        "storage_soft_limit_pct": "80",
    },
    "Role": {"administrative": "false", "mutable": "true"},
    "SchedulingPolicy": {"default_policy": "false", "locked": "false"},
    "Step": {"external": "true", "number": "0", "status": "started"},
    "User": {
        "department": "",
        "email": "",
        "last_name": "",
        "name": "",
        "namespace": "*",
    },
    "Weight": {"factor": "1"},
    "VmPool": {
        "auto_storage_select": "false",
        "description": "",
        "max_user_vms": "1",
        "prestarted_vms": "0",
        "stateful": "false",
        "type": "automatic",
        "use_latest_template_version": "false",
    },
}


def complete(api_type: str, model: Any, owner: Record | None) -> None:
    """Gives a model what its type always has, and a reference to what it is a part of."""
    if (document := DEFAULTS.get(api_type)) is not None:
        fill(model, make(api_type, document))
    cls: type[Struct] = type(model)
    name = snake(owner.type) if owner is not None else ""
    is_told = api_type not in ("Balance", "Weight")
    if owner is not None and is_told and held(model, name) is None and name in fields(cls):
        put(model, **{name: reference(owner)})


# What the engine says of a resource and takes from nobody.
_REPORTED: Mapping[str, frozenset[str]] = {
    "Vm": frozenset(
        {
            *("creation_time", "fqdn", "host", "run_once", "start_time", "stop_reason"),
            *("stop_time", "next_run_configuration_exists", "guest_operating_system"),
        }
    ),
    "Template": frozenset({"creation_time", "status"}),
    "DataCenter": frozenset({"mac_pool", "status", "supported_versions"}),
    "Disk": frozenset({"actual_size", "total_size"}),
    "StorageDomain": frozenset({"available", "committed", "type", "used"}),
}


def without_reported(body: Any) -> None:
    """Drops what an update cannot change: the engine does so without a word."""
    for name in _REPORTED.get(type(body).__api_name__, ()):
        vars(body).pop(name, None)


@cache
def snake(api_type: str) -> str:
    """The name of the attribute that refers to a resource of a type."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", api_type).lower()
