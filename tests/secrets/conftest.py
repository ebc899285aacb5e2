"""What was looked at is said when the tests are done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.secrets.looking import Looked

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOOKED = pytest.StashKey[Looked]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_LOOKED] = Looked()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    looked = terminalreporter.config.stash.get(_LOOKED, Looked())
    if looked.at:
        terminalreporter.section("looked for planted secrets")
        for place, times in sorted(looked.at.items()):
            terminalreporter.write_line(f"{times:7d}  {place}")


@pytest.fixture(scope="session")
def everywhere(request: pytest.FixtureRequest) -> Looked:
    """What all tests together have looked at."""
    return request.config.stash[_LOOKED]


@pytest.fixture
def looked(everywhere: Looked) -> Iterator[Looked]:
    """To look with; when the test is done, nothing may have been found."""
    mine = Looked()
    yield mine
    everywhere.at.update(mine.at)
    assert not mine.found, "\n".join(sorted(set(mine.found))[:20])
