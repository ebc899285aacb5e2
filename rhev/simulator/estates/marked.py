"""YAML that is read with the places where everything stands, for errors to name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from rhev.errors import ConfigurationError, ParseError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from os import PathLike

Location = tuple[str | int, ...]


class Marked:
    """What a file holds, and where: ``value`` is of dictionaries, lists and scalars."""

    def __init__(self, path: str | PathLike[str]) -> None:
        """Reads a file. Raises ParseError for what is no YAML, or says the same thing twice."""
        try:
            import yaml
        except ImportError:
            raise ConfigurationError(
                "an estate in YAML needs the package pyyaml: pip install 'rhev[yaml]'"
            ) from None
        self.path: Path = Path(path)
        loader = yaml.SafeLoader(self.path.read_text(encoding="utf-8"))
        try:
            self._node: Any = loader.get_single_node()
            twice = next(_twice(self._node), None)  # before what is merged is among it
            self.value: Any = None if self._node is None else loader.construct_document(self._node)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
            raise ParseError(
                f"{path} is no YAML: {error.problem}", line=line, column=column
            ) from error
        except yaml.YAMLError as error:
            raise ParseError(f"{path} is no YAML: {error}") from error
        finally:
            loader.dispose()
        if twice is not None:
            raise ParseError(f"{path} is no YAML to rely on: {self._at(twice)}: given twice")

    def where(self, location: Sequence[str | int] = ()) -> str:
        """The file, line and column of what is at a path, or of what is next above it."""
        node = self._node
        for part in location:
            below = _child(node, part)
            if below is None:
                break
            node = below
        return self._at(node)

    def _at(self, node: Any) -> str:
        mark = getattr(node, "start_mark", None)
        return self.path.name if mark is None else _said(self.path.name, mark)


def _said(name: str, mark: Any) -> str:
    return f"{name}:{mark.line + 1}:{mark.column + 1}"


def _child(node: Any, part: str | int) -> Any:
    entries = node.value if isinstance(getattr(node, "value", None), list) else []
    if isinstance(part, int):
        return entries[part] if part < len(entries) else None
    pairs = [entry for entry in entries if isinstance(entry, tuple)]
    # What was merged comes first, and what stands here goes before that.
    return next((value for key, value in reversed(pairs) if key.value == part), None)


def _twice(node: Any) -> Iterator[Any]:
    """The keys that an object has more than once."""
    entries = node.value if isinstance(getattr(node, "value", None), list) else []
    seen = set()
    for entry in entries:
        if isinstance(entry, tuple):
            key, value = entry
            if key.value in seen:
                yield key
            seen.add(str(key.value))
            yield from _twice(value)
        else:
            yield from _twice(entry)
