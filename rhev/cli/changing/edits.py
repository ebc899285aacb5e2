"""What an edit of a spec changed, as a spec of that and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from rhev.mapping.structure import Struct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rhev.mapping.resources import BaseResource

R = TypeVar("R", bound="BaseResource")
S = TypeVar("S", bound=Struct)

_MISSING = object()


def changed(before: R, after: R) -> tuple[R | None, list[str]]:
    """A model of what is changed, or None where nothing is, and what was taken away.

    Each thing that was taken away is told in a sentence: no spec says that something is not there.
    """
    from rhev.applying import shapes

    gone: list[str] = []
    made = _changed(before, after, "", gone)
    if not vars(made):
        return None, gone
    shape = shapes.shape_of(after.__api_name__)
    telling = [part.partition(".")[0] for way in shape.identity for part in way.split("+")]
    for name in (*telling, shape.base, shape.scope, "name"):
        if name is not None and name in vars(after):
            vars(made)[name] = vars(after)[name]
    return made, gone


def _changed(before: S, after: S, prefix: str, gone: list[str]) -> S:
    from rhev.applying import shapes

    cls, made = type(after), after._with()
    nested = shapes.nested(cls)
    for name in vars(before):
        if name not in vars(after):
            gone.append(f"{prefix}{name}: to leave it out changes nothing; null clears it")
    for name, value in vars(after).items():
        held: Any = vars(before).get(name, _MISSING)
        if name in nested:
            old = () if held is _MISSING else held or ()
            kept: Any = _members(old, value or (), f"{prefix}{name}", gone)
        elif isinstance(value, Struct) and type(held) is type(value):
            reference = shapes.is_reference(cls, name)
            kept = value if reference else _changed(held, value, f"{prefix}{name}.", gone)
            kept = kept if value != held and vars(kept) else _MISSING
        else:
            kept = _MISSING if value == held else value
        if kept is not _MISSING:
            vars(made)[name] = kept
    return made


def _members(
    before: Sequence[BaseResource], after: Sequence[BaseResource], path: str, gone: list[str]
) -> Any:
    """The members that are new or changed, each of them whole."""
    from rhev.applying.documents import key_of

    old = {key_of(member): member for member in before}
    new = {key_of(member): member for member in after}
    gone += [
        f"{path}: {key} is not taken away by leaving it out; 'rhev delete' does that"
        for key in old.keys() - new.keys()
    ]
    for key in old.keys() & new.keys():
        _changed(old[key], new[key], f"{path}[{key}].", gone)
    return [member for member in after if member not in before] or _MISSING
