"""A page for each entity of the search language."""

from __future__ import annotations

from codegen.pages import markdown
from rhev import facts
from rhev.search import Entity, Field, entity, is_known

_KINDS = {
    "text": "text; `*` is any part of one",
    "exact": "text without wildcards, in its own case",
    "system": "an operating system's name",
    "id": "UUID",
    "flag": "`true` or `false`",
    "number": "whole number",
    "large": "whole number of any size",
    "decimal": "number",
    "date": "date, `today`, `yesterday` or a day of the week",
    "span": "days, or days.hours:minutes",
    "broken": "none: the engine names a column that its database lacks",
}


def pages() -> dict[str, str]:
    names = sorted({type_ for type_ in facts.collections() if is_known(type_)})
    rows = [(f"[{name}](search/{name}.md)", ", ".join(entity(name).references)) for name in names]
    index = markdown.page(
        "Search",
        "The fields that an engine has for each entity, and what it takes for them."
        " [Reading](../guides/reading.md) says how a query is written, and how it is checked before"
        " it is sent.",
        markdown.table(("Entity", "Prefixes of fields of other entities"), rows),
    )
    return {"reference/search.md": index} | {
        f"reference/search/{name}.md": _entity(entity(name), names) for name in names
    }


def _entity(found: Entity, names: list[str]) -> str:
    fields = [
        (
            f"`{field.name}`",
            _values(field),
            " ".join(f"`{sign}`" for sign in field.comparisons),
            "yes" if field.in_free_text else "",
        )
        for field in found.fields.values()
    ]
    references = [
        (f"`{prefix}.`", f"[{name}]({name}.md)" if name in names else name)
        for prefix, name in found.references.items()
    ]
    paging = "A query may end in `page N`." if found.is_paged else "It has no pages."
    return markdown.page(
        f"Searching: {found.name}",
        f"The fields of the entity {found.name}. {paging}",
        markdown.table(("Field", "Values", "Comparisons", "In a search for a text alone"), fields),
        markdown.section(
            "Fields of other entities", markdown.table(("Prefix", "Whose fields"), references)
        ),
    )


def _values(field: Field) -> str:
    if field.values:
        return ", ".join(f"`{value}`" for value in field.values)
    unit = {1: "", 1 << 20: ", in MiB", 1 << 30: ", in GiB"}[field.unit]
    return _KINDS.get(field.kind, field.kind) + unit
