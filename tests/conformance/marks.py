"""What share of the answers, in per cent, was alike when it was last measured: no less will do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MARKS: Mapping[str, Mapping[str, float]] = {}
