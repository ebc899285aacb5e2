"""Every search that was asked of a real engine: what the grammar and the client make of it."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

import pytest

from rhev import InvalidSearch
from rhev.relations import by_name
from rhev.search import Unreadable, check, entity, is_known, parse

RECORDED = Path(__file__).parents[3] / "shared/recordings/engine-4.5.7/search.jsonl"

pytestmark = pytest.mark.skipif(
    not RECORDED.is_file(), reason="the recordings of a real engine are not beside this checkout"
)


class Search(NamedTuple):
    type: str
    text: str
    status: int
    found: int


@cache
def searches() -> tuple[Search, ...]:
    kept = []
    for line in RECORDED.read_text().splitlines():
        exchange = json.loads(line)
        address = urlsplit(exchange["url"])
        query = dict(parse_qsl(address.query, keep_blank_values=True))
        rel = address.path.rpartition("/")[2].partition(";")[0]
        type_ = by_name().get(rel, "")
        # Of some collections the engine ignores a query, and those it answers with all they have.
        if exchange["method"] == "GET" and "search" in query and is_known(type_) and rel != "jobs":
            found = len(exchange.get("found") or ())
            kept.append(Search(type_, query["search"], exchange["status"], found))
    return tuple(kept)


def checked(search: Search) -> str:
    try:
        sent = check(search.type, search.text)
    except InvalidSearch:
        return "refused"
    return "let through" if sent == search.text.strip(" ") else "completed"


def readable(search: Search) -> bool:
    try:
        parse(entity(search.type), search.text)
    except Unreadable:
        return False
    return True


def test_there_are_many() -> None:
    assert len(searches()) > 400


def test_what_found_something_is_let_through_as_it_is() -> None:
    stopped = [each for each in searches() if each.found and checked(each) != "let through"]
    assert stopped == []


def test_the_grammar_reads_all_that_found_something_and_all_that_failed() -> None:
    unread = [each for each in searches() if each.found and not readable(each)]
    assert unread == []
    # The one that is no text at all was refused by the web server.
    failed = [each for each in searches() if each.status != 200 and "%" not in each.text]
    assert [each for each in failed if not readable(each)] == []


def test_the_client_refuses_or_completes_what_the_engine_cannot_read() -> None:
    stopped = Counter(checked(each) for each in searches() if not readable(each))
    assert stopped["let through"] == 0, stopped
    failed = [each for each in searches() if each.status != 200 and "%" not in each.text]
    sent = {each.text for each in failed if checked(each) == "let through"}
    # With max=-1, which is no part of the query.
    assert sent <= {"name=web*"}


def test_the_four_counts(capsys: pytest.CaptureFixture[str]) -> None:
    counts = Counter((readable(each), checked(each) != "let through") for each in searches())
    with capsys.disabled():
        print(
            f"\n{len(searches())} recorded searches. What the engine cannot read:"
            f" {counts[False, True]} refused or completed, {counts[False, False]} let through."
            f" What it can: {counts[True, False]} let through, {counts[True, True]} refused or"
            " completed (of which none found anything)."
        )
    assert counts[False, False] == 0
