"""How the tests ask an engine: in JSON, in process, with a clock that stands still."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from rhev import facts
from rhev.mapping.fields import fields
from rhev.simulator.engine import URL
from rhev.simulator.state.places import ASSIGNED, VIEWS, members_of
from rhev.simulator.state.services import below, member, type_of
from rhev.simulator.state.store import Record, reference
from rhev.simulator.state.values import class_of, put
from rhev.transport.base import Request, Response

if TYPE_CHECKING:
    from rhev.simulator import Engine

NOON = 1_700_000_000.0


def standing_still() -> float:
    return NOON


class Asker:
    """Sends requests to an engine and gives back the status and what JSON holds."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._transport = engine.transport

    def send(
        self,
        method: str,
        path: str,
        document: object = None,
        *,
        content: bytes | None = None,
        headers: dict[str, str] | None = None,
        query: dict[str, object] | None = None,
    ) -> Response:
        if content is None:
            content = b"" if document is None else json.dumps(document).encode()
        kind = {"Accept": "application/json", "Content-Type": "application/json"}
        url = f"{URL}{path}" + (f"?{urlencode(query)}" if query else "")
        return self._transport.send(Request(method, url, {**kind, **(headers or {})}, content))

    def __call__(
        self, method: str, path: str, document: object = None, **query: object
    ) -> tuple[int, Any]:
        response = self.send(method, path, document, query=query)
        is_json = "json" in response.headers.get("content-type", "")
        return response.status, json.loads(response.content) if is_json else None

    def get(self, path: str, **query: object) -> Any:
        status, document = self("GET", path, **query)
        assert status == 200, (path, status, document)
        return document

    def add(self, path: str, document: object, **query: object) -> Any:
        status, added = self("POST", path, document, **query)
        assert status in (201, 202), (path, status, added)
        return added

    def change(self, path: str, document: object) -> Any:
        status, changed = self("PUT", path, document)
        assert status == 200, (path, status, changed)
        return changed

    def act(self, path: str, document: object = None) -> Any:
        status, action = self("POST", path, document or {})
        assert status == 200, (path, status, action)
        return action

    def names(self, path: str, **query: object) -> list[str]:
        document = self.get(path, **query)
        return [entry["name"] for entries in document.values() for entry in entries]

    def path(self, collection: str, name: str) -> str:
        """The path of the member of a collection that has a name."""
        for entries in self.get(collection).values():
            for entry in entries:
                if entry.get("name") == name:
                    return f"{collection}/{entry['id']}"
        raise LookupError(f"no {name} in {collection}")


def furnished(engine: Engine, path: str) -> str:
    """A path of the facts with the ids of resources in it, which are made where there are none."""
    estate = engine._estate
    service, owner = facts.services()["SystemService"], None
    concrete = []
    segments = iter(path.strip("/").split("/"))
    for segment in filter(None, segments):
        service = below(service, segment)
        concrete.append(segment)
        if next(segments, None) is None:
            break
        if segment == "statistics":
            concrete.append("absent")
            break
        members = members_of(estate.store, owner, segment)
        if not members:
            _made(engine, owner, segment, type_of(service))
            members = members_of(estate.store, owner, segment)
        # A directory has other ids than the engine for those that it has taken in.
        key, record = next(iter(members.items()))
        concrete.append(key)
        service, owner = member(service) or service, record
    return "/" + "/".join(concrete)


def _made(engine: Engine, owner: Record | None, segment: str, api_type: str) -> Record:
    estate = engine._estate
    key = (owner.type if owner else "", segment)
    if owner is not None and (assigned := ASSIGNED.get(key)):
        home = members_of(estate.store, None, assigned.home)
        record = next(iter(home.values()), None) or estate.add(api_type, assigned.home, {})
        estate.store.assigned(owner, segment)[record.id] = record
        return record
    if segment == "affinitylabels" and owner is not None:
        label = next(iter(members_of(estate.store, None, segment).values()))
        estate.store.assigned(label, f"{owner.type.lower()}s")[owner.id] = owner
        return label
    if owner is not None and (owner.type, segment) == ("HostNic", "networkattachments"):
        record = estate.add(api_type, segment, {}, parent=owner.parent)
        put(record.model, host_nic=reference(owner))
        return record
    if owner is not None and owner.type == "Domain":
        record = estate.add(api_type, segment, {"domain_entry_id": "656E747279"})
        put(record.model, domain=reference(owner))
        return record
    if owner is not None and (view := VIEWS.get(key)) and view.attribute:
        record = estate.add(api_type, view.home, {})
        is_list = fields(class_of(api_type))[view.attribute].is_list
        put(record.model, **{view.attribute: [reference(owner)] if is_list else reference(owner)})
        return record
    return estate.add(api_type, segment, {}, parent=owner)
