"""An engine with the demonstration's estate behind HTTPS, as Ansible is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rhev.simulator import Engine

if TYPE_CHECKING:
    from collections.abc import Iterator

# So fast that all is done before the next module runs, some milliseconds later.
SPEED = 10_000.0


@pytest.fixture(scope="module")
def auth(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The credentials as the modules take them, for an engine of the test module's own."""
    ca_file = tmp_path_factory.mktemp("engine") / "ca.pem"
    engine = Engine.demo(speed=SPEED)
    ca_file.write_bytes(engine.certificate)
    with engine.serve(tls=True) as server:
        yield {
            "url": server.url,
            "username": server.username,
            "password": server.password,
            "ca_file": str(ca_file),
        }
