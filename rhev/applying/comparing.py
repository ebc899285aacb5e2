"""What differs between what is wanted and what there is: attribute by attribute."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from rhev import errors
from rhev.applying import shapes
from rhev.applying.texts import plain, written
from rhev.mapping.fields import FieldSpec, Kind, fields
from rhev.mapping.resources import BaseResource
from rhev.mapping.structure import Struct
from rhev.secrets import HIDDEN, is_secret

if TYPE_CHECKING:
    from rhev.applying.references import Around, Names

S = TypeVar("S", bound=Struct)

_MIB = 1 << 20
# The types whose memory an engine keeps in whole MiB.
_IN_MIB = frozenset({"Vm", "Template", "InstanceType", "MemoryPolicy", "VirtualNumaNode"})
# Lists whose order means something.
_ORDERED = frozenset({("Boot", "devices")})


@dataclass(frozen=True, slots=True)
class Difference:
    """One attribute that is to change: its ``path``, what it is ``now`` and what is ``wanted``.

    The values are as documents have them: sizes with units, references by name; ``now`` is None
    where there is nothing.
    """

    path: str
    now: object
    wanted: object


@dataclass(frozen=True, slots=True)
class Refusal:
    """What stands against a document before anything is sent: where, what is wrong, what is right.

    ``where`` is the document's place, ``path`` the attribute, from the document.
    """

    where: str
    path: str
    message: str

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.path}: {self.message}" if self.path else f"{place}{self.message}"


@dataclass
class Comparison:
    """What differs, what is to be sent for it, and what cannot be."""

    differences: list[Difference] = field(default_factory=list)
    delta: dict[str, Any] = field(default_factory=dict)
    refusals: list[tuple[str, str]] = field(default_factory=list)


def compare(
    wanted: BaseResource,
    now: BaseResource,
    names: Names,
    around: Around,
    shape: shapes.Shape | None = None,
) -> Comparison:
    """What of ``wanted`` the resource ``now`` does not have: only what is mentioned counts."""
    shape = shape or shapes.shape_of(wanted.__api_name__)
    found = Comparison()
    found.delta = _compare(wanted, now, names, around, shape, "", found)
    return found


def _compare(
    wanted: Struct,
    now: Struct | None,
    names: Names,
    around: Around,
    shape: shapes.Shape,
    prefix: str,
    found: Comparison,
) -> dict[str, Any]:
    delta: dict[str, Any] = {}
    cls = type(wanted)
    known = fields(cls)
    called = vars(wanted).get("name")
    for name, value in vars(wanted).items():
        spec, path = known.get(name), f"{prefix}{name}"
        if spec is None or _is_passed_over(cls, spec, prefix, path, shape, called):
            continue
        held = None if now is None else vars(now).get(name)
        if name == "alias" and held is None and now is not None:
            held = vars(now).get("name")
        if spec.kind is Kind.STRUCT and isinstance(value, Struct):
            if isinstance(value, BaseResource) and _is_meant(cls, name, value):
                changed = _reference(value, held, names, around, path, found)
            else:
                inner = _shape_within(cls, name, shape)
                start = "" if inner is not shape else f"{path}."
                at = len(found.differences), len(found.refusals)
                changed = _compare(value, held, names, around, inner, start, found) or None
                if start == "":
                    _prefix(found, at, path)
        elif spec.is_list:
            changed = _list(cls, spec, value, held, names, around, path, found)
        else:
            changed = _scalar(cls, spec, value, held, path, found)
        if changed is None and not _is_cleared(value, held):
            continue
        if refused := _refused(cls, name, path, shape, _last(found, path, held)):
            found.refusals.append((path, refused))
            continue
        delta[name] = changed
    return delta


def _prefix(found: Comparison, at: tuple[int, int], path: str) -> None:
    """What was found within has its path from the outermost resource."""
    for number, each in enumerate(found.differences[at[0] :], at[0]):
        found.differences[number] = Difference(f"{path}.{each.path}", each.now, each.wanted)
    for number, (inner, message) in enumerate(found.refusals[at[1] :], at[1]):
        found.refusals[number] = (f"{path}.{inner}", message)


def _shape_within(owner: type[Struct], attribute: str, shape: shapes.Shape) -> shapes.Shape:
    """The shape that holds within an attribute: a disk within its attachment has its own."""
    cls = fields(owner)[attribute].type
    if cls.__api_name__ in shapes.SHAPES and issubclass(cls, BaseResource):
        return shapes.shape_of(cls.__api_name__)
    return shape


def _is_passed_over(
    cls: type[Struct],
    spec: FieldSpec,
    prefix: str,
    path: str,
    shape: shapes.Shape,
    called: object,
) -> bool:
    if spec.name == "href" or (spec.name == "id" and not prefix):
        return True
    return (
        spec.name in shapes.nested(cls)
        or path in shape.first
        or (not prefix and spec.name == shape.base)
        or is_secret(cls.__api_name__, spec.name, called)
    )


def _is_meant(owner: type[Struct], attribute: str, value: BaseResource) -> bool:
    """Whether a value says which resource is meant, even where it could be given whole.

    So it does of a disk that is attached by its id.
    """
    held = vars(value).keys()
    return shapes.is_reference(owner, attribute) or ("id" in held and held <= {"id", "name"})


def _refused(cls: type[Struct], name: str, path: str, shape: shapes.Shape, now: object) -> str:
    if path in shape.fixed:
        return f"cannot be changed after creation: it is {written(now)}"
    if path in shape.engines or shapes.is_the_engine_s(cls, name):
        return "is what the engine decides: leave it out"
    return ""


def _last(found: Comparison, path: str, held: object) -> object:
    """What an attribute is now, as documents have it."""
    last = found.differences[-1] if found.differences else None
    return last.now if last is not None and last.path == path else plain(held)


def _is_cleared(value: object, held: object) -> bool:
    return value is None and held not in (None, "", [])


def _reference(
    wanted: BaseResource,
    held: Any,
    names: Names,
    around: Around,
    path: str,
    found: Comparison,
) -> Any:
    try:
        id_ = names.id_of(wanted, around)
    except errors.Error as error:
        found.refusals.append((path, str(error)))
        return None
    now = vars(held).get("id") if isinstance(held, Struct) else None
    if id_ is not None and now == id_:
        return None
    here = names.name_of(held, around) if isinstance(held, BaseResource) else None
    if here is not None:
        here = _short(here)
    found.differences.append(Difference(path, here or plain(held), _short(wanted)))
    return wanted._with(id=id_) if id_ is not None else wanted


def _short(reference: Struct) -> Any:
    told = plain(reference)
    return told["name"] if "name" in told and told.keys() <= {"id", "name"} else told


def _list(
    cls: type[Struct],
    spec: FieldSpec,
    wanted: Any,
    held: Any,
    names: Names,
    around: Around,
    path: str,
    found: Comparison,
) -> Any:
    wanted, held = list(wanted or ()), list(held or ())
    entries = []
    same = len(wanted) == len(held)
    left = list(held)
    ordered = (cls.__api_name__, spec.name) in _ORDERED
    for number, entry in enumerate(wanted):
        if isinstance(entry, BaseResource) and shapes.is_reference(cls, spec.name):
            try:
                id_ = names.id_of(entry, around)
            except errors.Error as error:
                found.refusals.append((f"{path}[{number}]", str(error)))
                continue
            entries.append(entry._with(id=id_) if id_ is not None else entry)
            match = next((e for e in left if id_ is not None and vars(e).get("id") == id_), None)
        else:
            entries.append(entry)
            rest = left[:1] if ordered else left
            match = next((e for e in rest if _is_same(cls, spec, entry, e)), None)
        if match is None:
            same = False
        else:
            left.remove(match)
    if same:
        return None
    before = [_named(names, around, entry) for entry in held]
    found.differences.append(Difference(path, plain(before, spec) or None, plain(wanted, spec)))
    return entries


def _named(names: Names, around: Around, entry: Any) -> Any:
    if isinstance(entry, BaseResource) and vars(entry).keys() <= {"id", "href"}:
        return names.name_of(entry, around) or entry
    return entry


def _is_same(cls: type[Struct], spec: FieldSpec, wanted: Any, held: Any) -> bool:
    if isinstance(wanted, Struct):
        return isinstance(held, Struct) and all(
            _is_same(type(wanted), inner, vars(wanted)[name], vars(held).get(name))
            for name, inner in fields(type(wanted)).items()
            if name in vars(wanted) and not is_secret(wanted.__api_name__, name, None)
        )
    if isinstance(wanted, list):
        held = held or []
        return len(wanted) == len(held) and all(
            any(_is_same(cls, spec, entry, other) for other in held) for entry in wanted
        )
    return bool(scalar_key(cls, spec, wanted) == scalar_key(cls, spec, held))


def _scalar(
    cls: type[Struct], spec: FieldSpec, wanted: Any, held: Any, path: str, found: Comparison
) -> Any:
    if scalar_key(cls, spec, wanted) == scalar_key(cls, spec, held):
        return None
    found.differences.append(Difference(path, plain(held, spec), plain(wanted, spec)))
    return wanted


def scalar_key(cls: type[Struct], spec: FieldSpec, value: Any) -> Any:
    """What an engine keeps of a value: it cuts memory to MiB, and knows no empty texts."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return value
    if spec.type_name == "Bytes" and cls.__api_name__ in _IN_MIB:
        return value // _MIB
    if spec.type_name in ("MACAddress", "IPAddress") or spec.kind is Kind.ENUMERATION:
        return str(value).lower()
    if spec.kind is Kind.DOUBLE:
        return round(value, 9) if math.isfinite(value) else value
    return value


