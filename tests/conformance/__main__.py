"""The table: how much of what a real engine answered the embedded one answers alike."""

from __future__ import annotations

import argparse
import collections
from typing import TYPE_CHECKING

from tests.conformance.compare import ASPECTS
from tests.conformance.exchanges import recorded
from tests.conformance.known import reason_of
from tests.conformance.replay import Replay

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.conformance.compare import Verdict


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m tests.conformance", description=__doc__)
    arguments.add_argument("--show", choices=ASPECTS, help="list what differs in this aspect")
    arguments.add_argument("--file", help="only of this file")
    arguments.add_argument("--collection", help="only of this collection")
    given = arguments.parse_args()
    replay = Replay()
    verdicts = list(replay.run(recorded()))
    chosen = [
        verdict
        for verdict in verdicts
        if given.file in (None, verdict.exchange.file)
        and given.collection in (None, verdict.exchange.collection)
    ]
    if given.show:
        for verdict in chosen:
            if difference := verdict.aspects.get(given.show):
                print(f"{verdict.exchange} [{verdict.exchange.note}]\n    {difference}")
        return
    table(chosen, "file", lambda verdict: verdict.exchange.file)
    table(chosen, "collection", lambda verdict: verdict.exchange.collection)
    for reason, count in replay.left_out.items():
        print(f"\n{count} not asked: {reason}")
    differences(chosen)


def table(verdicts: Sequence[Verdict], title: str, key: Callable[[Verdict], str]) -> None:
    """One row a group: how many of those that have an aspect agree in it."""
    groups: dict[str, list[Verdict]] = collections.defaultdict(list)
    for verdict in verdicts:
        groups[key(verdict)].append(verdict)
    print(f"\n{title:28}{'exchanges':>10}" + "".join(f"{aspect:>18}" for aspect in ASPECTS))
    for name, group in [*sorted(groups.items()), ("all", list(verdicts))]:
        print(f"{name:28}{len(group):>10}" + "".join(_share(group, aspect) for aspect in ASPECTS))


def differences(verdicts: Sequence[Verdict]) -> None:
    """How many differences are known, by their reasons, and how many are not understood."""
    reasons: collections.Counter[str] = collections.Counter()
    others: collections.Counter[str] = collections.Counter()
    for verdict in verdicts:
        for aspect, difference in verdict.aspects.items():
            if difference is not None:
                reason = reason_of(aspect, verdict, difference)
                if reason is None:
                    others[aspect] += 1
                else:
                    reasons[reason] += 1
    print("\nknown differences")
    for reason, count in reasons.most_common():
        print(f"{count:>6}  {reason}")
    print("others:", ", ".join(f"{count} in {aspect}" for aspect, count in others.most_common()))


def _share(group: Sequence[Verdict], aspect: str) -> str:
    having = [verdict for verdict in group if aspect in verdict.aspects]
    agreeing = sum(verdict.aspects[aspect] is None for verdict in having)
    return (
        f"{f'{agreeing}/{len(having)} {agreeing / len(having):5.1%}':>18}"
        if having
        else f"{'':>18}"
    )


if __name__ == "__main__":
    main()
