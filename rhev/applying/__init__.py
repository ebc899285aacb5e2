"""Making an engine have what documents say, and writing documents of what an engine has."""

from __future__ import annotations

from rhev.applying.applied import Plan, Refused, Step, Stopped, apply, plan
from rhev.applying.comparing import Difference, Refusal
from rhev.applying.documents import Wanted
from rhev.applying.exporting import all_of, export
from rhev.applying.making import Change, NotTaken
from rhev.applying.order import Cyclic, SaidTwice
from rhev.applying.references import Ambiguous, Unknown

__all__ = [
    "Ambiguous",
    "Change",
    "Cyclic",
    "Difference",
    "NotTaken",
    "Plan",
    "Refusal",
    "Refused",
    "SaidTwice",
    "Step",
    "Stopped",
    "Unknown",
    "Wanted",
    "all_of",
    "apply",
    "export",
    "plan",
]
