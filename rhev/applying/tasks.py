"""What is to be done for a document, one change after the other.

Each part of a document is a generator that yields its tasks and is sent what came of each; a dry
run sends nothing, and the rest is then told by what there will be.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from rhev import errors, relations
from rhev.applying import shapes
from rhev.applying.comparing import Difference, compare, put
from rhev.applying.documents import Wanted, called
from rhev.applying.looking import Base, match
from rhev.applying.making import Change, Maker, NotTaken, Task
from rhev.applying.references import Ambiguous, Around, Unknown
from rhev.mapping.resources import BaseResource

if TYPE_CHECKING:
    from rhev.applying.order import Part

Tasks: TypeAlias = Generator[Task, BaseResource | None, None]


@dataclass
class State:
    """What is known of a document: what there is of it, and what it is below."""

    base: Base = field(default_factory=Base)
    now: BaseResource | None = None
    around: Around = field(default_factory=lambda: Around(()))


@dataclass
class Tasking:
    """The tasks of documents, part by part. What stands against them is noted by the maker."""

    maker: Maker
    _states: dict[int, State] = field(default_factory=dict)

    def of(self, part: Part) -> Tasks:
        """The tasks of a part of a document."""
        if part.attribute is None:
            return self._body(part.document)
        return self._nested_of(part.document, part.attribute)

    def _body(self, wanted: Wanted) -> Tasks:
        state = self._states[id(wanted)] = State()
        model = wanted.model
        try:
            if not shapes.can_be_applied(wanted.type):
                raise errors.Error("is nothing that can be made by a document")
            state.base = self.maker.looking.base_of(wanted)
            owners = (state.base.resource, *reversed(wanted.under))
            state.around = Around((model, *owners))
            if not state.base.is_promised:
                state.now = self.maker.looking.find(model, state.base.resource, state.around)
            if state.now is None and vars(model).get("id") is not None:
                raise errors.Error("has an id that nothing has: the engine gives ids, leave it out")
        except errors.NotFound:
            self.maker.refuse(wanted, "", "there is nothing of this id: leave id out for a new one")
            return
        except (errors.Fault, errors.ConnectionError):
            raise
        except errors.Error as error:
            self.maker.refuse(wanted, "", str(error))
            return
        state.around = Around((model, state.now, *owners))
        made = yield from self.maker.bring(
            wanted, model, state.now, state.base.resource, "", state.around
        )
        if made is not None:
            state.now = made

    def _nested_of(self, wanted: Wanted, attribute: str) -> Tasks:
        state = self._states.get(id(wanted))
        if state is None:
            return
        yield from self._members(wanted, wanted.model, attribute, state.now, attribute, state)

    def _members(
        self,
        wanted: Wanted,
        model: BaseResource,
        attribute: str,
        now: BaseResource | None,
        path: str,
        state: State,
    ) -> Tasks:
        collection = shapes.nested(type(model))[attribute]
        entries = vars(model)[attribute]
        if not (collection.can_add or collection.can_update):
            self.maker.refuse(wanted, path, "is what the engine decides: leave it out")
            return
        try:
            if now is not None:
                have = list(self.maker.looking.members(now, collection))
            else:
                have = deepcopy(list(self.maker.looking.inherited(model, attribute, state.around)))
        except (errors.NotFound, Unknown, Ambiguous):
            have = []  # which is said of what refers to it
        for number, entry in enumerate(entries):
            place = f"{path}[{number}]"
            try:
                if collection.assigns:
                    yield from self._assign(wanted, entry, collection, now, have, place, state)
                else:
                    yield from self._member(wanted, entry, now, have, place, state)
            except (errors.Fault, errors.ConnectionError, NotTaken):
                raise
            except errors.Error as error:
                self.maker.refuse(wanted, place, str(error))

    def _member(
        self,
        wanted: Wanted,
        entry: BaseResource,
        owner: BaseResource | None,
        have: list[BaseResource],
        path: str,
        state: State,
    ) -> Tasks:
        disk = vars(entry).get("disk")
        inner = State(state.base, None, state.around.within(entry, disk))
        now = match(entry, have, self.maker.looking.names, inner.around)
        if now is not None:
            have.remove(now)
        made = yield from self.maker.bring(wanted, entry, now, owner, path, inner.around)
        now = made or now
        for attribute in shapes.nested(type(entry)):
            if vars(entry).get(attribute):
                yield from self._members(
                    wanted, entry, attribute, now, f"{path}.{attribute}", inner
                )

    def _assign(
        self,
        wanted: Wanted,
        entry: BaseResource,
        collection: shapes.Nested,
        owner: BaseResource | None,
        have: Iterable[BaseResource],
        path: str,
        state: State,
    ) -> Tasks:
        names = self.maker.looking.names
        around = state.around
        body = self._assigned(entry, around)
        id_ = vars(body).get("id")
        present = next((e for e in have if _is_the_one(e, id_, entry)), None)
        what = f"{called(entry)} of {wanted.label}"
        shape = shapes.shape_of(entry.__api_name__, (wanted.type, collection.attribute))
        extra = entry._with(**{k: v for k, v in vars(entry).items() if k in (shape.own or ())})
        if present is None:
            differences = [Difference(name, None, value) for name, value in vars(extra).items()]
            change = Change("assign", what, wanted.where, tuple(differences))

            def assign() -> BaseResource:
                sent = body._with(**vars(body), **vars(extra))
                made = self.maker.connection.create(sent, owner)
                if (wanted.type, collection.attribute) == ("DataCenter", "storage_domains"):
                    self.maker.waiting(called(entry))
                    one: Any = self.maker.connection.get(type(made), vars(made)["id"], owner)
                    self.maker.connection.wait_for_status(one, "active", timeout=self.maker.timeout)
                return made

            yield Task(change, assign)
            return
        if not (collection.can_update and vars(extra)):
            return
        found = compare(extra, present, names, around, shape)
        self.maker.note(wanted, found, path)
        if not found.delta or found.refusals:
            return
        change = Change("update", what, wanted.where, tuple(found.differences))

        def perform() -> BaseResource:
            put(present, found.delta)
            return self.maker.connection.update(present, owner)

        yield Task(change, perform)

    def _assigned(self, entry: BaseResource, around: Around) -> BaseResource:
        """What is sent of a resource that is there already, to have it taken in."""
        api_name = entry.__api_name__
        if api_name in shapes.CALLED_BY_ID or not self._is_listed(api_name):
            return entry._with(
                **{n: vars(entry)[n] for n in ("id", "name") if vars(entry).get(n) is not None}
            )
        telling = {"id", "name", "user_name", "domain", shapes.shape_of(api_name).scope}
        named = entry._with(**{n: v for n, v in vars(entry).items() if n in telling})
        id_ = self.maker.looking.names.id_of(named, around)
        return named if id_ is None else entry._with(id=id_)

    def _is_listed(self, api_name: str) -> bool:
        return (relations.ENTRY_POINT, api_name) in relations.relationships()


def _is_the_one(present: BaseResource, id_: str | None, entry: BaseResource) -> bool:
    held = vars(present)
    if id_ is not None:
        return bool(held.get("id") == id_)
    return held.get("name") is not None and held.get("name") == vars(entry).get("name")
