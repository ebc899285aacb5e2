"""What every model is: a structure that holds only what was sent or set.

An attribute that is absent reads as None and costs nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar, cast

from pydantic import ConfigDict
from pydantic_core import ValidationError

from rhev.mapping import fields as _fields
from rhev.mapping.classes import schemas
from rhev.mapping.classes.attribute import Attribute, Missed, last_missed
from rhev.mapping.classes.deprecated import offered
from rhev.mapping.classes.documents import Document
from rhev.mapping.classes.json_schema import json_schema
from rhev.mapping.classes.metaclass import LazySignature, StructMeta
from rhev.mapping.explain import explained
from rhev.mapping.spellings import check_said_once, spellings
from rhev.secrets import HIDDEN, is_secret

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

S = TypeVar("S", bound="Struct")

UNCHANGED: Mapping[str, Any] = {}

_set = object.__setattr__
_building: ContextVar[type[Struct] | None] = ContextVar("_building", default=None)


# Slots that are empty on an instance that no one has asked about.
_ABSENT = frozenset(
    {
        "__pydantic_extra__",
        "__pydantic_private__",
        "_lists",
        "_binding",
        "_links",
        "_actions",
        "_below",
        "_correlation_id",
    }
)


class Struct(Document, metaclass=StructMeta):
    """The base of every model.

    An unknown attribute, a value of the wrong type or one outside an enumeration raises
    pydantic's ``ValidationError``, when it is given to the constructor and when it is assigned.
    ``model_extra`` holds what an engine sent that the models do not know.
    """

    __slots__ = ("_changed", "_lists")

    if TYPE_CHECKING:  # pydantic would evaluate the annotations anew for every class
        model_config: ClassVar[ConfigDict]
        __api_name__: ClassVar[str]
        __kept_slots__: ClassVar[frozenset[str]]
        # The attributes assigned since the instance was read; None where it was made here.
        _changed: ClassVar[Mapping[str, Any] | None]
        # What the lists held when they were read. These are slots: to a type checker, no fields.
        _lists: ClassVar[dict[str, tuple[Any, ...]] | None]

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        validate_assignment=True,
        protected_namespaces=(),
        allow_inf_nan=False,
        hide_input_in_errors=True,  # an input may be a password
    )

    __api_name__ = ""
    if not TYPE_CHECKING:
        __signature__ = LazySignature()
    __kept_slots__ = frozenset({"_changed", "_lists", "__pydantic_extra__", "__pydantic_private__"})

    def __init_subclass__(cls, *, tag: str = "", api_name: str = "", **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if tag:
            cls.__xml_tag__ = tag
        if api_name:
            cls.__api_name__ = api_name

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        if cls.__module__.startswith("rhev.models."):
            cls.__module__ = "rhev.schema"

    @classmethod
    def model_rebuild(cls, **kwargs: Any) -> bool | None:
        """Builds pydantic's schema of the class, which the first validation does by itself.

        That of a class of the API loads no other; that of a subclass is pydantic's own.
        """
        if "__declared__" not in cls.__dict__:
            token = _building.set(cls)
            try:
                rebuilt = super().model_rebuild(**kwargs)
            finally:
                _building.reset(token)
            if "__signature__" in cls.__dict__ and "__init__" not in cls.__dict__:
                del cls.__signature__  # which knows no classes
            return rebuilt
        if cls.__pydantic_complete__ and not kwargs.get("force"):
            return None
        schemas.complete(cls)
        return True

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        if _building.get() is cls:
            return schemas.wrapped(cls, handler(source))
        return schemas.reference_schema(cls)

    @classmethod
    def model_json_schema(cls, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The JSON schema of the class, of the shape and of the engine's rules: see pydantic."""
        if "__declared__" in cls.__dict__ and not args and kwargs.keys() <= {"ref_template"}:
            return json_schema(cls, **kwargs)
        return super().model_json_schema(*args, **kwargs)

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **kwargs: Any) -> Self:
        """The model that a JSON text of pydantic's form holds: see pydantic."""
        validate = schemas.unwrapped_validator(cls).validate_json
        return cls._explaining(lambda: cast("Self", validate(json_data, **kwargs)))

    @classmethod
    def model_validate_strings(cls, obj: Any, **kwargs: Any) -> Self:
        """The model of values that are all texts, as in environment variables: see pydantic."""
        validate = schemas.unwrapped_validator(cls).validate_strings
        return cls._explaining(lambda: cast("Self", validate(obj, **kwargs)))

    @classmethod
    def _validate(cls, value: Any, handler: Callable[[Any], Self]) -> Self:
        """What validation does around pydantic's own."""
        older = spellings(cls)
        given = {n: value[n] for n in older if n in value} if isinstance(value, Mapping) else {}
        if given:
            check_said_once(cls, value, given)
            value = {name: held for name, held in value.items() if name not in given}
        instance = cls._explaining(lambda: handler(value))
        if instance is value:
            return instance
        cls._settle(instance)
        for name, held in given.items():
            if held is not None:
                setattr(instance, name, held)
        return instance

    @classmethod
    def _explaining(cls, validate: Callable[[], Self]) -> Self:
        try:
            return validate()
        except ValidationError as error:
            refused = explained(cls, error)
        # Raised out here, without the first error as its context, which holds what was given.
        raise refused

    @staticmethod
    def _settle(instance: S) -> S:
        """Lets an instance that was made here hold just what was set."""
        _set(instance, "_changed", None)
        given = instance.__pydantic_fields_set__
        values = instance.__dict__
        if len(values) != len(given):
            _set(instance, "__dict__", {k: v for k, v in values.items() if k in given})
        return instance

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            cls = type(self)
            if name in cls.__pydantic_fields__:
                spec = _fields.fields(cls).get(name)
                if spec is None:
                    return self._own_default(name)
                if spec.kind is _fields.Kind.STRUCT and not spec.is_list:
                    last_missed.set(Missed(Attribute(cls, name), sys._getframe(1)))
                elif spec.bare:
                    return self.__dict__.setdefault(name, [])
                return None
            if name == "__pydantic_fields_set__":
                present = set(self.__dict__)
                _set(self, name, present)
                return present
            if name == "_changed":
                return UNCHANGED
            if name in _ABSENT:
                return None
            if name in cls.__private_attributes__:
                return self._private(name)
            extra = self.__pydantic_extra__
            if extra and name in extra:
                return extra[name]
            raise AttributeError(
                f"{cls.__name__} has no attribute {name!r}{_fields.suggestion(cls, name)}"
            )

        # Hidden like __getattr__: a class that has it takes, to a type checker, any attribute.
        def __setattr__(self, name: str, value: Any) -> None:
            before = vars(self).get(name)
            super().__setattr__(name, value)
            self._note_change(name, before)

    def _own_default(self, name: str) -> Any:
        """What a field that a user's subclass adds holds where no one has set it."""
        info = type(self).__pydantic_fields__[name]
        if info.is_required():
            raise AttributeError(
                f"{name!r} of this {type(self).__name__} was never set: it is no attribute of the"
                " API, so that no engine sends it"
            )
        values = vars(self)
        default = info.get_default(call_default_factory=True, validated_data=values)
        return values.setdefault(name, default)

    def _private(self, name: str) -> Any:
        """A private attribute of a user's subclass, on an instance that was read."""
        values = self.__pydantic_private__
        if values is None:
            values = {n: a.get_default() for n, a in type(self).__private_attributes__.items()}
            _set(self, "__pydantic_private__", values)
        return values[name]

    def __delattr__(self, name: str) -> None:
        if name in type(self).__pydantic_fields__:
            before = vars(self).pop(name, None)
            self.__pydantic_fields_set__.discard(name)
            self._note_change(name, before)
        else:
            super().__delattr__(name)

    def _note_change(self, name: str, before: Any) -> None:
        changed = self._changed
        if changed is None or name in changed or name not in _fields.fields(type(self)):
            return
        _set(self, "_changed", {**changed, name: before})

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Struct):
            return NotImplemented
        if type(self) is not type(other):
            return False
        # What is not set reads as None, and the members of a collection as none.
        names = self.__dict__.keys() | other.__dict__.keys()
        return all(getattr(self, name) == getattr(other, name) for name in names)

    # Two that are equal have one id. What has none has no value that lasts.
    def __hash__(self) -> int:
        id_ = self.__dict__.get("id")
        if id_ is None:
            raise TypeError(
                f"unhashable: this {type(self).__name__} has no id, and its attributes may change"
            )
        return hash((type(self).__api_name__, id_))

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        called = self.__dict__.get("name")
        for name in type(self).__pydantic_fields__:
            value = self.__dict__.get(name)
            if value is not None:
                yield name, HIDDEN if is_secret(self.__api_name__, name, called) else value

    def __dir__(self) -> Iterable[str]:
        return offered(type(self), {*super().__dir__(), *type(self).__pydantic_fields__})

    def __copy__(self) -> Self:
        return self._duplicate(dict)

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        from copy import deepcopy

        return self._duplicate(lambda values: deepcopy(values, memo))

    @classmethod
    def _with(cls, **values: Any) -> Self:
        """An instance that holds just these values, unchecked: a user's class may ask for more."""
        made = cls.__new__(cls)
        _set(made, "__dict__", values)
        _set(made, "_changed", None)
        return made

    def _duplicate(self, copied: Callable[[dict[str, Any]], dict[str, Any]]) -> Self:
        duplicate = self._with()
        _set(duplicate, "__dict__", copied(vars(self)))
        if type(self).__private_attributes__ and self.__pydantic_private__ is not None:
            _set(duplicate, "__pydantic_private__", copied(self.__pydantic_private__))
        return duplicate

    def __getstate__(self) -> dict[Any, Any]:
        called = self.__dict__.get("name")
        for name, value in self.__dict__.items():
            if value is not None and is_secret(self.__api_name__, name, called):
                raise TypeError(
                    f"{name} of this {type(self).__name__} is a secret, which a pickle would hold"
                    " in clear text: set it to None in a copy, or pickle what model_dump() gives"
                )
        slots = {name: getattr(self, name, None) for name in self.__kept_slots__}
        return {"values": self.__dict__, "slots": slots}

    def __setstate__(self, state: dict[Any, Any]) -> None:
        _set(self, "__dict__", state["values"])
        for name, value in state["slots"].items():
            _set(self, name, value)
