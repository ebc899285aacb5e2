"""Writes the models from the facts, as a person would be content to have written them."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from codegen.facts import SCALARS, Action, Area, Attribute, Enumeration, Facts, Spelling, Type

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WIDTH = 100
MARK = "# Generated from codegen/facts by `python -m codegen`: change those, not this file."
DECLARATIONS = ("attr", "collection", "element", "entries", "members")
BY_HAND = {
    "BaseResource": "rhev.mapping.resources",
    "BaseResources": "rhev.mapping.resources",
    "Struct": "rhev.mapping.structure",
}
SCALAR_TYPES = frozenset({"Bytes", "MACAddress", "IPAddress", "Timestamp"})
SCALARS_HOME = "rhev.mapping.scalars"
BUILT_IN = frozenset(SCALARS.values()) - SCALAR_TYPES


def module(facts: Facts, area: Area) -> str:
    """The source of one module of the models."""
    body = "\n\n\n".join(
        [
            *(enumeration(e) for e in sorted(area.enumerations, key=lambda e: e.name)),
            *(part for type_ in area.types for part in classes(facts, type_)),
        ]
    )
    return f'"""{area.doc}"""\n\n{MARK}\n\n{imports(facts, area, body)}\n\n\n{body}\n'


def imports(facts: Facts, area: Area, body: str) -> str:
    """The imports of a module: bases when it runs, everything else for type checkers."""
    own = {name for name, home in facts.modules.items() if home == area.name}
    run_time: dict[str, set[str]] = {}
    names: set[str] = set()
    for type_ in area.types:
        if type_.base in facts.modules:
            if type_.base not in own:
                run_time.setdefault(_home(facts, type_.base), set()).add(type_.base)
        else:
            run_time.setdefault(BY_HAND[type_.base], set()).add(type_.base)
        if type_.collection:
            run_time.setdefault(BY_HAND["BaseResources"], set()).add("BaseResources")
        actions = (*type_.actions, *type_.collection_actions)
        attributes = (*type_.attributes, *(p for action in actions for p in action.parameters))
        names |= {attribute.type for attribute in attributes}
        if actions:
            names.add("Action")
        names |= {s.type for s in facts.spellings if s.owner == type_.name}
        if type_.status:
            names.add(type_.status.name)
    declarations = {name for name in DECLARATIONS if f" = {name}(" in body}
    if "Spelling(" in body:
        run_time["rhev.mapping.spellings"] = {"Spelling"}
    if declarations:
        run_time["rhev.mapping.declare"] = declarations
    if area.enumerations:
        kinds = {"StatusEnumeration" if e.is_status else "Enumeration" for e in area.enumerations}
        run_time[SCALARS_HOME] = kinds
    lines = ["from __future__ import annotations", ""]
    checked: dict[str, set[str]] = {}
    known = set().union(*run_time.values())
    for name in names - own - known - BUILT_IN:
        home = SCALARS_HOME if name in SCALAR_TYPES else _home(facts, name)
        checked.setdefault(home, set()).add(name)
    standard = []
    if "Sequence[" in body:
        standard.append("    from collections.abc import Sequence")
    typing = [
        name
        for name in ("Literal", "Never", "Self", "Unpack")
        if f"{name}[" in body or f"[{name}]" in body
    ]
    if typing:
        standard.append("    " + _import("typing", typing))
    if "Offers[" in body:
        checked.setdefault("rhev.mapping.offers", set()).add("Offers")
    if "Polling[" in body:
        checked.setdefault("rhev.mapping.parameters", set()).add("Polling")
    collected = [type_.name for type_ in area.types if type_.collection]
    if collected:
        standard += ["", "    from typing_extensions import TypeVar"]
    if checked or standard or "Spelling(" in body:
        lines += ["from typing import TYPE_CHECKING", ""]
    lines += [_import(home, run_time[home]) for home in sorted(run_time)]
    if checked or standard:
        lines += ["", "if TYPE_CHECKING:"]
        lines += [*standard, ""] if standard and checked else standard
        lines += [textwrap.indent(_import(h, checked[h]), "    ") for h in sorted(checked)]
    if collected:
        lines += [
            "",
            "    # What a collection holds: resources of the class, or of a user's subclass.",
        ]
        lines += [
            f'    {n}_co = TypeVar("{n}_co", bound="{n}", default="{n}", covariant=True)'
            for n in collected
        ]
    return "\n".join(lines)


def _home(facts: Facts, name: str) -> str:
    """The module of a class of the models."""
    return f"rhev.models.{facts.modules[name]}"


def _import(home: str, names: Iterable[str]) -> str:
    # isort's order: constants, classes, functions
    ordered = sorted(names, key=lambda n: (not n.isupper() or len(n) == 1, not n[0].isupper(), n))
    line = f"from {home} import {', '.join(ordered)}"
    if len(line) <= WIDTH - 4:
        return line
    listed = "".join(f"    {name},\n" for name in ordered)
    return f"from {home} import (\n{listed})"


def enumeration(fact: Enumeration) -> str:
    base = "StatusEnumeration" if fact.is_status else "Enumeration"
    lines = [f"class {fact.name}({base}):", docstring(_full_doc(fact)), ""]
    for value, doc in fact.values.items():
        lines.append(f'    {member_name(value)} = "{value}"')
        if since := fact.values_since.get(value):
            doc = f"{doc} Since {since}.".lstrip()
        if doc:
            lines.append(docstring(doc))
    return "\n".join(lines)


def member_name(value: str) -> str:
    """The Python name of a value of an enumeration."""
    name = value.upper().replace("-", "_").replace(".", "_")
    return f"_{name}" if name[0].isdigit() else name


def classes(facts: Facts, type_: Type) -> Iterator[str]:
    """The class of a type and, if it has one, the class of its collection."""
    arguments = f'{type_.base}, tag="{type_.tag}", api_name="{type_.api_name}"'
    parts = [f"class {type_.name}({arguments}):\n{docstring(_full_doc(type_))}"]
    declared = "\n".join(attribute(a) for a in type_.attributes)
    if declared:
        parts.append(declared)
    if told := for_type_checkers(facts, type_):
        parts.append(told)
    parts += [spelling(s) for s in facts.spellings if s.owner == type_.name]
    parts += [action(a) for a in type_.actions]
    yield "\n\n".join(parts)
    if type_.collection:
        yield collection(type_)


def for_type_checkers(facts: Facts, type_: Type) -> str:
    """What of a class is for type checkers alone: see rhev.mapping.offers."""
    bases = list(facts.bases(type_))
    told = []
    if type_.is_served:
        offered = {action.name for action in type_.actions}
        extended = next((base for base in bases if base.is_served), None)
        offers_more = extended and not offered <= {action.name for action in extended.actions}
        told.append(_told(f"_offers(self) -> {_offers(type_.actions)}", offers_more))
    if type_.collection:
        is_other = any(base.collection for base in bases)
        told.append(
            "@classmethod\n" + _told(f"_collection(cls) -> {type_.collection}[Self]", is_other)
        )
    if type_.status and type_.is_served:
        texts = ", ".join(f'"{value}"' for value in type_.status.values)
        statuses = f"*statuses: {type_.status.name} | Literal[{texts}]"
        polling = "**polling: Unpack[Polling[Self]]"
        told.append(_told(f"wait_for_status(self, {statuses}, {polling}) -> Self", True))
    return _for_type_checkers(told) if told else ""


def _told(signature: str, is_narrower: object) -> str:
    """The declaration of a method, marked where it promises less than its base does."""
    opening, rest = signature.split("(", 1)
    mark = "  # type: ignore[override]\n" if is_narrower else ""
    return f"def {opening}({mark}{rest}: ..."


def _offers(actions: Iterable[Action]) -> str:
    names = ", ".join(f'"{action.name.rstrip("_")}"' for action in actions)
    return f"Offers[Literal[{names}]]" if names else "Offers[Never]"


def _for_type_checkers(told: list[str]) -> str:
    body = textwrap.indent("\n\n".join(told), "        ")
    return f"    if TYPE_CHECKING:\n\n{body}"


def collection(type_: Type) -> str:
    member = type_.tag
    head = f'class {type_.collection}(\n    BaseResources["{type_.name}_co"],\n'
    head += f'    tag="{type_.collection_tag}",\n    api_name="{type_.api_name}",\n'
    head += f'    member="{member}",\n):'
    lines = [
        head,
        f'    """A collection of :class:`{type_.name}`."""',
        "",
        f'    {member}: list[{type_.name}] = members("{member}", default_factory=list)',
    ]
    told = [f"@classmethod\ndef _collects(cls) -> {type_.collection}: ..."]
    if type_.collection_actions:
        told.insert(0, f"def _offers(self) -> {_offers(type_.collection_actions)}: ...")
    return "\n\n".join(
        ["\n".join(lines), _for_type_checkers(told), *(action(a) for a in type_.collection_actions)]
    )


def attribute(fact: Attribute) -> str:
    if fact.is_list:
        assert fact.item is not None, fact
        annotation = f"list[{fact.type}]"
        kind = "collection" if fact.is_collection else "entries"
        call = f'{kind}("{fact.wire}", "{fact.item}", default=None)'
    else:
        annotation = fact.type
        name = "" if fact.wire == fact.name else f'"{fact.wire}", '
        call = f"{'attr' if fact.is_xml_attribute else 'element'}({name}default=None)"
    line = f"    {fact.name}: {annotation} | None = {call}"
    if len(line) > WIDTH:
        opening, arguments = line.split("(", 1)
        line = f"{opening}(\n        {arguments[:-1]}\n    )"
    return f"{line}\n{docstring(_full_doc(fact))}"


def spelling(fact: Spelling) -> str:
    """An older spelling: to type checkers an attribute, which constructors take as well."""
    declared = f"{fact.name}: {fact.type} | None = element(default=None)"
    return (
        f"    if TYPE_CHECKING:\n        {declared}\n{docstring(fact.doc, 8)}\n"
        f'    else:\n        {fact.name} = Spelling("{fact.path}", "{fact.doc}")'
    )


def action(fact: Action) -> str:
    """The method of an action: its parameters as keywords, or an :class:`Action` that has them."""
    lines = [f"    def {fact.name}("]
    lines += ["        self,", "        action: Action | None = None,"]
    if fact.parameters:
        lines.append("        *,")
    for parameter in fact.parameters:
        annotation = f"Sequence[{parameter.type}]" if parameter.is_list else parameter.type
        lines.append(f"        {parameter.name}: {annotation} | None = None,")
    ignore = "  # type: ignore[override]" if fact.name == "copy" else ""
    if ignore:
        lines[0] += ignore
    lines.append("    ) -> Action:")
    doc = [_full_doc(fact)]
    if fact.parameters:
        doc.append("")
        doc += [f"- ``{p.name}``: {_full_doc(p)}" for p in fact.parameters]
    lines.append(docstring("\n".join(doc), 8))
    call = f'        result: Action = self._act("{fact.segment}", action, {{{_items(fact)}}})'
    if len(call) > WIDTH:
        listed = "".join(f'                "{p.wire}": {p.name},\n' for p in fact.parameters)
        call = (
            f'        result: Action = self._act(\n            "{fact.segment}",\n'
            f"            action,\n            {{\n{listed}            }},\n        )"
        )
    lines += [call, "        return result"]
    return "\n".join(lines)


def _items(fact: Action) -> str:
    return ", ".join(f'"{p.wire}": {p.name}' for p in fact.parameters)


def _full_doc(fact: Type | Attribute | Action | Enumeration) -> str:
    doc = fact.doc
    if isinstance(fact, Attribute) and fact.is_collection:
        doc += " None unless it was followed."
    if fact.since:
        doc += f" Since {fact.since}."
    if not isinstance(fact, Enumeration) and fact.deprecated:
        doc += " Deprecated."
    return doc


def docstring(text: str, indent: int = 4) -> str:
    """A docstring of any length, indented and wrapped."""
    space = " " * indent
    if "\n" not in text and len(text) + indent + 6 <= WIDTH:
        return f'{space}"""{text}"""'
    lines: list[str] = []
    for number, line in enumerate(text.split("\n")):
        room = WIDTH - indent - (3 if number == 0 else 0)
        lines += textwrap.wrap(line, room, subsequent_indent="  " if line[:2] == "- " else "") or [
            ""
        ]
    body = f"\n{space}".join(lines)
    body = "\n".join(line.rstrip() for line in body.split("\n"))
    return f'{space}"""{body}\n{space}"""'


def index(facts: Facts) -> str:
    """The table of classes and their modules."""
    lines = [
        '"""Where every model lives: a module is loaded when one of its classes is used."""',
        "",
        MARK,
        "",
        "from typing import Final",
        "",
        "MODULES: Final[dict[str, str]] = {",
    ]
    lines += [f'    "{name}": "{_home(facts, name)}",' for name in sorted(facts.modules)]
    lines += ["}", "", "ENUMERATIONS: Final[frozenset[str]] = frozenset(", "    {"]
    lines += [f'        "{name}",' for name in sorted(facts.enumerations)]
    lines += ["    }", ")"]
    lines += ["", "# The attributes with a resource of which the API takes more than a reference:"]
    lines += ["# these attributes of it, or all.", "TAKEN: Final[dict[str, tuple[str, ...]]] = {"]
    lines += [f'    "{name}": {_strings(parts)},' for name, parts in sorted(facts.taken.items())]
    lines += ["}"]
    types = sorted(facts.types.values(), key=lambda t: t.api_name)
    lines += ["", "# The class of each of the API's types.", "CLASSES: Final[dict[str, str]] = {"]
    lines += [f'    "{t.api_name}": "{t.name}",' for t in types]
    lines += ["}", "", "# The collection of each class that has one."]
    lines += ["COLLECTIONS: Final[dict[str, str]] = {"]
    lines += [f'    "{t.name}": "{t.collection}",' for t in types if t.collection]
    lines += ["}", "", "# The class of the document with a root element; for collections too."]
    lines += ["DOCUMENTS: Final[dict[str, str]] = {"]
    documents = {t.tag: t.name for t in types}
    documents |= {t.collection_tag: t.collection for t in types if t.collection}
    lines += [f'    "{tag}": "{name}",' for tag, name in sorted(documents.items())]
    lines += ["}", ""]
    return "\n".join(lines)


def since(facts: Facts) -> str:
    """The table of what is newer than the oldest engines."""
    attributes = {
        f"{type_.name}.{attribute.name}": attribute.since
        for type_ in facts.types.values()
        for attribute in type_.attributes
        if attribute.since
    }
    values = {
        f"{enumeration.name}.{value}": newer
        for enumeration in facts.enumerations.values()
        for value in enumeration.values
        if (newer := enumeration.values_since.get(value) or enumeration.since)
    }
    lines = [
        '"""Since which version there is what the first engines of the API did not have."""',
        "",
        MARK,
        "",
        "from typing import Final",
    ]
    for name, table, what in (
        ("ATTRIBUTES", attributes, "Attributes, by the class that declares them."),
        ("VALUES", values, "Values of enumerations."),
    ):
        lines += ["", f"# {what}", f"{name}: Final[dict[str, str]] = {{"]
        lines += [f'    "{key}": "{table[key]}",' for key in sorted(table)]
        lines.append("}")
    return "\n".join([*lines, ""])


def _strings(values: tuple[str, ...]) -> str:
    listed = "".join(f'"{value}", ' for value in values)
    return f"({listed})"


def package(facts: Facts) -> str:
    """The package: every class by name, its module loaded when the class is first asked for."""
    by_module: dict[str, list[str]] = {}
    for name in facts.modules:
        by_module.setdefault(_home(facts, name), []).append(name)
    lines = [
        '"""A class for every resource, collection, structure and enumeration of the API."""',
        "",
        MARK,
        "",
        "from __future__ import annotations",
        "",
        "from importlib import import_module",
        "from typing import TYPE_CHECKING",
        "",
        "from rhev.mapping import catalogue as _catalogue",
        "from rhev.models.index import ENUMERATIONS as _ENUMERATIONS",
        "from rhev.models.index import MODULES as _MODULES",
        "from rhev.models.index import TAKEN as _TAKEN",
        "",
        "if TYPE_CHECKING:",
        "    from rhev.mapping.resources import BaseResource, BaseResources",
        "    from rhev.mapping.structure import Struct",
    ]
    lines += [
        textwrap.indent(_import(home, names), "    ") for home, names in sorted(by_module.items())
    ]
    exported = sorted([*facts.modules, *BY_HAND], key=_all_order)
    lines += ["", "_BY_HAND = {"]
    lines += [f'    "{name}": "{home}",' for name, home in BY_HAND.items()]
    lines += ["}", "", "__all__ = ["]
    lines += [f'    "{name}",' for name in exported]
    lines += [
        "]",
        "",
        "_catalogue.enter(_MODULES, _ENUMERATIONS, _TAKEN)",
        "",
        "",
        "def __getattr__(name: str) -> object:",
        "    if name in _MODULES:",
        "        value = globals()[name] = _catalogue.model(name)",
        "        return value",
        "    if name in _BY_HAND:",
        "        return getattr(import_module(_BY_HAND[name]), name)",
        '    raise AttributeError(f"rhev.models has no {name!r}")',
        "",
        "",
        "def __dir__() -> list[str]:",
        "    return __all__",
        "",
    ]
    return "\n".join(lines)


def _all_order(name: str) -> tuple[bool, str]:
    return (not name.isupper(), name)
