"""What pydantic is told of the models: core schemas that load no class before a value of it comes.

A virtual machine reaches nearly every type of the API. Left to itself, pydantic would load all of
them, at a millisecond each, to check the name of one; here a nested structure is checked by a
function that finds its class when it is first given.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from functools import cache, partial
from inspect import Parameter, Signature
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakKeyDictionary

from pydantic_core import (
    PydanticCustomError,
    SchemaSerializer,
    SchemaValidator,
    core_schema,
    to_json,
)

from rhev.mapping import scalars
from rhev.mapping.classes.json_schema import describe_class, describe_field, docstrings, refer_to
from rhev.mapping.fields import SCALARS, FieldSpec, Kind, fields

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic.fields import FieldInfo
    from pydantic_core import CoreConfig, CoreSchema

    from rhev.mapping.structure import Struct

_ANY = core_schema.simple_ser_schema("any")
_WHOLE_NUMBER = core_schema.int_schema(strict=True)


class Declared:
    """The annotation of a declared field, as pydantic sees it before anyone asks what it means.

    ``owner`` is the class that declares it.
    """

    __slots__ = ("owner", "spec")

    owner: type[Struct]

    def __init__(self, spec: FieldSpec) -> None:
        self.spec: FieldSpec = spec

    def __repr__(self) -> str:
        return f"<what {self.spec.name} holds>"

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return _with_json(field_schema(self.spec), _describe_field, self.owner, self.spec)


def _with_json(schema: CoreSchema, describe: Callable[..., Any], *about: Any) -> CoreSchema:
    """The schema, with what describes it in JSON: see pydantic's metadata of core schemas."""
    metadata = {"pydantic_js_annotation_functions": [partial(describe, *about)]}
    return cast("CoreSchema", {**schema, "metadata": metadata})


def _describe_field(
    owner: type[Struct], spec: FieldSpec, schema: object, handler: Any
) -> dict[str, Any]:
    return describe_field(owner, spec, handler.generate_json_schema)


def annotation(spec: FieldSpec) -> Any:
    """What a field is annotated with, its classes loaded."""
    name = spec.type_name
    one = _BUILT_IN.get(name) or (getattr(scalars, name) if name in SCALARS else spec.type)
    if not spec.is_list:
        return one | None
    return list[one] if spec.bare else list[one] | None  # type: ignore[valid-type]


_BUILT_IN: dict[str, type] = {"str": str, "int": int, "bool": bool, "float": float}


def field_schema(spec: FieldSpec) -> CoreSchema:
    """What is checked of a field."""
    schema = _one(spec)
    if spec.is_list:
        entries = core_schema.list_schema(schema)
        schema = core_schema.no_info_before_validator_function(_as_list, entries)
    return schema if spec.bare else core_schema.nullable_schema(schema)


def _bytes(value: object, info: core_schema.ValidationInfo) -> object:
    mode: str = info.mode
    if mode == "string" and isinstance(value, str) and value.isdecimal():
        return int(value)  # where all values are texts, a number is
    return scalars.parse_bytes(value)


def _as_list(value: object) -> object:
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        return list(value)
    return value


def _one(spec: FieldSpec) -> CoreSchema:
    """What is checked of a value, or of each entry of a list."""
    match spec.type_name:
        case "Bytes":
            whole = core_schema.int_schema(strict=True)
            return core_schema.with_info_before_validator_function(_bytes, whole)
        case "MACAddress":
            text = core_schema.str_schema()
            return core_schema.no_info_after_validator_function(scalars.check_mac, text)
        case "IPAddress":
            text = core_schema.str_schema()
            return core_schema.no_info_after_validator_function(scalars.check_ip, text)
    match spec.kind:
        case Kind.TEXT:
            return core_schema.str_schema()
        case Kind.INTEGER:
            return core_schema.int_schema()
        case Kind.BOOLEAN:
            return core_schema.bool_schema()
        case Kind.DOUBLE:
            return core_schema.float_schema()
        case Kind.DATE:
            return core_schema.datetime_schema(strict=False, tz_constraint="aware")
        case Kind.ENUMERATION:
            return core_schema.no_info_plain_validator_function(
                lambda value: spec.type.checked(value)
            )
        case Kind.STRUCT:
            return member_schema(lambda: spec.type)


