"""How the class of a model is made: no class that its fields name is loaded."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from typing_extensions import dataclass_transform

from rhev.mapping import fields as _fields
from rhev.mapping.classes import schemas
from rhev.mapping.classes.attribute import Attribute
from rhev.mapping.declare import Declaration, attr, collection, element, entries, members

if TYPE_CHECKING:
    from inspect import Signature

    from pydantic._internal._model_construction import ModelMetaclass

    from rhev.mapping.structure import Struct
else:
    ModelMetaclass = type(BaseModel)

_making: ContextVar[bool] = ContextVar("_making", default=False)


@dataclass_transform(
    eq_default=False,
    kw_only_default=True,
    field_specifiers=(attr, collection, element, entries, members),
)
class StructMeta(ModelMetaclass):
    """Makes the classes: what a declared field holds is not looked up before someone asks."""

    def __new__(
        mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **kwargs: Any
    ) -> type:
        texts: dict[str, Any] = namespace.get("__annotations__", {})
        declared: dict[str, _fields.FieldSpec] = {}
        placeholders: dict[str, schemas.Declared] = {}
        for field, value in list(namespace.items()):
            if isinstance(value, Declaration):
                declared[field] = _fields.declared(field, texts[field], value)
                texts[field] = placeholders[field] = schemas.Declared(declared[field])
                namespace[field] = FieldInfo(default_factory=list) if value.bare else None
        if namespace["__module__"].partition(".")[0] == "rhev":
            namespace["__declared__"] = declared
        token = _making.set(True)
        try:
            cls = super().__new__(mcs, name, bases, namespace, defer_build=True, **kwargs)
        finally:
            _making.reset(token)
        # What is made of the class, as a TypeAdapter, need not be deferred with it.
        config: dict[str, Any] = cls.__dict__["model_config"]
        del config["defer_build"]
        for field, placeholder in placeholders.items():
            placeholder.owner = cls
            texts[field] = _fields.annotation_text(placeholder.spec)
        return cls

    if TYPE_CHECKING:

        def __hash__(cls) -> int: ...

    else:

        def __getattr__(cls, name: str) -> Any:
            # While a class is made, pydantic takes what a base has for something that is shadowed.
            if name in cls.__dict__.get("__pydantic_fields__", ()) and not _making.get():
                return Attribute(cls, name)
            return super().__getattr__(name)

        @property
        def model_fields(cls) -> dict[str, FieldInfo]:
            """Pydantic's description of the fields, with the classes that they hold and prose."""
            return schemas.described_fields(cls)


class LazySignature:
    """The parameters of a class, for ``inspect.signature``: worked out when they are asked for."""

    def __get__(self, instance: object, owner: type[Struct]) -> Signature:
        if instance is not None:
            raise AttributeError("__signature__")
        return schemas.signature(owner)
