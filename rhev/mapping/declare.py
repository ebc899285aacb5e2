"""How the fields of a model are declared: pydantic-xml's entities, with the API's habits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from pydantic import BeforeValidator
from pydantic.fields import FieldInfo
from pydantic_xml.fields import XmlEntityInfo
from pydantic_xml.typedefs import EntityLocation


def _as_list(value: object) -> object:
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        return list(value)
    return value


# What marks a field that is a collection of its own.
COLLECTION: Final = object()
_ANY_SEQUENCE = BeforeValidator(_as_list)


def attr(name: str | None = None, *, default: Any) -> Any:
    """A field that travels as an XML attribute: ``id``, ``href``, a link's ``rel``."""
    return _declare(default, XmlEntityInfo(EntityLocation.ATTRIBUTE, path=name))


def element(tag: str | None = None, *, default: Any) -> Any:
    """A field that travels as an element, by the name of the field unless ``tag`` says another."""
    return _declare(default, XmlEntityInfo(EntityLocation.ELEMENT, path=tag))


def entries(path: str, item: str, *, default: Any) -> Any:
    """A list that travels as the element ``path`` with one element ``item`` for each entry.

    Any sequence of members may be assigned.
    """
    wrapped = XmlEntityInfo(EntityLocation.ELEMENT, path=item)
    entity = XmlEntityInfo(EntityLocation.WRAPPED, path=path, wrapped=wrapped)
    return _declare(default, _ANY_SEQUENCE, entity)


def collection(path: str, item: str, *, default: Any) -> Any:
    """As ``entries``, for a list that is a collection of its own in the API.

    An engine sends it where a request follows the link to it. Its members are resources that are
    created, updated and deleted by themselves.
    """
    info = entries(path, item, default=default)
    info.metadata.append(COLLECTION)
    return info


def members(tag: str, *, default_factory: Any) -> Any:
    """The members of a collection: elements ``tag`` directly below the collection's own."""
    info = FieldInfo(default_factory=default_factory)
    info.metadata += [_ANY_SEQUENCE, XmlEntityInfo(EntityLocation.ELEMENT, path=tag)]
    return info


def _declare(default: Any, *metadata: Any) -> Any:
    info = FieldInfo(default=default)
    info.metadata.extend(metadata)
    return info
