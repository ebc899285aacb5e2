"""Checks a whole request: what is mandatory in it, and the values."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rhev.rules.check import Problem, check_mandatory, check_values
from rhev.rules.relaxed import as_the_engine_does

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rhev.rules.relaxed import MethodFacts

_WITH_BODY = frozenset({"add", "update"})


def check_request(
    service: str,
    method: MethodFacts,
    parameters: Mapping[str, object],
    *,
    path: str | None = None,
) -> list[Problem]:
    """Everything that the engine would refuse about a request.

    ``service`` is the API's name of the service that answers, ``method`` one of its methods,
    ``parameters`` the values by their names, the resource that is added or updated among them.
    ``path`` is the path of that service, if it is known.
    """
    operation = method.name
    needs = as_the_engine_does(service, method, path)
    missing = check_mandatory(
        parameters, needs, operation=operation, type_name=document_of(operation, parameters)
    )
    said = {problem.path for problem in missing}
    return [
        *missing,
        *(p for p in _values(operation, parameters, service) if p.path not in said),
    ]


def document_of(operation: str, parameters: Mapping[str, object]) -> str:
    """The API's name of the document that carries the parameters of an operation."""
    if operation not in _WITH_BODY:
        return "Action"
    names = (getattr(type(value), "__api_name__", "") for value in parameters.values())
    return next(filter(None, names), operation)


def _values(operation: str, parameters: Mapping[str, object], service: str) -> Iterator[Problem]:
    for name, value in parameters.items():
        for problem in check_values(value, operation, service):
            if operation in _WITH_BODY:
                yield problem
            else:
                dot = "" if problem.path.startswith("[") else "."
                yield replace(problem, path=f"{name}{dot}{problem.path}")