def member_schema(
    load: Callable[[], type[Struct]], inner: CoreSchema = _WHOLE_NUMBER, lax: object = "1"
) -> CoreSchema:
    """What is checked of a structure within another: its class is loaded when one comes.

    ``inner`` is there to tell whether the call under way is one with ``strict=False``: it takes
    the value ``lax`` only then.
    """

    def check(
        value: object,
        inner_takes: core_schema.ValidatorFunctionWrapHandler,
        info: core_schema.ValidationInfo,
    ) -> Any:
        cls = load()
        if isinstance(value, cls):
            return value
        if not isinstance(value, Mapping):
            raise PydanticCustomError(
                "model_type",
                "Input should be a {name}, or a mapping of its attributes",
                {"name": cls.__name__},
            )
        mode: str = info.mode
        if mode == "string":
            return cls.model_validate_strings(value, context=info.context)
        if mode == "json" and "__declared__" not in cls.__dict__:
            # What a user's own fields take of JSON may be more than what they take of Python.
            return cls.model_validate_json(to_json(value), context=info.context)
        # Only what the caller says overrules the strictness of the models.
        strict = False if _takes(inner_takes, lax) else None
        return cls.__pydantic_validator__.validate_python(
            value, strict=strict, context=info.context
        )

    return core_schema.with_info_wrap_validator_function(check, inner, serialization=_ANY)


def _takes(handler: core_schema.ValidatorFunctionWrapHandler, value: object) -> bool:
    try:
        handler(value)
    except ValueError:
        return False
    return True


def complete(cls: type[Struct]) -> None:
    """Gives a class that is declared here its core schema, validator and serializer."""
    config: CoreConfig = {
        "title": cls.__name__,
        "extra_fields_behavior": "forbid",
        "strict": True,
        "allow_inf_nan": False,
        "hide_input_in_errors": True,
    }
    own = {name: core_schema.model_field(_with_default(spec)) for name, spec in fields(cls).items()}
    fields_schema = core_schema.model_fields_schema(own, model_name=cls.__name__)
    model_schema = core_schema.model_schema(cls, fields_schema, config=config)
    schema = _with_json(wrapped(cls, model_schema), _described_class, cls)
    cls.__pydantic_core_schema__ = schema
    cls.__pydantic_validator__ = SchemaValidator(schema, config)
    cls.__pydantic_serializer__ = SchemaSerializer(schema, config)
    cls.__pydantic_complete__ = True


def wrapped(cls: type[Struct], schema: CoreSchema) -> CoreSchema:
    """The schema of a class, within what the class itself does before and after."""
    return core_schema.no_info_wrap_validator_function(cls._validate, schema)


@cache
def unwrapped_validator(cls: type[Struct]) -> SchemaValidator:
    """What checks a class where the input is no Python: what a function is around is taken so."""
    cls.model_rebuild()
    return SchemaValidator(_unwrapped(cls, cls.__pydantic_core_schema__))


def _unwrapped(cls: type[Struct], schema: Any) -> CoreSchema:
    if schema["type"] == "definitions":
        return cast("CoreSchema", {**schema, "schema": _unwrapped(cls, schema["schema"])})
    return core_schema.no_info_after_validator_function(cls._settle, schema["schema"])


def reference_schema(cls: type[Struct]) -> CoreSchema:
    """What is checked of a class where a user's own model has it."""
    if "pydantic_xml" in sys.modules:
        from rhev.mapping.classes.pydantic_xml import stand_in

        schema = member_schema(lambda: cls, stand_in(cls), {"lax": "1"})
    else:
        schema = member_schema(lambda: cls)
    return _with_json(schema, _referred_to, cls)


def _referred_to(cls: type[Struct], schema: object, handler: Any) -> dict[str, Any]:
    return refer_to(cls, handler.generate_json_schema)


def _described_class(cls: type[Struct], schema: object, handler: Any) -> dict[str, Any]:
    return describe_class(cls, handler.generate_json_schema)


def _with_default(spec: FieldSpec) -> CoreSchema:
    if spec.bare:
        return core_schema.with_default_schema(field_schema(spec), default_factory=list)
    return core_schema.with_default_schema(field_schema(spec), default=None)


def described_fields(cls: type[Struct]) -> dict[str, FieldInfo]:
    """Pydantic's description of the fields of a class, complete: with annotations and prose.

    It loads all classes that the fields name.
    """
    found = _described.get(cls)
    if found is None:
        specs = fields(cls)
        found = {}
        for name, info in cls.__pydantic_fields__.items():
            if isinstance(info.annotation, Declared):
                info = copy(info)
                info.annotation = annotation(specs[name])
                info.description = docstrings(cls).get(name)
            found[name] = info
        _described[cls] = found
    return found


_described: WeakKeyDictionary[type[Struct], dict[str, FieldInfo]] = WeakKeyDictionary()


def signature(cls: type[Struct]) -> Signature:
    """The parameters of a class, all of them keywords."""
    return Signature(
        [
            Parameter(
                name,
                Parameter.KEYWORD_ONLY,
                default=Parameter.empty if info.is_required() else info.get_default(),
                annotation=info.rebuild_annotation(),
            )
            for name, info in described_fields(cls).items()
        ],
        return_annotation=None,
    )
