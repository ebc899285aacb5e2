"""Tries every cell, prints the table, and fails where there is a defect: ``python -m faults``."""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from faults.cell import cells, run
from faults.judge import DEFECTS
from faults.table import defects, listed, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from faults.cell import Result

_JOBS = 16


def tried(names: Sequence[str], jobs: int) -> list[Result]:
    """The results of cells, ``jobs`` of them at a time, each in a process of its own."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["faults.loaded"])
    results: dict[str, Result] = {}
    with ProcessPoolExecutor(jobs, context) as pool:
        for done in as_completed([pool.submit(run, name) for name in names]):
            result = done.result()
            results[result.cell] = result
            if sys.stderr.isatty():
                print(f"\r{len(results)} of {len(names)}", end="", file=sys.stderr, flush=True)
            if result.verdict in DEFECTS:
                print(f"{result.cell}: {result.verdict}: {result.why}"[:400], flush=True)
    return [results[name] for name in names]


def main() -> int:
    """Returns how the process ends: 1 where there is a defect."""
    parser = argparse.ArgumentParser("python -m faults", description=__doc__)
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="CELL",
        help="operation/fault/wire/transport, or a pattern of them: 'delete/captive-*/*/sync'",
    )
    parser.add_argument("--jobs", type=int, default=_JOBS, help=f"cells at a time ({_JOBS})")
    parser.add_argument(
        "--every",
        type=int,
        default=1,
        metavar="N",
        help="no more than each Nth cell; 7 takes every fault and operation, and wires in turns",
    )
    options = parser.parse_args()
    names = [
        name
        for name in cells()
        if not options.only or any(fnmatchcase(name, only) for only in options.only)
    ][:: max(1, options.every)]
    if not names:
        parser.error("no cell has such a name: operation/fault/wire/transport")
    began = time.monotonic()
    results = tried(names, max(1, min(options.jobs, len(names))))
    late = [result.cell for result in defects(results) if result.by_time]
    if late:
        # A busy machine is late too: what is a defect is one again, with less beside it.
        again = {result.cell: result for result in tried(late, min(4, len(late)))}
        results = [again.get(result.cell, result) for result in results]
    print(table(results))
    found = defects(results)
    print(f"\n{len(results)} cells in {time.monotonic() - began:.0f} s, {len(found)} defects")
    if found:
        print(listed(results))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
