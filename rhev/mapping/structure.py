"""What every model is: a structure that holds only what was sent or set.

An attribute that is absent reads as None and costs nothing.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, ClassVar, Self

from pydantic import ConfigDict
from pydantic_core import PydanticCustomError, ValidationError, core_schema
from pydantic_xml.model import XmlModelMeta
from typing_extensions import dataclass_transform

from rhev.mapping import fields as _fields
from rhev.mapping.declare import attr, collection, element, entries, members
from rhev.mapping.documents import Document

if TYPE_CHECKING:
    from types import FrameType

    from pydantic import GetCoreSchemaHandler
    from pydantic_core import ErrorDetails, InitErrorDetails

UNCHANGED: frozenset[str] = frozenset()

_set = object.__setattr__
_building: ContextVar[type[Struct] | None] = ContextVar("_building", default=None)


# Attributes whose value is never shown.
SECRET_NAMES = frozenset(
    {
        "custom_script",
        "password",
        "proxy_url",
        "remote_viewer_connection_file",
        "root_password",
        "transfer_url",
        "windows_license_key",
    }
)
SECRETS = frozenset(
    {
        ("Configuration", "data"),
        ("File", "content"),
        ("OpenstackVolumeAuthenticationKey", "value"),
        ("ProxyTicket", "value"),
        ("Ticket", "value"),
    }
)
_SECRET = re.compile("passw|secret|token|private|credential|key$", re.IGNORECASE)
SECRET = "***"  # noqa: S105 - what stands in place of one

# Slots that are empty on an instance that no one has asked about.
_ABSENT = frozenset(
    {
        "__pydantic_extra__",
        "__pydantic_private__",
        "_lists",
        "_binding",
        "_links",
        "_actions",
    }
)


class Attribute:
    """What ``schema.VM.cpu`` is: the name of an attribute of a class, for ``schema.subtype``."""

    __slots__ = ("name", "owner")

    def __init__(self, owner: type[Struct], name: str) -> None:
        self.owner = owner
        self.name = name

    def __repr__(self) -> str:
        return f"{self.owner.__name__}.{self.name}"


class _Missed:
    """The last read of a nested attribute that was not set, for ``schema.subtype`` to find."""

    __slots__ = ("attribute", "frame", "instruction")

    def __init__(self, attribute: Attribute, frame: FrameType) -> None:
        self.attribute = attribute
        self.frame = id(frame)
        self.instruction = frame.f_lasti


last_missed: ContextVar[_Missed | None] = ContextVar("last_missed", default=None)


@dataclass_transform(
    eq_default=False,
    kw_only_default=True,
    field_specifiers=(attr, collection, element, entries, members),
)
class StructMeta(XmlModelMeta):
    if TYPE_CHECKING:

        def __hash__(cls) -> int: ...  # noqa: N805 - pyright would take its instances'

    else:

        def __getattr__(cls, name: str) -> Any:  # noqa: N805 - a class of classes
            if name in cls.__dict__.get("__pydantic_fields__", ()):
                return Attribute(cls, name)
            return super().__getattr__(name)


class Struct(Document, metaclass=StructMeta):
    """The base of every model.

    An unknown attribute, a value of the wrong type or one outside an enumeration raises
    pydantic's ``ValidationError``, when it is given to the constructor and when it is assigned.
    ``model_extra`` holds what an engine sent that the models do not know.
    """

    __slots__ = ("_changed", "_lists")

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        validate_assignment=True,
        defer_build=True,
        protected_namespaces=(),
        allow_inf_nan=False,
        hide_input_in_errors=True,  # an input may be a password
    )

    # Not annotated, as pydantic would evaluate the annotations anew for every class.
    __api_name__ = ""
    __kept_slots__ = frozenset({"_changed", "_lists", "__pydantic_extra__"})

    if TYPE_CHECKING:  # slots: to a type checker, no fields
        # The attributes assigned since the instance was read; None where it was made here.
        _changed: ClassVar[frozenset[str] | None]
        # What the lists held when they were read.
        _lists: ClassVar[dict[str, tuple[Any, ...]] | None]

    def __init_subclass__(cls, *, api_name: str = "", **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if api_name:
            cls.__api_name__ = api_name

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        if cls.__module__.startswith("rhev.models."):
            cls.__module__ = "rhev.schema"

    # The schema of a class is built when it first validates something, and refers to the classes
    # of its attributes without building theirs: a program pays for the types that it uses.

    @classmethod
    def model_rebuild(cls, **kwargs: Any) -> None:
        """Builds pydantic's schema of the class, loading the classes that its fields name."""
        kwargs["_types_namespace"] = _fields.namespace(cls)
        token = _building.set(cls)
        try:
            super().model_rebuild(**kwargs)
        finally:
            _building.reset(token)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        if _building.get() is cls:
            schema = handler(source)
            return core_schema.no_info_wrap_validator_function(cls._validate, schema)
        return core_schema.no_info_plain_validator_function(cls._as_member)

    @classmethod
    def _validate(cls, value: Any, handler: Callable[[Any], Any]) -> Any:
        try:
            return handler(value)
        except ValidationError as error:
            lines = [_explained(cls, line) for line in error.errors(include_url=False)]
        # Raised out here, without the first error as its context, which holds what was given.
        raise ValidationError.from_exception_data(cls.__name__, lines, hide_input=True)

    @classmethod
    def _as_member(cls, value: object) -> Struct:
        if isinstance(value, cls):
            return value
        if isinstance(value, Mapping):
            return cls.model_validate(value)
        raise PydanticCustomError(
            "model_type",
            "Input should be a {name}, or a mapping of its attributes",
            {"name": cls.__name__},
        )

    def model_post_init(self, context: Any, /) -> None:
        _set(self, "_changed", None)
        set_fields = self.__pydantic_fields_set__
        values = self.__dict__
        if len(values) != len(set_fields):
            _set(self, "__dict__", {k: v for k, v in values.items() if k in set_fields})

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            cls = type(self)
            if name in cls.__pydantic_fields__:
                spec = _fields.fields(cls)[name]
                if spec.kind is _fields.Kind.STRUCT and not spec.is_list:
                    last_missed.set(_Missed(Attribute(cls, name), sys._getframe(1)))
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
            extra = self.__pydantic_extra__
            if extra and name in extra:
                return extra[name]
            raise AttributeError(
                f"{cls.__name__} has no attribute {name!r}{_fields.suggestion(cls, name)}"
            )

        # Hidden like __getattr__: a class that has it takes, to a type checker, any attribute.
        def __setattr__(self, name: str, value: Any) -> None:
            super().__setattr__(name, value)
            self._note_change(name)

    def __delattr__(self, name: str) -> None:
        if name in type(self).__pydantic_fields__:
            vars(self).pop(name, None)
            self.__pydantic_fields_set__.discard(name)
            self._note_change(name)
        else:
            super().__delattr__(name)

    def _note_change(self, name: str) -> None:
        changed = self._changed
        if changed is not None and name in type(self).__pydantic_fields__:
            _set(self, "_changed", changed | {name})

    # The spellings of an older API, as dotted paths of today's attributes.

    def _read(self, path: str) -> Any:
        value: Any = self
        for part in path.split("."):
            if value is None or (part.isdigit() and not value):
                return None
            value = value[int(part)] if part.isdigit() else getattr(value, part)
        return value

    def _write(self, path: str, value: Any) -> None:
        first, _, rest = path.partition(".")
        if not rest:
            setattr(self, first, value)
        elif rest.isdigit():
            setattr(self, first, [] if value is None else [value])
        else:
            if getattr(self, first) is None:
                setattr(self, first, _fields.fields(type(self))[first].type())
            getattr(self, first)._write(rest, value)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Struct):
            return NotImplemented
        if type(self) is not type(other):
            return False
        # What is not set reads as None, and the members of a collection as none.
        names = self.__dict__.keys() | other.__dict__.keys()
        return all(getattr(self, name) == getattr(other, name) for name in names)

    def __hash__(self) -> int:
        return object.__hash__(self)

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        for name in type(self).__pydantic_fields__:
            value = self.__dict__.get(name)
            if value is not None:
                yield name, SECRET if self._is_secret(name) else value

    def _is_secret(self, name: str) -> bool:
        if name in SECRET_NAMES or (self.__api_name__, name) in SECRETS:
            return True
        # An option, a property: what it is called says what its value is.
        called = self.__dict__.get("name")
        return name == "value" and isinstance(called, str) and bool(_SECRET.search(called))

    def __dir__(self) -> Iterable[str]:
        return sorted({*super().__dir__(), *type(self).__pydantic_fields__})

    def __copy__(self) -> Self:
        duplicate = type(self).__new__(type(self))
        _set(duplicate, "__dict__", dict(self.__dict__))
        _set(duplicate, "_changed", None)
        return duplicate

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        from copy import deepcopy

        duplicate = type(self).__new__(type(self))
        _set(duplicate, "__dict__", deepcopy(self.__dict__, memo))
        _set(duplicate, "_changed", None)
        return duplicate

    def __getstate__(self) -> dict[Any, Any]:
        slots = {name: getattr(self, name, None) for name in self.__kept_slots__}
        return {"values": self.__dict__, "slots": slots}

    def __setstate__(self, state: dict[Any, Any]) -> None:
        _set(self, "__dict__", state["values"])
        for name, value in state["slots"].items():
            _set(self, name, value)


_UNKNOWN = frozenset({"extra_forbidden", "no_such_attribute", "unknown_attribute"})

# Pydantic asks for literal texts; a message that names an attribute cannot be one.
_error: Callable[..., PydanticCustomError] = PydanticCustomError


def _explained(cls: type[Struct], line: ErrorDetails) -> InitErrorDetails:
    """An error of pydantic's; one about an unknown attribute says which was probably meant.

    The input is left out, which may be a password: a model of the user's own that has this one as
    an attribute would print it.
    """
    location = line["loc"]
    if line["type"] in _UNKNOWN and len(location) == 1:
        name = str(location[0])
        message = f"{cls.__name__} has no attribute {name!r}{_fields.suggestion(cls, name)}"
        error = _error("unknown_attribute", message)
    else:
        error = _error(line["type"], line["msg"], line.get("ctx"))
    return {"type": error, "loc": location, "input": SECRET}
