"""The engine over HTTPS: whoever trusts its authority trusts its servers, and nobody else does."""

from __future__ import annotations

import hashlib
import ssl
import sys
from typing import TYPE_CHECKING

import httpx
import pytest

from rhev import Connection, errors, schema

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


@pytest.mark.parametrize("missing", ["aiohttp", "trustme"])
def test_what_is_not_installed_is_named_with_what_to_do(
    missing: str, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    monkeypatch.delitem(sys.modules, "rhev.simulator.wire.listener", raising=False)
    with pytest.raises(errors.ConfigurationError, match=rf"{missing}: pip install 'rhev\[serve\]'"):
        engine.serve(tls=True)
    assert engine.connect().getall(schema.VM)


def test_the_certificate_of_an_engine_is_the_fingerprint_that_one_may_expect(
    server: Server, engine: Engine
) -> None:
    der = ssl.PEM_cert_to_DER_cert(engine.certificate.decode())
    fingerprint = f"sha256:{hashlib.sha256(der).hexdigest()}"
    credentials = (server.url, server.username, server.password)
    with Connection(*credentials, ca_fingerprint=fingerprint) as conn:
        assert conn.get(schema.VM, name="web-01")
