"""What every engine comes with, as a new one has it: read from the data beside this module."""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from rhev.mapping.resources import BaseResource
from rhev.simulator.state.quotas import leave_unlimited
from rhev.simulator.state.store import ROOT, Record, reference
from rhev.simulator.state.values import Document, held, make, put

if TYPE_CHECKING:
    from rhev.simulator.state.estate import Estate

# The file, the type and the collection of what there is a list of. What no request can change is
# shared by all engines of a process.
_FIXED = (
    ("cluster_levels", "ClusterLevel", "clusterlevels"),
    ("icons", "Icon", "icons"),
    ("network_filters", "NetworkFilter", "networkfilters"),
    ("operating_systems", "OperatingSystemInfo", "operatingsystems"),
    ("options", "SystemOption", "options"),
    ("scheduling_policy_units", "SchedulingPolicyUnit", "schedulingpolicyunits"),
)
_OWN = (
    ("default", "Tag", "tags"),
    ("default", "Domain", "domains"),
    ("default", "MacPool", "macpools"),
    ("roles", "Role", "roles"),
    ("scheduling_policies", "SchedulingPolicy", "schedulingpolicies"),
    ("default", "DataCenter", "datacenters"),
    ("default", "Cluster", "clusters"),
    ("default", "Network", "networks"),
    ("default", "VnicProfile", "vnicprofiles"),
    ("default", "CpuProfile", "cpuprofiles"),
    ("default", "Template", "templates"),
    ("instance_types", "InstanceType", "instancetypes"),
    ("default", "Group", "groups"),
    ("default", "User", "users"),
    ("default", "Permission", "permissions"),
)
# Attributes that the API has collections for: what is in them lives there.
_BELOW = {
    "SchedulingPolicy": (
        ("filters", "Filter", "filters"),
        ("weight", "Weight", "weights"),
        ("balances", "Balance", "balances"),
    ),
}
# Permissions for what a permission has no attribute for.
_PERMITTED = {
    ("Permission", "14124e3a-fedf-11e9-8092-8c1645ce738e"): "CpuProfile",
    ("Permission", "0000000b-000b-000b-000b-0000000001d5"): "VnicProfile",
    ("Permission", "58ca604b-017d-0374-0220-00000000014e"): "MacPool",
}
_PERMITTED_NAMES = {"CpuProfile": "Default", "VnicProfile": "ovirtmgmt", "MacPool": "Default"}
# The consoles of an instance type, whose ids are their names in hexadecimal digits.
_CONSOLES = ("spice", "vnc")


def furnish(estate: Estate) -> None:
    """Puts in an empty estate what every engine comes with."""
    for file, api_type, segment in _FIXED:
        for model in _models(file, api_type):
            estate.take_in(api_type, segment, _referring(estate, model.__copy__()))
    for file, api_type, segment in _OWN:
        for model in _models(file, api_type):
            parent = _parent(estate, api_type, model.id)
            own = _referring(estate, deepcopy(model))
            record = estate.take_in(api_type, segment, own, parent=parent)
            _put_below(estate, record)
    _complete(estate)


def _parent(estate: Estate, api_type: str, id_: str) -> Record | None:
    """What a permission is for, where a permission has no attribute for that."""
    home = _PERMITTED.get((api_type, id_))
    return estate.store.named(home, _PERMITTED_NAMES[home]) if home is not None else None


@cache
def _document(file: str) -> Any:
    return json.loads(files("rhev.simulator.builtin").joinpath(f"{file}.json").read_bytes())


@cache
def _models(file: str, api_type: str) -> tuple[Any, ...]:
    document = _document(file)
    listed: list[Document] = document[api_type] if isinstance(document, dict) else document
    return tuple(make(api_type, entry) for entry in listed)


def _referring(estate: Estate, model: BaseResource) -> BaseResource:
    """The model with addresses in its references, which the data does not have."""
    for value in vars(model).values():
        if not isinstance(value, BaseResource):
            continue
        if (record := estate.store.record(value)) is not None:
            vars(value)["href"] = record.href
        elif estate.store.find("InstanceType", held(value, "id")) is not None:
            # The engine keeps instance types as templates, and permissions are for those.
            vars(value)["href"] = f"{ROOT}/templates/{held(value, 'id')}"
    return model


def _put_below(estate: Estate, record: Record) -> None:
    for attribute, api_type, segment in _BELOW.get(record.type, ()):
        members = vars(record.model).get(attribute, ())
        put(record.model, **{attribute: None})
        for member in members:
            unit = estate.store.record(member.scheduling_policy_unit)
            if unit is not None:
                put(member, scheduling_policy_unit=reference(unit))
            estate.take_in(api_type, segment, member, parent=record)
    if record.type == "DataCenter":
        for quota in _models("default", "Quota"):
            model = _referring(estate, deepcopy(quota))
            leave_unlimited(estate, estate.take_in("Quota", "quotas", model, parent=record))
    if record.type == "Role":
        permits = {permit.id: permit for permit in _models("permits", "Permit")}
        for number in _document("role_permits")[record.id]:
            permit = permits[number].__copy__()
            put(permit, role=reference(record))
            estate.take_in("Permit", "permits", permit, parent=record)
    if record.type == "InstanceType":
        for protocol in _CONSOLES:
            _add_console(estate, record, protocol, instance_type=reference(record))
    if record.type == "Template":
        _add_console(estate, record, "vnc", template=reference(record))
        drive = estate.add("Cdrom", "cdroms", {"id": record.id}, parent=record)
        put(drive.model, template=reference(record))


def _add_console(estate: Estate, owner: Record, protocol: str, **owned: BaseResource) -> None:
    document = {"id": protocol.encode().hex(), "protocol": protocol}
    console = estate.add("GraphicsConsole", "graphicsconsoles", document, parent=owner)
    put(console.model, **owned)


def _complete(estate: Estate) -> None:
    """What one says of another that came after it."""
    store = estate.store
    for level in store.of_type("ClusterLevel"):
        put(level.model, permits=list(_models("permits", "Permit")))
    for template in store.of_type("Template"):
        put(held(template.model, "version"), base_template=reference(template))
    for network in store.of_type("Network"):
        for cluster in store.of_type("Cluster"):
            store.assigned(cluster, "networks")[network.id] = network
