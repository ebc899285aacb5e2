"""What the engine does beyond keeping resources, by the type, the method and the action."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from rhev.simulator.state.refusals import Refusal
from rhev.simulator.state.store import Record

if TYPE_CHECKING:
    from rhev import facts
    from rhev.simulator.generic.access import Access
    from rhev.simulator.generic.routing import Target
    from rhev.simulator.state.estate import Estate

_NUMBER = re.compile(r"-?[0-9]{1,10}")


@dataclass(frozen=True, slots=True)
class Call:
    """A request, understood: what it is about, what it asks for, its parameters and its body."""

    estate: Estate
    target: Target
    method: facts.Method
    query: Mapping[str, str]
    access: Access
    body: Any = None
    result: dict[str, Any] = field(default_factory=dict)
    """Members of the action that is answered, for handlers of actions to fill."""
    sources: list[Record] = field(default_factory=list)
    """What a new resource is made of: left by ``completing`` for ``added``."""
    kept: list[Record] = field(default_factory=list)
    """What is removed only later: left by ``removing``, which sees to that."""

    @property
    def user(self) -> str:
        """Who asks, as in ``admin@internal``."""
        return self.access.user

    @property
    def record(self) -> Record:
        """The resource that the call is about."""
        if self.target.record is None or self.target.is_missing:
            raise Refusal(404)
        return self.target.record

    def flag(self, name: str) -> bool:
        """Whether a parameter is given as true: one of the URL, or a member of the action."""
        if (value := self.query.get(name)) is not None:
            return value.strip().lower() in ("true", "")
        return parameter(self.body, name) is True

    def number(self, name: str) -> int | None:
        """A parameter of the URL that is a number; None where it is none, and so not heeded."""
        text = self.query.get(name)
        if text is None:
            return None
        return int(text) if _NUMBER.fullmatch(text) else None


def parameter(body: Any, name: str) -> Any:
    """A member of a body, by the API's name; those that Python reserves end in ``_`` in models."""
    values: dict[str, Any] = getattr(body, "__dict__", {})
    return values.get(name, values.get(f"{name}_"))


Finding = Callable[[Call, Any], "Record | None"]
Completing = Callable[[Call, Any], None]
Added = Callable[[Call, Record], None]
Removing = Callable[[Call, Record], None]
Updating = Callable[[Call, Record], None]
Acting = Callable[[Call, Record], None]
Listing = Callable[[Call], None]
Showing = Callable[[Call, Any], None]
K = TypeVar("K")
F = TypeVar("F", bound=Callable[..., Any])


class Hooks(dict[K, F], Generic[K, F]):
    """Functions by what they are for; a hook is registered by decorating it."""

    def __call__(self, *keys: K) -> Callable[[F], F]:
        def register(function: F) -> F:
            self.update(dict.fromkeys(keys, function))
            return function

        return register


# By the type. ``completing`` is given the model before it is taken in, ``added`` the record after;
# ``removing`` and ``updating`` come before. Any of them may raise Refusal.
completing: Hooks[str, Completing] = Hooks()
# Before all of these, what is there already and is not added again.
finding: Hooks[str, Finding] = Hooks()
added: Hooks[str, Added] = Hooks()
removing: Hooks[str, Removing] = Hooks()
updating: Hooks[str, Updating] = Hooks()
# By the type and the name of the action.
acting: Hooks[tuple[str, str], Acting] = Hooks()
# By the type of the owner and the segment, for members that are assigned there.
assigning: Hooks[tuple[str, str], Added] = Hooks()
unassigning: Hooks[tuple[str, str], Removing] = Hooks()
# By the same, before the members of a collection are listed.
listing: Hooks[tuple[str, str], Listing] = Hooks()
# By the type, for each document that is to be sent: what the call's parameters change of it.
showing: Hooks[str, Showing] = Hooks()

# What is looked at first of all, by the type and the method: any number of functions, in the order
# in which they were registered. References in the body are as they came.
Guard = Callable[[Call], None]
guards: dict[tuple[str, str], list[Guard]] = {}


def guarding(*keys: tuple[str, str]) -> Callable[[Guard], Guard]:
    """Has a function look at every call of a method of a type; it may raise Refusal."""

    def register(function: Guard) -> Guard:
        for key in keys:
            guards.setdefault(key, []).append(function)
        return function

    return register


def look_first(call: Call) -> None:
    """Raises Refusal where any of those functions does."""
    for guard in guards.get((call.target.type, call.method.name), ()):
        guard(call)
