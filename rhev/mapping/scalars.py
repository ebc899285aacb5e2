"""The scalar types of the API: enumerations, byte counts, addresses, timestamps.

To a type checker a byte count is an ``int``, an address a ``str`` and a timestamp a ``datetime``;
what the API asks of them beyond that is checked by pydantic.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import AwareDatetime, BeforeValidator, Strict
from pydantic.functional_validators import AfterValidator
from pydantic_core import SchemaValidator, core_schema

if TYPE_CHECKING:
    from datetime import datetime

    from pydantic import GetCoreSchemaHandler

KiB = 1 << 10
MiB = 1 << 20
GiB = 1 << 30
TiB = 1 << 40

_SIZE = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(B|KiB|MiB|GiB|TiB|PiB)\s*", re.IGNORECASE)
_UNCLEAR = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([KMGTP])[BI]?\s*", re.IGNORECASE)
_RIGHT = "a number of bytes, or one with a unit such as '4 GiB' (B, KiB, MiB, GiB, TiB, PiB)"
_FACTORS = {"b": 1, "kib": KiB, "mib": MiB, "gib": GiB, "tib": TiB, "pib": 1 << 50}
_MAC = re.compile(r"[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}")


def parse_bytes(value: object) -> object:
    """The number of bytes in a text such as ``"4 GiB"``; anything but a text is returned as it is.

    Only the unambiguous units B, KiB, MiB, GiB, TiB and PiB are taken, and only amounts that come
    out as a whole number of bytes. Raises ValueError for any other text.
    """
    if not isinstance(value, str):
        return value
    match = _SIZE.fullmatch(value)
    if match is None:
        # Of 8G and 8GB nobody can tell whether they count by 1000 or by 1024.
        near = _UNCLEAR.fullmatch(value)
        right = f"{near[1]}{near[2].upper()}iB" if near is not None else _RIGHT
        raise ValueError(f"{value!r} is no byte count: write {right}")
    whole, _, fraction = match[1].partition(".")
    factor = _FACTORS[match[2].lower()]
    amount, rest = divmod(int(whole + fraction) * factor, 10 ** len(fraction))
    if rest:
        raise ValueError(f"{value!r} is not a whole number of bytes")
    return amount


def check_mac(value: str) -> str:
    """The text, if it is a MAC address. Raises ValueError for any other."""
    if _MAC.fullmatch(value) is None:
        raise ValueError(
            f"{value!r} is no MAC address: write six octets, as in '56:6f:1a:00:00:07'"
        )
    return value


def check_ip(value: str) -> str:
    """The text, if it is an IP address of either version. Raises ValueError for any other."""
    import ipaddress

    try:
        ipaddress.ip_address(value)
    except ValueError:
        raise ValueError(
            f"{value!r} is no IP address: write it as in '192.0.2.7' or '2001:db8::7'"
        ) from None
    return value


if TYPE_CHECKING:
    Bytes = int
    MACAddress = str
    IPAddress = str
    Timestamp = datetime
else:
    Bytes = Annotated[int, Strict(), BeforeValidator(parse_bytes)]
    MACAddress = Annotated[str, AfterValidator(check_mac)]
    IPAddress = Annotated[str, AfterValidator(check_ip)]
    Timestamp = Annotated[AwareDatetime, Strict(False)]


class Enumeration(StrEnum):
    """The base of the API's enumerations.

    A member is its text on the wire, and compares equal to it in any case. An engine newer than
    these models may send a value that they do not list: it is then kept as a member that
    ``is_known`` says False of. A user cannot make one.
    """

    _value_: str

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if cls.__module__.startswith("rhev.models."):
            cls.__module__ = "rhev.schema"

    def __str__(self) -> str:
        return self._value_

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return isinstance(other, str) and self._value_.lower() == str(other).lower()

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self._value_.lower())

    def __reduce_ex__(self, protocol: object) -> tuple[Any, ...]:
        return type(self).received, (self._value_,)

    @property
    def is_known(self) -> bool:
        """Whether the models list this value."""
        return self._name_ in type(self).__members__

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if isinstance(value, str):
            folded = value.lower()
            for member in cls.__members__.values():
                if member._value_.lower() == folded:
                    return member
        return None

    @classmethod
    def received(cls, text: str) -> Self:
        """The member for a text that an engine sent, which may be one that the models lack."""
        try:
            return cls(text)
        except ValueError:
            member = str.__new__(cls, text)
            member._name_ = text.upper()
            member._value_ = text
            return member

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return cls._schema()

    @classmethod
    def checked(cls, value: object) -> Self:
        """The member that a user means. Raises pydantic's ``ValidationError`` for none."""
        if isinstance(value, cls):
            return value
        validator = cls.__dict__.get("_validator")
        if validator is None:
            validator = SchemaValidator(cls._schema())
            type.__setattr__(cls, "_validator", validator)
        member: Self = validator.validate_python(value)
        return member

    @classmethod
    def _schema(cls) -> core_schema.CoreSchema:
        members = list(cls.__members__.values())
        schema = core_schema.enum_schema(cls, members, sub_type="str", strict=False)
        return core_schema.no_info_before_validator_function(cls._in_any_case, schema)

    @classmethod
    def _in_any_case(cls, value: object) -> object:
        return (cls._missing_(value) or value) if type(value) is str else value


class StatusEnumeration(Enumeration):
    """The base of the enumerations that say what a resource is doing."""

    @property
    def state(self) -> str:
        """The text of the status: where API v3 had ``vm.status.state``."""
        return self._value_
