"""What pydantic and pydantic-xml say of every model: its XML, both ways, and its JSON schema.

pydantic-xml would build a serializer of each model over all that it reaches, which takes seconds;
its methods are served by the codecs instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, cast

from pydantic.json_schema import CoreRef
from pydantic_xml import BaseXmlModel

from rhev.mapping.scalars import Enumeration

if TYPE_CHECKING:
    import lxml.etree as etree
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
    from pydantic_core import CoreSchema


class Document(BaseXmlModel):
    """A model that is a document by itself."""

    __slots__ = ()

    @classmethod
    def __build_serializer__(cls) -> None:
        pass

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
        unknown, pydantic's ``ValidationError`` for values, and TypeError for a parser of one's own.
        """
        from rhev.codecs import plan, xml
        from rhev.errors import ParseError

        if kwargs:
            raise TypeError(f"from_xml takes no {', '.join(kwargs)}: its parser reaches nowhere")
        root = xml.parse(source)
        if root.tag != cls.__xml_tag__:
            raise ParseError(f"the document is a <{root.tag}>, not a <{cls.__xml_tag__}>")
        with plan.decoding():
            found = xml.decode_tree(cast("Any", cls), root, plan.Context(strict=True))
        return cls.model_validate(_values(found), context=context)

    # pydantic-xml's types are those of the standard library's elements, even where it uses lxml's.

    @classmethod
    def from_xml_tree(  # type: ignore[override, unused-ignore]
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

    def to_xml_tree(  # type: ignore[override, unused-ignore]
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

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """A schema of its own below ``$defs``, where the model is an attribute of another.

        What reaches most of the API is described class after class, not by recursion.
        """
        if core_schema["type"] != "function-plain":
            return handler(core_schema)
        generate: GenerateJsonSchema = cast("Any", handler).generate_json_schema
        name, reference = generate.get_cache_defs_ref_schema(
            CoreRef(f"{cls.__module__}.{cls.__qualname__}:member {id(cls)}")
        )
        pending: list[tuple[Any, Any]] = vars(generate).setdefault("pending_models", [])
        if name not in generate.definitions and (name, cls) not in pending:
            pending.append((name, cls))
            if len(pending) == 1:
                for each, model in pending:  # which grows meanwhile
                    model.model_rebuild()
                    written = generate.generate_inner(model.__pydantic_core_schema__)
                    generate.definitions[each] = dict(written)
                pending.clear()
        return {"allOf": [reference]}  # a bare reference would be resolved


def _values(value: Any) -> Any:
    """A model as plain values, to be validated."""
    if isinstance(value, Document):
        return {name: _values(entry) for name, entry in value.__dict__.items()}
    if isinstance(value, list):
        return [_values(entry) for entry in value]
    return str(value) if isinstance(value, Enumeration) else value
