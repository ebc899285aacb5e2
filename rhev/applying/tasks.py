"""What is to be done for a document, one change after the other.

Each part of a document is a generator that yields its tasks and is sent what came of each; a dry
run sends nothing, and the rest is then told by what there will be.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from rhev import errors, relations
from rhev.applying import shapes
from rhev.applying.comparing import (
    Comparison,
    Difference,
    Refusal,
    compare,
    model_to_send,
    put,
    to_send,
)
from rhev.applying.documents import Wanted, called
from rhev.applying.looking import Base, Looking, match, nested_in
from rhev.applying.references import Around
from rhev.mapping.resources import BaseResource
from rhev.models.disks import DiskAttachment, DiskInterface

if TYPE_CHECKING:
    from rhev.applying.order import Part
    from rhev.connection import Connection

Action: TypeAlias = Literal["create", "update", "assign"]


@dataclass(frozen=True, slots=True)
class Change:
    """One request that makes something, changes it, or assigns it to something.

    ``what`` is what it is about, as in ``nic nic1 of vm web-01``, and ``where`` the place of the
    document. The paths of ``differences`` begin at that resource.
    """

    action: Action
    what: str
    where: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """A change, and what carries it out."""

    change: Change
    perform: Callable[[], BaseResource]


Tasks: TypeAlias = Generator[Task, BaseResource | None, None]


class NotTaken(errors.Error):
    """An engine answered a change with success, and has not made it."""


@dataclass
class State:
    """What is known of a document: what there is of it, and what it is below."""

    base: Base = field(default_factory=Base)
    now: BaseResource | None = None
    around: Around = field(default_factory=lambda: Around(()))


@dataclass
class Tasking:
    """Makes the tasks of documents. ``refusals`` has what stands against them.

    ``is_dry`` says that none is carried out. ``timeout`` bounds each wait, in seconds.
    """

    looking: Looking
    is_dry: bool
    timeout: float
    refusals: list[Refusal] = field(default_factory=list)
    waiting: Callable[[str], None] = lambda what: None
    _states: dict[int, State] = field(default_factory=dict)

    @property
    def connection(self) -> Connection:
        """What the tasks are carried out by."""
        return self.looking.connection

    def of(self, part: Part) -> Tasks:
        """The tasks of a part of a document."""
        if part.attribute is None:
            return self._body(part.document)
        return self._nested_of(part.document, part.attribute)

    def _refuse(self, wanted: Wanted, path: str, message: str) -> None:
        self.refusals.append(Refusal(wanted.where, path or wanted.label, message))

    def _body(self, wanted: Wanted) -> Tasks:
        state = self._states[id(wanted)] = State()
        model = wanted.model
        try:
            if not shapes.can_be_applied(wanted.type):
                raise errors.Error("is nothing that can be made by a document")
            state.base = self.looking.base_of(wanted)
            owners = (state.base.resource, *reversed(wanted.under))
            state.around = Around((model, *owners))
            if not state.base.is_promised:
                state.now = self.looking.find(model, state.base.resource, state.around)
            if state.now is None and vars(model).get("id") is not None:
                raise errors.Error("has an id that nothing has: the engine gives ids, leave it out")
        except errors.NotFound:
            self._refuse(wanted, "", "there is nothing of this id: leave id out for a new one")
            return
        except (errors.Fault, errors.ConnectionError):
            raise
        except errors.Error as error:
            self._refuse(wanted, "", str(error))
            return
        state.around = Around((model, state.now, *owners))
        made = yield from self._bring(wanted, model, state.now, state.base.resource, "", state)
        if made is not None:
            state.now = made

    def _bring(
        self,
        wanted: Wanted,
        model: BaseResource,
        now: BaseResource | None,
        base: BaseResource | None,
        path: str,
        state: State,
    ) -> Generator[Task, BaseResource | None, BaseResource | None]:
        """Makes a resource, or what it lacks; returns it as it is then, unless in a dry run."""
        names, around = self.looking.names, state.around
        what = f"{called(model)} of {wanted.label}" if path else wanted.label
        if now is None:
            made = yield from self._create(wanted, model, base, path, what, around)
            if made is None:
                return None
            now = made
        found = compare(model, now, names, around)
        self._note(wanted, found, path)
        if not found.delta or found.refusals:
            return now
        if not shapes.can_update(model.__api_name__):
            self._refuse(wanted, _joined(path, next(iter(found.delta))), "no update changes this")
            return now
        change = Change("update", what, wanted.where, tuple(found.differences))

        def perform() -> BaseResource:
            put(now, found.delta)
            if vars(now).get("next_run_configuration_exists"):
                # Otherwise what waits already for the next start would be lost.
                updated = self.connection.update(now, next_run=True)
            else:
                updated = self.connection.update(now)
            return self._checked(model, self._settled(updated, base, model, around), around, what)

        return (yield Task(change, perform)) or now

    def _create(
        self,
        wanted: Wanted,
        model: BaseResource,
        base: BaseResource | None,
        path: str,
        what: str,
        around: Around,
    ) -> Generator[Task, BaseResource | None, BaseResource | None]:
        model = self._completed(model, around)
        found = to_send(model, self.looking.names, around)
        self._note(wanted, found, path)
        if found.refusals:
            return None
        self._check_origin(wanted, model, path)
        change = Change("create", what, wanted.where, tuple(found.differences))

        def perform() -> BaseResource:
            body = model_to_send(model, found.delta)
            self._carry(model, body, around)
            try:
                made = self.connection.create(body, base)
            except errors.OutcomeUnknown as error:
                outcome = self.connection.find_outcome(error)
                if outcome.state != "done" or outcome.resource is None:
                    raise
                made = outcome.resource
            return self._settled(made, base, model, around)

        return (yield Task(change, perform))

    def _check_origin(self, wanted: Wanted, model: BaseResource, path: str) -> None:
        if model.__api_name__ == "Template" and "vm" not in vars(model):
            self._refuse(
                wanted,
                _joined(path, "vm"),
                "there is no such template; one is made of a vm: give vm",
            )

    def _note(self, wanted: Wanted, found: Comparison, path: str) -> None:
        for inner, message in found.refusals:
            self._refuse(wanted, _joined(path, inner), message)

    def _completed(self, model: BaseResource, around: Around) -> BaseResource:
        """A disk attachment with what the API wants said; one of a disk that is just named."""
        if not isinstance(model, DiskAttachment):
            return model
        completed = model.__copy__()
        held = vars(completed)
        held.setdefault("interface", DiskInterface.VIRTIO_SCSI)
        held.setdefault("bootable", False)
        held.setdefault("active", True)
        disk = held.get("disk")
        if disk is not None and not vars(disk).keys() & {"id", "provisioned_size", "lun_storage"}:
            id_ = self.looking.names.id_of(disk, around)
            if id_ is not None:
                held["disk"] = disk._with(id=id_, name=disk.name or disk.alias)
        return completed

    def _carry(self, model: BaseResource, body: BaseResource, around: Around) -> None:
        """Says of the disks that come from a template where they are to be, and how."""
        wanted = vars(model).get("disk_attachments") or ()
        if model.__api_name__ != "Vm" or not wanted or "template" not in vars(model):
            return
        have = list(self.looking.inherited(model, "disk_attachments", around))
        carried = []
        for attachment in wanted:
            origin = match(attachment, have, self.looking.names, around)
            disk = vars(attachment).get("disk")
            if origin is None or disk is None:
                continue
            have.remove(origin)
            sent = to_send(disk, self.looking.names, around.within(disk)).delta
            said = {k: v for k, v in sent.items() if k in ("storage_domains", "format", "sparse")}
            if said:
                whole = type(disk)._with(id=origin.disk.id, **said)
                carried.append(type(attachment)._with(disk=whole))
        if carried:
            vars(body)["disk_attachments"] = carried

    def _settled(
        self,
        resource: BaseResource,
        base: BaseResource | None,
        model: BaseResource,
        around: Around,
    ) -> BaseResource:
        """The resource, read anew when an engine is done with it."""
        waited: Any = resource
        if isinstance(resource, DiskAttachment) and resource.disk is not None:
            waited = type(resource.disk)(id=resource.disk.id)
        settled = shapes.shape_of(waited.__api_name__).settled
        id_ = vars(resource).get("id")
        if id_ is None:
            return resource
        if settled:
            self.waiting(called(model))
            waited = waited if waited.href else type(waited)(id=waited.id)
            self.connection.wait_for_status(waited, *settled, timeout=self.timeout)
        attributes = nested_in(model)
        if isinstance(resource, DiskAttachment):
            return self.connection.get(DiskAttachment, id_, base, follow=["disk"])
        return self.looking.read(type(model), id_, base, attributes)

    def _checked(
        self, model: BaseResource, now: BaseResource, around: Around, what: str
    ) -> BaseResource:
        """Raises NotTaken where an engine has not done what it was asked for."""
        rest = compare(model, now, self.looking.names, around)
        if rest.delta:
            paths = ", ".join(each.path for each in rest.differences)
            raise NotTaken(
                f"the engine answered that {what} was updated, but it has not taken: {paths}"
            )
        return now

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
            self._refuse(wanted, path, "is what the engine decides: leave it out")
            return
        try:
            if now is not None:
                have = list(self.looking.members(now, collection))
            else:
                have = deepcopy(list(self.looking.inherited(model, attribute, state.around)))
        except errors.NotFound:
            have = []
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
                self._refuse(wanted, place, str(error))

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
        now = match(entry, have, self.looking.names, inner.around)
        if now is not None:
            have.remove(now)
        made = yield from self._bring(wanted, entry, now, owner, path, inner)
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
        names = self.looking.names
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
                made = self.connection.create(sent, owner)
                if (wanted.type, collection.attribute) == ("DataCenter", "storage_domains"):
                    self.waiting(called(entry))
                    one: Any = self.connection.get(type(made), vars(made)["id"], owner)
                    self.connection.wait_for_status(one, "active", timeout=self.timeout)
                return made

            yield Task(change, assign)
            return
        if not (collection.can_update and vars(extra)):
            return
        found = compare(extra, present, names, around, shape)
        self._note(wanted, found, path)
        if not found.delta or found.refusals:
            return
        change = Change("update", what, wanted.where, tuple(found.differences))

        def perform() -> BaseResource:
            put(present, found.delta)
            return self.connection.update(present, owner)

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
        id_ = self.looking.names.id_of(named, around)
        return named if id_ is None else entry._with(id=id_)

    def _is_listed(self, api_name: str) -> bool:
        return (relations.ENTRY_POINT, api_name) in relations.relationships()


def _is_the_one(present: BaseResource, id_: str | None, entry: BaseResource) -> bool:
    held = vars(present)
    if id_ is not None:
        return bool(held.get("id") == id_)
    return held.get("name") is not None and held.get("name") == vars(entry).get("name")


def _joined(path: str, inner: str) -> str:
    return f"{path}.{inner}" if path and inner else path or inner
