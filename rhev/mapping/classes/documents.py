"""What pydantic and pydantic-xml say of every model: its XML, both ways, and its JSON schema.

pydantic-xml would build a serializer of each model over all that it reaches, which takes seconds;
its methods are served by the codecs instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, cast

from pydantic import BaseModel

from rhev.mapping.scalars import Enumeration

if TYPE_CHECKING:
    import lxml.etree as etree


class Document(BaseModel, defer_build=True):
    """A model that is a document by itself."""

    __slots__ = ()

    # The element that a document of one has. It is not annotated, as pydantic would evaluate the
    # annotation anew for every class.
    __xml_tag__ = ""

    @classmethod
    def from_xml(
        cls,
        source: str | bytes,
        context: dict[str, Any] | None = None,
        empty_as_string: bool = True,
        **kwargs: Any,
    ) -> Self:
        """The model that a document holds, checked as strictly as what is given to the constructor.

        An empty text is a text. Raises :class:`rhev.errors.ParseError` for what is malformed or
        unknown, pydantic's ``ValidationError`` for a value that is not of its type or not one that
        is taken, and TypeError for a parser of one's own.
        """
        from rhev.codecs import plan, xml
        from rhev.errors import ParseError

        if kwargs:
            raise TypeError(f"from_xml takes no {', '.join(kwargs)}: its parser reaches nowhere")
        root = xml.parse(source)
        if root.tag != cls.__xml_tag__:
            raise ParseError(f"the document is a <{root.tag}>, not a <{cls.__xml_tag__}>")
        with plan.decoding():
            found = xml.decode_tree(
                cast("Any", cls), root, plan.Context(strict=True, keep_texts=True)
            )
        return cls.model_validate(_values(found), context=context)

    @classmethod
    def from_xml_tree(
        cls,
        root: etree._Element,
        context: dict[str, Any] | None = None,
        empty_as_string: bool = True,
    ) -> Self:
        """As :meth:`from_xml`, of an element of lxml."""
        import lxml.etree as etree

        return cls.from_xml(etree.tostring(root, with_tail=False), context)

    def to_xml(
        self,
        *,
        skip_empty: bool = False,
        exclude_none: bool = True,
        exclude_unset: bool = True,
        **kwargs: Any,
    ) -> str | bytes:
        """The document of the model, as it is sent: of what is set and not None, in UTF-8.

        ``skip_empty`` leaves out elements without content. ``kwargs`` are those of lxml's
        ``tostring``, such as ``pretty_print=True`` and ``encoding="unicode"``.
        """
        import lxml.etree as etree

        from rhev.codecs import xml

        if not skip_empty and not kwargs:
            return xml.encode(cast("Any", self))
        written: str | bytes = etree.tostring(self.to_xml_tree(skip_empty=skip_empty), **kwargs)
        return written

    def to_xml_tree(
        self, *, skip_empty: bool = False, exclude_none: bool = True, exclude_unset: bool = True
    ) -> etree._Element:
        """As :meth:`to_xml`, as an element of lxml."""
        from rhev.codecs import xml

        root: etree._Element = xml.parse(xml.encode(cast("Any", self)))
        if skip_empty:
            for element in reversed(list(root.iterdescendants())):
                parent = element.getparent()
                if parent is not None and not (len(element) or element.text or element.attrib):
                    parent.remove(element)
        return root


def _values(value: Any) -> Any:
    """A model as plain values, to be validated."""
    if isinstance(value, Document):
        return {name: _values(entry) for name, entry in value.__dict__.items()}
    if isinstance(value, list):
        return [_values(entry) for entry in value]
    return str(value) if isinstance(value, Enumeration) else value
