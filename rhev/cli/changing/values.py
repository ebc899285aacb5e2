"""Attributes that are written as ``path=value``, as values of the models.

>>> vm = schema.VM()
>>> assign(vm, [assignment("memory=8GiB"), assignment("cpu.topology.cores=4")])
>>> vm.memory, vm.cpu.topology.cores
(8589934592, 4)
"""

from __future__ import annotations

import re
import sys
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import click

from rhev.cli.exits import INVALID, USAGE, CommandError
from rhev.cli.finding import is_id, naming_attribute
from rhev.mapping.fields import FieldSpec, Kind, fields
from rhev.mapping.resources import BaseResource
from rhev.mapping.scalars import StatusEnumeration, parse_bytes
from rhev.secrets import is_secret

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rhev.mapping.structure import Struct

_PAIR = re.compile(r"([A-Za-z_][\w.-]*)=(.*)", re.DOTALL)
_BOOLEANS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_VERSION = re.compile(r"(\d+)\.(\d+)")
# Written in the place of a secret: it is read from the standard input, or asked for.
_ELSEWHERE = "-"


class Assignment(NamedTuple):
    """An attribute's path and what was written for it; an empty ``text`` clears it.

    ``is_read`` is of a secret, which was not written but read.
    """

    path: tuple[str, ...]
    text: str
    is_read: bool = False

    @property
    def name(self) -> str:
        """The path as people write it."""
        return ".".join(self.path)


def is_assignment(word: str) -> bool:
    """Whether a word of the command line is ``path=value``, and no name."""
    return _PAIR.fullmatch(word) is not None


def assignment(word: str) -> Assignment:
    """What ``path=value`` says. Raises CommandError for another word."""
    match = _PAIR.fullmatch(word)
    if match is None:
        raise CommandError(f"{word!r} is no attribute with its value, as in memory=8GiB", USAGE)
    path = tuple(part.replace("-", "_") for part in match[1].split("."))
    if not all(path):
        raise CommandError(f"{match[1]!r} is no path of an attribute", USAGE)
    return Assignment(path, match[2])


def assign(
    resource: Struct, assignments: Iterable[Assignment], *, is_there: bool = False
) -> list[Assignment]:
    """Sets the attributes of a resource, and makes what they are within.

    Returns the assignments with the secrets that were read, which another resource can be given.
    What refers to another resource is replaced: ``cluster=b`` and ``cluster.name=b`` mean the
    cluster b, and rename none. ``is_there`` says that an engine has the resource already, though it
    was not read from there. Raises CommandError, which says what would be right.
    """
    done: list[Assignment] = []
    begun: set[tuple[str, ...]] = set()
    for each in assignments:
        if any(each.path == other.path for other in done):
            raise CommandError(f"{each.name} is said twice", USAGE)
        if each.path == ("id",) and (is_there or resource._changed is not None):
            raise CommandError("id: that is given by the engine, and stays", INVALID)
        done.append(_assign(resource, each, begun))
    return done


def _assign(resource: Struct, said: Assignment, begun: set[tuple[str, ...]]) -> Assignment:
    from rhev.applying import shapes

    holder = resource
    for at, part in enumerate(said.path[:-1], 1):
        spec = _spec(holder, part, said.name)
        if spec.kind is not Kind.STRUCT:
            raise CommandError(f"{said.name}: there is nothing within {part}", INVALID)
        if spec.is_list:
            raise CommandError(_of_list(holder, spec, said.name), INVALID)
        path = said.path[:at]
        renews = shapes.is_reference(type(holder), part) and path not in begun
        if renews or vars(holder).get(part) is None:
            setattr(holder, part, spec.type())
        begun.add(path)
        holder = vars(holder)[part]
    name = said.path[-1]
    spec = _spec(holder, name, said.name)
    if spec.is_collection:
        raise CommandError(_of_list(holder, spec, said.name), INVALID)
    if name == "href":
        raise CommandError(f"{said.name}: that is given by the engine, and stays", INVALID)
    if spec.kind is Kind.ENUMERATION and issubclass(spec.type, StatusEnumeration):
        raise CommandError(f"{said.name}: the engine says it; actions are what changes it", INVALID)
    hidden = is_secret(type(holder).__api_name__, name, vars(holder).get("name"))
    if hidden and not said.is_read:
        said = Assignment(said.path, _secret(said), is_read=True)
    value = value_of(spec, said.text, said.name) if said.text else None
    if holder._changed is None or vars(holder).get(name) != value:
        _set(holder, name, value, said.name)
    return said


def _set(holder: Struct, name: str, value: Any, path: str) -> None:
    """Sets an attribute. Raises CommandError for what the model does not take."""
    from pydantic import ValidationError

    try:
        setattr(holder, name, value)
    except ValidationError as error:
        told = error.errors(include_url=False, include_input=False)[0]["msg"]
        message = told.removeprefix("Value error, ")
        raise CommandError(f"{path}: {message[:1].lower()}{message[1:]}", INVALID) from None


def _spec(holder: Struct, name: str, path: str) -> FieldSpec:
    known = fields(type(holder))
    if name in known:
        return known[name]
    title = type(holder).__name__
    near = get_close_matches(name, known, 1)
    hint = f"did you mean {near[0]!r}?" if near else f"it has {', '.join(sorted(known))}"
    raise CommandError(f"{path}: {title} has no {name!r}; {hint}", INVALID)


