"""An estate from what an engine was heard to say: the documents of recorded answers.

What can be read of a resource is put together from all the answers that have it. Of a collection
that was listed whole, what every engine comes with is taken away where the recorded one had not got
it. What an engine works out, as its statistics, is worked out here as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from rhev.codecs import json, xml
from rhev.errors import ParseError
from rhev.mapping.fields import fields
from rhev.mapping.resources import BaseResource, BaseResources
from rhev.simulator.documents.representations import relationship
from rhev.simulator.state import services
from rhev.simulator.state.places import ASSIGNED, COMPUTED, MIRRORED, VIEWS, members_of
from rhev.simulator.state.store import ROOT, Record, reference
from rhev.simulator.state.values import blank, class_of, collection_of, held, put
from rhev.transport.cassette import Cassette

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from os import PathLike

    from rhev import facts
    from rhev.mapping.structure import Struct
    from rhev.simulator.state.estate import Estate
    from rhev.transport.cassette import Recorded

# Parameters that leave the members of a collection as they are.
_HARMLESS = frozenset({"all_content", "follow", "current", "case_sensitive", "filter"})
_VERSION = f"{ROOT}/v4"
# What an engine works out, unless it was recorded.
_AS_RECORDED = frozenset({"reporteddevices"})
# What is only shown of a resource where it is assigned to another.
_KEPT = {"StorageDomain": ("status",)}


def load(estate: Estate, path: str | PathLike[str]) -> None:
    """Puts what a cassette tells into a new engine's estate. Raises ParseError for none."""
    heard = Heard()
    for exchange in Cassette.load(path).exchanges:
        heard.listen(exchange)
    if not heard.places:
        raise ParseError(f"{path} has no document of an engine's: no GET of its API was answered")
    heard.settle(estate)


@dataclass
class Place:
    """A collection: what is in it, in order, and whether that is all."""

    path: str
    api_type: str
    service: facts.Service
    members: dict[str, Any] = field(default_factory=dict)
    whole: bool = False


@dataclass
class Heard:
    """All that was heard, by the paths of collections."""

    places: dict[str, Place] = field(default_factory=dict)
    product: Any = None
    time: datetime | None = None

    def listen(self, exchange: Recorded) -> None:
        """Takes in what the answer to a request tells, if it tells anything."""
        parts = urlsplit(exchange.url)
        path = unquote(parts.path).partition(";")[0].rstrip("/")
        if path.startswith(f"{_VERSION}/") or path == _VERSION:
            path = ROOT + path.removeprefix(_VERSION)
        known = exchange.method == "GET" and exchange.status == 200
        if not known or not (path == ROOT or path.startswith(f"{ROOT}/")):
            return
        found = _service(path)
        if found is None:
            return
        service, is_member = found
        decoded = _decoded(exchange, services.type_of(service), is_member)
        if path == ROOT:
            self.product = held(decoded, "product_info") or self.product
            self.time = held(decoded, "time") or self.time
        elif decoded is not None:
            asked = dict(parse_qsl(parts.query, keep_blank_values=True))
            members = [decoded] if is_member else decoded
            followed = {way.partition(".")[0].strip() for way in asked.get("follow", "").split(",")}
            for member in members if "follow" in asked else ():
                at = path if is_member else f"{path}/{held(member, 'id')}"
                self._hear_followed(at, services.member(service), member, followed)
            whole = not is_member and asked.keys() <= _HARMLESS
            self._hear(path.rpartition("/")[0] if is_member else path, service, members, whole)

    def _hear(self, path: str, service: facts.Service, members: Iterable[Any], whole: bool) -> None:
        place = self.places.get(path)
        if place is None:
            place = self.places[path] = Place(path, services.type_of(service), service)
        if whole:  # as it is now, and in this order
            before, place.members, place.whole = place.members, {}, True
        else:
            before = place.members
        for member in members:
            id_ = held(member, "id")
            if id_ is None:
                continue
            _forget_what_is_worked_out(member)
            known = before.get(id_)
            if known is not None:
                vars(known).update(vars(member))
            place.members[id_] = known if known is not None else member

    def _hear_followed(
        self, path: str, service: facts.Service | None, member: Struct, followed: set[str]
    ) -> None:
        """Takes out of a resource what was inlined, and hears that by itself."""
        rels = services.relationships(service) if service is not None else ()
        wanted = {name.replace("_", "").lower() for name in followed}
        for name, spec in fields(type(member)).items():
            value, rel = held(member, name), relationship(type(member), spec)
            if isinstance(value, BaseResource) and rel in wanted:
                vars(member)[name] = _bare(value)
            elif isinstance(value, list) and rel in rels and rel in wanted:
                del vars(member)[name]
                self._hear(f"{path}/{rel}", services.below(service, rel), value, whole=False)
            elif isinstance(value, list) and rel in wanted:
                vars(member)[name] = [_bare(each) for each in value]

    def settle(self, estate: Estate) -> None:
        """Has an estate be what was heard."""
        if self.product is not None:
            estate.product = self.product
        if self.time is not None:
            estate.timeline.advance(max(0.0, self.time.timestamp() - estate.timeline.now))
        records: dict[str, Record] = {}
        added: set[Record] = set()
        places = sorted(self.places.values(), key=_order)
        for place in places:
            owner_path, _, segment = place.path.rpartition("/")
            owner = records.get(owner_path)
            if owner is None and owner_path != ROOT:
                continue
            if owner is None and place.whole:
                for record in list(members_of(estate.store, None, segment).values()):
                    if record.id not in place.members:
                        estate.store.remove(record)
            for id_, model in place.members.items():
                put = _put(estate, owner, segment, place.api_type, model)
                if put is not None:
                    records.setdefault(f"{place.path}/{id_}", put)
                    added.add(put)
        _take_away_what_refers_to_nothing(estate, added)
        numbers = [int(key) for key in estate.events if key.isdigit()]
        estate.events.go_on([], max([*numbers, estate.events.last]))


