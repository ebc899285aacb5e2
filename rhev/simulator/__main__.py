"""``python -m rhev.simulator``: serves a demonstration, a file or a new engine until Ctrl-C."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rhev.errors import Error
from rhev.simulator.engine import Engine
from rhev.simulator.serving import places, until_stopped

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Reads the arguments, says where the engine is, and serves."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        engine = _engine(options)
        engine.set_credentials(username=options.username, password=options.password)
        server = engine.serve(options.host, options.port, tls=options.https)
    except (Error, OSError, ValueError) as error:
        parser.error(str(error))
    with server:
        for name, told in places(engine, server, options.ca_file).items():
            print(f"{name:<8}  {told}")
        sys.stdout.flush()
        until_stopped()


def _engine(options: argparse.Namespace) -> Engine:
    if options.empty:
        return Engine(speed=options.speed)
    if options.estate is not None:
        return Engine.load(options.estate, speed=options.speed)
    return Engine.demo(vms=options.vms, speed=options.speed)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m rhev.simulator", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="the address to serve at")
    parser.add_argument("--port", type=int, default=0, help="a free one unless it is given")
    parser.add_argument("--https", action="store_true", help="HTTPS, by a certificate of its own")
    parser.add_argument(
        "--ca-file", type=Path, metavar="FILE", help="where to write what clients are to trust"
    )
    parser.add_argument("--speed", type=float, default=1.0, help="1 is a real engine's pace")
    parser.add_argument("--vms", type=int, default=12, help="how many machines there are")
    estate = parser.add_mutually_exclusive_group()
    estate.add_argument(
        "--estate", metavar="FILE", help="what Engine.load() takes, in the demonstration's place"
    )
    estate.add_argument("--empty", action="store_true", help="a new engine, as it is installed")
    parser.add_argument("--username", help="of the administrator: admin@internal unless given")
    parser.add_argument("--password", help="one that is made up unless it is given")
    return parser


if __name__ == "__main__":
    main()
