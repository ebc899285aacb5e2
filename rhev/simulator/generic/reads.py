"""What is read: the members of a collection, a resource, and what is followed of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rhev.mapping.structure import Struct
from rhev.simulator.documents import contents
from rhev.simulator.documents.presented import COMPUTED_MEMBERS, SOUGHT, computed_member
from rhev.simulator.documents.representations import (
    alone,
    collection,
    entry_point,
    follow,
    listed,
    records,
    shown,
)
from rhev.simulator.generic import lifecycle
from rhev.simulator.generic.access import OWNED
from rhev.simulator.generic.hooks import Call, listing, showing
from rhev.simulator.search import find
from rhev.simulator.state.refusals import FAILED, Refusal, broken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rhev.simulator.state.store import Record

# The status of the response, and its document if it has one.
Answer = tuple[int, Struct | None]

# States that say that the engine is not yet done with what was added.
UNFINISHED = frozenset({"locked", "image_locked", "unassigned", "initializing", "starting"})

# Types of which a query finds none, though the facts have no queries of theirs.
UNSOUGHT = frozenset({"VnicProfile"})

# Types of which all are listed, whatever is asked for at most.
UNLIMITED = frozenset({"ClusterLevel", "OperatingSystemInfo"})

# An engine reads it as a number of 32 bits, or else not at all.
_MOST_FROM = 2**31


def list_members(call: Call) -> Answer:
    """The members of a collection that a call asks for. Raises Refusal."""
    target, estate = call.target, call.estate
    if check := listing.get((target.owner.type if target.owner else "", target.segment)):
        check(call)
    searched = any(p.name == "search" for p in call.method.parameters)
    limit = _limit(call, searched)
    whole = call.flag("all_content")

    def show(record: Record) -> Any:
        return listed(estate, record, target.owner, target.segment, whole=whole)

    if (compute := COMPUTED_MEMBERS.get(target.segment)) and target.owner is not None:
        return _listed(call, compute(estate, target.owner)[:limit])
    found: Sequence[Record] = (
        _events(call) if target.type == "Event" else records(estate, target.owner, target.segment)
    )
    if call.access.is_filtered and target.type in OWNED:
        found = [one for one in found if call.access.sees(target.type, one.id)]
    if call.flag("unregistered"):
        found = []  # what is on the storage and not known to the engine
    if searched and (target.type != "Disk" or "search" in call.query):
        text, case_sensitive = call.query.get("search", ""), call.flag("case_sensitive")
        look = show if target.type in SOUGHT else model_of
        found = find(estate, target.type, found, text, case_sensitive, limit, look)
    elif target.type in UNSOUGHT and call.query.get("search"):
        found = []
    # The root of the tags, which comes last, is not counted.
    root = found[-1:] if target.type == "Tag" and target.owner is None else []
    found = found[: len(found) - len(root)][:limit] if root else found[:limit]
    return _listed(call, [show(record) for record in (*found, *root)])


def _limit(call: Call, searched: bool) -> int | None:
    """How many members are listed at most. Raises Refusal for what is no count in a search."""
    limit = call.number("max") if call.target.type not in UNLIMITED else None
    if limit is None or limit >= 0:
        return limit
    if searched:
        raise Refusal(400, FAILED, f"max is {limit}, which is no count")
    return None


def _listed(call: Call, documents: list[Any]) -> Answer:
    for document in documents:
        call.access.limit(document, briefly="migration_target_of" in call.query)
    if appear := showing.get(call.target.type):
        for document in documents:
            appear(call, document)
    if call.flag("all_content"):
        for document in documents:
            contents.describe(document)
    _follow(call, documents)
    return 200, collection(call.target.type, documents)


def model_of(record: Record) -> Any:
    """What is held of a record."""
    return record.model


def _events(call: Call) -> Sequence[Record]:
    """Events, the newest first. A ``from`` that is no number of the engine's leaves out none."""
    text = call.query.get("from", "")
    start = int(text) if text.isascii() and text.isdigit() else 0
    return call.estate.events.newest(start if start < _MOST_FROM else 0)


def get(call: Call) -> Answer:
    """What a call asks for by its address. Raises Refusal."""
    target, estate = call.target, call.estate
    if target.record is None and not target.member:
        document = entry_point(estate, call.user)
    elif target.member:
        document = computed_member(estate, target.owner, target.segment, target.member)
        if document is None:
            raise Refusal(404)
    else:
        document = alone(presented(call, call.record), call.record, target.owner)
    _follow(call, [document])
    return 200, document


def presented(call: Call, record: Record, *, whole: bool = False) -> Any:
    """A resource as whoever calls may see it; ``whole`` where all of it is told."""
    everything = call.flag("all_content")
    whole = whole or everything
    document = shown(call.estate, record, call.target.owner, call.target.segment, whole=whole)
    if show := showing.get(record.type):
        show(call, document)
    # A machine that is still being made is not described yet.
    if everything or (whole and lifecycle.state_of(record) not in UNFINISHED):
        contents.describe(document)
    call.access.limit(document)
    return document


def _follow(call: Call, documents: Sequence[Any]) -> None:
    if paths := call.query.get("follow"):
        try:
            for document in documents:
                follow(call.estate, document, paths.split(","))
        except LookupError as error:
            raise broken(str(error)) from None
