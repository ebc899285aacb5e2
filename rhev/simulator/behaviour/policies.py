"""Affinity groups, scheduling policies, roles with their permits, instance types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rhev.simulator.generic.hooks import Call, added, completing, updating
from rhev.simulator.generic.methods import call_owner
from rhev.simulator.generic.references import required
from rhev.simulator.state.refusals import not_found
from rhev.simulator.state.store import Record, reference
from rhev.simulator.state.values import held, put

if TYPE_CHECKING:
    from rhev.simulator.state.estate import Estate

_IN_GROUPS = {"Vm": "vms", "Host": "hosts", "AffinityLabel": "vmlabels"}


@completing("AffinityGroup")
def _group(call: Call, model: Any) -> None:
    _ruled(call, model)
    for name in ("vms", "hosts", "vm_labels"):
        call.sources.extend(required(call.estate.store, entry) for entry in held(model, name) or ())
        vars(model).pop(name, None)
    vars(model).pop("host_labels", None)


@added("AffinityGroup")
def _group_added(call: Call, group: Record) -> None:
    for member in call.sources:
        call.estate.store.assigned(group, _IN_GROUPS[member.type])[member.id] = member
    call.sources.clear()


@updating("AffinityGroup")
def _group_changed(call: Call, group: Record) -> None:
    for name in ("vms", "hosts", "vm_labels", "host_labels"):
        vars(call.body).pop(name, None)
    _ruled(call, call.body)


def _ruled(call: Call, model: Any) -> None:
    """The rule between machines is said in two ways: the older one has no name for its absence."""
    positive, enforcing = held(model, "positive"), held(model, "enforcing")
    if held(model, "vms_rule") is None and (positive is not None or enforcing is not None):
        enabled = "false" if positive is None else "true"
        said = {"positive": _text(positive), "enforcing": _text(enforcing)}
        put(model, vms_rule={"enabled": enabled, **said})
    rule = held(model, "vms_rule")
    if rule is not None:
        is_on = held(rule, "enabled") is not False
        for name in ("enabled", "positive", "enforcing"):
            if held(rule, name) is None:
                put(rule, **{name: name == "enabled"})
        put(model, enforcing=rule.enforcing, positive=rule.positive if is_on else None)
    elif call.method.name == "add":
        put(model, enforcing=False, positive=None)
    hosts = held(model, "hosts_rule")
    if hosts is not None and held(hosts, "enabled") is None:
        put(hosts, enabled=True)


def _text(flag: bool | None) -> str:
    return "true" if flag else "false"


@completing("SchedulingPolicy")
def _policy(call: Call, model: Any) -> None:
    if not held(model, "properties"):
        put(model, properties=None)


@completing("Filter", "Weight", "Balance")
def _unit(call: Call, model: Any) -> None:
    unit = required(call.estate.store, model.scheduling_policy_unit)
    put(model, id=unit.id, scheduling_policy_unit=reference(unit))


@completing("Role")
def _role(call: Call, model: Any) -> None:
    wanted = [_permit(call.estate, permit) for permit in vars(model).pop("permits", None) or ()]
    call.result["permits"] = wanted


@added("Role")
def _role_added(call: Call, role: Record) -> None:
    for permit in call.result.pop("permits", ()):
        put(permit, role=reference(role))
        call.estate.take_in("Permit", "permits", permit, parent=role)


@completing("Permit")
def _permit_given(call: Call, model: Any) -> None:
    known = _permit(call.estate, model)
    put(model, name=known.name, administrative=known.administrative)
    put(model, role=reference(call_owner(call)))


def _permit(estate: Estate, wanted: Any) -> Any:
    """The permit of an id or name, as every cluster level knows them."""
    level = next(estate.store.of_type("ClusterLevel"))
    for permit in level.model.permits:
        if held(wanted, "id") in (None, permit.id) and held(wanted, "name") in (None, permit.name):
            return permit.__copy__()
    raise not_found(f"Permit: id={held(wanted, 'id')}")


@completing("InstanceType")
def _instance_type(call: Call, model: Any) -> None:
    memory = held(model, "memory") or 1 << 30
    said = held(model, "memory_policy")
    guaranteed, most = held(said, "guaranteed") or memory, held(said, "max") or 4 * memory
    put(model, memory=memory, creation_time=call.estate.timeline.date)
    put(model, memory_policy={"ballooning": "true", "guaranteed": guaranteed, "max": most})
