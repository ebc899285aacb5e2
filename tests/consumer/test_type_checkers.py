"""What type checkers say of programs that use rhev, where it is installed.

The programs of ``typing/accept`` pass. Those of ``typing/reject`` have a mistake below each
comment ``# E:``, which says what mypy says of it, with ``...`` for any text; pyright has to object
to the same lines.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

PROGRAMS = Path(__file__).parent.parent / "typing"
ACCEPTED = sorted(path.relative_to(PROGRAMS) for path in PROGRAMS.glob("accept/*.py"))
REJECTED = sorted(path.relative_to(PROGRAMS) for path in PROGRAMS.glob("reject/*.py"))
MODES = ["basic", "standard", "strict"]

# For each line of a program what is said of it.
Messages = dict[int, list[str]]


def expected(program: Path) -> Messages:
    """What the comments of a program announce for the lines below them."""
    found: Messages = {}
    announced: list[str] = []
    for number, line in enumerate((PROGRAMS / program).read_text().splitlines(), 1):
        text = line.strip()
        if text.startswith("# E: "):
            announced.append(text.removeprefix("# E: "))
        elif text.startswith("#    ") and announced:
            announced[-1] += " " + text.removeprefix("#    ")
        elif announced:
            found[number], announced = announced, []
    return found


def says(message: str, announced: str) -> bool:
    return bool(re.fullmatch(re.escape(announced).replace(r"\.\.\.", ".*"), message))


def run(folder: Path, interpreter: str, *command: str) -> str:
    """What a checker says, in a folder where an environment is active."""
    path = f"{Path(interpreter).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(  # noqa: S603 - a command of our own
        [sys.executable, "-m", *command],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def mypy(interpreter: str, tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Messages]:
    """The errors that mypy finds, with the settings of a strict user and not our own."""
    folder = tmp_path_factory.mktemp("mypy")
    for program in ACCEPTED + REJECTED:
        _copy(program, folder / program)
    output = run(
        *(folder, interpreter, "mypy", "--strict", "--config-file=", "--explicit-package-bases"),
        "--follow-imports=silent",
        *("--hide-error-codes", "--no-error-summary", "--no-color-output"),
        *("--python-executable", interpreter, "--cache-dir", str(folder)),
        *map(str, ACCEPTED + REJECTED),
    )
    found: dict[Path, Messages] = defaultdict(lambda: defaultdict(list))
    for path, line, message in re.findall(r"^(.+?):(\d+): error: (.*)$", output, re.MULTILINE):
        found[Path(path)][int(line)].append(message)
    return found


@pytest.fixture(scope="module")
def pyright(
    interpreter: str, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, Path], Messages]:
    """The errors that pyright finds, in each of its modes, as an editor would show them."""
    pytest.importorskip("pyright", reason="pyright is one of the tools for lint only")
    folder = tmp_path_factory.mktemp("pyright").resolve()
    for mode in MODES:
        for program in ACCEPTED + REJECTED:
            _copy(program, folder / mode / program, f"# pyright: {mode}\n")
    output = run(folder, interpreter, "pyright", "--outputjson", "--pythonpath", interpreter, ".")
    found: dict[tuple[str, Path], Messages] = defaultdict(lambda: defaultdict(list))
    for finding in json.loads(output)["generalDiagnostics"]:
        mode, program = Path(finding["file"]).relative_to(folder).parts[0], Path(finding["file"])
        line = finding["range"]["start"]["line"] + 1
        found[mode, program.relative_to(folder / mode)][line].append(finding["message"])
    return found


def _copy(program: Path, to: Path, more: str = "") -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text((PROGRAMS / program).read_text() + more)


@pytest.mark.parametrize("program", ACCEPTED, ids=lambda path: path.stem)
def test_a_correct_program_passes(program: Path, mypy: dict[Path, Messages]) -> None:
    assert mypy[program] == {}


@pytest.mark.parametrize("program", REJECTED, ids=lambda path: path.stem)
def test_every_mistake_is_found_and_named(program: Path, mypy: dict[Path, Messages]) -> None:
    announced = expected(program)
    assert announced
    assert mypy[program].keys() == announced.keys()
    for line, messages in announced.items():
        said = mypy[program][line]
        assert len(said) == len(messages), said
        for message, text in zip(said, messages, strict=True):
            assert says(message, text), (line, message, text)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("program", ACCEPTED, ids=lambda path: path.stem)
def test_an_editor_takes_a_correct_program(
    program: Path, mode: str, pyright: dict[tuple[str, Path], Messages]
) -> None:
    assert pyright[mode, program] == {}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("program", REJECTED, ids=lambda path: path.stem)
def test_an_editor_objects_to_the_same_lines(
    program: Path, mode: str, pyright: dict[tuple[str, Path], Messages]
) -> None:
    assert pyright[mode, program].keys() == expected(program).keys(), pyright[mode, program]


# The command is a program, not for import; both stand on an extra that this user has not installed.
OF_EXTRAS = ("rhev.cli.", "rhev.simulator.wire.listener.")


def test_everything_public_has_a_type(interpreter: str, tmp_path: Path) -> None:
    pytest.importorskip("pyright", reason="pyright is one of the tools for lint only")
    command = ["pyright", "--verifytypes", "rhev", "--ignoreexternal", "--outputjson"]
    report: dict[str, Any] = json.loads(run(tmp_path, interpreter, *command))["typeCompleteness"]
    print(f"verifytypes: {report['completenessScore']:.2%} of {report['exportedSymbolCounts']}")
    public = [
        symbol
        for symbol in report["symbols"]
        if symbol["isExported"] and not symbol["name"].startswith(OF_EXTRAS)
    ]
    assert len(public) > 6000
    assert [
        symbol["name"]
        for symbol in public
        if not symbol["isTypeKnown"] or symbol["isTypeAmbiguous"]
    ] == []
