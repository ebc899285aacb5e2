"""What is to be, as documents say it, and how it is called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rhev.applying.shapes import shape_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rhev.mapping.resources import BaseResource
    from rhev.mapping.structure import Struct


@dataclass(frozen=True, slots=True)
class Wanted:
    """One resource that is to be: its model, what it is ``under``, and where that was said.

    ``under`` are references to resources, the outermost first. ``where`` is for messages, such as
    ``web.yaml:12``.
    """

    model: BaseResource
    under: tuple[BaseResource, ...] = ()
    where: str = ""

    @property
    def type(self) -> str:
        """The API's name of its type."""
        return self.model.__api_name__

    @property
    def label(self) -> str:
        """What it is called in messages: ``vm web-01``, ``nic nic1 of vm web-01``."""
        owners = "".join(f" of {called(owner)}" for owner in reversed(self.under))
        return f"{called(self.model)}{owners}"


def kind_of(cls: type[Struct]) -> str:
    """What a document calls a type: ``vm``, ``disk_attachment``."""
    return cls.__xml_tag__ or cls.__api_name__.lower()


def called(resource: BaseResource) -> str:
    """The kind of a resource and its name, or what else tells it apart."""
    return f"{kind_of(type(resource))} {key_of(resource) or '?'}"


def key_of(resource: BaseResource) -> str | None:
    """What tells a resource apart from others of its type, as a text."""
    for way in (*shape_of(resource.__api_name__).identity, "name", "id"):
        values = [text for path in way.split("+") if (text := _text(resource, path)) is not None]
        if values:
            return " ".join(values)
    return None


def _text(resource: Struct, path: str) -> str | None:
    value: object = resource
    for name in path.split("."):
        value = vars(value).get(name) if value is not None and hasattr(value, "__dict__") else None
    if value is None or isinstance(value, list):
        return None
    if hasattr(value, "__dict__") and hasattr(value, "__api_name__"):
        held = vars(value)
        value = next((held[n] for n in ("name", "alias", "user_name", "id") if held.get(n)), None)
        return None if value is None else str(value)
    if value is True:
        return path
    return str(value)


def members(model: Struct, attribute: str) -> Iterator[BaseResource]:
    """The members that a document has nested in an attribute."""
    yield from vars(model).get(attribute) or ()
