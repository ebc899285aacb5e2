"""A small part of the fault matrix; ``make faults`` has all of it.

Each cell has an engine, a proxy and a connection of its own, and waits more than it computes: they
are tried all at a time.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from fnmatch import fnmatchcase

import pytest

from faults.cell import Result, cells, run
from faults.judge import DEFECTS, Outcome, Verdict, judge
from faults.operations import OPERATIONS, Stage
from faults.table import defects, listed, table
from faults.witness import Seen, Witness
from rhev import NotFound, OutcomeUnknown, ResponseError, Timeout, schema
from rhev.errors import Change

pytestmark = pytest.mark.lasting

# What was found worst, on one wire and one transport each.
WORST = (
    "delete/captive-200/json/sync",
    "delete/captive-503-then-404/xml/async",
    "delete/captive-stall-then-404/json/aiohttp",
    "delete/lost-closed-once/xml/sync",
    "ensure-present/captive-404-once/json/async",
    "ensure-missing/lost-closed-once/xml/aiohttp",
    "create/lost-closed/json/sync",
    "create/cut-in-body-stalled/xml/async",
    "create/gateway-504-done/json/aiohttp",
    "create/refused-briefly/json/sync",
    "create/session-expired/xml/async",
    "action/lost-stalled/json/aiohttp",
    "update-raced/lost-closed-once/json/sync",
    "get-id/crossed-another/json/async",
    "get-id/crossed-second/xml/sync",
    "getall/document-null/xml/sync",
    "getall/gzip-nested/json/aiohttp",
    "get-id/slow-body/json/sync",
    "get-name/endless-continue/json/async",
    "wait-status/request-stalled/json/sync",
    "wait-deletion/captive-404/json/aiohttp",
    "login/token-deep/json/sync",
    "login/token-stalled/json/aiohttp",
    "close/request-stalled/json/async",
)


@pytest.fixture(scope="module")
def results() -> dict[str, Result]:
    with ThreadPoolExecutor(8) as pool:
        found = {result.cell: result for result in pool.map(run, WORST)}
    # What a busy machine's time may have decided is tried again by itself.
    late = [name for name, result in found.items() if result.by_time and result.verdict in DEFECTS]
    return {**found, **{name: run(name) for name in late}}


@pytest.mark.parametrize("name", WORST)
def test_what_was_worst_is_mended(results: dict[str, Result], name: str) -> None:
    assert results[name].verdict not in DEFECTS, results[name].why


OPERATION = {operation.name: operation for operation in OPERATIONS}
FAULT = {cell.fault.name: cell.fault for cell in cells().values()}
LATE = Outcome(0.1, error=Timeout("silent"))


@pytest.fixture
def stage() -> Stage:
    return Stage(Witness())


def verdict(operation: str, fault: str, stage: Stage, outcome: Outcome) -> Verdict:
    return judge(OPERATION[operation], FAULT[fault], stage, outcome)[0]


@pytest.mark.parametrize(
    ("operation", "fault", "outcome", "expected"),
    [
        ("delete", "captive-200", Outcome(0.1), Verdict.FALSE),
        ("get-id", "crossed-another", Outcome(0.1, schema.VM(name="web-01")), Verdict.FALSE),
        ("get-id", "slow-body", Outcome(9.0, error=Timeout("late")), Verdict.HANG),
        ("get-id", "slow-body", Outcome(9.0, ended=False), Verdict.HANG),
        ("get-id", "document-cut", Outcome(0.1, error=TypeError("?")), Verdict.WRONG),
        ("get-id", "captive-404", Outcome(0.1, error=NotFound(schema.Fault())), Verdict.WRONG),
        ("get-id", "gateway-502-once", Outcome(0.1, error=ResponseError("502")), Verdict.WRONG),
        ("get-id", "captive-200", Outcome(0.1, error=ResponseError("HTML")), Verdict.RIGHT),
        ("get-id", "request-stalled", LATE, Verdict.RIGHT),
    ],
)
def test_the_verdict_is_by_what_there_is(
    stage: Stage, operation: str, fault: str, outcome: Outcome, expected: Verdict
) -> None:
    assert verdict(operation, fault, stage, outcome) == expected


def test_a_true_answer_is_ok(stage: Stage) -> None:
    told = Outcome(0.1, stage.real("web-03"))
    assert verdict("get-id", "lost-closed-once", stage, told) == Verdict.OK


def test_a_change_that_came_twice_is_a_duplicate(stage: Stage) -> None:
    made = Outcome(0.1, stage.truth.create(stage.new_disk()))
    stage.engine.seen = [Seen("POST", "/disks", 202)]
    assert verdict("create", "lost-closed", stage, made) == Verdict.OK
    stage.engine.seen *= 2
    assert verdict("create", "lost-closed", stage, made) == Verdict.DUPLICATE
    stage.engine.seen = [Seen("DELETE", "/vms/1", 200)]
    assert verdict("create", "lost-closed", stage, made) == Verdict.DUPLICATE


def test_of_a_lost_change_the_outcome_is_unknown_and_what_is_found_out_is_true(
    stage: Stage,
) -> None:
    stage.truth.create(stage.new_disk())
    stage.engine.seen = [Seen("POST", "/disks", 202)]
    assert verdict("create", "lost-stalled", stage, LATE) == Verdict.WRONG
    change = Change("create", ("a",), schema.Disk(name="new"))
    unknown = OutcomeUnknown("lost", None, change)
    for found, expected in (
        ("done", Verdict.RIGHT),
        ("not received", Verdict.WRONG),
        ("failed", Verdict.WRONG),
        ("unknown", Verdict.WRONG),
    ):
        outcome = Outcome(0.1, error=unknown, found=found)
        assert verdict("create", "lost-stalled", stage, outcome) == expected


def test_the_table_counts_and_the_defects_say_how_they_are_tried_alone() -> None:
    results = [
        Result("get-id/a/json/sync", "a", Verdict.OK, "", 0.1),
        Result("delete/a/json/sync", "a", Verdict.FALSE, "the machine is still there", 0.1),
    ]
    assert [line.split() for line in table(results).splitlines()[1:]] == [
        ["a", "2", "1", "0", "0", "0", "1", "0"],
        ["all", "2", "1", "0", "0", "0", "1", "0"],
    ]
    assert defects(results) == results[1:]
    assert "python -m faults --only 'delete/a/json/sync'" in listed(results)


def test_a_cell_is_named_by_what_it_tries() -> None:
    assert [name for name in cells() if fnmatchcase(name, "delete/captive-200/*/sync")] == [
        "delete/captive-200/json/sync",
        "delete/captive-200/xml/sync",
    ]
    assert len(FAULT) >= 45
