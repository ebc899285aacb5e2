"""Inputs that a method cannot do without, and the two ways in which an engine says so.

Before a method is called, the engine goes through the inputs that the API's model marks as
mandatory, one after the other, and names the first that is not there. The method then looks for
itself, names all that it misses, and takes an empty name or id for missing as well. For some
methods the first step is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rhev import facts, rules
from rhev.rules.paths import value_at
from rhev.simulator.generic.hooks import parameter
from rhev.simulator.state.places import VIEWS
from rhev.simulator.state.refusals import INCOMPLETE, NOT_VALID, Refusal, broken
from rhev.simulator.state.values import blank, class_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rhev.mapping.structure import Struct
    from rhev.simulator.generic.routing import Target

# The services whose methods add look only for themselves.
BY_HAND = frozenset(
    {
        "AssignedPermissionsService",
        "DiskAttachmentsService",
        "DisksService",
        "HostsService",
        "StorageDomainsService",
        "StorageServerConnectionsService",
        "SystemPermissionsService",
        "UsersService",
        "VmsService",
    }
)
# Further methods of which the model demands what the engine does not.
UNCHECKED = frozenset(
    {
        ("DiskService", "convert"),
        ("GlusterVolumeService", "reset_option"),
        ("HostService", "approve"),
        ("StepService", "end"),
    }
)
# What a method looks into without looking whether it is there.
ASSUMED = {"DiskAttachmentsService": "disk"}


def check(target: Target, method: facts.Method, body: Any) -> Any:
    """The body, or an empty action for none. Raises Refusal where an input is missing."""
    if body is None and method.is_action:
        body = blank(class_of("Action"))
    for entry in body if isinstance(body, list) else [body]:
        _check_model(target, method, entry)
        _check_by_hand(target, method, entry)
    return body


def _check_model(target: Target, method: facts.Method, body: Struct | None) -> None:
    name = target.service.name
    by_hand = method.name == "add" and name in BY_HAND
    if by_hand or (name, method.name) in UNCHECKED:
        return
    given = _given(method, body)
    demanded = [path for path in method.mandatory if not _is_of_path(target, method, path)]
    if demanded and body is None and method.body is not None:
        raise Refusal(400, NOT_VALID, f"Parameter '{method.body.name}' is mandatory, and missing.")
    for path in demanded:
        if not _has(given, path):
            raise Refusal(400, NOT_VALID, _said(path))
    shapes = [variant.mandatory for variant in method.variants if variant.mandatory]
    if shapes and not any(all(_has(given, path) for path in shape) for shape in shapes):
        needed = "; or ".join(" and ".join(shape) for shape in shapes)
        raise Refusal(400, NOT_VALID, f"No signature has all that it needs: {needed}.")


def _check_by_hand(target: Target, method: facts.Method, body: Struct | None) -> None:
    if body is None:
        raise broken("a body was read where there is none")
    assumed = ASSUMED.get(target.service.name)
    if assumed and method.name == "add" and parameter(body, assumed) is None:
        raise broken(f"a body was read that has no {assumed}")
    needs = rules.as_the_engine_does(target.service.name, method, target.path)
    if not method.is_action and method.body is None:
        return
    type_name = "Action" if method.is_action else target.type
    given = _given(method, body)
    found = rules.check_mandatory(given, needs, operation=method.name, type_name=type_name)
    found = [
        problem
        for problem in found
        if not _is_of_path(target, method, f".{problem.path}")
        # A list that is not there has no entry that lacks anything.
        and not (needs is method and "*" in problem.path)
    ]
    if found:
        detail = rules.summary(found, operation=method.name, type_name=type_name)
        raise Refusal(400, INCOMPLETE, camel_case(detail))


def camel_case(names: str) -> str:
    """Names of attributes as the methods that look for themselves write them."""
    first, *words = names.split("_")
    return first + "".join(word[:1].upper() + word[1:] for word in words)


def _given(method: facts.Method, body: Struct | None) -> dict[str, Any]:
    if method.is_action:
        of_variants = (p for variant in method.variants for p in variant.parameters)
        return {p.name: parameter(body, p.name) for p in (*method.parameters, *of_variants)}
    return {method.body.name: body} if method.body is not None else {}


def _is_of_path(target: Target, method: facts.Method, path: str) -> bool:
    """Whether an input is given by the path: the data center of a cluster below it."""
    if method.name != "add" or target.owner is None:
        return False
    view = VIEWS.get((target.owner.type, target.segment))
    return view is not None and view.attribute == path.split(".")[1]


def _has(given: dict[str, Any], path: str) -> bool:
    return any(all(_values(given, one.split("."))) for one in path.split("|"))


def _values(given: Any, steps: Sequence[str]) -> Iterator[bool]:
    """For every place that a path leads to, whether something is there."""
    value = given
    for number, step in enumerate(steps):
        if step == "*":
            for entry in value if isinstance(value, list) else []:
                yield from _values(entry, steps[number + 1 :])
            return
        value = value.get(step) if isinstance(value, dict) else value_at(value, step)
        if value is None:
            # A list that is not there has no entry that lacks anything.
            yield "*" in steps[number:]
            return
    yield True


def _said(path: str) -> str:
    names = [f"'{one.replace('*.', '')}'" for one in path.split("|")]
    if len(names) == 1:
        return f"Parameter {names[0]} is mandatory, and missing."
    return f"Parameters {' or '.join(names)} are mandatory, and both missing."
