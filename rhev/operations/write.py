"""Writing: create, update, delete, and the actions."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from rhev import errors, relations
from rhev.mapping.explain import described
from rhev.mapping.fields import Kind, fields
from rhev.mapping.parameters import CreateParameters, DeleteParameters, UpdateParameters
from rhev.mapping.resources import Addressed, BaseResource, BaseResources
from rhev.models.engine import Action, Fault
from rhev.operations import locate
from rhev.operations.answers import is_nothing
from rhev.operations.arguments import (
    check_names,
    check_origin,
    check_parameters,
    check_resource,
)
from rhev.operations.changes import changes, is_changed, originals, outgoing
from rhev.operations.lost import asking, put
from rhev.operations.names import with_ids
from rhev.operations.read import OF_ATTACHMENTS, attached_by, own_values, refresh, reload
from rhev.operations.versions import warn_of_newer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rhev.models.disks import Disk, DiskAttachment
    from rhev.operations.steps import Steps
    from rhev.operations.wire import Wire

R = TypeVar("R", bound=BaseResource)


def create(
    wire: Wire, resource: R, base: locate.Base | None, parameters: Mapping[str, Any]
) -> Steps[R]:
    """Adds a resource to its collection, and returns what the engine made of it."""
    check_resource("create", resource)
    check_parameters("create", parameters, CreateParameters)
    check_origin(wire, resource, base)
    _check_is_new(resource, base, parameters)
    if _attaches(resource, base):
        disk = cast("Disk", resource)
        attached = yield from _create_attached(wire, disk, base, parameters)
        return cast("R", attached)
    owner = relations.ENTRY_POINT if base is None else base.__api_name__
    _check(wire, resource, "add", base=owner)
    place = yield from locate.collection(wire, type(resource), base)
    body = outgoing(resource)
    yield from with_ids(wire, body, "add")
    warn_of_newer(wire.known.api, body)
    if _added_in_lists(place.member.__api_name__):
        return cast("R", (yield from _create_listed(wire, place, body, parameters)))
    with asking("create", body):
        created: R = yield from wire.call(
            "POST", place.href, type(resource), body=body, parameters=parameters
        )
    vars(created).update(own_values(resource))
    locate.remember(place, created)
    return created


def _keep_correlation(resource: Addressed, answer: Addressed) -> None:
    """Lets a resource know by which correlation id the job of its last change is found."""
    object.__setattr__(resource, "_correlation_id", answer._correlation_id)


def _check_is_new(
    resource: BaseResource, base: locate.Base | None, parameters: Mapping[str, Any]
) -> None:
    """Raises ValueError for what an engine has already, of which it would make another one."""
    if getattr(resource, "id", None) is None or resource.href is None:
        return
    if base is None:
        # A directory's users and groups are read there, and made known to the engine.
        is_taken_in = "/domains/" in resource.href
    else:
        pair = (base.__api_name__, resource.__api_name__)
        is_taken_in = (
            pair in relations.ATTACHED
            or relations.assigns(*pair)
            or isinstance(base, BaseResources)
            or bool(parameters.get("unregistered"))
        )
    if not is_taken_in:
        raise ValueError(
            f"this {type(resource).__name__} was read from an engine, which would make a second one"
            " of it: if that is meant, write create(schema.copy(resource)); update() changes it"
        )


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
    with asking("create", entry):
        created = yield from wire.call(
            "POST", place.href, place.collection, body=body, parameters=parameters
        )
    if not created:
        raise errors.ResponseError(f"the engine made no {place.member.__name__}")
    _keep_correlation(created[0], created)
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
    _keep_correlation(made, created)
    attached_by(made, created)
    return made


def _update_attached(
    wire: Wire, disk: Disk, base: locate.Base | None, parameters: Mapping[str, Any]
) -> Steps[Disk]:
    """Updates a disk of a virtual machine, by its attachment: that of a base, or of its own."""
    from rhev.models.disks import DiskAttachment

    body = changes(disk)
    if not body.__dict__:
        return disk
    attachment = _attachment(body)
    if base is not None:
        attachment.id = disk.id
        href = yield from locate.resource_href(wire, attachment, base)
    elif disk._below is not None:
        href = disk._below.href
    else:
        own = [name for name in OF_ATTACHMENTS if name in vars(attachment)]
        raise ValueError(
            f"{' and '.join(own)} of a Disk are not its own, but of its attachment to a virtual"
            " machine: write update(disk, base=vm), or read the disk with base=vm first"
        )
    sent = changes(attachment)
    _check(wire, sent, "update")
    with asking("update", sent):
        answered = yield from put(wire, href, DiskAttachment, sent, None, parameters)
    yield from reload(wire, disk, {})
    if answered is not None:
        attached_by(disk, answered)
        _keep_correlation(disk, answered)
    return disk


def _attachment(disk: Disk) -> DiskAttachment:
    """The attachment of a disk: what API v3 had as attributes of the disk are its attributes."""
    from rhev.models.disks import DiskAttachment

    names = [name for name in OF_ATTACHMENTS if name in vars(disk)]
    own = {name: vars(disk).pop(name) for name in names}
    return DiskAttachment(**own, disk=disk) if vars(disk) else DiskAttachment(**own)


def update(
    wire: Wire, resource: R, base: locate.Base | None, parameters: Mapping[str, Any]
) -> Steps[R]:
    """Sends what was changed of a resource, and refreshes it in place.

    Nothing is sent if nothing was changed.
    """
    check_resource("update", resource)
    check_parameters("update", parameters, UpdateParameters)
    check_origin(wire, resource, base)
    if _attaches(resource, base) or _changes_attachment(wire, resource, base):
        disk = yield from _update_attached(wire, cast("Disk", resource), base, parameters)
        return cast("R", disk)
    body = changes(resource)
    if not body.__dict__:
        return resource
    _check(wire, body, "update")
    yield from with_ids(wire, body, "update")
    href = yield from locate.resource_href(wire, resource, base)
    warn_of_newer(wire.known.api, body)
    before = originals(resource)
    with asking("update", body):
        fresh = yield from put(wire, href, type(resource), body, before, parameters)
    # What the engine carries out later it answers with nothing, or with what was there before.
    if fresh is None or _is_old(fresh, body):
        fresh = yield from wire.call("GET", href, type(resource))
    refresh(resource, fresh)
    if fresh._correlation_id is not None:
        _keep_correlation(resource, fresh)
    return resource


def _changes_attachment(wire: Wire, resource: BaseResource, base: locate.Base | None) -> bool:
    """Whether something was changed of a disk that is its attachment's."""
    if base is not None or resource.__api_name__ != "Disk":
        return False
    if resource._below is None and not wire.check:
        return False  # the engine has the say
    known = fields(type(resource))
    return any(is_changed(resource, known[name]) for name in OF_ATTACHMENTS)


