"""The engine's own rules: what a request must have, and what the values in it must be."""

from __future__ import annotations

from rhev.rules.check import (
    Problem,
    check_mandatory,
    check_values,
    reason,
    summary,
)
from rhev.rules.names import named, to_look_up
from rhev.rules.relaxed import MethodFacts, VariantFacts, as_the_engine_does
from rhev.rules.rule import Rule
from rhev.rules.table import RULES
from rhev.rules.texts import Identifier
from rhev.rules.validate import check_parameters, validate

UUID = Identifier.kind
"""The kind of the rule that an id is a UUID."""

__all__ = [
    "RULES",
    "UUID",
    "MethodFacts",
    "Problem",
    "Rule",
    "VariantFacts",
    "as_the_engine_does",
    "check_mandatory",
    "check_parameters",
    "check_values",
    "named",
    "reason",
    "summary",
    "to_look_up",
    "validate",
]
