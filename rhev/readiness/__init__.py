"""What stands against moving an estate off the platform, found in an inventory.

>>> from rhev import inventory, readiness
>>> report = readiness.assess(inventory.Inventory.read("estate.jsonl"))
>>> [vm.name for vm in report.machines if vm.verdict == "blocked"]
"""

from rhev.readiness.assessing import assess
from rhev.readiness.report import Assessed, Broken, Finding, Report, Verdict
from rhev.readiness.rule import Rule, Severity, Source
from rhev.readiness.rules import RULES

__all__ = [
    "RULES",
    "Assessed",
    "Broken",
    "Finding",
    "Report",
    "Rule",
    "Severity",
    "Source",
    "Verdict",
    "assess",
]
