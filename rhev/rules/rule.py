"""What an entry of the table is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, Protocol, Self

from rhev.rules.kinds import Check, Look, same

ADD = ("add",)
UPDATE = ("update",)
ADD_UPDATE = ("add", "update")

Severity = Literal["error", "warning"]


class Condition(Protocol):
    """A circumstance in which a rule holds. ``example`` is one, as values by path."""

    @property
    def words(self) -> str: ...

    @property
    def example(self) -> Mapping[str, object]: ...

    def holds(self, look: Look) -> bool: ...

    def within(self, prefix: str) -> Condition: ...


@dataclass(frozen=True, slots=True)
class Is:
    """The attribute has one of the values."""

    path: str
    values: tuple[object, ...]

    def __init__(self, path: str, *values: object) -> None:
        object.__setattr__(self, "path", path)
        object.__setattr__(self, "values", values)

    @property
    def words(self) -> str:
        return f"{self.path} is {' or '.join(str(value).lower() for value in self.values)}"

    @property
    def example(self) -> Mapping[str, object]:
        return {self.path: self.values[0]}

    def holds(self, look: Look) -> bool:
        found = look(self.path)
        return any(same(found, value) for value in self.values)

    def within(self, prefix: str) -> Self:
        return type(self)(prefix + self.path, *self.values)


class IsNot(Is):
    """The attribute has none of the values, or is not set."""

    __slots__ = ()

    @property
    def words(self) -> str:
        return f"{self.path} is not {' or '.join(str(value).lower() for value in self.values)}"

    @property
    def example(self) -> Mapping[str, object]:
        return {}

    def holds(self, look: Look) -> bool:
        found = look(self.path)
        return not any(same(found, value) for value in self.values)


@dataclass(frozen=True, slots=True)
class Given:
    """The attribute is set. ``sample`` is a value that it may have."""

    path: str
    sample: object

    @property
    def words(self) -> str:
        return f"{self.path} is given"

    @property
    def example(self) -> Mapping[str, object]:
        return {self.path: self.sample}

    def holds(self, look: Look) -> bool:
        return look(self.path) is not None

    def within(self, prefix: str) -> Given:
        return Given(prefix + self.path, self.sample)


@dataclass(frozen=True, slots=True)
class Missing:
    """The attribute is not set."""

    path: str

    @property
    def words(self) -> str:
        return f"{self.path} is not given"

    @property
    def example(self) -> Mapping[str, object]:
        return {}

    def holds(self, look: Look) -> bool:
        return look(self.path) is None

    def within(self, prefix: str) -> Missing:
        return Missing(prefix + self.path)


@dataclass(frozen=True, slots=True)
class Above:
    """The attribute is a number greater than ``limit``."""

    path: str
    limit: int

    @property
    def words(self) -> str:
        return f"{self.path} is above {self.limit}"

    @property
    def example(self) -> Mapping[str, object]:
        return {self.path: self.limit + 1}

    def holds(self, look: Look) -> bool:
        found = look(self.path)
        return isinstance(found, int) and found > self.limit

    def within(self, prefix: str) -> Above:
        return Above(prefix + self.path, self.limit)


@dataclass(frozen=True, slots=True)
class Lacks:
    """The list is given, and the value is not in it. ``sample`` is such a list."""

    path: str
    value: str
    sample: tuple[str, ...]

    @property
    def words(self) -> str:
        return f"{self.path} are given without {self.value}"

    @property
    def example(self) -> Mapping[str, object]:
        return {self.path: list(self.sample)}

    def holds(self, look: Look) -> bool:
        entries = look(self.path)
        if not isinstance(entries, list | tuple):
            return False
        return not any(same(entry, self.value) for entry in entries)

    def within(self, prefix: str) -> Lacks:
        return Lacks(prefix + self.path, self.value, self.sample)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the engine.

    ``types`` are the API's names of the types that it is for, ``operations`` those that it is
    checked before, ``path`` the attribute that it is about. It holds when every one of ``when``
    does. ``source`` is the place in the engine that it was read from. ``bad`` and ``good`` are
    values of the attribute that it refuses and takes, or values by path; where the kind knows
    such values itself they need not be given.

    A rule of ``services`` is only for what is added to the collections that these serve. What an
    administrator can change, or an engine takes to no one's good, has the ``severity`` of a
    warning. ``status`` is that of the engine's answer.
    """

    types: tuple[str, ...]
    path: str
    check: Check
    source: str
    when: tuple[Condition, ...] = ()
    operations: tuple[str, ...] = ADD_UPDATE
    message: str = ""
    bad: object = None
    good: object = None
    severity: Severity = "error"
    services: tuple[str, ...] = ()
    status: int = 400

    @property
    def complaint(self) -> str:
        """What is wrong with a value that breaks the rule."""
        return self.message or self.check.complaint(self._label)

    @property
    def expected(self) -> str:
        """What would be right."""
        circumstances = " and ".join(condition.words for condition in self.when)
        return self.check.expected + (f" where {circumstances}" if circumstances else "")

    @property
    def refused(self) -> Mapping[str, object]:
        """An example that the rule refuses, as values by path."""
        return self._example(0, self.bad)

    @property
    def taken(self) -> Mapping[str, object]:
        """An example that the rule takes, as values by path."""
        return self._example(1, self.good)

    def within(
        self,
        prefix: str,
        types: tuple[str, ...],
        *,
        when: tuple[Condition, ...] = (),
        operations: tuple[str, ...] | None = None,
    ) -> Rule:
        """The same rule for ``types`` that have the resource nested at ``prefix``."""
        return replace(
            self,
            types=types,
            path=prefix + self.path,
            check=self.check.within(prefix),
            when=(*when, *(condition.within(prefix) for condition in self.when)),
            operations=operations or self.operations,
            bad=_moved(self.bad, prefix),
            good=_moved(self.good, prefix),
        )

    @property
    def _label(self) -> str:
        names = [name for name in self.path.split(".") if name != "*"]
        return " ".join(names[-2:]).replace("_", " ")

    def _example(self, which: int, given: object) -> Mapping[str, object]:
        example: dict[str, object] = {}
        for condition in self.when:
            example |= condition.example
        if given is None and self.check.examples is not None:
            given = self.check.examples[which]
        if isinstance(given, Mapping):
            return {**example, **given}
        if given is None:
            return example
        return example | {self.path: given}


def _moved(example: object, prefix: str) -> object:
    if isinstance(example, Mapping):
        return {prefix + path: value for path, value in example.items()}
    return example
