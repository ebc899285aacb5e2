"""What the engine's rules say of specs: of a resource, and of what is nested in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rhev import rules
from rhev.applying import shapes
from rhev.mapping.fields import fields
from rhev.mapping.resources import BaseResource
from rhev.mapping.structure import Struct
from rhev.specs import references

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rhev.specs.documents import Spec
    from rhev.specs.reading import Path
    from rhev.specs.shape import Shaping

MANDATORY: str = "mandatory"
"""The rule of what is missing."""

_REQUIRED = "required"
_BY_ID = "by id only"
# What an apply gives where a spec does not.
COMPLETED: Mapping[str, frozenset[str]] = {
    "DiskAttachment": frozenset({"interface", "bootable", "active"})
}
# What an apply finds by name although the engine has no collection of all of them.
_FOUND_BY_NAME = frozenset({"AffinityGroup", "Qos", "Quota"})
# Words of messages that say themselves what would be right.
_SAYS_WHAT_IS_RIGHT = ("must", "Only", "allowed", "may not")
# What every engine comes with, and has nothing that a new machine would inherit.
_BLANK = "Blank"


def check(shaping: Shaping, spec: Spec, *, partial: bool = False) -> None:
    """Notes what an engine would refuse when the resource of a spec is added to it.

    Nothing is missing in what is ``partial``.
    """
    owner = spec.under[-1].__api_name__ if spec.under else None
    _Check(shaping, partial).resource(spec.model, owner, ())


class _Check:
    def __init__(self, shaping: Shaping, partial: bool) -> None:
        self._shaping = shaping
        self._partial = partial
        self._said: set[tuple[Path, str]] = set()

    def resource(
        self, model: BaseResource, owner: str | None, prefix: Path, *, may_be_there: bool = False
    ) -> None:
        """What stands against adding a resource, and what is nested in it."""
        try:
            found = rules.validate(model, "add", base=owner)
        except ValueError:
            found = []
        for problem in found:
            if not self._is_of_no_account(problem, model, may_be_there):
                self._note(problem, prefix)
        self._read_only(model, prefix)
        for attribute, nested in shapes.nested(type(model)).items():
            for number, entry in enumerate(vars(model).get(attribute) or ()):
                if nested.can_add and not nested.assigns:
                    is_there = "id" in vars(entry) or self._inherits(model, attribute)
                    inner = (*prefix, attribute, number)
                    self.resource(entry, model.__api_name__, inner, may_be_there=is_there)

    def _inherits(self, model: BaseResource, attribute: str) -> bool:
        """Whether a new resource may have an entry of a nested collection from where it comes."""
        origin = shapes.INHERITS.get((model.__api_name__, attribute))
        held = vars(model).get(origin) if origin else None
        return held is not None and vars(held).get("name") != _BLANK

    def _is_of_no_account(
        self, problem: rules.Problem, model: BaseResource, may_be_there: bool
    ) -> bool:
        api_name = model.__api_name__
        first = str(problem.loc[0]) if problem.loc else ""
        if problem.rule in (MANDATORY, _REQUIRED) and (may_be_there or self._partial):
            return True
        if problem.rule == MANDATORY:
            disk = vars(model).get("disk") if api_name == "DiskAttachment" else None
            is_named = isinstance(disk, Struct) and vars(disk).keys() <= {"id", "name", "alias"}
            return (
                first in COMPLETED.get(api_name, ())
                or (is_named and first == "disk")
                or _has(model, problem.loc)
            )
        if problem.rule == _BY_ID:
            found = _at(model, problem.loc[:-1])
            return isinstance(found, Struct) and found.__api_name__ in _FOUND_BY_NAME
        return False

    def _note(self, problem: rules.Problem, prefix: Path) -> None:
        loc = problem.loc
        if problem.rule == MANDATORY and len(loc) > 1 and loc[-1] in ("id", "name"):
            loc = loc[:-1]
        if "*" in loc:  # of any entry of a list that has none
            loc = loc[: loc.index("*")]
        path = self._shaping.written((*prefix, *loc))
        if self._is_known(path) or (path, problem.message) in self._said:
            return
        self._said.add((path, problem.message))
        message, suggestion = problem.message, f"It must be {problem.expected}."
        if problem.rule == MANDATORY:
            message = "this is missing, and an engine asks for it"
            is_named = "*" not in problem.loc and len(loc) < len(problem.loc)
            suggestion = f"write {path[-1]}: NAME" if is_named else ""
        elif problem.rule == _BY_ID or any(word in message for word in _SAYS_WHAT_IS_RIGHT):
            suggestion = ""
        self._shaping.text.note(
            self._shaping.place(path),
            path,
            message,
            suggestion,
            rule=problem.rule.replace(" ", "-"),
            source=problem.source,
            severity=problem.severity,
        )

    def _is_known(self, path: Path) -> bool:
        """Whether what is at a path is wrong already, or what it is within or has in it."""
        return any(
            path[: len(other)] == other or other[: len(path)] == path
            for other in self._shaping.wrong | self._shaping.meant
            if other
        )

    def _read_only(self, model: BaseResource, prefix: Path) -> None:
        """Notes what only the engine decides: it takes no notice of that."""
        shape = shapes.shape_of(model.__api_name__)
        for path in _set(model, ()):
            *_, last = path
            owner = _at(model, path[:-1])
            name = ".".join(map(str, path))
            if not isinstance(owner, Struct) or not isinstance(last, str):
                continue
            if name in shape.engines or shapes.is_the_engine_s(type(owner), last):
                place = self._shaping.written((*prefix, *path))
                self._shaping.text.note(
                    self._shaping.place(place, of_key=True),
                    place,
                    "is what the engine decides",
                    "leave it out",
                    rule="read-only",
                    severity="warning",
                )


def _set(model: Struct, prefix: Path) -> Iterator[Path]:
    """The paths of the attributes that are set, but not within other resources."""
    known = fields(type(model))
    for name, value in vars(model).items():
        if name not in known or value is None:
            continue
        yield (*prefix, name)
        if isinstance(value, Struct) and not isinstance(value, BaseResource):
            yield from _set(value, (*prefix, name))


def _at(model: object, path: Path) -> object:
    for step in path:
        if isinstance(step, int):
            entries = model if isinstance(model, list) else []
            model = entries[step] if step < len(entries) else None
        else:
            model = vars(model).get(step) if isinstance(model, Struct) else None
    return model


def _has(model: BaseResource, path: Path) -> bool:
    """Whether a reference is there whose id is asked for: an apply finds it by its name."""
    held = _at(model, path[:-1])
    if len(path) < 2 or not isinstance(held, Struct):
        return False
    return any(vars(held).get(way) for way in references.WAYS)
