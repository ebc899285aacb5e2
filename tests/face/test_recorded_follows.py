"""What a real engine followed is let through, and what it did not know is not."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from rhev import facts
from rhev.mapping.catalogue import model
from rhev.models.index import CLASSES
from rhev.operations import follow

RECORDED = Path(__file__).parents[3] / "shared" / "recordings" / "engine-4.5.7"
_ID = re.compile(r"^(?:[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32})$")


def followed() -> list[tuple[str, str, int]]:
    """The type that was asked for, what was followed, and the status of the answer."""
    found = set()
    for path in sorted(RECORDED.glob("*.jsonl")):
        for line in path.read_text().splitlines():
            exchange = json.loads(line)
            if "follow=" not in exchange["url"]:
                continue
            parts = urlsplit(exchange["url"])
            given = re.search(r"(?:^|&)follow=([^&]*)", parts.query)
            if given is None or exchange["method"] != "GET":
                continue
            segments = parts.path.partition("/api")[2].split("/")
            template = "/".join("{id}" if _ID.match(name) else name for name in segments)
            service = facts.services().get(facts.paths().get(template, ""))
            if service is None:
                continue
            type_ = (
                service.type or facts.services()[facts.paths()[template.rpartition("/")[0]]].type
            )
            found.add((type_ or "", unquote(given[1]), exchange["status"]))
    return sorted(found)


def test_the_check_knows_what_an_engine_follows() -> None:
    if not RECORDED.exists():
        pytest.skip("the recorded traffic is not beside this checkout")
    refused = set()
    counts = {"followed": 0, "failed and refused": 0, "failed and let through": 0}
    for type_, text, status in followed():
        try:
            follow.check(model(CLASSES[type_]), follow.paths(text))
        except ValueError:
            refused.add((type_, text, status))
            counts["failed and refused"] += status != 200
        else:
            counts["followed" if status == 200 else "failed and let through"] += 1
    print(counts)
    # An engine that has nothing to follow from does not look at the name.
    assert {each for each in refused if each[2] == 200} == {
        ("Bookmark", "x", 200),
        ("Vm", "..", 200),
        ("Bookmark", "permissions", 200),
        ("AffinityLabel", "permissions", 200),
        ("ImageTransfer", "permissions", 200),
    }
    assert counts["followed"] > 60
    assert counts["failed and refused"] > 10
