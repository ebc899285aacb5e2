"""The engine over HTTPS: whoever trusts its authority trusts its servers, and nobody else does."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import httpx
import pytest

from rhev import Connection, schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rhev.simulator import Engine, Server

CERTIFICATE = "/ovirt-engine/services/pki-resource?resource=ca-certificate&format=X509-PEM-CA"


@pytest.fixture
def server(engine: Engine) -> Iterator[Server]:
    with engine.serve(tls=True) as serving:
        yield serving


@pytest.fixture
def ca_file(engine: Engine, tmp_path: Path) -> Path:
    path = tmp_path / "ca.pem"
    path.write_bytes(engine.certificate)
    return path


def test_a_connection_that_trusts_the_authority_works(server: Server, ca_file: Path) -> None:
    assert server.url.startswith("https://127.0.0.1:")
    with Connection(server.url, server.username, server.password, ca_file=str(ca_file)) as conn:
        assert len(conn.getall(schema.VM)) == 12


def test_the_engine_tells_the_certificate_that_it_really_uses(
    server: Server, engine: Engine
) -> None:
    with httpx.Client(verify=False) as careless:  # noqa: S501 - that is how one first asks
        told = careless.get(httpx.URL(server.url).join(CERTIFICATE)).content
    assert told == engine.certificate
    trusting = ssl.create_default_context(cadata=told.decode())
    with httpx.Client(verify=trusting, auth=(server.username, server.password)) as client:
        for host in ("127.0.0.1", "localhost"):
            response = client.get(server.url.replace("127.0.0.1", host))
            assert response.status_code == 200


def test_nobody_trusts_the_server_without_the_authority(server: Server) -> None:
    with (
        httpx.Client(trust_env=False) as client,
        pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"),
    ):
        client.get(server.url)
