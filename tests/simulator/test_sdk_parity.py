"""What travels, against the vendor's own client: every method, and every type in both directions.

What rhev sends for a method is what the SDK sends for it, and what either writes the other reads.
An exception is what rhev leaves out on purpose: a body has no addresses, an update no identifier.
"""

from __future__ import annotations

import inspect
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import Enum
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import lxml.etree as etree
import pytest

from rhev import Connection, facts, schema
from rhev.codecs import xml
from rhev.mapping.catalogue import model
from rhev.mapping.fields import FieldSpec, Kind, fields
from rhev.mapping.links import Links
from rhev.mapping.resources import BaseResources
from rhev.mapping.structure import Struct
from rhev.models.index import CLASSES, COLLECTIONS, ENUMERATIONS

_ABSENT = "the vendor's SDK is not installed"
readers: Any = pytest.importorskip("ovirtsdk4.readers", reason=_ABSENT)
sdk_services: Any = pytest.importorskip("ovirtsdk4.services", reason=_ABSENT)
types: Any = pytest.importorskip("ovirtsdk4.types", reason=_ABSENT)
writers: Any = pytest.importorskip("ovirtsdk4.writers", reason=_ABSENT)
sdk_xml: Any = pytest.importorskip("ovirtsdk4.xml", reason=_ABSENT)

URL = "https://engine.example/ovirt-engine/api"
HERE = "/ovirt-engine/api/x"
DATE = datetime(2024, 5, 17, 8, 30, 15, 123000, tzinfo=timezone(timedelta(hours=2)))
RESERVED = {"from": "from_", "import": "import_", "async": "async_"}

# What the SDK's own code cannot do: it has no way to write the list that is the body.
BROKEN = {"GlusterBricksService.add"}
# A collection that is removed from as a whole: rhev removes its members one by one.
LEFT_OUT = {"GlusterBricksService.remove"}


# Samples: every attribute set, structures down to a depth.


def sample(cls: type[Struct], depth: int) -> Struct:
    return cls(
        **{
            spec.name: [_one(spec, depth, 0), _one(spec, depth, 1)]
            if spec.is_list
            else _one(spec, depth, 0)
            for spec in fields(cls).values()
            if spec.name != "href" and (depth or spec.kind is not Kind.STRUCT)
        }
    )


def _one(spec: FieldSpec, depth: int, index: int) -> Any:
    match spec.kind:
        case Kind.STRUCT:
            return sample(spec.type, depth - 1)
        case Kind.INTEGER:
            return 2**40 + index
        case Kind.BOOLEAN:
            return index == 0
        case Kind.DOUBLE:
            return 1.25 + index
        case Kind.DATE:
            return DATE
        case Kind.ENUMERATION:
            return list(spec.type)[-1 - index]
    formats = {"MACAddress": "56:6f:1a:00:00:07", "IPAddress": "192.0.2.7"}
    return formats.get(spec.type_name, f'{spec.name} é<&>" {index}')


def argument(parameter: facts.Parameter) -> Any:
    match parameter.type:
        case "Boolean":
            value: Any = True
        case "Integer":
            value = 7
        case "String":
            value = "a b&c/ü"
        case name if name in ENUMERATIONS:
            value = list(model(name))[-1]
        case name:
            value = sample(model(CLASSES[name]), 0)
    return [value, value] if parameter.is_list else value


def as_sdk(value: Any) -> Any:
    """The same value in the SDK's classes."""
    if isinstance(value, list):
        return [as_sdk(entry) for entry in value]
    if isinstance(value, Struct):
        given = {n: as_sdk(v) for n, v in value.__dict__.items() if n != "href"}
        # The SDK has it as a text, as the API's model does.
        if value.__api_name__ == "Action" and isinstance(given.get("status"), Enum):
            given["status"] = given["status"].value
        made = getattr(types, value.__api_name__)(**given)
        if (href := value.__dict__.get("href")) is not None:
            made.href = href
        return made
    return getattr(types, type(value).__name__)(value.value) if isinstance(value, Enum) else value


# Types.