def _forget_what_is_worked_out(member: Struct) -> None:
    """Takes out of a machine how another engine would be told of it."""
    said = held(member, "initialization")
    if said is not None and vars(said).pop("configuration", None) is not None and not vars(said):
        del vars(member)["initialization"]


def _bare(value: Any) -> Any:
    """A reference to what was inlined."""
    kept = {name: held(value, name) for name in ("href", "id") if held(value, name) is not None}
    return blank(type(value), **kept)


def _order(place: Place) -> tuple[int, bool]:
    """What others belong to goes first, and what says more of a thing before what says less.

    Where the permissions of a resource are listed, each says that it is for that, although it may
    be for more. Those of users and groups say what they are for.
    """
    is_vague = place.api_type == "Permission" and not _HOLDERS.search(place.path)
    return place.path.count("/"), is_vague


_HOLDERS = re.compile(r"/(users|groups)/[^/]+/permissions$")


def _service(path: str) -> tuple[facts.Service, bool] | None:
    """The service of a path's collection, and whether the path is that of a member of it."""
    service = services.entry_point()
    if path == ROOT:
        return service, True
    segments = path.removeprefix(f"{ROOT}/").split("/")
    for number, segment in enumerate(segments):
        if number % 2:
            member = services.member(service)
            if member is None:
                return None
            if number == len(segments) - 1:
                return service, True
            service = member
        elif segment in services.relationships(service):
            service = services.below(service, segment)
        else:
            return None
    return service, False


def _decoded(exchange: Recorded, api_type: str, is_member: bool) -> Any:
    """What a document tells; None where it is none of the kind that it should be."""
    body = exchange.body.strip()
    cls: type[Struct] | None
    if not api_type:
        cls = class_of("Api")
    else:
        try:
            cls = class_of(api_type) if is_member else collection_of(api_type)
        except KeyError:
            return None
    if cls is None or not body.startswith(("<", "{")):
        return None
    codec: Any = xml if body.startswith("<") else json
    try:
        decoded = codec.decode(body.encode(), cls)
    except ParseError:
        return None
    return list(decoded) if isinstance(decoded, BaseResources) else decoded


def _put(
    estate: Estate, owner: Record | None, segment: str, api_type: str, model: Any
) -> Record | None:
    """Has a resource be where it was seen; None for what is worked out there."""
    store = estate.store
    if owner is None:
        present = store.members(None, segment).get(model.id)
        if present is None:
            return estate.take_in(api_type, segment, model)
        _replace(present, model)
        return present
    key = (owner.type, segment)
    if (assigned := ASSIGNED.get(key)) is not None:
        record = _at_home(estate, assigned.home, api_type, model)
        store.assigned(owner, segment)[record.id] = record
        return record
    if (mirrored := MIRRORED.get(key)) is not None:
        record = _at_home(estate, mirrored[0], api_type, model)
        store.assigned(record, mirrored[1])[owner.id] = owner
        return record
    if api_type == "Permission":
        known = store.find(api_type, model.id)
        return known or _at_home(estate, "permissions", api_type, model)
    if (view := VIEWS.get(key)) is not None:
        if view.attribute is not None and held(model, view.attribute) is None:
            is_list = fields(class_of(api_type))[view.attribute].is_list
            mine = reference(owner)
            vars(model)[view.attribute] = [mine] if is_list else mine
        return _at_home(estate, view.home, api_type, model)
    if key in COMPUTED and segment not in _AS_RECORDED:
        return store.find(api_type, model.id)
    present = store.members(owner, segment).get(model.id)
    if present is not None:
        _replace(present, model)
        return present
    return estate.take_in(api_type, segment, model, parent=owner)


def _at_home(estate: Estate, home: str, api_type: str, model: Any) -> Record:
    """The resource that lives in a collection of the entry point, and was seen elsewhere."""
    present = estate.store.members(None, home).get(model.id)
    if present is None:
        return estate.take_in(api_type, home, model)
    # Each other address shows more of it that is not its own.
    for name in _KEPT.get(api_type, ()):
        if held(model, name) is not None:
            put(present.model, **{name: held(model, name)})
    return present


def _replace(record: Record, model: Any) -> None:
    values = dict(vars(model))
    put(record.model, **{**dict.fromkeys(vars(record.model)), **values, "href": record.href})


def _take_away_what_refers_to_nothing(estate: Estate, heard: set[Record]) -> None:
    """Removes what every engine comes with where what it is for was not there."""
    store = estate.store
    entry_point = services.entry_point()
    for segment in services.relationships(entry_point):
        for record in list(store.members(None, segment).values()):
            if record not in heard and any(_is_lost(store, each) for each in _references(record)):
                store.remove(record)


def _references(record: Record) -> Iterator[BaseResource]:
    for value in vars(record.model).values():
        if isinstance(value, BaseResource):
            yield value


def _is_lost(store: Any, value: BaseResource) -> bool:
    return held(value, "id") is not None and store.record(value) is None
