"""One engine over HTTP for each module, and a terminal that is spoken to within the process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from rhev.cli.app import app
from rhev.simulator import Engine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from click.testing import Result

    from rhev.simulator.wire.server import Server


@pytest.fixture(scope="module")
def served() -> Iterator[Server]:
    with Engine.demo(speed=50).serve() as server:
        yield server


@pytest.fixture
def environment(
    served: Server, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The variables that lead to the engine, and a home without any profile."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
    monkeypatch.setenv("RHEV_URL", served.url)
    monkeypatch.setenv("RHEV_USERNAME", served.username)
    monkeypatch.setenv("RHEV_PASSWORD", served.password)


@pytest.fixture
def rhev(environment: None) -> Callable[..., Result]:
    """Runs the command with arguments: its stdout, stderr and exit code are told apart."""

    def run(*arguments: str, input: str | None = None) -> Result:
        result = CliRunner().invoke(app, arguments, input=input, prog_name="rhev")
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run
