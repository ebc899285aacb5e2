"""Every action of the API is a typed method, and every input that it asks for can be written."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import pytest

from rhev import facts as run_time
from rhev.mapping import parameters
from rhev.mapping.catalogue import model
from rhev.mapping.fields import FieldSpec, Kind, fields
from rhev.models.index import CLASSES, COLLECTIONS

from .api import (
    CRUD,
    ENUMS,
    FACTS,
    PYTHON,
    SERVICES,
    TYPES,
    Place,
    all_methods,
    class_of,
    heirs,
    methods,
    python_name,
    subject,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

# Services at no path that none inherits from: what they say, DiskService says itself.
NOWHERE = {"CopyableService", "MoveableService"}
ACTIONS = [place for place in methods() if place.name not in CRUD]
MANDATORY = [place for place in methods() if any(s.get("mandatory") for s in place.shapes)]

every_action = pytest.mark.parametrize("place", ACTIONS, ids=str)


def owners(place: Place) -> set[str]:
    """The names of the classes that have a method: of resources, or of collections."""
    found = set()
    for heir in heirs(place.service):
        about = subject(heir)
        if about is not None:
            name = CLASSES[about[0]]
            found.add(COLLECTIONS[name] if about[1] else name)
    return found


def annotation(parameter: Mapping[str, Any]) -> str:
    """How a parameter's type is written in a signature."""
    name = PYTHON.get(parameter["type"]) or CLASSES.get(parameter["type"]) or parameter["type"]
    return f"Sequence[{name}] | None" if parameter.get("list") else f"{name} | None"


def test_the_facts_are_whole() -> None:
    assert len(ACTIONS) == 124
    assert len(MANDATORY) > 90


@every_action
def test_actions_are_typed_methods(place: Place) -> None:
    if place.service in NOWHERE:
        assert place.service not in FACTS["paths"].values()
    else:
        assert owners(place), "an action of nothing"
    for owner in owners(place):
        method = inspect.getattr_static(model(owner), python_name(place.name))
        signature = inspect.signature(method)
        where = f"{owner}.{place.name}"
        assert signature.return_annotation == "Action", where
        self, action, *keywords = signature.parameters.values()
        assert (self.name, action.name) == ("self", "action"), where
        assert action.annotation == "Action | None", where
        said = {p.name: (p.kind, p.default, p.annotation) for p in keywords}
        for name, parameter in place.inputs.items():
            assert said[python_name(name)] == (
                inspect.Parameter.KEYWORD_ONLY,
                None,
                annotation(parameter),
            ), f"{where}({name}=)"


@every_action
def test_actions_say_what_they_do(place: Place) -> None:
    for owner in owners(place):
        method = inspect.getattr_static(model(owner), python_name(place.name))
        doc = " ".join((method.__doc__ or "").split())
        where = f"{owner}.{place.name}"
        assert doc[:1].isupper(), where
        for name in place.inputs:
            assert f"- ``{python_name(name)}``: " in doc, f"{where}({name}=)"
        if "since" in place.method:
            assert f"Since {place.method['since']}." in doc, where


@every_action
def test_actions_travel_as_the_engine_reads_them(place: Place) -> None:
    """The method hands on its segment of the path, and parameters by their wire names."""
    for owner in owners(place):
        cls = model(owner)
        resource = cls()
        sent: dict[str, Any] = {}

        class Recorder:
            def perform(
                self, operation: str, /, *arguments: Any, into: dict[str, Any] = sent, **given: Any
            ) -> None:
                into["call"] = (operation, arguments[1], given)

        object.__setattr__(resource, "_binding", Recorder())
        values = {name: object() for name in place.inputs}
        getattr(resource, python_name(place.name))(
            **{python_name(name): value for name, value in values.items()}
        )
        assert sent["call"] == ("action", place.name.replace("_", ""), values), owner


@every_action
def test_the_action_document_holds_every_input(place: Place) -> None:
    by_wire = {spec.wire: spec for spec in fields(class_of("Action")).values()}
    for name, parameter in place.inputs.items():
        spec = by_wire[name]
        assert spec.is_list == parameter.get("list", False), f"{place}({name}=)"
        expected = PYTHON.get(parameter["type"]) or CLASSES.get(parameter["type"])
        assert spec.type_name == (expected or parameter["type"]), f"{place}({name}=)"


