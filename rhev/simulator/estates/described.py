"""An estate as a person describes it, in YAML: kinds of resources, and of each a list of specs.

A spec has the attributes of the API's type, as :mod:`rhev.schema` has them. What it refers to is
said by name, ``cluster: prod`` for ``cluster: {name: prod}``; what belongs to it, as the NICs of a
machine, stands within it. The order is of no matter. What there is already by a name is changed.
An engine is asked for all of it, so that what comes of it is what a client would have got.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from rhev.errors import ParseError
from rhev.mapping.fields import FieldSpec, Kind, fields
from rhev.mapping.resources import BaseResource
from rhev.mapping.structure import Struct
from rhev.simulator.documents.representations import relationship
from rhev.simulator.estates.marked import Location, Marked
from rhev.simulator.state import services
from rhev.simulator.state.values import class_of, collection_of, held

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from os import PathLike

    from rhev import facts
    from rhev.simulator.state.store import Record

# What is meant where nothing is said of it: the name of what a new resource refers to.
DEFAULTS: Mapping[str, Mapping[str, str]] = {
    "Cluster": {"data_center": "Default"},
    "Host": {"cluster": "Default"},
    "Network": {"data_center": "Default"},
    "Vm": {"cluster": "Default", "template": "Blank"},
}
# How a resource comes to be in a state, and which states can be described.
STATES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "Vm": {"down": (), "up": ("start",), "suspended": ("start", "suspend")},
    "Host": {"up": (), "maintenance": ("deactivate",)},
    "StorageDomain": {"active": (), "maintenance": ("deactivate",)},
}
# What comes with something else, under the same name.
_BESIDE: Mapping[str, str] = {
    "Cluster": "CpuProfile",
    "Network": "VnicProfile",
    "StorageDomain": "DiskProfile",
}
NAMES = ("name", "user_name", "alias", "description")
Name = tuple[str, str]


@dataclass(eq=False)
class Spec:
    """One resource that is to be: where it goes, what it is, and where in the file that is said."""

    owner: Spec | None
    service: facts.Service
    segment: str
    model: Any
    location: Location
    state: str = ""
    centers: list[Any] = field(default_factory=list)
    record: Record | None = None

    @property
    def type(self) -> str:
        """The API's type."""
        return str(type(self.model).__api_name__)

    @property
    def name(self) -> Name:
        """What others call it by."""
        return self.type, str(name_of(self.model))


class Description:
    """A file that was read, and found to describe an estate."""

    def __init__(self, path: str | PathLike[str]) -> None:
        """Reads a file. Raises ParseError, which names all that is wrong, and where."""
        self.marked: Marked = Marked(path)
        self.wrong: list[str] = []
        self.specs: list[Spec] = self._in_order(list(self._read()))
        if self.wrong:
            listed = "".join(f"\n  {each}" for each in self.wrong)
            raise ParseError(f"{path} describes no estate:{listed}")

    def _say(self, location: Sequence[str | int], message: str) -> None:
        at = ".".join(map(str, location))
        self.wrong.append(f"{self.marked.where(location)}: {at}: {message}")

    def _read(self) -> Iterator[Spec]:
        kinds = self.marked.value or {}
        if not isinstance(kinds, dict):
            self._say((), "kinds of resources are expected, as in 'vms: [{name: web}]'")
            return
        for kind, entries in kinds.items():
            segment = _kinds().get(kind)
            if segment is None:
                near = get_close_matches(str(kind), _kinds(), 1)
                hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(_kinds())}"
                self._say((kind,), f"there is no such kind of resource; {hint}")
            elif not isinstance(entries, list):
                self._say((kind,), f"a list of {kind} is expected")
            else:
                api_type = services.type_of(services.below(None, segment))
                for number, entry in enumerate(entries):
                    model = self._model(api_type, entry, (kind, number))
                    if model is not None:
                        yield from self._parts(None, segment, model, (kind, number))

    def _parts(
        self, owner: Spec | None, segment: str, model: Any, location: Location
    ) -> Iterator[Spec]:
        """The spec of a resource, and those of what belongs to it, which are taken out of it."""
        above = services.member(owner.service) if owner is not None else None
        service = services.below(above, segment)
        spec = Spec(owner, service, segment, model, location)
        if spec.type in STATES:
            spec.state = str(vars(model).pop("status", ""))
        if owner is None and spec.type == "StorageDomain":
            given = vars(model).pop("data_center", None)
            spec.centers = [*(vars(model).pop("data_centers", None) or []), *filter(None, [given])]
        yield spec
        member = services.member(service)
        rels = services.relationships(member) if member is not None else ()
        cls: type[Struct] = type(model)
        for name, attribute in attributes(model).items():
            rel = relationship(cls, attribute)
            if attribute.is_list and rel in rels and held(model, name) is not None:
                for number, entry in enumerate(vars(model).pop(name)):
                    yield from self._parts(spec, rel, entry, (*location, name, number))

    def _model(self, api_type: str, entry: Any, location: Location) -> Any:
        if isinstance(entry, str):
            entry = {"name": entry}
        if not isinstance(entry, dict):
            self._say(location, f"a {api_type} has attributes, as in '{{name: ...}}'")
            return None
        cls = class_of(api_type)
        try:
            model = cls.model_validate(_expanded(cls, entry))
        except ValidationError as error:
            for each in error.errors(include_url=False, include_input=False):
                self._say((*location, *each["loc"]), each["msg"])
            return None
        state, known = held(model, "status"), STATES.get(api_type, {})
        if state is not None and str(state) not in known:
            possible = f"can be {' or '.join(known)} here" if known else "comes by itself"
            self._say((*location, "status"), f"it is {str(state)!r}, and {possible}")
        return model

    def _in_order(self, specs: list[Spec]) -> list[Spec]:
        """The specs, each after those that it refers to, and otherwise as they were given."""
        defined: dict[Name, Spec] = {}
        for spec in specs:
            if spec.owner is not None or spec.type in SHARED:
                continue
            api_type, name = spec.name
            if (before := defined.get(spec.name)) is not None:
                at = self.marked.where(before.location)
                self._say(spec.location, f"{api_type} {name!r} was described already, at {at}")
            defined[spec.name] = spec
            if (beside := _BESIDE.get(api_type)) is not None:
                defined.setdefault((beside, name), spec)
        graph: dict[Spec, list[Spec]] = {}
        for spec in specs:
            names = [*_referred(spec.model), *_referred(spec.centers), *_meant(spec)]
            needed = [defined[name] for name in names if name in defined]
            if spec.type == "Template":  # it is made of all that belongs to a machine
                needed += [each for each in specs if _whole(each) in needed]
            needed += [spec.owner] if spec.owner is not None else []
            graph[spec] = [each for each in needed if each is not spec]
        try:
            return list(TopologicalSorter(graph).static_order())
        except CycleError as error:
            first = error.args[1][0]
            those = " and ".join(repr(each.name[1]) for each in error.args[1][1:])
            self._say(first.location, f"{those} each need what is not there before them")
            return specs


