"""The program connects over HTTPS, works with a machine, and is refused what is refused."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from rhev.simulator import Engine

BUILT = Path(__file__).parent / "build"
JAVA, KEYTOOL = shutil.which("java"), shutil.which("keytool")
pytestmark = [
    pytest.mark.skipif(JAVA is None or KEYTOOL is None, reason="there is no Java"),
    pytest.mark.skipif(
        not (BUILT / "classes").is_dir(), reason="the program is not built: make clients"
    ),
]
STORE_PASSWORD = "changeit"


def run(*command: object) -> str:
    done = subprocess.run(  # noqa: S603
        list(map(str, command)), capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the program has said that it saw."""
    folder = tmp_path_factory.mktemp("java")
    engine = Engine.demo(speed=1000)
    authority, store = folder / "ca.pem", folder / "store"
    authority.write_bytes(engine.certificate)
    importing = ("-importcert", "-noprompt", "-file", authority, "-keystore", store)
    run(KEYTOOL, *importing, "-storepass", STORE_PASSWORD)
    path = os.pathsep.join([str(BUILT / "classes"), str(BUILT / "dependency" / "*")])
    with engine.serve(tls=True) as server:
        credentials = (server.url, server.username, server.password, store, STORE_PASSWORD)
        said = run(JAVA, "-cp", path, "Visit", *credentials)
    return dict(line.split(": ", 1) for line in said.splitlines())


@pytest.mark.parametrize(
    ("what", "value"),
    [
        ("valid", "true"),
        ("product", "oVirt Engine"),
        ("found", "web-01,web-02,web-03"),
        ("cluster", "Default"),
        ("nics", "1"),
        ("added", "java"),
        ("disks", "2"),
        ("snapshots", "2"),
        ("memory", str(4 << 30)),
        ("started", "UP"),
        ("left", "0"),
        ("events", "1"),
    ],
)
def test_it_sees(what: str, value: str, seen: dict[str, str]) -> None:
    assert seen[what] == value


@pytest.mark.parametrize(
    ("what", "status", "says"),
    [
        ("not removed", 409, "VM is running"),
        ("gone", 404, ""),
        ("no cluster", 400, "required for add"),
        ("in use", 409, "already in use"),
    ],
)
def test_it_is_told(what: str, status: int, says: str, seen: dict[str, str]) -> None:
    assert str(status) in seen[what]
    assert says in seen[what]
