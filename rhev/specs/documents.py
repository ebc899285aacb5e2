"""From the node of a document to a spec: its kind, what it is under, its model."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import yaml

from rhev.applying import Wanted
from rhev.mapping.fields import fields
from rhev.mapping.resources import BaseResource
from rhev.specs import kinds
from rhev.specs.reading import Path, Position, Unreadable, dotted, position_of
from rhev.specs.shape import Shaping

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rhev.specs.reading import Text


@dataclass(frozen=True, slots=True)
class Spec(Wanted):
    """One document: what is to be, as a model, and where each part of that was written.

    It is what ``rhev.applying`` takes. ``model`` is the resource, ``under`` are references to what
    it belongs to, the outermost first, and ``where`` is the place of the document, as in
    ``web.yaml:12``. ``positions`` has that of the value at each path, such as ``nics[0].name``.
    """

    file: str = ""
    positions: Mapping[str, Position] = field(default_factory=dict, repr=False)

    @property
    def kind(self) -> str:
        """What the document says that it is of: ``vm``."""
        return next(kind for kind, type_ in kinds.kinds().items() if type_ == self.type)

    def position(self, path: str = "") -> Position:
        """Where the value at a path was written, or the next of what it is within."""
        while path and path not in self.positions:
            path = path[:-1].rpartition("[")[0] if path.endswith("]") else path.rpartition(".")[0]
        return self.positions.get(path, Position(1, 1))


@dataclass(frozen=True)
class Document:
    """A document that was read: what came of it, and what is known of its parts."""

    shaping: Shaping
    spec: Spec | None


def read(text: Text, node: Any) -> Document | None:
    """What a node is; None where it is empty. Its problems are noted in ``text``."""
    shaping = Shaping(text)
    try:
        return _read(shaping, node)
    except Unreadable as error:
        shaping.note(error.position, (), error.message, error.suggestion, rule="syntax")
        return Document(shaping, None)


def _read(shaping: Shaping, node: Any) -> Document | None:
    if isinstance(node, yaml.ScalarNode) and node.tag.endswith(":null") and node.value == "":
        return None
    shaping.values[()] = position_of(node)
    if not isinstance(node, yaml.MappingNode):
        shaping.note(
            (),
            (),
            "a spec is a mapping that begins with its kind",
            "write 'kind: vm' and the attributes below it",
            rule="kind",
        )
        return Document(shaping, None)
    first, _ = node.value[0] if node.value else (node, node)
    shaping.values[()] = position_of(first)
    members = shaping.members(node, ())
    type_ = _type(shaping, members)
    if type_ is None:
        return Document(shaping, None)
    under = _under(shaping, members, type_)
    cls = kinds.class_of(type_)
    values = shaping.attributes(cls, members, ())
    model = shaping.made(cls, values, ())
    if not isinstance(model, BaseResource):
        return Document(shaping, None)
    return Document(shaping, _spec(shaping, model, under))


def _spec(shaping: Shaping, model: BaseResource, under: tuple[BaseResource, ...]) -> Spec:
    name, place = shaping.text.source.name, shaping.place(())
    where = shaping.text.take(f"{name}:{place.line}", f"{name}:{place.line}:{place.column}")
    positions = {dotted(path): place for path, place in shaping.values.items()}
    return Spec(model, under, where, name, positions)


def _type(shaping: Shaping, members: dict[str, tuple[Any, Any]]) -> str | None:
    """The API's type of a document, whose kind is taken out of its members."""
    known = kinds.kinds()
    if "kind" not in members:
        near = get_close_matches("kind", members, 1, 0.75)
        shaping.note(
            shaping.place((near[0],), of_key=True) if near else (),
            (),
            "this has no kind",
            f"did you mean kind in the place of {near[0]}?" if near else "begin with 'kind: vm'",
            rule="kind",
        )
        return None
    node = members.pop("kind")[1]
    shaping.values["kind",] = position_of(node)
    kind = shaping.scalar(node, ("kind",)) if isinstance(node, yaml.ScalarNode) else None
    if isinstance(kind, str) and kind in known:
        return known[kind]
    if ("kind",) not in shaping.wrong:
        is_text = isinstance(node, yaml.ScalarNode)
        message = f"there is no kind {node.value!r}" if is_text else "a kind is a text"
        meant = _meant(node.value) if is_text else "write 'kind: vm'"
        shaping.note(("kind",), ("kind",), message, meant, rule="kind")
    return None


