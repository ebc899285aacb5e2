"""What a person has told the command by its global options."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Told:
    """The global options, as far as they were written."""

    url: str | None = None
    username: str | None = None
    profile: str | None = None
    ca_file: str | None = None
    insecure: bool = False
    demo: bool = False
    timeout: float | None = None
    output: str | None = None
    quiet: bool = False
    verbose: int = 0
    no_color: bool = False
