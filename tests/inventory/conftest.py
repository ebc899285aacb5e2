"""An estate, and what is gathered of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rhev.inventory import gather
from rhev.simulator import Engine

if TYPE_CHECKING:
    from rhev.inventory import Entry, Problem


@pytest.fixture(scope="package")
def engine() -> Engine:
    """The demonstration, of which nothing is changed."""
    return Engine.demo(speed=1000)


@pytest.fixture(scope="package")
def gathered(engine: Engine) -> list[Entry | Problem]:
    """All that an inventory of the demonstration holds."""
    with engine.connect() as connection:
        return list(gather(connection))
