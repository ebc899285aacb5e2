"""Sizes: what is read, what is written, and what is said of what is neither."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rhev.specs import sizes

few = settings(max_examples=40)

UNITS = {"B": 1, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40, "PiB": 2**50}


@few
@given(
    number=st.integers(0, 2**20),
    unit=st.sampled_from(sorted(UNITS)),
    space=st.sampled_from(["", " "]),
    change=st.sampled_from([str, str.lower, str.upper]),
)
def test_a_number_of_a_unit_is_so_many_bytes(
    number: int, unit: str, space: str, change: type[str]
) -> None:
    assert sizes.parse(f"{number}{space}{change(unit)}") == number * UNITS[unit]


@few
@given(st.integers(0, 2**63))
def test_what_is_written_is_read_as_the_same(size: int) -> None:
    assert sizes.parse(sizes.text(size)) == size


@few
@given(st.integers(0, 2**63))
def test_a_number_is_one_of_bytes(size: int) -> None:
    assert sizes.parse(size) == sizes.parse(str(size)) == size


@few
@given(halves=st.integers(0, 2**20), unit=st.sampled_from(["KiB", "MiB", "GiB"]))
def test_a_part_of_a_unit_is_taken_where_it_comes_out_whole(halves: int, unit: str) -> None:
    assert sizes.parse(f"{halves / 2}{unit}") == halves * UNITS[unit] // 2


@few
@given(st.text())
def test_any_other_text_is_an_error_that_says_what_is_right(text: str) -> None:
    try:
        assert sizes.parse(text) >= 0
    except ValueError as error:
        said = str(error)
        assert "iB" in said or "whole number of bytes" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("8GB", "'8GB' is no byte count: write 8GiB"),
        ("8 g", "'8 g' is no byte count: write 8GiB"),
        ("0.5m", "'0.5m' is no byte count: write 0.5MiB"),
        ("0.3KiB", "'0.3KiB' is not a whole number of bytes"),
    ],
)
def test_what_was_meant_is_said_where_it_can_be(text: str, said: str) -> None:
    with pytest.raises(ValueError, match="^" + said):
        sizes.parse(text)


@pytest.mark.parametrize("number", [-1, True])
def test_what_is_no_number_of_bytes_is_an_error(number: int) -> None:
    with pytest.raises(ValueError, match="is no number of bytes"):
        sizes.parse(number)
