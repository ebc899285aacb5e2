"""What pytest gives the tests of those who use rhev: an embedded engine, and connections to it.

It is there wherever rhev and pytest are installed, and loads neither the engine nor the client
before a test asks for one. ``-p no:rhev`` goes without it. An engine is asked for otherwise by a
marker, ``@pytest.mark.rhev(estate="new", speed=10)``, by ``rhev_estate`` in pytest's settings, or
by a fixture of one's own that is named ``rhev_engine`` and overrides this one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rhev import AsyncConnection, Connection
    from rhev.simulator import Engine, Server

_MARKER = (
    "rhev(estate='demo', speed=1, clock=ManualClock()): the embedded engine of a test. estate is"
    " 'demo', 'new' for what every engine comes with, or a file that Engine.load() takes, below the"
    " root folder of the tests; clock is a function that gives the seconds since the epoch, as"
    " time.time."
)
_OPTIONS = ("estate", "speed", "clock")


def pytest_addoption(parser: pytest.Parser) -> None:
    """The settings that there are for all tests."""
    parser.addini(
        "rhev_estate", "estate of the engines of tests, where no marker names one", default="demo"
    )


def pytest_configure(config: pytest.Config) -> None:
    """The marker, so that ``--strict-markers`` knows it."""
    config.addinivalue_line("markers", _MARKER)


@pytest.fixture
def rhev_engine(request: pytest.FixtureRequest) -> Engine:
    """An embedded engine of the test's own, with the demonstration's estate.

    Its clock stands still: ``rhev_engine.advance(seconds)`` moves it on, and so does whatever a
    connection waits for. ``rhev_engine.requests`` has what was asked of it.
    """
    from rhev.simulator import Engine, ManualClock

    told = _told(request)
    estate, clock, speed = told["estate"], told.get("clock") or ManualClock(), told["speed"]
    if estate == "demo":
        return Engine.demo(clock=clock, speed=speed)
    if estate == "new":
        return Engine(clock=clock, speed=speed)
    path = request.config.rootpath / estate
    if not path.is_file():
        raise pytest.UsageError(
            f"there is no estate {str(estate)!r}: it is 'demo', 'new', or a file, which"
            f" {path} is not"
        )
    return Engine.load(path, clock=clock, speed=speed)


@pytest.fixture
def rhev_connection(rhev_engine: Engine) -> Iterator[Connection]:
    """A connection to ``rhev_engine``, within the process, as its administrator."""
    with rhev_engine.connect() as connection:
        yield connection


@pytest.fixture
def rhev_async_connection(rhev_engine: Engine) -> AsyncConnection:
    """The asynchronous twin of ``rhev_connection``, for tests that are run in an event loop."""
    return rhev_engine.connect_async()


@pytest.fixture
def rhev_server(rhev_engine: Engine) -> Iterator[Server]:
    """``rhev_engine`` on a loopback port, for programs that are given an address.

    It has ``url``, ``username`` and ``password``. Such a program cannot move the engine's clock on:
    where it waits for something, use ``@pytest.mark.rhev(clock=time.time)``.
    """
    with rhev_engine.serve() as server:
        yield server


def _told(request: pytest.FixtureRequest) -> dict[str, Any]:
    """What the markers of a test say, the nearest one first, and the settings."""
    told: dict[str, Any] = {"estate": request.config.getini("rhev_estate"), "speed": 1.0}
    for marker in reversed(list(request.node.iter_markers("rhev"))):
        unknown = [name for name in marker.kwargs if name not in _OPTIONS]
        if marker.args or unknown:
            wrong = unknown[0] if unknown else repr(marker.args[0])
            raise pytest.UsageError(
                f"@pytest.mark.rhev takes {', '.join(f'{name}=' for name in _OPTIONS)} by name,"
                f" and not {wrong}"
            )
        told.update(marker.kwargs)
    return told
