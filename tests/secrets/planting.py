"""Secrets planted where there are any: in each secret attribute of each model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev import models
from rhev.mapping.fields import Kind, fields
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


def planted(cls: type[Struct], around: int = 2) -> Iterator[tuple[str, Struct]]:
    """An instance for each secret of a type, or of what it holds, with the path to it."""
    for name, spec in fields(cls).items():
        if spec.kind is Kind.TEXT and is_secret(cls.__api_name__, name, None):
            yield name, cls._with(**{name: C})
        elif spec.kind is Kind.STRUCT and around:
            inner = spec.type
            values = planted(inner, around - 1)
            if inner in (models.Option, models.Property, models.CustomProperty):
                values = (
                    (called, inner._with(name=called, value=C))
                    for called in (["any"] if name == "driver_sensitive_options" else OPTIONS)
                )
            for path, value in values:
                held: object = value
                if spec.is_list:
                    held = [value]
                yield f"{name}.{path}", cls._with(**{name: held})


OPTIONS = ["passwd", "pwd", "community", "api_key", "snmp_priv_passwd", "auth_key", "SecretKey"]