def put(resource: Struct, delta: dict[str, Any]) -> None:
    """Sets what is to be sent on a resource that was read."""
    for name, value in delta.items():
        spec = fields(type(resource))[name]
        if isinstance(value, dict):
            held = vars(resource).get(name)
            if held is None:
                setattr(resource, name, built(spec.type, value))
            else:
                put(held, value)
        else:
            setattr(resource, name, value)


def built(cls: type[S], delta: dict[str, Any]) -> S:
    """A structure that holds just what is to be sent."""
    made = cls._with()
    for name, value in delta.items():
        inner = fields(cls)[name]
        vars(made)[name] = built(inner.type, value) if isinstance(value, dict) else value
    return made


def to_send(
    wanted: BaseResource,
    names: Names,
    around: Around,
    shape: shapes.Shape | None = None,
) -> Comparison:
    """What a creation sends: what is wanted, with ids, and without what is made by itself."""
    found = Comparison()
    shape = shape or shapes.shape_of(wanted.__api_name__)
    found.delta = _whole(wanted, names, around, shape, "", found)
    return found


def _whole(
    wanted: Struct,
    names: Names,
    around: Around,
    shape: shapes.Shape,
    prefix: str,
    found: Comparison,
) -> dict[str, Any]:
    delta: dict[str, Any] = {}
    cls = type(wanted)
    called = vars(wanted).get("name")
    for name, value in vars(wanted).items():
        spec, path = fields(cls).get(name), f"{prefix}{name}"
        if spec is None or value is None or name == "href":
            continue
        if name in shapes.nested(cls) and (cls.__api_name__, name) not in shapes.SENT_WITHIN:
            continue
        if name == "id" and not prefix and "id" not in shape.identity:
            continue
        if not prefix and name == shape.base:
            continue
        if path in shape.engines or shapes.is_the_engine_s(cls, name):
            found.refusals.append((path, "is what the engine decides: leave it out"))
            continue
        if isinstance(value, BaseResource) and _is_meant(cls, name, value):
            delta[name] = _reference(value, None, names, around, path, found)
            continue
        if isinstance(value, list) and spec.kind is Kind.STRUCT:
            delta[name] = _list(cls, spec, value, None, names, around, path, found) or []
            continue
        if isinstance(value, Struct):
            inner = _shape_within(cls, name, shape)
            start = "" if inner is not shape else f"{path}."
            at = len(found.differences), len(found.refusals)
            delta[name] = _whole(value, names, around, inner, start, found)
            if start == "":
                _prefix(found, at, path)
            continue
        secret = is_secret(cls.__api_name__, name, called)
        found.differences.append(Difference(path, None, HIDDEN if secret else plain(value, spec)))
        delta[name] = value
    return delta


def model_to_send(wanted: BaseResource, delta: dict[str, Any]) -> BaseResource:
    """The model that a creation sends."""
    return built(type(wanted), delta)
