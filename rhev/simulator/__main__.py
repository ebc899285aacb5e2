"""``python -m rhev.simulator``: serves the demonstration estate until it is interrupted."""

from __future__ import annotations

import argparse
import contextlib

from rhev.simulator.engine import Engine


def main() -> None:
    """Reads the arguments, says where the engine is, and serves."""
    parser = argparse.ArgumentParser(prog="python -m rhev.simulator", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="a free one unless it is given")
    parser.add_argument("--speed", type=float, default=1.0, help="1 is a real engine's pace")
    parser.add_argument("--vms", type=int, default=12, help="how many machines there are")
    arguments = parser.parse_args()
    engine = Engine.demo(vms=arguments.vms, speed=arguments.speed)
    with engine.serve(arguments.host, arguments.port) as server:
        print(f"url       {server.url}")
        print(f"username  {server.username}")
        print(f"password  {server.password}", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            server.wait()


if __name__ == "__main__":
    main()
