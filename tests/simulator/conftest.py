"""An engine with the demonstration's estate, whose clock only moves when a test moves it.

Things take their time there as on a real engine, in its seconds.
"""

from __future__ import annotations

import pytest

from rhev.simulator import Engine
from tests.simulator.asking import Asker, standing_still


@pytest.fixture
def engine() -> Engine:
    return Engine.demo(clock=standing_still, speed=1)


@pytest.fixture
def ask(engine: Engine) -> Asker:
    return Asker(engine)


@pytest.fixture(scope="package")
def shared() -> Asker:
    """For tests that change nothing."""
    return Asker(Engine.demo(clock=standing_still))