def _whole(spec: Spec) -> Spec:
    """What a spec belongs to, at the top."""
    return spec if spec.owner is None else _whole(spec.owner)


def attributes(model: Struct) -> Mapping[str, FieldSpec]:
    """The attributes that a model may have."""
    cls: type[Struct] = type(model)
    return fields(cls)


def _expanded(cls: type[Struct], entry: Any) -> Any:
    """The entry with objects in the place of names."""
    if isinstance(entry, str) and issubclass(cls, BaseResource):
        return {"name": entry}
    if not isinstance(entry, dict):
        return entry
    specs = fields(cls)
    return {
        name: _expanded_value(specs[name], value)
        if name in specs and specs[name].kind is Kind.STRUCT
        else value
        for name, value in entry.items()
    }


def _expanded_value(spec: FieldSpec, value: Any) -> Any:
    if spec.is_list and isinstance(value, list):
        return [_expanded(spec.type, each) for each in value]
    return _expanded(spec.type, value)


@cache
def _kinds() -> dict[str, str]:
    """The collections of the entry point that resources can be added to, by the API's name."""
    found = {}
    for segment in services.relationships(services.entry_point()):
        service = services.below(None, segment)
        cls = collection_of(services.type_of(service)) if _is_listed(service) else None
        if cls is not None:
            found[cls.__xml_tag__ or segment] = segment
    return found


def _is_listed(service: Any) -> bool:
    return "add" in service.methods and services.type_of(service) not in _NO_COLLECTION


_NO_COLLECTION = frozenset({"ExternalTemplateImport", "ExternalVmImport"})


def name_of(model: Any) -> str | None:
    """What a resource is called, whichever attribute says it."""
    return next((name for each in NAMES if (name := held(model, each)) is not None), None)


def is_name(value: Struct) -> bool:
    """Whether a structure is no more than the name of a resource that is elsewhere."""
    return isinstance(value, BaseResource) and vars(value).keys() <= {"name"} and bool(vars(value))


def _referred(value: Any) -> Iterator[Name]:
    """The types and names of what a spec refers to, at any depth."""
    for entry in value if isinstance(value, list) else vars(value).values():
        if isinstance(entry, list):
            yield from _referred(entry)
        elif isinstance(entry, Struct):
            if is_name(entry):
                yield called(entry)
            yield from _referred(entry)


def called(value: Any) -> Name:
    """The type and the name of what a name alone stands for."""
    return str(type(value).__api_name__), str(held(value, "name"))


def _meant(spec: Spec) -> Iterator[Name]:
    """What a spec needs although it says nothing of it."""
    for attribute, name in DEFAULTS.get(spec.type, {}).items():
        if spec.owner is None and held(spec.model, attribute) is None:
            yield attributes(spec.model)[attribute].type.__api_name__, name
    if spec.owner is not None and is_name(spec.model):
        yield spec.name


# Types of which several may have one name.
SHARED = frozenset({"Disk", "Snapshot", "Event", "Job", "Permission"})
