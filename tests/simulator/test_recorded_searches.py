"""The searches of a real engine, asked of an embedded one that has the same virtual machines.

Compared are those that ask for what an added machine has from the start. What the real engine had
beside these machines is left out of its answers.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from rhev.search import Query, Unreadable, entity, parse
from rhev.simulator import Engine
from tests.simulator.asking import Asker

RECORDED = Path(__file__).parents[3] / "shared/recordings/engine-4.5.7/search.jsonl"

pytestmark = pytest.mark.skipif(
    not RECORDED.is_file(), reason="the recordings of a real engine are not beside this checkout"
)

FIELDS = {"name", "description", "comment", "memory", "guaranteed_memory", "type", "vcpus"}


@cache
def exchanges() -> list[dict[str, Any]]:
    """What an administrator asked, seeing all there is."""
    all_ = [json.loads(line) for line in RECORDED.read_text().splitlines()]
    return [
        each for each in all_ if each["as"] == "admin" and "Filter" not in each["request_headers"]
    ]


@pytest.fixture(scope="module")
def estate() -> tuple[Asker, set[str]]:
    ask = Asker(Engine())
    cpu = {"architecture": "x86_64", "type": "Intel Nehalem Family"}
    assert ask("PUT", ask.path("/clusters", "Default"), {"cpu": cpu})[0] == 200
    names = set()
    for exchange in exchanges():
        if exchange["method"] == "POST" and exchange["status"] == 201:
            names.add(ask.add("/vms", json.loads(exchange["request_body"]))["name"])
    # One of them was taken away between two searches.
    stayed = [found for text, _, found in asked() if text == "name=*"]
    return ask, names.intersection(*stayed)


def asked() -> list[tuple[str, dict[str, str], list[str]]]:
    """The searches for what can be compared, their other parameters, and the names found."""
    found = []
    for exchange in exchanges():
        address = urlsplit(exchange["url"])
        query = dict(parse_qsl(address.query, keep_blank_values=True))
        if not address.path.endswith("/api/vms") or exchange["method"] != "GET":
            continue
        text = query.pop("search", None)
        if text is not None and exchange["status"] == 200 and not query.keys() - {"case_sensitive"}:
            try:
                read = parse(entity("Vm"), text)
            except Unreadable:
                read = Query()
            fields = {condition.field or "name" for condition in read.conditions}
            fields |= {read.sort_by or "name"} | {c.reference or "name" for c in read.conditions}
            if fields <= FIELDS and read.page in (None, 1):
                found.append((text, query, exchange["found"]))
    return found


def test_an_embedded_engine_finds_what_a_real_one_found(
    estate: tuple[Asker, set[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    ask, known = estate
    differing = []
    for text, query, found in asked():
        names = [name for name in ask.names("/vms", search=text, **query) if name in known]
        if names != [name for name in found if name in known]:
            differing.append((text, names, found))
    with capsys.disabled():
        print(f"\n{len(asked())} searches asked again, {len(differing)} answered otherwise")
    assert differing == []
