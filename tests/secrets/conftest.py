"""What was looked at is said when the tests are done."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.secrets.looking import Looked

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
_LOOKED = pytest.StashKey[Looked]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_LOOKED] = Looked()


def _looks(item: pytest.Item) -> bool:
    return item.path.parent == HERE


def pytest_deselected(items: list[pytest.Item]) -> None:
    for item in filter(_looks, items):
        item.config.stash[_LOOKED].is_part = True


def pytest_collection_finish(session: pytest.Session) -> None:
    files = {item.path for item in session.items if _looks(item)}
    named = any("::" in argument for argument in session.config.args)
    if named or files != set(HERE.glob("test_*.py")):
        session.config.stash[_LOOKED].is_part = True


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    looked = terminalreporter.config.stash.get(_LOOKED, Looked())
    if looked.at:
        part = ", by a part of the tests" if looked.is_part else ""
        terminalreporter.section(f"looked for planted secrets{part}")
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
