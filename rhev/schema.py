"""The models, and what makes, refers to and compares them: the original's module of that name.

Every class of the API is an attribute of this module; its own module is loaded when the class is
first asked for.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, overload

import rhev.models as models
from rhev.mapping.catalogue import model
from rhev.mapping.classes.attribute import Attribute, last_missed
from rhev.mapping.classes.json_schema import spec_schema as _spec_schema
from rhev.mapping.explain import described
from rhev.mapping.fields import fields
from rhev.mapping.resources import BaseResource as BaseResource
from rhev.mapping.resources import BaseResources as BaseResources
from rhev.mapping.scalars import (
    Bytes,
    GiB,
    IPAddress,
    KiB,
    MACAddress,
    MiB,
    TiB,
    Timestamp,
)
from rhev.mapping.structure import Struct as Struct
from rhev.models.index import CLASSES, COLLECTIONS, DOCUMENTS, MODULES

if TYPE_CHECKING:
    from types import FrameType

    from rhev.mapping.offers import Validates
    from rhev.models import *  # noqa: F403 - every model
    from rhev.rules import Problem

S = TypeVar("S", bound=Struct)
R = TypeVar("R", bound=BaseResource)
T = TypeVar("T")
P = ParamSpec("P")

__all__ = [
    "Bytes",
    "GiB",
    "IPAddress",
    "KiB",
    "MACAddress",
    "MiB",
    "TiB",
    "Timestamp",
    "TypeInfo",
    "copy",
    "href",
    "new",
    "ref",
    "spec_schema",
    "subtype",
    "type_info",
    "update",
    "validate",
]
__all__ += models.__all__  # which type checkers follow where the module is imported by its path


def new(cls: Callable[P, S], /, *none: P.args, **attributes: P.kwargs) -> S:
    """An instance of a class, with ``attributes`` set.

    Raises pydantic's ``ValidationError`` for an unknown attribute or a value of the wrong type.
    """
    return cls(*none, **attributes)


def ref(resource: R) -> R:
    """A reference to a resource, for an attribute of another: its id, or its name if it has none.

    Raises ValueError for a resource that has neither.
    """
    _check("ref", resource, BaseResource)
    for name in ("id", "name"):
        value = getattr(resource, name, None)
        if value is not None:
            return resource._with(**{name: value})
    raise ValueError(f"this {type(resource).__name__} has no id and no name to refer to it by")


def href(resource: R) -> R:
    """A resource that holds nothing but its address: enough to reload it, or to be a ``base``.

    It belongs to the same connection. Raises ValueError for a resource that has no address.
    """
    _check("href", resource, BaseResource)
    if resource.href is None:
        raise ValueError(f"this {type(resource).__name__} has no address: no engine knows it yet")
    known = {"id": value} if (value := getattr(resource, "id", None)) is not None else {}
    stub = resource._with(href=resource.href, **known)
    object.__setattr__(stub, "_binding", resource._binding)
    return stub


def update(resource: S, changes: Struct | Mapping[str, Any]) -> S:
    """Sets on ``resource`` what is set of ``changes``, and returns it.

    Structures are merged, everything else is replaced. Nothing is sent.
    """
    _check("update", resource, Struct)
    _check("update", changes, Struct, Mapping)
    values = changes.__dict__ if isinstance(changes, Struct) else changes
    for name, value in values.items():
        present = getattr(resource, name, None)
        if isinstance(present, Struct) and isinstance(value, (Struct, Mapping)):
            update(present, value)
        else:
            setattr(resource, name, value)
    return resource


def copy(resource: S) -> S:
    """A copy that shares nothing with the original, and is new: it has no id, href or links."""
    _check("copy", resource, Struct)
    duplicate = deepcopy(resource)
    for name in ("id", "href"):
        if name in fields(type(duplicate)):
            delattr(duplicate, name)
    return duplicate


def _check(function: str, given: object, *kinds: type) -> None:
    """Raises TypeError for what a function is given that it is not for."""
    if not isinstance(given, kinds):
        what = "a resource" if kinds == (BaseResource,) else "an instance of a class of rhev.schema"
        raise TypeError(f"schema.{function}() takes {what}, not {described(given)}")


@overload
def subtype(attribute: type[T] | T | None) -> type[T]: ...


@overload
def subtype(attribute: type[Struct], name: str) -> type[Any]: ...


def subtype(attribute: object, name: str | None = None) -> type[Any]:
    """The class of a nested attribute.

    All of these are the class of a virtual machine's placement policy::

        schema.subtype(vm.placement_policy)  # whether it is set or not
        schema.subtype(schema.VM.placement_policy)
        schema.subtype(schema.VM, "placement_policy")

    An unset attribute reads as None, which does not say of what: it is recognized only where it
    is read within the call, as above. Raises TypeError for what is no nested attribute.
    """
    found: Any = attribute
    if name is not None:
        if not (isinstance(found, type) and issubclass(found, Struct)):
            raise TypeError("with a name, the first argument is a class of rhev.schema")
        if name not in fields(found):
            raise TypeError(f"{found.__name__} has no attribute {name!r}")
        found = Attribute(found, name)
    elif found is None:
        found = _just_read(sys._getframe(1))
    if isinstance(found, Struct):
        return type(found)
    if isinstance(found, Attribute):
        spec = fields(found.owner)[found.name]
        if spec.type_name in MODULES:
            cls: type[Any] = spec.type
            return cls
        raise TypeError(f"{found!r} is a {spec.kind.value}, which has no class of its own")
    raise TypeError(
        "not a nested attribute: write schema.subtype(vm.cpu), schema.subtype(schema.VM.cpu) or"
        " schema.subtype(schema.VM, 'cpu')"
    )


def _just_read(frame: FrameType) -> Attribute | None:
    """The unset attribute that the call under way in ``frame`` read as its only argument."""
    import dis

    missed = last_missed.get()
    if missed is None or missed.frame != id(frame) or missed.instruction >= frame.f_lasti:
        return None
    between = [
        instruction.opname
        for instruction in dis.get_instructions(frame.f_code)
        if missed.instruction < instruction.offset < frame.f_lasti
    ]
    return missed.attribute if set(between) <= {"CACHE", "PRECALL", "CALL", "NOT_TAKEN"} else None


@dataclass(frozen=True, slots=True)
class TypeInfo:
    """What is known of a type.

    ``api_name`` is the API's own name, ``element`` the element that a document of one has,
    ``relationship`` the name by which the entry point links to all of them, if it does.
    """

    resource: type[Struct]
    collection: type[BaseResources[Any]] | None
    api_name: str
    element: str
    relationship: str | None


def type_info(key: str | type[Struct] | Struct) -> TypeInfo:
    """What is known of a type.

    ``key`` is a class or an instance of one, resource or collection; or its name, the name of the
    API's type, the element of a document, or a relationship name. Raises KeyError.
    """
    from rhev import relations

    if isinstance(key, str):
        name = key if key in MODULES else CLASSES.get(key) or DOCUMENTS.get(key)
        if name is None:
            name = CLASSES[relations.by_name()[key]]
        cls = model(name)
    else:
        cls = key if isinstance(key, type) else type(key)
    if not issubclass(cls, Struct):
        raise KeyError(key)
    api_name = cls.__api_name__
    resource = model(CLASSES[api_name])
    collection = COLLECTIONS.get(resource.__name__)
    rels = relations.relationships().get((relations.ENTRY_POINT, api_name), (None,))
    return TypeInfo(
        resource=resource,
        collection=model(collection) if collection else None,
        api_name=api_name,
        element=resource.__xml_tag__ or "",
        relationship=rels[0],
    )


def spec_schema(cls: type[Struct]) -> dict[str, Any]:
    """The JSON schema of what people write to have one made: a spec.

    It is that of ``cls.model_json_schema()``, but for nested resources: where the API takes no more
    than a reference, the schema takes an id or a name. That makes it short enough for an editor.
    """
    if not (isinstance(cls, type) and issubclass(cls, Struct)):
        raise TypeError(f"schema.spec_schema() takes a class, not {described(cls)}")
    return _spec_schema(cls)


def validate(
    resource: Validates[P], *operation: P.args, **parameters: P.kwargs
) -> Sequence[Problem]:
    """What an engine would refuse about an operation, without asking one.

    ``operation`` is ``"add"``, ``"update"`` or the name of an action, whose inputs are then
    ``parameters``. ``base=`` is what the resource would be added to, as ``create`` has it, or its
    class: a network that is assigned to a cluster needs less than a new one.

    An empty sequence says that no rule known here stands against it. Each problem says where, in
    ``path`` and ``loc``, and how severe it is: a warning depends on how the engine is set up, and
    stops no ``create`` or ``update``. Raises ValueError for an operation that resources of the
    type do not have, and TypeError for a parameter that the operation does not.
    """
    check: Any = _validate
    problems: Sequence[Problem] = check(resource, *operation, **parameters)
    return problems


def _validate(
    resource: Struct,
    operation: str,
    *,
    base: BaseResource | type[BaseResource] | None = None,
    **parameters: object,
) -> Sequence[Problem]:
    from rhev import rules

    _check("validate", resource, Struct)
    if not isinstance(operation, str):
        raise TypeError(
            "validate() takes the name of an operation, as 'add', 'update' or 'start', not"
            f" {described(operation)}"
        )
    owner = None if base is None else base.__api_name__
    rules.check_parameters(resource, operation, parameters, base=owner)
    return rules.validate(resource, operation, parameters, base=owner)


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name.startswith("__"):
            # The models are a package, whose __path__ would make one of this module too.
            raise AttributeError(f"rhev.schema has no {name!r}")
        try:
            value = globals()[name] = getattr(models, name)
        except AttributeError:
            raise AttributeError(f"rhev.schema has no {name!r}{_meant(name)}") from None
        return value


def _meant(name: str) -> str:
    """The class that was probably meant: what differs is often just the case of a letter."""
    same = [known for known in __all__ if known.lower() == name.lower()]
    close = same or get_close_matches(name, __all__, 1)
    return f"; did you mean {close[0]!r}?" if close else ""


def __dir__() -> list[str]:
    return list(__all__)
