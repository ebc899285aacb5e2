"""The versions of what rhev requires: the oldest that ``pyproject.toml`` allows, and what is here.

``python -m release.versions oldest`` prints constraints for pip, with which ``make oldest`` tests
what the lower bounds promise; ``newest`` prints none. Without a word it prints what is installed.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import PackageNotFoundError, version

from release.wheels import wanted

_BOUND = re.compile(r"([\w.-]+)>=([\w.]+)")


def bounds() -> dict[str, str]:
    """The oldest version of each requirement of rhev itself and of its extras, by name.

    Raises ValueError for a requirement that has no lower bound.
    """
    found = {}
    for requirement in sorted({name for names in wanted().values() for name in names}):
        bound = _BOUND.fullmatch(requirement)
        if bound is None:
            raise ValueError(f"{requirement!r} has no lower bound, as 'httpx>=0.27' has")
        found[bound[1]] = bound[2]
    return found


def installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def main(wanted: list[str]) -> int:
    if wanted == ["oldest"]:
        print(*(f"{name}=={oldest}" for name, oldest in bounds().items()), sep="\n")
    elif not wanted:
        print(f"Python {sys.version.split()[0]}:", end=" ")
        print(*(f"{name} {installed(name)}" for name in bounds()), sep=", ")
    elif wanted != ["newest"]:
        print(f"oldest or newest, not {' '.join(wanted)}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
