"""The search language: what a query says, and which resources it finds."""

from __future__ import annotations

from rhev.simulator.search.evaluate import find
from rhev.simulator.search.query import BadQuery, parse

__all__ = ["BadQuery", "find", "parse"]
