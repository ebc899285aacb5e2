"""What a person calls the types of the API and their collections, and where these are.

>>> noun("vms").place({}).path
'/vms'
>>> noun("nic").place({"vm": "web-01"}).path
'/vms/{id}/nics'

It is the API's own names, with ``-``, ``_`` or nothing between words, in the singular or plural.
plural. No model is loaded for it: completion asks it with each press of the tabulator.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from rhev import facts, relations
from rhev.cli.exits import USAGE, CommandError
from rhev.models.index import CLASSES, COLLECTIONS, DOCUMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rhev.mapping.resources import BaseResource


# The attributes that hold a status, the first that a type has: as the models have it, without them.
STATUS_ATTRIBUTES: Final = ("snapshot_status", "status", "phase", "state")
# What the parameters of a command begin with that say what something belongs to.
OWNER: Final = "owner_"


@dataclass(frozen=True, slots=True)
class Owner:
    """A level above a collection: the type of the resource there, and its collection's name."""

    type_name: str
    rel: str

    @property
    def option(self) -> str:
        """What the option is called that names the resource, without its dashes: ``vm``."""
        return dashed(singular_of(self.type_name))

    @property
    def names(self) -> frozenset[str]:
        """The option in all its spellings: a host's NIC is a ``nic`` as well as a ``host-nic``."""
        return frozenset({plain(self.option), plain(self.rel).removesuffix("s")})


@dataclass(frozen=True, slots=True)
class Place:
    """A collection: its path, the type of its members, and the levels above, outermost first.

    ``rel`` is its relationship of the last level, and empty for what a level attaches, as a virtual
    machine does its disks.
    """

    path: str
    type_name: str
    owners: tuple[Owner, ...]
    rel: str

    @property
    def service(self) -> facts.Service | None:
        """What answers there, if anything does."""
        name = facts.paths().get(self.path)
        return None if name is None else facts.services()[name]

    @property
    def is_listed(self) -> bool:
        """Whether its members can be asked for together, and not each by its id alone."""
        return self.service is None or "list" in self.service.methods

    @property
    def member_service(self) -> facts.Service | None:
        """What answers at one of its members."""
        name = facts.paths().get(f"{self.path}/{{id}}")
        return None if name is None else facts.services()[name]


@dataclass(frozen=True, slots=True)
class Noun:
    """A word for a type: the type's API name, and every place where such resources are."""

    word: str
    type_name: str
    places: tuple[Place, ...]

    @property
    def singular(self) -> str:
        """As specs have it: ``vm``, ``data_center``."""
        return singular_of(self.type_name)

    @property
    def plural(self) -> str:
        """As a collection's document is called: ``vms``, ``data_centers``."""
        return plural_of(self.type_name)

    @property
    def class_name(self) -> str:
        """The name of the class in ``rhev.schema``."""
        return CLASSES[self.type_name]

    @property
    def cls(self) -> type[BaseResource]:
        """The class of the resources, which loads the models."""
        return class_of(self.type_name)

    def place(self, owners: Mapping[str, Any]) -> Place:
        """The collection below the named owners: their options, in any order.

        Raises CommandError, which says which owners there may be.
        """
        given = {plain(name) for name in owners}
        for place in self.places:
            if len(place.owners) == len(given) and _matches(place.owners, given):
                return place
        raise CommandError(self._misplaced(owners), USAGE)

    def _misplaced(self, owners: Mapping[str, Any]) -> str:
        ways = []
        for place in self.places:
            way = " ".join(f"--{owner.option} NAME" for owner in place.owners)
            if way not in ways:
                ways.append(way)
        if not owners and all(ways):
            head = f"{dashed(self.plural)} belong to something"
        elif ways == [""]:
            head = f"{dashed(self.plural)} belong to nothing that an option names"
            return f"{head}: leave out {' '.join(f'--{dashed(o)}' for o in owners)}"
        else:
            head = f"there are no {dashed(self.plural)} of that"
        return f"{head}: give {' or '.join(way for way in ways[:6] if way)}"


def plain(text: str) -> str:
    """A name without what is between its words."""
    return text.replace("-", "").replace("_", "").lower()


def dashed(text: str) -> str:
    """A name as the command line has it."""
    return text.replace("_", "-")


def singular_of(type_: str) -> str:
    """The element of a document of a type, which is its name in specs."""
    return _elements().get(CLASSES[type_], type_.lower())


