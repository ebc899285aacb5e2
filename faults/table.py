"""The table: how many cells of each fault came to what."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from faults.judge import DEFECTS, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from faults.cell import Result

_WIDTH = 32


def table(results: Sequence[Result]) -> str:
    """A line for each fault, and one for all."""
    faults = dict.fromkeys(result.fault for result in results)
    head = "".join(f"{name:>15}" for name in ("tried", *Verdict))
    lines = [f"{'':{_WIDTH}}{head}"]
    lines += [_line(name, [r for r in results if r.fault == name]) for name in faults]
    return "\n".join([*lines, _line("all", results)])


def _line(name: str, results: Sequence[Result]) -> str:
    counted = Counter(result.verdict for result in results)
    numbers = [len(results), *(counted[verdict] for verdict in Verdict)]
    return f"{name:{_WIDTH}}" + "".join(f"{number:>15}" for number in numbers)


def defects(results: Iterable[Result]) -> list[Result]:
    """The results that are defects."""
    return [result for result in results if result.verdict in DEFECTS]


def listed(results: Iterable[Result]) -> str:
    """Each defect, and how it is tried alone."""
    return "\n".join(
        f"{each.verdict}: {each.why}\n    python -m faults --only '{each.cell}'"
        for each in defects(results)
    )
