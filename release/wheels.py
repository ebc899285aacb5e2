"""``python -m release.wheels`` prints which dependency has wheels for which platform.

It asks the package index, by ``pip download --only-binary=:all:``, for the oldest Python that rhev
supports and for the newest. The table is that of docs/start/install.md.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parent.parent
PYTHONS = ("3.11", "3.15")

# What pip calls each machine of a platform: a wheel may name any of its tags.
PLATFORMS: dict[str, dict[str, tuple[str, ...]]] = {
    "Linux (glibc)": {
        "x86-64": ("manylinux2014_x86_64", "manylinux_2_17_x86_64", "manylinux_2_28_x86_64"),
        "arm64": ("manylinux2014_aarch64", "manylinux_2_17_aarch64", "manylinux_2_28_aarch64"),
    },
    "Alpine (musl)": {
        "x86-64": ("musllinux_1_1_x86_64", "musllinux_1_2_x86_64"),
        "arm64": ("musllinux_1_1_aarch64", "musllinux_1_2_aarch64"),
    },
    "macOS": {
        "x86-64": ("macosx_10_13_x86_64", "macosx_10_13_universal2", "macosx_15_0_x86_64"),
        "arm64": ("macosx_11_0_arm64", "macosx_11_0_universal2", "macosx_15_0_arm64"),
    },
    "Windows": {"x86-64": ("win_amd64",), "arm64": ("win_arm64",)},
}
MACHINES = [
    (platform, machine, python)
    for platform, machines in PLATFORMS.items()
    for machine in machines
    for python in PYTHONS
]
Machine = tuple[str, str, str]


def wanted() -> dict[str, list[str]]:
    """The requirements of rhev itself, and those of each extra."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return {"": project["dependencies"], **project.get("optional-dependencies", {})}


def wheels(requirement: str, of: Machine) -> dict[str, str]:
    """The wheels of a requirement and all that it requires, by name; none where one is missing."""
    platform, machine, python = of
    tags = [f"--platform={tag}" for tag in PLATFORMS[platform][machine]]
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(
            [
                *(sys.executable, "-m", "pip", "download", "--quiet", "--only-binary=:all:"),
                *(f"--python-version={python}", f"--dest={folder}", *tags, requirement),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        if run.returncode and "No matching distribution" not in run.stderr:
            raise RuntimeError(run.stderr)
        return {normal(path.name.split("-")[0]): path.name for path in Path(folder).glob("*.whl")}


def normal(name: str) -> str:
    """The name of a distribution as the index spells it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def cell(machines: set[Machine], platform: str) -> str:
    """For which machines of a platform there are wheels; of which Python, if not of each."""
    said = []
    for machine in PLATFORMS[platform]:
        pythons = [python for python in PYTHONS if (platform, machine, python) in machines]
        if pythons:
            only = "" if len(pythons) == len(PYTHONS) else f" ({', '.join(pythons)} only)"
            said.append(machine + only)
    return ", ".join(said) or "none: built from source"


def row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def table() -> Iterable[str]:
    """The lines of the table, in Markdown."""
    requirements = [(extra, name) for extra, names in wanted().items() for name in names]
    asked = [(extra, name, machine) for extra, name in requirements for machine in MACHINES]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda one: wheels(one[1], one[2]), asked))
    pure: set[str] = set()
    compiled: dict[str, set[Machine]] = {}
    labels: dict[str, str] = {}
    for (extra, requirement, machine), found in zip(asked, answers, strict=True):
        direct = normal(re.split(r"[^\w.-]", requirement)[0])
        if not found:
            compiled.setdefault(direct, set())
            labels.setdefault(direct, extra)
        for name, file in found.items():
            if file.endswith("-none-any.whl"):
                pure.add(name)
            else:
                compiled.setdefault(name, set()).add(machine)
                labels.setdefault(name, extra)
    yield row("", *PLATFORMS)
    yield row(*["---"] * (1 + len(PLATFORMS)))
    for name in sorted(compiled.keys() - pure, key=lambda name: (labels[name], name)):
        title = f"`{name}`" + (f" (extra `{labels[name]}`)" if labels[name] else "")
        yield row(title, *(cell(compiled[name], platform) for platform in PLATFORMS))
    names = ", ".join(f"`{name}`" for name in sorted(pure))
    yield row(names, *["any"] * len(PLATFORMS))


if __name__ == "__main__":
    print(*table(), sep="\n")
