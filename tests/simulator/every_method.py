"""Every method of the API's facts, at every path: good and bad requests for it, made generically.

``python -m tests.simulator.every_method`` prints how many of them an engine answers by what is the
same for all types, and for how many it has a behaviour of its own.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rhev import facts, rules
from rhev.mapping.fields import FieldSpec, Kind, fields
from rhev.simulator import Engine
from rhev.simulator.documents.representations import collection
from rhev.simulator.engine import URL
from rhev.simulator.generic import hooks
from rhev.simulator.generic.inputs import ASSUMED
from rhev.simulator.generic.lifecycle import COURSES
from rhev.simulator.state.services import type_of
from rhev.simulator.state.values import blank, class_of
from rhev.simulator.wire import media
from rhev.transport.base import Request
from tests.simulator.asking import furnished, standing_still

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rhev.mapping.structure import Struct
    from rhev.transport.base import Response

VERBS = {"list": "GET", "get": "GET", "add": "POST", "update": "PUT", "remove": "DELETE"}
ABSENT = "b5d6a7c8-0000-4000-8000-000000000000"
WIRES = {"json": media.JSON, "xml": media.XML}
MALFORMED = {"json": b'{"name": ', "xml": b"<vm><name>"}


@dataclass(frozen=True)
class Place:
    """A method of a service, at a path of the facts."""

    path: str
    method: facts.Method

    def __str__(self) -> str:
        return f"{self.path} {self.method.name}"

    @property
    def service(self) -> facts.Service:
        return facts.services()[facts.paths()[self.path]]

    @property
    def type(self) -> str:
        """The type of what is at the path; the entry point's is no collection's."""
        return "Api" if self.path == "/" else type_of(self.service)

    @property
    def verb(self) -> str:
        return VERBS.get(self.method.name, "POST")

    @property
    def is_written(self) -> bool:
        """Whether the request has a body."""
        return self.verb in ("POST", "PUT")

    @property
    def needs(self) -> tuple[str, ...]:
        """The mandatory inputs, with those of the first of several ways to give them."""
        needs = rules.as_the_engine_does(self.service.name, self.method, self.path)
        assumed = ASSUMED.get(self.service.name) if self.method.name == "add" else None
        of_variant = needs.variants[0].mandatory if needs.variants else ()
        body = self.method.body
        own = (f"{body.name}.{assumed}.id",) if assumed and body else ()
        every = (*needs.mandatory, *self.method.mandatory, *of_variant, *own)
        return tuple(dict.fromkeys(every))


PLACES = [
    Place(path, method)
    for path, name in sorted(facts.paths().items())
    for method in facts.services()[name].methods.values()
]


class Client:
    """Sends what is made for a place to an engine, in one of the two wires."""

    def __init__(self, wire: str) -> None:
        self.engine = Engine.demo(clock=standing_still)
        self._wire = wire
        self._transport = self.engine.transport
        self._count = 0

    def good(self, place: Place) -> Response:
        """The answer to what asks for nothing that could not be."""
        document = self._document(place, "") if place.is_written else None
        return self._send(place, document)

    def bad(self, place: Place) -> Iterator[tuple[str, Response]]:
        """The answers to what is wrong in one way, with the way."""
        if "{id}" in place.path:
            document = self._document(place, "") if place.is_written else None
            yield "unknown id", self._send(place, document, to=self._url(place, absent=True))
        if place.is_written:
            yield "malformed", self._send(place, MALFORMED[self._wire])
            yield "nothing", self._send(place, self._sent(place, self._empty(place)))
            if any(need.endswith(".id") or ".id|" in need for need in place.needs):
                yield "unknown reference", self._send(place, self._document(place, ABSENT))
        elif place.verb == "GET":
            for wrong in ("follow=no.such.thing", "max=-1", "search=%29+%3D", "max=x"):
                yield wrong, self._send(place, None, query=f"?{wrong}")
        yield "no such wire", self._send(place, None, accept="text/csv")

    def _url(self, place: Place, *, absent: bool = False) -> str:
        concrete = furnished(self.engine, place.path)
        if absent and place.path.endswith("{id}"):
            concrete = f"{concrete.rpartition('/')[0]}/{ABSENT}"
        elif absent:
            owner, _, segment = concrete.rpartition("/")
            concrete = f"{owner.rpartition('/')[0]}/{ABSENT}/{segment}"
        return f"{concrete}/{place.method.segment}" if place.method.is_action else concrete

    def _send(
        self,
        place: Place,
        body: Struct | bytes | None,
        *,
        to: str = "",
        query: str = "",
        accept: str = "",
    ) -> Response:
        kind = WIRES[self._wire]
        content = body if isinstance(body, bytes) else kind.encode(body) if body else b""
        headers = {"Accept": accept or kind.content_type, "Content-Type": kind.content_type}
        url = f"{URL}{to or self._url(place)}{query}"
        return self._transport.send(Request(place.verb, url, headers, content))

    def _empty(self, place: Place) -> Struct:
        document: Struct = blank(class_of("Action" if place.method.is_action else place.type))
        return document

    def _sent(self, place: Place, document: Struct) -> Struct:
        """The document as it travels: some methods take a collection."""
        body = place.method.body
        is_list = body is not None and body.is_list and not place.method.is_action
        return collection(place.type, [document]) if is_list else document

    def _document(self, place: Place, reference: str) -> Struct:
        """What a method needs; ``reference`` is the id of all that it refers to, if given."""
        document = self._empty(place)
        for need in place.needs:
            name, *steps = need.split("|")[0].split(".")
            self._put(document, [name, *steps] if place.method.is_action else steps, reference)
        has_comment = "comment" in fields(type(document))
        if has_comment and (place.method.name == "update" or not place.needs):
            vars(document)["comment"] = "seen"
        return self._sent(place, document)

    def _put(self, document: Struct, steps: Sequence[str], reference: str) -> None:
        values = vars(document)
        for number, step in enumerate(steps):
            if step == "*":
                continue
            spec = fields(type(document)).get(step) or fields(type(document))[f"{step}_"]
            rest = steps[number + 1 :]
            if spec.kind is Kind.STRUCT:
                present = values.get(spec.name)
                inner = present[0] if isinstance(present, list) else present
                inner_class: type[Struct] = spec.type
                inner = inner or blank(inner_class)
                if rest:
                    self._put(inner, rest, reference)
                elif "id" in fields(inner_class):
                    inner.__dict__["id"] = reference or self._id_of(inner)
                values[spec.name] = [inner] if spec.is_list else inner
            else:
                value = self._value(document, spec, reference)
                values[spec.name] = [value] if spec.is_list else value
            return

    def _value(self, owner: Struct, spec: FieldSpec, reference: str) -> Any:
        if spec.name == "id":
            return reference or self._id_of(owner)
        if spec.kind is Kind.ENUMERATION:
            return next(iter(spec.type))
        self._count += 1
        texts = {"address": f"10.9.{self._count // 250}.{self._count % 250 + 1}", "path": "/data"}
        by_kind = {Kind.TEXT: texts.get(spec.name, f"made{self._count}"), Kind.BOOLEAN: True}
        return by_kind.get(spec.kind, 1)

    def _id_of(self, document: Struct) -> str:
        records = self.engine._estate.store.of_type(document.__api_name__)
        return next((record.id for record in records), ABSENT)


_BY_METHOD: dict[str, tuple[hooks.Hooks[str, Any], ...]] = {
    "add": (hooks.completing, hooks.finding, hooks.added),
    "update": (hooks.updating,),
    "remove": (hooks.removing,),
    "list": (hooks.showing,),
    "get": (hooks.showing,),
}
_BY_PLACE: dict[str, hooks.Hooks[tuple[str, str], Any]] = {
    "add": hooks.assigning,
    "remove": hooks.unassigning,
    "list": hooks.listing,
}


def has_its_own(place: Place) -> bool:
    """Whether the engine has something registered for the method of this type, or at this place."""
    name, api_type = place.method.name, place.type
    registered = any(api_type in registry for registry in _BY_METHOD.get(name, ()))
    acts = (api_type, name) in hooks.acting or (api_type, name) in hooks.guards
    moves = name not in ("list", "get") and any(c.action == name for c in COURSES.get(api_type, ()))
    *above, segment = [s for s in place.path.split("/") if s]
    return registered or acts or moves or _is_own_place(name, above, segment)


def _is_own_place(name: str, above: Sequence[str], segment: str) -> bool:
    if segment == "{id}":
        *above, segment = above
    path = "/" + "/".join(above)
    owner = type_of(facts.services()[facts.paths()[path]]) if above else ""
    return (owner, segment) in _BY_PLACE.get(name, {})


def counted() -> Counter[bool]:
    """How many methods at all paths have a behaviour of their own, and how many have not."""
    return Counter(place.path != "/" and has_its_own(place) for place in PLACES)


def main() -> None:
    count = counted()
    print(f"{len(PLACES)} methods at {len(facts.paths())} paths:", end=" ")
    print(f"{count[False]} behave generically, {count[True]} have a behaviour of their own")


if __name__ == "__main__":
    main()
