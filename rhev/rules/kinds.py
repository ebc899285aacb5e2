"""The kinds of rules that a value can have to obey.

Each kind says whether it refuses a value, what it expects, and what the engine would complain of.
The patterns and limits themselves are in the table.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar, Protocol, Self

from rhev.rules.paths import value_at

ABSENT = object()
"""Stands for an attribute that is not set, in the examples of the table."""

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
class _Plain:
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
        return f"The given {label} is not valid: {self.expected} is required."

    def within(self, prefix: str) -> Self:
        """The same rule where the resource is nested at ``prefix``."""
        return self


@dataclass(frozen=True, slots=True)
class Length(_Plain):
    """The number of characters of a text."""

    kind: ClassVar[str] = "length"
    maximum: int
    minimum: int = 0

    @property
    def expected(self) -> str:
        if self.minimum:
            return f"{self.minimum} to {self.maximum} characters"
        return f"at most {self.maximum} characters"

    @property
    def examples(self) -> tuple[object, object]:
        return "a" * (self.maximum + 1), "a" * self.maximum

    def refuses(self, value: object, look: Look) -> bool:
        return isinstance(value, str) and not self.minimum <= len(value) <= self.maximum

    def complaint(self, label: str) -> str:
        return f"The length of the given {label} is not valid. It must have {self.expected}."


@dataclass(frozen=True, slots=True)
class Characters(_Plain):
    """The characters that a text may be made of.

    ``letters`` are those of "any" language or those of "English"; digits are 0 to 9. ``ascii`` adds
    every character of ASCII. ``empty`` says whether a text of none is taken.
    """

    kind: ClassVar[str] = "characters"
    also: str = ""
    letters: str = "any"
    digits: bool = True
    ascii: bool = False
    empty: bool = True

    @property
    def expected(self) -> str:
        letters = {"any": ["letters of any language"], "English": ["letters from a to z"]}
        parts = letters.get(self.letters, [])
        if self.ascii:
            return " and ".join([*parts, "ASCII characters"])
        parts = [*parts, "digits"] if self.digits else parts
        return ", ".join([*parts, *(f"'{char}'" for char in self.also)]) + " only"

    def refuses(self, value: object, look: Look) -> bool:
        if not isinstance(value, str):
            return False
        return not all(map(self._takes, value)) or not (value or self.empty)

    def _takes(self, char: str) -> bool:
        if char.isascii():
            if self.ascii or char in self.also:
                return True
            return char.isalpha() or (self.digits and char.isdigit())
        return self.letters == "any" and char.isalpha()

    def complaint(self, label: str) -> str:
        if self.ascii:
            return f"The given {label} contains special characters. Only {self.expected} are allowed."
        also = "".join(f", '{char}'" for char in self.also)
        return (
            f"The given {label} contains special characters."
            f" Only lower-case and upper-case letters, numbers{also} are allowed."
        )


@dataclass(frozen=True, slots=True)
class Pattern(_Plain):
    """A regular expression that a whole text has to match. ``meaning`` says it in words."""

    kind: ClassVar[str] = "pattern"
    expression: str
    meaning: str
    flags: int = 0

    @property
    def expected(self) -> str:
        return self.meaning

    def refuses(self, value: object, look: Look) -> bool:
        if not isinstance(value, str):
            return False
        return re.fullmatch(self.expression, value, self.flags | re.ASCII) is None


@dataclass(frozen=True, slots=True)
class Trimmed(_Plain):
    """No white space at the ends of a text."""

    kind: ClassVar[str] = "trimmed"

    @property
    def expected(self) -> str:
        return "text without white space at its ends"

    @property
    def examples(self) -> tuple[object, object]:
        return " text", "two words"

    def refuses(self, value: object, look: Look) -> bool:
        return isinstance(value, str) and value != value.strip(" \t\n\v\f\r")

    def complaint(self, label: str) -> str:
        return f"The given {label} may not start or end with white space."


_LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?"
_HOST_NAME = re.compile(rf"{_LABEL}|(?:{_LABEL}\.)+[a-zA-Z](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?\.?")


@dataclass(frozen=True, slots=True)
class HostName(_Plain):
    """A host name or an IP address, as they may stand in a URL."""

    kind: ClassVar[str] = "host name"

    @property
    def expected(self) -> str:
        return "a host name or an IP address"

    @property
    def examples(self) -> tuple[object, object]:
        return "host_1.example.com", "host-1.example.com"

    def refuses(self, value: object, look: Look) -> bool:
        if not isinstance(value, str) or _HOST_NAME.fullmatch(value):
            return False
        return not _is_address(value.partition("%")[0])

    def complaint(self, label: str) -> str:
        return f"The given {label} is neither a valid host name nor a valid IP address."


def _is_address(value: str, version: int | None = None) -> bool:
    try:
        return version in (None, ipaddress.ip_address(value).version)
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Address(_Plain):
    """An IP address, of ``version`` 4 or 6 or of either."""

    kind: ClassVar[str] = "address"
    version: int | None = None

    @property
    def expected(self) -> str:
        return f"an IPv{self.version} address" if self.version else "an IPv4 or IPv6 address"

    @property
    def examples(self) -> tuple[object, object]:
        return "192.0.2.300", "2001:db8::7" if self.version == 6 else "192.0.2.7"

    def refuses(self, value: object, look: Look) -> bool:
        return isinstance(value, str) and not _is_address(value, self.version)


@dataclass(frozen=True, slots=True)
class Netmask(_Plain):
    """An IPv4 netmask: ``255.255.255.0``, or the length of the prefix, with a slash or without."""

    kind: ClassVar[str] = "netmask"

    @property
    def expected(self) -> str:
        return "a netmask such as 255.255.255.0, or a prefix length from 0 to 32"

    @property
    def examples(self) -> tuple[object, object]:
        return "255.0.255.0", "255.255.255.0"

    def refuses(self, value: object, look: Look) -> bool:
        if not isinstance(value, str) or not value:
            return False
        prefix = value.removeprefix("/")
        if prefix.isdigit():
            return int(prefix) > 32
        if not _is_address(value, 4):
            return True
        inverted = int(ipaddress.IPv4Address(value)) ^ 0xFFFFFFFF
        return inverted & (inverted + 1) != 0


@dataclass(frozen=True, slots=True)
class NetworkAddress(_Plain):
    """A network in CIDR notation, without host bits."""

    kind: ClassVar[str] = "cidr"

    @property
    def expected(self) -> str:
        return "a network address and its prefix, such as 192.0.2.0/24"

    @property
    def examples(self) -> tuple[object, object]:
        return "192.0.2.7/24", "192.0.2.0/24"

    def refuses(self, value: object, look: Look) -> bool:
        if not isinstance(value, str):
            return False
        try:
            ipaddress.ip_network(value)
        except ValueError:
            return True
        return "/" not in value


@dataclass(frozen=True, slots=True)
class Range(_Plain):
    """The bounds of a number, both included. ``unit`` is what is counted."""

    kind: ClassVar[str] = "range"
    minimum: int | None = None
    maximum: int | None = None
    unit: str = ""

    @property
    def expected(self) -> str:
        unit = f" {self.unit}" if self.unit else ""
        if self.maximum is None:
            return f"at least {self.minimum}{unit}"
        if self.minimum is None:
            return f"at most {self.maximum}{unit}"
        return f"{self.minimum} to {self.maximum}{unit}"

    @property
    def examples(self) -> tuple[object, object]:
        if self.maximum is not None:
            return self.maximum + 1, self.maximum
        assert self.minimum is not None  # noqa: S101 - a range has a bound
        return self.minimum - 1, self.minimum

    def refuses(self, value: object, look: Look) -> bool:
        if not isinstance(value, int | float):
            return False
        low = self.minimum is not None and value < self.minimum
        return low or (self.maximum is not None and value > self.maximum)

    def complaint(self, label: str) -> str:
        return f"The given {label} is out of range. It must be {self.expected}."


@dataclass(frozen=True, slots=True)
class OneOf(_Plain):
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
class NoneOf(_Plain):
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
class Count(_Plain):
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
class Unique(_Plain):
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
class NotAbove(_Plain):
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
class NotBelow(_Plain):
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
class Required(_Plain):
    """A value that must be there; ``instead`` are the paths of those that do as well."""

    kind: ClassVar[str] = "required"
    absence: ClassVar[bool] = True
    instead: tuple[str, ...] = ()

    @property
    def expected(self) -> str:
        return " or ".join(["a value", *self.instead])

    def refuses(self, value: object, look: Look) -> bool:
        return value is None and all(look(path) is None for path in self.instead)

    def complaint(self, label: str) -> str:
        others = "".join(f" or {path}" for path in self.instead)
        return f"The {label}{others} is required."

    def within(self, prefix: str) -> Self:
        return replace(self, instead=tuple(prefix + path for path in self.instead))


@dataclass(frozen=True, slots=True)
class Forbidden(_Plain):
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