def plural_of(type_: str) -> str:
    """The element of a document of its collection."""
    collection = COLLECTIONS.get(CLASSES[type_])
    return _elements()[collection] if collection else f"{singular_of(type_)}s"


def class_of(type_: str) -> type[BaseResource]:
    """The class of a type's resources, which loads the models."""
    import rhev.models  # which enters them into the catalogue  # noqa: F401
    from rhev.mapping.catalogue import model

    cls: type[BaseResource] = model(CLASSES[type_])
    return cls


def noun(word: str) -> Noun:
    """What a word means. Raises CommandError, which says what may have been meant."""
    found = _index().get(plain(word))
    if found is None:
        near = get_close_matches(plain(word), _index(), 3)
        meant = [dashed(plural_of(_index()[name].type_name)) for name in near]
        hint = f"; did you mean {' or '.join(dict.fromkeys(meant))}?" if meant else ""
        hint = hint or "; 'rhev help nouns' shows them all"
        raise CommandError(f"there is no type {word!r}{hint}", USAGE)
    return found


def nouns() -> tuple[Noun, ...]:
    """One noun for every type that has a collection, by their names."""
    by_type = {found.type_name: noun(plural_of(found.type_name)) for found in _index().values()}
    return tuple(sorted(by_type.values(), key=lambda found: found.plural))


@cache
def owner_options() -> tuple[str, ...]:
    """The options that name what something belongs to, as ``vm`` or ``storage-domain``."""
    owners = {owner for place in _places() for owner in place.owners}
    return tuple(sorted({owner.option for owner in owners} | {"nic"}))


@cache
def _index() -> Mapping[str, Noun]:
    words: dict[str, list[Place]] = {}
    types: dict[str, str] = {}
    for place in _places():
        named = {plain(singular_of(place.type_name)), plain(plural_of(place.type_name))}
        for word in named:
            types[word] = place.type_name
        for word in {*named, plain(place.path.rpartition("/")[2])}:
            words.setdefault(word, []).append(place)
            types.setdefault(word, place.type_name)
    for word, places in list(words.items()):
        # 'nic' is what 'nics' is: also that of a host, whose collection has this name
        if word + "s" in words and types[word + "s"] == types[word]:
            words[word] = places + [p for p in words[word + "s"] if p not in places]
    return MappingProxyType(
        {
            word: Noun(word, types[word], tuple(sorted(places, key=_usual_first)))
            for word, places in words.items()
        }
    )


def _usual_first(place: Place) -> tuple[int, str]:
    return len(place.owners), place.path


@cache
def _places() -> tuple[Place, ...]:
    found = []
    for path in facts.paths():
        if path.endswith("}") or path == "/":
            continue
        type_ = _member_type(path)
        owners = _owners(path)
        if type_ is not None and owners is not None:
            found.append(Place(path, type_, owners, path.rpartition("/")[2]))
    for (base, type_), (attachment, attribute) in relations.ATTACHED.items():
        found += [
            Place(f"{place.path.rpartition('/')[0]}/{attribute}s", type_, place.owners, "")
            for place in tuple(found)
            if place.type_name == attachment and place.owners[-1].type_name == base
        ]
    return tuple(found)


def _member_type(path: str) -> str | None:
    type_ = facts.services()[facts.paths()[path]].type
    member = facts.paths().get(f"{path}/{{id}}")
    service = facts.services()[facts.paths()[path]]
    if type_ is None and member is not None:
        type_ = facts.services()[member].type
    return type_ if member is not None or service.is_collection else None


def _owners(path: str) -> tuple[Owner, ...] | None:
    """The levels above a collection; None below what is neither a collection nor its member."""
    owners = []
    segments = path.strip("/").split("/")[:-1]
    if len(segments) % 2:
        return None
    for at in range(0, len(segments), 2):
        if segments[at + 1] != "{id}":
            return None
        type_ = _member_type("/" + "/".join(segments[: at + 1]))
        if type_ is None:
            return None
        owners.append(Owner(type_, segments[at]))
    return tuple(owners)


def _matches(owners: Iterable[Owner], given: set[str]) -> bool:
    return all(owner.names & given for owner in owners)


@cache
def _elements() -> Mapping[str, str]:
    return MappingProxyType({cls: element for element, cls in DOCUMENTS.items()})
