"""What there is of a document on an engine: found by what tells it apart, and read whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rhev import errors, relations
from rhev.applying import shapes
from rhev.applying.comparing import scalar_key
from rhev.applying.documents import called
from rhev.applying.references import Around, Names, Unknown
from rhev.mapping.catalogue import model
from rhev.mapping.fields import fields
from rhev.mapping.resources import BaseResource
from rhev.mapping.structure import Struct
from rhev.models.index import CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rhev.applying.documents import Wanted
    from rhev.connection import Connection

_NAMING = ("name", "alias", "user_name")


@dataclass(frozen=True, slots=True)
class Base:
    """What a resource is below: nothing at all, or ``resource``, unless that is yet to be made."""

    resource: BaseResource | None = None
    is_promised: bool = False


@dataclass
class Looking:
    """Finds and reads resources, with what is nested in them."""

    connection: Connection
    names: Names

    def base_of(self, wanted: Wanted) -> Base:
        """What the collection belongs to that a document's resource is in.

        Raises Unknown where there is none, nor will be.
        """
        found: BaseResource | None = None
        reference: Any
        for reference in wanted.under:
            found = self._owner(reference, found)
            if found is None:
                return Base(is_promised=True)
        if found is not None:
            return Base(found)
        attribute = shapes.shape_of(wanted.type).base
        if attribute is not None:
            reference = vars(wanted.model).get(attribute)
            if reference is None:
                raise Unknown(f"{wanted.label} is in a {attribute}: give {attribute}, or under")
            id_ = self.names.id_of(reference, Around(()))
            return Base(is_promised=True) if id_ is None else Base(type(reference)._with(id=id_))
        if (relations.ENTRY_POINT, wanted.type) not in relations.relationships():
            raise Unknown(f"{wanted.label} is in another resource: say in which, by under")
        return Base()

    def _owner(self, reference: BaseResource, base: BaseResource | None) -> BaseResource | None:
        if base is not None:
            found = self.find(reference, base, Around((base,)))
            if found is None and not self.names.is_promised(reference):
                raise Unknown(f"there is no {called(reference)} of {called(base)}")
            return found
        id_ = self.names.id_of(reference, Around(()))
        return None if id_ is None else type(reference)._with(id=id_)

    def find(
        self, wanted: BaseResource, base: BaseResource | None, around: Around
    ) -> BaseResource | None:
        """What there is already of a resource that is wanted, whole; None where nothing is."""
        cls, shape = type(wanted), shapes.shape_of(wanted.__api_name__)
        id_ = vars(wanted).get("id")
        if id_ is not None and "id" not in shape.identity:
            return self.read(cls, id_, base, nested_in(wanted))
        way = way_of(wanted, shape)
        if way is None:
            return None
        if base is None and way in _NAMING:
            reference = wanted._with(**{way: vars(wanted)[way]})
            if shape.scope and shape.scope in vars(wanted):
                vars(reference)[shape.scope] = vars(wanted)[shape.scope]
                if self._is_promised(vars(wanted)[shape.scope]):
                    return None
            found: Any = self.names.find(reference, around)
        else:
            candidates = self.connection.getall(cls, base)
            found = match(wanted, candidates, self.names, around, shape)
        if found is None:
            return None
        return self.read(cls, found.id, base, nested_in(wanted))

    def _is_promised(self, reference: object) -> bool:
        if not isinstance(reference, BaseResource) or "major" in vars(reference):
            return False
        try:
            return self.names.id_of(reference, Around(())) is None
        except (Unknown, errors.Error):
            return False

    def read(
        self,
        cls: type[BaseResource],
        id_: str,
        base: BaseResource | None,
        attributes: Iterable[str],
    ) -> BaseResource:
        """A resource, with what is nested in it in some attributes, as its next start has it."""
        parameters: dict[str, Any] = {}
        api_name = cls.__api_name__
        if shapes.takes(api_name, "all_content"):
            parameters["all_content"] = True
        collections = shapes.nested(cls)
        paths = []
        for attribute in attributes:
            member = collections[attribute].member.__api_name__
            inner = _FOLLOWED.get(member, "")
            paths.append(f"{collections[attribute].wire}{inner}")
        if paths:
            parameters["follow"] = paths
        found: BaseResource = self.connection.get(cls, id_, base, **parameters)
        if vars(found).get("next_run_configuration_exists"):
            found = self.connection.get(cls, id_, base, next_run=True, **parameters)
        return found

    def members(self, owner: BaseResource, nested: shapes.Nested) -> Sequence[BaseResource]:
        """The members of a collection below a resource: as they came with it, or read now."""
        held = vars(owner).get(nested.attribute)
        if held is not None:
            members: Sequence[BaseResource] = held
            return members
        if nested.rel not in owner.links and (owner.links or "id" not in vars(owner)):
            return ()
        found = list(self.connection.getall(nested.rel, owner))
        if nested.member.__api_name__ == "DiskAttachment":
            for each in found:
                disk = vars(each).get("disk")
                if disk is not None:
                    vars(each)["disk"] = self.connection.get(type(disk), disk.id)
        return found

    def inherited(
        self, wanted: BaseResource, attribute: str, around: Around
    ) -> Sequence[BaseResource]:
        """What a resource will have, once it is made, in the place of what its origin has."""
        origin = shapes.INHERITS.get((wanted.__api_name__, attribute))
        reference = vars(wanted).get(origin or "")
        if reference is None:
            return ()
        id_ = self.names.id_of(reference, around)
        if id_ is None:
            return ()
        cls: type[BaseResource] = type(reference)
        return self.members(cls._with(id=id_), shapes.nested(cls)[attribute])


# What is read with the members of a collection, where that is read with its owner.
_FOLLOWED = {"DiskAttachment": ".disk", "Nic": ".network_filter_parameters"}


def nested_in(wanted: BaseResource) -> tuple[str, ...]:
    """The attributes of a document whose members are read with it."""
    return tuple(
        name
        for name in shapes.nested(type(wanted))
        if vars(wanted).get(name) and name not in shapes.READ_BY_THEMSELVES
    )


def way_of(wanted: BaseResource, shape: shapes.Shape) -> str | None:
    """What a resource is told apart by: the first of its identity that is given."""
    for way in shape.identity:
        paths = way.split("+")
        if all(value_at(wanted, path) is not None for path in paths if path not in _SUBJECTS) and (
            _SUBJECTS.isdisjoint(paths) or any(value_at(wanted, path) for path in _SUBJECTS)
        ):
            return way
    return None


# Whom a permission is of: one of them.
_SUBJECTS = frozenset({"user", "group"})


def value_at(resource: Struct, path: str) -> Any:
    """What is at a path of attributes; None where there is nothing."""
    value: Any = resource
    for name in path.split("."):
        value = vars(value).get(name) if isinstance(value, Struct) else None
    return value


def match(
    wanted: BaseResource,
    candidates: Iterable[BaseResource],
    names: Names,
    around: Around,
    shape: shapes.Shape | None = None,
) -> Any:
    """The first of the candidates that is the resource which is wanted, or None."""
    shape = shape or shapes.shape_of(wanted.__api_name__)
    if not shape.identity:
        return next(iter(candidates), None)
    way = way_of(wanted, shape)
    if way is None and wanted.__api_name__ in shapes.OF_ALL:
        return next((each for each in candidates if way_of(each, shape) is None), None)
    if way is None:
        return None
    paths = [path for path in way.split("+") if value_at(wanted, path) is not None]
    for candidate in candidates:
        if all(_is_alike(wanted, candidate, path, names, around) for path in paths):
            return candidate
    return None


_ALIASES = {"name": "alias", "alias": "name", "disk.name": "disk.alias", "disk.alias": "disk.name"}


def _is_alike(
    wanted: BaseResource, candidate: BaseResource, path: str, names: Names, around: Around
) -> bool:
    value, held = value_at(wanted, path), value_at(candidate, path)
    if held is None and path in _ALIASES:
        held = value_at(candidate, _ALIASES[path])
    if isinstance(value, BaseResource):
        try:
            id_ = names.id_of(value, around)
        except errors.Error:
            return False
        return id_ is not None and isinstance(held, Struct) and vars(held).get("id") == id_
    if isinstance(value, list):
        return bool(value == held)
    owner: Struct = wanted
    *owners, last = path.split(".")
    for name in owners:
        owner = vars(owner)[name]
    spec = fields(type(owner))[last]
    return bool(scalar_key(type(owner), spec, value) == scalar_key(type(owner), spec, held))


def resource_of(api_name: str, **values: Any) -> BaseResource:
    """A resource of a type that holds just these values."""
    cls: type[BaseResource] = model(CLASSES[api_name])
    return cls._with(**values)


__all__ = ["Base", "Looking", "called", "match", "resource_of", "value_at", "way_of"]
