"""What is held against the engine's record: crossed answers, duplicates, deletions unasked."""

from __future__ import annotations

import pytest

from rhev import errors
from soak.engine import Account
from soak.work import Tally


def tally() -> Tally:
    return Tally(names={"a", "b"}, made={"a": "1"}, doomed={"1", "2"}, deleted={"1"})


@pytest.mark.parametrize(
    ("account", "crossed", "duplicates"),
    [
        (Account({"a": ["1"]}, ["1"]), 0, 0),
        (Account({"a": ["1"], "b": ["2"]}, ["1", "2"]), 0, 0),  # cut short, and done all the same
        (Account({"a": ["1"], "b": ["2", "3"]}, ["1"]), 0, 1),
        (Account({"a": ["1", "3"]}, ["1"]), 1, 1),
        (Account({"a": ["1"], "c": ["3"]}, ["1"]), 1, 0),  # which no one asked for
        (Account({"a": ["1"]}, ["1", "3"]), 1, 0),  # nor to delete that
        (Account({"a": ["1"]}, ["1", "1"]), 0, 1),
        (Account({"a": ["1"]}, []), 1, 0),  # told to be deleted, and was not
        (Account({"a": ["2"]}, ["1"]), 1, 0),
    ],
)
def test_the_record_of_the_engine_decides(account: Account, crossed: int, duplicates: int) -> None:
    held = tally()
    assert held.held_against(account) == duplicates
    assert held.crossed == crossed


def test_what_rhev_found_to_be_crossed_is_crossed() -> None:
    held = Tally()
    held.failed(errors.WrongAnswer("another", errors.Exchange("GET", "http://e/vms/1", 200)))
    held.failed(errors.ConnectionError("lost", errors.Exchange("GET", "http://e/vms/1")))
    assert (held.crossed, held.errors) == (1, 1)