def _of_list(holder: Struct, spec: FieldSpec, path: str) -> str:
    if spec.is_collection:
        return f"{path}: what is in {spec.name} is created, updated and deleted by itself"
    return f"{path}: {spec.name} is a list, which is given whole, as in {spec.name}='[{{...}}]'"


def _secret(said: Assignment) -> str:
    """A secret, which an argument must not have: other users of the machine see those."""
    from rhev.cli import terminal

    if said.text == "":
        return ""
    if said.text != _ELSEWHERE:
        raise CommandError(
            f"{said.name}: a secret is not written here, where other users of this machine see it:"
            f" {said.name}=- asks for it, or reads a line of the standard input",
            USAGE,
        )
    if terminal.is_interactive():
        return str(click.prompt(said.name, hide_input=True, err=True))
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise CommandError(f"{said.name}: the standard input has no line for it", USAGE)
    return line


def value_of(spec: FieldSpec, text: str, path: str) -> Any:
    """The value of an attribute that a text means. Raises CommandError for a text that is none.

    Lists are separated by commas, or written in YAML, and so in JSON; structures are written so.
    """
    if text.lstrip().startswith(("[", "{")) and (spec.is_list or spec.kind is Kind.STRUCT):
        return _built(spec, _data(text, path), path)
    if spec.is_list:
        return [_one(spec, part.strip(), path) for part in text.split(",")]
    return _one(spec, text, path)


def _data(text: str, path: str) -> Any:
    """What a text in YAML holds, with every scalar as the text that it is."""
    import yaml

    try:
        # This loader makes nothing but texts, lists and mappings
        return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506
    except yaml.YAMLError as error:
        said = str(error).splitlines()[0]
        raise CommandError(f"{path}: {text!r} is no YAML: {said}", INVALID) from None


def _built(spec: FieldSpec, data: Any, path: str) -> Any:
    if spec.is_list:
        if not isinstance(data, list):
            raise CommandError(f"{path}: a list is meant, as in [{{...}}]", INVALID)
        return [_member_of(spec, each, f"{path}[{at}]") for at, each in enumerate(data)]
    return _member_of(spec, data, path)


def _member_of(spec: FieldSpec, data: Any, path: str) -> Any:
    if isinstance(data, str):
        return _one(spec, data, path)
    if not isinstance(data, dict) or spec.kind is not Kind.STRUCT:
        raise CommandError(f"{path}: a single value is meant", INVALID)
    cls: Any = spec.type
    made = cls()
    for name, value in data.items():
        inner = _spec(made, name, f"{path}.{name}")
        _set(made, name, _built(inner, value, f"{path}.{name}"), f"{path}.{name}")
    return made


def _one(spec: FieldSpec, text: str, path: str) -> Any:
    if spec.kind is Kind.BOOLEAN:
        return _boolean(text, path)
    if spec.kind is Kind.INTEGER:
        return _integer(spec, text, path)
    if spec.kind is Kind.DOUBLE:
        try:
            return float(text)
        except ValueError:
            raise CommandError(f"{path}: {text!r} is no number", INVALID) from None
    if spec.kind is Kind.ENUMERATION:
        return _member(spec.type, text, path)
    if spec.kind is Kind.STRUCT:
        return _structure(spec, text, path)
    return text


def _boolean(text: str, path: str) -> bool:
    value = _BOOLEANS.get(text.lower())
    if value is None:
        raise CommandError(f"{path}: {text!r} is neither true nor false", INVALID)
    return value


def _integer(spec: FieldSpec, text: str, path: str) -> int:
    if re.fullmatch(r"[+-]?\d+", text):
        return int(text)
    if spec.type_name != "Bytes":
        raise CommandError(f"{path}: {text!r} is no whole number", INVALID)
    try:
        return cast("int", parse_bytes(text))
    except ValueError as error:
        raise CommandError(f"{path}: {error}", INVALID) from None


def _member(enumeration: Any, text: str, path: str) -> Any:
    members = {str(member).lower().replace("-", "_"): member for member in enumeration}
    found = members.get(text.lower().replace("-", "_"))
    if found is not None:
        return found
    near = get_close_matches(text.lower(), members, 1)
    hint = f"did you mean {str(members[near[0]])!r}?" if near else "it can be"
    values = "" if near else f" {', '.join(map(str, members.values()))}"
    raise CommandError(f"{path}: {text!r} is none of its values; {hint}{values}", INVALID)


def _structure(spec: FieldSpec, text: str, path: str) -> Any:
    cls: Any = spec.type
    if spec.type_name == "Version":
        match = _VERSION.fullmatch(text)
        if match is None:
            raise CommandError(f"{path}: {text!r} is no version, as 4.7 is one", INVALID)
        return cls(major=int(match[1]), minor=int(match[2]))
    if issubclass(cls, BaseResource):
        return reference(cls, text)
    inner = [name for name in fields(cls) if name != "href"]
    raise CommandError(
        f"{path} is made of attributes: write {path}.{inner[0]}={text}, or another of"
        f" {', '.join(inner)}",
        INVALID,
    )


def reference(cls: type[BaseResource], text: str) -> BaseResource:
    """What refers to the resource of a name or an id."""
    attribute = naming_attribute(cls)
    return cls._with(**{attribute if attribute and not is_id(text) else "id": text})
