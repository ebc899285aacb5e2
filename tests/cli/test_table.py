"""Tables: as wide as the terminal, and as plain as what reads them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rhev import schema
from rhev.cli.output.columns import age, by_rule, columns_of, size
from rhev.cli.output.table import columns, cut, lines

ROWS = [["web-01", "up", "made from a template with a long description"], ["数据库", "down", ""]]
TITLES = ["NAME", "STATUS", "DESCRIPTION"]


def test_a_table_is_as_wide_as_it_has_to_be() -> None:
    assert lines(TITLES, ROWS, width=None, color=False) == [
        "NAME    STATUS  DESCRIPTION",
        "web-01  up      made from a template with a long description",
        "数据库  down",
    ]


def test_a_narrow_terminal_cuts_the_widest() -> None:
    assert lines(TITLES, ROWS, width=30, color=False)[1] == "web-01  up      made from a t…"


def test_colours_say_what_is_well() -> None:
    colored = lines(TITLES, ROWS, width=None, color=True)
    assert "\x1b[32mup\x1b[0m" in colored[1]
    assert [re.sub(r"\x1b\[\d+m", "", line).rstrip() for line in colored] == lines(
        TITLES, ROWS, width=None, color=False
    )


def test_what_a_terminal_would_obey_is_not_written() -> None:
    made = lines(["NAME"], [["a\x1b[31m\nb\u202e"]], width=None, color=False)
    assert made == ["NAME", "a [31m b"]


@settings(max_examples=40)
@given(
    st.lists(st.lists(st.text(max_size=20), min_size=3, max_size=3), max_size=5),
    st.integers(min_value=28, max_value=120),
)
def test_no_line_is_wider_than_the_terminal(rows: list[list[str]], width: int) -> None:
    made = lines(TITLES, rows, width=width, color=False)
    assert len(made) == len(rows) + 1
    assert all(columns(line) <= width for line in made)


@settings(max_examples=40)
@given(st.text(), st.integers(min_value=1, max_value=30))
def test_a_text_is_cut_to_its_width(text: str, width: int) -> None:
    assert columns(cut(text, width)) <= width


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 B"),
        (1023, "1023 B"),
        (schema.KiB, "1 KiB"),
        (3 * schema.GiB // 2, "1.5 GiB"),
        (2**70, "1048576 PiB"),
        (-schema.MiB, "-1 MiB"),
    ],
)
def test_sizes_are_in_binary_units(count: int, text: str) -> None:
    assert size(count) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0s"),
        (59, "59s"),
        (60, "1m"),
        (7200, "2h"),
        (90_000, "1d"),
        (10**8, "3y"),
        (-60, "in 1m"),
    ],
)
def test_ages_are_in_their_largest_unit(seconds: int, text: str) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert age(now - timedelta(seconds=seconds), now) == text


CLASSES = sorted(
    name
    for name in schema.__all__
    if isinstance(getattr(schema, name), type)
    and issubclass(getattr(schema, name), schema.BaseResource)
    and getattr(schema, name).__api_name__
)


def test_every_type_has_columns() -> None:
    for name in CLASSES:
        cls = getattr(schema, name)
        assert 1 <= len(columns_of(cls)) <= 8, name
        assert not {"password", "href"} & set(by_rule(cls)), name
