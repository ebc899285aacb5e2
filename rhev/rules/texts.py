"""The kinds of rules for texts: their lengths, their characters, and what they stand for."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import ClassVar

from rhev.rules.kinds import Look, Plain


@dataclass(frozen=True, slots=True)
class Length(Plain):
    """The number of characters of a text."""

    kind: ClassVar[str] = "length"
    maximum: int | None = None
    minimum: int = 0

    @property
    def expected(self) -> str:
        if self.maximum is None:
            return f"at least {self.minimum} character"
        if self.minimum:
            return f"{self.minimum} to {self.maximum} characters"
        return f"at most {self.maximum} characters"

    @property
    def examples(self) -> tuple[object, object]:
        if self.maximum is None:
            return "", "a" * self.minimum
        return "a" * (self.maximum + 1), "a" * self.maximum

    def refuses(self, value: object, look: Look) -> bool:
        if not isinstance(value, str):
            return False
        long = self.maximum is not None and len(value) > self.maximum
        return long or len(value) < self.minimum

    def complaint(self, label: str) -> str:
        return f"The length of the given {label} is not valid. It must have {self.expected}."


@dataclass(frozen=True, slots=True)
class Characters(Plain):
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
            return (
                f"The given {label} contains special characters. Only {self.expected} are allowed."
            )
        also = "".join(f", '{char}'" for char in self.also)
        return (
            f"The given {label} contains special characters."
            f" Only lower-case and upper-case letters, numbers{also} are allowed."
        )


@dataclass(frozen=True, slots=True)
class Pattern(Plain):
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
class Identifier(Plain):
    """A UUID, as java.util.UUID.fromString reads it: fewer digits than are written will do."""

    kind: ClassVar[str] = "uuid"
    expression: ClassVar[str] = "[0-9a-fA-F]+(?:-[0-9a-fA-F]+){4}"

    @property
    def expected(self) -> str:
        return "a UUID, as the engine gives them"

    @property
    def examples(self) -> tuple[object, object]:
        return "1", "5b1e3f02-61b4-4d1c-8c9c-0f3a4f5f3c11"

    def refuses(self, value: object, look: Look) -> bool:
        return isinstance(value, str) and _UUID.fullmatch(value) is None


_UUID = re.compile(Identifier.expression)


@dataclass(frozen=True, slots=True)
class Trimmed(Plain):
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
class HostName(Plain):
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


# ValidationUtils.IPV4_PATTERN: zeros may lead, which the standard library does not take.
_OCTET = r"(?:25[0-5]|2[0-4]\d|[01]\d\d|\d?\d)"
_IPV4 = re.compile(rf"(?:{_OCTET}\.){{3}}{_OCTET}", re.ASCII)


def _is_address(value: str, version: int | None = None) -> bool:
    if version != 6 and _IPV4.fullmatch(value):
        return True
    if version == 4:
        return False
    try:
        return ipaddress.ip_address(value).version == 6
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Address(Plain):
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
class Netmask(Plain):
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
        inverted = int.from_bytes(map(int, value.split("."))) ^ 0xFFFFFFFF
        return inverted & (inverted + 1) != 0


@dataclass(frozen=True, slots=True)
class NetworkAddress(Plain):
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
