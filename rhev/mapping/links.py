"""The links of a resource, held so that a thousand resources cost little.

An engine sends some sixty links with every virtual machine, nearly all of which are the
machine's own address and the name of the relationship. Those are held as one shared tuple of
names; only what deviates is held as text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

_shapes: dict[tuple[str, ...], tuple[str, ...]] = {}
_SHAPES_KEPT: Final = 4096


class Links(Mapping[str, str]):
    """Relationship names and the addresses that the engine gave for them, in its order."""

    __slots__ = ("_base", "_deviating", "_names")

    def __init__(
        self, base: str = "", names: tuple[str, ...] = (), deviating: dict[str, str] | None = None
    ) -> None:
        self._base = base
        self._names = names
        self._deviating = deviating

    @classmethod
    def from_pairs(cls, base: str | None, pairs: Mapping[str, str]) -> Links:
        """Links from ``rel`` to ``href``; ``base`` is the address of the resource itself.

        Raises TypeError for what is no text.
        """
        if not pairs:
            return NO_LINKS
        prefix = f"{base or ''}/"
        deviating = {rel: href for rel, href in pairs.items() if href != prefix + rel}
        if not all(isinstance(href, str) for href in deviating.values()):
            raise TypeError("an address that is no text")
        names = tuple(pairs)
        shared = _shapes.get(names)
        if shared is None:
            shared = names
            if len(_shapes) < _SHAPES_KEPT:
                _shapes[names] = names
        return cls(base or "", shared, deviating or None)

    @property
    def base(self) -> str | None:
        """What comes before ``/`` and the name in every address; None where one deviates."""
        return self._base if self._deviating is None else None

    def __getitem__(self, rel: str) -> str:
        if self._deviating is not None and rel in self._deviating:
            return self._deviating[rel]
        if rel in self._names:
            return f"{self._base}/{rel}"
        raise KeyError(rel)

    def __contains__(self, rel: object) -> bool:
        return rel in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __repr__(self) -> str:
        return f"Links({dict(self)!r})"


NO_LINKS: Final = Links()
