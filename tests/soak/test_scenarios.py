"""A short run of every scenario that ``make soak`` runs at length."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from soak.report import Plan, Result, row
from soak.scenarios import SCENARIOS, run

pytestmark = [
    pytest.mark.lasting,
    pytest.mark.usefixtures("direct"),
    pytest.mark.skipif(
        not Path("/proc/self/fd").exists(), reason="sockets are counted as Linux shows them"
    ),
]
SHORT = Plan(seconds=1.0, scale=0.1)


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_short_run_is_right(name: str) -> None:
    result = run(name, SHORT)
    # A second is too short to be warm: memory is for the long run to weigh.
    assert replace(result, grown=0.0).is_right, "\n".join([row(name, result), *result.said])


@pytest.mark.parametrize(
    "wrong", ["crossed", "duplicates", "errors", "sockets", "tasks", "threads", "tokens"]
)
def test_one_of_anything_is_wrong(wrong: str) -> None:
    found = {"operations": 9, wrong: 1}
    assert Result(operations=9).is_right
    assert not Result(**found).is_right  # type: ignore[arg-type]
    assert row("name", Result(**found)).endswith("WRONG")  # type: ignore[arg-type]


def test_nothing_done_and_much_grown_are_wrong() -> None:
    assert not Result().is_right
    assert not Result(operations=9, grown=99.0).is_right
