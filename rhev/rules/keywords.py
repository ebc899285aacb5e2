"""The rules that hold in all circumstances, as keywords of JSON schema.

What a keyword cannot say is left out, and a pattern may take more than its rule: a schema refuses
nothing that the rules take.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from rhev.rules.kinds import Range
from rhev.rules.rule import ADD_UPDATE
from rhev.rules.table import RULES
from rhev.rules.texts import Characters, Identifier, Length, Pattern, Trimmed

if TYPE_CHECKING:
    from rhev.rules.kinds import Check

Json: TypeAlias = dict[str, Any]

# What expressions in Python and in JavaScript do not have in common.
_OF_ONE_LANGUAGE = re.compile(r"\(\?[^:=!]|\\[AZ]|\*\+|\+\+")


@cache
def keywords(api_name: str, operations: tuple[str, ...] = ADD_UPDATE) -> dict[str, Json]:
    """What the rules of all of some operations ask of the attributes of a type, by attribute.

    What they ask of something within an attribute is below its ``properties`` and ``items``.
    """
    asked: Json = {}
    for rule in RULES:
        is_absolute = rule.severity == "error" and not rule.when and not rule.services
        if api_name in rule.types and is_absolute and set(operations) <= set(rule.operations):
            _put(asked, rule.path.split("."), _keywords(rule.check))
    attributes: dict[str, Json] = asked.get("properties", {})
    return attributes


def _put(schema: Json, path: list[str], found: Json) -> None:
    if not found:
        return
    for name in path:
        schema = (
            schema.setdefault("items", {})
            if name == "*"
            else schema.setdefault("properties", {}).setdefault(name, {})
        )
    # Of two rules of one keyword the second stands beside the first.
    clashing = {key: value for key, value in found.items() if schema.get(key, value) != value}
    schema |= {key: value for key, value in found.items() if key not in clashing}
    if clashing:
        schema.setdefault("allOf", []).append(clashing)


def _keywords(check: Check) -> Json:
    match check:
        case Range():
            return _range(check)
        case Length():
            limits = {"minLength": check.minimum or None, "maxLength": check.maximum}
            return {key: limit for key, limit in limits.items() if limit is not None}
        case Characters():
            return {"pattern": f"^[{_characters(check)}]{'*' if check.empty else '+'}$"}
        case Pattern(flags=0) if not _OF_ONE_LANGUAGE.search(check.expression):
            return {"pattern": f"^(?:{check.expression})$"}
        case Identifier():
            return {"pattern": f"^{Identifier.expression}$"}
        case Trimmed():
            return {"pattern": r"^(?![ \t\n\v\f\r])([\s\S]*[^ \t\n\v\f\r])?$"}
    return {}


def _range(check: Range) -> Json:
    bounds = {"minimum": check.minimum, "maximum": check.maximum}
    within = {key: bound for key, bound in bounds.items() if bound is not None}
    if not check.also:
        return within
    return {"anyOf": [within, {"not": {"type": "number"}}, {"enum": list(check.also)}]}


def _characters(check: Characters) -> str:
    if check.ascii:
        ascii_ = r"\x00-\x7f"
    else:
        digits = "0-9" if check.digits else ""
        ascii_ = "A-Za-z" + digits + re.sub(r"([\]\\^-])", r"\\\1", check.also)
    # Which of the others are letters is told alike in no two languages.
    return ascii_ + (r"\u0080-\uffff" if check.letters == "any" else "")
