"""The kinds of rules that a value can have to obey: those of numbers, lists and company.

Each kind says whether it refuses a value, what it expects, and what the engine would complain of.
The patterns and limits themselves are in the table. The kinds for texts are in
:mod:`rhev.rules.texts`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar, Protocol, Self

from rhev.rules.paths import value_at

Look = Callable[[str], object]
"""Reads another attribute of the same resource, by its path; None where it is not set."""


class Check(Protocol):
    """What every kind of rule has.

    ``examples`` are a value that it refuses and one that it takes, where they can be told from
    its limits. ``absence`` is True for the kinds that have a say where nothing is set.
    """

    kind: ClassVar[str]
    absence: ClassVar[bool]

    @property
    def expected(self) -> str: ...

    @property
    def examples(self) -> tuple[object, object] | None: ...

    def refuses(self, value: object, look: Look) -> bool: ...

    def complaint(self, label: str) -> str: ...

    def within(self, prefix: str) -> Check: ...


@dataclass(frozen=True, slots=True)
class Plain:
    """What the kinds have in common, for those that do not say otherwise."""

    kind: ClassVar[str] = ""
    absence: ClassVar[bool] = False

    @property
    def expected(self) -> str:
        raise NotImplementedError

    @property
    def examples(self) -> tuple[object, object] | None:
        return None

    def refuses(self, value: object, look: Look) -> bool:
        raise NotImplementedError

    def complaint(self, label: str) -> str:
        return f"The given {label} is not valid. It must be {self.expected}."

    def within(self, prefix: str) -> Self:
        """The same rule where the resource is nested at ``prefix``."""
        return self


@dataclass(frozen=True, slots=True)
class Range(Plain):
    """The bounds of a number, both included. ``unit`` is what is counted.

    ``also`` are numbers out of the bounds that are taken as well.
    """

    kind: ClassVar[str] = "range"
    minimum: int | None = None
    maximum: int | None = None
    unit: str = ""
    also: tuple[int, ...] = ()

    @property
    def expected(self) -> str:
        unit = f" {self.unit}" if self.unit else ""
        also = "".join(f"{number}, or " for number in self.also)
        if self.maximum is None:
            return f"{also}at least {self.minimum}{unit}"
        if self.minimum is None:
            return f"{also}at most {self.maximum}{unit}"
        return f"{also}{self.minimum} to {self.maximum}{unit}"

    @property
    def examples(self) -> tuple[object, object] | None:
        if self.maximum is not None:
            return self.maximum + 1, self.maximum
        return None if self.minimum is None else (self.minimum - 1, self.minimum)

    def refuses(self, value: object, look: Look) -> bool:
        if not isinstance(value, int | float) or value in self.also:
            return False
        low = self.minimum is not None and value < self.minimum
        return low or (self.maximum is not None and value > self.maximum)

    def complaint(self, label: str) -> str:
        return f"The given {label} is out of range. It must be {self.expected}."


@dataclass(frozen=True, slots=True)
class OneOf(Plain):
    """The values that are taken. Texts are compared without case."""

    kind: ClassVar[str] = "one of"
    values: tuple[object, ...]

    @property
    def expected(self) -> str:
        return "one of " + ", ".join(map(_shown, self.values))

    @property
    def examples(self) -> tuple[object, object]:
        return "something else", self.values[0]

    def refuses(self, value: object, look: Look) -> bool:
        return not any(same(value, taken) for taken in self.values)

    def complaint(self, label: str) -> str:
        return f"The given {label} is not supported. It must be {self.expected}."


@dataclass(frozen=True, slots=True)
class NoneOf(Plain):
    """The values that are refused. Texts are compared without case."""

    kind: ClassVar[str] = "none of"
    values: tuple[object, ...]

    @property
    def expected(self) -> str:
        return "anything but " + ", ".join(map(_shown, self.values))

    def refuses(self, value: object, look: Look) -> bool:
        return any(same(value, refused) for refused in self.values)

    def complaint(self, label: str) -> str:
        return f"The given {label} may not be {' or '.join(map(_shown, self.values))}."


@dataclass(frozen=True, slots=True)
class Count(Plain):
    """The number of entries of a list."""

    kind: ClassVar[str] = "count"
    minimum: int = 0
    maximum: int | None = None

    @property
    def expected(self) -> str:
        if self.maximum is None:
            return f"at least {self.minimum} entries"
        return f"{self.minimum} to {self.maximum} entries"

    def refuses(self, value: object, look: Look) -> bool:
        if not isinstance(value, list | tuple):
            return False
        few = len(value) < self.minimum
        return few or (self.maximum is not None and len(value) > self.maximum)

    def complaint(self, label: str) -> str:
        return f"The number of the given {label} is not valid. There must be {self.expected}."


@dataclass(frozen=True, slots=True)
class Unique(Plain):
    """No two entries of a list may have the same ``key``, a path from the entry."""

    kind: ClassVar[str] = "unique"
    key: str

    @property
    def expected(self) -> str:
        return f"entries that differ in {self.key}"

    def refuses(self, value: object, look: Look) -> bool:
        if not isinstance(value, list | tuple):
            return False
        keys = [value_at(entry, self.key) for entry in value]
        texts = [str(key).lower() for key in keys if key is not None]
        return len(texts) != len(set(texts))

    def complaint(self, label: str) -> str:
        return f"Two of the given {label} have the same {self.key}."


@dataclass(frozen=True, slots=True)
class NotAbove(Plain):
    """A number that may not be greater than another attribute's, both counted in ``unit``."""

    kind: ClassVar[str] = "not above"
    other: str
    unit: int = 1

    @property
    def expected(self) -> str:
        return f"at most {self.other}"

    def refuses(self, value: object, look: Look) -> bool:
        limit = look(self.other)
        if not isinstance(value, int) or not isinstance(limit, int):
            return False
        return value // self.unit > limit // self.unit

    def complaint(self, label: str) -> str:
        return f"The given {label} may not exceed {self.other}."

    def within(self, prefix: str) -> Self:
        return replace(self, other=prefix + self.other)


