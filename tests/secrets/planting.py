"""Secrets planted where there are any: in each secret attribute of each model."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rhev import models
from rhev.mapping.fields import Kind, fields
from rhev.mapping.resources import BaseResource
from rhev.mapping.structure import Struct
from rhev.secrets import is_secret

if TYPE_CHECKING:
    from collections.abc import Iterator

C = "hunter2"
"""What is part of every secret that is planted, and of nothing else."""


def structs() -> dict[str, type[Struct]]:
    found = {name: getattr(models, name) for name in models.__all__}
    return {
        name: cls
        for name, cls in found.items()
        if isinstance(cls, type) and issubclass(cls, Struct)
    }


class Planted(NamedTuple):
    """A document with a secret: ``name`` of ``owner``, at the path ``where`` from the root."""

    where: str
    owner: type[Struct]
    name: str
    value: Struct

    def within(self, root: type[Struct], name: str, *, is_list: bool) -> Planted:
        """The same, as an attribute of a document of another type."""
        held = [self.value] if is_list else self.value
        return self._replace(where=f"{name}.{self.where}", value=root._with(**{name: held}))


def secrets_of(cls: type[Struct]) -> list[str]:
    """The attributes of a type that are secrets."""
    return [
        name
        for name, spec in fields(cls).items()
        if spec.kind is Kind.TEXT and is_secret(cls.__api_name__, name, None)
    ]


def planted(cls: type[Struct], around: int = 2) -> Iterator[Planted]:
    """An instance for each secret of a type, or of what it holds."""
    for name in secrets_of(cls):
        yield Planted(name, cls, name, cls._with(**{name: C}))
    for name, spec in fields(cls).items():
        if spec.kind is Kind.STRUCT and around:
            inner = spec.type
            values = planted(inner, around - 1)
            if inner in (models.Option, models.Property, models.CustomProperty):
                values = (
                    Planted(called, inner, called, inner._with(name=called, value=C))
                    for called in (["any"] if name == "driver_sensitive_options" else OPTIONS)
                )
            for each in values:
                yield each.within(cls, name, is_list=spec.is_list)


def every_secret() -> list[Planted]:
    """Each secret of each type, once in each element that can hold it: in its smallest document."""
    found: dict[tuple[object, ...], Planted] = {}
    for cls in structs().values():
        for each in planted(cls):
            # What is no resource is never a document by itself.
            if "." not in each.where and not issubclass(cls, BaseResource | models.Action):
                continue
            held = each.where.split(".")[-2:]
            key = each.owner, *held
            if key not in found or each.where.count(".") < found[key].where.count("."):
                found[key] = each
    return list(found.values())


OPTIONS = ["passwd", "pwd", "community", "api_key", "snmp_priv_passwd", "auth_key", "SecretKey"]
