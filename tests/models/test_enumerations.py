"""Members of enumerations are their texts, in any case; statuses have the guide's ``.state``."""

from __future__ import annotations

import copy
import pickle

import pytest

from rhev import schema
from rhev.mapping.catalogue import model
from rhev.models.index import ENUMERATIONS
from tests.unchecked import new

every_enumeration = pytest.mark.parametrize("name", sorted(ENUMERATIONS))


@every_enumeration
def test_members_compare_in_any_case(name: str) -> None:
    enumeration = model(name)
    for member in enumeration:
        for text in (member.value, member.value.upper(), member.value.title()):
            assert member == text
            assert text == member
            assert (member != text) is False
            assert enumeration(text) is member
        assert member != f"{member.value}x"
        assert member != 7
        assert str(member) == f"{member}" == member.value
        assert {member: 1}[enumeration(member.value.upper())] == 1
        assert member.is_known


@every_enumeration
def test_members_are_themselves_after_travel(name: str) -> None:
    for member in model(name):
        assert pickle.loads(pickle.dumps(member)) is member  # noqa: S301
        assert copy.copy(member) is copy.deepcopy(member) is member


@every_enumeration
def test_only_an_engine_makes_new_members(name: str) -> None:
    enumeration = model(name)
    with pytest.raises(ValueError, match="brand-new"):
        enumeration("brand-new")
    member = enumeration.received("brand-new")
    assert isinstance(member, enumeration)
    assert not member.is_known
    assert member == "Brand-New" == str(member).title()
    assert {member: 1}[enumeration.received("BRAND-NEW")] == 1
    again = pickle.loads(pickle.dumps(member))  # noqa: S301
    assert (again, type(again), again.is_known) == (member, enumeration, False)
    assert copy.deepcopy(member) == member
    assert "brand-new" not in [each.value for each in enumeration]


def test_statuses_have_a_state() -> None:
    vm = new(schema.VM, status="UP")
    assert vm.status is not None
    assert vm.status.state == "up"
    assert vm.status == "Up"
    assert vm.status is schema.VmStatus.UP
    assert vm.status in ("up", "down")
    assert schema.VmStatus.received("weird").state == "weird"


def test_a_member_takes_the_place_of_a_text() -> None:
    assert schema.VM(name=schema.VmStatus.UP).name == "up"
    assert type(schema.VM(name=schema.VmStatus.UP).name) is str
