"""A page for each type of the API: attributes, links, actions, where it is, and its rules."""

from __future__ import annotations

import inspect
from typing import Any

from codegen.pages import enumerations, markdown
from rhev import facts
from rhev.mapping.catalogue import model
from rhev.mapping.fields import FieldSpec, Kind, fields
from rhev.models import index, since
from rhev.rules import RULES, Rule

_FOLDER = "reference/types"
_HEAD = ("Attribute", "Type", "Meaning", "Since")


def pages() -> dict[str, str]:
    names = _names()
    pages = {f"{_FOLDER}/{name}.md": _type(name) for name in names}
    rows = [(f"[{name}](types/{name}.md)", _first(model(name).__doc__)) for name in names]
    pages["reference/types.md"] = markdown.page(
        "Types",
        "The classes of `rhev.schema`, one for each type of the API, and the"
        " [enumerations](enumerations.md). A collection, such as `VMs`, is a sequence of its"
        " members, and is on their page.",
        markdown.table(("Class", "What it is"), rows),
    )
    return pages


def _names() -> list[str]:
    """The classes that have a page: all but enumerations and collections."""
    return sorted(index.MODULES.keys() - set(index.ENUMERATIONS) - set(index.COLLECTIONS.values()))


def _first(docstring: str | None) -> str:
    return markdown.prose((docstring or "").strip().partition("\n\n")[0])


def _type(name: str) -> str:
    cls = model(name)
    specs = fields(cls)
    own = [spec for spec in specs.values() if not spec.is_collection]
    links = [spec for spec in specs.values() if spec.is_collection]
    head = ("Relationship", "Members", "Meaning", "Since")
    return markdown.page(
        name,
        markdown.prose(inspect.cleandoc(cls.__doc__ or "")),
        markdown.section("Attributes", markdown.table(_HEAD, (_row(cls, spec) for spec in own))),
        markdown.section("Links", markdown.table(head, (_row(cls, spec) for spec in links))),
        markdown.section("Where it is", _places(cls)),
        markdown.section("Actions", _actions(cls)),
        markdown.section("Rules", _rules(cls)),
    )


def _row(cls: Any, spec: FieldSpec) -> tuple[str, str, str, str]:
    meaning = markdown.prose(cls.model_fields[spec.name].description)
    return f"`{spec.name}`", _type_of(spec), meaning, _since(cls, spec.name)


def _type_of(spec: FieldSpec) -> str:
    name = spec.type_name
    if spec.kind is Kind.ENUMERATION:
        one = f"[{name}](../enumerations.md#{enumerations.anchor(name)})"
    elif spec.kind is Kind.STRUCT:
        one = f"[{name}]({name}.md)"
    else:
        one = {"Bytes": "bytes", "Timestamp": "date", "str": "text"}.get(name, name)
    return f"list of {one}" if spec.is_list else one


def _since(cls: type, attribute: str) -> str:
    names = (f"{base.__name__}.{attribute}" for base in cls.__mro__)
    return next((since.ATTRIBUTES[name] for name in names if name in since.ATTRIBUTES), "")


def _places(cls: Any) -> str:
    rows = []
    for path, service in facts.collections().get(_facts_name(cls), ()):
        methods = [name for name in ("list", "add") if name in service.methods]
        inner = service.locators.get("{id}")
        if inner:
            methods += [
                m for m in ("get", "update", "remove") if m in facts.services()[inner].methods
            ]
        rows.append((f"`{path}`", ", ".join(methods)))
    return markdown.table(("Collection", "What can be done"), rows)


def _facts_name(cls: Any) -> str:
    return str(getattr(cls, "__api_name__", None) or cls.__name__)


def _actions(cls: Any) -> str:
    """The resource's own methods for its actions, with what they take."""
    found = {
        method.__name__: f"### `{method.__name__}` {{ #{method.__name__} }}\n\n"
        + markdown.prose(inspect.cleandoc(method.__doc__ or ""))
        for name, method in inspect.getmembers(cls, inspect.isfunction)
        if facts.segment_of(name) in _segments(cls)
    }
    return "\n\n".join(found[name] for name in sorted(found))


def _segments(cls: Any) -> set[str]:
    """The last segments of the paths of a type's actions."""
    return {
        segment
        for service in facts.services().values()
        if service.type == _facts_name(cls) and not service.is_collection
        for segment in service.actions
    }


def _rules(cls: Any) -> str:
    rows = [_rule(rule) for rule in RULES if _facts_name(cls) in rule.types]
    head = ("Attribute", "What is right", "In", "Where it comes from")
    return markdown.table(head, rows)


def _rule(rule: Rule) -> tuple[str, str, str, str]:
    right = rule.expected
    if rule.severity == "warning":
        right += " (an administrator can change this)"
    return f"`{rule.path}`", right, ", ".join(rule.operations), rule.source
