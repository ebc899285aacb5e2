"""Every rule of the table: where it comes from, what it refuses and what it takes."""

from __future__ import annotations

import json
from collections import Counter
from copy import deepcopy
from importlib.resources import files
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from rhev.rules import RULES, check_values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rhev.rules import Rule

FACTS = json.loads(files("codegen").joinpath("facts", "v4.json").read_bytes())
TYPES = FACTS["types"]
ACTIONS = {
    method["name"] for service in FACTS["services"].values() for method in service["methods"]
}


def named(rule: Rule) -> str:
    return f"{rule.types[0]}.{rule.path} {rule.check.kind} {rule.operations[0]}"


every_rule = pytest.mark.parametrize("rule", RULES, ids=named)


def made_of(type_name: str, values: Mapping[str, object]) -> object:
    """A stand-in for a resource, which holds ``values``, by path."""
    tree: dict[str, Any] = {}
    for path, value in values.items():
        *owners, last = path.split(".")
        branch = tree
        for owner in owners:
            branch = branch.setdefault(owner, {})
        branch[last] = value
    resource = type(type_name, (), {"__api_name__": type_name})()
    resource.__dict__.update({name: _nested(value) for name, value in tree.items()})
    return resource


def _nested(value: Any) -> object:
    if isinstance(value, dict):
        return SimpleNamespace(**{name: _nested(entry) for name, entry in value.items()})
    return [_nested(entry) for entry in value] if isinstance(value, list) else value


def one_entry(values: Mapping[str, object]) -> Mapping[str, object]:
    """The values with a list of one entry for each ``*`` in a path."""
    made = deepcopy(dict(values))
    for path, value in values.items():
        for mark in (".*.", ".0."):
            if mark in path:
                owner, _, rest = path.partition(mark)
                made.pop(path, None)
                entries = made.setdefault(owner, [{}])
                assert isinstance(entries, list)
                for entry in entries:
                    _put(entry, rest, value)
    return made


def _put(entry: dict[str, Any], path: str, value: object) -> None:
    *owners, last = path.split(".")
    for owner in owners:
        entry = entry.setdefault(owner, {})
    entry.setdefault(last, value)


def broken(rule: Rule, values: Mapping[str, object]) -> bool:
    """Whether the values break the rule, for every type and operation that it is for."""
    found = {
        any(
            (problem.source, problem.rule, problem.message)
            == (rule.source, rule.check.kind, rule.complaint)
            for problem in check_values(
                made_of(name, one_entry(values)), operation, next(iter(rule.services), None)
            )
        )
        for name in rule.types
        for operation in rule.operations
    }
    assert len(found) == 1, "not the same for all of its types and operations"
    return found.pop()


@every_rule
def test_a_rule_has_a_source_in_the_engine(rule: Rule) -> None:
    assert len(rule.source) > 10
    assert any(char.isupper() for char in rule.source)


@every_rule
def test_a_rule_says_what_is_wrong_and_what_would_be_right(rule: Rule) -> None:
    assert rule.complaint
    assert rule.expected


@every_rule
def test_a_rule_refuses_its_bad_example(rule: Rule) -> None:
    assert broken(rule, rule.refused)


@every_rule
def test_a_rule_takes_its_good_example(rule: Rule) -> None:
    assert rule.taken != rule.refused
    assert not broken(rule, rule.taken)


@every_rule
def test_a_rule_is_about_attributes_that_the_api_has(rule: Rule) -> None:
    paths = [rule.path, *(path for example in (rule.refused, rule.taken) for path in example)]
    for name in rule.types:
        for path in paths:
            assert has(name, path), f"{name} has no {path}"


@every_rule
def test_a_rule_is_for_operations_that_the_api_has(rule: Rule) -> None:
    assert set(rule.operations) <= ACTIONS


def has(type_name: str, path: str) -> bool:
    for segment in path.split("."):
        if segment in ("*", "0"):
            continue
        found = attribute(type_name, segment)
        if found is None:
            return False
        type_name = found["type"]
    return True


def attribute(type_name: str, name: str) -> dict[str, Any] | None:
    fact = TYPES.get(type_name)
    if fact is None:
        return None
    for found in fact["attributes"]:
        if found["name"] == name:
            return dict(found)
    return next(filter(None, (attribute(base, name) for base in fact["bases"])), None)


def test_the_table_covers_what_users_create() -> None:
    """At least so many rules for each of the types that the engine is most about."""
    counts = Counter(name for rule in RULES for name in rule.types)
    least = {
        "Vm": 40,
        "Template": 20,
        "Disk": 10,
        "DiskAttachment": 15,
        "Nic": 6,
        "Network": 10,
        "Host": 12,
        "Cluster": 15,
        "DataCenter": 4,
        "StorageDomain": 12,
        "Tag": 3,
        "User": 1,
        "VmPool": 15,
        "Qos": 20,
    }
    assert {name: count for name, count in least.items() if counts[name] < count} == {}


def test_no_rule_is_there_twice() -> None:
    entries = Counter(
        (name, operation, rule.path, rule.check, repr(rule.when))
        for rule in RULES
        for name in rule.types
        for operation in rule.operations
    )
    assert [entry for entry, count in entries.items() if count > 1] == []
