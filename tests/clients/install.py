"""``python -m tests.clients.install``: what the clients need that pip does not bring.

It says of each whether it is there now; what cannot be had is no error, as its tests are skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

JAVA = Path(__file__).parent / "java"
_TYPELIBS = "usr/lib/*/girepository-1.0/GoVirt-1.0.typelib"


@dataclass(frozen=True)
class Need:
    """What is needed, how to know that it is there, and the command that brings it."""

    name: str
    is_there: Callable[[], bool]
    command: list[str]


def _apt(package: str) -> list[str]:
    return ["apt-get", "install", "--yes", "--quiet", package]


def _on_path(program: str) -> Callable[[], bool]:
    return lambda: shutil.which(program) is not None


_BUILD = ["mvn", "--quiet", "--batch-mode", "--file", str(JAVA / "pom.xml"), "compile"]

NEEDS = (
    Need("fence_rhevm", _on_path("fence_rhevm"), _apt("fence-agents")),
    Need("qemu-nbd, for imageio", _on_path("qemu-nbd"), _apt("qemu-utils")),
    Need("libgovirt", lambda: any(Path("/").glob(_TYPELIBS)), _apt("gir1.2-govirt-1.0")),
    Need("its bindings", lambda: any(Path("/usr/lib").glob("python3*/*/gi")), _apt("python3-gi")),
    Need(
        "the Java program",
        lambda: (JAVA / "build/classes/Visit.class").exists(),
        [*_BUILD, "dependency:copy-dependencies", "-DincludeScope=runtime"],
    ),
)


def main() -> None:
    """Brings what is missing, as far as that is possible here."""
    lacking = [need for need in NEEDS if not need.is_there()]
    if any(need.command[0] == "apt-get" for need in lacking) and _may("apt-get"):
        _run(["apt-get", "update", "--quiet"])
    for need in NEEDS:
        print(f"{need.name}: {_brought(need)}", flush=True)


def _brought(need: Need) -> str:
    if need.is_there():
        return "is there"
    program = need.command[0]
    if not _may(program):
        return f"is missing, and cannot be installed here: {program} is not to be had"
    failure = _run(need.command)
    if need.is_there():
        return "is installed"
    return f"is missing: {' '.join(need.command)} did not bring it. {failure}".strip()


def _may(program: str) -> bool:
    if shutil.which(program) is None:
        return False
    return program != "apt-get" or os.geteuid() == 0


def _run(command: list[str]) -> str:
    """The last that a command says where it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return done.stderr.strip()[-300:] if done.returncode else ""


if __name__ == "__main__":
    main()
