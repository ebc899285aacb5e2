"""The specs of the tests: good ones, and bad ones with the report that each gives beside it.

``python -m tests.specs.files`` writes the reports anew, to be read before they are committed.
"""

from __future__ import annotations

from pathlib import Path

from rhev import specs

HERE = Path(__file__).parent
GOOD = sorted((HERE / "good").iterdir())
BAD = sorted(path for path in (HERE / "bad").iterdir() if path.suffix != ".txt")
# Those that any reader of YAML or JSON can read.
READABLE = [path for path in BAD if "[syntax]" not in path.with_suffix(".txt").read_text()]


def source(path: Path) -> specs.Source:
    """The text of a file, which is called as the file is, wherever that lies."""
    return specs.Source(path.read_bytes().decode(), path.name)


def report(path: Path) -> str:
    """What is wrong with a file."""
    return specs.reports.text(specs.validate(source(path)))


if __name__ == "__main__":
    for each in BAD:
        each.with_suffix(".txt").write_text(report(each), encoding="utf-8")
