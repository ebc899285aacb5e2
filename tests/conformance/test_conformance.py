"""How much of what a real engine answered the embedded one answers alike: no less than it did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conformance.compare import ASPECTS
from tests.conformance.exchanges import RECORDINGS, recorded
from tests.conformance.known import KNOWN
from tests.conformance.marks import MARKS
from tests.conformance.replay import Replay
from tests.conformance.sightings import Sightings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.conformance.compare import Verdict

pytestmark = pytest.mark.skipif(
    not RECORDINGS.exists(), reason="needs recordings of a real engine, which are not part of rhev"
)


@pytest.fixture(scope="module")
def verdicts() -> Sequence[Verdict]:
    """All that was recorded, replayed once."""
    return list(Replay().run(recorded()))


@pytest.mark.parametrize(
    ("file", "aspect"), [(file, aspect) for file, marks in MARKS.items() for aspect in marks]
)
def test_as_much_agrees_as_did(file: str, aspect: str, verdicts: Sequence[Verdict]) -> None:
    having = [
        verdict
        for verdict in verdicts
        if aspect in verdict.aspects and file in ("all", verdict.exchange.file)
    ]
    differing = [verdict for verdict in having if verdict.aspects[aspect] is not None]
    share = 100 - 100 * len(differing) / len(having)
    assert share >= MARKS[file][aspect], [
        f"{verdict.exchange}: {verdict.aspects[aspect]}" for verdict in differing[:20]
    ]


def test_nothing_drops_the_connection(verdicts: Sequence[Verdict]) -> None:
    dropped = [v for v in verdicts if "599 here" in (v.aspects.get("status") or "")]
    assert not dropped, [str(verdict.exchange) for verdict in dropped]


def test_every_known_difference_is_one(verdicts: Sequence[Verdict]) -> None:
    """A line of what is known that fits nothing any more is to be taken out."""
    differences = [
        (aspect, verdict, difference)
        for verdict in verdicts
        for aspect, difference in verdict.aspects.items()
        if difference is not None
    ]
    unused = [known for known in KNOWN if not any(known.fits(*each) for each in differences)]
    assert not unused


def test_marks_are_for_what_there_is(verdicts: Sequence[Verdict]) -> None:
    files = {verdict.exchange.file for verdict in verdicts}
    assert MARKS.keys() <= {*files, "all"}
    assert {aspect for marks in MARKS.values() for aspect in marks} <= {*ASPECTS}


def test_only_what_was_seen_is_gone() -> None:
    exchanges = recorded("writes")
    sightings = Sightings(exchanges)
    gone = [address for index in range(len(exchanges)) for address in sightings.gone_by(index)]
    assert all(address.startswith("/") for address in gone)
