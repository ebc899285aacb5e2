"""What was sent to a real engine, read as a client's user would have written it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from rhev import facts, relations
from rhev.mapping.fields import fields
from rhev.rules import Problem, validate
from rhev.simulator.state.values import class_of, collection_of
from rhev.simulator.wire import media

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rhev.mapping.structure import Struct

FOLDER = Path(__file__).parents[3] / "shared" / "recordings" / "engine-4.5.7"
FILES = (
    *("writes", "writes-live", "faults", "search"),
    *("sdk", "ansible-present", "ansible-absent", "rhev"),
)
_ROOT = re.compile(r"^/ovirt-engine/api(?:/v4)?")


@dataclass(frozen=True)
class Place:
    """What answers at a path: ``type`` is the API's, ``base`` that of what is above it."""

    service: facts.Service
    type: str
    base: str
    action: facts.Method | None = None


@dataclass(frozen=True)
class Sent:
    """One add, update or action that was recorded, and the engine's answer."""

    file: str
    verb: str
    path: str
    content: str
    media_type: str
    status: int
    answer: str
    place: Place
    method: facts.Method

    def __str__(self) -> str:
        path = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "{id}", self.path)
        return f"{self.file}: {self.verb} {path} {' '.join(self.content.split())[:120]}"

    def body(self) -> Any:
        """The models that a user would have written. Raises Refusal where there are none."""
        cls = class_of("Action" if self.method.is_action else self.place.type)
        if not self.content:
            return cls()
        sent = media.sent({"Content-Type": self.media_type})
        return sent.decode(self.content.encode(errors="surrogateescape"), cls)

    def problems(self) -> list[Problem]:
        """What keeps the client from sending it. Raises Refusal where it cannot be written."""
        body = self.body()
        if not self.method.is_action:
            base = self.place.base if self.method.name == "add" else None
            found = validate(body, self.method.name, base=base)
        else:
            inputs = {name: body.__dict__.get(name) for name in fields(class_of("Action"))}
            found = validate(self._acted_on(), self.method.name, inputs)
        return [problem for problem in found if problem.severity == "error"]

    def _acted_on(self) -> Struct:
        cls = collection_of(self.place.type)
        if cls is not None and self.place.service.is_collection:
            return cls()
        return class_of(self.place.type)()


@cache
def everything_sent() -> tuple[Sent, ...]:
    """Every recorded POST and PUT to a path and method of the API."""
    return tuple(_recorded())


def _recorded() -> Iterator[Sent]:
    for file in FILES:
        path = FOLDER / f"{file}.jsonl"
        for line in path.read_text().splitlines() if path.exists() else ():
            exchange = json.loads(line)
            if exchange["method"] in ("POST", "PUT") and (sent := _sent(file, exchange)):
                yield sent


def _sent(file: str, exchange: Mapping[str, Any]) -> Sent | None:
    path = _ROOT.sub("", urlsplit(exchange["url"]).path)
    place = _place(path.partition(";")[0])
    if place is None:
        return None
    name = "add" if exchange["method"] == "POST" else "update"
    method = place.action or place.service.methods.get(name)
    if method is None:
        return None
    headers = {key.lower(): value for key, value in (exchange["request_headers"] or {}).items()}
    return Sent(
        file,
        exchange["method"],
        path,
        exchange["request_body"] or "",
        headers.get("content-type", "application/xml"),
        exchange["status"],
        exchange["body"] or "",
        place,
        method,
    )


def _place(path: str) -> Place | None:
    service = facts.services()[facts.paths()["/"]]
    base = type_ = relations.ENTRY_POINT
    for segment in filter(None, path.split("/")):
        if segment in service.actions:
            return Place(service, type_, base, service.actions[segment])
        name = service.locators.get(segment) or service.locators.get("{id}")
        if name is None:
            return None
        if not service.is_collection:
            base = type_
        service = facts.services()[name]
        type_ = service.type or type_
    return Place(service, type_, base)
