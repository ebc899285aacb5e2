"""One engine over HTTP for each module, and the command spoken to within the process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest
from click.testing import CliRunner

from rhev.cli.app import app
from rhev.simulator import Engine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result

    from rhev.simulator.wire.server import Server


class Command(Protocol):
    """Runs the command with arguments: its stdout, stderr and exit code are told apart."""

    def __call__(self, *arguments: str, input: str | None = None) -> Result: ...


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.demo(speed=50)


@pytest.fixture(scope="module")
def served(engine: Engine) -> Iterator[Server]:
    with engine.serve() as server:
        yield server


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a user who has no profile yet, and no variable set."""
    for name in ("URL", "USERNAME", "PASSWORD", "TOKEN", "CA_FILE", "INSECURE", "PROFILE"):
        monkeypatch.delenv(f"RHEV_{name}", raising=False)
        monkeypatch.delenv(f"OVIRT_{name}", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path / "rhev" / "config.toml"


@pytest.fixture
def alone(settings: Path) -> Command:
    """The command of a user who has told it nothing of any engine."""

    def run(*arguments: str, input: str | None = None) -> Result:
        result = CliRunner().invoke(app, arguments, input=input, prog_name="rhev")
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture
def rhev(alone: Command, served: Server, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command of a user whose variables lead to the engine."""
    monkeypatch.setenv("RHEV_URL", served.url)
    monkeypatch.setenv("RHEV_USERNAME", served.username)
    monkeypatch.setenv("RHEV_PASSWORD", served.password)
    return alone
