"""Puts rhev under load, and counts what must not happen: ``python -m soak``."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from soak.report import HEAD, MOST_GROWN, Plan, row
from soak.scenarios import SCENARIOS, run

if TYPE_CHECKING:
    from soak.report import Result


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m soak", description=__doc__)
    parser.add_argument("scenarios", nargs="*", choices=[*SCENARIOS, []], metavar="scenario")
    parser.add_argument("--seconds", type=float, default=120.0, help="of each scenario")
    parser.add_argument("--scale", type=float, default=1.0, help="how many at a time, 1 is a whole")
    told = parser.parse_args()
    plan = Plan(told.seconds, told.scale)
    print(f"{plan.seconds:g} s each; at most {MOST_GROWN:g} MiB may be grown\n\n{HEAD}", flush=True)
    results: dict[str, Result] = {}
    for name in told.scenarios or SCENARIOS:
        results[name] = run(name, plan)
        print(row(name, results[name]), *results[name].said, sep="\n    ", flush=True)
    sys.exit(0 if all(result.is_right for result in results.values()) else 1)


if __name__ == "__main__":
    main()
