"""``python -m rhev.simulator``, as a user starts and ends it."""

from __future__ import annotations

import signal
import ssl
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx
import pytest

from rhev import Connection, schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def command(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """The command under way, whatever becomes of it."""
    program = [sys.executable, "-W", "error", "-m", "rhev.simulator", *arguments]
    with subprocess.Popen(  # noqa: S603 - our own
        program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def said(process: subprocess.Popen[str], lines: int) -> dict[str, str]:
    """What it says when it serves."""
    assert process.stdout is not None
    words = [process.stdout.readline().split(maxsplit=1) for _ in range(lines)]
    return {name: value.strip() for name, value in words}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_is_and_ends_cleanly(number: signal.Signals) -> None:
    with command("--speed", "1000") as process:
        told = said(process, 3)
        assert list(told) == ["url", "username", "password"]
        assert told["username"] == "admin@internal"
        with Connection(told["url"], told["username"], told["password"]) as conn:
            assert len(conn.getall(schema.VM)) == 12
            process.send_signal(number)
            assert process.communicate(timeout=20) == ("", "")
    assert process.returncode == 0


def test_https_a_new_engine_and_credentials_of_ones_own(tmp_path: Path) -> None:
    ca_file = tmp_path / "ca.pem"
    own = ("--username", "root@internal", "--password", "secret")
    with command("--https", "--ca-file", str(ca_file), "--empty", *own) as process:
        told = said(process, 4)
        assert told["ca_file"] == str(ca_file)
        assert told["url"].startswith("https://")
        trusting = ssl.create_default_context(cafile=ca_file)
        with httpx.Client(verify=trusting, auth=("root@internal", "secret")) as client:
            headers = {"Accept": "application/json"}
            engine = client.get(told["url"], headers=headers).json()
            me = client.get(
                f"{told['url']}/users/{engine['effective_user']['id']}", headers=headers
            )
            assert me.json()["user_name"] == "root@internal-authz"
            assert client.get(f"{told['url']}/hosts", headers=headers).json() == {}
            assert client.get(told["url"], auth=("admin@internal", "secret")).status_code == 401


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--username", "root"], "'root', but has a domain, as in 'admin@internal'"),
        (["--speed", "0"], "speed is 0.0; it must be above 0"),
        (["--host", "192.0.2.1"], "assign requested address"),
        (["--empty", "--estate", "x.yaml"], "not allowed with argument"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(arguments: list[str], message: str) -> None:
    with command(*arguments) as process:
        _, complaint = process.communicate(timeout=20)
    assert process.returncode == 2
    assert message in complaint.splitlines()[-1]
    assert "Traceback" not in complaint
