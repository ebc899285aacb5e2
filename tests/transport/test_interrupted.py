"""Ctrl-C at any point of an exchange: the connection serves the next one, and is closed whole.

Python raises it where a function begins, and after each call of one, whether that is of Python or
of C: so does a profiler here, at each such place in turn.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import httpcore
import pytest

import rhev.transport
from rhev import errors
from rhev.simulator import Engine
from rhev.transport import AuthTransport, HttpTransport, Request, SsoAuth

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

pytestmark = [
    pytest.mark.usefixtures("direct"),
    pytest.mark.skipif(sys.getprofile() is not None, reason="there is a profiler already"),
]
# Where a lock is taken or given back, a connection had or left.
PLACES = tuple(
    os.path.dirname(str(module.__file__)) if module.__package__ else str(module.__file__)
    for module in (rhev.transport, httpcore, threading)
)
_CHECKED = frozenset({"call", "return", "c_return"})
PATIENCE = 40.0


class Interrupt:
    """Raises KeyboardInterrupt at the n-th place that a call comes through."""

    def __init__(self, at: int) -> None:
        self.passed = 0
        self._at = at

    def __call__(self, frame: FrameType, event: str, argument: object) -> None:
        if event in _CHECKED and frame.f_code.co_filename.startswith(PLACES):
            self.passed += 1
            if self.passed == self._at:
                raise KeyboardInterrupt

    def during(self, call: Callable[[], object]) -> bool:
        """Whether the call was interrupted."""
        sys.setprofile(self)
        try:
            call()
        except KeyboardInterrupt:
            return True
        finally:
            sys.setprofile(None)
        return False


def sockets() -> int:
    links = [os.path.join("/proc/self/fd", name) for name in os.listdir("/proc/self/fd")]
    return sum(os.readlink(link).startswith("socket:") for link in links if os.path.exists(link))


# A socket that Ctrl-C kept from being handed over is closed as it is dropped: Python tells so.
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="sockets are counted there")
def test_an_exchange_interrupted_anywhere_leaves_the_connection_usable() -> None:
    engine = Engine.demo()
    tokens = len(engine.sessions._tokens)
    asked: list[int] = []
    wrong: list[str] = []

    def main() -> None:
        at = 0
        while not wrong and Interrupt(at := at + 1).during(lambda: transport.send(request)):
            asked.append(at)
            try:
                if transport.send(request).status != 200:
                    wrong.append("another answer")
            except errors.Error as error:
                wrong.append(str(error))

    with engine.serve() as server:
        before = sockets()
        http = HttpTransport(max_connections=1, timeout=5)
        auth = SsoAuth(server.username, server.password)
        transport = AuthTransport(http, auth, server.url)
        request = Request("GET", server.url, {"Accept": "application/json"})
        transport.send(request)
        thread = threading.Thread(target=main, daemon=True)
        thread.start()
        thread.join(PATIENCE)
        assert not thread.is_alive(), f"it hangs after an interrupt at place {asked[-1:]}"
        assert wrong == [], f"after an interrupt at place {asked[-1]}"
        assert len(asked) > 100
        transport.close()
        assert len(engine.sessions._tokens) == tokens
    thread.join()
    gc.collect()
    assert sockets() <= before
