"""The engine's search language: its grammar, each entity's fields, and the check of a query.

:func:`check` is what a client asks before a query is sent, :func:`parse` what an engine does with
one when it comes.
"""

from __future__ import annotations

from rhev.search.attributes import field_of, is_field
from rhev.search.check import check
from rhev.search.entities import Entity, Field, entity, is_known, is_paged
from rhev.search.grammar import Condition, Query, Unreadable, parse, unsendable, written

__all__ = [
    "Condition",
    "Entity",
    "Field",
    "Query",
    "Unreadable",
    "check",
    "entity",
    "field_of",
    "is_field",
    "is_known",
    "is_paged",
    "parse",
    "unsendable",
    "written",
]
