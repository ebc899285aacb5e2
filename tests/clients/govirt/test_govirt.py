"""It finds machines, their displays with tickets, and starts and stops them, over HTTPS.

It is given a token, as in the files that the engine makes for consoles.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from rhev.simulator import Engine

# The bindings belong to the system's Python.
PYTHON = Path("/usr/bin/python3")
PROGRAM = Path(__file__).with_name("visiting.py")


def is_there() -> bool:
    asked = "import gi; gi.require_version('GoVirt', '1.0')"
    return (
        PYTHON.exists()
        and not subprocess.run(  # noqa: S603
            [PYTHON, "-c", asked], capture_output=True, check=False
        ).returncode
    )


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the program has said that it saw."""
    if not is_there():
        pytest.skip("libgovirt's bindings for the system's Python are not installed")
    engine = Engine.demo(speed=1000)
    authority = tmp_path_factory.mktemp("govirt") / "ca.pem"
    authority.write_bytes(engine.certificate)
    token = engine.sessions.open(engine.username)
    with engine.serve(tls=True) as server:
        host = urlsplit(server.url).netloc
        done = subprocess.run(  # noqa: S603
            [PYTHON, PROGRAM, host, token, authority],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    return dict(line.split(": ", 1) for line in done.stdout.splitlines())


@pytest.mark.parametrize(
    ("what", "value"),
    [
        ("hosts", "node-01,node-02,node-03"),
        ("clusters", "Default,databases"),
        ("storage", "data-01,data-02,iso"),
        ("found", "web-01,web-02,web-03"),
        ("display", "node-01.example.com True True"),
        ("drives", "cdrom0"),
        ("before", "down"),
        ("after", "up"),
    ],
)
def test_it_sees(what: str, value: str, seen: dict[str, str]) -> None:
    assert seen[what] == value
