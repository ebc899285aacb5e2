"""An inventory, read back: resources by their classes, references by their ids."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from rhev.codecs import json
from rhev.inventory.databases import is_database, read_database
from rhev.inventory.entries import Document, Entry, Problem, read_lines
from rhev.mapping.catalogue import model
from rhev.mapping.resources import BaseResource
from rhev.models.engine import API
from rhev.models.index import CLASSES, DOCUMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rhev.mapping.structure import Struct

R = TypeVar("R", bound=BaseResource)


class Inventory:
    """An estate as it was when it was gathered: no engine is asked for any of it.

    ``problems`` are what could not be read, ``asked`` when the first of it was asked for (ISO 8601,
    UTC; empty where that is not known). Resources are decoded when they are first asked for.
    """

    def __init__(self, entries: Iterable[Entry | Problem]) -> None:
        self._documents: dict[str, list[Document]] = {}
        self._decoded: dict[str, tuple[Any, ...]] = {}
        self._by_id: dict[str, dict[str, Any]] = {}
        self.asked: str = ""
        problems = []
        for entry in entries:
            self.asked = self.asked or entry.asked
            if isinstance(entry, Problem):
                problems.append(entry)
            else:
                self._documents.setdefault(entry.type, []).append(entry.resource)
        self.problems: tuple[Problem, ...] = tuple(problems)

    @classmethod
    def read(cls, path: str | Path) -> Self:
        """The inventory of a file: JSON lines, or an SQLite database.

        Raises OSError where the file cannot be read, and ValueError for one that is no inventory.
        """
        path = Path(path)
        with path.open("rb") as file:
            if not is_database(file):
                return cls(read_lines(file, path.name))
        return cls(read_database(path))

    @property
    def api(self) -> API | None:
        """The entry point, with the version of the engine, where it was gathered."""
        found: tuple[API, ...] = self._all("api", API)
        return found[0] if found else None

    @property
    def types(self) -> tuple[str, ...]:
        """The names of the types that there are resources of, such as ``vm``."""
        return tuple(self._documents)

    def of(self, type: type[R]) -> tuple[R, ...]:
        """The resources of a class, in the order of the inventory; what was followed is in them."""
        return self._all(_name(type), type)

    def get(self, type: type[R], id: str | None) -> R | None:
        """The resource of a class that has an id, or None where the inventory has none."""
        name = _name(type)
        if name not in self._by_id:
            identified = ((getattr(each, "id", None), each) for each in self.of(type))
            self._by_id[name] = {id_: each for id_, each in identified if id_ is not None}
        return None if id is None else self._by_id[name].get(id)

    def resolve(self, reference: R | None) -> R | None:
        """The resource that a reference is to, by its id; None where it is not in the inventory."""
        if reference is None:
            return None
        return self.get(type(reference), getattr(reference, "id", None))

    def __len__(self) -> int:
        return sum(map(len, self._documents.values()))

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(each)} {name}" for name, each in self._documents.items())
        return f"<{type(self).__name__} of {counts or 'nothing'}>"

    def _all(self, name: str, cls: type[Struct]) -> tuple[Any, ...]:
        if name not in self._decoded:
            documents = self._documents.get(name, ())
            self._decoded[name] = tuple(json.decode_tree(cls, each) for each in documents)
        return self._decoded[name]


def _name(cls: type[BaseResource]) -> str:
    """The name of the type of a class, or of that of the API which a user's own is derived from."""
    found: type[BaseResource] = model(CLASSES[cls.__api_name__])
    name = found.__xml_tag__
    if name is None or DOCUMENTS.get(name) != found.__name__:
        raise ValueError(f"an inventory has no {cls.__name__} of its own")
    return name
