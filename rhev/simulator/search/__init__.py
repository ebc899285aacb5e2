"""What a query of the search language finds among the resources of an estate."""

from __future__ import annotations

from rhev.simulator.search.evaluate import find

__all__ = ["find"]