def _meant(word: str) -> str:
    known = kinds.kinds()
    flat = {kind.replace("_", ""): kind for kind in known}
    plain = word.lower().replace("-", "").replace("_", "").replace(" ", "")
    for each in (plain, plain.removesuffix("s"), plain.removesuffix("es")):
        if each in flat:
            return f"did you mean {flat[each]}?"
    near = get_close_matches(plain, flat, 1, 0.7)
    return f"did you mean {flat[near[0]]}?" if near else "it is one such as vm, disk, network"


def _under(
    shaping: Shaping, members: dict[str, tuple[Any, Any]], type_: str
) -> tuple[BaseResource, ...]:
    """What a document says that it belongs to, the outermost first."""
    said: dict[str, BaseResource | None] = {}
    given = members.pop("under", None)
    if given is not None:
        node = given[1]
        shaping.values["under",] = position_of(node)
        if not isinstance(node, yaml.MappingNode):
            shaping.note(
                ("under",),
                ("under",),
                "what something belongs to is a mapping",
                "write under: {vm: NAME}",
                rule="under",
            )
            return ()
        owners = shaping.members(node, ("under",))
        for kind, (key, value) in owners.items():
            _owner(shaping, said, kind, key, value)
        if not owners:
            shaping.note(("under",), ("under",), "this names nothing", "leave it out", rule="under")
    ways = kinds.owners_of(type_)
    order = next((way for way in ways if sorted(way) == sorted(said)), None)
    if order is None:
        _misplaced(shaping, type_, ways, is_said=bool(said))
        return ()
    return tuple(owner for each in order if (owner := said[each]) is not None)


def _owner(
    shaping: Shaping, said: dict[str, BaseResource | None], kind: str, key: Any, value: Any
) -> None:
    path: Path = ("under", kind)
    type_ = kinds.owner_kinds().get(kind)
    if type_ is None:
        near = get_close_matches(kind.lower().replace("-", "_"), kinds.owner_kinds(), 1)
        suggestion = f"did you mean {near[0]}?" if near else "write under: {vm: NAME}"
        shaping.note(position_of(key), path, f"there is no kind {kind!r}", suggestion, rule="under")
        return
    shaping.values[path] = position_of(value)
    cls = kinds.class_of(type_)
    way = "name" if "name" in fields(cls) else "id"
    said[type_] = None
    values: Any = {}
    if isinstance(value, yaml.MappingNode):
        values = shaping.structure(cls, value, path)
    elif isinstance(value, yaml.ScalarNode):
        values = {way: shaping.scalar(value, path)}
    told = {n: v for n, v in values.items() if isinstance(v, str) and v}
    if told:
        said[type_] = cls._with(**told)
    elif path not in shaping.wrong:
        shaping.note(path, path, "this is no name", f"write under: {{{kind}: NAME}}", rule="under")


def _misplaced(
    shaping: Shaping, type_: str, ways: tuple[tuple[str, ...], ...], *, is_said: bool
) -> None:
    if any(each[:1] == ("under",) for each in shaping.wrong):
        return
    words = {found: kind for kind, found in kinds.owner_kinds().items()}
    owners = [f"{{{', '.join(f'{words[each]}: NAME' for each in way)}}}" for way in ways if way]
    shown = [f"write under: {' or '.join(owners[:3])}"] if owners else []
    if () in ways:
        shown.append("leave out under")
    kind = next(kind for kind, found in kinds.kinds().items() if found == type_)
    said = "belongs to nothing of that" if is_said else "belongs to something, which is not said"
    at: Path = ("under",) if is_said else ()
    place = shaping.place(at, of_key=True)
    shaping.note(place, at, f"a {kind} {said}", " or ".join(shown), rule="under")
