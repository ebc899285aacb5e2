"""Making one resource, or changing what it lacks: the tasks of that, and what carries them out."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from rhev import errors
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
from rhev.applying.looking import Looking, match, nested_in
from rhev.mapping.resources import BaseResource
from rhev.models.disks import DiskAttachment, DiskInterface

if TYPE_CHECKING:
    from rhev.applying.references import Around
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


# Yields tasks, is sent what came of each, and returns a resource as it is then.
Making: TypeAlias = Generator[Task, BaseResource | None, BaseResource | None]


class NotTaken(errors.Error):
    """An engine answered a change with success, and has not made it."""


@dataclass
class Maker:
    """Makes resources, and changes them. ``refusals`` has what stands against it.

    ``timeout`` bounds each wait, in seconds; ``waiting`` is told of what is waited for.
    """

    looking: Looking
    timeout: float
    refusals: list[Refusal] = field(default_factory=list)
    waiting: Callable[[str], None] = lambda what: None

    @property
    def connection(self) -> Connection:
        """What the tasks are carried out by."""
        return self.looking.connection

    def refuse(self, wanted: Wanted, path: str, message: str) -> None:
        """Notes what stands against a document, at a path of it."""
        self.refusals.append(Refusal(wanted.where, path or wanted.label, message))

    def bring(
        self,
        wanted: Wanted,
        model: BaseResource,
        now: BaseResource | None,
        base: BaseResource | None,
        path: str,
        around: Around,
    ) -> Making:
        """Makes a resource, or what it lacks; returns it as it is then, unless in a dry run."""
        names = self.looking.names
        what = f"{called(model)} of {wanted.label}" if path else wanted.label
        if now is None:
            made = yield from self._create(wanted, model, base, path, what, around)
            if made is None:
                return None
            now = made
        found = compare(model, now, names, around)
        self.note(wanted, found, path)
        if not found.delta or found.refusals:
            return now
        if not shapes.can_update(model.__api_name__):
            self.refuse(wanted, _joined(path, next(iter(found.delta))), "no update changes this")
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
    ) -> Making:
        model = self._completed(model, around)
        found = to_send(model, self.looking.names, around)
        self.note(wanted, found, path)
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
            self.refuse(
                wanted,
                _joined(path, "vm"),
                "there is no such template; one is made of a vm: give vm",
            )

    def note(self, wanted: Wanted, found: Comparison, path: str) -> None:
        """Notes what a comparison has found that stands against a document."""
        for inner, message in found.refusals:
            self.refuse(wanted, _joined(path, inner), message)

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


def _joined(path: str, inner: str) -> str:
    return f"{path}.{inner}" if path and inner else path or inner
