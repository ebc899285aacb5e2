"""Writing: create, update, delete, and the actions."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from rhev import errors, relations
from rhev.mapping.fields import fields
from rhev.mapping.parameters import CreateParameters, DeleteParameters, UpdateParameters
from rhev.mapping.resources import Addressed, BaseResource, BaseResources
from rhev.models.engine import Action, Fault
from rhev.operations import locate
from rhev.operations.changes import changes, outgoing
from rhev.operations.names import with_ids
from rhev.operations.read import own_values, refresh, reload

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from rhev.models.disks import Disk, DiskAttachment
    from rhev.operations.steps import Steps
    from rhev.operations.wire import Wire

R = TypeVar("R", bound=BaseResource)


def create(
    wire: Wire, resource: R, base: locate.Base | None, parameters: Mapping[str, Any]
) -> Steps[R]:
    """Adds a resource to its collection, and returns what the engine made of it."""
    _check_names("create", parameters, CreateParameters.__annotations__)
    if _attaches(resource, base):
        disk = cast("Disk", resource)
        attached = yield from _create_attached(wire, disk, base, parameters)
        return cast("R", attached)
    owner = relations.ENTRY_POINT if base is None else base.__api_name__
    _check(wire, resource, "add", base=owner)
    place = yield from locate.collection(wire, type(resource), base)
    body = outgoing(resource)
    yield from with_ids(wire, body, "add")
    if _added_in_lists(place.member.__api_name__):
        return cast("R", (yield from _create_listed(wire, place, body, parameters)))
    created: R = yield from wire.call(
        "POST", place.href, type(resource), body=body, parameters=parameters
    )
    vars(created).update(own_values(resource))
    return created


@cache
def _added_in_lists(api_type: str) -> bool:
    """Whether the engine takes new resources of a type several at a time: the body is a list."""
    places = relations.collection_services(api_type)
    adds = (service.methods.get("add") for _, service in places)
    return any(add is not None and add.body is not None and add.body.is_list for add in adds)


def _create_listed(
    wire: Wire, place: locate.Place, entry: BaseResource, parameters: Mapping[str, Any]
) -> Steps[BaseResource]:
    """Adds a resource where the engine takes, and answers, a whole list: bricks of a volume."""
    body = place.collection()
    body._members.append(entry)
    created = yield from wire.call(
        "POST", place.href, place.collection, body=body, parameters=parameters
    )
    if not created:
        raise errors.ResponseError(f"the engine made no {place.member.__name__}")
    return cast("BaseResource", created[0])


def _attaches(resource: BaseResource, base: locate.Base | None) -> bool:
    return base is not None and (base.__api_name__, resource.__api_name__) in relations.ATTACHED


def _create_attached(
    wire: Wire, disk: Disk, base: locate.Base | None, parameters: Mapping[str, Any]
) -> Steps[Disk]:
    """Adds a disk to a virtual machine: in API v4, an attachment that brings the disk with it."""
    from rhev.models.disks import Disk, DiskInterface

    attachment = _attachment(outgoing(disk))
    if disk.id is not None:
        attachment.disk = Disk(id=disk.id)
    defaults = {"active": True, "bootable": False, "interface": DiskInterface.VIRTIO_SCSI}
    for name, value in defaults.items():
        if getattr(attachment, name) is None:
            setattr(attachment, name, value)
    created = yield from create(wire, attachment, base, parameters)
    if created.disk is None:
        raise errors.ResponseError("the engine made a disk attachment that has no disk")
    made = yield from wire.call("GET", locate.address(created.disk), type(disk))
    vars(made).update(own_values(disk))
    return made


def _update_attached(
    wire: Wire, disk: Disk, base: locate.Base | None, parameters: Mapping[str, Any]
) -> Steps[Disk]:
    """Updates a disk of a virtual machine, by its attachment."""
    body = changes(disk)
    if body.__dict__:
        attachment = _attachment(body)
        attachment.id = disk.id
        yield from update(wire, attachment, base, parameters)
        yield from reload(wire, disk, {})
    return disk


def _attachment(disk: Disk) -> DiskAttachment:
    """The attachment of a disk: what API v3 had as attributes of the disk are its attributes."""
    from rhev.models.disks import DiskAttachment

    names = [name for name in ("active", "bootable", "interface") if name in vars(disk)]
    own = {name: vars(disk).pop(name) for name in names}
    return DiskAttachment(**own, disk=disk) if vars(disk) else DiskAttachment(**own)


def update(
    wire: Wire, resource: R, base: locate.Base | None, parameters: Mapping[str, Any]
) -> Steps[R]:
    """Sends what was changed of a resource, and refreshes it in place.

    Nothing is sent if nothing was changed.
    """
    _check_names("update", parameters, UpdateParameters.__annotations__)
    if _attaches(resource, base):
        disk = yield from _update_attached(wire, cast("Disk", resource), base, parameters)
        return cast("R", disk)
    body = changes(resource)
    if not body.__dict__:
        return resource
    _check(wire, body, "update")
    yield from with_ids(wire, body, "update")
    href = yield from locate.resource_href(wire, resource, base)
    fresh = yield from wire.try_call("PUT", href, type(resource), body=body, parameters=parameters)
    if fresh is None:  # an update that the engine carries out later is answered with nothing
        fresh = yield from wire.call("GET", href, type(resource))
    refresh(resource, fresh)
    return resource


def delete(
    wire: Wire, resource: BaseResource, base: locate.Base | None, parameters: Mapping[str, Any]
) -> Steps[None]:
    """Deletes a resource; a disk with a ``base`` is taken off that base."""
    _check_names("delete", parameters, DeleteParameters.__annotations__)
    href = yield from locate.resource_href(wire, resource, base)
    # It is answered as an action is, which may have failed.
    yield from wire.try_call("DELETE", href, Action, parameters=parameters)


def action(
    wire: Wire,
    resource: BaseResource | BaseResources[Any],
    name: str,
    action: Action | None = None,
    **parameters: object,
) -> Steps[Action]:
    """Carries out an action that the resource offers.

    ``parameters`` are those of the API by their names; they complete ``action``. Raises
    IllegalAction for one that the resource does not offer.
    """
    segment = name.replace("_", "").lower()
    if not (action is None or isinstance(action, Action)):
        raise TypeError(
            f"an action's parameters are an Action, or keywords, not a {type(action).__name__}"
        )
    if known := relations.action_parameters(resource.__api_name__, segment):
        _check_names(name, (parameter.rstrip("_") for parameter in parameters), known)
    body = Action() if action is None else action.__copy__()
    for parameter, value in parameters.items():
        setattr(body, _attribute_name(parameter), value)
    inputs = {spec.name: body.__dict__.get(spec.name) for spec in fields(Action).values()}
    _check(wire, resource, segment, inputs)
    href = yield from _offered(wire, resource, segment)
    return (yield from wire.try_call("POST", href, Action, body=outgoing(body))) or Action()


def _offered(wire: Wire, resource: Addressed, segment: str) -> Steps[str]:
    """The address of an action, of a resource that is read again where it does not offer it."""
    if segment not in resource.actions:
        href = yield from locate.own_href(wire, resource)
        resource = yield from wire.call("GET", href, type(resource))
    if segment not in resource.actions:
        offered = tuple(sorted(resource.actions))
        raise errors.IllegalAction(
            f"this {type(resource).__name__} does not offer the action {segment!r}; it offers:"
            f" {', '.join(offered) or 'none'}",
            offered=offered,
        )
    return resource.actions[segment]


def _check_names(operation: str, names: Iterable[str], known: Collection[str]) -> None:
    """Raises TypeError for a parameter that no engine has: it would do without a word."""
    for name in names:
        if name not in known:
            close = get_close_matches(name, known, 1)
            meant = f"; did you mean {close[0]!r}?" if close else ""
            raise TypeError(f"{operation}() has no parameter {name!r}{meant}")


def _attribute_name(parameter: str) -> str:
    if parameter in fields(Action):
        return parameter
    reserved = f"{parameter}_"
    return reserved if reserved in fields(Action) else parameter


def _check(
    wire: Wire,
    resource: Addressed,
    operation: str,
    inputs: Mapping[str, object] | None = None,
    base: str | None = None,
) -> None:
    """Raises InvalidRequest for what breaks a rule that is known here."""
    if not wire.check:
        return
    from rhev import rules  # a table that a program which only reads has no use for

    try:
        problems = rules.validate(resource, operation, inputs or {}, base=base)
    except ValueError:
        return  # an operation that the facts do not have: an engine newer than them may
    if problems := [problem for problem in problems if problem.severity == "error"]:
        document = "Action" if inputs is not None else resource.__api_name__
        detail = rules.summary(problems, operation=operation, type_name=document)
        raise errors.InvalidRequest(Fault(reason=rules.reason(problems), detail=detail), problems)