def _is_old(fresh: BaseResource, sent: BaseResource) -> bool:
    """Whether an answer is what was there before: a disk grows when its update was answered."""
    known = fields(type(sent))
    return sent.__api_name__ == "Disk" and any(
        known[name].kind is not Kind.STRUCT
        and not known[name].is_list
        and vars(fresh).get(name, value) != value
        for name, value in vars(sent).items()
    )


def delete(
    wire: Wire, resource: BaseResource, base: locate.Base | None, parameters: Mapping[str, Any]
) -> Steps[None]:
    """Deletes a resource; a disk with a ``base`` is taken off that base."""
    check_resource("delete", resource)
    check_parameters("delete", parameters, DeleteParameters)
    check_origin(wire, resource)
    below = resource._below
    if base is None and below is not None and not below.is_attachment:
        href = below.href
    else:
        href = yield from locate.resource_href(wire, resource, base)
    request = wire.request("DELETE", href, parameters=parameters)
    with asking("delete", _reference(resource)):
        response = yield from wire.send(request)
        try:
            # It is answered as an action is, which may have failed.
            wire.read(request, response, Action)
        except errors.NotFound:
            # What is gone when it is asked for again was deleted by the attempt before. Some say
            # so by a fault, which may be of a parameter, too.
            if not response.lost:
                raise
            if not is_nothing(response) and (yield from _is_there(wire, href, type(resource))):
                raise


def _is_there(wire: Wire, href: str, cls: type[BaseResource]) -> Steps[bool]:
    try:
        yield from wire.call("GET", href, cls)
    except errors.NotFound:
        return False
    return True


def _reference(resource: BaseResource) -> BaseResource:
    kept = ("href", "id", "name")
    return resource._with(**{name: vars(resource)[name] for name in kept if name in vars(resource)})


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
    check_resource("action", resource, or_collection=True)
    check_origin(wire, resource)
    if not isinstance(name, str):
        raise TypeError(f"action() takes the name of an action, not {described(name)}")
    segment = name.replace("_", "").lower()
    if not (action is None or isinstance(action, Action)):
        raise TypeError(
            f"an action's parameters are an Action, or keywords, not {described(action)}"
        )
    if known := relations.action_parameters(resource.__api_name__, segment):
        check_names(name, (parameter.rstrip("_") for parameter in parameters), known)
    body = Action() if action is None else action.__copy__()
    for parameter, value in parameters.items():
        setattr(body, _attribute_name(parameter), value)
    inputs = {spec.name: body.__dict__.get(spec.name) for spec in fields(Action).values()}
    _check(wire, resource, segment, inputs)
    href = yield from _offered(wire, resource, segment)
    sent = outgoing(body)
    warn_of_newer(wire.known.api, sent)
    about = _reference(resource) if isinstance(resource, BaseResource) else resource._with()
    with asking("action", about, segment):
        done = yield from wire.try_call("POST", href, Action, body=sent)
    return Action() if done is None else done


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
