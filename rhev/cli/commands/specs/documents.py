"""Specs from files, as what is to be applied."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import ValidationError

from rhev.cli.exits import INVALID, USAGE, CommandError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rhev.applying import Wanted
    from rhev.mapping.structure import Struct


def documents(files: Sequence[str]) -> list[Wanted]:
    """The documents of files, ``-`` for the standard input.

    Raises CommandError for a file that cannot be read, or whose documents are none.
    """
    found: list[Wanted] = []
    for name in files:
        found += _of_file(name)
    if not found:
        raise CommandError("there is no document in what was given", INVALID)
    return found


def _of_file(name: str) -> Iterator[Wanted]:
    try:
        if name == "-":
            text = sys.stdin.read()
        else:
            with open(name, encoding="utf-8") as file:
                text = file.read()
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror}", USAGE) from None
    try:
        loaded = list(yaml.safe_load_all(text))
    except yaml.YAMLError as error:
        raise CommandError(f"{name}: {error}", INVALID) from None
    number = 0
    for each in loaded:
        for entry in each if isinstance(each, list) else [each]:
            if entry is None:
                continue
            number += 1
            yield wanted(entry, f"{name} #{number}")


def wanted(entry: Any, where: str) -> Wanted:
    """A document as what is to be. Raises CommandError, which says what is wrong with it."""
    from rhev.applying import Wanted
    from rhev.cli.nouns import noun

    if not isinstance(entry, dict) or not isinstance(entry.get("kind"), str):
        raise CommandError(f"{where}: a document begins with its kind, as in 'kind: vm'", INVALID)
    values = dict(entry)
    cls: type[Any] = noun(values.pop("kind")).cls
    under = values.pop("under", None) or {}
    owners = tuple(noun(kind).cls._with(name=name) for kind, name in under.items())
    try:
        return Wanted(cls.model_validate(_with_names(cls, values)), owners, where)
    except ValidationError as error:
        lines = [
            f"{where}: {'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()
        ]
        raise CommandError("\n".join(lines), INVALID) from None


def _with_names(cls: type[Struct], values: Any) -> Any:
    """The values with ``{name: ...}`` in the place of names where a resource is meant."""
    from rhev.mapping.fields import Kind, fields

    if not isinstance(values, dict):
        return {"name": values} if isinstance(values, str) else values
    known = fields(cls)
    return {
        name: (
            _each(known[name].type, value)
            if name in known and known[name].kind is Kind.STRUCT
            else value
        )
        for name, value in values.items()
    }


def _each(cls: type[Struct], value: Any) -> Any:
    if isinstance(value, list):
        return [_with_names(cls, entry) for entry in value]
    return _with_names(cls, value)
