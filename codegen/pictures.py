"""``python -m codegen.pictures`` draws the terminal of real runs of the command, for the pages.

Each picture is of a process in a terminal of its own, that asks an embedded engine over HTTP.
"""

from __future__ import annotations

import fcntl
import io
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import pyte
from rich.console import Console
from rich.style import Style
from rich.text import Text

from rhev.simulator import Engine

if TYPE_CHECKING:
    from collections.abc import Iterator

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"

COLUMNS, LINES = 100, 70

SPEC = """\
kind: vm
name: web-01
memory: 6GiB
cpu: {topology: {cores: 4}}
description: front end of the shop
"""

WRONG = """\
kind: vm
name: web-09
cluster: Default
template: Blank
memry: 4GiB
cpu: {topology: {cores: two}}
nics:
  - {name: nic1, interface: virtoi}
"""

# What each picture shows, by the name of its file.
SHOWN = {
    "list": "rhev list vms --search 'status = up' --sort name",
    "help": "rhev --help",
    "validate": "rhev validate web-09.yaml",
    "apply": "rhev apply -f web-01.yaml --dry-run",
    "readiness": "rhev readiness",
    "stop": "rhev stop vm --search 'name = web-0*' --yes --wait",
}


def draw() -> dict[str, str]:
    """Every picture, as SVG, by its name."""
    engine = Engine.demo()
    with tempfile.TemporaryDirectory() as folder, engine.serve() as server:
        Path(folder, "web-01.yaml").write_text(SPEC)
        Path(folder, "web-09.yaml").write_text(WRONG)
        environment = {
            **{name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ},
            **{"TERM": "xterm-256color", "HOME": folder, "XDG_CONFIG_HOME": folder},
            **{"RHEV_URL": server.url, "RHEV_USERNAME": server.username},
            **{"RHEV_PASSWORD": server.password, "COLUMNS": str(COLUMNS)},
        }
        return {
            name: picture(command, _screen(command, folder, environment), name)
            for name, command in SHOWN.items()
        }


def _screen(command: str, folder: str, environment: dict[str, str]) -> pyte.Screen:
    """What a terminal shows when the command has ended."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    shell = command.replace("rhev", f"{sys.executable} -m rhev", 1)
    process = subprocess.Popen(
        ["/bin/sh", "-c", shell],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=folder,
        env=environment,
    )
    os.close(theirs)
    screen = pyte.Screen(COLUMNS, LINES)
    stream = pyte.ByteStream(screen)
    # A terminal that nobody writes to any more is an error where Linux reads it.
    with suppress(OSError):
        while data := os.read(ours, 1 << 16):
            stream.feed(data)
    os.close(ours)
    process.wait()
    return screen


def picture(command: str, screen: pyte.Screen, name: str) -> str:
    """A terminal with the command and what came of it, as SVG with no font of elsewhere."""
    console = Console(
        record=True,
        width=COLUMNS,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
    )
    console.print(Text.assemble(("$ ", "green"), command), highlight=False)
    for line in _lines(screen):
        console.print(line, highlight=False, no_wrap=True, overflow="crop")
    svg = console.export_svg(title="", unique_id=f"rhev-{name}")
    return re.sub(r"\n\s*@font-face \{.*?\n\s*\}", "", svg, flags=re.DOTALL)


def _lines(screen: pyte.Screen) -> Iterator[Text]:
    used = [number for number, line in enumerate(screen.display) if line.strip()]
    for number in range(used[-1] + 1):
        cells = [screen.buffer[number][column] for column in range(screen.columns)]
        text = Text()
        for style, group in groupby(cells, key=_style):
            text.append("".join(cell.data for cell in group), style)
        text.rstrip()
        yield text


def _style(cell: pyte.screens.Char) -> Style:
    return Style(color=_colour(cell.fg), bold=cell.bold, italic=cell.italics)


def _colour(name: str) -> str | None:
    """As rich has it, a colour that pyte names or gives as six digits."""
    if name == "default":
        return None
    if re.fullmatch("[0-9a-f]{6}", name):
        return f"#{name}"
    return {"brown": "yellow"}.get(name, name.replace("bright", "bright_"))


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    for name, svg in draw().items():
        (PICTURES / f"{name}.svg").write_text(svg)


if __name__ == "__main__":
    main()
