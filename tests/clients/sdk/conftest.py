"""One engine for all the tests of the SDK, over HTTPS: each makes what it changes."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from rhev.simulator import Engine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from rhev.simulator.wire.server import Server
    from tests.clients.sdk.site import Site

# What takes a real engine a minute takes this one 60 ms, and another three seconds: it is for the
# tests that look at what is under way.
QUICK, UNHURRIED = 1000, 20
CERTIFICATE = "/services/pki-resource?resource=ca-certificate&format=X509-PEM-CA"


@pytest.fixture(scope="package")
def server() -> Iterator[Server]:
    with Engine.demo(speed=QUICK).serve(tls=True) as server:
        yield server


def fetched(server: Server, folder: Path) -> Path:
    """The certificate that the engine's is signed with, fetched as its users do."""
    url = server.url.replace("/api", CERTIFICATE)
    file = folder / "ca.pem"
    file.write_bytes(httpx.get(url, verify=False).content)  # noqa: S501
    return file


@pytest.fixture(scope="package")
def authority(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fetched(server, tmp_path_factory.mktemp("authority"))


def connected(server: Server, authority: Path, **otherwise: Any) -> Any:
    """A connection to a server; what else is given is said otherwise than is right."""
    import ovirtsdk4 as sdk

    right = {
        "url": server.url,
        "username": server.username,
        "password": server.password,
        "ca_file": str(authority),
    }
    return sdk.Connection(**{**right, **otherwise})


@pytest.fixture(scope="package")
def connect(server: Server, authority: Path) -> Callable[..., Any]:
    """Connects to the engine, right but for what is given."""
    return lambda **otherwise: connected(server, authority, **otherwise)


@contextmanager
def _visit(connection: Any) -> Iterator[Site]:
    from tests.clients.sdk.site import Site

    yield Site(connection)
    connection.close()


@pytest.fixture(scope="package")
def site(connect: Callable[..., Any]) -> Iterator[Site]:
    visit: AbstractContextManager[Site] = _visit(connect())
    with visit as site:
        yield site


@pytest.fixture
def unhurried(tmp_path: Path) -> Iterator[Site]:
    """Another engine, which takes so long that one meets what it is doing."""
    with Engine.demo(speed=UNHURRIED).serve(tls=True) as server:
        connection = connected(server, fetched(server, tmp_path))
        with _visit(connection) as site:
            yield site
