"""What has an address: a resource, and a collection of resources.

What they can do is asked of the connection that they came from, which the models know only as a
:class:`Binding`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, Self, Unpack, overload

from typing_extensions import TypeVar

from rhev.errors import Unbound
from rhev.mapping.declare import attr
from rhev.mapping.links import NO_LINKS, Links
from rhev.mapping.structure import Struct

if TYPE_CHECKING:
    from rhev.mapping.offers import Offers
    from rhev.mapping.parameters import (
        CreateParameters,
        DeleteParameters,
        Polling,
        ReloadParameters,
        UpdateParameters,
        Waiting,
    )

# What holds the status of a resource: the first that its type has. A snapshot has one of its own
# beside that of the machine that it is of.
STATUS_ATTRIBUTES = ("snapshot_status", "status", "phase", "state")

R = TypeVar("R", bound="BaseResource", default="BaseResource")
R_co = TypeVar("R_co", bound="BaseResource", default="BaseResource", covariant=True)


class Binding(Protocol):
    """What a resource asks of its connection: to perform an operation by its name."""

    def perform(self, operation: str, /, *arguments: Any, **parameters: Any) -> Any: ...


@dataclass(frozen=True, slots=True)
class Below:
    """A resource's address below the base that it was read through.

    An ``is_attachment`` holds the resource, which is a disk; elsewhere the resource is a member.
    """

    href: str
    is_attachment: bool = False


class Addressed(Struct):
    """What has an address in the API: a resource, or a collection of them."""

    __slots__ = ("_actions", "_binding", "_correlation_id", "_links")

    if TYPE_CHECKING:
        __kept_slots__: ClassVar[frozenset[str]]

    __kept_slots__ = Struct.__kept_slots__ | {"_links", "_actions"}

    href: str | None = attr(default=None)
    """The address, as the engine gave it."""

    if TYPE_CHECKING:
        _binding: ClassVar[Binding | None]
        _links: ClassVar[Links | None]
        _actions: ClassVar[Links | None]
        # That of the last change that was made through it: by it the job of that is found.
        _correlation_id: ClassVar[str | None]

        def _offers(self) -> Offers[str]: ...

    @property
    def links(self) -> Links:
        """The relationships that lead on from here, by name, with their addresses."""
        return self._links or NO_LINKS

    @property
    def actions(self) -> Links:
        """The actions that are offered in the present state, with their addresses."""
        return self._actions or NO_LINKS

    def _act(self, name: str, action: Any, parameters: dict[str, Any]) -> Any:
        given = {key: value for key, value in parameters.items() if value is not None}
        return self._perform("action", name, action, **given)

    def _perform(self, operation: str, *arguments: Any, **parameters: Any) -> Any:
        return self._bound().perform(operation, self, *arguments, **parameters)

    def _bound(self) -> Binding:
        if self._binding is None:
            raise Unbound(
                f"this {type(self).__name__} belongs to no connection: it was made, copied or"
                " unpickled here, not read from an engine; give it to a method of a connection,"
                " as in connection.create(resource)"
            )
        return self._binding


class BaseResource(Addressed):
    """The base of every resource.

    One that came from an engine prints as one line that says which it is; ``model_dump()`` and a
    pretty printer such as that of ``rich`` show all that it holds.
    """

    __slots__ = ("_below",)

    def __repr__(self) -> str:
        if self._changed is None:  # it was made here: what it will be is what was set
            return super().__repr__()
        return f"<{' '.join([type(self).__name__, *_told(self)])}>"

    def __str__(self) -> str:
        return repr(self)

    if TYPE_CHECKING:
        # Where it was read, if that was below a base at which its own address is not.
        _below: ClassVar[Below | None]

        @classmethod
        def _collection(cls) -> BaseResources[Self]: ...

    def update(self, **parameters: Unpack[UpdateParameters]) -> Self:
        """Sends what was changed since the resource was read, and refreshes it in place.

        Raises :class:`rhev.errors.Fault`, as all of these methods do.
        """
        updated: Self = self._perform("update", **parameters)
        return updated

    def delete(self, **parameters: Unpack[DeleteParameters]) -> None:
        """Deletes the resource.

        What was read below a base that it is just a member of is taken off that base: a label off
        a machine, a machine out of an affinity group.
        """
        self._perform("delete", **parameters)

    def reload(self, **parameters: Unpack[ReloadParameters]) -> Self:
        """Reads the resource again, in place. Raises NotFound when it is gone."""
        reloaded: Self = self._perform("reload", **parameters)
        return reloaded

    def wait_for_deletion(self, **polling: Unpack[Waiting[Self]]) -> None:
        """Waits until the resource is gone: see ``Connection.wait_for_deletion``."""
        self._perform("wait_for_deletion", **polling)

    def wait_for_status(self, *statuses: str, **polling: Unpack[Polling[Self]]) -> Self:
        """Waits until the resource has one of ``statuses``: see ``Connection.wait_for_status``."""
        waited: Self = self._perform("wait_for_status", *statuses, **polling)
        return waited

    def create(self, resource: R, **parameters: Unpack[CreateParameters]) -> R:
        """Creates ``resource`` in the collection below this one that is for its type."""
        created: R = self._bound().perform("create", resource, base=self, **parameters)
        return created


class BaseResources(Addressed, Sequence[R_co]):
    """The base of every collection: a sequence of resources of one type.

    ``resource in collection``, ``index`` and ``count`` go by the id where both have one.
    """

    __slots__ = ()

    if TYPE_CHECKING:
        __member__: ClassVar[str]

        @classmethod
        def _collects(cls) -> BaseResources[Any]: ...

    else:

        def __class_getitem__(cls, item: object) -> type[BaseResources[Any]]:
            return cls

    __member__ = ""

    def __init_subclass__(cls, *, member: str = "", **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if member:
            cls.__member__ = member

    @property
    def _members(self) -> list[R_co]:
        entries: list[R_co] = getattr(self, self.__member__)
        return entries

    def __len__(self) -> int:
        return len(self._members)

    @overload
    def __getitem__(self, index: int) -> R_co: ...

    @overload
    def __getitem__(self, index: slice) -> list[R_co]: ...

    def __getitem__(self, index: int | slice) -> R_co | list[R_co]:
        return self._members[index]

    def __iter__(self) -> Iterator[R_co]:  # type: ignore[override]
        return iter(self._members)

    def __reversed__(self) -> Iterator[R_co]:
        return reversed(self._members)

    def __contains__(self, resource: object) -> bool:
        return any(_is(member, resource) for member in self._members)

    def index(self, value: object, start: int = 0, stop: int | None = None) -> int:
        """The position of the first member that is the resource. Raises ValueError if none is."""
        for position in range(*slice(start, stop).indices(len(self))):
            if _is(self._members[position], value):
                return position
        raise ValueError(f"{value!r} is not in this {type(self).__name__}")

    def count(self, value: object) -> int:
        """How many members are the resource."""
        return sum(_is(member, value) for member in self._members)

    def __bool__(self) -> bool:
        return bool(self._members)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {len(self)}>"

    __str__ = __repr__

    def __rich_repr__(self) -> Iterator[R_co]:
        yield from self._members


# What says which resource it is, and how it is: the first of each row that it has.
_TELLING = (
    ("name", "alias", "user_name", "description"),
    ("id",),
    STATUS_ATTRIBUTES,
)


def _told(resource: BaseResource) -> Iterator[str]:
    values = vars(resource)
    for row in _TELLING:
        name = next((name for name in row if values.get(name) is not None), None)
        if name is not None:
            yield f"{name}={str(values[name])!r}"


def _is(member: BaseResource, resource: object) -> bool:
    """Whether two are the same resource: by the id where both have one."""
    ids = [getattr(either, "id", None) for either in (member, resource)]
    return ids[0] == ids[1] if None not in ids else member == resource
