"""Errors travel between processes, and tell nothing that they should not."""

from __future__ import annotations

import copy
import pickle
from typing import TYPE_CHECKING

import pytest

import rhev
from rhev import schema
from rhev.errors import AuthenticationFailed, Exchange
from rhev.rules import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

EXCHANGE = Exchange("GET", "https://engine.example/ovirt-engine/api", 404, "abc")
FAULT = schema.Fault(reason="Operation Failed", detail="no")
ERRORS = [
    rhev.Error("no", EXCHANGE),
    rhev.ConnectionError("no", EXCHANGE, delivered=False),
    rhev.Timeout("no"),
    rhev.ParseError("no", EXCHANGE, line=1, column=2),
    rhev.NotFound(FAULT, EXCHANGE),
    rhev.Conflict(FAULT),
    rhev.InvalidRequest(FAULT, [Problem("name", "length", "too long", "1 to 255", "VmStatic")]),
    rhev.IllegalAction("no", offered=["start"]),
    rhev.WaitTimeout("no", last="down"),
    AuthenticationFailed("access_denied", "no", EXCHANGE),
]


@pytest.mark.parametrize("again", [lambda e: pickle.loads(pickle.dumps(e)), copy.copy])  # noqa: S301
@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_travels(error: rhev.Error, again: Callable[[rhev.Error], rhev.Error]) -> None:
    other = again(error)
    assert type(other) is type(error)
    assert str(other) == str(error)
    assert vars(other).keys() == vars(error).keys()
    assert other.exchange == error.exchange
    if isinstance(other, rhev.Fault) and isinstance(error, rhev.Fault):
        assert other.fault == error.fault


def test_an_error_says_where_it_happened() -> None:
    error = rhev.NotFound(FAULT, EXCHANGE)
    assert str(error) == (
        "Operation Failed: no (GET https://engine.example/ovirt-engine/api -> 404"
        " [correlation id abc])"
    )
    assert (error.method, error.status, error.correlation_id) == ("GET", 404, "abc")


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_every_error_is_one_of_ours(error: rhev.Error) -> None:
    assert isinstance(error, rhev.Error)
