"""What a type checker says of programs that use rhev.

The programs of ``typing/accept`` pass. Those of ``typing/reject`` have a mistake below each
comment ``# E:``, which says what mypy says of it; pyright has to object to the same lines.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROGRAMS = ROOT / "tests" / "typing"
ACCEPTED = sorted(PROGRAMS.glob("accept/*.py"))
REJECTED = sorted(PROGRAMS.glob("reject/*.py"))

# For each line of a program what is said of it.
Messages = dict[int, list[str]]


def expected(program: Path) -> Messages:
    """What the comments of a program announce for the lines below them."""
    found: Messages = {}
    announced: list[str] = []
    for number, line in enumerate(program.read_text().splitlines(), 1):
        text = line.strip()
        if text.startswith("# E: "):
            announced.append(text.removeprefix("# E: "))
        elif text.startswith("#    ") and announced:
            announced[-1] += " " + text.removeprefix("#    ")
        elif announced:
            found[number], announced = announced, []
    return found


def run(*command: str) -> str:
    done = subprocess.run(  # noqa: S603 - a command of our own
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def mypy(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Messages]:
    """The errors that mypy finds, with the settings of a strict user and not our own."""
    output = run(
        *("mypy", "--strict", "--config-file=", "--follow-imports=silent"),
        *("--hide-error-codes", "--no-error-summary", "--no-color-output"),
        *("--cache-dir", str(tmp_path_factory.mktemp("mypy"))),
        *map(str, ACCEPTED + REJECTED),
    )
    found: dict[Path, Messages] = defaultdict(lambda: defaultdict(list))
    for path, line, message in re.findall(r"^(.+?):(\d+): error: (.*)$", output, re.MULTILINE):
        found[ROOT / path][int(line)].append(message)
    return found


@pytest.fixture(scope="module")
def pyright() -> dict[Path, Messages]:
    """The errors that pyright finds, as an editor would show them."""
    pytest.importorskip("pyright", reason="pyright is one of the tools for lint only")
    output = run("pyright", "--outputjson", "--pythonpath", sys.executable, str(PROGRAMS))
    found: dict[Path, Messages] = defaultdict(lambda: defaultdict(list))
    for finding in json.loads(output)["generalDiagnostics"]:
        line = finding["range"]["start"]["line"] + 1
        found[Path(finding["file"])][line].append(finding["message"])
    return found


@pytest.mark.parametrize("program", ACCEPTED, ids=lambda path: path.stem)
def test_a_correct_program_passes(program: Path, mypy: dict[Path, Messages]) -> None:
    assert mypy[program] == {}


@pytest.mark.parametrize("program", REJECTED, ids=lambda path: path.stem)
def test_every_mistake_is_found_and_named(program: Path, mypy: dict[Path, Messages]) -> None:
    assert expected(program)
    assert mypy[program] == expected(program)


@pytest.mark.parametrize("program", ACCEPTED + REJECTED, ids=lambda path: path.stem)
def test_an_editor_objects_to_the_same_lines(program: Path, pyright: dict[Path, Messages]) -> None:
    assert pyright[program].keys() == expected(program).keys(), pyright[program]
