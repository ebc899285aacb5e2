"""Values and documents as people write them: sizes with their units, references by their names."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from rhev.applying import shapes
from rhev.applying.documents import kind_of
from rhev.mapping.fields import FieldSpec, Kind, fields
from rhev.mapping.resources import BaseResource
from rhev.mapping.structure import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

_UNITS = (("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10))


def size(value: int) -> str | int:
    """A number of bytes in the greatest binary unit that it is a whole number of."""
    for unit, factor in _UNITS:
        if value and value % factor == 0:
            return f"{value // factor}{unit}"
    return value


def plain(value: Any, spec: FieldSpec | None = None, owner: type[Struct] | None = None) -> Any:
    """A value as a document holds it: mappings, lists, texts, numbers."""
    if isinstance(value, list):
        return [plain(entry, spec, owner) for entry in value]
    if isinstance(value, Struct):
        return _structure(value, spec, owner)
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, int):
        return size(value) if spec is not None and spec.type_name == "Bytes" else int(value)
    return value if isinstance(value, float) else str(value)


def _structure(value: Struct, spec: FieldSpec | None, owner: type[Struct] | None) -> Any:
    held = vars(value)
    if (
        held.keys() == {"name"}
        and spec is not None
        and owner is not None
        and not spec.is_list
        and shapes.is_reference(owner, spec.name)
    ):
        return held["name"]
    known = fields(type(value))
    return {
        name.removesuffix("_"): plain(each, known.get(name), type(value))
        for name, each in held.items()
        if name != "href"
    }


def written(value: object) -> str:
    """A value on one line."""
    if value is None:
        return "nothing"
    if isinstance(value, BaseResource):
        held = vars(value)
        told = next((held[n] for n in ("name", "alias", "user_name", "id") if held.get(n)), None)
        if told is not None:
            return str(told)
    found = plain(value)
    if isinstance(value, list):
        return f"[{', '.join(written(entry) for entry in value)}]"
    if isinstance(found, dict):
        inner = (f"{name}: {written(each)}" for name, each in vars(value).items())
        return f"{{{', '.join(inner)}}}"
    if isinstance(found, bool):
        return str(found).lower()
    return str(found)


def document(model: BaseResource, under: Iterable[BaseResource] = ()) -> dict[str, Any]:
    """A document of a resource: its kind, what it is under, its attributes."""
    found: dict[str, Any] = {"kind": kind_of(type(model))}
    owners = {kind_of(type(each)): written(each) for each in under}
    if owners:
        found["under"] = owners
    found.update(plain(model))
    return found


__all__ = ["Kind", "document", "plain", "size", "written"]
