"""Templates and their versions: made of virtual machines, used by them, removed."""

from __future__ import annotations

from typing import Any

from rhev.simulator.behaviour.virtual_machines import (
    BLANK,
    DEFAULTS,
    add_usual_devices,
    check_settled,
    complete_memory,
    configuration,
    place,
)
from rhev.simulator.documents.presented import disks_of
from rhev.simulator.generic.copies import copy_devices, unlock
from rhev.simulator.generic.hooks import Call, added, completing, removing
from rhev.simulator.generic.lifecycle import check_idle, run, state_of
from rhev.simulator.generic.references import required
from rhev.simulator.state.refusals import FAILED, Refusal, conflict
from rhev.simulator.state.store import Record, reference
from rhev.simulator.state.values import fill, held, make, put


@completing("Template")
def _template(call: Call, model: Any) -> None:
    estate = call.estate
    vm = held(model, "vm")
    if vm is not None:
        source = required(estate.store, vm)
        if state_of(source) != "down":
            raise conflict("Cannot add Template. VM is locked or still running.")
        check_settled(estate, source, "add a template of")
        call.sources.append(source)
        like = configuration(source.model)
        put(like, description=None)
        fill(model, like)
    fill(model, make("Template", DEFAULTS))
    complete_memory(model)
    place(estate, model)
    put(model, creation_time=estate.timeline.date, status="locked")
    base = estate.store.record(held(model, "version.base_template"))
    if base is not None:
        others = estate.store.of_type("Template")
        numbers = [
            held(other.model, "version.version_number") or 1
            for other in others
            if held(other.model, "version.base_template.id") == base.id
        ]
        put(model, name=base.name)
        put(model.version, version_number=max(numbers, default=1) + 1)


@added("Template")
def _template_added(call: Call, record: Record) -> None:
    estate = call.estate
    version = {"version_name": "base version", "version_number": "1"}
    if held(record.model, "version") is None:
        put(record.model, version=version)
    if held(record.model, "version.base_template") is None:
        put(record.model.version, base_template=reference(record))
    attachments = held(record.model, "vm.disk_attachments") or []
    wanted = {held(each, "disk.id"): held(each, "disk") for each in attachments}
    put(record.model, vm=None)
    add_usual_devices(estate, record)
    copied = []
    for source in call.sources:
        copied += copy_devices(estate, source, record, wanted)
        if disks_of(estate, source):
            run(estate, source, "template")
    run(estate, record, "add", then=lambda: unlock(copied), times=1 if copied else 0)
    estate.write_down(40, f"Template {record.name} was created by {call.user}.", record)


@removing("Template")
def _template_removed(call: Call, record: Record) -> None:
    estate = call.estate
    if record.id == BLANK:
        raise Refusal(400, FAILED, "[Cannot remove Template. The blank one stays.]")
    check_idle(record, "remove")
    users = [
        vm.name for vm in estate.store.of_type("Vm") if held(vm.model, "template.id") == record.id
    ]
    if users:
        said = f"Template is being used by the following VMs: {', '.join(users)}."
        raise conflict(f"Cannot delete Template. {said}")

    def gone() -> None:
        for disk in disks_of(estate, record):
            estate.store.remove(disk)
        estate.store.remove(record)

    if disks_of(estate, record):
        call.kept.append(record)
        run(estate, record, "remove", then=gone)
