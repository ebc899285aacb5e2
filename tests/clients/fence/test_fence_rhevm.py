"""What a cluster's manager asks of the agent: is it on, switch it off, what is there."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from rhev.simulator import Engine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Fence = Callable[..., subprocess.CompletedProcess[str]]

AGENT = shutil.which("fence_rhevm")
pytestmark = pytest.mark.skipif(AGENT is None, reason="fence_rhevm is not installed")
ANSWERED, OFF = 0, 2  # what a status of 2 says is that it is off


@pytest.fixture(scope="module")
def fence() -> Iterator[Fence]:
    """Runs the agent for an action, and a machine if it is about one."""
    with Engine.demo(speed=100).serve(tls=True) as server:
        address = urlsplit(server.url)

        def run(
            action: str, machine: str = "", *more: str, password: str = server.password
        ) -> subprocess.CompletedProcess[str]:
            plug = ["--plug", machine] if machine else []
            command = [
                *(str(AGENT), "--ip", str(address.hostname), "--ipport", str(address.port)),
                *("--username", server.username, "--password", password),
                # An administrator's own machines are none: without a filter there are all.
                *("--ssl-insecure", "--disable-http-filter", "--action", action, *plug, *more),
            ]
            return subprocess.run(command, capture_output=True, text=True, timeout=60)  # noqa: S603

        yield run


def status(fence: Fence, machine: str) -> int:
    return fence("status", machine).returncode


def test_it_tells_whether_a_machine_is_on(fence: Fence) -> None:
    assert status(fence, "web-01") == ANSWERED
    assert status(fence, "web-03") == OFF


def test_it_switches_a_machine_off_and_on(fence: Fence) -> None:
    assert fence("off", "web-02").returncode == ANSWERED
    assert status(fence, "web-02") == OFF
    assert fence("on", "web-02").returncode == ANSWERED
    assert status(fence, "web-02") == ANSWERED


def test_it_reboots(fence: Fence) -> None:
    assert fence("reboot", "mail").returncode == ANSWERED
    assert status(fence, "mail") == ANSWERED


def test_it_lists(fence: Fence) -> None:
    listed = {line.partition(",")[0] for line in fence("list").stdout.split()}
    assert {"web-01", "web-02", "web-03", "db-01", "mail"} <= listed


def test_it_keeps_its_session(fence: Fence) -> None:
    assert fence("status", "web-01", "--use-cookies").returncode == ANSWERED


def test_it_fails_for_what_is_not_there(fence: Fence) -> None:
    assert fence("status", "nosuch").returncode not in (ANSWERED, OFF)


def test_it_fails_with_a_wrong_password(fence: Fence) -> None:
    assert fence("status", "web-01", password="wrong").returncode not in (ANSWERED, OFF)
