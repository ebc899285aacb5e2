"""From names to ids, near the resource that says them, and from ids to names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rhev import errors, facts, relations
from rhev.applying.documents import kind_of
from rhev.applying.shapes import BRINGS, shape_of
from rhev.mapping.catalogue import model
from rhev.mapping.fields import Kind, fields
from rhev.mapping.resources import BaseResource
from rhev.mapping.structure import Struct
from rhev.models.index import CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rhev.connection import Connection

# Which type leads on to another, by an attribute: a machine's data center is that of its cluster.
_LEADS = {
    "DataCenter": (("Cluster", "data_center"), ("Network", "data_center")),
}
# What a name has to be told apart by that is unique within something else.
_OWNERS = {"Quota": "DataCenter", "Qos": "DataCenter", "AffinityGroup": "Cluster"}


class Ambiguous(errors.Error):
    """Several resources have a name, and nothing nearby tells which one is meant."""


class Unknown(errors.Error):
    """Nothing has a name, neither on the engine nor in the documents."""


@dataclass
class Around:
    """What is near a reference: the models whose cluster, data center, storage domain it shares."""

    models: tuple[Struct | None, ...]

    def within(self, *models: Struct | None) -> Around:
        """What is near something that is nested in what this is near to."""
        return Around((*models, *self.models))

    def references(self, api_name: str) -> Iterator[BaseResource]:
        """The references to resources of a type that the models have, the nearest first."""
        for each in self.models:
            if each is None:
                continue
            if each.__api_name__ == api_name and isinstance(each, BaseResource):
                yield each
            for value in vars(each).values():
                entries = value if isinstance(value, list) else [value]
                yield from (
                    entry
                    for entry in entries
                    if isinstance(entry, BaseResource) and entry.__api_name__ == api_name
                )


@dataclass
class Names:
    """The names and ids of an engine, each read once.

    ``promised`` are the types and names of what the documents make: such a name is no error while
    there is nothing of it yet.
    """

    connection: Connection
    promised: set[tuple[str, str]] = field(default_factory=set)
    _listed: dict[tuple[str, str], list[Any]] = field(default_factory=dict)
    _read: dict[str, Any] = field(default_factory=dict)

    def forget(self) -> None:
        """What was found by name is looked up anew: there may be more now."""
        self._listed.clear()

    def id_of(self, reference: BaseResource, around: Around) -> str | None:
        """The id of what a reference means; None for what is promised.

        Raises Unknown, and Ambiguous, which says what would tell.
        """
        id_: str | None = vars(reference).get("id")
        if id_ is not None:
            return id_
        found = self.find(reference, around)
        if found is not None:
            own: str = found.id
            return own
        if self.is_promised(reference):
            return None
        raise Unknown(f"there is no {_said(reference)}")

    def is_promised(self, reference: BaseResource) -> bool:
        """Whether documents make what a reference by name means."""
        name = _name(reference)
        api_name = reference.__api_name__
        types = (api_name, BRINGS.get(api_name, api_name))
        return any((each, name) in self.promised for each in types)

    def find(self, reference: BaseResource, around: Around) -> Any:
        """What a reference by name means, or None."""
        candidates = self._candidates(reference, around)
        for qualify in (self._as_said, self._as_near):
            if len(candidates) > 1 or qualify == self._as_said:
                candidates = qualify(candidates, reference, around)
        if len(candidates) > 1:
            scope = shape_of(reference.__api_name__).scope
            hint = f"give {scope}, too" if scope else f"give its id, {_ids(candidates)}"
            raise Ambiguous(f"there are {len(candidates)} {_said(reference)}: {hint}")
        return candidates[0] if candidates else None

    def _candidates(self, reference: BaseResource, around: Around) -> list[Any]:
        cls, name = type(reference), _name(reference)
        api_name = cls.__api_name__
        if name is None:
            raise Unknown(f"a {kind_of(cls)} is referred to by neither a name nor an id")
        owner = _OWNERS.get(api_name)
        if owner is None:
            key = (api_name, name)
            if key not in self._listed:
                self._listed[key] = self._named(cls, name)
            return list(self._listed[key])
        found = []
        for base in self._owners(reference, owner, around):
            key = (f"{api_name} of {base.id}", "")
            if key not in self._listed:
                self._listed[key] = list(self.connection.getall(cls, base))
            found += [each for each in self._listed[key] if each.name == name]
        return found

    def _owners(self, reference: BaseResource, owner: str, around: Around) -> Sequence[Any]:
        cls = model(CLASSES[owner])
        scope = shape_of(reference.__api_name__).scope
        said = vars(reference).get(scope or "")
        id_ = self.id_of(said, around) if said is not None else self.near(owner, around)
        if id_ is not None:
            return [cls(id=id_)]
        key = (owner, "")
        if key not in self._listed:
            self._listed[key] = list(self.connection.getall(cls))
        return self._listed[key]

    def _named(self, cls: type[BaseResource], name: str) -> list[Any]:
        attribute = next(n for n in ("name", "alias", "user_name") if n in fields(cls))
        if cls.__api_name__ == "Disk":
            attribute = "alias"
        if cls.__api_name__ == "User":
            found = self.connection.getall(cls)
            return [e for e in found if name in (vars(e).get("user_name"), vars(e).get("name"))]
        if not self._is_searchable(cls):
            key = (cls.__api_name__, "")
            if key not in self._listed:
                self._listed[key] = list(self.connection.getall(cls))
            return [each for each in self._listed[key] if vars(each).get(attribute) == name]
        criteria: Any = {attribute: name}
        found = self.connection.getall(cls, case_sensitive=True, **criteria)
        return [each for each in found if vars(each).get(attribute) == name]

    def _is_searchable(self, cls: type[BaseResource]) -> bool:
        rels = relations.relationships().get((relations.ENTRY_POINT, cls.__api_name__), ("",))
        return f"{rels[0]}/search" in self.connection.api().links

    def _as_said(self, candidates: list[Any], reference: BaseResource, around: Around) -> list[Any]:
        """Of candidates those that have what else the reference says."""
        for name, spec in fields(type(reference)).items():
            wanted = vars(reference).get(name)
            if wanted is None or name in ("name", "alias", "user_name", "id", "href"):
                continue
            if spec.is_list:
                continue
            if spec.kind is Kind.STRUCT and isinstance(wanted, BaseResource) and _is_named(wanted):
                id_ = self.id_of(wanted, around)
                candidates = [c for c in candidates if _id(vars(c).get(name)) == id_]
            elif isinstance(wanted, Struct):
                held = [(c, vars(c).get(name)) for c in candidates]
                candidates = [c for c, h in held if h is not None and _has(h, wanted)]
            else:
                candidates = [c for c in candidates if vars(c).get(name) == wanted]
        return candidates

    def _as_near(self, candidates: list[Any], reference: BaseResource, around: Around) -> list[Any]:
        """Of candidates those that share a cluster, a data center, ... with what is around."""
        scope = shape_of(reference.__api_name__).scope
        if scope is None or not candidates:
            return candidates
        if scope == "version":
            # What is meant by the name of a template is its first version.
            return [c for c in candidates if _version(c) in (None, 1)]
        wanted = fields(type(reference))[scope].type.__api_name__
        near = self.near(wanted, around)
        if near is not None:
            return [c for c in candidates if _id(vars(c).get(scope)) == near]
        center = self.near("DataCenter", around)
        if center is not None and wanted == "Network":
            return [c for c in candidates if self._center_of(vars(c).get(scope)) == center]
        return candidates

    def near(self, api_name: str, around: Around) -> str | None:
        """The id of the resource of a type that is around, or None."""
        for reference in around.references(api_name):
            if (id_ := vars(reference).get("id")) is not None:
                known: str = id_
                return known
            if _name(reference) is not None:
                found = self.find(reference, Around(()))
                if found is not None:
                    own: str = found.id
                    return own
        for through, attribute in _LEADS.get(api_name, ()):
            id_ = self.near(through, around)
            if id_ is not None:
                return _id(vars(self.read(model(CLASSES[through]), id_)).get(attribute))
        return None

    def _center_of(self, network: BaseResource | None) -> str | None:
        if network is None:
            return None
        return _id(vars(self.read(type(network), _id(network) or "")).get("data_center"))

    def read(self, cls: type[BaseResource], id_: str, base: BaseResource | None = None) -> Any:
        """A resource by its id, read once."""
        key = f"{cls.__api_name__} {id_}"
        if key not in self._read:
            self._read[key] = self.connection.get(cls, id_, base)
        return self._read[key]

    def name_of(self, reference: BaseResource, around: Around) -> BaseResource | None:
        """A reference by name in the place of one by id; None where it has no name.

        What else it takes to tell which one is meant is said with it.
        """
        resource = self._whole(reference, around)
        if resource is None:
            return None
        attribute = next((n for n in ("user_name", "name", "alias") if vars(resource).get(n)), None)
        if attribute is None:
            return None
        cls = type(reference)
        named = cls._with(**{attribute: vars(resource)[attribute]})
        scope = shape_of(cls.__api_name__).scope
        if scope is None:
            return named
        if scope == "version":
            if (number := _version(resource)) not in (None, 1):
                held = vars(resource)["version"]
                vars(named)["version"] = held._with(version_number=number)
            return named
        try:
            found = self.find(named, around)
        except Ambiguous:
            found = None
        if found is None or _id(found) != _id(resource):
            held = vars(resource).get(scope)
            if held is not None:
                vars(named)[scope] = self.name_of(held, around)
        return named

    def _whole(self, reference: BaseResource, around: Around) -> BaseResource | None:
        cls, id_ = type(reference), vars(reference).get("id")
        if id_ is None:
            return reference
        owner = _OWNERS.get(cls.__api_name__)
        try:
            if owner is None:
                if (relations.ENTRY_POINT, cls.__api_name__) not in relations.relationships():
                    return None
                whole: BaseResource = self.read(cls, id_)
                return whole
            for base in self._owners(cls._with(), owner, around):
                key = (f"{cls.__api_name__} of {base.id}", "")
                if key not in self._listed:
                    self._listed[key] = list(self.connection.getall(cls, base))
                for each in self._listed[key]:
                    if each.id == id_:
                        listed: BaseResource = each
                        return listed
        except errors.NotFound:
            return None
        return None


def _has(held: Struct, wanted: Struct) -> bool:
    return all(
        vars(held).get(name) == value
        for name, value in vars(wanted).items()
        if not isinstance(value, Struct)
    )


def _version(template: Struct) -> int | None:
    version = vars(template).get("version")
    return None if version is None else vars(version).get("version_number")


def _id(reference: Struct | None) -> str | None:
    return None if reference is None else vars(reference).get("id")


def _name(reference: Struct) -> str | None:
    held = vars(reference)
    return next((held[n] for n in ("name", "alias", "user_name") if held.get(n)), None)


def _is_named(reference: Struct) -> bool:
    return _id(reference) is not None or (
        _name(reference) is not None and reference.__api_name__ in facts.collections()
    )


def _said(reference: BaseResource) -> str:
    words = [f"{kind_of(type(reference))} {_name(reference)!r}"]
    for name, value in vars(reference).items():
        if isinstance(value, BaseResource) and (within := _name(value)) is not None:
            words.append(f"in the {name} {within!r}")
    return " ".join(words)


def _ids(candidates: Sequence[Any]) -> str:
    return " or ".join(each.id for each in candidates)