@dataclass(frozen=True, slots=True)
class NotBelow(Plain):
    """A number that may not be smaller than another attribute's, both counted in ``unit``."""

    kind: ClassVar[str] = "not below"
    other: str
    unit: int = 1

    @property
    def expected(self) -> str:
        return f"at least {self.other}"

    def refuses(self, value: object, look: Look) -> bool:
        limit = look(self.other)
        if not isinstance(value, int) or not isinstance(limit, int):
            return False
        return value // self.unit < limit // self.unit

    def complaint(self, label: str) -> str:
        return f"The given {label} may not be smaller than {self.other}."

    def within(self, prefix: str) -> Self:
        return replace(self, other=prefix + self.other)


@dataclass(frozen=True, slots=True)
class BelowProduct(Plain):
    """A number below the product of other attributes, where all of them are set."""

    kind: ClassVar[str] = "below product"
    others: tuple[str, ...]

    @property
    def expected(self) -> str:
        return f"less than {' times '.join(self.others)}"

    def refuses(self, value: object, look: Look) -> bool:
        limit = 1
        for path in self.others:
            factor = look(path)
            if not isinstance(factor, int):
                return False
            limit *= factor
        return isinstance(value, int) and value >= limit

    def complaint(self, label: str) -> str:
        return f"There is no such {label}. It must be {self.expected}."

    def within(self, prefix: str) -> Self:
        return replace(self, others=tuple(prefix + path for path in self.others))


@dataclass(frozen=True, slots=True)
class Required(Plain):
    """A value that must be there; ``instead`` are the paths of those that do as well."""

    kind: ClassVar[str] = "required"
    absence: ClassVar[bool] = True
    instead: tuple[str, ...] = ()

    @property
    def expected(self) -> str:
        return " or ".join(["a value", *(f"one of {path}" for path in self.instead)])

    def refuses(self, value: object, look: Look) -> bool:
        return value is None and all(look(path) is None for path in self.instead)

    def complaint(self, label: str) -> str:
        others = "".join(f" or {path}" for path in self.instead)
        return f"The {label}{others} is required."

    def within(self, prefix: str) -> Self:
        return replace(self, instead=tuple(prefix + path for path in self.instead))


@dataclass(frozen=True, slots=True)
class Forbidden(Plain):
    """A value that may not be there, or not in the company that the rule speaks of."""

    kind: ClassVar[str] = "forbidden"

    @property
    def expected(self) -> str:
        return "no value"

    def refuses(self, value: object, look: Look) -> bool:
        return True

    def complaint(self, label: str) -> str:
        return f"The {label} may not be given here."


def same(value: object, other: object) -> bool:
    """Whether two values are the same on the wire: texts and enumerations without case."""
    if isinstance(value, str) and isinstance(other, str):
        return str(value).lower() == str(other).lower()
    return type(value) is type(other) and value == other


def _shown(value: object) -> str:
    return f"'{value}'" if isinstance(value, str) else str(value).lower()
