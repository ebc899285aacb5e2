"""Models of ours as fields of a user's pydantic-xml models, written and read by the codecs.

pydantic-xml works out at once how to write all that a model reaches, which takes seconds for the
API's types. Here it is shown a class that stands for one of ours and hands on to the codecs. This
module is loaded only in programs that use pydantic-xml themselves.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import lxml.etree as etree
from pydantic_core import core_schema
from pydantic_xml import BaseXmlModel
from pydantic_xml.serializers.factories.model import BaseModelSerializer

if TYPE_CHECKING:
    from pydantic_core import CoreSchema
    from pydantic_xml.element.element import XmlElementReader, XmlElementWriter

    from rhev.mapping.structure import Struct


@cache
def stand_in(cls: type[Struct]) -> CoreSchema:
    """A core schema in which pydantic-xml finds a model of its own kind."""

    class StandIn(BaseXmlModel, tag=cls.__xml_tag__):
        lax: int

    StandIn.__xml_serializer__ = _Serializer(cls)
    lax = core_schema.model_field(core_schema.int_schema(strict=True))
    fields_schema = core_schema.model_fields_schema({"lax": lax})
    return core_schema.model_schema(StandIn, fields_schema, root_model=False)


class _Serializer(BaseModelSerializer):
    """What pydantic-xml asks to write and read an element of a class."""

    def __init__(self, cls: type[Struct]) -> None:
        self._cls = cls

    @property
    def model(self) -> Any:
        return self._cls

    @property
    def element_name(self) -> str:
        return self._cls.__xml_tag__

    @property
    def nsmap(self) -> None:
        return None

    def serialize(
        self,
        element: XmlElementWriter,
        value: Any,
        encoded: Any,
        *,
        skip_empty: bool = False,
        exclude_none: bool = False,
        exclude_unset: bool = False,
    ) -> XmlElementWriter | None:
        if value is None:
            return None
        _write(element, value.to_xml_tree(skip_empty=skip_empty))
        return element

    def deserialize(
        self, element: XmlElementReader | None, *, context: dict[str, Any] | None, **_: Any
    ) -> Any:
        if element is None:
            return None
        root = _read(element)
        root.tag = self._cls.__xml_tag__  # the field may be called otherwise
        return self._cls.from_xml_tree(root, context)


def _write(element: XmlElementWriter, source: etree._Element) -> None:
    element.set_attributes({str(name): str(value) for name, value in source.attrib.items()})
    if source.text:
        element.set_text(source.text)
    for child in source:
        written = element.make_element(str(child.tag), nsmap=None)
        _write(written, child)
        element.append_element(written)


def _read(element: XmlElementReader) -> etree._Element:
    root = etree.Element(element.tag, element.pop_attributes() or {})
    root.text = element.pop_text()
    root.extend(_read(child) for child in element.pop_elements())
    return root
