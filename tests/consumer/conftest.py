"""Where a user stands: an environment outside the tree, with the wheel and what it requires."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def interpreter(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The interpreter of the environment, which is made here unless the caller brings one."""
    return os.environ.get("RHEV_CONSUMER_PYTHON") or _installed(tmp_path_factory.mktemp("consumer"))


def _installed(folder: Path) -> str:
    venv.create(folder / "venv", with_pip=False)
    interpreter = str(folder / "venv" / "bin" / "python")
    _pip("wheel", "--no-deps", "--wheel-dir", str(folder), str(ROOT))
    (wheel,) = folder.glob("rhev-*.whl")
    _pip("--python", interpreter, "install", str(wheel))
    return interpreter


def _pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*command, *arguments], check=True)  # noqa: S603 - a command of our own
