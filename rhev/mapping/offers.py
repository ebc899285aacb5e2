"""What a class tells type checkers of itself, and how a function that is given one asks for it.

Which collection a class has, and the names of its actions and statuses, differ by class. Each
class says so in declarations that are there for type checkers alone; a protocol here reads them,
so that ``connection.getall(schema.VM)`` is known to be a ``schema.VMs``, and
``connection.action(vm, "strat")`` to be a mistake. Nothing of this exists when a program runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, Literal, ParamSpec, Protocol

from typing_extensions import TypeVar

if TYPE_CHECKING:
    from rhev.mapping.resources import BaseResource, BaseResources
    from rhev.models.engine import Action

P = ParamSpec("P")
C_co = TypeVar("C_co", bound="BaseResources[Any]", covariant=True)
R_co = TypeVar("R_co", covariant=True)
# Covariant, although it is what methods take: those of a virtual machine take fewer names than
# those of a resource of which no more is known.
Name_co = TypeVar("Name_co", bound=str, covariant=True)


class Offers(Generic[Name_co]):
    """The actions of a class, by their names, as ``connection.action`` and ``validate`` take them.

    A name is that of the method: ``"preview_snapshot"``.
    """

    def action(
        self,
        name: Name_co,  # type: ignore[misc]
        action: Action | None = None,
        **parameters: object,
    ) -> Action:
        """See ``Connection.action``."""
        raise NotImplementedError

    def validate(
        self,
        operation: Literal["add", "update"] | Name_co,
        *,
        base: BaseResource | type[BaseResource] | None = None,
        **parameters: object,
    ) -> None:
        """See ``schema.validate``."""
        raise NotImplementedError


class _Acts(Protocol[P]):
    def action(self, *arguments: P.args, **parameters: P.kwargs) -> Action: ...


class _Validates(Protocol[P]):
    def validate(self, *arguments: P.args, **parameters: P.kwargs) -> None: ...


class Acts(Protocol[P]):
    """A resource, or a collection, and the arguments that its actions take."""

    def _offers(self) -> _Acts[P]: ...


class Validates(Protocol[P]):
    """A resource, or a collection, and the arguments that validating it takes."""

    def _offers(self) -> _Validates[P]: ...


class Waits(Protocol[P, R_co]):
    """A resource that can be waited for, and the arguments that this takes."""

    def wait_for_status(self, *statuses: P.args, **polling: P.kwargs) -> R_co: ...


class Collected(Protocol[C_co]):
    """A class of resources, and the class of their collection."""

    def _collection(self) -> C_co: ...


class Collects(Protocol[C_co]):
    """A class of a collection."""

    def _collects(self) -> C_co: ...
