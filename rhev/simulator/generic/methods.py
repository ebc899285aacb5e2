"""The methods that every service has by the facts: list, get, add, update, remove, actions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rhev.mapping.fields import fields
from rhev.mapping.links import Links
from rhev.models.engine import CreationStatus
from rhev.simulator.documents import actions, contents
from rhev.simulator.documents.representations import (
    addressed,
    collection,
    relationship,
    represent,
)
from rhev.simulator.generic import books, checks, defaults, lifecycle, references
from rhev.simulator.generic.grants import grant_made
from rhev.simulator.generic.hooks import (
    Call,
    acting,
    added,
    assigning,
    completing,
    finding,
    look_first,
    removing,
    unassigning,
    updating,
)
from rhev.simulator.generic.parts import remove_whole
from rhev.simulator.generic.reads import UNFINISHED, Answer, get, list_members, presented
from rhev.simulator.generic.unresolved import MISSED, UNASSIGNED
from rhev.simulator.state import services
from rhev.simulator.state.journal import undoing
from rhev.simulator.state.places import ASSIGNED, MIRRORED, VIEWS, Assigned
from rhev.simulator.state.refusals import FAILED, Refusal, conflict, not_found
from rhev.simulator.state.store import Record, reference
from rhev.simulator.state.values import blank, class_of, held, merge, put

if TYPE_CHECKING:
    from collections.abc import Callable

    from rhev.mapping.structure import Struct


# Actions that are under way when they are answered, whatever was asked for.
ASYNCHRONOUS = frozenset(
    {
        ("Vm", "suspend"),
        ("Vm", "preview_snapshot"),
        ("Vm", "undo_snapshot"),
        ("Vm", "commit_snapshot"),
    }
)


# Collections in which nothing is said to have been created.
QUIET = frozenset(
    {
        ("AffinityGroup", "vms"),
        ("AffinityLabel", "vms"),
        ("Quota", "quotaclusterlimits"),
        ("Quota", "quotastoragelimits"),
        *(("SchedulingPolicy", units) for units in ("balances", "filters", "weights")),
    }
)
# Types whose ids are not the engine's to give: a permit is a well-known thing, a label is its id.
_BRING_IDS = frozenset({"NetworkLabel", "Permit"})


def answer(call: Call) -> Answer:
    """Does what a call asks for, and writes down what it changed. Raises Refusal."""
    name = call.method.name
    if name not in ("add", "update", "remove"):
        return _METHODS.get(name, act)(call)
    written = call.estate.written
    status, document = _METHODS[name](call)
    made = held(document, "id") if document is not None and name == "add" else None
    record = call.estate.store.find(call.target.type, made) if made else call.target.record
    job = books.done(call, record, is_written=call.estate.written > written)
    owner = call.target.owner.type if call.target.owner else ""
    tells = name == "remove" and actions.removal_names_job(call.target.type, owner)
    if tells and job is not None and document is not None:
        put(document, job=reference(job))
    return status, document


def add(call: Call) -> Answer:
    target, estate, body = call.target, call.estate, call.body
    if isinstance(body, list):
        made = [add(replace(call, body=entry))[1] for entry in body]
        return 201, collection(target.type, made)
    key = (target.owner.type if target.owner else "", target.segment)
    if (place := ASSIGNED.get(key)) is not None:
        return _assign(call, place)
    if (mirrored := MIRRORED.get(key)) is not None:
        label = references.required(estate.store, body)
        estate.store.assigned(label, mirrored[1])[call_owner(call).id] = call_owner(call)
        document = represent(estate, label)
        object.__setattr__(document, "_links", None)
        return 201, document
    references.without_names(body, "add")
    _without_relationships(call, body)
    view, parent = VIEWS.get(key), target.owner
    if view is not None and view.attribute is not None and target.owner is not None:
        own = reference(target.owner)
        is_list = fields(class_of(target.type))[view.attribute].is_list
        put(body, **{view.attribute: [own] if is_list else own})
        parent = None
    references.resolve(estate.store, body, "add")
    if (find_present := finding.get(target.type)) and (present := find_present(call, body)):
        return _made(call), presented(call, present, whole=True)
    checks.check_name(estate, target, body)
    put(body, id=held(body, "id") if target.type in _BRING_IDS else None, href=None)
    if complete := completing.get(target.type):
        complete(call, body)
    defaults.complete(target.type, body, target.owner)
    segment = view.home if view else target.segment
    record = estate.take_in(target.type, segment, body, parent=parent)
    call.access.own(record)
    grant_made(estate, record)
    if finish := added.get(target.type):
        finish(call, record)
    if lifecycle.state_of(record) in UNFINISHED and not record.course:
        lifecycle.run(estate, record, "add")
    document = presented(call, record, whole=True)
    contents.just_added(document, record)
    if target.type == "Vm" and lifecycle.state_of(record) in UNFINISHED:
        if call.flag("clone"):
            return 201, document
        _tell_of_creation(call, record, document)
        return 202, document
    return _made(call), document


def _users(call: Call, record: Record) -> list[Record]:
    """The machines that a disk is attached to."""
    if record.type != "Disk":
        return []
    store = call.estate.store
    return [vm for vm in store.of_type("Vm") if record.id in store.members(vm, "diskattachments")]


def _tell_of_creation(call: Call, record: Record, document: Any) -> None:
    """A machine whose disks are still being made says so, with a link to ask by."""
    links = dict(document.links)
    links["creation_status"] = f"{record.href}/creation_status/{call.estate.new_id()}"
    object.__setattr__(document, "_links", Links.from_pairs(record.href, links))
    vars(document)["creation_status"] = "pending"


def _made(call: Call) -> int:
    """The status of an addition."""
    owner = call.target.owner
    return 200 if owner is not None and (owner.type, call.target.segment) in QUIET else 201


def _assign(call: Call, place: Assigned) -> Answer:
    """Adds to an owner what lives elsewhere."""
    owner = call_owner(call)
    otherwise = UNASSIGNED.get((owner.type, call.target.segment), MISSED)
    record = references.required(call.estate.store, call.body, otherwise)
    present = call.estate.store.assigned(owner, call.target.segment)
    if record.id in present:
        what = checks.noun(record.type)
        raise conflict(f"Cannot add {what}. {record.name} is already there.")
    if check := assigning.get((owner.type, call.target.segment)):
        check(call, record)
    present[record.id] = record
    document = presented(call, record)
    if record.type == "Tag":
        put(document, description=held(record.model, "description"))
    if owner.type == "AffinityGroup":
        document = blank(class_of(record.type), id=record.id)
    return _made(call), document


def update(call: Call) -> Answer:
    record, body = call.record, call.body
    checks.check_immutable(record, body)
    references.without_names(body, "update")
    _without_relationships(call, body)
    defaults.without_reported(body)
    if record.type in lifecycle.COURSES:
        # A state is where a resource is, not what a request says.
        put(body, **{lifecycle.ATTRIBUTES.get(record.type, "status"): None})
    references.resolve(call.estate.store, body, "update")
    if held(body, "name") is not None:
        checks.check_name(call.estate, call.target, body, but=record)
    if change := updating.get(record.type):
        change(call, record)
    merge(record.model, body)
    document = presented(call, record, whole=True)
    contents.just_changed(document, _users(call, record))
    return 200, document


def remove(call: Call) -> Answer:
    target, record, estate = call.target, call.record, call.estate
    key = (target.owner.type if target.owner else "", target.segment)
    if key in ASSIGNED:
        if check := unassigning.get(key):
            check(call, record)
        # A role may be there by a permission instead.
        estate.store.assigned(call_owner(call), target.segment).pop(record.id, None)
    elif (mirrored := MIRRORED.get(key)) is not None:
        del estate.store.assigned(record, mirrored[1])[call_owner(call).id]
    else:
        if check := removing.get(record.type):
            check(call, record)
        if record not in call.kept:
            remove_whole(estate.store, record)
    return 200, blank(class_of("Action"), status=CreationStatus.COMPLETE)


def act(call: Call) -> Answer:
    """An action: by its own handler, by the table of states, or else as if it were done."""
    record = call.target.record
    document = call.body
    try:
        look_first(call)
        with undoing():
            if record is None:
                pass
            elif handler := acting.get((record.type, call.method.name)):
                handler(call, record)
            else:
                lifecycle.run(call.estate, record, call.method.name)
    except Refusal as refused:
        if refused.reason != FAILED or refused.status == 404 or record is None:
            raise
        books.refused(call, record, refused.detail)
        detail = {"detail": refused.detail} if refused.detail else {}
        put(document, fault=blank(class_of("Fault"), reason=refused.reason, **detail))
        put(document, status="failed")
        return refused.status, document
    put(document, **call.result)
    until = record.until if record is not None else 0.0
    key = (call.target.type, call.method.name)
    job = call.estate.begun_job(_description(call), until)
    if actions.names_job(*key):
        put(document, job=reference(job))
    if record is not None and _is_asynchronous(call, record):
        return 202, _pending(call, record, document)
    if record is not None and actions.shows_resource(*key):
        named = defaults.snake(record.type)
        shown_there = addressed(record, call.target.owner, call.target.segment)
        if (more := call.result.get(named)) is not None:
            put(shown_there, **{n: v for n, v in vars(more).items() if n not in ("id", "href")})
        put(document, **{named: shown_there})
    waits = call.flag("async")
    if actions.says_status(*key):
        put(document, status="pending" if waits else "complete")
    return (202 if waits else 200), document


def _is_asynchronous(call: Call, record: Record) -> bool:
    """Whether an action goes on after its answer: with snapshots, where there are disks."""
    if (record.type, call.method.name) not in ASYNCHRONOUS:
        return False
    has_disks = bool(call.estate.store.members(record, "diskattachments"))
    return has_disks or call.method.name == "suspend"


def _pending(call: Call, record: Record, document: Struct) -> Struct:
    """An action that can be looked at by an id of its own while it is under way."""
    base = f"{record.href}/{call.method.name.replace('_', '')}"
    id_ = f"{call.estate.new_id()}%2C{call.estate.new_id()}"
    put(document, async_=True, status="pending", id=id_, href=f"{base}/{id_}")
    links = Links.from_pairs(record.href, {"parent": record.href, "replay": base})
    object.__setattr__(document, "_links", links)
    return document


def _description(call: Call) -> str:
    words = call.method.name.replace("_", " ").capitalize()
    name = f" {call.target.record.name}" if call.target.record else ""
    return f"{words} {checks.noun(call.target.type)}{name}"


def call_owner(call: Call) -> Record:
    """The resource that the collection of the call belongs to."""
    if call.target.owner is None:
        raise not_found(call.target.path)
    return call.target.owner


def _without_relationships(call: Call, body: Struct) -> None:
    """Drops what is not an attribute but the members of a collection below the resource."""
    service = call.target.service
    if call.target.is_collection:
        service = services.member(service) or service
    for name in list(body.__dict__):
        spec = fields(type(body))[name]
        is_rel = relationship(type(body), spec) in services.relationships(service)
        if is_rel and spec.is_list and (call.target.type, name) not in references.CONTENTS:
            del vars(body)[name]


_METHODS: dict[str, Callable[[Call], Answer]] = {
    "list": list_members,
    "get": get,
    "add": add,
    "update": update,
    "remove": remove,
}
