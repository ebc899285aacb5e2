"""The command ``rhev``: the API at a terminal, in a pipeline and in scripts."""

from __future__ import annotations

import sys


def main() -> None:
    """Runs the command with the arguments of the process, and ends it with an exit code."""
    try:
        import click  # noqa: F401 - an extra that may be missing
    except ImportError:
        sys.exit("rhev: the command needs what its extra brings: pip install 'rhev[cli]'")
    from rhev.cli.app import app

    app(prog_name="rhev")