def test_no_class_has_an_action_that_the_api_lacks() -> None:
    expected: dict[str, set[str]] = {}
    for place in ACTIONS:
        for owner in owners(place):
            expected.setdefault(owner, set()).add(python_name(place.name))
    for name in (*CLASSES.values(), *COLLECTIONS.values()):
        cls = model(name)
        declared = {
            method
            for base in cls.__mro__
            for method, value in vars(base).items()
            if inspect.isfunction(value) and value.__annotations__.get("return") == "Action"
        }
        bases = {base.__name__ for base in cls.__mro__}
        allowed = set().union(*(actions for own, actions in expected.items() if own in bases))
        assert declared == allowed, name


def resolved(specs: Mapping[str, FieldSpec], path: list[str]) -> Iterator[str]:
    """Walks a path through the fields; yields what of it does not lead on."""
    by_name = {spec.name: spec for spec in specs.values()}
    head, *rest = path
    spec = by_name.get(python_name(head))
    if spec is None:
        yield head
        return
    if rest and rest[0] == "*":
        if not spec.is_list:
            yield f"{head}.*"
        rest = rest[1:]
    elif rest and spec.is_list:
        yield f"{head} without *"
    if rest:
        if spec.kind is not Kind.STRUCT:
            yield ".".join(path)
        else:
            yield from resolved(fields(spec.type), rest)


@pytest.mark.parametrize("place", MANDATORY, ids=str)
def test_mandatory_inputs_are_attributes(place: Place) -> None:
    for shape in place.shapes:
        for alternatives in shape.get("mandatory", ()):
            for path in alternatives.split("|"):
                first, *rest = path.split(".")
                parameter = place.inputs[first]
                if rest and rest[0] == "*":
                    assert parameter["list"], path
                    rest = rest[1:]
                if rest:
                    specs = fields(class_of(parameter["type"]))
                    assert list(resolved(specs, rest)) == [], f"{place}: {path}"
                else:
                    assert parameter["type"] in {*PYTHON, *ENUMS} or parameter.get("list"), path


@pytest.mark.parametrize(
    ("method", "declared"),
    [
        ("add", parameters.CreateParameters),
        ("update", parameters.UpdateParameters),
        ("remove", parameters.DeleteParameters),
    ],
)
def test_parameters_of_the_url_are_keywords(method: str, declared: Any) -> None:
    known = declared.__annotations__
    for place in methods():
        if place.name == method:
            for name, parameter in place.inputs.items():
                if parameter["direction"] == "in" and parameter["type"] not in TYPES:
                    assert python_name(name) in known, f"{place}({name}=)"


def test_parameters_of_reading_are_keywords() -> None:
    for place in methods():
        if place.name in ("get", "list"):
            for name in place.inputs.keys() - {"search"}:
                assert python_name(name) in parameters.READ_PARAMETERS, f"{place}({name}=)"


@pytest.mark.parametrize("name", SERVICES)
def test_services_are_what_the_package_holds_of_them(name: str) -> None:
    service = run_time.services()[name]
    facts = all_methods(name)
    about = subject(name)
    assert service.type == (about[0] if about else None)
    assert service.methods.keys() == facts.keys()
    for method in service.methods.values():
        fact = facts[method.name]
        assert list(method.mandatory) == fact.get("mandatory", [])
        assert [p.name for p in method.parameters] == [p["name"] for p in fact["parameters"]]
        assert [(v.name, list(v.mandatory)) for v in method.variants] == [
            (v["name"], v.get("mandatory", [])) for v in fact.get("variants", ())
        ]
    assert dict(service.locators) == all_locators(name)


def all_locators(service: str) -> dict[str, str]:
    """The sub-services of a service by their segments, inherited ones too."""
    fact = SERVICES[service]
    inherited = {k: v for base in fact["bases"] for k, v in all_locators(base).items()}
    return inherited | {loc["segment"]: loc["service"] for loc in fact["locators"]}


def test_paths_are_what_the_package_holds_of_them() -> None:
    assert dict(run_time.paths()) == FACTS["paths"]
