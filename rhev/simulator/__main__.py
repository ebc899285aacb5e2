"""``python -m rhev.simulator``: serves an estate, of a demonstration or a file, until Ctrl-C."""

from __future__ import annotations

import argparse
import contextlib

from rhev.errors import Error
from rhev.simulator.engine import Engine


def main() -> None:
    """Reads the arguments, says where the engine is, and serves."""
    parser = argparse.ArgumentParser(prog="python -m rhev.simulator", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="a free one unless it is given")
    parser.add_argument("--speed", type=float, default=1.0, help="1 is a real engine's pace")
    parser.add_argument(
        "--estate", metavar="FILE", help="what Engine.load() takes, in the demonstration's place"
    )
    arguments = parser.parse_args()
    try:
        engine = _engine(arguments.estate, arguments.speed)
    except (Error, OSError) as error:
        parser.error(str(error))
    with engine.serve(arguments.host, arguments.port) as server:
        print(f"url       {server.url}")
        print(f"username  {server.username}")
        print(f"password  {server.password}", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            server.wait()


def _engine(estate: str | None, speed: float) -> Engine:
    return Engine.demo(speed=speed) if estate is None else Engine.load(estate, speed=speed)


if __name__ == "__main__":
    main()