def differences(ours: Any, theirs: Any, path: str) -> list[str]:
    if isinstance(ours, list):
        if not isinstance(theirs, list) or len(ours) != len(theirs):
            return [f"{path}: {ours!r} is not {theirs!r}"]
        pairs = enumerate(zip(ours, theirs, strict=True))
        return [text for i, (a, b) in pairs for text in differences(a, b, f"{path}[{i}]")]
    if isinstance(ours, Struct):
        return [
            text
            for name in fields(type(ours))
            for text in differences(
                ours.__dict__.get(name), getattr(theirs, name), f"{path}.{name}"
            )
        ]
    same = ours == (theirs.value if isinstance(theirs, Enum) else theirs)
    return [] if same else [f"{path}: {ours!r} is not {theirs!r}"]


def with_address(cls: type[Struct]) -> Struct:
    made = sample(cls, 1)
    if "href" in fields(cls):
        vars(made)["href"] = HERE
    return made


@pytest.mark.parametrize("api_type", sorted(CLASSES))
def test_the_sdk_reads_what_is_written(api_type: str) -> None:
    ours = with_address(model(CLASSES[api_type]))
    document = sdk_xml.XmlReader(BytesIO(xml.encode(ours)))
    theirs = getattr(readers, f"{api_type}Reader").read_one(document)
    assert differences(ours, theirs, api_type) == []


@pytest.mark.parametrize("api_type", sorted(CLASSES))
def test_what_the_sdk_writes_is_read(api_type: str) -> None:
    ours = with_address(model(CLASSES[api_type]))
    written = BytesIO()
    writer = sdk_xml.XmlWriter(written, True)
    getattr(writers, f"{api_type}Writer").write_one(as_sdk(ours), writer, ours.__xml_tag__)
    writer.flush()
    assert xml.decode(written.getvalue(), type(ours)) == ours


# Methods.


@dataclass(frozen=True)
class Case:
    """A method, or one of its variants, of a service at a path."""

    path: str
    service: facts.Service
    method: facts.Method
    name: str
    parameters: tuple[facts.Parameter, ...]

    @property
    def type(self) -> str | None:
        """The type of the resource, which a service that only removes does not name."""
        above = facts.paths()[self.path.rpartition("/")[0] or "/"]
        return self.service.type or facts.services()[above].type

    def __str__(self) -> str:
        return f"{self.service.name}.{self.name}"


def _cases() -> list[Case]:
    paths: dict[str, str] = {}
    for path, name in sorted(facts.paths().items(), key=lambda item: item[0].count("/")):
        paths.setdefault(name, path)
    found = []
    for name, path in paths.items():
        service = facts.services()[name]
        for method in service.methods.values():
            shapes = {method.name: method.parameters}
            for variant in method.variants:
                merged = {p.name: p for p in (*method.parameters, *variant.parameters)}
                shapes[f"{method.name}_{variant.name}"] = tuple(merged.values())
            for shape, parameters in shapes.items():
                inputs = tuple(p for p in parameters if p.direction != "out")
                found.append(Case(path, service, method, shape, inputs))
    return found


CASES = _cases()


class Sent(Exception):
    """Ends an exchange as soon as there is a request."""


class Recorder:
    """Where a request ends, of either client."""

    request: Any

    def send(self, request: Any) -> Any:
        self.request = request
        raise Sent

    def close(self) -> None:
        pass


def sent_by_sdk(case: Case, arguments: dict[str, Any]) -> dict[str, Any]:
    recorder = Recorder()
    path = "" if case.type == "Api" and case.name == "get" else "/x"
    service = getattr(sdk_services, case.service.name)(recorder, path)
    method = getattr(service, RESERVED.get(case.name, case.name))
    known = inspect.signature(method).parameters.keys() - {"headers", "query", "wait", "kwargs"}
    assert known - {"follow"} == arguments.keys()
    with suppress(Sent):
        method(**{name: as_sdk(value) for name, value in arguments.items()})
    request = recorder.request
    query = {name: getattr(value, "value", value) for name, value in request.query.items()}
    return _request(request.method, request.path, query, (request.body or "").encode())


def sent_by_rhev(case: Case, arguments: dict[str, Any]) -> dict[str, Any]:
    recorder = Recorder()
    connection = Connection(URL, transport=recorder, check=False, format="xml")
    with suppress(Sent):
        _ask(connection, case, dict(arguments))
    request = recorder.request
    parts = urlsplit(request.url)
    path = parts.path.removeprefix("/ovirt-engine/api")
    return _request(request.method, path, dict(parse_qsl(parts.query)), request.content)


