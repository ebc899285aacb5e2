"""The order in which documents are carried out: what is referred to comes before what refers to it.

A document is carried out in parts: the resource itself, and each collection that is nested in it.
So a data center can come first, then a host in it, a storage domain by that host, and last that the
data center takes in the storage domain.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from rhev import errors
from rhev.applying.documents import Wanted, key_of, members
from rhev.applying.shapes import BRINGS, nested, shape_of
from rhev.mapping.resources import BaseResource
from rhev.mapping.structure import Struct

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

# A type, and what a resource of it goes by.
Name = tuple[str, str]
# Where what is taken in can be used only when it is.
_COMPLETING = frozenset({("DataCenter", "storage_domains"), ("Cluster", "networks")})


class Cyclic(errors.Error):
    """Documents that refer to each other, so that none of them can come first."""


class SaidTwice(errors.Error):
    """Two documents of one and the same resource."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a document: the resource itself, or what is nested in one of its attributes."""

    document: Wanted
    attribute: str | None = None

    @property
    def label(self) -> str:
        """What it is called in messages."""
        what = f"{self.attribute} of " if self.attribute else ""
        where = f" ({self.document.where})" if self.document.where else ""
        return f"{what}{self.document.label}{where}"


@dataclass
class _Graph:
    parts: list[Part] = field(default_factory=list)
    # What cannot be done before something else, and what had better not be, by number.
    needs: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    prefers: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    makes: dict[Name, list[int]] = field(default_factory=lambda: defaultdict(list))
    completes: dict[Name, list[int]] = field(default_factory=lambda: defaultdict(list))
    of_document: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))


def in_order(documents: Sequence[Wanted]) -> tuple[Part, ...]:
    """The parts of documents, in the order in which they can be carried out.

    It is that of the documents wherever it may be. Raises Cyclic, and SaidTwice.
    """
    _check_said_once(documents)
    graph = _Graph()
    for document in documents:
        _enter(graph, document)
    for number, part in enumerate(graph.parts):
        for name in _referred(part):
            _depend(graph, number, name)
    return tuple(_sorted(graph))


def promised(documents: Iterable[Wanted]) -> set[Name]:
    """The types and names of all that documents make."""
    graph = _Graph()
    for document in documents:
        _enter(graph, document)
    return set(graph.makes)


def _check_said_once(documents: Sequence[Wanted]) -> None:
    seen: dict[Hashable, Wanted] = {}
    for document in documents:
        scope = shape_of(document.type).scope
        held = vars(document.model).get(scope) if scope else None
        owner = held if isinstance(held, BaseResource) else None
        within = str(sorted(vars(held).items())) if isinstance(held, Struct) and not owner else ""
        key = (document.label, key_of(owner) if owner is not None else within)
        if key_of(document.model) is not None and key in seen:
            first = seen[key]
            places = " and ".join(filter(None, (first.where, document.where)))
            raise SaidTwice(f"{document.label} is there twice{f': {places}' if places else ''}")
        seen[key] = document


def _enter(graph: _Graph, document: Wanted) -> None:
    body = _add(graph, Part(document))
    _make(graph, document.model, body)
    siblings = graph.of_document[body]
    siblings.append(body)
    for attribute, collection in nested(type(document.model)).items():
        if not vars(document.model).get(attribute):
            continue
        number = _add(graph, Part(document, attribute))
        graph.needs[number].add(body)
        siblings.append(number)
        for member in members(document.model, attribute):
            if not collection.assigns:
                _make(graph, member, number)
            elif (document.type, attribute) in _COMPLETING and (key := key_of(member)):
                graph.completes[member.__api_name__, key].append(number)


def _add(graph: _Graph, part: Part) -> int:
    graph.parts.append(part)
    return len(graph.parts) - 1


def _make(graph: _Graph, model: BaseResource, number: int) -> None:
    held = vars(model)
    for attribute in ("name", "alias", "user_name", "id"):
        if isinstance(name := held.get(attribute), str):
            graph.makes[model.__api_name__, name].append(number)


def _referred(part: Part) -> Iterator[Name]:
    model = part.document.model
    collections = nested(type(model))
    if part.attribute is not None:
        assigns = collections[part.attribute].assigns
        for member in members(model, part.attribute):
            if assigns:
                yield from _names(member)
            yield from _within(member)
        return
    for owner in part.document.under:
        yield from _names(owner)
    for name, value in vars(model).items():
        if name not in collections:
            yield from _values(value)


def _values(value: object) -> Iterator[Name]:
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, BaseResource):
            yield from _names(entry)
        if isinstance(entry, Struct):
            yield from _within(entry)


def _within(model: Struct) -> Iterator[Name]:
    for value in vars(model).values():
        yield from _values(value)


def _names(reference: BaseResource) -> Iterator[Name]:
    held = vars(reference)
    for attribute in ("name", "alias", "user_name", "id"):
        if isinstance(name := held.get(attribute), str):
            yield reference.__api_name__, name


def _depend(graph: _Graph, number: int, name: Name) -> None:
    api_name, called = name
    brought = BRINGS.get(api_name)
    alike = [name, *([(brought, called)] if brought is not None else [])]
    for each in alike:
        for maker in graph.makes.get(each, ()):
            if graph.parts[maker].document is graph.parts[number].document:
                continue
            graph.needs[number].add(maker)
            graph.prefers[number].update(graph.of_document.get(maker, ()))
        graph.prefers[number].update(graph.completes.get(each, ()))


def _sorted(graph: _Graph) -> Iterator[Part]:
    """Of what can be done the first for which nothing is amiss, or else the first."""
    parts = range(len(graph.parts))
    needs = [len(graph.needs[number]) for number in parts]
    prefers = [len(graph.prefers[number] - {number}) for number in parts]
    waiters: dict[int, list[tuple[list[int], int]]] = defaultdict(list)
    for number in parts:
        for before in graph.needs[number]:
            waiters[before].append((needs, number))
        for before in graph.prefers[number] - {number}:
            waiters[before].append((prefers, number))
    free = [number for number in parts if not needs[number] and not prefers[number]]
    able = [number for number in parts if not needs[number]]
    left = set(parts)
    while left:
        best = _first(free, left)
        if best is None:
            best = _first(able, left)
        if best is None:
            raise Cyclic(_told(graph, left))
        left.discard(best)
        yield graph.parts[best]
        for counts, waiter in waiters[best]:
            counts[waiter] -= 1
            if not needs[waiter]:
                heappush(able if prefers[waiter] else free, waiter)


def _first(heap: list[int], left: set[int]) -> int | None:
    while heap:
        number = heappop(heap)
        if number in left:
            return number
    return None


def _told(graph: _Graph, left: set[int]) -> str:
    """A cycle among what is left, each of which needs another."""
    path: list[int] = []
    number = min(left)
    while number not in path:
        path.append(number)
        number = min(graph.needs[number] & left)
    cycle = [*path[path.index(number) :], number]
    chain = ", which needs ".join(graph.parts[each].label for each in cycle)
    return f"these need each other: {chain}; leave one reference out, and add it afterwards"
