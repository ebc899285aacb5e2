"""What the tests with real sockets have in common."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def ca(tmp_path: Path) -> tuple[Path, ssl.SSLContext, ssl.SSLContext]:
    """A CA's file, a server that it vouches for, and one that it vouches for by another name."""
    trustme = pytest.importorskip("trustme", reason="makes the certificates")
    authority = trustme.CA()
    contexts = []
    for name in ("127.0.0.1", "engine.example.com"):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(name).configure_cert(context)
        contexts.append(context)
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return path, contexts[0], contexts[1]
