"""What an engine has to say of specs: whether names mean something there, and are in use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rhev import errors
from rhev.applying import Cyclic, SaidTwice, plan
from rhev.applying.documents import called, kind_of
from rhev.applying.looking import Looking
from rhev.applying.order import promised
from rhev.applying.references import Around, Names
from rhev.mapping.resources import BaseResource
from rhev.mapping.structure import Struct
from rhev.specs.reading import Position, Text, dotted
from rhev.specs.ruling import MANDATORY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rhev.applying import Plan
    from rhev.connection import Connection
    from rhev.specs.documents import Spec
    from rhev.specs.loading import Reading
    from rhev.specs.problem import Problem, Severity
    from rhev.specs.reading import Path

_RULE = "engine"
_IN_USE = "in-use"


def check_against(connection: Connection, reading: Reading) -> tuple[Problem, ...]:
    """The problems of specs, and those that an engine adds; nothing is changed there.

    What is referred to has to be there, or among the specs; what is there already cannot be changed
    in all respects, and needs less than what is new. That a name is in use is a warning: an apply
    updates what has it. Raises what a read of the engine may raise.
    """
    specs = list(reading.specs)
    check = _Check(reading)
    planned: Plan | None = None
    while planned is None:
        try:
            planned = plan(connection, specs)
        except (Cyclic, SaidTwice) as error:
            if not (blamed := told_of(specs, error)):
                break
            check.note(blamed, (), str(error), rule=_RULE)
            specs.remove(blamed)
    for spec in specs:
        check.ids(connection, spec)
    if planned is not None:
        check.take(planned, specs)
    check.names(connection, specs)
    return check.problems()


def told_of(specs: Sequence[Spec], error: Exception) -> Spec | None:
    """The last of specs whose place an error tells."""
    said = str(error)
    told = (
        each for each in reversed(specs) if re.search(rf"{re.escape(each.where)}(?!:?\d)", said)
    )
    return next(told, None)


def _finds(looking: Looking, spec: Spec) -> bool:
    """Whether an engine has what a spec describes."""
    try:
        base = looking.base_of(spec)
        around = Around((spec.model, base.resource, *reversed(spec.under)))
        if base.is_promised:
            return False
        return looking.find(spec.model, base.resource, around) is not None
    except errors.NotFound:  # an id means nothing, which is said where it is
        return False
    except (errors.Fault, errors.ConnectionError):
        raise
    except errors.Error:  # what it belongs to is not there, which the plan says
        return False


class _Check:
    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._texts = {t.source.name: Text(t.source, hidden=t.hidden) for t in reading.texts}
        self._there: set[str] = set()
        self._lost: set[str] = set()

    def note(
        self,
        spec: Spec,
        path: Path | str,
        message: str,
        suggestion: str = "",
        *,
        rule: str,
    ) -> None:
        """Adds a problem at a path of a spec; that a name is in use is a warning."""
        told = path if isinstance(path, str) else dotted(path)
        severity: Severity = "warning" if rule == _IN_USE else "error"
        self._texts[spec.file].note(
            spec.position(told), told, message, suggestion, rule=rule, severity=severity
        )

    def take(self, planned: Plan, specs: Iterable[Spec]) -> None:
        """Notes what stands against a plan."""
        for spec in filter(self._reading.is_sound, specs):
            for refusal in planned.refusals:
                is_of_owner = spec.where in self._lost and refusal.path == spec.label
                if refusal.where == spec.where and not is_of_owner:
                    path = refusal.path if refusal.path != spec.label else ""
                    self.note(spec, path, refusal.message, rule=_RULE)

    def names(self, connection: Connection, specs: Sequence[Spec]) -> None:
        """Notes the names that are in use."""
        looking = Looking(connection, Names(connection, promised(specs)))
        for spec in specs:
            if "id" not in vars(spec.model) and _finds(looking, spec):
                self._there.add(spec.where)
                path = next((name for name in ("name", "alias") if name in spec.positions), "")
                said = f"the engine has {called(spec.model)} already"
                self.note(spec, path, said, "an apply would update it", rule=_IN_USE)

    def ids(self, connection: Connection, spec: Spec) -> None:
        """Notes the ids that nothing has."""
        owners = [
            (("under", kind_of(type(each))), each) for each in spec.under[:1] if "id" in vars(each)
        ]
        for path, reference in (*owners, *_by_id(spec.model, ())):
            try:
                connection.get(type(reference), vars(reference)["id"])
            except errors.NotFound:
                message = f"there is no {type(reference).__name__} of this id"
                self.note(spec, (*path, "id"), message, rule=_RULE)
                if path[0] == "under":
                    self._lost.add(spec.where)
            except (errors.NoRelationship, ValueError):
                continue

    def problems(self) -> tuple[Problem, ...]:
        """All problems, in the order of the files and of their lines."""
        kept = [each for each in self._reading.problems if not self._is_no_matter(each)]
        found = [each for text in self._texts.values() for each in text.found()]
        order = {name: number for number, name in enumerate(self._texts)}
        return tuple(sorted([*kept, *found], key=lambda p: (order[p.file], p.line, p.column)))

    def _is_no_matter(self, problem: Problem) -> bool:
        """Whether something is missing of what an engine has already."""
        at = Position(problem.line, problem.column, problem.length)
        return problem.rule == MANDATORY and any(
            spec.where in self._there and spec.file == problem.file and spec.position() == at
            for spec in self._reading.specs
        )


def _by_id(model: Struct, prefix: Path) -> Iterator[tuple[Path, BaseResource]]:
    """The references by id that a model has in it, and where."""
    for name, value in vars(model).items():
        entries = value if isinstance(value, list) else [value]
        for number, entry in enumerate(entries):
            if not isinstance(entry, Struct):
                continue
            path = (*prefix, name, number) if isinstance(value, list) else (*prefix, name)
            if isinstance(entry, BaseResource) and vars(entry).get("id") is not None:
                yield path, entry
            yield from _by_id(entry, path)
