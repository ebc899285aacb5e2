"""From a description of an estate to an engine that has it, by the requests of a client."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from rhev.codecs.json import encode_tree
from rhev.errors import ParseError
from rhev.mapping.structure import Struct
from rhev.simulator.estates.described import (
    DEFAULTS,
    NAMES,
    SHARED,
    STATES,
    Description,
    Spec,
    attributes,
    called,
    is_name,
    name_of,
)
from rhev.simulator.state.places import ASSIGNED, MIRRORED, members_of
from rhev.simulator.state.store import ROOT, Record, reference
from rhev.simulator.state.values import held, put

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from os import PathLike

    from rhev.simulator.estates.marked import Location
    from rhev.simulator.state.estate import Estate
    from rhev.simulator.state.values import Document

# What a request has to have and no description needs to say.
_PASSWORDS: Mapping[str, str] = {"Host": "root_password"}


def build(
    path: str | PathLike[str], estate: Estate, send: Callable[[str, str, Document], Document]
) -> None:
    """Has an engine be as a file describes it, since some days; see :class:`Builder` for ``send``.

    Raises ParseError, which names the place, for what is wrong in it or what the engine refuses.
    """
    description = Description(path)
    timeline, now = estate.timeline, estate.timeline.now
    timeline.advance(-_BEFORE)

    def settle() -> None:
        while (due := timeline.next) is not None:
            timeline.advance(max(0.0, due - timeline.now))
            timeline.settle()

    Builder(description, estate, send, settle).build()
    timeline.advance(max(0.0, now - timeline.now))


_BEFORE = 7 * 86_400.0


@dataclass
class Builder:
    """Asks an engine for what is described.

    ``send`` sends a request (method, path below the entry point, body), gives the document that is
    answered, and raises RuntimeError for a refusal. ``settle`` lets what is under way end.
    """

    description: Description
    estate: Estate
    send: Callable[[str, str, Document], Document]
    settle: Callable[[], None]

    def build(self) -> None:
        """Raises ParseError, which names the place, for what the engine refuses."""
        specs = self.description.specs
        for spec in specs:
            spec.record = self._made(spec)
        for spec in specs:
            for action in STATES.get(spec.type, {}).get(spec.state, ()):
                self._ask("POST", f"{self._home(spec)}/{action}", {}, (*spec.location, "status"))

    def _made(self, spec: Spec) -> Record:
        store, model = self.estate.store, spec.model
        owner = spec.owner.record if spec.owner is not None else None
        path = f"{owner.href if owner is not None else ROOT}/{spec.segment}".removeprefix(ROOT)
        place = (owner.type if owner is not None else "", spec.segment)
        if place in ASSIGNED or place in MIRRORED:
            found = self._found(*spec.name, spec.location)
            self._ask("POST", path, {"id": found.id}, spec.location)
            return found
        self._resolve(model, spec.location)
        if (present := self._present(spec, owner)) is not None:
            changes = encode_tree(model)
            del changes["name"]
            if changes:
                self._ask("PUT", f"{path}/{present.id}", changes, spec.location)
            return present
        if "add" not in spec.service.methods:
            return self.estate.take_in(spec.type, spec.segment, model, parent=owner)
        if owner is None:
            self._complete(spec)
        made = self._ask("POST", path, encode_tree(model), spec.location)["id"]
        for center in spec.centers:
            found = self._found("DataCenter", str(name_of(center)), (*spec.location, "data_center"))
            domains = f"/datacenters/{found.id}/storagedomains"
            self._ask("POST", domains, {"id": made}, (*spec.location, "data_center"))
        return members_of(store, owner, spec.segment)[made]

    def _present(self, spec: Spec, owner: Record | None) -> Record | None:
        """What there is in its place by its name."""
        name = held(spec.model, "name")
        if name is None or spec.type in SHARED:
            return None
        members = members_of(self.estate.store, owner, spec.segment).values()
        return next((record for record in members if held(record.model, "name") == name), None)

    def _complete(self, spec: Spec) -> None:
        """Says of a new resource what is meant where nothing is said."""
        for attribute, name in DEFAULTS.get(spec.type, {}).items():
            if held(spec.model, attribute) is None:
                api_type = attributes(spec.model)[attribute].type.__api_name__
                meant = reference(self._found(api_type, name, spec.location))
                put(spec.model, **{attribute: meant})
        if (password := _PASSWORDS.get(spec.type)) is not None:
            vars(spec.model).setdefault(password, "-")

    def _resolve(self, value: Any, location: Location) -> None:
        """Puts references in the place of names, at any depth."""
        for name, entry in list(vars(value).items()):
            entries = entry if isinstance(entry, list) else [entry]
            for number, each in enumerate(entries):
                if not isinstance(each, Struct):
                    continue
                at = (*location, name, number) if isinstance(entry, list) else (*location, name)
                if not is_name(each):
                    self._resolve(each, at)
                    continue
                found = reference(self._found(*called(each), at))
                if isinstance(entry, list):
                    entry[number] = found
                else:
                    vars(value)[name] = found

    def _found(self, api_type: str, name: str, location: Location) -> Record:
        every = list(self.estate.store.of_type(api_type))
        for record in every:
            if name in (held(record.model, each) for each in NAMES[:3]):
                return record
        described = {spec.name[1] for spec in self.description.specs if spec.type == api_type}
        there = sorted({str(name_of(record.model)) for record in every} | described)
        near = get_close_matches(name, there, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(there[:10])}"
        raise self._error(location, f"there is no {api_type} {name!r}; {hint}")

    def _ask(self, method: str, path: str, document: Document, location: Location) -> Document:
        try:
            answered = self.send(method, path.removeprefix("/"), document)
        except RuntimeError as error:
            raise self._error(location, f"the engine refuses it: {error}") from error
        self.settle()
        return answered

    def _error(self, location: Location, message: str) -> ParseError:
        marked = self.description.marked
        at = ".".join(map(str, location))
        return ParseError(
            f"{marked.path} describes no estate:\n  {marked.where(location)}: {at}: {message}"
        )

    def _home(self, spec: Spec) -> str:
        """The path of a resource where it has its state: a storage domain's is in its center."""
        record = spec.record
        if record is None:
            raise RuntimeError("what is not made yet has no path")
        if spec.centers:
            center = self._found("DataCenter", str(name_of(spec.centers[0])), spec.location)
            return f"/datacenters/{center.id}/storagedomains/{record.id}"
        return record.href.removeprefix(ROOT)
