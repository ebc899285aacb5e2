"""A terminal, and an engine that its command is told of by variables."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pexpect
import pytest

from rhev.simulator import Engine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rhev.simulator.wire.server import Server

SECONDS = 20


class Terminal(Protocol):
    """Runs a program in a terminal of its own, by default the command ``rhev``."""

    def __call__(
        self, *arguments: str, program: str = ..., columns: int = 80, **variables: str
    ) -> pexpect.spawn[str]: ...


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.demo(speed=5)


@pytest.fixture
def terminal(served: Server, tmp_path: Path) -> Iterator[Terminal]:
    opened: list[pexpect.spawn[str]] = []

    def run(
        *arguments: str, program: str = str(scripts() / "rhev"), columns: int = 80, **variables: str
    ) -> pexpect.spawn[str]:
        environment: Any = {
            "HOME": str(tmp_path),
            "XDG_CONFIG_HOME": str(tmp_path),
            "LANG": "C.UTF-8",
            "TERM": "xterm",
            "PATH": f"{scripts()}:{os.environ['PATH']}",
            "RHEV_URL": served.url,
            "RHEV_USERNAME": served.username,
            "RHEV_PASSWORD": served.password,
            **variables,
        }
        child = pexpect.spawn(
            program,
            list(arguments),
            env=environment,
            encoding="utf-8",
            timeout=SECONDS,
            dimensions=(24, columns),
        )
        opened.append(child)
        return child

    yield run
    for child in opened:
        child.close(force=True)


def scripts() -> Path:
    """Where the command is that belongs to this Python."""
    return Path(sys.executable).parent


def ended(child: pexpect.spawn[str]) -> tuple[int | None, str]:
    """The exit code, and what the terminal was sent since it was last looked at."""
    child.expect(pexpect.EOF)
    child.close()
    return child.exitstatus, str(child.before)
