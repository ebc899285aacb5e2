"""Checks a request against the engine's rules before it leaves."""

from __future__ import annotations

import keyword
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from rhev.rules.paths import Place, places, value_at
from rhev.rules.relaxed import MethodFacts, Needs
from rhev.rules.table import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rhev.rules.rule import Rule, Severity

MANDATORY = "mandatory"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that the engine would refuse, or at least may.

    ``path`` is the attribute, as in ``cpu.topology.cores`` or ``payloads[0].volume_id``; ``rule``
    the kind of the rule; ``message`` what is wrong and ``expected`` what would be right;
    ``source`` where in the engine or in the API's facts the rule comes from. ``severity`` is
    ``"warning"`` for what depends on the engine: it keeps nothing from being sent. ``status`` is
    what the engine answers with.
    """

    path: str
    rule: str
    message: str
    expected: str
    source: str
    severity: Severity = "error"
    status: int = 400

    @property
    def loc(self) -> tuple[str | int, ...]:
        """The attribute as pydantic has it: ``("payloads", 0, "volume_id")``.

        It is made of the names that the models have. Of alternatives it is the first.
        """
        return tuple(map(_step, _STEP.findall(self.path.partition("|")[0])))

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


_STEP = re.compile(r"[^.\[\]]+")


def _step(name: str) -> str | int:
    if name.isdigit():
        return int(name)
    return f"{name}_" if keyword.iskeyword(name) else name


def check_values(resource: object, operation: str, service: str | None = None) -> list[Problem]:
    """The rules of value that ``resource`` breaks, all of them, in the order of the table.

    ``resource`` is what will be sent, or a list of such; ``operation`` is ``add``, ``update`` or
    the name of an action; ``service`` the API's name of what answers, where it is known. Only what
    is set is looked at.
    """
    if isinstance(resource, list | tuple):
        return [
            replace(found, path=f"[{index}].{found.path}")
            for index, entry in enumerate(resource)
            for found in check_values(entry, operation, service)
        ]
    name = getattr(type(resource), "__api_name__", "")
    return [
        Problem(
            place.path,
            rule.check.kind,
            rule.complaint,
            rule.expected,
            rule.source,
            rule.severity,
            rule.status,
        )
        for rule in _rules(name, operation)
        if not rule.services or service in rule.services
        for place in _broken(rule, resource)
    ]


def check_mandatory(
    parameters: Mapping[str, object], method: MethodFacts, *, operation: str, type_name: str
) -> list[Problem]:
    """The inputs of ``method`` that are mandatory and missing.

    ``parameters`` are the values by the parameters' names; ``type_name`` is the API's name of the
    document that carries them, ``Action`` for an action. Where the method has variants and none
    has all that it needs, the problems are those of the one that lacks least.
    """
    source = method.source if isinstance(method, Needs) else "the API's mandatory inputs"
    lacking = dict.fromkeys(_missing(parameters, method.mandatory), "")
    shapes = {variant.name: variant.mandatory for variant in method.variants}
    if shapes and all(_missing(parameters, paths) for paths in shapes.values()):
        closest = min(
            shapes, key=lambda name: (len(_missing(parameters, shapes[name])), -len(shapes[name]))
        )
        others = "".join(
            f"; or, for {name.replace('_', ' ')}, {_listed(paths, operation)}"
            for name, paths in shapes.items()
            if name != closest
        )
        lacking |= dict.fromkeys(_missing(parameters, shapes[closest]), others)
    return [
        Problem(
            path=name,
            rule=MANDATORY,
            message=f"{type_name} [{name}] required for {operation}",
            expected=f"a value for {name}{others}",
            source=source,
        )
        for name, others in ((_name(path, operation), others) for path, others in lacking.items())
    ]


_VERBS = {"add": "add", "update": "edit"}


def summary(problems: Sequence[Problem], *, operation: str, type_name: str) -> str:
    """The detail of the fault that the engine would answer with, for all of the problems.

    It reads like ``Vm [name, cluster.id|name] required for add`` for what is missing, and like
    ``Can not edit VM. The given name contains special characters. ...`` for what is wrong.
    """
    names = [problem.path for problem in problems if problem.rule == MANDATORY]
    messages = [problem.message for problem in problems if problem.rule != MANDATORY]
    parts = [f"{type_name} [{', '.join(names)}] required for {operation}"] if names else []
    if messages:
        verb = _VERBS.get(operation, operation.replace("_", " "))
        noun = type_name.upper() if len(type_name) < 4 else type_name
        parts.append(" ".join([f"Can not {verb} {noun}.", *dict.fromkeys(messages)]))
    return "; ".join(parts)


def reason(problems: Sequence[Problem]) -> str:
    """The reason of the fault that the engine would answer with."""
    incomplete = any(problem.rule == MANDATORY for problem in problems)
    return "Incomplete parameters" if incomplete else "Operation Failed"


@cache
def _table() -> Mapping[tuple[str, str], Sequence[Rule]]:
    table: dict[tuple[str, str], list[Rule]] = defaultdict(list)
    for rule in RULES:
        for name in rule.types:
            for operation in rule.operations:
                table[name, operation].append(rule)
    return table


def _rules(name: str, operation: str) -> Sequence[Rule]:
    return _table().get((name, operation), ())


def _broken(rule: Rule, resource: object) -> Iterator[Place]:
    for place in places(resource, rule.path):
        if place.value is None and not rule.check.absence:
            continue

        def look(path: str, indexes: tuple[int, ...] = place.indexes) -> object:
            return value_at(resource, path, indexes)

        if all(condition.holds(look) for condition in rule.when) and rule.check.refuses(
            place.value, look
        ):
            yield place


class _Parameters:
    """The parameters of a method, so that a path can begin with the name of one."""

    def __init__(self, parameters: Mapping[str, object]) -> None:
        self.__dict__.update(parameters)


def _missing(parameters: Mapping[str, object], paths: Sequence[str]) -> list[str]:
    root = _Parameters(parameters)
    return [lack for path in paths for lack in _lacking(root, path.split("|"))]


def _lacking(root: object, alternatives: Sequence[str]) -> Iterator[str]:
    """The path, with the alternatives to it, once for every place where none of them is set."""
    owner, star, _ = alternatives[0].partition(".*.")
    entries = value_at(root, owner) if star else None
    if isinstance(entries, list | tuple):
        for index, entry in enumerate(entries):
            inner = [path.partition(".*.")[2] for path in alternatives]
            yield from (f"{owner}[{index}].{lack}" for lack in _lacking(entry, inner))
    elif all(_is_missing(path, value_at(root, path)) for path in alternatives):
        yield _joined(alternatives)


def _is_missing(path: str, value: object) -> bool:
    """Whether the engine takes it for missing: so it does an empty name, and an empty id."""
    return value is None or (value == "" and path.rpartition(".")[2] in ("id", "name"))


def _joined(alternatives: Sequence[str]) -> str:
    """``cluster.id|name`` for ``cluster.id`` and ``cluster.name``, as the engine writes it."""
    first, *rest = alternatives
    owner = first.rpartition(".")[0]
    same_owner = all(path.rpartition(".")[0] == owner for path in rest)
    return "|".join([first, *(path.rpartition(".")[2] if same_owner else path for path in rest)])


def _name(path: str, operation: str) -> str:
    """The path from the document that is sent: a resource, or an action with its parameters."""
    if operation not in _VERBS:
        return path
    parameter = path.partition(".")[0]
    return path.replace(f"{parameter}.", "", 1) if "." in path else path


def _listed(paths: Sequence[str], operation: str) -> str:
    return ", ".join(_name(_joined(path.split("|")), operation) for path in paths) or "nothing more"
