"""What a process does that only serves an engine: say where it is, and end when it is told."""

from __future__ import annotations

import signal
import sys
from threading import Event
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from rhev.simulator.engine import Engine
    from rhev.simulator.wire.server import Server

# How long a listing keeps the processor for itself, in seconds, before the thread that reads and
# writes has it. Within a process that has other things to do this is not ours to say.
_SWITCH = 0.0005


def places(engine: Engine, server: Server, ca_file: Path | None) -> dict[str, str]:
    """Where the engine is, and as whom it is asked; its CA is written to the file, if there is one.

    Raises OSError where that cannot be written.
    """
    told = {"url": server.url, "username": server.username, "password": server.password}
    if ca_file is not None:
        ca_file.write_bytes(engine.certificate)
        told["ca_file"] = str(ca_file)
    return told


def until_stopped() -> None:
    """Returns when the process is interrupted, by Ctrl-C, or told to end."""
    ended = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    sys.setswitchinterval(_SWITCH)
    ended.wait()
