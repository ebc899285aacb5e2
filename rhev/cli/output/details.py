"""One resource for people: a line for each attribute that is set, nested ones indented."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from rhev.cli.output.columns import age, reference, size
from rhev.cli.output.table import printable
from rhev.mapping.fields import Kind, fields
from rhev.mapping.structure import Struct
from rhev.secrets import HIDDEN, is_secret

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rhev.mapping.fields import FieldSpec

_INDENT = "  "


def details(resource: Struct, *, color: bool, indent: str = "") -> Iterator[str]:
    """The lines of a resource. What is a secret is hidden."""
    now = datetime.now(UTC)
    called = vars(resource).get("name")
    for name, spec in fields(type(resource)).items():
        value = vars(resource).get(name)
        if value is None or name == "href":
            continue
        title = f"\x1b[1m{name}:\x1b[0m" if color else f"{name}:"
        if is_secret(resource.__api_name__, name, called):
            yield f"{indent}{title} {HIDDEN}"
        elif isinstance(value, list):
            yield from _entries(value, spec, title, indent, now, color=color)
        elif isinstance(value, Struct) and not _is_reference(value):
            yield f"{indent}{title}"
            yield from details(value, color=color, indent=indent + _INDENT)
        else:
            yield f"{indent}{title} {_shown(value, spec, now)}"


def _entries(
    entries: list[Any], spec: FieldSpec, title: str, indent: str, now: datetime, *, color: bool
) -> Iterator[str]:
    yield f"{indent}{title}"
    for entry in entries:
        if not isinstance(entry, Struct) or _is_reference(entry):
            yield f"{indent}- {_shown(entry, spec, now)}"
            continue
        head = "- "
        for line in details(entry, color=color):
            yield f"{indent}{head}{line}"
            head = _INDENT


def _is_reference(value: Struct) -> bool:
    return {"id", "href", "name"} >= vars(value).keys()


def _shown(value: Any, spec: FieldSpec, now: datetime) -> str:
    if isinstance(value, Struct):
        id_, name = vars(value).get("id"), vars(value).get("name")
        return f"{printable(name)} ({id_})" if name and id_ else printable(reference(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        told = value.isoformat(timespec="seconds")
        ago = age(value, now)
        return f"{told} ({ago})" if ago.startswith("in ") else f"{told} ({ago} ago)"
    if spec.type_name == "Bytes" and spec.kind is Kind.INTEGER:
        return size(value)
    return printable(str(value))
