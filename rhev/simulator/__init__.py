"""An engine to talk to without an engine: in process, or as an HTTP server.

::

    from rhev.simulator import Engine

    engine = Engine.demo()
    with engine.connect() as connection:
        connection.get("vms", name="web-01").start()
"""

from __future__ import annotations

from rhev.simulator.engine import Engine
from rhev.simulator.state.clock import ManualClock
from rhev.simulator.wire.faults import FaultRule, Faults
from rhev.simulator.wire.server import Server

__all__ = ["Engine", "FaultRule", "Faults", "ManualClock", "Server"]