def _ask(connection: Connection, case: Case, arguments: dict[str, Any]) -> None:
    name = CLASSES[case.type] if case.type else "Identified"
    cls = model(name)
    collection = model(COLLECTIONS[name]) if name in COLLECTIONS else BaseResources
    body: Any = None
    if case.method.body is not None and not case.method.is_action:
        body = arguments.pop(RESERVED.get(case.method.body.name, case.method.body.name))
    match case.method.name:
        case "list":
            owner, rel = _owner(case)
            connection.getall(rel, base=owner, **arguments)
        case "get" if case.type == "Api":
            connection.get(schema.API, **arguments)
        case "get":
            base = _with(collection(), href=HERE.removesuffix("/x"))
            connection.get(cls, "x", base=base, **arguments)
        case "add":
            connection.create(body, base=_with(collection(), href=HERE), **arguments)
        case "update":
            connection.update(_with(body, href=HERE), **arguments)
        case "remove":
            connection.delete(_with(cls(), href=HERE), **arguments)
        case _:
            subject = collection() if case.service.is_collection else cls()
            segment = case.method.segment
            actions = Links.from_pairs(None, {segment: f"{HERE}/{segment}"})
            object.__setattr__(subject, "_actions", actions)
            object.__setattr__(subject, "_binding", connection)
            getattr(subject, RESERVED.get(case.method.name, case.method.name))(**arguments)


def _owner(case: Case) -> tuple[Any, str]:
    """What a collection belongs to, and the name of the relationship to it."""
    above, _, rel = case.path.rpartition("/")
    service = facts.services()[facts.paths()[above or "/"]]
    owner = model(CLASSES[service.type or "Api"])()
    links = Links.from_pairs(None, {rel: HERE, f"{rel}/search": f"{HERE}?search={{query}}"})
    object.__setattr__(owner, "_links", links)
    return owner, rel


def _with(resource: Any, **values: object) -> Any:
    object.__setattr__(resource, "__dict__", {**resource.__dict__, **values})
    return resource


def _request(method: str, path: str, query: dict[str, Any], body: bytes) -> dict[str, Any]:
    body = re.sub(rb"\.123000\+", b".123+", body)  # the SDK writes microseconds
    tree = _tree(etree.fromstring(body)) if body else None
    if tree and method == "PUT":
        tree = (tree[0], [], tree[2])
    return {"method": method, "path": path, "query": query, "body": tree}


def _tree(element: Any) -> tuple[str, list[tuple[str, str]], Any]:
    inner = sorted((_tree(child) for child in element), key=repr) or (element.text or "").strip()
    return element.tag, sorted(element.items()), inner


@pytest.mark.parametrize("case", [c for c in CASES if str(c) not in BROKEN | LEFT_OUT], ids=str)
def test_a_method_is_sent_as_the_sdk_sends_it(case: Case) -> None:
    arguments = {RESERVED.get(p.name, p.name): argument(p) for p in case.parameters}
    assert sent_by_rhev(case, arguments) == sent_by_sdk(case, arguments)


def test_the_sdk_has_no_method_beyond_those() -> None:
    beyond = set()
    for name in facts.services():
        members = inspect.getmembers(getattr(sdk_services, name), inspect.isfunction)
        known = {RESERVED.get(c.name, c.name) for c in CASES if c.service.name == name}
        if known:
            names = {n for n, _ in members if not n.startswith("_") and not n.endswith("service")}
            beyond |= {f"{name}.{n}" for n in names - known}
    assert beyond == set()


@pytest.mark.parametrize("path", sorted(facts.paths()))
def test_a_path_leads_to_the_same_service(path: str) -> None:
    root = sdk_services.SystemService(Recorder(), "")
    segments = path.strip("/").replace("{id}", "123")
    found = root.service(segments) if segments else root
    assert type(found).__name__ == facts.paths()[path]


def test_where_the_body_is_a_list_one_travels_in_a_list() -> None:
    recorder = Recorder()
    connection = Connection(URL, transport=recorder, check=False, format="xml")
    bricks = _with(schema.GlusterBricks(), href=HERE)
    with suppress(Sent):
        connection.create(schema.GlusterBrick(brick_dir="/b"), base=bricks, replica_count=2)
    assert recorder.request.url == f"{URL}/x?replica_count=2"
    (read,) = readers.GlusterBrickReader.read_many(
        sdk_xml.XmlReader(BytesIO(recorder.request.content))
    )
    assert read.brick_dir == "/b"
